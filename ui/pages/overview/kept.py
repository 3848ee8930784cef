"""The overview as it was left: kept at closing, and shown at the next opening while the year is
still worked out. Without Qt.

The workspace gives back only what was kept for exactly its present data; here it is seen to that
the same program made it, of the same year. What belongs to a day is left out of it, so it is
right on any day.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from app.ground.program import program_version
from ui.pages.overview.facts import View


@dataclass(frozen=True, slots=True)
class Kept:
    """A view, and what it is of."""

    program: str
    period: str
    view: View


def packed(period: str, view: View) -> bytes:
    """The file's text for a view of a year."""
    return msgspec.json.encode(Kept(program_version(), period, view))


def unpacked(body: bytes, period: str, *, may_write: bool) -> View | None:
    """The view of this year in a file's text; ``None`` where it holds no other or none at all."""
    try:
        kept = msgspec.json.decode(body, type=Kept)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    view = kept.view
    ours = kept.program == program_version() and kept.period == period
    return view if ours and view.may_write is may_write and not view.dated else None
