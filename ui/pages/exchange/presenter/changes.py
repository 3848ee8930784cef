"""What a package would change, row by row, and what was changed in the end."""

from __future__ import annotations

from dataclasses import dataclass

from app.operations.exchange.looking import Look
from app.operations.exchange.taking_in import Side


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row that would change. ``side`` is what was decided where both sides changed it."""

    name: str
    unit: str
    what: str
    ours: str
    theirs: str
    sentence: str
    side: Side | None = None

    @property
    def decision(self) -> str:
        """What was decided, in words."""
        match self.side:
            case Side.OURS:
                return "Giữ của sổ"
            case Side.THEIRS:
                return "Lấy của gói"
        return "Chưa quyết định"


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in."""

    sentence: str
    operation: int


def taken_words(seen: Look, count: int, kept: int) -> str:
    """What was taken in: so many rows of theirs, so many of ours that stayed."""
    head = seen.status.head
    assert head is not None
    whose = f"gói “{head.title}” của {head.sender.name}, số {head.sequence}"
    words = f"Đã nhận {whose}: {count} thay đổi"
    if kept:
        words += f", giữ {kept} mục của sổ"
    return f"{words}. Hoàn tác được (Ctrl+Z)."
