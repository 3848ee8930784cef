"""Wording with named places, and what comes of it when the places are filled.

The wording is Markdown of which only headings, **bold**, *italic* and quotes (notes) are read; each
line is a paragraph. A place is «its name»; nothing is worked out in a wording, there are no
conditions and no calls, so that whatever an officer or a package writes there is only text. A name
in capitals («TÊN CỤM») gives its value in capitals, one with a first capital («Cụm») a first
capital. A place that stands alone on its line may give tables and paragraphs.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.ground.findings import Findings
from app.ground.text import composed, nearest
from app.reports.document import Block, Heading, Note, Paragraph, Run

DOTS: Final = "…………"
"""Room to write in what was not filled in."""

Place = str | Sequence[Block]
"""What stands in a place: words, or blocks of its own."""

_ALONE: Final = re.compile(r"«([^«»\n]+)»")


class _Slots(string.Template):
    pattern = r"""
        «(?:
            (?P<escaped>«)            |
            (?P<named>[^«»\n]+)»      |
            (?P<braced>(?!))          |
            (?P<invalid>)
        )"""  # type: ignore[assignment]
    flags = re.VERBOSE


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    return MarkdownIt("zero").enable(["heading", "emphasis", "blockquote"])


def names_in(text: str) -> tuple[str, ...]:
    """The names of all places of a wording, as written, each once."""
    return tuple(dict.fromkeys(name.strip() for name in _Slots(text).get_identifiers()))


def plain_name(name: str) -> str:
    """A name as places are known by: composed, small letters, single spaces."""
    return " ".join(composed(name).lower().split())


@dataclass(frozen=True)
class Filler:
    """Puts values into the places of one paper and notes what it does not know.

    ``place`` says where a finding lies ("Tờ trình đề nghị khen thưởng").
    """

    values: Mapping[str, Place]
    place: str
    told: Findings

    def line(self, text: str) -> str:
        """A line of words with its places filled."""
        return _Slots(composed(text)).safe_substitute(_Lookup(self))

    def lines(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Lines with their places filled; a line whose only place gives nothing is left out."""
        filled = ((text, self.line(text)) for text in texts)
        return tuple(line for text, line in filled if line.strip() or not text.strip())

    def blocks(self, body: str) -> tuple[Block, ...]:
        """The wording of a body as blocks."""
        return tuple(self._blocks(_markdown().parse(composed(body))))

    def words(self, name: str) -> str:
        """What a place gives inside a line."""
        value = self._value(name)
        if value is None:
            return f"«{name}»"
        if not isinstance(value, str):
            self.told.error(
                "paper_place_not_alone",
                self.place,
                f"Chỗ “«{name}»” cho cả đoạn hoặc bảng nên phải đứng riêng một dòng.",
                "Đưa chỗ này xuống một dòng riêng.",
            )
            return f"«{name}»"
        bare = name.strip()
        if bare.isupper() and len(bare) > 1:
            return value.upper()
        return value[:1].upper() + value[1:] if bare[:1].isupper() else value

    def _value(self, name: str) -> Place | None:
        found = self.values.get(plain_name(name))
        if found is None:
            guess = nearest(plain_name(name), self.values)
            self.told.error(
                "paper_place_unknown",
                self.place,
                f"Lời văn có chỗ “«{name}»” không có trong danh mục.",
                f"Có phải “«{guess}»”?" if guess else "Chọn một chỗ trong danh mục, hoặc xóa đi.",
            )
        return found

    def _blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        level, noted = -1, False
        for token in tokens:
            match token.type:
                case "heading_open":
                    level = int(token.tag[1:]) - 1
                case "heading_close":
                    level = -1
                case "blockquote_open" | "blockquote_close":
                    noted = token.nesting > 0
                case "inline":
                    yield from self._inline(token, level, noted=noted)

    def _inline(self, token: Token, level: int, *, noted: bool) -> Iterator[Block]:
        for line in token.content.split("\n"):
            alone = _ALONE.fullmatch(line.strip())
            value = self.values.get(plain_name(alone[1])) if alone else None
            if value is not None and not isinstance(value, str):
                yield from value
                continue
            runs = tuple(self._runs(line))
            if level >= 0:
                yield Heading("".join(run.text for run in runs), min(level, 2))
            elif runs and noted:
                yield Note(runs)
            elif runs:
                yield Paragraph(runs)

    def _runs(self, line: str) -> Iterator[Run]:
        bold = italic = False
        (inline,) = _markdown().parseInline(line)
        for token in inline.children or ():
            match token.type:
                case "strong_open" | "strong_close":
                    bold = token.nesting > 0
                case "em_open" | "em_close":
                    italic = token.nesting > 0
                case _:
                    words = self.line(token.content)
                    if words:
                        yield Run(words, bold, italic)


class _Lookup(Mapping[str, str]):
    """The places of a wording as a template asks for them."""

    def __init__(self, filler: Filler) -> None:
        self._filler = filler

    def __getitem__(self, name: str) -> str:
        return self._filler.words(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._filler.values)

    def __len__(self) -> int:
        return len(self._filler.values)
