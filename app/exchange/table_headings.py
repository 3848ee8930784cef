"""Which row is the head of a table and what each column is for.

Usual Vietnamese headings are recognised without regard to accents and case; other tables are
told with ``--columns "code=Mã,title=Nội dung,max=Điểm chuẩn"``. A head may take several rows
of merged cells ("Điểm" over "Chuẩn" and "Tự chấm"); titles above it are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.exchange.table_containers import refusal
from app.exchange.tables import Table
from app.ground.findings import Findings, UserError
from app.ground.text import folded, nearest


class Role(StrEnum):
    """What a column of a criteria table is for; the values are the words of ``--columns``."""

    NUMBER = "number"
    CODE = "code"
    TITLE = "title"
    MAX = "max"
    SECTION = "section"
    PATH = "path"
    KIND = "kind"
    NOTE = "note"


_NAMES: Final[Mapping[Role, frozenset[str]]] = {
    Role.NUMBER: frozenset({"stt", "tt", "so tt", "so thu tu", "number", "no"}),
    Role.CODE: frozenset({"ma", "ma so", "ma tieu chi", "ky hieu", "code"}),
    Role.TITLE: frozenset(
        {
            "noi dung",
            "tieu chi",
            "noi dung tieu chi",
            "noi dung va tieu chi",
            "noi dung, tieu chi",
            "noi dung/tieu chi",
            "ten tieu chi",
            "cac tieu chi",
            "tieu chi thi dua",
            "noi dung thi dua",
            "tieu chi danh gia",
            "noi dung danh gia",
            "tieu chi cham diem",
            "noi dung cham diem",
            "chi tieu",
            "title",
        }
    ),
    Role.MAX: frozenset(
        {
            "diem",
            "so diem",
            "diem chuan",
            "diem toi da",
            "diem chuan toi da",
            "thang diem",
            "khung diem",
            "muc diem",
            "muc diem toi da",
            "diem quy dinh",
            "max",
        }
    ),
    Role.SECTION: frozenset({"phan", "muc", "nhom", "nhom tieu chi", "linh vuc", "section"}),
    Role.PATH: frozenset({"duong dan", "path"}),
    Role.KIND: frozenset({"loai", "loai tieu chi", "kieu", "cach cham", "type", "kind"}),
    Role.NOTE: frozenset({"ghi chu", "note"}),
}
_BEGINNINGS: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.TITLE: ("noi dung", "tieu chi"),
    Role.MAX: ("diem chuan", "diem toi da", "thang diem", "khung diem"),
}
_DECISIVE: Final = (Role.CODE, Role.TITLE, Role.MAX, Role.PATH)
_NAMING: Final = (Role.TITLE, Role.CODE, Role.PATH)
_HEAD_SEARCH: Final = 40
_HEAD_DEPTH: Final = 3


@dataclass(frozen=True, slots=True)
class Headings:
    """The head of a table: its rows, and the ``lines`` of text that stand over each column."""

    first_row: int
    last_row: int
    columns: Mapping[Role, int]
    lines: Mapping[int, tuple[str, ...]]

    def column(self, role: Role) -> int | None:
        """The column of a role, if the table has one."""
        return self.columns.get(role)


def parse_columns(text: str) -> dict[Role, str]:
    """The mapping of ``--columns``; raises ``UserError`` with all its faults."""
    findings = Findings()
    mapping: dict[Role, str] = {}
    roles = [role.value for role in Role]
    for key, heading in option_pairs(text):
        if key in roles and heading:
            mapping[Role(key)] = heading
            continue
        guess = nearest(key, roles)
        hint = f" Có phải “{guess}”?" if guess and guess != key else ""
        findings.error(
            "columns_option",
            "Tùy chọn --columns",
            f"Không hiểu phần “{key[:60]}={heading[:60]}”.{hint}",
            "Viết như code=Mã,title=Nội dung,max=Điểm chuẩn; các từ dùng được:"
            f" {', '.join(roles)}.",
        )
    if findings.errors:
        raise UserError(findings)
    return mapping


def option_pairs(text: str) -> list[tuple[str, str]]:
    """The pairs of an option such as "code=Mã,max=Điểm"; a heading may hold commas."""
    if not text.strip():
        return []
    parts = (part.partition("=") for part in re.split(r",(?=[^,=]*=)", text))
    return [(key.strip(), heading.strip()) for key, _, heading in parts]


def find_headings(
    table: Table, wanted: Mapping[Role, str], findings: Findings, *, needs_max: bool
) -> Headings:
    """The head of the table; raises ``UserError`` where none can be found.

    ``wanted`` names headings for roles, and wins over what is recognised. Doubtful and
    missing headings are told in ``findings`` as well as in the error.
    """
    best: Headings | None = None
    best_score = 0
    for row in range(1, min(table.height, _HEAD_SEARCH) + 1):
        candidate = _head_at(table, row, wanted)
        score = len(candidate.columns) + 10 * sum(role in candidate.columns for role in wanted)
        if score > best_score and _is_head(candidate, wanted):
            best, best_score = candidate, score
    if best is None:
        raise refusal(
            "head_not_found",
            table.at_table(),
            "Không tìm thấy dòng tiêu đề của bảng, như “STT”, “Nội dung tiêu chí”, “Điểm chuẩn”.",
            "Thêm dòng tiêu đề, hoặc chỉ rõ tên cột (tùy chọn --columns)"
            f"{_closest(table, wanted)}.",
        )
    missing = [role for role in wanted if role not in best.columns]
    for role in missing:
        _tell_missing(table, best, role, wanted[role], findings)
    if needs_max and Role.MAX not in best.columns and Role.MAX not in wanted:
        findings.error(
            "column_missing",
            table.at_row(best.last_row),
            "Không nhận ra cột điểm tối đa của tiêu chí.",
            f"Chỉ rõ cột điểm, ví dụ --columns “max=Điểm chuẩn”; các cột có: {_listed(best)}.",
        )
    _tell_doubtful(table, best, wanted, findings)
    if findings.errors:
        raise UserError(findings)
    return best


def _is_head(headings: Headings, wanted: Mapping[Role, str]) -> bool:
    if any(role in headings.columns for role in wanted):
        return True
    return len(headings.columns) > 1 and any(role in headings.columns for role in _NAMING)


def _head_at(table: Table, row: int, wanted: Mapping[Role, str]) -> Headings:
    merges = [cell.merge for cell in table.row(row) if cell.merge and cell.merge.top == row]
    depth = max((merge.bottom - merge.top + 1 for merge in merges), default=1)
    last = row + min(depth, _HEAD_DEPTH) - 1
    lines: dict[int, tuple[str, ...]] = {}
    for column in range(1, table.width + 1):
        texts = (table.anchored(r, column).text for r in range(row, last + 1))
        lines[column] = tuple(dict.fromkeys(text for text in texts if text))
    columns: dict[Role, int] = {}
    for role, heading in wanted.items():
        found = [c for c, texts in lines.items() if _is_named(texts, heading)]
        if found:
            columns[role] = found[0]
    for role in Role:
        free = {c: texts for c, texts in lines.items() if c not in columns.values()}
        scores = {c: _likeness(role, texts) for c, texts in free.items()}
        top = max(scores, key=lambda c: scores[c], default=None)
        if role not in wanted and top is not None and scores[top]:
            columns[role] = top
    return Headings(row, last, columns, lines)


def _is_named(texts: tuple[str, ...], heading: str) -> bool:
    name = folded(heading)
    return bool(texts) and name in (folded(texts[-1]), folded(" ".join(texts)))


def _likeness(role: Role, texts: tuple[str, ...]) -> int:
    """How surely a heading stands for a role: 2 by its full name, 1 by its beginning."""
    return max(_alike(role, " ".join(texts)), _alike(role, texts[-1] if texts else ""))


def _alike(role: Role, text: str) -> int:
    heading = re.sub(r"\([^)]*\)", " ", folded(text))
    heading = " ".join(heading.split()).strip(" .:*")
    if heading in _NAMES[role]:
        return 2
    return int(heading.startswith(_BEGINNINGS.get(role, "\0")))


def _tell_doubtful(
    table: Table, headings: Headings, wanted: Mapping[Role, str], findings: Findings
) -> None:
    """Asks where two columns could have the same decisive role."""
    for role in _DECISIVE:
        chosen = headings.columns.get(role)
        if chosen is None or role in wanted:
            continue
        likeness = _likeness(role, headings.lines[chosen])
        alike = [
            column
            for column, texts in headings.lines.items()
            if column not in set(headings.columns.values()) - {chosen}
            and _likeness(role, texts) == likeness
        ]
        if len(alike) > 1:
            names = ", ".join(f"“{' '.join(headings.lines[column])}”" for column in alike)
            findings.error(
                "columns_doubtful",
                table.at_row(headings.last_row),
                f"Có {len(alike)} cột có thể dùng làm {_ROLE_WORDS[role]}: {names}.",
                f"Chỉ rõ một cột, ví dụ --columns"
                f" “{role.value}={' '.join(headings.lines[alike[0]])}”.",
            )


_ROLE_WORDS: Final = {
    Role.CODE: "mã tiêu chí",
    Role.TITLE: "nội dung tiêu chí",
    Role.MAX: "điểm tối đa",
    Role.PATH: "đường dẫn",
}


def _tell_missing(
    table: Table, headings: Headings, role: Role, heading: str, findings: Findings
) -> None:
    guess = nearest(heading, [" ".join(texts) for texts in headings.lines.values() if texts])
    hint = f" Có phải “{guess}”?" if guess else ""
    findings.error(
        "column_missing",
        table.at_row(headings.last_row),
        f"Không có cột “{heading}” (cho {role.value}).{hint}",
        f"Các cột có: {_listed(headings)}.",
    )


def _listed(headings: Headings) -> str:
    return ", ".join(f"“{' '.join(texts)}”" for texts in headings.lines.values() if texts)


def _closest(table: Table, wanted: Mapping[Role, str]) -> str:
    texts = {cell.text for row in range(1, table.height + 1) for cell in table.row(row)[:50]}
    guesses = [guess for heading in wanted.values() if (guess := nearest(heading, texts - {""}))]
    return f"; có phải “{'”, “'.join(guesses)}”" if guesses else ""
