"""One start of the window, told in marks; run by itself as a process of its own.

``python -m tests.bench.window_probe ASKED FOLDER``: ``ASKED`` is the clock (``time.time``) when the
process was asked for. Prints the seconds from then to the first paint and to the overview of the
loaded workspace with its ranking, and the resident and proportional memory in MiB once at rest.
"""

from __future__ import annotations

import builtins
import gc
import json
import sys
import time
from pathlib import Path

PLAIN_IMPORT = builtins.__import__  # before PySide puts its own in place

from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtGui import QPaintEvent  # noqa: E402

from ui import application  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402
from ui.session import Session, Topic  # noqa: E402

ASKED = float(sys.argv[1])
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


def watch(session: Session) -> None:
    """Notes when the ranking is there and painted."""

    def hear(topics: frozenset[Topic]) -> None:
        if Topic.RESULT in topics and session.result is not None and "loaded" not in marks:
            QTimer.singleShot(0, painted)

    def painted() -> None:
        for window in application.QApplication.topLevelWidgets():
            window.repaint()
        mark("loaded")
        QTimer.singleShot(REST, finish)

    session.subscribe(hear)


def main() -> int:
    """The program as it starts by itself, watched."""
    stand_up = application.Window.stand_up

    def watched(window: application.Window, folder: Path | None = None) -> None:
        stand_up(window, folder)
        watch(window.session)

    builtins.__import__ = PLAIN_IMPORT  # as the outermost file does
    application.MainWindow = Watched  # type: ignore[misc]
    application.Window.stand_up = watched  # type: ignore[method-assign]
    return application.run(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
