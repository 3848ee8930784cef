"""Packages that go as far as the limits let them, each in one way."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from typing import Any

from app.exchange.packages import Kind, limits, package_bytes, paths
from app.exchange.result import result_digest
from tests.app.exchange.packages import samples as s

Make = Callable[[], bytes]
ROOM = 12_000
"""Marks and bytes of what the good package holds beside."""

DOCUMENT = "data/documents/registrations.json"


def _mixed(length: int, letters: str = "abcdefghijklmnopqrstuvwxyz0123456789") -> str:
    """Letters in no order that would pack well."""
    block = "".join(random.Random(3).choices(letters, k=100_000))
    return (block * (length // 100_000 + 1))[:length]


def _document(inner: str) -> bytes:
    return s.with_text(DOCUMENT, f'{{"a":{inner},"schema":"some/1"}}'.encode())


def _several(texts: Iterable[bytes]) -> bytes:
    more = {f"data/documents/d{n:04d}.json": text for n, text in enumerate(texts)}
    return s.packed(s.manifested({**s.unpacked(s.good()), **more}))


def _spread(count: int) -> list[str]:
    """So many ids, each another one."""
    return [f"{n * 7919 % 1_000_003:x}" for n in range(count)]


def _facts(**rows: list[dict[str, Any]]) -> bytes:
    tree = json.loads(s.unpacked(s.good())[paths.FACTS])
    return s.with_text(paths.FACTS, s.canonical_json({**tree, **rows}))


def _figures(cells: Callable[[dict[str, Any]], list[dict[str, Any]]]) -> bytes:
    files = s.unpacked(package_bytes(s.contents(Kind.FIGURES_SUPPLY), s.KEY))
    tree = json.loads(files[paths.FIGURES])
    text = s.canonical_json({**tree, "cells": cells(tree["cells"][0])})
    return s.packed(s.manifested({**files, paths.FIGURES: text}))


def _long_text(letter: str, length: int) -> bytes:
    text = f'"{letter}{_mixed(length - 200 - len(letter.encode()))}"'
    return f'{{"a":{text},"schema":"some/1"}}'.encode()


def keys_of_one_table() -> bytes:
    count = (limits.MAX_MARKS - ROOM) // 2
    return _document("{" + ",".join(f'"{n:07x}":"{n:x}"' for n in range(count)) + "}")


def small_tables() -> bytes:
    count = (limits.MAX_MARKS - ROOM) // 3
    return _document("[" + ",".join(f'{{"{n:06x}":0}}' for n in range(count)) + "]")


def numbers() -> bytes:
    count = limits.MAX_MARKS - ROOM
    return _document("[" + ",".join(str(1000 + n) for n in range(count)) + "]")


def units_of_the_facts() -> bytes:
    return _facts(units=[{"id": one} for one in _spread((limits.MAX_ROW_MARKS - ROOM) // 3)])


def entries_of_the_facts() -> bytes:
    ids = _spread((limits.MAX_ROW_MARKS - ROOM) // 8)
    return _facts(entries=[{"criterion": one, "round": "self", "unit": one} for one in ids])


def figures_of_one_entry() -> bytes:
    figures = dict.fromkeys(_spread((limits.MAX_ROW_MARKS - ROOM) // 2), 1)
    return _facts(entries=[{"criterion": "a", "figures": figures, "unit": "b"}])


def cells_of_the_result() -> bytes:
    tree = json.loads(s.unpacked(s.good())[paths.RESULT])
    cell = {"exact": "1", "max": "1", "points": "1", "state": "x"}
    unit = next(iter(tree["units"].values()))
    unit["criteria"] = dict.fromkeys(_spread((limits.MAX_ROW_MARKS - ROOM) // 10), cell)
    tree["digest"] = result_digest(tree)
    return s.with_text(paths.RESULT, s.canonical_json(tree))


def cells_of_a_supply() -> bytes:
    ids = _spread((limits.MAX_ROW_MARKS - ROOM) // 23)
    return _figures(lambda cell: [{**cell, "unit": one} for one in ids])


def long_cells_of_a_supply() -> bytes:
    ids = _spread(limits.MAX_TEXT_BYTES // 7_000)
    words = _mixed(1_300, "ờấựệôấăbcđ")
    return _figures(
        lambda cell: [{**cell, "unit": one, "note": words[n % 900 :]} for n, one in enumerate(ids)]
    )


def rows_of_the_journal() -> bytes:
    files = s.unpacked(package_bytes(s.contents(Kind.HANDOVER), s.KEY))
    rows = [
        {
            "after": f'{{"points":"n:{one}","reason":"","state":"scored"}}',
            "before": None,
            "key": f'["2026","u{n % 40}","I.{n % 170}","self",""]',
            "operation": n // 4,
            "tbl": "entries",
        }
        for n, one in enumerate(_spread((limits.MAX_MARKS - ROOM) // 11))
    ]
    tree = {"changes": rows, "operations": [], "schema": "bangvang-journal/1", "structure": 3}
    text = s.canonical_json(tree)
    return s.packed(s.manifested({**files, "data/documents/journal.json": text}))


def the_longest_text() -> bytes:
    return s.with_text(DOCUMENT, _long_text("a", limits.MAX_TEXT_BYTES))


def the_longest_vietnamese_text() -> bytes:
    return s.with_text(DOCUMENT, _long_text("ệ", limits.MAX_TEXT_BYTES))


def two_long_texts() -> bytes:
    return _several([_long_text("ệ", limits.MAX_TEXTS_BYTES // 2 - 300_000)] * 2)


def long_texts_of_wide_letters() -> bytes:
    count = limits.MAX_TEXTS_BYTES // limits.MAX_WIDE_TEXT_BYTES - 1
    return _several([_long_text("😀", limits.MAX_WIDE_TEXT_BYTES)] * count)


def a_long_text_with_one_wide_letter() -> bytes:
    return s.with_text(DOCUMENT, _long_text("😀", limits.MAX_TEXT_BYTES))


def a_long_text_with_an_escaped_wide_letter() -> bytes:
    return s.with_text(DOCUMENT, _long_text("\\ud83d\\ude00", limits.MAX_TEXT_BYTES))


def a_million_letters_that_pack_into_nothing() -> bytes:
    text = b'{"a":"' + b"x" * (limits.RATIO_FROM - 40) + b'","schema":"some/1"}'
    return _several([text] * (limits.MAX_TEXTS_BYTES // limits.RATIO_FROM - 1))


def texts_packed_as_tightly_as_may_be() -> bytes:
    """Letters with a little disorder, so that each megabyte packs into a little over 4 KB."""
    chance = random.Random(5)
    piece = "".join(chance.choice("abcdefgh") + "x" * 700 for _ in range(20_000))
    return s.with_text(
        DOCUMENT, _long_text("a", 100)[:-20] + f'{piece}","schema":"some/1"}}'.encode()
    )


def the_most_files() -> bytes:
    count = limits.MAX_MEMBERS - len(s.unpacked(s.good()))
    return _several(s.canonical_json({"n": n, "schema": "some/1"}) for n in range(count))


def a_manifest_without_end() -> bytes:
    files = s.manifested(s.unpacked(s.good()))
    line = b"0" * 64 + b"  data/"
    count = limits.MAX_TEXT_BYTES // 80
    return s.packed({**files, paths.MANIFEST: b"".join(line + b"%07x\n" % n for n in range(count))})


def _packs(more: str, *, first: bool, limit: int = limits.MAX_PACK_TEXT_BYTES) -> bytes:
    path = "data/packs/1.toml"
    text = s.unpacked(s.good())[path]
    part = more.encode()[: limit - len(text) - 100]
    return s.with_text(path, part[: part.rindex(b"\n") + 1] + text if first else text + part)


def keys_of_a_criteria_table() -> bytes:
    return _packs("\n[x]\n" + "".join(f"k{n:05d}={n}\n" for n in range(80_000)), first=False)


def tables_of_a_criteria_table() -> bytes:
    return _packs("\n" + "[[x]]\n" * 200_000, first=False)


def lists_of_a_criteria_table() -> bytes:
    lists = "x=[" + "[]," * 300_000
    return _packs(f"{lists}]\n", first=True, limit=1_000_000_000)


REFUSED: dict[str, tuple[str, Make]] = {
    "units of the facts": ("package_malformed", units_of_the_facts),
    "entries of the facts": ("package_derived_differs", entries_of_the_facts),
    "figures of one entry": ("package_malformed", figures_of_one_entry),
    "cells of the result": ("package_head_differs", cells_of_the_result),
    "cells of a supply": ("package_derived_differs", cells_of_a_supply),
    "long cells of a supply": ("package_derived_differs", long_cells_of_a_supply),
    "a long text with one wide letter": ("package_bomb", a_long_text_with_one_wide_letter),
    "a long text with an escaped wide letter": (
        "package_bomb",
        a_long_text_with_an_escaped_wide_letter,
    ),
    "a manifest without end": ("package_bomb", a_manifest_without_end),
    "keys of a criteria table": ("package_head_differs", keys_of_a_criteria_table),
    "tables of a criteria table": ("pack_not_toml", tables_of_a_criteria_table),
    "lists of a criteria table": ("package_head_differs", lists_of_a_criteria_table),
}
"""What is refused: the code of the finding, and what makes it."""

ALLOWED: dict[str, Make] = {
    "keys of one table": keys_of_one_table,
    "small tables": small_tables,
    "numbers": numbers,
    "rows of the journal": rows_of_the_journal,
    "the longest text": the_longest_text,
    "the longest Vietnamese text": the_longest_vietnamese_text,
    "two long texts": two_long_texts,
    "long texts of wide letters": long_texts_of_wide_letters,
    "a million letters that pack into nothing": a_million_letters_that_pack_into_nothing,
    "texts packed as tightly as may be": texts_packed_as_tightly_as_may_be,
    "the most files": the_most_files,
}
"""What a known sender may sign within the limits: not refused, and as cheap."""
