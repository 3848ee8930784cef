"""Reading figures and points of entries, where speed counts: thousands of cells of each kind.

Equal raw values are read once. A fault is kept with its place; the figure is then left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from app.domain.snapshot import Figure
from app.exchange.facts_faults import Gathering, number_error, shown
from app.exchange.facts_known import KnownFigure, level_words
from app.exchange.facts_values import as_date, as_number, text_fault
from app.ground.numbers import NumberTextError
from app.ground.text import composed
from app.rules.methods import FigureKind

_YES: Final = {"có", "co", "true", "yes", "x", "1", "đạt"}
_NO: Final = {"không", "khong", "false", "no", "0", "không đạt"}


class FigureReader:
    """Reads raw values of figures; with ``cells`` they are texts of a table's cells."""

    def __init__(self, gathering: Gathering, *, cells: bool) -> None:
        self._gathering = gathering
        self._cells = cells
        self._texts: dict[str, Fraction] = {}
        self._decimals: dict[Decimal, Fraction] = {}
        self._whole: dict[int, Fraction] = {}

    def number(self, raw: Any, place: Callable[[], str]) -> Fraction | None:
        """An exact number; ``None`` with a finding where it is none."""
        kind = type(raw)
        try:
            if kind is str:
                number = self._texts.get(raw)
                if number is None:
                    number = self._texts[raw] = as_number(raw)
            elif kind is Decimal and raw.is_finite():
                number = self._decimals.get(raw)
                if number is None:
                    number = self._decimals[raw] = as_number(raw)
            elif kind is int:
                number = self._whole.get(raw)
                if number is None:
                    number = self._whole[raw] = as_number(raw)
            else:
                number_error(self._gathering, place(), raw, None)
                return None
        except NumberTextError as fault:
            number_error(self._gathering, place(), raw, fault)
            return None
        return number

    def figures(
        self,
        raw: Mapping[str, Any],
        known: Mapping[str, KnownFigure],
        place: Callable[[str], str],
    ) -> dict[str, Figure]:
        """The figures of one entry in the order of its method; empty texts are left out.

        ``place`` says where the figure of a given name stands.
        """
        found: dict[str, Figure] = {}
        for name, figure in known.items():
            value = raw.get(name)
            if value is None or value == "":
                continue
            read = self.figure(value, figure, lambda name=name: place(name))  # type: ignore[misc]
            if read is not None:
                found[name] = read
        return found

    def figure(self, value: Any, figure: KnownFigure, place: Callable[[], str]) -> Figure | None:
        """One figure of the kind that its method asks for."""
        match figure.kind:
            case FigureKind.NUMBER:
                return self.number(value, place)
            case FigureKind.COUNT:
                return self._count(value, figure, place)
            case FigureKind.YES_NO:
                return self._yes_no(value, figure, place)
            case FigureKind.DATE:
                return self._date(value, figure, place)
            case FigureKind.LEVEL:
                return self._level(value, figure, place)

    def _count(self, value: Any, figure: KnownFigure, place: Callable[[], str]) -> Fraction | None:
        number = self.number(value, place)
        if number is None:
            return None
        if number < 0:
            self._gathering.error(
                "facts_negative",
                place(),
                f"{figure.title}: số “{shown(value)}” là số âm.",
                "Ghi số từ 0 trở lên.",
            )
            return None
        if number.denominator != 1:
            self._gathering.error(
                "facts_not_whole",
                place(),
                f"{figure.title}: cần một số nguyên, đang ghi “{shown(value)}”.",
                "Ghi số lượng nguyên, ví dụ 9.",
            )
            return None
        return number

    def _yes_no(self, value: Any, figure: KnownFigure, place: Callable[[], str]) -> bool | None:
        if isinstance(value, bool):
            return value
        if self._cells and isinstance(value, str):
            word = level_words(value)
            if word in _YES or word in _NO:
                return word in _YES
        self._gathering.error(
            "facts_not_yes_no",
            place(),
            f"{figure.title}: cần trả lời có hoặc không, đang ghi “{shown(value)}”.",
            "Ghi “có” hoặc “không”."
            if self._cells
            else "Ghi true (có) hoặc false (không), không đặt trong dấu nháy.",
        )
        return None

    def _date(self, value: Any, figure: KnownFigure, place: Callable[[], str]) -> Figure | None:
        day = as_date(value)
        if day is None:
            self._gathering.error(
                "facts_not_a_date",
                place(),
                f"{figure.title}: “{shown(value)}” không phải một ngày có trên lịch.",
                "Ghi ngày dạng 2022-12-31, không kèm giờ.",
            )
        return day

    def _level(self, value: Any, figure: KnownFigure, place: Callable[[], str]) -> str | None:
        if not isinstance(value, str):
            self._gathering.error(
                "facts_not_a_level",
                place(),
                f"{figure.title}: cần một mức bằng chữ, đang ghi “{shown(value)}”.",
                "Ghi tên mức trong dấu nháy. " + self._levels(figure),
            )
            return None
        if figure.levels and level_words(value) not in figure.levels:
            guess = self._gathering.guess(
                value, tuple(figure.levels.values()), "level " + " ".join(figure.levels)
            )
            self._gathering.error(
                "facts_unknown_level",
                place(),
                f"{figure.title}: không có mức “{shown(value)}”.",
                guess if guess.startswith("Các") else f"{guess} {self._levels(figure)}",
            )
            return None
        fault = text_fault(value)
        if fault is not None:
            self._gathering.error("facts_bad_text", place(), fault, "Gõ lại văn bản này.")
            return None
        return composed(value)

    @staticmethod
    def _levels(figure: KnownFigure) -> str:
        return "Các mức: " + ", ".join(figure.levels.values()) + "." if figure.levels else ""
