"""Another house beside the one in the window."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def their_folder(sample_workspace: Path, tmp_path: Path) -> Path:
    """The same year in another house."""
    return Path(shutil.copytree(sample_workspace, tmp_path / "so-ban"))
