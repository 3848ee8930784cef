"""What a table shows, column by column, as functions of a row; without Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from app.ground.text import dictionary_key
from ui.theme.tokens import Tone

Row = TypeVar("Row")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its head, what stands in a cell, and how it is set.

    ``width`` is in characters of the base size; ``stretch`` takes what room is left. ``tone`` and
    ``icon`` answer ``None`` for a plain cell; a tone never stands without a word in ``text``.
    """

    title: str
    text: Callable[[Row], str]
    width: int = 12
    align: Literal["left", "right", "center"] = "left"
    stretch: bool = False
    bold: bool = False
    tone: Callable[[Row], Tone | None] | None = None
    icon: Callable[[Row], str | None] | None = None
    tip: Callable[[Row], str] | None = None
    order: Callable[[Row], Any] | None = None
    head_tip: str = ""

    def key(self, row: Row) -> Any:
        """By what rows are sorted: the given order, or the text in Vietnamese order."""
        return self.order(row) if self.order is not None else dictionary_key(self.text(row))
