"""What papers are drawn with: reportlab, imported in half of its time.

When it is imported, reportlab compiles a pattern of web addresses over all letters of Unicode in
either case, which takes nearly as long as to lay out a ranking, and reads the library of bitmaps.
No paper asks for either: lines are not broken within addresses by reportlab, and pictures are
drawn of lines. Imported here, before anything else imports it, both come when first used.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import Any, Final

_BITMAPS: Final = "PIL.Image"
_SLOW: Final = ("reportlab.lib.textsplit", "reportlab.platypus.paragraph")
"""The modules with patterns over tens of thousands of letters."""
_compile: Final[Any] = re.compile


class PatternWhenUsed:
    """Is like a compiled pattern, but compiled only when it is first used."""

    def __init__(self, *written: Any) -> None:
        self._written = written

    @cached_property
    def _compiled(self) -> Any:
        return _compile(*self._written)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiled, name)


class ModuleWhenUsed(ModuleType):
    """Is like a module, but imported only when it is first used."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


def _unhurried(*written: Any) -> Any:
    """Compiles as ever, but for the slow modules; other threads may be compiling meanwhile."""
    asking = sys._getframe(1).f_globals["__name__"]
    return PatternWhenUsed(*written) if asking in _SLOW else _compile(*written)


@contextmanager
def _slow_parts_when_used() -> Iterator[None]:
    later = ModuleWhenUsed(_BITMAPS)
    given = sys.modules.setdefault(_BITMAPS, later)
    vars(re)["compile"] = _unhurried
    try:
        yield
    finally:
        vars(re)["compile"] = _compile
        if given is later:
            del sys.modules[_BITMAPS]


with _slow_parts_when_used():
    from reportlab import rl_config
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTEncoding, TTFError, TTFont, TTFontFace
    from reportlab.platypus import (
        BaseDocTemplate,
        Flowable,
        Frame,
        KeepTogether,
        NextPageTemplate,
        PageBreak,
        PageTemplate,
        Paragraph,
        Spacer,
    )
    from reportlab.platypus.doctemplate import LayoutError

__all__ = [
    "BaseDocTemplate",
    "Flowable",
    "Frame",
    "KeepTogether",
    "LayoutError",
    "NextPageTemplate",
    "PageBreak",
    "PageTemplate",
    "Paragraph",
    "Spacer",
    "TTEncoding",
    "TTFError",
    "TTFont",
    "TTFontFace",
    "addMapping",
    "pdfmetrics",
    "rl_config",
]
