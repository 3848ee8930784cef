"""Keys: made once, kept under a passphrase, known by what is read out on the telephone."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.packages import (
    KeyStanding,
    PublicKey,
    SigningKey,
    is_sealed,
    read_fingerprint,
    sealed_for,
    sealing,
    unlocked_key,
)
from app.exchange.packages.keys import key_standing
from app.exchange.packages.sealing import unseal
from app.ground.findings import UserError
from tests.app.exchange.packages import samples as s

FINGERPRINT = "3340 4839 6166 7816 2611 2894 0088 4933 5940"
PASSPHRASE = "bốn con trâu trắng"


def code_of(refused: pytest.ExceptionInfo[UserError]) -> str:
    (finding,) = refused.value.findings
    assert finding.message
    assert finding.remedy
    return finding.code


# ------------------------------------------------------------------ fingerprint


def test_the_fingerprint_is_the_one_of_the_document() -> None:
    """Worked out again by hand: SHA-256, the last 32 decimal digits, the rest modulo 9973."""
    found = hashlib.sha256(b"bangvang-key/1\n" + s.KEY.public.raw).digest()
    digits = f"{int.from_bytes(found, 'big') % 10**32:032d}"
    digits += f"{int(digits) % 9973:04d}"
    assert s.KEY.public.fingerprint == FINGERPRINT
    assert FINGERPRINT.replace(" ", "") == digits


@pytest.mark.parametrize(
    "typed",
    [
        FINGERPRINT,
        FINGERPRINT.replace(" ", ""),
        FINGERPRINT.replace(" ", " - "),
        f" {FINGERPRINT}.",
    ],
)
def test_a_fingerprint_is_read_however_it_is_spaced(typed: str) -> None:
    assert read_fingerprint(typed) == FINGERPRINT


@pytest.mark.parametrize(
    "typed", ["", "3340", FINGERPRINT[:-1], FINGERPRINT + "0", "x" * 36, "٣" * 36]
)
def test_what_is_no_fingerprint_is_told(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        read_fingerprint(typed)
    assert code_of(refused) == "fingerprint_mistyped"


@given(st.integers(0, 35), st.integers(1, 9))
def test_every_single_slip_of_a_digit_is_heard(at: int, by: int) -> None:
    digits = list(FINGERPRINT.replace(" ", ""))
    digits[at] = str((int(digits[at]) + by) % 10)
    with pytest.raises(UserError):
        read_fingerprint("".join(digits))


@given(st.integers(0, 34))
def test_every_exchange_of_two_neighbours_is_heard(at: int) -> None:
    digits = list(FINGERPRINT.replace(" ", ""))
    if digits[at] == digits[at + 1]:
        return
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    with pytest.raises(UserError):
        read_fingerprint("".join(digits))


@settings(max_examples=50)
@given(st.binary(min_size=32, max_size=32))
def test_every_key_has_nine_groups_that_read_back(raw: bytes) -> None:
    fingerprint = PublicKey(raw).fingerprint
    assert [len(group) for group in fingerprint.split(" ")] == [4] * 9
    assert read_fingerprint(fingerprint) == fingerprint


# ------------------------------------------------------------------ senders


def test_names_are_compared_as_people_read_them() -> None:
    known = (dataclasses.replace(s.KNOWN[0], name="SỞ  một"),)
    assert key_standing(known, s.SENDER, s.KEY.public) == (KeyStanding.KNOWN, known[0])
    assert key_standing(known, "Sở Mốt", s.OTHER_KEY.public) == (KeyStanding.UNKNOWN, None)
    assert key_standing(known, s.SENDER, s.OTHER_KEY.public) == (KeyStanding.CHANGED, known[0])
    assert key_standing(known, "Sở Mốt", s.KEY.public) == (KeyStanding.CHANGED, known[0])
    assert known[0].confirmed_on == dt.date(2026, 1, 15)


# ------------------------------------------------------------------ keeping


def test_a_key_is_kept_under_a_passphrase_and_comes_back() -> None:
    key = SigningKey.new()
    kept = key.locked("  bốn con trâu trắng".replace("ố", "o\u0302\u0301"))
    again = unlocked_key(kept, PASSPHRASE)
    assert again.public == key.public
    assert again.sign(b"x") == key.sign(b"x")
    with pytest.raises(UserError) as refused:
        unlocked_key(kept, "bốn con trâu đen")
    assert code_of(refused) == "passphrase_wrong"


def test_a_key_is_kept_in_a_form_that_other_programs_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "locked", lambda data, passphrase: data)
    key = serialization.load_pem_private_key(s.KEY.locked(PASSPHRASE), None)
    assert isinstance(key, Ed25519PrivateKey)
    assert key.private_bytes_raw() == bytes(range(32))


def test_two_new_keys_differ() -> None:
    assert SigningKey.new().public != SigningKey.new().public


@pytest.mark.parametrize("passphrase", ["", "ngắn", "123456789", "         a         "])
def test_a_short_passphrase_is_not_taken(passphrase: str) -> None:
    with pytest.raises(UserError) as refused:
        s.KEY.locked(passphrase)
    assert code_of(refused) == "passphrase_too_short"


@pytest.mark.parametrize("kept", [b"", b"hello", b"-----BEGIN PRIVATE KEY-----\n", b"PK\x03\x04"])
def test_what_is_no_key_file_is_told(kept: bytes) -> None:
    with pytest.raises(UserError) as refused:
        unlocked_key(kept, PASSPHRASE)
    assert code_of(refused) == "not_locked"


def test_a_key_of_another_kind_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    other = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    for pem in (other, b"hello"):
        monkeypatch.setattr(sealing, "unlocked", lambda kept, words, name, pem=pem: pem)
        with pytest.raises(UserError) as refused:
            unlocked_key(b"", PASSPHRASE)
        assert code_of(refused) == "key_unreadable"


# ------------------------------------------------------------------ sealing


def unsealed(data: bytes, key: SigningKey, name: str) -> bytes:
    target = io.BytesIO()
    unseal(io.BytesIO(data), target, key, name)
    return target.getvalue()


def test_what_is_sealed_for_two_keys_opens_with_each_and_with_no_other() -> None:
    sealed = sealed_for(s.good(), [s.KEY.public, s.OTHER_KEY.public])
    assert is_sealed(sealed)
    assert s.SENDER.encode() not in sealed
    for key in (s.KEY, s.OTHER_KEY):
        assert unsealed(sealed, key, s.NAME) == s.good()
    with pytest.raises(UserError) as refused:
        unsealed(sealed, SigningKey.new(), s.NAME)
    assert code_of(refused) == "package_not_for_us"


@pytest.mark.parametrize("cut", [0, 10, 100, -1])
def test_a_sealed_package_that_is_broken_is_told(cut: int) -> None:
    sealed = sealed_for(s.good(), [s.KEY.public])
    with pytest.raises(UserError):
        unsealed(sealed[:cut], s.KEY, s.NAME)
    spoilt = bytearray(sealed)
    spoilt[cut] ^= 1
    with pytest.raises(UserError):
        unsealed(bytes(spoilt), s.KEY, s.NAME)


@given(st.binary(max_size=200))
def test_any_bytes_are_unsealed_or_told(data: bytes) -> None:
    for sealed in (data, b"age-encryption.org/v1\n" + data):
        with pytest.raises(UserError):
            unsealed(sealed, s.KEY, s.NAME)
