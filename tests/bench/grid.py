"""Two worlds for the score grid, and keystrokes in them.

The cluster: 176 criteria of many kinds (several compare units), 12 units, three rounds, every
cell filled. The province: that of ``province``.
"""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from app.domain.snapshot import Entry, EntryState, Figure
from app.exchange.facts import read_facts
from app.operations.loading import Loaded, PackSet
from app.operations.workspace.desk import change_setting, today
from app.operations.workspace.imports import import_facts
from app.operations.workspace.rounds import submit_round
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from app.rules.document import dump_tree
from tests import builders as b
from tests.bench import province
from tests.journeys.real_table import ROUNDS
from tests.journeys.world import as_toml

UNITS, SECTIONS, GROUPS, LEAVES = 12, 8, 2, 11
CRITERIA = SECTIONS * GROUPS * LEAVES
Tree = dict[str, Any]

METHODS: tuple[Tree, ...] = (
    *province.METHODS,
    {"kind": "versus_leader", "input": "plan_percent", "low": 1, "no_target": 0},
)
"""One for each criterion of a group."""


def cluster() -> Loaded:
    """The cluster, ready to be scored."""
    return _loaded(b.load(cluster_tree()), cluster_facts())


def cluster_workspace(folder: Path) -> Path:
    """The cluster's year as a workspace."""
    pack, facts = folder.with_suffix(".pack.toml"), folder.with_suffix(".facts.toml")
    pack.write_text(dump_tree(cluster_tree()), encoding="utf-8")
    facts.write_text(as_toml(cluster_facts()), encoding="utf-8")
    workspace = create_workspace(folder, OFFICER)
    change_setting(workspace, OFFICER, "officer", OFFICER)
    desk, _ = open_year(workspace, OFFICER, year_record("2026"))
    adopt_pack(desk, pack)
    import_facts(desk, facts, apply=True)
    for round_id in ("self", "cluster"):
        submit_round(desk, round_id, None, today())
    workspace.close(backup=False)
    return folder


OFFICER = "Nguyễn Thị Hoa"


def cluster_tree() -> Tree:
    """Eight sections of two groups of eleven criteria, with cases, classes and awards."""
    rows: list[b.Row] = []
    for section in range(1, SECTIONS + 1):
        rows.append(b.criterion(str(section), 220))
        for group in range(1, GROUPS + 1):
            rows.append(b.criterion(f"{section}.{group}", 110))
            for place, method in enumerate(METHODS, 1):
                more = {"gate": GATE} if place == LEAVES - 1 else {}
                rows.append(b.criterion(f"{section}.{group}.{place}", 10, method, **more))
    return b.pack_tree(
        *rows,
        b.bonus_item("b", {"kind": "points", "range": {"ge": 0, "le": 5}}, max=5),
        b.bonus_item("vuot", {"kind": "each_over_plan", "criteria": ["1"], "points": 1}, max=5),
        b.deduction_item("tre", {"kind": "per_count", "points": 2}),
        b.standing_case("ky_luat", "barred"),
        b.standing_case("kem", "barred", when={"not": {"no_zero": {"within": ["1.1.8"]}}}),
        b.standing_case("thap", "ceiling", when={"every_share": {"lt": 10}}, class_="dat"),
        b.class_rule("xs", {"total": {"ge": 1300}}),
        b.class_rule("tot", {"every_share": {"within": ["1"], "ge": 20}}),
        b.class_rule("dat", {"always": True}),
        b.award("co", b.fixed(1), requires={"total": {"ge": 300}}),
        b.award("bk", b.fixed(4), requires={"class": {"at_least": "tot"}}, excludes=["co"]),
        b.award("gk", b.fixed(4), excludes=["co", "bk"], reserve=2),
        id="cum",
        rounds=[
            {"id": name, "title": name, "hand": hand}
            | ({"stands_in": ROUNDS[at - 1][0]} if at else {})
            for at, (name, hand) in enumerate(ROUNDS)
        ],
        scoring={"ranking_round": "department"},
    )


GATE = {"figure": "ky", "title": "Đã ký giao ước", "keeps": 50}


def cluster_facts() -> Tree:
    """Every cell of the cluster filled in all three rounds."""
    chance = random.Random(176)
    units = [f"u{n}" for n in range(1, UNITS + 1)]
    entries = [
        {"unit": unit, "criterion": f"{section}.{group}.{place}", "round": round_id}
        | _values(method["kind"], place, chance)
        | ({} if round_id == "self" else {"reason": "Thẩm định"})
        for unit in units
        for section in range(1, SECTIONS + 1)
        for group in range(1, GROUPS + 1)
        for place, method in enumerate(METHODS, 1)
        for round_id, _ in ROUNDS
    ]
    whole = province.facts(random.Random(1))
    return whole | {
        "clusters": [{"id": "k1"}],
        "units": [{"id": unit, "name": f"Đơn vị {unit}", "cluster": "k1"} for unit in units],
        "bonus": [{"unit": unit, "item": "b", "points": 2} for unit in units[::2]],
        "deductions": [{"unit": unit, "item": "tre", "count": 1} for unit in units[::3]],
        "entries": entries,
    }


def _values(kind: str, place: int, chance: random.Random) -> Tree:
    if kind == "versus_leader":
        number = Decimal(chance.randint(6000, 12000)) / 100
        return {"figures": {"plan": 100, "actual": number}}
    found = province.values(kind, chance)
    if place == LEAVES - 1:
        return {"figures": {**found["figures"], "ky": chance.random() < 0.8}}
    return found


def provincial() -> Loaded:
    """137 units in 17 clusters, 60 criteria."""
    return _loaded(b.load(province.pack_tree()), province.facts(random.Random(137)))


def _loaded(rules: b.LoadedPack, facts: Tree) -> Loaded:
    snapshot, findings = read_facts(facts, "facts.toml", rules)
    assert snapshot is not None, list(findings)[:3]
    return Loaded(PackSet(rules), snapshot, findings.as_tuple())


def keystroke(entry: Entry, chance: random.Random) -> Entry:
    """The cell as somebody goes on typing: other numbers, and now and then another state."""
    if chance.random() < 0.1:
        return replace(entry, state=chance.choice(list(EntryState)))
    if entry.points is not None:
        return replace(entry, points=Fraction(chance.randint(0, 40), 4))
    return replace(entry, figures={n: _other(n, v, chance) for n, v in entry.figures.items()})


def _other(name: str, value: Figure, chance: random.Random) -> Figure:
    match value:
        case bool():
            return chance.random() < 0.5
        case str():
            return chance.choice(("Tốt", "Khá", "Trung bình"))
        case Fraction() if name in ("done", "works"):
            return Fraction(chance.randint(0, 9))
        case Fraction() if name not in ("plan", "assigned"):
            return Fraction(chance.randint(6000, 12000), 100)
    return value
