"""What the year's tables ask about units: roles, notes, grounds for points; without Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from pydantic import BaseModel

from app.domain.snapshot import Figure
from app.exchange.facts_known import Known, KnownFigure, known_names
from app.operations.loading import PackSet
from app.rules.condition import AttributeTest, Key
from app.rules.items import DirectPoints, EachOver, Item, PercentOfTotal, PerCount
from app.rules.methods import FigureKind
from app.rules.pack import RulePack
from ui.pages.units.facts import Field, FieldKind, ItemChoice, ItemKind

_KINDS: Final[Mapping[FigureKind, FieldKind]] = {
    FigureKind.NUMBER: "number",
    FigureKind.COUNT: "number",
    FigureKind.YES_NO: "yes_no",
    FigureKind.LEVEL: "level",
    FigureKind.DATE: "date",
}
_DEFAULT_ROLES: Final = {"leader": "Trưởng cụm", "deputy": "Phó Trưởng cụm"}


class RulesOfUnits:
    """The tables of a year as far as they speak of units; without a table nothing is asked."""

    def __init__(self, packs: PackSet | None) -> None:
        self._packs = packs
        self._known: Known | None = (
            known_names(packs.main, packs.overlays, packs.companions) if packs else None
        )

    @property
    def cluster_word(self) -> str:
        """What the text calls a cluster: "cụm" or "khối"."""
        return self._packs.main.rules.vocabulary.cluster if self._packs else "cụm"

    def speaks_of(self, packs: PackSet | None) -> bool:
        """Whether these are the tables that it was made from."""
        return packs is self._packs

    def open_notes(self, kept: Mapping[str, Figure]) -> int:
        """How many notes that the rules ask for are not known."""
        asked = self._known.attributes if self._known is not None else ()
        return sum(name not in kept for name in asked)

    def roles(self) -> dict[str, str]:
        """The roles of the year by id, in the words of the text."""
        found = dict(_DEFAULT_ROLES)
        if self._packs is not None:
            words = self._packs.main.rules.vocabulary
            found = {"leader": words.leader, "deputy": words.deputy}
        others = sorted(self._known.roles - set(found)) if self._known is not None else []
        return found | {role: _as_words(role) for role in others}

    def blocks(self) -> dict[str, str]:
        """The kinds of clusters that the text knows."""
        if self._packs is None:
            return {}
        return {block.id: block.title for block in self._packs.main.rules.blocks}

    def notes(self, kept: Mapping[str, Figure]) -> tuple[Field, ...]:
        """What the rules ask about a unit, with what is known."""
        if self._known is None or self._packs is None:
            return ()
        asked = [
            _field(known, self._uses.get(name, ""), kept.get(name))
            for name, known in self._known.attributes.items()
        ]
        others = [
            Field(name, _as_words(name), "text", "Bảng tiêu chí năm nay không dùng.", (), value)
            for name, value in kept.items()
            if name not in self._known.attributes
        ]
        return (*asked, *others)

    def criteria(self) -> dict[str, str]:
        """The scored rows of the main table, for what a target belongs to."""
        if self._known is None:
            return {}
        return {code: row.title for code, row in self._known.main.criteria.items()}

    def items(self, kind: ItemKind) -> tuple[ItemChoice, ...]:
        """The grounds for points that can be recorded; those worked out by themselves are not."""
        if self._packs is None or self._known is None:
            return ()
        rules = self._packs.main.rules
        listed = rules.bonus if kind == "bonus" else rules.deductions
        figures = self._known.bonus if kind == "bonus" else self._known.deductions
        return tuple(
            _choice(item, figures.get(item.id, {}))
            for item in listed.items
            if not isinstance(item.worth, EachOver)
        )

    def item_titles(self, kind: ItemKind) -> dict[str, str]:
        """The titles of all grounds for points."""
        if self._packs is None:
            return {}
        rules = self._packs.main.rules
        listed = rules.bonus if kind == "bonus" else rules.deductions
        return {item.id: item.title for item in listed.items}

    @cached_property
    def _uses(self) -> dict[str, str]:
        """For each note the titles of the rules that ask for it."""
        found: dict[str, list[str]] = {}
        assert self._packs is not None
        for pack in self._packs.all:
            for title, name in _asking(pack.rules):
                titles = found.setdefault(name, [])
                if title not in titles:
                    titles.append(title)
        return {name: "; ".join(titles) for name, titles in found.items()}


def _asking(rules: RulePack) -> Iterator[tuple[str, str]]:
    """Titles of rules, each with a note that it asks for."""
    for group in (rules.standing, rules.conditions, rules.classes, rules.awards):
        for rule in group:
            for name in _named(rule):
                yield rule.title, name
    keys = list(rules.scoring.rank_keys) if rules.scoring is not None else []
    for key in (*keys, *(key for step in rules.ties.chain for key in getattr(step, "keys", ()))):
        if isinstance(key, Key) and key.by == "attribute" and key.of is not None:
            yield "thứ tự ưu tiên khi bằng điểm", key.of


def _named(node: Any) -> Iterator[str]:
    """The notes that are asked for anywhere inside a rule."""
    if isinstance(node, AttributeTest):
        yield node.name
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _named(getattr(node, name))
    elif isinstance(node, tuple | list):
        for inner in node:
            yield from _named(inner)


def _field(known: KnownFigure, used_for: str, value: Figure | None) -> Field:
    title = _as_words(known.name) if known.title == known.name else known.title
    return Field(
        known.name,
        title,
        _KINDS.get(known.kind, "text"),
        used_for,
        tuple(known.levels.values()),
        value,
    )


def _choice(item: Item, figures: Mapping[str, KnownFigure]) -> ItemChoice:
    worth = item.worth
    return ItemChoice(
        item.id,
        item.title,
        isinstance(worth, PerCount | PercentOfTotal),
        isinstance(worth, DirectPoints),
        tuple(_field(known, "", None) for known in figures.values()),
        item.note,
    )


def _as_words(identifier: str) -> str:
    """An id that has no title, as readable as it can be."""
    words = identifier.replace("_", " ").replace(".", " ").strip()
    return words[:1].upper() + words[1:]
