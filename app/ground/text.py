"""Text as Vietnamese officers type it: composed form, search without accents, suggestions."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

_FEW: Final = 4
_D = str.maketrans({"đ": "d", "Đ": "D"})


def composed(text: str) -> str:
    """The NFC form; every text is stored and compared in it."""
    return unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """Lower case without accents and with single spaces: "Thanh  Hóa" → "thanh hoa"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(bare.translate(_D).casefold().split())


def same_words(one: str, other: str) -> bool:
    """Whether two texts are equal but for composition, case and spacing (accents count)."""
    return _words(one) == _words(other)


def _words(text: str) -> str:
    return " ".join(composed(text).casefold().split())


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a misspelt one most likely stands for."""
    names = {folded(name): name for name in known}
    found = difflib.get_close_matches(folded(word), names, n=1, cutoff=0.6)
    return names[found[0]] if found else None


_TOKEN = re.compile(r"[0-9]+|[^0-9.]+|[.]")


def natural_key(code: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts codes as people read them: I.2 before I.10, 9 before 9b, u9 before u10."""
    return tuple(
        (0, int(token), token) if token[0] in "0123456789" else (1, 0, token)
        for token in _TOKEN.findall(code)
    )


_ALPHABET = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {mark: place for place, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", 1)}
_Letters = tuple[tuple[int, int, str], ...]


def dictionary_key(text: str) -> tuple[tuple[_Letters, tuple[int, ...]], ...]:
    """Sorts names as a Vietnamese dictionary does, word by word, tones last; numbers by size:
    "Sở Ba" before "Sở Bốn", "Cụm 2" before "Cụm 10", D before Đ.
    """
    return tuple(_word_key(word) for word in composed(text).casefold().split())


def _word_key(word: str) -> tuple[_Letters, tuple[int, ...]]:
    letters: list[tuple[int, int, str]] = []
    tones: list[int] = []
    for token in re.findall(r"[0-9]+|[^0-9]", word):
        if token[0] in "0123456789":
            letters.append((0, int(token[:18]), token[18:]))
            continue
        parts = unicodedata.normalize("NFD", token)
        tone = next((part for part in parts if part in _TONES), "")
        letter = unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts)
        place = _ALPHABET.get(letter)
        letters.append((2, place, "") if place is not None else (1, 0, letter))
        tones.append(_TONES.get(tone, 0))
    return (tuple(letters), tuple(tones))


def named(names: Sequence[str], few: int = _FEW, what: str = "đơn vị") -> str:
    """Names in a sentence, the first few of them."""
    more = len(names) - few
    listed = ", ".join(names[:few])
    return f"{listed} và {more} {what} nữa" if more > 0 else listed
