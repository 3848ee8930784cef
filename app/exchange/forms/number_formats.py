"""Which cells of a file are shown as percents; the value reader does not tell.

An untouched form has no such cell, and then only the list of styles is looked at. The members
of the zip were examined before (``table_containers``), and document types refused.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree

from app.exchange.sheet_scan import Position, column_number
from app.exchange.table_containers import FileKind

_CUSTOM: Final = re.compile(rb"<(?:\w+:)?numFmt\b[^>]*>")
_USED: Final = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE: Final = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_CELL: Final = re.compile(rb"<(?:\w+:)?c\b[^>]*>")
_BUILT_IN: Final = {b"9", b"10"}
_MOST: Final = 5_000
"""Percent cells that are looked at; a form has far fewer cells to fill in."""


def percent_cells(data: bytes, kind: FileKind) -> Mapping[str, frozenset[Position]]:
    """The positions of cells shown as percents, by the names of their sheets.

    Old ``.xls`` files are not looked into.
    """
    if kind not in (FileKind.XLSX, FileKind.ODS):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {name.lower(): name for name in archive.namelist()}

        def member(name: str) -> bytes:
            return archive.read(names[name]) if name in names else b""

        if kind is FileKind.ODS:
            content = member("content.xml")
            return _in_ods(content) if b'value-type="percentage"' in content else {}
        styles = _percent_styles(member("xl/styles.xml"))
        if not styles:
            return {}
        return {
            sheet: _with_styles(member(path), styles)
            for sheet, path in _sheet_files(
                member("xl/workbook.xml"), member("xl/_rels/workbook.xml.rels")
            ).items()
        }


def _attribute(tag: bytes, name: bytes) -> bytes:
    match = re.search(rb"\s" + name + rb"""\s*=\s*["']([^"']*)["']""", tag)
    return match[1] if match else b""


def _percent_styles(styles: bytes) -> frozenset[bytes]:
    formats = set(_BUILT_IN)
    for tag in _CUSTOM.findall(styles):
        if b"%" in _attribute(tag, b"formatCode"):
            formats.add(_attribute(tag, b"numFmtId"))
    used = _USED.search(styles)
    tags = _STYLE.findall(used[0]) if used else []
    return frozenset(
        str(at).encode() for at, tag in enumerate(tags) if _attribute(tag, b"numFmtId") in formats
    )


def _sheet_files(workbook: bytes, relations: bytes) -> dict[str, str]:
    targets = {
        element.get("Id", ""): element.get("Target", "").replace("\\", "/")
        for element in ElementTree.fromstring(relations)
    }
    found: dict[str, str] = {}
    for element in ElementTree.fromstring(workbook).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            key = next((v for k, v in element.items() if k.endswith("}id")), "")
            target = targets.get(key, "").lower()
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found[element.get("name", "")] = posixpath.normpath(path)
    return found


def _with_styles(sheet: bytes, styles: frozenset[bytes]) -> frozenset[Position]:
    found: set[Position] = set()
    for match in _CELL.finditer(sheet):
        if _attribute(match[0], b"s") in styles and len(found) < _MOST:
            where = re.fullmatch(r"([A-Za-z]{1,3})(\d{1,7})", _attribute(match[0], b"r").decode())
            if where is not None:
                found.add((int(where[2]), column_number(where[1])))
    return frozenset(found)


def _in_ods(content: bytes) -> dict[str, frozenset[Position]]:
    found: dict[str, set[Position]] = {}
    places: set[Position] = set()
    row = column = repeated = 0
    for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):
        tag = element.tag.rpartition("}")[2]
        about = {key.rpartition("}")[2]: value for key, value in element.items()}
        match event, tag:
            case "start", "table":
                places = found.setdefault(about.get("name", ""), set())
                row = repeated = 0
            case "start", "table-row":
                row, column = row + 1 + repeated, 0
                repeated = int(about.get("number-rows-repeated", "1")) - 1
            case "start", "table-cell" | "covered-table-cell":
                count = int(about.get("number-columns-repeated", "1"))
                if about.get("value-type") == "percentage":
                    places.update((row, column + at) for at in range(1, min(count, _MOST) + 1))
                column += count
            case "end", "table-row":
                element.clear()
    return {sheet: frozenset(cells) for sheet, cells in found.items()}
