"""Conditions of packs in words, each test of the grammar with a sentence worked by hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from app.ground.findings import UserError
from app.operations.loading import load_pack, shipped_packs
from app.reports.condition_words import condition_words
from app.rules.condition import When

PACKS = Path(__file__).resolve().parents[3] / "data" / "packs"
TOTAL = {"total": {"ge": 90}}
MEANT: list[tuple[dict[str, Any], str]] = [
    (TOTAL, "tổng điểm từ 90 trở lên"),
    (
        {"total": {"of": "before_deductions", "gt": 60}},
        "tổng điểm trước khi trừ điểm trên 60",
    ),
    ({"percent": {"ge": 50}}, "tỷ lệ tổng điểm trên điểm tối đa của đơn vị từ 50 % trở lên"),
    ({"rank": {"le": 5}}, "thứ hạng từ 5 trở xuống"),
    ({"months": {"ge": 6}}, "số tháng tham gia trong năm từ 6 trở lên"),
    ({"deductions": {"eq": 0}}, "điểm trừ bằng 0"),
    ({"size": {"ge": 2}}, "số đơn vị của khối từ 2 trở lên"),
    ({"role": "leader"}, "đơn vị là Trưởng khối"),
    ({"no_zero": {}}, "không có tiêu chí nào bị 0 điểm"),
    ({"every_share": {"ge": 50}}, "tỷ lệ điểm đạt của mọi tiêu chí từ 50 % trở lên"),
    (
        {"targets_met": {"within": ["1"], "share": 100, "count": 3}},
        "ít nhất 3 tiêu chí ở mục 1 đạt từ 100 % trở lên",
    ),
    ({"targets_met": {"share": 80, "percent": 70}}, "ít nhất 70 % số tiêu chí đạt từ 80 % trở lên"),
    ({"state": {"is": "not_done"}}, "có tiêu chí không thực hiện"),
    ({"barring_level": {}}, "có tiêu chí ở mức làm đơn vị không được xét"),
    (
        {"level": {"within": ["2"], "at_most": "Khá"}},
        "một tiêu chí ở mục 2 được đánh giá từ mức Khá trở xuống",
    ),
    (
        {"attribute": {"name": "x", "title": "Đạt chuẩn văn hóa", "is": False}},
        "Đạt chuẩn văn hóa: không",
    ),
    ({"class": {"is": ["tot"]}}, "xếp loại Hoàn thành tốt"),
    ({"class": {"at_least": "tot"}}, "xếp loại từ Hoàn thành tốt trở lên"),
    ({"always": True}, "mọi trường hợp còn lại"),
    (
        {"not": {"any": [{"role": "leader"}, {"role": "deputy"}]}},
        "không phải trường hợp (đơn vị là Trưởng khối hoặc đơn vị là Phó Trưởng khối)",
    ),
    (
        {"all": [TOTAL, {"any": [{"rank": {"le": 2}}, {"no_zero": {}}]}]},
        "tổng điểm từ 90 trở lên và (thứ hạng từ 2 trở xuống hoặc không có tiêu chí nào bị 0 điểm)",
    ),
    (
        {"some": {"count": 2, "of": [TOTAL, {"no_zero": {}}]}},
        "có ít nhất 2 trong các trường hợp sau: tổng điểm từ 90 trở lên; không có tiêu chí nào bị "
        "0 điểm",
    ),
    (
        {"companion": {"pack": "dang", "percent": {"ge": 80}, "barred": False}},
        "kết quả ở bảng tiêu chí đi kèm: tỷ lệ điểm đạt từ 80 % trở lên và được xét",
    ),
]


@pytest.mark.parametrize(("tree", "meant"), MEANT, ids=lambda part: str(part)[:30])
def test_a_condition_is_said_in_words(tree: dict[str, Any], meant: str) -> None:
    rules = load_pack(PACKS / "teaching" / "day-xep-loai").rules
    assert condition_words(When.model_validate(tree), rules) == meant


def test_a_row_is_named_with_its_title() -> None:
    rules = load_pack(PACKS / "cao-bang-2018-vi-du").rules
    when = When.model_validate({"points": {"of": "II.1", "ge": 20}})
    assert condition_words(when, rules) == (
        "điểm của mục II.1 “Thực hành tiết kiệm, chống tham nhũng, lãng phí” từ 20 trở lên"
    )


def test_every_condition_of_the_shipped_packs_has_words_without_words_of_the_format() -> None:
    said = []
    for folder in shipped_packs():
        try:
            rules = load_pack(folder).rules
        except UserError:
            continue
        tests = [case.when for case in rules.standing]
        tests += [one.when for one in rules.conditions]
        tests += [one.when for one in rules.classes]
        tests += [award.requires for award in rules.awards]
        said += [condition_words(when, rules) for when in tests if when is not None]
    assert len(said) > 40
    assert not [words for words in said if re.search(r"\b[a-z]+_[a-z_]+\b|None|^$", words)]
