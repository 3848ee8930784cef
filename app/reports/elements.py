"""The fixed elements at the top of an administrative document on paper.

NĐ 30/2020/NĐ-CP, Phụ lục I, phần II: quốc hiệu and tiêu ngữ (mục 1), issuer (mục 2), number
(mục 3), place and date (mục 4), tên loại and trích yếu, "V/v …" (mục 5), "Kính gửi" (mục 9).
Its end is in `signing_block`. Sizes and lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reportlab.platypus import Flowable, Paragraph, Spacer

from app.reports import fonts
from app.reports.centred import Centred, Words
from app.reports.document import (
    ADDRESSED_TO,
    DRAFT,
    DRAFT_BECAUSE,
    Align,
    Document,
    Draft,
    Letterhead,
    plain_line,
)
from app.reports.typesetting import BODY, INDENT, SPACING, markup, style, words_of

SHORT_RULE: Final = 0.4
"""Length of the rule under issuer and trích yếu: between 1/3 and 1/2 of the text."""
LEFT_SHARE: Final = 0.42
"""Share of the width for the issuer; the rest is for the national heading."""
ABOUT: Final = 12.0
"""Size of "V/v …" (mục II.5: 12 to 13)."""
ABOUT_GAP: Final = 6.0
"""Room between the number and "V/v …" (mục II.5)."""
ADDRESSEE_GAP: Final = 6.0
"""Room around "Kính gửi" and between its recipients."""


def letterhead(head: Letterhead, *, draft: bool, room: float) -> list[Flowable]:
    """The top of page 1 on ``room`` points of width, with the draft mark under the number."""
    shares = (LEFT_SHARE, 1 - LEFT_SHARE)
    small = 13.0 if Words(head.nation, 13, bold=True).width(head.nation) <= room * 0.57 else 12.0
    issuer = [Words(line, small) for line in head.superior]
    issuer += [Words(line, small, bold=True) for line in (*head.issuer, head.cluster) if line]
    if issuer and not head.star:
        issuer[-1] = replace(issuer[-1], bold=True, rule=SHORT_RULE)
    if head.star:
        issuer.append(Words("*", small, aside=True))
    nation = []
    if head.nation:
        nation.append(Words(head.nation, small, bold=True, rule=0.0 if head.motto else 1.0))
    if head.motto:
        nation.append(Words(head.motto, small + 1, bold=True, rule=1.0))
    number = [Words(head.number, 13)] if head.number else []
    date = [Words(head.place_and_date, small + 1, italic=True)] if head.place_and_date else []
    under = [
        Words(line, ABOUT, before=0.0 if place else ABOUT_GAP)
        for place, line in enumerate(head.about)
    ]
    if draft:
        under.append(Words(DRAFT, 13, bold=True, before=6, framed=True, aside=True))
    parts: list[Flowable] = [Centred((issuer, nation), shares)]
    if number or date:
        parts += [Spacer(1, 8), Centred((number, date), shares)]
    if under:
        parts.append(Centred((under, ()), shares))
    return parts


def title(document: Document) -> list[Flowable]:
    """The tên loại and the trích yếu with its rule; nothing for a công văn."""
    words = [Words(line, BODY, bold=True) for line in (document.kind, *document.subject) if line]
    if not words:
        return [Spacer(1, 12)] if document.letterhead else []
    if document.subject:
        words[-1] = replace(words[-1], rule=SHORT_RULE)
    if document.letterhead:
        words[0] = replace(words[0], before=18)
    return [Centred((words,), (1.0,)), Spacer(1, 14)]


def addressees(names: Sequence[str]) -> list[Flowable]:
    """ "Kính gửi:" with its recipients, in the middle; nothing without recipients."""
    return [_Addressees(names), Spacer(1, SPACING)] if names else []


class _Addressees(Flowable):
    """One recipient on the line of "Kính gửi:"; several under each other, below its colon."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = [Paragraph(markup(plain_line(name)), style(BODY)) for name in names]
        self.longest = max(fonts.width(words_of(name), BODY) for name in names)
        self.head = fonts.width(ADDRESSED_TO, BODY)
        colon = self.head - fonts.width(":", BODY)
        self.inset = self.head + fonts.width(" ", BODY) if len(names) == 1 else colon

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """The recipients get what is left of the width beside "Kính gửi"."""
        self.width = aW
        needed = self.inset + self.longest + 1
        self.left = max(INDENT, (aW - needed) / 2)
        room = aW - self.left - self.inset
        gap = 0.0 if len(self.names) == 1 else ADDRESSEE_GAP
        self.heights = [name.wrap(room, aH)[1] + gap for name in self.names]
        line = style(BODY).leading
        self.height = ADDRESSEE_GAP + sum(self.heights) + (line if len(self.names) > 1 else 0.0)
        return aW, self.height

    def draw(self) -> None:
        """Draws "Kính gửi:", then its recipients."""
        look = style(BODY)
        y = self.height - ADDRESSEE_GAP
        self.canv.setFont(look.fontName, BODY)
        self.canv.drawString(self.left, y - BODY, ADDRESSED_TO)
        if len(self.names) > 1:
            y -= look.leading
        for name, height in zip(self.names, self.heights, strict=True):
            y -= height
            name.drawOn(self.canv, self.left + self.inset, y)


def draft_reasons(draft: Draft) -> list[Flowable]:
    """Why the paper is a draft, right under its title."""
    lines = (DRAFT_BECAUSE, *(f"- {reason}" for reason in draft.reasons))
    look = style(12, Align.LEFT, italic=True, after=2)
    parts: list[Flowable] = [Paragraph(markup(plain_line(line)), look) for line in lines]
    return [*parts, Spacer(1, SPACING)]
