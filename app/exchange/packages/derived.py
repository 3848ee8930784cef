"""Tables for people and other programs, derived from the JSON texts and never read.

Each table is a CSV of RFC 4180 (UTF-8, comma, CRLF), described by a Frictionless
``datapackage.json``. The reader derives them again and compares byte by byte, so that nobody can
be shown other numbers than those that are taken in.

A text cell that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-``, ``@``,
a tab or a line break) or that begins with an apostrophe gets one apostrophe in front. Whoever
reads a text cell takes one leading apostrophe away. Cells of number columns are left as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.exchange.packages.contents import Shapes
from app.exchange.packages.paths import DATAPACKAGE, PAYLOAD, TABLES
from app.exchange.packages.payload import payload_bytes
from app.exchange.packages.shapes import FactsEntry, FactsShape, FiguresSheet, ResultShape

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
_QUOTED: Final = frozenset(',"\r\n')

Cell = str | int | bool | None
Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, Vietnamese title and Frictionless type (string or number)."""

    name: str
    title: str
    type: str = "string"


def _columns(*named: tuple[str, str] | tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*column) for column in named)


_NUMBER: Final = "number"
_UNITS: Final = _columns(
    ("id", "Mã đơn vị"),
    ("name", "Tên đơn vị"),
    ("cluster", "Cụm, khối"),
    ("joined", "Ngày vào"),
    ("left", "Ngày rời"),
)
_ENTRIES: Final = _columns(
    ("unit", "Đơn vị"),
    ("criterion", "Tiêu chí"),
    ("round", "Vòng chấm"),
    ("state", "Trạng thái"),
    ("points", "Điểm", _NUMBER),
    ("reason", "Lý do"),
    ("evidence", "Số minh chứng", _NUMBER),
    ("pack", "Bảng tiêu chí"),
)
_FIGURES: Final = _columns(
    ("unit", "Đơn vị"),
    ("criterion", "Tiêu chí"),
    ("round", "Vòng chấm"),
    ("pack", "Bảng tiêu chí"),
    ("figure", "Số liệu"),
    ("value", "Giá trị"),
)
_TOTALS: Final = _columns(
    ("unit", "Đơn vị"),
    ("round", "Vòng chấm"),
    ("section", "Mục"),
    ("points", "Điểm", _NUMBER),
)
_RANKING: Final = _columns(
    ("unit", "Đơn vị"),
    ("name", "Tên đơn vị"),
    ("cluster", "Cụm, khối"),
    ("total", "Tổng điểm"),
    ("total_exact", "Tổng điểm chưa làm tròn"),
    ("class", "Xếp loại"),
    ("rank", "Thứ hạng", _NUMBER),
    ("rank_among_eligible", "Thứ hạng trong số được xét", _NUMBER),
)
_POINTS: Final = _columns(
    ("unit", "Đơn vị"),
    ("criterion", "Tiêu chí"),
    ("state", "Trạng thái"),
    ("points", "Điểm"),
    ("exact", "Điểm chưa làm tròn"),
    ("max", "Điểm tối đa"),
)
_AWARDS: Final = _columns(
    ("award", "Hình thức khen thưởng"),
    ("unit", "Đơn vị"),
    ("cluster", "Cụm, khối"),
    ("state", "Tình trạng"),
    ("reason_code", "Mã lý do"),
)
_ASKED: Final = _columns(
    ("unit", "Đơn vị"),
    ("unit_name", "Tên đơn vị"),
    ("criterion", "Tiêu chí"),
    ("title", "Tên tiêu chí"),
    ("figure", "Số liệu"),
    ("question", "Nội dung hỏi"),
    ("value", "Giá trị"),
    ("source", "Nguồn"),
    ("note", "Ghi chú"),
)


def derived_files(shapes: Shapes) -> dict[str, bytes]:
    """All derived files by their paths: tables that have rows, and their description."""
    files: dict[str, bytes] = {}
    resources: list[dict[str, Any]] = []
    for name, title, columns, rows in _tables(shapes):
        lines = [",".join(column.name for column in columns)]
        lines.extend(",".join(map(_cell, row, columns)) for row in rows)
        if len(lines) == 1:
            continue
        data = "".join(f"{line}\r\n" for line in lines).encode()
        path = f"{TABLES}{name}.csv"
        files[path] = data
        resources.append(_resource(name, title, columns, path, data))
    if resources:
        files[DATAPACKAGE] = payload_bytes(
            {"name": "bangvang-package", "profile": "tabular-data-package", "resources": resources}
        )
    return files


Table = tuple[str, str, tuple[Column, ...], Iterable[Row]]


def _tables(shapes: Shapes) -> Iterator[Table]:
    if shapes.facts is not None:
        yield from _tables_of_facts(shapes.facts)
    if shapes.result is not None:
        yield from _tables_of_result(shapes.result)
    if shapes.figures is not None:
        yield "asked", "Số liệu đề nghị, cung cấp", _ASKED, _asked(shapes.figures)


def _tables_of_facts(facts: FactsShape) -> Iterator[Table]:
    units = ((u.id, u.name, u.cluster, _day(u.joined), _day(u.left)) for u in facts.units)
    yield "units", "Đơn vị", _UNITS, units
    entries = (
        (e.unit, e.criterion, e.round, e.state, e.points, e.reason, e.evidence, e.pack)
        for e in facts.entries
    )
    yield "entries", "Điểm và trạng thái từng ô", _ENTRIES, entries
    figures = (row for entry in facts.entries for row in _figures(entry))
    yield "figures", "Số liệu từng ô", _FIGURES, figures
    totals = ((t.unit, t.round, t.section, t.points) for t in facts.totals)
    yield "totals", "Tổng điểm được gửi", _TOTALS, totals


def _tables_of_result(result: ResultShape) -> Iterator[Table]:
    ranking = (
        (
            unit,
            u.name,
            u.cluster,
            u.total,
            u.total_exact,
            u.class_,
            u.rank,
            u.rank_among_eligible,
        )
        for unit, u in sorted(result.units.items())
    )
    yield "ranking", "Tổng điểm và thứ hạng", _RANKING, ranking
    points = (
        (unit, code, c.state, c.points, c.exact, c.max)
        for unit, u in sorted(result.units.items())
        for code, c in sorted(u.criteria.items())
    )
    yield "points", "Điểm từng tiêu chí", _POINTS, points
    awards = ((a.award, a.unit, a.cluster, a.state, a.reason_code) for a in result.awards)
    yield "awards", "Đề nghị khen thưởng", _AWARDS, awards


def _figures(entry: FactsEntry) -> Iterator[Row]:
    for name, value in sorted(entry.figures.items()):
        yield (entry.unit, entry.criterion, entry.round, entry.pack, name, value)


def _asked(figures: FiguresSheet) -> Iterator[Row]:
    for c in figures.cells:
        yield (
            c.unit,
            c.unit_name,
            c.criterion,
            c.title,
            c.figure,
            c.question,
            c.value,
            c.source,
            c.note,
        )


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()


def _cell(value: Cell, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if column.type != _NUMBER and text.startswith(_FORMULA):
        text = f"'{text}"
    if not _QUOTED.isdisjoint(text):
        text = '"' + text.replace('"', '""') + '"'
    return text


def _resource(
    name: str, title: str, columns: Iterable[Column], path: str, data: bytes
) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "path": path.removeprefix(PAYLOAD),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"'},
        "schema": {
            "fields": [
                {"name": column.name, "title": column.title, "type": column.type}
                for column in columns
            ]
        },
    }
