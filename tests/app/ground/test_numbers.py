"""Numbers are read as officers write them, kept exact, and rounded in one place."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ground.numbers import (
    NumberFault,
    NumberTextError,
    Rounding,
    checked_decimal,
    exact,
    is_decimal,
    plain,
    read_number,
    round_to,
    to_decimal,
    unmistakable,
    vietnamese,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("  7 ", "7"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1.250,5", "1250.5"),
        ("1,250.5", "1250.5"),
        ("1.250.000", "1250000"),
        ("1234", "1234"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        ("+4", "4"),
        ("95.0100", "95.01"),
    ],
)
def test_a_number_is_read_with_comma_or_point(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["1.250", "1,250", "12.500", "999,999", "-1.250"])
def test_one_group_of_three_could_be_thousands_and_is_asked_about(text: str) -> None:
    with pytest.raises(NumberTextError) as caught:
        read_number(text)
    assert caught.value.fault is NumberFault.AMBIGUOUS
    assert len(caught.value.readings) == 2


@pytest.mark.parametrize(
    "text",
    ["", "-", "1e5", "NaN", "inf", "1..2", "1.2.3", "12,5%", "１２", "1_000", "1 000", "0x1"],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NumberTextError) as caught:
        read_number(text)
    assert caught.value.fault is NumberFault.NOT_A_NUMBER


@pytest.mark.parametrize("text", ["1" * 31, "0," + "1" * 31, "9" * 5000])
def test_a_number_too_long_to_be_a_score_is_refused(text: str) -> None:
    with pytest.raises(NumberTextError) as caught:
        read_number(text)
    assert caught.value.fault is NumberFault.TOO_LONG


@pytest.mark.parametrize("value", [Decimal("1e999999"), Decimal("1e-31"), 10**31])
def test_a_number_of_a_file_may_not_be_huge(value: Decimal | int) -> None:
    with pytest.raises(NumberTextError) as caught:
        checked_decimal(value)
    assert caught.value.fault is NumberFault.TOO_LONG


@pytest.mark.parametrize("value", [0.5, True, "1", None])
def test_a_float_never_enters(value: object) -> None:
    with pytest.raises(TypeError):
        exact(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (Rounding.HALF_UP, ["0.13", "0.12", "0.13", "-0.13", "0.33"]),
        (Rounding.HALF_EVEN, ["0.12", "0.12", "0.13", "-0.12", "0.33"]),
        (Rounding.DOWN, ["0.12", "0.12", "0.12", "-0.12", "0.33"]),
        (Rounding.UP, ["0.13", "0.13", "0.13", "-0.13", "0.34"]),
    ],
)
def test_the_four_ways_of_rounding(mode: Rounding, expected: list[str]) -> None:
    values = ["1/8", "1201/10000", "1251/10000", "-1/8", "1/3"]
    assert [round_to(Fraction(v), 2, mode) for v in values] == [Fraction(e) for e in expected]


@pytest.mark.parametrize("mode", list(Rounding))
def test_a_rounded_number_stays_as_it_is(mode: Rounding) -> None:
    assert round_to(Fraction("12.34"), 2, mode) == Fraction("12.34")
    assert round_to(Fraction(0), 0, mode) == 0


def test_numbers_for_machines_and_for_paper() -> None:
    assert plain(Fraction("12.50")) == "12.5"
    assert plain(Fraction(2, 3)) == "2/3"
    assert plain(Fraction(-7, 7)) == "-1"
    assert vietnamese(Fraction("1234.5")) == "1234,5"
    assert vietnamese(Fraction(1234567)) == "1.234.567"
    assert vietnamese(Fraction(-12345, 10), 2) == "-1234,50"
    assert vietnamese(Fraction(1, 3)) == "1/3"


@given(st.fractions(max_denominator=10**6), st.integers(0, 6), st.sampled_from(Rounding))
def test_rounding_moves_by_less_than_one_unit_and_is_stable(
    value: Fraction, digits: int, mode: Rounding
) -> None:
    rounded = round_to(value, digits, mode)
    assert abs(rounded - value) < Fraction(1, 10**digits)
    assert round_to(rounded, digits, mode) == rounded
    assert (rounded * 10**digits).denominator == 1


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-999, max_value=999))
def test_what_is_printed_for_machines_is_read_back(value: Decimal) -> None:
    fraction = Fraction(value)
    assert is_decimal(fraction)
    assert Fraction(to_decimal(fraction)) == fraction
    assert Fraction(plain(fraction)) == fraction


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-9999, max_value=9999)
)
def test_a_number_written_for_a_file_is_read_back_without_a_question(value: Decimal) -> None:
    assert read_number(unmistakable(Fraction(value))) == value
