"""The floors hold, and each contract is able to fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BREAKS = {
    "ground imports rules": ("app/ground/numbers.py", "import app.rules.base"),
    "rules imports scoring": ("app/rules/base.py", "import app.scoring.assess"),
    "scoring imports exchange": ("app/scoring/scene.py", "import app.exchange.facts"),
    "exchange imports reports": ("app/exchange/facts.py", "import app.reports.document"),
    "the core imports the window": ("app/domain/step.py", "import ui"),
    "the core imports Qt": ("app/domain/step.py", "import PySide6"),
    "scoring knows SQL": ("app/scoring/scene.py", "import sqlalchemy"),
}


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    for name in ("app", "ui"):
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_floors_hold(copy: Path) -> None:
    done = _lint(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("broken", BREAKS, ids=lambda b: b.replace(" ", "-"))
def test_a_deliberate_break_is_caught(copy: Path, broken: str) -> None:
    file, line = BREAKS[broken]
    place = copy / file
    place.write_text(f"{place.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    done = _lint(copy)
    assert done.returncode != 0
    assert "BROKEN" in done.stdout


def test_a_room_that_no_floor_names_is_caught(copy: Path) -> None:
    (copy / "app/utils").mkdir()
    (copy / "app/utils/__init__.py").write_text('"""A room without a floor."""\n', encoding="utf-8")
    assert _lint(copy).returncode != 0
