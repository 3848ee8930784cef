"""Figures that another agency is asked for (tax, police, inspection …), and its answer.

A request names each figure of each unit; the answer fills in the values. What is answered becomes
entries of one round: the agencies' own round where the table has one, else the first one after the
units' own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from app.domain.snapshot import Entry, EntryState, Figure
from app.exchange.facts_known import KnownFigure, level_words
from app.exchange.figures_form import Place
from app.exchange.packages.payload import payload_tree
from app.exchange.packages.shapes import FIGURES_SCHEMA, FiguresSheet
from app.ground.findings import UserError
from app.ground.text import natural_key
from app.operations.exchange.rights import Scope
from app.operations.exchange.rows import Key, Rows
from app.operations.workspace.desk import Desk, packs_of, refusal
from app.operations.workspace.facts_desk import FactsDesk
from app.persistence import books

_PLACE: Final = "Đề nghị cung cấp số liệu"


def figures_tree(
    desk: Desk,
    agency: str,
    criteria: Sequence[str],
    due: dt.date | None,
    scope: Scope,
    only: Collection[str] = (),
) -> dict[str, Any]:
    """The sheet that asks an agency for every figure of these criteria, unit by unit.

    ``only`` names the units that are asked about, by default all. Raises ``UserError`` where a
    criterion is not known or is scored without figures.
    """
    facts = FactsDesk(desk)
    cells: list[dict[str, Any]] = []
    if not agency.strip() or not criteria:
        raise refusal(
            "figures_unclear",
            _PLACE,
            "Chưa rõ đề nghị cơ quan nào cung cấp số liệu của tiêu chí nào.",
            "Ghi tên cơ quan và mã các tiêu chí.",
        )
    units = [
        u
        for u in desk.units.values()
        if (not scope.cluster or u.id in scope.members) and (not only or u.id in only)
    ]
    for code in criteria:
        asked = [(unit, facts.criterion(unit.id, code)) for unit in units]
        known = [(unit, row) for unit, row in asked if row is not None and row.figures]
        if not known:
            raise refusal(
                "figures_none",
                f"Tiêu chí {code[:40]}",
                "Tiêu chí này không có, hoặc không chấm từ số liệu nên không có gì để đề nghị.",
                "Chọn tiêu chí chấm từ số liệu.",
            )
        cells += [
            {
                "unit": unit.id,
                "unit_name": unit.name,
                "criterion": code,
                "title": row.title,
                "figure": figure.name,
                "question": figure.title,
                "kind": figure.kind.value,
                "value": None,
                "source": "",
                "note": _levels_of(figure),
            }
            for unit, row in known
            for figure in row.figures.values()
        ]
    tree = {"schema": FIGURES_SCHEMA, "agency": agency.strip(), "due": due, "cells": cells}
    return dict(payload_tree(tree))


@dataclass(frozen=True, slots=True)
class Askable:
    """A criterion whose figures an agency may be asked for, and the row of the table above it.

    ``asked`` says what would be asked, a line each; with ``of_units`` a line is the criterion that
    one unit registered for itself under this code.
    """

    code: str
    title: str
    section: str
    asked: tuple[str, ...]
    of_units: bool = False


def _levels_of(figure: KnownFigure) -> str:
    """The levels to choose from, in words; empty where any other figure is asked for."""
    named = dict.fromkeys(figure.levels.values())
    return f"Các mức: {', '.join(named)}" if named else ""


def askable(desk: Desk) -> tuple[Askable, ...]:
    """The criteria that are scored from figures, in the order of their codes."""
    facts = FactsDesk(desk)
    titles = {row.code: row.title for row in facts.packs.main.rules.criteria}
    found: dict[str, tuple[str, tuple[str, ...]]] = {
        code: (row.title, tuple(figure.title for figure in row.figures.values()))
        for code, row in facts.known.main.criteria.items()
        if row.figures
    }
    own: dict[str, list[str]] = {}
    for (unit, code), row in facts.members.own_known.items():
        if row.figures:
            asked = ", ".join(figure.title for figure in row.figures.values())
            own.setdefault(code, []).append(f"{facts.names[unit]}: {row.title} ({asked})")
    for code, lines in own.items():
        words = f"Tiêu chí riêng của {len(lines)} đơn vị" if len(lines) > 1 else lines[0]
        found[code] = (words, tuple(lines))
    return tuple(
        Askable(
            code, found[code][0], titles.get(code.split(".")[0], ""), found[code][1], code in own
        )
        for code in sorted(found, key=natural_key)
    )


def answered_tree(
    request: Mapping[str, Any], answers: Mapping[Place, tuple[Any, str]]
) -> dict[str, Any]:
    """The sheet of a request with its answers: by unit, criterion and figure, value and source."""
    cells = [dict(cell) for cell in request["cells"]]
    for cell in cells:
        place = (cell["unit"], cell["criterion"], cell["figure"])
        if place in answers:
            value, source = answers[place]
            cell |= {"value": payload_tree(value), "source": source}
    return {**request, "cells": cells}


def round_for(desk: Desk, named: str | None = None) -> str:
    """The round that takes an agency's figures; raises ``UserError`` where it is not known."""
    rounds = packs_of(desk).main.rules.rounds
    if named is not None:
        if named in {rules.id for rules in rounds}:
            return named
        raise refusal(
            "facts_unknown_round",
            _PLACE,
            f"Không có vòng chấm “{named[:80]}”.",
            "Các vòng: " + ", ".join(rules.id for rules in rounds) + ".",
        )
    later = [rules for rules in rounds if rules.hand != "unit"] or list(rounds)
    return next((rules.id for rules in later if rules.hand == "agency"), later[0].id)


def supplied_rows(desk: Desk, tree: Mapping[str, Any], round_id: str) -> Rows:
    """The entries that an answer gives; figures that it leaves open stay as they are here."""
    sheet = FiguresSheet.model_validate(tree)
    there = {entry.key: entry for entry in desk.workspace.read(books.ENTRIES, desk.period)}
    found: dict[Key, Entry] = {}
    sources: dict[Key, list[str]] = {}
    for cell in sheet.cells:
        if cell.value is None:
            continue
        key = (books.ENTRIES.name, cell.unit, cell.criterion, round_id, "")
        default = there.get((cell.unit, cell.criterion, round_id, None))
        entry = found.get(key) or default or Entry(cell.unit, cell.criterion, round_id)
        told = sources.setdefault(key, [])
        if cell.source and cell.source not in told:
            told.append(cell.source)
        words = f"Số liệu do {sheet.agency} cung cấp" + (f" ({'; '.join(told)})" if told else "")
        figures = {**entry.figures, cell.figure: _figure(cell.kind, cell.value)}
        found[key] = Entry(
            entry.unit,
            entry.criterion,
            round_id,
            EntryState.SCORED,
            figures,
            entry.points,
            words,
            entry.evidence,
        )
    return {key: (entry,) for key, entry in found.items()}


def _figure(kind: str, value: bool | int | str) -> Figure:
    if isinstance(value, bool):
        return value
    match kind:
        case "number" | "count":
            return Fraction(Decimal(value))
        case "date":
            return dt.date.fromisoformat(str(value))
    return str(value)


def asked_cells(tree: Mapping[str, Any], round_id: str) -> frozenset[tuple[str, str, str]]:
    """The cells that a sheet is about."""
    sheet = FiguresSheet.model_validate(tree)
    return frozenset((cell.unit, cell.criterion, round_id) for cell in sheet.cells)


def refuse_unknown(desk: Desk, tree: Mapping[str, Any]) -> None:
    """Raises ``UserError`` where an answer speaks of a unit, criterion or figure unknown here."""
    facts = FactsDesk(desk)
    for cell in FiguresSheet.model_validate(tree).cells:
        row = facts.criterion(cell.unit, cell.criterion) if cell.unit in facts.names else None
        known = None if row is None else row.figures.get(cell.figure)
        level = known is not None and cell.kind == "level" and cell.value is not None
        if (
            known is None
            or known.kind.value != cell.kind
            or (level and level_words(str(cell.value)) not in known.levels)
        ):
            raise UserError(
                refusal(
                    "figures_not_ours",
                    f"{cell.unit_name}, tiêu chí {cell.criterion}",
                    "Số liệu cung cấp không khớp với đơn vị, tiêu chí của sổ này.",
                    "Kiểm tra lại gói; đề nghị cơ quan cung cấp trả lời đúng gói đã gửi.",
                ).findings
            )
