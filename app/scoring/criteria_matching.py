"""The same criterion in two years: by its code and title, by its title, or by its code."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from app.ground.text import folded
from app.rules.pack import Criterion, RulePack

LIKENESS: Final = 0.6
"""How much alike two titles under one code must be to name the same criterion (0 to 1)."""


def scored_rows(rules: RulePack) -> tuple[Criterion, ...]:
    """The rows of a table that carry points themselves: scored criteria and slots."""
    return tuple(row for row in rules.criteria if row.method is not None or row.slot is not None)


def matched(before: Sequence[Criterion], now: Sequence[Criterion]) -> Mapping[str, str]:
    """The code that each criterion had before, by its code now; new criteria are left out.

    First those with the same code and title; then those whose title stands once on both sides,
    under whatever code; then those with the same code whose titles are much alike. Titles are
    compared without accents, case and spacing.
    """
    found: dict[str, str] = {}
    old = {row.code: row for row in before}
    for row in now:
        if row.code in old and _title(old[row.code]) == _title(row):
            found[row.code] = row.code
    _match(found, before, now, _title)
    for row in now:
        twin = old.get(row.code)
        if row.code in found or twin is None or row.code in found.values():
            continue
        alike = difflib.SequenceMatcher(None, _title(twin), _title(row)).ratio()
        if alike >= LIKENESS:
            found[row.code] = row.code
    return found


def _match(
    found: dict[str, str],
    before: Iterable[Criterion],
    now: Iterable[Criterion],
    name: Callable[[Criterion], str],
) -> None:
    """Adds those that are left and have a name of their own on both sides."""
    taken = set(found.values())
    left = [row for row in before if row.code not in taken]
    right = [row for row in now if row.code not in found]
    once = Counter(map(name, left)), Counter(map(name, right))
    codes = {name(row): row.code for row in left}
    for row in right:
        key = name(row)
        if key and once[0][key] == once[1][key] == 1:
            found[row.code] = codes[key]


def _title(row: Criterion) -> str:
    return folded(row.title)
