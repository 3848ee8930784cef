"""What the book keeps anyway and fulfils a duty by itself: so nothing has to be noted twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.snapshot import Unit
from app.domain.year import HANDED_IN, Conference, Registration, RoundState
from app.rules.pack import Duty, RulePack

_CONFERENCES: Final[Mapping[str, str]] = {
    "mid_year": "đã họp sơ kết",
    "preparatory": "đã họp trù bị",
    "summary": "đã họp tổng kết",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """That a duty was done, as the book shows it; ``on`` is the day where one is known."""

    on: dt.date | None
    words: str


class Signs:
    """The records of a year that duties may follow from."""

    def __init__(
        self,
        rules: RulePack,
        registrations: Sequence[Registration],
        conferences: Sequence[Conference],
        round_states: Sequence[RoundState],
    ) -> None:
        self._registrations: Mapping[tuple[str, str], Registration] = {
            (r.kind, r.unit): r for r in registrations
        }
        self._conferences = conferences
        self._own = [r.id for r in rules.rounds if r.hand == "unit"][:1]
        self._rounds: Mapping[tuple[str, str], RoundState] = {
            (s.unit, s.round): s for s in round_states
        }

    def of(self, duty: Duty, unit: Unit | None, cluster: str | None, today: dt.date) -> Sign | None:
        """What shows that the duty was done by this unit, or in this cluster."""
        if duty.done_by is None:
            return None
        if duty.done_by in _CONFERENCES:
            return self._conference(duty.done_by, cluster, today)
        if unit is None:
            return None
        if duty.done_by == "self_scored":
            return self._self_scored(unit)
        return self._registered(duty.done_by, unit)

    def _registered(self, kind: str, unit: Unit) -> Sign | None:
        """A pledge that was signed; a registration that leader and department have received."""
        row = self._registrations.get((kind, unit.id))
        if row is None:
            return None
        if kind == "pledge":
            return None if row.signed is None else Sign(row.signed, "đã ký giao ước")
        if row.received_by_leader is None or row.received_by_department is None:
            return None
        on = max(row.received_by_leader, row.received_by_department)
        return Sign(on, "Trưởng và Sở Nội vụ đã nhận đăng ký")

    def _conference(self, kind: str, cluster: str | None, today: dt.date) -> Sign | None:
        days = [
            c.date
            for c in self._conferences
            if c.kind == kind and c.cluster in (None, cluster) and c.date is not None
        ]
        held = sorted(day for day in days if day <= today)
        return Sign(held[0], _CONFERENCES[kind]) if held else None

    def _self_scored(self, unit: Unit) -> Sign | None:
        for round_id in self._own:
            state = self._rounds.get((unit.id, round_id))
            if state is not None and state.stage in HANDED_IN:
                return Sign(state.submitted or state.since, "đã nộp điểm tự chấm")
        return None
