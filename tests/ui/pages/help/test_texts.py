"""The help's texts hold what they promise: every page has one, every button that is named exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from app.ground.paths import resources_folder
from app.ground.text import composed
from ui.places import PageId

FOLDER = resources_folder() / "help"
FILES = sorted(FOLDER.glob("*.md"))
PRESS = re.compile(r"\b[Bb]ấm(?: nút| vào| phím)?:? \*\*([^*]+)\*\*")
KEY = re.compile(r"(?:Ctrl|Alt|Shift)\+.+|F\d+|Esc|Enter|Tab|Delete|Space|Phím cách|Mũi tên.*|.")
SHARED = ("widgets", "sheets", "flows", "notices.py", "main_window.py")


@cache
def strings(root: Path, page: str) -> tuple[str, ...]:
    """All words that a page, or what all pages share, may show."""
    places = [root / "ui" / "pages" / page, *(root / "ui" / name for name in SHARED)]
    files = [f for place in places for f in ([place] if place.is_file() else place.rglob("*.py"))]
    return tuple(literal for file in files for literal in _literals(file))


def _line(words: str) -> str:
    return " ".join(words.split())


def _literals(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield composed(node.value)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_button_that_is_named_exists_on_that_page(root: Path, file: Path) -> None:
    text = composed(file.read_text(encoding="utf-8"))
    pages = [page.value for page in PageId] if file.stem == "index" else [file.stem]
    known = {words for page in pages for words in strings(root, page)}
    named = [w for w in map(_line, PRESS.findall(text)) if not KEY.fullmatch(w)]
    assert [words for words in named if words not in known] == []


def test_the_rule_finds_names_and_leaves_keys_out() -> None:
    text = "Bấm **Sao lưu ngay**. Rồi bấm nút **Không có**, bấm **Ctrl+Z**, bấm phím **F1**."
    named = [w for w in map(_line, PRESS.findall(text)) if not KEY.fullmatch(w)]
    assert named == ["Sao lưu ngay", "Không có"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_text_is_longer_than_one_reads(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert 20 <= len(lines) <= 120
    assert all(len(line) <= 600 for line in lines)
