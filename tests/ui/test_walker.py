"""The walker itself: each of its complaints can be provoked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import walker


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    walker.settle()
    return widget


def test_a_good_box_has_no_complaint(qtbot: QtBot) -> None:
    box = QWidget()
    lines = QVBoxLayout(box)
    lines.addWidget(QLabel("Điểm tự chấm"))
    lines.addWidget(QPushButton("Chấp nhận"))
    assert walker.complaints(shown(qtbot, box)) == []


def test_a_label_that_is_cut_is_told(qtbot: QtBot) -> None:
    box = QWidget()
    label = QLabel("Một câu rất dài không có chỗ", box)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFixedWidth(40)
    assert any("needs" in said for said in walker.cut_texts(shown(qtbot, box)))


def test_a_wrapped_label_without_height_is_told(qtbot: QtBot) -> None:
    box = QWidget()
    label = QLabel("Một câu rất dài phải xuống nhiều dòng mới đủ chỗ", box)
    label.setWordWrap(True)
    label.setFixedSize(80, 18)
    assert any("high and needs" in said for said in walker.cut_texts(shown(qtbot, box)))


def test_a_button_that_is_cut_is_told(qtbot: QtBot) -> None:
    box = QWidget()
    QPushButton("Chấp nhận điểm tự chấm", box).setFixedWidth(50)
    assert any("narrower" in said for said in walker.cut_texts(shown(qtbot, box)))


def test_siblings_that_overlap_are_told(qtbot: QtBot) -> None:
    box = QWidget()
    QLabel("một", box).setGeometry(0, 0, 50, 20)
    QLabel("hai", box).setGeometry(30, 0, 50, 20)
    assert list(walker.overlaps(shown(qtbot, box)))


def test_a_nameless_field_is_told(qtbot: QtBot) -> None:
    box = QWidget()
    QVBoxLayout(box).addWidget(QLineEdit())
    assert list(walker.nameless(shown(qtbot, box)))


def test_a_button_out_of_reach_of_the_keyboard_is_told(qtbot: QtBot) -> None:
    box = QWidget()
    button = QPushButton("Chốt")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    QVBoxLayout(box).addWidget(button)
    assert any("keyboard" in said for said in walker.tab_faults(shown(qtbot, box)))


def test_a_tab_order_against_reading_is_told(qtbot: QtBot) -> None:
    box = QWidget()
    row = QHBoxLayout(box)
    left, middle, right = QPushButton("Trái"), QPushButton("Giữa"), QPushButton("Phải")
    for button in (left, right, middle):
        button.setParent(box)
    for button in (left, middle, right):
        row.addWidget(button)
    assert any("back to" in said for said in walker.tab_faults(shown(qtbot, box)))


def test_a_faint_text_is_told(qtbot: QtBot) -> None:
    box = QWidget()
    box.setStyleSheet("QWidget { background: #ffffff; } QLabel { color: #cccccc; }")
    QVBoxLayout(box).addWidget(QLabel("Chưa chấm"))
    assert any("contrast" in said for said in walker.faint_texts(shown(qtbot, box)))


def test_black_on_white_is_twenty_one() -> None:
    assert walker.contrast(0x000000, 0xFFFFFF) == 21
