"""The steps of the wizard "cụm mới từ khung điểm", and what keeps one from being left."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Step(IntEnum):
    """The steps in their order."""

    FRAME = 0
    UNITS = 1
    YEAR = 2
    TABLE = 3
    PLACE = 4

    @property
    def title(self) -> str:
        """What the step is called."""
        return _TITLES[self]

    @property
    def lead(self) -> str:
        """What is done there, in one sentence."""
        return _LEADS[self]


_TITLES: Final = {
    Step.FRAME: "Khung điểm",
    Step.UNITS: "Đơn vị",
    Step.YEAR: "Năm thi đua",
    Step.TABLE: "Bảng tiêu chí",
    Step.PLACE: "Nơi lưu",
}
_LEADS: Final = {
    Step.FRAME: "Chọn văn bản quy định khung điểm và loại cụm, khối của mình.",
    Step.UNITS: "Ghi tên cụm, khối và các đơn vị thành viên; dán được danh sách từ Excel, Word.",
    Step.YEAR: "Chọn năm sẽ chấm; thời gian theo năm dương lịch hoặc năm học.",
    Step.TABLE: "Lập bảng riêng hay dùng bảng có sẵn, và trả lời những chỗ văn bản để ngỏ.",
    Step.PLACE: "Chọn nơi lưu. Chưa có gì được ghi cho đến khi bấm nút cuối cùng.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a step from being left: where, what, how to mend it."""

    place: str
    message: str
    remedy: str = ""
