"""The table of entries beside a facts file (``entries_file``): one row an entry.

Columns: unit, criterion, round, state, points, reason, evidence, pack, and one for each figure.
Faults name the file, the row and the column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from app.exchange.delimited_text import read_delimited
from app.exchange.facts_entries import ENTRY_KEYS, EntryReader
from app.exchange.facts_faults import Gathering, shown
from app.exchange.facts_known import KnownTable
from app.exchange.table_containers import Limits
from app.ground.findings import Findings, UserError
from app.ground.text import composed

_LIMITS: Final = Limits(rows=500_000, columns=1_000, cells=10_000_000)
_OWN: Final = frozenset(ENTRY_KEYS) - {"figures"}
_NEEDED: Final = ("unit", "criterion")


def read_cells(
    data: bytes, name: str, figures: frozenset[str], reader: EntryReader, gathering: Gathering
) -> None:
    """Reads all rows into ``reader``; ``figures`` are the names that columns may have."""
    told = Findings()
    try:
        records = read_delimited(data, name, _LIMITS, told)
    except UserError as fault:
        gathering.keep_all(fault.findings)
        return
    gathering.keep_all(finding for finding in told if not finding.is_error)
    if not records:
        gathering.error(
            "entries_file_empty",
            name,
            "Tệp không có dòng nào.",
            "Ghi dòng tiêu đề unit,criterion,round,state,points,reason rồi mỗi dòng một ô điểm.",
        )
        return
    columns = [composed(text).strip() for text in records[0]]
    if not _check_heading(columns, name, figures, gathering):
        return
    own = [(at, column) for at, column in enumerate(columns) if column in _OWN]
    other = [(at, column) for at, column in enumerate(columns) if column and column not in _OWN]
    for number, record in enumerate(records[1:], 2):
        if gathering.overflowing:
            break
        if not any(record):
            continue
        _read_record(record, number, columns, (own, other), name, reader, gathering)


def _read_record(
    record: Sequence[str],
    number: int,
    columns: Sequence[str],
    places: tuple[list[tuple[int, str]], list[tuple[int, str]]],
    name: str,
    reader: EntryReader,
    gathering: Gathering,
) -> None:
    width = len(columns)
    if len(record) > width and any(cell.strip() for cell in record[width:]):
        gathering.error(
            "entries_row_too_wide",
            f"{name}, dòng {number}",
            f"Dòng này có {len(record)} ô nhưng dòng tiêu đề chỉ có {width} cột.",
            "Đặt nội dung có dấu ngăn cách, như số 12,5, trong dấu nháy kép.",
        )
        return
    filled = len(record)
    for at in range(min(filled, width)):
        if not columns[at] and record[at].strip():
            gathering.error(
                "entries_column_untitled",
                f"{name}, dòng {number}, cột thứ {at + 1}",
                "Ô này có nội dung nhưng cột không có tiêu đề.",
                "Ghi tiêu đề cột ở dòng 1, hoặc xóa nội dung ô.",
            )
    own, other = places
    row = {key: cell for at, key in own if at < filled and (cell := record[at].strip())}
    figures = {key: cell for at, key in other if at < filled and (cell := record[at].strip())}
    if row or figures:
        reader.cells(row, figures, partial(_place, name, number))


def _place(name: str, number: int, key: str) -> str:
    column = key.removeprefix("figures.")
    return f"{name}, dòng {number}" + (f", cột {column}" if column else "")


def _check_heading(
    columns: Sequence[str], name: str, figures: frozenset[str], gathering: Gathering
) -> bool:
    fine = True
    known = (*(key for key in ENTRY_KEYS if key in _OWN), *sorted(figures))
    for at, column in enumerate(columns, 1):
        place = f"{name}, dòng 1, cột {shown(column) or at}"
        if column and columns.index(column) != at - 1:
            gathering.error(
                "entries_column_repeated",
                place,
                f"Cột “{shown(column)}” xuất hiện hai lần.",
                "Giữ lại một cột.",
            )
            fine = False
        elif column and column not in known:
            gathering.error(
                "entries_column_unknown",
                place,
                f"Không có cột “{shown(column)}” trong định dạng và không cách chấm nào dùng số "
                "liệu này.",
                gathering.guess(column, known, "column"),
            )
            fine = False
    for needed in _NEEDED:
        if needed not in columns:
            gathering.error(
                "entries_column_missing",
                f"{name}, dòng 1",
                f"Thiếu cột {needed}.",
                f"Thêm cột {needed} vào dòng tiêu đề.",
            )
            fine = False
    return fine


def figure_names(
    tables: Sequence[KnownTable], own: Sequence[Mapping[str, object]]
) -> frozenset[str]:
    """Every figure that some criterion asks for."""
    names = {name for table in tables for c in table.criteria.values() for name in c.figures}
    for figures in own:
        names |= figures.keys()
    return frozenset(names)
