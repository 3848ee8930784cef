"""Every paper, as PDF and as the Word file that LibreOffice prints, against NĐ 30/2020/NĐ-CP."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.reports import docx, pdf
from app.reports.document import Column, Document, Row, Table, cell
from app.reports.ranking import build_ranking
from tests.app.reports.every_element import every_paper, letter
from tests.app.reports.nd30_layout import complaints
from tests.app.reports.office import as_pdf
from tests.app.reports.printed import Printed, lines, read, span
from tests.app.reports.sample_papers import sample_papers
from tests.app.reports.test_real_table import assessed

NAMES = (
    *("ranking", "score_sheet", "firmness", "health", "years"),
    *("handover", "report", "letter", "minutes", "ballots", "tall"),
)


def _tall() -> Document:
    """A letter with a row that is taller than a page, in a table whose rows stay whole."""
    words = cell(("từng lời của đoạn rất dài " * 700).strip())
    table = Table((Column("TT"), Column("Nội dung")), (Row((cell("1"), words)),))
    return replace(letter(), blocks=(table,))


@pytest.fixture(scope="module")
def papers(root: Path) -> dict[str, Document]:
    found = {**sample_papers(root), **every_paper(), "tall": _tall()}
    assert tuple(found) == NAMES
    return found


@pytest.fixture(scope="module")
def by_office(
    papers: dict[str, Document], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Printed]:
    """What LibreOffice prints of the Word files."""
    folder = tmp_path_factory.mktemp("office")
    files = {name: docx.render(document) for name, document in papers.items()}
    return {name: read(data) for name, data in as_pdf(files, folder).items()}


@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_stands_as_the_decree_says(papers: dict[str, Document], name: str) -> None:
    assert complaints(pdf.render(papers[name]), papers[name]) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_word_file_stands_as_the_decree_says(
    papers: dict[str, Document], by_office: dict[str, Printed], name: str
) -> None:
    assert complaints(by_office[name], papers[name]) == []


def test_figures_of_the_word_file_stand_with_their_commas_under_each_other(
    by_office: dict[str, Printed],
) -> None:
    found = by_office["report"]
    commas = []
    for figure in ("100,25", "7,5—", "1.357,75"):
        start, stop = span(found.glyphs, figure)
        commas += [g.x0 for g in found.glyphs[start:stop] if g.text == ","]
    assert len(commas) == 3
    assert max(commas) - min(commas) < 0.6


def test_a_picture_of_the_word_file_is_printed_with_its_words(
    by_office: dict[str, Printed],
) -> None:
    found = by_office["report"]
    start, stop = span(found.glyphs, "Hình 1. Tổng điểm theo phần")
    (line,) = lines(found.glyphs[start:stop])
    assert {glyph.bold for glyph in line} == {True}
    assert {round(glyph.size, 1) for glyph in line} == {12.0}


def test_a_row_taller_than_a_page_goes_on_over_pages_in_the_word_file(
    by_office: dict[str, Printed],
) -> None:
    found = by_office["tall"]
    assert len(found.sizes) > 2
    assert "".join(g.text for g in found.glyphs).count("đoạnrấtdài") > 690  # some over two pages


def test_slips_of_the_word_file_stand_two_by_two_and_none_is_parted(
    by_office: dict[str, Printed],
) -> None:
    found = by_office["ballots"]
    by_page = [
        "".join(g.text for g in found.glyphs if g.page == page) for page in range(len(found.sizes))
    ]
    assert [text.count("PHIẾUBẦU") for text in by_page] == [6, 2]
    assert [text.count("khônghợplệ.") for text in by_page] == [6, 2]


def test_lines_of_the_top_break_alike_in_both_files(
    papers: dict[str, Document], by_office: dict[str, Printed]
) -> None:
    def broken(found: Printed) -> list[str]:
        start, stop = span(found.glyphs, "KHỐI THI ĐUA CÁC CƠ QUAN NỘI CHÍNH")
        return ["".join(g.text for g in line) for line in lines(found.glyphs[start:stop])]

    assert broken(by_office["report"]) == ["KHỐITHIĐUACÁC", "CƠQUANNỘICHÍNH"]
    assert broken(read(pdf.render(papers["report"]))) == ["KHỐITHIĐUACÁC", "CƠQUANNỘICHÍNH"]


def test_a_real_table_in_three_rounds_stands_as_the_decree_says_in_both_files(
    real_table: Path, tmp_path: Path
) -> None:
    assessment = assessed(real_table, 3, 8)
    document = build_ranking(assessment, assessment.snapshot.clusters[0])
    (word,) = as_pdf({"real": docx.render(document)}, tmp_path).values()
    own = pdf.render(document)
    assert complaints(own, document) == []
    assert complaints(word, document) == []
    rows = "tổchứcthựchiệnnhiệmvụđượcgiaotrongnăm"
    for data in (own, word):
        assert "".join(g.text for g in read(data).glyphs).count(rows) == 176
