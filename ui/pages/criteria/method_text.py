"""A way of scoring with its settings in one line, for lists of differences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ui.pages.criteria.method_form import Field, FieldKind, filled, method_forms
from ui.pages.criteria.method_words import SHORT

_NAMING = frozenset({"span", "name", "title"})


def method_text(method: Mapping[str, Any]) -> str:
    """The way of scoring in words: "Tỷ lệ; trần 110 %; khi mẫu số bằng 0: tính 0 điểm"."""
    kind = str(method["kind"])
    values = filled(method)
    parts = [SHORT[kind]]
    for field in method_forms()[kind].fields:
        if field.name in values:
            parts.append(_setting(field, values[field.name]))
    return "; ".join(parts)


def _setting(field: Field, value: Any) -> str:
    if field.kind is FieldKind.ROWS:
        rows = value if isinstance(value, list) else []
        return ", ".join(" ".join(_row(field, row)) for row in rows)
    title = field.title[:1].lower() + field.title[1:]
    if field.choices:
        words = dict(field.choices).get(value, value)
        return f"{title}: {words[:1].lower()}{words[1:]}"
    return f"{title} {value} {field.unit}".strip()


def _row(field: Field, row: Mapping[str, str]) -> Iterator[str]:
    for column in field.columns:
        text = row.get(column.name, "")
        if not text or column.name in ("id", "clause") or text == "false":
            continue
        if column.kind is FieldKind.YES_NO:
            yield f"({column.title.lower()})"
        elif column.name in _NAMING:
            yield f"{text}:" if column.name != "title" or "span" not in row else f"“{text}”"
        elif column.name in ("worth", "points", ""):
            yield text
        else:
            yield f"({column.title.lower()} {text})"
