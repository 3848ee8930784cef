"""Findings gather without repetition; canonical data has one digest for equal content."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.ground.canonical import canonical, digest
from app.ground.findings import Findings, UserError


def test_findings_gather_in_order_and_once() -> None:
    findings = Findings()
    findings.error("over_max", "u1", "Quá điểm.", "Sửa.")
    findings.warning("uncited", "I.1", "Chưa dẫn.")
    findings.error("over_max", "u1", "Quá điểm.", "Sửa.")
    assert [f.code for f in findings] == ["over_max", "uncited"]
    assert [f.code for f in findings.errors] == ["over_max"]


def test_an_error_for_the_user_says_where_and_what() -> None:
    findings = Findings()
    findings.error("over_max", "u1", "Quá điểm.")
    assert str(UserError(findings)) == "u1: Quá điểm."


def test_equal_content_has_equal_bytes() -> None:
    one = {"b": Decimal("10.0"), "a": [Fraction(1, 3), dt.date(2026, 1, 2), True, None]}
    other = {"a": (Fraction(2, 6), dt.date(2026, 1, 2), True, None), "b": 10}
    assert canonical(one) == b'{"a":["1/3","2026-01-02",true,null],"b":"10"}'
    assert digest(one) == digest(other)


def test_text_is_composed_before_it_is_digested() -> None:
    assert digest("Hóa") == digest("Ho\u0301a")


def test_a_float_has_no_canonical_form() -> None:
    with pytest.raises(TypeError):
        canonical({"a": 0.5})


_TREES = st.recursive(
    st.none() | st.booleans() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(_TREES)
def test_canonical_bytes_are_those_of_rfc_8785(tree: object) -> None:
    assert canonical(tree) == rfc8785.dumps(composed_tree(tree))


def composed_tree(tree: object) -> Any:
    """The tree with every text in composed form, as canonical data has it."""
    if isinstance(tree, str):
        return unicodedata.normalize("NFC", tree)
    if isinstance(tree, dict):
        return {composed_tree(k): composed_tree(v) for k, v in tree.items()}
    return [composed_tree(v) for v in tree] if isinstance(tree, list) else tree
