"""The first schema, as it was released (``v0001.sql``)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Lays the tables; statements are parted by a line with two dashes."""
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in text.split("\n--\n"):
        op.execute(statement)
