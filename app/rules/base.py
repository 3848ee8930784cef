"""The common ground of all pack tables: strict, frozen, exact."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from app.ground.numbers import NumberTextError, checked_decimal, read_number, vietnamese
from app.ground.text import composed


class PackModel(BaseModel):
    """A table of a pack: unknown keys are faults, and nothing changes after reading.

    How a table is read is worked out when the first one is (``defer_build``); a default that is a
    table is therefore given by ``model_construct``, which reads nothing.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True
    )


@dataclass(frozen=True, slots=True, eq=False)
class _ReadBy:
    """How a setting is read, said once.

    pydantic would work the same out of annotated checks, but anew at each of the hundreds of
    settings, which an officer waits for.
    """

    schema: CoreSchema

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return {**self.schema}


def _before(read: Callable[[Any], Any], schema: CoreSchema) -> CoreSchema:
    return core_schema.no_info_before_validator_function(read, schema)


def _after(check: Callable[[Any], Any], schema: CoreSchema) -> CoreSchema:
    return core_schema.no_info_after_validator_function(check, schema)


def _number(value: Any) -> Any:
    if isinstance(value, (bool, float)):
        raise ValueError("not_a_number")
    if isinstance(value, str):
        try:
            return read_number(value)
        except NumberTextError as fault:
            raise ValueError(fault.fault.value) from fault
    if isinstance(value, Decimal | int):
        try:
            return checked_decimal(value)
        except NumberTextError as fault:
            raise ValueError(fault.fault.value) from fault
    raise ValueError("not_a_number")


def _not_negative(value: Decimal) -> Decimal:
    if value < 0:
        raise ValueError("negative")
    return value


def _positive(value: Decimal) -> Decimal:
    if value <= 0:
        raise ValueError("not_positive")
    return value


def _composed(value: Any) -> Any:
    return composed(value) if isinstance(value, str) else value


_NUMBER: Final = _before(_number, core_schema.decimal_schema())
_POINTS: Final = _after(_not_negative, _NUMBER)

Number = Annotated[Decimal, _ReadBy(_NUMBER)]
"""A decimal written as a TOML number or as text; never a float, never a boolean."""

Points = Annotated[Decimal, _ReadBy(_POINTS)]
"""A number that is not negative."""

NO_NUMBER = "none"
"""The word with which a parameter switches an optional number off."""


def _named_none(value: Any) -> Any:
    return None if value == NO_NUMBER else value


MaybeNumber = Annotated[
    Decimal | None, _ReadBy(_before(_named_none, core_schema.nullable_schema(_NUMBER)))
]
"""An optional number; the word "none" means that there is none."""

MaybePoints = Annotated[
    Decimal | None, _ReadBy(_before(_named_none, core_schema.nullable_schema(_POINTS)))
]
"""An optional number that is not negative; the word "none" means that there is none."""

Positive = Annotated[Decimal, _ReadBy(_after(_positive, _NUMBER))]
"""A number above zero; something is divided by it."""

Text = Annotated[
    str, _ReadBy(_before(_composed, core_schema.str_schema(min_length=1, max_length=4000)))
]
Identifier = Annotated[
    str,
    _ReadBy(_before(_composed, core_schema.str_schema(pattern=r"^[^\s:@+/=]+$", max_length=80))),
]
"""An id without spaces and without the marks that questions and changes use (: @ + / =)."""

OPEN_PATTERN = re.compile(r"^open(:[^\s:]+)?$")
OpenMark = Annotated[str, _ReadBy(core_schema.str_schema(pattern=OPEN_PATTERN.pattern))]
"""``open`` or ``open:A10``: the text leaves this setting open and nobody has chosen yet."""


def is_open(setting: object) -> bool:
    """Whether a setting still waits for a choice."""
    return isinstance(setting, str) and OPEN_PATTERN.match(setting) is not None


def open_parameter(setting: str, fallback: str) -> str:
    """The parameter that an open setting waits for, or ``fallback`` where none is named."""
    return setting.partition(":")[2] or fallback


class Range(PackModel):
    """A range of numbers with each edge open or closed; at least one edge is given.

    ``ge`` ≥, ``gt`` >, ``le`` ≤, ``lt`` <, ``eq`` =.
    """

    ge: Number | None = None
    gt: Number | None = None
    le: Number | None = None
    lt: Number | None = None
    eq: Number | None = None

    def model_post_init(self, _context: Any) -> None:
        """Refuses a range without any edge or with two edges on one side."""
        if all(v is None for v in (self.ge, self.gt, self.le, self.lt, self.eq)):
            raise ValueError("range_without_edge")
        if (self.ge is not None and self.gt is not None) or (
            self.le is not None and self.lt is not None
        ):
            raise ValueError("range_with_two_edges")

    def holds(self, value: Fraction) -> bool:
        """Whether ``value`` lies inside."""
        return (
            (self.ge is None or value >= self.ge)
            and (self.gt is None or value > self.gt)
            and (self.le is None or value <= self.le)
            and (self.lt is None or value < self.lt)
            and (self.eq is None or value == self.eq)
        )

    @property
    def low(self) -> tuple[Fraction, bool] | None:
        """The lower edge and whether it belongs to the range."""
        for edge, closed in ((self.eq, True), (self.ge, True), (self.gt, False)):
            if edge is not None:
                return Fraction(edge), closed
        return None

    @property
    def high(self) -> tuple[Fraction, bool] | None:
        """The upper edge and whether it belongs to the range."""
        for edge, closed in ((self.eq, True), (self.le, True), (self.lt, False)):
            if edge is not None:
                return Fraction(edge), closed
        return None

    def words(self, unit: str = "") -> str:
        """The range in Vietnamese signs: "từ 90 đến dưới 95"."""

        def show(edge: Decimal) -> str:
            return vietnamese(Fraction(edge)) + unit

        if self.eq is not None:
            return f"bằng {show(self.eq)}"
        parts = []
        if self.ge is not None:
            parts.append(f"từ {show(self.ge)}" + ("" if self.high else " trở lên"))
        if self.gt is not None:
            parts.append(f"trên {show(self.gt)}")
        if self.le is not None:
            parts.append(f"đến {show(self.le)}" if parts else f"từ {show(self.le)} trở xuống")
        if self.lt is not None:
            parts.append(f"đến dưới {show(self.lt)}" if parts else f"dưới {show(self.lt)}")
        return " ".join(parts)
