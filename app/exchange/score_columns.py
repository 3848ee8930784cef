"""Which columns of a score table hold the points of which unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from app.domain.snapshot import EntryState
from app.exchange.table_headings import Headings, option_pairs
from app.exchange.tables import Table
from app.ground.findings import Findings, UserError
from app.ground.text import composed, folded, nearest


@dataclass(frozen=True, slots=True)
class UnitColumn:
    """A unit, by the id that facts use, its printed name and its column."""

    id: str
    name: str
    column: int


_NOT_UNITS: Final = frozenset(
    {
        "don vi tinh",
        "dvt",
        "minh chung",
        "tai lieu minh chung",
        "tai lieu kiem chung",
        "can cu",
        "cach tinh",
        "huong dan",
        "ly do",
        "tong",
        "tong cong",
        "tong diem",
        "trung binh",
        "chenh lech",
    }
)
STATES: Final[Mapping[str, EntryState]] = {
    "kg": EntryState.NOT_ASSIGNED,
    "khong giao": EntryState.NOT_ASSIGNED,
    "khong duoc giao": EntryState.NOT_ASSIGNED,
    "kth": EntryState.NOT_DONE,
    "khong thuc hien": EntryState.NOT_DONE,
    "-": EntryState.BLANK,
    "–": EntryState.BLANK,
    "—": EntryState.BLANK,
    "chua cham": EntryState.BLANK,
}
"""The words that stand in place of points, without accents."""

_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,40}")


def parse_units(text: str) -> dict[str, str]:
    """The mapping of ``--units "u1=Sở A,u2=Sở B"``; raises ``UserError`` with all its faults."""
    findings = Findings()
    units: dict[str, str] = {}
    for unit, heading in option_pairs(text):
        if heading and _ID.fullmatch(unit) and unit not in units:
            units[unit] = heading
        else:
            findings.error(
                "units_option",
                "Tùy chọn --units",
                f"Không hiểu phần “{unit[:60]}={heading[:60]}”.",
                "Viết như u1=Sở A,u2=Sở B; mã đơn vị gồm chữ không dấu, số, dấu - và _,"
                " mỗi mã một lần.",
            )
    if findings.errors:
        raise UserError(findings)
    return units


def find_units(
    table: Table,
    headings: Headings,
    wanted: Mapping[str, str] | None,
    findings: Findings,
) -> tuple[UnitColumn, ...]:
    """The unit columns; raises ``UserError`` where there is none.

    ``wanted`` maps ids to headings; a heading such as "Điểm tự chấm" is no name, so the id
    stands for it. Without ``wanted`` each further column is a unit, unless it is known to be
    something else or holds text and no number.
    """
    names = {
        column: texts[-1]
        for column, texts in headings.lines.items()
        if texts and column not in headings.columns.values()
    }
    if wanted is not None:
        units = _named(table, headings, names, wanted, findings)
    else:
        units = _recognised(table, headings, names, findings)
    if not units:
        findings.error(
            "no_units",
            table.at_row(headings.last_row),
            "Không nhận ra cột điểm của đơn vị nào.",
            "Ghi tên đơn vị ở dòng tiêu đề, hoặc chỉ rõ (tùy chọn --units “id=tên cột”).",
        )
    if findings.errors and not units:
        raise UserError(findings)
    return tuple(units)


def _named(
    table: Table,
    headings: Headings,
    names: Mapping[int, str],
    wanted: Mapping[str, str],
    findings: Findings,
) -> list[UnitColumn]:
    units: list[UnitColumn] = []
    for unit, heading in wanted.items():
        column = next((c for c, name in names.items() if folded(name) == folded(heading)), None)
        if column is not None:
            name = unit if _names_no_unit(heading) else heading
            units.append(UnitColumn(unit, name, column))
            continue
        guess = nearest(heading, names.values())
        hint = f" Có phải “{guess}”?" if guess else ""
        findings.error(
            "unit_column_missing",
            table.at_row(headings.last_row),
            f"Không có cột “{heading}” cho đơn vị {unit}.{hint}",
            f"Các cột có: {', '.join(f'“{name}”' for name in names.values())}.",
        )
    return units


def _recognised(
    table: Table, headings: Headings, names: Mapping[int, str], findings: Findings
) -> list[UnitColumn]:
    units: list[UnitColumn] = []
    for column, name in names.items():
        if folded(name).strip(" .:") in _NOT_UNITS:
            continue
        if _only_text(table, headings, column):
            findings.note(
                "column_left_out",
                table.at_cell(table.cell(headings.last_row, column)),
                f"Cột “{name}” chỉ có chữ nên không được xem là cột điểm của đơn vị.",
                "Nếu là đơn vị, ghi điểm bằng số.",
            )
            continue
        unit = UnitColumn(_identifier(name, len(units) + 1), name, column)
        twin = next((other for other in units if other.id == unit.id), None)
        if twin is not None:
            findings.error(
                "unit_repeated",
                table.at_cell(table.cell(headings.last_row, column)),
                f"Cột “{name}” trùng tên với cột “{twin.name}”.",
                "Đặt tên khác nhau cho các đơn vị.",
            )
            continue
        if _names_no_unit(name):
            findings.warning(
                "unit_unnamed",
                table.at_cell(table.cell(headings.last_row, column)),
                f"Cột “{name}” không cho biết là điểm của đơn vị nào.",
                f"Chỉ rõ đơn vị (tùy chọn --units “id={name}”).",
            )
        units.append(unit)
    return units


def _names_no_unit(heading: str) -> bool:
    return folded(heading).startswith("diem")


def _only_text(table: Table, headings: Headings, column: int) -> bool:
    values = [
        table.cell(row, column).value for row in range(headings.last_row + 1, table.height + 1)
    ]
    texts = [folded(value) for value in values if isinstance(value, str)]
    if any(isinstance(value, Decimal) for value in values):
        return False
    return bool(texts) and not any(text in STATES or re.search(r"\d", text) for text in texts)


def _identifier(name: str, number: int) -> str:
    """The name itself where it can be an id, else its letters without accents."""
    if _ID.fullmatch(composed(name)):
        return name
    letters = re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")[:40]
    return letters or f"u{number}"
