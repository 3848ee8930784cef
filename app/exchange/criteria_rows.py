"""The rows of a criteria table with their dotted codes, before anything is made of them.

A row's place in the tree comes from its path, its code or its printed number, whichever the
table has. Rows of totals are kept apart; rows without number and points are explanations.
``criteria_table`` and ``score_table`` both start from these rows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Final

from app.exchange.cell_numbers import read_points
from app.exchange.printed_numbering import Label, Outline, read_label, split_label
from app.exchange.table_headings import Headings, Role, find_headings
from app.exchange.tables import Cell, Table
from app.ground.findings import Findings
from app.ground.numbers import plain
from app.ground.text import composed, folded


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """One row with a place in the tree. ``readable``: its points cell holds no fault."""

    row: int
    code: str
    label: str
    title: str
    max: Decimal | None
    readable: bool
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row such as "Tổng cộng" or "Cộng mục I".

    ``group`` is the group that it names, ``after`` the last criterion above it.
    """

    row: int
    group: str | None
    after: str | None
    max: Decimal | None


@dataclass(frozen=True, slots=True)
class CriteriaRows:
    """All that was read. ``groups`` holds label and title of groups without rows."""

    headings: Headings
    rows: tuple[NumberedRow, ...]
    totals: tuple[TotalRow, ...]
    groups: Mapping[str, tuple[str, str]]


MAX_CODE: Final = 80
_TOTAL: Final = re.compile(
    r"(?:tong cong|tong so diem|tong diem|tong so|tong|cong)(?: diem)?(?: (?:muc|phan|nhom))?"
    r"(?: ?\(?(?P<scope>[0-9ivxabcd]{1,4}(?: ?[-+,] ?[0-9ivxabcd]{1,4})*)\)?)? ?[:.=]?"
)
_FORBIDDEN: Final = re.compile(r"[\s:@+/=]")


def read_rows(
    table: Table, wanted: Mapping[Role, str], findings: Findings, *, needs_max: bool
) -> CriteriaRows:
    """Reads the rows below the head; raises ``UserError`` where no head can be found."""
    headings = find_headings(table, wanted, findings, needs_max=needs_max)
    reader = _Reader(table, headings, findings)
    for row in range(headings.last_row + 1, table.height + 1):
        reader.read(row)
    reader.tell_explanations()
    return CriteriaRows(headings, tuple(reader.rows), tuple(reader.totals), reader.groups)


def own_cell(table: Table, row: int, column: int, textual: Collection[int]) -> Cell:
    """A points cell; blank where a title merged across the row covers it."""
    cell = table.cell(row, column)
    if cell.merge is not None and cell.is_covered and cell.merge.left in textual:
        return Cell(row, column, None)
    return cell


@dataclass(slots=True)
class _Place:
    """Where a row belongs: its code, what was printed, and the title without the number."""

    code: str
    label: str
    title: str


@dataclass(slots=True)
class _Reader:
    table: Table
    headings: Headings
    findings: Findings
    rows: list[NumberedRow] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)
    groups: dict[str, tuple[str, str]] = field(default_factory=dict)
    _first: dict[str, int] = field(default_factory=dict)
    _explanations: list[int] = field(default_factory=list)
    _section: str = ""
    _outlines: dict[str, Outline] = field(default_factory=dict)

    def read(self, row: int) -> None:
        """Reads one row into ``rows``, ``totals`` or the explanations."""
        mapped = [self.table.cell(row, column) for column in self.headings.columns.values()]
        if all(cell.is_blank for cell in mapped) or self._counts_columns(row):
            return
        total = _TOTAL.fullmatch(folded(self._text(row, Role.TITLE) or self._printed(row)))
        if total:
            self._read_total(row, total["scope"])
            return
        place = self._place(row)
        if place is None:
            return
        points = self._points_cell(row)
        value = None
        told = len(self.findings)
        if points is not None:
            value = read_points(self.table, points, self.findings, f"tiêu chí {place.code}")
        readable = value is not None or len(self.findings) == told
        if place.code in self._first:
            self._tell_duplicate(row, place.code)
            return
        self._first[place.code] = row
        self.rows.append(
            NumberedRow(
                row,
                place.code,
                place.label,
                place.title,
                value,
                readable,
                self._text(row, Role.KIND),
                self._text(row, Role.NOTE),
            )
        )

    def tell_explanations(self) -> None:
        """One note that lists the rows that were left out as explanations."""
        if self._explanations:
            numbers = ", ".join(map(str, self._explanations[:10]))
            more = ", …" if len(self._explanations) > 10 else ""
            self.findings.note(
                "rows_left_out",
                self.table.at_row(self._explanations[0]),
                f"Dòng {numbers}{more} không có số thứ tự và không có điểm"
                " nên được xem là lời giải thích, không phải tiêu chí.",
                "Nếu là nhóm hoặc tiêu chí, ghi số thứ tự cho dòng đó.",
            )

    # ------------------------------------------------------------ cells

    def _text(self, row: int, role: Role) -> str:
        """The text of a role; a range merged downwards gives its text to each of its rows."""
        column = self.headings.column(role)
        if column is None:
            return ""
        cell = self.table.cell(row, column)
        if cell.is_covered and role in (Role.TITLE, Role.SECTION):
            anchor = self.table.anchored(row, column)
            cell = anchor if anchor.column == column else cell
        return cell.text

    def _printed(self, row: int, role: Role = Role.NUMBER) -> str:
        """A number or code as printed; a numeric cell gives its digits with a point."""
        column = self.headings.column(role)
        if column is None:
            return ""
        cell = self.table.cell(row, column)
        if isinstance(cell.value, dt.date | dt.time | dt.timedelta):
            self.findings.error(
                "code_became_date",
                self.table.at_cell(cell),
                f"Bảng tính đã đổi số thứ tự hoặc mã thành ngày giờ ({cell.text}).",
                "Định dạng cột là Văn bản (Text) rồi gõ lại, ví dụ 1.1.",
            )
            return ""
        if isinstance(cell.value, Decimal) and abs(cell.value.adjusted()) < MAX_CODE:
            return plain(Fraction(cell.value))
        return cell.text

    def _points_cell(self, row: int) -> Cell | None:
        column = self.headings.column(Role.MAX)
        if column is None:
            return None
        textual = {c for r, c in self.headings.columns.items() if r is not Role.MAX}
        return own_cell(self.table, row, column, textual)

    def _counts_columns(self, row: int) -> bool:
        """Whether this is the row (1) (2) (3) … below the head, perhaps A, B before it."""
        if row > self.headings.last_row + 2 or self.rows:
            return False
        texts = [cell.text.strip("()") for cell in self.table.row(row) if not cell.is_blank]
        while texts and texts[0] in ("A", "B", "C", "D"):
            texts = texts[1:]
        return len(texts) >= 2 and texts == [str(n) for n in range(1, len(texts) + 1)]

    # ------------------------------------------------------------ places in the tree

    def _place(self, row: int) -> _Place | None:
        title = self._text(row, Role.TITLE)
        section = self._section_of(row)
        path = self._printed(row, Role.PATH)
        if path:
            return self._from_path(row, path, section, title)
        code, number = self._printed(row, Role.CODE), self._printed(row)
        if not title and not read_label(number) and not code and " " in number:
            title, number = number, ""
        printed = number or code
        if not printed:
            printed, title = split_label(title)
        label = read_label(printed)
        outline = self._outlines.setdefault(section, Outline(section))
        if code and number:
            return self._named(row, code, label, number, outline, title)
        if label is not None:
            return self._checked(row, outline.place(label), printed, title)
        if printed:
            return self._named(row, printed, None, printed, outline, title)
        points = self._points_cell(row)
        if points is None or points.is_blank:
            self._explanations.append(row)
            return None
        code = outline.place(None)
        if any(read_label(earlier.label) for earlier in self.rows):
            self.findings.warning(
                "number_missing",
                self.table.at_row(row),
                f"Dòng có điểm nhưng không có số thứ tự; chương trình đặt mã {code}.",
                "Ghi số thứ tự cho dòng này nếu mã chưa đúng chỗ.",
            )
        return self._checked(row, code, code.rpartition(".")[2], title)

    def _named(
        self,
        row: int,
        name: str,
        label: Label | None,
        printed: str,
        outline: Outline,
        title: str,
    ) -> _Place | None:
        """A row with a code of the table's own: whole when dotted, else below its group."""
        code = "".join(name.split()).strip(".")
        if "." not in code:
            code = outline.place(label, code)
        return self._checked(row, code, printed, title)

    def _section_of(self, row: int) -> str:
        text = self._text(row, Role.SECTION)
        if text:
            printed, title = split_label(text)
            label = read_label(printed or text)
            part = ".".join(label.parts) if label and label.parts else ""
            if not part:
                known = {shown: code for code, (shown, _) in self.groups.items()}
                part = known.get(text, str(len(self._outlines) + 1))
                printed = text
            self._section = part
            self.groups.setdefault(part, (printed or text, title if printed else ""))
        return self._section

    def _from_path(self, row: int, path: str, section: str, title: str) -> _Place | None:
        """The path I/2./2.d)/34 is I.2.d.34: each part without what its group already says."""
        code, raw_before = "", ""
        pieces = [piece.strip() for piece in path.split("/") if piece.strip()]
        own = self._printed(row, Role.CODE)
        if own and (not pieces or _bare(own) != _bare(pieces[-1])):
            pieces.append(own)
        if section and (not pieces or _bare(pieces[0]) != section):
            pieces.insert(0, section)
        for position, piece in enumerate(pieces, start=1):
            bare = _bare(piece)
            part = bare.removeprefix(f"{raw_before}.") if raw_before else bare
            code = f"{code}.{part}" if code else part
            raw_before = bare
            if position < len(pieces) and not self.groups.get(code, ("", ""))[1]:
                self.groups[code] = (piece, "")
        return self._checked(row, code, pieces[-1] if pieces else "", title)

    def _checked(self, row: int, code: str, label: str, title: str) -> _Place | None:
        code = composed(code)
        if _FORBIDDEN.search(code) or len(code) > MAX_CODE or not all(code.split(".")):
            self.findings.error(
                "code_malformed",
                self.table.at_row(row),
                f"Mã “{code[:60]}” không dùng được.",
                "Mã gồm chữ và số, ngăn cách bằng dấu chấm, không có dấu cách và các dấu :@+/=.",
            )
            return None
        return _Place(code, label, title)

    def _tell_duplicate(self, row: int, code: str) -> None:
        remedy = "Sửa số thứ tự để mỗi tiêu chí có một mã riêng; nhóm không số thì thêm số."
        for role in (Role.CODE, Role.NUMBER):
            column = self.headings.column(role)
            value = self.table.cell(row, column).value if column else None
            if isinstance(value, Decimal) and value != value.to_integral_value():
                remedy = (
                    "Bảng tính giữ số thứ tự dạng số nên 1.10 thành 1.1;"
                    " định dạng cột là Văn bản (Text) rồi gõ lại."
                )
        self.findings.error(
            "code_repeated",
            self.table.at_row(row, f"tiêu chí {code}"),
            f"Mã {code} đã có ở dòng {self._first[code]}.",
            remedy,
        )

    def _read_total(self, row: int, scope: str | None) -> None:
        points = self._points_cell(row)
        value = None
        if points is not None:
            value = read_points(self.table, points, self.findings, "dòng tổng")
        top = {r.code.partition(".")[0].lower(): r.code.partition(".")[0] for r in self.rows}
        after = self.rows[-1].code if self.rows else None
        self.totals.append(TotalRow(row, top.get((scope or "").strip()), after, value))


def _bare(piece: str) -> str:
    """A part of a path without spaces, brackets and closing dots."""
    return re.sub(r"[\s()]+", "", piece).strip(".")
