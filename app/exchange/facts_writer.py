"""A ``Snapshot`` becomes a facts file (``bangvang-facts/1``); ``app.exchange.facts`` reads it back.

The nouns of a snapshot bear the names of the file's keys, so each is written field by field:
what is missing or stands at its default is left out. Numbers are whole numbers or decimals and
never lose a digit; a facts file cannot hold 2/3, and neither can anything that was typed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final

import tomli_w

from app.domain.snapshot import Snapshot
from app.exchange.facts import FACTS_SCHEMA
from app.exchange.facts_text import Tree
from app.ground.numbers import to_decimal

FACT_LISTS: Final = (
    "quotas",
    "clusters",
    "units",
    "own_criteria",
    "entries",
    "totals",
    "bonus",
    "deductions",
    "standing",
    "conditions",
    "ballots",
    "decisions",
)
"""The lists of a snapshot, in the order in which a file names them."""


def facts_tree_of(snapshot: Snapshot) -> Tree:
    """The tree of a facts file that says what the snapshot says.

    Raises ``ValueError`` on a number that no decimal can write.
    """
    period = snapshot.period
    tree: Tree = {"schema": FACTS_SCHEMA}
    if snapshot.ranking_round is not None:
        tree["ranking_round"] = snapshot.ranking_round
    tree["period"] = {"name": period.name, "from": period.start, "to": period.end}
    if snapshot.parameters:
        tree["parameters"] = {key: _value(value) for key, value in snapshot.parameters.items()}
    for name in FACT_LISTS:
        nouns = getattr(snapshot, name)
        if nouns:
            tree[name] = [fact_row(noun) for noun in nouns]
    return tree


def facts_text(snapshot: Snapshot) -> str:
    """The same as TOML."""
    return tomli_w.dumps(facts_tree_of(snapshot))


def fact_row(noun: Any) -> dict[str, Any]:
    """One noun as a row of its list, defaults left out."""
    row: dict[str, Any] = {}
    for field in dataclasses.fields(noun):
        value = getattr(noun, field.name)
        if value is None or value == _default(field):
            continue
        row[field.name] = _value(value)
    return row


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _value(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case bool() | str() | int() | Decimal() | dt.date():
            return value
        case Fraction():
            return int(value) if value.denominator == 1 else to_decimal(value)
        case frozenset():
            return sorted(value)
        case Mapping():
            return {key: _value(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_value(inner) for inner in value]
    if dataclasses.is_dataclass(value):
        return fact_row(value)
    raise TypeError(f"a facts file has no place for a {type(value).__name__}")
