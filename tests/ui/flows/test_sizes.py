"""Sizes in words."""

from __future__ import annotations

import pytest

from ui.flows.sizes import size_words


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 KB"), (340_400, "340 KB"), (12_450_000, "12,5 MB")]
)
def test_sizes_are_said_as_one_says_them(size: int, words: str) -> None:
    assert size_words(size) == words
