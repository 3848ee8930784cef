"""Work off the window's thread: progress, cancel, and failure handed back to one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from ui.runner import Cancelled, Progress

Result = TypeVar("Result")

PAINTED_AFTER: Final = 30
"""Milliseconds that quiet work leaves to what is to be seen now; both want the one interpreter."""


@dataclass(eq=False)
class Task:
    """A running piece of work as the status line shows it."""

    number: int
    title: str
    quiet: bool
    progress: Progress = field(repr=False)
    done: Callable[[Any], None] = field(repr=False)
    failed: Callable[[Exception], None] | None = field(repr=False)
    share: float | None = None
    text: str = ""

    def cancel(self) -> None:
        """Asks the work to stop at its next step; nothing of it is kept."""
        self.progress.cancelled = True


class Tasks(QObject):
    """The window's runner. ``changed`` tells that the list of running work, or its state, did.

    What the work says comes from its thread by signals that name it by number. So nothing on Qt's
    side holds the work or those who wait for it, and they go when it has ended.
    """

    changed = Signal()
    _told = Signal(int, object, str)
    _ended = Signal(int, object, object)

    def __init__(self, parent: QObject, on_fault: Callable[[Exception], None]) -> None:
        super().__init__(parent)
        self._on_fault = on_fault
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._over = False
        self._waiting: list[Callable[[], None]] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAINTED_AFTER)
        self._soon.timeout.connect(self._begin)
        self._numbers = count()
        self.running: list[Task] = []
        self._told.connect(self._note)
        self._ended.connect(self._end)

    def run(
        self,
        title: str,
        work: Callable[[Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Starts ``work`` on another thread; see ``runner.Runner``. Nothing once it is over.

        Quiet work begins a moment later, after the window has shown what it has.
        """
        if self._over:
            return
        number = next(self._numbers)
        progress = Progress(partial(self._told.emit, number))
        self.running.append(Task(number, title, quiet, progress, done, failed))
        self.changed.emit()
        start = partial(self._work, number, work, progress)
        if quiet:
            self._waiting.append(start)
            if not self._soon.isActive():
                self._soon.start()
        else:
            self._pool.start(start)

    def _begin(self) -> None:
        waiting, self._waiting = self._waiting, []
        for start in waiting:
            self._pool.start(start)

    def _work(self, number: int, work: Callable[[Progress], Any], progress: Progress) -> None:
        """Works, on a thread of the pool; whatever comes of it goes back by a signal."""
        result, fault = None, None
        try:
            result = work(progress)
        except Exception as caught:  # noqa: BLE001 - handed to the window's thread, not swallowed
            fault = caught
        self._ended.emit(number, result, fault)

    def _task(self, number: int) -> Task | None:
        """The piece of work, unless the window was closed meanwhile."""
        return next((task for task in self.running if task.number == number), None)

    def _note(self, number: int, share: float | None, text: str) -> None:
        if (task := self._task(number)) is not None:
            task.share, task.text = share, text
            self.changed.emit()

    def _end(self, number: int, result: Any, fault: Exception | None) -> None:
        if (task := self._task(number)) is not None:
            self.running.remove(task)
            self.changed.emit()
            self._hand_over(task, result, fault)

    def _hand_over(self, task: Task, result: Any, fault: Exception | None) -> None:
        progress = task.progress
        if isinstance(fault, Cancelled) or (progress.cancelled and not progress.settled):
            return
        try:
            if fault is None:
                task.done(result)
            elif task.failed is not None:
                task.failed(fault)
            else:
                self._on_fault(fault)
        except Exception as caught:  # noqa: BLE001 - the one place for faults shows it
            self._on_fault(caught)

    def shut_down(self) -> None:
        """Asks everything to stop and waits for it; what ends now is not handed over."""
        self._over = True
        self._soon.stop()
        self._waiting.clear()
        for task in self.running:
            task.cancel()
        self._pool.waitForDone()
        self.running.clear()
