"""Reading what-if changes: ``UNIT/CRITERION[@ROUND]/FIGURE=VALUE`` and their like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from app.domain.snapshot import Entry, EntryState, Snapshot
from app.exchange.facts_faults import Gathering, shown
from app.exchange.facts_figures import FigureReader
from app.exchange.facts_known import (
    Known,
    KnownCriterion,
    KnownTable,
    known_names,
    method_figures,
)
from app.ground.findings import UserError
from app.ground.text import composed
from app.operations.loading import Loaded
from app.rules.document import read_method
from app.scoring.assessment import Assessment

_FORM: Final = (
    "Viết dạng ĐƠN_VỊ/TIÊU_CHÍ/SỐ_LIỆU=GIÁ_TRỊ, ĐƠN_VỊ/TIÊU_CHÍ/points=ĐIỂM hoặc "
    "ĐƠN_VỊ/TIÊU_CHÍ/state=TRẠNG_THÁI; thêm @VÒNG sau tiêu chí khi cần."
)
_STATES: Final = {state.value: state for state in EntryState}
_Key = tuple[str, str, str, str | None]


@dataclass(frozen=True, slots=True)
class _Target:
    """The cell and the value of it that a change is about."""

    unit: str
    criterion: KnownCriterion
    round: str
    pack: str | None
    aspect: str
    value: str
    place: str


def changed_snapshot(loaded: Loaded, before: Assessment, changes: Sequence[str]) -> Snapshot:
    """The snapshot with all changes made; an entry that is not there yet is added.

    Without ``@ROUND`` a change is about the round whose entry counts for the cell in ``before``,
    or would count. Raises ``UserError`` with the faults of all changes.
    """
    reader = _Changes(loaded, before)
    entries: dict[_Key, Entry] = {
        (e.unit, e.criterion, e.round, e.pack): e for e in loaded.snapshot.entries
    }
    for text in changes:
        target = reader.target(composed(text))
        if target is not None:
            key = (target.unit, target.criterion.code, target.round, target.pack)
            changed = reader.applied(target, entries.get(key))
            if changed is not None:
                entries[key] = changed
    findings = reader.gathering.closed("--what-if")
    if findings.errors:
        raise UserError(findings)
    return replace(loaded.snapshot, entries=tuple(entries.values()))


class _Changes:
    """Understands changes by the names that facts and packs use."""

    def __init__(self, loaded: Loaded, before: Assessment) -> None:
        packs = loaded.packs
        self.before = before
        self.known: Known = known_names(packs.main, packs.overlays, packs.companions)
        self.units = tuple(unit.id for unit in loaded.snapshot.units)
        self.own = {(o.unit, o.code): o for o in loaded.snapshot.own_criteria}
        self.gathering = Gathering()
        self.reader = FigureReader(self.gathering, cells=True)

    def target(self, text: str) -> _Target | None:
        """What a change is about, or ``None`` with a finding."""
        place = f"--what-if {shown(text)}"
        left, equals, value = text.partition("=")
        parts = left.split("/")
        if not equals or len(parts) != 3 or not all(part.strip() for part in parts):
            self.gathering.error("change_unreadable", place, "Không hiểu được thay đổi này.", _FORM)
            return None
        unit, cell, aspect = (part.strip() for part in parts)
        code, at, round_id = cell.partition("@")
        if unit not in self.units:
            self._unknown("facts_unknown_unit", place, "đơn vị", unit, self.units)
            return None
        found = self._criterion(unit, code)
        if found is None:
            names = (*self.known.main.criteria, *(c for u, c in self.own if u == unit))
            self._unknown("facts_unknown_criterion", place, "tiêu chí", code, names)
            return None
        criterion, pack = found
        table = self._table(pack)
        if not at:
            round_id = self._counting_round(unit, code, pack)
        if round_id not in table.rounds:
            self._unknown("facts_unknown_round", place, "vòng chấm", round_id, table.rounds)
            return None
        aspects = ("points", "state", *criterion.figures)
        if aspect not in aspects:
            what = f"số liệu của tiêu chí {code}"
            self._unknown("facts_unknown_figure", place, what, aspect, aspects)
            return None
        return _Target(unit, criterion, round_id, pack, aspect, value.strip(), place)

    def _counting_round(self, unit: str, code: str, pack: str | None) -> str:
        """The round whose entry counts for a cell, or would if there were one."""
        assessment = self.before if pack is None else self.before.companions[pack]
        score = assessment.units[unit].card.criteria.get(code)
        if score is not None and score.round is not None:
            return score.round
        rules = assessment.pack.rules
        hand = next((row.hand for row in rules.criteria if row.code == code), None)
        named = [r.id for r in rules.rounds if hand is not None and r.hand == hand]
        return named[-1] if named else assessment.scored_round

    def _table(self, pack: str | None) -> KnownTable:
        return self.known.main if pack is None else self.known.companions[pack]

    def _criterion(self, unit: str, code: str) -> tuple[KnownCriterion, str | None] | None:
        own = self.own.get((unit, code))
        if own is not None:
            method, _ = read_method(own.method, code)
            assert method is not None
            return KnownCriterion(code, own.title, method_figures(method)), None
        for pack, table in ((None, self.known.main), *self.known.companions.items()):
            if code in table.criteria:
                return table.criteria[code], pack
        return None

    def _unknown(self, code: str, place: str, what: str, word: str, known: Sequence[str]) -> None:
        self.gathering.error(
            code,
            place,
            f"Không có {what} “{shown(word)}”.",
            self.gathering.guess(word, known, f"{what} {' '.join(known)}"),
        )

    def applied(self, target: _Target, entry: Entry | None) -> Entry | None:
        """The entry after the change, or ``None`` with a finding."""
        if entry is None:
            entry = Entry(
                target.unit,
                target.criterion.code,
                target.round,
                EntryState.BLANK,
                pack=target.pack,
            )
        if target.aspect == "state":
            return self._with_state(target, entry)
        if target.aspect == "points":
            return self._with_points(target, entry)
        figures = self.reader.figures(
            {target.aspect: target.value},
            {target.aspect: target.criterion.figures[target.aspect]},
            lambda _name: target.place,
        )
        if not figures and target.value:
            return None
        merged: Mapping[str, Any] = {
            name: value
            for name in target.criterion.figures
            if (value := (figures if name == target.aspect else entry.figures).get(name))
            is not None
        }
        return _scored(replace(entry, figures=merged))

    def _with_state(self, target: _Target, entry: Entry) -> Entry | None:
        state = _STATES.get(target.value)
        if state is None:
            known = tuple(_STATES)
            self._unknown("facts_unknown_choice", target.place, "trạng thái", target.value, known)
            return None
        if state in (EntryState.NOT_DONE, EntryState.NOT_ASSIGNED):
            return replace(entry, state=state, points=None)
        return replace(entry, state=state)

    def _with_points(self, target: _Target, entry: Entry) -> Entry | None:
        if not target.value:
            return _scored(replace(entry, points=None))
        points = self.reader.number(target.value, lambda: target.place)
        if points is None:
            return None
        reason = entry.reason or "giả định"
        return _scored(replace(entry, points=points, reason=reason))


def _scored(entry: Entry) -> Entry:
    """An entry that holds something counts as scored; one that holds nothing is blank."""
    given = entry.points is not None or bool(entry.figures)
    return replace(entry, state=EntryState.SCORED if given else EntryState.BLANK)
