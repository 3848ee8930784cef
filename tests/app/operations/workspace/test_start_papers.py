"""The papers of the start of a year say of a workspace what its calendar and its table say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from app.domain.snapshot import Cluster, Unit
from app.operations.workspace.deadlines import adopt_deadlines
from app.operations.workspace.desk import Desk
from app.operations.workspace.duty_board import duty_lines
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.paper_data import paper_data
from app.operations.workspace.records import record
from app.operations.workspace.table_edits import AddCriterion, NewRow
from app.operations.workspace.tables import consult_table, draft_table, edit_table
from app.operations.workspace.years import open_year, year_record
from app.persistence.workspace import Workspace
from app.reports.document import Document, Table
from app.reports.papers.assembly import make
from app.reports.papers.contents import subjects_of
from app.reports.papers.data import PaperData
from app.reports.papers.shelf import paper_of
from app.scoring.duties import DutyStanding
from tests.app.reports.papers.sample_year import ROOT

from .conftest import OFFICER

LATE = dt.date(2026, 4, 5)


@pytest.fixture
def drafted(workspace: Workspace) -> Desk:
    """A year of three units whose table was drawn up from the frame of Bắc Giang."""
    desk = open_year(workspace, OFFICER, year_record("2026"))[0]
    draft_table(desk, ROOT / "data" / "packs" / "bac-giang-2022", "bang", "Bảng của cụm")
    add_clusters(desk, [Cluster("k1", "Cụm 1", "A")])
    add_units(
        desk,
        [
            Unit("u1", "Huyện Một", "k1", frozenset({"leader"})),
            Unit("u2", "Huyện Hai", "k1"),
            Unit("u3", "Huyện Ba", "k1"),
        ],
    )
    adopt_deadlines(desk)
    day = "20/03/2026"
    received = {"signed": day, "received_by_leader": day, "received_by_department": day}
    record(desk, "registrations", [{"unit": "u2", "kind": "registration", **received}])
    return desk


def paper(data: PaperData, name: str) -> Document:
    made = make(paper_of(name), data)
    assert made.findings == ()
    return made.document


def rows(document: Document, head: str) -> list[list[str]]:
    found = [
        [[cell.text for cell in row.cells] for row in block.rows]
        for block in document.blocks
        if isinstance(block, Table) and head in (column.title for column in block.leaves)
    ]
    return found[0] if found else []


def test_the_reminder_names_whom_the_calendar_awaits(drafted: Desk) -> None:
    """Of three units one has registered; the last day was 30/03/2026, six days before 05/04."""
    dated = {("cong_van_don_doc", "", "ngày văn bản"): LATE.isoformat()}
    data = replace(paper_data(drafted, "k1"), answers=dated)
    said = {
        (row[0], row[1])
        for row in rows(paper(data, "cong_van_don_doc"), "Việc chưa hoàn thành")
        if row[3].startswith("Quá hạn")
    }
    awaited = {
        (line.name, line.duty.title)
        for line in duty_lines(drafted, LATE)
        if line.duty.who == "unit" and line.standing is DutyStanding.OVERDUE
    }
    assert said == awaited
    assert {name for name, _ in said} == {"Huyện Một", "Huyện Ba"}
    late = [r[3] for r in rows(paper(data, "cong_van_don_doc"), "Việc chưa hoàn thành")]
    assert late.count("Quá hạn 6 ngày") == 2


def test_a_criterion_added_to_the_frame_stands_among_the_differences(drafted: Desk) -> None:
    edit_table(drafted, [AddCriterion("II", "II.bs", NewRow("Chuyển đổi số", Fraction(1)))])
    document = paper(paper_data(drafted, "k1"), "bang_tieu_chi_du_thao")
    (added,) = (row for row in rows(document, "Dự thảo") if row[-1] == "Bổ sung")
    assert added[1:4] == ["Chuyển đổi số", "", "1"]
    counted = {row[0]: row[2:4] for row in rows(document, "Được bổ sung nhiều nhất")}
    assert counted["II"] == ["1", "2"]


def test_a_table_that_was_sent_round_may_be_decided_on(drafted: Desk) -> None:
    asked = "Bảng tiêu chí chưa được gửi lấy ý kiến."
    before = paper(paper_data(drafted, "k1"), "quyet_dinh_ban_hanh").draft
    assert before is not None
    assert asked in before.reasons
    consult_table(drafted)
    after = paper(paper_data(drafted, "k1"), "quyet_dinh_ban_hanh").draft
    assert after is None or asked not in after.reasons


def test_each_unit_has_a_registration_of_its_own(drafted: Desk) -> None:
    data = paper_data(drafted, "k1")
    names = [s.name for s in subjects_of(paper_of("dang_ky_thi_dua"), data)]
    assert names == ["Huyện Một", "Huyện Hai", "Huyện Ba"]
