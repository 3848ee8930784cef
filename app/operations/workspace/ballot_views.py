"""What a ballot comes to now, held against the present result: does it decide, and if not why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.domain.conference import BallotSheet, BallotStage
from app.domain.snapshot import Ballot
from app.ground.numbers import vietnamese
from app.operations.workspace.ballot_counts import COUNTS
from app.operations.workspace.consequences import result_of
from app.operations.workspace.desk import Desk, refusal
from app.operations.workspace.eligibility import rules_of
from app.persistence import books
from app.rules.awards import BallotRule
from app.rules.pack import RulePack
from app.scoring.assessment import Assessment, BallotResult, Tie
from app.scoring.ballots import counted, rule_of

PURPOSES: Mapping[str, str] = {
    "tie": "chọn giữa các đơn vị bằng điểm",
    "award": "xét khen thưởng",
    "leader": "bầu đơn vị trưởng năm sau",
    "deputy": "bầu đơn vị phó năm sau",
    "free": "lấy ý kiến",
}


class BallotState(StrEnum):
    """What a ballot comes to. Only one that decides, or was confirmed, may stand on a paper."""

    OPEN = "open"
    DECIDES = "decides"
    LEVEL = "level"
    FAILED = "failed"
    NO_QUORUM = "no_quorum"
    VOID = "void"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"


STATE_WORDS: Mapping[BallotState, str] = {
    BallotState.OPEN: "đã mở, chưa kiểm phiếu",
    BallotState.DECIDES: "có kết quả",
    BallotState.LEVEL: "số phiếu bằng nhau, chưa phân định được",
    BallotState.FAILED: "không ai đủ số phiếu",
    BallotState.NO_QUORUM: "không đủ số người tham gia",
    BallotState.VOID: "không còn giá trị",
    BallotState.SUPERSEDED: "đã quyết định theo cách khác",
    BallotState.CANCELLED: "đã hủy",
}


@dataclass(frozen=True, slots=True)
class BallotView:
    """A sheet with its count and what that comes to; ``why`` in one sentence."""

    sheet: BallotSheet
    rule: BallotRule
    state: BallotState
    why: str = ""
    ballot: Ballot | None = None
    result: BallotResult | None = None

    @property
    def confirmed(self) -> bool:
        """Whether a second person confirmed the count."""
        return self.sheet.stage is BallotStage.CONFIRMED


def ballot_views(desk: Desk, assessment: Assessment | None = None) -> tuple[BallotView, ...]:
    """Every ballot of the year as it stands now; raises ``UserError`` without an assessment."""
    found = result_of(desk) if assessment is None else assessment
    rules = rules_of(desk)
    numbered = desk.workspace.numbered(books.BALLOTS, desk.period)
    sheets = desk.workspace.read(books.BALLOT_SHEETS, desk.period)
    return tuple(view_of(sheet, found, rules, numbered) for sheet in sheets)


def view_of(
    sheet: BallotSheet,
    found: Assessment,
    rules: RulePack,
    numbered: Mapping[int, Ballot],
) -> BallotView:
    """One sheet against an assessment; ``numbered`` are the counted ballots of the book."""
    rule = rule_of(rules.ballots, sheet.purpose, sheet.award)
    if sheet.stage is BallotStage.CANCELLED:
        return BallotView(sheet, rule, BallotState.CANCELLED, sheet.reason)
    ballot = None if sheet.ballot is None else numbered.get(sheet.ballot)
    tie = next((t for t in found.ties if t.id == sheet.question), None)
    if ballot is None:
        why = _moved(sheet, tie, found) if sheet.purpose == "tie" else ""
        return BallotView(sheet, rule, BallotState.VOID if why else BallotState.OPEN, why)
    result = next((r for b, r in counted(found) if b == ballot), None)
    if result is None:
        return BallotView(sheet, rule, BallotState.VOID, "kết quả chưa được tính", ballot)
    return BallotView(sheet, rule, *_state(sheet, result, tie), ballot, result)


def _state(sheet: BallotSheet, result: BallotResult, tie: Tie | None) -> tuple[BallotState, str]:
    names = {c.key: c.name or c.key for c in sheet.candidates}
    votes = ", ".join(f"{names.get(k, k)} {n} phiếu" for k, n in result.votes.items())
    votes += f"; cần {result.needed} phiếu" if result.needed is not None else ""
    match result.outcome:
        case "no_quorum":
            return BallotState.NO_QUORUM, result.why
        case "tied":
            return BallotState.LEVEL, votes
        case "failed":
            return BallotState.FAILED, votes
        case "elected" | "passed":
            return BallotState.DECIDES, votes
    same = tie is not None and dict(tie.totals) == dict(sheet.totals)
    if tie is not None and same and tie.resolved_by is not None and tie.places == sheet.places:
        return BallotState.SUPERSEDED, tie.how
    return BallotState.VOID, result.why


def _moved(sheet: BallotSheet, tie: Tie | None, found: Assessment) -> str:
    """Why an opened ballot on a tie has nothing to decide any more; empty where it has."""
    names = {unit.id: unit.name for unit in found.snapshot.units}
    if tie is None:
        return "các đơn vị này không còn bằng điểm ở mép chỉ tiêu"
    if tie.resolved_by is not None:
        return f"đã phân định: {tie.how}"
    moved = [u for u in tie.units if tie.totals[u] != sheet.totals.get(u)]
    if moved:
        listed = ", ".join(names[u] for u in moved)
        return f"điểm của {listed} đã thay đổi sau khi mở phiếu"
    if tie.places_left != sheet.places:
        return f"số chỗ đã thay đổi từ {sheet.places} thành {tie.places_left} sau khi mở phiếu"
    return ""


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
