"""Where the year stands: who has handed in what, what waits, which day is near."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.snapshot import Unit
from app.domain.year import CriteriaTable, Deadline, Explanation, PeriodRecord, RoundStage
from app.operations.workspace.desk import Desk
from app.operations.workspace.explanations import open_explanations
from app.persistence import books
from app.rules.pack import Criterion, RulePack
from app.scoring.assessment import UnitCard
from app.scoring.cells import in_round

STAGE_WORDS = {
    RoundStage.DRAFT: "đang soạn",
    RoundStage.SUBMITTED: "đã nộp",
    RoundStage.RETURNED: "trả lại",
    RoundStage.RECALLED: "rút lại",
    RoundStage.ACCEPTED: "chấp nhận",
    RoundStage.SEALED: "đã chốt",
}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit with its stage in each round, by the round's id, and the cells it has there."""

    unit: Unit
    stages: dict[str, RoundStage]
    cells: dict[str, int]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole year at a glance."""

    years: tuple[PeriodRecord, ...]
    year: PeriodRecord
    tables: tuple[CriteriaTable, ...]
    rounds: dict[str, str]
    units: tuple[UnitLine, ...]
    deadlines: tuple[Deadline, ...]
    explanations: tuple[Explanation, ...]


def board_of(desk: Desk) -> Board:
    """The board of the desk's year; it needs no score and no complete table."""
    book = desk.workspace
    tables = book.pinned_tables(desk.period)
    rounds = {
        str(row["id"]): str(row["title"]) for table in tables[:1] for row in table.tree["rounds"]
    }
    states = {
        (state.unit, state.round): state.stage
        for state in book.read(books.ROUND_STATES, desk.period)
    }
    cells: dict[tuple[str, str], int] = {}
    for entry in book.read(books.ENTRIES, desk.period):
        cells[entry.unit, entry.round] = cells.get((entry.unit, entry.round), 0) + 1
    lines = tuple(
        UnitLine(
            unit,
            {r: states.get((unit.id, r), RoundStage.DRAFT) for r in rounds},
            {r: cells.get((unit.id, r), 0) for r in rounds},
        )
        for unit in desk.units.values()
    )
    return Board(
        book.read(books.PERIODS),
        desk.year,
        tables,
        rounds,
        lines,
        book.read(books.DEADLINES, desk.period),
        open_explanations(desk),
    )


def open_cells(rules: RulePack, card: UnitCard, round_id: str) -> tuple[str, ...]:
    """The criteria of a unit that nobody scored in this round, though it is this hand's turn."""
    turn = next(one for one in rules.rounds if one.id == round_id)
    rows = {row.code: row for row in rules.criteria}
    return tuple(
        score.code
        for score in card.criteria.values()
        if score.assigned
        and round_id not in score.rounds
        and in_round(score.code, turn)
        and _hand(rows, score.code) in (None, turn.hand)
    )


def _hand(rows: dict[str, Criterion], code: str) -> str | None:
    """The one hand that scores a criterion; one that a unit registered has that of its slot."""
    while code and code not in rows:
        code = code.rpartition(".")[0]
    return rows[code].hand if code else None
