"""Clusters and units of a year: who takes part, under which name, in which role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.snapshot import Cluster, Figure, Unit
from app.exchange.facts_values import as_number, is_identifier
from app.ground.findings import Findings, UserError
from app.ground.numbers import NumberTextError
from app.operations.workspace.desk import (
    Desk,
    Done,
    cluster_of,
    done,
    open_year_of,
    refusal,
    unit_of,
)
from app.persistence import books
from app.persistence.records import Change

SOLE_ROLES = ("leader", "deputy")
"""Roles that one unit of a cluster holds at a time."""

_ROLE_WORDS = {"leader": "đơn vị trưởng", "deputy": "đơn vị phó"}


def add_clusters(desk: Desk, clusters: Sequence[Cluster]) -> Done:
    """Adds clusters (any number); raises ``UserError`` where an id is taken or cannot be one."""
    open_year_of(desk)
    _refuse_taken([(c.id, c.name) for c in clusters], desk.clusters, "cụm, khối")
    listed = ", ".join(cluster.name for cluster in clusters)
    with desk.act("cluster.added", f"Thêm cụm, khối {listed}") as change:
        changed = change.put(books.CLUSTERS, *clusters)
    return done(change, changed)


def change_cluster(
    desk: Desk, cluster: str, *, name: str | None = None, block: str | None = None
) -> Done:
    """Renames a cluster or names its kind (the block that the criteria table knows)."""
    open_year_of(desk)
    old = cluster_of(desk, cluster)
    new = Cluster(old.id, name or old.name, block if block is not None else old.block)
    with desk.act("cluster.changed", f"Sửa thông tin {old.name}") as change:
        changed = change.put(books.CLUSTERS, new)
    return done(change, changed)


def remove_cluster(desk: Desk, cluster: str) -> Done:
    """Takes a cluster out that was added by mistake; raises ``UserError`` while it has units."""
    open_year_of(desk)
    old = cluster_of(desk, cluster)
    members = [unit.name for unit in desk.units.values() if unit.cluster == cluster]
    if members:
        raise refusal(
            "cluster_not_empty",
            old.name,
            f"Còn {len(members)} đơn vị trong {old.name} nên không bỏ được.",
            "Chuyển hoặc bỏ các đơn vị trước: " + ", ".join(members[:12]) + ".",
        )
    with desk.act("cluster.removed", f"Bỏ {old.name} (thêm nhầm)") as change:
        changed = int(change.remove(books.CLUSTERS, cluster))
    return done(change, changed)


def add_units(desk: Desk, units: Sequence[Unit]) -> Done:
    """Adds units, from the year's first day or from the day that each joined.

    Raises ``UserError`` where an id is taken, or a cluster is not there.
    """
    open_year_of(desk)
    _refuse_taken([(u.id, u.name) for u in units], desk.units, "đơn vị")
    for cluster in {unit.cluster for unit in units}:
        cluster_of(desk, cluster)
    listed = units[0].name if len(units) == 1 else f"{len(units)} đơn vị"
    with desk.act("unit.added", f"Thêm {listed}") as change:
        changed = change.put(books.UNITS, *units)
        for unit in units:
            for role in SOLE_ROLES:
                if role in unit.roles:
                    changed += _hand_over(change, unit, role)
    return done(change, changed)


def rename_unit(desk: Desk, unit: str, name: str) -> Done:
    """Gives a unit another name in this year; other years keep theirs."""
    open_year_of(desk)
    old = unit_of(desk, unit)
    with desk.act("unit.renamed", f"Đổi tên {old.name} thành {name}") as change:
        changed = change.put(books.UNITS, replace(old, name=name))
    return done(change, changed)


def give_role(desk: Desk, unit: str, role: str) -> Done:
    """Gives a unit a role of this year; leader and deputy pass over from the one that held it."""
    open_year_of(desk)
    chosen = unit_of(desk, unit)
    words = _ROLE_WORDS.get(role, role)
    with desk.act("unit.role", f"{chosen.name} làm {words} năm {desk.period}") as change:
        changed = change.put(books.UNITS, replace(chosen, roles=chosen.roles | {role}))
        if role in SOLE_ROLES:
            changed += _hand_over(change, chosen, role)
    return done(change, changed)


def take_role(desk: Desk, unit: str, role: str) -> Done:
    """Takes a role of this year from a unit."""
    open_year_of(desk)
    chosen = unit_of(desk, unit)
    words = _ROLE_WORDS.get(role, role)
    with desk.act("unit.role", f"{chosen.name} thôi làm {words}") as change:
        changed = change.put(books.UNITS, replace(chosen, roles=chosen.roles - {role}))
    return done(change, changed)


def _hand_over(change: Change, chosen: Unit, role: str) -> int:
    """Takes a role from the others of the cluster."""
    others = [
        replace(unit, roles=unit.roles - {role})
        for unit in change.read(books.UNITS)
        if unit.cluster == chosen.cluster and unit.id != chosen.id and role in unit.roles
    ]
    return change.put(books.UNITS, *others)


def describe_unit(desk: Desk, unit: str, attributes: Mapping[str, Figure | None]) -> Done:
    """Notes what the rules ask about a unit (share of women …); other notes stay, ``None`` takes
    one back.
    """
    open_year_of(desk)
    old = unit_of(desk, unit)
    with desk.act("unit.described", f"Ghi đặc điểm của {old.name}") as change:
        kept = {**old.attributes, **attributes}
        known = {name: value for name, value in kept.items() if value is not None}
        new = replace(old, attributes=known)
        changed = change.put(books.UNITS, new)
    return done(change, changed)


def described_unit(desk: Desk, unit: str, notes: Mapping[str, object]) -> Done:
    """The same from typed texts: a number where it is one, yes or no, else words."""
    attributes: dict[str, Figure] = {}
    for name, value in notes.items():
        if isinstance(value, bool):
            attributes[name] = value
            continue
        try:
            attributes[name] = as_number(str(value))
        except NumberTextError:
            attributes[name] = str(value)
    return describe_unit(desk, unit, attributes)


def join_unit(desk: Desk, unit: Unit, on: dt.date) -> Done:
    """Adds a unit that joins in mid-year."""
    return add_units(desk, [replace(unit, joined=on)])


def leave_unit(desk: Desk, unit: str, on: dt.date) -> Done:
    """Notes the day on which a unit left; its scores stay with it, archived."""
    open_year_of(desk)
    old = unit_of(desk, unit)
    refuse_day_outside(desk, on, old.name)
    with desk.act("unit.left", f"{old.name} rời cụm, khối từ {on:%d/%m/%Y}") as change:
        changed = change.put(books.UNITS, replace(old, left=on))
    return done(change, changed)


def change_stay(desk: Desk, unit: str, joined: dt.date | None, left: dt.date | None) -> Done:
    """Corrects since when a unit takes part and until when; ``None`` is the whole year."""
    open_year_of(desk)
    old = unit_of(desk, unit)
    for day in (joined, left):
        if day is not None:
            refuse_day_outside(desk, day, old.name)
    if joined is not None and left is not None and left < joined:
        raise refusal(
            "facts_dates_reversed",
            old.name,
            f"Ngày rời {left:%d/%m/%Y} trước ngày vào {joined:%d/%m/%Y}.",
            "Kiểm tra lại hai ngày.",
        )
    with desk.act("unit.stay", f"Ghi thời gian tham gia của {old.name}") as change:
        changed = change.put(books.UNITS, replace(old, joined=joined, left=left))
    return done(change, changed)


def remove_unit(desk: Desk, unit: str) -> Done:
    """Takes a unit out that was added by mistake; one with data of its own cannot go."""
    open_year_of(desk)
    old = unit_of(desk, unit)
    with desk.act("unit.removed", f"Bỏ {old.name} (thêm nhầm)") as change:
        changed = int(change.remove(books.UNITS, unit))
    return done(change, changed)


def refuse_day_outside(desk: Desk, day: dt.date, place: str) -> None:
    """Raises ``UserError`` where a day does not lie in the year."""
    year = desk.year
    if not year.start <= day <= year.end:
        raise refusal(
            "day_outside_year",
            place,
            f"Ngày {day:%d/%m/%Y} nằm ngoài năm thi đua ({year.start:%d/%m/%Y} - "
            f"{year.end:%d/%m/%Y}).",
            "Kiểm tra lại ngày, hoặc chọn đúng năm.",
        )


def _refuse_taken(
    wanted: Sequence[tuple[str, str]], there: Mapping[str, object], what: str
) -> None:
    findings = Findings()
    seen: set[str] = set()
    for identifier, name in wanted:
        if not is_identifier(identifier):
            findings.error(
                "facts_bad_id",
                name,
                f"Mã {what} “{identifier[:80]}” không hợp lệ.",
                "Mã viết liền, không có các dấu : @ + / =.",
            )
        elif identifier in there or identifier in seen:
            findings.error(
                "facts_repeated_id",
                name,
                f"Mã {what} “{identifier}” đã được dùng trong năm này.",
                "Đặt mã khác.",
            )
        seen.add(identifier)
    if findings.errors:
        raise UserError(findings)
