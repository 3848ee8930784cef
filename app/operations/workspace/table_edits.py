"""Changes of a criteria table as values: each turns one tree of a pack into another.

A criterion is known by its dotted code. An edit refuses what makes no sense in itself (a code
that is not there, or is taken); whether the sums still fit the frame is told by the checks of
``app.rules.checks`` after all edits.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Protocol

from app.ground.findings import Finding, Severity, UserError
from app.ground.numbers import to_decimal, vietnamese
from app.ground.text import nearest
from app.rules.document import Tree, read_method_in

DIRECT: Final[Mapping[str, Any]] = {"kind": "direct"}


class TableEdit(Protocol):
    """One change of a table."""

    @property
    def words(self) -> str:
        """The change as the journal says it."""

    def apply(self, tree: Tree) -> None:
        """Changes the tree in place; raises ``UserError`` where that makes no sense."""


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to be put into a table; points as the officer sees them, in exact numbers."""

    title: str
    max: Fraction
    method: Mapping[str, Any] = field(default_factory=lambda: dict(DIRECT))
    needs_evidence: bool = False


@dataclass(frozen=True, slots=True)
class SplitCriterion:
    """A criterion becomes a group of parts (“cụ thể hóa”), each scored on its own."""

    code: str
    parts: Sequence[NewRow]

    @property
    def words(self) -> str:
        """The change as the journal says it."""
        return f"chia tiêu chí {self.code} thành {len(self.parts)} phần"

    def apply(self, tree: Tree) -> None:
        """Puts the parts below the row, which loses its own way of scoring."""
        row = _row(tree, self.code)
        if _children(tree, self.code):
            raise _edit_fault(
                self.code,
                "Tiêu chí đã có các phần bên trong.",
                "Thêm vào nhóm, hoặc sửa từng phần.",
            )
        if "slot" in row:
            raise _edit_fault(
                self.code,
                "Đây là chỗ để đơn vị tự đăng ký tiêu chí.",
                "Đăng ký tiêu chí riêng của từng đơn vị trong mục này.",
            )
        for key in ("method", "gate", "already"):
            row.pop(key, None)
        parts = [
            _new(f"{self.code}.{number}", part, row) | {"split": True}
            for number, part in enumerate(self.parts, 1)
        ]
        _insert(tree, self.code, parts)


@dataclass(frozen=True, slots=True)
class AddCriterion:
    """A criterion that the cluster adds to a section, beyond those that the text gives."""

    parent: str
    code: str
    row: NewRow

    @property
    def words(self) -> str:
        """The change as the journal says it."""
        return f"thêm tiêu chí {self.code} “{self.row.title}”"

    def apply(self, tree: Tree) -> None:
        """Puts the row at the end of its section."""
        parent = _row(tree, self.parent)
        if "method" in parent:
            raise _edit_fault(
                self.parent,
                "Đây là một tiêu chí được chấm, không phải một mục.",
                "Chia tiêu chí thành các phần, hoặc thêm vào một mục.",
            )
        if any(row["code"] == self.code for row in tree["criteria"]):
            raise _edit_fault(self.code, "Mã tiêu chí đã được dùng.", "Đặt mã khác.")
        if self.code.rpartition(".")[0] != self.parent:
            raise _edit_fault(
                self.code,
                f"Mã tiêu chí không nằm trong mục {self.parent}.",
                f"Đặt mã dạng {self.parent}.MÃ.",
            )
        _insert(tree, self.parent, [_new(self.code, self.row, parent) | {"added": True}])


@dataclass(frozen=True, slots=True)
class RemoveCriterion:
    """Takes out a criterion that the cluster added, or a part of one that it split."""

    code: str

    @property
    def words(self) -> str:
        """The change as the journal says it."""
        return f"bỏ tiêu chí {self.code}"

    def apply(self, tree: Tree) -> None:
        """Takes the row out; a row of the frame stays."""
        row = _row(tree, self.code)
        if not (row.get("added") or row.get("split")):
            raise _edit_fault(
                self.code,
                "Tiêu chí của khung điểm không được bỏ.",
                "Chỉ bỏ được tiêu chí cụm, khối đã thêm hoặc phần đã chia.",
            )
        tree["criteria"] = [
            r
            for r in tree["criteria"]
            if r["code"] != self.code and not r["code"].startswith(self.code + ".")
        ]


@dataclass(frozen=True, slots=True)
class Reweigh:
    """Another maximum for a criterion or a section."""

    code: str
    max: Fraction

    @property
    def words(self) -> str:
        """The change as the journal says it."""
        return f"điểm tối đa của {self.code} là {vietnamese(self.max)}"

    def apply(self, tree: Tree) -> None:
        """Sets the maximum."""
        _row(tree, self.code)["max"] = _number(self.max)


@dataclass(frozen=True, slots=True)
class Retitle:
    """Another wording for a criterion."""

    code: str
    title: str

    @property
    def words(self) -> str:
        """The change as the journal says it."""
        return f"đổi tên tiêu chí {self.code} thành “{self.title}”"

    def apply(self, tree: Tree) -> None:
        """Sets the title."""
        _row(tree, self.code)["title"] = self.title


@dataclass(frozen=True, slots=True)
class SetMethod:
    """Another way to score a criterion; ``method`` as a pack writes it."""

    code: str
    method: Mapping[str, Any]

    @property
    def words(self) -> str:
        """The change as the journal says it."""
        return f"đổi cách chấm tiêu chí {self.code}"

    def apply(self, tree: Tree) -> None:
        """Sets the method; raises ``UserError`` where it is not one."""
        row = _row(tree, self.code)
        if _children(tree, self.code) or "slot" in row:
            raise _edit_fault(
                self.code, "Đây là một mục, không chấm trực tiếp.", "Chọn một tiêu chí bên trong."
            )
        method, findings = read_method_in(tree, self.method, f"Tiêu chí {self.code}")
        if method is None:
            raise UserError(findings)
        row["method"] = copy.deepcopy(dict(self.method))


@dataclass(frozen=True, slots=True)
class CountSlot:
    """How many criteria each unit registers in a slot, as the cluster agreed."""

    code: str
    count: int

    @property
    def words(self) -> str:
        """The change as the journal says it."""
        return f"mỗi đơn vị đăng ký {self.count} tiêu chí ở mục {self.code}"

    def apply(self, tree: Tree) -> None:
        """Sets the number."""
        row = _row(tree, self.code)
        if "slot" not in row:
            raise _edit_fault(
                self.code, "Mục này không để đơn vị tự đăng ký.", "Chọn mục có chỗ tự đăng ký."
            )
        row["slot"] = {**row["slot"], "count": self.count}


@dataclass(frozen=True, slots=True)
class ReplaceCriteria:
    """All criteria give way to those of another table, which is cited as a source.

    ``source`` is a pack's tree as ``app.exchange.criteria_table`` makes it.
    """

    source: Mapping[str, Any] = field(repr=False)

    @property
    def words(self) -> str:
        """The change as the journal says it."""
        return f"thay toàn bộ tiêu chí bằng {len(self.source['criteria'])} dòng được nhập"

    def apply(self, tree: Tree) -> None:
        """Puts the rows in, with their source and the sum of their points."""
        fresh = copy.deepcopy(dict(self.source))
        sources = {row["id"] for row in tree.get("sources", [])}
        clauses = {row["id"] for row in tree.get("clauses", [])}
        (source,), (clause,) = fresh["sources"], fresh["clauses"]
        name, number = source["id"], 1
        while name in sources or name in clauses:
            number += 1
            name = f"{source['id']}-{number}"
        clause |= {"id": name, "source": name}
        source["id"] = name
        tree["sources"] = [*tree.get("sources", []), source]
        tree["clauses"] = [*tree.get("clauses", []), clause]
        tree["criteria"] = [row | {"clause": name} for row in fresh["criteria"]]
        scoring = dict(tree.get("scoring", {}))
        scoring["total_max"] = fresh["scoring"]["total_max"]
        tree["scoring"] = scoring


@dataclass(frozen=True, slots=True)
class MarkComplete:
    """The cluster has given what the frame leaves open, so results need not stay provisional."""

    @property
    def words(self) -> str:
        """The change as the journal says it."""
        return "ghi nhận bảng đã đủ điểm cho từng tiêu chí"

    def apply(self, tree: Tree) -> None:
        """Takes the mark of an incomplete text away; refuses where points still lack."""
        lacking = [
            row["code"]
            for row in tree["criteria"]
            if ("method" in row or "slot" in row) and "max" not in row
        ]
        if lacking:
            listed = ", ".join(lacking[:8]) + (" …" if len(lacking) > 8 else "")
            raise _edit_fault(
                lacking[0],
                f"Còn {len(lacking)} tiêu chí chưa có điểm tối đa: {listed}.",
                "Phân bổ điểm cho từng tiêu chí trước.",
            )
        tree.pop("incomplete", None)


def edited(tree: Mapping[str, Any], edits: Sequence[TableEdit]) -> Tree:
    """The tree after all edits; the given one stays as it is. Raises ``UserError``."""
    result: Tree = copy.deepcopy(dict(tree))
    for edit in edits:
        edit.apply(result)
    return result


def _row(tree: Tree, code: str) -> dict[str, Any]:
    rows: dict[str, dict[str, Any]] = {row["code"]: row for row in tree.get("criteria", [])}
    if code in rows:
        return rows[code]
    guess = nearest(code, rows)
    raise UserError(
        [
            Finding(
                "facts_unknown_criterion",
                Severity.ERROR,
                "Bảng tiêu chí",
                f"Không có tiêu chí “{code[:80]}”.",
                f"Có phải “{guess}”?" if guess else "Xem mã các tiêu chí trong bảng.",
            )
        ]
    )


def _children(tree: Tree, code: str) -> list[dict[str, Any]]:
    return [row for row in tree["criteria"] if row["code"].rpartition(".")[0] == code]


def _new(code: str, row: NewRow, above: Mapping[str, Any]) -> dict[str, Any]:
    """A new row; it cites what the row above it cites."""
    made: dict[str, Any] = {"code": code, "title": row.title, "max": _number(row.max)}
    if "clause" in above:
        made["clause"] = above["clause"]
    made["method"] = copy.deepcopy(dict(row.method))
    if row.needs_evidence:
        made["needs_evidence"] = True
    return made


def _insert(tree: Tree, parent: str, fresh: list[dict[str, Any]]) -> None:
    """Puts rows behind all rows of their section."""
    rows = tree["criteria"]
    last = max(
        at
        for at, row in enumerate(rows)
        if row["code"] == parent or row["code"].startswith(parent + ".")
    )
    tree["criteria"] = [*rows[: last + 1], *fresh, *rows[last + 1 :]]


def _number(value: Fraction) -> int | Decimal:
    return int(value) if value.denominator == 1 else to_decimal(value)


def _edit_fault(code: str, message: str, remedy: str) -> UserError:
    return UserError(
        [Finding("table_edit_impossible", Severity.ERROR, f"Tiêu chí {code}", message, remedy)]
    )
