"""Sizes of files as they are said."""

from __future__ import annotations

from fractions import Fraction

from app.ground.numbers import vietnamese


def size_words(size: int) -> str:
    """A number of bytes as it is said: 340 KB, 12,5 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{vietnamese(Fraction(size, 1_000_000), 1)} MB"
