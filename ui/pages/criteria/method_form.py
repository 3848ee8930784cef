"""The form of each way of scoring, read off the method's own class, and what is typed into it.

A form's values are texts by the names of its fields (rows: lists of such); ``filled`` turns a
method as a pack writes it into values, ``method_of`` turns values back. What was not set stays
unset, so a form that nobody touched gives the very same method.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from app.rules.base import PackModel, Range
from app.rules.methods import METHODS, MethodModel, kind_of
from app.rules.methods.base import choices_of
from ui.pages.criteria.method_words import EXPLAINED, YES_NO, choice_words, field_words
from ui.pages.criteria.range_words import (
    EDGES,
    PARAMETER,
    Unreadable,
    number_text,
    range_text,
    read_number_text,
    read_range_text,
    read_worth_text,
    reference,
    worth_text,
)

Values = Mapping[str, Any]
"""Texts by field; the value of a field of rows is a list of such mappings."""


class FieldKind(StrEnum):
    """What is typed into a field."""

    NUMBER = "number"
    TEXT = "text"
    WORDS = "words"
    CHOICE = "choice"
    YES_NO = "yes_no"
    RANGE = "range"
    WORTH = "worth"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Field:
    """One setting: its name in packs, how it is called, what may be typed.

    ``default`` is what holds where nothing is set; ``columns`` are the fields of each row.
    ``rarely``: a column that stands at the end, for those who need it.
    """

    name: str
    kind: FieldKind
    title: str
    hint: str = ""
    unit: str = ""
    required: bool = False
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple[Field, ...] = ()
    rarely: bool = False


@dataclass(frozen=True, slots=True)
class MethodForm:
    """A way of scoring: its name, one sentence of explanation, its fields."""

    kind: str
    title: str
    explanation: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """The field with this name."""
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be read: the field, the row (from 0) and column where it has them, and why."""

    field: str
    message: str
    row: int | None = None
    column: str = ""


SPAN, WORTH, BARE = "span", "worth", ""
"""Columns that stand for several keys of a row, and the column of rows that are bare numbers."""

_RARE: Final = frozenset({"id", "clause", "warn", "also"})
_ORDER: Final = (
    "span", "name", "title", "worth", "points", "max", "loses_all", "bars", "also", "warn", "id",
    "clause",
)  # fmt: skip
_FIRST: Final = (
    "question", "bands", "levels", "parts", "items", "table", "threshold", "range", "input",
    "direction",
)  # fmt: skip
_NEEDS: Final[Mapping[tuple[str, str], tuple[str, frozenset[str]]]] = {
    ("*", "pending"): ("input", frozenset({"ratio_percent"})),
    ("*", "zero_base"): (
        "input",
        frozenset(
            {"plan_percent", "ratio_percent", "change_percent", "average_percent", "best_percent"}
        ),
    ),
    ("versus_leader", "low"): ("scale", frozenset({"from_worst"})),
    ("versus_leader", "at_target"): ("scale", frozenset({"from_target"})),
    ("rank_table", "input"): ("ranked", frozenset({"false"})),
    ("rank_table", "direction"): ("ranked", frozenset({"false"})),
    ("rank_table", "equal"): ("ranked", frozenset({"false"})),
}
"""Settings that mean nothing unless another has one of these values."""


@lru_cache(maxsize=1)
def method_forms() -> Mapping[str, MethodForm]:
    """All forms by kind, in the order of the page of methods."""
    return {kind_of(method): _form(method) for method in METHODS}


def _form(method: type[MethodModel]) -> MethodForm:
    kind = kind_of(method)
    infos = {name: info for name, info in method.model_fields.items() if name != "kind"}
    ordered = sorted(infos, key=lambda name: _place(name, _FIRST))
    fields = tuple(_field(kind, method, name, infos[name]) for name in ordered)
    return MethodForm(kind, method.title, EXPLAINED[kind], fields)


def _place(name: str, order: Sequence[str]) -> int:
    return order.index(name) if name in order else len(order)


def _field(kind: str, model: type[PackModel], name: str, info: FieldInfo) -> Field:
    title, hint, unit = field_words(kind, name)
    found, inner = _kind_of(info.annotation)
    default = info.get_default(call_default_factory=False)
    choices: tuple[tuple[str, str], ...] = ()
    if found is FieldKind.CHOICE:
        words = choice_words(kind, name)
        tokens = (*choices_of(model, name), *(("open",) if _may_be_open(info) else ()))
        choices = tuple((token, words[token]) for token in tokens)
    elif found is FieldKind.YES_NO:
        choices = tuple(YES_NO.items())
    return Field(
        name,
        found,
        title,
        hint,
        unit,
        info.is_required() or default is PydanticUndefined,
        "" if default in (None, PydanticUndefined, ()) else _token(default),
        choices,
        () if inner is None else _columns(inner),
        kind == "row" and name in _RARE,
    )


def _token(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if isinstance(value, Decimal | int) else str(value)


def _parts(annotation: Any) -> list[Any]:
    """A type and all that its unions, annotations and literals hold."""
    found = [annotation]
    if get_origin(annotation) is not tuple:
        for inner in get_args(annotation):
            if isinstance(inner, type) or get_args(inner):
                found += _parts(inner)
    return found


def _kind_of(annotation: Any) -> tuple[FieldKind, Any]:
    """What is typed for a type; for rows also the type of one row."""
    for part in _parts(annotation):
        if get_origin(part) is tuple:
            inner = get_args(part)[0]
            if isinstance(inner, type) and issubclass(inner, PackModel):
                return FieldKind.ROWS, inner
            if Decimal in _parts(inner):
                return FieldKind.ROWS, Decimal
            return FieldKind.WORDS, None
        if part is bool:
            return FieldKind.YES_NO, None
        if part is Decimal:
            return FieldKind.NUMBER, None
        if isinstance(part, type) and issubclass(part, Range):
            return FieldKind.RANGE, None
        if get_args(part) and all(isinstance(arg, str) for arg in get_args(part)):
            return FieldKind.CHOICE, None
    return FieldKind.TEXT, None


def _may_be_open(info: FieldInfo) -> bool:
    return any(part is str for part in _parts(info.annotation))


def _columns(model: Any) -> tuple[Field, ...]:
    if model is Decimal:
        title, hint, unit = field_words("row", BARE)
        return (Field(BARE, FieldKind.NUMBER, title, hint, unit, required=True),)
    infos = dict(model.model_fields)
    columns: list[Field] = []
    if issubclass(model, Range):
        infos = {name: info for name, info in infos.items() if name not in EDGES}
        columns.append(_made(SPAN, FieldKind.RANGE))
    if {"points", "percent"} <= set(infos):
        infos = {name: info for name, info in infos.items() if name not in ("points", "percent")}
        columns.append(_made(WORTH, FieldKind.WORTH))
    columns += [_field("row", model, name, info) for name, info in infos.items()]
    return tuple(sorted(columns, key=lambda column: _place(column.name, _ORDER)))


def _made(name: str, kind: FieldKind) -> Field:
    title, hint, unit = field_words("row", name)
    return Field(name, kind, title, hint, unit, required=kind is FieldKind.RANGE)


# ------------------------------------------------------------------ method → values


def filled(method: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a method as a pack writes it; what is not set has no value."""
    form = method_forms()[str(method["kind"])]
    return {f.name: _shown(f, method[f.name]) for f in form.fields if f.name in method}


def _shown(field: Field, value: Any) -> Any:
    pointed = reference(value)
    if pointed is not None:
        return f"{PARAMETER} {pointed}"
    match field.kind:
        case FieldKind.ROWS:
            return [_shown_row(field.columns, row) for row in value]
        case FieldKind.RANGE:
            return range_text(value)
        case FieldKind.WORDS:
            return "; ".join(value)
        case FieldKind.NUMBER:
            return number_text(value)
    return _token(value)


def _shown_row(columns: Sequence[Field], row: Any) -> dict[str, str]:
    if columns[0].name == BARE:
        return {BARE: number_text(row)}
    shown: dict[str, str] = {}
    for column in columns:
        if column.name == SPAN:
            shown[SPAN] = range_text(row)
        elif column.name == WORTH:
            if "points" in row or "percent" in row:
                shown[WORTH] = worth_text(row.get("points"), row.get("percent"))
        elif column.name in row:
            shown[column.name] = _shown(column, row[column.name])
    return shown


# ------------------------------------------------------------------ values → method


def method_of(kind: str, values: Values) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """The method as a pack writes it, and what could not be read or is missing.

    Only when there are no faults is the method whole.
    """
    method: dict[str, Any] = {"kind": kind}
    faults: list[Fault] = []
    for field in method_forms()[kind].fields:
        value = values.get(field.name, "")
        if field.kind is FieldKind.ROWS and not isinstance(value, str):
            rows = _rows(field, value, faults)
            if rows:
                method[field.name] = rows
                continue
            value = ""
        if not value.strip():
            if field.required:
                faults.append(Fault(field.name, f"{field.title}: chưa ghi gì. {field.hint}"))
            continue
        try:
            method[field.name] = _read(field, value)
        except Unreadable as fault:
            faults.append(Fault(field.name, f"{field.title}: {fault}"))
    return method, tuple(faults)


def _rows(field: Field, rows: Sequence[Mapping[str, str]], faults: list[Fault]) -> list[Any]:
    made: list[Any] = []
    taken = {row.get("id", "").strip() for row in rows}
    for number, texts in enumerate(rows):
        if not any(text.strip() for text in texts.values()):
            continue
        row: dict[str, Any] = {}
        for column in field.columns:
            text = texts.get(column.name, "").strip()
            if not text and column.name == "id":
                text = _fresh(taken)
            if not text:
                if column.required:
                    message = f"{field.title}, dòng {number + 1}: chưa ghi {column.title.lower()}."
                    faults.append(Fault(field.name, message, number, column.name))
                continue
            try:
                read = _read(column, text)
            except Unreadable as fault:
                message = f"{field.title}, dòng {number + 1}: {fault}"
                faults.append(Fault(field.name, message, number, column.name))
                continue
            row.update(read if column.name in (SPAN, WORTH) else {column.name: read})
        made.append(row.get(BARE) if field.columns[0].name == BARE else row)
    return made


def _fresh(taken: set[str]) -> str:
    """A name for the figure of a new row."""
    number = 1
    while f"phan_{number}" in taken:
        number += 1
    taken.add(f"phan_{number}")
    return f"phan_{number}"


def _read(field: Field, text: str) -> Any:
    wanted = text.strip()
    match field.kind:
        case FieldKind.NUMBER:
            return read_number_text(wanted)
        case FieldKind.RANGE:
            return read_range_text(wanted)
        case FieldKind.WORTH:
            return read_worth_text(wanted)
        case FieldKind.WORDS:
            return [part.strip() for part in wanted.split(";") if part.strip()]
        case FieldKind.TEXT:
            return wanted
    if wanted.startswith(f"{PARAMETER} "):
        return {"parameter": wanted.removeprefix(f"{PARAMETER} ")}
    return wanted == "true" if field.kind is FieldKind.YES_NO else wanted


def matters(form: MethodForm, field: Field, values: Values) -> bool:
    """Whether a setting means anything beside the others; one that was set is always shown."""
    if field.name in values:
        return True
    needs = _NEEDS.get((form.kind, field.name)) or _NEEDS.get(("*", field.name))
    if field.name == "no_target_scale":
        return bool(str(values.get("no_target", "")).strip())
    if needs is None or all(other.name != needs[0] for other in form.fields):
        return True
    other, wanted = needs
    now = values.get(other, form.field(other).default)
    return now in wanted or str(now).startswith(PARAMETER)
