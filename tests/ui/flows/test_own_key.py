"""The unit's own key: made once, read out, taken up on another computer."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.exchange.packages import PublicKey
from app.ground.findings import UserError
from tests.ui.pages.exchange.world import PASS
from ui.flows.own_key import OwnKey, passphrase_faults
from ui.preferences import Preferences
from ui.runner import AtOnce


def nothing(*_args: object) -> None:
    """What comes after does not matter."""


def test_the_key_is_asked_for_where_there_is_none(tmp_path: Path) -> None:
    key = OwnKey(AtOnce(), Preferences(tmp_path / "cau-hinh"))
    assert not key.is_there
    assert key.fingerprint == ""
    assert key.file.parent == tmp_path / "cau-hinh"


def test_the_key_is_made_once_and_its_fingerprint_stays_readable(tmp_path: Path) -> None:
    key = OwnKey(AtOnce(), Preferences(tmp_path / "cau-hinh"))
    told: list[str] = []
    place = tmp_path / "usb" / "so-a.khoa"
    place.parent.mkdir()
    key.make(place, PASS, told.append)
    again = OwnKey(AtOnce(), Preferences(tmp_path / "cau-hinh"))
    assert again.file == place
    assert again.fingerprint == told[0]
    assert len(told[0].split()) == 9
    with pytest.raises(UserError, match="chỉ lập khóa một lần"):
        key.make(place, PASS, told.append)


def test_a_key_of_another_computer_is_taken_up_by_its_passphrase(
    tmp_path: Path, kept_key: tuple[Path, str]
) -> None:
    key = OwnKey(AtOnce(), Preferences(tmp_path / "cau-hinh"))
    with pytest.raises(UserError, match="Mật khẩu không đúng"):
        key.adopt(kept_key[0], "mật khẩu sai rồi", nothing)
    assert not key.is_there
    key.adopt(kept_key[0], PASS, nothing)
    assert key.fingerprint == PublicKey(bytes.fromhex(kept_key[1])).fingerprint


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        ("chín ký tự"[:9], "chín ký tự"[:9], "passphrase"),
        ("aaaaaaaaaaaa", "aaaaaaaaaaaa", "passphrase"),
        (PASS, PASS + "x", "again"),
    ],
)
def test_a_weak_or_mistyped_passphrase_is_told(first: str, second: str, field: str) -> None:
    assert list(passphrase_faults(first, second)) == [field]


def test_a_good_passphrase_typed_twice_is_fine() -> None:
    assert passphrase_faults(PASS, f" {PASS} ") == {}
