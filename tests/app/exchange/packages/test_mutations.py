"""Whatever a package is turned into, reading it ends in a status, and no change passes for signed.

More: ``BANGVANG_DOSE=20`` multiplies the examples.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.packages import package_bytes, paths
from app.exchange.packages.limits import MAX_MARKS
from tests.app.exchange.packages import samples as s

DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))
GOOD = s.good()
CONTENT = s.unpacked(GOOD)
DOCUMENT = "data/documents/registrations.json"
OTHER = package_bytes(s.contents(), s.OTHER_KEY)


def harmless(data: bytes) -> None:
    """Reading ends in a status; what passes for signed has the content that was signed."""
    status = s.read(data)
    assert status.problems or status.admissible
    if not status.admissible:
        return
    assert s.unpacked(data) == CONTENT, "a change of the content passed for signed"
    assert status.contents is not None
    assert package_bytes(status.contents, s.KEY) == GOOD


@settings(max_examples=150 * DOSE)
@given(st.binary(max_size=400))
def test_random_bytes_are_told_and_not_taken(data: bytes) -> None:
    assert not s.read(data).intact
    assert not s.read(b"PK\x03\x04" + data).intact
    assert not s.read(GOOD + data + b"!").intact


@settings(max_examples=300 * DOSE)
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=4)
)
def test_changed_bytes_are_told_or_change_nothing(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for at, byte in changes:
        data[at] = byte
    harmless(bytes(data))


@settings(max_examples=30 * DOSE)
@given(st.data())
def test_cut_doubled_and_swapped_pieces_are_told(data: st.DataObject) -> None:
    place = st.integers(0, len(GOOD))
    first, last = sorted((data.draw(place), data.draw(place)))
    piece = GOOD[first:last]
    for changed in (
        GOOD[:first] + GOOD[last:],
        GOOD[:last] + piece + GOOD[last:],
        GOOD[:first] + piece[::-1] + GOOD[last:],
        GOOD[:first] + bytes(len(piece)) + GOOD[last:],
        GOOD[:first] + OTHER[first:last] + GOOD[last:],
    ):
        harmless(changed)


@settings(max_examples=150 * DOSE)
@given(st.sampled_from(sorted(CONTENT)), st.data())
def test_changed_texts_in_a_well_made_archive_are_never_signed(
    path: str, data: st.DataObject
) -> None:
    text = CONTENT[path]
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, min(len(text), first + 8)))
    changed = text[:first] + data.draw(st.binary(max_size=6)) + text[last:]
    package = s.packed({**CONTENT, path: changed})
    if changed == text:
        assert package == GOOD
        return
    assert not s.read(package).intact


@settings(max_examples=100 * DOSE)
@given(st.sampled_from([p for p in sorted(CONTENT) if p.startswith("data/")]), st.data())
def test_what_a_known_sender_signs_wrongly_never_crashes_the_reader(
    path: str, data: st.DataObject
) -> None:
    """The bag is made anew and signed, so that every reader behind it is reached."""
    text = CONTENT[path]
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, min(len(text), first + 8)))
    changed = text[:first] + data.draw(st.binary(max_size=6)) + text[last:]
    package = s.packed(s.manifested({**CONTENT, path: changed}))
    status = s.read(package)
    if status.admissible:
        assert status.contents is not None
        again = s.unpacked(package_bytes(status.contents, s.KEY))
        differ = {p for p, text in s.unpacked(package).items() if again[p] != text}
        toml = {"data/packs/1.toml", paths.BAG_INFO}
        assert differ <= {*toml, paths.MANIFEST, paths.TAG_MANIFEST, paths.SIGNATURE}
        assert not differ or path == "data/packs/1.toml"


ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    2**53 - 1,
    "",
    "x",
    "1.5",
    "=1",
    [],
    {},
    [1],
    {"a": 1},
    "a" * 5000,
]


def test_odd_values_that_a_known_sender_signs_never_crash_the_reader() -> None:
    """The JSON stays in its form, so that the models and tables behind it are reached."""
    chance = random.Random(20261221)
    texts = [path for path in sorted(CONTENT) if path.endswith(".json") and "packs" not in path]
    for _ in range(120 * DOSE):
        path = chance.choice(texts)
        tree = json.loads(CONTENT[path])
        node, key = chance.choice(list(_places(tree)))
        if chance.randrange(3):
            node[key] = chance.choice(ODD)
        else:
            del node[key]
        package = s.with_tree(path, tree)
        status = s.read(package)
        assert status.problems or status.admissible
        if status.contents is not None:
            assert package_bytes(status.contents, s.KEY) == package


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every value of a tree, as the table or list that it stands in and its key."""
    keys = list(tree) if isinstance(tree, dict) else range(len(tree))
    for key in keys:
        yield tree, key
        if isinstance(tree[key], dict | list):
            yield from _places(tree[key])


def test_five_thousand_changed_packages_are_refused_or_harmless() -> None:
    """A part of the five thousand in every run; all of them with ``BANGVANG_DOSE=20``."""
    chance = random.Random(20261220)
    for _ in range(250 * DOSE):
        data = bytearray(GOOD)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(data))
            match chance.randrange(4):
                case 0:
                    data[at] ^= 1 << chance.randrange(8)
                case 1:
                    del data[at : at + chance.randint(1, 40)]
                case 2:
                    data[at:at] = chance.randbytes(chance.randint(1, 40))
                case _:
                    data[at : at + 4] = chance.choice(
                        [b"\xff\xff\xff\xff", b"\0\0\0\0", b"PK\x05\x06", b"PK\x01\x02"]
                    )
        harmless(bytes(data))


def hostile(items: int) -> bytes:
    """A text of brackets, commas and tables without sense: three marks an item."""
    chance = random.Random(7)
    listed = ",".join(
        chance.choice(["[[[]]]", '{"a":[]}', "[{}]", f"[{chance.randint(0, 99)}]"])
        for _ in range(items)
    )
    return f'{{"a":[{listed}],"schema":"some/1"}}'.encode()


def test_reading_half_of_the_largest_text_is_quick() -> None:
    text = hostile(120_000)
    marks = sum(text.count(mark) for mark in (b"[", b"{", b",", b":"))
    assert 0.9 * MAX_MARKS < 2 * marks < MAX_MARKS
    package = s.with_text(DOCUMENT, text)
    best = min(_seconds(package) for _ in range(3))
    assert best < 1  # a third of a second on a quiet machine; others run beside this test


def _seconds(package: bytes) -> float:
    begun = time.process_time()
    assert s.read(package).intact
    return time.process_time() - begun
