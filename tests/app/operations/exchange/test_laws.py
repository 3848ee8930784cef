"""What holds for any workspace: the order of independent packages, and writing once more."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.snapshot import Entry, EntryState, ItemFact, StandingFact
from app.domain.year import (
    Evidence,
    EvidenceLink,
    Explanation,
    Registration,
    RoundStage,
    RoundState,
    Target,
)
from app.exchange.packages import Contents, Kind, package_bytes, read_package
from app.operations.exchange.packing import Envelope, Order, package_contents
from app.operations.exchange.rows import present_rows, same
from app.persistence import books
from app.persistence.records import Change

from .houses import DAY, HOUR, House, small_leader, small_unit

DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))
LAW = settings(
    max_examples=4 * DOSE,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
WORDS = st.text("aăâbdđeêhiôơuưạếữ 0123456789=+'\",;\n", max_size=12).map(str.strip)
SHARES = st.integers(0, 40).map(lambda n: Fraction(n, 4))


@st.composite
def scores(draw: st.DrawFn, unit: str, round_id: str) -> tuple[Entry, ...]:
    """What one hand says of a unit: figures, points, states, blanks; some cells not at all."""
    amount = st.integers(0, 1000).map(lambda n: Fraction(n, 8))
    choices: list[st.SearchStrategy[Entry | None]] = [
        st.builds(
            lambda plan, actual, why: Entry(
                unit, "I.1", round_id, figures={"plan": plan + 1, "actual": actual}, reason=why
            ),
            amount,
            amount,
            WORDS,
        ),
        st.builds(
            lambda p, n: Entry(unit, "I.2", round_id, points=p, evidence=n),
            SHARES,
            st.none() | st.integers(1, 5),
        ),
        st.builds(
            lambda p, ok: Entry(unit, "II.1", round_id, figures={"signed": ok}, points=p),
            SHARES,
            st.booleans(),
        ),
        st.sampled_from([EntryState.NOT_DONE, EntryState.NOT_ASSIGNED, EntryState.BLANK]).map(
            lambda state: Entry(unit, "II.2", round_id, state)
        ),
    ]
    found = [draw(st.none() | choice) for choice in choices]
    return tuple(entry for entry in found if entry is not None)


def say(change: Change, unit: str, entries: tuple[Entry, ...]) -> None:
    """Puts these cells in the place of all that the unit's own round held, and hands it in."""
    for entry in change.read(books.ENTRIES):
        if (entry.unit, entry.round) == (unit, "self"):
            change.remove(books.ENTRIES, *entry.key)
    change.put(books.ENTRIES, *entries)
    change.put(books.ROUND_STATES, RoundState(unit, "self", RoundStage.SUBMITTED, DAY))


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, House, House]]:
    folder = tmp_path_factory.mktemp("luat")
    leader = small_leader(folder / "truong-cum")
    made = (leader, *(small_unit(leader, folder / f"so-{n}", n) for n in (1, 2)))
    yield made  # type: ignore[misc]
    for house in made:
        house.desk.workspace.close(backup=False)


MINUTES = itertools.count()


@LAW
@given(one=scores("u1", "self"), other=scores("u2", "self"))
def test_the_order_of_two_units_does_not_matter(
    houses: tuple[House, House, House], one: tuple[Entry, ...], other: tuple[Entry, ...]
) -> None:
    leader, *units = houses
    sent = []
    for house, entries in zip(units, (one, other), strict=True):
        with house.desk.act("scores.entered", "Nhập điểm") as change:
            say(change, house.unit, entries)
        made = dt.datetime(2026, 11, 20, tzinfo=HOUR) + dt.timedelta(minutes=next(MINUTES))
        sent.append(house.sends(Kind.SELF_SCORE, made=made))
    found = []
    for order in (sent, sent[::-1]):
        for package in order:
            leader.takes(package)
        found.append(leader.shared(Kind.FINAL_RESULT))
        for unit, house in zip(("u1", "u2"), units, strict=True):
            assert leader.shared(Kind.SELF_SCORE, unit) == house.shared(Kind.SELF_SCORE, unit)
        leader.desk.workspace.undo("Nguyễn Hoa")
        leader.desk.workspace.undo("Nguyễn Hoa")
    assert found[0] == found[1]


@st.composite
def years(draw: st.DrawFn) -> dict[Any, tuple[Any, ...]]:
    """Rows of a year, of every kind that an officer types."""
    units = ("u1", "u2", "u3")
    unit = st.sampled_from(units)
    entries: list[Entry] = []
    for name, round_id in itertools.product(units, ("self", "cluster")):
        entries += draw(scores(name, round_id))
    papers = draw(st.lists(WORDS.filter(bool), unique=True, max_size=3))
    documents = tuple(
        Evidence(f"mc{at}", number, DAY, "Sở", "Báo cáo") for at, number in enumerate(papers)
    )
    links = tuple(
        EvidenceLink(document.id, draw(unit), "I.2", "self")
        for document in documents
        for _ in range(draw(st.integers(1, 2)))
    )
    items = st.builds(ItemFact, unit, st.just("tre"), st.integers(1, 3), subject=WORDS)
    cases = st.builds(StandingFact, unit, st.just("ky_luat"), WORDS)
    asked = st.builds(
        lambda who, words, answer: Explanation("", who, "I.2", "self", f"{words}?", answer=answer),
        unit,
        WORDS,
        st.none() | WORDS,
    )
    questions = draw(st.lists(asked, max_size=2, unique_by=lambda e: (e.unit, e.question)))
    return {
        books.ENTRIES: tuple(entries),
        books.EVIDENCE: documents,
        books.EVIDENCE_LINKS: tuple(dict.fromkeys(links)),
        books.DEDUCTIONS: tuple(draw(st.lists(items, max_size=3))),
        books.STANDING: tuple(draw(st.lists(cases, max_size=2))),
        books.EXPLANATIONS: tuple(
            Explanation(f"gt{at}", e.unit, e.criterion, e.round, e.question, answer=e.answer)
            for at, e in enumerate(questions, 1)
        ),
        books.REGISTRATIONS: tuple(
            Registration(who, "registration", draw(WORDS), signed=DAY)
            for who in draw(st.lists(unit, unique=True))
        ),
        books.TARGETS: (Target(draw(unit), "1", "Chỉ tiêu", "I.1", draw(SHARES)),),
    }


@LAW
@given(rows=years())
def test_what_was_written_and_read_is_written_again_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[Any, tuple[Any, ...]]
) -> None:
    folder: Path = tmp_path_factory.mktemp("ghi-doc")
    leader = small_leader(folder / "truong-cum")
    with leader.desk.act("x", "Cả năm") as change:
        for book, nouns in rows.items():
            if book in (books.DEDUCTIONS, books.STANDING):
                change.add(book, *nouns)
            else:
                change.put(book, *nouns)
    sent = leader.sends(Kind.FOR_APPRAISAL)
    data = sent.file.read_bytes()
    status = read_package(sent.file, sent.file.name, [leader.known])
    assert package_bytes(status.admitted(), leader.key) == data

    other = leader.begins(sent, folder / "so-noi-vu", "Sở Nội vụ", 9)
    ours, theirs = present_rows(leader.desk), present_rows(other.desk)
    assert ours.keys() == theirs.keys()
    assert [key for key in ours if not same(ours[key], theirs[key])] == []
    envelope = Envelope("Sở Nội vụ", made=sent.contents.head.made)
    again = package_contents(other.desk, Order(Kind.FOR_APPRAISAL, papers=False), envelope)
    first = status.admitted()
    assert package_bytes(again_with(again, first), leader.key) == package_bytes(
        again_with(first, first), leader.key
    )
    for house in (leader, other):
        house.desk.workspace.close(backup=False)


def again_with(contents: Contents, first: Contents) -> Contents:
    """Without what is of one house alone: the head, and the ids of documents and questions."""
    return dataclasses.replace(
        contents,
        head=first.head.model_copy(update={"assessment": contents.head.assessment}),
        documents={},
    )
