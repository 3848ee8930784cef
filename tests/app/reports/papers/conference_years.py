"""The sample year as its conference might also have gone: other ballots, other rules, none at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from app.domain.conference import BallotSheet
from app.domain.snapshot import Ballot, Decision
from app.operations.loading import Loaded, load
from app.reports import text
from app.reports.document import Table
from app.reports.papers.assembly import make
from app.reports.papers.contents import subjects_of
from app.reports.papers.data import PaperData, YearBook
from app.reports.papers.shelf import paper_of
from app.rules.awards import TieStep
from app.scoring.assess import assess
from tests.app.reports.papers.sample_year import ROOT, sample_year

TIE = "tie:co_ubnd_tinh:quan_su+toa_an"
TIED = Fraction("972.95")
"""What Quân sự (710,95 + 150 + 99 + 13) and Tòa án (713,95 + 150 + 98 + 11) both come to."""
COUNTED = {"members": 16, "present": 14, "issued": 14, "returned": 14}


@lru_cache(maxsize=1)
def _loaded() -> Loaded:
    pack = ROOT / "data" / "packs" / "cao-bang-2018-vi-du"
    return load([pack], ROOT / "data" / "samples" / "cao-bang-2019" / "facts.toml")


def sheet_of(identifier: str) -> BallotSheet:
    """A sheet of the sample."""
    return next(s for s in sample_year().book.ballot_sheets if s.id == identifier)


def tie_ballot(number: int, votes: Mapping[str, int], **other: Any) -> Ballot:
    """A ballot of fourteen valid papers on the tie of the sample."""
    counts = {**COUNTED, "valid": 14, "invalid": 0, "blank": 0, **other}
    return Ballot("tie", "co_ubnd_tinh", "choose", number, dict(votes), **counts)


def a_year(
    ballots: Sequence[Ballot] = (),
    sheets: Sequence[BallotSheet] = (),
    *,
    decisions: Sequence[Decision] = (),
    rules: Mapping[str, Mapping[str, object]] | None = None,
    chain: Sequence[TieStep] | None = None,
    left_blank: Sequence[tuple[str, str]] = (),
) -> PaperData:
    """The sample with other ballots; ``rules`` gives purposes other rules of counting.

    ``left_blank`` are the cells, by unit and criterion, that nobody scored in any round.
    """
    loaded = _loaded()
    packs, main = loaded.packs, loaded.packs.main
    own = tuple(
        rule.model_copy(update=dict((rules or {}).get(rule.purpose, {})))
        for rule in main.rules.ballots
    )
    ties = main.rules.ties
    if chain is not None:
        ties = ties.model_copy(update={"chain": tuple(chain)})
    main = replace(main, rules=main.rules.model_copy(update={"ballots": own, "ties": ties}))
    snapshot = replace(
        loaded.snapshot,
        entries=tuple(
            e for e in loaded.snapshot.entries if (e.unit, e.criterion) not in left_blank
        ),
        ballots=tuple(ballots),
        decisions=(*loaded.snapshot.decisions, *decisions),
    )
    year = sample_year()
    book = replace(
        year.book,
        ballot_sheets=tuple(sheets),
        ballots=dict(enumerate(snapshot.ballots, start=1)),
    )
    assessment = assess(snapshot, main, packs.overlays, packs.companions)
    return replace(year, assessment=assessment, book=book)


def without_book(data: PaperData) -> PaperData:
    """The same year out of a facts file: nothing was noted beside the facts."""
    return replace(data, book=YearBook())


def printed(data: PaperData, paper: str, subject: str | None = None) -> str:
    """A paper as text; the only one there is, where no subject is named."""
    there = subjects_of(paper_of(paper), data)
    chosen = there[0] if subject is None else next(s for s in there if s.id == subject)
    return text.render(make(paper_of(paper), data, chosen).document)


def tables(data: PaperData, paper: str, subject: str) -> list[list[list[str]]]:
    """The tables of a paper's body, cell by cell."""
    there = subjects_of(paper_of(paper), data)
    chosen = next(s for s in there if s.id == subject)
    blocks = make(paper_of(paper), data, chosen).document.blocks
    return [
        [[item.text for item in row.cells] for row in block.rows]
        for block in blocks
        if isinstance(block, Table)
    ]
