"""Every paper of the year, as PDF and as a Word file, against NĐ 30/2020/NĐ-CP.

Of papers that are made for each unit, meeting or ballot the first is judged; `BANGVANG_DOSE=2`
judges all of them.
"""

from __future__ import annotations

import pytest

from app.reports import docx, pdf
from app.reports.document import Document
from app.reports.papers.assembly import make
from app.reports.papers.contents import subjects_of
from app.reports.papers.paper import Paper
from app.reports.papers.shelf import papers
from tests.app.reports.nd30_layout import complaints
from tests.app.reports.office import as_pdf
from tests.app.reports.papers.sample_year import data_for
from tests.laws.worlds import DOSE


def made(paper: Paper) -> dict[str, Document]:
    """The documents of a paper by the stem of a file."""
    data = data_for(paper)
    subjects = subjects_of(paper, data)
    return {
        f"{paper.id}-{place}": make(paper, data, subject).document
        for place, subject in enumerate(subjects if DOSE > 1 else subjects[:1])
    }


@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.id)
def test_the_pdf_of_a_paper_stands_as_the_decree_says(paper: Paper) -> None:
    for stem, document in made(paper).items():
        assert complaints(pdf.render(document), document) == [], stem


@pytest.fixture(scope="module")
def by_office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """All Word files as LibreOffice prints them, in one go."""
    found = {stem: document for paper in papers() for stem, document in made(paper).items()}
    files = {stem: docx.render(document) for stem, document in found.items()}
    return as_pdf(files, tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.id)
def test_the_word_file_of_a_paper_stands_as_the_decree_says(
    paper: Paper, by_office: dict[str, bytes]
) -> None:
    for stem, document in made(paper).items():
        assert complaints(by_office[stem], document) == [], stem
