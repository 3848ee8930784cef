"""How the ways of scoring and their settings are called: names, one-line explanations, choices."""

from __future__ import annotations

from typing import Final

SHORT: Final = {
    "direct": "Chấm thẳng",
    "checklist": "Cộng phần",
    "yes_no": "Có, không",
    "levels": "Theo mức",
    "bands": "Bậc thang",
    "threshold": "Đạt ngưỡng",
    "proportional": "Tỷ lệ",
    "task_ratio": "(n × i)/N",
    "ratios": "Nhiều tỷ lệ",
    "count": "Số lượng",
    "highest": "Cao nhất",
    "rank_table": "Thứ hạng",
    "versus_average": "So bình quân",
    "versus_leader": "So dẫn đầu",
    "best_of_group": "Tốt nhất",
    "rescaled": "Quy đổi",
    "against_base": "So kỳ gốc",
    "lateness": "Trừ chậm",
    "deduct": "Trừ dần",
    "judged": "Cân nhắc",
    "over_plan": "Vượt kế hoạch",
}
"""Each way of scoring in two words, for the column of the table."""

EXPLAINED: Final = {
    "direct": "Người chấm ghi thẳng số điểm, từ 0 đến điểm tối đa.",
    "checklist": "Mỗi phần có hoặc không; cộng điểm các phần có, không quá điểm tối đa.",
    "yes_no": "Một câu hỏi: có thì được điểm, không thì thôi.",
    "levels": "Chọn một mức bằng chữ (tốt, khá …); mỗi mức có điểm riêng.",
    "bands": "Số đo rơi vào khoảng nào thì được điểm của khoảng đó.",
    "threshold": "Đạt một ngưỡng thì được điểm, không đạt thì được điểm khác.",
    "proportional": "Đạt bao nhiêu phần trăm thì được bấy nhiêu phần trăm điểm, có trần.",
    "task_ratio": "Số việc hoàn thành × điểm tối đa / số việc được giao.",
    "ratios": "Nhiều tỷ lệ cộng lại: số lượng, chất lượng, tiến độ …",
    "count": "Đếm số lượng, nhân điểm mỗi cái, cộng lại, không quá điểm tối đa.",
    "highest": "Nhiều thành tích, chỉ tính thành tích được điểm cao nhất.",
    "rank_table": "Xếp hạng trong cụm, mỗi hạng được số điểm ghi trong bảng.",
    "versus_average": "So với bình quân các đơn vị trong cụm.",
    "versus_leader": "Đơn vị dẫn đầu được điểm tối đa, đơn vị khác tính theo khoảng cách.",
    "best_of_group": "Đơn vị tốt nhất được điểm tối đa, đơn vị khác được điểm chung.",
    "rescaled": "Lấy điểm của cơ quan khác, quy về điểm tối đa của tiêu chí.",
    "against_base": "So với kỳ gốc: tăng một bậc được cộng, giảm một bậc bị trừ.",
    "lateness": "Đúng hạn được điểm tối đa; chậm ngày nào trừ ngày đó.",
    "deduct": "Bắt đầu bằng điểm tối đa, mỗi lần vi phạm bị trừ.",
    "judged": "Người chấm cân nhắc một số điểm trong khoảng cho phép.",
    "over_plan": "Vượt kế hoạch bao nhiêu phần trăm thì được thưởng theo đó.",
}

FIELDS: Final[dict[tuple[str, str], tuple[str, str, str]]] = {
    ("*", "input"): ("Đo bằng", "Số liệu mà đơn vị phải ghi.", ""),
    ("*", "direction"): ("Chiều tốt", "Số lớn hơn hay số nhỏ hơn là tốt hơn.", ""),
    ("*", "zero_base"): ("Khi mẫu số bằng 0", "Kế hoạch, kỳ gốc hoặc tổng số bằng 0.", ""),
    ("*", "pending"): ("Việc chưa có kết quả", "Tính thế nào khi còn việc chưa xong.", ""),
    ("*", "points"): ("Điểm khi đạt", "Để trống là điểm tối đa.", "điểm"),
    ("*", "floor"): ("Không dưới", "Điểm thấp nhất còn được.", "điểm"),
    ("checklist", "parts"): ("Các phần", "Mỗi dòng một phần; cộng điểm các phần có.", ""),
    ("ratios", "parts"): ("Các tỷ lệ", "Mỗi dòng một tỷ lệ với số điểm của nó.", ""),
    ("yes_no", "question"): ("Câu hỏi", "Điều cần trả lời có hoặc không.", ""),
    ("yes_no", "yes"): ("Có thì được", "Để trống là điểm tối đa.", "điểm"),
    ("yes_no", "no"): ("Không thì được", "Thường là 0.", "điểm"),
    ("levels", "levels"): ("Các mức", "Mức cao trước; điểm viết “10” hoặc “80 %”.", ""),
    ("bands", "bands"): ("Các khoảng", "Khoảng viết như: từ 90 đến dưới 95.", ""),
    ("bands", "outside"): ("Ngoài mọi khoảng", "Khi số đo không thuộc khoảng nào.", ""),
    ("threshold", "threshold"): ("Ngưỡng", "Viết như: từ 80 trở lên.", ""),
    ("threshold", "otherwise"): ("Không đạt thì được", "Thường là 0.", "điểm"),
    ("proportional", "cap"): ("Trần", "Vượt số này thì không tính thêm.", "%"),
    ("proportional", "nothing_below"): ("Dưới mức này là 0 điểm", "Để trống: không có mức.", "%"),
    ("task_ratio", "none_assigned"): ("Khi không được giao việc", "N = 0.", ""),
    ("ratios", "zero_whole"): ("Khi tổng số bằng 0", "Một tỷ lệ có tổng số bằng 0.", ""),
    ("count", "items"): ("Những thứ được đếm", "Mỗi dòng một loại và điểm mỗi cái.", ""),
    ("highest", "items"): ("Các thành tích", "Chỉ tính thành tích cao điểm nhất.", ""),
    ("deduct", "items"): ("Các vi phạm", "Trừ mỗi lần viết “2” (điểm) hoặc “10 %”.", ""),
    ("rank_table", "table"): ("Điểm từng hạng", "Dòng đầu là hạng 1, dòng sau là hạng 2 …", ""),
    ("rank_table", "equal"): ("Khi bằng nhau", "Các đơn vị cùng số đo xếp thế nào.", ""),
    ("rank_table", "beyond"): (
        "Hạng ngoài bảng",
        "Khi đơn vị đông hơn số hạng ghi trong bảng.",
        "",
    ),
    ("rank_table", "ranked"): ("Ghi sẵn thứ hạng", "Số liệu là hạng do nơi khác công bố.", ""),
    ("versus_average", "above"): ("Trên bình quân", "Để trống là điểm tối đa.", "điểm"),
    ("versus_average", "equal"): ("Bằng bình quân", "Để trống là điểm tối đa.", "điểm"),
    ("versus_average", "below"): ("Dưới bình quân", "Để trống: tính theo tỷ lệ.", "điểm"),
    ("versus_leader", "scale"): ("Cách nội suy", "Tính khoảng cách từ đâu.", ""),
    ("versus_leader", "low"): ("Đơn vị thấp nhất được", "Điểm của đơn vị kém nhất.", "điểm"),
    ("versus_leader", "at_target"): ("Đạt đúng 100 % được", "Để trống là điểm tối đa.", "điểm"),
    ("versus_leader", "no_target"): (
        "Không được giao chỉ tiêu",
        "Phần trăm điểm tối đa cho đơn vị không được giao.",
        "%",
    ),
    ("versus_leader", "no_target_scale"): (
        "So các đơn vị không chỉ tiêu",
        "Cùng một mức, hay so riêng với nhau.",
        "",
    ),
    ("best_of_group", "others"): ("Đơn vị khác được", "Điểm cho đơn vị không tốt nhất.", "điểm"),
    ("best_of_group", "best_zero"): ("Khi tốt nhất bằng 0", "Không đơn vị nào làm được.", ""),
    ("rescaled", "scale"): ("Thang điểm gốc", "Để trống: nhập cùng số liệu.", "điểm"),
    ("against_base", "start"): ("Điểm khi không đổi", "Điểm lúc bằng kỳ gốc.", "điểm"),
    ("against_base", "step"): ("Một bậc là", "Số phần trăm (hoặc đơn vị) của một bậc.", ""),
    ("against_base", "up"): ("Tăng mỗi bậc cộng", "", "điểm"),
    ("against_base", "down"): ("Giảm mỗi bậc trừ", "", "điểm"),
    ("against_base", "whole_steps"): ("Chỉ tính bậc trọn", "Chưa đủ một bậc thì không tính.", ""),
    ("lateness", "per_day"): ("Chậm mỗi ngày trừ", "", "điểm"),
    ("judged", "range"): ("Khoảng cho phép", "Viết như: từ 0 đến 5.", ""),
    ("judged", "deducts"): ("Số cân nhắc là điểm trừ", "Điểm = tối đa trừ số cân nhắc.", ""),
    ("over_plan", "per"): ("Vượt mỗi", "Số phần trăm của một nấc thưởng.", "%"),
    ("over_plan", "points"): ("Được thưởng", "Điểm cho mỗi nấc vượt.", "điểm"),
    ("over_plan", "whole"): ("Chỉ tính nấc trọn", "Vượt 12,5 % thì tính 12.", ""),
    # columns of rows
    ("row", "span"): ("Khoảng", "Viết như: từ 90 đến dưới 95.", ""),
    ("row", "worth"): ("Điểm", "“10” là điểm, “80 %” là phần trăm điểm tối đa.", ""),
    ("row", "points"): ("Điểm", "", "điểm"),
    ("row", "title"): ("Nội dung", "", ""),
    ("row", "name"): ("Tên mức", "", ""),
    ("row", "bars"): ("Không xét", "Ở mức này thì không được xét thi đua.", ""),
    ("row", "warn"): ("Lời nhắc", "Câu nhắc kèm khi rơi vào khoảng này.", ""),
    ("row", "also"): ("Tên gọi khác", "Các tên tương đương, cách nhau bằng dấu chấm phẩy.", ""),
    ("row", "max"): ("Không quá", "Điểm nhiều nhất của riêng dòng này.", "điểm"),
    ("row", "loses_all"): ("Mất hết", "Một lần là mất toàn bộ điểm của tiêu chí.", ""),
    ("row", "id"): ("Mã", "Tên ngắn của số liệu, không dấu cách.", ""),
    ("row", "clause"): ("Điều khoản", "Mã điều khoản của văn bản.", ""),
    ("row", ""): ("Điểm", "", "điểm"),
}
"""Title, one-line explanation and unit of each setting, by method (``*``: of any) and name."""

_MEASURES: Final = {
    "value": "Giá trị đã có",
    "plan_percent": "Phần trăm kế hoạch",
    "ratio_percent": "Phần trăm trên tổng số",
    "change_percent": "% tăng, giảm so kỳ gốc",
    "difference": "Chênh lệch so kỳ gốc",
    "days_late": "Số ngày chậm",
    "average_percent": "% so với bình quân",
    "best_percent": "% so với tốt nhất",
}
_BASES: Final = {
    "full": "Tính điểm tối đa",
    "zero": "Tính 0 điểm",
    "not_applicable": "Không thuộc diện chấm",
    "open": "Để ngỏ, chương trình hỏi",
}
CHOICES: Final[dict[tuple[str, str], dict[str, str]]] = {
    ("*", "input"): _MEASURES,
    ("*", "direction"): {"higher": "Số lớn là tốt", "lower": "Số nhỏ là tốt"},
    ("*", "zero_base"): _BASES,
    ("*", "none_assigned"): _BASES,
    ("*", "zero_whole"): _BASES,
    ("*", "best_zero"): _BASES,
    ("*", "pending"): {
        "count": "Vẫn tính, coi như chưa đạt",
        "leave_out": "Bỏ ra khỏi tổng số",
        "open": "Để ngỏ, chương trình hỏi",
    },
    ("bands", "outside"): {
        "zero": "Tính 0 điểm",
        "nearest": "Theo khoảng gần nhất",
        "open": "Để ngỏ, chương trình hỏi",
    },
    ("rank_table", "equal"): {
        "competition": "Cùng hạng: 1, 1, 3",
        "dense": "Cùng hạng: 1, 1, 2",
        "average": "Bình quân điểm các hạng",
        "open": "Để ngỏ, chương trình hỏi",
    },
    ("rank_table", "beyond"): {
        "continue_step": "Giảm tiếp theo bước cuối",
        "hold_last": "Giữ điểm của hạng cuối",
        "zero": "Tính 0 điểm",
        "open": "Để ngỏ, chương trình hỏi",
    },
    ("versus_leader", "scale"): {
        "from_zero": "Từ 0 đến giá trị dẫn đầu",
        "from_worst": "Từ đơn vị thấp nhất",
        "from_target": "Từ mức đạt 100 % kế hoạch",
    },
    ("versus_leader", "no_target_scale"): {
        "flat": "Cùng một mức điểm",
        "from_zero": "So riêng với nhau",
    },
}
"""The choices of settings in words."""

YES_NO: Final = {"true": "Có", "false": "Không"}


def field_words(kind: str, name: str) -> tuple[str, str, str]:
    """Title, explanation and unit of a setting."""
    return FIELDS.get((kind, name)) or FIELDS[("*", name)]


def choice_words(kind: str, name: str) -> dict[str, str]:
    """The named values of a setting in words."""
    return CHOICES.get((kind, name)) or CHOICES[("*", name)]
