"""A printed paper read from its top to its end: elements are found by their words.

What is wrong with them is gathered in sentences. Lengths are points.
"""

from __future__ import annotations

from app.reports.document import Document, Page
from tests.app.reports.nd30_elements import Found, Kind
from tests.app.reports.printed import MM, Box, Glyph, Printed, squeezed

INK = 1.5
"""Half a millimetre: hair lines stand on the edge."""
CENTRED = 2.0


class Reading:
    """What was found so far, and what is wrong with it (``told``).

    ``glyphs`` are those of the body; page numbers, marks and codes are in ``margins``. ``parts``
    are the first page of the body and of each appendix with their margins; ``openings`` are the words
    with which tables and pictures begin.
    """

    def __init__(self, printed: Printed, document: Document) -> None:
        self.printed, self.document = printed, document
        self.told: list[str] = []
        self.glyphs: list[Glyph] = []
        self.margins: list[Glyph] = []
        for glyph in printed.glyphs:
            (self.margins if self._in_margin(glyph) else self.glyphs).append(glyph)
        self.stream = "".join(g.text for g in self.glyphs)
        self.cursor = 0
        self.claimed: set[int] = set()
        self.parts: list[tuple[int, Page]] = [(0, document.page)]
        self.openings: set[str] = set()

    def _in_margin(self, glyph: Glyph) -> bool:
        height = self.printed.sizes[glyph.page][1]
        page = self.document.page
        middle = glyph.base - glyph.size * 0.3
        return middle < page.top_mm * MM - INK or middle > height - page.bottom_mm * MM + INK

    def tell(self, complaint: str) -> None:
        """Notes what is wrong, once."""
        if complaint not in self.told:
            self.told.append(complaint)

    # ------------------------------------------------------------------ finding
    def _find(self, kind: Kind, words: str, start: int, stop: int | None = None) -> Found | None:
        """The first such words without a fault, else the first; their faults are told."""
        text = squeezed(words)
        stop = len(self.stream) if stop is None else stop
        first: Found | None = None
        at = self.stream.find(text, start, stop) if text else -1
        while at >= 0:
            found = Found(kind, words, self.glyphs[at : at + len(text)], at)
            if self.claimed.isdisjoint(range(found.start, found.stop)):
                first = first or found
                if not any(found.faults()):
                    first = found
                    break
            at = self.stream.find(text, at + 1, stop)
        if first:
            self.claimed.update(range(first.start, first.stop))
            for fault in first.faults():
                self.tell(fault)
        return first

    def next(self, kind: Kind, words: str) -> Found | None:
        """The words after everything that was found before them."""
        if not squeezed(words):
            return None
        found = self._find(kind, words, self.cursor)
        if found:
            self.cursor = found.stop
            return found
        early = self._find(kind, words, 0)
        name = f"{kind.name} “{words[:40]}”"
        self.tell(f"{name} stands too early." if early else f"{name} is not printed.")
        return None

    def on_first_page(self, kind: Kind, words: str) -> Found | None:
        """The words anywhere on page 1; what is searched next stands after them."""
        stop = sum(g.page == 0 for g in self.glyphs)
        found = self._find(kind, words, 0, stop) if words else None
        if found:
            self.cursor = max(self.cursor, found.stop)
        elif words:
            self.tell(f"{kind.name} “{words[:40]}” is not printed on page 1.")
        return found

    # ------------------------------------------------------------------ measures
    def area(self, page: int, margins: Page) -> tuple[float, float]:
        """Where text begins and ends from left to right."""
        return margins.left_mm * MM, self.printed.sizes[page][0] - margins.right_mm * MM

    def centred(self, found: Found, axis: float, where: str) -> None:
        """Each line of the words stands evenly about the axis."""
        for line in found.lines:
            centre = (line[0].x0 + line[-1].x1) / 2
            if abs(centre - axis) > CENTRED:
                self.tell(f"{found.name} is not centred {where} ({centre:.1f}, not {axis:.1f}).")

    def in_the_middle(self, found: Found, margins: Page) -> None:
        """The words stand in the middle between the margins."""
        left, right = self.area(found.page, margins)
        self.centred(found, (left + right) / 2, "between the margins")

    def rule(self, found: Found, least: float, most: float) -> None:
        """A rule below the words, centred, between two shares of their longest line."""
        box = self._rule_under(found)
        if box is None:
            self.tell(f"There is no rule under {found.name}.")
            return
        share, slack = (box.x1 - box.x0) / found.widest, 1.5 / found.widest
        if not least - slack <= share <= most + slack:
            self.tell(
                f"The rule under {found.name} is {share:.2f} of the text, not "
                f"{least:.2f} to {most:.2f}."
            )
        if abs((box.x0 + box.x1) / 2 - found.centre) > CENTRED:
            self.tell(f"The rule under {found.name} is not centred.")

    def _rule_under(self, found: Found) -> Box | None:
        for box in self.printed.boxes:
            gap = box.top - found.last_base
            near = box.x0 < found.right and box.x1 > found.left
            if box.level and box.page == found.page and 0 < gap < 14 and near:
                return box
        return None

    def below(self, upper: Found | None, lower: Found | None) -> None:
        """The second stands under the first, or on a later page."""
        if not upper or not lower:
            return
        above = (upper.last_page, upper.last_base)
        if (lower.page, lower.first_base) <= above:
            self.tell(f"{lower.name} is not below {upper.name}.")

    def level(self, one: Found, other: Found, slack: float = 2.0) -> None:
        """Both begin at one height."""
        if one.page != other.page or abs(one.first_base - other.first_base) > slack:
            self.tell(f"{other.name} is not level with {one.name}.")
