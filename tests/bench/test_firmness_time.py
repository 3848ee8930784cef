"""How firm a ranking is, worked out: in a cluster while one waits, in a province over a coffee.

Processor time is compared with that of one whole assessment of the same facts, so that a busy
machine fails no test. What is aimed at: 3 s for 12 units of 176 criteria, 15 s for a province.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from app.operations.firmness import firmness_of
from app.operations.loading import Loaded
from app.operations.scoring import assessed
from app.scoring.criteria_health import criteria_health
from tests.bench import grid

pytestmark = [pytest.mark.bench, pytest.mark.slow]

MOST = {"cluster": 20, "province": 25}
"""Assessments that may pass meanwhile: well above what was measured."""


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize(
    ("name", "make"), [("cluster", grid.cluster), ("province", grid.provincial)]
)
def test_firmness_takes_a_few_assessments(name: str, make: Callable[[], Loaded]) -> None:
    loaded = make()
    one = min(seconds(lambda: assessed(loaded.packs, loaded.snapshot, None)) for _ in range(2))
    spent = seconds(lambda: firmness_of(loaded))
    print(f"{name}: {spent:.2f} s, {spent / one:.0f} assessments of {one:.3f} s")
    assert spent / one < MOST[name]


def test_the_health_of_criteria_takes_less_than_an_assessment() -> None:
    loaded = grid.cluster()
    assessment = assessed(loaded.packs, loaded.snapshot, None)
    one = min(seconds(lambda: assessed(loaded.packs, loaded.snapshot, None)) for _ in range(2))
    spent = min(seconds(lambda: criteria_health((assessment, ()), "k1")) for _ in range(2))
    print(f"health of 176 criteria: {spent:.3f} s, {spent / one:.2f} assessments")
    assert spent < one
