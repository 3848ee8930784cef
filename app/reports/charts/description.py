"""What a picture shows, without any look: units, parts, and numbers as they are published.

Every value is an exact ``Fraction`` of points that stands in the assessment; ``None`` is "no
number" (not scored, or not in the unit's table) and never zero. Texts are Vietnamese, composed
(NFC) and on one line. ``alt`` tells in one sentence what the picture tells.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from app.ground.numbers import Rounding, round_to, vietnamese
from app.ground.text import composed
from app.reports.charts.spread import SpreadChart
from app.reports.figures import BLANK, NOT_DONE

MINUS: Final = "\u2212"
PROVISIONAL: Final = "Tạm tính"


def clean(text: str) -> str:
    """The text composed, on one line with single spaces, without control characters."""
    spaced = " ".join(composed(text).split())
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))


@dataclass(frozen=True, slots=True)
class Numbers:
    """How the numbers of a picture are printed: decimals and rounding of the pack."""

    digits: int = 2
    mode: Rounding = Rounding.HALF_UP

    def published(self, value: Fraction) -> Fraction:
        """The number that stands on papers."""
        return round_to(value, self.digits, self.mode)

    def points(self, value: Fraction) -> str:
        """With all decimals: 964,50; −3,00."""
        return vietnamese(self.published(value), self.digits).replace("-", MINUS)

    def short(self, value: Fraction) -> str:
        """Without needless decimals: 964,5."""
        return vietnamese(self.published(value)).replace("-", MINUS)

    def signed(self, value: Fraction) -> str:
        """A difference with its sign: +2,5; −3; 0."""
        return ("+" if self.published(value) > 0 else "") + self.short(value)


class PartKind(StrEnum):
    """What a part of a total is."""

    SECTION = "section"
    BONUS = "bonus"
    DEDUCTION = "deduction"
    SENT = "sent"
    """A total that was sent as a whole, without its sections."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the totals: ``label`` as it is printed ("I"; empty for bonus and deductions)."""

    title: str
    label: str = ""
    kind: PartKind = PartKind.SECTION

    @property
    def name(self) -> str:
        """ "I. Nhiệm vụ chính trị"."""
        return (
            f"{self.label}. {self.title}" if self.label and self.title else self.label + self.title
        )


@dataclass(frozen=True, slots=True)
class Bar:
    """A unit with its parts.

    ``values`` follow the parts of the chart; deductions are negative. ``unscored`` are the
    labels of sections of which nothing was scored yet, ``blanks`` counts the open cells.
    ``reason`` says why the parts do not add up to ``total``, where they do not.
    """

    name: str
    rank: int | None
    values: tuple[Fraction | None, ...]
    total: Fraction | None
    blanks: int = 0
    unscored: tuple[str, ...] = ()
    reason: str = ""

    @property
    def gained(self) -> Fraction:
        """What the positive parts add up to."""
        return sum((v for v in self.values if v is not None and v > 0), Fraction(0))

    @property
    def lost(self) -> Fraction:
        """What the negative parts take away, as a positive number."""
        return -sum((v for v in self.values if v is not None and v < 0), Fraction(0))


@dataclass(frozen=True, slots=True)
class SectionsChart:
    """Stacked bars of the parts of each unit's total, in the order of ranks."""

    title: str
    cluster: str
    parts: tuple[Part, ...]
    bars: tuple[Bar, ...]
    numbers: Numbers = Numbers()
    provisional: bool = False

    @property
    def alt(self) -> str:
        """Who leads, who is last, how far apart, and what is still open."""
        known = [(bar.name, bar.total) for bar in self.bars if bar.total is not None]
        points = self.numbers.points
        if not known:
            told = "chưa đơn vị nào có điểm"
        elif len(known) == 1:
            told = f"{known[0][0]} được {points(known[0][1])} điểm"
        else:
            most, least = max(total for _, total in known), min(total for _, total in known)
            best = _listed([name for name, total in known if total == most])
            worst = _listed([name for name, total in known if total == least])
            if most == least:
                told = f"cả {len(known)} đơn vị cùng được {points(most)} điểm"
            else:
                told = (
                    f"cao nhất là {best} với {points(most)} điểm, thấp nhất là {worst} với "
                    f"{points(least)} điểm, cách nhau {points(most - least)} điểm"
                )
        blanks = sum(bar.blanks for bar in self.bars)
        ends = [f"còn {blanks} ô chưa chấm"] if blanks else []
        return _sentence([f"{self.cluster}: {told}", *ends], provisional=self.provisional)


@dataclass(frozen=True, slots=True)
class Gap:
    """A criterion or section with the self-score and the score that counts.

    Where a side has no number, its mark says why ("—" chưa chấm, "KG" không được giao). What
    was not done counts 0 points and keeps its mark ("KTH").
    """

    title: str
    label: str
    own: Fraction | None
    final: Fraction | None
    own_mark: str = BLANK
    final_mark: str = BLANK

    @property
    def difference(self) -> Fraction | None:
        """What the review changed; ``None`` where a side has no number."""
        return None if self.own is None or self.final is None else self.final - self.own

    def words(self, numbers: Numbers) -> tuple[str, str]:
        """What is printed for the self-score and for the score that counts."""
        sides = ((self.own, self.own_mark), (self.final, self.final_mark))
        own, final = (
            mark if value is None or mark == NOT_DONE else numbers.points(value)
            for value, mark in sides
        )
        return own, final


@dataclass(frozen=True, slots=True)
class GapsChart:
    """Self-score against the score that counts, the largest difference first.

    ``others`` rows with a difference are left out, ``same`` rows have none, ``unscored`` lack
    one of the two numbers and are not among the rows; what was not assigned is not counted at
    all. ``noun`` names a row ("tiêu chí").
    """

    title: str
    unit: str
    own_name: str
    final_name: str
    rows: tuple[Gap, ...]
    others: int = 0
    same: int = 0
    unscored: int = 0
    noun: str = "tiêu chí"
    numbers: Numbers = Numbers()
    provisional: bool = False

    @property
    def rest(self) -> str:
        """What the rows leave out: "Còn 3 tiêu chí khác; 12 tiêu chí không chênh lệch"."""
        parts = [f"còn {self.others} {self.noun} khác có chênh lệch"] if self.others else []
        parts += [f"{self.same} {self.noun} không chênh lệch"] if self.same else []
        parts += (
            [f"{self.unscored} {self.noun} không có đủ hai điểm để so"] if self.unscored else []
        )
        words = "; ".join(parts)
        return f"{words[:1].upper()}{words[1:]}." if words else ""

    @property
    def alt(self) -> str:
        """How many differ, and which most."""
        differing = len(self.rows) + self.others
        if not differing:
            told = f"không {self.noun} nào có chênh lệch giữa hai lần chấm"
            if not self.same:
                told = f"không có {self.noun} nào đủ hai điểm để so"
            return _sentence([f"{self.unit}: {told}"], provisional=self.provisional)
        told = (
            f"{self.unit}: {differing} {self.noun} có điểm “{self.final_name}” khác điểm "
            f"“{self.own_name}”"
        )
        for row in self.rows[:1]:
            change = f"từ {' thành '.join(row.words(self.numbers))}"
            told += f", lệch nhiều nhất là {_numbered(row.label, row.title)} ({change})"
        return _sentence([told], provisional=self.provisional)


@dataclass(frozen=True, slots=True)
class YearLine:
    """A unit in two years; ``new`` and ``left`` say that it is a member in one of them only."""

    name: str
    before: Fraction | None
    now: Fraction | None
    new: bool = False
    left: bool = False

    @property
    def difference(self) -> Fraction | None:
        """What the year changed."""
        return None if self.before is None or self.now is None else self.now - self.before


@dataclass(frozen=True, slots=True)
class YearsChart:
    """The totals of two years joined by a line for each unit.

    With ``percent`` the values are percents of the maximum, because the scales differ.
    """

    title: str
    before_name: str
    now_name: str
    lines: tuple[YearLine, ...]
    percent: bool = False
    note: str = ""
    numbers: Numbers = Numbers()
    provisional: bool = False

    def value(self, value: Fraction) -> str:
        """A printed value with its unit where that is not points."""
        return self.numbers.points(value) + ("%" if self.percent else "")

    @property
    def alt(self) -> str:
        """How many rose and fell, who most, and who joined or left."""
        pairs = [(line, d) for line in self.lines if (d := line.difference) is not None]
        rose = [(line, d) for line, d in pairs if d > 0]
        fell = [(line, d) for line, d in pairs if d < 0]
        told = []
        if rose:
            line, most = max(rose, key=_change)
            told.append(f"{len(rose)} đơn vị tăng (nhiều nhất {line.name}, {self._signed(most)})")
        if fell:
            line, most = min(fell, key=_change)
            told.append(f"{len(fell)} đơn vị giảm (nhiều nhất {line.name}, {self._signed(most)})")
        still = len(pairs) - len(rose) - len(fell)
        told += [f"{still} đơn vị giữ nguyên"] if still else []
        joined = [line.name for line in self.lines if line.new]
        gone = [line.name for line in self.lines if line.left]
        told += [f"mới: {_listed(joined)}"] if joined else []
        told += [f"không còn: {_listed(gone)}"] if gone else []
        words = "; ".join(told) or "chưa có đơn vị nào đủ điểm cả hai năm để so"
        head = f"{self.now_name} so với {self.before_name}: {words}"
        return _sentence([head], provisional=self.provisional)

    def _signed(self, value: Fraction) -> str:
        return self.numbers.signed(value) + ("%" if self.percent else " điểm")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two units of a comparison."""

    name: str
    total: Fraction | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A part with the points of both units; the marks stand where there is no number."""

    part: Part
    one: Fraction | None
    other: Fraction | None
    one_mark: str = BLANK
    other_mark: str = BLANK


@dataclass(frozen=True, slots=True)
class ComparisonChart:
    """Two units part by part."""

    title: str
    one: Side
    other: Side
    pairs: tuple[Pair, ...]
    numbers: Numbers = Numbers()
    provisional: bool = False

    @property
    def alt(self) -> str:
        """Both totals, and in which parts either is ahead."""
        points = self.numbers.points
        told = [
            f"{side.name} {'chưa có điểm' if side.total is None else f'{points(side.total)} điểm'}"
            for side in (self.one, self.other)
        ]
        ahead: tuple[list[str], list[str]] = ([], [])
        for pair in self.pairs:
            if pair.one is not None and pair.other is not None and pair.one != pair.other:
                words = f"phần {pair.part.label}" if pair.part.label else pair.part.title.lower()
                more = self.numbers.short(abs(pair.one - pair.other))
                less = "bớt " if pair.part.kind is PartKind.DEDUCTION else ""
                ahead[pair.one < pair.other].append(f"{words} ({less}{more})")
        for side, where in zip((self.one, self.other), ahead, strict=True):
            if where:
                told.append(f"{side.name} hơn ở {', '.join(where)}")
        return _sentence(told, provisional=self.provisional)


Chart = SectionsChart | GapsChart | YearsChart | ComparisonChart | SpreadChart
"""Whatever can be drawn."""


def texts(chart: Chart) -> Iterator[str]:
    """The texts that come from outside, for a check of the letters."""
    yield from (chart.title, chart.alt)
    match chart:
        case SectionsChart():
            yield from (part.name for part in chart.parts)
            for bar in chart.bars:
                yield from (bar.name, bar.reason)
        case GapsChart():
            yield from (f"{row.label} {row.title}" for row in chart.rows)
            yield from (chart.own_name, chart.final_name)
        case YearsChart():
            yield from (line.name for line in chart.lines)
            yield from (chart.before_name, chart.now_name, chart.note)
        case ComparisonChart():
            yield from (chart.one.name, chart.other.name)
            yield from (pair.part.name for pair in chart.pairs)
        case SpreadChart():
            yield from (row.name for row in chart.rows)


def _change(item: tuple[YearLine, Fraction]) -> Fraction:
    return item[1]


def _numbered(label: str, title: str) -> str:
    return f"{label}. {title}" if label and title else label + title


def _listed(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{names[0]} và {len(names) - 1} đơn vị khác"
    return " và ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _sentence(parts: Sequence[str], *, provisional: bool) -> str:
    """The parts as one sentence, which ends by saying that it is provisional."""
    words = "; ".join([*parts, *(["kết quả tạm tính"] if provisional else [])])
    return words[:1].upper() + words[1:] + "."
