"""The tab "Chắc đến đâu": what it knows, and with real widgets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.snapshot import Cluster, Unit
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from app.rules.document import dump_tree
from tests import builders as b
from ui.application import Window
from ui.pages.ranking.firmness import FirmnessPresenter
from ui.pages.ranking.page import RankingPage
from ui.places import PageId, Place
from ui.runner import AtOnce, Progress
from ui.session import Session
from ui.theme.tokens import Tone

Go = Callable[..., Window]
POINTS = (("a", "90"), ("b", "70"), ("c", "70"), ("d", "10"))


def year(session: Session, folder: Path) -> None:
    """Four units, two of them equal at the cut of two flags; 20 points and 60 lie elsewhere."""
    tree = b.pack_tree(
        b.criterion("I", 100),
        b.criterion("I.1", 100, {"kind": "direct"}),
        b.award("co", b.fixed(2)),
        ties={"chain": [{"step": "ballot"}]},
    )
    file = folder / "pack.toml"
    file.write_text(dump_tree(tree), encoding="utf-8")
    workspace = create_workspace(folder / "so", "Hoa")
    desk, _ = open_year(workspace, "Hoa", year_record("2026"))
    add_clusters(desk, [Cluster("k", "Cụm 1")])
    add_units(desk, [Unit(u, f"Sở {u.upper()}", "k") for u, _ in POINTS])
    adopt_pack(desk, file)
    enter_scores(desk, [TypedCell(u, "I.1", b.ROUND, points=p) for u, p in POINTS])
    session.adopt(workspace, "Hoa")


def test_what_nobody_decided_stands_first_and_what_is_firm_last(
    session: Session, tmp_path: Path
) -> None:
    year(session, tmp_path)
    presenter = FirmnessPresenter(session, AtOnce())
    assert presenter.rows("k") == ()
    presenter.work_out(lambda: None)
    rows = presenter.rows("k")
    assert [row.state for row in rows][:2] == ["Chưa phân định", "Chưa phân định"]
    assert {row.who for row in rows[:2]} == {"Sở B – Sở C"}
    assert {row.gap_order for row in rows[:2]} == {0}
    assert [(r.where, r.state) for r in rows[2:]] == [
        ("Hạng 1 và 2", "Chắc"),
        ("Hạng 2 và 4", "Chắc"),
    ]
    assert rows[2].tone is Tone.GOOD
    assert presenter.sentence(rows) == "2 trong 4 vị trí còn có thể đổi hoặc chưa phân định."


def test_the_smallest_change_is_a_cell_to_go_to(session: Session, tmp_path: Path) -> None:
    """90 and 70: the one behind needs more than 20, in steps of a hundredth."""
    year(session, tmp_path)
    presenter = FirmnessPresenter(session, AtOnce())
    presenter.work_out(lambda: None)
    row = next(row for row in presenter.rows("k") if row.where == "Hạng 1 và 2")
    (cell,) = row.cells
    assert (cell.criterion, cell.points) == ("I.1", "20,01")
    assert row.change.endswith(f"20,01 điểm ở I.1 của {cell.name}")


def test_work_that_is_given_up_leaves_nothing_and_can_be_asked_for_again(
    session: Session, tmp_path: Path
) -> None:
    class GivesUp(AtOnce):
        def run(self, title, work, done, failed=None, *, quiet=False):  # type: ignore[no-untyped-def]
            progress = Progress()
            progress.cancelled = True
            answer = work(progress)
            assert progress.settled
            done(answer)

    year(session, tmp_path)
    presenter = FirmnessPresenter(session, GivesUp())
    told: list[bool] = []
    presenter.work_out(lambda: told.append(presenter.at_work))
    assert told == [False]
    assert presenter.found is None


def test_the_papers_are_written_as_pdf_and_workbook(session: Session, tmp_path: Path) -> None:
    year(session, tmp_path)
    presenter = FirmnessPresenter(session, AtOnce())
    presenter.work_out(lambda: None)
    assert [f.suffix for f in presenter.write(tmp_path)] == [".pdf", ".xlsx"]


def test_it_is_asked_for_by_a_button_and_enter_leads_to_the_cell(
    at_page: Go, sample_folder: Path, qtbot: QtBot, quiet: Callable[[Window], None]
) -> None:
    window = at_page(sample_folder, Place(PageId.RANKING))
    page = window.frame.page
    assert isinstance(page, RankingPage)
    tab = page.firmness
    page.tabs.setCurrentWidget(tab)
    qtbot.mouseClick(tab.empty.act, Qt.MouseButton.LeftButton)
    quiet(window)
    row = tab.table.current
    assert row is not None
    assert row.tone is not Tone.GOOD
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    assert tab.cells.hasFocus()
    qtbot.keyClick(tab.cells, Qt.Key.Key_Return)
    assert window.frame.page.id is PageId.SCORES


def test_another_score_makes_it_ask_again(
    at_page: Go, sample_folder: Path, qtbot: QtBot, quiet: Callable[[Window], None]
) -> None:
    window = at_page(sample_folder, Place(PageId.RANKING))
    page = window.frame.page
    assert isinstance(page, RankingPage)
    page.firmness.work_out()
    quiet(window)
    assert page.firmness.stack.currentIndex() == 1
    window.session.work_out_result()
    quiet(window)
    assert page.firmness.stack.currentIndex() == 0
