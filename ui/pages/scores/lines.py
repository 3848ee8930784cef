"""The lines of the grid out of the year's tables, and the lanes out of its units and rounds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from app.domain.snapshot import OwnCriterion, Unit
from app.ground.numbers import vietnamese
from app.ground.text import natural_key
from app.operations.loading import PackSet
from app.rules.items import Items
from app.rules.pack import Criterion, Round, RulePack
from ui.models.score_cells import Lane, Line, LineKind

BONUS: Final = "bonus"
DEDUCTIONS: Final = "deductions"


def table_lines(packs: PackSet, own: Mapping[tuple[str, str], OwnCriterion]) -> tuple[Line, ...]:
    """All lines in the order of the tables: the main one, its bonus and deductions, companions."""
    lines = list(_pack_lines(packs.main.rules, None, own))
    lines += _item_lines(packs.main.rules.bonus, BONUS, "Điểm thưởng")
    lines += _item_lines(packs.main.rules.deductions, DEDUCTIONS, "Điểm trừ")
    for companion in packs.companions:
        rules = companion.rules
        lines.append(Line(f"{rules.id}|", LineKind.SECTION, "", "", rules.title, "", 0, rules.id))
        lines += _pack_lines(rules, rules.id, {}, depth=1)
    return tuple(lines)


def _pack_lines(
    rules: RulePack,
    pack: str | None,
    own: Mapping[tuple[str, str], OwnCriterion],
    depth: int = 0,
) -> Iterable[Line]:
    rows = {row.code: row for row in rules.criteria}
    children: dict[str | None, list[Criterion]] = {}
    for row in rules.criteria:
        children.setdefault(_parent(row.code, rows), []).append(row)

    def walk(parent: str | None, level: int) -> Iterable[Line]:
        for row in children.get(parent, ()):
            groups = row.code in children or row.slot is not None or row.method is None
            kind = LineKind.SECTION if groups else LineKind.CRITERION
            top = "" if row.max is None else vietnamese(Fraction(row.max))
            key = f"{pack or ''}|{row.code}"
            yield Line(key, kind, row.code, _label(row), row.title, top, level, pack)
            if row.slot is not None:
                yield from _own_lines(row, own, level + 1)
            yield from walk(row.code, level + 1)

    yield from walk(None, depth)


def _label(row: Criterion) -> str:
    """The printed label; the whole code where the text gives none of its own."""
    return row.label if row.label is not None else row.code


def _parent(code: str, rows: Mapping[str, Criterion]) -> str | None:
    while code := code.rpartition(".")[0]:
        if code in rows:
            return code
    return None


def _own_lines(
    slot: Criterion, own: Mapping[tuple[str, str], OwnCriterion], level: int
) -> Iterable[Line]:
    """One line for each code in the slot; several units may have a criterion with this code."""
    by_code: dict[str, list[OwnCriterion]] = {}
    for item in own.values():
        if item.slot == slot.code:
            by_code.setdefault(item.code, []).append(item)
    for code in sorted(by_code, key=natural_key):
        items = by_code[code]
        titles = {item.title for item in items}
        title = titles.pop() if len(titles) == 1 else "Tiêu chí riêng của từng đơn vị"
        tops = {item.max for item in items}
        top = vietnamese(tops.pop()) if len(tops) == 1 else ""
        yield Line(f"|{code}", LineKind.CRITERION, code, code, title, top, level, own=True)


def _item_lines(items: Items, kind: str, title: str) -> Iterable[Line]:
    if not items.items:
        return
    yield Line(f"{kind}|", LineKind.ITEMS, kind, "", title, "", 0)
    for item in items.items:
        yield Line(f"{kind}|{item.id}", LineKind.ITEM, item.id, "", item.title, "", 1)


def lines_in_sight(lines: Sequence[Line], folded: frozenset[str]) -> tuple[Line, ...]:
    """The lines without those below a folded one."""
    found: list[Line] = []
    hidden_below: int | None = None
    for line in lines:
        if hidden_below is not None and line.depth > hidden_below:
            continue
        hidden_below = line.depth if line.key in folded else None
        found.append(line)
    return tuple(found)


def lines_for(lines: Sequence[Line], rows: Collection[tuple[str | None, str]]) -> tuple[Line, ...]:
    """The lines of these rows, with the sections above them; empty slots and items stay."""
    found: list[Line] = []
    below = 0
    after = -1
    for line in reversed(lines):
        is_leaf = after <= line.depth
        after = line.depth
        kept = (line.pack, line.code) in rows if line.scored else is_leaf or line.depth < below
        if kept:
            found.append(line)
            below = line.depth
    return tuple(reversed(found))


def parents(lines: Sequence[Line], line: Line) -> tuple[Line, ...]:
    """The lines above, the nearest first."""
    found: list[Line] = []
    depth = line.depth
    for other in reversed(lines[: lines.index(line)]):
        if other.depth < depth:
            found.append(other)
            depth = other.depth
    return tuple(found)


def lanes_of(
    units: Iterable[Unit], rounds: Sequence[Round], shown: frozenset[str], editing: str
) -> tuple[Lane, ...]:
    """Each unit with its shown rounds in their order; the round being scored is always there."""
    return tuple(
        Lane(unit.id, unit.name, r.id, r.title, r.id == editing)
        for unit in units
        for r in rounds
        if r.id == editing or r.id in shown
    )


def short_round(title: str) -> str:
    """A round's title as it fits on a button."""
    short = title.partition("(")[0].strip() or title
    return short if len(short) <= 32 else f"{short[:30].rstrip()}…"
