"""The forms of all units of the sample, written once for all that only read them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.operations.workspace.desk import sit_down
from app.operations.workspace.forms import write_forms
from app.persistence import books
from app.persistence.workspace import Workspace
from tests.ui.worlds import NAME


@pytest.fixture(scope="session")
def all_forms(sample_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of forms as they go out; copied before anything is done to it."""
    place = tmp_path_factory.mktemp("phieu")
    copy = Path(shutil.copytree(sample_workspace, place / "so"))
    with Workspace.open(copy) as workspace:
        desk = sit_down(workspace, NAME, workspace.read(books.PERIODS)[-1].id)
        (place / "phieu").mkdir()
        write_forms(desk, place / "phieu")
    return place / "phieu"
