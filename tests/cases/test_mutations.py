"""Every number of every shipped pack matters: change one, and a case or a check fails."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.ground.findings import UserError
from app.operations import loading
from app.operations.cases import Case, CaseReport, find_cases, run_case
from app.operations.loading import pack_name
from app.rules.checks import check_pack
from app.rules.document import Tree, parse_tree, read_pack

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "packs"
PACKS = sorted(FOLDER.rglob("pack.toml"))
PARTS = int(os.environ.get("BANGVANG_MUTATION_PARTS", "4"))
"""Into how many tests the numbers of one pack are dealt, so that processors share them."""

Path_ = tuple[str | int, ...]
PINNED_ELSEWHERE = {"duties", "version", "schema"}
"""Days of duties are held against the quoted words (test_quotes), the version is not a rule."""


def numbers(node: object, path: Path_ = ()) -> Iterator[Path_]:
    """The places of all numbers of a pack's tree."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in PINNED_ELSEWHERE:
                yield from numbers(value, (*path, key))
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from numbers(value, (*path, position))
    elif isinstance(node, int | Decimal) and not isinstance(node, bool):
        yield path


def mutated(tree: Tree, path: Path_) -> Tree:
    """The tree with the number at ``path`` one larger; it shares all the rest with ``tree``."""
    changed: Any = copy.copy(tree)
    node = changed
    for step in path[:-1]:
        node[step] = copy.copy(node[step])
        node = node[step]
    node[path[-1]] += 1
    return changed  # type: ignore[no-any-return]


def survives(tree: Tree, name: str, cases: list[Case], pack: Path, last: dict[str, int]) -> bool:
    """Whether neither the reader, nor a check, nor a case notices.

    ``last`` is told which case noticed after how many others had.
    """
    loaded, _ = read_pack(tree, name)
    if loaded is None or not check_pack(loaded).ok:
        return False
    for case in cases:
        trees = [(tree, name) if file.resolve() == pack else _tree(file) for file in case.packs]
        try:
            noticed = not run_case(case, trees).holds
        except UserError:
            noticed = True
        if noticed:
            last[case.name] = max(last.values(), default=0) + 1
            return False
    return True


@pytest.fixture
def each_pack_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One reading of a changed pack serves all its cases that choose the same parameters."""
    known: dict[tuple[int, str], tuple[Tree, Any]] = {}
    read = loading.read_pack

    def remembered(tree: Tree, name: str, choices: Mapping[str, object] | None = None) -> Any:
        key = (id(tree), repr(sorted((choices or {}).items(), key=str)))
        if key not in known or known[key][0] is not tree:
            if len(known) > 50:
                known.clear()
            known[key] = (tree, read(tree, name, choices))
        return known[key][1]

    monkeypatch.setattr(loading, "read_pack", remembered)


def likely_first(cases: list[Case], tree: Tree, path: Path_, last: dict[str, int]) -> list[Case]:
    """The cases with those first that speak of the row, item or award that was changed.

    Among them those first that noticed a change a short while ago: neighbours are pinned alike.
    """
    name = ""
    node: Any = tree
    for step in path:
        node = node[step]
        if isinstance(node, dict):
            name = str(node.get("code") or node.get("id") or name)
    word = f'"{name}"'
    return sorted(cases, key=lambda c: (word not in _text(c.file), -last.get(c.name, 0)))


@cache
def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


_READ: dict[Path, tuple[Tree, str]] = {}


def _tree(file: Path) -> tuple[Tree, str]:
    file = file.resolve()
    if file not in _READ:
        name = pack_name(file)
        _READ[file] = (parse_tree(file.read_bytes(), name), name)
    return _READ[file]


def cases_of(pack: Path) -> list[Case]:
    """The worked cases of a pack."""
    found = find_cases(pack)
    assert not found.broken
    return list(found.cases)


@cache
def reports_of(pack: Path) -> tuple[CaseReport, ...]:
    """What became of the worked cases of a pack as it is, in the order of ``cases_of``."""
    return tuple(map(run_case, cases_of(pack)))


def _shown(tree: Tree, path: Path_) -> str:
    words: list[str] = []
    node: Any = tree
    for step in path:
        node = node[step]
        label = node.get("code") or node.get("id") if isinstance(node, dict) else None
        words.append(str(label or step))
    return f"{'.'.join(words)} = {node}"


@pytest.mark.slow
@pytest.mark.usefixtures("each_pack_read_once")
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("pack", PACKS, ids=lambda p: str(p.parent.relative_to(FOLDER)))
def test_every_number_of_a_pack_is_pinned_by_a_worked_case_or_a_check(
    pack: Path, part: int
) -> None:
    tree, name = _tree(pack)
    reports = zip(cases_of(pack), reports_of(pack), strict=True)
    cases = [case for case, report in reports if report.holds]
    last: dict[str, int] = {}
    mine: Sequence[Path_] = list(numbers(tree))[part::PARTS]
    loose = [
        _shown(tree, path)
        for path in mine
        if survives(
            mutated(tree, path), name, likely_first(cases, tree, path, last), pack.resolve(), last
        )
    ]
    assert not loose


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: str(p.parent.relative_to(FOLDER)))
def test_the_worked_cases_of_a_pack_hold_and_there_are_enough_of_them(pack: Path) -> None:
    reports = reports_of(pack)
    broken = {
        report.name: [m.message for m in report.mismatches] or [f.message for f in report.findings]
        for report in reports
        if not report.holds
    }
    assert not broken
    points = _tree(pack)[0].get("kind", "points") == "points"
    assert len(reports) >= (12 if points else 1)


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: str(p.parent.relative_to(FOLDER)))
def test_no_check_finds_an_error_in_a_shipped_pack(pack: Path) -> None:
    loaded, findings = read_pack(*_tree(pack))
    assert not list(findings)
    assert loaded is not None
    assert [f for f in check_pack(loaded).findings if f.is_error] == []
