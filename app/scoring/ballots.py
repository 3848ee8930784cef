"""Counting ballots: do the numbers reconcile, is there a quorum, who has enough votes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from app.domain.snapshot import Ballot, BallotPurpose
from app.rules.awards import BallotRule
from app.scoring.assessment import Assessment, BallotOutcome, BallotResult, QuorumResult
from app.scoring.order import in_fixed_order
from app.scoring.scene import Scene


@dataclass(frozen=True, slots=True)
class Count:
    """A counted ballot with who was elected and who is still level at the last place."""

    result: BallotResult
    elected: tuple[str, ...]
    level: tuple[str, ...]


def candidates(ballot: Ballot) -> frozenset[str]:
    """The units that a ballot was about."""
    return frozenset((*ballot.votes, *ballot.against, *ballot.written, *ballot.written_against))


def rule_for(scene: Scene, ballot: Ballot) -> BallotRule:
    """The pack's rule for this purpose and award; plain majority of votes where it has none."""
    return rule_of(scene.rules.ballots, ballot.purpose, ballot.award)


def rule_of(rules: Sequence[BallotRule], purpose: BallotPurpose, award: str | None) -> BallotRule:
    """The rule of a pack's ``rules`` for this purpose and award."""
    own = [r for r in rules if r.purpose == purpose]
    exact = [r for r in own if r.award is not None and r.award == award]
    general = [r for r in own if r.award is None]
    for found in (exact, general):
        if found:
            return found[0]
    return BallotRule(purpose=purpose)


@dataclass(frozen=True, slots=True)
class _Tally:
    """A ballot with its rule and everything that is counted before the outcome."""

    ballot: Ballot
    rule: BallotRule
    base_count: int | None
    needed: int | None
    quorum: QuorumResult | None
    votes: dict[str, int]
    names: Mapping[str, str]

    def ends(
        self,
        outcome: BallotOutcome,
        why: str,
        elected: Sequence[str] = (),
        level: Sequence[str] = (),
    ) -> Count:
        """The count with its outcome."""
        result = BallotResult(
            self.ballot.purpose,
            self.ballot.award,
            self.ballot.number,
            self.rule.base,
            self.base_count,
            self.needed,
            self.quorum,
            self.votes,
            outcome,
            tuple(elected),
            why,
            self.rule.clause,
        )
        return Count(result, tuple(elected), tuple(level))

    def words(self, noun: str) -> str:
        """The votes in one line."""
        why = ", ".join(f"{self.names.get(u, u)}: {n} {noun}" for u, n in self.votes.items())
        return why if self.needed is None else f"{why}; cần {self.needed} phiếu"


def _tally(scene: Scene, ballot: Ballot) -> _Tally:
    rule = rule_for(scene, ballot)
    votes = {
        unit: ballot.votes.get(unit, 0) + (ballot.written.get(unit, 0) if rule.written else 0)
        for unit in sorted(candidates(ballot))
    }
    base_count = _base_count(ballot, rule)
    needed, quorum = _needed(rule, base_count), _quorum(ballot, rule)
    return _Tally(ballot, rule, base_count, needed, quorum, votes, _names(scene))


def _names(scene: Scene) -> Mapping[str, str]:
    return {unit.id: unit.name for unit in scene.snapshot.units}


def count_ballot(scene: Scene, ballot: Ballot, places: int = 1) -> Count:
    """The outcome of one ballot for so many places.

    A ballot whose numbers do not reconcile decides nothing: its outcome is "void" and the
    findings say which numbers.
    """
    tally = _tally(scene, ballot)
    rule, quorum = tally.rule, tally.quorum
    faults = faults_of(ballot, rule, places, tally.names)
    if rule.percent is not None and tally.base_count is None:
        faults.append(f"chưa ghi số liệu làm căn cứ tính tỷ lệ ({_base_words(rule)})")
    if rule.quorum is not None and quorum is None:
        faults.append("chưa ghi đủ tổng số thành viên và số người tham gia để xét số tối thiểu")
    if faults:
        scene.findings.error(
            "ballot_not_reconciled",
            f"Phiếu bầu lần {ballot.number} ({ballot.award or ballot.purpose})",
            "Số phiếu không khớp: " + "; ".join(faults) + ". Kết quả bầu này chưa được dùng.",
            "Đối chiếu lại biên bản kiểm phiếu.",
        )
        return tally.ends("void", "; ".join(faults))
    if quorum is not None and not quorum.met:
        why = f"có {quorum.present}/{quorum.base} tham gia, cần {quorum.needed}"
        return tally.ends("no_quorum", why)
    if (rule.form or ballot.form) == "approve" and ballot.purpose != "tie":
        return _approve(tally)
    return _choose(tally, places)


def counted(assessment: Assessment) -> tuple[tuple[Ballot, BallotResult], ...]:
    """Every recorded ballot with what came of it."""
    ballots = in_fixed_order(assessment.snapshot).ballots
    return tuple(zip(ballots, assessment.ballots, strict=bool(assessment.ballots)))


def tell_beyond_limit(scene: Scene, place: str, number: int, limit: int) -> None:
    """A finding on a ballot that the rules do not allow any more."""
    scene.findings.warning(
        "ballot_beyond_limit",
        place,
        f"Phiếu bầu lần {number} vượt số lần bầu cho phép ({limit}).",
        "Chuyển sang bước tiếp theo của quy định.",
    )


def void(scene: Scene, ballot: Ballot, why: str) -> Count:
    """A ballot that decides nothing because its tie does not exist (any more)."""
    return _tally(scene, ballot).ends("void", why)


def _approve(tally: _Tally) -> Count:
    ballot = tally.ballot

    def enough(unit: str) -> bool:
        if tally.needed is not None:
            return tally.votes[unit] >= tally.needed
        against = ballot.against.get(unit, 0)
        if tally.rule.written:
            against += ballot.written_against.get(unit, 0)
        return tally.votes[unit] > against

    passed = tuple(u for u in tally.votes if enough(u))
    return tally.ends("passed" if passed else "failed", tally.words("phiếu đồng ý"), passed)


def _choose(tally: _Tally, places: int) -> Count:
    votes = tally.votes
    able = sorted(
        (u for u, n in votes.items() if tally.needed is None or n >= tally.needed),
        key=lambda u: (-votes[u], u),
    )
    why = tally.words("phiếu")
    if not able:
        return tally.ends("failed", why)
    if len(able) <= places:
        return tally.ends("elected", why, able)
    edge = votes[able[places - 1]]
    ahead = [u for u in able if votes[u] > edge]
    level = [u for u in able if votes[u] == edge]
    if len(ahead) + len(level) == places:
        return tally.ends("elected", why, [*ahead, *level])
    return tally.ends("tied", why, ahead, level)


def _base_count(ballot: Ballot, rule: BallotRule) -> int | None:
    own = {
        "members": ballot.members,
        "present": ballot.present,
        "issued": ballot.issued,
        "valid": ballot.valid,
    }[rule.base]
    if own is None or rule.base == "members" or not rule.written:
        return own
    return own + (ballot.written_returned or 0)


def _needed(rule: BallotRule, base_count: int | None) -> int | None:
    if rule.percent is None or base_count is None:
        return None
    share = Fraction(rule.percent) * base_count / 100
    return math.floor(share) + 1 if rule.strict else math.ceil(share)


def _quorum(ballot: Ballot, rule: BallotRule) -> QuorumResult | None:
    came = _came(ballot, rule)
    if rule.quorum is None or ballot.members is None or came is None:
        return None
    taking_part = came + ((ballot.written_returned or 0) if rule.written else 0)
    share = Fraction(rule.quorum.percent) * ballot.members / 100
    needed = math.floor(share) + 1 if rule.quorum.strict else math.ceil(share)
    return QuorumResult(ballot.members, needed, taking_part, taking_part >= needed)


def _came(ballot: Ballot, rule: BallotRule) -> int | None:
    counted = rule.quorum.counted if rule.quorum is not None else "present"
    return ballot.present if counted == "present" else ballot.returned


def _base_words(rule: BallotRule) -> str:
    return {
        "members": "tổng số thành viên",
        "present": "số người có mặt",
        "issued": "số phiếu phát ra",
        "valid": "số phiếu hợp lệ",
    }[rule.base]


def _sequence(ballot: Ballot) -> tuple[tuple[int | None, str], ...]:
    """The counts of a ballot, of which none may exceed the one before."""
    return (
        (ballot.members, "số thành viên"),
        (ballot.present, "số người có mặt"),
        (ballot.issued, "số phiếu phát ra"),
        (ballot.returned, "số phiếu thu về"),
        (ballot.valid, "số phiếu hợp lệ"),
    )


def faults_of(ballot: Ballot, rule: BallotRule, places: int, names: Mapping[str, str]) -> list[str]:
    """Every number that contradicts another, in words; ``names`` of those who stand, by key."""
    faults: list[str] = []

    def at_most(small: int | None, large: int | None, words: str) -> None:
        if small is not None and large is not None and small > large:
            faults.append(f"{words} ({small} > {large})")

    known = [(n, words) for n, words in _sequence(ballot) if n is not None]
    for (more, large), (fewer, small) in pairwise(known):
        at_most(fewer, more, f"{small} lớn hơn {large}")
    parts = (ballot.valid, ballot.invalid, ballot.blank)
    if ballot.returned is not None and ballot.valid is not None:
        total = sum(p or 0 for p in parts)
        if total != ballot.returned and (None not in parts or total > ballot.returned):
            faults.append(
                f"hợp lệ + không hợp lệ + trắng = {total}, khác số thu về {ballot.returned}"
            )
    if ballot.members is not None and ballot.present is not None:
        absent = ballot.members - ballot.present
        at_most(
            ballot.written_returned, max(absent, 0), "ý kiến bằng văn bản nhiều hơn số vắng mặt"
        )
    papers = min((n for n, _ in _sequence(ballot) if n is not None), default=None)
    written = ballot.written_returned
    if ballot.written or ballot.written_against:
        most = 0 if ballot.members is None else ballot.members - (ballot.present or 0)
        written = written if written is not None or ballot.members is None else most
    form = rule.form or ballot.form
    for votes, against, most_, certain, words in (
        (ballot.votes, ballot.against, papers, ballot.valid is not None, "phiếu hợp lệ"),
        (
            ballot.written,
            ballot.written_against,
            written,
            ballot.written_returned is not None,
            "ý kiến bằng văn bản",
        ),
    ):
        if most_ is None:
            continue
        for unit in sorted({*votes, *against}):
            named = votes.get(unit, 0) + against.get(unit, 0)
            if named > most_:
                who = names.get(unit, unit)
                faults.append(f"{who} có {named} phiếu, nhiều hơn {most_} {words}")
        if form == "choose":
            cast = sum(votes.values())
            if cast > most_ * places:
                faults.append(f"tổng số phiếu bầu {cast} nhiều hơn {most_} {words}")
            elif certain and places == 1 and votes and cast + sum(against.values()) < most_:
                faults.append(f"tổng số phiếu bầu {cast} ít hơn {most_} {words}")
    return faults
