"""A rule pack to all clusters in one act, and who works by it."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from app.exchange.packages import Kind, KnownSender
from app.ground.findings import UserError
from app.operations.exchange.looking import look, opened_status
from app.operations.exchange.taking_in import take_in
from app.operations.province.folder import ProvinceDesk
from app.operations.province.sending import Taken, rules_taken, send_rules
from app.operations.province.view import gather
from app.operations.workspace.desk import Desk, packs_of
from app.operations.workspace.tables import adopt_tree
from app.operations.workspace.years import open_year, year_record
from app.persistence.workspace import Workspace

from .post import DEPARTMENT, OFFICE_KEY
from .worlds import DAY, YEAR, table

KNOWN = KnownSender(DEPARTMENT, OFFICE_KEY.public, "Trưởng cụm", DAY)


@pytest.fixture
def ready(province: ProvinceDesk) -> ProvinceDesk:
    """The department has the table in its own workspace."""
    adopt_tree(province.desk, table(), "bang.toml")
    return province


def taken(province: ProvinceDesk) -> dict[str, Taken]:
    return {
        line.cluster.id: line.taken
        for line in rules_taken(province, gather(province, DAY).readings)
    }


def test_every_cluster_gets_a_signed_package_of_its_own_in_one_act(
    ready: ProvinceDesk, tmp_path: Path
) -> None:
    sent = send_rules(ready, OFFICE_KEY, DEPARTMENT, tmp_path / "goi")
    assert len(sent) == 17
    assert len({one.digest for one in sent}) == 17
    assert sorted(f.name for f in (tmp_path / "goi").iterdir())[0] == "k01-goi-quy-tac.bvg"
    for one in sent:
        status = opened_status(one.file, [KNOWN])
        assert status.admissible
        assert status.head is not None
        assert status.head.kind is Kind.RULE_PACK
    assert sent[4].contents.head.recipient is not None
    assert sent[4].contents.head.recipient.name == "Cụm thi đua số 5"


def test_who_scores_by_the_table_is_seen_from_what_came_back(
    ready: ProvinceDesk, tmp_path: Path
) -> None:
    assert taken(ready)["k01"] is Taken.USED
    assert taken(ready)["k03"] is Taken.NOT_SENT
    send_rules(ready, OFFICE_KEY, DEPARTMENT, tmp_path / "goi")
    assert taken(ready)["k03"] is Taken.SENT
    newer = {**table(), "title": "Bảng tiêu chí cụm (sửa)", "version": "1.1.0"}
    adopt_tree(ready.desk, newer, "bang-moi.toml")
    assert taken(ready)["k01"] is Taken.OTHER
    lines = rules_taken(ready, gather(ready, DAY).readings)
    assert lines[0].sentence.startswith("Cụm thi đua số 1: đang chấm theo bảng khác (gửi ")


def test_a_leader_begins_the_year_by_the_table_that_was_sent(
    ready: ProvinceDesk, tmp_path: Path
) -> None:
    sent = send_rules(ready, OFFICE_KEY, DEPARTMENT, tmp_path / "goi", clusters=["k03"])
    with Workspace.create(tmp_path / "truong", "Trưởng cụm") as workspace:
        desk, _ = open_year(workspace, "Trưởng cụm", year_record(YEAR))
        take_in(desk, look(desk, sent[0].file, known=[KNOWN]))
        assert packs_of(Desk(workspace, "Trưởng cụm", YEAR)).main.rules.id == "bang-cum"


def test_blank_forms_go_along_for_the_units_that_are_known(
    ready: ProvinceDesk, tmp_path: Path
) -> None:
    """Cluster 1 has eight units; what they said this year stands in none of the forms."""
    readings = gather(ready, DAY).readings
    sent = send_rules(
        ready, OFFICE_KEY, DEPARTMENT, tmp_path, clusters=["k01", "k03"], readings=readings
    )
    assert [len(one.contents.files) for one in sent] == [8, 0]
    book = openpyxl.load_workbook(io.BytesIO(sent[0].contents.files[0].content()))
    words = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value]
    assert any("Đơn vị 1 cụm 1" in word for word in words)
    assert "39" not in words


def test_all_files_or_none(ready: ProvinceDesk, tmp_path: Path) -> None:
    (tmp_path / "k17-goi-quy-tac.bvg").write_bytes(b"x")
    with pytest.raises(UserError) as fault:
        send_rules(ready, OFFICE_KEY, DEPARTMENT, tmp_path)
    assert [one.code for one in fault.value.findings] == ["file_exists"]
    assert [f.name for f in tmp_path.iterdir() if f.suffix == ".bvg"] == ["k17-goi-quy-tac.bvg"]


def test_without_a_table_there_is_nothing_to_send(province: ProvinceDesk, tmp_path: Path) -> None:
    with pytest.raises(UserError) as fault:
        send_rules(province, OFFICE_KEY, DEPARTMENT, tmp_path)
    assert [one.code for one in fault.value.findings] == ["table_missing"]
