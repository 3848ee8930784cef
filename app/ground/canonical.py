"""Canonical data: one sequence of bytes and one digest for equal content.

The bytes follow RFC 8785; numbers are written as strings, so that 10 and 10.0 are equal
and nothing passes through a float.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import rfc8785

from app.ground.numbers import plain
from app.ground.text import composed


def canonical(value: object) -> bytes:
    """The RFC 8785 bytes of a tree of mappings, sequences, numbers, dates and texts."""
    return rfc8785.dumps(_simple(value))


def digest(value: object) -> str:
    """``sha256:`` and the hexadecimal digest of the canonical bytes."""
    return "sha256:" + hashlib.sha256(canonical(value)).hexdigest()


def _simple(value: object) -> Any:
    match value:
        case None | bool():
            return value
        case Enum():
            return _simple(value.value)
        case str():
            return composed(value)
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
