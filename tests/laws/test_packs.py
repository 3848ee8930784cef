"""Laws of reading packs: whatever a file holds, it is a pack or a list of faults."""

from __future__ import annotations

import copy
import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.ground.findings import Findings, UserError
from app.rules.checks import check_pack, unusable
from app.rules.document import Tree, dump_tree, parse_tree, read_method, read_pack
from tests.laws.worlds import DOSE, WORDS, Dice, methods, seeds, tree

GARBAGE: list[Any] = [
    None, True, False, 0, -1, 10**40, Decimal("0.5"), Decimal("NaN"), Decimal("1e999"), "", "x",
    "1.250", "open", "open:A10", "none", "I", "I.1", "co", "Tốt", "dòng\nmới", "\0", "ſ" * 5000,
    dt.date(2026, 1, 1), dt.datetime(2026, 1, 1, 5, tzinfo=dt.UTC), dt.time(5), [], {}, [[]], [{}],
    {"parameter": "A10"}, {"parameter": 5}, {"kind": "fixed", "count": 10**30}, {"always": True},
    {"not": {"always": True}}, {"kind": "direct"}, {"ge": 5, "le": 1}, ["I", "I"],
]  # fmt: skip


def spoilt(whole: Tree, dice: Dice) -> Tree:
    """The tree with a few values replaced, dropped, doubled or put under another key."""
    found = copy.deepcopy(whole)
    for _ in range(dice.randint(1, 4)):
        node: Any = found
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                break
            key = dice.one(keys)
            if isinstance(node[key], dict | list) and node[key] and not dice.chance(4):
                node = node[key]
                continue
            act = dice.randrange(4)
            if act == 0:
                del node[key]
            elif act == 1 and isinstance(node, list):
                node.append(copy.deepcopy(node[key]))
            elif act == 1:
                node[dice.one(["when", "max", "id", "code", "kind", "xyz", ""])] = node[key]
            else:
                node[key] = copy.deepcopy(dice.one(GARBAGE))
            break
    return found


def told(findings: Findings) -> None:
    for finding in findings:
        assert finding.place
        assert not finding.message.isascii()
    for finding in findings.errors:
        assert finding.remedy


@settings(max_examples=150 * DOSE, suppress_health_check=[HealthCheck.too_slow])
@given(seeds)
def test_a_spoilt_pack_is_read_or_refused_and_may_be_checked(seed: int) -> None:
    dice = Dice(seed)
    broken = spoilt(tree(dice), dice)
    loaded, findings = read_pack(broken, "x", {"A10": dice.one(GARBAGE)})
    told(findings)
    assert (loaded is None) is bool(findings.errors)
    if loaded is not None:
        told(Findings(unusable(loaded)))
        told(Findings(check_pack(loaded, dt.date(2026, 6, 1)).findings))


@settings(max_examples=200 * DOSE)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_a_tree_or_a_fault(data: bytes) -> None:
    try:
        read_pack(parse_tree(data, "x"), "x")
    except UserError as fault:
        told(Findings(fault.findings))


@settings(max_examples=150 * DOSE)
@given(seeds)
def test_a_registered_method_is_read_or_refused(seed: int) -> None:
    dice = Dice(seed)
    table = spoilt(methods(dice), dice)
    method, findings = read_method(table, "I.1.a")
    told(findings)
    assert (method is None) is bool(findings.errors)


@settings(max_examples=40 * DOSE)
@given(seeds)
def test_a_tree_survives_its_text(seed: int) -> None:
    whole = tree(Dice(seed))
    assert parse_tree(dump_tree(whole).encode(), "x") == whole
    assert whole["scales"][0]["levels"] == WORDS
