"""A block copied from Word or Excel as a table: its HTML where it has one, else its text.

The cells then go through the same readers as a file's. Where the block was copied without its
heading row, a head is put on top by what stands in the columns, and that is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from typing import Final

from app.exchange.delimited_text import read_delimited
from app.exchange.printed_numbering import read_label
from app.exchange.sheet_scan import Merge
from app.exchange.table_containers import LIMITS, refusal
from app.exchange.table_headings import find_headings
from app.exchange.tables import Table, in_unicode, table_of
from app.exchange.workbook_reader import RawSheet
from app.ground.findings import Finding, Findings, UserError
from app.ground.numbers import NumberTextError, read_number

NAME: Final = "vừa dán"
_MAX_SPAN: Final = 200
_BREAKS: Final = frozenset({"br", "p", "div", "li"})
_SKIPPED: Final = frozenset({"style", "script", "head", "title"})


def read_pasted(
    html: str, text: str, *, convert_legacy: bool = False
) -> tuple[Table, tuple[Finding, ...]]:
    """The table that was copied; raises ``UserError`` where there is none."""
    findings = Findings()
    if len(html) + len(text) > LIMITS.text:
        raise refusal(
            "table_too_large",
            "Đoạn vừa dán",
            "Đoạn này quá dài nên không được đọc.",
            "Chỉ sao chép bảng cần nhập, hoặc nhập từ tệp.",
        )
    raw = _of_html(html)
    if raw is None and text.strip():
        rows = read_delimited(text.encode(), NAME, LIMITS, findings)
        raw = RawSheet("", True, rows, (), {})
    if raw is None or not raw.has_content:
        raise refusal(
            "table_empty",
            "Đoạn vừa dán",
            "Trong bộ nhớ tạm không có bảng nào.",
            "Chọn các dòng của bảng trong Word hoặc Excel, sao chép (Ctrl+C) rồi dán lại.",
        )
    table = in_unicode(table_of(NAME, None, raw), convert_legacy, findings)
    return _with_head(table, findings), findings.as_tuple()


def _with_head(table: Table, findings: Findings) -> Table:
    """The table under a heading row, its own or one by what its columns hold."""
    try:
        find_headings(table, {}, Findings(), needs_max=True)
    except UserError:
        head = _head_of(table)
        if head is None:
            return table
        findings.note(
            "paste_without_head",
            table.at_table(),
            "Đoạn dán không có dòng tiêu đề; chương trình hiểu các cột lần lượt là: "
            + ", ".join(f"“{word}”" if word else "(bỏ qua)" for word in head)
            + ".",
            "Nếu không đúng, sao chép cả dòng tiêu đề của bảng rồi dán lại.",
        )
        merges = {
            (row + 1, column): Merge(m.top + 1, m.left, m.bottom + 1, m.right)
            for (row, column), m in table.merges.items()
        }
        return Table(table.name, table.sheet, (tuple(head), *table.values), merges)
    return table


def _head_of(table: Table) -> list[str] | None:
    """Headings by content: numbering, the longest texts, the last column of numbers."""
    columns = range(1, table.width + 1)
    texts = {
        column: [table.cell(row, column).text for row in range(1, table.height + 1)]
        for column in columns
    }
    title = max(columns, key=lambda column: sum(map(len, texts[column])), default=None)
    if title is None:
        return None
    points = [c for c in columns if c > title and _mostly(texts[c], _is_number)]
    if not points:
        return None
    numbers = [c for c in columns if c < title and _mostly(texts[c], _is_label)]
    head = ["" for _ in columns]
    head[title - 1], head[points[0] - 1] = "Nội dung", "Điểm tối đa"
    if numbers:
        head[numbers[-1] - 1] = "STT"
    return head


def _mostly(texts: Sequence[str], fits: Callable[[str], bool]) -> bool:
    filled = [text for text in texts if text]
    return bool(filled) and 2 * sum(map(fits, filled)) > len(filled)


def _is_number(text: str) -> bool:
    try:
        read_number(text)
    except NumberTextError:
        return False
    return True


def _is_label(text: str) -> bool:
    return read_label(text) is not None


# ------------------------------------------------------------------ HTML


def _of_html(html: str) -> RawSheet | None:
    """The rows of all tables of an HTML text, one below the other; ``None`` without any."""
    if "<table" not in html.lower():
        return None
    reader = _Tables()
    reader.feed(html)
    reader.close()
    rows = [[" ".join(cell.split()) for cell in row] for row in reader.rows]
    return RawSheet("", True, rows, tuple(reader.merges), {}) if rows else None


class _Tables(HTMLParser):
    """Walks through ``<tr>`` and ``<td>`` with their spans; a table inside a cell is its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.merges: list[Merge] = []
        self._taken: set[tuple[int, int]] = set()
        self._depth = 0
        self._skipped = 0
        self._cell: tuple[int, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens a table, a row, a cell; a break inside a cell is a space."""
        if tag == "table":
            self._depth += 1
        elif tag in _SKIPPED:
            self._skipped += 1
        elif tag in _BREAKS or (self._depth > 1 and tag in ("td", "th")):
            self._add(" ")
        elif self._depth == 1 and tag == "tr":
            self.rows.append([])
            self._cell = None
        elif self._depth == 1 and tag in ("td", "th"):
            self._open(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        """Closes what was opened."""
        if tag == "table":
            self._depth = max(0, self._depth - 1)
            if not self._depth:
                self._cell = None
        elif tag in _SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._cell = None

    def handle_data(self, data: str) -> None:
        """Text of the open cell."""
        self._add(data)

    def _add(self, text: str) -> None:
        if self._cell is not None and not self._skipped:
            row, column = self._cell
            self.rows[row - 1][column - 1] += text

    def _open(self, attributes: dict[str, str | None]) -> None:
        if not self.rows:
            self.rows.append([])
        row, column = len(self.rows), 1
        while (row, column) in self._taken:
            column += 1
        down, across = _span(attributes.get("rowspan")), _span(attributes.get("colspan"))
        large = len(self._taken) + down * across > LIMITS.cells
        if large or row > LIMITS.rows or column + across > LIMITS.columns:
            raise refusal(
                "table_too_large",
                "Đoạn vừa dán",
                f"Bảng có hơn {LIMITS.rows} dòng, {LIMITS.columns} cột hoặc {LIMITS.cells} ô.",
                "Chỉ sao chép bảng cần nhập.",
            )
        for r in range(row, row + down):
            self._taken |= {(r, c) for c in range(column, column + across)}
        if down > 1 or across > 1:
            self.merges.append(Merge(row, column, row + down - 1, column + across - 1))
        line = self.rows[row - 1]
        line.extend("" for _ in range(column + across - 1 - len(line)))
        self._cell = (row, column)


def _span(text: str | None) -> int:
    if text is None or not re.fullmatch(r"[0-9]{1,4}", text.strip()):
        return 1
    return min(max(int(text), 1), _MAX_SPAN)
