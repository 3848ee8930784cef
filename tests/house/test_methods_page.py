"""The page of methods is complete: each method has its class, its use, its case, its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations.cases import case_result, find_cases
from app.operations.loading import load_pack, pack_trees, shipped_packs
from app.operations.method_views import methods_data, methods_text
from app.rules.methods import METHODS, kind_of

KINDS = [kind_of(method) for method in METHODS]


def test_the_page_is_the_one_that_the_code_gives(root: Path) -> None:
    page = (root / "data/packs/METHODS.md").read_text(encoding="utf-8")
    assert page == methods_text(), "bangvang rules methods --page > data/packs/METHODS.md"


@pytest.mark.parametrize("kind", KINDS)
def test_a_method_has_its_formula_its_edges_and_an_example_out_of_a_pack(kind: str) -> None:
    (fact,) = [m for m in methods_data() if m["kind"] == kind]
    assert fact["title"]
    assert fact["formula"]
    assert fact["edges"].rstrip().endswith(".")
    assert fact["example"]["method"]["kind"] == kind
    assert fact["figures"] or kind == "direct"


@pytest.fixture(scope="module")
def sentences_by_kind() -> dict[str, set[str]]:
    """The sentences with which the teaching packs' worked cases explain each method's points."""
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for folder in shipped_packs():
        if "teaching" not in folder.parts:
            continue
        methods = {r.code: r.method.kind for r in load_pack(folder).rules.criteria if r.method}
        wanted = {k for k in methods.values() if not found[k]}
        for case in find_cases(folder).cases if wanted else ():
            result = case_result(case, pack_trees(case.packs))
            for unit in result.get("units", {}).values():
                for code, score in unit["criteria"].items():
                    if code in methods and score["state"] == "scored":
                        found[methods[code]].add(score["why"]["how"])
    return found


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_method_is_explained_in_a_worked_case(
    kind: str, sentences_by_kind: dict[str, set[str]]
) -> None:
    assert any("điểm" in sentence for sentence in sentences_by_kind[kind])
