"""A real table of self-scores (kept outside the repository) as a pack and a table of entries."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from app.rules.document import dump_tree

ROUNDS = (("self", "unit"), ("cluster", "leader"), ("department", "department"))
TITLES = {"self": "Tự chấm", "cluster": "Cụm chấm", "department": "Sở Nội vụ thẩm định"}


def write_real_table(source: Path, folder: Path) -> tuple[Path, Path, tuple[str, ...]]:
    """Writes ``pack.toml`` and ``scores.csv`` (round ``self``); returns both and the units."""
    rows = list(csv.DictReader(source.read_text("utf-8-sig").splitlines()))
    units = tuple(name for name in rows[0] if name[0] == "D" and name[1:].isdigit())
    criteria: dict[str, dict[str, Any]] = {}
    cells = ["unit,criterion,round,points"]
    for row in rows:
        code = _code(row, criteria)
        parts = code.split(".")
        for depth in range(1, len(parts)):
            group = ".".join(parts[:depth])
            criteria.setdefault(group, {"code": group, "title": f"Nhóm {group}"})
        criteria[code] = {
            "code": code,
            "title": f"Tiêu chí {row['code']}",
            "max": row["max"],
            "method": {"kind": "direct"},
        }
        cells += [f"{unit},{code},self,{row[unit]}" for unit in units if row[unit].strip()]
    rounds = [
        {"id": name, "title": TITLES[name], "hand": hand}
        | ({"stands_in": ROUNDS[at - 1][0]} if at else {})
        for at, (name, hand) in enumerate(ROUNDS)
    ]
    tree = {
        "schema": "bangvang-pack/1",
        "id": "bang-that",
        "version": "1.0.0",
        "title": "Bảng thật",
        "rounds": rounds,
        "scoring": {"ranking_round": "department", "total_max": 1000},
        "criteria": list(criteria.values()),
        "awards": [{"id": "co", "title": "Cờ thi đua", "places": {"kind": "fixed", "count": 1}}],
        "ties": {"chain": [{"step": "ballot"}]},
    }
    pack, scores = folder / "pack.toml", folder / "scores.csv"
    pack.write_text(dump_tree(tree), encoding="utf-8")
    scores.write_text("\n".join(cells) + "\n", encoding="utf-8")
    return pack, scores, units


def _code(row: dict[str, str], taken: dict[str, dict[str, Any]]) -> str:
    inner = ["".join(p.strip(". )").replace(".", "-").split()) for p in row["path"].split("/")[1:]]
    parts = [row["section"], *inner]
    while ".".join(parts) in taken:
        parts[-1] += "'"
    return ".".join(parts)
