"""Handing a workspace over."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.papers import Issuer
from app.ground.findings import UserError
from app.operations.handover import (
    handover_of,
    marked_by,
    sealed_words,
    verify_seal,
    write_handover,
)
from app.operations.workspace.paper_data import set_issuer
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import backup_workspace, create_workspace
from app.reports.handover import grouped


def test_it_tells_the_years_the_head_and_whether_the_backup_holds_all(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "so", "Hoa") as workspace:
        open_year(workspace, "Hoa", year_record("2026"))
        before = handover_of(workspace, "Hoa")
        assert [sealed_words(seal) for seal in before.years] == ["Đang mở"]
        assert before.head == workspace.head
        assert (before.last_backup, before.backed_up) == (None, False)
        backup_workspace(workspace)
        assert handover_of(workspace, "Hoa").backed_up
        open_year(workspace, "Hoa", year_record("2027"))
        assert not handover_of(workspace, "Hoa").backed_up


def test_a_strange_digest_is_no_seal_of_this_workspace(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "so", "Hoa") as workspace:
        assert verify_seal(workspace, workspace.head).intact
        assert not verify_seal(workspace, "sha256:" + "0" * 64).intact


def test_the_minutes_hold_the_head_in_groups(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "so", "Hoa") as workspace:
        open_year(workspace, "Hoa", year_record("2026"))
        found = handover_of(workspace, "Hoa")
        (file,) = write_handover(found, tmp_path, ["txt"])
    words = " ".join(file.read_text(encoding="utf-8").split())
    assert grouped(found.head) in words
    assert "Đang mở" in words


def test_the_minutes_bear_the_name_of_who_issues_papers_and_no_day(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "so", "Hoa") as workspace:
        set_issuer(workspace, "Hoa", Issuer(name=("Sở Tư pháp",), short="STP", place="Cao Bằng"))
        (file,) = write_handover(handover_of(workspace, "Hoa"), tmp_path, ["txt"])
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "SỞ TƯ PHÁP"
    assert any(line.startswith("Số:") and line.endswith("/BB-STP") for line in lines)
    assert not any(line.startswith("Cao Bằng,") for line in lines)
    assert "Thời gian bắt đầu: …… giờ ……, ngày … tháng … năm …." in lines
    assert any(line.endswith("ngày … tháng … năm …./.") for line in lines)


def test_a_mark_on_paper_is_found_by_its_first_groups(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "so", "Hoa") as workspace:
        opened = open_year(workspace, "Hoa", year_record("2026"))[1].operation
        assert opened is not None
        printed = grouped(opened.digest)
        open_year(workspace, "Hoa", year_record("2027"))
        for typed in (printed, printed[:17], f"  {printed[:17].upper()} "):
            assert marked_by(workspace, typed).id == opened.id


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "mark_mistyped"),
        ("01234567", "mark_mistyped"),
        ("O1234567 89abcdef", "mark_mistyped"),
        ("01234567 89abcdef", "mark_unknown"),
        ("0" * 65, "mark_unknown"),
    ],
)
def test_a_mark_that_is_no_mark_or_of_another_book_is_told(
    tmp_path: Path, typed: str, code: str
) -> None:
    with create_workspace(tmp_path / "so", "Hoa") as workspace, pytest.raises(UserError) as fault:
        marked_by(workspace, typed)
    assert [finding.code for finding in fault.value.findings] == [code]


def test_groups_leave_the_kind_of_digest_out() -> None:
    assert grouped("sha256:0123456789abcdef01") == "01234567 89abcdef 01"
