"""Words into lines: centred words break evenly and no line holds a lonely word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from app.reports import fonts
from app.reports.typesetting import balanced


def letters(text: str) -> float:
    """Each letter is one unit wide."""
    return float(len(text))


def test_words_that_fit_stand_on_one_line() -> None:
    assert balanced("SỞ TƯ PHÁP", 10, letters) == ["SỞ TƯ PHÁP"]


def test_a_last_word_is_not_left_alone() -> None:
    # 21 letters hold "ỦY BAN NHÂN DÂN TỈNH" (20), which would leave "CAO BẰNG" below;
    # "ỦY BAN NHÂN DÂN" (15) over "TỈNH CAO BẰNG" (13) is the narrowest pair
    assert balanced("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", 21, letters) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH CAO BẰNG",
    ]


def test_a_word_wider_than_the_room_stands_alone() -> None:
    assert balanced("a bcdefghijk l", 5, letters) == ["a", "bcdefghijk", "l"]


@given(some.lists(some.text("abcđê", min_size=1, max_size=9), min_size=1), some.integers(9, 40))
def test_no_word_is_lost_no_line_is_too_wide_and_no_line_more_is_taken(
    words: list[str], room: int
) -> None:
    text = " ".join(words)
    lines = balanced(text, room, letters)
    assert " ".join(lines) == text
    assert max(map(letters, lines)) <= room
    greedy, used = 1, 0
    for word in words:
        if used and used + 1 + len(word) > room:
            greedy, used = greedy + 1, 0
        used += len(word) + (1 if used else 0)
    assert len(lines) == greedy


def test_a_real_issuer_breaks_in_the_middle() -> None:
    def width(text: str) -> float:
        return fonts.width(text, 12, bold=True)

    lines = balanced("KHỐI THI ĐUA CÁC CƠ QUAN NỘI CHÍNH", 190, width)
    assert lines == ["KHỐI THI ĐUA CÁC", "CƠ QUAN NỘI CHÍNH"]
