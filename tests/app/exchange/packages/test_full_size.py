"""A package at the limit of size costs at most two seconds and 200 MB of memory, whatever it is.

Two in every run, each at its full size; all of them, the largest archives too, with
``BANGVANG_DOSE=20``. A slow moment of the machine is forgiven twice.
"""

from __future__ import annotations

import os
from pathlib import Path

import pyrage  # type: ignore[import-untyped]
import pytest

from app.exchange.packages import Blob, limits, sealing, write_package
from app.exchange.packages.age_words import lock_stream
from tests.app.exchange.packages import samples as s
from tests.app.exchange.packages.full_size import ALLOWED, REFUSED
from tests.app.exchange.packages.weighing import WITH_KEY, Weight, weigh

DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))
ALWAYS = frozenset({"entries of the facts", "keys of one table"})
SECONDS, MEGABYTES = 2.0, 200
TRIES = 3


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("goi") / "tot.bvg"
    file.write_bytes(s.good())
    return file


def light(good: Path, package: Path, opens: str = "") -> Weight:
    """Weighs a package until it is seen to be light enough."""
    for _ in range(TRIES):
        found = weigh(good, package, opens)
        assert found.megabytes <= MEGABYTES, found
        if found.seconds <= SECONDS:
            return found
    raise AssertionError(found)


def some(names: dict[str, object]) -> list[str]:
    return [name for name in names if DOSE >= 20 or name in ALWAYS]


@pytest.mark.parametrize("name", some({**REFUSED}))
def test_what_goes_to_a_limit_is_refused_cheaply(name: str, good: Path, tmp_path: Path) -> None:
    code, make = REFUSED[name]
    package = tmp_path / "goi.bvg"
    package.write_bytes(make())
    found = light(good, package)
    assert not found.intact
    assert code in found.codes


@pytest.mark.parametrize("name", some({**ALLOWED}))
def test_what_goes_to_a_limit_and_is_sound_is_read_cheaply(
    name: str, good: Path, tmp_path: Path
) -> None:
    package = tmp_path / "goi.bvg"
    package.write_bytes(ALLOWED[name]())
    assert light(good, package).intact


def largest(folder: Path, most: int) -> Path:
    """As much evidence as a package may hold; the files have holes and take no room."""
    kept, left = [], most - 200_000
    while left > 0:
        size = min(limits.MAX_FILE_BYTES - len(kept), left)
        file = folder / f"minh-chung-{len(kept)}.bin"
        with file.open("wb") as stream:
            stream.truncate(size)
        kept.append(Blob(file.name, file))
        left -= size
    package = folder / "goi.bvg"
    with package.open("wb") as stream:
        write_package(s.contents(evidence=tuple(kept)), stream, s.KEY)
    return package


def test_the_largest_archive_is_refused_cheaply_though_its_last_byte_alone_is_wrong(
    good: Path, tmp_path: Path
) -> None:
    """Ten megabytes in every run, the largest (a gigabyte on the disk) with the whole dose."""
    package = largest(tmp_path, limits.MAX_PACKAGE_BYTES if DOSE >= 20 else 10_000_000)
    entry = max(s.entries_of(package), key=lambda entry: entry.offset)
    with package.open("r+b") as stream:
        stream.seek(entry.offset + entry.size - 1)
        stream.write(b"x")
    assert light(good, package).codes == ("package_damaged",)
    with package.open("r+b") as stream:
        stream.truncate(package.stat().st_size - 1)
    assert light(good, package).codes == ("package_cut_short",)


WORDS = "bốn con trâu trắng"


@pytest.mark.parametrize("opens", [WITH_KEY, WORDS])
def test_a_locked_package_is_refused_cheaply(opens: str, good: Path, tmp_path: Path) -> None:
    """A long text in every run, the largest archive with the whole dose."""
    package = tmp_path / "goi.bvg"
    code, make = REFUSED["a long text with one wide letter"]
    package.write_bytes(make())
    if DOSE >= 20:
        package = largest(tmp_path, limits.MAX_SEALED_BYTES - 1_000_000)
    locked = tmp_path / "kin.bvg"
    with package.open("rb") as source, locked.open("wb") as target:
        if opens == WITH_KEY:
            pyrage.encrypt_io(source, target, [sealing.recipient(s.KEY.public)])
        else:
            lock_stream(source, target, opens)
    found = light(good, locked, opens)
    assert DOSE >= 20 or found.codes == (code,)
    with locked.open("r+b") as stream:
        at = stream.seek(-1, 2)
        last = stream.read(1)[0]
        stream.seek(at)
        stream.write(bytes([last ^ 1]))
    assert light(good, locked, opens).codes in (("package_not_for_us",), ("passphrase_wrong",))
