"""A plain criteria table as criteria with codes, titles and maxima, and as a rule pack.

Groups are the rows that have rows below them; the points of a group and the rows of totals
are checked against what lies below, and both numbers are told where they differ. Rows below a
criterion that carry no points explain it and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from app.exchange.cell_numbers import shown
from app.exchange.criteria_rows import CriteriaRows, TotalRow, read_rows
from app.exchange.table_headings import Role
from app.exchange.tables import Table
from app.ground.findings import Finding, Findings
from app.rules.pack import PACK_SCHEMA

_SOURCE: Final = "bang"


@dataclass(frozen=True, slots=True)
class TableCriterion:
    """A group or a criterion of a table. ``row`` is absent for a group without its own row."""

    code: str
    label: str
    title: str
    max: Decimal | None
    kind: str
    note: str
    is_group: bool
    row: int | None


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """All criteria in the order of the table, each group before its rows."""

    name: str
    sheet: str | None
    heading: str
    criteria: tuple[TableCriterion, ...]

    @property
    def total(self) -> Decimal:
        """The sum of the maxima of all criteria that are scored."""
        return sum((c.max for c in self.criteria if c.max and not c.is_group), Decimal(0))


def read_criteria_table(
    table: Table, columns: Mapping[Role, str] | None = None
) -> tuple[CriteriaTable, tuple[Finding, ...]]:
    """Turns a table into criteria; all faults are told together, by cell.

    ``columns`` names headings that are not recognised by themselves (``parse_columns``).
    Raises ``UserError`` where no head or no needed column can be found.
    """
    findings = Findings()
    read = read_rows(table, columns or {}, findings, needs_max=True)
    criteria = _with_groups(read)
    _mark_groups(criteria)
    _drop_explanations(criteria, table, findings)
    _check_each(criteria, read, table, findings)
    _check_groups(criteria, read, table, findings)
    for position, total in enumerate(read.totals, start=1):
        _check_total(total, position == len(read.totals), criteria, table, findings)
    if not criteria:
        findings.error(
            "no_criteria",
            table.at_row(read.headings.last_row),
            "Dưới dòng tiêu đề không có tiêu chí nào.",
            "Kiểm tra lại đã chọn đúng trang tính và đúng cột chưa.",
        )
    result = CriteriaTable(table.name, table.sheet, _heading(table, read), tuple(criteria.values()))
    return result, findings.as_tuple()


def _with_groups(read: CriteriaRows) -> dict[str, TableCriterion]:
    """The rows by code; groups that have no row of their own stand before their first row."""
    own = {row.code for row in read.rows}
    criteria: dict[str, TableCriterion] = {}
    for row in read.rows:
        parts = row.code.split(".")
        for length in range(1, len(parts)):
            code = ".".join(parts[:length])
            if code not in own and code not in criteria:
                label, title = read.groups.get(code, (parts[length - 1], ""))
                title = title or f"Nhóm {label.strip(' .')}"
                criteria[code] = TableCriterion(code, label, title, None, "", "", True, None)
        criteria[row.code] = TableCriterion(
            row.code, row.label, row.title, row.max, row.kind, row.note, False, row.row
        )
    return criteria


def _parent(code: str) -> str:
    return code.rpartition(".")[0]


def _mark_groups(criteria: dict[str, TableCriterion]) -> None:
    for code in list(criteria):
        parent = _parent(code)
        if parent and not criteria[parent].is_group:
            criteria[parent] = replace(criteria[parent], is_group=True)


def _children(criteria: Mapping[str, TableCriterion]) -> dict[str, list[TableCriterion]]:
    children: dict[str, list[TableCriterion]] = {}
    for criterion in criteria.values():
        children.setdefault(_parent(criterion.code), []).append(criterion)
    return children


def _below(code: str, criteria: Iterable[TableCriterion]) -> list[TableCriterion]:
    return [criterion for criterion in criteria if criterion.code.startswith(f"{code}.")]


def _drop_explanations(
    criteria: dict[str, TableCriterion], table: Table, findings: Findings
) -> None:
    """Where a row has points and nothing below it has any, the rows below explain it."""
    for code, criterion in list(criteria.items()):
        if code not in criteria or not criterion.is_group or criterion.max is None:
            continue
        below = _below(code, criteria.values())
        if any(row.max is not None for row in below) or criterion.row is None:
            continue
        for row in below:
            del criteria[row.code]
        criteria[code] = replace(criterion, is_group=False)
        findings.note(
            "rows_explain",
            table.at_row(criterion.row, f"tiêu chí {code}"),
            f"{len(below)} dòng dưới tiêu chí này không có điểm nên được xem là lời giải thích.",
            "Nếu các dòng đó được chấm riêng, ghi điểm cho từng dòng.",
        )


def _check_each(
    criteria: dict[str, TableCriterion], read: CriteriaRows, table: Table, findings: Findings
) -> None:
    """Each row needs a title, each scored row its points."""
    readable = {row.code: row.readable for row in read.rows}
    title_column = read.headings.column(Role.TITLE)
    untitled = 0
    for code, criterion in list(criteria.items()):
        if not criterion.title:
            criteria[code] = replace(criterion, title=f"Tiêu chí {criterion.label.strip(' .')}")
            untitled += 1
            if title_column is not None and criterion.row is not None:
                findings.error(
                    "title_missing",
                    table.at_cell(table.cell(criterion.row, title_column), f"tiêu chí {code}"),
                    "Dòng không có nội dung tiêu chí.",
                    "Ghi nội dung vào ô này.",
                )
        max_column = read.headings.column(Role.MAX)
        if (
            not criterion.is_group
            and criterion.max is None
            and readable.get(code)
            and criterion.row is not None
            and max_column is not None
        ):
            findings.error(
                "max_missing",
                table.at_cell(table.cell(criterion.row, max_column), f"tiêu chí {code}"),
                "Tiêu chí không có điểm tối đa.",
                "Ghi điểm tối đa; nếu là nhóm thì cần có các tiêu chí bên dưới.",
            )
    if untitled and title_column is None:
        findings.note(
            "titles_made",
            table.at_row(read.headings.last_row),
            f"Bảng không có cột nội dung; {untitled} tiêu chí được đặt tên theo số thứ tự.",
            "Sửa lại tên trong gói quy tắc.",
        )


def _worth(
    code: str, children: Mapping[str, list[TableCriterion]], known: dict[str, Decimal | None]
) -> Decimal | None:
    """The sum of what lies directly below; ``None`` where a maximum below is unknown."""
    if code not in known:
        total: Decimal | None = Decimal(0)
        for child in children.get(code, ()):
            value = child.max
            if value is None and child.is_group:
                value = _worth(child.code, children, known)
            total = None if total is None or value is None else total + value
        known[code] = total
    return known[code]


def _check_groups(
    criteria: Mapping[str, TableCriterion], read: CriteriaRows, table: Table, findings: Findings
) -> None:
    children = _children(criteria)
    known: dict[str, Decimal | None] = {}
    max_column = read.headings.column(Role.MAX)
    for code, criterion in criteria.items():
        if not criterion.is_group or criterion.max is None or criterion.row is None:
            continue
        below = _worth(code, children, known)
        if below is not None and below != criterion.max and max_column is not None:
            findings.error(
                "subtotal_differs",
                table.at_cell(table.cell(criterion.row, max_column), f"nhóm {code}"),
                f"Nhóm ghi {shown(criterion.max)} điểm nhưng các dòng bên dưới cộng lại là"
                f" {shown(below)} điểm.",
                "Sửa điểm của nhóm hoặc của các dòng; nếu các dòng là những mức để chọn một,"
                " bỏ điểm của chúng.",
            )


def _check_total(
    total: TotalRow,
    is_last: bool,
    criteria: Mapping[str, TableCriterion],
    table: Table,
    findings: Findings,
) -> None:
    """The last total is that of the table; an earlier one that of the group above it."""
    if total.max is None:
        return
    group = total.group
    if group is None and not is_last and total.after is not None:
        group = total.after.partition(".")[0]
    subject = f"nhóm {group}" if group else "cả bảng"
    scored = [
        criterion.max
        for code, criterion in criteria.items()
        if not criterion.is_group and (group is None or f"{code}.".startswith(f"{group}."))
    ]
    if None in scored:
        return
    below = sum((maximum for maximum in scored if maximum is not None), Decimal(0))
    if below != total.max:
        findings.error(
            "total_differs",
            table.at_row(total.row, f"tổng của {subject}"),
            f"Dòng tổng ghi {shown(total.max)} điểm nhưng các tiêu chí của {subject} cộng lại là"
            f" {shown(below)} điểm.",
            "Sửa dòng tổng hoặc điểm của các tiêu chí.",
        )


def _heading(table: Table, read: CriteriaRows) -> str:
    """The titles above the head, in one line."""
    rows = range(1, read.headings.first_row)
    return " ".join(cell.text for row in rows for cell in table.row(row) if cell.text)[:500]


def pack_tree(criteria: CriteriaTable, pack_id: str, title: str) -> dict[str, Any]:
    """The tree of a rule pack with every criterion scored directly, up to its maximum.

    The table itself is cited as the source; who issued it, and when, is for the officer to add.
    """
    sheet = f", trang “{criteria.sheet}”" if criteria.sheet else ""
    return {
        "schema": PACK_SCHEMA,
        "id": pack_id,
        "version": "1.0.0",
        "title": title,
        "kind": "points",
        "sources": [
            {
                "id": _SOURCE,
                "kind": "cluster",
                "type": "Bảng tiêu chí",
                "issuer": "(ghi tên cơ quan ban hành)",
                "subject": criteria.heading or title,
                "note": f"Nhập từ tệp {criteria.name}{sheet}.",
            }
        ],
        "clauses": [
            {
                "id": _SOURCE,
                "source": _SOURCE,
                "place": "Bảng tiêu chí",
                "note": "Điểm tối đa theo bảng tiêu chí đã nhập.",
            }
        ],
        "rounds": [{"id": "self", "title": "Đơn vị tự chấm", "hand": "unit"}],
        "scoring": {
            "total_max": criteria.total,
            "ranking_round": "self",
            "clause": _SOURCE,
        },
        "criteria": [_pack_row(criterion) for criterion in criteria.criteria],
    }


def _pack_row(criterion: TableCriterion) -> dict[str, Any]:
    row: dict[str, Any] = {
        "code": criterion.code,
        "label": criterion.label,
        "title": criterion.title,
    }
    if criterion.max is not None:
        row["max"] = criterion.max
    row["clause"] = _SOURCE
    if not criterion.is_group:
        row["method"] = {"kind": "direct"}
    note = "; ".join(filter(None, (criterion.kind and f"Loại: {criterion.kind}", criterion.note)))
    if note:
        row["note"] = note
    return row
