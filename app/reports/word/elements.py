"""The fixed elements of an administrative document in Word: its top, its title, its end.

NĐ 30/2020/NĐ-CP, Phụ lục I, phần II. The rules under motto, issuer and trích yếu are the upper
borders of low paragraphs between indents that are measured, so they are as long as the decree
says in every word processor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm

from app.reports import fonts
from app.reports.document import (
    ADDRESSED_TO,
    DRAFT,
    DRAFT_BECAUSE,
    RECIPIENTS,
    Align,
    Closing,
    Document,
    Draft,
    Letterhead,
    Signature,
)
from app.reports.typesetting import BODY, INDENT, SPACING, words_of
from app.reports.word.markup import Look, box, gap, paragraph, plain_row, plain_table, rule, words

LEFT_SHARE: Final = 0.42
"""Share of the width for the issuer; the rest is for the national heading."""
RULE: Final = 0.7
"""Thickness of the rules under motto, issuer and title."""
SHORT_RULE: Final = 0.4
"""Length of the rule under issuer and trích yếu: between 1/3 and 1/2 of the text."""
SEAL_ROOM_MM: Final = 26
"""The clean room for signature and seal."""
SIDE: Final = 3.0
"""Room kept free at both sides of a centred line, so that it breaks as it was measured."""
ABREAST: Final = 3
"""Signatures that stand side by side at most; more go into further rows."""
RECIPIENTS_SHARE: Final = 0.45


def letterhead(head: Letterhead, *, draft: bool, room: float) -> str:
    """The top of page 1 on ``room`` points of width, with the draft mark under the number."""
    left, right = room * LEFT_SHARE, room * (1 - LEFT_SHARE)
    small = 13.0 if _width(head.nation, 13) <= right - 2 * SIDE else 12.0
    one = "".join(_centred("CoQuanChuQuan", line, small) for line in head.superior)
    names = [line for line in (*head.issuer, head.cluster) if line]
    one += "".join(_centred("CoQuanBanHanh", line, small) for line in names)
    if head.star:
        one += _centred("CoQuanChuQuan", "*", small)
    elif names:
        one += _rule_under(names[-1], small, left, SHORT_RULE)
    two = _centred("QuocHieu", head.nation, small)
    if head.motto:
        two += _centred("TieuNgu", head.motto, small + 1)
        two += _rule_under(head.motto, small + 1, right, 1.0)
    else:
        two += _rule_under(head.nation, small, right, 1.0)
    rows = plain_row([(left, one), (right, two)])
    number = _centred("SoKyHieu", head.number, 13, before=8) if head.number else ""
    for place, line in enumerate(head.about):
        number += _centred("TrichYeuCongVan", line, 12, before=0 if place else 6)
    number += _draft_mark(left) if draft else ""
    date = head.place_and_date
    day = _centred("DiaDanhNgay", date, small + 1, before=8) if date else ""
    if number or day:
        empty = gap(1)
        rows += plain_row([(left, number or empty), (right, day or empty)])
    return plain_table([left, right], rows)


def _centred(style: str, text: str, size: float, *, before: float | None = None) -> str:
    return paragraph(words(text, size=size), Look(style, left=SIDE, right=SIDE, before=before))


def _width(text: str, size: float, *, bold: bool = True) -> float:
    return fonts.width(words_of(text), size, bold=bold)


def _wrapped(text: str, size: float, room: float) -> list[str]:
    """The lines into which bold words break."""
    lines: list[str] = []
    for word in words_of(text).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _rule_under(text: str, size: float, room: float, share: float) -> str:
    """The rule under centred bold words, as long as a share of their longest line."""
    longest = max(_width(line, size) for line in _wrapped(text, size, room - 2 * SIDE))
    side = (room - longest * share) / 2
    return rule(side, side, RULE, above=2)


def _draft_mark(room: float) -> str:
    width = _width(DRAFT, 13) + 16
    side = (room - width) / 2
    look = Look("DuThao", left=side, right=side, border=box(RULE))
    return gap(6) + paragraph(words(DRAFT), look)


def title(document: Document, room: float) -> str:
    """The tên loại and the trích yếu with its rule."""
    if not document.kind:
        return gap(12)
    found = gap(18) + paragraph(words(document.kind), Look("Title", keep_next=True))
    for line in document.subject:
        found += paragraph(words(line), Look("Subtitle", keep_next=True))
    if document.subject:
        found += _rule_under(document.subject[-1], BODY, room, SHORT_RULE)
    return found + gap(12)


def addressees(lines: Sequence[str], room: float) -> str:
    """One addressee on the line of "Kính gửi:"; several under each other, below its colon."""
    if not lines:
        return ""
    if len(lines) == 1:
        only = Look("KinhGui", Align.CENTRE, before=SPACING, after=2 * SPACING)
        return paragraph(words(f"{ADDRESSED_TO} {lines[0]}"), only)
    inset = _width(ADDRESSED_TO.rstrip(":"), BODY, bold=False)
    longest = max(_width(line, BODY, bold=False) for line in lines)
    start = max(INDENT, (room - inset - longest) / 2)
    found = paragraph(
        words(ADDRESSED_TO), Look("KinhGui", left=start, before=SPACING, keep_next=True)
    )
    for line in lines:
        found += paragraph(words(line), Look("KinhGui", left=start + inset, before=SPACING))
    return found + gap(2 * SPACING)


def draft_reasons(draft: Draft) -> str:
    """Why the paper is a draft, right under its title."""
    lines = (DRAFT_BECAUSE, *(f"- {reason}" for reason in draft.reasons))
    return "".join(paragraph(words(line), Look("LyDoDuThao")) for line in lines) + gap(SPACING)


def closing(end: Closing, room: float) -> str:
    """Recipients at the left and the signature at the right; several signatures in a row first."""
    recipients = _recipients(end.recipients)
    if len(end.signatures) == 1:
        left, right = room * RECIPIENTS_SHARE, room * (1 - RECIPIENTS_SHARE)
        row = plain_row([(left, recipients or gap(1)), (right, _signature(end.signatures[0]))])
        return gap(12, keep_next=True) + plain_table([left, right], row)
    found = ""
    for start in range(0, len(end.signatures), ABREAST):
        abreast = end.signatures[start : start + ABREAST]
        share = room / len(abreast)
        row = plain_row([(share, _signature(signature)) for signature in abreast])
        found += gap(12, keep_next=True) + plain_table([share] * len(abreast), row)
    return found + (gap(12) + recipients if recipients else "")


def _signature(signature: Signature) -> str:
    """Authority and title, the clean room, and the name."""
    parts = [paragraph(words(line), Look("ThamQuyenKy")) for line in signature.authority]
    if signature.note:
        parts.append(paragraph(words(signature.note), Look("GhiChuKy")))
    parts.append(gap(SEAL_ROOM_MM * mm))
    if signature.name:
        parts.append(paragraph(words(signature.name), Look("NguoiKy")))
    return "".join(parts)


def _recipients(recipients: Sequence[str]) -> str:
    if not recipients:
        return ""
    head = paragraph(words(RECIPIENTS), Look("NoiNhan"))
    return head + "".join(paragraph(words(line), Look("NoiNhanDanhSach")) for line in recipients)
