"""Files of evidence travel only where that is asked for, and citations always."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.year import Evidence
from app.exchange.packages import Kind
from app.operations.exchange.packing import Order, size_of
from app.operations.exchange.records import RECORDS_SCHEMA
from app.operations.exchange.rows import RECORD_BOOKS
from app.operations.exchange.taking_in import begin_from
from app.operations.workspace.evidence import CellName, cite_evidence
from app.persistence import books

from .houses import DAY, House, self_scores, small_leader, small_unit

CONTENT = b"noi dung bao cao " * 1000


@pytest.fixture
def leader(tmp_path: Path) -> Iterator[House]:
    made = small_leader(tmp_path / "truong-cum")
    yield made
    made.desk.workspace.close(backup=False)


@pytest.fixture
def unit(leader: House, tmp_path: Path) -> Iterator[House]:
    """A unit with one document that has a file, behind two of its scores."""
    house = small_unit(leader, tmp_path / "so-1", 1)
    house.says(*self_scores("u1", "90"))
    file = tmp_path / "bao-cao.pdf"
    file.write_bytes(CONTENT)
    cells = [CellName("u1", code, "self") for code in ("I.1", "I.2")]
    cite_evidence(house.desk, Evidence("", "12/BC", DAY, "Sở Một", "Báo cáo"), cells, file)
    house.hands_in("self")
    yield house
    house.desk.workspace.close(backup=False)


def kept(house: House) -> Evidence:
    (document,) = house.desk.workspace.read(books.EVIDENCE, "2026")
    return document


def test_the_estimate_says_what_files_weigh_before_anything_is_written(unit: House) -> None:
    bare = Order(Kind.SELF_SCORE, unit="u1", papers=False)
    full = dataclasses.replace(bare, evidence=True)
    assert size_of(unit.desk, bare).evidence == 0
    found = size_of(unit.desk, full)
    assert len(CONTENT) <= found.evidence < len(CONTENT) + 1000
    sent = unit.sends(Kind.SELF_SCORE, evidence=True)
    assert abs(sent.bytes - found.total) < 1000


def test_a_citation_comes_without_its_file_and_the_file_later(leader: House, unit: House) -> None:
    leader.takes(unit.sends(Kind.SELF_SCORE))
    assert (kept(leader).number, kept(leader).sha256) == ("12/BC", None)
    assert len(leader.desk.workspace.read(books.EVIDENCE_LINKS, "2026")) == 2
    leader.takes(unit.sends(Kind.SELF_SCORE, evidence=True))
    document = kept(leader)
    assert document.sha256 is not None
    assert leader.desk.workspace.evidence_content(document.sha256, "x") == CONTENT
    assert leader.desk.workspace.verify().findings == ()


def test_a_file_that_is_here_stays_where_a_package_comes_without(
    leader: House, unit: House
) -> None:
    leader.takes(unit.sends(Kind.SELF_SCORE, evidence=True))
    seen = leader.looks(unit.sends(Kind.SELF_SCORE))
    assert seen.changes == ()
    assert kept(leader).sha256 is not None


def test_a_whole_book_takes_its_files_along(leader: House, unit: House, tmp_path: Path) -> None:
    sent = unit.sends(Kind.WHOLE_WORKSPACE, evidence=True)
    with begin_from(sent.file, tmp_path / "moi", "Trần Lan", [unit.known]) as workspace:
        assert workspace.verify().findings == ()
        assert workspace.head == sent.contents.head.journal
    bare = unit.sends(Kind.WHOLE_WORKSPACE)
    with begin_from(bare.file, tmp_path / "khong", "Trần Lan", [unit.known]) as workspace:
        assert [f.code for f in workspace.verify().findings] == ["evidence_gone"]


def test_the_page_about_documents_names_every_table_and_column(root: Path) -> None:
    page = (root / "data/formats/package-documents.md").read_text(encoding="utf-8")
    assert RECORDS_SCHEMA in page
    lines = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    for book in (books.PARAMETER_CHOICES, *RECORD_BOOKS):
        told = lines[book.name].split("|")[2].strip().split(", ")
        assert sorted(told) == sorted(book.columns.values())
