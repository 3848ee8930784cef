"""The kinds of packages, what each must and may hold, and the two extents.

A package of ``scores`` holds the figures and points that the receiver scores again, and nothing
that tells of people or papers; ``everything`` may bring files and evidence too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a package is for; the words are those of ``package.json``."""

    CRITERIA_TABLE = "criteria_table"
    SELF_SCORE = "self_score"
    FOR_APPRAISAL = "for_appraisal"
    APPRAISAL = "appraisal"
    FINAL_RESULT = "final_result"
    RULE_PACK = "rule_pack"
    FIGURES_REQUEST = "figures_request"
    FIGURES_SUPPLY = "figures_supply"
    YEARLY_RETURN = "yearly_return"
    HANDOVER = "handover"
    WHOLE_WORKSPACE = "whole_workspace"


class Extent(StrEnum):
    """How much a package holds."""

    SCORES = "scores"
    EVERYTHING = "everything"


class Part(StrEnum):
    """The parts that the contents of a package are made of."""

    FACTS = "facts"
    RESULT = "result"
    PACKS = "packs"
    FIGURES = "figures"
    DOCUMENTS = "documents"
    FILES = "files"
    EVIDENCE = "evidence"


PART_TITLES: Final = {
    Part.FACTS: "dữ kiện",
    Part.RESULT: "kết quả",
    Part.PACKS: "bảng tiêu chí",
    Part.FIGURES: "bảng số liệu đề nghị hoặc cung cấp",
    Part.DOCUMENTS: "ghi chép",
    Part.FILES: "bản để đọc, để in",
    Part.EVIDENCE: "tệp minh chứng",
}

EXTENT_TITLES: Final = {
    Extent.SCORES: "chỉ điểm và số liệu",
    Extent.EVERYTHING: "đầy đủ",
}

_SCORES: Final = frozenset({Part.FACTS, Part.RESULT, Part.PACKS})


@dataclass(frozen=True, slots=True)
class KindRule:
    """What a kind of package must hold (``needs``) and what it may hold besides."""

    title: str
    needs: frozenset[Part]
    may: frozenset[Part]
    scores: bool = False
    """Whether the kind exists as ``scores`` too."""
    answers: bool = False
    """Whether it must say which package it answers."""

    def allowed(self, extent: Extent) -> frozenset[Part]:
        """The parts that a package of this kind and extent may hold."""
        whole = self.needs | self.may
        return whole & _SCORES if extent is Extent.SCORES else whole


def _rule(
    title: str,
    needs: Collection[Part],
    may: Collection[Part],
    *,
    scores: bool = False,
    answers: bool = False,
) -> KindRule:
    return KindRule(title, frozenset(needs), frozenset(may), scores, answers)


_BESIDE: Final = (Part.DOCUMENTS, Part.FILES)
_ALL_BESIDE: Final = (*_BESIDE, Part.EVIDENCE)

KIND_RULES: Final = {
    Kind.CRITERIA_TABLE: _rule(
        "Bảng tiêu chí và phiếu trống", [Part.PACKS], [Part.FACTS, *_BESIDE]
    ),
    Kind.SELF_SCORE: _rule(
        "Tự chấm điểm", [Part.FACTS], [Part.RESULT, Part.PACKS, *_ALL_BESIDE], scores=True
    ),
    Kind.FOR_APPRAISAL: _rule(
        "Kết quả gửi thẩm định", [Part.FACTS, Part.RESULT, Part.PACKS], _ALL_BESIDE, scores=True
    ),
    Kind.APPRAISAL: _rule(
        "Thẩm định", [Part.FACTS], [Part.RESULT, Part.PACKS, *_ALL_BESIDE], scores=True
    ),
    Kind.FINAL_RESULT: _rule(
        "Kết quả cuối cùng", [Part.FACTS, Part.RESULT, Part.PACKS], _ALL_BESIDE, scores=True
    ),
    Kind.RULE_PACK: _rule("Gói quy tắc", [Part.PACKS], _BESIDE),
    Kind.FIGURES_REQUEST: _rule("Đề nghị cung cấp số liệu", [Part.FIGURES], [Part.FILES]),
    Kind.FIGURES_SUPPLY: _rule(
        "Cung cấp số liệu", [Part.FIGURES], [Part.FILES, Part.EVIDENCE], answers=True
    ),
    Kind.YEARLY_RETURN: _rule(
        "Báo cáo hằng năm của cơ quan phụ trách",
        [Part.DOCUMENTS],
        [Part.FACTS, Part.RESULT, Part.PACKS, Part.FILES, Part.EVIDENCE],
    ),
    Kind.HANDOVER: _rule(
        "Bàn giao nhiệm vụ Trưởng cụm, khối",
        [Part.DOCUMENTS, Part.PACKS],
        [Part.FACTS, Part.RESULT, Part.FILES, Part.EVIDENCE],
    ),
    Kind.WHOLE_WORKSPACE: _rule(
        "Toàn bộ sổ làm việc",
        [Part.DOCUMENTS],
        [Part.PACKS, Part.FACTS, Part.RESULT, Part.FILES, Part.EVIDENCE],
    ),
}
