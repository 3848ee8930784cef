"""The ballots of a year as they stand now, and what they come to in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from app.domain.conference import BallotSheet
from app.ground.numbers import vietnamese
from app.operations.workspace.ballot_counts import COUNTS
from app.operations.workspace.consequences import result_of
from app.operations.workspace.desk import Desk, refusal
from app.operations.workspace.eligibility import rules_of
from app.persistence import books
from app.rules.awards import BallotRule
from app.scoring.assessment import Assessment, BallotResult
from app.scoring.ballot_standing import STATE_WORDS, BallotState, BallotView, view_of

__all__ = [
    "PURPOSES",
    "STATE_WORDS",
    "BallotState",
    "BallotView",
    "ballot_lines",
    "ballot_views",
    "sheet_of",
    "threshold_words",
    "view_of",
]

PURPOSES: Mapping[str, str] = {
    "tie": "chọn giữa các đơn vị bằng điểm",
    "award": "xét khen thưởng",
    "leader": "bầu đơn vị trưởng năm sau",
    "deputy": "bầu đơn vị phó năm sau",
    "free": "lấy ý kiến",
}


def ballot_views(desk: Desk, assessment: Assessment | None = None) -> tuple[BallotView, ...]:
    """Every ballot of the year as it stands now; raises ``UserError`` without an assessment."""
    found = result_of(desk) if assessment is None else assessment
    rules = rules_of(desk)
    numbered = desk.workspace.numbered(books.BALLOTS, desk.period)
    sheets = desk.workspace.read(books.BALLOT_SHEETS, desk.period)
    return tuple(view_of(sheet, found, rules, numbered) for sheet in sheets)


def sheet_of(desk: Desk, sheet: str) -> BallotSheet:
    """The sheet with this id; raises ``UserError`` with those that there are."""
    found = desk.workspace.one(books.BALLOT_SHEETS, sheet, period=desk.period)
    if found is not None:
        return found
    known = [s.id for s in desk.workspace.read(books.BALLOT_SHEETS, desk.period)]
    raise refusal(
        "ballot_unknown",
        f"Năm {desk.period}",
        f"Không có phiếu bầu “{sheet[:80]}”.",
        "Các phiếu bầu: " + (", ".join(known) or "chưa có") + ".",
    )


def threshold_words(rule: BallotRule) -> str:
    """What is needed to be elected and what a percentage is of, as the pack says."""
    if rule.percent is None:
        return "nhiều phiếu hơn thì được chọn"
    more = "quá" if rule.strict else "ít nhất"
    return f"cần {more} {vietnamese(_number(rule))} % {COUNTS[rule.base]}"


def _number(rule: BallotRule) -> Fraction:
    assert not isinstance(rule.percent, str | None)
    return Fraction(rule.percent)


def ballot_lines(view: BallotView) -> tuple[str, ...]:
    """A ballot in sentences, with the base of each percentage (acceptance 1.16)."""
    return tuple(_lines(view))


def _lines(view: BallotView) -> Iterator[str]:
    sheet, ballot, result = view.sheet, view.ballot, view.result
    names = {c.key: c.name or c.key for c in sheet.candidates}
    yield f"{sheet.title}, lần {sheet.vote}: {STATE_WORDS[view.state]}" + (
        f" ({view.why})" if view.why else ""
    )
    yield f"Bầu {sheet.places} trong: {', '.join(names[k] for k in sheet.keys)}"
    if ballot is not None:
        counts = [
            f"{words} {number}"
            for name, words in COUNTS.items()
            if (number := getattr(ballot, name)) is not None
        ]
        yield "; ".join(counts)
    if result is not None:
        votes = ", ".join(f"{names.get(k, k)}: {n} phiếu" for k, n in result.votes.items())
        yield votes
        yield _needed(view.rule, result)
        if result.elected and view.state is BallotState.DECIDES:
            yield "Được chọn: " + ", ".join(names.get(k, k) for k in result.elected)
    if sheet.tellers:
        yield f"Ban kiểm phiếu: {', '.join(sheet.tellers)}"
    if view.confirmed and sheet.confirmed_on is not None:
        yield f"{sheet.confirmed_by} xác nhận ngày {sheet.confirmed_on:%d/%m/%Y}"


def _needed(rule: BallotRule, result: BallotResult) -> str:
    words = threshold_words(rule)
    if result.needed is not None:
        words += f" ({result.base_count}), tức {result.needed} phiếu"
    if result.quorum is not None:
        words += (
            f"; tham gia {result.quorum.present}/{result.quorum.base}, cần {result.quorum.needed}"
        )
    return words[:1].upper() + words[1:]
