"""Every paper of the shelf, printed: its letters, its archive form, its fields, its Word file.

Of papers that are made for each unit, meeting or ballot the first kept one is printed;
`BANGVANG_DOSE=2` prints all of them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import docx as word_reader
import page as validator
import pikepdf
import pypdf
import pytest
from docx.oxml.ns import qn

from app.ground.text import composed
from app.reports import docx, pdf, text
from app.reports.binding import code_line, content_code
from app.reports.charts.listing import listing
from app.reports.document import DRAFT, Chart, Document, Table
from app.reports.paper_metadata import carried
from app.reports.papers.assembly import make
from app.reports.papers.contents import subjects_of
from app.reports.papers.data import Subject
from app.reports.papers.paper import Paper
from app.reports.papers.shelf import paper_of, papers
from app.reports.texts import texts
from tests.app.reports.papers.sample_year import ROOT, data_for
from tests.app.reports.pdf_reading import letters_of, letters_of_pdf, tell_apart
from tests.app.reports.printed import MM
from tests.laws.worlds import DOSE

KEPT = ROOT / "tests" / "golden" / "papers"


def kept_text(paper: str, subject: str) -> str | None:
    """The golden text of a paper; for most units none is kept."""
    file = KEPT / (f"{paper}-{subject}.txt" if subject else f"{paper}.txt")
    return file.read_text("utf-8") if file.exists() else None


def chosen(paper: Paper) -> list[Subject]:
    """For whom a paper is printed here."""
    there = subjects_of(paper, data_for(paper))
    kept = [subject for subject in there if kept_text(paper.id, subject.id) is not None]
    return list(there) if DOSE > 1 else [*kept, *there][:1]


ALL = [(paper.id, subject.id) for paper in papers() for subject in chosen(paper)]


@cache
def document_of(paper: str, subject: str) -> Document:
    kind = paper_of(paper)
    data = data_for(kind)
    return make(kind, data, next(s for s in subjects_of(kind, data) if s.id == subject)).document


@cache
def printed(paper: str, subject: str) -> bytes:
    return pdf.render(document_of(paper, subject))


def letters_of_text(told: str, document: Document) -> str:
    """The letters of a paper as text, without what only the text form has.

    Set aside are spaces and line breaks, and
    - the lines "[DỰ THẢO]", "*" of a party agency, "====" above an appendix, "- - -" where slips
      are cut, and the content code at the end: on paper they are asides, or lines;
    - in a table the bars between cells, the strokes between the lines of a cell, the dashes under
      the head and the marks "#", "##" and "=" before headings and totals;
    - in its head the name of a group of columns, which the text tells again for each of them;
    - the numbers of a picture, which are drawn on paper.
    """
    for block in document.blocks:
        if isinstance(block, Chart):
            told = told.replace("\n".join(line.rstrip() for line in listing(block.shows)), "")
    dashes, asides = "-" * 20, {f"[{DRAFT}]", "*", "=" * 20, text.CUT.rstrip(), code_line(document)}
    found: list[str] = []
    inside = False
    lines = told.split("\n")
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if below == dashes:
            found += _head_of_table(line)
        elif line == dashes:
            inside = True
        elif inside and line:
            bare = re.sub(r"^(##?|=) ", "", line)
            found += re.sub(r" //(?= |$)", " ", bare).rstrip("|").split(" | ")
        elif line not in asides:
            inside = False
            found.append(line)
    return "".join(composed("".join(found)).split())


def _top_margin(page: pypdf.PageObject) -> str:
    """What stands in the upper margin of 20 mm."""
    found: list[str] = []

    def text_at(words: str, _cm: Any, tm: Any, *_: Any) -> None:
        if float(tm[5]) > float(page.mediabox.top) - 20 * MM:
            found.append(words)

    page.extract_text(visitor_text=text_at)
    return " ".join(found)


def _head_of_table(line: str) -> Iterator[str]:
    group = ""
    for title in line.split(" | "):
        name, colon, leaf = title.partition(": ")
        if not colon:
            yield title
        else:
            yield leaf if name == group else name + leaf
        group = name if colon else ""


@pytest.mark.parametrize(("paper", "subject"), ALL)
class TestThePrintedPaper:
    def test_says_letter_by_letter_what_document_and_kept_text_say(
        self, paper: str, subject: str
    ) -> None:
        """A row of running text may go on over the page; its cells are then read in two parts."""
        document = document_of(paper, subject)
        found = letters_of_pdf(printed(paper, subject))
        blocks = [*document.blocks, *(b for part in document.appendices for b in part.blocks)]
        if not any(isinstance(block, Table) and block.top for block in blocks):
            assert found == letters_of(document)
        assert tell_apart(printed(paper, subject), document, found) == ""
        kept = kept_text(paper, subject) or text.render(document)
        assert letters_of_text(kept, document) == letters_of(document)

    def test_is_accepted_for_the_archive_with_title_and_language(
        self, paper: str, subject: str
    ) -> None:
        data = printed(paper, subject)
        report = validator.validate_pdf_bytes(data, profile=validator.ValidationProfile.PDF_A_2B)
        assert report.is_compliant, report.to_json()
        reader = pypdf.PdfReader(io.BytesIO(data))
        assert reader.metadata is not None
        assert reader.metadata.title == document_of(paper, subject).title
        assert str(reader.root_object["/Lang"]) == "vi-VN"

    def test_is_the_same_to_the_byte_when_printed_again(self, paper: str, subject: str) -> None:
        document = document_of(paper, subject)
        assert pdf.render(document) == printed(paper, subject)
        assert docx.render(document) == docx.render(document)

    def test_has_an_empty_field_for_each_signature(self, paper: str, subject: str) -> None:
        closing = document_of(paper, subject).closing
        signatures = closing.signatures if closing else ()
        wanted = [signature.field for signature in signatures]
        assert all(wanted), "each signature has a field"
        with pikepdf.open(io.BytesIO(printed(paper, subject))) as file:
            form = file.Root.get("/AcroForm")
            fields = list(form.Fields) if form is not None else []
            assert sorted(str(field.T) for field in fields) == sorted(wanted)
            assert all(str(field.FT) == "/Sig" and "/V" not in field for field in fields)

    def test_carries_the_data_that_it_shows(self, paper: str, subject: str) -> None:
        document = document_of(paper, subject)
        with pikepdf.open(io.BytesIO(printed(paper, subject))) as file:
            found = carried(file.Root.Metadata.read_bytes())
        assert found is not None
        assert found.binding == document.binding
        assert found.binding is not None
        assert (found.binding.paper, found.binding.operation) == (paper, 42)
        assert found.code == content_code(document) != ""

    def test_is_marked_as_a_draft_exactly_where_it_is_one(self, paper: str, subject: str) -> None:
        pages = pypdf.PdfReader(io.BytesIO(printed(paper, subject))).pages
        marked = [DRAFT in _top_margin(page) for page in pages]
        draft = document_of(paper, subject).draft
        assert draft is None or draft.reasons
        assert marked == [draft is not None] * len(pages)

    def test_says_the_same_words_as_a_word_file(self, paper: str, subject: str) -> None:
        document = document_of(paper, subject)
        file = word_reader.Document(io.BytesIO(docx.render(document)))
        body = "".join(node.text or "" for node in file.element.body.iter(qn("w:t")))
        found = "".join(composed(body).split())
        for place, words in texts(document):
            if place not in ("biểu đồ", "tiêu đề tệp"):
                assert "".join(composed(words).split()) in found, (place, words)
