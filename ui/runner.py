"""Work that takes long: how presenters ask for it, whoever carries it out.

The window's runner is ``tasks.Tasks`` (another thread, progress, cancel); ``AtOnce`` works in
place, where there is no event loop to wait in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol, TypeVar

Result = TypeVar("Result")

_LAST_STEP: Final = 0.9
"""From this share on a workspace that is made is put in its place."""


class Cancelled(Exception):  # noqa: N818 - not an error: the officer asked for it
    """The officer does not want the work any more; nothing of it is kept."""


class Progress:
    """What the work tells while it goes on, and whether it is still wanted."""

    def __init__(self, told: Callable[[float | None, str], None] | None = None) -> None:
        self._told = told
        self.cancelled = False
        self.settled = False

    def tell(self, share: float | None, text: str = "") -> None:
        """How far it is (0 to 1, ``None`` for unknown); raises ``Cancelled`` when unwanted."""
        if self.cancelled:
            raise Cancelled
        if self._told is not None:
            self._told(share, text)

    def settle(self, text: str = "") -> None:
        """From here the work is finished whatever the officer asks: it keeps something now.

        Raises ``Cancelled`` when it is unwanted already.
        """
        self.tell(None, text)
        self.settled = True


def settling(progress: Progress) -> Callable[[float, str], None]:
    """Tells how far a making is; from its last step on it cannot be cancelled any more."""

    def tell(share: float, text: str) -> None:
        if share >= _LAST_STEP:
            progress.settle(text)
        else:
            progress.tell(share, text)

    return tell


class Runner(Protocol):
    """Carries out work and hands its result, or what went wrong, back to the window's thread."""

    def run(
        self,
        title: str,
        work: Callable[[Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Starts ``work``; ``done`` or ``failed`` is called later, at most one of them.

        Without ``failed`` a fault is shown. ``quiet`` work is not announced.
        """


class AtOnce:
    """A runner that works in place; faults are raised unless ``failed`` takes them."""

    def run(
        self,
        title: str,
        work: Callable[[Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Works now."""
        try:
            result = work(Progress())
        except Cancelled:
            return
        except Exception as fault:
            if failed is None:
                raise
            failed(fault)
            return
        done(result)
