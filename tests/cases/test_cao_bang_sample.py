"""The Cao Bằng example stays inside its frame, and the sample year is the one that is worked."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations.cases import find_cases
from app.operations.loading import load_facts, pack_trees
from app.operations.scoring import score_loaded
from app.rules.document import Tree, parse_tree

ROOT = Path(__file__).resolve().parents[2]
FRAME = ROOT / "data" / "packs" / "cao-bang-2018" / "pack.toml"
EXAMPLE = ROOT / "data" / "packs" / "cao-bang-2018-vi-du" / "pack.toml"
SAMPLE = ROOT / "data" / "samples" / "cao-bang-2019" / "facts.toml"
CASE_WORDS = {"expect", "arithmetic", "quote", "title"}


def _tree(path: Path) -> Tree:
    return parse_tree(path.read_bytes(), path.name)


def _sample_case() -> Path:
    (path,) = EXAMPLE.parent.glob("cases/*-nam-mau-2019.toml")
    return path


def test_the_example_keeps_the_points_and_places_of_the_frame() -> None:
    frame = {row["code"]: row for row in _tree(FRAME)["criteria"]}
    example = {row["code"]: row for row in _tree(EXAMPLE)["criteria"]}

    assert frame.keys() <= example.keys()
    for code, row in frame.items():
        for key in ("title", "max", "clause", "role", "substitute_for", "inside_bonus"):
            assert example[code].get(key) == row.get(key), code


@pytest.mark.parametrize(
    "part", ["blocks", "rounds", "scoring", "standing", "conditions", "awards", "ties", "ballots"]
)
def test_the_example_changes_nothing_of_what_the_scheme_decides(part: str) -> None:
    assert _tree(EXAMPLE)[part] == _tree(FRAME)[part]


def test_the_example_cites_every_clause_of_the_frame_word_for_word() -> None:
    frame = {clause["id"]: clause for clause in _tree(FRAME)["clauses"]}
    example = {clause["id"]: clause for clause in _tree(EXAMPLE)["clauses"]}

    assert {key: example.get(key) for key in frame} == frame


def test_the_sample_year_and_its_worked_case_hold_the_same_facts() -> None:
    sample, case = _tree(SAMPLE), _tree(_sample_case())
    sample_table, case_table = sample.pop("entries_file"), case.pop("entries_file")

    assert {k: v for k, v in case.items() if k not in CASE_WORDS} == sample
    here, there = SAMPLE.with_name(sample_table), _sample_case().with_name(case_table)
    assert here.read_bytes() == there.read_bytes()


def test_the_sample_year_is_final_and_raises_no_finding() -> None:
    trees = pack_trees([EXAMPLE])
    scored = score_loaded(load_facts(trees, _tree(SAMPLE), SAMPLE), None, ())

    assert not scored.assessment.provisional
    assert scored.assessment.findings == ()
    assert [tie.resolved_by for tie in scored.assessment.ties] == ["ballot"]


def test_every_round_of_the_sample_year_differs_somewhere() -> None:
    trees = pack_trees([EXAMPLE])
    scored = score_loaded(load_facts(trees, _tree(SAMPLE), SAMPLE), None, ())
    used = {
        score.round
        for unit in scored.assessment.units.values()
        for score in unit.card.criteria.values()
    }

    assert used == {"self", "cluster", "department"}
    assert len(find_cases(EXAMPLE.parent).cases) >= 12
