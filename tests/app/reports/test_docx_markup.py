"""Word is strict where LibreOffice is not: order of properties, ends of cells, names that exist.

The orders are those of ISO/IEC 29500-1, annex A (the sequences of CT_PPr, CT_RPr, CT_TblPr,
CT_TcPr, CT_SectPr, CT_Style and CT_Settings), as far as papers use them.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from app.reports import docx
from tests.app.reports.every_element import every_paper

ORDERS = {
    "pPr": "pStyle keepNext keepLines widowControl pBdr tabs spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rFonts b bCs i iCs color sz szCs lang",
    "tblPr": "tblW tblInd tblBorders tblLayout tblCellMar",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "pBdr": "top left bottom right",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType titlePg",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
    "font": "altName panose1 family pitch",
}
NAMES = tuple(every_paper())


@cache
def opened(name: str) -> dict[str, Any]:
    """The parts of a paper's file as trees."""
    with zipfile.ZipFile(io.BytesIO(docx.render(every_paper()[name]))) as package:
        return {
            part: parse_xml(package.read(part))
            for part in package.namelist()
            if part.endswith((".xml", ".rels"))
        }


def local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


@pytest.mark.parametrize("name", NAMES)
def test_properties_stand_in_the_order_of_the_standard(name: str) -> None:
    for part, tree in opened(name).items():
        for node in tree.iter():
            if not str(node.tag).startswith(qn("w:p")[:-1]) or local(node) not in ORDERS:
                continue
            order = ORDERS[local(node)].split()
            places = [order.index(local(child)) for child in node]
            if local(node) == "sectPr":  # references stand in any order among themselves
                places = [max(place, 1) for place in places]
            assert places == sorted(places), (part, [local(child) for child in node])


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_and_the_body_end_as_word_asks(name: str) -> None:
    body = opened(name)["word/document.xml"][0]
    assert [local(node) for node in list(body)[-2:]] == ["p", "sectPr"]
    for cell in body.iter(qn("w:tc")):
        assert local(cell[-1]) == "p"
    for holder in (body, *body.iter(qn("w:tc"))):
        kinds = [local(node) for node in holder]
        touching = [pair for pair in pairwise(kinds) if pair == ("tbl", "tbl")]
        assert touching == []  # Word makes one table of two that touch


@pytest.mark.parametrize("name", NAMES)
def test_rows_span_the_whole_grid(name: str) -> None:
    for table in opened(name)["word/document.xml"].iter(qn("w:tbl")):
        grid = [int(c.get(qn("w:w"))) for c in table.find(qn("w:tblGrid"))]
        for row in table.findall(qn("w:tr")):
            at = 0
            for cell in row.findall(qn("w:tc")):
                look = cell.find(qn("w:tcPr"))
                span = look.find(qn("w:gridSpan"))
                count = int(span.get(qn("w:val"))) if span is not None else 1
                width = int(look.find(qn("w:tcW")).get(qn("w:w")))
                assert width == sum(grid[at : at + count])
                at += count
            assert at == len(grid)


@pytest.mark.parametrize("name", NAMES)
def test_styles_relations_and_numbers_that_are_named_exist_once(name: str) -> None:
    parts = opened(name)
    document, styles = parts["word/document.xml"], parts["word/styles.xml"]
    known = [style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))]
    assert len(set(known)) == len(known)
    for part in parts.values():
        for tag in ("pStyle", "basedOn", "next"):
            assert {node.get(qn("w:val")) for node in part.iter(qn(f"w:{tag}"))} <= set(known)
    named = [
        value
        for node in document.iter()
        for key, value in node.attrib.items()
        if "officeDocument/2006/relationships" in key
    ]
    held = {relation.get("Id") for relation in parts["word/_rels/document.xml.rels"]}
    assert set(named) <= held
    assert len(named) == len(set(named))
    pictures = [node.get("id") for node in document.iter(qn("wp:docPr"))]
    assert len(pictures) == len(set(pictures))


@pytest.mark.parametrize("name", NAMES)
def test_every_part_has_a_type_and_every_relation_leads_to_a_part(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(docx.render(every_paper()[name]))) as package:
        names = set(package.namelist())
    types = opened(name)["[Content_Types].xml"]
    single = {node.get("PartName", "").lstrip("/") for node in types}
    endings = {node.get("Extension") for node in types}
    assert all(part in single or part.rpartition(".")[2] in endings for part in names)
    assert single - {""} <= names
    for part, folder in (("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")):
        for relation in opened(name)[part]:
            assert f"{folder}{relation.get('Target')}" in names
