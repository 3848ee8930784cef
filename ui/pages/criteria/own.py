"""Criteria that units registered for themselves inside a slot; without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from app.domain.snapshot import OwnCriterion
from app.ground.numbers import vietnamese
from app.operations.workspace.desk import Done
from app.operations.workspace.own_criteria import register_own_criteria, withdraw_own_criterion
from app.persistence import books
from ui.models.columns import Column
from ui.pages.criteria.method_words import SHORT
from ui.session import Session

_LISTED: Final = 12


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A registered criterion with the name of its unit."""

    unit: str
    unit_name: str
    code: str
    title: str
    max: str
    method: str


COLUMNS = (
    Column[OwnRow]("Đơn vị", lambda row: row.unit_name, width=24),
    Column[OwnRow]("Mã", lambda row: row.code, width=10),
    Column[OwnRow]("Nội dung", lambda row: row.title, stretch=True),
    Column[OwnRow]("Tối đa", lambda row: row.max, width=7, align="right"),
    Column[OwnRow]("Cách chấm", lambda row: row.method, width=11),
)


class OwnPresenter:
    """The registered criteria of one slot."""

    def __init__(self, session: Session, slot: str) -> None:
        self.session, self.slot = session, slot

    def _kept(self) -> tuple[OwnCriterion, ...]:
        desk = self.session.desk
        kept: tuple[OwnCriterion, ...] = desk.workspace.read(books.OWN_CRITERIA, desk.period)
        return kept

    def rows(self) -> tuple[OwnRow, ...]:
        """What was registered here, unit by unit in the officer's order."""
        units = self.session.units
        order = list(units)
        mine = [own for own in self._kept() if own.slot == self.slot]
        mine.sort(key=lambda own: order.index(own.unit) if own.unit in order else len(order))
        return tuple(
            OwnRow(
                own.unit,
                units[own.unit].name if own.unit in units else own.unit,
                own.code,
                own.title,
                vietnamese(own.max),
                SHORT.get(str(own.method.get("kind")), ""),
            )
            for own in mine
        )

    def sums(self) -> str:
        """What each unit registered in points, in one sentence."""
        sums: dict[str, Fraction] = {}
        for own in self._kept():
            if own.slot == self.slot:
                sums[own.unit] = sums.get(own.unit, Fraction(0)) + own.max
        units = self.session.units
        parts = [
            f"{unit.name}: {vietnamese(sums[key])}" for key, unit in units.items() if key in sums
        ]
        lacking = len(units) - len(parts)
        listed = "; ".join(parts[:_LISTED]) + (" …" if len(parts) > _LISTED else ".")
        words = listed if parts else "Chưa đơn vị nào đăng ký."
        return words + (f" Còn {lacking} đơn vị chưa đăng ký." if parts and lacking else "")

    def next_code(self, unit: str) -> str:
        """A free code for a new criterion of a unit."""
        taken = {own.code for own in self._kept() if own.unit == unit}
        number = 1
        while f"{self.slot}.{number}" in taken:
            number += 1
        return f"{self.slot}.{number}"

    def method_of(self, row: OwnRow) -> Mapping[str, Any]:
        """The way of scoring of a registered criterion."""
        found = next(own for own in self._kept() if (own.unit, own.code) == (row.unit, row.code))
        return dict(found.method)

    def register(
        self,
        unit: str,
        title: str,
        points: str,
        method: Mapping[str, Any],
        code: str | None = None,
    ) -> Done:
        """Registers a criterion, or changes the one with this code.

        Raises ``UserError`` with what is wrong.
        """
        row = {
            "unit": unit,
            "slot": self.slot,
            "code": code or self.next_code(unit),
            "title": title,
            "max": points,
            "method": dict(method),
        }
        return self.session.act(lambda desk: register_own_criteria(desk, [row]))

    def withdraw(self, row: OwnRow) -> Done:
        """Takes one back; raises ``UserError`` where it was scored."""
        return self.session.act(lambda desk: withdraw_own_criterion(desk, row.unit, row.code))
