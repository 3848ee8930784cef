"""A facts file as text becomes a tree of exact values: TOML or JSON, nothing interpreted yet.

Both kinds give the same tree: tables, lists, texts, booleans, dates (TOML only; JSON writes
them as text) and exact numbers, never a float. A hostile or broken file ends here with
findings.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NoReturn

import tomli

from app.ground.findings import Finding, Severity, UserError

MAX_FACTS_BYTES: Final = 32_000_000
"""A whole province in one file stays below a tenth of this."""

MAX_DEPTH: Final = 40
"""Tables inside tables: a condition may nest, but no honest facts nest deeper."""

Tree = dict[str, Any]
Neighbour = Callable[[str], bytes]
"""Reads a file that lies beside the facts file, by its bare name; raises ``UserError``."""


def fail(code: str, place: str, message: str, remedy: str = "") -> NoReturn:
    """Ends the reading with one fault that the user can mend."""
    raise UserError([Finding(code, Severity.ERROR, place, message, remedy)])


def read_bytes(path: Path, name: str, limit: int = MAX_FACTS_BYTES) -> bytes:
    """The content of a file, called ``name`` in findings; raises ``UserError``.

    Only regular files are read, and none larger than ``limit`` bytes.
    """
    try:
        if path.is_dir():
            fail(
                "file_unreadable",
                name,
                "Đây là một thư mục, không phải một tệp.",
                "Ghi đường dẫn tới đúng tệp.",
            )
        if not path.exists():
            fail(
                "file_missing",
                name,
                "Không tìm thấy tệp này.",
                "Kiểm tra lại tên tệp và thư mục chứa tệp.",
            )
        if not path.is_file():
            fail("file_unreadable", name, "Đây không phải một tệp thường.", "Chọn tệp khác.")
        if path.stat().st_size > limit:
            fail(
                "file_too_large",
                name,
                f"Tệp lớn hơn {limit // 1_000_000} MB nên không được đọc.",
                "Kiểm tra lại có đúng tệp cần dùng không.",
            )
        return path.read_bytes()
    except (OSError, ValueError):
        fail(
            "file_unreadable",
            name,
            "Máy không cho đọc tệp này.",
            "Kiểm tra quyền đọc của tệp, hoặc đóng chương trình đang mở tệp.",
        )


def neighbour_of(path: Path) -> Neighbour:
    """Reads files that lie beside ``path`` and nowhere else."""

    def read(name: str) -> bytes:
        if not is_bare_name(name):
            fail(
                "entries_file_elsewhere",
                name[:200],
                "Tệp số liệu phải nằm cùng thư mục với tệp dữ kiện nên chỉ được ghi tên tệp.",
                "Đặt tệp cạnh tệp dữ kiện và chỉ ghi tên, ví dụ scores.csv.",
            )
        return read_bytes(path.parent / name, name)

    return read


def is_bare_name(name: str) -> bool:
    """Whether ``name`` is a file's name alone: no folder, no drive, nothing hidden in it."""
    return (
        name not in ("", ".", "..")
        and len(name) <= 200
        and name.isprintable()
        and not any(mark in name for mark in '/\\:*?"<>|')
    )


def facts_tree(data: bytes, name: str) -> Tree:
    """The tree of a facts file; JSON where the name ends in ``.json``, else TOML.

    Raises ``UserError`` on bytes, syntax, repeated keys or nesting that cannot be read.
    """
    if len(data) > MAX_FACTS_BYTES:
        fail(
            "file_too_large",
            name,
            f"Tệp lớn hơn {MAX_FACTS_BYTES // 1_000_000} MB nên không được đọc.",
            "Kiểm tra lại có đúng tệp cần dùng không.",
        )
    text = decoded(data, name)
    tree = _json(text, name) if name.casefold().endswith(".json") else _toml(text, name)
    if not _shallow(tree):
        fail(
            "facts_too_deep",
            name,
            f"Các bảng trong tệp lồng nhau quá {MAX_DEPTH} tầng.",
            "Viết lại phần lồng nhau cho ít tầng hơn.",
        )
    return tree


def decoded(data: bytes, name: str) -> str:
    """The text of a UTF-8 file, with or without a byte-order mark; raises ``UserError``."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        fail(
            "file_not_utf8",
            name,
            f"Tệp không phải văn bản UTF-8 (byte thứ {fault.start + 1}).",
            "Lưu lại tệp với bảng mã UTF-8.",
        )


def _toml(text: str, name: str) -> Tree:
    try:
        return tomli.loads(text, parse_float=Decimal)
    except tomli.TOMLDecodeError as fault:
        fail(
            "facts_not_toml",
            f"{name}, dòng {fault.lineno}, cột {fault.colno}",
            "Nội dung không đúng cú pháp TOML.",
            "Xem dấu ngoặc, dấu nháy và dấu bằng quanh chỗ này; một khóa chỉ được ghi một lần.",
        )
    except RecursionError:
        fail(
            "facts_too_deep",
            name,
            f"Các bảng trong tệp lồng nhau quá {MAX_DEPTH} tầng.",
            "Viết lại phần lồng nhau cho ít tầng hơn.",
        )
    except (ValueError, ArithmeticError):
        fail(
            "facts_not_toml",
            name,
            "Trong tệp có con số hoặc ngày không đọc được.",
            "Kiểm tra các con số quá dài và các ngày không có trên lịch.",
        )


class _RepeatedKeyError(Exception):
    """A JSON object names a key twice."""


class _NotANumberError(Exception):
    """JSON text holds NaN or Infinity, which are no numbers."""


def _json(text: str, name: str) -> Tree:
    try:
        tree = json.loads(
            text,
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_without_repetition,
        )
    except json.JSONDecodeError as fault:
        fail(
            "facts_not_json",
            f"{name}, dòng {fault.lineno}, cột {fault.colno}",
            "Nội dung không đúng cú pháp JSON.",
            "Xem dấu ngoặc, dấu nháy, dấu hai chấm và dấu phẩy quanh chỗ này.",
        )
    except _RepeatedKeyError as fault:
        fail(
            "facts_repeated_key",
            name,
            f"Khóa “{str(fault)[:80]}” được ghi hai lần trong cùng một bảng.",
            "Giữ lại một lần với giá trị đúng.",
        )
    except _NotANumberError as fault:
        fail(
            "not_a_number",
            name,
            f"Tệp có giá trị {fault}, không phải một con số.",
            "Thay bằng con số thật, hoặc bỏ khóa đó nếu chưa có số liệu.",
        )
    except RecursionError:
        fail(
            "facts_too_deep",
            name,
            f"Các bảng trong tệp lồng nhau quá {MAX_DEPTH} tầng.",
            "Viết lại phần lồng nhau cho ít tầng hơn.",
        )
    except ArithmeticError:
        fail(
            "number_too_long",
            name,
            "Trong tệp có con số quá dài nên không đọc được.",
            "Kiểm tra lại các con số; có thể đã gõ nhầm.",
        )
    if not isinstance(tree, dict):
        fail(
            "facts_not_json",
            name,
            "Tệp JSON phải là một đối tượng { … } ở ngoài cùng.",
            "Xem tài liệu định dạng: bangvang rules schema facts.",
        )
    return tree


def _no_constant(text: str) -> NoReturn:
    raise _NotANumberError(text)


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _RepeatedKeyError(key)
            seen.add(key)
    return table


def _shallow(tree: Tree) -> bool:
    level: list[Any] = [tree]
    for _ in range(MAX_DEPTH):
        below: list[Any] = []
        for node in level:
            below.extend(node.values() if isinstance(node, Mapping) else node)
        level = [node for node in below if type(node) is dict or type(node) is list]
        if not level:
            return True
    return False
