"""The columns of the list of ballots."""

from __future__ import annotations

from ui.models.columns import Column
from ui.pages.ballots.facts import BallotRow

COLUMNS: tuple[Column[BallotRow], ...] = (
    Column("Bỏ phiếu về", lambda r: r.title, 10, stretch=True),
    Column("Lần", lambda r: str(r.vote), 3, "right", order=lambda r: r.vote),
    Column(
        "Tình trạng",
        lambda r: r.status,
        11,
        stretch=True,
        tone=lambda r: r.tone,
        tip=lambda r: f"{r.status}. {r.why}" if r.why else r.status,
    ),
)
"""What for, which time, how far and what it comes to."""
