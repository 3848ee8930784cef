"""The short code at the foot of a paper: the words that it prints and the data that they came from.

Two papers carry one code only where workspace, year, paper and every printed word agree. It is
read out or typed in to find the state of the data that a paper shows.
"""

from __future__ import annotations

import hashlib
from typing import Final

from app.ground.canonical import canonical
from app.ground.text import composed
from app.reports.document import CODE, Document
from app.reports.texts import texts

LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 without letters that are misread (I, L, O, U)."""
GROUPS: Final = 4
"""Groups of four letters: 80 bits."""


def words_digest(document: Document) -> str:
    """The SHA-256 of every text of the paper with its place, in reading order."""
    return hashlib.sha256(canonical([list(pair) for pair in _words(document)])).hexdigest()


def content_code(document: Document) -> str:
    """ "7K3F-9Q2M-0XAB-T4WD"; empty where the paper is bound to no data."""
    bound = document.binding
    if bound is None:
        return ""
    whole = [bound.workspace, bound.period, bound.paper, bound.subject, words_digest(document)]
    number = int.from_bytes(hashlib.sha256(canonical(whole)).digest()[:10], "big")
    letters = "".join(LETTERS[number >> (5 * at) & 31] for at in range(4 * GROUPS - 1, -1, -1))
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def code_line(document: Document) -> str:
    """What stands at the foot of each page; empty where nothing is printed there."""
    code = content_code(document)
    return f"{CODE} {code}" if code and document.binding and document.binding.printed else ""


def _words(document: Document) -> list[tuple[str, str]]:
    return [(place, composed(text)) for place, text in texts(document) if text]
