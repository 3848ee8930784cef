"""Laws of single methods: more achieved never scores less, nothing raises, edges are stated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.snapshot import Figure
from app.rules.document import read_method
from app.rules.methods import METHODS, Given, MethodModel, Scored, kind_of
from app.rules.methods.measure import MeasuredMethod
from tests.laws.worlds import DOSE, Dice, figures, methods, seeds

TEN = Fraction(10)


def made(seed: int, kind: str) -> tuple[MethodModel, Dice]:
    """A random method of one kind."""
    dice = Dice(seed)
    for _ in range(2000):
        table = methods(dice)
        if table["kind"] == kind:
            method, _ = read_method(table, "x")
            if method is not None:
                return method, dice
    raise AssertionError(kind)


def scored(method: MethodModel, given_: Mapping[str, Figure]) -> Fraction | None:
    """The points of one unit with the maximum 10; ``None`` where there are none."""
    outcome = method.score(Given("u1", TEN, given_, {"u1": given_}))
    return outcome.step.value if isinstance(outcome, Scored) else None


More = Callable[[Dice, dict[str, Any]], dict[str, Any]]


def _more_of(name: str) -> More:
    def raise_(dice: Dice, found: dict[str, Any]) -> dict[str, Any]:
        return {**found, name: found[name] + dice.one([0, 1, Fraction(1, 3), 7, 50])}

    return raise_


def _more_of_any(suffix: str = "") -> More:
    """One of the counted or ticked figures goes up."""

    def raise_(dice: Dice, found: dict[str, Any]) -> dict[str, Any]:
        names = [n for n in found if n.endswith(suffix)]
        name = dice.one(names)
        value = found[name]
        return {**found, name: True if isinstance(value, bool) else value + dice.randint(0, 5)}

    return raise_


ACHIEVED: Mapping[str, More] = {
    "checklist": _more_of_any(),
    "count": _more_of_any(),
    "highest": _more_of_any(),
    "ratios": _more_of_any("_part"),
    "task_ratio": _more_of("done"),
    "rescaled": _more_of("score"),
}


def _more(method: MethodModel, dice: Dice, found: dict[str, Any]) -> dict[str, Any]:
    """The figures with more achieved; where lower is better, with less happened."""
    if not isinstance(method, MeasuredMethod):
        return ACHIEVED[kind_of(type(method))](dice, found)
    name = {"value": "value", "ratio_percent": "part"}.get(method.input, "actual")
    step = dice.one([0, 1, Fraction(1, 3), 7, 50])
    lower = method.direction == "lower" and name == "actual"
    return {**found, name: found[name] - step if lower else found[name] + step}


def _has_base(method: MeasuredMethod, found: dict[str, Any]) -> bool:
    """Whether there is something to divide by; what holds otherwise is the pack's own choice."""
    return method.input != "plan_percent" or method.direction == "higher" or found["actual"] > 0


MONOTONE = [kind_of(m) for m in METHODS if m.monotone and kind_of(m) != "direct"]


@pytest.mark.parametrize("kind", MONOTONE)
@settings(max_examples=40 * DOSE, deadline=None)
@given(seeds)
def test_more_achieved_never_scores_less(kind: str, seed: int) -> None:
    method, dice = made(seed, kind)
    if isinstance(method, MeasuredMethod):
        assume(not method.compares and method.input != "days_late")
    asked = [s for s in method.figure_specs() if s.required]
    found = figures(dice, asked)
    assume(all(spec.given(found) for spec in asked))
    found = {spec.name: found[spec.name] for spec in asked}
    more = _more(method, dice, found)
    before, after = scored(method, found), scored(method, more)
    base = not isinstance(method, MeasuredMethod) or _has_base(method, more)
    if before is not None and after is not None and base:
        assert after >= before, (method, found, more)


@pytest.mark.parametrize("kind", [kind_of(m) for m in METHODS])
@settings(max_examples=25 * DOSE, deadline=None)
@given(seeds)
def test_no_figures_make_a_method_fail_and_points_stay_within_its_reach(
    kind: str, seed: int
) -> None:
    method, dice = made(seed, kind)
    specs = method.figure_specs()
    peers = {f"u{n}": figures(dice, specs) for n in range(1, 5)}
    outcome = method.score(Given("u1", TEN, peers["u1"], peers))
    if isinstance(outcome, Scored) and kind != "judged":  # a hand's points are cut by the engine
        most = method.reach(TEN)
        assert outcome.step.value <= max(TEN, most or TEN), method
        assert outcome.step.how


@settings(max_examples=60 * DOSE, deadline=None)
@given(st.lists(st.sampled_from([1, 2, 3, 5]), min_size=1, max_size=6), seeds)
def test_a_rank_table_gives_equal_values_equal_points_and_better_ones_no_less(
    values: list[int], seed: int
) -> None:
    dice = Dice(seed)
    table = sorted((dice.points() for _ in range(4)), reverse=True)
    way = {
        "equal": dice.one(["competition", "dense", "average"]),
        "beyond": dice.one(["continue_step", "hold_last", "zero"]),
    }
    method, _ = read_method({"kind": "rank_table", "table": table, **way}, "x")
    assert method is not None
    peers: dict[str, dict[str, Figure]] = {
        f"u{n}": {"value": Fraction(v)} for n, v in enumerate(values)
    }
    got = []
    for unit, own in peers.items():
        outcome = method.score(Given(unit, TEN, own, peers))
        assert isinstance(outcome, Scored)
        got.append((own["value"], outcome.step.value))
    for one, points in got:
        for other, theirs in got:
            if one == other:
                assert points == theirs
            if one > other:  # type: ignore[operator]
                assert points >= theirs
