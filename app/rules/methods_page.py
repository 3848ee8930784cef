"""The page of methods: what every way to score one criterion needs, does and answers.

``describe`` gives the facts as data (``bangvang rules methods --json``), ``methods_page`` the
page ``data/packs/METHODS.md``; both are read off the classes, so they cannot drift.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from app.rules.document import dump_tree, toml_values
from app.rules.methods import METHODS, MethodModel, kind_of
from app.rules.methods.base import choices_of
from app.rules.pack import Criterion, RulePack


def describe(method: type[MethodModel], example: Criterion | None) -> dict[str, Any]:
    """One method: kind, title, settings with defaults and choices, formula, edges.

    ``figures`` are those that ``example``, a row of a pack that uses the method, asks for.
    """
    figures = example.method.figure_specs() if example and example.method else ()
    return {
        "kind": kind_of(method),
        "title": method.title,
        "settings": [_setting(method, name, info) for name, info in _settings(method)],
        "figures": [
            {"name": f.name, "kind": f.kind.value, "title": f.title, "required": f.required}
            for f in figures
        ],
        "example": None if example is None else _row(example),
        "formula": method.formula,
        "edges": method.edges,
        "comparative": method.comparative,
        "monotone": method.monotone,
    }


def describe_all(packs: Sequence[RulePack]) -> list[dict[str, Any]]:
    """All methods in the order of the page, each with an example out of ``packs``."""
    shown = examples(packs)
    return [describe(m, shown.get(kind_of(m))) for m in METHODS]


def examples(packs: Sequence[RulePack]) -> dict[str, Criterion]:
    """For each kind of method, the first row of a pack that uses it."""
    found: dict[str, Criterion] = {}
    for pack in packs:
        for row in pack.criteria:
            if row.method is not None:
                found.setdefault(row.method.kind, row)
    return found


def _row(row: Criterion) -> dict[str, Any]:
    tree = row.model_dump(
        include={"code", "title", "max", "method"},
        by_alias=True,
        exclude_defaults=True,
        exclude_none=True,
    )
    return {key: toml_values(value) for key, value in tree.items()}


def methods_page(packs: Sequence[RulePack]) -> str:
    """The page of methods in Markdown, with an example out of ``packs`` for each."""
    facts = describe_all(packs)
    lines = [
        "# Các cách chấm một tiêu chí",
        "",
        "Trang này được sinh từ mã nguồn bằng `bangvang rules methods --page`; không sửa tay.",
        "",
        "| `kind` | Cách chấm | Công thức |",
        "|---|---|---|",
    ]
    lines += [f"| [`{f['kind']}`](#{f['kind']}) | {f['title']} | {f['formula']} |" for f in facts]
    for fact in facts:
        lines += ["", *_section(fact)]
    return "\n".join(lines) + "\n"


def _section(fact: dict[str, Any]) -> Iterator[str]:
    yield f"## {fact['kind']}"
    yield ""
    yield f"**{fact['title']}.**"
    yield ""
    yield f"- Công thức: {fact['formula']}."
    yield f"- Ở các mép: {fact['edges']}"
    figures = ", ".join(f"`{f['name']}` ({f['kind']}; {f['title']})" for f in fact["figures"])
    yield f"- Số liệu cần (ở ví dụ dưới): {figures or 'không; ghi thẳng `points`'}."
    if fact["comparative"]:
        yield "- So với các đơn vị khác của cụm, trong đúng vòng đang chấm."
    if fact["settings"]:
        yield ""
        yield "| Khóa | Mặc định | Lựa chọn |"
        yield "|---|---|---|"
        for setting in fact["settings"]:
            choices = ", ".join(f"`{c}`" for c in setting["choices"])
            yield f"| `{setting['name']}` | {setting['default']} | {choices} |"
    if fact["example"] is not None:
        yield ""
        yield "```toml"
        yield from dump_tree({"criteria": [fact["example"]]}).rstrip().splitlines()
        yield "```"


def _settings(method: type[MethodModel]) -> Iterator[tuple[str, FieldInfo]]:
    return ((n, i) for n, i in method.model_fields.items() if n != "kind")


def _setting(method: type[MethodModel], name: str, info: FieldInfo) -> dict[str, Any]:
    default = info.get_default(call_default_factory=False)
    if info.is_required() or default is PydanticUndefined:
        shown = "bắt buộc"
    elif default is None:
        shown = "không đặt"
    else:
        shown = f"`{str(default).lower() if isinstance(default, bool) else default}`"
    return {"name": info.alias or name, "default": shown, "choices": choices_of(method, name)}
