"""The ranking of one cluster: who is level by the figures, and whom a vote put before whom.

A ballot or a decision parts those who were in it and nobody else ("Trường hợp có từ 02 đơn vị trở
lên có số điểm bằng nhau thì tiến hành bỏ phiếu": the vote is between those units). A unit of the
same total that was not in it, being barred, passed over or short of a condition (A37, A38), keeps
the rank that its points give, beside the winner; only who lost a vote stands behind it, and ranks
skip as ever: winner and outsider 1, loser 3. For the next award the loser and the outsider are
level all the same, since no vote was held between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Group = tuple[str, ...]
"""Units that are level with each other."""


@dataclass(slots=True)
class Order:
    """The ranking of one cluster: groups of equal figures, best first, and those listed apart.

    ``ahead``: for each unit that lost a settled tie, all whom ties put before it.
    ``decided`` says what put a unit before the next ("total", "keys", "ballot", "decision").
    """

    cluster: str
    groups: list[Group]
    apart: Group
    decided: dict[str, str] = field(default_factory=dict)
    ahead: dict[str, frozenset[str]] = field(default_factory=dict)

    def part(self, tied: Sequence[str], first: Sequence[str], how: str) -> None:
        """Puts ``first`` before the rest of ``tied``, as a ballot or decision settled it.

        What an earlier tie settled between two of them stays.
        """
        members = frozenset(tied)
        level = any(members <= set(group) for group in self.groups)
        if not level or any(self.ahead.get(unit, frozenset()) & members for unit in members):
            return
        losers = members.difference(first)
        above = members.intersection(first).union(*(self.ahead.get(u, ()) for u in first))
        below = losers | {unit for unit, others in self.ahead.items() if others & losers}
        for unit in below if above else ():
            self.ahead[unit] = self.ahead.get(unit, frozenset()) | above
        self.decided.update(dict.fromkeys(members, how))

    def foremost(self, units: Iterable[str]) -> Group:
        """Those of some level units before whom no tie has put another of them."""
        inside = tuple(units)
        return tuple(u for u in inside if not self.ahead.get(u, frozenset()).intersection(inside))

    def sure_of(self, units: Sequence[str], places: int) -> Group:
        """Those of some level units who come to so many places however the rest is settled."""
        behind = {u: sum(u in self.ahead.get(other, ()) for other in units) for u in units}
        return tuple(u for u in units if len(units) - behind[u] <= places)

    def steps(self, units: Sequence[str]) -> list[Group]:
        """Level units in steps: on the first those who lost to none of them, and so on down.

        Each stands as high as the ties that it lost allow.
        """
        steps: list[Group] = []
        left = tuple(units)
        while left:
            steps.append(self.foremost(left))
            left = tuple(u for u in left if u not in steps[-1])
        return steps

    def parts(self, units: Sequence[str]) -> list[Group]:
        """Level units cut where ties have put everybody above before everybody below."""
        if not self.ahead:
            return [tuple(units)] if units else []
        lost_to = {u: len(self.ahead.get(u, frozenset()).intersection(units)) for u in units}
        down = sorted(units, key=lambda u: lost_to[u])
        parts: list[Group] = []
        start = 0
        for end in range(1, len(down) + 1):
            above, below = frozenset(down[:end]), down[end:]
            if all(above <= self.ahead.get(u, frozenset()) for u in below):
                parts.append(tuple(down[start:end]))
                start = end
        return parts

    def rows(self) -> list[Group]:
        """The ranked units, best first; who shares a row shares a rank."""
        if not self.ahead:
            return self.groups
        return [row for group in self.groups for row in self.steps(group)]

    def ranks(self) -> dict[str, int]:
        """Competition ranks: 1, 2, 2, 4."""
        ranks: dict[str, int] = {}
        position = 1
        for units in self.rows():
            for unit in units:
                ranks[unit] = position
            position += len(units)
        return ranks

    def decider(self, unit: str, beside: Sequence[str]) -> str | None:
        """What put a unit where it is, ``beside`` others on its row; ``None``: it is just level.

        The winner of a tie says so also beside a unit that was not in it.
        """
        if not beside:
            return self.decided.get(unit, "total")
        parted = set(self.ahead).union(*self.ahead.values())
        return self.decided[unit] if unit in parted and not parted & set(beside) else None
