"""Changes of a criteria table as they are typed: ``I.2/max=40``, ``I.2/split=A:20|B:20`` …"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import tomli

from app.ground.findings import Findings, UserError
from app.ground.numbers import NumberTextError, read_number
from app.operations.workspace.table_edits import (
    AddCriterion,
    CountSlot,
    MarkComplete,
    NewRow,
    RemoveCriterion,
    Retitle,
    Reweigh,
    SetMethod,
    SplitCriterion,
    TableEdit,
)

EDIT_FORMS: Final = (
    "MÃ/max=ĐIỂM · MÃ/title=TÊN · MÃ/method={ kind = … } · MÃ/count=SỐ_TIÊU_CHÍ · "
    "MÃ/split=TÊN:ĐIỂM|TÊN:ĐIỂM · MỤC/add=MÃ:TÊN:ĐIỂM · MÃ/remove · bang/complete"
)


def table_edits_of(texts: Sequence[str]) -> tuple[TableEdit, ...]:
    """The edits that were typed; raises ``UserError`` with the faults of all."""
    findings = Findings()
    edits: list[TableEdit] = []
    for text in texts:
        left, _, value = text.partition("=")
        code, slash, aspect = left.strip().rpartition("/")
        read = _READERS.get(aspect.strip())
        try:
            if not slash or not code.strip() or read is None:
                raise ValueError
            edits.append(read(code.strip(), value.strip()))
        except (ValueError, tomli.TOMLDecodeError):
            findings.error(
                "table_edit_unreadable",
                text[:80],
                "Không hiểu được thay đổi này của bảng tiêu chí.",
                f"Viết theo một trong các dạng: {EDIT_FORMS}.",
            )
    if findings.errors:
        raise UserError(findings)
    return tuple(edits)


def _number(text: str) -> Fraction:
    try:
        return Fraction(read_number(text))
    except NumberTextError as fault:
        raise ValueError(text) from fault


def _new_row(text: str) -> NewRow:
    title, colon, points = text.rpartition(":")
    if not colon or not title.strip():
        raise ValueError(text)
    return NewRow(title.strip(), _number(points))


def _add(code: str, value: str) -> TableEdit:
    new, colon, rest = value.partition(":")
    if not colon:
        raise ValueError(value)
    return AddCriterion(code, new.strip(), _new_row(rest))


def _method(code: str, value: str) -> TableEdit:
    tree: Any = tomli.loads(f"method = {value}", parse_float=Decimal)["method"]
    if not isinstance(tree, Mapping):
        raise ValueError(value)
    return SetMethod(code, tree)


def _retitle(code: str, value: str) -> TableEdit:
    if not value:
        raise ValueError(code)
    return Retitle(code, value)


def _count(code: str, value: str) -> TableEdit:
    return CountSlot(code, int(value))


_READERS: Final[Mapping[str, Callable[[str, str], TableEdit]]] = {
    "max": lambda code, value: Reweigh(code, _number(value)),
    "title": _retitle,
    "method": _method,
    "count": _count,
    "split": lambda code, value: SplitCriterion(code, [_new_row(p) for p in value.split("|")]),
    "add": _add,
    "complete": lambda _code, _value: MarkComplete(),
    "remove": lambda code, _value: RemoveCriterion(code),
}
