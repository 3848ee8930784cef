"""A stranger's first year: a decision text becomes a pack, facts are filled in, papers come out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

PACK = """
schema = "bangvang-pack/1"
id = "khoi-truong"
version = "1.0.0"
title = "Chấm điểm khối trường học"
rounds = [
    { id = "self", title = "Đơn vị tự chấm", hand = "unit" },
    { id = "cluster", title = "Khối chấm", hand = "leader", stands_in = "self" },
]

[[sources]]
id = "HD"
kind = "guidance"
type = "Hướng dẫn"
number = "12/HD-UBND"
date = 2026-01-15
issuer = "UBND huyện Mẫu"
subject = "Chấm điểm thi đua khối trường học"

[[clauses]]
id = "m1"
source = "HD"
place = "Mục I.1"
quote = "Số học sinh lên lớp trên tổng số học sinh: tối đa 60 điểm"

[[clauses]]
id = "m2"
source = "HD"
place = "Mục I.2"
quote = "Phong trào: tốt 40 điểm, khá 28 điểm"

[scoring]
total_max = 100
ranking_round = "cluster"

[[criteria]]
code = "1"
title = "Tỷ lệ học sinh lên lớp"
max = 60
clause = "m1"
method = { kind = "proportional", input = "ratio_percent", zero_base = "not_applicable" }

[[criteria]]
code = "2"
title = "Phong trào"
max = 40
clause = "m2"
method = { kind = "levels", levels = [{ name = "Tốt", percent = 100 }, { name = "Khá", percent = 70 }] }

[[awards]]
id = "co"
title = "Cờ thi đua"
places = { kind = "fixed", count = 1 }
requires = { total = { ge = 90 } }
clause = "m2"

[ties]
chain = [{ step = "ballot", max = 1 }, { step = "authority" }]
"""
CASE = """
arithmetic = "60 × 285 / 300 = 57; 57 + 40 = 97"
quote = "Số học sinh lên lớp trên tổng số học sinh: tối đa 60 điểm"
schema = "bangvang-facts/1"
period = { name = "2026", from = 2026-01-01, to = 2026-12-31 }
clusters = [{ id = "k1" }]
units = [{ id = "u1" }]
entries = [
    { unit = "u1", criterion = "1", round = "cluster", figures = { part = 285, whole = 300 } },
    { unit = "u1", criterion = "2", round = "cluster", figures = { level = "Tốt" } },
]
[expect]
status = "final"
units.u1 = { total = 97, rank = 1 }
awards = [{ award = "co", unit = "u1", state = "proposed" }]
"""


def bangvang(here: Path, *arguments: str, code: int = 0) -> str:
    env = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "LANG": "C"}
    done = subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        capture_output=True,
        cwd=here,
        env=env | {"SYSTEMROOT": os.environ.get("SYSTEMROOT", "")},
        timeout=300,
        check=False,
    )
    assert done.returncode == code, done.stderr.decode("utf-8")
    return done.stdout.decode("utf-8")


def result(here: Path, *arguments: str) -> Any:
    return json.loads(bangvang(here, "score", *arguments, "--json"))


def test_from_a_decision_text_to_papers(tmp_path: Path) -> None:
    pack = tmp_path / "khoi-truong"
    (pack / "cases").mkdir(parents=True)
    (pack / "pack.toml").write_text(PACK, encoding="utf-8")
    (pack / "cases" / "len-lop.toml").write_text(CASE, encoding="utf-8")

    assert json.loads(bangvang(tmp_path, "rules", "check", "khoi-truong", "--json"))["ok"]
    assert "1 trường hợp mẫu: 1 đạt" in bangvang(tmp_path, "rules", "test", "khoi-truong")

    text = bangvang(tmp_path, "facts", "template", "--pack", "khoi-truong", "--units", "3")
    for unit, part in (("u1", 285), ("u2", 285), ("u3", 240)):
        head, _, tail = text.partition(f'unit = "{unit}"\ncriterion = "1"')
        tail = tail.replace('part = "", whole = ""', f"part = {part}, whole = 300", 1)
        text = f'{head}unit = "{unit}"\ncriterion = "1"{tail}'
    text = text.replace('level = ""', 'level = "Tốt"')
    facts = tmp_path / "so-lieu.toml"
    facts.write_text(text, encoding="utf-8")
    line = ("--pack", "khoi-truong", "--facts", "so-lieu.toml")

    tied = result(tmp_path, *line)
    assert tied["status"] == "provisional"
    assert [tie["id"] for tie in tied["ties"]] == ["tie:co:u1+u2"]
    assert [(u["total"], u["rank"]) for u in tied["units"].values()] == [
        ("97", 1),
        ("97", 1),
        ("88", 3),
    ]

    what_if = result(tmp_path, *line, "--what-if", "u2/1/part=290")
    assert {(m["unit"], m["what"]) for m in what_if["moves"]} >= {
        ("u2", "points"),
        ("u2", "award"),
        ("u1", "award"),
        ("u1", "rank"),
    }

    ballot = (
        '\n[[ballots]]\npurpose = "tie"\naward = "co"\nnumber = 1\nmembers = 3\npresent = 3\n'
        "issued = 3\nreturned = 3\nvalid = 3\ninvalid = 0\nblank = 0\nvotes = { u1 = 1, u2 = 2 }\n"
    )
    facts.write_text(text + ballot, encoding="utf-8")
    settled = result(tmp_path, *line)
    assert settled["status"] == "final"
    assert [t["winner"] for t in settled["ties"]] == ["u2"]
    assert settled["ballots"][0]["outcome"] == "elected"

    explained = bangvang(tmp_path, "score", *line, "--explain", "u2")
    assert "Mục I.1, Hướng dẫn 12/HD-UBND" in explained
    assert "“Số học sinh lên lớp trên tổng số học sinh: tối đa 60 điểm”" in explained

    bangvang(tmp_path, "report", "ranking", *line, "--out", "in", "--form", "txt")
    bangvang(tmp_path, "report", "score-sheets", *line, "--out", "in", "--form", "txt")
    assert sorted(path.name for path in (tmp_path / "in").iterdir()) == [
        "phieu-dien-giai-u1.txt",
        "phieu-dien-giai-u2.txt",
        "phieu-dien-giai-u3.txt",
        "xep-hang-k1.txt",
    ]
    made = {path.name for path in tmp_path.iterdir()}
    assert made == {"khoi-truong", "so-lieu.toml", "in"}


@pytest.mark.slow
def test_the_demo_runs_in_an_empty_folder_and_gives_the_result_of_score(tmp_path: Path) -> None:
    said = bangvang(tmp_path, "demo", "--out", "out")
    for words in ("Tòa án nhân dân tỉnh", "972,95", "bỏ phiếu", "Cờ thi đua", "out"):
        assert words in said
    written = json.loads((tmp_path / "out" / "ket-qua.json").read_text(encoding="utf-8"))
    sample = ROOT / "data" / "samples" / "cao-bang-2019" / "facts.toml"
    scored = result(tmp_path, "--pack", "cao-bang-2018-vi-du", "--facts", str(sample))
    assert written == scored
    kinds = sorted(path.suffix for path in (tmp_path / "out").iterdir())
    assert kinds == [".json", *[".pdf"] * 9, ".xlsx"]


def test_a_real_table_is_imported_scored_and_its_flaws_are_told(
    tmp_path: Path, real_table: Path
) -> None:
    table = str(real_table)
    bangvang(tmp_path, "rules", "from-table", table, "--out", "goi")
    assert json.loads(bangvang(tmp_path, "rules", "check", "goi", "--json"))["ok"]
    more = ("--pack", "goi", "--out", "so-lieu", "--year", "2023")
    bangvang(tmp_path, "facts", "from-table", table, *more)
    scored = result(tmp_path, "--pack", "goi", "--facts", "so-lieu/facts.toml")
    assert scored["status"] == "provisional"
    assert sorted(unit["rank"] for unit in scored["units"].values()) == [1, 2, 3, 4, 5, 6, 7]
    assert sum(f["code"] == "over_max" for f in scored["findings"]) == 1
    blanks = [
        (unit, code)
        for unit, card in scored["units"].items()
        for code, cell in card["criteria"].items()
        if cell["state"] == "blank"
    ]
    assert len(blanks) == 5
