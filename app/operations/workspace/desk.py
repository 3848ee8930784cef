"""Who works, in which workspace, on which year; and what every verb answers with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.snapshot import Cluster, Unit
from app.domain.year import PeriodRecord, PeriodState, Setting
from app.ground.findings import Finding, Severity, UserError
from app.ground.text import folded, nearest
from app.persistence import books
from app.persistence.journal import Operation
from app.persistence.records import Change
from app.persistence.workspace import Workspace, local_time

if TYPE_CHECKING:  # one sits down before the rules are imported
    from app.operations.loading import PackSet

_KEPT: Final = 8
_READ: Final[dict[tuple[tuple[str, str], ...], PackSet]] = {}
"""The tables that were read last, by their digests, their names and the answers chosen for them: a
verb is carried out many times while one types."""

_SETTING_WORDS: Final = {"officer": "người giữ sổ"}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a verb is carried out. ``actor`` is the person's name as the journal says it."""

    workspace: Workspace
    actor: str
    period: str

    def act(
        self,
        kind: str,
        title: str,
        parameters: Mapping[str, str] | None = None,
        *,
        barrier: bool = False,
    ) -> AbstractContextManager[Change]:
        """One named operation of this year; ``barrier``: undo does not pass it."""
        return self.workspace.operation(
            kind, title, self.actor, period=self.period, parameters=parameters, barrier=barrier
        )

    @property
    def year(self) -> PeriodRecord:
        """The year's record; raises ``UserError`` where there is none."""
        return self.workspace.period(self.period)

    @property
    def units(self) -> dict[str, Unit]:
        """The units of the year by id."""
        return {unit.id: unit for unit in self.workspace.read(books.UNITS, self.period)}

    @property
    def clusters(self) -> dict[str, Cluster]:
        """The clusters of the year by id."""
        return {c.id: c for c in self.workspace.read(books.CLUSTERS, self.period)}


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb did. ``operation`` is ``None`` where nothing had to change."""

    operation: Operation | None
    changed: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def sentence(self) -> str:
        """What was done, as the journal calls it."""
        if self.operation is None:
            return "Không có gì phải thay đổi."
        return f"{self.operation.title}. Thao tác số {self.operation.id}."


def done(change: Change, changed: int, findings: Iterable[Finding] = ()) -> Done:
    """The answer of a verb whose operation is over."""
    return Done(change.operation, changed, tuple(findings))


def refusal(code: str, place: str, message: str, remedy: str) -> UserError:
    """A refusal with one reason."""
    return UserError([Finding(code, Severity.ERROR, place, message, remedy)])


OFFICER: Final = "officer"
"""The setting that names who keeps the workspace, where nobody else is named."""


def today() -> dt.date:
    """The day that the officer sees."""
    return local_time().date()


def officer_of(workspace: Workspace, named: str = "") -> str:
    """The person who works: the one named, or the one who keeps the workspace."""
    kept = workspace.one(books.SETTINGS, OFFICER)
    return named.strip() or (kept.value if kept is not None else "")


def change_setting(workspace: Workspace, actor: str, key: str, value: str) -> Done:
    """Keeps a setting of the workspace (issuer, signer, the officer …)."""
    title = f"Đặt {_SETTING_WORDS.get(key, key)}: {value}"
    with workspace.operation("setting.changed", title, actor) as change:
        changed = change.put(books.SETTINGS, Setting(key, value))
    return done(change, changed)


def sit_down(workspace: Workspace, named: str = "", period: str | None = None) -> Desk:
    """A desk at a year: the named one, or the only one that is open.

    ``named`` is the person who works, by default the one who keeps the workspace. Raises
    ``UserError`` where no person is known, or the year is not clear.
    """
    actor = officer_of(workspace, named)
    if not actor:
        raise refusal(
            "actor_missing",
            "Người làm",
            "Chưa biết ai đang làm việc.",
            "Ghi họ tên người làm; nhật ký ghi theo tên này.",
        )
    years = workspace.read(books.PERIODS)
    if period is not None:
        return Desk(workspace, actor, workspace.period(period).id)
    opened = [year.id for year in years if year.state is PeriodState.OPEN]
    if len(opened) == 1:
        return Desk(workspace, actor, opened[0])
    if not opened and years:
        return Desk(workspace, actor, years[-1].id)
    listed = ", ".join(year.id for year in years)
    raise refusal(
        "year_unclear",
        "Năm thi đua",
        "Có nhiều năm đang mở." if opened else "Sổ làm việc chưa mở năm nào.",
        f"Nêu rõ một năm: {listed}." if opened else "Mở năm thi đua trước.",
    )


def open_year_of(desk: Desk) -> PeriodRecord:
    """The desk's year, which must be open; raises ``UserError`` where its book is closed."""
    year = desk.year
    if year.state is PeriodState.CLOSED:
        raise refusal(
            "period_closed",
            f"Năm {year.name}",
            "Năm thi đua đã khóa sổ nên không sửa được.",
            "Mở lại sổ (có lý do) trước khi sửa.",
        )
    return year


def unit_of(desk: Desk, unit: str) -> Unit:
    """The unit with this id; raises ``UserError`` with the nearest name."""
    units = desk.units
    if unit in units:
        return units[unit]
    by_name = {folded(u.name): u.id for u in units.values()}
    guess = by_name.get(folded(unit)) or nearest(unit, units)
    raise refusal(
        "facts_unknown_unit",
        f"Năm {desk.period}",
        f"Không có đơn vị “{unit[:80]}”.",
        f"Có phải “{guess}”?" if guess else "Các đơn vị: " + ", ".join(list(units)[:12]) + ".",
    )


def cluster_of(desk: Desk, cluster: str) -> Cluster:
    """The cluster with this id; raises ``UserError`` with those that there are."""
    clusters = desk.clusters
    if cluster in clusters:
        return clusters[cluster]
    raise refusal(
        "facts_unknown_cluster",
        f"Năm {desk.period}",
        f"Không có cụm, khối “{cluster[:80]}”.",
        "Các cụm, khối: " + ", ".join(clusters) + ".",
    )


def packs_of(desk: Desk) -> PackSet:
    """The year's criteria tables as packs by their roles, with the answers chosen for them.

    Raises ``UserError`` where the year has no table yet, or a table cannot be applied.
    """
    tables = desk.workspace.pinned_tables(desk.period)
    if not tables:
        raise refusal(
            "table_missing",
            f"Năm {desk.period}",
            "Năm này chưa có bảng tiêu chí.",
            "Lập bảng từ khung điểm hoặc lấy một gói quy tắc có sẵn.",
        )
    choices = desk.workspace.read(books.PARAMETER_CHOICES, desk.period)
    names = [f"{table.title} (phiên bản {table.version})" for table in tables]
    key = (
        *((table.digest, name) for table, name in zip(tables, names, strict=True)),
        *sorted((choice.parameter, repr(choice.value)) for choice in choices),
    )
    known = _READ.get(key)
    if known is None:
        from app.operations.loading import read_packs

        trees = [(dict(table.tree), name) for table, name in zip(tables, names, strict=True)]
        known = read_packs(trees, {choice.parameter: choice.value for choice in choices})
        while len(_READ) >= _KEPT:
            _READ.pop(next(iter(_READ)), None)
        _READ[key] = known
    return known
