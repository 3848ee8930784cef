"""Acts on one row of the table: sheets that ask, and the edits that follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from PySide6.QtWidgets import QWidget

from app.ground.findings import UserError
from app.ground.numbers import NumberTextError, read_number
from app.operations.workspace.desk import refusal
from app.operations.workspace.table_edits import (
    AddCriterion,
    CountSlot,
    NewRow,
    RemoveCriterion,
    Retitle,
    Reweigh,
    SplitCriterion,
    TableEdit,
)
from ui.context import Context
from ui.pages.criteria.import_sheet import pasted_rows
from ui.pages.criteria.own_sheet import OwnSheet
from ui.pages.criteria.presenter import CriteriaPresenter
from ui.pages.criteria.row_sheets import RowsSheet, TitleSheet
from ui.pages.criteria.table_view import Row, next_codes, points_of

Change = Callable[..., bool]
"""Carries out edits; the answer is whether it was done."""


class RowActs:
    """What can be asked for on a row; every edit goes through ``change``."""

    def __init__(
        self, context: Context, presenter: CriteriaPresenter, parent: QWidget, change: Change
    ) -> None:
        self._context, self._presenter = context, presenter
        self._parent, self._change = parent, change
        self._acts: Mapping[str, Callable[[Row], None]] = {
            "rename": self._rename,
            "split": self._split,
            "add": self._add,
            "remove": self._remove,
            "own": self._own,
        }

    def ask(self, act: str, row: Row | None) -> None:
        """Starts an act on a row, where it makes sense there."""
        if row is not None:
            self._acts[act](row)

    def _rename(self, row: Row) -> None:
        if self._presenter.may_edit:
            TitleSheet(
                row.code,
                row.title,
                self._parent,
                lambda title: self._change(Retitle(row.code, title)),
            ).show_over()

    def _split(self, row: Row) -> None:
        detail = self._presenter.detail(row.code)
        if detail is None or not detail.may_split:
            return
        RowsSheet(
            f"Chia tiêu chí {row.code} thành các phần",
            f"“{row.title}” trở thành một mục; mỗi phần được chấm riêng và điểm các phần cộng lại "
            "là điểm của tiêu chí.",
            "Chia tiêu chí",
            points_of(detail.written.get("max")),
            self._context.theme,
            self._parent,
            lambda rows: self._change(SplitCriterion(row.code, rows)),
            self._pasted,
        ).show_over()

    def _add(self, row: Row) -> None:
        detail = self._presenter.detail(row.code)
        if detail is None or not detail.may_add:
            return
        RowsSheet(
            f"Thêm tiêu chí vào mục {row.code}",
            f"Thêm vào “{row.title}”. Tiêu chí thêm được chấm thẳng; đổi cách chấm sau khi thêm.",
            "Thêm tiêu chí",
            None,
            self._context.theme,
            self._parent,
            lambda rows: self._add_rows(row.code, rows),
            self._pasted,
        ).show_over()

    def _add_rows(self, parent: str, rows: tuple[NewRow, ...]) -> bool:
        view = self._presenter.view
        if view is None:
            return False
        codes = next_codes(view, parent, len(rows))
        edits: list[TableEdit] = [
            AddCriterion(parent, code, row) for code, row in zip(codes, rows, strict=True)
        ]
        return self._change(*edits)

    def _pasted(self) -> list[dict[str, str]]:
        rows: list[dict[str, str]] = []
        self._context.do(lambda: rows.extend(pasted_rows()))
        return rows

    def _remove(self, row: Row) -> None:
        view = self._presenter.view
        if view is None or not self._presenter.may_edit or not row.removable:
            return
        inside = sum(1 for other in view.rows if other.code.startswith(row.code + "."))
        more = f" và {inside} dòng bên trong" if inside else ""

        def remove() -> None:
            self._change(RemoveCriterion(row.code))

        self._context.notices.ask(
            f"Bỏ tiêu chí {row.code}",
            f"Tiêu chí “{row.title}”{more} sẽ không còn trong bảng. Có thể hoàn tác bằng Ctrl+Z.",
            "Bỏ tiêu chí",
            remove,
        )

    def _own(self, row: Row) -> None:
        OwnSheet(self._context, row.code, self._parent).show_over()

    # ------------------------------------------------------------- typed numbers

    def weigh(self, row: Row | None, text: str) -> bool:
        """Takes a typed maximum."""
        value = self._number(row, text)
        if row is None or value is None:
            return False
        return self._change(Reweigh(row.code, value))

    def count(self, row: Row | None, text: str) -> bool:
        """Takes the agreed number of criteria of a slot."""
        value = self._number(row, text, whole=True)
        if row is None or value is None:
            return False
        return self._change(CountSlot(row.code, int(value)))

    def _number(self, row: Row | None, text: str, *, whole: bool = False) -> Fraction | None:
        found: list[Fraction] = []

        def read() -> None:
            try:
                value = Fraction(read_number(text))
            except NumberTextError as fault:
                raise _not_a_number(row, text) from fault
            if value < 0 or (whole and (value.denominator != 1 or value < 1)):
                raise _not_a_number(row, text)
            found.append(value)

        return found[0] if self._context.do(read) and found else None


def _not_a_number(row: Row | None, text: str) -> UserError:
    return refusal(
        "not_a_number",
        f"Tiêu chí {row.code}" if row is not None else "Bảng tiêu chí",
        f"“{text[:40]}” không dùng được ở đây.",
        "Ghi một con số từ 0 trở lên, ví dụ 12,5.",
    )
