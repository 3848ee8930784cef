"""Which rows a package is about, and which of them its sender may change.

A unit answers for its own round, its registrations and the papers behind its scores; the
department for its own hands (with council and agencies), for grounds of bonus and deduction and
for what bars from awards; the leader for the rest. What a workspace has sent itself in one of
these kinds is its own: nobody else's package changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.snapshot import Unit
from app.exchange.packages import Contents, Kind
from app.operations.exchange.rows import EVIDENCE, RANKING, TABLES, Key
from app.operations.loading import PackSet
from app.persistence import books

UNIT_HANDS: Final = frozenset({"unit"})
LEADER_HANDS: Final = frozenset({"unit", "leader"})
OFFICE_HANDS: Final = frozenset({"department", "council", "agency"})
ALL_HANDS: Final = UNIT_HANDS | LEADER_HANDS | OFFICE_HANDS

_NAME: Final = {
    "own": {books.OWN_CRITERIA.name, books.REGISTRATIONS.name, books.TARGETS.name},
    "office": {
        books.BONUS.name,
        books.DEDUCTIONS.name,
        books.STANDING.name,
        books.CONDITIONS.name,
        books.DECISIONS.name,
        books.EXPLANATIONS.name,
    },
    "return": {
        books.ACTIVITIES.name,
        books.DUTY_STATES.name,
        books.CONFERENCES.name,
        books.AWARDS.name,
    },
    "table": {
        TABLES,
        RANKING,
        books.PARAMETER_CHOICES.name,
        books.CLUSTERS.name,
        books.UNITS.name,
        books.OWN_CRITERIA.name,
        books.QUOTAS.name,
        books.DEADLINES.name,
    },
}
_BY_ROUND: Final = frozenset(
    {books.ENTRIES.name, books.ROUND_STATES.name, books.TOTALS.name, EVIDENCE}
)
_BY_CLUSTER: Final = {
    books.CLUSTERS.name: 1,
    books.BALLOTS.name: 3,
    books.QUOTAS.name: 2,
    books.DEADLINES.name: 2,
    books.DUTY_STATES.name: 3,
}
_NOT_OF_A_UNIT: Final = frozenset(
    {
        TABLES,
        RANKING,
        books.PARAMETER_CHOICES.name,
        books.DECISIONS.name,
        books.CONFERENCES.name,
        books.ACTIVITIES.name,
        books.PROPOSALS.name,
        books.AWARDS.name,
    }
)
_UNIT_AT: Final = {books.DEADLINE_EXCEPTIONS.name: 2}

Test = Callable[[Key], bool]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a package is about: one unit, one cluster, or (neither) the whole year.

    ``hands`` says whose each round is; ``members`` are the units of the cluster; ``cells`` are the
    cells that an agency was asked about (unit, criterion, round).
    """

    kind: Kind
    hands: Mapping[str, str]
    unit: str = ""
    cluster: str = ""
    members: frozenset[str] = frozenset()
    cells: frozenset[tuple[str, str, str]] = frozenset()

    def covers(self, key: Key) -> bool:
        """Whether a row belongs to the share of the year that such a package holds."""
        match self.kind:
            case Kind.SELF_SCORE:
                return self._of_unit(key)
            case Kind.APPRAISAL:
                return self._of_cluster(key) and self._of_office(key)
            case Kind.CRITERIA_TABLE:
                return self._of_cluster(key) and key[0] in _NAME["table"]
            case Kind.RULE_PACK:
                return key[0] == TABLES
            case Kind.YEARLY_RETURN:
                return self._of_cluster(key) and key[0] in _NAME["return"]
            case Kind.FIGURES_SUPPLY | Kind.FIGURES_REQUEST:
                return key[0] == books.ENTRIES.name and key[1:4] in self.cells
        return self._of_cluster(key)

    def grants(self, key: Key) -> bool:
        """Whether the sender may change a row of that share."""
        if not self.covers(key):
            return False
        if self.kind is Kind.FOR_APPRAISAL and key[0] in _BY_ROUND:
            return self.hand(key) in LEADER_HANDS
        return True

    def hand(self, key: Key) -> str:
        """Whose round a row belongs to; empty where it belongs to none."""
        if key[0] not in _BY_ROUND:
            return ""
        place = 2 if key[0] in (books.ROUND_STATES.name, books.TOTALS.name) else 3
        return self.hands.get(key[place], "")

    def _of_unit(self, key: Key) -> bool:
        if len(key) < 2 or key[1] != self.unit:
            return False
        if key[0] in _BY_ROUND:
            return self.hand(key) in UNIT_HANDS
        return key[0] in _NAME["own"] or key[0] == books.EXPLANATIONS.name

    def _of_office(self, key: Key) -> bool:
        return self.hand(key) in OFFICE_HANDS if key[0] in _BY_ROUND else key[0] in _NAME["office"]

    def _of_cluster(self, key: Key) -> bool:
        if not self.cluster or key[0] in _NOT_OF_A_UNIT:
            return True
        if key[0] in _BY_CLUSTER:
            return key[_BY_CLUSTER[key[0]]] in ("", self.cluster)
        return key[_UNIT_AT.get(key[0], 1)] in self.members


def hands_of(packs: PackSet) -> dict[str, str]:
    """Whose round each round is, over all tables of the year."""
    all_packs = (*packs.companions, packs.main)
    return {rules.id: rules.hand for pack in all_packs for rules in pack.rules.rounds}


def scope_of(
    kind: Kind, packs: PackSet, units: Mapping[str, Unit], unit: str = "", cluster: str = ""
) -> Scope:
    """The scope of a kind in a year of these tables and units."""
    members = frozenset(u.id for u in units.values() if u.cluster == cluster)
    return Scope(kind, hands_of(packs), unit, cluster, members)


def about_of(contents: Contents) -> tuple[str, str]:
    """The unit and the cluster that a package says it is about, from its facts."""
    facts = contents.facts or {}
    units = [row for row in facts.get("units", ()) if isinstance(row, Mapping)]
    clusters = [row for row in facts.get("clusters", ()) if isinstance(row, Mapping)]
    if contents.head.kind is Kind.SELF_SCORE:
        unit = contents.head.sender.unit or ""
        if not unit and len(units) == 1:
            unit = str(units[0].get("id", ""))
        return unit, ""
    return "", str(clusters[0].get("id", "")) if len(clusters) == 1 else ""
