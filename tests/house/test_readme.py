"""The README tells the truth: its tutorial runs as printed, its files and options exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.operations.cases import run_cases
from app.operations.loading import load_pack
from app.rules.checks import check_pack

_BLOCK = re.compile(r"`(?P<name>[\w./-]+)`:\n\n```\w+\n(?P<text>.*?)```", re.DOTALL)
_LINK = re.compile(r"\]\(([^)#]+)\)")


@pytest.fixture
def tutorial(root: Path, tmp_path: Path) -> Path:
    """The files of the tutorial, as a reader would save them."""
    blocks = list(_BLOCK.finditer((root / "README.md").read_text(encoding="utf-8")))
    assert [b["name"] for b in blocks] == ["van-ban.md", "pack.toml", "cases/90-diem.toml"]
    for block in blocks:
        file = tmp_path / block["name"]
        file.parent.mkdir(exist_ok=True)
        file.write_text(block["text"], encoding="utf-8")
    return tmp_path


def test_the_tutorials_pack_passes_every_check(tutorial: Path) -> None:
    check = check_pack(load_pack(tutorial / "pack.toml"))
    assert [f for f in check.findings if f.code != "parameter_open"] == []


def test_the_tutorials_case_holds(tutorial: Path) -> None:
    (report,) = run_cases(tutorial)
    assert report.holds, (report.mismatches, report.findings)


def test_the_tutorials_quotes_stand_in_its_text(tutorial: Path) -> None:
    text = " ".join((tutorial / "van-ban.md").read_text(encoding="utf-8").split())
    clauses = load_pack(tutorial / "pack.toml").rules.clauses
    assert [c.quote for c in clauses if c.quote is None or c.quote not in text] == []


def test_every_file_that_the_readme_points_to_exists(root: Path) -> None:
    links = _LINK.findall((root / "README.md").read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (root / link).exists()] == []


def _printed(*arguments: str, cwd: Path) -> str:
    command = [sys.executable, "-m", "app", *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, check=True, encoding="utf-8")
    return done.stdout.strip()


def test_the_tutorials_explanation_is_the_one_printed(root: Path, tutorial: Path) -> None:
    facts = "cases/90-diem.toml"
    printed = _printed("score", "--pack", ".", "--facts", facts, "--explain", "u2", cwd=tutorial)
    assert printed in (root / "README.md").read_text(encoding="utf-8")


def test_the_demo_prints_what_the_readme_shows(root: Path, tmp_path: Path) -> None:
    printed = _printed("demo", "--out", "out", cwd=tmp_path)
    assert printed in (root / "README.md").read_text(encoding="utf-8")
