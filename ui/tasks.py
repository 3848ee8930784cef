"""Work off the window's thread: progress, cancel, and failure handed back to one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from ui.runner import Cancelled, Progress

Result = TypeVar("Result")


class _Signals(QObject):
    told = Signal(object, str)
    ended = Signal(object, object)


class _Job(QRunnable):
    """One piece of work on a thread of the pool."""

    def __init__(self, work: Callable[[Progress], Any]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.signals = _Signals()
        self.progress = Progress(self.signals.told.emit)
        self._work = work

    def run(self) -> None:
        """Works; whatever comes of it goes back by a signal."""
        result, fault = None, None
        try:
            result = self._work(self.progress)
        except Exception as caught:  # noqa: BLE001 - handed to the window's thread, not swallowed
            fault = caught
        self.signals.ended.emit(result, fault)


@dataclass(eq=False)
class Task:
    """A running piece of work as the status line shows it."""

    title: str
    quiet: bool
    job: _Job = field(repr=False)
    share: float | None = None
    text: str = ""

    def cancel(self) -> None:
        """Asks the work to stop at its next step; nothing of it is kept."""
        self.job.progress.cancelled = True


class Tasks(QObject):
    """The window's runner. ``changed`` tells that the list of running work, or its state, did."""

    changed = Signal()

    def __init__(self, parent: QObject, on_fault: Callable[[Exception], None]) -> None:
        super().__init__(parent)
        self._on_fault = on_fault
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._over = False
        self.running: list[Task] = []

    def run(
        self,
        title: str,
        work: Callable[[Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Starts ``work`` on another thread; see ``runner.Runner``. Nothing once it is over."""
        if self._over:
            return
        task = Task(title, quiet, _Job(work))

        def told(share: float | None, text: str) -> None:
            task.share, task.text = share, text
            if task in self.running:
                self.changed.emit()

        def ended(result: Any, fault: Exception | None) -> None:
            if task not in self.running:
                return  # the window was closed meanwhile
            self.running.remove(task)
            self.changed.emit()
            self._hand_over(task, result, fault, done, failed)

        task.job.signals.told.connect(told)
        task.job.signals.ended.connect(ended)
        self.running.append(task)
        self.changed.emit()
        self._pool.start(task.job)

    def _hand_over(
        self,
        task: Task,
        result: Any,
        fault: Exception | None,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None,
    ) -> None:
        progress = task.job.progress
        if isinstance(fault, Cancelled) or (progress.cancelled and not progress.settled):
            return
        try:
            if fault is None:
                done(result)
            elif failed is not None:
                failed(fault)
            else:
                self._on_fault(fault)
        except Exception as caught:  # noqa: BLE001 - the one place for faults shows it
            self._on_fault(caught)

    def shut_down(self) -> None:
        """Asks everything to stop and waits for it; what ends now is not handed over."""
        self._over = True
        for task in self.running:
            task.cancel()
        self._pool.waitForDone()
        self.running.clear()
