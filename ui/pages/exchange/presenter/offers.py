"""What can be sent, in the words of whoever sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.exchange.packages import KIND_RULES, Extent, Kind, Part

_PARTS: Final = {
    Part.FACTS: "Điểm, số liệu, dữ kiện",
    Part.RESULT: "Kết quả đã tính, để nơi nhận tính lại và đối chiếu",
    Part.PACKS: "Bảng tiêu chí đang dùng",
    Part.FIGURES: "Danh sách số liệu đề nghị cung cấp",
    Part.DOCUMENTS: "Ghi chép kèm theo: đăng ký, mốc nộp, giải trình, căn cứ",
    Part.FILES: "Bản để đọc, để in (PDF, Excel)",
    Part.EVIDENCE: "Tệp minh chứng",
}


_BOOK: Final = {Part.DOCUMENTS: "Toàn bộ nhật ký và ghi chép của sổ, kể cả các năm đã khóa"}
_SPECIAL: Final[Mapping[Kind, Mapping[Part, str]]] = {
    Kind.CRITERIA_TABLE: {
        Part.FACTS: "Danh sách cụm, khối và đơn vị, tiêu chí do đơn vị đăng ký",
        Part.DOCUMENTS: "Các mốc nộp và lựa chọn về cách tính",
        Part.FILES: "Bảng tiêu chí để in và phiếu trống của từng đơn vị (PDF, Excel)",
    },
    Kind.SELF_SCORE: {
        Part.DOCUMENTS: "Đăng ký, chỉ tiêu, giải trình và danh mục căn cứ của đơn vị",
        Part.FILES: "Phiếu tự chấm để in (PDF, Excel)",
    },
    Kind.YEARLY_RETURN: {Part.DOCUMENTS: "Nhiệm vụ, hoạt động, hội nghị và khen thưởng của năm"},
    Kind.HANDOVER: _BOOK,
    Kind.WHOLE_WORKSPACE: _BOOK,
}
"""What parts are called where a kind brings something of its own."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be sent: the words that ask for it, and what happens with it there."""

    kind: Kind
    words: str
    purpose: str

    @property
    def has_extents(self) -> bool:
        """Whether it may be sent as scores only."""
        return KIND_RULES[self.kind].scores

    def may_hold(self, part: Part, extent: Extent) -> bool:
        """Whether such a package may bring this part."""
        return part in KIND_RULES[self.kind].allowed(extent)


OFFERS: Final = (
    Offer(
        Kind.CRITERIA_TABLE,
        "Gửi bảng tiêu chí và phiếu trống cho các đơn vị",
        "Đơn vị mở gói để có đúng bảng tiêu chí và danh sách đơn vị, rồi tự chấm.",
    ),
    Offer(
        Kind.SELF_SCORE,
        "Nộp điểm tự chấm cho Trưởng cụm, khối",
        "Trưởng cụm, khối nhận điểm tự chấm của một đơn vị; chỉ các ô của đơn vị đó đổi được.",
    ),
    Offer(
        Kind.FOR_APPRAISAL,
        "Gửi kết quả cho Sở Nội vụ thẩm định",
        "Sở Nội vụ nhận điểm của cả cụm, khối, tính lại để đối chiếu, rồi chấm vòng thẩm định.",
    ),
    Offer(
        Kind.APPRAISAL,
        "Trả kết quả thẩm định cho Trưởng cụm, khối",
        "Trưởng cụm, khối nhận điểm thẩm định, điểm thưởng, điểm trừ và câu hỏi giải trình.",
    ),
    Offer(
        Kind.FINAL_RESULT,
        "Gửi kết quả cuối cùng",
        "Nơi nhận có kết quả đã chốt của cả cụm, khối, tự tính lại được.",
    ),
    Offer(
        Kind.RULE_PACK,
        "Gửi bảng tiêu chí dùng chung cho các cụm, khối",
        "Cụm, khối nhận bảng tiêu chí để dùng cho năm của mình; không kèm điểm nào.",
    ),
    Offer(
        Kind.FIGURES_REQUEST,
        "Đề nghị cơ quan khác cung cấp số liệu",
        "Cơ quan nhận danh sách số liệu của từng đơn vị, điền rồi gửi trả.",
    ),
    Offer(
        Kind.YEARLY_RETURN,
        "Gửi báo cáo hằng năm của cơ quan phụ trách",
        "Sở Nội vụ nhận nhiệm vụ, hoạt động, hội nghị và khen thưởng của năm.",
    ),
    Offer(
        Kind.HANDOVER,
        "Bàn giao cho Trưởng cụm, khối năm sau",
        "Người nhận có toàn bộ sổ cùng nhật ký, kiểm tra lại được các năm đã khóa.",
    ),
    Offer(
        Kind.WHOLE_WORKSPACE,
        "Chuyển toàn bộ sổ sang máy khác",
        "Máy kia lập được sổ giống hệt, kể cả nhật ký.",
    ),
)


def offer_of(kind: Kind) -> Offer:
    """The offer of a kind."""
    return next(offer for offer in OFFERS if offer.kind is kind)


def parts_told(offer: Offer, extent: Extent, *, papers: bool, evidence: bool) -> tuple[str, ...]:
    """What such a package would bring, a line each."""
    left_out: set[Part] = set()
    if not papers:
        left_out.add(Part.FILES)
    if not evidence:
        left_out.add(Part.EVIDENCE)
    if offer.kind is Kind.RULE_PACK:
        left_out.add(Part.DOCUMENTS)
    allowed = [part for part in Part if offer.may_hold(part, extent) and part not in left_out]
    special = _SPECIAL.get(offer.kind, {})
    return tuple(special.get(part, _PARTS[part]) for part in allowed)
