"""Canonical data: one sequence of bytes and one digest for equal content.

The bytes are those of RFC 8785. Numbers are written as strings, so that 10 and 10.0 are equal
and nothing passes through a float; what is left of the standard for texts, lists and tables is
what the library's fast encoder writes, but for the order of keys beyond the basic plane.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final

import rfc8785

from app.ground.numbers import plain
from app.ground.text import composed

_BASIC_PLANE: Final = 0xFFFF


def canonical(value: object) -> bytes:
    """The RFC 8785 bytes of a tree of mappings, sequences, numbers, dates and texts."""
    keys: set[str] = set()
    simple = _simple(value, keys)
    if any(ord(max(key, default="")) > _BASIC_PLANE for key in keys if key):
        return rfc8785.dumps(simple)
    text = json.dumps(simple, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode("utf-8")


def digest(value: object) -> str:
    """``sha256:`` and the hexadecimal digest of the canonical bytes."""
    return "sha256:" + hashlib.sha256(canonical(value)).hexdigest()


def _simple(value: object, keys: set[str]) -> Any:
    match value:
        case str():
            return composed(value)
        case None | bool():
            return value
        case Enum():
            return _simple(value.value, keys)
        case int() | Decimal() | Fraction():
            return plain(Fraction(value))
        case dt.date():
            return value.isoformat()
        case Mapping():
            table = {composed(str(k)): _simple(v, keys) for k, v in value.items()}
            keys.update(table)
            return table
        case list() | tuple():
            return [_simple(v, keys) for v in value]
        case _:
            raise TypeError(f"no canonical form for {type(value).__name__}")
