"""The manual of the pack format is true: its pack is read, its conditions too, no key is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tomli

from app.rules.base import PackModel
from app.rules.checks import check_pack
from app.rules.condition import When
from app.rules.document import parse_tree, read_pack
from app.rules.methods import METHODS, kind_of


@pytest.fixture
def manual(root: Path) -> str:
    return (root / "data" / "packs" / "FORMAT.md").read_text(encoding="utf-8")


def _section(manual: str, number: int) -> str:
    return manual.split(f"## {number} ")[1].split(f"## {number + 1} ")[0]


def test_the_first_pack_is_complete_without_faults_and_short(manual: str) -> None:
    (text,) = re.findall(r"<!-- example: first pack -->\n```toml\n(.*?)```", manual, re.DOTALL)
    pack, findings = read_pack(parse_tree(text.encode(), "first"), "first")
    assert not list(findings)
    assert pack is not None
    assert check_pack(pack).ok
    assert len(text.splitlines()) <= 40


def test_every_test_of_a_condition_has_an_example_that_is_read(manual: str) -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| `(\{.*\})` \|$", _section(manual, 11), re.MULTILINE)
    shown = set()
    for key, example in rows:
        when = When.model_validate(tomli.loads(f"x = {example}")["x"])
        (given,) = when.given
        assert given.rstrip("_") == key
        shown.add(given)
    assert shown == set(When.model_fields)


def test_every_method_has_a_row_with_all_its_keys(manual: str) -> None:
    rows = {
        row.split("`")[1]: row for row in _section(manual, 9).splitlines() if row.startswith("| `")
    }
    shared = {"kind", "input", "direction", "zero_base", "pending"}
    for method in METHODS:
        row = rows[kind_of(method)]
        for key in set(method.model_fields) - shared:
            assert f"`{key}" in row, (kind_of(method), key)


def test_no_key_of_the_format_is_left_out(manual: str) -> None:
    keys: set[str] = set()
    todo: list[type[PackModel]] = [PackModel]
    while todo:
        model = todo.pop()
        todo.extend(model.__subclasses__())
        keys |= {field.alias or name for name, field in model.model_fields.items()}
    words = set(re.findall(r"\w+", manual))
    assert keys - words == set()
