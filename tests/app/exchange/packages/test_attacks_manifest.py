"""Attacks on the manifests and the signature: nothing may be added, taken, swapped or replayed."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable

import pytest

from app.exchange.packages import Kind, SignatureState, package_bytes, paths
from app.exchange.packages.keys import PublicKey
from tests.app.exchange.packages import samples as s
from tests.app.exchange.packages.attack import Attack, refused

FORM, MISSING, EXTRA = "package_manifest_form", "package_file_missing", "package_file_extra"
DIFFERS, TAG = "package_hash_differs", "package_tag_form"
BAD, BAD_FORM = "package_signature_bad", "package_signature_form"
DOCUMENT = "data/documents/registrations.json"
ORDER = 2**252 + 27742317777372353535851937790883648493


def without(path: str) -> bytes:
    return s.packed({p: d for p, d in s.unpacked(s.good()).items() if p != path})


def with_file(path: str, data: bytes) -> bytes:
    """One file put in or changed, nothing around it."""
    return s.packed({**s.unpacked(s.good()), path: data})


def with_manifest(change: Callable[[bytes], bytes]) -> bytes:
    """Another payload manifest, vouched for by the tag manifest and signed."""
    files = s.unpacked(s.good())
    files[paths.MANIFEST] = change(files[paths.MANIFEST])
    files[paths.TAG_MANIFEST] = s.manifest({path: files[path] for path in paths.TAGGED})
    files[paths.SIGNATURE] = s.signature(s.KEY, files[paths.TAG_MANIFEST])
    return s.packed(files)


def with_tag_manifest(change: Callable[[bytes], bytes]) -> bytes:
    """Another tag manifest, signed."""
    files = s.unpacked(s.good())
    files[paths.TAG_MANIFEST] = change(files[paths.TAG_MANIFEST])
    files[paths.SIGNATURE] = s.signature(s.KEY, files[paths.TAG_MANIFEST])
    return s.packed(files)


def with_tag(path: str, data: bytes) -> bytes:
    """Another tag file, listed and signed."""
    files = {**s.unpacked(s.good()), path: data}
    files[paths.TAG_MANIFEST] = s.manifest({path: files[path] for path in paths.TAGGED})
    files[paths.SIGNATURE] = s.signature(s.KEY, files[paths.TAG_MANIFEST])
    return s.packed(files)


def with_signature(change: Callable[[bytes], bytes]) -> bytes:
    files = s.unpacked(s.good())
    return s.packed({**files, paths.SIGNATURE: change(files[paths.SIGNATURE])})


def tag_file(path: str) -> bytes:
    return s.unpacked(s.good())[path]


def other(kind: Kind = Kind.SELF_SCORE) -> dict[str, bytes]:
    return s.unpacked(package_bytes(s.contents(kind), s.KEY))


def line(lines: bytes, number: int) -> bytes:
    return lines.splitlines(keepends=True)[number]


def larger_s(signature: bytes) -> bytes:
    """The other number that solves the same equation (RFC 8032 forbids it)."""
    head, _, value = signature.decode().strip().rpartition(" ")
    point, scalar = value[:64], int.from_bytes(bytes.fromhex(value[64:]), "little")
    return f"{head} {point}{(scalar + ORDER).to_bytes(32, 'little').hex()}\n".encode()


def weak() -> bytes:
    """A key of small order: this signature fits every text."""
    point = "01" + "00" * 31
    return (
        "Signature-Algorithm: Ed25519\nSigned-File: tagmanifest-sha256.txt\n"
        f"Public-Key: {point}\nSignature: {point}{'00' * 32}\n"
    ).encode()


def of(data: bytes) -> bytes:
    """A true signature of the right key over other bytes."""
    return with_file(paths.SIGNATURE, s.signature(s.KEY, data))


def replayed_under_another_kind() -> bytes:
    """A signed self-score whose head is turned into a final result."""
    files = other()
    files[paths.HEAD] = files[paths.HEAD].replace(b'"self_score"', b'"final_result"')
    return s.packed(s.manifested(files, key=None) | {paths.SIGNATURE: files[paths.SIGNATURE]})


def md5_lines(files: dict[str, bytes]) -> bytes:
    payload = sorted(path for path in files if path.startswith("data/"))
    return "".join(
        f"{hashlib.md5(files[path], usedforsecurity=False).hexdigest()}  {path}\n"
        for path in payload
    ).encode()


def sha512_lines(lines: bytes) -> bytes:
    del lines
    files = s.unpacked(s.good())
    payload = sorted(path for path in files if path.startswith("data/"))
    return "".join(
        f"{hashlib.sha512(files[path]).hexdigest()}  {path}\n" for path in payload
    ).encode()


ATTACKS: dict[str, Attack] = {
    # manifests
    "no manifest": (MISSING, lambda: without(paths.MANIFEST)),
    "no tag manifest": (MISSING, lambda: without(paths.TAG_MANIFEST)),
    "no declaration of the bag": (MISSING, lambda: without(paths.BAGIT)),
    "no description of the bag": (MISSING, lambda: without(paths.BAG_INFO)),
    "no head": (MISSING, lambda: without(paths.HEAD)),
    "a listed file is gone": (MISSING, lambda: without(DOCUMENT)),
    "a kept file is gone": (MISSING, lambda: without("data/files/bang-xep-hang.pdf")),
    "a file that is not listed": (
        EXTRA,
        lambda: with_file("data/documents/more.json", b'{"schema":"x"}'),
    ),
    "a file outside the payload": (EXTRA, lambda: with_file("evil.txt", b"x")),
    "a list of files to fetch": (
        EXTRA,
        lambda: with_file("fetch.txt", b"http://example.vn/a 1 data/a.json\n"),
    ),
    "a second manifest of another algorithm": (
        EXTRA,
        lambda: with_file("manifest-md5.txt", md5_lines(s.unpacked(s.good()))),
    ),
    "a changed text": (DIFFERS, lambda: with_file(DOCUMENT, b'{"schema":"evil/1"}')),
    "changed facts": (
        DIFFERS,
        lambda: with_file(paths.FACTS, tag_file(paths.FACTS).replace(b'"7.5"', b'"9.5"')),
    ),
    "a changed file for people": (
        DIFFERS,
        lambda: with_file("data/files/bang-xep-hang.pdf", b"%PDF-1.7 for PEOPLE"),
    ),
    "a changed manifest": (
        DIFFERS,
        lambda: with_file(paths.MANIFEST, tag_file(paths.MANIFEST) + b"\n"),
    ),
    "a changed description": (
        DIFFERS,
        lambda: with_file(paths.BAG_INFO, tag_file(paths.BAG_INFO) + b"Contact-Name: x\n"),
    ),
    "digests of another algorithm": (FORM, lambda: with_manifest(sha512_lines)),
    "digests in capital letters": (
        FORM,
        lambda: with_manifest(lambda m: m[:64].upper() + m[64:]),
    ),
    "a digest cut short": (FORM, lambda: with_manifest(lambda m: m[1:])),
    "a line twice": (FORM, lambda: with_manifest(lambda m: m + line(m, -1))),
    "two digests for one file": (
        FORM,
        lambda: with_manifest(lambda m: b"0" * 64 + m[64:].splitlines(keepends=True)[0] + m),
    ),
    "lines out of order": (
        FORM,
        lambda: with_manifest(lambda m: b"".join(reversed(m.splitlines(keepends=True)))),
    ),
    "a line that climbs out": (
        MISSING,
        lambda: with_manifest(lambda m: m + b"0" * 64 + b"  data/../../etc/passwd\n"),
    ),
    "a line without an end": (FORM, lambda: with_manifest(lambda m: m[:-1])),
    "an empty line": (FORM, lambda: with_manifest(lambda m: m + b"\n")),
    "an empty manifest": (EXTRA, lambda: with_manifest(lambda m: b"")),
    "a byte order mark": (FORM, lambda: with_manifest(lambda m: codecs.BOM_UTF8 + m)),
    "line ends of Windows": (FORM, lambda: with_manifest(lambda m: m.replace(b"\n", b"\r\n"))),
    "line ends of old": (FORM, lambda: with_manifest(lambda m: m.replace(b"\n", b"\r"))),
    "other line separators": (
        FORM,
        lambda: with_manifest(lambda m: m.replace(b"\n", b"\x0b", 1)),
    ),
    "UTF-16": (FORM, lambda: with_manifest(lambda m: m.decode().encode("utf-16"))),
    "a zero byte": (FORM, lambda: with_manifest(lambda m: m.replace(b"\n", b"\0\n", 1))),
    "one space": (FORM, lambda: with_manifest(lambda m: m.replace(b"  ", b" ", 1))),
    "a tab": (FORM, lambda: with_manifest(lambda m: m.replace(b"  ", b"\t", 1))),
    "the star of binary mode": (FORM, lambda: with_manifest(lambda m: m.replace(b"  ", b" *", 1))),
    "a name in percent signs": (
        MISSING,
        lambda: with_manifest(lambda m: m.replace(b"data/package", b"data%2Fpackage")),
    ),
    "a tag file among the payload": (
        MISSING,
        lambda: with_manifest(lambda m: m + line(tag_file(paths.TAG_MANIFEST), 0)),
    ),
    "a tag manifest that leaves out the manifest": (
        EXTRA,
        lambda: with_tag_manifest(lambda m: b"".join(m.splitlines(keepends=True)[:2])),
    ),
    "a tag manifest that lists the payload": (
        MISSING,
        lambda: with_tag_manifest(lambda m: m + line(tag_file(paths.MANIFEST), 0)),
    ),
    "another version of the bag": (
        TAG,
        lambda: with_tag(paths.BAGIT, tag_file(paths.BAGIT).replace(b"1.0", b"0.97")),
    ),
    "another alphabet of the tag files": (
        TAG,
        lambda: with_tag(paths.BAGIT, tag_file(paths.BAGIT).replace(b"UTF-8", b"UTF-16")),
    ),
    "a description that counts otherwise": (
        TAG,
        lambda: with_tag(paths.BAG_INFO, tag_file(paths.BAG_INFO).replace(b"Oxum: ", b"Oxum: 9")),
    ),
    "a description of another sender": (
        TAG,
        lambda: with_tag(paths.BAG_INFO, tag_file(paths.BAG_INFO).replace("Một".encode(), b"Hai")),
    ),
    # signature
    "an empty signature": (BAD_FORM, lambda: with_signature(lambda g: b"")),
    "a signature cut short": (BAD_FORM, lambda: with_signature(lambda g: g[:-3] + b"\n")),
    "a signature too long": (BAD_FORM, lambda: with_signature(lambda g: g[:-1] + b"00\n")),
    "a signature in capital letters": (BAD_FORM, lambda: with_signature(bytes.upper)),
    "line ends of Windows in the signature": (
        BAD_FORM,
        lambda: with_signature(lambda g: g.replace(b"\n", b"\r\n")),
    ),
    "two signatures": (BAD_FORM, lambda: with_signature(lambda g: g + g)),
    "a signature of another algorithm": (
        BAD_FORM,
        lambda: with_signature(lambda g: g.replace(b"Ed25519", b"none")),
    ),
    "a signature over another file": (
        BAD_FORM,
        lambda: with_signature(lambda g: g.replace(b"tagmanifest", b"manifest")),
    ),
    "a changed bit": (
        BAD,
        lambda: with_signature(lambda g: g[:-2] + (b"0" if g[-2:-1] != b"0" else b"1") + b"\n"),
    ),
    "another key than the one that signed": (
        BAD,
        lambda: with_signature(
            lambda g: g.replace(
                s.KEY.public.raw.hex().encode(), s.OTHER_KEY.public.raw.hex().encode()
            )
        ),
    ),
    "the right key over what another signed": (
        BAD,
        lambda: with_signature(
            lambda g: s.signature(s.OTHER_KEY, tag_file(paths.TAG_MANIFEST)).replace(
                s.OTHER_KEY.public.raw.hex().encode(), s.KEY.public.raw.hex().encode()
            )
        ),
    ),
    "a signature over the payload manifest": (BAD, lambda: of(tag_file(paths.MANIFEST))),
    "a signature over the head": (BAD, lambda: of(tag_file(paths.HEAD))),
    "a signature over the digest": (
        BAD,
        lambda: of(hashlib.sha256(tag_file(paths.TAG_MANIFEST)).digest()),
    ),
    "a signature over nothing": (BAD, lambda: of(b"")),
    "the signature of another package": (
        BAD,
        lambda: with_file(paths.SIGNATURE, other()[paths.SIGNATURE]),
    ),
    "the tag manifest of another package": (
        DIFFERS,
        lambda: s.packed(
            {
                **s.unpacked(s.good()),
                paths.TAG_MANIFEST: other()[paths.TAG_MANIFEST],
                paths.SIGNATURE: other()[paths.SIGNATURE],
            }
        ),
    ),
    "a signature replayed under another kind": (BAD, replayed_under_another_kind),
    "a signature of zeros": (BAD, lambda: with_signature(lambda g: g[:-129] + b"0" * 128 + b"\n")),
    "the second form of a signature": (BAD, lambda: with_signature(larger_s)),
    "a key under which everything is signed": (BAD, lambda: with_file(paths.SIGNATURE, weak())),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_the_bag_is_refused_for(name: str) -> None:
    refused(ATTACKS[name])


def test_a_bag_with_its_signature_taken_away_is_not_admitted() -> None:
    status = s.read(without(paths.SIGNATURE))
    assert (status.intact, status.signature, status.admissible) == (
        True,
        SignatureState.NONE,
        False,
    )


def test_the_library_alone_would_take_the_key_under_which_everything_is_signed() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    point = b"\x01" + bytes(31)
    Ed25519PublicKey.from_public_bytes(point).verify(point + bytes(32), b"any text")
    assert PublicKey(point).is_weak


P = 2**255 - 19
D = -121665 * pow(121666, P - 2, P) % P


def _double(x: int, y: int) -> tuple[int, int]:
    product = D * x * x * y * y % P
    return (
        2 * x * y * pow(1 + product, P - 2, P) % P,
        (y * y + x * x) * pow(1 - product, P - 2, P) % P,
    )


def _x_of(y: int) -> int | None:
    """An x with -x² + y² = 1 + d·x²·y² (RFC 8032, 5.1.3)."""
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    root = pow(square, (P + 3) // 8, P)
    if (root * root - square) % P:
        root = root * pow(2, (P - 1) // 4, P) % P
    return root if (root * root - square) % P == 0 else None


def test_the_weak_keys_are_the_points_of_small_order_and_no_others() -> None:
    from app.exchange.packages.keys import _WEAK

    for raw in _WEAK:
        y = int.from_bytes(raw, "little") % P
        x = _x_of(y)
        assert x is not None
        point = (x, y)
        for _ in range(3):
            point = _double(*point)
        assert point == (0, 1)
    assert len({int.from_bytes(raw, "little") % P for raw in _WEAK}) == 5
    assert not s.KEY.public.is_weak
