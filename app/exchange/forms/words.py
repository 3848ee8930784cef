"""The words that a form offers in its drop-downs and that its formulas look for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.snapshot import EntryState

YES: Final = "Có"
NO: Final = "Không"
DONE_MARK: Final = "✓"
STATE_WORDS: Final[Mapping[EntryState, str]] = {
    EntryState.NOT_ASSIGNED: "Không được giao",
    EntryState.NOT_DONE: "Không thực hiện",
}
