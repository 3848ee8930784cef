"""The commands in one process: answers on standard output, findings on standard error."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from app.__main__ import run
from app.exchange.result_schema import result_schema
from tests.journeys import world as w


@dataclass(frozen=True)
class Reply:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Call = Callable[..., Reply]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def call_(*arguments: object) -> Reply:
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Reply(code, out, err)

    return call_


@pytest.fixture
def world(tmp_path: Path) -> tuple[object, ...]:
    pack, facts = w.write(tmp_path)
    return ("--pack", pack, "--facts", facts)


def codes(reply: Reply) -> list[str]:
    return [finding["code"] for finding in reply.json["findings"]]


# ------------------------------------------------------------------ score


def test_score_says_the_standing_in_vietnamese(call: Call, world: tuple[object, ...]) -> None:
    reply = call("score", *world)
    assert (reply.code, reply.err) == (0, "")
    assert "Kết quả CHÍNH THỨC" in reply.out
    assert "Sở Một (u1)" in reply.out


def test_score_gives_json_of_the_schema(call: Call, world: tuple[object, ...]) -> None:
    reply = call("score", *world, "--json")
    assert (reply.code, reply.err) == (0, "")
    jsonschema.validate(reply.json, result_schema())
    assert reply.json["units"]["u1"]["rank"] == 1
    assert "moves" not in reply.json


def test_json_facts_give_the_same_bytes_as_toml(call: Call, tmp_path: Path) -> None:
    pack, toml = w.write(tmp_path)
    _, as_json = w.write(tmp_path, name="facts.json")
    first = call("score", "--pack", pack, "--facts", toml, "--json")
    assert call("score", "--pack", pack, "--facts", as_json, "--json") == first


def test_the_place_and_name_of_files_do_not_show(call: Call, tmp_path: Path) -> None:
    replies = []
    for folder in ("a", "b/c"):
        (tmp_path / folder).mkdir(parents=True)
        pack, facts = w.write(tmp_path / folder)
        renamed = facts.with_name(f"{folder[0]}.toml")
        facts.rename(renamed)
        replies.append(call("score", "--pack", pack.parent, "--facts", renamed, "--json"))
    assert replies[0] == replies[1]
    assert str(tmp_path) not in replies[0].out


def test_a_provisional_result_is_no_failure(call: Call, tmp_path: Path) -> None:
    tree = w.facts()
    tree["entries"] = tree["entries"][3:]
    pack, facts = w.write(tmp_path, tree)
    reply = call("score", "--pack", pack, "--facts", facts, "--json")
    assert (reply.code, reply.json["status"]) == (0, "provisional")
    reply = call("score", "--pack", pack, "--facts", facts)
    assert "Kết quả TẠM TÍNH" in reply.out


def test_points_above_the_maximum_are_clamped_told_and_no_failure(
    call: Call, tmp_path: Path
) -> None:
    tree = w.facts()
    for entry in tree["entries"]:
        if entry["criterion"] == "II.1":
            entry["points"] = 99
    pack, facts = w.write(tmp_path, tree)
    reply = call("score", "--pack", pack, "--facts", facts, "--json")
    assert reply.code == 0
    assert ("over_max", "error") in [(f["code"], f["severity"]) for f in reply.json["findings"]]
    reply = call("score", "--pack", pack, "--facts", facts)
    assert reply.code == 0
    assert "LỖI" in reply.err
    assert "LỖI" not in reply.out


def test_what_if_lists_moves(call: Call, world: tuple[object, ...]) -> None:
    reply = call("score", *world, "--what-if", "u1/I.1/actual=0", "--json")
    jsonschema.validate(reply.json, result_schema())
    move = {"unit": "u1", "what": "points", "criterion": "I.1", "old": "30", "new": "0"}
    assert move in reply.json["moves"]
    reply = call("score", *world, "--what-if", "u1/I.1/actual=0", "--explain", "u1")
    assert "điểm I.1 30 → 0" in reply.out


def test_explain_prints_the_steps_of_one_unit(call: Call, world: tuple[object, ...]) -> None:
    reply = call("score", *world, "--explain", "u3")
    assert reply.code == 0
    assert reply.out.startswith("Sở Ba (u3)\n")
    assert "Thiếu một báo cáo" in reply.out


def test_as_of_moves_the_day_on_which_cases_must_hold(
    call: Call, world: tuple[object, ...]
) -> None:
    at_the_end = call("score", *world, "--json").json["units"]["u3"]
    in_between = call("score", *world, "--json", "--as-of", "2026-05-15").json["units"]["u3"]
    assert at_the_end["eligibility"] == []
    assert [e["case"] for e in in_between["eligibility"]] == ["ky_luat"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--explain", "u9"), "facts_unknown_unit"),
        (("--what-if", "u9/I.1/plan=1"), "facts_unknown_unit"),
        (("--what-if", "linh tinh"), "change_unreadable"),
        (("--as-of", "31/12/2026"), "usage_value"),
        (("--as-of", "2026-02-30"), "usage_value"),
        (("--pakc", "x"), "usage_unknown_option"),
        (("thừa",), "usage_extra"),
        (("--what-if",), "usage_option_value"),
        (("--json=yes",), "usage_option_value"),
        (("--pack", "thieu.toml"), "file_missing"),
    ],
)
def test_what_the_user_can_mend_exits_1_with_findings_in_the_json(
    call: Call, world: tuple[object, ...], more: tuple[str, ...], code: str
) -> None:
    reply = call("score", *world, *more, "--json") if more != ("--what-if",) else None
    reply = reply or call("score", *world, "--json", *more)
    assert (reply.code, reply.err) == (1, "")
    assert reply.json["schema"] == "bangvang-result/1"
    assert codes(reply) == [code]
    plain = call("score", *world, *more)
    assert (plain.code, plain.out) == (1, "")
    assert plain.err.startswith("LỖI  ")


def test_facts_with_faults_give_no_assessment(call: Call, tmp_path: Path) -> None:
    tree = w.facts()
    tree["units"][0]["clusterr"] = "k1"
    tree["entries"][0]["figures"]["plan"] = "1.250"
    pack, facts = w.write(tmp_path, tree)
    reply = call("score", "--pack", pack, "--facts", facts, "--json")
    assert reply.code == 1
    assert sorted(reply.json) == ["findings", "schema"]
    assert codes(reply) == ["facts_unknown_key", "ambiguous_number"]
    jsonschema.validate(reply.json, result_schema())


def test_a_pack_that_refuses_points_above_the_maximum_gives_no_assessment(
    call: Call, tmp_path: Path
) -> None:
    tree = w.facts()
    tree["entries"][2]["points"] = 99
    pack, facts = w.write(tmp_path, tree)
    text = pack.read_text(encoding="utf-8")
    pack.write_text(text.replace("[scoring]", '[scoring]\nover_max = "refuse"'), encoding="utf-8")
    reply = call("score", "--pack", pack, "--facts", facts, "--json")
    assert reply.code == 1
    assert "over_max_refused" in codes(reply)


# ------------------------------------------------------------------ usage


@pytest.mark.parametrize("arguments", [(), ("--help",), ("score", "--help"), ("rules", "--help")])
def test_help_is_vietnamese(call: Call, arguments: tuple[str, ...]) -> None:
    reply = call(*arguments)
    assert (reply.code, reply.err) == (0, "")
    assert reply.out.startswith("Cách dùng: bangvang")
    for english in ("Usage", "Options", "Commands", "Show this", "Arguments", "[required]"):
        assert english not in reply.out


@pytest.mark.parametrize(
    "command",
    [
        *("list", "show", "check", "test", "compare", "methods", "findings", "schema"),
        "from-table",
    ],
)
def test_every_rules_command_has_help(call: Call, command: str) -> None:
    assert "Tùy chọn:" in call("rules", command, "--help").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("scroe",), "“score”"),
        (("rules", "chek", "x"), "“check”"),
        (("rules",), "list"),
        (("score",), "--pack"),
        (("score", "--pack", "x"), "--facts"),
        (("rules", "show"), "GÓI"),
        (("rules", "schema", "fact"), "facts"),
        (("facts", "template", "--pack", "cao-bang-2018", "--units", "x"), "--units 8"),
        (("facts", "template", "--pack", "cao-bang-2018", "--units", "0"), "--units 8"),
        (("--nope",), "--nope"),
    ],
)
def test_a_line_that_is_not_understood_is_told_in_vietnamese(
    call: Call, arguments: tuple[str, ...], words: str
) -> None:
    reply = call(*arguments)
    assert (reply.code, reply.out) == (1, "")
    assert words in reply.err
    for english in ("Error", "Missing", "Try", "No such", "Invalid"):
        assert english not in reply.err


def test_the_version_is_told(call: Call) -> None:
    assert call("--version").out.startswith("Bảng Vàng ")


# ------------------------------------------------------------------ rules, facts


def test_shipped_packs_are_listed_shown_checked_and_their_cases_hold(call: Call) -> None:
    listed = call("rules", "list", "--json").json
    assert {"cao-bang-2018", "chuyen-de-2023"} <= {pack["id"] for pack in listed}
    assert "cao-bang-2018" in call("rules", "list").out
    shown = call("rules", "show", "chuyen-de-2023", "--json").json
    assert {p["id"] for p in shown["parameters"]} >= {"A10", "A11", "A14"}
    assert "A10" in call("rules", "show", "chuyen-de-2023").out
    checked = call("rules", "check", "chuyen-de-2023", "--json")
    assert (checked.code, sorted(checked.json)) == (0, ["findings", "frame", "ok", "own_max"])
    tested = call("rules", "test", "chuyen-de-2023", "--json")
    assert (tested.code, tested.json["ok"]) == (0, True)


def test_a_pack_with_faults_does_not_pass_its_check(call: Call, tmp_path: Path) -> None:
    tree = w.pack_tree()
    tree["criteria"][1]["clause"] = "không có"
    (tmp_path / "pack.toml").write_text(w.dump_tree(tree), encoding="utf-8")
    reply = call("rules", "check", tmp_path, "--json")
    assert (reply.code, reply.json["ok"]) == (1, False)
    reply = call("rules", "check", tmp_path)
    assert reply.code == 1
    assert "LỖI" in reply.err


@pytest.mark.parametrize("text", ["x = [", 'schema = "bangvang-pack/1"', ""])
def test_a_pack_that_cannot_be_read_fails_its_check_with_findings(
    call: Call, tmp_path: Path, text: str
) -> None:
    (tmp_path / "pack.toml").write_text(text, encoding="utf-8")
    for command in ("check", "show", "test"):
        reply = call("rules", command, tmp_path, "--json")
        assert reply.code == 1
        assert reply.json["ok"] is False
        assert reply.json["findings"]


def test_failing_cases_exit_1(call: Call, tmp_path: Path) -> None:
    w.write(tmp_path)
    (tmp_path / "cases").mkdir()
    case = w.as_toml(w.facts() | {"expect": {"units": {"u1": {"rank": 2}}}})
    (tmp_path / "cases" / "a.toml").write_text(case, encoding="utf-8")
    reply = call("rules", "test", tmp_path)
    assert (reply.code, "units.u1.rank" in reply.out) == (1, True)


def test_packs_are_compared_in_words(call: Call, tmp_path: Path) -> None:
    reply = call("rules", "compare", "cao-bang-2018", "cao-bang-2018")
    assert reply.out == "Hai gói giống nhau.\n"
    reply = call("rules", "compare", "cao-bang-2018", "cao-bang-2018-vi-du")
    assert "thêm mới" in reply.out


@pytest.mark.parametrize("what", ["facts", "result", "pack"])
def test_schemas_are_printed(call: Call, what: str) -> None:
    assert call("rules", "schema", what).json["type"] == "object"


def test_methods_and_finding_codes_are_listed(call: Call) -> None:
    assert {"proportional", "bands"} <= {m["kind"] for m in call("rules", "methods", "--json").json}
    assert "proportional" in call("rules", "methods").out
    assert call("rules", "methods", "--page").out.startswith("# ")
    assert "facts_unknown_key" in call("rules", "findings").out
    assert "facts" in call("rules", "findings", "--json").json


def test_a_template_is_printed_and_scores(call: Call, tmp_path: Path) -> None:
    pack, _ = w.write(tmp_path)
    text = call("facts", "template", "--pack", pack, "--units", "4").out
    (tmp_path / "t.toml").write_text(text, encoding="utf-8")
    reply = call("score", "--pack", pack, "--facts", tmp_path / "t.toml", "--json")
    assert (reply.code, reply.json["status"]) == (0, "provisional")


def test_tables_become_a_pack_and_facts_and_are_scored(call: Call, tmp_path: Path) -> None:
    table = tmp_path / "bang.csv"
    table.write_text(
        "TT,Nội dung,Điểm tối đa,Sở A,Sở B\n"
        "I,Nhóm một,30,,\n"
        "1,Việc một,10,9,8\n"
        "2,Việc hai,20,18,20\n",
        encoding="utf-8",
    )
    pack, facts = tmp_path / "goi", tmp_path / "so-lieu"
    made = call("rules", "from-table", table, "--out", pack)
    assert made.code == 0, made.err
    assert call("rules", "check", pack, "--json").json["ok"]
    made = call("facts", "from-table", table, "--pack", pack, "--out", facts, "--year", "2026")
    assert made.code == 0, made.err
    reply = call("score", "--pack", pack, "--facts", facts / "facts.toml", "--json")
    ranks = {u["name"]: (u["total"], u["rank"]) for u in reply.json["units"].values()}
    assert ranks == {"Sở A": ("27", 2), "Sở B": ("28", 1)}
    again = call("rules", "from-table", table, "--out", pack, "--json")
    assert again.code == 1
    assert call("rules", "from-table", table, "--out", pack, "--overwrite").code == 0


# ------------------------------------------------------------------ bugs


def test_a_bug_exits_70_with_a_report_and_no_traceback(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, world: tuple[object, ...]
) -> None:
    import app.operations.scoring as scoring

    def broken(*_: object) -> None:
        raise ZeroDivisionError("chia cho không")

    monkeypatch.setattr(scoring, "assess", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    reply = call("score", *world)
    assert (reply.code, reply.out) == (70, "")
    assert "Traceback" not in reply.err
    (report,) = tmp_path.glob("bangvang-loi-*.txt")
    assert str(report) in reply.err
    assert "ZeroDivisionError: chia cho không" in report.read_text(encoding="utf-8")


def test_a_stop_by_the_user_is_quiet(
    call: Call, monkeypatch: pytest.MonkeyPatch, world: tuple[object, ...]
) -> None:
    import app.operations.scoring as scoring

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(scoring, "assess", stopped)
    reply = call("score", *world)
    assert (reply.code, reply.out, reply.err) == (1, "", "")
