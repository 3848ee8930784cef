"""Holds a printed paper against the layout of administrative documents, element by element.

NĐ 30/2020/NĐ-CP, Phụ lục I and III (page, elements, sizes and faces). It works on any PDF of a
document, whoever made it. Each complaint is a sentence; none means that the paper stands as the
decree says. Lengths are points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from app.reports.binding import code_line
from app.reports.document import (
    ADDRESSED_TO,
    DRAFT,
    DRAFT_BECAUSE,
    RECIPIENTS,
    Closing,
    Document,
    Letterhead,
    Page,
    Sheet,
    Signature,
)
from tests.app.reports import nd30_elements as kinds
from tests.app.reports.nd30_body import body
from tests.app.reports.nd30_elements import Found
from tests.app.reports.nd30_reading import INK, Reading
from tests.app.reports.printed import MM, Glyph, Printed, lines, read, squeezed

FACES = ("LiberationSerif", "TimesNewRoman")
LEAST, MOST = 9.0, 13.0
"""Sizes of what no element claims: tables and pictures."""
CLEAN_ZONE = 25 * MM
_NUMBER = re.compile(r"Số:(\s*\d{2,}|\s+)/\S+")
_DATE = re.compile(
    r".+, ngày (((0[1-9]|[12]\d|3[01]) tháng (01|02|[3-9]|1[0-2]) năm \d{4})|(… tháng … năm …))"
)


def complaints(printed: Printed | bytes, document: Document) -> list[str]:
    """What is wrong with the layout of the printed paper; nothing where all is well."""
    reading = Reading(printed if isinstance(printed, Printed) else read(printed), document)
    if document.letterhead:
        _letterhead(reading, document.letterhead)
    _title(reading)
    _addressees(reading, document.addressees)
    if document.draft:
        for words in (DRAFT_BECAUSE, *(f"- {reason}" for reason in document.draft.reasons)):
            reading.next(kinds.REASON, words)
    body(reading, document.blocks, document.page)
    if document.closing:
        _closing(reading, document.closing)
    for appendix in document.appendices:
        label = reading.next(kinds.APPENDIX, appendix.label)
        if label:
            _new_page(reading, label)
            reading.parts.append((label.page, appendix.page))
        title = reading.next(kinds.APPENDIX_TITLE, appendix.title)
        reference = reading.next(kinds.REFERENCE, appendix.reference)
        for found in filter(None, (label, title, reference)):
            reading.in_the_middle(found, appendix.page)
        body(reading, appendix.blocks, appendix.page)
    _pages(reading)
    _faces(reading)
    return reading.told


# ------------------------------------------------------------------ top


def _letterhead(reading: Reading, head: Letterhead) -> None:
    half = sum(reading.area(0, reading.document.page)) / 2
    superiors = [reading.on_first_page(kinds.SUPERIOR, words) for words in head.superior]
    names = [words for words in (*head.issuer, head.cluster) if words]
    issuers = [reading.on_first_page(kinds.ISSUER, words) for words in names]
    left = [found for found in (*superiors, *issuers) if found]
    for upper, lower in pairwise(left):
        reading.below(upper, lower)
    for found in left:
        reading.centred(found, left[0].centre, "with the other issuers")
        if found.right > half + INK:
            reading.tell(f"{found.name} is not in the left half.")
    last = left[-1] if left else None
    if head.star:
        last = reading.on_first_page(kinds.STAR, "*")
    elif last:
        reading.rule(last, 1 / 3, 1 / 2)
    nation = reading.on_first_page(kinds.NATION, head.nation)
    motto = reading.on_first_page(kinds.MOTTO, head.motto)
    if nation:
        if nation.centre < half:
            reading.tell(f"{nation.name} is not at the right.")
        if len(nation.lines) > 1:
            reading.tell(f"{nation.name} is broken into lines.")
        if left:
            reading.level(left[0], nation)
    if nation and motto:
        reading.centred(motto, nation.centre, "under the quốc hiệu")
        reading.below(nation, motto)
    if motto or nation:
        reading.rule(motto or nation, 1, 1)  # type: ignore[arg-type]
    _number_and_date(reading, head, last, motto or nation)


def _number_and_date(
    reading: Reading, head: Letterhead, last: Found | None, right: Found | None
) -> None:
    number = reading.on_first_page(kinds.NUMBER, head.number)
    date = reading.on_first_page(kinds.DATE, head.place_and_date)
    if number and not _NUMBER.fullmatch(head.number):
        reading.tell(f"{number.name} is not written “Số: 05/BC-SNV”.")
    if date and not _DATE.fullmatch(head.place_and_date):
        reading.tell(f"{date.name} is not written “Cao Bằng, ngày 05 tháng 01 năm 2019”.")
    if number and last:
        reading.centred(number, last.centre, "under the issuer")
        reading.below(last, number)
    if date and right:
        reading.centred(date, right.centre, "under the tiêu ngữ")
        reading.below(right, date)
    if number and date:
        reading.level(number, date)
    above = number
    for words in head.about:
        found = reading.on_first_page(kinds.ABOUT, words)
        reading.below(above, found)
        if found and number:
            reading.centred(found, number.centre, "under the number")
        above = found or above


def _title(reading: Reading) -> None:
    document = reading.document
    title = reading.next(kinds.TITLE, document.kind)
    subject = [reading.next(kinds.SUBJECT, words) for words in document.subject]
    for found in filter(None, (title, *subject)):
        reading.in_the_middle(found, document.page)
    if subject and subject[-1]:
        reading.rule(subject[-1], 1 / 3, 1 / 2)


def _addressees(reading: Reading, names: Sequence[str]) -> None:
    if not names:
        return
    head = reading.next(kinds.ADDRESSEE, ADDRESSED_TO)
    found = [reading.next(kinds.ADDRESSEE, name) for name in names]
    if len(names) == 1:
        if head and found[0]:
            reading.level(head, found[0])
        return
    _listed(reading, names, found)
    for upper, lower in zip([head, *found], found, strict=False):
        reading.below(upper, lower)


def _listed(reading: Reading, names: Sequence[str], found: Sequence[Found | None]) -> None:
    """One under the other, "- …;" and at last "." """
    for place, (name, one) in enumerate(zip(names, found, strict=True)):
        end = "." if place == len(names) - 1 else ";"
        if one and not (name.startswith("- ") and name.endswith(end)):
            reading.tell(f"{one.name} is not written “- …{end}”.")
    starts = [one.glyphs[0].x0 for one in found if one]
    if starts and max(starts) - min(starts) > 1:
        reading.tell("The names of a list do not begin under each other.")


def _new_page(reading: Reading, label: Found) -> None:
    first = next(g for g in reading.glyphs if g.page == label.page)
    if label.page == 0 or first is not label.glyphs[0]:
        reading.tell(f"{label.name} does not begin on a page of its own.")


# ------------------------------------------------------------------ end


def _closing(reading: Reading, end: Closing) -> None:
    start = reading.cursor
    head = _anywhere(reading, kinds.RECIPIENTS_HEAD, RECIPIENTS, start) if end.recipients else None
    names = [_anywhere(reading, kinds.RECIPIENT, words, start) for words in end.recipients]
    signed = [_signature(reading, signature, start) for signature in end.signatures]
    if head:
        left = reading.area(head.page, reading.document.page)[0]
        if abs(head.left - left) > INK:
            reading.tell(f"{head.name} does not begin at the left margin.")
        _listed(reading, end.recipients, names)
        for upper, lower in zip([head, *names], names, strict=False):
            reading.below(upper, lower)
    first = [found for found in signed if found]
    if len(end.signatures) == 1 and first:
        half = sum(reading.area(first[0].page, reading.document.page)) / 2
        if first[0].left < half - INK:
            reading.tell(f"{first[0].name} is not at the right.")
        if head:
            reading.level(head, first[0], 4)
    for one, other in pairwise(first):
        if abs(one.first_base - other.first_base) < 2 and other.left <= one.right:
            reading.tell(f"{other.name} is not at the right of {one.name}.")
    reading.cursor = max([start, *(f.stop for f in (head, *names, *first) if f), reading.cursor])


def _anywhere(reading: Reading, kind: kinds.Kind, words: str, start: int) -> Found | None:
    """The words after ``start``: recipients and signatures may be drawn in either order."""
    reached, reading.cursor = reading.cursor, start
    found = reading.next(kind, words)
    reading.cursor = max(reached, reading.cursor)
    return found


def _signature(reading: Reading, signature: Signature, start: int) -> Found | None:
    found = [_anywhere(reading, kinds.AUTHORITY, words, start) for words in signature.authority]
    above = [one for one in found if one]
    note = _anywhere(reading, kinds.SIGNING_NOTE, signature.note, start)
    name = _anywhere(reading, kinds.SIGNER, signature.name, start)
    for upper, lower in pairwise(above):
        reading.below(upper, lower)
    if not above:
        return None
    for one in filter(None, (*above, note, name)):
        reading.centred(one, above[0].centre, "with its signature")
    if name:
        top = (note or above[-1]).last_base
        clean = name.first_base - name.glyphs[0].size - top
        inside = [
            g
            for g in reading.glyphs
            if g.page == name.page
            and top + 1 < g.base < name.first_base - 1
            and g.x1 > above[0].left
            and g.x0 < above[0].right
        ]
        if name.page != above[-1].page or clean < CLEAN_ZONE * 0.9 or inside:
            reading.tell(f"{name.name} leaves no clean room for signature and seal.")
    return above[0]


# ------------------------------------------------------------------ pages


def _pages(reading: Reading) -> None:
    """Sheets, margins, and what stands in them: page number, mark of a draft, content code."""
    printed, document = reading.printed, reading.document
    code = squeezed(code_line(document))
    starts = dict(reading.parts)
    first, margins = 0, document.page
    for page, (width, height) in enumerate(printed.sizes):
        if page in starts:
            first, margins = page, starts[page]
        sides = [(w * MM, h * MM) for w, h in (sheet.size_mm for sheet in Sheet)]
        if not any(abs(width - w) < 1 and abs(height - h) < 1 for w, h in sides):
            reading.tell(f"Page {page + 1} is {width / MM:.0f} × {height / MM:.0f} mm.")
        mine = [g for g in reading.margins if g.page == page]
        found = ["".join(g.text for g in line) for line in _apart(mine)]
        number = str(page - first + 1)
        expected = [number] if page != first else []
        expected += [squeezed(DRAFT)] if document.draft else []
        expected += [code] if code else []
        for words in found:
            if words not in expected:
                reading.tell(f"“{words[:40]}” stands in the margin of page {page + 1}.")
        for words in expected:
            if words not in found:
                reading.tell(f"“{words}” is missing in the margin of page {page + 1}.")
        if page != first:
            _page_number(reading, mine, number, page, margins)
        _ink(reading, page, margins)
        _start(reading, page)


def _start(reading: Reading, page: int) -> None:
    """A page on which a table goes on begins with the head of the table."""
    start = next((n for n, g in enumerate(reading.glyphs) if g.page == page), None)
    if start is None:
        reading.tell(f"Page {page + 1} is empty.")
    elif start not in reading.claimed and not any(
        reading.stream.startswith(words, start) for words in reading.openings
    ):
        words = reading.stream[start : start + 20]
        reading.tell(f"Page {page + 1} begins with “{words}” and not with the head of its table.")


def _apart(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Lines of a margin, cut where there is a wide gap."""
    found: list[list[Glyph]] = []
    for line in lines(glyphs):
        for glyph in line:
            if glyph is not line[0] and abs(glyph.x0 - found[-1][-1].x1) < 2 * glyph.size:
                found[-1].append(glyph)
            else:
                found.append([glyph])
    return found


def _page_number(
    reading: Reading, mine: Sequence[Glyph], number: str, page: int, margins: Page
) -> None:
    for line in _apart(mine):
        if "".join(g.text for g in line) == number:
            found = Found(kinds.PAGE_NUMBER, number, line, 0)
            for fault in found.faults():
                reading.tell(fault)
            reading.in_the_middle(found, margins)
            if found.first_base > margins.top_mm * MM:
                reading.tell(f"{found.name} is not in the top margin.")


def _ink(reading: Reading, page: int, margins: Page) -> None:
    """Everything but the margins' own marks stands between the margins."""
    left, right = reading.area(page, margins)
    top = margins.top_mm * MM
    bottom = reading.printed.sizes[page][1] - margins.bottom_mm * MM
    for glyph in reading.glyphs:
        if glyph.page == page and not (
            left - INK <= glyph.x0
            and glyph.x1 <= right + INK
            and glyph.base <= bottom + INK
            and glyph.base - glyph.size * 0.7 >= top - INK
        ):
            reading.tell(f"“{glyph.text}” on page {page + 1} stands outside the margins.")
            break
    for box in reading.printed.boxes:
        if box.page == page and not (
            left - INK <= box.x0
            and box.x1 <= right + INK
            and top - INK <= box.top
            and box.bottom <= bottom + INK
        ):
            reading.tell(f"A line or picture on page {page + 1} stands outside the margins.")
            break


def _faces(reading: Reading) -> None:
    """One family, embedded; nothing smaller than 9, nothing in tables larger than 13."""
    for face in sorted({g.face for g in reading.printed.glyphs}):
        if not face.startswith(FACES):
            reading.tell(f"{face} is not Times New Roman or its equal.")
    for face in reading.printed.foreign:
        reading.tell(f"{face} is not embedded.")
    for glyph in reading.printed.glyphs:
        if glyph.size < LEAST - 0.05:
            reading.tell(f"“{glyph.text}” on page {glyph.page + 1} is smaller than {LEAST:.0f}.")
            break
    for place, glyph in enumerate(reading.glyphs):
        if place not in reading.claimed and glyph.size > MOST + 0.05:
            reading.tell(
                f"“{glyph.text}” on page {glyph.page + 1} is larger than {MOST:.0f} and belongs "
                "to no element."
            )
            break
