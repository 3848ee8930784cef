"""The page of evidence where there is nothing to show yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.domain.snapshot import Cluster, Unit
from app.operations.workspace.desk import OFFICER, change_setting
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from ui.application import Window
from ui.pages.evidence.page import EvidencePage
from ui.places import PageId, Place

Go = Callable[..., Window]


def shown(at_page: Go, folder: Path, *, table: bool, units: tuple[Unit, ...]) -> EvidencePage:
    workspace = create_workspace(folder, "Hoa")
    change_setting(workspace, "Hoa", OFFICER, "Hoa")
    desk, _ = open_year(workspace, "Hoa", year_record("2026"))
    if table:
        adopt_pack(desk, Path("cao-bang-2018-vi-du"))
    add_clusters(desk, [Cluster("k1", "Cụm 1")])
    if units:
        add_units(desk, units)
    workspace.close()
    page = at_page(folder, Place(PageId.EVIDENCE)).frame.page
    assert isinstance(page, EvidencePage)
    return page


def test_a_year_without_a_table_says_what_comes_first(at_page: Go, tmp_path: Path) -> None:
    page = shown(at_page, tmp_path / "so", table=False, units=(Unit("u1", "Sở Một", "k1"),))
    assert page.stack.currentIndex() == 1
    assert "Lập bảng tiêu chí trước" in page.nothing.words.text()
    assert not page.add.isEnabled()


def test_a_year_without_units_says_what_comes_first(at_page: Go, tmp_path: Path) -> None:
    page = shown(at_page, tmp_path / "so", table=True, units=())
    assert "Thêm đơn vị trước" in page.nothing.words.text()


def test_one_unit_with_a_very_long_name_is_shown(at_page: Go, tmp_path: Path) -> None:
    name = "Trung tâm " + "Hỗ trợ phát triển " * 12
    page = shown(at_page, tmp_path / "so", table=True, units=(Unit("u1", name, "k1"),))
    assert page.stack.currentIndex() == 0
    assert page.matrix.cells.columnCount() == 1
    assert page.minimumSizeHint().width() <= 820
