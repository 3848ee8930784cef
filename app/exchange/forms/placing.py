"""Finding the lines and columns of a form wherever they stand now.

Lines are known by their hidden ids and columns by their hidden keys, so that moved, inserted
or deleted rows and columns cost nothing that the unit wrote; each is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from app.exchange.cell_numbers import range_words
from app.exchange.facts_faults import Gathering
from app.exchange.forms.cells import shown_exact
from app.exchange.forms.description import (
    COLUMNS,
    SCORE_SHEET,
    TOTAL_LINE,
    UNIT_LINE,
    Column,
    Form,
    FormRow,
    Line,
    RowKind,
)
from app.exchange.forms.sheet_formulas import COLUMN_AT
from app.exchange.tables import Cell, Table
from app.ground.text import same_words

_HEAD_ROWS: Final = 40
_NEAR: Final = Fraction(1, 10**9)
_EVIDENCE: Final = (Column.NUMBER, Column.DATE, Column.ISSUER, Column.SUBJECT, Column.PLACE)
_ANSWERS: Final = (Column.VALUE, Column.STATE, Column.POINTS)


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of the form with the row of the sheet on which it stands now."""

    row: FormRow
    line: Line
    at: int


@dataclass(frozen=True, slots=True)
class PlacedForm:
    """The scoring sheet with its columns and lines found.

    ``inserted`` are rows without an id that hold evidence, by the criterion above them.
    """

    table: Table
    columns: Mapping[Column, int]
    lines: Mapping[str, tuple[PlacedLine, ...]]
    inserted: tuple[tuple[str, int], ...]
    unit_row: int | None
    total_row: int | None

    def cell(self, column: Column, row: int) -> Cell:
        """A cell by its column's key; blank where the column is gone."""
        return self.table.cell(row, self.columns.get(column, 0))


def keyed_row(table: Table, keys: Sequence[str]) -> tuple[int, dict[str, int]] | None:
    """The row near the top that holds at least half of the keys, with their columns."""
    for row in range(1, min(_HEAD_ROWS, table.height) + 1):
        found: dict[str, int] = {}
        for column, value in enumerate(table.values[row - 1], 1):
            if isinstance(value, str) and value in keys:
                found.setdefault(value, column)
        if 2 * len(found) >= len(keys):
            return row, found
    return None


def place_form(
    tables: Sequence[Table], form: Form, name: str, gathering: Gathering
) -> PlacedForm | None:
    """The scoring sheet of a file; ``None`` with a finding where it cannot be read."""
    for table in tables:
        found = keyed_row(table, [column.value for column in Column])
        if found is not None:
            break
    else:
        gathering.error(
            "form_sheet_missing",
            f"Tệp {name}",
            f"Không thấy trang “{SCORE_SHEET}” hoặc các dòng ẩn của trang đã bị xóa.",
            "Mở phiếu gốc do chương trình xuất, chép số liệu vào đúng các ô vàng rồi gửi lại.",
        )
        return None
    if table.sheet != SCORE_SHEET:
        gathering.findings.note(
            "form_sheet_renamed",
            table.at_table(),
            f"Trang “{SCORE_SHEET}” đã được đổi tên; vẫn đọc được.",
        )
    head, keys = found
    columns = {Column(key): at for key, at in keys.items()}
    placing = _Placing(table, columns, head, form, gathering)
    return placing.placed() if placing.check_columns() else None


class _Placing:
    """Goes once down the sheet."""

    def __init__(
        self,
        table: Table,
        columns: Mapping[Column, int],
        head: int,
        form: Form,
        gathering: Gathering,
    ) -> None:
        self.table = table
        self.columns = columns
        self.head = head
        self.form = form
        self.gathering = gathering
        self.expected = {line.id: (row, line) for row in form.rows for line in row.lines()}
        self.found: dict[str, PlacedLine] = {}
        self.inserted: list[tuple[str, int]] = []
        self.fixed: dict[str, int] = {}

    def cell(self, column: Column, row: int) -> Cell:
        return self.table.cell(row, self.columns.get(column, 0))

    def check_columns(self) -> bool:
        """Whether all columns are there; tells of lost and of moved ones."""
        lost = [column for column in Column if column not in self.columns]
        if lost:
            names = ", ".join(f"“{COLUMNS[c].heading or 'cột ẩn'}”" for c in lost)
            self.gathering.error(
                "form_column_missing",
                self.table.at_table(),
                f"Phiếu thiếu cột {names}.",
                "Hoàn tác việc xóa cột, hoặc chép số liệu trở lại phiếu gốc.",
            )
            return False
        moved = [column for column in Column if self.columns[column] != COLUMN_AT[column]]
        if moved:
            first = self.table.cell(self.head + 1, self.columns[moved[0]])
            self.gathering.findings.note(
                "form_columns_moved",
                self.table.at_cell(self.table.cell(self.head, first.column)),
                "Có cột được chèn thêm hoặc chuyển chỗ; các cột của phiếu vẫn được nhận ra.",
            )
        return True

    def placed(self) -> PlacedForm:
        """All lines where they stand now, with the findings of the way there."""
        last = self._walk()
        self._missing()
        self._order()
        self._strange_columns(last)
        self._merges(min((p.at for p in self.found.values()), default=last), last)
        lines: dict[str, list[PlacedLine]] = {}
        for placed in self.found.values():
            self._printed(placed)
            lines.setdefault(placed.row.code, []).append(placed)
        ordered = {
            code: tuple(sorted(some, key=lambda p: p.line.number)) for code, some in lines.items()
        }
        return PlacedForm(
            self.table,
            self.columns,
            ordered,
            tuple(self.inserted),
            self.fixed.get(UNIT_LINE),
            self.fixed.get(TOTAL_LINE),
        )

    def _walk(self) -> int:
        """Meets every row; answers with the last one that belongs to the form."""
        identified = [
            at
            for at in range(self.head + 1, self.table.height + 1)
            if self.cell(Column.ID, at).text
        ]
        above = ""
        last = self.head
        for at in range(self.head + 1, self.table.height + 1):
            cell = self.cell(Column.ID, at)
            key = cell.text
            if key.startswith("@"):
                self.fixed.setdefault(key, at)
                above = ""
            elif key:
                above = self._line(cell, key) or above
                last = at
            elif self._is_blank(at):
                if identified and at > identified[-1]:
                    break
            elif above:
                self._insert(at, above)
                last = at
        return last

    def _is_blank(self, at: int) -> bool:
        return all(self.cell(column, at).is_blank for column in COLUMNS)

    def _line(self, cell: Cell, key: str) -> str | None:
        """Keeps a line by its id; answers with the criterion that it belongs to."""
        known = self.expected.get(key) or self._further(key)
        if known is None:
            words = " ".join(
                filter(None, (self.cell(c, cell.row).text for c in (Column.CODE, Column.TITLE)))
            )
            self.gathering.error(
                "form_row_unknown",
                self._at(cell.row),
                f"Dòng này ({words[:80] or key[:80]}) không có trong bảng tiêu chí của đơn vị.",
                "Xóa dòng, hoặc chép số liệu trở lại phiếu gốc.",
            )
            return None
        row, line = known
        if key in self.found:
            first = self.found[key].at
            self.gathering.error(
                "form_row_repeated",
                self._at(cell.row, row.code),
                f"Dòng này lặp lại dòng {first}; chỉ dòng {first} được đọc.",
                "Xóa dòng thừa, giữ một dòng có số liệu đúng.",
            )
            return None
        self.found[key] = PlacedLine(row, line, cell.row)
        return row.code

    def _further(self, key: str) -> tuple[FormRow, Line] | None:
        """A line that only gives room to more evidence."""
        code, _, rest = key.partition(":")
        number, _, figure = rest.partition(":")
        row = self.form.by_code.get(code)
        if row is None or row.kind is not RowKind.SCORED or figure:
            return None
        if not number.isascii() or not number.isdigit() or len(number) > 4:
            return None
        return (row, Line(key, int(number))) if int(number) > len(row.figures) else None

    def _insert(self, at: int, above: str) -> None:
        answers = [c for c in _ANSWERS if not self.cell(c, at).is_blank]
        if answers:
            cell = self.cell(answers[0], at)
            self.gathering.error(
                "form_row_inserted",
                self.table.at_cell(cell, self.form.unit.name),
                f"Dòng {at} được chèn thêm nên không biết “{cell.text[:60]}” thuộc tiêu chí nào.",
                "Ghi số liệu vào dòng có sẵn của tiêu chí rồi xóa dòng chèn thêm.",
            )
        elif above and any(not self.cell(c, at).is_blank for c in _EVIDENCE):
            self.inserted.append((above, at))
            self.gathering.findings.note(
                "form_evidence_inserted",
                self._at(at, above),
                "Dòng được chèn thêm, đọc là tài liệu của tiêu chí ngay phía trên.",
                "Kiểm tra lại tài liệu này có đúng của tiêu chí đó không.",
            )
        else:
            cell = next(c for c in (self.cell(c, at) for c in COLUMNS) if not c.is_blank)
            self.gathering.warning(
                "form_text_left_out",
                self.table.at_cell(cell, self.form.unit.name),
                f"Dòng được chèn thêm, không đọc “{cell.text[:60]}”.",
                "Ghi vào các ô vàng của tiêu chí nếu đây là số liệu hoặc tài liệu.",
            )

    def _missing(self) -> None:
        for row in self.form.rows:
            lost = [
                line
                for line in row.lines()
                if line.id not in self.found and (line.is_head or line.figure is not None)
            ]
            if lost:
                what = "các dòng" if len(lost) == len(row.lines()) else "một số dòng"
                self.gathering.error(
                    "form_row_missing",
                    self.table.at_table() + f" (tiêu chí {row.code})",
                    f"{what.capitalize()} của tiêu chí {row.code} đã bị xóa khỏi phiếu.",
                    "Hoàn tác việc xóa, hoặc chép số liệu trở lại phiếu gốc.",
                )

    def _order(self) -> None:
        """Tells where the lines no longer stand in the order of the table."""
        place = {row.code: at for at, row in enumerate(self.form.rows)}
        before = (-1, -1)
        for placed in self.found.values():
            here = (place[placed.row.code], placed.line.number)
            if here < before:
                self.gathering.findings.note(
                    "form_rows_moved",
                    self._at(placed.at, placed.row.code),
                    "Các dòng của phiếu đã được sắp xếp lại; vẫn được đọc đúng tiêu chí.",
                )
                return
            before = here

    def _strange_columns(self, last: int) -> None:
        known = set(self.columns.values())
        for at in range(self.head + 1, last + 1):
            for column, value in enumerate(self.table.values[at - 1], 1):
                if column not in known and value is not None:
                    cell = self.table.cell(at, column)
                    self.gathering.warning(
                        "form_text_left_out",
                        self.table.at_cell(cell, self.form.unit.name),
                        f"Cột này không thuộc phiếu, không đọc “{cell.text[:60]}”.",
                        "Chuyển nội dung vào các ô vàng nếu cần.",
                    )
                    return

    def _merges(self, first: int, last: int) -> None:
        inner = {self.columns[column] for column in (*_ANSWERS, *_EVIDENCE, Column.ID)}
        for merge in sorted(set(self.table.merges.values()), key=lambda m: (m.top, m.left)):
            if merge.bottom >= first and merge.top <= last and any(
                merge.left <= column <= merge.right for column in inner
            ):  # fmt: skip
                cell = self.table.cell(merge.top, merge.left)
                self.gathering.error(
                    "form_cells_merged",
                    self.table.at_cell(cell, self.form.unit.name),
                    f"Các ô {range_words(merge)} bị gộp nên không biết nội dung của từng ô.",
                    "Bỏ gộp ô rồi ghi vào từng ô.",
                )

    # ------------------------------------------------------------- what is printed

    def _printed(self, placed: PlacedLine) -> None:
        for column, wanted in placed.row.printed(placed.line).items():
            cell = self.cell(column, placed.at)
            if column is Column.CODE:
                if cell.text != wanted:
                    self._code_changed(cell, placed.row)
            elif not _same(cell, wanted):
                self._text_changed(cell, placed.row, wanted)
        for cell in self._closed(placed):
            self.gathering.warning(
                "form_text_left_out",
                self.table.at_cell(cell, self.form.unit.name, f"tiêu chí {placed.row.code}"),
                f"Ô này không phải ô để ghi, không đọc “{cell.text[:60]}”.",
                "Ghi vào ô vàng của tiêu chí, rồi xóa ô này.",
            )

    def _closed(self, placed: PlacedLine) -> Iterator[Cell]:
        """Cells with content that are not open to the unit on this line."""
        columns: list[Column] = []
        if placed.row.kind is RowKind.SCORED:
            if placed.line.figure is None:
                columns.append(Column.VALUE)
            if not placed.line.is_head:
                columns += [Column.STATE, Column.POINTS]
        else:
            columns = [Column.VALUE, Column.STATE, *_EVIDENCE]
            if placed.row.kind is not RowKind.GROUP:
                columns.append(Column.POINTS)
        for column in columns:
            cell = self.cell(column, placed.at)
            if not cell.is_blank and not cell.is_covered:
                yield cell

    def _code_changed(self, cell: Cell, row: FormRow) -> None:
        self.gathering.warning(
            "form_code_changed",
            self.table.at_cell(cell, self.form.unit.name, f"tiêu chí {row.code}"),
            f"Mã in sẵn {row.code} đã thành “{cell.text[:40]}”; dòng vẫn được đọc là {row.code}.",
            "Kiểm tra số liệu của dòng có đúng tiêu chí này không.",
        )

    def _text_changed(self, cell: Cell, row: FormRow, wanted: str | Fraction) -> None:
        words = wanted if isinstance(wanted, str) else shown_exact(wanted)
        self.gathering.warning(
            "form_text_changed",
            self.table.at_cell(cell, self.form.unit.name, f"tiêu chí {row.code}"),
            f"Nội dung in sẵn “{words[:60]}” đã thành “{cell.text[:60]}”.",
            "Số liệu được hiểu theo nội dung in sẵn; kiểm tra lại với đơn vị.",
        )

    def _at(self, row: int, criterion: str = "") -> str:
        about = f"tiêu chí {criterion}" if criterion else ""
        return self.table.at_row(row, self.form.unit.name, about)


def _same(cell: Cell, wanted: str | Fraction) -> bool:
    if isinstance(wanted, Fraction):
        value = cell.value
        return isinstance(value, Decimal) and abs(Fraction(value) - wanted) < _NEAR
    return cell.text == wanted or same_words(cell.text, wanted)
