"""Every way of scoring has a whole form, and a form that nobody touched changes nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from app.operations.loading import pack_tree, shipped_packs
from app.rules.document import read_method
from app.rules.methods import METHODS, kind_of
from ui.pages.criteria.method_form import FieldKind, filled, matters, method_forms, method_of
from ui.pages.criteria.method_text import method_text
from ui.pages.criteria.method_words import SHORT
from ui.pages.criteria.range_words import Unreadable, range_text, read_range_text


def shipped_methods() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for folder in shipped_packs():
        tree, _ = pack_tree(folder)
        for row in tree.get("criteria", []):
            if "method" in row:
                found.append((f"{folder.name} {row['code']}", row["method"]))
    return found


def test_the_form_of_every_shipped_method_gives_the_same_method_back() -> None:
    methods = shipped_methods()
    assert {method["kind"] for _, method in methods} == {kind_of(m) for m in METHODS}
    for name, method in methods:
        assert method_of(method["kind"], filled(method)) == (method, ()), name


def test_every_setting_of_every_method_is_in_its_form_with_vietnamese_words() -> None:
    for method in METHODS:
        form = method_forms()[kind_of(method)]
        names = {name for name in method.model_fields if name != "kind"}
        assert {field.name for field in form.fields} == names
        assert form.kind in SHORT
        assert form.explanation
        for field in form.fields:
            assert field.title
            assert all(words and words != token for token, words in field.choices)
            assert (field.kind is FieldKind.ROWS) == bool(field.columns)


def test_the_columns_of_rows_stand_for_every_key_of_a_row() -> None:
    columns = {c.name for c in method_forms()["bands"].field("bands").columns}
    assert columns == {"span", "title", "worth", "bars", "warn", "clause"}


def test_numbers_are_typed_with_comma_or_point_and_never_become_floats() -> None:
    for text in ("12,5", "12.5"):
        method, faults = method_of("lateness", {"per_day": text})
        assert method["per_day"] == Decimal("12.5")
        assert type(method["per_day"]) is Decimal
        assert not faults


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("lateness", {}, "chưa ghi gì"),
        ("lateness", {"per_day": "hai"}, "chưa phải một con số"),
        ("lateness", {"per_day": "1.250"}, "hay"),
        ("judged", {"range": "từ hai"}, "Chưa hiểu khoảng"),
        ("bands", {"bands": [{"worth": "5"}]}, "dòng 1: chưa ghi khoảng"),
        ("levels", {"levels": [{"name": "Tốt", "worth": "a %"}]}, "dòng 1"),
        ("checklist", {"parts": [{}]}, "chưa ghi gì"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(
    kind: str, values: dict[str, Any], words: str
) -> None:
    faults = method_of(kind, values)[1]
    assert len(faults) == 1
    assert words in faults[0].message


def test_new_rows_get_names_of_their_own() -> None:
    rows = [{"id": "phan_1", "title": "A", "points": "2"}, {"title": "B", "points": "3"}]
    method, faults = method_of("checklist", {"parts": rows})
    assert not faults
    assert [part["id"] for part in method["parts"]] == ["phan_1", "phan_2"]
    assert read_method(method, "x")[0] is not None


def test_points_and_percent_share_a_column() -> None:
    rows = [{"name": "Tốt", "worth": "80 %"}, {"name": "Khá", "worth": "12,5"}]
    levels = method_of("levels", {"levels": rows})[0]["levels"]
    assert levels == [{"name": "Tốt", "percent": 80}, {"name": "Khá", "points": Decimal("12.5")}]


def test_settings_without_meaning_are_not_shown_unless_they_are_set() -> None:
    form = method_forms()["rank_table"]
    ranked = form.field("input")
    assert matters(form, ranked, {})
    assert not matters(form, ranked, {"ranked": "true"})
    assert matters(form, ranked, {"ranked": "true", "input": "value"})


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("từ 90 đến dưới 95", {"ge": 90, "lt": 95}),
        ("trên 95", {"gt": 95}),
        ("từ 50 trở xuống", {"le": 50}),
        ("từ 95,5 trở lên", {"ge": Decimal("95.5")}),
        ("dưới 0", {"lt": 0}),
        ("bằng 0", {"eq": 0}),
        (">= 80, < 90", {"ge": 80, "lt": 90}),
        ("tu 80 % den 90 %", {"ge": 80, "le": 90}),
        ("trên -5 đến 5", {"gt": -5, "le": 5}),
        ("từ tham số A10 trở lên", {"ge": {"parameter": "A10"}}),
    ],
)
def test_ranges_are_read_as_officers_write_them(text: str, edges: dict[str, Any]) -> None:
    assert read_range_text(text) == edges
    assert read_range_text(range_text(edges)) == edges


@pytest.mark.parametrize("text", ["90", "90-95", "từ 5 từ 6", "từ 5 trên 6", "khá trở lên", "từ"])
def test_a_range_that_is_not_certain_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_range_text(text)


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ({"kind": "direct"}, "Chấm thẳng"),
        ({"kind": "lateness", "per_day": Decimal("0.5")}, "Trừ chậm; chậm mỗi ngày trừ 0,5 điểm"),
        (
            {"kind": "levels", "levels": [{"name": "Tốt", "percent": 100}, {"name": "Kém",
             "points": 0, "bars": True}]},
            "Theo mức; Tốt: 100 %, Kém: 0 (không xét)",
        ),
        (
            {"kind": "bands", "bands": [{"ge": 90, "points": 5, "title": "Cao"}], "outside": "zero"},
            "Bậc thang; từ 90 trở lên: “Cao” 5; ngoài mọi khoảng: tính 0 điểm",
        ),
        ({"kind": "rank_table", "table": [10, 8]}, "Thứ hạng; 10, 8"),
    ],
)  # fmt: skip
def test_a_method_is_told_in_one_line(method: dict[str, Any], words: str) -> None:
    assert method_text(method) == words


def test_every_shipped_method_can_be_told_without_its_keys() -> None:
    for name, method in shipped_methods():
        told = method_text(method)
        assert "{" not in told, name
        assert not {"points", "percent", "true", "false", "open"} & set(told.split()), (name, told)
