"""Every code of a finding is produced somewhere and described once."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

_MAKERS = {"error", "warning", "note", "Finding", "add"}


def catalogue(root: Path) -> dict[str, str]:
    tables = tomllib.loads((root / "app/ground/finding_codes.toml").read_text(encoding="utf-8"))
    codes: dict[str, str] = {}
    for table in tables.values():
        for code, meaning in table.items():
            assert code not in codes, f"{code} is described twice"
            codes[code] = meaning
    return codes


def _strings(root: Path) -> Iterator[str]:
    for file in sorted((root / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _made(root: Path) -> Iterator[tuple[str, str]]:
    """The codes that stand as the first argument where a finding is made, with the file."""
    for file in sorted((root / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else (node.func.id if isinstance(node.func, ast.Name) else "")
            )
            first = node.args[0]
            looks_like_code = (
                isinstance(first, ast.Constant)
                and isinstance(first.value, str)
                and first.value.replace("_", "").isalnum()
                and first.value.islower()
                and first.value.isascii()
            )
            if name in _MAKERS and looks_like_code and len(node.args) >= 3:
                assert isinstance(first, ast.Constant)
                yield str(first.value), str(file.relative_to(root))


def test_every_code_that_is_made_is_described(root: Path) -> None:
    described = catalogue(root)
    assert [(code, file) for code, file in _made(root) if code not in described] == []


def test_every_described_code_is_made_somewhere(root: Path) -> None:
    used = set(_strings(root))
    assert [code for code in catalogue(root) if code not in used] == []


def test_every_meaning_is_one_vietnamese_sentence(root: Path) -> None:
    for code, meaning in catalogue(root).items():
        assert meaning.endswith("."), code
        assert not meaning.isascii(), code
