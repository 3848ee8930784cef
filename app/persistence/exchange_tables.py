"""The tables of the exchange with others: known senders, packages that went and came."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Integer

from app.persistence.columns import Words
from app.persistence.table_parts import key, table, word

SENDERS: Final = table(
    "senders",
    key("name"),
    key("key"),
    Column("unit", Words),
    word("confirmed_by"),
    word("confirmed_on"),
    word("retired"),
)
PACKAGES: Final = table(
    "packages",
    key("digest"),
    key("direction"),
    *(word(name, None) for name in ("kind", "extent", "sender")),
    word("key"),
    word("recipient"),
    word("about_period"),
    *(word(name) for name in ("cluster", "about")),
    Column("sequence", Integer, nullable=False),
    *(word(name) for name in ("made", "assessment", "journal", "answers")),
    Column("operation", Integer, nullable=False),
)
