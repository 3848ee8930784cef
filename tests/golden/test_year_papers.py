"""Every paper of the sample year word for word, one file each.

`BANGVANG_WRITE_GOLDEN=1` writes the files anew; the difference is then read and committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.reports import text
from app.reports.papers.assembly import make
from app.reports.papers.contents import subjects_of
from app.reports.papers.data import Subject
from app.reports.papers.paper import Paper
from app.reports.papers.shelf import papers
from tests.app.reports.papers.sample_year import data_for

HERE = Path(__file__).parent / "papers"
UNITS = ("tu_phap", "thanh_tra")
"""Of the papers for each unit these two are kept: the deputy, and one that is barred; where a paper
is made for neither, the first."""


def _all() -> list[tuple[Paper, Subject]]:
    return [(paper, subject) for paper in papers() for subject in _kept(paper)]


def _kept(paper: Paper) -> list[Subject]:
    there = subjects_of(paper, data_for(paper))
    if paper.scope != "unit":
        return list(there)
    return [subject for subject in there if subject.id in UNITS] or list(there[:1])


def _name(paper: Paper, subject: Subject) -> str:
    return f"{paper.id}-{subject.id}" if subject.id else paper.id


@pytest.mark.parametrize(("paper", "subject"), _all(), ids=lambda part: part.id)
def test_a_paper_of_the_sample_reads_as_kept(paper: Paper, subject: Subject) -> None:
    printed = text.render(make(paper, data_for(paper), subject).document)
    file = HERE / f"{_name(paper, subject)}.txt"
    if os.environ.get("BANGVANG_WRITE_GOLDEN"):
        file.write_text(printed, "utf-8", newline="\n")
    assert file.read_text("utf-8") == printed


def test_no_kept_paper_is_left_over() -> None:
    wanted = {f"{_name(paper, subject)}.txt" for paper, subject in _all()}
    assert {file.name for file in HERE.glob("*.txt")} == wanted


@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.id)
def test_the_shipped_wording_knows_all_its_places(paper: Paper) -> None:
    subjects = subjects_of(paper, data_for(paper))
    assert subjects
    for subject in subjects:
        assert make(paper, data_for(paper), subject).findings == ()
