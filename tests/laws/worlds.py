"""Random packs and random facts for them: what a stranger might write.

A world is thrown with dice from one seed, so a failing one is told by its number:
``world(4711)``. The pack uses everything that the format offers; the entries mostly fit it and
sometimes do not.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from hypothesis import strategies as st

from app.domain.snapshot import (
    Ballot,
    Cluster,
    ConditionFact,
    Decision,
    Entry,
    EntryState,
    Figure,
    GivenTotal,
    ItemFact,
    OwnCriterion,
    Quota,
    Snapshot,
    StandingFact,
    Unit,
)
from app.ground.findings import UserError
from app.rules.checks import unusable
from app.rules.document import LoadedPack, Tree, read_method
from app.rules.items import Scored
from app.rules.methods import FigureKind, FigureSpec
from app.scoring.assess import assess
from tests.builders import YEAR, read

DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))
"""``BANGVANG_DOSE=20`` multiplies the examples of every law."""

Table = dict[str, Any]
T = TypeVar("T")

WORDS = ["Tốt", "Khá", "Yếu"]
AWARDS = ["co", "bk", "tt"]
CLASSES = ["xs", "dat", "kem"]
CASES = ["ca", "cb", "cc"]
CONDITIONS = ["da", "db"]
CODES = ["I", "I.1", "I.2", "I.3", "II", "II.1", "II.2", "II.3", "III"]
POINTS = [0, 1, 2, 3, 5, 8, 10, Decimal("0.5"), Decimal("2.25"), Decimal("3.333")]
EDGES = [0, 1, 2, 5, 10, 20, 50, 80, 90, 100, Decimal("0.5"), Decimal("99.995")]
NUMBERS = [
    *(Fraction(n) for n in (-2, 0, 1, 2, 3, 5, 7, 8, 10, 12, 50, 99, 100, 101, 130)),
    Fraction(1, 3),
    Fraction("12.5"),
    Fraction("99.995"),
]


class Dice(random.Random):
    """The luck of one world."""

    def one(self, choices: Sequence[T]) -> T:
        """One of several."""
        return self.choice(choices)

    def chance(self, out_of: int) -> bool:
        """True once in so many throws."""
        return self.randrange(out_of) == 0

    def some(self, choices: Sequence[T], most: int) -> list[T]:
        """Up to so many different ones."""
        return self.sample(list(choices), self.randint(0, min(most, len(choices))))

    def maybe(self, **optional: Callable[[], Any]) -> Table:
        """Each key with an even chance."""
        return {key: make() for key, make in optional.items() if self.chance(2)}

    def points(self) -> Any:
        """Points of a pack."""
        return self.one(POINTS)

    def number(self) -> Fraction:
        """A figure."""
        return self.one(NUMBERS)

    def day(self) -> dt.date:
        """A day around the year."""
        return dt.date(2025, 12, 1) + dt.timedelta(days=self.randrange(430))

    def flag(self) -> bool:
        """Yes or no."""
        return self.chance(2)


def ranges(dice: Dice) -> Table:
    """A range with one or two edges, often around a threshold."""
    if dice.chance(10):
        return {"eq": dice.one(EDGES)}
    low, high = dice.one(["ge", "gt"]), dice.one(["le", "lt"])
    one, other = sorted([dice.one(EDGES), dice.one(EDGES)])
    return dice.one([{low: one}, {high: other}, {low: one, high: other}])


# ------------------------------------------------------------------ methods

_INPUTS = ["value", "plan_percent", "ratio_percent", "change_percent", "difference", "days_late"]
_OF_CLUSTER = ["average_percent", "best_percent"]
_MEASURED = {
    "bands",
    "threshold",
    "proportional",
    "against_base",
    "lateness",
    "over_plan",
    "rank_table",
    "versus_average",
    "versus_leader",
    "best_of_group",
}


def methods(dice: Dice, alone: bool = False) -> Table:
    """A method table; ``alone``: one that compares nobody, nor needs typed points."""
    kind = dice.one(list(_ALONE) if alone else [*_ALONE, *_OTHERS, "direct"])
    table = {"kind": kind, **(_ALONE | _OTHERS).get(kind, lambda d: {})(dice)}
    if kind in _MEASURED:
        inputs = _INPUTS if alone else _INPUTS + _OF_CLUSTER
        table["input"] = dice.one(inputs)
        table |= dice.maybe(
            direction=lambda: dice.one(["higher", "lower"]),
            zero_base=lambda: dice.one(["full", "zero", "not_applicable", "open"]),
        )
        if table.get("scale") == "from_target" and not dice.chance(20):
            table["input"] = "plan_percent"
        if table["input"] == "ratio_percent" and dice.chance(3):
            table["pending"] = dice.one(["count", "leave_out", "open"])
    return table


def _parts(dice: Dice) -> list[Table]:
    names = ["a", "b", "c"][: dice.randint(1, 3)]
    return [{"id": n, "title": n, "points": dice.points()} for n in names]


def _worth(dice: Dice) -> Table:
    if dice.flag():
        return {"points": dice.points()}
    return {"percent": dice.one([0, 50, 70, 100, 120])}


def _deducted(dice: Dice) -> Table:
    return dice.one(
        [{"points": dice.points()}, {"percent": dice.one([5, 25, 60])}, {"loses_all": True}]
    )


_ALONE: Mapping[str, Callable[[Dice], Table]] = {
    "checklist": lambda d: {"parts": _parts(d)},
    "yes_no": lambda d: d.maybe(yes=d.points, no=d.points),
    "levels": lambda d: {
        "levels": [
            {"name": n, **_worth(d)} | ({"bars": True} if d.chance(6) else {}) for n in WORDS
        ]
    },
    "bands": lambda d: {
        "bands": [{**ranges(d), **_worth(d)} for _ in range(d.randint(1, 3))],
        **d.maybe(outside=lambda: d.one(["zero", "nearest", "open"])),
    },
    "threshold": lambda d: {
        "threshold": ranges(d),
        **d.maybe(points=d.points, otherwise=d.points),
    },
    "proportional": lambda d: d.maybe(
        cap=lambda: d.one([80, 100, 120]), nothing_below=lambda: d.one(EDGES)
    ),
    "task_ratio": lambda d: d.maybe(
        none_assigned=lambda: d.one(["not_applicable", "full", "zero", "open"])
    ),
    "ratios": lambda d: {
        "parts": _parts(d),
        **d.maybe(zero_whole=lambda: d.one(["full", "zero", "open"])),
    },
    "count": lambda d: {"items": _parts(d)},
    "highest": lambda d: {"items": _parts(d)},
    "rescaled": lambda d: d.maybe(scale=lambda: d.one([0, 10, 100])),
    "against_base": lambda d: {
        "start": d.points(),
        "step": d.one([1, 2, Decimal("0.5")]),
        "up": d.points(),
        "down": d.points(),
        **d.maybe(floor=d.points, whole_steps=d.flag),
    },
    "lateness": lambda d: {"per_day": d.points(), **d.maybe(floor=d.points)},
    "deduct": lambda d: {"items": [{"id": "a", "title": "a", **_deducted(d)}]},
    "judged": lambda d: {"range": ranges(d), **d.maybe(deducts=d.flag)},
    "over_plan": lambda d: d.maybe(
        per=lambda: d.one([1, Decimal("2.5")]), points=d.points, whole=d.flag
    ),
}
_OTHERS: Mapping[str, Callable[[Dice], Table]] = {
    "rank_table": lambda d: {
        "table": sorted((d.points() for _ in range(d.randint(2, 4))), reverse=True),
        **d.maybe(
            equal=lambda: d.one(["competition", "dense", "average", "open"]),
            beyond=lambda: d.one(["continue_step", "hold_last", "zero", "open"]),
            ranked=lambda: d.chance(3),
        ),
    },
    "versus_average": lambda d: d.maybe(above=d.points, equal=d.points, below=d.points),
    "versus_leader": lambda d: {
        "no_target": d.one([0, 60]),
        **d.maybe(
            scale=lambda: d.one(["from_zero", "from_worst", "from_target"]),
            low=d.points,
            at_target=d.points,
            no_target_scale=lambda: d.one(["flat", "from_zero"]),
        ),
    },
    "best_of_group": lambda d: d.maybe(others=d.points, best_zero=lambda: d.one(["full", "zero"])),
}


# ------------------------------------------------------------------ conditions


def conditions(dice: Dice, early: bool = False, depth: int = 2) -> Table:
    """A boolean tree; ``early``: only over the table, as classes and cases may be."""
    if depth and dice.chance(3):
        inner = [conditions(dice, early, depth - 1) for _ in range(dice.randint(1, 3))]
        return dice.one(
            [
                {"all": inner},
                {"any": inner},
                {"some": {"count": 1, "of": inner}},
                {"not": inner[0]},
            ]
        )
    tests = _EARLY if early else [*_EARLY, *_LATE]
    return dice.one(tests)(dice)


_EARLY: list[Callable[[Dice], Table]] = [
    lambda d: {"points": {"of": d.one(CODES), **ranges(d)}},
    lambda d: {"share": {"of": d.one(CODES), **ranges(d)}},
    lambda d: {"every_share": {"within": d.some(CODES, 2), **ranges(d)}},
    lambda d: {"no_zero": {"within": d.some(CODES, 2)}},
    lambda d: {
        "targets_met": {
            "within": d.some(CODES, 2),
            "share": d.one(EDGES),
            d.one(["count", "percent"]): d.randint(0, 4),
        }
    },
    lambda d: {
        "level": {
            "within": d.some(CODES, 2),
            "scale": "muc",
            d.one(["at_most", "at_least", "below", "above"]): d.one(WORDS),
        }
    },
    lambda d: {"state": {"is": d.one(["not_done", "not_assigned", "blank", "scored"])}},
    lambda d: {"barring_level": {"within": d.some(CODES, 1)}},
    lambda d: d.one([{"role": "leader"}, {"block": "A"}, {"always": True}]),
    lambda d: {"size": ranges(d)},
    lambda d: {"months": ranges(d)},
    lambda d: {"attribute": {"name": "women", "range": ranges(d)}},
    lambda d: {"condition": "da"},
    lambda d: {"total": {"of": d.one(["all", "without_bonus", "before_deductions"]), **ranges(d)}},
    lambda d: {"percent": ranges(d)},
    lambda d: {"deductions": ranges(d)},
    lambda d: {"bonus": {"of": "ba", **ranges(d)}},
    lambda d: {"companion": {"pack": "kem", "total": ranges(d)}},
]
_LATE: list[Callable[[Dice], Table]] = [
    lambda d: {"standing": d.one(CASES)},
    lambda d: {"class": {d.one(["at_least", "at_most"]): d.one(CLASSES)}},
    lambda d: {"rank": ranges(d)},
    lambda d: {"condition": "db"},
]


# ------------------------------------------------------------------ packs


def _table(dice: Dice) -> list[Table]:
    rows: list[Table] = []
    for code in CODES:
        row: Table = {"code": code, "title": code}
        if dice.flag():
            row["clause"] = "m"
        if dice.chance(3):
            row["not_assigned"] = dice.one(["exclude", "rescale", "full", "zero"])
        row |= dice.one([{}] * 12 + [{"role": "leader"}, {"blocks": ["A"]}, {"inside_bonus": True}])
        if code in ("I", "II"):
            row |= dice.maybe(
                max=lambda: 30,
                cap=lambda: dice.one([5, 12]),
                combine=lambda: dice.one(["sum", "highest"]),
                rescale=dice.flag,
            )
        elif code == "I.3" and dice.flag():
            row |= {"max": 10, "slot": {}}
        else:
            row |= {"max": dice.one([5, 10, Decimal("7.5")]), "method": methods(dice)}
            row |= _rare(dice, code)
        rows.append(row)
    if dice.chance(3):
        dice.shuffle(rows)
    return rows


def _rare(dice: Dice, code: str) -> Table:
    """What a scored row seldom has; preconditions look at III, so III has a figure's only."""
    row: Table = {}
    if dice.chance(4):
        row["gate"] = {"title": "Cổng", "figure": "ok"} | dice.one(
            [{}, {"otherwise": dice.points()}, {"keeps": 50}, {"otherwise_percent": 40}]
        )
        if code != "III" and dice.flag():
            del row["gate"]["figure"]
            row["gate"]["when"] = dice.one(
                [{"points": {"of": "III", "ge": 2}}, {"role": "leader"}, {"condition": "da"}]
            )
    if dice.chance(8):
        row["already"] = {"figure": "xong", "title": "Đã đạt"} | dice.maybe(points=dice.points)
    if dice.chance(10):
        row["hand"] = dice.one(["unit", "department"])
    if code == "I.2" and dice.chance(3):
        row["substitute_for"] = dice.one(["I.1", "II"])
    if dice.chance(6):
        row["needs_evidence"] = True
    return row


def _places(dice: Dice) -> Table:
    rounding = dice.one(["floor", "ceil", "half_up"])
    of = dice.one(["participants", "eligible"])
    return dice.one(
        [
            {"kind": "fixed", "count": dice.randint(0, 3)},
            {"kind": "quota", **dice.maybe(default=lambda: dice.randint(0, 3))},
            {"kind": "percent", "percent": dice.one([10, 20, 50]), "of": of, "rounding": rounding},
            {"kind": "all"},
            {
                "kind": "ranks",
                "by_size": [
                    {"size": {"le": 3}, "first": 1, "last": 2},
                    {"size": {"gt": 3}, "first": 2, "last": 3},
                ],
            },
        ]
    )


def _awards(dice: Dice) -> list[Table]:
    found = []
    for place, name in enumerate(AWARDS):
        award = {"id": name, "title": name, "places": _places(dice)}
        award |= dice.maybe(
            reserve=lambda: dice.randint(0, 2),
            held=lambda: dice.one(["hold", "pass_on", "open"]),
            conditions=lambda: dice.some(CONDITIONS, 1),
        )
        before = AWARDS[:place]
        rare: dict[str, Callable[[], Any]] = {
            "scope": lambda: "province",
            "requires": lambda: conditions(dice),
            "beside": lambda: "yes",
            "needs_ballot": lambda: True,
        }
        if before:
            award |= dice.maybe(excludes=lambda before=before: dice.some(before, 2))
            rare["among"] = lambda before=before: dice.one(before)
            rare["chosen_by"] = lambda: "council"
        award |= {key: make() for key, make in rare.items() if dice.chance(4)}
        found.append(award)
    return found


_KEYS: list[Table] = [
    {"by": "points", "of": "I"},
    {"by": "share", "of": "II.1", "lower": True},
    {"by": "attribute", "of": "women", "at": {"ge": 50}},
    {"by": "exact_total"},
    {"by": "before_bonus"},
    {"by": "deductions", "lower": True},
    {"by": "round_total", "of": "self"},
    {"by": "level", "of": "III", "scale": "muc"},
]


def _step(dice: Dice) -> Table:
    return dice.one(
        [
            {"step": "ballot", "max": dice.randint(1, 2)},
            {"step": "keys", "keys": dice.some(_KEYS, 2) or [_KEYS[0]]},
            {"step": "authority"},
        ]
    )


def _scoring(dice: Dice) -> Table:
    return {"ranking_round": dice.one(["final", "final", "self", "open"])} | dice.maybe(
        rank_by=lambda: dice.one(["total", "percent"]),
        rank_keys=lambda: dice.some(_KEYS, 2),
        round_at=lambda: dice.one(["criterion", "section", "total"]),
        digits=lambda: dice.randint(0, 3),
        rounding=lambda: dice.one(["half_up", "half_even", "down", "up"]),
        over_max=lambda: dice.one(["clamp", "keep", "refuse", "clamp"]),
        class_on=lambda: dice.one(["published", "exact"]),
        not_assigned=lambda: dice.one(["exclude", "rescale", "full", "zero"]),
        barred=lambda: dice.one(["apart", "ranked"]),
        left=lambda: dice.one(["apart", "ranked"]),
        clamp=lambda: dice.one([{"low": -5, "high": 20}, {"high": 25}, {"low": "none"}, {}]),
        rerank_after_ballot=lambda: dice.one(["rerank", "keep", "open"]),
        late_items=lambda: ["bb"],
    )


def _item_worth(dice: Dice) -> Table:
    return dice.one(
        [
            {"kind": "per_count", "points": dice.points()},
            {"kind": "points", "range": ranges(dice)},
            {"kind": "points"},
            {"kind": "percent_of_total", "percent": 5},
            {"kind": "method", "method": methods(dice, alone=True)},
            {"kind": "each_over_plan", "criteria": ["I"], "share_of_max": 10},
        ]
    )


def _items(dice: Dice, names: list[str]) -> Table:
    rows = [
        {"id": n, "title": n, "worth": _item_worth(dice), "max": dice.one([2, 5, 50])}
        | ({"role": "leader"} if dice.chance(5) else {})
        for n in names
    ]
    return {"items": rows} | dice.maybe(
        max=lambda: dice.one([3, 20]), same_subject=lambda: dice.one(["highest", "all"])
    )


def _ballot_rule(dice: Dice) -> Table:
    return {"purpose": dice.one(["tie", "award", "leader"])} | dice.maybe(
        form=lambda: dice.one(["choose", "approve"]),
        base=lambda: dice.one(["members", "present", "issued", "valid"]),
        percent=lambda: dice.one([0, 50, 80, "none"]),
        strict=dice.flag,
        written=dice.flag,
        quorum=lambda: {"percent": 50, **dice.maybe(strict=dice.flag)},
        max=lambda: dice.randint(1, 2),
    )


def _case(dice: Dice, case: str) -> Table:
    kind = dice.one(["barred", "held", "ceiling", "lowered", "failed"])
    row = {"id": case, "kind": kind, "title": case, "class": dice.one(CLASSES)}
    row |= dice.maybe(ranked=dice.flag)
    if dice.chance(4):
        row["awards"] = dice.some(AWARDS, 1)
    if dice.flag():
        row["when"] = conditions(dice, early=True)
        if case == "cc":
            row["when"] = dice.one([row["when"], {"standing": "ca"}, {"class": {"is": ["xs"]}}])
    return row


def tree(dice: Dice) -> Tree:
    """The tree of a pack with something of everything."""
    found: Tree = {
        "schema": "bangvang-pack/1",
        "id": "thu",
        "version": "1.0.0",
        "title": "Gói ngẫu nhiên",
        "blocks": [{"id": "A", "title": "A"}],
        "sources": [{"id": "S", "kind": "decision", "type": "QĐ", "issuer": "x", "subject": "x"}],
        "clauses": [{"id": "m", "source": "S", "place": "1", "note": "x"}],
        "rounds": [
            {"id": "self", "title": "Tự chấm"},
            {"id": "final", "title": "Chốt", "hand": "department"}
            | dice.maybe(stands_in=lambda: "self"),
        ],
        "scales": [{"id": "muc", "title": "Mức", "levels": WORDS}],
        "scoring": _scoring(dice),
        "criteria": _table(dice),
        "bonus": _items(dice, ["ba", "bb"]),
        "deductions": _items(dice, ["tr"]),
        "standing": [_case(dice, case) for case in CASES],
        "conditions": [
            {"id": "da", "title": "da"},
            {"id": "db", "title": "db"} | dice.maybe(when=lambda: conditions(dice, early=True)),
        ],
        "classes": [{"id": c, "title": c, "when": conditions(dice, early=True)} for c in CLASSES],
        "awards": _awards(dice),
        "ties": {"chain": [_step(dice) for _ in range(dice.randint(0, 3))]},
        "ballots": [_ballot_rule(dice) for _ in range(dice.randint(0, 2))],
    }
    if dice.chance(5):
        found["incomplete"] = "Thiếu mục IV"
    return found


def pack(seed: int) -> LoadedPack:
    """A pack that may be applied; nearly every throw gives one."""
    dice = Dice(seed)
    for _ in range(20):
        loaded, findings = read(tree(dice))
        assert loaded is not None, [f"{f.place}: {f.message}" for f in findings]
        if not unusable(loaded):
            return loaded
    raise AssertionError([f"{f.place}: {f.message}" for f in unusable(loaded)])


# ------------------------------------------------------------------ facts


def _figure(dice: Dice, spec: FigureSpec) -> Figure:
    if dice.chance(25):
        return dice.one([dice.number(), dice.flag(), dice.day(), dice.one([*WORDS, "", "?"])])
    match spec.kind:
        case FigureKind.NUMBER:
            return dice.number()
        case FigureKind.COUNT:
            return Fraction(dice.randint(0, 4))
        case FigureKind.YES_NO:
            return dice.flag()
        case FigureKind.LEVEL:
            return dice.one(WORDS)
        case FigureKind.DATE:
            return dice.day()


def figures(dice: Dice, specs: Sequence[FigureSpec]) -> dict[str, Figure]:
    """Figures that a method asks for; now and then one is missing or of another kind."""
    found = {spec.name: _figure(dice, spec) for spec in specs if not dice.chance(20)}
    return found | dice.maybe(ok=lambda: not dice.chance(3), xong=lambda: dice.chance(4))


def _entries(dice: Dice, rules: LoadedPack, unit: str, own: Sequence[OwnCriterion]) -> list[Entry]:
    rows: dict[str, Sequence[FigureSpec]] = {
        row.code: row.method.figure_specs() if row.method is not None else ()
        for row in rules.rules.criteria
    }
    for item in own:
        method, _ = read_method(item.method, item.code)
        if item.unit == unit and method is not None:
            rows[item.code] = method.figure_specs()
    found: list[Entry] = []
    for code, specs in rows.items():
        for round_id in ("self", "final"):
            if dice.chance(10):
                continue
            state = dice.one(list(EntryState)) if dice.chance(4) else EntryState.SCORED
            typed = not specs or dice.chance(6)
            found.append(
                Entry(
                    unit,
                    code,
                    round_id,
                    state,
                    figures(dice, specs),
                    dice.number() if typed else None,
                    dice.one(["", "lý do"]),
                    dice.one([None, 0, 2]),
                )
            )
    return found


def _ballot(dice: Dice, names: list[str]) -> Ballot:
    def votes(chance: int) -> dict[str, int]:
        if not dice.chance(chance):
            return {}
        return {name: dice.randint(0, 6) for name in dice.some(names, 3)}

    def count(most: int) -> int | None:
        return None if dice.flag() else dice.randint(0, most)

    return Ballot(
        dice.one(["tie", "award", "leader", "deputy", "free"]),  # type: ignore[arg-type]
        dice.one([None, *AWARDS]),
        dice.one(["choose", "approve"]),  # type: ignore[arg-type]
        dice.randint(1, 3),
        votes(1),
        votes(3),
        votes(5),
        votes(5),
        *(count(12) for _ in range(7)),
        count(3),
        dice.one([None, "k1", "k2"]),
        {name: Fraction(dice.randint(0, 9)) for name in names} if dice.chance(4) else {},
        dice.one([None, None, 1, 2]),
    )


def _item_facts(dice: Dice, rules: LoadedPack, names: list[str]) -> tuple[ItemFact, ...]:
    specs = [
        spec
        for item in (*rules.rules.bonus.items, *rules.rules.deductions.items)
        if isinstance(item.worth, Scored)
        for spec in item.worth.method.figure_specs()
    ]
    return tuple(
        ItemFact(
            dice.one(names),
            dice.one(["ba", "bb", "tr"]),
            dice.randint(0, 3),
            dice.one([None, dice.number()]),
            figures(dice, specs),
            dice.one(["", "x", "y"]),
        )
        for _ in range(dice.randint(0, 4))
    )


def facts(dice: Dice, rules: LoadedPack) -> Snapshot:
    """Facts of one or two clusters that mostly fit a pack."""
    names = dice.one([["u1"], ["u1", "u2", "u3"], ["u1", "u2", "u3", "v1", "v2"]])
    units = tuple(
        Unit(
            name,
            f"Đơn vị {name}",
            "k2" if name.startswith("v") else "k1",
            frozenset({"leader"}) if dice.chance(3) else frozenset(),
            dice.day() if dice.chance(4) else None,
            dice.day() if dice.chance(6) else None,
            dice.one([{}, {"women": Fraction(70)}, {"women": Fraction(10)}]),
        )
        for name in names
    )
    slots = [row.code for row in rules.rules.criteria if row.slot is not None]
    own = tuple(
        OwnCriterion(name, slot, f"{slot}.{part}", part, Fraction(5), methods(dice))
        for name in names
        for slot in slots
        for part in dice.some(["a", "b"], 2)
    )
    world = Snapshot(
        YEAR,
        (Cluster("k1", "Cụm 1", "A"), Cluster("k2", "Cụm 2", dice.one([None, "Z"]))),
        units,
        tuple(e for name in names for e in _entries(dice, rules, name, own)),
        own,
        tuple(
            GivenTotal(dice.one(names), dice.one(["self", "final"]), abs(dice.number()), section)
            for section in dice.some([None, "I", "II"], 1)
        ),
        _item_facts(dice, rules, names),
        _item_facts(dice, rules, names),
        tuple(
            StandingFact(dice.one(names), case, "", *sorted([dice.day(), dice.day()]))
            for case in dice.some(CASES, 2)
        ),
        tuple(
            ConditionFact(name, condition, dice.flag())
            for name in names
            for condition in dice.some(CONDITIONS, 2)
        ),
        tuple(_ballot(dice, names) for _ in range(dice.randint(0, 4))),
        (),
        tuple(
            Quota(award, dice.randint(0, 4), cluster=dice.one([None, "k1"]))
            for award in dice.some(AWARDS, 2)
        ),
        ranking_round=dice.one([None, None, "self"]),
    )
    return replace(world, decisions=_decisions(dice, rules, world))


def _decisions(dice: Dice, rules: LoadedPack, world: Snapshot) -> tuple[Decision, ...]:
    """Decisions on questions that these facts really raise; some name no possible outcome."""
    try:
        asked = assess(world, rules).open_questions
    except UserError:
        return ()
    found = []
    for question in asked:
        outcomes = [o.choice for o in question.outcomes] or ["5"]
        if dice.flag():
            outcome = dice.one(["?", "99", "u1", "u1+u2"]) if dice.chance(6) else dice.one(outcomes)
            found.append(Decision(question.id, outcome))
    for award in dice.some(AWARDS, 1):
        place = f"place:{award}:{dice.one([unit.id for unit in world.units])}"
        found.append(Decision(place, dice.one(["passed_on", "left_empty", "?"])))
    return tuple(found)


def world(seed: int) -> tuple[LoadedPack, Snapshot]:
    """A pack and facts for it."""
    rules = pack(seed)
    return rules, facts(Dice(seed + 1), rules)


seeds = st.integers(0, 10**9)
"""Numbers of worlds."""
