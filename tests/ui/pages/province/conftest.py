"""A small province for the page: three clusters, the first two of which have sent."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.operations.province.folder import at_province
from app.operations.province.view import ProvinceView, gather
from tests.app.operations.province.post import Leader, key, trust
from tests.app.operations.province.worlds import CLUSTERS, DAY, fill_cluster, make_province
from tests.ui.pages.exchange.world import with_key
from ui.flows.own_key import OwnKey
from ui.pages.province.presenter.arriving import Arriving, packages_in
from ui.pages.province.presenter.basket import Basket
from ui.pages.province.presenter.book import ProvinceBook
from ui.preferences import Preferences
from ui.runner import AtOnce
from ui.session import Session


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


@pytest.fixture(scope="session")
def mail(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as it lies on a stick: the results of the first two clusters, and another file."""
    place = tmp_path_factory.mktemp("usb")
    for number in (1, 2):
        leader = Leader.of(number, small / "cum" / f"k0{number}", place.parent / f"{place.name}-x")
        with leader.workspace:
            inner = place / f"cum {number}"
            inner.mkdir()
            shutil.copy(leader.sends().file, inner / f"cum-{number}.bvg")
    (place / "thu-la.bvg").write_bytes(b"khong phai goi")
    (place / "ghi-chu.txt").write_text("x")
    return place


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The department of three clusters, which knows the leader of the first; nothing has come."""
    folder = make_province(tmp_path / "so", CLUSTERS[:3])
    with at_province(folder) as province:
        trust(province, "Trưởng cụm số 1", key(1))
    return folder


@pytest.fixture
def own_key(tmp_path: Path, kept_key: tuple[Path, str]) -> Preferences:
    """This computer has the department's key."""
    made = Preferences(tmp_path / "cau-hinh")
    with_key(made, kept_key)
    return made


def raising(fault: Exception) -> None:
    raise fault


@pytest.fixture
def desk_book(session: Session, own_key: Preferences, office: Path) -> ProvinceBook:
    """The department's folder without a window."""
    made = ProvinceBook(session, AtOnce(), own_key, raising)
    made.choose(office)
    made.look(lambda: None)
    return made


@pytest.fixture
def received(desk_book: ProvinceBook, own_key: Preferences, mail: Path) -> ProvinceBook:
    """The same after the result of the first cluster was taken in."""
    arriving = Arriving(desk_book, OwnKey(AtOnce(), own_key))
    basket = Basket(arriving, packages_in(mail))
    basket.look(lambda: None)
    basket.take(lambda _taking: None)
    return desk_book
