"""``bangvang workspace eligibility|ballot|award|decide``: a conference on the command line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import run
from app.operations.workspace.desk import OFFICER, change_setting
from app.persistence.workspace import Workspace
from tests import builders as b
from tests.app.operations.workspace.hall import COUNTER, SECOND, meet, rows, tree

NOON = dt.datetime(2026, 12, 20, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
COUNTS = [f"{name}=9" for name in ("members", "present", "issued", "returned", "valid")]
COUNTS += ["invalid=0", "blank=0"]


class Line:
    """``bangvang workspace …`` in one folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def __call__(self, *words: Any, code: int = 0) -> str:
        at = 2 if words[0] in ("eligibility", "ballot", "award") else 1
        arguments = ["workspace", *words[:at], self.folder, *words[at:]]
        found = run([str(a) for a in arguments])
        out, err = self._capsys.readouterr()
        assert found == code, f"{arguments}: {out}{err}"
        return out + err


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Workspace.create(tmp_path / "so", COUNTER, lambda: NOON)
    points = {"a": 90, "b": 90, "c": 80, "d": 70}
    meet(made, points, tree(base=rows(conditions=["vuot"])))
    change_setting(made, COUNTER, OFFICER, COUNTER)
    made.close()
    return Line(tmp_path / "so", capsys)


def test_a_conference_from_the_checklist_to_the_decision(line: Line) -> None:
    assert "? vuot, Điều kiện vuot: chưa ghi" in line("eligibility", "list", "--unit", "a")
    for unit in ("a", "b"):
        line("eligibility", "condition", unit, "vuot", "--reference", "BC 12", "--apply")
    seen = line("eligibility", "record", "c", "cx", "--reference", "3/CV")
    assert "Chưa ghi vào sổ; thêm --apply để ghi." in seen
    line("eligibility", "record", "c", "cx", "--reference", "3/CV", "--apply")
    assert "x Chưa xét cx, Trường hợp cx: 3/CV" in line("eligibility", "list", "--unit", "c")

    opened = line("ballot", "open", "--teller", "Lý Đếm", "--on", "2026-12-20")
    assert "Phiếu p1, lần 1, bầu 1 trong: a (Sở A), b (Sở B)" in opened
    wrong = line("ballot", "count", "p1", *COUNTS, "votes.a=3", "votes.b=7", code=1)
    assert "Tổng số phiếu bầu là 10, nhiều hơn số phiếu hợp lệ (9)" in wrong
    counted = line("ballot", "count", "p1", *COUNTS, "votes.a=3", "votes.b=6")
    assert "Được chọn: Sở B" in counted
    assert "không tự xác nhận" in line("ballot", "confirm", "p1", code=1)
    again = [*COUNTS, "votes.a=4", "votes.b=5"]
    differs = line("ballot", "confirm", "p1", *again, "--by", SECOND, code=1)
    assert "số phiếu bầu của Sở A: 3 và 4" in differs
    line("ballot", "confirm", "p1", "--by", SECOND)
    assert f"{SECOND} xác nhận" in line("ballot", "show")

    shown = line("award", "show")
    assert "Khen co (k1): 1 (theo bảng tiêu chí)" in shown
    assert "đề nghị: Sở B, bỏ phiếu lần 1" in shown
    line("award", "propose", "--on", "2026-12-21")
    assert "Đề nghị đúng với số liệu hiện nay." in line("award", "state")
    line("award", "withdraw", "dn1", "--decided-by", "Hội đồng", "--reference", "30/BB",
         "--reason", "xin rút", "--apply")  # fmt: skip
    assert "đề nghị: Sở A" in line("award", "show")
    bar = ("award", "bar", "b", "kx", "--decided-by", "Chủ tịch", "--reference", "9/QĐ")
    assert "Chưa ghi vào sổ" in line(*bar)
    line(*bar, "--apply")
    state = line("award", "state")
    assert "dn3  co  Sở A" in state
    line("award", "decided", "dn3", "--number", "77/QĐ", "--issuer", "UBND tỉnh")
    told = line("journal", "--unit", "b")
    assert "đề nghị → không được xét" in told or "không được xét" in told


def test_a_held_place_is_decided_cleared_or_barred(line: Line) -> None:
    for unit in ("a", "b"):
        line("eligibility", "condition", unit, "vuot", "--reference", "BC 12", "--apply")
    line("ballot", "open")
    line("ballot", "count", "p1", *COUNTS, "votes.a=3", "votes.b=6")
    line("eligibility", "record", "a", "cx", "--reference", "3/CV", "--apply")
    assert "held:bk:a" in line("award", "show")
    decided = ("decide", "held:bk:a", "passed_on", "--decided-by", "Hội đồng")
    assert "chưa được ghi" in line(*decided, code=1)
    line(*decided, "--reference", "4/BB", "--apply")
    on = ("--decided-by", "Thanh tra", "--reference", "9/KL", "--on", "2026-12-28", "--apply")
    line("eligibility", "clear", "a", "cx", *on)
    line("eligibility", "record", "a", "cx", "--reference", "5/CV", "--apply")
    line("eligibility", "bar", "a", "cx", "kx", *on)
    assert "x Không xét kx" in line("eligibility", "list", "--unit", "a")


def test_a_ballot_is_cancelled_with_its_consequences(line: Line) -> None:
    line("ballot", "open")
    assert "Chưa ghi vào sổ" in line("ballot", "cancel", "p1", "--reason", "nhầm")
    line("ballot", "cancel", "p1", "--reason", "nhầm", "--apply")
    assert "đã hủy (nhầm)" in line("ballot", "show")
    leader = line("ballot", "open", "leader", "--candidate", "a=Bà Hoa", "--candidate", "b")
    assert "a (Bà Hoa)" in leader
    assert "thuộc các lựa chọn" in line("ballot", "open", "chief", code=1)


def test_what_stands_in_the_way_of_proposals_is_told(line: Line) -> None:
    refused = line("award", "propose", code=1)
    assert "Còn phải quyết định" in refused
    assert "Chưa lập đề nghị." in line("award", "state")


def test_the_council_s_choice_is_told_then_recorded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Workspace.create(tmp_path / "so", COUNTER, lambda: NOON)
    council = b.award("cp", b.fixed(1), scope="province", among="co", chosen_by="council")
    meet(made, {"a": 95, "b": 90}, tree(base=[*rows(), council]))
    change_setting(made, COUNTER, OFFICER, COUNTER)
    made.close()
    line = Line(tmp_path / "so", capsys)
    grounds = ("--decided-by", "Hội đồng", "--reference", "40/BB")
    assert "Không thuộc các đơn vị đủ điều kiện" in line(
        "award", "choose", "cp", "b", *grounds, code=1
    )
    told = line("award", "choose", "cp", "a", *grounds)
    assert "Sở A, Khen cp: dự bị → đề nghị" in told
    assert "Chưa ghi vào sổ; thêm --apply để ghi." in told
    line("award", "choose", "cp", "a", *grounds, "--apply")
    assert "đề nghị: Sở A, Hội đồng lựa chọn" in line("award", "show")
