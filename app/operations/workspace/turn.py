"""The turn of the year: the next year out of this one, while this one is still open.

What goes over: the clusters, the units that have not left, the criteria tables as new drafts. What
does not: registrations, scores, quotas. Roles rotate: who was elected or is named leads, else last
year's deputy (Cao Bằng, Phần II, mục I.1); who becomes deputy is asked and never guessed. Answers
to open questions are listed as proposals and taken over one by one (``answers``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from app.domain.snapshot import Cluster, Unit
from app.domain.year import CriteriaTable, ParameterChoice, PeriodRecord, PinnedTable, TableState
from app.ground.canonical import digest
from app.ground.findings import Finding, Findings, UserError
from app.operations.workspace.ballot_views import BallotState, ballot_views
from app.operations.workspace.desk import Desk, Done, done, packs_of, refusal
from app.operations.workspace.years import refuse_year_there, year_record
from app.persistence import books
from app.persistence.records import Change

Role = Literal["leader", "deputy"]
Source = Literal["named", "elected", "rotated"]
ROLES: Final[tuple[Role, ...]] = ("leader", "deputy")
ROLE_WORDS: Final[Mapping[Role, str]] = {"leader": "đơn vị trưởng", "deputy": "đơn vị phó"}
SOURCE_WORDS: Final[Mapping[Source, str]] = {
    "named": "theo văn bản",
    "elected": "được bầu",
    "rotated": "đơn vị phó năm trước làm trưởng",
}


@dataclass(frozen=True, slots=True)
class NamedRole:
    """Who is named for a role of the new year, by which paper."""

    unit: str
    role: Role
    reference: str


@dataclass(frozen=True, slots=True)
class RoleTurn:
    """Who gets a role in a cluster, and why; ``unit`` is ``None`` where that is still asked."""

    cluster: str
    role: Role
    unit: str | None
    source: Source | None
    words: str


@dataclass(frozen=True, slots=True)
class YearTurn:
    """The next year as it would be opened: nothing of it is kept yet."""

    record: PeriodRecord
    clusters: tuple[Cluster, ...]
    units: tuple[Unit, ...]
    left_out: tuple[Unit, ...]
    roles: tuple[RoleTurn, ...]
    tables: tuple[CriteriaTable, ...]
    answers: tuple[ParameterChoice, ...]
    findings: tuple[Finding, ...]

    @property
    def asked(self) -> tuple[RoleTurn, ...]:
        """The roles that somebody has to be named for."""
        return tuple(turn for turn in self.roles if turn.unit is None)


def following_record(year: PeriodRecord) -> PeriodRecord:
    """The year after this one, of the same kind; raises ``UserError`` where it has no plain name.

    It begins on the day after the last one of this year, and is one year long.
    """
    parts = year.id.split("-")
    if not all(len(part) == 4 and part.isascii() and part.isdigit() for part in parts):
        raise refusal(
            "year_unreadable",
            f"Năm {year.name}",
            "Không tự đặt được tên cho năm tiếp theo.",
            "Nêu rõ tên, ngày đầu và ngày cuối của năm mới.",
        )
    start = year.end + dt.timedelta(days=1)
    leap = (start.month, start.day) == (2, 29)
    again = dt.date(start.year + 1, 3, 1) if leap else start.replace(year=start.year + 1)
    key = "-".join(str(int(part) + 1) for part in parts)
    return year_record(key, year.kind, start, again - dt.timedelta(days=1))


def look_ahead(
    desk: Desk, record: PeriodRecord | None = None, named: Sequence[NamedRole] = ()
) -> YearTurn:
    """What ``begin_next_year`` would open; raises ``UserError`` where it cannot."""
    wanted = following_record(desk.year) if record is None else record
    refuse_year_there(desk.workspace, wanted.id)
    told = Findings()
    stay = [unit for unit in desk.units.values() if unit.left is None]
    roles = tuple(_Roles(desk, stay, named, told).turns())
    given: dict[str, set[str]] = {}
    for turn in roles:
        if turn.unit is not None:
            given.setdefault(turn.unit, set()).add(turn.role)
    units = tuple(
        replace(unit, roles=frozenset(given.get(unit.id, ())), joined=None) for unit in stay
    )
    return YearTurn(
        wanted,
        tuple(desk.clusters.values()),
        units,
        tuple(unit for unit in desk.units.values() if unit.left is not None),
        roles,
        tuple(_drafts(desk, wanted)),
        desk.workspace.read(books.PARAMETER_CHOICES, desk.period),
        told.as_tuple(),
    )


def begin_next_year(
    desk: Desk, record: PeriodRecord | None = None, named: Sequence[NamedRole] = ()
) -> tuple[Desk, Done, YearTurn]:
    """Opens the year after the desk's; the desk's year stays as it is, open or closed.

    ``record`` is the year that follows unless another is given; ``named`` says who gets a role
    by which paper. Raises ``UserError`` where the year is there, or a name is none of its cluster.
    """
    turn = look_ahead(desk, record, named)
    year = turn.record
    following = Desk(desk.workspace, desk.actor, year.id)
    told = {
        "from": desk.period,
        "roles": "; ".join(role.words for role in turn.roles),
        "answers": ", ".join(choice.parameter for choice in turn.answers),
    }
    title = f"Mở năm thi đua {year.name} từ năm {desk.year.name}"
    with following.act("year.begun", title, told) as change:
        changed = change.put(books.PERIODS, year)
        changed += change.put(books.CLUSTERS, *turn.clusters)
        changed += change.put(books.UNITS, *turn.units)
        changed += change.put(books.CRITERIA_TABLES, *turn.tables)
        changed += _pin(change, turn.tables)
    return following, done(change, changed, turn.findings), turn


def _pin(change: Change, tables: Sequence[CriteriaTable]) -> int:
    pins = [PinnedTable(place, t.id, t.version) for place, t in enumerate(tables, 1)]
    return change.put(books.PINNED_TABLES, *pins)


def _drafts(desk: Desk, record: PeriodRecord) -> Iterator[CriteriaTable]:
    """The year's tables as drafts of their own, so that no edit touches the year they come from."""
    versions: dict[str, int] = {}
    for table in desk.workspace.read(books.CRITERIA_TABLES):
        versions[table.id] = max(versions.get(table.id, 0), table.version)
    for table in desk.workspace.pinned_tables(desk.period):
        number = versions[table.id] + 1
        tree = {**table.tree, "version": f"{number}.0.0"}
        yield CriteriaTable(
            table.id,
            number,
            table.title,
            tree,
            digest(tree),
            TableState.DRAFT,
            table.base if table.base is not None else str(table.tree["id"]),
            table.base_digest if table.base is not None else table.digest,
            f"Lập cho năm {record.name} từ phiên bản {table.version} của năm {desk.year.name}",
        )


class _Roles:
    """Who leads each cluster in the new year, and who is deputy."""

    def __init__(
        self, desk: Desk, stay: Sequence[Unit], named: Sequence[NamedRole], told: Findings
    ) -> None:
        self._desk = desk
        self._stay = {unit.id: unit for unit in stay}
        self._told = told
        self._vocabulary = _words_of(desk)
        self._elected = _elected(desk)
        self._named = self._checked(named)

    def turns(self) -> Iterator[RoleTurn]:
        """Role by role, cluster by cluster; the same unit is never both."""
        for cluster in self._desk.clusters.values():
            if not any(unit.cluster == cluster.id for unit in self._stay.values()):
                continue
            leader = self._turn(cluster, "leader")
            deputy = self._turn(cluster, "deputy")
            if leader.unit is not None and leader.unit == deputy.unit:
                name = self._stay[leader.unit].name
                raise refusal(
                    "turn_both_roles",
                    cluster.name,
                    f"{name} không thể vừa là đơn vị trưởng vừa là đơn vị phó.",
                    "Nêu rõ đơn vị khác cho một trong hai vai trò (có văn bản).",
                )
            yield from (leader, deputy)

    def _turn(self, cluster: Cluster, role: Role) -> RoleTurn:
        elected = self._elected.get((cluster.id, role))
        named = self._named.get((cluster.id, role))
        words = self._vocabulary[role]
        if named is not None:
            if elected not in (None, named.unit):
                self._told.warning(
                    "turn_other_than_elected",
                    cluster.name,
                    f"Hội nghị đã bầu {self._name(elected)} làm {words}, nhưng văn bản "
                    f"{named.reference} nêu {self._name(named.unit)}.",
                    "Kiểm tra lại văn bản; năm mới ghi theo văn bản.",
                )
            source = f"theo văn bản {named.reference}"
            return self._found(cluster, role, named.unit, "named", source)
        if elected is not None and elected in self._stay:
            return self._found(cluster, role, elected, "elected", "được bầu tại hội nghị")
        if elected is not None:
            return self._open(
                cluster, role, f"{self._name(elected)} được bầu nhưng đã rời cụm, khối"
            )
        if role == "deputy":
            return self._open(cluster, role, "chưa có kết quả bầu")
        deputies = [
            u for u in self._desk.units.values() if u.cluster == cluster.id and "deputy" in u.roles
        ]
        if not deputies:
            return self._open(cluster, role, "năm trước không ghi đơn vị phó")
        if deputies[0].id not in self._stay:
            gone = f"{deputies[0].name} là đơn vị phó năm trước nhưng đã rời cụm, khối"
            return self._open(cluster, role, gone)
        return self._found(cluster, role, deputies[0].id, "rotated", SOURCE_WORDS["rotated"])

    def _found(self, cluster: Cluster, role: Role, unit: str, source: Source, why: str) -> RoleTurn:
        words = f"{self._vocabulary[role]} {cluster.name}: {self._stay[unit].name} ({why})"
        return RoleTurn(cluster.id, role, unit, source, words)

    def _open(self, cluster: Cluster, role: Role, why: str) -> RoleTurn:
        words = self._vocabulary[role]
        self._told.warning(
            "turn_role_asked",
            cluster.name,
            f"Chưa biết {words} của năm mới: {why}.",
            f"Nêu tên {ROLE_WORDS[role]} cùng văn bản, hoặc giao vai trò sau khi mở năm.",
        )
        return RoleTurn(cluster.id, role, None, None, f"{words} {cluster.name}: chưa rõ ({why})")

    def _checked(self, named: Sequence[NamedRole]) -> dict[tuple[str, Role], NamedRole]:
        """Who is named, by cluster and role; raises ``UserError`` with every fault."""
        faults = Findings()
        found: dict[tuple[str, Role], NamedRole] = {}
        for one in named:
            unit = self._stay.get(one.unit)
            if unit is None:
                gone = one.unit in self._desk.units
                faults.error(
                    "turn_not_a_member",
                    self._name(one.unit),
                    "Đơn vị này đã rời cụm, khối nên không giữ vai trò năm mới được."
                    if gone
                    else f"Không có đơn vị “{one.unit[:80]}”.",
                    f"Chọn một trong: {', '.join(self._stay) or 'chưa có đơn vị'}.",
                )
                continue
            if not one.reference.strip():
                faults.error(
                    "reference_missing",
                    unit.name,
                    f"Nêu tên {ROLE_WORDS[one.role]} phải có văn bản.",
                    "Ghi số, ký hiệu và ngày của biên bản, hoặc quyết định phân công.",
                )
            if (unit.cluster, one.role) in found:
                faults.error(
                    "turn_named_twice",
                    unit.name,
                    f"Hai đơn vị cùng được nêu làm {ROLE_WORDS[one.role]} của một cụm, khối.",
                    "Chỉ nêu một đơn vị cho mỗi vai trò.",
                )
            found[unit.cluster, one.role] = one
        if faults.errors:
            raise UserError(faults)
        return found

    def _name(self, unit: str | None) -> str:
        known = self._desk.units.get(unit or "")
        return known.name if known is not None else (unit or "")[:80]


def _words_of(desk: Desk) -> Mapping[Role, str]:
    try:
        vocabulary = packs_of(desk).main.rules.vocabulary
    except UserError:
        return ROLE_WORDS
    return {"leader": vocabulary.leader, "deputy": vocabulary.deputy}


def _elected(desk: Desk) -> dict[tuple[str, Role], str]:
    """Who was elected for next year by a confirmed ballot that decides, by cluster and role."""
    try:
        views = ballot_views(desk)
    except UserError:
        return {}
    clusters = desk.clusters
    found: dict[tuple[str, Role], str] = {}
    for view in views:
        role, result = view.sheet.purpose, view.result
        if role not in ROLES or not view.confirmed or view.state is not BallotState.DECIDES:
            continue
        if result is None or len(result.elected) != 1:
            continue
        chosen = result.elected[0]
        unit = desk.units.get(chosen)
        cluster = view.sheet.cluster or (unit.cluster if unit is not None else None)
        if unit is not None and cluster in clusters and cluster is not None:
            found[cluster, role] = chosen
    return found
