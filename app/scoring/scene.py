"""The scene of one assessment: facts and rules with the look-ups that every step needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.snapshot import Cluster, Entry, EntryState, Snapshot, Unit
from app.ground.findings import Findings
from app.rules.base import is_open
from app.rules.document import LoadedPack
from app.rules.pack import Round, RulePack, Scoring


@dataclass(frozen=True)
class Scene:
    """What is assessed: one snapshot under one points pack, overlays merged in.

    ``scored_round`` is the round whose points count; ``own_pack`` is the pack id that entries
    of a companion carry (``None`` for the main pack). ``findings`` gathers as the work goes.
    """

    snapshot: Snapshot
    pack: LoadedPack
    rules: RulePack
    as_of: dt.date
    companion_id: str | None
    findings: Findings = field(default_factory=Findings)

    @cached_property
    def scoring(self) -> Scoring:
        """The scoring settings; a points pack has them (checked when it was loaded)."""
        assert self.rules.scoring is not None
        return self.rules.scoring

    @cached_property
    def rounds(self) -> Mapping[str, Round]:
        """The rounds in the pack's order."""
        return {r.id: r for r in self.rules.rounds}

    @cached_property
    def entries(self) -> Mapping[tuple[str, str, str], Entry]:
        """The entries of this pack by criterion, round and unit; explicit blanks left out."""
        return {
            (e.criterion, e.round, e.unit): e
            for e in self.snapshot.entries
            if e.pack in self._own_names and e.state is not EntryState.BLANK
        }

    @cached_property
    def _own_names(self) -> tuple[str | None, ...]:
        """What entries of this pack carry as ``pack``."""
        return (None, self.rules.id) if self.companion_id is None else (self.companion_id,)

    @cached_property
    def clusters(self) -> Mapping[str, Cluster]:
        """The clusters by id."""
        return {c.id: c for c in self.snapshot.clusters}

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The units by id."""
        return {u.id: u for u in self.snapshot.units}

    @cached_property
    def decisions(self) -> Mapping[str, str]:
        """The decided outcome of each question."""
        return {d.question: d.outcome for d in self.snapshot.decisions}

    def has_left(self, unit: Unit) -> bool:
        """Whether the unit no longer belonged to its cluster at the end of the period."""
        return unit.left is not None and unit.left <= self.snapshot.period.end

    def block(self, unit: Unit) -> str | None:
        """The kind of cluster that the unit competes in."""
        cluster = self.clusters.get(unit.cluster)
        return cluster.block if cluster else None

    def competitors(self, cluster: str) -> tuple[Unit, ...]:
        """The members of a cluster that count in comparisons and in its size."""
        return tuple(
            u
            for u in self.snapshot.members(cluster)
            if self.scoring.left == "ranked" or not self.has_left(u)
        )

    @cached_property
    def scored_round(self) -> str:
        """The round whose points count: the ranking round, or the latest one that has data.

        Before the ranking round exists everything is provisional (A36).
        """
        wanted = self.ranking_round
        present = {e.round for e in self.entries.values()} | (
            {t.round for t in self.snapshot.totals} if self.companion_id is None else set()
        )
        order = list(self.rounds)
        if wanted in present or wanted not in order:
            return wanted
        earlier = [r for r in order[: order.index(wanted)] if r in present]
        return earlier[-1] if earlier else wanted

    @cached_property
    def ranking_round(self) -> str:
        """The round that ranks, by the facts or else the pack; the last one while that is open."""
        if self.companion_id is None and self.snapshot.ranking_round:
            return self.snapshot.ranking_round
        return list(self.rounds)[-1] if self.ranking_is_open else self.scoring.ranking_round

    @cached_property
    def ranking_is_open(self) -> bool:
        """Whether nobody has said yet which round ranks (A36)."""
        chosen = self.companion_id is None and self.snapshot.ranking_round
        return not chosen and is_open(self.scoring.ranking_round)
