"""The columns of the tree: what each shows of a row."""

from __future__ import annotations

from typing import Final

from ui.models.columns import Column
from ui.pages.criteria.table_view import Row, RowKind
from ui.theme.tokens import Tone


def _mark(row: Row) -> str | None:
    if row.wrong:
        return "circle-alert"
    return "triangle-alert" if row.marked else None


def _mark_tone(row: Row) -> Tone | None:
    if row.wrong:
        return Tone.ERROR
    return Tone.WAITING if row.marked else None


def _tip(row: Row) -> str:
    lines = [f"{row.code}  {row.title}"]
    lines += [f"• {finding.message} {finding.remedy}".rstrip() for finding in row.findings]
    return "\n".join(lines)


def _sum(row: Row) -> str:
    if not row.total or (row.fits and row.total == row.max):
        return ""
    return row.total


COLUMNS: Final = (
    Column[Row]("Mã", lambda row: row.code, width=13, tip=_tip),
    Column[Row](
        "Nội dung",
        lambda row: row.title,
        stretch=True,
        tip=_tip,
        icon=_mark,
        tone=_mark_tone,
    ),
    Column[Row]("Tối đa", lambda row: row.max or "—", width=6, align="right"),
    Column[Row](
        "Cộng",
        _sum,
        width=6,
        align="right",
        tone=lambda row: None if row.fits else Tone.ERROR,
        tip=lambda row: (
            f"Các dòng bên trong cộng lại {row.total} điểm, mục ghi {row.max or 'chưa rõ'} điểm."
            if row.total
            else ""
        ),
        head_tip="Tổng các dòng bên trong, nêu khi khác điểm tối đa của mục",
    ),
    Column[Row]("Cách chấm", lambda row: row.method, width=11),
)
"""Code, title with a mark where something is wrong, maximum, sum where it differs, method."""

BOLD: Final = frozenset({RowKind.GROUP, RowKind.SLOT})
"""Rows that are set in bold: those that hold others."""
