"""A made-up province: 137 units in 17 clusters, a table of 60 criteria of many kinds."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.rules.document import dump_tree
from tests import builders as b
from tests.journeys.world import as_json, as_toml

UNITS, CLUSTERS, CRITERIA = 137, 17, 60
FIGURES = ("plan", "actual", "level", "done", "assigned", "value", "achieved", "works")
Tree = dict[str, Any]

METHODS: tuple[dict[str, Any], ...] = (
    {"kind": "proportional", "zero_base": "zero"},
    {
        "kind": "levels",
        "levels": [
            {"name": "Tốt", "percent": 100},
            {"name": "Khá", "percent": 70},
            {"name": "Trung bình", "percent": 50},
        ],
    },
    {"kind": "direct"},
    {
        "kind": "bands",
        "input": "plan_percent",
        "outside": "zero",
        "zero_base": "zero",
        "bands": [{"ge": 95, "points": 10}, {"ge": 80, "lt": 95, "points": 7}],
    },
    {"kind": "task_ratio"},
    {"kind": "proportional", "zero_base": "zero"},
    {"kind": "rank_table", "table": [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], "beyond": "zero"},
    {"kind": "yes_no"},
    {"kind": "direct"},
    {"kind": "count", "items": [{"id": "works", "title": "Sáng kiến", "points": 1}]},
)
"""One for each criterion of a section; a section has ten."""


def pack_tree() -> Tree:
    """Six sections of ten criteria."""
    rows = []
    for section in range(1, CRITERIA // len(METHODS) + 1):
        rows.append(b.criterion(str(section), 100))
        rows += [
            b.criterion(f"{section}.{place}", 10, method) for place, method in enumerate(METHODS, 1)
        ]
    award = b.award("co", b.fixed(1), requires={"total": {"ge": 300}})
    return b.pack_tree(*rows, award, id="tinh")


def facts(chance: random.Random) -> Tree:
    """Facts with every cell filled."""
    units = [f"u{n}" for n in range(1, UNITS + 1)]
    entries: list[Tree] = []
    for unit in units:
        for section in range(1, CRITERIA // len(METHODS) + 1):
            for place, method in enumerate(METHODS, 1):
                entry = {"unit": unit, "criterion": f"{section}.{place}", "round": b.ROUND}
                entries.append(entry | values(method["kind"], chance) | {"evidence": 1})
    return {
        "schema": "bangvang-facts/1",
        "period": {"name": "2026", "from": dt.date(2026, 1, 1), "to": dt.date(2026, 12, 31)},
        "clusters": [{"id": f"k{n}"} for n in range(1, CLUSTERS + 1)],
        "units": [
            {"id": unit, "name": f"Đơn vị {unit}", "cluster": f"k{place % CLUSTERS + 1}"}
            for place, unit in enumerate(units)
        ],
        "entries": entries,
    }


def values(kind: str, chance: random.Random) -> Tree:
    """What a cell of a method of this kind holds."""
    number = Decimal(chance.randint(6000, 12000)) / 100
    match kind:
        case "proportional" | "bands":
            return {"figures": {"plan": 100, "actual": number}}
        case "levels":
            return {"figures": {"level": chance.choice(("Tốt", "Khá", "Trung bình"))}}
        case "direct":
            return {"points": Decimal(chance.randint(0, 40)) / 4}
        case "task_ratio":
            return {"figures": {"done": chance.randint(1, 30), "assigned": 30}}
        case "rank_table":
            return {"figures": {"value": number}}
        case "yes_no":
            return {"figures": {"achieved": chance.random() < 0.8}}
    return {"figures": {"works": chance.randint(0, 9)}}


def table(entries: list[Tree]) -> str:
    """The entries as the table beside a facts file."""
    stream = io.StringIO()
    columns = ["unit", "criterion", "round", "points", "evidence", *FIGURES]
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    for entry in entries:
        flat = {k: v for k, v in entry.items() if k != "figures"} | entry.get("figures", {})
        writer.writerow(
            {k: str(v).replace(".", ",") if k in FIGURES else v for k, v in flat.items()}
        )
    return stream.getvalue()


def write(folder: Path) -> dict[str, Path]:
    """Writes the pack and its facts in three forms: TOML with a table, JSON, TOML alone."""
    tree = facts(random.Random(137))
    body = {key: value for key, value in tree.items() if key != "entries"}
    files = {name: folder / name for name in ("pack.toml", "table.toml", "facts.json", "rows.toml")}
    files["pack.toml"].write_text(dump_tree(pack_tree()), encoding="utf-8")
    head = as_toml({"entries_file": "scores.csv", **body})
    files["table.toml"].write_text(head, encoding="utf-8")
    (folder / "scores.csv").write_text(table(tree["entries"]), encoding="utf-8")
    files["facts.json"].write_text(as_json(tree), encoding="utf-8")
    files["rows.toml"].write_text(as_toml(tree), encoding="utf-8")
    return files
