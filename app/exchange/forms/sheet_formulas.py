"""The formulas of one form: points of each row, sums of groups, the total, what is left."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from app.domain.snapshot import EntryState
from app.exchange.forms.description import Column, Form, FormRow, RowKind
from app.exchange.forms.formulas import (
    NOTHING,
    is_no,
    is_yes,
    method_formula,
    number,
    rounded,
    sum_of,
    text,
)
from app.exchange.forms.words import DONE_MARK, STATE_WORDS
from app.exchange.sheet_scan import column_letters
from app.rules.pack import Gate, Scoring

COLUMN_AT: Mapping[Column, int] = {column: at for at, column in enumerate(Column, 1)}
"""Where the writer puts each column; the reader looks for their keys instead."""


def address(column: Column, row: int) -> str:
    """The address of a cell, such as E12."""
    return f"{column_letters(COLUMN_AT[column])}{row}"


class SheetFormulas:
    """Writes formulas for a form whose lines stand in known rows of the sheet."""

    def __init__(self, form: Form, rows: Mapping[str, int]) -> None:
        self.form = form
        self._rows = rows
        scoring = form.pack.rules.scoring
        assert scoring is not None
        self._scoring: Scoring = scoring

    def head(self, code: str) -> int:
        """The row of the sheet on which a row of the form begins."""
        number_of_line = 1 if self.form.by_code[code].kind is RowKind.SCORED else 0
        first = next(
            line.id for line in self.form.by_code[code].lines() if line.number == number_of_line
        )
        return self._rows[first]

    def points(self, row: FormRow) -> str | None:
        """The formula of a points cell; ``None`` where the unit types the points."""
        if row.kind is RowKind.GROUP:
            return f"={self._group(row)}"
        if row.kind is not RowKind.SCORED or row.claims:
            return None
        state = f"TRIM({address(Column.STATE, self.head(row.code))})"
        top = self._top(row)
        policy = {"full": top, "zero": "0"}.get(self.form.policies[row.code], NOTHING)
        formula = self._judged(row, top)
        if self._scoring.round_at == "criterion":
            turned = rounded(formula, self._scoring.digits, self._scoring.rounding)
            formula = f"IFERROR({turned},{NOTHING})"
        done = f"IF({state}={text(STATE_WORDS[EntryState.NOT_DONE])},0,{formula})"
        return f"=IF({state}={text(STATE_WORDS[EntryState.NOT_ASSIGNED])},{policy},{done})"

    def done(self, row: FormRow) -> str:
        """A mark where the row has a score, a state, or all figures that it needs."""
        at = self.head(row.code)
        tests = [
            f'TRIM({address(Column.STATE, at)})<>""',
            f"ISNUMBER({address(Column.POINTS, at)})",
        ]
        needed = [f'{self._figure(row, f.name)}<>""' for f in row.figures if f.required]
        if row.claims and needed:
            tests.append(f"AND({','.join(needed)})")
        return f'=IF(OR({",".join(tests)}),{text(DONE_MARK)},"")'

    def total(self) -> str:
        """The running total of the whole form."""
        total = sum_of([self._term(code) for code in self.form.tops])
        clamp = self._scoring.clamp
        if clamp.low is not None:
            total = f"MAX({number(Fraction(clamp.low))},{total})"
        if clamp.high is not None:
            total = f"MIN({number(Fraction(clamp.high))},{total})"
        return f"={total}"

    def left(self, first: int, last: int) -> str:
        """The sentence that says how many rows are still blank."""
        count = len(self.form.scored)
        marks = f"{address(Column.DONE, first)}:{address(Column.DONE, last)}"
        rest = f"({count}-COUNTIF({marks},{text(DONE_MARK)}))"
        some = f'"Còn "&{rest}&" trong {count} tiêu chí chưa chấm"'
        return f"=IF({rest}=0,{text(f'Đã ghi đủ {count} tiêu chí')},{some})"

    def _group(self, row: FormRow) -> str:
        terms = [self._term(code) for code in row.children]
        rule = row.node.row
        highest = rule is not None and rule.combine == "highest"
        formula = sum_of(terms, "MAX" if highest else "SUM")
        limit = row.node.max
        if rule is not None and rule.cap is not None:
            limit = Fraction(rule.cap)
        if limit is not None and self._scoring.over_max != "keep":
            formula = f"MIN({number(limit)},{formula})"
        if row.code in self.form.tops and self._scoring.round_at == "section":
            formula = rounded(formula, self._scoring.digits, self._scoring.rounding)
        return formula

    def _term(self, code: str) -> str:
        cell = address(Column.POINTS, self.head(code))
        original = self.form.substitutes.get(code)
        if original is None:
            return cell
        state = f"TRIM({address(Column.STATE, self.head(original))})"
        return f"IF({state}={text(STATE_WORDS[EntryState.NOT_ASSIGNED])},N({cell}),0)"

    def _figure(self, row: FormRow, name: str) -> str:
        line = next(ln for ln in row.lines() if ln.figure is not None and ln.figure.name == name)
        return f"${address(Column.VALUE, self._rows[line.id])}"

    def _top(self, row: FormRow) -> str:
        return f"${address(Column.MAX, self.head(row.code))}"

    def _judged(self, row: FormRow, top: str) -> str:
        """The method's formula inside the row's precondition and what was reached before."""
        assert row.node.method is not None
        formula = method_formula(row.node.method, lambda name: self._figure(row, name), top)
        rule = row.node.row
        if rule is not None and rule.already is not None:
            already = rule.already
            share = number(Fraction(100 if already.percent is None else already.percent))
            worth = f"{top}*{share}/100"
            if already.points is not None:
                worth = number(Fraction(already.points))
            formula = f"IF({is_yes(self._figure(row, already.figure))},{worth},{formula})"
        if rule is not None and rule.gate is not None and rule.gate.figure is not None:
            gate = self._figure(row, rule.gate.figure)
            closed = _closed(rule.gate, top, formula)
            formula = f"IF({is_no(gate)},{closed},IF({is_yes(gate)},{formula},{NOTHING}))"
        return formula


def _closed(gate: Gate, top: str, formula: str) -> str:
    """The points where a precondition is not met."""
    if gate.keeps is not None:
        return f"IFERROR({formula}*{number(Fraction(gate.keeps))}/100,{NOTHING})"
    if gate.otherwise_percent is not None:
        return f"{top}*{number(Fraction(gate.otherwise_percent))}/100"
    return number(Fraction(gate.otherwise))
