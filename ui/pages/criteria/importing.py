"""Taking a table in from a file or from what was copied: read first, shown, then used."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.domain.year import CriteriaTable
from app.exchange.criteria_table import TableCriterion
from app.ground.findings import Finding, UserError
from app.ground.numbers import exact as exactly
from app.ground.numbers import vietnamese
from app.operations.from_tables import (
    ReadTable,
    TableSource,
    criteria_of_file,
    criteria_of_paste,
    identifier,
    sheet_names,
)
from app.operations.workspace.desk import Done
from app.operations.workspace.table_edits import ReplaceCriteria
from app.operations.workspace.tables import adopt_tree
from ui.models.columns import Column
from ui.session import Session

COLUMNS = (
    Column[TableCriterion]("Mã", lambda row: row.code, width=12),
    Column[TableCriterion]("Nội dung", lambda row: row.title, stretch=True),
    Column[TableCriterion](
        "Tối đa",
        lambda row: "" if row.max is None else vietnamese(exactly(row.max)),
        width=8,
        align="right",
    ),
    Column[TableCriterion]("Loại", lambda row: "Mục" if row.is_group else "Tiêu chí", width=9),
)


@dataclass(frozen=True, slots=True)
class Copied:
    """What the clipboard held."""

    html: str
    text: str


class ImportPresenter:
    """Holds what is to be read and how, and what came out."""

    def __init__(self, session: Session, table: CriteriaTable | None) -> None:
        self.session, self.table = session, table
        self.source: Path | Copied | None = None
        self.sheet: str | None = None
        self.title_column = ""
        self.points_column = ""
        self.convert_legacy = True
        self.read: ReadTable | None = None

    @property
    def name(self) -> str:
        """How the source is called."""
        if isinstance(self.source, Path):
            return self.source.name
        return "Đoạn vừa dán" if self.source is not None else "Chưa chọn tệp và chưa dán gì."

    def sheets(self) -> tuple[str, ...]:
        """The sheets to choose from; raises ``UserError`` where the file cannot be read."""
        return sheet_names(self.source) if isinstance(self.source, Path) else ()

    def take(self) -> ReadTable:
        """Reads the source; raises ``UserError``."""
        pairs = (("title", self.title_column), ("max", self.points_column))
        columns = ",".join(f"{key}={name.strip()}" for key, name in pairs if name.strip())
        if isinstance(self.source, Path):
            return criteria_of_file(
                TableSource(self.source, self.sheet, columns, self.convert_legacy)
            )
        copied = self.source or Copied("", "")
        return criteria_of_paste(
            copied.html, copied.text, columns=columns, convert_legacy=self.convert_legacy
        )

    @property
    def summary(self) -> str:
        """What was read, in a sentence."""
        if self.read is None:
            return ""
        criteria = self.read.criteria.criteria
        scored = sum(not row.is_group for row in criteria)
        total = vietnamese(exactly(self.read.criteria.total))
        return f"Đọc được {scored} tiêu chí trong {len(criteria) - scored} mục, cộng {total} điểm."

    @property
    def proposed_title(self) -> str:
        """A name for a new table."""
        heading = self.read.criteria.heading if self.read is not None else ""
        year = self.session.year
        return heading or f"Bảng tiêu chí năm {year.name if year is not None else ''}".strip()

    def edit(self) -> ReplaceCriteria:
        """The edit that puts what was read in the place of the table's criteria."""
        assert self.read is not None
        assert self.table is not None
        return ReplaceCriteria(self.read.tree(self.table.id, self.table.title))

    def adopt(self, title: str) -> Done:
        """A new table of the year out of what was read; raises ``UserError``."""
        assert self.read is not None
        tree = self.read.tree(identifier(title), title)
        return self.session.act(lambda desk: adopt_tree(desk, tree, title)[1])


def rows_of_paste(copied: Copied) -> list[dict[str, str]]:
    """Titles and maxima of what was copied, for the rows of a sheet; raises ``UserError``."""
    read = criteria_of_paste(copied.html, copied.text, convert_legacy=True)
    return [
        {"title": row.title, "points": "" if row.max is None else vietnamese(exactly(row.max))}
        for row in read.criteria.criteria
        if not row.is_group
    ]


def attempt(work: Callable[[], ReadTable]) -> tuple[ReadTable | None, UserError | None]:
    """The table, or why there is none; either in the words of the window."""
    try:
        read = work()
    except UserError as fault:
        return None, UserError(map(_in_window, fault.findings))
    return replace(read, findings=tuple(map(_in_window, read.findings))), None


_OPTION: Final = re.compile(r",? ?(?:\((?:tùy chọn )?--[\w-]+\)|ví dụ --columns\s*“[^”]*”)")


def _in_window(finding: Finding) -> Finding:
    """A remedy that names no option of a command."""
    if "--" not in finding.remedy:
        return finding
    where = " Ghi tên cột ở “Cách đọc”." if "columns" in finding.remedy else ""
    return replace(finding, remedy=_OPTION.sub("", finding.remedy) + where)
