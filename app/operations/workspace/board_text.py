"""The board of a year in words for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.year import PeriodState, TableState
from app.operations.standing_text import aligned
from app.operations.workspace.boards import STAGE_WORDS, Board

TABLE_WORDS = {
    TableState.DRAFT: "đang soạn",
    TableState.CONSULTED: "đã lấy ý kiến",
    TableState.ISSUED: "đã ban hành",
}


def board_lines(board: Board) -> Iterator[str]:
    """Everything that a board shows, line by line."""
    year = board.year
    state = "đã khóa sổ" if year.state is PeriodState.CLOSED else "đang mở"
    yield f"Năm thi đua {year.name} ({year.start:%d/%m/%Y} - {year.end:%d/%m/%Y}), {state}"
    others = [other.name for other in board.years if other.id != year.id]
    if others:
        yield f"  Năm khác trong sổ: {', '.join(others)}"
    for table in board.tables:
        words = TABLE_WORDS[table.state]
        yield f"  Bảng tiêu chí: {table.title}, phiên bản {table.version}, {words} ({table.id})"
    if board.units:
        yield ""
        rows = [("Đơn vị", *board.rounds.values())]
        for line in board.units:
            left = f", rời {line.unit.left:%d/%m/%Y}" if line.unit.left is not None else ""
            stages = [f"{STAGE_WORDS[line.stages[r]]} ({line.cells[r]} ô)" for r in board.rounds]
            rows.append((f"{line.unit.name} ({line.unit.id}){left}", *stages))
        yield from aligned(rows)
    for deadline in board.deadlines:
        yield f"Hạn {deadline.due:%d/%m/%Y}: {deadline.title or deadline.duty}"
    for asked in board.explanations:
        cell = f"{asked.unit}, tiêu chí {asked.criterion}"
        yield f"Chờ giải trình {asked.id}: {cell}. {asked.question}"
