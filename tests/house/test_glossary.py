"""One glossary: every noun of the code has its Vietnamese word, and the README shows them all."""

from __future__ import annotations

import inspect
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

import app.domain.conference
import app.domain.snapshot
import app.domain.step
import app.domain.year
import app.scoring.assessment


def terms(root: Path) -> list[dict[str, object]]:
    return tomllib.loads((root / "data/glossary.toml").read_text(encoding="utf-8"))["terms"]


@pytest.mark.parametrize(
    "module",
    [
        app.domain.conference,
        app.domain.snapshot,
        app.domain.step,
        app.domain.year,
        app.scoring.assessment,
    ],
    ids=lambda m: m.__name__,
)
def test_every_noun_of_the_code_is_in_the_glossary(root: Path, module: ModuleType) -> None:
    named = {name for term in terms(root) for name in term.get("names", [])}  # type: ignore[attr-defined]
    nouns = {
        name
        for name, thing in vars(module).items()
        if inspect.isclass(thing)
        and thing.__module__ == module.__name__
        and not name.startswith("_")
    }
    assert nouns - named == set()


def test_the_readme_shows_the_whole_glossary(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    rows = [f"| {t['term']} | {t['vietnamese']} | {t['meaning']} |" for t in terms(root)]
    assert [row for row in rows if row not in readme] == []


def test_no_term_stands_twice(root: Path) -> None:
    names = [t["term"] for t in terms(root)]
    assert len(names) == len(set(names))
