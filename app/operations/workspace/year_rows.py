"""Typed rows of what a year keeps beside its scores become nouns; all faults are gathered.

The keys are the fields of the nouns in ``app.domain.year``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from app.domain.conference import Activity, DutyStage, DutyState
from app.domain.snapshot import Cluster, Figure, Unit
from app.domain.year import (
    Attendant,
    AwardRecord,
    AwardStage,
    Conference,
    Deadline,
    DeadlineException,
    IssuedPaper,
    PeriodRecord,
    Registration,
    Target,
)
from app.exchange.facts_faults import Gathering
from app.exchange.facts_table import Table, rows
from app.exchange.facts_values import as_date
from app.ground.numbers import NumberFault, NumberTextError, read_number

_CONFERENCES: Final = ("summary", "mid_year", "preparatory", "other")
_ACTIVITIES: Final = ("movement", "joint_activity", "exemplar", "inspection", "other")
_HOLDERS: Final = ("leader", "deputy", "unit", "department", "council", "guiding_agency")
_DUTY_STAGES: Final = tuple(stage.value for stage in DutyStage)
_STAGES: Final = tuple(stage.value for stage in AwardStage)


@dataclass(frozen=True, slots=True)
class YearScene:
    """What a row may name: the units and clusters of the year."""

    year: PeriodRecord
    units: Mapping[str, Unit]
    clusters: Mapping[str, Cluster]

    def unit(self, row: Table, *, required: bool = True) -> str:
        """The unit that a row names."""
        known = tuple(self.units)
        found = row.known("unit", known, "facts_unknown_unit", "đơn vị", required=required)
        return found or ""

    def cluster(self, row: Table) -> str | None:
        """The cluster that a row names, if any."""
        known = tuple(self.clusters)
        return row.known("cluster", known, "facts_unknown_cluster", "cụm, khối", required=False)


def read_year_rows(
    kind: str,
    raw: Sequence[Mapping[str, Any]],
    name: str,
    scene: YearScene,
    gathering: Gathering,
) -> tuple[Any, ...]:
    """The nouns of rows of one kind; what is faulty is told to the gathering."""
    keys, read = _READERS[kind]
    nouns: list[Any] = []
    for row in rows({kind: list(raw)}, kind, name, gathering):
        row.only(keys)
        nouns.append(read(row, scene))
    return tuple(nouns)


def _text(row: Table, key: str) -> str:
    return row.text(key) or ""


def _registration(row: Table, scene: YearScene) -> Registration:
    return Registration(
        scene.unit(row),
        row.choice("kind", ("registration", "pledge")) or "registration",
        _text(row, "number"),
        _text(row, "content"),
        row.date("signed"),
        row.date("received_by_leader"),
        row.date("received_by_department"),
    )


def _target(row: Table, scene: YearScene) -> Target:
    return Target(
        scene.unit(row),
        row.identifier("code", "mã chỉ tiêu") or "",
        row.text("title", "tên chỉ tiêu", required=True) or "",
        row.text("criterion"),
        _figure(row, "plan"),
        _text(row, "measure"),
        _figure(row, "half_year"),
        row.date("half_year_on"),
        _text(row, "note"),
    )


def _figure(row: Table, key: str) -> Figure | None:
    """A number, a day, yes or no, or words, as they were typed; a doubtful number is asked."""
    value = row.given(key)
    if not isinstance(value, str):
        return value if isinstance(value, bool) else (as_date(value) or row.number(key))
    day = as_date(value)
    if day is not None:
        return day
    try:
        return Fraction(read_number(value))
    except NumberTextError as fault:
        if fault.fault is NumberFault.NOT_A_NUMBER:
            return row.text(key)
        return row.number(key)


def _deadline(row: Table, scene: YearScene) -> Deadline:
    return Deadline(
        row.identifier("duty", "mã việc hoặc mã vòng chấm") or "",
        row.date("due", required=True) or scene.year.end,
        _text(row, "title"),
        scene.cluster(row),
    )


def _exception(row: Table, scene: YearScene) -> DeadlineException:
    return DeadlineException(
        row.identifier("duty", "mã việc hoặc mã vòng chấm") or "",
        scene.unit(row),
        row.date("until", required=True) or scene.year.end,
        row.text("reason", "lý do gia hạn", required=True) or "",
        row.text("granted_by", "người cho phép", required=True) or "",
    )


def _conference(row: Table, scene: YearScene) -> Conference:
    kind: Any = row.choice("kind", _CONFERENCES) or "other"
    attendants = [
        Attendant(
            one.text("name", "họ tên", required=True) or "",
            _text(one, "office"),
            scene.unit(one, required=False) or None,
            True if one.given("present") is None else bool(one.yes_no("present")),
        )
        for one in rows(row.data, "attendants", row.place, row.gathering)
    ]
    return Conference(
        row.identifier("id", "mã hội nghị") or "",
        kind,
        _text(row, "title"),
        row.date("date"),
        _text(row, "place"),
        scene.cluster(row),
        _text(row, "chair"),
        _text(row, "secretary"),
        tuple(attendants),
    )


def _paper(row: Table, scene: YearScene) -> IssuedPaper:
    return IssuedPaper(
        row.identifier("id", "mã văn bản") or "",
        row.text("kind", "loại văn bản", required=True) or "",
        _text(row, "title"),
        _text(row, "number"),
        row.date("date"),
        _text(row, "digest"),
        scene.unit(row, required=False) or None,
        scene.cluster(row),
    )


def _award(row: Table, scene: YearScene) -> AwardRecord:
    stage = row.choice("stage", _STAGES) or AwardStage.RECEIVED.value
    return AwardRecord(
        row.identifier("id", "mã khen thưởng") or "",
        scene.unit(row),
        row.text("award", "hình thức khen thưởng", required=True) or "",
        AwardStage(stage),
        _text(row, "year"),
        _text(row, "number"),
        row.date("date"),
        _text(row, "issuer"),
        _text(row, "note"),
    )


def _activity(row: Table, scene: YearScene) -> Activity:
    kind: Any = row.choice("kind", _ACTIVITIES) or "other"
    return Activity(
        row.identifier("id", "mã hoạt động") or "",
        kind,
        row.text("title", "tên hoạt động", required=True) or "",
        scene.unit(row, required=False) or None,
        scene.cluster(row),
        row.date("date"),
        _text(row, "document"),
        _text(row, "note"),
        bool(row.yes_no("chosen_to_report")),
    )


def _duty_state(row: Table, scene: YearScene) -> DutyState:
    holders = (*_HOLDERS, *scene.units)
    return DutyState(
        row.identifier("duty", "mã nhiệm vụ") or "",
        row.known("holder", holders, "facts_unknown_unit", "đơn vị hoặc vai trò") or "",
        DutyStage(row.choice("state", _DUTY_STAGES, default=DutyStage.DONE.value) or "done"),
        scene.cluster(row),
        row.date("date"),
        _text(row, "document"),
        _text(row, "note"),
    )


_READERS: Final[Mapping[str, tuple[tuple[str, ...], Callable[[Table, YearScene], Any]]]] = {
    "registrations": (tuple(Registration.__slots__), _registration),
    "targets": (tuple(Target.__slots__), _target),
    "deadlines": (tuple(Deadline.__slots__), _deadline),
    "exceptions": (tuple(DeadlineException.__slots__), _exception),
    "conferences": (tuple(Conference.__slots__), _conference),
    "papers": (tuple(IssuedPaper.__slots__), _paper),
    "awards": (tuple(AwardRecord.__slots__), _award),
    "activities": (tuple(Activity.__slots__), _activity),
    "duties": (tuple(DutyState.__slots__), _duty_state),
}
