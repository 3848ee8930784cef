"""Scores of units out of a table with criteria as rows and units as columns.

Every blank, every value above the maximum and every oddity is told by cell, criterion and
unit. A blank stays blank and is never 0; "KG" (không được giao) and "KTH" (không thực hiện)
are states of their own. The result goes into a facts file and the table of entries beside it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from app.domain.snapshot import EntryState
from app.exchange.cell_numbers import read_points, shown
from app.exchange.criteria_rows import CriteriaRows, own_cell, read_rows
from app.exchange.facts import FACTS_SCHEMA
from app.exchange.score_columns import STATES, UnitColumn, find_units
from app.exchange.table_headings import Role
from app.exchange.tables import Cell, Table
from app.ground.findings import Finding, Findings
from app.ground.numbers import unmistakable
from app.ground.text import folded, nearest
from app.rules.pack import Criterion

CLUSTER_ID: Final = "k1"
ENTRY_COLUMNS: Final = ("unit", "criterion", "round", "state", "points")


@dataclass(frozen=True, slots=True)
class ScoreEntry:
    """The points of one unit on one criterion, with the cell that they came from."""

    unit: str
    criterion: str
    round: str
    state: EntryState
    points: Decimal | None
    address: str


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The units in the order of their columns, and all entries row by row."""

    units: tuple[UnitColumn, ...]
    entries: tuple[ScoreEntry, ...]


def read_score_table(
    table: Table,
    criteria: Sequence[Criterion],
    *,
    columns: Mapping[Role, str] | None = None,
    units: Mapping[str, str] | None = None,
    round_id: str = "self",
) -> tuple[ScoreTable, tuple[Finding, ...]]:
    """Reads the scores of a table against the criteria of a pack.

    ``columns`` names headings of criteria, ``units`` maps the id of a unit to the heading of
    its column; without it every further column with numbers is a unit. A faulty cell gives a
    blank entry and a finding. Raises ``UserError`` where no head or no unit can be found.
    """
    findings = Findings()
    read = read_rows(table, columns or {}, findings, needs_max=False)
    found = find_units(table, read.headings, units, findings)
    reader = _Reader(table, criteria, found, round_id, findings, read)
    reader.read()
    return ScoreTable(found, tuple(reader.entries)), findings.as_tuple()


@dataclass(slots=True)
class _Reader:
    table: Table
    criteria: Sequence[Criterion]
    units: Sequence[UnitColumn]
    round_id: str
    findings: Findings
    rows: CriteriaRows
    entries: list[ScoreEntry] = field(default_factory=list)
    _of_unit: dict[str, list[ScoreEntry]] = field(default_factory=dict)
    _blank: dict[str, list[tuple[Cell, str]]] = field(default_factory=dict)

    def read(self) -> None:
        """Reads all rows, then tells blanks, absent criteria and wrong sums."""
        known = {criterion.code: criterion for criterion in self.criteria}
        self._of_unit = {unit.id: [] for unit in self.units}
        sums: list[tuple[int, str]] = []
        for row in self.rows.rows:
            criterion = known.get(row.code)
            if criterion is None:
                self._tell_unknown(row.row, row.code, known)
                continue
            self._check_max(row.row, row.max, criterion)
            if criterion.method is None:
                sums.append((row.row, row.code))
                continue
            for unit in self.units:
                self._read_cell(row.row, unit, criterion)
        self.entries = [entry for row in zip(*self._of_unit.values(), strict=True) for entry in row]
        self._tell_blanks()
        self._tell_absent()
        for number, code in sums:
            self._check_sums(number, code)
        for total in self.rows.totals:
            last = total is self.rows.totals[-1]
            group = total.group or ("" if last else (total.after or "").partition(".")[0])
            self._check_sums(total.row, group)

    def _cell(self, row: int, unit: UnitColumn) -> Cell:
        textual = set(self.rows.headings.columns.values())
        return own_cell(self.table, row, unit.column, textual)

    def _read_cell(self, row: int, unit: UnitColumn, criterion: Criterion) -> None:
        cell = self._cell(row, unit)
        about = (f"tiêu chí {criterion.code}", f"đơn vị {unit.name}")
        state, points = EntryState.BLANK, None
        said = STATES.get(folded(cell.text)) if isinstance(cell.value, str) else None
        if said is not None and not cell.is_covered:
            state = said
        else:
            told = len(self.findings)
            points = read_points(self.table, cell, self.findings, *about)
            if points is not None:
                state = EntryState.SCORED
            elif len(self.findings) > told:
                self._keep(unit, criterion, state, points, cell)
                return
        if state is EntryState.BLANK:
            self._blank.setdefault(unit.id, []).append((cell, criterion.code))
        if points is not None and criterion.max is not None and points > criterion.max:
            self.findings.error(
                "above_max",
                self.table.at_cell(cell, *about),
                f"Điểm {shown(points)} vượt mức tối đa {shown(criterion.max)}.",
                f"Nhập số từ 0 đến {shown(criterion.max)}.",
            )
        self._keep(unit, criterion, state, points, cell)

    def _keep(
        self,
        unit: UnitColumn,
        criterion: Criterion,
        state: EntryState,
        points: Decimal | None,
        cell: Cell,
    ) -> None:
        self._of_unit[unit.id].append(
            ScoreEntry(unit.id, criterion.code, self.round_id, state, points, cell.address)
        )

    def _check_max(self, row: int, printed: Decimal | None, criterion: Criterion) -> None:
        column = self.rows.headings.column(Role.MAX)
        if column and printed is not None and criterion.max not in (None, printed):
            assert criterion.max is not None
            self.findings.error(
                "max_differs",
                self.table.at_cell(self.table.cell(row, column), f"tiêu chí {criterion.code}"),
                f"Bảng ghi điểm tối đa {shown(printed)} nhưng gói quy tắc quy định"
                f" {shown(criterion.max)}.",
                "Kiểm tra bảng có đúng với gói quy tắc này không.",
            )

    def _tell_unknown(self, row: int, code: str, known: Mapping[str, Criterion]) -> None:
        """A row with scores whose criterion the pack lacks; rows without scores only explain."""
        if all(self._cell(row, unit).is_blank for unit in self.units):
            return
        guess = nearest(code, known)
        hint = f" Có phải “{guess}”?" if guess else ""
        self.findings.error(
            "criterion_unknown",
            self.table.at_row(row, f"tiêu chí {code}"),
            f"Gói quy tắc không có tiêu chí {code}.{hint}",
            "Sửa số thứ tự hoặc mã trong bảng cho khớp với gói quy tắc.",
        )

    def _tell_blanks(self) -> None:
        for unit in self.units:
            blanks = self._blank.get(unit.id, [])
            if blanks and len(blanks) == len(self._of_unit[unit.id]):
                self.findings.warning(
                    "unit_blank",
                    self.table.at_cell(blanks[0][0], f"đơn vị {unit.name}"),
                    "Đơn vị chưa có điểm ở tiêu chí nào.",
                    "Bổ sung điểm của đơn vị, hoặc bỏ cột nếu đơn vị không tham gia.",
                )
                continue
            for cell, code in blanks:
                self.findings.warning(
                    "score_blank",
                    self.table.at_cell(cell, f"tiêu chí {code}", f"đơn vị {unit.name}"),
                    "Chưa có điểm; ô trống không được tính là 0.",
                    "Nhập điểm; ghi KG nếu không được giao, KTH nếu không thực hiện.",
                )

    def _tell_absent(self) -> None:
        present = {row.code for row in self.rows.rows}
        absent = [c.code for c in self.criteria if c.method is not None and c.code not in present]
        if absent:
            more = ", …" if len(absent) > 10 else ""
            self.findings.warning(
                "criteria_absent",
                self.table.at_table(),
                f"Bảng thiếu {len(absent)} tiêu chí của gói quy tắc:"
                f" {', '.join(absent[:10])}{more}.",
                "Bổ sung các dòng còn thiếu; khi chưa có, các tiêu chí này để trống.",
            )

    def _check_sums(self, row: int, group: str) -> None:
        """A sum that the table prints for a unit must be the sum of what lies below."""
        prefix = f"{group}." if group else ""
        if any(c.combine != "sum" and f"{c.code}.".startswith(prefix) for c in self.criteria):
            return
        for unit in self.units:
            below = [e for e in self._of_unit[unit.id] if e.criterion.startswith(prefix)]
            if not below or any(entry.state is EntryState.BLANK for entry in below):
                continue
            subject = f"nhóm {group}" if group else "cả bảng"
            about = (f"tổng của {subject}", f"đơn vị {unit.name}")
            cell = self._cell(row, unit)
            printed = read_points(self.table, cell, Findings(), *about)
            total = sum((entry.points or Decimal(0) for entry in below), Decimal(0))
            if printed is not None and printed != total:
                self.findings.warning(
                    "score_sum_differs",
                    self.table.at_cell(cell, *about),
                    f"Bảng ghi tổng {shown(printed)} nhưng các tiêu chí cộng lại là"
                    f" {shown(total)}.",
                    "Kiểm tra công thức tổng; chương trình tự cộng từ các tiêu chí.",
                )


def entries_csv(scores: ScoreTable) -> str:
    """The table of entries beside a facts file: one line an entry, numbers with a point."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(ENTRY_COLUMNS)
    for entry in scores.entries:
        points = "" if entry.points is None else unmistakable(Fraction(entry.points))
        writer.writerow((entry.unit, entry.criterion, entry.round, entry.state.value, points))
    return stream.getvalue()


def facts_tree(
    scores: ScoreTable,
    *,
    period: str,
    start: dt.date,
    end: dt.date,
    cluster: str,
    entries_file: str,
) -> dict[str, Any]:
    """The tree of a facts file for one cluster; its entries stand in ``entries_file``."""
    return {
        "schema": FACTS_SCHEMA,
        "entries_file": entries_file,
        "period": {"name": period, "from": start, "to": end},
        "clusters": [{"id": CLUSTER_ID, "name": cluster}],
        "units": [
            {"id": unit.id, "name": unit.name, "cluster": CLUSTER_ID} for unit in scores.units
        ],
    }
