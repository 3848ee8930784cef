"""What the page of the criteria table knows and does; without Qt.

A draft is edited in its place, each edit an act that can be undone. A locked table is edited as a
next version: the edits gather here, and are kept only with their reason and consequences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from app.domain.year import CriteriaTable, ParameterChoice, TableState
from app.ground.findings import UserError
from app.operations.workspace.desk import Done
from app.operations.workspace.table_edits import MarkComplete, TableEdit, edited
from app.operations.workspace.table_versions import (
    Revision,
    adopt_revision,
    revise_by_edits,
    revise_by_file,
)
from app.operations.workspace.tables import (
    adopt_pack,
    consult_table,
    draft_table,
    edit_table,
    export_table,
    issue_table,
    scored_with,
)
from app.persistence import books
from app.rules.document import read_pack
from app.rules.pack import Criterion
from ui.pages.criteria.table_view import (
    ClauseWords,
    Row,
    RowKind,
    TableView,
    clause_words,
    condition_words,
    view_of,
)
from ui.session import Session
from ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True)
class TableChoice:
    """A table of the year; there may be a main one, companions and overlays."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A short state beside the table, with a longer sentence."""

    words: str
    tone: Tone
    why: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """The selected row: what stands behind it, and what may be done with it."""

    row: Row
    clause: ClauseWords | None
    conditions: tuple[str, ...]
    method: Mapping[str, Any] | None
    written: Mapping[str, Any]
    may_edit: bool
    may_split: bool
    may_add: bool
    count: int | None


class CriteriaPresenter:
    """Table, rows and next step of the chosen year."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.table_id: str | None = None
        self.revising = False
        self.pending: tuple[TableEdit, ...] = ()
        self._tables: tuple[CriteriaTable, ...] = ()
        self._locked = ""
        self._view: TableView | None = None
        self._seen: object = None
        self._revised: object = None
        self._seen_view: TableView | None = None

    # ------------------------------------------------------------- reading

    def load(self) -> TableView | None:
        """Reads the year's table anew; ``None`` where there is none.

        Raises ``UserError`` where gathered edits fit the table no more; they are dropped.
        """
        seat = self.session.seat
        self._tables = () if seat is None else seat.workspace.pinned_tables(seat.period)
        table = self.table
        self._view = None
        if table is None or seat is None:
            self.drop_revision()
            return None
        self._locked = self._lock_of(table)
        if not self._locked or self._revised != self._place_of(table):
            self.drop_revision()
        try:
            self._view = self._viewed(table)
        except UserError:
            self.pending = ()
            self._view = self._viewed(table)
            raise
        return self._view

    def _viewed(self, table: CriteriaTable) -> TableView:
        """The table as it is seen; worked out once for the same tree and answers."""
        choices = self.choices
        key = (table.digest, self.pending, tuple(sorted(choices.items())))
        if key != self._seen:
            if self.pending:
                view = view_of(edited(table.tree, self.pending), table.title, choices)
            else:
                packs = self.session.packs
                read = () if packs is None else packs.all
                pack = next((p for p in read if p.tree == table.tree), None)
                view = view_of(dict(table.tree), table.title, choices, pack)
            self._seen, self._seen_view = key, view
        assert self._seen_view is not None
        return self._seen_view

    def _place_of(self, table: CriteriaTable) -> object:
        """What edits that are gathered belong to: this version, in this year of this workspace."""
        desk = self.session.desk
        return desk.workspace.folder, desk.period, table.id, table.version

    def _lock_of(self, table: CriteriaTable) -> str:
        if table.state is TableState.ISSUED:
            return f"Bảng phiên bản {table.version} đã ban hành nên không sửa tại chỗ."
        if scored_with(self.session.desk, table):
            return f"Đã có điểm chấm theo phiên bản {table.version} nên bảng được khóa."
        return ""

    @property
    def view(self) -> TableView | None:
        """The table as it was read last, with the edits that are gathered."""
        return self._view

    @property
    def tables(self) -> tuple[TableChoice, ...]:
        """The tables of the year, the main one first."""
        return tuple(TableChoice(table.id, table.title) for table in self._tables)

    @property
    def table(self) -> CriteriaTable | None:
        """The chosen table, or the main one."""
        for table in self._tables:
            if table.id == self.table_id:
                return table
        return self._tables[0] if self._tables else None

    @property
    def choices(self) -> dict[str, Fraction | bool | str]:
        """The answers that were chosen for this year, by parameter."""
        desk = self.session.desk
        kept: tuple[ParameterChoice, ...] = desk.workspace.read(
            books.PARAMETER_CHOICES, desk.period
        )
        return {choice.parameter: choice.value for choice in kept}

    @property
    def locked(self) -> str:
        """Why the table is not edited in its place; empty where it is."""
        return self._locked

    @property
    def may_edit(self) -> bool:
        """Whether rows can be edited now."""
        return (
            self.table is not None
            and self.session.may_write
            and (not self._locked or self.revising)
        )

    def detail(self, code: str | None) -> Detail | None:
        """What is shown of a row."""
        view = self._view
        row = view.row(code) if view is not None else None
        if view is None or row is None:
            return None
        written = view.written(row.code)
        criteria: dict[str, Criterion] = {}
        clause = None
        conditions: tuple[str, ...] = ()
        if view.pack is not None:
            criteria = {r.code: r for r in view.pack.rules.criteria}
            clause = clause_words(view.pack.rules, written.get("clause"))
            conditions = condition_words(criteria[row.code], criteria)
        slot = written.get("slot")
        method = written.get("method")
        return Detail(
            row,
            clause,
            conditions,
            method if isinstance(method, Mapping) else None,
            written,
            self.may_edit,
            self.may_edit and row.kind is RowKind.CRITERION,
            self.may_edit and row.kind is RowKind.GROUP,
            slot.get("count") if isinstance(slot, Mapping) else None,
        )

    # ------------------------------------------------------------- words

    @property
    def sentence(self) -> str:
        """The one sentence of state."""
        table, view = self.table, self._view
        if table is None or view is None:
            return "Năm này chưa có bảng tiêu chí."
        if not view.rows:
            return f"{table.title}: quy định kèm theo, không có tiêu chí chấm điểm."
        parts: list[str] = []
        if self.revising:
            parts.append(f"{len(self.pending)} sửa đổi chưa dùng")
        if view.errors:
            parts.append(f"{len(view.errors)} chỗ phải sửa")
        if view.incomplete and self.lacking:
            parts.append(f"còn {len(self.lacking)} tiêu chí chưa có điểm")
        scored = sum(row.kind is RowKind.CRITERION for row in view.rows)
        groups = sum(row.kind is RowKind.GROUP for row in view.rows)
        against = f"/{view.limit}" if view.limit and view.limit != view.total else ""
        total = f", tổng {view.total}{against} điểm" if view.total else ""
        parts.append(f"{scored} tiêu chí trong {groups} mục{total}")
        first, *rest = (*parts, table.title)
        return " · ".join((first[:1].upper() + first[1:], *rest)) + "."

    @property
    def marks(self) -> tuple[Mark, ...]:
        """State, lock and errors in short."""
        table, view = self.table, self._view
        if table is None or view is None:
            return ()
        states = {
            TableState.DRAFT: ("Dự thảo", Tone.WAITING, "Bảng đang được xây dựng."),
            TableState.CONSULTED: (
                "Đang lấy ý kiến",
                Tone.INFO,
                "Đã gửi các đơn vị góp ý; sửa thì về dự thảo.",
            ),
            TableState.ISSUED: ("Đã ban hành", Tone.GOOD, "Bảng đã có hiệu lực."),
        }
        words, tone, why = states[table.state]
        version = f" {table.version}" if table.version > 1 else ""
        marks = [Mark(f"{words}{version and f', bản{version}'}", tone, why)]
        if self.revising:
            marks.append(Mark(f"Đang sửa bản {table.version + 1}", Tone.ACCENT, self._locked))
        elif self._locked:
            marks.append(Mark("Đã khóa", Tone.NEUTRAL, self._locked))
        if not self.session.may_write:
            marks.append(Mark("Chỉ xem", Tone.NEUTRAL, "Năm đã khóa sổ hoặc sổ chỉ đọc."))
        if view.incomplete:
            marks.append(Mark("Chưa đủ điểm", Tone.WAITING, view.incomplete))
        return tuple(marks)

    @property
    def next_step(self) -> tuple[str, str]:
        """The name of the next act and its words; empty where there is none."""
        table, view = self.table, self._view
        if not self.session.may_write:
            return "", ""
        if table is None or view is None:
            return "draft", "Lập bảng tiêu chí"
        if self.revising:
            return "adopt", "Xem hệ quả và dùng"
        if table.state is TableState.ISSUED:
            return "score", "Sang chấm điểm"
        if view.errors:
            return "mend", "Xem chỗ phải sửa"
        if view.incomplete and not self._locked:
            if self.lacking:
                return "allocate", "Phân bổ điểm tiếp"
            return "complete", "Ghi nhận bảng đã đủ điểm"
        if table.state is TableState.DRAFT and not self._locked:
            return "consult", "Gửi lấy ý kiến"
        return "issue", "Ban hành bảng"

    @property
    def lacking(self) -> tuple[str, ...]:
        """The codes of the scored rows without a maximum."""
        rows = () if self._view is None else self._view.rows
        return tuple(row.code for row in rows if not row.max and row.kind is not RowKind.GROUP)

    # ------------------------------------------------------------- acting

    def change(self, *edits: TableEdit) -> Done | None:
        """Edits the table: at once, or into the next version. Raises ``UserError``."""
        table = self.table
        assert table is not None
        if not self.revising:
            return _without_remarks(
                self.session.act(lambda desk: edit_table(desk, edits, table.id))
            )
        tree = edited(table.tree, (*self.pending, *edits))
        pack, findings = read_pack(tree, table.title)
        if pack is None:
            raise UserError(findings)
        self.pending = (*self.pending, *edits)
        return None

    def take_back(self) -> None:
        """Drops the last edit of the next version."""
        self.pending = self.pending[:-1]

    def start_revision(self) -> None:
        """From now on edits gather into the next version."""
        assert self.table is not None
        self._revised = self._place_of(self.table)
        self.revising, self.pending = True, ()

    def drop_revision(self) -> None:
        """Forgets the next version."""
        self.revising, self.pending = False, ()

    def revision(self, reason: str, file: Path | None = None) -> Revision:
        """The next version with its consequences, by the gathered edits or a pack file.

        Raises ``UserError``.
        """
        table = self.table
        assert table is not None
        if file is not None:
            return revise_by_file(self.session.desk, file, reason, table.id)
        return revise_by_edits(self.session.desk, self.pending, reason, table.id)

    def adopt(self, revision: Revision, *, issued: bool) -> Done:
        """Lets the year be scored by the next version; raises ``UserError``."""
        kept = self.pending
        self.drop_revision()  # the act tells the page, which then reads the new version
        try:
            return _without_remarks(
                self.session.act(lambda desk: adopt_revision(desk, revision, issued=issued))
            )
        except UserError:
            self.revising, self.pending = True, kept
            raise

    def consult(self) -> Done:
        """Notes that the draft was sent for opinions."""
        return _without_remarks(self.session.act(lambda desk: consult_table(desk, self._id)))

    def issue(self) -> Done:
        """Issues the table; raises ``UserError`` with the errors that are left."""
        return _without_remarks(self.session.act(lambda desk: issue_table(desk, self._id)))

    def complete(self) -> Done | None:
        """Notes that the cluster gave all points that the frame left open."""
        return self.change(MarkComplete())

    def draft(self, frame: Path, table_id: str, title: str) -> Done:
        """A table of the cluster's own from a frame; raises ``UserError``."""
        return _without_remarks(
            self.session.act(lambda desk: draft_table(desk, frame, table_id, title)[1])
        )

    def take_overlay(self, pack: Path) -> Done:
        """Rules that go with the year's table; raises ``UserError``."""
        return _without_remarks(self.session.act(lambda desk: adopt_pack(desk, pack)[1]))

    def export(self, file: Path) -> Path:
        """Writes the table as a pack file; raises ``UserError``."""
        return export_table(self.session.desk, file, self._id, overwrite=True)

    @property
    def _id(self) -> str | None:
        return self.table.id if self.table is not None else None


def _without_remarks(done: Done) -> Done:
    """The page shows in its rows what the checks say; nobody need be told twice."""
    return replace(done, findings=())
