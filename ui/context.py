"""What every page is given: the one way to act, to ask, to go elsewhere and to be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.notices import Notices
from ui.places import Place
from ui.preferences import Preferences
from ui.runner import Runner
from ui.session import Session
from ui.theme.tokens import Theme

if TYPE_CHECKING:
    from ui.flows.opening import Opening


@dataclass
class Context:
    """The window's parts that pages use. ``theme`` changes with the officer's choice."""

    session: Session
    runner: Runner
    notices: Notices
    preferences: Preferences
    theme: Theme
    go: Callable[[Place], None]
    restyle: Callable[[], None]
    back: Callable[[], None]
    opening: Opening

    def do(self, act: Callable[[], object]) -> bool:
        """Carries out what the officer asked for; a fault is shown, not raised.

        The answer is whether it was done. What a verb remarks is shown beside.
        """
        try:
            answer = act()
        except Exception as fault:  # noqa: BLE001 - shown by the one place for faults
            self.notices.fault(fault)
            return False
        from app.operations.workspace.desk import Done  # late: the window shows first

        if isinstance(answer, Done):
            self.notices.done(answer)
        return True
