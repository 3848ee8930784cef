"""How ways of scoring are said on paper: the numbers of the pack, and no word of the format."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from app.ground.findings import UserError
from app.operations.loading import load_pack, shipped_packs
from app.reports.method_words import method_words, worth_words
from app.rules.document import read_method
from app.rules.items import Item
from app.rules.methods import METHODS, kind_of

MEANT: dict[str, tuple[dict[str, Any], str]] = {
    "direct": ({}, "Người chấm ghi điểm trực tiếp, từ 0 đến điểm tối đa."),
    "checklist": (
        {"parts": [{"id": "a", "title": "Có kế hoạch", "points": Decimal("2.5")}]},
        "Cộng điểm các phần đạt: - Có kế hoạch: 2,5 điểm.",
    ),
    "yes_no": (
        {"question": "Nộp đúng hạn", "no": 1},
        "Nộp đúng hạn: có được điểm tối đa; không được 1 điểm.",
    ),
    "levels": (
        {
            "levels": [
                {"name": "khá", "percent": 70},
                {"name": "yếu", "also": ["kém"], "bars": True},
            ]
        },
        "Theo mức đánh giá: - mức khá: 70 % điểm tối đa; - mức yếu (hoặc kém): 0 điểm, đơn vị "
        "không được xét.",
    ),
    "bands": (
        {
            "input": "ratio_percent",
            "bands": [{"ge": 95, "points": 5}, {"lt": 95, "points": 0}],
            "outside": "zero",
            "zero_base": "full",
        },
        "Theo tỷ lệ đạt trên tổng số: - từ 95 % trở lên: 5 điểm; - dưới 95 %: 0 điểm. Ngoài các "
        "khoảng trên: tính 0 điểm. Tổng số bằng 0: tính điểm tối đa.",
    ),
    "threshold": (
        {"threshold": {"ge": 80}, "input": "plan_percent", "otherwise": 3},
        "Tỷ lệ thực hiện so với kế hoạch từ 80 % trở lên: được điểm tối đa; còn lại được 3 điểm.",
    ),
    "proportional": (
        {"cap": 100, "nothing_below": 50},
        "Điểm tối đa × tỷ lệ thực hiện so với kế hoạch, tính đến 100 %. Dưới 50 %: 0 điểm.",
    ),
    "task_ratio": (
        {"none_assigned": "full"},
        "(n × i)/N: số nhiệm vụ hoàn thành (n) × điểm tối đa (i) / số nhiệm vụ được giao (N). "
        "Không được giao nhiệm vụ nào: tính điểm tối đa.",
    ),
    "ratios": (
        {"parts": [{"id": "a", "title": "Đúng hạn", "points": 20}]},
        "Cộng điểm các phần tính theo tỷ lệ: - Đúng hạn: 20 điểm × số đạt / tổng số.",
    ),
    "count": (
        {"items": [{"id": "a", "title": "Bài viết", "points": Decimal("0.5"), "max": 2}]},
        "Tính theo số lượng, không quá điểm tối đa: - Bài viết: 0,5 điểm cho mỗi trường hợp, không "
        "quá 2 điểm.",
    ),
    "highest": (
        {"items": [{"id": "a", "title": "Giải nhất", "points": 5}]},
        "Chỉ tính thành tích có điểm cao nhất: - Giải nhất: 5 điểm.",
    ),
    "rank_table": (
        {"table": [30, 28], "ranked": True, "beyond": "hold_last"},
        "Theo thứ hạng đã công bố, điểm từng hạng như sau: hạng 1: 30, hạng 2: 28. Hạng ngoài "
        "bảng: giữ điểm của hạng cuối bảng.",
    ),
    "versus_average": (
        {"below": 4},
        "So giá trị đạt được với bình quân các đơn vị: trên bình quân được điểm tối đa; bằng bình "
        "quân được điểm tối đa; dưới bình quân được 4 điểm.",
    ),
    "versus_leader": (
        {"scale": "from_worst", "low": 2, "no_target": 80},
        "Đơn vị dẫn đầu về giá trị đạt được được điểm tối đa, đơn vị thấp nhất được 2 điểm; đơn vị "
        "khác tính theo khoảng cách giữa hai mức. Đơn vị không được giao chỉ tiêu: 80 % điểm tối "
        "đa.",
    ),
    "best_of_group": (
        {"others": 3},
        "Đơn vị có giá trị đạt được tốt nhất được điểm tối đa; các đơn vị khác được 3 điểm.",
    ),
    "rescaled": (
        {"scale": 100},
        "Quy đổi: điểm tối đa × điểm được cơ quan khác đánh giá / thang 100.",
    ),
    "against_base": (
        {"start": 8, "step": 5, "up": 1, "down": 2, "direction": "lower"},
        "Theo tỷ lệ giảm so với kỳ gốc: không đổi được 8 điểm; cứ tăng 5 % cộng 1 điểm, cứ giảm "
        "5 % trừ 2 điểm; từ 0 điểm đến điểm tối đa. Chỉ tính bậc trọn.",
    ),
    "lateness": (
        {"per_day": Decimal("0.5")},
        "Đúng hạn được điểm tối đa; chậm mỗi ngày trừ 0,5 điểm, không dưới 0 điểm.",
    ),
    "deduct": (
        {"items": [{"id": "a", "title": "Báo cáo chậm", "percent": 10, "max": 3}]},
        "Trừ dần từ điểm tối đa, không dưới 0: - Báo cáo chậm: trừ 10 % điểm tối đa mỗi lần, không "
        "quá 3 điểm.",
    ),
    "judged": ({"range": {"ge": 0, "le": 5}}, "Người chấm cân nhắc số điểm từ 0 đến 5."),
    "over_plan": (
        {"per": 1, "points": 1},
        "Cứ vượt 1 % kế hoạch được 1 điểm, chỉ tính phần trăm trọn, không quá điểm tối đa.",
    ),
}


@pytest.mark.parametrize("kind", MEANT)
def test_a_way_of_scoring_is_said_with_its_numbers(kind: str) -> None:
    tree, meant = MEANT[kind]
    method, findings = read_method({"kind": kind, **tree}, "Thử")
    assert method is not None, findings
    assert " ".join(method_words(method)) == meant


def test_no_way_of_scoring_is_left_out() -> None:
    assert set(MEANT) == {kind_of(method) for method in METHODS}


@pytest.mark.parametrize(
    ("worth", "limit", "meant"),
    [
        (
            {"kind": "each_over_plan", "criteria": ["I"], "share_of_max": 10},
            30,
            "cứ vượt 1 % kế hoạch của một tiêu chí được 1 điểm, chỉ tính phần trăm trọn, không quá "
            "10 % điểm tối đa của tiêu chí đó; tổng cộng không quá 30 điểm",
        ),
        ({"kind": "per_count", "points": 5}, None, "5 điểm cho mỗi trường hợp"),
        ({"kind": "points"}, 5, "người chấm ghi số điểm, không quá 5 điểm"),
        (
            {"kind": "percent_of_total", "percent": 2},
            None,
            "2 % tổng điểm trước khi trừ cho mỗi trường hợp",
        ),
        (
            {"kind": "method", "method": {"kind": "direct"}},
            10,
            "Người chấm ghi điểm trực tiếp, từ 0 đến điểm tối đa, không quá 10 điểm",
        ),
    ],
)
def test_a_ground_is_said_with_its_bounds(
    worth: dict[str, Any], limit: int | None, meant: str
) -> None:
    item = Item.model_validate({"id": "x", "title": "X", "worth": worth, "max": limit})
    assert worth_words(item) == meant


def test_no_row_of_a_shipped_pack_is_without_words_or_with_words_of_the_format() -> None:
    rows = 0
    for folder in shipped_packs():
        try:
            rules = load_pack(folder).rules
        except UserError:
            continue
        for row in rules.criteria:
            if row.method is None:
                continue
            rows += 1
            said = " ".join(method_words(row.method))
            assert said, f"{folder.name} {row.code}"
            assert not re.search(r"\b[a-z]+_[a-z]+\b|\bopen\b|None", said), said
    assert rows > 150
