"""What the province's text leaves open, with the cluster's choice: a table for officers to sign."""

from __future__ import annotations

import re
from fractions import Fraction

from app.ground.numbers import vietnamese
from app.reports.choices import WORDS, choice_words
from app.reports.document import Align, Block, Column, Paragraph, Row, Table, cell, plain_line
from app.reports.papers.data import PaperData
from app.reports.ranking_details import source_notes
from app.scoring.assessment import ParameterUsed


def choice_blocks(data: PaperData) -> tuple[Block, ...]:
    """Every open place of the text with the choice in force and what it means."""
    used = tuple(data.assessment.parameters.values())
    if not used:
        words = "Văn bản của tỉnh không để ngỏ nội dung nào phải lựa chọn."
        return (Paragraph(plain_line(words)),)
    rounds = {r.id: r.title for r in data.assessment.pack.rules.rounds}
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Nội dung văn bản để ngỏ", min_mm=54, weight=3),
        Column("Lựa chọn", min_mm=46, weight=3),
        Column("Chỗ trong văn bản", min_mm=46, weight=2),
    )
    rows = tuple(
        Row(
            (
                cell(str(place)),
                cell(one.title),
                cell(_chosen(one, rounds)),
                cell(data.citations.short(one.clause)),
            )
        )
        for place, one in enumerate(used, start=1)
    )
    return (Table(columns, rows, top=True), *source_notes(data.citations))


def _chosen(used: ParameterUsed, rounds: dict[str, str]) -> str:
    """The choice in words; where the pack's note says what it means, those words."""
    words = choice_words(used.value, rounds)
    meant = _meaning(used)
    return _capital(meant or words)


def _meaning(used: ParameterUsed) -> str:
    """What a note says of the value in force: "all: tổng gồm cả điểm thưởng; …"."""
    match used.value:
        case bool():
            name = str(used.value).lower()
        case str():
            name = used.value
        case Fraction():
            name = vietnamese(used.value)
        case _:
            return ""
    found = re.search(rf"(?<![\w,]){re.escape(name)}: ([^;.]+)", used.note)
    if found is None:
        return ""
    said = found[1].strip()
    bare = choice_words(used.value)
    known = isinstance(used.value, str) and used.value not in WORDS
    return said if known or isinstance(used.value, Fraction) else f"{bare}: {said}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
