"""The scene of one assessment: facts and rules with the look-ups that every step needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from app.domain.snapshot import Cluster, Entry, Snapshot, Unit
from app.ground.findings import Findings
from app.rules.base import is_open, open_parameter
from app.rules.document import LoadedPack
from app.rules.methods.base import Peers
from app.rules.pack import Round, RulePack, Scoring
from app.rules.trees import tests_behind
from app.scoring.entries import Entries
from app.scoring.memory import Memory

if TYPE_CHECKING:
    from app.scoring.frame import Node

T = TypeVar("T")


def own_names(pack: LoadedPack, companion_id: str | None) -> tuple[str | None, ...]:
    """What entries of a pack carry as ``pack``."""
    return (None, pack.rules.id) if companion_id is None else (companion_id,)


@dataclass(frozen=True)
class Scene:
    """What is assessed: one snapshot under one points pack, overlays merged in.

    ``scored_round`` is the round whose points count; ``own_pack`` is the pack id that entries
    of a companion carry (``None`` for the main pack). ``findings`` gathers as the work goes, and
    ``used_decisions`` the questions whose recorded decision was asked for; ``frames`` keeps the
    tables of units, and those that they share. ``memory`` is there where an assessment of nearly
    the same facts was made before.
    """

    snapshot: Snapshot
    pack: LoadedPack
    rules: RulePack
    as_of: dt.date
    companion_id: str | None
    findings: Findings = field(default_factory=Findings)
    used_decisions: set[str] = field(default_factory=set)
    frames: dict[Hashable, tuple[Node, ...]] = field(default_factory=dict)
    memory: Memory | None = None

    def recall(
        self,
        key: Hashable,
        rests_on: tuple[object, ...],
        work: Callable[[], T],
        *,
        findings: Findings | None = None,
        steady: bool = False,
    ) -> T:
        """The value of ``work``, taken from the memory where all that it rests on is the same.

        ``rests_on`` names every object on which the value, its findings and its questions depend
        beside what no entry changes: the other facts, and the rules.
        """
        if self.memory is None:
            return work()
        told = self.findings if findings is None else findings
        return self.memory.recall(key, rests_on, work, told, self.used_decisions, steady)

    def apart(self, name: Hashable) -> AbstractContextManager[None]:
        """Where other facts are supposed for a while: remembered apart."""
        return nullcontext() if self.memory is None else self.memory.apart(name)

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
    def entries(self) -> Entries:
        """The entries of this pack."""
        if self.memory is not None:
            return self.memory.entries[self.companion_id]
        return Entries.of(self.snapshot.entries, own_names(self.pack, self.companion_id))

    @cached_property
    def compared(self) -> dict[tuple[str, str, str], tuple[Peers, tuple[Entry | None, ...]]]:
        """What all competitors have that were compared so far: by cluster, criterion, round."""
        return {}

    @cached_property
    def clusters(self) -> Mapping[str, Cluster]:
        """The clusters by id."""
        return {c.id: c for c in self.snapshot.clusters}

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The units by id."""
        return {u.id: u for u in self.snapshot.units}

    @cached_property
    def _decisions(self) -> Mapping[str, str]:
        return {d.question: d.outcome for d in self.snapshot.decisions}

    def decision(self, question: str) -> str | None:
        """The decided outcome of exactly this question."""
        outcome = self._decisions.get(question)
        if outcome is not None:
            self.used_decisions.add(question)
        return outcome

    def decided(self, about: str, unit: str) -> Iterator[tuple[str, str]]:
        """Decisions that speak for a unit, the most particular first, with their questions.

        ``about`` is a question without units (``open:A10:I.2``): one on it for this unit or for
        several, on it for all, or (for ``open``) on its parameter everywhere.
        """
        for question, outcome in self._decisions.items():
            head, _, units = question.rpartition(":")
            if head == about and unit in units.split("+"):
                self.used_decisions.add(question)
                yield question, outcome
        for question in (about, about.rpartition(":")[0]):
            if question.count(":") and (outcome_ := self.decision(question)) is not None:
                yield question, outcome_

    def does_not_fit(self, question: str, outcome: str, fitting: Iterable[str]) -> None:
        """Tells that a decision names no possible outcome; the question stays open."""
        self.findings.error(
            "decision_does_not_fit",
            question,
            f"Quyết định “{outcome}” không phải một kết quả có thể của câu hỏi này.",
            f"Ghi một trong: {', '.join(fitting)}.",
        )

    def has_left(self, unit: Unit) -> bool:
        """Whether the unit no longer belonged to its cluster at the end of the period."""
        return unit.left is not None and unit.left <= self.snapshot.period.end

    def block(self, unit: Unit) -> str | None:
        """The kind of cluster that the unit competes in."""
        cluster = self.clusters.get(unit.cluster)
        return cluster.block if cluster else None

    def competitors(self, cluster: str) -> Sequence[Unit]:
        """The members of a cluster that count in comparisons and in its size."""
        return self._competitors.get(cluster, ())

    @cached_property
    def _competitors(self) -> Mapping[str, Sequence[Unit]]:
        found: dict[str, list[Unit]] = {}
        for unit in self.snapshot.units:
            if self.scoring.left == "ranked" or not self.has_left(unit):
                found.setdefault(unit.cluster, []).append(unit)
        return found

    @cached_property
    def cases_after_class(self) -> frozenset[str]:
        """The standing cases that look at the class, and so are judged after it."""
        return frozenset(
            case.id
            for case in self.rules.standing
            if case.when is not None
            and any(test.class_ is not None for test in tests_behind(case.when, self.rules))
        )

    @cached_property
    def levels_bar(self) -> bool:
        """Whether a level bars by itself, because no case of the pack looks at such levels."""
        return not any(
            case.when is not None and any(test.barring_level for test in case.when.walk())
            for case in self.rules.standing
        )

    def stand_ins(self, round_id: str) -> tuple[str, ...]:
        """A round and those whose entries count where it has none, in this order."""
        chain: list[str] = []
        current: str | None = round_id
        while current is not None and current not in chain:
            chain.append(current)
            rules = self.rounds.get(current)
            current = rules.stands_in if rules is not None else None
        return tuple(chain)

    @cached_property
    def scored_round(self) -> str:
        """The round whose points count: the ranking round, or the latest earlier one with data.

        Before the ranking round exists everything is provisional (A36). A round that scores only
        a part of the table (by ``only``, or criteria of its named hand) is no such round, unless
        there is no other.
        """
        wanted = self.ranking_round
        return self.recall(("scored round", wanted), (self.entries.filled,), self._scored_round)

    def _scored_round(self) -> str:
        wanted = self.ranking_round
        named = {r.code for r in self.rules.criteria if r.hand is not None}
        present, partial = set[str](), set[str]()
        for code, round_id in self.entries.filled:
            rules = self.rounds.get(round_id)
            part = code in named or (rules is not None and bool(rules.only))
            (partial if part else present).add(round_id)
        if self.companion_id is None:
            present |= {t.round for t in self.snapshot.totals}
        order = list(self.rounds)
        if wanted in present | partial or wanted not in order:
            return wanted
        earlier = order[: order.index(wanted)]
        begun = [r for r in earlier if r in present] or [r for r in earlier if r in partial]
        return begun[-1] if begun else wanted

    @cached_property
    def ranking_round(self) -> str:
        """The round that ranks, by the facts or else the pack; the last one while that is open."""
        if self.companion_id is None and self.snapshot.ranking_round:
            return self.snapshot.ranking_round
        if not is_open(self.scoring.ranking_round):
            return self.scoring.ranking_round
        return self._decided_round or list(self.rounds)[-1]

    @cached_property
    def ranking_is_open(self) -> bool:
        """Whether nobody has said yet which round ranks (A36)."""
        chosen = self.companion_id is None and self.snapshot.ranking_round
        return not (chosen or self._decided_round) and is_open(self.scoring.ranking_round)

    @property
    def ranking_question(self) -> str:
        """The id of the question which round ranks."""
        return f"open:{open_parameter(self.scoring.ranking_round, 'ranking_round')}"

    @cached_property
    def _decided_round(self) -> str | None:
        if not is_open(self.scoring.ranking_round):
            return None
        outcome = self.decision(self.ranking_question)
        if outcome is not None and outcome not in self.rounds:
            self.does_not_fit(self.ranking_question, outcome, self.rounds)
        return outcome if outcome in self.rounds else None
