"""Who of the department appraises what: clusters, criteria, or both; no cell has two people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.scoring.frame import below


@dataclass(frozen=True, slots=True)
class Share:
    """What one person appraises. Without ``clusters`` all of them, without ``criteria`` all.

    A criterion stands for everything below it: "II" is all of section II.
    """

    appraiser: str
    clusters: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()

    def covers(self, cluster: str, criterion: str) -> bool:
        """Whether a cell of this cluster is this person's."""
        return (not self.clusters or cluster in self.clusters) and (
            not self.criteria or any(below(criterion, above) for above in self.criteria)
        )

    def meets(self, other: Share) -> bool:
        """Whether some cell could be both people's."""
        clusters = not (self.clusters and other.clusters) or bool(
            set(self.clusters) & set(other.clusters)
        )
        criteria = not (self.criteria and other.criteria) or any(
            below(one, two) or below(two, one) for one in self.criteria for two in other.criteria
        )
        return clusters and criteria


def overlapping(shares: Sequence[Share]) -> Iterator[tuple[Share, Share]]:
    """The pairs of people who would appraise the same."""
    yield from (pair for pair in combinations(shares, 2) if pair[0].meets(pair[1]))


def uncovered(
    shares: Sequence[Share], cells: Iterable[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """The cells (cluster, criterion) that nobody appraises."""
    return tuple(cell for cell in cells if not any(share.covers(*cell) for share in shares))
