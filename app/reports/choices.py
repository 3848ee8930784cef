"""The named choices of a pack's settings in Vietnamese: no officer reads "hold_last".

The words are used for parameters (A1–A46) and open questions, with those of the shipped packs'
own parameters; a round is named by its title, any other text stands as the pack wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Final

from app.ground.numbers import vietnamese

WORDS: Final[Mapping[str, str]] = {
    # scoring
    "total": "theo tổng điểm",
    "percent": "theo tỷ lệ phần trăm trên điểm tối đa của đơn vị",
    "criterion": "tại từng tiêu chí",
    "section": "tại từng phần",
    "half_up": "làm tròn số học (từ 5 trở lên thì tăng)",
    "half_even": "làm tròn về số chẵn khi đúng một nửa",
    "down": "bỏ phần lẻ",
    "up": "làm tròn lên",
    "floor": "làm tròn xuống số nguyên",
    "ceil": "làm tròn lên số nguyên",
    "clamp": "tính đến mức tối đa",
    "keep": "giữ nguyên",
    "refuse": "không nhận, coi là chưa chấm",
    "published": "theo điểm đã làm tròn",
    "exact": "theo điểm chưa làm tròn",
    "exclude": "không tính, trừ khỏi điểm tối đa",
    "rescale": "quy đổi phần còn lại lên mức tối đa",
    "full": "tính điểm tối đa",
    "zero": "tính 0 điểm",
    "not_applicable": "không thuộc diện chấm",
    "apart": "liệt kê riêng, không xếp hạng",
    "ranked": "vẫn xếp hạng, không đề nghị khen thưởng",
    "equal": "bằng đúng khung điểm",
    "at_most": "không vượt khung điểm",
    "rerank": "xếp hạng lại",
    "sum": "cộng các mục",
    "highest": "chỉ tính mức cao nhất",
    "all": "tính tất cả",
    "without_bonus": "tổng chưa kể điểm thưởng",
    "before_deductions": "tổng trước khi trừ điểm",
    # methods
    "higher": "càng cao càng tốt",
    "lower": "càng thấp càng tốt",
    "nearest": "lấy mức gần nhất",
    "competition": "bằng nhau thì cùng hạng, hạng sau bỏ qua (1, 1, 3)",
    "dense": "bằng nhau thì cùng hạng, hạng sau liền kề (1, 1, 2)",
    "average": "lấy trung bình điểm của các hạng bằng nhau",
    "continue_step": "giảm tiếp theo bậc của bảng",
    "hold_last": "giữ điểm của hạng cuối bảng",
    "count": "vẫn tính trong tổng số",
    "leave_out": "bỏ ra khỏi tổng số",
    "flat": "như nhau",
    "none": "không giới hạn",
    "from_zero": "tính từ 0",
    "from_worst": "tính từ đơn vị thấp nhất",
    "from_target": "tính từ mức chỉ tiêu",
    "value": "theo số liệu ghi",
    "plan_percent": "theo phần trăm so với kế hoạch",
    "ratio_percent": "theo tỷ lệ phần trăm",
    "change_percent": "theo phần trăm tăng, giảm",
    "difference": "theo mức chênh lệch",
    "days_late": "theo số ngày chậm",
    "average_percent": "theo phần trăm so với bình quân",
    "best_percent": "theo phần trăm so với đơn vị cao nhất",
    # awards and ballots
    "no": "không",
    "yes": "có",
    "hold": "giữ suất chờ kết luận",
    "pass_on": "chuyển suất cho đơn vị kế tiếp",
    "ranking": "theo xếp hạng",
    "cluster": "trong từng cụm, khối",
    "province": "trong toàn tỉnh",
    "members": "tổng số thành viên",
    "present": "số có mặt",
    "returned": "số phiếu thu về",
    "issued": "số phiếu phát ra",
    "valid": "số phiếu hợp lệ",
    "choose": "chọn một đơn vị",
    "approve": "đồng ý hoặc không đồng ý với từng đơn vị",
    # hands
    "unit": "đơn vị tự chấm",
    "leader": "đơn vị trưởng",
    "deputy": "đơn vị phó",
    "department": "cơ quan thường trực",
    "council": "Hội đồng",
    "agency": "cơ quan khác",
    # words of the shipped packs' own parameters
    "barred": "không xét",
    "criterion_first": "mức trần của tiêu chí trước, của mục sau",
    "direct": "chấm trực tiếp",
    "duty": "bắt buộc",
    "equal_rank": "cùng hạng, hạng sau bỏ qua, không bỏ phiếu",
    "held": "chưa xét, chờ bổ sung",
    "last_year": "ghi số của năm trước",
    "literal": "theo đúng câu chữ",
    "method": "theo cách chấm của từng tiêu chí",
    "named": "chỉ nhận mức có tên",
    "not_assigned": "có",
    "not_done": "không, chỉ tính khi không thực hiện",
    "optional": "do đơn vị trưởng quyết định",
    "previous_year": "ghi kết quả của năm trước",
    "provisional": "để trống, tạm tính đến khi công bố",
    "quota_boundary": "chỉ khi bằng điểm ở ranh giới số suất",
    "stable_codes": "mã riêng, giữ nguyên nhãn in",
    "table": "theo bảng của cụm, khối",
    "ticked": "đánh dấu từng đơn vị, kèm văn bản",
    "total_after_bonus": "từ tổng đã cộng điểm thưởng",
    "until_published": "để trống, tạm tính đến khi công bố",
    "warn": "chỉ cảnh báo",
    "open": "chưa chọn",
}


def choice_words(
    value: bool | str | Fraction | None, rounds: Mapping[str, str] | None = None
) -> str:
    """A value of a parameter as an officer reads it; ``rounds`` are the titles of the rounds."""
    match value:
        case None:
            return "chưa chọn"
        case bool():
            return "có" if value else "không"
        case Fraction():
            return vietnamese(value)
        case _:
            return (rounds or {}).get(value) or WORDS.get(value, value)


def note_words(note: str) -> str:
    """A pack's note with the names of choices in Vietnamese: "all:" becomes "“tính tất cả”:"."""
    words, names = _in_notes()
    return names.sub(lambda found: f"“{words[found[1]]}”", note)


@cache
def _in_notes() -> tuple[Mapping[str, str], re.Pattern[str]]:
    words = {**WORDS, "true": choice_words(True), "false": choice_words(False)}
    names = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return words, re.compile(rf"(?<![\w“])({names})(?=[:)])")
