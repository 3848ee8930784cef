"""What a ballot comes to now, held against the present result: does it decide, and if not why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.conference import BallotSheet, BallotStage
from app.domain.snapshot import Ballot
from app.rules.awards import BallotRule
from app.rules.pack import RulePack
from app.scoring.assessment import Assessment, BallotResult, Tie
from app.scoring.ballots import counted, rule_of


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
