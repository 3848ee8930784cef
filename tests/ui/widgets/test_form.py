"""Forms: what is typed is read exactly, and faults stand beside their fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.tokens import theme_of
from ui.widgets.form import Form, FormSheet
from ui.widgets.typed import FieldError, read_day, read_figure


@pytest.fixture
def form(qapp: QApplication, qtbot: QtBot) -> Form:
    made = Form(theme_of(dark=False))
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("typed", ["20/12/2026", " 20.12.2026 ", "20-12-2026", "2026-12-20"])
def test_a_day_is_read_however_it_is_parted(typed: str) -> None:
    assert read_day(typed) == dt.date(2026, 12, 20)


@pytest.mark.parametrize("typed", ["31/02/2026", "20/12", "mai", "12/20/2026"])
def test_what_is_no_day_is_asked_for_again(typed: str) -> None:
    with pytest.raises(FieldError, match="20/12/2026"):
        read_day(typed)


def test_a_day_outside_its_bounds_names_them() -> None:
    with pytest.raises(FieldError, match="01/01/2026 đến 31/12/2026"):
        read_day("05/01/2027", dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def test_numbers_are_exact_and_doubtful_ones_are_asked_about() -> None:
    assert read_figure("12,5") == Fraction(25, 2)
    with pytest.raises(FieldError, match="hai cách"):
        read_figure("1.250")
    with pytest.raises(FieldError, match="số nguyên"):
        read_figure("1,5", whole=True)
    with pytest.raises(FieldError, match="từ 1 trở lên"):
        read_figure("0", least=1)


@pytest.mark.parametrize("value", [Fraction(9, 8), Fraction(12000), Fraction(1250), Fraction(1, 8)])
def test_a_number_that_is_shown_is_read_back_as_the_same(form: Form, value: Fraction) -> None:
    form.number("points", "Số điểm", value)
    assert form.values() == {"points": value}


def test_values_come_by_key(form: Form) -> None:
    form.text("name", "Tên", "  Sở A ")
    form.number("count", "Số lần", 2)
    form.date("day", "Ngày", dt.date(2026, 3, 4))
    form.choice("role", "Vai trò", [("leader", "Cụm trưởng"), ("deputy", "Cụm phó")], "deputy")
    form.tick("follow", "Điểm đi theo", True)
    assert form.values() == {
        "name": "Sở A",
        "count": Fraction(2),
        "day": dt.date(2026, 3, 4),
        "role": "deputy",
        "follow": True,
    }


def test_a_fault_stands_under_its_field_and_goes_when_it_is_mended(form: Form) -> None:
    editor = form.text("name", "Tên đơn vị", required=True)
    form.show()
    assert form.values() is None
    told = [found.text() for found in form.findChildren(QLabel) if found.isVisible()]
    assert "Cần ghi tên đơn vị." in told
    assert isinstance(editor, QLineEdit)
    editor.setText("Sở A")
    assert form.values() == {"name": "Sở A"}
    told = [found.text() for found in form.findChildren(QLabel) if found.isVisible()]
    assert "Cần ghi tên đơn vị." not in told


def test_a_hidden_field_is_not_asked(form: Form) -> None:
    form.text("reason", "Lý do", required=True)
    form.show_field("reason", False)
    assert form.values() == {}


@pytest.fixture
def over(qapp: QApplication) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(900, 500)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_sheet_closes_only_when_its_act_was_done(over: QWidget, qtbot: QtBot) -> None:
    heard: list[dict[str, object]] = []

    def act(values: dict[str, object]) -> bool:
        heard.append(values)
        return len(heard) == 2

    sheet = FormSheet("Thêm đơn vị", "Thêm đơn vị", theme_of(dark=False), over, act)
    line = sheet.form.text("name", "Tên", required=True)
    sheet.show_over()
    assert isinstance(line, QLineEdit)
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    assert not heard
    qtbot.keyClicks(line, "So A")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert heard == [{"name": "So A"}]
    assert sheet.isVisible()
    gone: list[int] = []
    sheet.finished.connect(gone.append)
    qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
    assert gone


def test_no_part_of_a_form_is_ever_a_window_of_its_own(qapp: QApplication, qtbot: QtBot) -> None:
    """A label that is shown before it has its place would take the keyboard from the window."""
    shown: list[QObject] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
                shown.extend([watched] if watched.isWindow() else [])
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    form = Form(theme_of(dark=False))
    qtbot.addWidget(form)
    form.text("name", "Tên", hint="Ghi cả họ và tên.")
    form.elsewhere("what", "Số liệu", "Chọn…", lambda: None, lambda: None)
    form.hint("what", "Đã chọn hai.")
    qapp.removeEventFilter(watch)
    assert shown == []
