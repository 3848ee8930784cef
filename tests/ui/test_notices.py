"""The one place for faults: findings as sheets, bugs as reports that can be copied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.ground.findings import Finding, Severity, UserError
from tests.ui import walker
from ui.application import Window
from ui.places import PageId, Place
from ui.widgets.sheet import Sheet

Go = Callable[..., Window]


def sheet_of(window: Window) -> Sheet:
    (sheet,) = [s for s in window.frame.findChildren(Sheet) if s.isVisible()]
    return sheet


def words_of(sheet: Sheet) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel))


def test_a_fault_that_can_be_mended_says_what_where_and_how(window: Window) -> None:
    findings = [
        Finding("x", Severity.WARNING, "Ô B2", "Số này lạ.", "Xem lại."),
        Finding("y", Severity.ERROR, "Ô E12", "Điểm 35 vượt mức tối đa 30.", "Nhập từ 0 đến 30."),
    ]

    def fail() -> None:
        raise UserError(findings)

    assert not window.context.do(fail)
    sheet = sheet_of(window)
    said = words_of(sheet)
    assert "Điểm 35 vượt mức tối đa 30." in said
    assert "Nhập từ 0 đến 30." in said
    assert said.index("Ô E12") < said.index("Ô B2"), "errors come first"
    assert walker.complaints(sheet) == []
    sheet.close()


def test_a_bug_shows_a_report_that_can_be_copied_and_is_kept(window: Window, qtbot: QtBot) -> None:
    def fail() -> None:
        raise KeyError("bí ẩn")

    assert not window.context.do(fail)
    sheet = sheet_of(window)
    report = sheet.findChild(QPlainTextEdit)
    assert report is not None
    assert "KeyError: 'bí ẩn'" in report.toPlainText()
    (kept,) = window.preferences.folder.glob("bao-cao-loi-*.txt")
    assert kept.read_text("utf-8") == report.toPlainText()
    copy = next(b for b in sheet.findChildren(QPushButton) if b.text() == "Sao chép báo cáo")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == report.toPlainText()
    assert walker.complaints(sheet) == []
    sheet.close()


def test_a_bug_in_a_task_is_shown_and_nothing_is_lost(
    at_page: Go, sample_folder: Path, qtbot: QtBot
) -> None:
    window = at_page(sample_folder, Place(PageId.OVERVIEW))
    before = window.session.workspace
    window.tasks.run("việc", lambda _p: 1 // 0, lambda _r: None)
    qtbot.waitUntil(lambda: any(s.isVisible() for s in window.frame.findChildren(Sheet)))
    assert "ZeroDivisionError" in sheet_of(window).findChild(QPlainTextEdit).toPlainText()
    sheet_of(window).close()
    assert window.session.workspace is before
    assert window.session.act is not None
    assert window.session.undo() is not None


def test_bugs_that_follow_each_other_do_not_pile_up(window: Window) -> None:
    for _ in range(5):
        window.context.do(lambda: [].pop())
    sheets = [s for s in window.frame.findChildren(Sheet) if s.isVisible()]
    assert len(sheets) == 1
    sheets[0].close()


def test_before_an_act_with_consequences_its_button_names_it(window: Window, qtbot: QtBot) -> None:
    done: list[bool] = []
    window.notices.ask(
        "Chốt điểm", "8 đơn vị.", "Chốt điểm vòng tự chấm", lambda: done.append(True)
    )
    sheet = sheet_of(window)
    act = next(b for b in sheet.findChildren(QPushButton) if b.text() == "Chốt điểm vòng tự chấm")
    qtbot.mouseClick(act, Qt.MouseButton.LeftButton)
    assert done == [True]
