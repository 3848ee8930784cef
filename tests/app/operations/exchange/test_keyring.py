"""The unit's own key, and whom it trusts: confirmed by ear, retired with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from pathlib import Path

import pytest

from app.exchange.packages import PublicKey, SigningKey
from app.ground.findings import UserError
from app.operations.exchange.keyring import (
    confirm_sender,
    known_senders,
    make_key,
    open_key,
    retire_sender,
    sender_named,
)
from app.operations.workspace.desk import Desk
from app.operations.workspace.years import open_year, year_record
from app.persistence.workspace import Workspace

PASS = "bốn từ không liên quan"
DAY = dt.date(2026, 11, 20)


@pytest.fixture
def desk(tmp_path: Path) -> Generator[Desk]:
    workspace = Workspace.create(tmp_path / "so", "Nguyễn Hoa")
    yield open_year(workspace, "Nguyễn Hoa", year_record("2026"))[0]
    workspace.close(backup=False)


def key(number: int) -> PublicKey:
    return SigningKey.of_seed(bytes([number]) * 32).public


def code(fault: pytest.ExceptionInfo[UserError]) -> str:
    return fault.value.findings[0].code


class TestTheOwnKey:
    """Opening takes about a second on purpose, so the file is made once for all."""

    @pytest.fixture(scope="class")
    @staticmethod
    def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PublicKey]:
        file = tmp_path_factory.mktemp("key") / "so-a.khoa"
        return file, make_key(file, PASS)

    def test_is_kept_under_a_passphrase_and_signs(self, kept: tuple[Path, PublicKey]) -> None:
        file, public = kept
        opened = open_key(file, PASS)
        assert opened.public == public
        assert public.verifies(opened.sign(b"x"), b"x")
        assert b"PRIVATE KEY" not in file.read_bytes()

    def test_another_passphrase_does_not_open_it(self, kept: tuple[Path, PublicKey]) -> None:
        with pytest.raises(UserError) as fault:
            open_key(kept[0], "khác hẳn mật khẩu")
        assert code(fault) == "passphrase_wrong"

    def test_is_made_once(self, kept: tuple[Path, PublicKey]) -> None:
        with pytest.raises(UserError) as fault:
            make_key(kept[0], PASS)
        assert code(fault) == "key_exists"


class TestSenders:
    def test_are_known_after_their_fingerprint_was_typed_in(self, desk: Desk) -> None:
        typed = key(1).fingerprint.replace(" ", "-")
        confirm_sender(desk, "Sở Nội vụ", key(1), typed, day=DAY)
        (known,) = known_senders(desk.workspace)
        assert (known.name, known.key, known.confirmed_by, known.confirmed_on) == (
            "Sở Nội vụ",
            key(1),
            "Nguyễn Hoa",
            DAY,
        )
        assert sender_named(desk.workspace, "sở nội vụ") == known

    def test_a_fingerprint_of_another_key_is_an_alarm(self, desk: Desk) -> None:
        with pytest.raises(UserError) as fault:
            confirm_sender(desk, "Sở Nội vụ", key(1), key(2).fingerprint, day=DAY)
        assert code(fault) == "fingerprint_differs"
        assert known_senders(desk.workspace) == ()

    def test_a_new_key_needs_the_old_one_retired_with_a_reason(self, desk: Desk) -> None:
        confirm_sender(desk, "Sở A", key(1), key(1).fingerprint, day=DAY)
        with pytest.raises(UserError) as fault:
            confirm_sender(desk, "Sở A", key(2), key(2).fingerprint, day=DAY)
        assert code(fault) == "sender_known_otherwise"
        with pytest.raises(UserError):
            retire_sender(desk, "Sở A", " ")
        retire_sender(desk, "Sở A", "mất máy tính")
        confirm_sender(desk, "Sở A", key(2), key(2).fingerprint, day=DAY)
        assert [known.key for known in known_senders(desk.workspace)] == [key(2)]

    def test_a_retired_key_is_not_trusted_again(self, desk: Desk) -> None:
        confirm_sender(desk, "Sở A", key(1), key(1).fingerprint, day=DAY)
        retire_sender(desk, "Sở A", "mất máy tính")
        with pytest.raises(UserError) as fault:
            confirm_sender(desk, "Sở A", key(1), key(1).fingerprint, day=DAY)
        assert code(fault) == "sender_key_retired"
        assert "mất máy tính" in fault.value.findings[0].message

    def test_confirming_is_undone_like_any_act(self, desk: Desk) -> None:
        confirm_sender(desk, "Sở A", key(1), key(1).fingerprint, day=DAY)
        desk.workspace.undo(desk.actor)
        assert known_senders(desk.workspace) == ()

    def test_nobody_of_that_name_is_told_with_those_there_are(self, desk: Desk) -> None:
        confirm_sender(desk, "Sở A", key(1), key(1).fingerprint, day=DAY)
        with pytest.raises(UserError) as fault:
            sender_named(desk.workspace, "Sở B")
        assert "Sở A" in fault.value.findings[0].remedy
