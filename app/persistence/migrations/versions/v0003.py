"""Wording of papers and what was filled in; known senders and packages (``v0003.sql``)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Lays the new tables and columns; statements are parted by a line with two dashes."""
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in text.split("\n--\n"):
        op.execute(statement)
