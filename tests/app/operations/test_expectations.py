"""The comparison of worked cases: by the keys that are named, by value, by containment."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from app.operations.expectations import mismatches, same_value

ACTUAL: dict[str, Any] = {
    "schema": "bangvang-result/1",
    "status": "final",
    "why_provisional": [],
    "parameters": {"A14": {"value": "2", "source": "facts", "clause": None}},
    "clusters": {"k1": ["u1", "u2"]},
    "units": {
        "u1": {
            "total": "97.25",
            "total_exact": "389/4",
            "rank": 1,
            "rank_decided_by": "total",
            "tied_with": ["u2", "u3"],
            "criteria": {"I.1": {"points": "10", "assigned": True, "figures": {"x": "12.5"}}},
            "eligibility": [],
        },
        "u2": {"rank": None, "class": None},
    },
    "awards": [
        {"award": "co", "unit": "u1", "state": "proposed"},
        {"award": "co", "unit": "u2", "state": "refused"},
    ],
    "ties": [],
    "open_questions": [],
    "findings": [],
}


def paths(expected: dict[str, Any]) -> list[str]:
    return [m.path for m in mismatches(expected, ACTUAL)]


@pytest.mark.parametrize(
    "expected",
    [
        {},
        {"status": "final"},
        {"units": {"u1": {"total": Decimal("97.25")}}},
        {"units": {"u1": {"total": "97,25"}}},
        {"units": {"u1": {"total": Decimal("97.250"), "rank": 1}}},
        {"units": {"u1": {"total_exact": "97.25"}}},
        {"units": {"u1": {"tied_with": ["u3"]}}},
        {"units": {"u1": {"criteria": {"I.1": {"assigned": True, "points": 10}}}}},
        {"units": {"u1": {"eligibility": []}, "u2": {"rank": ""}}},
        {"units": {"u2": {"rank": None}}},
        {"parameters": {"A14": {"value": 2}}},
        {"awards": [{"unit": "u2", "state": "refused"}, {"award": "co"}]},
        {"ties": [], "open_questions": []},
        {"absent": {"awards": [{"unit": "u2", "state": "proposed"}]}},
        {"absent": {"ties": [{"award": "co"}]}},
        {"absent": {"units": {"u1": {"eligibility": [{"kind": "barred"}]}}}},
        {"absent": {"status": "provisional"}},
    ],
)
def test_what_holds(expected: dict[str, Any]) -> None:
    assert paths(expected) == []


@pytest.mark.parametrize(
    ("expected", "path"),
    [
        ({"status": "provisional"}, "status"),
        ({"units": {"u1": {"total": 97}}}, "units.u1.total"),
        ({"units": {"u1": {"rank": 2}}}, "units.u1.rank"),
        ({"units": {"u1": {"rank": ""}}}, "units.u1.rank"),
        ({"units": {"u1": {"tied_with": []}}}, "units.u1.tied_with"),
        ({"units": {"u1": {"tied_with": ["u2", "u9"]}}}, "units.u1.tied_with[2]"),
        ({"units": {"u9": {"rank": 1}}}, "units.u9"),
        ({"units": {"u1": {"criteria": {"I.9": {}}}}}, "units.u1.criteria.I.9"),
        (
            {"units": {"u1": {"criteria": {"I.1": {"assigned": 1}}}}},
            "units.u1.criteria.I.1.assigned",
        ),
        ({"units": {"u1": 5}}, "units.u1"),
        ({"units": []}, "units"),
        ({"awards": []}, "awards"),
        ({"awards": [{"unit": "u1", "state": "refused"}]}, "awards[1]"),
        ({"awards": {"unit": "u1"}}, "awards"),
        ({"absent": {"awards": [{"unit": "u1"}]}}, "absent.awards[1]"),
        ({"absent": {"awards": [{}]}}, "absent.awards[1]"),
        ({"absent": {"status": "final"}}, "absent.status"),
        ({"absent": []}, "absent"),
    ],
)
def test_what_does_not_hold_is_told_by_its_path(expected: dict[str, Any], path: str) -> None:
    assert path in paths(expected)


@pytest.mark.parametrize(
    ("expected", "path", "guess"),
    [
        ({"untis": {}}, "untis", "units"),
        ({"units": {"u1": {"totl": 5}}}, "units.u1.totl", "total"),
        ({"awards": [{"award": "co", "sate": "x"}]}, "awards[1].sate", "state"),
        ({"absent": {"award": []}}, "absent.award", "awards"),
        ({"absent": {"awards": [{"untit": "u1"}]}}, "absent.awards[1].untit", "unit"),
        ({"ballots": [{"quorum": {"mett": True}}]}, "ballots[1].quorum.mett", "met"),
    ],
)
def test_a_key_that_no_result_has_is_a_fault_of_the_case(
    expected: dict[str, Any], path: str, guess: str
) -> None:
    found = [m for m in mismatches(expected, ACTUAL) if m.path == path]
    assert len(found) == 1
    assert f"“{guess}”" in found[0].message


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (Decimal("1.50"), "1.5", True),
        (2, "2", True),
        ("2", 2, True),
        ("1/3", "1/3", True),
        ("2/6", "1/3", True),
        (Decimal("0.33"), "1/3", False),
        ("97.125", "97.125", True),
        ("97,125", "97.125", True),
        (True, True, True),
        (True, 1, False),
        (True, "true", False),
        ("u1", "u2", False),
        (dt.date(2026, 3, 1), "2026-03-01", True),
        ("", None, True),
        ("", "", True),
        (None, "", True),
        (0, None, False),
        ("a", None, False),
        (Decimal("NaN"), "NaN", False),
        ("1/0", "1/0", True),
    ],
)
def test_single_values(one: object, other: object, equal: bool) -> None:
    assert same_value(one, other) is equal
