"""Reading and writing packs: TOML text → tree → resolved tree → ``RulePack``.

The *tree* is the file's content with exact decimals. Settings may point at a parameter
(``{ parameter = "A10" }``); ``resolve`` puts the chosen or default value there, or the mark
``open:A10``. Only a resolved tree becomes a ``RulePack``. Faults of shape are gathered, each
with the key path and the criterion's code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache, cached_property
from typing import Any, Literal

import tomli
from pydantic import TypeAdapter, ValidationError

from app.ground.canonical import digest
from app.ground.findings import Findings, UserError
from app.ground.numbers import MAX_DIGITS, NumberTextError, plain, read_number
from app.rules.base import NO_NUMBER
from app.rules.methods import Method, MethodModel
from app.rules.methods.clear import unclear
from app.rules.pack import Parameter, RulePack
from app.rules.shape import shape_findings

MAX_PACK_BYTES = 4_000_000
MAX_DEPTH = 40
"""Tables and lists inside each other; a boolean tree of a decision needs five or six."""

Tree = dict[str, Any]
Choice = bool | str | Decimal


@dataclass(frozen=True, slots=True)
class ChosenParameter:
    """A parameter with the value in force and where it comes from."""

    parameter: Parameter
    value: Choice | None
    source: Literal["pack", "facts", "open"]


@dataclass(frozen=True)
class LoadedPack:
    """A pack ready for use: the resolved rules, the choices behind them, the text's digest."""

    rules: RulePack
    chosen: Mapping[str, ChosenParameter]
    tree: Tree = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """The digest of the pack as written, whatever the choices."""
        return digest(self.tree)


def parse_tree(data: bytes, name: str) -> Tree:
    """The TOML tree of a pack file; raises ``UserError`` where it is none."""
    findings = Findings()
    if len(data) > MAX_PACK_BYTES:
        findings.error(
            "pack_too_large",
            name,
            f"Tệp gói quy tắc lớn hơn {MAX_PACK_BYTES // 1_000_000} MB nên không được đọc.",
            "Kiểm tra lại có đúng tệp gói quy tắc (.toml) không.",
        )
        raise UserError(findings)
    try:
        text = data.decode("utf-8-sig")
        return tomli.loads(text, parse_float=Decimal)
    except UnicodeDecodeError as fault:
        findings.error(
            "pack_not_utf8",
            name,
            f"Tệp không phải văn bản UTF-8 (byte thứ {fault.start + 1}).",
            "Lưu lại tệp với bảng mã UTF-8.",
        )
    except tomli.TOMLDecodeError as fault:
        findings.error(
            "pack_not_toml",
            f"{name}, dòng {fault.lineno}, cột {fault.colno}",
            "Nội dung không đúng cú pháp TOML.",
            "Xem dấu ngoặc, dấu nháy và dấu bằng quanh chỗ này; một khóa chỉ được ghi một lần.",
        )
    except (RecursionError, ValueError, ArithmeticError):
        findings.error(
            "pack_not_toml",
            name,
            "Nội dung có số, ngày hoặc bảng lồng nhau không đọc được.",
            "Kiểm tra các con số và ngày trong tệp.",
        )
    raise UserError(findings)


def dump_tree(tree: Tree) -> str:
    """The TOML text of a tree; ``parse_tree`` reads the same tree back."""
    import tomli_w

    return tomli_w.dumps(tree)


def dump_pack(pack: RulePack) -> str:
    """The TOML text of a resolved pack; reading it gives an equal pack."""
    return dump_tree(pack_tree(pack))


def pack_tree(pack: RulePack) -> Tree:
    """The tree of a resolved pack, defaults left out."""
    tree = toml_values(pack.model_dump(mode="python", by_alias=True, exclude_defaults=True))
    assert isinstance(tree, dict)
    return tree


def toml_values(value: Any, absent: str | None = NO_NUMBER) -> Any:
    """A dumped model as TOML writes it: lists for tuples, whole numbers without a point.

    ``absent`` stands for nothing: a number that was switched off although its default is another.
    """
    match value:
        case None:
            return absent
        case Enum():
            return value.value
        case Decimal() if value.is_finite() and value.adjusted() <= MAX_DIGITS:
            return int(value) if value == value.to_integral_value() else value
        case Mapping():
            return {key: toml_values(item, absent) for key, item in value.items()}
        case list() | tuple():
            return [toml_values(item, absent) for item in value]
        case _:
            return value


def read_pack(
    tree: Tree, name: str, choices: Mapping[str, object] | None = None
) -> tuple[LoadedPack | None, Findings]:
    """A pack out of its tree with the given parameter choices.

    ``choices`` may name parameters of other packs; those are left alone. The pack is ``None``
    where the shape has faults; the findings name each.
    """
    findings = Findings()
    if too_deep(tree):
        findings.error(
            "pack_not_toml",
            name,
            f"Bảng hoặc điều kiện lồng nhau quá {MAX_DEPTH} tầng.",
            "Viết điều kiện ít tầng hơn.",
        )
        return None, findings
    declared = _declared(tree)
    chosen = _choose(declared, choices or {}, name, findings)
    resolved = _resolve(tree, chosen, name, findings, "")
    try:
        rules = RulePack.model_validate(resolved)
    except ValidationError as fault:
        findings.extend(shape_findings(fault, tree, name))
        return None, findings
    if findings.errors:
        return None, findings
    return LoadedPack(rules, chosen, tree), findings


def too_deep(tree: object) -> bool:
    """Whether tables and lists are nested more deeply than any text needs."""
    level: list[object] = [tree]
    for _ in range(MAX_DEPTH):
        inner: list[object] = []
        for node in level:
            if isinstance(node, Mapping):
                inner.extend(node.values())
            elif isinstance(node, list | tuple):
                inner.extend(node)
        level = inner
    return any(isinstance(node, Mapping | list | tuple) for node in level)


@cache
def _method() -> TypeAdapter[MethodModel]:
    """Reads a method by itself; made when the first one is read, for making it takes long."""
    return TypeAdapter(Method)


def read_method(tree: Mapping[str, object], place: str) -> tuple[MethodModel | None, Findings]:
    """The method of a criterion that a unit registered for itself."""
    findings = Findings()
    if too_deep(tree):
        findings.error("malformed", place, "Cách chấm lồng nhau quá sâu.", "Viết ít tầng hơn.")
        return None, findings
    try:
        method = _method().validate_python(toml_values(tree, absent=None))
    except ValidationError as fault:
        findings.extend(shape_findings(fault, dict(tree), place))
        return None, findings
    for words, remedy in unclear(method):
        findings.error("worth_unclear", place, words, remedy)
    return (None if findings.errors else method), findings


def read_method_in(
    pack: Tree, tree: Mapping[str, object], place: str, choices: Mapping[str, object] | None = None
) -> tuple[MethodModel | None, Findings]:
    """The method of a row of ``pack``: its settings may point at the pack's parameters."""
    if too_deep(tree):
        return read_method(tree, place)
    findings = Findings()
    chosen = _choose(_declared(pack), choices or {}, place, findings)
    method, told = read_method(_resolve(tree, chosen, place, findings, ""), place)
    findings.extend(told)
    return (None if findings.errors else method), findings


def _declared(tree: Tree) -> dict[str, Parameter]:
    """The parameters that can be read; faulty ones are reported with the shape."""
    declared: dict[str, Parameter] = {}
    rows = tree.get("parameters", [])
    for row in rows if isinstance(rows, list) else []:
        try:
            parameter = Parameter.model_validate(row)
        except ValidationError:
            continue
        declared[parameter.id] = parameter
    return declared


def _choose(
    declared: Mapping[str, Parameter],
    choices: Mapping[str, object],
    name: str,
    findings: Findings,
) -> dict[str, ChosenParameter]:
    chosen: dict[str, ChosenParameter] = {}
    for key, parameter in declared.items():
        if key in choices:
            value = allowed_value(parameter, choices[key])
            if value is not None:
                chosen[key] = ChosenParameter(parameter, value, "facts")
                continue
            findings.error(
                "parameter_not_allowed",
                f"{name}, tham số {key}",
                f"Giá trị “{_shown(choices[key])}” không thuộc lựa chọn của “{parameter.title}”.",
                f"Chọn một trong: {allowed_words(parameter)}.",
            )
        default = None if parameter.default is None else allowed_value(parameter, parameter.default)
        if parameter.default is not None and default is None:
            findings.error(
                "parameter_not_allowed",
                f"{name}, tham số {key}",
                f"Giá trị mặc định “{_shown(parameter.default)}” không thuộc các lựa chọn.",
                f"Chọn một trong: {allowed_words(parameter)}.",
            )
        source: Literal["pack", "open"] = "open" if default is None else "pack"
        chosen[key] = ChosenParameter(parameter, default, source)
    return chosen


def allowed_value(parameter: Parameter, value: object) -> Choice | None:
    """``value`` as the parameter writes it, or ``None`` where it is not among the answers."""
    if parameter.range is not None:
        number = _as_number(value)
        return number if number is not None and parameter.range.holds(Fraction(number)) else None
    if not parameter.allowed:
        return value if isinstance(value, bool | str | Decimal) else _as_number(value)
    for answer in parameter.allowed:
        if isinstance(answer, bool) or isinstance(value, bool):
            if answer is value or str(value).casefold() == str(answer).casefold():
                return answer
        elif isinstance(answer, str):
            if str(value) == answer:
                return answer
        elif (number := _as_number(value)) is not None and number == answer:
            return answer
    return None


def _as_number(value: object) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, Fraction | int | Decimal):
        try:
            return Decimal(plain(Fraction(value)))
        except ArithmeticError:
            return None
    try:
        return read_number(str(value))
    except NumberTextError:
        return None


def allowed_words(parameter: Parameter) -> str:
    """The allowed answers in one line."""
    if parameter.range is not None:
        return "số " + parameter.range.words()
    return ", ".join(_shown(answer) for answer in parameter.allowed) or "giá trị bất kỳ"


def _shown(value: object) -> str:
    return (
        {True: "true", False: "false"}.get(value, str(value))
        if isinstance(value, bool)
        else (str(value)[:80])
    )


def _resolve(
    node: Any, chosen: Mapping[str, ChosenParameter], name: str, findings: Findings, path: str
) -> Any:
    if isinstance(node, Mapping):
        if set(node) == {"parameter"} and isinstance(node["parameter"], str):
            key = node["parameter"]
            if key not in chosen:
                findings.error(
                    "unknown_parameter",
                    f"{name}, {path}",
                    f"Gói trỏ tới tham số “{key}” nhưng không khai báo tham số này.",
                    "Thêm tham số vào [[parameters]] hoặc sửa tên.",
                )
                return f"open:{key}"
            value = chosen[key].value
            return f"open:{key}" if value is None else value
        return {
            k: v if path == "parameters" else _resolve(v, chosen, name, findings, _join(path, k))
            for k, v in node.items()
        }
    if isinstance(node, Sequence) and not isinstance(node, str | bytes):
        return [_resolve(v, chosen, name, findings, path) for v in node]
    return node


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
