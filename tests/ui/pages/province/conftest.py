"""A small province for the page: three clusters, the first two of which have sent."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.operations.province.folder import at_province
from app.operations.province.view import ProvinceView, gather
from tests.app.operations.province.worlds import CLUSTERS, DAY, fill_cluster, make_province


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; nobody changes it."""
    folder = make_province(tmp_path_factory.mktemp("so") / "toan-tinh", CLUSTERS[:3])
    with at_province(folder) as province:
        fill_cluster(province, 1)
        fill_cluster(province, 2)
    return folder


@pytest.fixture(scope="session")
def view(small: Path) -> ProvinceView:
    """The small province as it is gathered."""
    with at_province(small) as province:
        return gather(province, DAY)


@pytest.fixture
def folder(small: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(small, tmp_path / "toan-tinh"))
