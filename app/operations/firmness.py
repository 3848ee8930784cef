"""How firm a ranking is: gaps, points in dispute, and the smallest change that swaps two units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from fractions import Fraction
from pathlib import Path

from app.domain.year import Explanation, RoundStage
from app.operations.firmness_words import firm_sentence
from app.operations.loading import Loaded
from app.operations.papers import write_documents
from app.operations.workspace.desk import Desk
from app.operations.workspace.results import loaded_year
from app.persistence import books
from app.scoring.assessment import Assessment, UnitCard
from app.scoring.disputes import Dispute, disputes_of
from app.scoring.firmness import Firm, Firmness
from app.scoring.live import Live, Packs
from app.scoring.narrowed import is_shared, narrowed
from app.scoring.neighbours import Neighbours, award_cuts, neighbours_in
from app.scoring.swaps import Swap, Swaps

FIRMNESS_STEM = "do-chac-xep-hang"
Told = Callable[[float, str], None]
"""Hears how far the work is (0 to 1) and at what; may raise to end it."""


def _nobody(_share: float, _name: str) -> None:
    """Nobody wants to hear."""


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
        alone = narrowed(live, cluster)
        work = _Work(alone, assessment, disputes, whole if alone is not live and shared else None)
        pairs = neighbours_in(assessment, cluster)
        its_cuts = [cut for cut in cuts if cut.cluster == cluster]
        firm: dict[Neighbours, Firm] = {}
        for at, two in enumerate((*pairs, *its_cuts)):
            share = (place + at / (len(pairs) + len(its_cuts))) / len(wanted)
            told(share, names.get(cluster, cluster))
            firm[two] = work.firm(two)
        rankings[cluster] = tuple(firm[two] for two in pairs)
        at_awards |= {cut: firm[cut] for cut in its_cuts}
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


def write_firmness(found: Firmness, folder: Path, forms: Iterable[str]) -> tuple[Path, ...]:
    """The paper of each cluster as ``pdf``, ``xlsx`` and ``txt``; raises ``UserError``."""
    from app.reports.firmness import build_firmness

    clusters = {cluster.id: cluster for cluster in found.assessment.snapshot.clusters}
    documents = [
        (FIRMNESS_STEM, name, build_firmness(found, clusters[name]))
        for name in found.rankings
        if found.assessment.clusters[name]
    ]
    return write_documents(documents, folder, forms)


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
        return Firm(two, disputes, swap, self._may_turn(two, disputes, swap), sentence)

    def _may_turn(self, two: Neighbours, disputes: Sequence[Dispute], swap: Swap | None) -> bool:
        """Whether what is at stake is at least the gap, or the smallest change that there is."""
        if not disputes:
            return False
        if swap is not None and sum(d.points for d in disputes) >= swap.amount:
            return True
        if two.gap is None or two.gap < 0:
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
