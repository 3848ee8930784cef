"""A small world for tests of files: one pack that uses every kind of figure, and its facts."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.domain.snapshot import Snapshot
from app.exchange.facts import chosen_parameters, read_facts
from app.exchange.facts_text import facts_tree, neighbour_of
from app.ground.findings import Finding
from app.rules.document import LoadedPack, dump_tree
from tests import builders as b

Tree = dict[str, Any]


def pack_tree() -> Tree:
    """Every kind of figure, a slot, a gate, bonus, deductions, cases, conditions, two awards."""
    return b.pack_tree(
        b.criterion("I", 60),
        b.criterion("I.1", 30, {"kind": "proportional", "zero_base": "zero"}),
        b.criterion(
            "I.2",
            30,
            {
                "kind": "levels",
                "levels": [
                    {"name": "Tốt", "percent": 100, "also": ["Xuất sắc"]},
                    {"name": "Khá", "percent": 70},
                    {"name": "Yếu", "points": 0, "bars": True},
                ],
            },
        ),
        b.criterion("II", 40),
        b.direct("II.1", 10),
        b.criterion(
            "II.2",
            10,
            {"kind": "rank_table", "table": [10, 8, 6], "beyond": {"parameter": "A10"}},
        ),
        b.criterion("II.3", 10, {"kind": "lateness", "per_day": 1}),
        b.criterion(
            "II.4",
            5,
            {"kind": "yes_no"},
            gate={"figure": "signed", "title": "Đã ký giao ước"},
        ),
        b.criterion(
            "II.5",
            5,
            {"kind": "count", "items": [{"id": "works", "title": "Sáng kiến", "points": 1}]},
        ),
        b.criterion("III", 20, slot={}),
        b.bonus_item("b", {"kind": "points", "range": {"ge": 0, "le": 5}}, max=5),
        b.bonus_item(
            "over", {"kind": "method", "method": {"kind": "over_plan", "zero_base": "zero"}}, max=3
        ),
        b.deduction_item("late", {"kind": "per_count", "points": 2}),
        b.standing_case("ky_luat", "barred"),
        b.standing_case("yeu", "barred", when={"barring_level": {}}),
        b.condition_item("vuot"),
        b.parameter("A10", allowed=["continue_step", "hold_last", "zero"]),
        b.parameter("digits", allowed=[0, 1, 2], default=2),
        b.row("blocks", id="A", title="Huyện"),
        b.class_rule("tot", {"total": {"ge": 80}}),
        b.class_rule("dat", {"always": True}),
        b.award("co", b.fixed(1), requires={"total": {"ge": 50}}, conditions=["vuot"]),
        b.award("bk", {"kind": "quota"}, excludes=["co"]),
        id="nho",
        rounds=[
            {"id": "self", "title": "Tự chấm", "hand": "unit"},
            {
                "id": "department",
                "title": "Thẩm định",
                "hand": "department",
                "stands_in": "self",
            },
        ],
        scoring={"ranking_round": "department", "digits": {"parameter": "digits"}},
        ties={"chain": [{"step": "ballot", "max": 2}, {"step": "authority"}]},
    )


def small_pack(choices: Mapping[str, object] | None = None) -> LoadedPack:
    """The pack, read."""
    return b.load(pack_tree(), choices)


def facts() -> Tree:
    """Three units of one cluster; every list of the format is used."""
    plan = {"u1": 120, "u2": 90, "u3": 75}
    level = {"u1": "Tốt", "u2": "xuất sắc", "u3": "Khá"}
    entries: list[Tree] = []
    for place, unit in enumerate(plan):
        for criterion, more in (
            ("I.1", {"figures": {"plan": 100, "actual": Decimal(plan[unit])}}),
            ("I.2", {"figures": {"level": level[unit]}}),
            ("II.1", {"points": "7,5"}),
            ("II.2", {"figures": {"value": Decimal("95.5") - place}}),
            (
                "II.3",
                {"figures": {"due": dt.date(2026, 3, 1), "done": dt.date(2026, 3, 1 + place)}},
            ),
            ("II.4", {"figures": {"signed": True, "achieved": place != 2}}),
            ("II.5", {"figures": {"works": 2 + place}, "evidence": 1}),
        ):
            entries.append({"unit": unit, "criterion": criterion, "round": "self", **more})
    entries.append(
        {
            "unit": "u3",
            "criterion": "II.1",
            "round": "department",
            "points": Decimal("6.25"),
            "reason": "Thiếu một báo cáo",
        }
    )
    for unit in plan:
        entries.append({"unit": unit, "criterion": "III.a", "round": "self", "points": 15})
    return {
        "schema": "bangvang-facts/1",
        "period": {"name": "2026", "from": dt.date(2026, 1, 1), "to": dt.date(2026, 12, 31)},
        "parameters": {"A10": "zero"},
        "quotas": [{"award": "bk", "count": 1, "cluster": "k1"}],
        "clusters": [{"id": "k1", "name": "Cụm số 1", "block": "A"}],
        "units": [
            {"id": "u1", "name": "Sở Một", "cluster": "k1", "roles": ["leader"]},
            {"id": "u2", "name": "Sở Hai", "cluster": "k1"},
            {"id": "u3", "name": "Sở Ba", "cluster": "k1", "joined": dt.date(2026, 2, 1)},
        ],
        "own_criteria": [
            {
                "unit": unit,
                "slot": "III",
                "code": "III.a",
                "title": "Nhiệm vụ riêng",
                "max": 20,
                "method": {"kind": "direct"},
            }
            for unit in plan
        ],
        "entries": entries,
        "bonus": [
            {
                "unit": "u2",
                "item": "b",
                "points": "2,5",
                "subject": "Giải nhì",
                "reason": "Hội thi",
            },
            {"unit": "u1", "item": "over", "figures": {"plan": 100, "actual": 102}},
        ],
        "deductions": [{"unit": "u1", "item": "late", "count": 1}],
        "standing": [
            {
                "unit": "u3",
                "case": "ky_luat",
                "reference": "12/QĐ",
                "since": dt.date(2026, 5, 1),
                "until": dt.date(2026, 6, 1),
            }
        ],
        "conditions": [
            {"unit": unit, "condition": "vuot", "met": True, "reference": "BB"} for unit in plan
        ],
    }


def text_dates(node: Any) -> Any:
    """The tree as JSON holds it: dates as text, numbers as they are."""
    if isinstance(node, dict):
        return {key: text_dates(value) for key, value in node.items()}
    if isinstance(node, list):
        return [text_dates(value) for value in node]
    if isinstance(node, dt.date):
        return node.isoformat()
    return node


class _Exact(json.JSONEncoder):
    """Writes decimals as JSON numbers, digit by digit."""

    def iterencode(self, o: Any, _one_shot: bool = False) -> Any:
        marks: dict[str, str] = {}

        def marked(node: Any) -> Any:
            if isinstance(node, dict):
                return {key: marked(value) for key, value in node.items()}
            if isinstance(node, list):
                return [marked(value) for value in node]
            if isinstance(node, Decimal):
                name = f"@@{len(marks)}@@"
                marks[f'"{name}"'] = str(node)
                return name
            return node

        text = "".join(super().iterencode(marked(o)))
        for mark, number in marks.items():
            text = text.replace(mark, number)
        return iter([text])


def as_json(tree: Tree) -> str:
    """The JSON text of a facts tree."""
    return "".join(_Exact(ensure_ascii=False, indent=1).iterencode(text_dates(tree)))


def as_toml(tree: Tree) -> str:
    """The TOML text of a facts tree."""
    return dump_tree(tree)


def read(tree: Tree, name: str = "facts.toml") -> tuple[Snapshot | None, tuple[Finding, ...]]:
    """The snapshot of a facts tree after a way through text, under the small pack."""
    text = as_json(tree) if name.endswith(".json") else as_toml(tree)
    parsed = facts_tree(text.encode(), name)
    snapshot, findings = read_facts(parsed, name, small_pack(chosen_parameters(parsed)))
    return snapshot, findings.as_tuple()


def read_beside(folder: Path, tree: Tree) -> tuple[Snapshot | None, tuple[Finding, ...]]:
    """The snapshot of a facts tree with files beside it in ``folder``."""
    file = folder / "facts.toml"
    pack = small_pack(chosen_parameters(tree))
    snapshot, findings = read_facts(
        copy.deepcopy(tree), file.name, pack, neighbour=neighbour_of(file)
    )
    return snapshot, findings.as_tuple()


def write(folder: Path, tree: Tree | None = None, name: str = "facts.toml") -> tuple[Path, Path]:
    """Writes pack and facts as files; their paths."""
    pack, file = folder / "pack.toml", folder / name
    pack.write_text(dump_tree(pack_tree()), encoding="utf-8")
    tree = facts() if tree is None else tree
    text = as_json(tree) if name.endswith(".json") else as_toml(tree)
    file.write_text(text, encoding="utf-8")
    return pack, file
