"""How firm a ranking is, as it comes out: what lies between neighbours, and what may still move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.ground.numbers import plain
from app.scoring.assessment import Assessment
from app.scoring.disputes import Dispute, DisputeKind
from app.scoring.neighbours import Neighbours
from app.scoring.swaps import Swap


@dataclass(frozen=True, slots=True)
class Firm:
    """Two neighbours with what is not settled between them.

    ``disputes`` are the unsettled cells of both; ``swap`` is the smallest change of one criterion
    that puts one in the place of the other (``None``: no single criterion does). ``may_turn``: the
    points at stake are as many as the gap, or as that change. ``sentence`` says it all.
    """

    between: Neighbours
    disputes: tuple[Dispute, ...]
    swap: Swap | None
    may_turn: bool
    sentence: str

    @property
    def at_stake(self) -> Fraction:
        """All points in dispute."""
        return sum((dispute.points for dispute in self.disputes), Fraction(0))

    def of_kind(self, kind: DisputeKind) -> Fraction:
        """The points in dispute for one reason."""
        return sum((d.points for d in self.disputes if d.kind is kind), Fraction(0))

    def as_tree(self) -> dict[str, Any]:
        """The same as data, numbers written exactly."""
        two, swap = self.between, self.swap
        return {
            "cluster": two.cluster,
            "award": two.award,
            "ahead": two.ahead,
            "behind": two.behind,
            "gap": None if two.gap is None else plain(two.gap),
            "gap_exact": None if two.gap_exact is None else plain(two.gap_exact),
            "decided_by": two.decided_by,
            "tie": list(two.tie),
            "disputes": [
                {
                    "unit": one.unit,
                    "criterion": one.criterion,
                    "kind": one.kind.value,
                    "points": plain(one.points),
                }
                for one in self.disputes
            ],
            "at_stake": plain(self.at_stake),
            "may_turn": self.may_turn,
            "swap": None
            if swap is None
            else {
                "unit": swap.unit,
                "criterion": swap.criterion,
                "round": swap.entry.round,
                "from": plain(swap.start),
                "to": plain(swap.end),
            },
            "sentence": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class Firmness:
    """The firmness of each ranking, by cluster, and of each award, in the pack's order."""

    assessment: Assessment
    rankings: dict[str, tuple[Firm, ...]]
    awards: tuple[Firm, ...]

    def lines(self) -> Iterator[str]:
        """All sentences, cluster by cluster, then award by award."""
        names = {cluster.id: cluster.name for cluster in self.assessment.snapshot.clusters}
        for cluster, firms in self.rankings.items():
            yield names.get(cluster, cluster)
            if not firms:
                yield "  Chưa có hai đơn vị xếp hạng để so."
            yield from (f"  {firm.sentence}" for firm in firms)
        if self.awards:
            yield "Khen thưởng"
            for firm in self.awards:
                where = names.get(firm.between.cluster or "", "")
                many = len(self.rankings) > 1 and where
                yield f"  {where}, {firm.sentence}" if many else f"  {firm.sentence}"

    def as_tree(self) -> dict[str, Any]:
        """The same as data, numbers written exactly."""
        return {
            "status": "provisional" if self.assessment.provisional else "final",
            "rankings": {
                cluster: [firm.as_tree() for firm in firms]
                for cluster, firms in self.rankings.items()
            },
            "awards": [firm.as_tree() for firm in self.awards],
        }
