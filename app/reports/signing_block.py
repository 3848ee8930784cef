"""The end of a paper: recipients and signatures, with clean room for signature and seal.

NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.7 (signature), II.8 (seal) and II.9 (recipients). One
signature stands at the right, level with the recipients at the left; several stand side by side
(a biên bản: secretary left, chair right, Mẫu 1.9) with the recipients below them. Where a
signature names a field, an empty signature field lies exactly in its room, in which nothing is
drawn. Lengths are points unless a name ends in ``_mm``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer

from app.reports.archive_form import OnPaper
from app.reports.centred import Words
from app.reports.document import RECIPIENTS, Closing, Signature, plain_line
from app.reports.typesetting import BODY, markup, style

SEAL_ROOM_MM: Final = 26
"""The clean room for signature and seal."""
FIELD_GAP_MM: Final = 2
"""Room between the field and the words above and below it."""
FIELD_MM: Final = 60
"""The widest that a signature field is."""
ABREAST: Final = 3
"""Signatures that stand side by side at most; more go into further rows."""
ROW_GAP: Final = 10.0


def closing(end: Closing) -> list[Flowable]:
    """Recipients and signatures; it is never parted between pages."""
    return [Spacer(1, 12), SigningBlock(end)] if end.signatures or end.recipients else []


class SigningBlock(OnPaper):
    """Draws the recipients, then the signatures: the order in which a paper is read."""

    def __init__(self, end: Closing) -> None:
        super().__init__()
        self.recipients = _recipients(end.recipients)
        found = end.signatures
        self.rows = [found[at : at + ABREAST] for at in range(0, len(found), ABREAST)]
        self.beside = len(found) == 1

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """The whole width and the height of recipients and signatures."""
        self.width = aW
        room = aW * 0.45 if self.beside else aW
        left = sum(line.wrap(room, aH)[1] for line in self.recipients)
        heights = [_height(row, self._room(row)) for row in self.rows]
        self.signed = sum(heights) + ROW_GAP * max(0, len(heights) - 1)
        gap = ROW_GAP if heights and self.recipients else 0.0
        self.height = max(left, self.signed) if self.beside else left + self.signed + gap
        return aW, self.height

    def _room(self, row: Sequence[Signature]) -> float:
        """The width of one signature of the row."""
        return self.width * (0.5 if self.beside else 1 / len(row))

    def draw(self) -> None:
        """Draws the recipients at the left, then each signature in its own column."""
        y = self.height if self.beside else self.height - self.signed - ROW_GAP
        for line in self.recipients:
            y -= line.height
            line.drawOn(self.canv, 0, y)
        top = self.height
        for row in self.rows:
            room = self._room(row)
            start = self.width - room * len(row)
            for place, signature in enumerate(row):
                self._draw_signature(signature, row, start + room * place, top)
            top -= _height(row, room) + ROW_GAP

    def _draw_signature(
        self, signature: Signature, row: Sequence[Signature], left: float, top: float
    ) -> None:
        room = self._room(row)
        centre, y = left + room / 2, top
        for words in _above(signature):
            y = words.draw(self.canv, room, centre, y)
        below = top - _highest(row, room) - SEAL_ROOM_MM * mm
        if signature.name:
            _name(signature).draw(self.canv, room, centre, below)
        if signature.field:
            width = min(FIELD_MM * mm, room - 8)
            gap = FIELD_GAP_MM * mm
            bottom = below + gap
            self.canv.signature_field(
                signature.field, centre - width / 2, bottom, width, y - gap - bottom
            )


def _above(signature: Signature) -> list[Words]:
    """What stands above the room: authority and title, and whose signature and seal it is."""
    block = [Words(line, BODY, bold=True) for line in signature.authority]
    if signature.note:
        block.append(Words(signature.note, 12, italic=True))
    return block


def _name(signature: Signature) -> Words:
    return Words(signature.name, BODY, bold=True)


def _highest(row: Sequence[Signature], room: float) -> float:
    """What stands above the room at its highest, so that all names of a row are level."""
    return max(sum(words.height(room) for words in _above(signature)) for signature in row)


def _height(row: Sequence[Signature], room: float) -> float:
    names = max(_name(s).height(room) if s.name else 0.0 for s in row)
    return _highest(row, room) + SEAL_ROOM_MM * mm + names


def _recipients(recipients: Sequence[str]) -> list[Paragraph]:
    if not recipients:
        return []
    head = Paragraph(markup(plain_line(RECIPIENTS)), style(12, bold=True, italic=True))
    return [head, *(Paragraph(markup(plain_line(line)), style(11)) for line in recipients)]
