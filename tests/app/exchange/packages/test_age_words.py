"""Files under a passphrase are age files: another implementation opens them, and ours opens its."""

from __future__ import annotations

import gc
import io
from pathlib import Path

import pyrage  # type: ignore[import-untyped]
import pytest

from app.exchange.packages import age_words, locked, opened_seal, sealed_for
from app.exchange.packages.age_words import (
    AgeWordsError,
    AgeWorkError,
    lock_stream,
    unlock_stream,
)
from app.exchange.packages.limits import MAX_SEALED_BYTES
from app.ground.findings import UserError
from tests.app.exchange.packages import samples as s

WORDS = "bốn con trâu trắng"
PIECE = 64 * 1024


@pytest.fixture(autouse=True)
def light_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little work for each passphrase, so that many can be tried."""
    monkeypatch.setattr(age_words, "WORK", 10)


SIZES = (0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE)


def lock(data: bytes) -> bytes:
    target = io.BytesIO()
    lock_stream(io.BytesIO(data), target, WORDS)
    return target.getvalue()


def unlock(data: bytes, words: str = WORDS, most: int = 17) -> bytes:
    target = io.BytesIO()
    unlock_stream(io.BytesIO(data), target, words, most)
    return target.getvalue()


@pytest.mark.parametrize("size", SIZES)
def test_what_was_locked_opens_here_and_with_another_implementation(size: int) -> None:
    data = bytes(range(251)) * (size // 251 + 1)
    data = data[:size]
    kept = lock(data)
    assert unlock(kept) == data
    assert bytes(pyrage.passphrase.decrypt(kept, WORDS)) == data


def test_what_another_implementation_locked_opens_here_within_the_bound() -> None:
    kept = bytes(pyrage.passphrase.encrypt(b"x" * (PIECE + 5), WORDS))
    assert unlock(kept, most=30) == b"x" * (PIECE + 5)


def test_more_work_than_allowed_is_refused_before_any_of_it() -> None:
    heavy = lock(b"x").replace(b" 10\n", b" 40\n", 1)
    with pytest.raises(AgeWorkError):
        unlock(heavy)


def test_every_changed_or_missing_piece_is_told() -> None:
    kept = lock(b"x" * (2 * PIECE + 9))
    body = kept.index(b"\n--- ") + 5 + 43 + 1 + 16
    spoilt = [
        kept[:-1],
        kept[: -9 - 16],
        kept[:body] + kept[body + PIECE + 16 :],
        kept[:body] + kept[body + PIECE + 16 : body + 2 * (PIECE + 16)] + kept[body:],
        kept + b"x",
        kept[:30] + bytes([kept[30] ^ 1]) + kept[31:],
        kept[:-5] + bytes([kept[-5] ^ 1]) + kept[-4:],
        b"",
        kept[:40],
    ]
    for changed in spoilt:
        with pytest.raises(AgeWordsError):
            unlock(changed)
    with pytest.raises(AgeWordsError):
        unlock(kept, "bốn con trâu đen")


class TestAPackage:
    def file(self, data: bytes, folder: Path) -> Path:
        place = folder / "goi.bvg"
        place.write_bytes(data)
        return place

    def test_is_unlocked_into_a_file_that_goes_with_it(self, tmp_path: Path) -> None:
        for data, key, words in (
            (locked(s.good(), WORDS), None, WORDS),
            (sealed_for(s.good(), [s.KEY.public]), s.KEY, ""),
        ):
            opened = opened_seal(self.file(data, tmp_path), key, words)
            place = opened.path
            assert place.read_bytes() == s.good()
            assert place.stat().st_mode & 0o077 == 0
            del opened
            gc.collect()
            assert not place.exists()

    def test_that_does_not_open_leaves_nothing_behind(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "tam").mkdir()
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tam"))
        heavy = locked(s.good(), WORDS).replace(b" 10\n", b" 22\n", 1)
        other = sealed_for(s.good(), [s.OTHER_KEY.public])
        for data, key, words, code in (
            (locked(s.good(), WORDS), None, "bốn con trâu đen", "passphrase_wrong"),
            (heavy, None, WORDS, "lock_too_heavy"),
            (other, s.KEY, "", "package_not_for_us"),
        ):
            with pytest.raises(UserError) as refused:
                opened_seal(self.file(data, tmp_path), key, words)
            assert [finding.code for finding in refused.value.findings] == [code]
            del refused
            gc.collect()
            assert list((tmp_path / "tam").iterdir()) == []

    def test_above_the_limit_is_not_even_begun(self, tmp_path: Path) -> None:
        place = self.file(locked(b"x", WORDS), tmp_path)
        with place.open("r+b") as stream:
            stream.truncate(MAX_SEALED_BYTES + 1)
        with pytest.raises(UserError) as refused:
            opened_seal(place, None, WORDS)
        assert refused.value.findings[0].code == "package_too_large"
