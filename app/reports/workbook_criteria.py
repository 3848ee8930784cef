"""The sheet of criteria × units: entered points, and every sum, cap and rounding as a formula.

A cell of a criterion holds the points that count. A group adds its rows (or takes the highest),
no more than its maximum or cap; below stand bonus, deductions, the bounds of the total and the
one rounding, at the place that the pack names. ``exact`` values go into the formulas; what Excel
may lose in the 16th digit is cut before the rounding, so that a half is seen as a half.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from openpyxl.utils import get_column_letter

from app.domain.snapshot import EntryState
from app.domain.step import Step, StepRule
from app.ground.numbers import Rounding, round_to
from app.reports.criteria_table import TableRow, table_rows
from app.reports.figures import Figures, state_mark
from app.reports.ranking import whole_scale
from app.reports.workbook_file import Sheet, literal, number_format
from app.rules.items import Item, Items
from app.rules.pack import Criterion
from app.scoring.assessment import Assessment, ItemsScore, UnitCard

NAME: Final = "Tiêu chí"
FIRST_UNIT: Final = 5
"""Column of the first unit; before it stand label, code, title and maximum."""
HEAD: Final = 4
"""Row of the head of the table."""
GUARD: Final = 8
"""Decimals beyond those of the pack that are kept before the rounding."""


def rounding(expression: str, digits: int, mode: Rounding) -> str:
    """The formula of the pack's rounding."""
    kept = f"ROUND({expression},{digits + GUARD})"
    match mode:
        case Rounding.HALF_UP:
            return f"ROUND({kept},{digits})"
        case Rounding.DOWN:
            return f"ROUNDDOWN({kept},{digits})"
        case Rounding.UP:
            return f"ROUNDUP({kept},{digits})"
        case Rounding.HALF_EVEN:
            rest = f"ROUND(MOD(ABS({kept})*10^{digits},2),{GUARD - 2})"
            return f"IF({rest}=0.5,ROUNDDOWN({kept},{digits}),ROUND({kept},{digits}))"


@dataclass
class CriteriaSheet:
    """The sheet while it is filled; ``rows`` says in which row each code and end stands."""

    assessment: Assessment
    units: Sequence[str]
    sheet: Sheet
    rows: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        scoring = self.assessment.pack.rules.scoring
        assert scoring is not None
        self.scoring = scoring
        self.figures = Figures(self.assessment)
        self.form = number_format(self.figures.digits)
        self.cards = [self.assessment.units[unit].card for unit in self.units]
        self.frame = {row.code: row for row in self.assessment.pack.rules.criteria}
        self.table = table_rows(self.assessment, self.units)

    def place(self, unit: int, row: str) -> str:
        """The reference to a row of the ``unit``-th unit, from another sheet."""
        return f"'{NAME}'!{get_column_letter(FIRST_UNIT + unit)}{self.rows[row]}"

    def fill(self) -> None:
        """Writes the table and its ends."""
        for number, row in enumerate(self.table, start=HEAD + 1):
            self.rows[row.code] = number
        for row in self.table:
            self._row(row)
        self._ends()

    # ------------------------------------------------------------------ criteria and groups
    def _row(self, row: TableRow) -> None:
        at, bold = self.rows[row.code], row.is_group
        self.sheet.text(at, 1, row.label, bold=bold)
        self.sheet.text(at, 2, row.code, bold=bold)
        self.sheet.text(at, 3, row.title, bold=bold, align="left")
        if row.max is not None:
            self.sheet.number(at, 4, row.max, bold=bold, form=number_format(0))
        else:
            self.sheet.text(at, 4, "")
        for unit, card in enumerate(self.cards):
            if row.is_group:
                self._group(row.code, unit, card)
            else:
                self._criterion(row.code, unit, card)

    def _criterion(self, code: str, unit: int, card: UnitCard) -> None:
        at, column = self.rows[code], FIRST_UNIT + unit
        score = card.criteria.get(code)
        if score is None:
            self.sheet.text(at, column, "")
            return
        mark = state_mark(score.state)
        full = score.state is EntryState.NOT_ASSIGNED and score.exact
        if mark is not None and not full:
            self.sheet.text(at, column, mark)
        else:
            here = self.figures.place == "criterion" or self._rounds_section(code)
            self._entered(at, column, score.exact, score.points, rounds=here)

    def _rounds_section(self, code: str) -> bool:
        """Whether this row is a top one that the pack rounds."""
        return "." not in code and self.figures.place == "section"

    def _entered(
        self, at: int, column: int, exact: Fraction, shown: Fraction, *, rounds: bool
    ) -> None:
        """Points that were entered; rounded by a formula where the pack rounds them here."""
        if rounds and shown != exact:
            self.sheet.formula(at, column, self.rounded(literal(exact)), shown, form=self.form)
        else:
            self.sheet.number(at, column, exact, form=self.form)

    def _group(self, code: str, unit: int, card: UnitCard) -> None:
        at, column = self.rows[code], FIRST_UNIT + unit
        section = card.sections.get(code)
        if section is None:
            self.sheet.text(at, column, "", bold=True)
            return
        if code in card.given_sections:
            here = self._rounds_section(code)
            self._entered(at, column, section.exact, section.points, rounds=here)
            return
        children = [
            self.rows[row.code] for row in self.table if row.code.rpartition(".")[0] == code
        ]
        frame = self.frame.get(code)
        letter = get_column_letter(column)
        inner = ",".join(_ranges(letter, children))
        highest = frame is not None and frame.combine == "highest"
        formula = f"MAX(0,{inner})" if highest else f"SUM({inner})"
        for limit in self._limits(frame):
            formula = f"MIN({literal(limit)},{formula})"
        scale = _scale(section.why)
        if scale is not None:
            formula = f"{formula}*{scale.numerator}/{scale.denominator}"
        value = section.exact
        if self._rounds_section(code):
            formula, value = self.rounded(formula), section.points
        self.sheet.formula(at, column, formula, value, bold=True, form=self.form)

    def _limits(self, frame: Criterion | None) -> Iterator[Fraction]:
        """The cap of a group, and its maximum unless the pack keeps points above it."""
        if frame is not None and frame.cap is not None:
            yield Fraction(frame.cap)
        if frame is not None and frame.max is not None and self.scoring.over_max != "keep":
            yield Fraction(frame.max)

    def rounded(self, expression: str) -> str:
        """The formula that rounds as the pack does."""
        return rounding(expression, self.figures.digits, self.figures.mode)

    # ------------------------------------------------------------------ bonus, deductions, total
    def _ends(self) -> None:
        rules = self.assessment.pack.rules
        self._items("bonus", "Điểm thưởng", rules.bonus, lambda card: card.bonus)
        self._items("deductions", "Điểm trừ", rules.deductions, lambda card: card.deductions)
        tops = [row.code for row in self.table if "." not in row.code]
        before, total = self._end("Tổng trước khi làm tròn"), self._end("TỔNG ĐIỂM")
        self.rows["before"], self.rows["total"] = before, total
        for unit, card in enumerate(self.cards):
            column = FIRST_UNIT + unit
            letter = get_column_letter(column)
            if card.given_total:
                given = card.why
                while given.parts:
                    given = given.parts[0]
                formula = self._clamped(literal(given.value))
            else:
                parts = _ranges(letter, [self.rows[top] for top in tops])
                formula = f"SUM({','.join(parts)})"
                scale = whole_scale(card, tops, self.figures.place)
                if scale is not None:
                    formula += f"*{scale.numerator}/{scale.denominator}"
                formula += f"+{letter}{self.rows['bonus']}" if "bonus" in self.rows else ""
                formula += (
                    f"-{letter}{self.rows['deductions']}" if "deductions" in self.rows else ""
                )
                formula = self._clamped(formula)
            self.sheet.formula(before, column, formula, card.total_exact, form=self.form)
            self.sheet.formula(
                total,
                column,
                self.rounded(f"{letter}{before}"),
                card.total,
                bold=True,
                form=self.form,
            )
        if self.scoring.rank_by == "percent":
            self._percent(before)

    def _percent(self, before: int) -> None:
        assigned, percent = self._end("Điểm tối đa được giao"), self._end("TỶ LỆ (%)")
        self.rows["percent"] = percent
        for unit, card in enumerate(self.cards):
            column = FIRST_UNIT + unit
            letter = get_column_letter(column)
            most = card.total_exact / card.percent * 100 if card.percent else _assigned(card)
            self.sheet.number(assigned, column, most, form=number_format(0))
            if card.percent is None:
                self.sheet.text(percent, column, "")
                continue
            share = self.rounded(f"{letter}{before}/{letter}{assigned}*100")
            value = round_to(card.percent, self.figures.digits, self.figures.mode)
            self.sheet.formula(percent, column, share, value, bold=True, form=self.form)

    def _items(
        self, key: str, title: str, rules: Items, of: Callable[[UnitCard], ItemsScore]
    ) -> None:
        """The items of one kind as entered points, and their sum with its cap."""
        if not rules.items:
            return
        places = [self._item(item, of) for item in rules.items]
        self.rows[key] = self._end(title)
        for unit, card in enumerate(self.cards):
            letter = get_column_letter(FIRST_UNIT + unit)
            formula = f"SUM({','.join(_ranges(letter, places))})"
            if rules.max is not None:
                formula = f"MIN({literal(Fraction(rules.max))},{formula})"
            score = of(card)
            value = score.exact
            if self.figures.place == "section":
                formula, value = self.rounded(formula), score.total
            self.sheet.formula(
                self.rows[key], FIRST_UNIT + unit, formula, value, bold=True, form=self.form
            )

    def _item(self, item: Item, of: Callable[[UnitCard], ItemsScore]) -> int:
        at = self._end(item.title, bold=False)
        for unit, card in enumerate(self.cards):
            found = of(card).items.get(item.id)
            if found is None:
                self.sheet.text(at, FIRST_UNIT + unit, "")
            else:
                here = self.figures.place == "criterion"
                self._entered(at, FIRST_UNIT + unit, found.exact, found.points, rounds=here)
        return at

    def _end(self, title: str, *, bold: bool = True) -> int:
        at = max(self.rows.values(), default=HEAD) + 1
        self.rows[f"end:{at}"] = at
        for column in (1, 2, 4):
            self.sheet.text(at, column, "")
        self.sheet.text(at, 3, title, bold=bold, align="left")
        return at

    def _clamped(self, formula: str) -> str:
        clamp = self.scoring.clamp
        if clamp.low is not None:
            formula = f"MAX({literal(Fraction(clamp.low))},{formula})"
        if clamp.high is not None:
            formula = f"MIN({literal(Fraction(clamp.high))},{formula})"
        return formula


def _assigned(card: UnitCard) -> Fraction:
    """The maximum of all that was assigned to a unit: what a percent is taken of."""
    groups = (row.max for code, row in card.sections.items() if "." not in code)
    single = (row.max for code, row in card.criteria.items() if "." not in code and row.assigned)
    return sum((*groups, *single), Fraction(0))


def _scale(why: Step) -> Fraction | None:
    """The factor by which a group was brought to its full maximum, if it was."""
    step = why
    while step.rule is StepRule.ROUND and step.parts:
        step = step.parts[0]
    if step.rule is not StepRule.RESCALE or not step.parts[0].value:
        return None
    return step.value / step.parts[0].value


def _ranges(letter: str, rows: Sequence[int]) -> Iterator[str]:
    """References to rows of one column, neighbours joined: E5:E7, E9."""
    start = last = None
    for row in (*sorted(rows), None):
        if start is not None and last is not None and row != last + 1:
            yield f"{letter}{start}" if start == last else f"{letter}{start}:{letter}{last}"
            start = None
        if start is None:
            start = row
        last = row
