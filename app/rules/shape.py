"""Faults of shape, as the reading library reports them, turned into Vietnamese findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.ground.findings import Finding, Severity
from app.ground.text import nearest
from app.rules.base import PackModel, is_open

_VALUE_ERRORS = {
    "not_a_number": "cần một con số",
    "ambiguous": "số viết theo cách có thể hiểu hai nghĩa",
    "too_long": "con số có quá nhiều chữ số",
    "negative": "số không được âm",
    "not_positive": "cần một số lớn hơn 0",
    "range_without_edge": "khoảng cần ít nhất một mép: ge, gt, le, lt hoặc eq",
    "range_with_two_edges": "một phía của khoảng chỉ được ghi một mép (ge hoặc gt; le hoặc lt)",
    "exactly_one_test": "một điều kiện có đúng một khóa (all, any, not hoặc một phép thử)",
}
_MESSAGES = {
    "missing": "thiếu khóa bắt buộc",
    "extra_forbidden": "khóa này không có trong định dạng",
    "literal_error": "giá trị không thuộc các lựa chọn cho phép",
    "enum": "giá trị không thuộc các lựa chọn cho phép",
    "union_tag_invalid": "loại này không có trong định dạng",
    "union_tag_not_found": "thiếu khóa cho biết loại (kind hoặc step)",
    "string_type": "cần một chuỗi văn bản",
    "string_too_short": "văn bản không được để trống",
    "string_too_long": "văn bản quá dài",
    "string_pattern_mismatch": "cách viết không hợp lệ",
    "int_type": "cần một số nguyên",
    "int_parsing": "cần một số nguyên",
    "int_from_float": "cần một số nguyên",
    "bool_type": "cần true hoặc false",
    "bool_parsing": "cần true hoặc false",
    "date_type": "cần một ngày, ví dụ 2022-12-31",
    "date_parsing": "cần một ngày, ví dụ 2022-12-31",
    "date_from_datetime_parsing": "cần một ngày, ví dụ 2022-12-31",
    "date_from_datetime_inexact": "cần một ngày, không kèm giờ",
    "too_short": "danh sách không được để trống",
    "tuple_type": "cần một danh sách [ … ]",
    "list_type": "cần một danh sách [ … ]",
    "model_type": "cần một bảng { … }",
    "model_attributes_type": "cần một bảng { … }",
    "dict_type": "cần một bảng { … }",
    "mapping_type": "cần một bảng { … }",
    "greater_than_equal": "số nhỏ hơn mức cho phép",
    "less_than_equal": "số lớn hơn mức cho phép",
}


def shape_findings(fault: ValidationError, tree: Mapping[str, Any], name: str) -> Iterator[Finding]:
    """One finding per faulty place, in the order of the file."""
    seen: set[tuple[str, str]] = set()
    for error in fault.errors(include_url=False):
        if error["type"] == "too_short" and error.get("input"):
            continue  # its rows are there, each with a fault of its own
        path = _path(error["loc"], tree)
        message = _message(error)
        if (path, message) in seen:
            continue
        seen.add((path, message))
        yield Finding(
            "malformed",
            Severity.ERROR,
            f"{name}, {path}" if path else name,
            f"{message[0].upper()}{message[1:]}{_found(error)}.",
            _remedy(error),
        )


def _path(loc: Sequence[int | str], tree: Any) -> str:
    """The key path as the file writes it, with codes and ids beside the numbers of rows."""
    words = ""
    node = tree
    entered = True
    for position, part in enumerate(loc):
        last = position == len(loc) - 1
        if entered and isinstance(node, Mapping) and part in (node.get("kind"), node.get("step")):
            entered = False  # the library names the chosen kind of a table beside its keys
            continue
        entered = True
        if isinstance(part, int):
            node = node[part] if isinstance(node, Sequence) and part < len(node) else None
            words += f"[{part + 1}]"
            if isinstance(node, Mapping):
                label = node.get("code") or node.get("id") or node.get("name")
                words += f" ({label})" if isinstance(label, str) else ""
        elif isinstance(node, Mapping) and part in node:
            words += ("." if words else "") + part
            node = node[part]
        elif last and isinstance(node, Mapping):
            words += ("." if words else "") + part
    return words


def _left_open(error: ErrorDetails) -> str:
    """The parameter that nobody has chosen, where a setting cannot do without its value."""
    value = error.get("input")
    return value.partition(":")[2] if isinstance(value, str) and is_open(value) else ""


def _message(error: ErrorDetails) -> str:
    if _left_open(error):
        return "tham số chưa được chọn, mà chỗ này không để ngỏ được"
    if error["type"] == "value_error":
        return _VALUE_ERRORS.get(str(error.get("ctx", {}).get("error", "")), "giá trị không hợp lệ")
    return _MESSAGES.get(error["type"], "giá trị không hợp lệ")


def _found(error: ErrorDetails) -> str:
    value = error.get("input")
    if error["type"] in ("missing", "extra_forbidden", "union_tag_not_found"):
        return ""
    if error["type"] == "union_tag_invalid":
        return f" (đang ghi “{str(error.get('ctx', {}).get('tag', ''))[:60]}”)"
    if isinstance(value, str | int | bool):
        shown = (
            {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value
        )
        return f" (đang ghi “{str(shown)[:60]}”)"
    return ""


def _remedy(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    if parameter := _left_open(error):
        return f"Ghi default cho tham số {parameter}, hoặc chọn trong [parameters] của số liệu."
    match error["type"]:
        case "missing":
            return f"Thêm khóa {error['loc'][-1]}."
        case "extra_forbidden":
            guess = nearest(str(error["loc"][-1]), _known_keys())
            return f"Có phải “{guess}”?" if guess else "Bỏ khóa này hoặc xem tài liệu định dạng."
        case "literal_error" | "enum":
            expected = str(context.get("expected", "")).replace(" or ", ", ")
            return f"Chọn một trong: {expected}."
        case "union_tag_invalid":
            tags = str(context.get("expected_tags", ""))
            tag = str(context.get("tag", ""))
            guess = nearest(tag, [t.strip(" '") for t in tags.split(",")])
            hint = f" Có phải “{guess}”?" if guess else ""
            return f"Chọn một trong: {tags}.{hint}"
        case "value_error" if "ambiguous" in str(context.get("error", "")):
            return "Viết số không có dấu phân nhóm, ví dụ 1250 hoặc 1.25."
    return "Sửa giá trị theo tài liệu định dạng."


def _known_keys() -> set[str]:
    keys: set[str] = set()
    todo: list[type[PackModel]] = [PackModel]
    while todo:
        model = todo.pop()
        todo.extend(model.__subclasses__())
        keys |= {field.alias or name for name, field in model.model_fields.items()}
    return keys
