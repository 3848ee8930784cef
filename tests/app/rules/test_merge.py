"""Overlays: what they add to a points pack, and what stays the main pack's."""

from __future__ import annotations

from typing import Any

from app.ground.findings import Findings
from app.rules.merge import with_overlays
from tests.builders import (
    Row,
    assess,
    award,
    condition_item,
    direct,
    entry,
    fixed,
    lines,
    pack,
    row,
    snapshot,
    standing_case,
    ticked,
    unit,
)


def overlay(*rows: Row, **head: Any) -> Any:
    return pack(*rows, kind="overlay", id="quy-trinh", **head)


MAIN = pack(direct("1", 10), award("co", fixed(1)), condition_item("x"))


def test_an_overlay_adds_cases_and_conditions() -> None:
    laid = overlay(
        condition_item("ho_so"),
        standing_case("thieu", "barred", when={"not": {"condition": "ho_so"}}, ranked=True),
    )
    facts = snapshot(
        unit("a"), unit("b"), entry("a", "1", points=9), entry("b", "1", points=8),
        ticked("a", "ho_so", False), ticked("b", "ho_so"),
    )  # fmt: skip
    assert lines(assess(facts, MAIN), "co") == {"a": "proposed"}
    assert lines(assess(facts, MAIN, (laid,)), "co") == {"a": "refused", "b": "proposed"}


def test_an_overlay_brings_the_scales_of_its_cases() -> None:
    laid = overlay(
        row("scales", id="muc", title="Mức", levels=["Tốt", "Khá", "Yếu"]),
        standing_case(
            "yeu", "barred", when={"attribute": {"name": "a", "scale": "muc", "at_most": "Yếu"}}
        ),
    )
    facts = snapshot(unit("a", a="yếu"), unit("b", a="Khá"), entry("a", "1", points=9), entry("b", "1", points=8))  # fmt: skip
    assert lines(assess(facts, MAIN, (laid,)), "co") == {"a": "refused", "b": "proposed"}


def test_an_id_that_both_use_stays_the_main_pack_s() -> None:
    findings = Findings()
    merged = with_overlays(MAIN.rules, [overlay(condition_item("x", when={"always": True})).rules], findings)  # fmt: skip
    assert [f.code for f in findings] == ["overlay_id_taken"]
    (kept,) = merged.conditions
    assert kept.when is None


def test_several_overlays_are_laid_in_their_order() -> None:
    one = overlay(ballots=[{"purpose": "leader", "percent": 50}])
    two = pack(
        kind="overlay", id="hai", ballots=[{"purpose": "leader", "percent": 80, "strict": True}]
    )
    (rule,) = with_overlays(MAIN.rules, [one.rules, two.rules], Findings()).ballots
    assert (rule.percent, rule.strict) == (50, True)
