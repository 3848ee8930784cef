"""The shipped packs, the teaching ones above all, use everything that the pack format offers."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest

from app.rules.base import PackModel, is_open
from app.rules.condition import When
from app.rules.document import parse_tree, read_pack
from app.rules.methods import METHODS, kind_of
from app.rules.pack import RulePack

ROOT = Path(__file__).resolve().parents[2]
PACKS = sorted((ROOT / "data" / "packs").rglob("pack.toml"))

Use = tuple[str, str, object]
"""A model, one of its keys, and a named value that the key may take."""

SHARED_BY_METHODS = {"input", "direction", "zero_base", "pending"}
"""Keys that all methods of a measured quantity have; one use anywhere is enough."""

NOT_FOR_PACKS = {
    ("Source", "kind"),  # what a document is, not how it is applied
}


def _models() -> Iterator[type[PackModel]]:
    todo: list[type[PackModel]] = [PackModel]
    while todo:
        model = todo.pop()
        todo.extend(model.__subclasses__())
        yield model


def _named_values(annotation: Any) -> Iterator[object]:
    """The values of a literal or an enumeration inside an annotation."""
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is Literal:
        yield from (v for v in get_args(annotation) if isinstance(v, str))
    elif isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        yield from (v.value for v in annotation)
    elif get_origin(annotation) is not None:
        for arg in get_args(annotation):
            yield from _named_values(arg)


def offered() -> set[Use]:
    """Everything that can be chosen by name."""
    reached = _reachable(RulePack)
    return {
        (_owner(model, name), name, value)
        for model in _models()
        if model in reached
        for name, field in model.model_fields.items()
        if (model.__name__, name) not in NOT_FOR_PACKS
        for value in _named_values(field.annotation)
        if not is_open(value)
    }


def _owner(model: type[PackModel], name: str) -> str:
    return "measured" if name in SHARED_BY_METHODS else model.__name__


def _reachable(model: type[PackModel]) -> set[type[PackModel]]:
    found: set[type[PackModel]] = set()
    todo: list[Any] = [model]
    while todo:
        item = todo.pop()
        if isinstance(item, type) and issubclass(item, PackModel):
            if item not in found:
                found.add(item)
                todo += [f.annotation for f in item.model_fields.values()]
        else:
            todo += get_args(item)
    return found


def _uses(node: object) -> Iterator[Use]:
    if isinstance(node, PackModel):
        for name in type(node).model_fields:
            value = getattr(node, name)
            if isinstance(value, enum.Enum):
                yield _owner(type(node), name), name, value.value
            elif isinstance(value, str):
                yield _owner(type(node), name), name, value
            yield from _uses(value)
    elif isinstance(node, tuple):
        for item in node:
            yield from _uses(item)


@cache
def in_use() -> set[Use]:
    """What the shipped packs choose, under the default and every allowed answer of a parameter."""
    found: set[Use] = set()
    for file in PACKS:
        tree = parse_tree(file.read_bytes(), file.parent.name)
        pack, findings = read_pack(tree, file.parent.name)
        assert pack is not None, list(findings)
        found |= set(_uses(pack.rules))
        for parameter in pack.rules.parameters:
            for answer in parameter.allowed:
                chosen, _ = read_pack(tree, file.parent.name, {parameter.id: answer})
                assert chosen is not None, (parameter.id, answer)
                found |= set(_uses(chosen.rules))
    return found


def test_every_value_that_a_setting_may_take_is_used_by_a_shipped_pack() -> None:
    assert sorted(map(str, offered() - in_use())) == []


@pytest.mark.parametrize("kind", [kind_of(m) for m in METHODS])
def test_every_method_is_used_by_a_teaching_pack(kind: str) -> None:
    teaching = [f for f in PACKS if "teaching" in f.parts]
    kinds = {
        row.method.kind
        for file in teaching
        if (pack := read_pack(parse_tree(file.read_bytes(), file.name), file.name)[0]) is not None
        for row in pack.rules.criteria
        if row.method is not None
    }
    assert kind in kinds


def _conditions(node: object) -> Iterator[When]:
    if isinstance(node, When):
        yield from node.walk()
    elif isinstance(node, PackModel):
        for name in type(node).model_fields:
            yield from _conditions(getattr(node, name))
    elif isinstance(node, tuple):
        for item in node:
            yield from _conditions(item)


def test_every_test_of_a_condition_is_used_by_a_shipped_pack() -> None:
    used: set[str] = set()
    for file in PACKS:
        pack, _ = read_pack(parse_tree(file.read_bytes(), file.name), file.name)
        assert pack is not None
        used |= {key for when in _conditions(pack.rules) for key in when.given}
    assert set(When.model_fields) - used == set()
