"""Canonical data: one sequence of bytes and one digest for equal content.

The bytes are those of RFC 8785. Numbers are written as strings, so that 10 and 10.0 are equal
and nothing passes through a float; what is left of the standard for texts, lists and tables is
what Python's own encoder writes, but for the order of keys beyond the basic plane.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final

from app.ground.numbers import plain
from app.ground.text import composed

_BEYOND_BASIC_PLANE: Final = re.compile(rb"[\xf0-\xf4]")
"""The first byte of four in UTF-8."""


def canonical(value: object) -> bytes:
    """The RFC 8785 bytes of a tree of mappings, sequences, numbers, dates and texts."""
    return encoded(_simple(value))


def encoded(tree: object) -> bytes:
    """The RFC 8785 bytes of a tree that has only texts, yes and no, nothing, lists and tables.

    The quick encoder serves wherever code points sort like UTF-16.
    """
    text = json.dumps(
        tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
    )
    data = text.encode("utf-8")
    if _BEYOND_BASIC_PLANE.search(data):
        import rfc8785

        return rfc8785.dumps(tree)  # type: ignore[arg-type]
    return data


def digest(value: object) -> str:
    """``sha256:`` and the hexadecimal digest of the canonical bytes."""
    return digest_of(canonical(value))


def digest_of(data: bytes) -> str:
    """``sha256:`` and the hexadecimal digest of bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _simple(value: object) -> Any:
    match value:
        case str():
            return composed(value)
        case None | bool():
            return value
        case Enum():
            return _simple(value.value)
        case int() | Decimal() | Fraction():
            return plain(Fraction(value))
        case dt.date():
            return value.isoformat()
        case Mapping():
            return {composed(str(k)): _simple(v) for k, v in value.items()}
        case list() | tuple():
            return [_simple(v) for v in value]
        case _:
            raise TypeError(f"no canonical form for {type(value).__name__}")
