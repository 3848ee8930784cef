"""Settling a tie that straddles an award cut-off, by the pack's chain and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from app.domain.snapshot import Ballot
from app.ground.numbers import vietnamese
from app.rules.awards import AuthorityStep, Award, BallotStep, KeysStep
from app.scoring.assessment import BallotResult, OpenQuestion, QuestionOutcome, Tie
from app.scoring.ballots import candidates, count_ballot, rule_for, rule_of, tell_beyond_limit
from app.scoring.rank_keys import RankKey
from app.scoring.scene import Scene
from app.scoring.standings import Standing, rank_value


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of a tie: who took the places, who is still level, and the record."""

    tie: Tie
    winners: tuple[str, ...]
    level: tuple[str, ...]
    places_left: int
    ballots: tuple[tuple[Ballot, BallotResult], ...]
    question: OpenQuestion | None


def tie_id(award: str, units: Sequence[str]) -> str:
    """The deterministic id of a tie: its units sorted."""
    return f"tie:{award}:{'+'.join(sorted(units))}"


def settle(
    scene: Scene,
    award: Award,
    cluster: str | None,
    units: Sequence[str],
    places: int,
    standings: Mapping[str, Standing],
) -> Settlement:
    """Goes down the chain until ``places`` of the tied ``units`` are chosen.

    Each step may settle some of the places and leave a smaller tie to the next. Keys that come
    after ballots wait until these were held. A recorded decision settles what the chain has left
    open (A7, A31).
    """
    work = _Work(scene, award, cluster, tuple(sorted(units)), places, standings)
    for step in scene.rules.ties.chain:
        if not work.level:
            break
        match step:
            case BallotStep():
                work.ballots(step.max)
                if work.step is not None:
                    break
            case KeysStep():
                work.keys(step)
            case AuthorityStep():
                work.decision()
    if work.level:
        work.decision()
    return work.settlement()


class _Work:
    """The state of one settlement while the chain is walked."""

    def __init__(
        self,
        scene: Scene,
        award: Award,
        cluster: str | None,
        units: tuple[str, ...],
        places: int,
        standings: Mapping[str, Standing],
    ) -> None:
        self.scene = scene
        self.award = award
        self.cluster = cluster
        self.units = units
        self.places = places
        self.standings = standings
        self.id = tie_id(award.id, units)
        self.winners: list[str] = []
        self.level = units
        self.by: Literal["ballot", "keys", "decision"] | None = None
        self.how: list[str] = []
        self.clause = scene.rules.ties.clause
        self.counted: list[tuple[Ballot, BallotResult]] = []
        self.seen: list[Ballot] = []
        self.beyond: list[tuple[int, int]] = []
        self.allowed = 0
        self.totals = {u: rank_value(scene, standings[u].card) for u in units}
        self.step: Literal["ballot", "keys", "authority"] | None = None
        self.vote = 1

    @property
    def left(self) -> int:
        """The places that are not yet given."""
        return self.places - len(self.winners)

    def take(
        self,
        winners: Sequence[str],
        level: Sequence[str],
        by: Literal["ballot", "keys", "decision"],
        how: str,
    ) -> None:
        """Records that some units were chosen and which are still level."""
        if winners or not level:
            self.by = by
        self.winners.extend(winners)
        self.how.append(how)
        self.level = tuple(sorted(level)) if self.left else ()

    def ballots(self, most: int) -> None:
        """Counts the next ballots, at most so many, that were held on exactly this tie.

        A ballot that says with which totals, or for how many places, it was held counts only
        while these are the same: what a ballot decides is the tie that it was opened for.
        """
        held = sorted(
            (
                b
                for b in self.scene.snapshot.ballots
                if b.purpose == "tie"
                and b.award == self.award.id
                and (b.cluster is None or b.cluster == self.cluster)
                and b not in self.seen
            ),
            key=lambda b: b.number,
        )
        limit = self.allowed + most
        for ballot in held:
            about = candidates(ballot)
            if not self.level or about not in (frozenset(self.level), frozenset(self.units)):
                continue
            if self._is_another(ballot):
                continue
            allowed = rule_for(self.scene, ballot).max or limit
            if ballot.number > allowed:
                self.beyond.append((ballot.number, allowed))
                continue
            self.seen.append(ballot)
            self._count(ballot)
        self.allowed = limit
        rule = rule_of(self.scene.rules.ballots, "tie", self.award.id)
        if self.level and self.vote <= (rule.max or limit):
            self.step = "ballot"

    def _is_another(self, ballot: Ballot) -> bool:
        """Whether a ballot was held on the same units with other totals or for other places."""
        if ballot.totals and dict(ballot.totals) != self.totals:
            return True
        return ballot.places is not None and ballot.places != self.left

    def _count(self, ballot: Ballot) -> None:
        count = count_ballot(self.scene, ballot, self.left)
        if count.result.outcome not in ("void", "no_quorum"):
            self.vote = max(self.vote, ballot.number + 1)
        self.counted.append((ballot, count.result))
        how = f"bỏ phiếu lần {ballot.number}: {count.result.why}"
        elected = [u for u in count.elected if u in self.level]
        if count.result.outcome == "elected":
            rest = [u for u in self.level if u not in elected]
            self.take(elected, rest if len(elected) < self.left else (), "ballot", how)
        elif count.result.outcome == "tied":
            level = [u for u in count.level if u in self.level]
            self.take(elected, level or self.level, "ballot", how)
        else:
            self.how.append(how)

    def keys(self, step: KeysStep) -> None:
        """Compares the units by the named keys in order; an unknown number decides nothing."""
        for key in (RankKey(self.scene, key) for key in step.keys):
            values = {u: key.value(self.standings[u]) for u in self.level}
            known = {u: v for u, v in values.items() if v is not None}
            if len(known) < len(values):
                self.step = self.step or "keys"
                missing = self._listed(u for u in self.level if u not in known)
                self.how.append(f"chưa có số liệu để xét thứ tự ưu tiên {key.name}: {missing}")
                return
            ordered = sorted(self.level, key=lambda u: (-known[u], u))
            edge = known[ordered[self.left - 1]]
            ahead = [u for u in ordered if known[u] > edge]
            level = [u for u in ordered if known[u] == edge]
            if len(ahead) + len(level) == self.left:
                ahead, level = [*ahead, *level], []
            if len(level) < len(self.level):
                self.take(ahead, level, "keys", f"xét thứ tự ưu tiên: {key.name}")
                self.clause = key.key.clause or self.clause
            if not self.level:
                return

    def decision(self) -> None:
        """Uses what the authority decided, where it names units of this tie."""
        outcome = self.scene.decision(self.id)
        if outcome is None:
            return
        named = {u.strip() for u in outcome.replace(",", "+").split("+") if u.strip()}
        chosen = sorted(named - set(self.winners))
        if not set(chosen) <= set(self.level) or len(chosen) != self.left:
            self.scene.findings.error(
                "decision_does_not_fit",
                self.id,
                f"Quyết định chọn {self._listed(sorted(named))} không khớp với {self.left} chỗ còn "
                f"lại giữa {self._listed(self.level)}.",
                "Ghi đúng mã đơn vị được chọn, nhiều đơn vị nối bằng dấu +.",
            )
            return
        decided = next(d for d in self.scene.snapshot.decisions if d.question == self.id)
        who = decided.by or "cấp có thẩm quyền"
        self.take(chosen, (), "decision", f"quyết định của {who} {decided.reference}".strip())

    def _listed(self, units: Iterable[str]) -> str:
        """Units by name; what is no unit of this year as it was written."""
        known = self.scene.units
        return ", ".join(known[u].name if u in known else f"“{u}”" for u in units)

    def settlement(self) -> Settlement:
        """The record of what happened."""
        resolved = not self.level
        for number, limit in dict.fromkeys(self.beyond):
            tell_beyond_limit(self.scene, self.id, number, limit)
        tie = Tie(
            self.id,
            self.units,
            self.award.id,
            self.cluster,
            self.places,
            self.by if resolved else None,
            self.winners[0] if resolved and len(self.winners) == 1 else None,
            tuple(self.winners) if resolved else (),
            "; ".join(self.how) or "chưa có kết quả bỏ phiếu hoặc quyết định",
            self.clause,
            self.totals,
            self.level,
            self.left if self.level else 0,
            None if resolved else self.step or "authority",
            0 if resolved else self.vote,
        )
        question = None
        if not resolved:
            names = {u: self.scene.units[u].name for u in self.units}
            what = (
                f"{self.award.title}: {', '.join(names[u] for u in self.level)} bằng nhau, còn "
                f"{self.left} chỗ"
            )
            outcomes = tuple(
                QuestionOutcome(u, f"{self.award.title}: {names[u]}") for u in self.level
            )
            question = OpenQuestion(self.id, "tie", self.units, what, outcomes)
        return Settlement(
            tie, tuple(self.winners), self.level, self.left, tuple(self.counted), question
        )


def why_unused(
    scene: Scene, ballot: Ballot, ties: Sequence[Tie], standings: Mapping[str, Standing]
) -> str:
    """Why a ballot on a tie decides nothing now: unit by unit, what became another since then."""
    names = {u.id: u.name for u in scene.snapshot.units}
    told = [
        f"điểm của {names.get(unit, unit)} đã thay đổi từ {_points(scene, then)} thành "
        f"{_points(scene, now)} sau khi bỏ phiếu"
        for unit, then in sorted(ballot.totals.items())
        if unit in standings and (now := rank_value(scene, standings[unit].card)) != then
    ]
    about = set(ballot.totals) or set(candidates(ballot))
    for tie in ties:
        here = tie.award == ballot.award and ballot.cluster in (None, tie.cluster)
        if told or not here or not about & set(tie.units):
            continue
        joined = [names[u] for u in tie.units if u not in about]
        gone = [names.get(u, u) for u in sorted(about - set(tie.units))]
        told += [f"{name} nay cũng bằng điểm ở mép chỉ tiêu" for name in joined if ballot.totals]
        told += [f"{name} không còn trong số các đơn vị bằng điểm ở mép chỉ tiêu" for name in gone]
        if not told and ballot.places is not None and tie.resolved_by is None:
            told.append(
                f"số chỗ đã thay đổi từ {ballot.places} thành {tie.places_left} sau khi bỏ phiếu"
            )
        elif not told and ballot.places is not None and ballot.places > tie.places:
            told.append(
                f"số chỗ đã thay đổi từ {ballot.places} thành {tie.places} sau khi bỏ phiếu"
            )
        allowed = _allowed(scene, ballot)
        if not told and ballot.number > allowed:
            told.append(f"đã quá số lần bỏ phiếu cho phép ({allowed} lần)")
    return "; ".join(told) or "không có trường hợp bằng nhau nào đúng với các đơn vị được bầu"


def _allowed(scene: Scene, ballot: Ballot) -> int:
    """How many ballots the rules allow on a tie at this award, over the whole chain."""
    steps = sum(step.max for step in scene.rules.ties.chain if isinstance(step, BallotStep))
    return rule_for(scene, ballot).max or steps


def _points(scene: Scene, value: Fraction) -> str:
    return vietnamese(value, scene.scoring.digits)
