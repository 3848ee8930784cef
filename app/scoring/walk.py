"""One award in one place of competition: down the ranks until the places are used up."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from app.rules.awards import Award, RankPlaces
from app.rules.base import open_parameter
from app.scoring.assessment import OpenQuestion, QuestionOutcome
from app.scoring.ballots import candidates, count_ballot, rule_for, tell_beyond_limit
from app.scoring.book import Pool
from app.scoring.ladder import Group
from app.scoring.ties import settle

if TYPE_CHECKING:
    from app.scoring.awards import AwardRun


NO_LIMIT = 10**9
"""More places than there are units anywhere."""


class Walk:
    """Goes through the tie groups of a pool, best first.

    A group that fits into the places that are left is proposed whole. A group that does not
    fit is a tie at the cut and goes to the chain. Units that another award has taken are
    passed over; units whose tie there is not settled yet wait here too, and only as many
    places as the losers of that tie may need are set aside for them.
    """

    def __init__(
        self,
        run: AwardRun,
        award: Award,
        cluster: str | None,
        pool: Pool,
        first: int,
        last: int,
    ) -> None:
        self.run = run
        self.book = run.book
        self.award = award
        self.cluster = cluster
        self.pool = pool
        self.first = first
        self.last = last
        self.by_rank = isinstance(award.places, RankPlaces)
        self.left = last
        self.freed = 0
        self.reached: set[str] = set()
        self.held: list[str] = []
        self.behind: list[Group] = []

    def down(self) -> None:
        """Proposes, ties, holds and refuses; writes everything into the book."""
        taken = self._taken()
        position = 1
        for group in self.pool.groups:
            free = tuple(u for u in group if u not in taken)
            places = self.left
            if self.by_rank:
                places = self._places_for(position, group) + self._freed_for(position, group, free)
            position += len(group)
            if free:
                self._group(free, places)
        self._reserves()
        self._ask_about_held()
        self._refuse()

    def _taken(self) -> set[str]:
        if self.award.beside == "yes":
            return set()
        return {
            unit
            for other in self.award.excludes
            for unit in self.book.with_state(other, "proposed", "held")
        }

    def _waiting(self, units: Group) -> tuple[Group, int]:
        """Units whose tie at an excluded award is open, and how many of them may lose it."""
        if self.award.beside == "yes":
            return (), 0
        for other in self.award.excludes:
            for level, places in self.book.pending.get(other, ()):
                inside = tuple(u for u in units if u in level)
                if inside:
                    return inside, min(len(inside), len(level) - places)
        return (), 0

    def _places_for(self, position: int, group: Group) -> int:
        """How many places by rank this group may take: its overlap with the rewarded ranks."""
        end = position + len(group) - 1
        return max(0, min(self.last, end) - max(self.first, position) + 1)

    def _freed_for(self, position: int, group: Group, free: Group) -> int:
        """How many places that units of better ranks gave up this group may take besides."""
        more = max(0, min(self.freed, len(free) - self._places_for(position, group)))
        self.freed -= more
        return more

    def _group(self, units: Group, places: int) -> None:
        if places <= 0:
            self.behind.extend(self.pool.ladder.steps(units))
            return
        waiting, may_lose = self._waiting(units)
        sure = tuple(u for u in units if u not in waiting)
        self._wait(waiting)
        if len(sure) + may_lose <= places:
            self.left -= may_lose
            for unit in sure:
                self._place(unit)
        elif waiting:
            self._wait(sure)
            self.left = 0
        else:
            self._cut(sure, places)

    def _wait(self, units: Group) -> None:
        for unit in units:
            self.reached.add(unit)
            why = "Chờ kết quả của trường hợp bằng nhau ở mức khen thưởng trên"
            self.run.line(self.award, unit, "tied", "tie_above", why)

    def _cut(self, units: Group, places: int) -> None:
        """Cuts a group that is too large; what earlier ties settled inside it holds (A31).

        Who comes to a place whatever a vote may bring has it; the vote is between the others of
        whom none lost to another.
        """
        ladder = self.pool.ladder
        foremost = ladder.foremost(units)
        certain = ladder.sure_of(units, places) or (foremost if len(foremost) <= places else ())
        if not certain:
            self._tie(foremost, places, units)
            return
        freed, left = self.freed, self.left
        for unit in certain:
            self._place(unit)
        rest = tuple(u for u in units if u not in certain)
        self.freed -= min(self.freed - freed, len(rest))
        self._group(rest, places - (left - self.left))

    def _tie(self, units: Group, places: int, group: Group) -> None:
        """Settles a tie for some places; the rest of its group stands behind it."""
        run = self.run
        settled = settle(run.scene, self.award, self.cluster, units, places, run.standings)
        self.book.ties.append(settled.tie)
        self.book.ballots.extend(settled.ballots)
        losers = tuple(u for u in group if u not in settled.winners and u not in settled.level)
        if settled.question is not None:
            self.book.questions.append(settled.question)
            self.book.pending.setdefault(self.award.id, []).append(
                (settled.level, settled.places_left)
            )
            for unit in settled.level:
                self.reached.add(unit)
                run.line(self.award, unit, "tied", "tie_at_cut", settled.question.what)
        freed = self.freed
        for unit in settled.winners:
            self._place(unit, settled.tie.how)
        self.left -= settled.places_left
        if settled.tie.resolved_by is not None:
            for cluster in {run.standings[u].unit.cluster for u in units}:
                run.orders[cluster].part(units, settled.winners, settled.tie.resolved_by)
        if losers:
            given_up = min(self.freed - freed, len(losers))
            self.freed -= given_up
            self._group(losers, given_up)

    # --- one unit -----------------------------------------------------------------------

    def _place(self, unit: str, why: str = "") -> None:
        """Gives a place to a unit, or says what stands in the way."""
        self.reached.add(unit)
        run, award = self.run, self.award
        if self._given_up(unit):
            return
        held = run.standings[unit].blocked("held", award.id)
        if held is not None:
            self.left -= 1
            self.held.append(unit)
            run.line(award, unit, "held", "held", f"Chưa xét: {held.title}", held.clause)
            return
        unknown = self._unknown(unit)
        if unknown is not None:
            parameter, what = unknown
            self.left -= 1
            run.line(award, unit, "held", "condition_unrecorded", what)
            outcomes = (
                QuestionOutcome("met", f"{award.title}: {run.scene.units[unit].name}"),
                QuestionOutcome("unmet", "không đề nghị; chỗ dành cho đơn vị kế tiếp"),
            )
            self.book.questions.append(
                OpenQuestion(f"open:{parameter}:{unit}", parameter, (unit,), what, outcomes)
            )
            return
        if award.needs_ballot and not self._passed(unit):
            return
        self.left -= 1
        rank = run.orders[run.standings[unit].unit.cluster].ranks().get(unit)
        reason = why or (f"Xếp thứ {rank}" if rank is not None else "Đạt điều kiện")
        run.line(award, unit, "proposed", "chosen_in_tie" if why else "by_rank", reason)

    def _given_up(self, unit: str) -> bool:
        """Whether a unit withdrew after the conference; its place goes where it was decided."""
        decided = self.run.place_of(self.award, unit)
        if decided is None:
            return False
        where = "chỗ chuyển cho đơn vị kế tiếp"
        if decided == "left_empty":
            self.left -= 1
            where = "chỗ để trống"
        else:
            self.freed += 1
        why = f"Không nhận đề nghị sau hội nghị; {where}"
        self.run.line(self.award, unit, "refused", "withdrawn", why)
        return True

    def _unknown(self, unit: str) -> tuple[str, str] | None:
        """A condition that nobody recorded: never assumed (A46)."""
        run = self.run
        name = run.scene.units[unit].name
        if run.meets(self.award, unit) is None:
            return self.award.id, f"{name}: chưa đủ căn cứ xét điều kiện của {self.award.title}"
        for condition in self.award.conditions:
            if run.condition(unit, condition) is None:
                item = next((c for c in run.scene.rules.conditions if c.id == condition), None)
                title = item.title if item is not None else condition
                return condition, f"{name}: chưa ghi nhận điều kiện “{title}”"
        return None

    def _passed(self, unit: str) -> bool:
        """Whether the required ballot approved the unit; without a valid one the place waits."""
        run, award = self.run, self.award
        about = [
            b
            for b in run.scene.snapshot.ballots
            if b.purpose == "award" and b.award == award.id and unit in candidates(b)
        ]
        name, why = run.scene.units[unit].name, ""
        for ballot in sorted(about, key=lambda b: b.number, reverse=True):
            limit = rule_for(run.scene, ballot).max
            if limit is not None and ballot.number > limit:
                tell_beyond_limit(run.scene, award.title, ballot.number, limit)
                continue
            places = ballot.places or min(self.last, len(candidates(ballot)))
            count = count_ballot(run.scene, ballot, places)
            if ballot not in [counted for counted, _ in self.book.ballots]:
                self.book.ballots.append((ballot, count.result))
            if unit in count.elected:
                return True
            if count.result.outcome in ("passed", "failed", "elected"):
                why = f"Không đủ phiếu tán thành: {count.result.why}"
                run.line(award, unit, "refused", "ballot_failed", why, count.result.clause)
                return False
            why = f"; lần {ballot.number}: {count.result.why}"
        self.left -= 1
        what = f"{name}: chưa có kết quả bỏ phiếu cho {award.title}{why}"
        run.line(award, unit, "held", "ballot_missing", what)
        outcomes = (
            QuestionOutcome("passed", award.title),
            QuestionOutcome("failed", "không đề nghị"),
        )
        question = OpenQuestion(f"open:ballot:{award.id}:{unit}", "ballot", (unit,), what, outcomes)
        self.book.questions.append(question)
        return False

    # --- after the walk -----------------------------------------------------------------

    def _reserves(self) -> None:
        """The next units; equal ones at the last reserve place are all listed."""
        wanted = self.award.reserve
        for units in self.behind:
            group = tuple(u for u in units if self.run.place_of(self.award, u) is None)
            if wanted <= 0:
                return
            why = "Dự bị theo thứ tự xếp hạng"
            why += "" if len(group) <= wanted else "; bằng nhau ở chỗ dự bị cuối"
            for unit in group:
                self.run.line(self.award, unit, "reserve", "reserve", why)
            wanted -= len(group)

    def _ask_about_held(self) -> None:
        """A held unit at a place: both outcomes are shown, nothing is chosen (A38)."""
        run = self.run
        waiting = [list(group) for group in self.behind]
        for unit in self.held:
            if run.held_choice(self.award, unit) == "held":
                continue
            name = run.scene.units[unit].name
            passed = "không còn ai kế tiếp"
            if waiting:
                heirs = [run.scene.units[u].name for u in waiting[0]]
                passed = f"chuyển cho {' hoặc '.join(heirs)}"
                waiting[0].pop()
                waiting = [group for group in waiting if group]
            outcomes = (
                QuestionOutcome("held", f"giữ chỗ cho {name} đến khi có kết luận"),
                QuestionOutcome("passed_on", passed),
            )
            what = f"{name} đang ở diện chưa xét và đứng ở vị trí được {self.award.title}"
            question = f"held:{self.award.id}:{unit}"
            parameter = open_parameter(self.award.held, "held")
            self.book.questions.append(OpenQuestion(question, parameter, (unit,), what, outcomes))

    def _refuse(self) -> None:
        """Lists refused units that stand before the last place, or all where places are left."""
        places_left = not self.by_rank and self.left > 0
        order = {u: i for i, u in enumerate(self.pool.order)}
        last: float = max((order[u] for u in self.reached if u in order), default=math.inf)
        for refusal in self.pool.refused:
            if places_left or refusal.unit not in order or order[refusal.unit] <= last:
                self.run.line(
                    self.award,
                    refusal.unit,
                    "refused",
                    refusal.code,
                    refusal.reason,
                    refusal.clause,
                )
