"""Texts that come from hands and from Excel."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from app.domain.snapshot import Entry, EntryState
from app.exchange.facts_known import KnownCriterion, KnownFigure
from app.operations.workspace.facts_desk import TypedCell
from app.rules.methods import FigureKind
from ui.pages.scores.typed import (
    block_of,
    cell_from_form,
    cell_from_text,
    number_text,
    packed,
    state_of,
    unpacked,
)

EMPTY = TypedCell("u1", "I.1", "self")


def known(**kinds: FigureKind) -> KnownCriterion:
    figures = {name: KnownFigure(name, kind, name.title()) for name, kind in kinds.items()}
    return KnownCriterion("I.1", "Tiêu chí", figures)


DIRECT = known()
LEVEL = known(level=FigureKind.LEVEL)
YES_NO = known(achieved=FigureKind.YES_NO)
NUMBER = known(score=FigureKind.NUMBER)
PLAN = known(plan=FigureKind.NUMBER, actual=FigureKind.NUMBER)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1\t2\n3\t4\n", (("1", "2"), ("3", "4"))),
        ("1\t2\r\n3\t4\r\n", (("1", "2"), ("3", "4"))),
        ('"a\nb"\tc', (("a\nb", "c"),)),
        ('"nói ""có"""', (('nói "có"',),)),
        ("\t5\n", (("", "5"),)),
        ("12,5", (("12,5",),)),
        ("", (("",),)),
    ],
)
def test_a_block_is_read_as_excel_writes_it(text: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert block_of(text) == rows


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("KG", EntryState.NOT_ASSIGNED),
        (" kth ", EntryState.NOT_DONE),
        ("Không thực hiện", EntryState.NOT_DONE),
        ("không được giao", EntryState.NOT_ASSIGNED),
        ("—", EntryState.BLANK),
        ("-", EntryState.BLANK),
        ("0", None),
        ("không", None),
        ("", None),
    ],
)
def test_states_are_known_by_their_words(text: str, state: EntryState | None) -> None:
    assert state_of(text) is state


@pytest.mark.parametrize(
    ("criterion", "text", "points", "figures"),
    [
        (DIRECT, "12,5", "12,5", None),
        (LEVEL, "khá", "", {"level": "khá"}),
        (LEVEL, "7", "7", None),
        (YES_NO, "có", "", {"achieved": "có"}),
        (YES_NO, "1", "", {"achieved": "1"}),
        (YES_NO, "5", "5", None),
        (NUMBER, "92,4", "", {"score": "92,4"}),
        (PLAN, "120; 115", "", {"plan": "120", "actual": "115"}),
        (PLAN, "9", "9", None),
    ],
)
def test_a_pasted_text_is_points_or_figures(
    criterion: KnownCriterion, text: str, points: str, figures: dict[str, str] | None
) -> None:
    cell = cell_from_text(EMPTY, text, criterion)
    assert cell is not None
    assert (cell.points, cell.figures) == (points, figures)


def test_an_empty_text_changes_nothing() -> None:
    assert cell_from_text(EMPTY, "  ", DIRECT) is None


def test_a_state_in_any_field_stands_for_the_whole_cell() -> None:
    cell = cell_from_form(EMPTY, {"plan": "kth", "actual": "5", "points": ""}, "vì")
    assert (cell.state, cell.figures, cell.points, cell.reason) == ("not_done", None, "", "vì")


@pytest.mark.parametrize("text", ["0", "12,5", "0,125", "1,1250", "1000000"])
def test_numbers_are_written_as_they_are_read_again(text: str) -> None:
    assert number_text(Fraction(text.replace(",", "."))) == text


def test_what_is_copied_comes_back_as_far_as_the_criterion_asks_for_it() -> None:
    entry = Entry("u9", "X", "self", figures={"plan": Fraction(5, 2), "done": True}, reason="lý do")
    ((kept,),) = json.loads(packed([[entry]]))
    cell = unpacked(EMPTY, kept, PLAN)
    assert cell is not None
    assert cell.figures == {"plan": "2,5"}
    assert cell.reason == "lý do"
    assert unpacked(EMPTY, kept, DIRECT) is None
    assert unpacked(EMPTY, None, PLAN) is None
