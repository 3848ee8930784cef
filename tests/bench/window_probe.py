"""One start of the window, told in marks; run by itself as a process of its own.

``python -m tests.bench.window_probe ASKED FOLDER``: ``ASKED`` is the clock (``time.time``) when the
process was asked for. Prints the seconds from then to the first paint, to the overview of the
loaded workspace with its ranking, and until the year was worked out anew and all is told of it;
and the resident and proportional memory in MiB once at rest.
"""

from __future__ import annotations

import builtins
import gc
import json
import os
import sys
import time
from pathlib import Path

# The outermost file does these things, and in this order.
gc.disable()
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
plain_import = builtins.__import__
from PySide6.QtCore import QTimer  # noqa: E402

builtins.__import__ = plain_import
from PySide6.QtGui import QPaintEvent  # noqa: E402
from PySide6.QtWidgets import QWidget  # noqa: E402

from ui import application  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402
from ui.places import PageId  # noqa: E402

ASKED = float(sys.argv[1])
LOOK = 2
"""Milliseconds between two looks whether the ranking is on the page."""
REST = 1500
"""Milliseconds of idleness before the memory is read."""
marks: dict[str, float] = {}


def mark(name: str) -> None:
    """Notes the clock and the processor time of the first moment of this name."""
    marks.setdefault(name, time.time() - ASKED)
    marks.setdefault(f"{name} worked", time.process_time())


class Watched(MainWindow):
    """The main window that notes its first paint."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        mark("first")


def memory() -> dict[str, float]:
    """What the process holds, as Linux counts it."""
    gc.collect()
    said = Path("/proc/self/status").read_text("utf-8").splitlines()
    rolled = Path("/proc/self/smaps_rollup").read_text("utf-8").splitlines()

    def kilobytes(name: str) -> int:
        (line,) = [line for line in (*said, *rolled) if line.startswith(f"{name}:")]
        return int(line.split()[1])

    return {
        "resident": kilobytes("VmRSS") / 1024,
        "proportional": kilobytes("Pss") / 1024,
    }


def finish() -> None:
    """Tells the marks and ends."""
    print(json.dumps(marks | memory()))
    application.QApplication.exit(0)


def watch(window: application.Window) -> None:
    """Notes when the overview shows the ranking, painted."""

    def look() -> None:
        if window.frame.page_id is not PageId.OVERVIEW:
            return
        ranking: QWidget | None = getattr(window.frame.page, "ranking", None)
        if ranking is None or ranking.visibleRegion().isEmpty():
            return
        if "loaded" not in marks:
            window.frame.repaint()
            mark("loaded")
        if window.session.result is not None and not window.tasks.running:
            timer.stop()
            window.frame.repaint()
            mark("whole")
            QTimer.singleShot(REST, finish)

    timer = QTimer(window.frame)
    timer.timeout.connect(look)
    timer.start(LOOK)


def main() -> int:
    """The program as it starts by itself, watched."""
    stand_up = application.Window.stand_up

    def watched(window: application.Window, folder: Path | None = None) -> None:
        stand_up(window, folder)
        watch(window)

    application.MainWindow = Watched  # type: ignore[misc]
    application.Window.stand_up = watched  # type: ignore[method-assign]
    return application.run(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
