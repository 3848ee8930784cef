"""A key that was made once for all, because opening one takes about a second on purpose."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.operations.exchange.keyring import make_key
from tests.ui.pages.exchange.world import PASS


@pytest.fixture(scope="session")
def kept_key(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The own key's file, and its public half."""
    file = tmp_path_factory.mktemp("khoa") / "khoa-don-vi.khoa"
    return file, make_key(file, PASS).raw.hex()


@pytest.fixture
def their_folder(sample_workspace: Path, tmp_path: Path) -> Path:
    """The same year in another house."""
    return Path(shutil.copytree(sample_workspace, tmp_path / "so-ban"))
