"""The fixed elements of an administrative document in Word: its top, its title, its end.

NĐ 30/2020/NĐ-CP, Phụ lục I, phần II. The rules under motto, issuer and trích yếu are the upper
borders of low paragraphs between indents that are measured, so they are as long as the decree
says in every word processor. Measures are those of the PDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reportlab.lib.units import mm

from app.reports import fonts
from app.reports.centred import RULE, Words
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
from app.reports.elements import ABOUT, ABOUT_GAP, ADDRESSEE_GAP, LEFT_SHARE, SHORT_RULE
from app.reports.signing_block import ABREAST, SEAL_ROOM_MM
from app.reports.typesetting import BODY, INDENT, SPACING, words_of
from app.reports.word.markup import Look, box, gap, paragraph, plain_row, plain_table, rule, words

SIDE: Final = 3.0
"""Room kept free at both sides of a centred line."""
SLACK: Final = 0.3
"""By how much an indent is less than measured, for rounding."""
RECIPIENTS_SHARE: Final = 0.45


def letterhead(head: Letterhead, *, draft: bool, room: float) -> str:
    """The top of page 1 on ``room`` points of width, with the draft mark under the number."""
    left, right = room * LEFT_SHARE, room * (1 - LEFT_SHARE)
    nation = Words(head.nation, 13, bold=True)
    small = 13.0 if nation.width(nation.text) <= right - 2 * SIDE else 12.0
    one = "".join(_centred("CoQuanChuQuan", Words(x, small), left) for x in head.superior)
    names = [Words(x, small, bold=True) for x in (*head.issuer, head.cluster) if x]
    one += "".join(_centred("CoQuanBanHanh", name, left) for name in names)
    if head.star:
        one += _centred("CoQuanChuQuan", Words("*", small), left)
    elif names:
        one += _rule_under(names[-1], left, SHORT_RULE)
    nation = replace(nation, size=small)
    two = _centred("QuocHieu", nation, right)
    if head.motto:
        motto = Words(head.motto, small + 1, bold=True)
        two += _centred("TieuNgu", motto, right) + _rule_under(motto, right, 1.0)
    else:
        two += _rule_under(nation, right, 1.0)
    rows = plain_row([(left, one), (right, two)])
    number = _centred("SoKyHieu", Words(head.number, 13), left, before=8) if head.number else ""
    for place, line in enumerate(head.about):
        gap_above = 0 if place else ABOUT_GAP
        number += _centred("TrichYeuCongVan", Words(line, ABOUT), left, before=gap_above)
    number += _draft_mark(left) if draft else ""
    date = Words(head.place_and_date, small + 1, italic=True)
    day = _centred("DiaDanhNgay", date, right, before=8) if date.text else ""
    if number or day:
        empty = gap(1)
        rows += plain_row([(left, number or empty), (right, day or empty)])
    return plain_table([left, right], rows)


def _centred(style: str, text: Words, room: float, *, before: float | None = None) -> str:
    """Centred words between indents at which they break as evenly as on PDF."""
    lines = text.wrapped(room)
    # alone on its line a text may take all the room that another typeface asks for
    longest = max(map(text.width, lines)) if len(lines) > 1 else room - 2 * SIDE
    side = max(SIDE, (room - longest) / 2) - SLACK
    return paragraph(
        words(text.text, size=text.size), Look(style, left=side, right=side, before=before)
    )


def _rule_under(text: Words, room: float, share: float) -> str:
    """The rule under centred words, as long as a share of their longest line."""
    longest = max(map(text.width, text.wrapped(room)))
    side = (room - longest * share) / 2
    return rule(side, side, RULE, above=2)


def _draft_mark(room: float) -> str:
    mark = Words(DRAFT, 13, bold=True)
    width = mark.width(mark.text) + 16
    side = (room - width) / 2
    look = Look("DuThao", left=side, right=side, border=box(RULE))
    return gap(6) + paragraph(words(DRAFT), look)


def title(document: Document, room: float) -> str:
    """The tên loại and the trích yếu with its rule; nothing for a công văn."""
    if not document.kind:
        return gap(12)
    found = gap(18) + _centred("Title", Words(document.kind, BODY, bold=True), room)
    subject = [Words(line, BODY, bold=True) for line in document.subject]
    found += "".join(_centred("Subtitle", line, room) for line in subject)
    if subject:
        found += _rule_under(subject[-1], room, SHORT_RULE)
    return found + gap(12)


def addressees(lines: Sequence[str], room: float) -> str:
    """One addressee on the line of "Kính gửi:"; several under each other, below its colon."""
    if not lines:
        return ""
    if len(lines) == 1:
        only = Look("KinhGui", Align.CENTRE, before=ADDRESSEE_GAP, after=2 * SPACING)
        return paragraph(words(f"{ADDRESSED_TO} {lines[0]}"), only)
    inset = fonts.width(ADDRESSED_TO.rstrip(":"), BODY)
    longest = max(fonts.width(words_of(line), BODY) for line in lines)
    start = max(INDENT, (room - inset - longest) / 2)
    look = Look("KinhGui", left=start, before=ADDRESSEE_GAP, keep_next=True)
    found = paragraph(words(ADDRESSED_TO), look)
    below = Look("KinhGui", left=start + inset, before=ADDRESSEE_GAP)
    return found + "".join(paragraph(words(line), below) for line in lines) + gap(2 * SPACING)


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
