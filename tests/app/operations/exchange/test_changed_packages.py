"""Whatever a package is turned into, looking at it and taking it in leave the folder as it was.

More: ``BANGVANG_DOSE=20`` changes some five thousand packages.
"""

from __future__ import annotations

import hashlib
import os
import random
from pathlib import Path

import pytest

from app.exchange.packages import Kind
from app.ground.findings import UserError
from app.operations.exchange.looking import look
from app.operations.exchange.taking_in import Side, take_in
from tests.app.operations.exchange.houses import House, self_scores, small_leader, small_unit

DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))
CHANGED = 250 * DOSE


@pytest.fixture
def leader(tmp_path: Path) -> House:
    return small_leader(tmp_path / "truong")


@pytest.fixture
def package(leader: House, tmp_path: Path) -> bytes:
    """A unit's good self-score, not taken in yet."""
    unit = small_unit(leader, tmp_path / "don-vi", 1)
    unit.says(*self_scores("u1", "90"))
    unit.hands_in("self")
    data = unit.sends(Kind.SELF_SCORE).file.read_bytes()
    unit.desk.workspace.close(backup=False)
    return data


def digest_of(folder: Path) -> str:
    """Every file of the workspace with its content."""
    found = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            found.update(file.relative_to(folder).as_posix().encode())
            found.update(file.read_bytes())
    return found.hexdigest()


def changed(good: bytes, chance: random.Random) -> bytes:
    """One of the ways in which a file is broken or tampered with."""
    data = bytearray(good)
    at = chance.randrange(len(data))
    length = chance.randrange(1, 64)
    match chance.randrange(5):
        case 0:
            data[at] ^= 1 << chance.randrange(8)
        case 1:
            del data[at : at + length]
        case 2:
            data[at:at] = chance.randbytes(length)
        case 3:
            data[at : at + length] = chance.randbytes(length)
        case _:
            del data[at:]
    return bytes(data)


def test_no_changed_package_changes_the_workspace(
    leader: House, package: bytes, tmp_path: Path
) -> None:
    """A change that unpacks to the same signed bytes is the same package, and only such a one."""
    chance = random.Random(20261121)
    desk = leader.desk
    file = tmp_path / "goi.zip"
    file.write_bytes(package)
    good = look(desk, file).status.digest
    before, head = digest_of(desk.workspace.folder), desk.workspace.head
    for _ in range(CHANGED):
        file.write_bytes(changed(package, chance))
        seen = look(desk, file)
        if seen.acceptable:
            assert seen.status.digest == good, "a changed content passed for signed"
        else:
            with pytest.raises(UserError):
                take_in(desk, seen, rule=Side.THEIRS)
    assert desk.workspace.head == head
    assert digest_of(desk.workspace.folder) == before


def test_the_good_package_is_taken_in(leader: House, package: bytes, tmp_path: Path) -> None:
    file = tmp_path / "goi.zip"
    file.write_bytes(package)
    assert take_in(leader.desk, look(leader.desk, file), rule=Side.THEIRS).changed > 0
