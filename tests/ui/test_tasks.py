"""Work off the window's thread."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.runner import AtOnce, Progress
from ui.tasks import PAINTED_AFTER, Tasks


@pytest.fixture
def tasks(qapp: object) -> Iterator[tuple[Tasks, list[Exception]]]:
    faults: list[Exception] = []
    parent = QObject()
    made = Tasks(parent, faults.append)
    yield made, faults
    made.shut_down()


def test_work_is_done_elsewhere_and_handed_over_here(
    tasks: tuple[Tasks, list[Exception]], qtbot: QtBot
) -> None:
    runner, _ = tasks
    seen: list[object] = []
    runner.run(
        "việc",
        lambda progress: threading.current_thread(),
        lambda worker: seen.extend((worker, threading.current_thread())),
    )
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[0] is not threading.main_thread()
    assert seen[1] is threading.main_thread()
    assert runner.running == []


def test_progress_is_told_and_cancelled_work_hands_nothing_over(
    tasks: tuple[Tasks, list[Exception]], qtbot: QtBot
) -> None:
    runner, faults = tasks
    begun, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> int:
        progress.tell(0.5, "nửa đường")
        begun.set()
        go_on.wait(10)
        progress.tell(1.0)
        return 1

    results: list[int] = []
    runner.run("việc", work, results.append)
    qtbot.waitUntil(lambda: runner.running[0].share == 0.5)
    assert runner.running[0].text == "nửa đường"
    begun.wait(10)
    runner.running[0].cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not runner.running)
    assert results == []
    assert faults == []


def test_a_fault_goes_to_who_asked_or_else_to_the_one_place(
    tasks: tuple[Tasks, list[Exception]], qtbot: QtBot
) -> None:
    runner, faults = tasks

    def fail(_progress: Progress) -> None:
        raise ValueError("hỏng")

    caught: list[Exception] = []
    runner.run("việc", fail, lambda _r: None, caught.append)
    qtbot.waitUntil(lambda: len(caught) == 1)
    assert faults == []
    runner.run("việc", fail, lambda _r: None)
    qtbot.waitUntil(lambda: len(faults) == 1)


def test_a_fault_while_handing_over_is_shown_too(
    tasks: tuple[Tasks, list[Exception]], qtbot: QtBot
) -> None:
    runner, faults = tasks

    def fail(_result: object) -> None:
        raise ValueError("hỏng")

    runner.run("việc", lambda _p: 1, fail)
    qtbot.waitUntil(lambda: len(faults) == 1)


def test_working_in_place_raises_what_nobody_takes() -> None:
    def fail(_progress: Progress) -> None:
        raise ValueError("hỏng")

    with pytest.raises(ValueError, match="hỏng"):
        AtOnce().run("việc", fail, lambda _r: None)


def test_nothing_is_begun_once_the_window_is_gone(
    tasks: tuple[Tasks, list[Exception]],
) -> None:
    runner, _ = tasks
    runner.shut_down()
    runner.run("việc", lambda _p: 1, lambda _r: None)
    assert runner.running == []


def test_what_the_work_and_its_askers_knew_goes_with_its_end(
    tasks: tuple[Tasks, list[Exception]], qtbot: QtBot
) -> None:
    runner, _ = tasks

    class Year:
        """Stands for what is large: a year's state that the work reads, and a page that waits."""

    kept: list[weakref.ref[Year]] = []

    def ask() -> None:
        read, waiting = Year(), Year()
        seen: list[list[Year]] = []
        kept.extend((weakref.ref(read), weakref.ref(waiting)))
        runner.run("việc", lambda _progress: [read], lambda result: seen.append([*result, waiting]))
        qtbot.waitUntil(lambda: len(seen) == 1)

    for _ in range(3):
        ask()
    qtbot.waitUntil(lambda: gc.collect() >= 0 and all(one() is None for one in kept))


def test_quiet_work_lets_the_window_show_what_it_has_first(
    tasks: tuple[Tasks, list[Exception]], qtbot: QtBot
) -> None:
    runner, _ = tasks
    begun: list[str] = []
    runner.run(
        "yên lặng", lambda _progress: begun.append("yên lặng"), lambda _none: None, quiet=True
    )
    assert runner._pool.activeThreadCount() == 0
    runner.run("việc", lambda _progress: begun.append("việc"), lambda _none: None)
    qtbot.waitUntil(lambda: len(begun) == 2)
    assert begun == ["việc", "yên lặng"]


def test_quiet_work_that_waits_when_all_ends_is_not_begun(
    tasks: tuple[Tasks, list[Exception]], qtbot: QtBot
) -> None:
    runner, _ = tasks
    begun: list[int] = []
    runner.run("yên lặng", lambda _progress: begun.append(1), lambda _none: None, quiet=True)
    runner.shut_down()
    qtbot.wait(3 * PAINTED_AFTER)
    assert (begun, runner.running) == ([], [])
