"""Broken, hostile and huge facts files end in findings, quickly, and never in a traceback."""

from __future__ import annotations

import os
import time
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st

from app.exchange.facts import read_facts
from app.exchange.facts_text import (
    MAX_FACTS_BYTES,
    facts_tree,
    is_bare_name,
    neighbour_of,
    read_bytes,
)
from app.ground.findings import UserError
from tests.journeys import world as w

PACK = w.small_pack({"A10": "zero"})


def code_of(data: bytes, name: str) -> str:
    with pytest.raises(UserError) as caught:
        facts_tree(data, name)
    (finding,) = caught.value.findings
    assert finding.place.startswith(name)
    assert finding.remedy
    return finding.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a = " + "[" * 500, "facts_too_deep"),
        ("a = " + "[" * 100_000 + "]" * 100_000, "facts_too_deep"),
        ("a = " + "{b = " * 300 + "1" + "}" * 300, "facts_too_deep"),
        (".".join("a" * 200) + " = 1", "facts_too_deep"),
        (".".join("a" * 50_000) + " = 1", "facts_too_deep"),
        ("a = 1\na = 2", "facts_not_toml"),
        ("[units]\n[[units]]", "facts_not_toml"),
        ("a = ", "facts_not_toml"),
        ("a = 2026-02-30", "facts_not_toml"),
        ("a = " + "9" * 10_000, "facts_not_toml"),
        ("\x00", "facts_not_toml"),
    ],
)
def test_toml_that_cannot_be_read(text: str, code: str) -> None:
    assert code_of(text.encode(), "f.toml") == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000, "facts_too_deep"),
        ('{"a":' * 100_000, "facts_too_deep"),
        ('{"a":' * 100 + "1" + "}" * 100, "facts_too_deep"),
        ('{"a": 1, "a": 2}', "facts_repeated_key"),
        ('{"units": [{"id": "u1", "id": "u2"}]}', "facts_repeated_key"),
        ('{"a": NaN}', "not_a_number"),
        ('{"a": -Infinity}', "not_a_number"),
        ('{"a": 1e99999999999999999999999999}', "number_too_long"),
        ("[1]", "facts_not_json"),
        ("", "facts_not_json"),
        ('{"a": 1,}', "facts_not_json"),
    ],
)
def test_json_that_cannot_be_read(text: str, code: str) -> None:
    assert code_of(text.encode(), "f.json") == code


def test_a_syntax_error_names_row_and_column() -> None:
    with pytest.raises(UserError) as caught:
        facts_tree(b'a = 1\nb = "x\n', "f.toml")
    assert caught.value.findings[0].place == "f.toml, dòng 2, cột 7"


def test_bytes_that_are_no_text() -> None:
    assert code_of(b"\xff\xfe\x00", "f.toml") == "file_not_utf8"


def test_a_lone_half_of_a_character_in_json_is_refused_where_it_stands() -> None:
    tree = w.facts()
    text = w.as_json(tree).replace("Sở Một", "\\ud800")
    snapshot, findings = read_facts(facts_tree(text.encode(), "f.json"), "f.json", PACK)
    assert snapshot is None
    assert [(f.code, f.place) for f in findings] == [
        ("facts_bad_text", "f.json, units[1] (u1).name")
    ]


def test_places_and_messages_never_carry_control_characters() -> None:
    tree = w.facts()
    tree["\u001b[31mx"] = 1
    tree["units"][0]["id"] = "u\u001b[2J"
    tree["entries"][0]["\u202eabc"] = "x"
    tree["bonus"][0]["item"] = "\u0007b"
    _, findings = read_facts(tree, "f.toml", PACK)
    for finding in findings:
        assert (finding.place + finding.message + finding.remedy).isprintable(), finding


def test_too_large_a_file_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "f.toml"
    with path.open("wb") as stream:
        stream.truncate(MAX_FACTS_BYTES + 1)
    start = time.perf_counter()
    with pytest.raises(UserError) as caught:
        read_bytes(path, path.name)
    assert caught.value.findings[0].code == "file_too_large"
    assert time.perf_counter() - start < 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes: not on this system")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "f.toml")
    with pytest.raises(UserError) as caught:
        read_bytes(tmp_path / "f.toml", "f.toml")
    assert caught.value.findings[0].code == "file_unreadable"


@pytest.mark.parametrize(
    "name", ["../x.csv", "/x.csv", "a/b.csv", "a\\b.csv", "C:x.csv", "..", ".", "", "x\n.csv"]
)
def test_only_bare_names_are_read_beside_a_file(tmp_path: Path, name: str) -> None:
    assert not is_bare_name(name)
    with pytest.raises(UserError):
        neighbour_of(tmp_path / "facts.toml")(name)


def test_hundreds_of_thousands_of_bad_rows_are_refused_in_seconds() -> None:
    row = '{"unit":"x","criterion":"y","round":"z","points":"1.250","figures":{"q":1}}'
    text = '{"schema":"bangvang-facts/1","entries":[' + ",".join([row] * 150_000) + "]}"
    start = time.perf_counter()
    snapshot, findings = read_facts(facts_tree(text.encode(), "f.json"), "f.json", PACK)
    assert snapshot is None
    assert len(findings) <= 501
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("number", ["inf", "nan", "1e999999999", "9" * 4000])
def test_a_monstrous_number_in_a_registered_method_is_told(number: str) -> None:
    tree = w.facts()
    tree["own_criteria"][0]["method"] = {"kind": "lateness", "per_day": "@"}
    text = w.as_toml(tree).replace('"@"', number)
    snapshot, findings = read_facts(facts_tree(text.encode(), "f.toml"), "f.toml", PACK)
    assert snapshot is None
    assert any("own_criteria[1]" in f.place and "per_day" in f.place for f in findings)


def test_many_different_misspelt_words_do_not_slow_the_suggestions_down() -> None:
    tree = w.facts()
    tree["entries"] = [
        {"unit": "u1", "criterion": f"tiêu chí số {n}", "round": "self"} for n in range(20_000)
    ]
    start = time.perf_counter()
    snapshot, _ = read_facts(tree, "f.toml", PACK)
    assert snapshot is None
    assert time.perf_counter() - start < 30


_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=True),
    st.dates(),
    st.text(max_size=8),
    st.sampled_from(["u1", "k1", "I.1", "self", "co", "1.250", ""]),
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["id", "unit", "criterion", "round", "figures", "votes", "plan", "method", "kind"]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=8,
)


@hypothesis.given(
    st.dictionaries(st.sampled_from([*w.facts(), "ballots", "decisions", "totals"]), _VALUES)
)
@hypothesis.settings(max_examples=300)
def test_no_tree_of_values_makes_the_reader_raise(parts: w.Tree) -> None:
    tree = w.facts() | parts
    snapshot, findings = read_facts(tree, "f.toml", PACK)
    assert (snapshot is None) is bool(findings.errors)


@hypothesis.given(st.data())
@hypothesis.settings(max_examples=300)
def test_no_single_changed_value_makes_the_reader_raise(data: st.DataObject) -> None:
    tree = w.facts()
    key = data.draw(st.sampled_from([k for k, v in tree.items() if isinstance(v, list)]))
    row = data.draw(st.sampled_from(tree[key]))
    row[data.draw(st.sampled_from(list(row)))] = data.draw(_VALUES)
    snapshot, findings = read_facts(tree, "f.toml", PACK)
    assert (snapshot is None) is bool(findings.errors)
