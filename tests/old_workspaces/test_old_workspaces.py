"""What officers have on their disks opens, verifies, tells the same and can be worked on."""

from __future__ import annotations

import runpy
import zipfile
from pathlib import Path

import pytest

from app.domain.year import Setting
from app.persistence import books
from app.persistence.tables import SCHEMA
from app.persistence.workspace import Workspace

HERE = Path(__file__).parent
FROZEN = sorted(HERE.glob("schema_*.zip"))


def test_each_schema_has_its_frozen_workspace() -> None:
    assert [file.stem for file in FROZEN] == [f"schema_{n + 1:04}" for n in range(SCHEMA)]


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda file: file.stem)
def test_a_frozen_workspace_opens_and_tells_what_it_told(frozen: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(frozen) as packed:
        packed.extractall(tmp_path / "so")
    told = runpy.run_path(str(HERE / "make_workspace.py"))["told"]
    wanted = frozen.with_suffix(".txt").read_text(encoding="utf-8")
    with Workspace.open(tmp_path / "so") as workspace:
        if frozen.stem == f"schema_{SCHEMA:04}":
            assert told(workspace) == wanted
        assert len(told(workspace).splitlines()) >= len(wanted.splitlines())
        assert workspace.verify().findings == ()
        with workspace.operation("settings", "Thiết lập", "B") as change:
            change.put(books.SETTINGS, Setting("place", "Cao Bằng"))
        assert workspace.undo("B") is not None
        assert workspace.verify().intact
