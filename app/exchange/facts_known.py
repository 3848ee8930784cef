"""What the packs of an assessment know: the names that a facts file may use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.ground.text import composed
from app.rules.condition import AttributeTest, When
from app.rules.document import LoadedPack
from app.rules.items import Items, Scored
from app.rules.methods import FigureKind, FigureSpec, MethodModel
from app.rules.methods.single import Levels
from app.rules.pack import Criterion, RulePack


def level_words(text: str) -> str:
    """A level as it is compared: composed, without regard to case and spacing."""
    return " ".join(composed(text).casefold().split())


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """A figure that may be given; ``levels`` are the accepted words of a level."""

    name: str
    kind: FigureKind
    title: str
    levels: Mapping[str, str] = field(default_factory=dict)
    required: bool = True


@dataclass(frozen=True, slots=True)
class KnownCriterion:
    """A scored row: its figures in the order in which they are asked for."""

    code: str
    title: str
    figures: Mapping[str, KnownFigure]
    blocks: tuple[str, ...] = ()
    role: str | None = None


@dataclass(frozen=True, slots=True)
class KnownTable:
    """What entries of one pack may name: its scored rows, its groups, slots and rounds."""

    criteria: Mapping[str, KnownCriterion]
    groups: frozenset[str]
    slots: Mapping[str, str]
    rounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """All names, over the main pack, its overlays and its companions."""

    main_id: str
    main: KnownTable
    companions: Mapping[str, KnownTable]
    parameters: frozenset[str]
    awards: tuple[str, ...]
    cases: tuple[str, ...]
    conditions: tuple[str, ...]
    bonus: Mapping[str, Mapping[str, KnownFigure]]
    deductions: Mapping[str, Mapping[str, KnownFigure]]
    roles: frozenset[str]
    attributes: Mapping[str, KnownFigure]


def known_names(
    main: LoadedPack,
    overlays: Sequence[LoadedPack] = (),
    companions: Sequence[LoadedPack] = (),
) -> Known:
    """The names that facts for these packs may use."""
    packs = [main.rules, *(p.rules for p in overlays), *(p.rules for p in companions)]
    return Known(
        main_id=main.rules.id,
        main=_table(main.rules),
        companions={p.rules.id: _table(p.rules) for p in companions},
        parameters=frozenset(p.id for pack in packs for p in pack.parameters),
        awards=_ids(award.id for pack in packs for award in pack.awards),
        cases=_ids(case.id for pack in packs for case in pack.standing),
        conditions=_ids(c.id for pack in packs for c in pack.conditions),
        bonus=_items(main.rules.bonus),
        deductions=_items(main.rules.deductions),
        roles=_roles(packs),
        attributes=_attributes(packs),
    )


def _ids(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _table(pack: RulePack) -> KnownTable:
    codes = [row.code for row in pack.criteria]
    parents = {code[:at] for code in codes for at, c in enumerate(code) if c == "."}
    return KnownTable(
        criteria={row.code: known_criterion(row) for row in pack.criteria if row.method},
        groups=frozenset(parents | {row.code for row in pack.criteria if not row.method}),
        slots={row.code: row.title for row in pack.criteria if row.slot is not None},
        rounds=_ids(r.id for r in pack.rounds),
    )


def known_criterion(row: Criterion) -> KnownCriterion:
    """A row of a pack with the figures of its method, its gate and its "already reached"."""
    figures = {} if row.method is None else method_figures(row.method)
    if row.gate is not None and row.gate.figure is not None:
        figures[row.gate.figure] = _yes_no(row.gate.figure, row.gate.title)
    if row.already is not None:
        figures[row.already.figure] = _yes_no(row.already.figure, row.already.title)
    return KnownCriterion(row.code, row.title, figures, row.blocks, row.role)


def _yes_no(name: str, title: str) -> KnownFigure:
    return KnownFigure(name, FigureKind.YES_NO, title, required=False)


def method_figures(method: MethodModel) -> dict[str, KnownFigure]:
    """The figures of a method, levels with all their accepted words."""
    return {spec.name: _figure(spec, method) for spec in method.figure_specs()}


def _figure(spec: FigureSpec, method: MethodModel) -> KnownFigure:
    levels = {level_words(name): name for name in spec.choices}
    if isinstance(method, Levels):
        levels |= {level_words(w): w for level in method.levels for w in level.also}
    return KnownFigure(spec.name, spec.kind, spec.title, levels, spec.required)


def _items(rules: Items) -> dict[str, Mapping[str, KnownFigure]]:
    return {
        item.id: method_figures(item.worth.method) if isinstance(item.worth, Scored) else {}
        for item in rules.items
    }


def _conditions(pack: RulePack) -> Iterable[When]:
    """Every test that the pack makes, inner ones included."""
    tops = (
        *(case.when for case in pack.standing),
        *(item.when for item in pack.conditions),
        *(rule.when for rule in pack.classes),
        *(award.requires for award in pack.awards),
        *(row.gate.when for row in pack.criteria if row.gate is not None),
    )
    for top in tops:
        if top is not None:
            yield from top.walk()


def _roles(packs: Iterable[RulePack]) -> frozenset[str]:
    roles = {"leader", "deputy"}
    for pack in packs:
        roles |= {row.role for row in pack.criteria if row.role}
        roles |= {i.role for i in (*pack.bonus.items, *pack.deductions.items) if i.role}
        roles |= {test.role for test in _conditions(pack) if test.role}
    return frozenset(roles)


def _attributes(packs: Sequence[RulePack]) -> dict[str, KnownFigure]:
    found: dict[str, KnownFigure] = {}
    for pack in packs:
        scales = {scale.id: scale.levels for scale in pack.scales}
        for test in _conditions(pack):
            if test.attribute is not None:
                known = _attribute(test.attribute, scales)
                found.setdefault(known.name, known)
        keys = list(pack.scoring.rank_keys) if pack.scoring else []
        keys += [key for step in pack.ties.chain if step.step == "keys" for key in step.keys]
        for key in keys:
            if key.by == "attribute" and key.of is not None:
                kind = FigureKind.LEVEL if key.scale else FigureKind.NUMBER
                levels = {level_words(w): w for w in scales.get(key.scale or "", ())}
                found.setdefault(key.of, KnownFigure(key.of, kind, key.title or key.of, levels))
    return found


def _attribute(test: AttributeTest, scales: Mapping[str, tuple[str, ...]]) -> KnownFigure:
    title = test.title or test.name
    if test.range is not None:
        return KnownFigure(test.name, FigureKind.NUMBER, title)
    if isinstance(test.is_, bool):
        return KnownFigure(test.name, FigureKind.YES_NO, title)
    levels = {level_words(w): w for w in scales.get(test.scale or "", ())}
    return KnownFigure(test.name, FigureKind.LEVEL, title, levels)
