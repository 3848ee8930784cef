"""Worked cases: found beside packs and in folders, run and told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.ground.findings import UserError
from app.operations.cases import (
    CaseReport,
    find_cases,
    reports_lines,
    reports_tree,
    run_case,
    run_cases,
)
from app.rules.document import dump_tree
from tests import builders as b

PACK = dump_tree(b.pack_tree(b.direct("1", 10), b.award("co", b.fixed(1)), id="nho"))
FACTS = """schema = "bangvang-facts/1"
period = { name = "2026", from = 2026-01-01, to = 2026-12-31 }
clusters = [{ id = "k1" }]
units = [{ id = "u1" }, { id = "u2" }]
entries = [
    { unit = "u1", criterion = "1", points = 9 },
    { unit = "u2", criterion = "1", points = 7 },
]
"""
HOLDS = "[expect]\nunits.u1 = { total = 9, rank = 1 }\n"
FAILS = "[expect]\nunits.u1 = { total = 8 }\n"


def place(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def names(reports: tuple[CaseReport, ...]) -> dict[str, bool]:
    return {report.name: report.holds for report in reports}


def test_the_cases_of_a_pack_lie_in_a_folder_beside_it(tmp_path: Path) -> None:
    place(
        tmp_path,
        pack_dot_toml=PACK,
        cases__a_dot_toml=FACTS + HOLDS,
        cases__inner__b_dot_toml=FACTS + FAILS,
        cases__facts_dot_toml=FACTS,
        other_dot_toml=FACTS + FAILS,
    )
    expected = {"cases/a.toml": True, "cases/inner/b.toml": False}
    assert names(run_cases(tmp_path)) == expected
    assert names(run_cases(tmp_path / "pack.toml")) == expected
    assert names(run_cases(tmp_path / "cases")) == {"a.toml": True, "inner/b.toml": False}
    assert names(run_cases(tmp_path / "cases" / "a.toml")) != {}


def test_a_case_of_any_folder_belongs_to_the_nearest_pack_above(tmp_path: Path) -> None:
    place(
        tmp_path,
        one__pack_dot_toml=PACK,
        one__cases__a_dot_toml=FACTS + HOLDS,
        two__rules_dot_toml=PACK,
        two__b_dot_toml=FACTS + HOLDS,
        c_dot_toml=FACTS + HOLDS,
    )
    found = run_cases(tmp_path)
    assert names(found) == {"one/cases/a.toml": True, "two/b.toml": True, "c.toml": False}
    assert [f.code for f in found[0].findings] == ["case_unclear"]


def test_a_case_may_name_its_packs(tmp_path: Path) -> None:
    overlay = dump_tree(b.pack_tree(b.standing_case("ngung", "barred"), id="them", kind="overlay"))
    standing = 'standing = [{ unit = "u1", case = "ngung" }]\n'
    place(
        tmp_path,
        packs__nho_dot_toml=PACK,
        packs__them_dot_toml=overlay,
        cases__a_dot_toml='pack = "../packs/nho.toml"\n' + FACTS + HOLDS,
        cases__b_dot_toml='pack = ["../packs/nho.toml", "../packs/them.toml"]\n'
        + FACTS
        + standing
        + '[expect]\nawards = [{ unit = "u2", state = "proposed" }]\n'
        'absent.awards = [{ unit = "u1", state = "proposed" }]\n',
    )
    assert names(run_cases(tmp_path)) == {"cases/a.toml": True, "cases/b.toml": True}


@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("kind", ["toml", "json"])
def test_the_expectation_may_be_json_beside_a_facts_file(
    tmp_path: Path, wrapped: bool, kind: str
) -> None:
    expect: dict[str, Any] = {"units": {"u1": {"total": 9, "rank": "1"}}}
    if wrapped:
        expect = {"expect": expect, "arithmetic": "9", "quote": "q"}
    place(tmp_path, pack_dot_toml=PACK)
    cases = tmp_path / "cases"
    cases.mkdir()
    (cases / "a.expect.json").write_text(json.dumps(expect))
    if kind == "toml":
        (cases / "a.toml").write_text(FACTS, encoding="utf-8")
    else:
        facts = {
            "schema": "bangvang-facts/1",
            "period": {"name": "2026", "from": "2026-01-01", "to": "2026-12-31"},
            "clusters": [{"id": "k1"}],
            "units": [{"id": "u1"}],
            "entries": [{"unit": "u1", "criterion": "1", "points": 9}],
        }
        (cases / "a.json").write_text(json.dumps(facts))
    assert names(run_cases(tmp_path)) == {f"cases/a.{kind}": True}


def test_a_case_may_expect_findings_of_facts_that_are_refused(tmp_path: Path) -> None:
    bad = FACTS.replace("points = 9", 'points = "1.250"')
    expect = '[expect]\nfindings = [{ code = "ambiguous_number", severity = "error" }]\n'
    place(tmp_path, pack_dot_toml=PACK, cases__a_dot_toml=bad + expect)
    assert names(run_cases(tmp_path)) == {"cases/a.toml": True}


def test_a_case_may_ask_what_if_and_name_its_day(tmp_path: Path) -> None:
    head = 'what_if = ["u2/1/points=10"]\nas_of = 2026-06-01\n'
    expect = (
        '[expect]\nmoves = [{ unit = "u2", what = "rank", old = 2, new = 1 }]\n'
        'absent.moves = [{ unit = "u1", what = "points" }]\n'
    )
    place(tmp_path, pack_dot_toml=PACK, cases__a_dot_toml=head + FACTS + expect)
    assert names(run_cases(tmp_path)) == {"cases/a.toml": True}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (FACTS + "expect = 5\n", "case_unclear"),
        (FACTS + "[expect]\n", "case_unclear"),
        ("pack = 5\n" + FACTS + HOLDS, "case_unclear"),
        ('as_of = "mai"\n' + FACTS + HOLDS, "case_unclear"),
        ("what_if = 5\n" + FACTS + HOLDS, "case_unclear"),
        ('pack = "thieu.toml"\n' + FACTS + HOLDS, "file_missing"),
        ("a = [\n", "facts_not_toml"),
    ],
)
def test_a_case_that_cannot_be_run_is_told(tmp_path: Path, text: str, code: str) -> None:
    place(tmp_path, pack_dot_toml=PACK, cases__a_dot_toml=text)
    (report,) = run_cases(tmp_path)
    assert not report.holds
    assert [f.code for f in report.findings] == [code]


def test_a_place_without_cases_is_told(tmp_path: Path) -> None:
    place(tmp_path, pack_dot_toml=PACK)
    with pytest.raises(UserError) as caught:
        run_cases(tmp_path)
    assert caught.value.findings[0].code == "cases_missing"


def test_a_case_can_be_run_under_other_rules(tmp_path: Path) -> None:
    place(tmp_path, pack_dot_toml=PACK, cases__a_dot_toml=FACTS + HOLDS)
    (case,) = find_cases(tmp_path).cases
    assert run_case(case).holds
    stricter = b.pack_tree(b.direct("1", 5), id="nho")
    assert not run_case(case, [(stricter, "pack.toml")]).holds


def test_reports_say_what_was_expected_and_what_there_is(tmp_path: Path) -> None:
    place(tmp_path, pack_dot_toml=PACK, cases__a_dot_toml='arithmetic = "9"\n' + FACTS + FAILS)
    reports = run_cases(tmp_path)
    tree = reports_tree(reports)
    assert tree["ok"] is False
    assert tree["cases"][0]["mismatches"] == [
        {
            "path": "units.u1.total",
            "expected": "8",
            "actual": "9",
            "message": "Kết quả khác với mong đợi.",
        }
    ]
    text = "\n".join(reports_lines(reports))
    assert "units.u1.total" in text
    assert "1 trường hợp mẫu: 0 đạt, 1 không đạt." in text
