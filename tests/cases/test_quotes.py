"""Every quote of every pack stands in its source document, letter by letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.rules.document import Tree, parse_tree

ROOT = Path(__file__).resolve().parents[2]
PACKS = sorted((ROOT / "data" / "packs").rglob("pack.toml"))
CASES = sorted((ROOT / "data" / "packs").rglob("cases/*.toml"))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT / "data" / "packs").parent)


def _tree(path: Path) -> Tree:
    return parse_tree(path.read_bytes(), path.name)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def _source_text(pack: Path, name: str, sources: Path) -> str:
    """The stored text of a source: beside the pack, one folder up, or among the documents."""
    for folder in (pack.parent, pack.parent.parent, sources):
        if (folder / name).is_file():
            return _folded((folder / name).read_text(encoding="utf-8"))
    raise AssertionError(f"{_name(pack)}: no text called {name}")


def _texts(pack: Path, tree: Tree, sources: Path) -> dict[str, str]:
    return {
        source["id"]: _source_text(pack, source["text"], sources)
        for source in tree.get("sources", [])
        if "text" in source
    }


@pytest.mark.needs_sources
@pytest.mark.parametrize("pack", PACKS, ids=_name)
def test_every_quoted_clause_stands_verbatim_in_its_source(pack: Path, sources: Path) -> None:
    tree = _tree(pack)
    texts = _texts(pack, tree, sources)
    missing = [
        (clause["id"], clause["quote"])
        for clause in tree.get("clauses", [])
        if "quote" in clause and _folded(clause["quote"]) not in texts.get(clause["source"], "")
    ]
    assert not missing
    assert any("quote" in clause for clause in tree.get("clauses", []))


@pytest.mark.needs_sources
@pytest.mark.parametrize("case", CASES, ids=lambda p: f"{_name(p.parent)}/{p.stem}")
def test_every_worked_case_quotes_its_rule_text_and_writes_out_its_sum(
    case: Path, sources: Path
) -> None:
    pack = case.parent.parent / "pack.toml"
    tree = _tree(case)
    texts = _texts(pack, _tree(pack), sources).values()
    assert tree.get("arithmetic", "").strip()
    quotes = tree.get("quote")
    assert quotes
    for quote in [quotes] if isinstance(quotes, str) else quotes:
        assert any(_folded(quote) in text for text in texts), quote


def _cited(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "clause" and isinstance(value, str):
                yield value
            else:
                yield from _cited(value)
    elif isinstance(node, list):
        for item in node:
            yield from _cited(item)


@pytest.mark.parametrize("pack", PACKS, ids=_name)
def test_no_clause_is_kept_that_nothing_cites(pack: Path) -> None:
    tree = _tree(pack)
    cited = set(_cited({k: v for k, v in tree.items() if k != "clauses"}))
    assert [c["id"] for c in tree.get("clauses", []) if c["id"] not in cited] == []


_DAY = re.compile(r"(\d{1,2})/(\d{1,2})")
_MONTH = re.compile(r"tháng (\d{1,2})")


@pytest.mark.parametrize("pack", PACKS, ids=_name)
def test_every_due_day_is_the_one_in_the_quote_of_its_duty(pack: Path) -> None:
    """A day before which something is done is named in the quoted words, or its month is."""
    tree = _tree(pack)
    quotes = {c["id"]: c.get("quote", "") for c in tree.get("clauses", [])}
    for duty in tree.get("duties", []):
        for due in duty.get("due", []):
            quote = quotes[due.get("clause", duty["clause"])]
            days = {(int(d), int(m)) for d, m in _DAY.findall(quote)}
            months = {int(m) for m in _MONTH.findall(quote)}
            last_day = {1: 31, 2: 28, 6: 30, 7: 31, 12: 31}
            ends = {(last_day[m], m) for m in months if m in last_day}
            assert (due["day"], due["month"]) in days | ends, (duty["id"], due, quote)


_AT_LEAST = re.compile(r"(?:ít nhất|tối thiểu|từ) (\d+)(?:\s*-\s*(\d+))?")


@pytest.mark.parametrize("pack", PACKS, ids=_name)
def test_every_count_of_a_duty_is_the_one_in_its_quote(pack: Path) -> None:
    """“ít nhất 01”, “tối thiểu 01”, “từ 01- 02”: the least number, and the most where one stands."""
    tree = _tree(pack)
    quotes = {c["id"]: c.get("quote", "") for c in tree.get("clauses", [])}
    for duty in tree.get("duties", []):
        if "counts" in duty:
            found = _AT_LEAST.search(quotes[duty["clause"]])
            assert found, duty["id"]
            least, most = found.groups()
            assert duty["counts"]["at_least"] == int(least), duty["id"]
            assert duty["counts"].get("at_most") == (int(most) if most else None), duty["id"]
