"""The values that models of a package are made of, and their faults in Vietnamese.

Models are frozen, know no key beyond their own and take nothing for something else: a text is
never read as a number, ``true`` never as 1.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    FailFast,
    PlainSerializer,
    StrictInt,
    StrictStr,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from app.exchange.packages.faults import SEND_AGAIN, shown
from app.exchange.packages.limits import MAX_WHOLE_NUMBER
from app.exchange.packages.payload import hidden_letter
from app.ground.findings import Findings
from app.ground.numbers import MAX_DIGITS, unmistakable

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


_MANY_KEYS: Final = 60


class PackageModel(BaseModel):
    """A table of a package with exactly these keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _few_keys(cls, value: Any) -> Any:
        """Half a million keys would make half a million faults."""
        if isinstance(value, dict) and len(value) > _MANY_KEYS:
            raise ValueError("too_many_keys")
        return value


class LooseModel(BaseModel):
    """A table of which only the keys that tables are derived from are looked at."""

    model_config = ConfigDict(extra="ignore", frozen=True)


def _plain(text: str) -> str:
    if hidden_letter(text) is not None:
        raise ValueError("hidden_letter")
    return text


def _line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("hidden_letter")
    return _plain(text)


def _day(value: object) -> dt.date:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("no_day")
    return dt.date.fromisoformat(value)


def _moment(value: object) -> dt.datetime:
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError("no_moment")
    return dt.datetime.fromisoformat(value)


def _decimal(text: str) -> str:
    if len(text) > MAX_DIGITS + 2 or not _DECIMAL.fullmatch(text):
        raise ValueError("no_decimal")
    number = Fraction(Decimal(text))
    whole = number.denominator == 1 and abs(number.numerator) <= MAX_WHOLE_NUMBER
    if whole or unmistakable(number) != text:
        raise ValueError("no_decimal")
    return text


def is_exact_text(value: object) -> bool:
    """Whether a value is a number that stands as a text, in its one form."""
    return _passes(_decimal, value)


def is_day_text(value: object) -> bool:
    """Whether a value is a day as packages write it."""
    return _passes(_day, value)


def _passes(check: Callable[[str], object], value: object) -> bool:
    try:
        return isinstance(value, str) and check(value) is not None
    except ValueError:
        return False


Text = Annotated[StrictStr, StringConstraints(max_length=4000), AfterValidator(_plain)]
Title = Annotated[
    StrictStr,
    StringConstraints(min_length=1, max_length=300, pattern=r"^\S"),
    AfterValidator(_line),
]
Id = Annotated[StrictStr, StringConstraints(min_length=1, max_length=80), AfterValidator(_line)]
Digest = Annotated[StrictStr, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
Day = Annotated[dt.date, BeforeValidator(_day), PlainSerializer(dt.date.isoformat)]
Moment = Annotated[
    dt.datetime,
    BeforeValidator(_moment),
    PlainSerializer(lambda moment: moment.isoformat(timespec="seconds")),
]
Row = TypeVar("Row", bound=BaseModel)
Rows = Annotated[tuple[Row, ...], FailFast()]
"""A list of which the first faulty row is told: a million faults are no help to anybody."""


def one_by_one(model: type[BaseModel]) -> BeforeValidator:
    """Reads the tables of an object one after the other and stops at the first that is faulty."""

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: model.model_validate(inner) for key, inner in value.items()}

    return BeforeValidator(read)


Exact = StrictInt | Annotated[StrictStr, AfterValidator(_decimal)]
"""A number as packages write it: whole as it is, any other as a text with a point."""

_MESSAGES: Final = {
    "missing": "thiếu khóa bắt buộc",
    "extra_forbidden": "khóa này không có trong định dạng",
    "string_type": "cần một văn bản",
    "string_too_short": "văn bản không được để trống",
    "string_too_long": "văn bản quá dài",
    "string_pattern_mismatch": "cách viết không hợp lệ",
    "int_type": "cần một số nguyên",
    "bool_type": "cần true hoặc false",
    "bool_parsing": "cần true hoặc false",
    "enum": "giá trị không có trong định dạng",
    "literal_error": "giá trị không có trong định dạng",
    "greater_than_equal": "số nhỏ hơn mức cho phép",
    "less_than_equal": "số lớn hơn mức cho phép",
    "too_long": "danh sách quá dài",
    "model_type": "cần một bảng { … }",
    "model_attributes_type": "cần một bảng { … }",
    "dict_type": "cần một bảng { … }",
    "tuple_type": "cần một danh sách [ … ]",
    "list_type": "cần một danh sách [ … ]",
}
_VALUE_MESSAGES: Final = {
    "hidden_letter": "văn bản có ký tự điều khiển ẩn",
    "no_day": "cần một ngày dạng 2026-12-31",
    "no_moment": "cần ngày giờ dạng 2026-12-31T08:30:00+07:00",
    "no_decimal": "cần một con số ở dạng chuẩn, ví dụ 97 hoặc “97.25”",
    "days_reversed": "ngày cuối trước ngày đầu",
    "cell_repeated": "một số liệu được hỏi hai lần",
    "too_many_keys": "có quá nhiều khóa",
    "no_figure": "số liệu phải là số, chữ, true hoặc false",
    "value_kind": "giá trị không đúng loại của số liệu",
}
_MANY: Final = 20

Model = TypeVar("Model", bound=BaseModel)


def modelled(
    model: type[Model], tree: Mapping[str, Any], place: str, findings: Findings
) -> Model | None:
    """The model of a tree; ``None`` where it has faults, which are told with their key paths."""
    try:
        return model.model_validate(tree)
    except ValidationError as fault:
        errors = fault.errors(include_url=False)
    for error in errors[:_MANY]:
        where = ".".join(shown(part) for part in error["loc"] if not _is_choice(part))
        message = _message(error)
        findings.error(
            "package_malformed",
            f"{place}, {where}" if where else place,
            f"{message[0].upper()}{message[1:]}.",
            SEND_AGAIN,
        )
    return None


def _is_choice(part: int | str) -> bool:
    """Whether a part of a path is the library's name for one of several kinds."""
    return isinstance(part, str) and (part in ("int", "str", "bool") or "[" in part)


def _message(error: ErrorDetails) -> str:
    if error["type"] == "value_error":
        words = str(error.get("ctx", {}).get("error", ""))
        return _VALUE_MESSAGES.get(words, "giá trị không hợp lệ")
    return _MESSAGES.get(error["type"], "giá trị không hợp lệ")
