"""Whatever was renamed, moved, merged and split: nobody is lost, and nobody twice a head."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.year import Succession
from app.scoring.lineages import Members, lineages

UNITS = ["a", "c", "d", "e", "g"]


@st.composite
def histories(draw: st.DrawFn) -> list[Members]:
    years = [str(year) for year in range(2024, 2024 + draw(st.integers(1, 4)))]
    found = []
    for at, year in enumerate(years):
        units = draw(st.lists(st.sampled_from(UNITS), unique=True, min_size=1))
        successions = [
            Succession(
                draw(st.sampled_from(units)),
                draw(st.sampled_from(UNITS)),
                draw(st.sampled_from(years[max(0, at - 1) : at + 1])),
                draw(st.sampled_from(["renamed", "moved", "merged", "split"])),
            )
            for _ in range(draw(st.integers(0, 3)))
        ]
        left = {one.predecessor for one in successions if one.predecessor_period == year}
        found.append(Members(year, units, left & set(units), tuple(successions)))
    return found


@given(histories(), st.integers(0, 10**6))
@settings(max_examples=200)
def test_every_unit_of_every_year_belongs_to_a_lineage(years: list[Members], luck: int) -> None:
    found = lineages(years, [year.units for year in years])
    heads = [(one.last, one.unit) for one in found]
    assert len(set(heads)) == len(heads)
    for one in found:
        assert len(one.years) == len(years)
        assert one.unit in one.years[one.last] or one.unit in years[one.last].left
        assert not any(one.years[one.last + 1 :])
        for units, year in zip(one.years, years, strict=True):
            assert set(units) <= set(year.units)
    for at, year in enumerate(years):
        stayed = set(year.units) - set(year.left)
        assert stayed <= {unit for one in found for unit in one.years[at]}
    dice = random.Random(luck)
    turned = [
        Members(y.period, dice.sample(list(y.units), len(y.units)), y.left, y.successions)
        for y in years
    ]
    assert lineages(turned, [year.units for year in turned]) == found
