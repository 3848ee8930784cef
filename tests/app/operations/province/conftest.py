"""A province in its folder, made once; tests that write work in a copy."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

from app.operations.province.folder import ProvinceDesk, at_province
from app.operations.province.view import ProvinceView, gather

from .worlds import DAY, fill_cluster, make_province


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """17 clusters with 137 units; nobody changes it."""
    folder = make_province(tmp_path_factory.mktemp("tinh") / "toan-tinh")
    with at_province(folder) as province:
        for number in range(1, 18):
            fill_cluster(province, number)
    return folder


@pytest.fixture(scope="session")
def seen(whole: Path) -> ProvinceView:
    """The whole province as it is gathered."""
    with at_province(whole) as province:
        return gather(province, DAY)


@pytest.fixture
def province(tmp_path: Path, whole: Path) -> Generator[ProvinceDesk]:
    """The department with the first two of its clusters, to be changed."""
    folder = tmp_path / "toan-tinh"
    shutil.copytree(whole / "so-tinh", folder / "so-tinh")
    for key in ("k01", "k02"):
        shutil.copytree(whole / "cum" / key, folder / "cum" / key)
    with at_province(folder) as opened:
        yield opened
