"""Criteria tables in a package: canonical JSON under the digest, TOML that keeps the types.

The canonical form writes every number as a text, so the TOML is what is taken in; it must say the
same. TOML of strangers is bounded before it is parsed: parsers take long over endless keys.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from app.exchange.packages.faults import SEND_AGAIN, refusal
from app.exchange.packages.limits import MAX_PACK_TEXT_BYTES
from app.exchange.packages.payload import Tree
from app.ground.canonical import canonical
from app.ground.numbers import checked_decimal
from app.rules.document import MAX_DEPTH, parse_tree, too_deep

_MAX_BITS: Final = 128
"""More than ``checked_decimal`` lets pass; a longer number is not even put into digits."""

_BEFORE_VALUE: Final = re.compile(rb"^[^=\"'\n]*", re.MULTILINE)


def read_pack_text(text: bytes, place: str) -> Tree:
    """The tree of a pack's TOML; raises ``UserError`` where it is none or goes beyond bounds."""
    if len(text) > MAX_PACK_TEXT_BYTES:
        raise refusal(
            "package_bomb", place, "Bảng tiêu chí trong gói lớn quá mức cho phép.", SEND_AGAIN
        )
    keys = _BEFORE_VALUE.findall(text)
    tree: Tree = {}
    deep = any(key.count(b".") > MAX_DEPTH for key in keys)
    if not deep:
        tree = parse_tree(text, place)
        deep = too_deep(tree)
    if deep:
        raise refusal(
            "package_json_deep", place, "Bảng tiêu chí lồng nhau quá nhiều tầng.", SEND_AGAIN
        )
    return tree


def pack_bytes(tree: Tree) -> bytes:
    """The canonical bytes of a pack, whose SHA-256 is its digest.

    Raises ``ValueError``, ``TypeError`` or ``ArithmeticError`` on values that no pack has.
    """
    _check_values(tree)
    return canonical(tree)


def _check_values(node: Any) -> None:
    """Refuses what the canonical form would hide or never end to write.

    These are numbers without end or of endless length, and letters in parts.
    """
    if isinstance(node, Mapping):
        for key, value in node.items():
            _check_values(key)
            _check_values(value)
    elif isinstance(node, list | tuple):
        for value in node:
            _check_values(value)
    elif isinstance(node, str):
        if not unicodedata.is_normalized("NFC", node):
            raise ValueError("a text of a pack is not composed")
    elif isinstance(node, int) and node.bit_length() > _MAX_BITS:
        raise ValueError("a number of a pack is too long")
    elif isinstance(node, int | Decimal) and not isinstance(node, bool):
        checked_decimal(node)
