"""The fixed elements of an administrative document on paper: its top, its title, its end.

NĐ 30/2020/NĐ-CP, Phụ lục I, phần II: quốc hiệu and tiêu ngữ (mục 1), issuer (mục 2), number
(mục 3), place and date (mục 4), tên loại and trích yếu (mục 5), signature (mục 7), recipients
(mục 9). Sizes and lengths are points unless a name ends in ``_mm``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer

from app.reports import fonts
from app.reports.document import (
    DRAFT,
    DRAFT_BECAUSE,
    RECIPIENTS,
    Closing,
    Document,
    Draft,
    Letterhead,
    Signature,
    plain_line,
)
from app.reports.typesetting import BODY, SPACING, markup, style, words_of

RULE: Final = 0.7
"""Thickness of the rules under motto, issuer and title."""
RULE_GAP: Final = 2.0
"""Room between the tails of the letters and a rule."""
SHORT_RULE: Final = 0.4
"""Length of the rule under issuer and trích yếu: between 1/3 and 1/2 of the text."""
SEAL_ROOM_MM: Final = 26
"""The clean room for signature and seal."""
LEFT_SHARE: Final = 0.42
"""Share of the width for the issuer; the rest is for the national heading."""


@dataclass(frozen=True, slots=True)
class Words:
    """Centred words in one face; ``rule`` is the length of the rule below as a share of them.

    ``before`` is the room above the first line; ``framed`` draws a box around.
    """

    text: str
    size: float
    bold: bool = False
    italic: bool = False
    rule: float = 0.0
    before: float = 0.0
    framed: bool = False

    def wrapped(self, room: float) -> list[str]:
        """The lines into which the words break."""
        lines: list[str] = []
        for word in words_of(self.text).split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer) <= room - 6:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def width(self, line: str) -> float:
        """How wide a line of these words runs."""
        return fonts.width(line, self.size, bold=self.bold, italic=self.italic)


class Centred(Flowable):
    """Blocks of centred words side by side; ``shares`` are their parts of the width."""

    def __init__(self, blocks: Sequence[Sequence[Words]], shares: Sequence[float]) -> None:
        super().__init__()
        self.blocks, self.shares = blocks, shares
        self.laid: list[list[tuple[Words, list[str]]]] = []

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """The room that the highest block takes."""
        self.width = aW
        self.laid = [
            [(words, words.wrapped(aW * share)) for words in block]
            for block, share in zip(self.blocks, self.shares, strict=True)
        ]
        self.height = max(
            sum(words.before + _line_height(words) * len(lines) for words, lines in block)
            for block in self.laid
        )
        return aW, self.height

    def draw(self) -> None:
        """Draws the blocks from left to right, each from the top."""
        left = 0.0
        for block, share in zip(self.laid, self.shares, strict=True):
            centre, y = left + self.width * share / 2, self.height
            for words, lines in block:
                y = self._draw_words(words, lines, centre, y - words.before)
            left += self.width * share

    def _draw_words(self, words: Words, lines: Sequence[str], centre: float, y: float) -> float:
        longest = max(words.width(line) for line in lines)
        top = y
        for line in lines:
            y -= _line_height(words)
            self.canv.setFont(fonts.face(bold=words.bold, italic=words.italic), words.size)
            self.canv.drawCentredString(centre, y + words.size * 0.3, line)
        self.canv.setLineWidth(RULE)
        if words.rule:
            half = longest * words.rule / 2
            self.canv.line(centre - half, y - RULE_GAP, centre + half, y - RULE_GAP)
        if words.framed:
            self.canv.rect(centre - longest / 2 - 8, y - 1, longest + 16, top - y + 2)
        return y


def _line_height(words: Words) -> float:
    return words.size * 1.2


def letterhead(head: Letterhead, *, draft: bool, room: float) -> list[Flowable]:
    """The top of page 1 on ``room`` points of width, with the draft mark under the number."""
    shares = (LEFT_SHARE, 1 - LEFT_SHARE)
    small = 13.0 if Words(head.nation, 13, bold=True).width(head.nation) <= room * 0.57 else 12.0
    issuer = [Words(line, small) for line in head.superior]
    issuer += [Words(line, small, bold=True) for line in (*head.issuer, head.cluster) if line]
    last = issuer[-1]
    issuer[-1] = Words(last.text, small, bold=True, rule=0.0 if head.star else SHORT_RULE)
    if head.star:
        issuer.append(Words("*", small))
    nation = [Words(head.nation, small, bold=True, rule=0.0 if head.motto else 1.0)]
    if head.motto:
        nation.append(Words(head.motto, small + 1, bold=True, rule=1.0))
    number = [Words(head.number, 13)] if head.number else []
    if draft:
        number.append(Words(DRAFT, 13, bold=True, before=6, framed=True))
    date = [Words(head.place_and_date, small + 1, italic=True)] if head.place_and_date else []
    parts: list[Flowable] = [Centred((issuer, nation), shares)]
    if number or date:
        parts += [Spacer(1, 8), Centred((number, date), shares)]
    return parts


def title(document: Document) -> list[Flowable]:
    """The tên loại and the trích yếu with its rule."""
    words = [Words(document.kind, BODY, bold=True, before=18)]
    words += [Words(line, BODY, bold=True) for line in document.subject]
    words[-1] = Words(words[-1].text, BODY, bold=True, rule=SHORT_RULE)
    return [Centred((words,), (1.0,)), Spacer(1, 14)]


def closing(end: Closing) -> list[Flowable]:
    """Recipients at the left and the signature at the right; or several signatures in a row."""
    if len(end.signatures) == 1:
        return [Spacer(1, 12), _Recipients(end.recipients, end.signatures[0])]
    blocks = [_signature(signature) for signature in end.signatures]
    parts: list[Flowable] = [Spacer(1, 12), *_recipients(end.recipients)]
    if blocks:
        parts += [Spacer(1, 8), Centred(blocks, [1 / len(blocks)] * len(blocks))]
    return parts


def _signature(signature: Signature) -> list[Words]:
    block = [Words(line, BODY, bold=True) for line in signature.authority]
    if signature.note:
        block.append(Words(signature.note, 12, italic=True))
    if signature.name:
        block.append(Words(signature.name, BODY, bold=True, before=SEAL_ROOM_MM * mm))
    return block


def _recipients(recipients: Sequence[str]) -> list[Paragraph]:
    if not recipients:
        return []
    head = Paragraph(markup(plain_line(RECIPIENTS)), style(12, bold=True, italic=True))
    return [head, *(Paragraph(markup(plain_line(line)), style(11)) for line in recipients)]


class _Recipients(Flowable):
    """Recipients beside one signature, level with its first line."""

    def __init__(self, recipients: Sequence[str], signature: Signature) -> None:
        super().__init__()
        self.recipients = _recipients(recipients)
        self.signature = Centred((_signature(signature),), (1.0,))
        self.room = 0.0 if signature.name else SEAL_ROOM_MM * mm

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """The height of the higher side."""
        self.width = aW
        left = sum(line.wrap(aW * 0.45, aH)[1] for line in self.recipients)
        right = self.signature.wrap(aW * 0.5, aH)[1] + self.room
        self.height = max(left, right)
        return aW, self.height

    def draw(self) -> None:
        """Draws the recipients, then the signature."""
        y = self.height
        for line in self.recipients:
            y -= line.height
            line.drawOn(self.canv, 0, y)
        self.signature.drawOn(self.canv, self.width * 0.5, self.height - self.signature.height)


def draft_reasons(draft: Draft) -> list[Flowable]:
    """Why the paper is a draft, right under its title."""
    lines = (DRAFT_BECAUSE, *(f"- {reason}" for reason in draft.reasons))
    parts: list[Flowable] = [
        Paragraph(markup(plain_line(line)), style(12, italic=True, after=2)) for line in lines
    ]
    return [*parts, Spacer(1, SPACING)]
