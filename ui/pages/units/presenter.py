"""What the page of units knows and does; without Qt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from app.domain.snapshot import Cluster, ItemFact, Unit
from app.domain.year import Registration, Target
from app.ground.numbers import vietnamese
from app.ground.text import dictionary_key
from app.operations.workspace.permits import shown_figure
from app.persistence import books
from app.persistence.books import NumberedBook
from app.scoring.assessment import ItemsScore, UnitResult
from ui.pages.units.acts import UnitActs
from ui.pages.units.facts import (
    Detail,
    History,
    ItemKind,
    ItemRow,
    PaperRow,
    RoleMark,
    TargetRow,
    UnitRow,
)
from ui.pages.units.history import read_history
from ui.pages.units.rules import RulesOfUnits
from ui.runner import Runner
from ui.session import Session
from ui.theme.tokens import Tone

_PAPERS: Final[Mapping[str, str]] = {
    "registration": "Đăng ký thi đua",
    "pledge": "Giao ước thi đua",
}
_ITEM_BOOKS: Final[Mapping[ItemKind, NumberedBook[ItemFact]]] = {
    "bonus": books.BONUS,
    "deductions": books.DEDUCTIONS,
}


class UnitsPresenter(UnitActs):
    """Reads units from the year that is open, and keeps what is typed about them."""

    def __init__(self, session: Session, runner: Runner) -> None:
        super().__init__(session)
        self._runner = runner
        self._question = 0
        self.rules = RulesOfUnits(None)

    # ------------------------------------------------------------- reading

    def look(self) -> tuple[UnitRow, ...]:
        """The units of the year: by cluster, then as in a dictionary."""
        session = self._session
        packs = session.packs
        if not self.rules.speaks_of(packs):
            self.rules = RulesOfUnits(packs)
        desk = session.desk
        clusters = self.clusters()
        places = {cluster: at for at, cluster in enumerate(clusters)}
        roles = self.rules.roles()
        papers: dict[str, set[str]] = {}
        for paper in desk.workspace.read(books.REGISTRATIONS, desk.period):
            papers.setdefault(paper.unit, set()).add(paper.kind)
        targets: dict[str, int] = {}
        for target in desk.workspace.read(books.TARGETS, desk.period):
            targets[target.unit] = targets.get(target.unit, 0) + 1
        units = sorted(
            desk.units.values(),
            key=lambda u: (places.get(u.cluster, 0), dictionary_key(u.name)),
        )
        return tuple(
            self._row(
                unit,
                clusters[unit.cluster].name if unit.cluster in clusters else "",
                ", ".join(roles.get(role, role) for role in sorted(unit.roles, key=_role_order)),
                papers.get(unit.id, set()),
                targets.get(unit.id, 0),
            )
            for unit in units
        )

    def clusters(self) -> dict[str, Cluster]:
        """The clusters of the year, as in a dictionary."""
        there = self._session.desk.clusters
        return dict(sorted(there.items(), key=lambda pair: dictionary_key(pair[1].name)))

    def year_bounds(self) -> tuple[dt.date, dt.date]:
        """The first and last day of the year."""
        year = self._session.desk.year
        return year.start, year.end

    @property
    def may_write(self) -> bool:
        """Whether anything can be changed."""
        return self._session.may_write

    def sentence(self, rows: Sequence[UnitRow]) -> str:
        """The one sentence of state."""
        if not rows:
            return "Năm này chưa có đơn vị nào."
        present = [row for row in rows if not row.gone]
        several = len(self.clusters())
        where = f" trong {several} cụm, khối" if several > 1 else ""
        parts = [f"{len(present)} đơn vị{where}"]
        if len(present) < len(rows):
            parts.append(f"{len(rows) - len(present)} đơn vị đã rời")
        missing = sum(row.papers != "Đủ" for row in present)
        parts.append(
            f"{missing} đơn vị chưa đủ đăng ký, giao ước"
            if missing
            else "đã nhận đủ đăng ký, giao ước"
        )
        return " · ".join(parts)

    def _row(self, unit: Unit, cluster: str, roles: str, papers: set[str], targets: int) -> UnitRow:
        if len(papers) == len(_PAPERS):
            told, tone, icon = "Đủ", Tone.GOOD, "check"
        elif papers:
            lacking = "giao ước" if "registration" in papers else "đăng ký"
            told, tone, icon = f"Thiếu {lacking}", Tone.WAITING, "clock"
        else:
            told, tone, icon = "Chưa nhận", None, "circle"
        stay = ""
        if unit.left is not None:
            stay = f"đến {unit.left:%d/%m/%Y}"
        elif unit.joined is not None:
            stay = f"từ {unit.joined:%d/%m/%Y}"
        return UnitRow(
            unit.id,
            unit.name,
            unit.cluster,
            cluster,
            roles,
            stay,
            unit.left is not None,
            told,
            tone,
            icon,
            targets,
            self.rules.open_notes(unit.attributes),
        )

    def detail(self, row: UnitRow) -> Detail | None:
        """Everything that the year keeps about a unit; ``None`` where it is no longer there."""
        desk = self._session.desk
        unit = desk.units.get(row.id)
        if unit is None:
            return None
        read, period = desk.workspace.read, desk.period
        papers: dict[str, Registration] = {
            p.kind: p for p in read(books.REGISTRATIONS, period) if p.unit == unit.id
        }
        targets = [t for t in read(books.TARGETS, period) if t.unit == unit.id]
        result = self._result(unit.id)
        return Detail(
            row,
            unit.joined,
            unit.left,
            self._roles(unit),
            self.rules.notes(unit.attributes),
            tuple(_paper(kind, papers.get(kind)) for kind in _PAPERS),
            tuple(self._target(t) for t in sorted(targets, key=lambda t: dictionary_key(t.code))),
            (*self._items("bonus", unit.id), *self._items("deductions", unit.id)),
            _total(result.card.bonus) if result is not None else None,
            _total(result.card.deductions) if result is not None else None,
        )

    def _result(self, unit: str) -> UnitResult | None:
        found = self._session.result
        return found.assessment.units.get(unit) if found is not None else None

    def _roles(self, unit: Unit) -> tuple[RoleMark, ...]:
        others = [u for u in self._session.units.values() if u.cluster == unit.cluster]
        marks: list[RoleMark] = []
        for role, words in self.rules.roles().items():
            holder = next((u.name for u in others if role in u.roles and u.id != unit.id), "")
            marks.append(RoleMark(role, words, role in unit.roles, holder))
        return tuple(marks)

    def _target(self, target: Target) -> TargetRow:
        criteria = self.rules.criteria()
        code = target.criterion or ""
        measure = f" {target.measure}" if target.measure else ""
        return TargetRow(
            target,
            target.title,
            f"{shown_figure(target.plan)}{measure}" if target.plan is not None else "",
            f"{shown_figure(target.half_year)}{measure}" if target.half_year is not None else "",
            f"{code} {criteria[code]}" if code in criteria else code,
        )

    def _items(self, kind: ItemKind, unit: str) -> tuple[ItemRow, ...]:
        desk = self._session.desk
        titles = self.rules.item_titles(kind)
        numbered = desk.workspace.numbered(_ITEM_BOOKS[kind], desk.period)
        rows: list[ItemRow] = []
        for number, fact in numbered.items():
            if fact.unit != unit:
                continue
            parts = [f"{fact.count} lần"] if fact.count != 1 else []
            if fact.points is not None:
                parts.append(f"{vietnamese(fact.points)} điểm")
            parts += [shown_figure(value) for value in fact.figures.values()]
            row: dict[str, object] = {
                "item": fact.item,
                "count": fact.count,
                "points": fact.points,
                "figures": dict(fact.figures),
                "subject": fact.subject,
                "reason": fact.reason,
            }
            title = titles.get(fact.item, fact.item)
            said = "; ".join(text for text in (fact.subject, fact.reason) if text)
            rows.append(ItemRow(number, kind, fact.item, title, ", ".join(parts), said, row))
        return tuple(rows)

    def history(self, unit: str, then: Callable[[History], None]) -> None:
        """Tells where a unit came from and what was done about it; the newest question wins."""
        self._question += 1
        number, desk = self._question, self._session.desk
        years = self._session.years

        def done(found: History) -> None:
            if number == self._question:
                then(found)

        self._runner.run(
            "Xem lịch sử của đơn vị",
            lambda _progress: read_history(desk, unit, years),
            done,
            quiet=True,
        )


def _role_order(role: str) -> tuple[int, str]:
    return ({"leader": 0, "deputy": 1}.get(role, 2), role)


def _total(items: ItemsScore) -> Fraction:
    return items.total


def _paper(kind: str, kept: Registration | None) -> PaperRow:
    title = _PAPERS[kind]
    paper: Any = kind
    if kept is None:
        return PaperRow(paper, title, "Chưa nhận.", Tone.WAITING, None)
    parts = [f"Số {kept.number}"] if kept.number else []
    for words, day in (
        ("ký", kept.signed),
        ("đơn vị trưởng nhận", kept.received_by_leader),
        ("Sở Nội vụ nhận", kept.received_by_department),
    ):
        if day is not None:
            parts.append(f"{words} {day:%d/%m/%Y}")
    if kept.content:
        parts.append(kept.content)
    words = "; ".join(parts) or "Đã nhận"
    return PaperRow(paper, title, f"{words[:1].upper()}{words[1:]}.", Tone.GOOD, kept)
