"""Acts that score the year again before they are done: carried out beside the window.

One at a time: while one goes on, another is not begun. What was done is published; a fault is
handed to ``fault``. A plan is made first, so that its consequences are read before it is done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from ui.runner import Progress, Runner
from ui.session import Session

if TYPE_CHECKING:
    from app.operations.workspace.consequences import Plan
    from app.operations.workspace.desk import Desk, Done

Result = TypeVar("Result")


class Acts:
    """Does what a page asks for through the runner."""

    def __init__(
        self, session: Session, runner: Runner, fault: Callable[[Exception], None]
    ) -> None:
        self._session, self._runner, self._fault = session, runner, fault
        self.busy = False

    def do(self, title: str, verb: Callable[[Desk], Done], then: Callable[[Done], object]) -> None:
        """Carries out a verb; ``then`` hears what it did, once all others know of it."""

        def done(answer: Done) -> None:
            self._session.told(answer.operation)
            then(answer)

        self._run(title, verb, done)

    def look(
        self, title: str, read: Callable[[Desk], Result], then: Callable[[Result], object]
    ) -> None:
        """Works out what has to be known before something is asked."""
        self._run(title, read, then)

    def plan(
        self, title: str, make: Callable[[Desk], Plan], then: Callable[[Plan], object]
    ) -> None:
        """Works out what an act would bring."""
        self._run(title, make, then)

    def carry_out(self, plan: Plan, then: Callable[[Done], object]) -> None:
        """Does what was planned."""

        def verb(desk: Desk) -> Done:
            from app.operations.workspace.consequences import carry_out

            return carry_out(desk, plan)

        self.do("Ghi vào sổ", verb, then)

    def _run(
        self, title: str, work: Callable[[Desk], Result], then: Callable[[Result], object]
    ) -> None:
        if self.busy:
            return
        self.busy = True
        desk = self._session.desk

        def go(progress: Progress) -> Result:
            progress.settle(title)
            return work(desk)

        def done(result: Result) -> None:
            self.busy = False
            then(result)

        def failed(fault: Exception) -> None:
            self.busy = False
            self._fault(fault)

        self._runner.run(title, go, done, failed)
