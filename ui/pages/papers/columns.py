"""The columns of the lists on the page of the papers."""

from __future__ import annotations

from ui.models.columns import Column
from ui.pages.papers.facts import PaperRow, PlaceRow

PAPERS: tuple[Column[PaperRow], ...] = (
    Column("Văn bản", lambda r: r.name, 24, stretch=True),
    Column("Tình trạng", lambda r: r.state, 16, tone=lambda r: r.tone, tip=lambda r: r.tip),
)
"""What and for whom, how far it has come."""

PLACES: tuple[Column[PlaceRow], ...] = (
    Column("Chỗ", lambda p: p.mark, 10, stretch=True),
    Column("Hiện cho", lambda p: p.gives, 8, stretch=True, tip=lambda p: p.gives),
)
"""A place of a wording and what it gives now."""
