"""How firm a ranking is: gaps, points in dispute, and the smallest change that swaps two units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.domain.year import Explanation, RoundStage
from app.ground.numbers import plain
from app.operations.firmness_words import firm_sentence
from app.operations.loading import Loaded
from app.operations.workspace.desk import Desk
from app.operations.workspace.results import loaded_year
from app.persistence import books
from app.scoring.assessment import Assessment, UnitCard
from app.scoring.disputes import Dispute, disputes_of
from app.scoring.live import Live, Packs
from app.scoring.narrowed import is_shared, narrowed
from app.scoring.neighbours import Neighbours, award_cuts, neighbours_in
from app.scoring.swaps import Swap, Swaps

Told = Callable[[float, str], None]
"""Hears how far the work is (0 to 1) and at what; may raise to end it."""


def _nobody(_share: float, _name: str) -> None:
    """Nobody wants to hear."""


@dataclass(frozen=True, slots=True)
class Firm:
    """Two neighbours with what is not settled between them.

    ``disputes`` are the unsettled cells of both; ``swap`` is the smallest change of one criterion
    that puts one in the place of the other (``None``: no single criterion does). ``may_turn``: the
    points at stake are enough to close the gap. ``sentence`` says it all.
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


def firmness_of(
    loaded: Loaded,
    explanations: Sequence[Explanation] = (),
    sealed: Collection[tuple[str, str]] = (),
    *,
    as_of: dt.date | None = None,
    clusters: Collection[str] | None = None,
    told: Told = _nobody,
) -> Firmness:
    """How firm the rankings and awards of facts are; raises ``UserError`` where there are none.

    ``explanations`` are what units were asked and answered, ``sealed`` the units with the rounds
    that were sealed; ``clusters`` limits the work to some.
    """
    packs = loaded.packs
    live = Live(loaded.snapshot, Packs(packs.main, packs.overlays, packs.companions, as_of))
    assessment = live.assessment
    disputes = disputes_of(assessment, explanations, sealed)
    names = {cluster.id: cluster.name for cluster in assessment.snapshot.clusters}
    wanted = [c for c in assessment.clusters if clusters is None or c in clusters]
    cuts = award_cuts(assessment)
    whole, shared = _Work(live, assessment, disputes), is_shared(live)
    rankings: dict[str, tuple[Firm, ...]] = {}
    at_awards: dict[Neighbours, Firm] = {}
    for place, cluster in enumerate(wanted):
        told(place / len(wanted), names.get(cluster, cluster))
        alone = narrowed(live, cluster)
        work = _Work(alone, assessment, disputes, whole if alone is not live and shared else None)
        rankings[cluster] = tuple(work.firm(two) for two in neighbours_in(assessment, cluster))
        at_awards |= {cut: work.firm(cut) for cut in cuts if cut.cluster == cluster}
    if clusters is None:
        at_awards |= {cut: whole.firm(cut) for cut in cuts if cut.cluster is None}
    told(1.0, "")
    return Firmness(assessment, rankings, tuple(at_awards[cut] for cut in cuts if cut in at_awards))


def year_firmness(
    desk: Desk,
    *,
    as_of: dt.date | None = None,
    clusters: Collection[str] | None = None,
    told: Told = _nobody,
) -> Firmness:
    """The same for a year of a workspace, with what its units were asked about."""
    read = desk.workspace.read
    sealed = {
        (state.unit, state.round)
        for state in read(books.ROUND_STATES, desk.period)
        if state.stage is RoundStage.SEALED
    }
    return firmness_of(
        loaded_year(desk),
        read(books.EXPLANATIONS, desk.period),
        sealed,
        as_of=as_of,
        clusters=clusters,
        told=told,
    )


class _Work:
    """Works out the firmness of neighbours on one live assessment.

    Where that is of a cluster alone, ``whole`` is what its answers are tried on.
    """

    def __init__(
        self,
        live: Live,
        assessment: Assessment,
        disputes: dict[str, tuple[Dispute, ...]],
        whole: _Work | None = None,
    ) -> None:
        self.whole = whole
        self.assessment = assessment
        self.disputes = disputes
        disputed = {(one.unit, one.criterion) for found in disputes.values() for one in found}
        self.swaps = Swaps(live, disputed)

    def firm(self, two: Neighbours) -> Firm:
        """The firmness between two neighbours."""
        disputes = tuple(
            dispute
            for unit in (two.ahead, two.behind)
            if unit is not None
            for dispute in self.disputes.get(unit, ())
        )
        swap = self.swaps.between(two)
        whole = self.whole.swaps if self.whole is not None else None
        if whole is not None and swap is not None and not whole.holds(two, swap):
            swap = whole.between(two)
        sentence = firm_sentence(self.assessment, two, disputes, swap)
        return Firm(two, disputes, swap, self._may_turn(two, disputes), sentence)

    def _may_turn(self, two: Neighbours, disputes: Sequence[Dispute]) -> bool:
        """Whether what is at stake is at least the gap."""
        if two.gap is None or not disputes:
            return False
        stakes = (
            dispute.points * self._worth(self.assessment.units[dispute.unit].card)
            for dispute in disputes
        )
        return sum(stakes, Fraction(0)) >= two.gap

    def _worth(self, card: UnitCard) -> Fraction:
        """What a point is worth in the value that ranks."""
        if self.swaps.values.in_percent and card.percent and card.total_exact:
            return card.percent / card.total_exact
        return Fraction(1)
