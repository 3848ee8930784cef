"""What is said of near and missed days when a workspace opens; without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.operations.workspace.calendar import Reminder


def reminder_words(reminders: Sequence[Reminder]) -> str:
    """One sentence for the status line; empty where nothing is near or missed."""
    if not reminders:
        return ""
    words = f"Nhắc việc: {reminders[0].sentence.rstrip('.')}"
    if len(reminders) > 1:
        words += f"; còn {len(reminders) - 1} việc nữa ở trang Lịch và nhiệm vụ"
    return f"{words}."
