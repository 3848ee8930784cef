"""The tables of the papers: the officer's own wording, and what was filled in for each year."""

from __future__ import annotations

from typing import Final

from app.persistence.table_parts import key, scoped, table, word

WORDINGS: Final = table(
    "wordings",
    key("paper"),
    *(word(name) for name in ("subject", "addressees", "body", "recipients")),
)
PAPER_ANSWERS: Final = scoped(
    "paper_answers", key("paper"), key("subject"), key("name"), word("value")
)
