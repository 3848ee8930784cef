"""A whole year of the sample through ``bangvang workspace`` and ``bangvang forms``."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import run

from .real_table import write_real_table

OFFICER = "Nguyễn Thị Hoa"
DEPARTMENT = "Trần Văn Bình"
PACK = "cao-bang-2018-vi-du"


class Line:
    """The command line of one workspace: each call must succeed unless it says otherwise."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def bare(self, *arguments: object, code: int = 0) -> str:
        found = run([str(argument) for argument in arguments])
        out, err = self._capsys.readouterr()
        assert found == code, f"{arguments}: {out}{err}"
        return out + err if code else out

    def __call__(self, *words: object, code: int = 0) -> str:
        """``bangvang workspace WORDS``; the folder stands behind the command's name."""
        groups = ("unit", "cluster", "table", "round")
        at = 2 if words[0] in groups else 1
        return self.bare("workspace", *words[:at], self.folder, *words[at:], code=code)

    def json(self, *words: object) -> Any:
        return json.loads(self(*words))


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path / "so", capsys)


def part_of_table(source: Path, out: Path, round_id: str) -> Path:
    """The rows of one round as a file of their own."""
    with source.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        head = next(reader)
        kept = [row for row in reader if row[head.index("round")] == round_id]
    file = out / f"{round_id}.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([head, *kept])
    return file


def test_a_year_on_the_command_line_ends_in_the_digest_of_its_exported_facts(
    line: Line, root: Path, tmp_path: Path
) -> None:
    sample = root / "data" / "samples" / "cao-bang-2019"
    facts, scores = sample / "facts.toml", sample / "scores.csv"
    known = tomllib.loads(facts.read_text(encoding="utf-8"))
    cluster = known["clusters"][0]

    line("new", "--year", 2019, "--by", OFFICER, "--cluster", f"k1={cluster['name']}",
         "--block", cluster["block"], "--pack", PACK)  # fmt: skip
    for unit in known["units"]:
        line("unit", "add", unit["id"], "--name", unit["name"])
        for role in unit.get("roles", ()):
            line("unit", "role", unit["id"], role)
    line("table", "consult")
    line("table", "issue")
    line("own", "--file", facts)
    line("record", "registrations", "unit=tu_phap", "kind=pledge", "signed=18/01/2019",
         "received_by_leader=18/01/2019", "received_by_department=25/01/2019")  # fmt: skip
    line("record", "deadlines", "duty=self", "due=30/11/2019")

    line("enter", "--file", part_of_table(scores, tmp_path, "self"))
    refused = line("enter", "--unit", "tu_phap", "--criterion", "I.1.3", "--round", "cluster",
                   "--figure", "part=1", code=1)  # fmt: skip
    assert "Chưa nộp vòng" in refused
    assert "→" in refused
    line("round", "submit", "self", "--on", "2019-11-30")
    line("ask", "Nêu số hồ sơ quá hạn.", "--unit", "tu_phap", "--criterion", "I.1.3",
         "--round", "self", "--on", "2019-12-03")  # fmt: skip
    assert "Chờ giải trình gt1" in line("show")
    line("answer", "gt1", "21 hồ sơ quá hạn.", "--on", "2019-12-04")
    line("enter", "--file", part_of_table(scores, tmp_path, "cluster"))
    line("accept", "--into", "cluster", "--unit", "cong_an", "--criterion", "I.1.1")
    line("round", "submit", "cluster", "--on", "2019-12-10")
    line("enter", "--file", part_of_table(scores, tmp_path, "department"), "--by", DEPARTMENT)
    line("round", "submit", "department", "--on", "2019-12-20", "--by", DEPARTMENT)
    for kind in ("conditions", "standing", "bonus", "deductions", "decisions", "quotas"):
        line("record", kind, "--file", facts)
    ballot = known["ballots"][0]
    votes = [f"votes.{unit}={count}" for unit, count in ballot["votes"].items()]
    plain = [f"{key}={value}" for key, value in ballot.items() if key != "votes"]
    line("record", "ballots", *plain, *votes)

    result = line.json("score", "--json")
    assert result["status"] == "final"
    assert "Hạng 3" in line("score", "--explain", "tu_phap")
    moved = line.json("score", "--json", "--what-if", "tu_phap/I.2@department/score=10")["moves"]
    assert {move["unit"] for move in moved} >= {"tu_phap"}

    exported, table = tmp_path / "du-kien.toml", tmp_path / "bang"
    line("facts", "--out", exported)
    line("table", "export", "--out", table)
    outside = json.loads(line.bare("score", "--pack", table, "--facts", exported, "--json"))
    assert outside["digest"] == result["digest"]
    assert line("import-facts", exported, "--apply") == "Không có gì phải thay đổi.\n"

    for _ in range(10):
        assert line("undo").startswith("Hoàn tác: ")
    assert line.json("score", "--json")["digest"] != result["digest"]
    for _ in range(10):
        assert line("redo").startswith("Làm lại: ")
    assert line.json("score", "--json")["digest"] == result["digest"]

    for round_id in ("self", "cluster", "department"):
        line("round", "seal", round_id, "--on", "2019-12-27")
    line("year", "--year", 2020, "--like", 2019)
    line("close", "--year", 2019)
    closed = line("unrecord", "conditions", "tu_phap/da_dang_ky", "--year", 2019, code=1)
    assert "đã khóa sổ" in closed
    assert "toàn vẹn" in line("verify")
    told = line("journal", "--unit", "kiem_sat", "--criterion", "I.1.4")
    assert "114, lý do: 01 cuộc trùng với cuộc liên ngành" in told
    assert DEPARTMENT in line("journal", "--person", DEPARTMENT)


def test_forms_go_out_come_back_and_change_nothing_a_second_time(
    line: Line, root: Path, tmp_path: Path
) -> None:
    facts = root / "data" / "samples" / "cao-bang-2019" / "facts.toml"
    line("new", "--year", 2019, "--by", OFFICER, "--pack", PACK)
    looked = line("import-facts", facts)
    assert "thêm --apply để ghi" in looked
    line("import-facts", facts, "--apply")
    before = line.json("score", "--json")["digest"]

    folder = tmp_path / "phieu"
    line.bare("forms", "write", line.folder, "--out", folder)
    assert len(list(folder.iterdir())) == 8
    line("clear", "--unit", "cong_an", "--criterion", "II.1.2", "--round", "self")
    line.bare("forms", "read", line.folder, folder)
    looked = line.bare("forms", "import", line.folder, folder)
    assert "II.1.2 của Công an tỉnh" in looked
    assert line.json("score", "--json")["digest"] != before
    line.bare("forms", "import", line.folder, folder, "--apply")
    again = line.bare("forms", "import", line.folder, folder, "--apply")
    assert again == "Không có gì phải thay đổi.\n"


def test_a_year_of_the_real_table_on_the_command_line_ends_in_the_digest_of_its_facts(
    line: Line, real_table: Path, tmp_path: Path
) -> None:
    pack, scores, units = write_real_table(real_table, tmp_path)
    line("new", "--year", 2023, "--by", OFFICER, "--cluster", "c347=Cụm thi đua", "--pack", pack)
    for unit in units:
        line("unit", "add", unit, "--name", f"Đơn vị {unit}")
    line("unit", "role", "D1", "leader")
    line("table", "issue")
    line("enter", "--file", scores)
    line("round", "submit", "self", "--on", "2023-12-05")
    line("accept", "--into", "cluster")
    refused = line("enter", "--unit", "D2", "--criterion", "I.1.4", "--round", "cluster",
                   "--points", "9", code=1)  # fmt: skip
    assert "lý do" in refused
    line("enter", "--unit", "D2", "--criterion", "I.1.4", "--round", "cluster", "--points", "9",
         "--reason", "Nộp báo cáo chậm một lần")  # fmt: skip
    line("round", "submit", "cluster", "--on", "2023-12-10")
    line("accept", "--into", "department")
    line("round", "submit", "department", "--on", "2023-12-20", "--by", DEPARTMENT)

    result = line.json("score", "--json")
    exported, table = tmp_path / "du-kien.toml", tmp_path / "bang"
    line("facts", "--out", exported)
    line("table", "export", "--out", table)
    outside = json.loads(line.bare("score", "--pack", table, "--facts", exported, "--json"))
    assert outside["digest"] == result["digest"]
    assert len(result["units"]["D1"]["criteria"]) == 176
    for _ in range(10):
        line("undo")
    for _ in range(10):
        line("redo")
    assert line.json("score", "--json")["digest"] == result["digest"]
    line("round", "seal", "department", "--on", "2023-12-27")
    assert "toàn vẹn" in line("verify")
