"""The smallest change of one criterion that turns an order round, tried on the engine itself.

A change moves the points of one cell by whole steps (0.01, or the last printed decimal), the last
step up to the maximum or down to 0 may be shorter. Each answer was tried: with the change the
order is turned round, with one step less it is not, and with no step nothing is. Levers that move
a total alike are tried once for all. Where more points always help, there is no smaller change;
where conditions of the pack turn against more points, one may have been passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from app.domain.snapshot import Entry
from app.scoring.assessment import Assessment
from app.scoring.levers import Lever, Levers, step_of
from app.scoring.live import Live
from app.scoring.neighbours import IN, Neighbours, Values

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
        turned = _at_award(two) if two.award is not None else _in_ranking(two)
        found: list[Lever] = []
        if two.behind is not None:
            found += self.levers.of(two.behind, up=True)
        if two.ahead is not None:
            found += self.levers.of(two.ahead, up=False)
        return self._smallest(found, turned, self._guess(two))

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

    def _smallest(self, levers: Iterable[Lever], turned: Turned, guess: int) -> Swap | None:
        alike: dict[object, list[Lever]] = {}
        for lever in sorted(levers, key=self._wish):
            alike.setdefault((lever.unit, lever.up, lever.kind), []).append(lever)
        best: tuple[Lever, int] | None = None
        for group in alike.values():
            widest = max(group, key=lambda lever: lever.room)
            most = widest.steps(self.step) if best is None else best[1] - 1
            most = min(most, widest.steps(self.step))
            steps = self._fewest(widest, most, turned, guess) if most > 0 else None
            if steps is not None:
                best = self._named(group, widest, steps, turned) or best
            if best is not None and best[1] == 1:
                break
        if best is None:
            return None
        lever, steps = best
        amount = lever.amount(steps, self.step)
        entry = lever.entry(amount)
        return Swap(lever.unit, lever.code, lever.up, lever.start, amount, entry)

    def _wish(self, lever: Lever) -> bool:
        """Those that are named first come first; otherwise the order stays as it is."""
        return (lever.unit, lever.code) not in self.first

    def _fewest(self, lever: Lever, most: int, turned: Turned, guess: int) -> int | None:
        """The fewest steps of a lever that turn the order, up to ``most``."""
        low, high = 0, None
        for steps in sorted({n for n in (guess, guess + 1, 2 * guess, most) if 0 < n <= most}):
            if self._turns(lever, steps, turned):
                high = steps
                break
            low = steps
        if high is None:
            return None
        while high - low > 1:
            middle = (low + high) // 2
            if self._turns(lever, middle, turned):
                high = middle
            else:
                low = middle
        return high

    def _named(
        self, group: Iterable[Lever], widest: Lever, steps: int, turned: Turned
    ) -> tuple[Lever, int] | None:
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
