"""What is typed about units, and kept; without Qt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from app.domain.snapshot import Cluster, Figure, Unit
from app.domain.year import Registration, Target
from app.ground.numbers import unmistakable
from app.ground.text import dictionary_key, same_words
from app.operations.workspace.desk import Done
from app.operations.workspace.members import (
    add_clusters,
    add_units,
    change_cluster,
    change_stay,
    describe_unit,
    give_role,
    remove_cluster,
    take_role,
)
from app.operations.workspace.records import record, remove_record, replace_record
from app.persistence import books
from ui.flows.unit_names import read_units, repeated, short_ids
from ui.pages.units.facts import Field, ItemChoice, ItemKind, ItemRow
from ui.session import Session


class UnitActs:
    """The acts of the page, each one verb of the workspace."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # ------------------------------------------------------------- adding

    def typed_units(self, text: str) -> tuple[str, str]:
        """What a pasted list says, in a sentence, and what is wrong with it."""
        typed = read_units(text)
        names = [unit.name for unit in typed]
        known = [u.name for u in self._session.units.values()]
        there = [name for name in names if any(same_words(name, other) for other in known)]
        twice = repeated(typed)
        fault = ""
        if there:
            fault = f"Đã có trong danh sách: {', '.join(there[:5])}."
        elif twice:
            fault = f"Ghi hai lần: {', '.join(twice[:5])}."
        if not names:
            return "Mỗi dòng một đơn vị; có thể dán cả danh sách từ Excel hoặc Word.", fault
        more = " …" if len(names) > 6 else ""
        return f"Sẽ thêm {len(names)} đơn vị: {', '.join(names[:6])}{more}", fault

    def add(self, text: str, cluster: str, joined: dt.date | None) -> Done:
        """Adds the units of a pasted list to a cluster."""
        typed = read_units(text)
        ids = self.fresh_ids([unit.name for unit in typed])
        units = [
            Unit(
                identifier,
                unit.name,
                cluster,
                frozenset({unit.role} if unit.role else ()),
                joined,
            )
            for identifier, unit in zip(ids, typed, strict=True)
        ]
        return self._session.act(lambda desk: add_units(desk, units))

    def fresh_ids(self, names: Sequence[str]) -> tuple[str, ...]:
        """Ids for new units that no unit of the year has."""
        there = list(self._session.units)
        made = short_ids([*there, *names])[len(there) :]
        taken = set(there)
        fresh: list[str] = []
        for identifier in made:
            number, free = 2, identifier
            while free in taken:
                free, number = f"{identifier}_{number}", number + 1
            taken.add(free)
            fresh.append(free)
        return tuple(fresh)

    def add_cluster(self, name: str, block: str | None) -> str:
        """Adds a cluster; the answer is its id."""
        there = set(self._session.desk.clusters)
        number = 1
        while (identifier := f"k{number}") in there:
            number += 1
        cluster = Cluster(identifier, name, block or None)
        self._session.act(lambda desk: add_clusters(desk, [cluster]))
        return identifier

    def change_cluster(self, cluster: str, name: str, block: str | None) -> Done:
        """Renames a cluster or says of which kind it is."""
        return self._session.act(
            lambda desk: change_cluster(desk, cluster, name=name, block=block or None)
        )

    def remove_cluster(self, cluster: str) -> Done:
        """Takes an empty cluster out."""
        return self._session.act(lambda desk: remove_cluster(desk, cluster))

    # ------------------------------------------------------------- what is kept about a unit

    def set_role(self, unit: str, role: str, *, held: bool) -> Done:
        """Gives or takes a role of the year."""
        verb = give_role if held else take_role
        return self._session.act(lambda desk: verb(desk, unit, role))

    def set_stay(self, unit: str, joined: dt.date | None, left: dt.date | None) -> Done:
        """Corrects since when a unit takes part and until when."""
        return self._session.act(lambda desk: change_stay(desk, unit, joined, left))

    def describe(self, unit: str, notes: Mapping[str, Figure | None]) -> Done:
        """Keeps what the rules ask about a unit."""
        return self._session.act(lambda desk: describe_unit(desk, unit, notes))

    def keep_paper(self, units: Sequence[str], kind: str, values: Mapping[str, Any]) -> Done:
        """Keeps a registration or pledge of one unit or several."""
        given = {key: value for key, value in values.items() if value}
        rows = [{"unit": unit, "kind": kind, **given} for unit in units]
        return self._session.act(lambda desk: record(desk, "registrations", rows))

    def remove_paper(self, unit: str, kind: str) -> Done:
        """Takes a registration or pledge out."""
        return self._session.act(lambda desk: remove_record(desk, "registrations", (unit, kind)))

    def without_paper(self, kind: str) -> tuple[tuple[str, str], ...]:
        """The units that take part and whose paper of this kind was not received."""
        desk = self._session.desk
        rows: tuple[Registration, ...] = desk.workspace.read(books.REGISTRATIONS, desk.period)
        there = {row.unit for row in rows if row.kind == kind}
        units = [u for u in desk.units.values() if u.left is None and u.id not in there]
        return tuple((u.id, u.name) for u in sorted(units, key=lambda u: dictionary_key(u.name)))

    def keep_target(self, unit: str, values: Mapping[str, Any], old: Target | None) -> Done:
        """Keeps a target; a new one gets a code of its own."""
        row = {key: value for key, value in values.items() if value not in (None, "")}
        row["unit"] = unit
        row["code"] = old.code if old is not None else self._fresh_code(unit)
        return self._session.act(lambda desk: record(desk, "targets", [row]))

    def _fresh_code(self, unit: str) -> str:
        desk = self._session.desk
        rows: tuple[Target, ...] = desk.workspace.read(books.TARGETS, desk.period)
        there = {row.code for row in rows if row.unit == unit}
        number = 1
        while f"ct{number}" in there:
            number += 1
        return f"ct{number}"

    def remove_target(self, unit: str, code: str) -> Done:
        """Takes a target out."""
        return self._session.act(lambda desk: remove_record(desk, "targets", (unit, code)))

    def keep_item(
        self,
        unit: str,
        kind: ItemKind,
        choice: ItemChoice,
        values: Mapping[str, Any],
        number: int | None,
    ) -> Done:
        """Records a ground for points, in the place of a numbered one where it is given."""
        row: dict[str, Any] = {"unit": unit, "item": choice.id}
        for key in ("subject", "reason"):
            if values.get(key):
                row[key] = values[key]
        if choice.asks_count and values.get("count") is not None:
            row["count"] = int(values["count"])
        if choice.asks_points and values.get("points") is not None:
            row["points"] = unmistakable(values["points"])
        figures = {
            field.name: typed
            for field in choice.figures
            if (typed := _typed(values.get(f"figure:{field.name}"))) is not None
        }
        if figures:
            row["figures"] = figures
        if number is None:
            return self._session.act(lambda desk: record(desk, kind, [row]))
        return self._session.act(lambda desk: replace_record(desk, kind, number, row))

    def remove_item(self, row: ItemRow) -> Done:
        """Takes a ground for points out."""
        key = (str(row.number),)
        return self._session.act(lambda desk: remove_record(desk, row.kind, key))


def note_of(field: Field, value: Any) -> Figure | None:
    """A note as it is kept, from what a form answered."""
    if field.kind == "yes_no":
        return {"yes": True, "no": False}.get(value)
    return value if value not in ("", None) else None


def as_typed(value: Figure | None) -> str:
    """A figure as it can be typed again."""
    match value:
        case None:
            return ""
        case bool():
            return "có" if value else "không"
        case Fraction():
            return unmistakable(value).replace(".", ",")
        case dt.date():
            return f"{value:%d/%m/%Y}"
    return str(value)


def _typed(value: Any) -> Any:
    """A form's answer as a row of a record takes it."""
    if isinstance(value, Fraction):
        return unmistakable(value)
    if value in ("yes", "no"):
        return value == "yes"
    return value if value not in ("", None) else None
