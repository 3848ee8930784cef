"""Every fault of a facts file is told with its place and what to do, all of them at once."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from app.exchange.facts import read_facts
from tests.journeys import world as w

Edit = Callable[[w.Tree], Any]


def put(path: str, value: object) -> Edit:
    """Sets the value at a path such as ``units.0.id``."""

    def edit(tree: w.Tree) -> None:
        node: Any = tree
        *steps, last = path.split(".")
        for step in steps:
            node = node[int(step)] if isinstance(node, list) else node[step]
        node[int(last) if isinstance(node, list) else last] = value

    return edit


def drop(path: str) -> Edit:
    def edit(tree: w.Tree) -> None:
        node: Any = tree
        *steps, last = path.split(".")
        for step in steps:
            node = node[int(step)] if isinstance(node, list) else node[step]
        del node[last]

    return edit


def more(key: str, **row: object) -> Edit:
    return lambda tree: tree.setdefault(key, []).append(row)


def entry(criterion: str, unit: str = "u1", **values: object) -> Edit:
    def edit(tree: w.Tree) -> None:
        tree["entries"] = [
            e
            for e in tree["entries"]
            if (e["unit"], e["criterion"], e["round"]) != (unit, criterion, "self")
        ]
        tree["entries"].append({"unit": unit, "criterion": criterion, "round": "self", **values})

    return edit


BALLOT = {"purpose": "tie", "award": "co", "votes": {"u1": 1}}

FAULTS: list[tuple[Edit, str, str, str]] = [
    # what is wrong, the code, a part of the place, a part of the remedy
    (put("schema", "bangvang-fact/1"), "facts_wrong_schema", "schema", "bangvang-facts/1"),
    (drop("schema"), "facts_wrong_schema", "schema", "bangvang-facts/1"),
    (put("unit", []), "facts_unknown_key", "facts.toml.unit", "“units”"),
    (put("units.0.nmae", "x"), "facts_unknown_key", "units[1] (u1).nmae", "“name”"),
    (put("units.0.cum", "x"), "facts_unknown_key", "units[1] (u1).cum", ""),
    (put("period.form", "x"), "facts_unknown_key", "period.form", "“from”"),
    (drop("period"), "facts_missing_key", "period", "[period]"),
    (drop("period.to"), "facts_missing_key", "period", "to"),
    (put("period.to", dt.date(2025, 1, 1)), "facts_dates_reversed", "period.to", ""),
    (put("period.from", "2026-02-30"), "facts_not_a_date", "period.from", "2022-12-31"),
    (
        put("period.from", dt.datetime(2026, 1, 1, 8, tzinfo=dt.UTC)),
        "facts_not_a_date",
        "period.from",
        "giờ",
    ),
    (put("clusters", []), "facts_missing_key", "facts.toml", "[[clusters]]"),
    (put("units", []), "facts_missing_key", "facts.toml", "[[units]]"),
    (put("units", {"id": "u1"}), "facts_wrong_type", "units", "[[units]]"),
    (put("units.0.id", "u 1"), "facts_bad_id", "units[1] (u 1).id", "viết liền"),
    (put("units.0.id", 1), "facts_wrong_type", "units[1]", ""),
    (put("units.1.id", "u1"), "facts_repeated_id", "units[2] (u1)", "mã riêng"),
    (more("clusters", id="k1"), "facts_repeated_id", "clusters[2]", ""),
    (put("units.0.cluster", "K2"), "facts_unknown_cluster", "units[1]", "k1"),
    (put("units.0.name", "a\u0000b"), "facts_bad_text", "units[1] (u1).name", ""),
    (put("units.0.name", "a\u202eb"), "facts_bad_text", "units[1] (u1).name", ""),
    (put("units.0.name", "x" * 5000), "facts_bad_text", "units[1] (u1).name", ""),
    (put("units.2.left", dt.date(2026, 1, 1)), "facts_dates_reversed", "units[3]", ""),
    (put("units.0.roles", "leader"), "facts_wrong_type", "units[1] (u1).roles", ""),
    (put("ranking_round", "sefl"), "facts_unknown_round", "ranking_round", "“self”"),
    (put("parameters.A1O", "zero"), "facts_unknown_parameter", "parameters.A1O", "“A10”"),
    (entry("I.3"), "facts_unknown_criterion", "I.3", "“II.3”"),
    (entry("I"), "facts_unknown_criterion", "criterion", "từng tiêu chí bên trong I"),
    (entry("III"), "facts_unknown_criterion", "criterion", "[[own_criteria]]"),
    (entry("II.1", unit="u9"), "facts_unknown_unit", "u9", "u1, u2, u3"),
    (more("entries", unit="u1", criterion="II.1", round="seft"), "facts_unknown_round", "", "self"),
    (more("entries", unit="u1", criterion="II.1"), "facts_missing_key", "entries[", "round"),
    (entry("II.1", points=5, pack="kem"), "facts_unknown_pack", "pack", ""),
    (entry("II.1", state="notdone"), "facts_unknown_choice", "state", "“not_done”"),
    (entry("II.1", state="not_done", points=5), "facts_state_with_points", "state", "scored"),
    (entry("II.1", state=False), "facts_wrong_type", "state", ""),
    (entry("II.1", points="1.250"), "ambiguous_number", "points", "1,25 hay 1250"),
    (entry("II.1", points="mười"), "not_a_number", "points", "12.5"),
    (entry("II.1", points=True), "not_a_number", "points", "12.5"),
    (entry("II.1", points=Decimal("1e31")), "number_too_long", "points", "gõ nhầm"),
    (entry("II.1", points="9" * 45), "number_too_long", "points", "gõ nhầm"),
    (entry("II.1", points=[1]), "not_a_number", "points", ""),
    (entry("II.1", evidence=-1), "facts_negative", "evidence", "từ 0"),
    (entry("II.1", evidence="1,5"), "facts_not_whole", "evidence", ""),
    (entry("II.1", evidence=10**9), "facts_count_too_large", "evidence", ""),
    (entry("II.1", figures={"value": 5}), "facts_unknown_figure", "figures.value", "points"),
    (entry("I.1", figures={"palan": 5}), "facts_unknown_figure", "figures.palan", "“plan”"),
    (entry("I.1", figures=5), "facts_wrong_type", "figures", "{ … }"),
    (entry("I.1", figures={"plan": "1.250"}), "ambiguous_number", "figures.plan", "1250"),
    (entry("I.1", figures={"plan": Decimal("NaN")}), "not_a_number", "figures.plan", ""),
    (entry("I.1", figures={"plan": Decimal("Infinity")}), "not_a_number", "figures.plan", ""),
    (entry("I.1", figures={"plan": True}), "not_a_number", "figures.plan", ""),
    (entry("I.2", figures={"level": "Kháa"}), "facts_unknown_level", "figures.level", "“Khá”"),
    (entry("I.2", figures={"level": 3}), "facts_not_a_level", "figures.level", "Tốt"),
    (entry("II.3", figures={"due": "2026-13-01"}), "facts_not_a_date", "figures.due", ""),
    (entry("II.3", figures={"due": 20260101}), "facts_not_a_date", "figures.due", ""),
    (entry("II.4", figures={"achieved": "có"}), "facts_not_yes_no", "figures.achieved", "true"),
    (entry("II.4", figures={"achieved": 1}), "facts_not_yes_no", "figures.achieved", "true"),
    (entry("II.5", figures={"works": -1}), "facts_negative", "figures.works", "từ 0"),
    (entry("II.5", figures={"works": "1,5"}), "facts_not_whole", "figures.works", "nguyên"),
    (entry("II.1", reason=5), "facts_wrong_type", "reason", ""),
    (put("entries.0.poinst", 5), "facts_unknown_key", "poinst", "“points”"),
    (put("entries", [5]), "facts_wrong_type", "entries", ""),
    (
        lambda tree: tree["entries"].append(copy.deepcopy(tree["entries"][0])),
        "facts_repeated_entry",
        "(u1, I.1, self)",
        "một dòng",
    ),
    (put("own_criteria.0.slot", "I"), "facts_unknown_slot", "own_criteria[1]", "III"),
    (put("own_criteria.0.code", "II.1"), "facts_own_code_taken", "own_criteria[1]", "III"),
    (put("own_criteria.0.code", "IV.a"), "facts_own_code_outside", "own_criteria[1]", "“III.”"),
    (put("own_criteria.1.unit", "u1"), "facts_repeated_id", "own_criteria[2]", ""),
    (put("own_criteria.0.max", -5), "facts_negative", "own_criteria[1] (u1, III.a).max", ""),
    (put("own_criteria.0.method", {"kind": "drect"}), "malformed", "method", "“direct”"),
    (drop("own_criteria.0.method"), "facts_missing_key", "own_criteria[1]", "method"),
    (more("totals", unit="u1", round="self"), "facts_missing_key", "totals[1]", "points"),
    (
        more("totals", unit="u1", round="self", points=5, section="IX"),
        "facts_unknown_section",
        "section",
        "",
    ),
    (put("bonus.0.item", "bb"), "facts_unknown_item", "bonus[1]", "“b”"),
    (put("bonus.0.count", -1), "facts_negative", "bonus[1]", ""),
    (put("bonus.0.points", "-2"), "facts_negative", "bonus[1]", ""),
    (put("bonus.1.figures", {"paln": 1}), "facts_unknown_figure", "figures.paln", "“plan”"),
    (put("bonus.0.figures", {"plan": 1}), "facts_unknown_figure", "figures.plan", "count"),
    (put("deductions.0.item", "b"), "facts_unknown_item", "deductions[1]", ""),
    (put("standing.0.case", "ky_luatt"), "facts_unknown_case", "standing[1]", "“ky_luat”"),
    (put("standing.0.until", dt.date(2026, 4, 1)), "facts_dates_reversed", "until", ""),
    (
        lambda tree: tree["standing"].append(dict(tree["standing"][0])),
        "facts_repeated_row",
        "standing[2]",
        "",
    ),
    (put("conditions.0.condition", "v"), "facts_unknown_condition", "conditions[1]", ""),
    (put("conditions.0.met", "có"), "facts_wrong_type", "conditions[1]", "true"),
    (drop("conditions.0.met"), "facts_missing_key", "conditions[1]", "met"),
    (put("conditions.1.unit", "u1"), "facts_repeated_row", "conditions[2]", ""),
    (put("quotas.0.award", "bkk"), "facts_unknown_award", "quotas[1]", "“bk”"),
    (put("quotas.0.percent", 10), "facts_quota_unclear", "quotas[1]", "count"),
    (drop("quotas.0.count"), "facts_quota_unclear", "quotas[1]", "percent"),
    (put("quotas.0.count", "hai"), "not_a_number", "quotas[1]", ""),
    (more("quotas", award="bk", count=2, cluster="k1"), "facts_repeated_row", "quotas[2]", ""),
    (more("ballots", **BALLOT, members=-1), "facts_negative", "members", ""),
    (more("ballots", **BALLOT, number=0), "facts_wrong_type", "number", ""),
    (more("ballots", **(BALLOT | {"purpose": "ties"})), "facts_unknown_choice", "", "“tie”"),
    (more("ballots", **(BALLOT | {"votes": {"u9": 1}})), "facts_unknown_unit", "votes.u9", ""),
    (more("ballots", **(BALLOT | {"votes": {"u1": -1}})), "facts_negative", "votes.u1", ""),
    (more("ballots", purpose="tie", votes={"u1": 1}), "facts_missing_key", "", "award"),
    (more("ballots", purpose="leader"), "facts_missing_key", "ballots[1]", "votes"),
    (more("ballots", **BALLOT, places=0), "facts_wrong_type", "places", ""),
    (more("ballots", **BALLOT, totals={"u9": 1}), "facts_unknown_unit", "totals.u9", ""),
    (more("ballots", **BALLOT, totals={"u1": "x"}), "not_a_number", "totals.u1", ""),
    (
        more("ballots", purpose="leader", votes={"u1": 1}, totals={"u1": 1}),
        "facts_wrong_type",
        "totals",
        "",
    ),
    (more("decisions", question="tie", outcome="u1"), "facts_bad_question", "question", "tie:"),
    (more("decisions", question="tei:co:u1", outcome="u1"), "facts_bad_question", "", ""),
    (more("decisions", question="open:A10"), "facts_missing_key", "decisions[1]", "outcome"),
    (put("entries_file", "../scores.csv"), "entries_file_elsewhere", "entries_file", "cạnh"),
    (put("entries_file", "/etc/passwd"), "entries_file_elsewhere", "entries_file", "cạnh"),
    (put("entries_file", "C:scores.csv"), "entries_file_elsewhere", "entries_file", "cạnh"),
    (put("entries_file", 5), "facts_wrong_type", "entries_file", ""),
]


@pytest.mark.parametrize(
    ("edit", "code", "place", "remedy"),
    FAULTS,
    ids=[f"{code}-{number}" for number, (_, code, _, _) in enumerate(FAULTS)],
)
def test_a_fault_is_told_with_its_place_and_remedy(
    edit: Edit, code: str, place: str, remedy: str
) -> None:
    tree = copy.deepcopy(w.facts())
    edit(tree)
    snapshot, findings = read_facts(tree, "facts.toml", w.small_pack({"A10": "zero"}))
    found = [f for f in findings if f.code == code]
    assert found, [f"{f.code} {f.place}: {f.message}" for f in findings]
    assert any(place in f.place and remedy in f.remedy for f in found), found
    assert snapshot is None
    for finding in findings:
        assert finding.message.endswith("."), finding
        assert not finding.message.isascii(), finding
        assert finding.remedy.endswith((".", "?")), finding


def test_all_faults_are_told_at_once() -> None:
    tree = w.facts()
    for edit, _, _, _ in (FAULTS[3], FAULTS[6], FAULTS[32], FAULTS[52], FAULTS[72]):
        edit(tree)
    _, findings = read_facts(tree, "facts.toml", w.small_pack({"A10": "zero"}))
    assert len(findings) >= 5


def test_a_broken_file_tells_some_faults_and_counts_the_others() -> None:
    tree = w.facts()
    tree["entries"] = [
        {"unit": f"x{n}", "criterion": f"Z.{n}", "round": "?", "points": "1.250"}
        for n in range(3000)
    ]
    snapshot, findings = read_facts(tree, "facts.toml", w.small_pack({"A10": "zero"}))
    assert snapshot is None
    assert len(findings) == 501
    assert findings.as_tuple()[-1].code == "facts_many_faults"


def test_a_criterion_for_other_units_is_remarked_once() -> None:
    from tests import builders as b

    pack = b.pack(
        b.direct("1", 10),
        b.direct("2", 5, role="leader"),
        b.direct("3", 5, blocks=["B"]),
        b.row("blocks", id="B", title="Sở"),
    )
    tree = w.facts()
    tree = {key: tree[key] for key in ("schema", "period", "clusters", "units")}
    tree["clusters"][0]["block"] = "A"
    tree["entries"] = [
        {"unit": unit, "criterion": code, "points": 1} for unit in ("u1", "u2") for code in "123"
    ]
    snapshot, findings = read_facts(tree, "facts.toml", pack)
    assert snapshot is not None
    told = [f for f in findings if f.code == "facts_not_for_unit"]
    assert [(f.severity, f.place.rpartition("(")[2][:5]) for f in told] == [
        ("warning", "u1, 3"),
        ("warning", "u2, 2"),
        ("warning", "u2, 3"),
    ]
