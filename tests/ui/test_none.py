"""Qt's bindings drop references to ``None``: a day of drawing must not use them up."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is not counted any more")
def test_none_outlives_millions_of_calls_that_return_nothing(qapp: QApplication) -> None:
    rect = QRect()
    before = sys.getrefcount(None)
    for _ in range(10_000):
        rect.setTop(0)
    lost_in_a_day = (before - sys.getrefcount(None)) * 100_000
    assert sys.getrefcount(None) > lost_in_a_day + 1_000_000
