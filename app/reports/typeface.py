"""A TrueType face whose letters, widths and outlines are found table by table.

reportlab reads these tables number by number: for the four faces of a paper ten thousands of
calls. What is found here is the same (OpenType 1.9: ``cmap`` in format 4 for Unicode, ``hhea``,
``hmtx``, ``head``, ``loca``); names and measures of a face are left to reportlab.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from
from typing import Any, Final

from app.reports.press import TTFError, TTFontFace

_UNICODE: Final = (3, 1)
"""Platform and encoding of the table of letters: Windows, the basic plane of Unicode."""
_SEGMENTED: Final = 4
_SPACE, _FIRM_SPACE = 0x20, 0xA0


class Typeface(TTFontFace):
    """What reportlab's face is, read more quickly."""

    _ttf_data: bytes
    _pdfScale: Any  # noqa: N815 - reportlab's name

    def extractInfo(self, charInfo: Any = 1) -> None:  # noqa: N802, N803 - reportlab's names
        """Names and measures by reportlab, then letters, widths and the places of outlines."""
        super().extractInfo(charInfo=0)
        (held,) = self._read("hhea", 34, "H")
        pairs = self._read("hmtx", 0, f"{2 * held}H")
        rest = self.numGlyphs - held
        advances = pairs[::2] + pairs[-2:-1] * rest
        self.hmetrics = list(
            zip(advances, pairs[1::2] + self._read("hmtx", 4 * held, f"{rest}H"), strict=True)
        )
        (long,) = self._read("head", 50, "H")
        places = self._read("loca", 0, f"{self.numGlyphs + 1}{'L' if long else 'H'}")
        self.glyphPos = list(places) if long else [2 * place for place in places]
        self.charToGlyph = dict(self._letters())
        self.charToGlyph[_FIRM_SPACE] = self.charToGlyph[_SPACE]
        scaled = {advance: self._pdfScale(advance) for advance in set(advances)}
        self.defaultWidth = scaled[advances[0]]
        self.charWidths = {
            code: scaled[advances[glyph]] for code, glyph in self.charToGlyph.items()
        }

    def _read(self, table: str, at: int, kinds: str) -> tuple[int, ...]:
        return unpack_from(f">{kinds}", self._ttf_data, self.get_table_pos(table)[0] + at)

    def _letters(self) -> Iterator[tuple[int, int]]:
        """Each letter with the number of its glyph, segment by segment."""
        at = self._table_of_letters()
        form, _, _, twice = self._read("cmap", at, "4H")
        if form != _SEGMENTED:
            raise TTFError(f"the letters of {self.filename} are in format {form}")
        count, at = twice // 2, at + 14
        ends = self._read("cmap", at, f"{count}H")
        starts, deltas, offsets = (
            self._read("cmap", at + 2 + twice * part, f"{count}H") for part in (1, 2, 3)
        )
        for n, (start, end, delta, offset) in enumerate(
            zip(starts, ends, deltas, offsets, strict=True)
        ):
            codes = range(start, end + 1)
            if not offset:
                yield from ((code, (code + delta) & 0xFFFF) for code in codes)
                continue
            glyphs = self._read("cmap", at + 2 + twice * 3 + 2 * n + offset, f"{len(codes)}H")
            yield from (
                (code, (glyph + delta) & 0xFFFF if glyph else 0)
                for code, glyph in zip(codes, glyphs, strict=True)
            )

    def _table_of_letters(self) -> int:
        (tables,) = self._read("cmap", 2, "H")
        for n in range(tables):
            platform, encoding, at = self._read("cmap", 4 + 8 * n, "HHL")
            if (platform, encoding) == _UNICODE:
                return at
        raise TTFError(f"{self.filename} has no letters of Unicode")
