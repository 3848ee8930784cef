"""Ballots whose result was written straight into the book, without a sheet of their own."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.snapshot import Ballot
from app.operations.workspace.ballot_views import PURPOSES
from app.operations.workspace.desk import Desk
from app.persistence import books
from app.reports.figures import sentence
from app.reports.names import Names
from app.scoring.assessment import Assessment, BallotResult
from app.scoring.ballots import counted
from ui.pages.ballots.facts import BallotDetail, BallotRow
from ui.theme.tokens import Tone

PREFIX = "row:"
_STATES = {
    "elected": ("Có kết quả", Tone.GOOD),
    "passed": ("Có kết quả", Tone.GOOD),
    "tied": ("Số phiếu bằng nhau, chưa phân định được", Tone.WAITING),
    "failed": ("Không ai đủ số phiếu", Tone.WAITING),
    "no_quorum": ("Không đủ số người tham gia", Tone.WAITING),
    "void": ("Không còn giá trị", Tone.ERROR),
}
_SUBJECT = (
    "Kết quả này được ghi thẳng vào sổ, không qua phiếu bầu, nên chưa có người thứ hai xác nhận. "
    "Muốn chốt danh sách đề nghị thì bỏ kết quả này, mở phiếu bầu rồi nhập và xác nhận."
)


def loose_ballots(
    desk: Desk, found: Assessment
) -> Iterator[tuple[int, BallotRow, tuple[str, ...]]]:
    """Each such ballot by its number in the book: its row, and what there is to tell of it."""
    sheets = desk.workspace.read(books.BALLOT_SHEETS, desk.period)
    with_sheet = {sheet.ballot for sheet in sheets}
    results = list(counted(found))
    names = Names(found)
    for number, ballot in desk.workspace.numbered(books.BALLOTS, desk.period).items():
        result = next((r for b, r in results if b == ballot), None)
        if number not in with_sheet and result is not None:
            yield number, _row(number, ballot, result, names), _lines(result, names)


def _row(number: int, ballot: Ballot, result: BallotResult, names: Names) -> BallotRow:
    state, tone = _STATES[result.outcome]
    purpose = PURPOSES[ballot.purpose]
    title = purpose[:1].upper() + purpose[1:]
    if ballot.award is not None:
        title += f": {names.awards.get(ballot.award, ballot.award)}"
    why = names.sentence(result.why)
    return BallotRow(
        f"{PREFIX}{number}", title, ballot.number, "Ghi thẳng vào sổ", state, tone, why
    )


def _lines(result: BallotResult, names: Names) -> tuple[str, ...]:
    told = [sentence(names.sentence(result.why))]
    if result.elected:
        told.append(f"Được chọn: {', '.join(names.units.get(u, u) for u in result.elected)}.")
    return tuple(told)


def loose_detail(row: BallotRow, lines: tuple[str, ...], *, may_write: bool) -> BallotDetail:
    """What the panel shows of such a ballot."""
    return BallotDetail(
        row=row,
        subject=_SUBJECT,
        rule="",
        why="",
        lines=lines,
        next_step="",
        counts=(),
        votes=(),
        columns=(),
        counted_by="",
        may_count=False,
        may_confirm=False,
        may_recount=False,
        may_cancel=False,
        may_remove=may_write,
    )
