"""Qt's bindings drop references to ``None`` and ``True``: a day must not use them up."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QApplication


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is not counted any more")
def test_none_outlives_millions_of_calls_that_return_nothing(qapp: QApplication) -> None:
    rect = QRect()
    before = sys.getrefcount(None)
    for _ in range(10_000):
        rect.setTop(0)
    lost_in_a_day = (before - sys.getrefcount(None)) * 100_000
    assert sys.getrefcount(None) > lost_in_a_day + 1_000_000


class _Sender(QObject):
    sent = Signal(int)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="truth is not counted any more")
def test_truth_outlives_millions_of_signals(qapp: QApplication) -> None:
    sender = _Sender()
    before = sys.getrefcount(True)
    for number in range(10_000):
        sender.sent.emit(number)
    lost_in_a_day = (before - sys.getrefcount(True)) * 100
    assert min(map(sys.getrefcount, (True, False))) > lost_in_a_day + 1_000_000
