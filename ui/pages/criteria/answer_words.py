"""Answers to questions that a text leaves open, in words by the setting that they answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from app.ground.numbers import vietnamese
from app.rules.document import Tree
from app.rules.pack import RulePack
from ui.pages.criteria.method_words import CHOICES

_ROUNDING: Final = {
    "half_up": "Từ 5 trở lên thì làm tròn lên",
    "half_even": "Đúng 5 thì về số chẵn",
    "down": "Luôn bỏ phần lẻ",
    "floor": "Luôn bỏ phần lẻ",
    "up": "Luôn làm tròn lên",
    "ceil": "Luôn làm tròn lên",
}
_APART: Final = {"ranked": "Vẫn xếp hạng cùng các đơn vị", "apart": "Xếp riêng, không có hạng"}
_SETTINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "not_assigned": {
        "exclude": "Không tính vào điểm tối đa của đơn vị",
        "rescale": "Quy đổi theo các tiêu chí còn lại",
        "full": "Tính điểm tối đa",
        "zero": "Tính 0 điểm",
    },
    "beside": {"no": "Không xét thêm", "yes": "Có xét thêm"},
    "of": {
        "all": "Tổng điểm, đã cộng thưởng và trừ phạt",
        "before_deductions": "Tổng trước khi trừ điểm",
        "without_bonus": "Tổng không kể điểm thưởng",
    },
    "strict": {"true": "Phải xong trước ngày đó", "false": "Trong chính ngày đó vẫn kịp"},
    "secret": {"true": "Bỏ phiếu kín", "false": "Công khai"},
    "whole": {"true": "Chỉ tính phần trăm trọn", "false": "Tính cả phần lẻ"},
    "split_counts_as_added": {"true": "Có tính là bổ sung", "false": "Không tính là bổ sung"},
    "served": {"true": "Có áp dụng", "false": "Không áp dụng"},
    "written": {"true": "Có tính", "false": "Không tính"},
    "round_at": {
        "total": "Ở tổng điểm",
        "section": "Ở điểm từng mục",
        "criterion": "Ở điểm từng tiêu chí",
    },
    "rounding": _ROUNDING,
    "barred": _APART,
    "left": _APART,
    "held": {"hold": "Giữ chỗ chờ kết luận", "pass_on": "Chuyển cho đơn vị kế tiếp"},
    "rerank_after_ballot": {"rerank": "Xếp lại theo điểm mới", "keep": "Giữ kết quả đã bỏ phiếu"},
    "hand": {
        "unit": "Đơn vị",
        "leader": "Trưởng cụm, khối",
        "department": "Cơ quan thẩm định",
        "council": "Hội đồng",
        "agency": "Cơ quan chuyên ngành",
    },
    "rank_by": {"total": "Theo tổng điểm", "percent": "Theo phần trăm điểm tối đa"},
    "is": {"not_done": "Có, coi như không thực hiện", "not_assigned": "Không, là trường hợp riêng"},
    "frame": {"equal": "Phải bằng đúng khung", "at_most": "Không được vượt khung"},
    "kind": {"barred": "Không xét", "held": "Chưa xét"},
    "base": {
        "members": "Tổng số thành viên",
        "present": "Số người có mặt",
        "issued": "Số phiếu phát ra",
        "valid": "Số phiếu hợp lệ",
    },
    "over_max": {
        "clamp": "Tính bằng điểm tối đa",
        "keep": "Giữ nguyên điểm đã ghi",
        "refuse": "Không cho tính tiếp",
    },
    "class_on": {"published": "Điểm công bố", "exact": "Điểm chưa làm tròn"},
    "scope": {"province": "Toàn tỉnh", "cluster": "Từng cụm"},
}
_ANYWHERE: Final = {
    "none": "Không giới hạn",
    "provisional": "Tính tạm cho đến khi công bố",
    "until_published": "Tính tạm cho đến khi công bố",
    "last_year": "Lấy số của năm trước",
    "previous_year": "Lấy số của năm trước",
    "optional": "Không bắt buộc",
    "duty": "Bắt buộc",
    "true": "Có",
    "false": "Không",
}


def settings_of(tree: Tree) -> dict[str, list[str]]:
    """For each parameter the names of the settings that point at it."""
    found: dict[str, list[str]] = {}

    def walk(node: Any, name: str) -> None:
        if isinstance(node, Mapping):
            if set(node) == {"parameter"}:
                found.setdefault(str(node["parameter"]), []).append(name)
                return
            for key, inner in node.items():
                if key != "parameters":
                    walk(inner, key)
        elif isinstance(node, list):
            for inner in node:
                walk(inner, name)

    walk(tree, "")
    return found


def answer_words(value: object, settings: list[str], rules: RulePack) -> str:
    """An answer as the officer reads it."""
    if isinstance(value, bool):
        token = "true" if value else "false"
    elif isinstance(value, int | Decimal | Fraction):
        return vietnamese(Fraction(value))
    else:
        token = str(value)
    if "ranking_round" in settings:
        titles = {known.id: known.title for known in rules.rounds}
        if token in titles:
            return titles[token]
    for name in settings:
        for words in _tables(name):
            if token in words:
                return words[token]
    return _ANYWHERE.get(token, token)


def _tables(name: str) -> Iterator[Mapping[str, str]]:
    if name in _SETTINGS:
        yield _SETTINGS[name]
    for (_, setting), words in CHOICES.items():
        if setting == name:
            yield words
