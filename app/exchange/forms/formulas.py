"""The Excel formula that gives a criterion's points while the officer types.

Only a convenience: the program scores the figures itself, exactly, and compares. Methods that
look at other units have no formula. Where the text gives no answer (an open setting, a figure
in a gap) the formula shows nothing, and the program asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from app.exchange.forms.words import NO, YES
from app.ground.numbers import Rounding, is_decimal, plain
from app.rules.base import Range, is_open
from app.rules.methods import FigureKind, MethodModel
from app.rules.methods.banded import Band, Bands, Threshold
from app.rules.methods.comparative import RankTable
from app.rules.methods.measure import MeasuredMethod
from app.rules.methods.proportional import (
    AgainstBase,
    LatenessDecay,
    OverPlan,
    Proportional,
    Ratios,
    Rescaled,
    TaskRatio,
)
from app.rules.methods.single import (
    Achievements,
    Checklist,
    CountItem,
    CountPoints,
    Deduct,
    DeductItem,
    Direct,
    Judged,
    Level,
    Levels,
    YesNo,
)

Cell = Callable[[str], str]
"""The address of the cell that holds the figure of a given name."""

NOTHING: Final = '""'
_PLACES: Final = 9
"""Decimals at which Excel's binary arithmetic is cut before it is compared with an edge."""
_MANY: Final = 200
_COMPARED: Final = ("average_percent", "best_percent")


def can_be_calculated(method: MethodModel) -> bool:
    """Whether a formula can give the points from the unit's own figures."""
    if isinstance(method, Direct):
        return False
    if isinstance(method, RankTable):
        return method.ranked
    if isinstance(method, MeasuredMethod) and method.input in _COMPARED:
        return False
    return not method.comparative


def number(value: Fraction) -> str:
    """A number inside a formula."""
    return plain(value) if is_decimal(value) else f"({plain(value)})"


def text(words: str) -> str:
    """A text inside a formula."""
    return '"' + words.replace('"', '""') + '"'


def sum_of(terms: Sequence[str], function: str = "SUM") -> str:
    """A sum (or another function) of any number of terms."""
    if not terms:
        return "0"
    parts = [",".join(terms[at : at + _MANY]) for at in range(0, len(terms), _MANY)]
    inner = ",".join(parts if len(parts) == 1 else (f"{function}({part})" for part in parts))
    return f"{function}({inner})"


def rounded(expression: str, digits: int, mode: Rounding) -> str:
    """The expression rounded as the pack says; to even is left to the program."""
    names = {Rounding.HALF_UP: "ROUND", Rounding.DOWN: "ROUNDDOWN", Rounding.UP: "ROUNDUP"}
    if mode not in names:
        return expression
    return f"{names[mode]}(ROUND({expression},{_PLACES}),{digits})"


def is_yes(cell: str) -> str:
    """Whether a cell says yes."""
    return f"TRIM({cell})={text(YES)}"


def is_no(cell: str) -> str:
    """Whether a cell says no."""
    return f"TRIM({cell})={text(NO)}"


def method_formula(method: MethodModel, cell: Cell, top: str) -> str:
    """The points of a method, or nothing while figures are missing.

    ``top`` is the cell (or number) of the maximum. The method must be one that
    ``can_be_calculated``.
    """
    given = [
        f'TRIM({cell(spec.name)})<>""'
        if spec.kind in (FigureKind.LEVEL, FigureKind.YES_NO)
        else f"ISNUMBER({cell(spec.name)})"
        for spec in method.figure_specs()
        if spec.required
    ]
    return f"IF({_all(given)},{_points(method, cell, top)},{NOTHING})"


def _all(tests: Sequence[str]) -> str:
    return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"


def _points(method: MethodModel, cell: Cell, top: str) -> str:
    match method:
        case Checklist():
            parts = [f"IF({is_yes(cell(p.id))},{_n(p.points)},0)" for p in method.parts]
            return f"MIN({top},{sum_of(parts)})"
        case YesNo():
            yes = top if method.yes is None else _n(method.yes)
            answer = cell("achieved")
            return f"IF({is_yes(answer)},{yes},IF({is_no(answer)},{_n(method.no)},{NOTHING}))"
        case Levels():
            return _levels(method, cell("level"), top)
        case CountPoints():
            return f"MIN({top},{sum_of([_counted(i, cell, top) for i in method.items])})"
        case Achievements():
            parts = [f"IF({is_yes(cell(p.id))},{_n(p.points)},0)" for p in method.items]
            return f"MIN({top},{sum_of(parts, 'MAX')})"
        case Deduct():
            return _deducted(method, cell, top)
        case Judged():
            judged = cell("judged")
            value = f"MAX(0,{top}-{judged})" if method.deducts else judged
            return f"IF({_holds(method.range, judged)},{value},{NOTHING})"
        case TaskRatio():
            return _task_ratio(method, cell, top)
        case Ratios():
            return _ratios(method, cell)
        case Rescaled():
            return _rescaled(method, cell, top)
        case RankTable():
            return _rank(method, cell("rank"))
        case MeasuredMethod():
            return _measured(method, cell, top)
    raise TypeError(f"no formula for {type(method).__name__}")


def _n(value: Decimal | int) -> str:
    return number(Fraction(value))


def _worth(of: Level | Band | DeductItem, top: str) -> str:
    if of.points is not None:
        return _n(of.points)
    return f"{top}*{_n(of.percent or 0)}/100"


def _levels(method: Levels, cell: str, top: str) -> str:
    formula = NOTHING
    for level in reversed(method.levels):
        worth = (
            _n(level.points) if level.points is not None else f"{top}*{_n(level.percent or 0)}/100"
        )
        for name in (level.name, *level.also):
            formula = f"IF(TRIM({cell})={text(name)},{worth},{formula})"
    return formula


def _counted(item: CountItem | DeductItem, cell: Cell, top: str) -> str:
    each = _n(item.points) if isinstance(item, CountItem) else _worth(item, top)
    product = f"{cell(item.id)}*{each}"
    return product if item.max is None else f"MIN({_n(item.max)},{product})"


def _deducted(method: Deduct, cell: Cell, top: str) -> str:
    taken = [_counted(i, cell, top) for i in method.items if not i.loses_all]
    value = f"MAX(0,{top}-{sum_of(taken)})"
    losing = [f"{cell(i.id)}>0" for i in method.items if i.loses_all]
    return f"IF(OR({','.join(losing)}),0,{value})" if losing else value


def _task_ratio(method: TaskRatio, cell: Cell, top: str) -> str:
    done, assigned = cell("done"), cell("assigned")
    none = {"full": top, "zero": "0"}.get(method.none_assigned, NOTHING)
    return f"IF({assigned}<=0,{none},MAX(0,MIN({top},{done}*{top}/{assigned})))"


def _ratios(method: Ratios, cell: Cell) -> str:
    parts, wholes = [], []
    for part in method.parts:
        done, whole = cell(f"{part.id}_part"), cell(f"{part.id}_whole")
        none = _n(part.points) if method.zero_whole == "full" else "0"
        share = f"{_n(part.points)}*MAX(0,MIN(1,{done}/{whole}))"
        parts.append(f"IF({whole}<=0,{none},{share})")
        wholes.append(f"{whole}<=0")
    if method.zero_whole in ("full", "zero"):
        return sum_of(parts)
    return f"IF(OR({','.join(wholes)}),{NOTHING},{sum_of(parts)})"


def _rescaled(method: Rescaled, cell: Cell, top: str) -> str:
    score, scale = cell("score"), cell("scale")
    if method.scale is not None:
        scale = f"IF(ISNUMBER({scale}),{scale},{_n(method.scale)})"
    return f"IF({scale}<=0,{NOTHING},MAX(0,MIN({top},{top}*{score}/{scale})))"


def _rank(method: RankTable, rank: str) -> str:
    table = [Fraction(points) for points in method.table]
    beyond = NOTHING
    match method.beyond:
        case "zero":
            beyond = "0"
        case "hold_last":
            beyond = number(table[-1])
        case "continue_step" if len(table) > 1:
            step = table[-2] - table[-1]
            beyond = f"MAX(0,{number(table[-1])}-{number(step)}*({rank}-{len(table)}))"
    chosen = f"CHOOSE(MAX(1,{rank}),{','.join(map(number, table))})"
    return f"IF({rank}<={len(table)},{chosen},{beyond})"


def _measured(method: MeasuredMethod, cell: Cell, top: str) -> str:
    value, bottom = _reading(method, cell)
    points = _of_reading(method, value, top)
    if bottom is None:
        return points
    none = {"full": top, "zero": "0"}.get(method.zero_base, NOTHING)
    formula = f"IF({bottom}<=0,{none},{points})"
    if method.input == "ratio_percent" and is_open(method.pending):
        return f"IF(N({cell('pending')})>0,{NOTHING},{formula})"
    return formula


def _reading(method: MeasuredMethod, cell: Cell) -> tuple[str, str | None]:
    """The measured quantity and, where something is divided, what it is divided by."""
    lower = method.direction == "lower"
    match method.input:
        case "value":
            return cell("value"), None
        case "days_late":
            return f"MAX(0,{cell('done')}-{cell('due')})", None
        case "difference":
            one, other = ("base", "actual") if lower else ("actual", "base")
            return f"({cell(one)}-{cell(other)})", None
        case "plan_percent":
            above, under = ("plan", "actual") if lower else ("actual", "plan")
            top, bottom = cell(above), cell(under)
        case "ratio_percent":
            top, bottom = cell("part"), cell("whole")
            if method.pending == "leave_out":
                bottom = f"({bottom}-MAX(0,N({cell('pending')})))"
        case _:
            one, other = ("base", "actual") if lower else ("actual", "base")
            top, bottom = f"({cell(one)}-{cell(other)})", cell("base")
    return f"ROUND({top}/{bottom}*100,{_PLACES})", bottom


def _of_reading(method: MeasuredMethod, value: str, top: str) -> str:
    match method:
        case Bands():
            return _bands(method.bands, value, top, "0" if method.outside == "zero" else NOTHING)
        case Threshold():
            full = top if method.points is None else _n(method.points)
            return f"IF({_holds(method.threshold, value)},{full},{_n(method.otherwise)})"
        case Proportional():
            share = f"{top}*MAX(0,MIN({value},{_n(method.cap)}))/100"
            if method.nothing_below is None:
                return share
            return f"IF({value}<{_n(method.nothing_below)},0,{share})"
        case AgainstBase():
            return _against_base(method, value, top)
        case LatenessDecay():
            return f"MAX({_n(method.floor)},{top}-{value}*{_n(method.per_day)})"
        case OverPlan():
            over = f"ROUND(MAX(0,{value}-100)/{_n(method.per)},{_PLACES})"
            counted = f"INT({over})" if method.whole else over
            return f"MIN({top},{counted}*{_n(method.points)})"
    raise TypeError(f"no formula for {type(method).__name__}")


def _against_base(method: AgainstBase, value: str, top: str) -> str:
    steps = f"ROUND(ABS({value})/{_n(method.step)},{_PLACES})"
    if method.whole_steps:
        steps = f"INT({steps})"
    each = f"IF({value}>=0,{_n(method.up)},{number(-Fraction(method.down))})"
    return f"MAX({_n(method.floor)},MIN({top},{_n(method.start)}+{steps}*{each}))"


def _bands(bands: Iterable[Band], value: str, top: str, outside: str) -> str:
    formula = outside
    for band in reversed(tuple(bands)):
        worth = _worth(band, top)
        formula = f"IF({_holds(band, value)},{worth},{formula})"
    return formula


def _holds(span: Range, value: str) -> str:
    edges = ((">=", span.ge), (">", span.gt), ("<=", span.le), ("<", span.lt), ("=", span.eq))
    return _all([f"{value}{sign}{_n(edge)}" for sign, edge in edges if edge is not None])
