"""What the list of the journal shows."""

from __future__ import annotations

from collections.abc import Sequence

from ui.models.columns import Column
from ui.pages.journal.presenter import SEAL, UNDONE, Row
from ui.theme.tokens import Tone


def _tone(row: Row) -> Tone | None:
    return Tone.NEUTRAL if row.state == UNDONE else None


def _title(row: Row) -> str:
    return f"{row.title} ({row.state})" if row.state else row.title


COLUMNS: Sequence[Column[Row]] = (
    Column("Ngày", lambda row: row.day, width=13, bold=True),
    Column("Lúc", lambda row: row.time, width=5, tone=_tone),
    Column(
        "Việc đã làm",
        _title,
        width=24,
        stretch=True,
        tone=_tone,
        icon=lambda row: {SEAL: "lock", UNDONE: "undo-2"}.get(row.state),
    ),
    Column("Người làm", lambda row: row.actor, width=17, tone=_tone),
)
