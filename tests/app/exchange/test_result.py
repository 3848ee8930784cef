"""A result is the whole assessment as exact texts, in a fixed order, under one digest."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import rfc8785

from app.exchange.facts_schema import facts_schema
from app.exchange.facts_text import facts_tree, read_bytes
from app.exchange.result import (
    NAMED_BY_IDS,
    SENTENCES,
    UNSIGNED,
    findings_list,
    refused_tree,
    result_digest,
    result_text,
    result_tree,
)
from app.exchange.result_schema import result_schema
from app.ground.findings import Finding, Severity
from app.ground.paths import data_folder
from app.scoring.assess import assess
from tests import builders as b
from tests.journeys import world as w

Tree = dict[str, Any]


@pytest.fixture(scope="module")
def tree() -> Tree:
    facts = w.facts()
    facts["units"].append({"id": "u4", "cluster": "k1"})
    facts["entries"].append(
        {"unit": "u4", "criterion": "I.1", "round": "self", "figures": {"plan": 3, "actual": 2}}
    )
    snapshot, findings = w.read(facts)
    assert snapshot is not None, findings
    return result_tree(assess(snapshot, w.small_pack({"A10": "zero"})))


def objects(node: Any) -> Iterator[Tree]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value)


def test_a_result_keeps_its_own_schema(tree: Tree) -> None:
    jsonschema.validate(tree, result_schema())


def test_a_result_with_moves_and_companions_keeps_the_schema() -> None:
    main = b.pack(b.direct("1", 10), b.award("co", b.fixed(1)))
    companion = b.pack(b.direct("X", 5), id="kem")
    facts = b.snapshot(
        b.units(2), b.entry("u1", "1", points=9), b.entry("u1", "X", points=4, pack="kem")
    )
    move = {"unit": "u1", "what": "rank", "criterion": None, "old": 1, "new": None}
    made = result_tree(assess(facts, main, companions=[companion]), [move])
    jsonschema.validate(made, result_schema())
    assert made["moves"] == [move]
    assert made["companions"]["kem"]["units"]["u1"]["total"] == "4"


def test_a_refusal_keeps_the_schema() -> None:
    finding = Finding("facts_wrong_schema", Severity.ERROR, "f.toml", "Sai.", "Sửa.")
    refusal = refused_tree([finding])
    jsonschema.validate(refusal, result_schema())
    assert refusal["findings"] == findings_list([finding])


def test_numbers_are_exact_texts_and_never_floats(tree: Tree) -> None:
    assert tree["units"]["u4"]["criteria"]["I.1"]["exact"] == "20"
    assert tree["units"]["u4"]["percent"] is not None
    for node in objects(tree):
        assert not any(isinstance(value, float) for value in node.values())
    third = b.cluster_scored({"kind": "task_ratio"}, {"done": 1, "assigned": 3}, maximum=1)
    card = result_tree(third)["units"]["u1"]
    assert (card["total_exact"], card["total"]) == ("1/3", "0.33")


def test_a_step_that_sums_has_parts_that_add_up(tree: Tree) -> None:
    steps = [node for node in objects(tree) if "parts" in node and node["rule"] == "sum"]
    assert steps
    for step in steps:
        assert sum(Fraction(part["value"]) for part in step["parts"]) == Fraction(step["value"])


def test_blank_is_a_state_and_not_a_zero(tree: Tree) -> None:
    blank = tree["units"]["u4"]["criteria"]["II.1"]
    assert (blank["state"], blank["points"], blank["rounds"]) == ("blank", "0", {})
    assert tree["status"] == "provisional"


def test_the_text_is_the_tree_one_line_for_each_unit(tree: Tree) -> None:
    text = result_text(tree)
    assert json.loads(text) == tree
    assert list(json.loads(text)) == list(tree)
    lines = [line for line in text.splitlines() if line.startswith('"u')]
    assert [line.partition(":")[0] for line in lines] == ['"units"', '"u1"', '"u2"', '"u3"', '"u4"']
    assert text.endswith("}\n")


def test_anyone_can_work_out_the_digest_from_the_json(tree: Tree) -> None:
    def bare(node: Any) -> Any:
        if isinstance(node, dict):
            return {
                k: v if k in NAMED_BY_IDS else bare(v)
                for k, v in node.items()
                if k not in SENTENCES or isinstance(v, dict)
            }
        return [bare(v) for v in node] if isinstance(node, list) else node

    read_back = json.loads(result_text(tree))
    body = bare({k: v for k, v in read_back.items() if k not in UNSIGNED})
    assert tree["digest"] == "sha256:" + hashlib.sha256(rfc8785.dumps(body)).hexdigest()
    assert tree["digest"] == result_digest(read_back)


def test_letters_beyond_the_basic_plane_are_ordered_as_the_standard_says(tree: Tree) -> None:
    changed = copy.deepcopy(tree)
    changed["clusters"] = {"\U0001f3c6": [], "\ufb01": []}
    body = json.loads(result_text(changed))
    assert result_digest(changed) == result_digest(body)
    assert result_digest(changed) != result_digest(tree)


def test_the_digest_ignores_sentences_but_no_number(tree: Tree) -> None:
    for node in objects(copy.deepcopy(tree)):
        for key, value in node.items():
            if key in UNSIGNED:
                continue
            changed = copy.deepcopy(tree)
            twin = find(changed, tree, node)
            if key in SENTENCES and not isinstance(value, dict):
                twin[key] = ["khác"] if isinstance(value, list) else "khác"
                assert result_digest(changed) == tree["digest"], key
            elif isinstance(value, str | int) or value is None:
                twin[key] = "khác"
                assert result_digest(changed) != tree["digest"], key


def find(changed: Any, original: Any, wanted: Tree) -> Tree:
    """The object of ``changed`` that stands where ``wanted`` stands in a tree equal to it."""
    for twin, node in zip(objects(changed), objects(original), strict=True):
        if node == wanted:
            return twin
    raise AssertionError


def test_a_figure_that_is_called_like_a_sentence_counts_in_the_digest(tree: Tree) -> None:
    changed = copy.deepcopy(tree)
    cell = changed["units"]["u1"]["criteria"]["I.1"]
    cell["figures"] = {"note": "1"}
    with_one = result_digest(changed)
    cell["figures"] = {"note": "2"}
    assert result_digest(changed) != with_one


def test_findings_count_in_the_digest_by_their_code(tree: Tree) -> None:
    changed = copy.deepcopy(tree)
    changed["findings"].append(
        {"code": "x", "severity": "note", "place": "", "message": "", "remedy": ""}
    )
    assert result_digest(changed) != tree["digest"]


def facts_files() -> list[Path]:
    shipped = sorted((data_folder() / "packs").glob("*/cases/*.toml"))
    return shipped + sorted((data_folder() / "samples").glob("*/facts.toml"))


def test_every_shipped_facts_file_keeps_the_schema_of_facts() -> None:
    validator = jsonschema.Draft202012Validator(facts_schema())
    files = facts_files()
    assert files
    for file in files:
        facts = facts_tree(read_bytes(file, file.name), file.name)
        for key in ("title", "expect", "arithmetic", "quote", "pack", "as_of", "what_if"):
            facts.pop(key, None)
        assert not list(validator.iter_errors(w.text_dates(facts))), file


def test_the_schema_of_facts_knows_the_same_keys_as_the_reader() -> None:
    validator = jsonschema.Draft202012Validator(facts_schema())
    facts = json.loads(w.as_json(w.facts()))
    assert not list(validator.iter_errors(facts))
    for key in ("units", "entries", "own_criteria", "bonus", "standing", "conditions", "quotas"):
        changed = copy.deepcopy(facts)
        changed[key][0]["khac"] = 1
        assert list(validator.iter_errors(changed)), key
        snapshot, findings = w.read(changed)
        assert snapshot is None
        assert [f.code for f in findings] == ["facts_unknown_key"]
