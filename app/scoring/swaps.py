"""The smallest change of one criterion that turns an order round, tried on the engine itself.

A change moves the points of one cell by whole steps (0.01, or the last printed decimal), the last
step up to the maximum or down to 0 may be shorter. Each answer was tried: with the change the
order is turned round, with one step less it is not, and with no step nothing is. Levers that move
a total alike are tried once for all. Where more points always help, there is no smaller change;
where conditions of the pack turn against more points, one may have been passed over.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.domain.snapshot import Entry
from app.scoring.assessment import Assessment
from app.scoring.levers import Lever, Levers, step_of
from app.scoring.live import Live
from app.scoring.neighbours import IN, Neighbours, Values
from app.scoring.thresholds import Edges

Found = tuple[Lever, int]
"""A lever, and by how many steps it is moved."""
Turned = Callable[[Assessment], bool]
"""Whether an assessment has the order turned round."""


@dataclass(frozen=True, slots=True)
class Swap:
    """The change: a unit's points at a criterion, from ``start`` by ``amount`` more, or fewer.

    ``entry`` is what would be typed for it.
    """

    unit: str
    criterion: str
    up: bool
    start: Fraction
    amount: Fraction
    entry: Entry

    @property
    def end(self) -> Fraction:
        """The points after the change."""
        return self.start + (self.amount if self.up else -self.amount)


class Swaps:
    """Looks for changes in one assessment; ``first`` are cells to be named rather than others."""

    def __init__(self, live: Live, first: Collection[tuple[str, str]] = ()) -> None:
        self.live = live
        self.step = step_of(live.assessment)
        self.levers = Levers(live)
        self.values = Values(live.assessment)
        self.first = first

    def between(self, two: Neighbours) -> Swap | None:
        """The smallest change after which the one behind stands before the one ahead.

        At an award: after which the one behind gets a place, or the one ahead has none. ``None``
        where no change of a single criterion does that.
        """
        turned, edges = _in_ranking(two), self.levers.thresholds.ranking
        if two.award is not None:
            turned, edges = _at_award(two), self.levers.thresholds.awards[two.award]
        found: list[Lever] = []
        if two.behind is not None:
            found += self.levers.of(two.behind, up=True)
        if two.ahead is not None:
            found += self.levers.of(two.ahead, up=False)
        return self._smallest(found, turned, edges, self._guess(two))

    def holds(self, two: Neighbours, swap: Swap) -> bool:
        """Whether a change that was found elsewhere does here what it says, and no less does."""
        turned = _at_award(two) if two.award is not None else _in_ranking(two)
        levers = self.levers.of(swap.unit, up=swap.up)
        lever = next((one for one in levers if one.code == swap.criterion), None)
        if lever is None:
            return False
        steps = math.ceil(swap.amount / self.step)
        return self._turns(lever, steps, turned) and not self._turns(lever, steps - 1, turned)

    def _guess(self, two: Neighbours) -> int:
        """How many steps the gap is wide, where nothing stands between points and the total."""
        if two.gap is None:
            return 1
        gap = abs(two.gap)
        unit = two.behind or two.ahead
        if self.values.in_percent and unit is not None:
            card = self.live.assessment.units[unit].card
            if card.percent:
                gap = gap * card.total_exact / card.percent
        return max(1, int(gap / self.step))

    def _smallest(
        self, levers: Iterable[Lever], turned: Turned, edges: Edges, guess: int
    ) -> Swap | None:
        """First those that move a total alike, then each one at which a condition may change."""
        ordered = sorted(levers, key=self._wish)
        jumps = {id(lever): self.levers.jumps(lever, edges) for lever in ordered}
        alike: dict[object, list[Lever]] = {}
        for lever in ordered:
            alike.setdefault((lever.unit, lever.up, lever.kind), []).append(lever)
        best: Found | None = None
        for group in alike.values():
            best = self._better(best, group, jumps, turned, guess)
        seen: set[object] = set()
        for lever in ordered:
            of_lever = jumps[id(lever)]
            mark = (lever.unit, lever.up, lever.kind, of_lever, lever.room)
            if of_lever and mark not in seen:
                seen.add(mark)
                best = self._beyond(best, lever, of_lever, turned)
        if best is None:
            return None
        lever, steps = best
        amount = lever.amount(steps, self.step)
        return Swap(lever.unit, lever.code, lever.up, lever.start, amount, lever.entry(amount))

    def _better(
        self,
        best: Found | None,
        group: Sequence[Lever],
        jumps: Mapping[int, tuple[Fraction, ...]],
        turned: Turned,
        guess: int,
    ) -> Found | None:
        """The best so far, or a lever of this group that does with fewer steps."""

        def free(lever: Lever) -> int:
            """The steps before any condition may change."""
            nearest = next(iter(jumps[id(lever)]), None)
            whole = lever.steps(self.step)
            return whole if nearest is None else min(whole, math.ceil(nearest / self.step) - 1)

        widest = max(group, key=free)
        most = free(widest) if best is None else min(free(widest), best[1] - 1)
        steps = self._fewest(widest, most, turned, guess) if most > 0 else None
        if steps is None:
            return best
        able = [lever for lever in group if free(lever) >= steps]
        return self._named(able, widest, steps, turned) or best

    def _beyond(
        self, best: Found | None, lever: Lever, jumps: Sequence[Fraction], turned: Turned
    ) -> Found | None:
        """The best so far, or this lever moved past a jump."""
        most = lever.steps(self.step)
        if best is not None:
            most = min(most, best[1] - 1)
        low = 0
        near = (math.ceil(jump / self.step) for jump in jumps)
        tries = {steps + more for steps in near for more in (-1, 0, 1)} | {most}
        for steps in sorted(n for n in tries if 0 < n <= most):
            if self._turns(lever, steps, turned):
                found = self._between(lever, low, steps, turned)
                return self._named([lever], lever, found, turned) or best
            low = steps
        return best

    def _wish(self, lever: Lever) -> bool:
        """Those that are named first come first; otherwise the order stays as it is."""
        return (lever.unit, lever.code) not in self.first

    def _fewest(self, lever: Lever, most: int, turned: Turned, guess: int) -> int | None:
        """The fewest steps of a lever that turn the order, up to ``most``."""
        low = 0
        for steps in sorted({n for n in (guess, guess + 1, 2 * guess, most) if 0 < n <= most}):
            if self._turns(lever, steps, turned):
                return self._between(lever, low, steps, turned)
            low = steps
        return None

    def _between(self, lever: Lever, low: int, high: int, turned: Turned) -> int:
        """The fewest steps above ``low``, which are too few, up to ``high``, which are enough."""
        while high - low > 1:
            middle = (low + high) // 2
            if self._turns(lever, middle, turned):
                high = middle
            else:
                low = middle
        return high

    def _named(
        self, group: Iterable[Lever], widest: Lever, steps: int, turned: Turned
    ) -> Found | None:
        """The lever to be named: the first of those alike for which all three trials hold."""
        tried = 0
        for lever in (*group, widest):
            if tried > 2 and lever is not widest:
                continue
            if lever.steps(self.step) < steps:
                continue
            tried += 1
            if (
                (lever is widest or self._turns(lever, steps, turned))
                and (lever is widest or not self._turns(lever, steps - 1, turned))
                and not self._turns(lever, 0, turned)
            ):
                return lever, steps
        return None

    def _turns(self, lever: Lever, steps: int, turned: Turned) -> bool:
        after = self.live.with_entries([lever.entry(lever.amount(steps, self.step))])
        if after.refusal is not None:
            return False
        now = after.assessment
        return now.scored_round == self.live.assessment.scored_round and turned(now)


def _in_ranking(two: Neighbours) -> Turned:
    def turned(now: Assessment) -> bool:
        assert two.ahead is not None
        assert two.behind is not None
        ahead, behind = now.units[two.ahead].rank, now.units[two.behind].rank
        return ahead is not None and behind is not None and behind < ahead

    return turned


def _at_award(two: Neighbours) -> Turned:
    def turned(now: Assessment) -> bool:
        states = {line.unit: line.state for line in now.awards if line.award == two.award}
        if two.behind is not None and states.get(two.behind) in IN:
            return True
        return two.ahead is not None and states.get(two.ahead) not in (*IN, "tied")

    return turned
