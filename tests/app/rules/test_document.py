"""Reading packs: TOML with exact numbers, parameters, faults of shape gathered with their places."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from app.ground.findings import UserError
from app.rules.document import (
    MAX_PACK_BYTES,
    dump_pack,
    dump_tree,
    parse_tree,
    read_method,
    read_pack,
)
from tests.builders import (
    award,
    criterion,
    direct,
    fixed,
    pack,
    pack_tree,
    parameter,
    read,
    row,
    standing_case,
)


def faults(tree: dict[str, Any]) -> list[tuple[str, str]]:
    """Place and message of each fault of shape."""
    loaded, findings = read(tree)
    assert loaded is None
    for finding in findings:
        assert finding.code
        assert finding.remedy, finding
        assert not finding.message.isascii()
    return [(f.place.removeprefix("pack.toml, "), f.message) for f in findings.errors]


def places(tree: dict[str, Any]) -> list[str]:
    return [place for place, _ in faults(tree)]


# ------------------------------------------------------------------ files that are no pack


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe\x00", "pack_not_utf8"),
        (b"a = ", "pack_not_toml"),
        (b"a = 1\na = 2\n", "pack_not_toml"),
        (b"a = 1.2.3", "pack_not_toml"),
        (b"a = " + b"[" * 3000 + b"]" * 3000, "pack_not_toml"),
        (b"a = " + b"9" * 5000, "pack_not_toml"),
        (b"a = 2022-02-30", "pack_not_toml"),
        (b"#" * (MAX_PACK_BYTES + 1), "pack_too_large"),
    ],
)
def test_a_file_that_is_no_pack_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_tree(data, "goi.toml")
    (finding,) = caught.value.findings
    assert (finding.code, finding.place[:8]) == (code, "goi.toml")


def test_the_line_of_a_slip_is_named() -> None:
    with pytest.raises(UserError) as caught:
        parse_tree(b'id = "x"\ntitle = \n', "goi.toml")
    assert "dòng 2" in caught.value.findings[0].place


def test_a_byte_order_mark_is_no_fault() -> None:
    assert parse_tree(b"\xef\xbb\xbfa = 1.10", "x") == {"a": Decimal("1.10")}


def test_a_boolean_tree_may_not_be_endless() -> None:
    when: dict[str, Any] = {"always": True}
    for _ in range(60):
        when = {"not": when}
    loaded, findings = read_pack(pack_tree(direct("1", 10), award("co", fixed(1), requires=when)), "x")  # fmt: skip
    assert loaded is None
    assert [f.code for f in findings] == ["pack_not_toml"]


def test_a_registered_method_may_not_be_endless() -> None:
    inner: Any = "x"
    for _ in range(100):
        inner = [inner]
    method, findings = read_method({"kind": "levels", "levels": inner}, "I.1.a")
    assert method is None
    assert [f.code for f in findings] == ["malformed"]


# ------------------------------------------------------------------ faults of shape


def test_all_faults_are_told_at_once_with_their_places() -> None:
    tree = pack_tree(
        criterion("I.1", "10", {"kind": "proportional", "caps": 90}, titel="x"),
        criterion("I.2", -5, {"kind": "proportinal"}),
        award("co", {"kind": "fixed"}),
        row("rounds", title="x"),
        rounds=[],
        scoring={"digits": 99, "rounding": "nửa"},
    )
    found = dict(faults(tree))
    assert set(found) == {
        "criteria[1] (I.1).titel",
        "criteria[1] (I.1).method.caps",
        "criteria[2] (I.2).max",
        "criteria[2] (I.2).method",
        "awards[1] (co).places.count",
        "rounds[1].id",
        "scoring.digits",
        "scoring.rounding",
    }


@pytest.mark.parametrize(
    ("key", "guess"),
    [("titel", "title"), ("needs_evidense", "needs_evidence"), ("clouse", "clause")],
)
def test_an_unknown_key_gets_a_suggestion(key: str, guess: str) -> None:
    _, findings = read(pack_tree(direct("1", 10, **{key: "x"})))
    assert guess in findings.errors[0].remedy


def test_an_unknown_method_gets_a_suggestion() -> None:
    _, findings = read(pack_tree(criterion("1", 10, "proportinal")))
    assert "proportional" in findings.errors[0].remedy


@pytest.mark.parametrize(
    "value",
    ["1.250", "abc", "", True, "inf", "nan", "1e5", "1" * 31, 10**40, [], {}, "-1"],
)
def test_what_is_no_certain_number_of_points(value: object) -> None:
    assert places(pack_tree(direct("1", value))) == ["criteria[1] (1).max"]  # type: ignore[arg-type]


@pytest.mark.parametrize(("value", "read_as"), [("12,5", "12.5"), ("12.5", "12.5"), (7, "7")])
def test_numbers_may_be_written_as_text(value: object, read_as: str) -> None:
    rules = pack(direct("1", value)).rules  # type: ignore[arg-type]
    assert rules.criteria[0].max == Decimal(read_as)


@pytest.mark.parametrize(
    "code", ["", "a b", "a:b", "a@b", "a+b", "a/b", "a=b", "x" * 81, "tab\t", "dòng\nmới"]
)
def test_marks_that_ids_may_not_have(code: str) -> None:
    assert places(pack_tree(direct(code, 10)))[0].startswith("criteria[1]")


@pytest.mark.parametrize("code", ["I.1.a", "đ.nhắc_nhở", "9b", "A-1", "Ⅳ.1", "tiêu_chí"])
def test_letters_of_any_kind_are_fine(code: str) -> None:
    assert pack(direct(code, 10)).rules.criteria[0].code == code


def test_ids_are_compared_in_composed_form() -> None:
    assert pack(direct("e\u0301", 10)).rules.criteria[0].code == "\u00e9"


@pytest.mark.parametrize(
    "when",
    [
        {},
        {"role": "a", "block": "b"},
        {"khong_co": 1},
        "always",
        [],
        {"some": {"count": 0, "of": []}},
    ],
)
def test_a_condition_has_exactly_one_key(when: Any) -> None:
    assert places(pack_tree(direct("1", 10), award("co", fixed(1), requires=when)))


@pytest.mark.parametrize("edges", [{}, {"ge": 1, "gt": 2}, {"le": 1, "lt": 2}])
def test_a_range_has_one_edge_on_each_side(edges: Any) -> None:
    tree = pack_tree(criterion("1", 10, {"kind": "threshold", "threshold": edges}))
    assert places(tree) == ["criteria[1] (1).method.threshold"]


@pytest.mark.parametrize(
    "method",
    [
        {"kind": "bands", "bands": []},
        {"kind": "rank_table", "table": []},
        {"kind": "levels", "levels": []},
        {"kind": "checklist", "parts": []},
        {"kind": "ratios", "parts": []},
        {"kind": "count", "items": []},
        {"kind": "highest", "items": []},
        {"kind": "deduct", "items": []},
        {"kind": "against_base", "start": 5, "step": 0, "up": 1, "down": 1},
        {"kind": "over_plan", "per": 0},
    ],
)
def test_nothing_is_empty_and_nothing_is_divided_by_zero(method: dict[str, Any]) -> None:
    assert len(places(pack_tree(criterion("1", 10, method)))) == 1


def test_an_empty_or_endless_text_is_called_a_text_not_a_list() -> None:
    assert faults(pack_tree(direct("1", 10, title=""))) == [
        ("criteria[1] (1).title", "Văn bản không được để trống (đang ghi “”).")
    ]
    ((place, message),) = faults(pack_tree(direct("1", 10, title="x" * 4001)))
    assert place.endswith(".title")
    assert message.startswith("Văn bản quá dài")


def test_a_list_whose_rows_have_faults_is_not_called_empty() -> None:
    table = {"kind": "levels", "levels": [{"name": "Tốt", "points": "1.250"}]}
    assert places(pack_tree(criterion("1", 10, table))) == ["criteria[1] (1).method.levels[1] (Tốt).points"]  # fmt: skip


@pytest.mark.parametrize("table", ["scoring", "rounds", "criteria", "awards", "bonus", "ties"])
@pytest.mark.parametrize("value", [5, "x", True])
def test_a_table_that_is_none(table: str, value: object) -> None:
    tree = pack_tree(direct("1", 10))
    tree[table] = value
    assert table in places(tree)[0]


def test_an_empty_pack_lacks_its_head() -> None:
    assert {"id", "version", "title"} <= {p.rpartition(".")[2] for p in places({"schema": "bangvang-pack/1"})}  # fmt: skip


@pytest.mark.parametrize("schema", ["bangvang-pack/2", "", None])
def test_another_schema_is_refused(schema: str | None) -> None:
    tree = pack_tree(direct("1", 10))
    del tree["schema"]
    if schema is not None:
        tree["schema"] = schema
    assert places(tree) == ["schema"]


# ------------------------------------------------------------------ parameters

TABLE = {"kind": "rank_table", "table": [10, 8], "beyond": {"parameter": "A10"}}


def with_parameter(choice: object = None, **declared: Any) -> tuple[Any, list[str]]:
    """The setting behind the parameter, and the codes of the findings."""
    tree = pack_tree(criterion("1", 10, TABLE), parameter("A10", **declared))
    loaded, findings = read(tree, None if choice is None else {"A10": choice})
    told = [f.code for f in findings]
    return (loaded.rules.criteria[0].method.beyond if loaded else None), told  # type: ignore[union-attr]


WAYS = {"allowed": ["zero", "hold_last"]}


def test_a_parameter_is_chosen_by_the_facts_or_by_the_pack_or_is_open() -> None:
    assert with_parameter(**WAYS) == ("open:A10", [])
    assert with_parameter(**WAYS, default="zero") == ("zero", [])
    assert with_parameter("hold_last", **WAYS, default="zero") == ("hold_last", [])


def test_a_choice_that_is_not_among_the_answers_is_refused() -> None:
    assert with_parameter("khác", **WAYS) == (None, ["parameter_not_allowed"])
    assert with_parameter(**WAYS, default="khác") == (None, ["parameter_not_allowed"])


def test_a_parameter_that_is_not_declared() -> None:
    loaded, findings = read(pack_tree(criterion("1", 10, TABLE)))
    assert loaded is None
    assert [f.code for f in findings] == ["unknown_parameter"]


@pytest.mark.parametrize(
    ("declared", "choice", "value"),
    [
        ({"allowed": [1, 2]}, "2", "2"),
        ({"allowed": [1, 2]}, 3, None),
        ({"range": {"ge": 0, "le": 10}}, "2,5", "2.5"),
        ({"range": {"ge": 0, "le": 10}}, 11, None),
        ({"allowed": []}, 7, "7"),
    ],
)
def test_numbers_as_parameters(declared: Any, choice: object, value: str | None) -> None:
    tree = pack_tree(direct("1", {"parameter": "P"}), parameter("P", **declared))  # type: ignore[arg-type]
    loaded, _ = read(tree, {"P": choice})
    found = None if loaded is None else loaded.rules.criteria[0].max
    assert found == (None if value is None else Decimal(value))


@pytest.mark.parametrize(("choice", "value"), [(True, True), ("false", False), ("có", None)])
def test_yes_or_no_as_parameters(choice: object, value: bool | None) -> None:
    tree = pack_tree(direct("1", 10, needs_evidence={"parameter": "P"}), parameter("P", allowed=[True, False]))  # fmt: skip
    loaded, _ = read(tree, {"P": choice})
    assert (None if loaded is None else loaded.rules.criteria[0].needs_evidence) is value


def test_a_setting_that_cannot_be_left_open() -> None:
    tree = pack_tree(direct("1", 10), parameter("P"), scoring={"digits": {"parameter": "P"}})
    (told,) = faults(tree)
    assert told[0] == "scoring.digits"
    assert "không để ngỏ được" in told[1]
    loaded, _ = read(tree, {"P": 1})
    assert loaded is not None
    assert loaded.rules.scoring is not None
    assert loaded.rules.scoring.digits == 1


def test_choices_for_other_packs_are_left_alone() -> None:
    loaded, findings = read(pack_tree(direct("1", 10)), {"B7": "x"})
    assert loaded is not None
    assert len(findings) == 0


def test_the_digest_is_that_of_the_text_whatever_was_chosen() -> None:
    tree = pack_tree(criterion("1", 10, TABLE), parameter("A10", **WAYS, default="zero"))
    one, _ = read(tree)
    other, _ = read(tree, {"A10": "hold_last"})
    assert one is not None
    assert other is not None
    assert one.digest == other.digest


# ------------------------------------------------------------------ writing


def test_a_written_pack_reads_back_equal() -> None:
    rules = pack(
        criterion("I", 30, cap=20), direct("I.1", "12.5", label="một"), direct("I.2", "17,5"),
        standing_case("kx", "ceiling", when={"not": {"all": [{"total": {"ge": "0.5"}}]}}),
        row("classes", id="t", title="Tốt “A”\\ \n", when={"always": True}),
        scoring={"rounding": "half_even", "clamp": {"low": "none"}},
    ).rules  # fmt: skip
    again, findings = read_pack(parse_tree(dump_pack(rules).encode(), "x"), "x")
    assert again is not None, list(findings)
    assert again.rules == rules


def test_a_tree_reads_back_equal() -> None:
    tree = pack_tree(direct("1", 10), note='Dấu nháy " và \\ và xuống dòng\n')
    assert parse_tree(dump_tree(tree).encode(), "x") == tree
