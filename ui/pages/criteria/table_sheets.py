"""Sheets for the whole table: from a frame, what must be seen, versions, the next version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QTabWidget, QWidget

from app.domain.year import TableState
from app.ground.findings import Finding, Severity
from app.operations.from_tables import identifier
from app.operations.workspace.table_versions import Revision
from ui.context import Context
from ui.models.columns import Column
from ui.pages.criteria.choice import Choice
from ui.pages.criteria.presenter import CriteriaPresenter
from ui.pages.criteria.table_view import TableView
from ui.pages.criteria.versions import (
    CHANGE_COLUMNS,
    FRAME,
    MOVE_COLUMNS,
    ChangeRow,
    Frame,
    MoveRow,
    change_rows,
    differences,
    move_rows,
    versions_of,
)
from ui.theme.tokens import Theme, Tone
from ui.widgets.findings import FindingsList
from ui.widgets.sheet import Sheet
from ui.widgets.table import Table
from ui.widgets.words import label

_LIST_HEIGHT = 180
_WORDS = {Severity.ERROR: "Phải sửa", Severity.WARNING: "Cần xem", Severity.NOTE: "Ghi chú"}
_TONES = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WAITING, Severity.NOTE: Tone.INFO}


class DraftSheet(Sheet):
    """A table of the cluster's own from one of the frames."""

    def __init__(
        self,
        context: Context,
        presenter: CriteriaPresenter,
        frames: Sequence[Frame],
        parent: QWidget,
    ) -> None:
        more = presenter.table is not None
        title = "Thêm bảng cho năm này" if more else "Lập bảng tiêu chí từ khung điểm"
        super().__init__(title, parent, width=720)
        self._context, self._presenter = context, presenter
        if more:
            self.body.addWidget(
                label(
                    "Quy định kèm theo được áp dụng cùng bảng chính; bảng điểm thêm được chấm "
                    "riêng bên cạnh.",
                    "muted",
                    wrap=True,
                )
            )
        else:
            frames = [frame for frame in frames if not frame.overlay]
        columns = (
            Column[Frame]("Khung điểm, gói quy tắc", lambda frame: frame.title, stretch=True),
            Column[Frame]("Lưu ý", lambda frame: frame.about, width=34),
        )
        self.frames: Table[Frame] = Table("Các khung điểm", columns, context.theme)
        self.frames.setMinimumHeight(_LIST_HEIGHT)
        self.frames.chosen.connect(lambda _frame: self._propose())
        self.body.addWidget(self.frames)
        self.body.addWidget(label("Tên bảng của cụm, khối"))
        self.name = QLineEdit()
        self.name.setAccessibleName("Tên bảng của cụm, khối")
        self.name.textEdited.connect(lambda _text: self._weigh())
        self.body.addWidget(self.name)
        self.add_button("Thôi", role="close")
        self.act = self.add_button("Lập bảng", primary=True)
        self.act.clicked.connect(self._finish)
        self.frames.show_rows(frames)
        self._propose()

    def _propose(self) -> None:
        cluster, year = self._context.session.cluster_name, self._context.session.year
        frame = self.frames.current
        overlay = frame is not None and frame.overlay
        self.name.setEnabled(not overlay)
        if overlay and frame is not None:
            self.name.setText(frame.title)
            self.name.setModified(False)
        elif not self.name.isModified():
            name = year.name if year is not None else ""
            self.name.setText(f"Bảng tiêu chí {cluster} năm {name}".replace("  ", " ").strip())
        self._weigh()

    def _weigh(self) -> None:
        self.act.setEnabled(self.frames.current is not None and bool(self.name.text().strip()))

    def _finish(self) -> None:
        frame, title = self.frames.current, self.name.text().strip()
        if frame is not None and self._context.do(
            lambda: (
                self._presenter.take_overlay(Path(frame.folder))
                if frame.overlay
                else self._presenter.draft(Path(frame.folder), identifier(title), title)
            )
        ):
            self.close()


class FindingsSheet(Sheet):
    """All that the checks say of the table; Enter goes to the row."""

    def __init__(
        self, view: TableView, theme: Theme, parent: QWidget, go: Callable[[str], None]
    ) -> None:
        errors = len(view.errors)
        words = f"{errors} chỗ phải sửa trước khi ban hành" if errors else "Không có chỗ phải sửa"
        super().__init__(f"Điều cần xem: {words}", parent, width=860)
        self._go = go
        self._codes = {f: row.code for row in view.rows for f in row.findings}
        columns = (
            Column[Finding](
                "Mức",
                lambda f: _WORDS[f.severity],
                width=10,
                tone=lambda f: _TONES[f.severity],
            ),
            Column[Finding]("Chỗ", lambda f: f.place, width=18),
            Column[Finding](
                "Điều cần xem",
                lambda f: f"{f.message} {f.remedy}".strip(),
                stretch=True,
            ),
        )
        self.list: Table[Finding] = Table("Điều cần xem", columns, theme)
        self.list.setMinimumHeight(_LIST_HEIGHT)
        self.body.addWidget(self.list, 1)
        self.whole = label("", wrap=True)
        self.body.addWidget(self.whole)
        self.add_button("Đóng", role="close")
        self.act = self.add_button("Đến tiêu chí này", primary=True)
        self.act.clicked.connect(lambda: self._open(self.list.current))
        self.list.chosen.connect(self._tell)
        self.list.entered.connect(self._open)
        order = list(_WORDS)
        self.list.show_rows(
            sorted(view.all_findings, key=lambda finding: order.index(finding.severity))
        )
        self._tell(self.list.current)

    def _tell(self, finding: Finding | None) -> None:
        self.act.setEnabled(finding in self._codes)
        self.whole.setText(
            "" if finding is None else f"{finding.place}: {finding.message} {finding.remedy}"
        )

    def _open(self, finding: Finding | None) -> None:
        code = self._codes.get(finding) if finding is not None else None
        if code is not None:
            self.close()
            self._go(code)


class VersionsSheet(Sheet):
    """What two versions of the table differ in."""

    def __init__(self, context: Context, presenter: CriteriaPresenter, parent: QWidget) -> None:
        super().__init__("Phiên bản và khác biệt", parent, width=860)
        self._context = context
        self._alive = True
        self._table = presenter.table
        assert self._table is not None
        offered = versions_of(context.session.desk, self._table)
        row = QHBoxLayout()
        row.addWidget(label("So"))
        newer = [pair for pair in offered if pair[0] != FRAME]
        self.new = Choice("Phiên bản sau", newer)
        self.new.choose(str(self._table.version))
        row.addWidget(self.new, 1)
        row.addWidget(label("với"))
        self.old = Choice("Phiên bản trước", offered)
        row.addWidget(self.old, 1)
        self.body.addLayout(row)
        self.told = label("", wrap=True)
        self.body.addWidget(self.told)
        self.changes: Table[ChangeRow] = Table("Các khác biệt", CHANGE_COLUMNS, context.theme)
        self.changes.setMinimumHeight(_LIST_HEIGHT)
        self.body.addWidget(self.changes, 1)
        self.add_button("Đóng", role="close")
        self.finished.connect(self._gone)
        for choice in (self.new, self.old):
            choice.activated.connect(lambda _at: self._compare())
        self._compare()

    def _gone(self) -> None:
        self._alive = False

    def _compare(self) -> None:
        table, desk = self._table, self._context.session.desk
        old, new = self.old.token, self.new.token
        assert table is not None
        if old == new:
            self._show(())
            self.changes.setVisible(False)
            self.told.setText(
                "Chọn hai phiên bản khác nhau để so."
                if self.old.count() > 1
                else "Bảng mới có một phiên bản nên chưa có gì để so. Khi bảng được sửa thành "
                "phiên bản mới, các khác biệt được liệt kê ở đây."
            )
            return
        self.changes.setVisible(True)
        self.told.setText("Đang so …")
        self._context.runner.run(
            "So hai phiên bản",
            lambda _progress: differences(desk, table, old, new),
            self._show,
            self._failed,
        )

    def _failed(self, fault: Exception) -> None:
        if self._alive:
            self._show(())
            self.told.setText("Chưa so được.")
        self._context.notices.fault(fault)

    def _show(self, rows: tuple[ChangeRow, ...]) -> None:
        if self._alive:
            self.changes.show_rows(rows)
            count = len(rows)
            self.told.setText(f"{count} khác biệt." if count else "Hai bản giống nhau.")


class RevisionSheet(Sheet):
    """The next version: its reason, what it changes, whom it moves, and taking it over."""

    def __init__(
        self,
        context: Context,
        presenter: CriteriaPresenter,
        parent: QWidget,
        file: Path | None = None,
    ) -> None:
        count = len(presenter.pending)
        source = f"từ tệp {file.name}" if file is not None else f"{count} sửa đổi"
        super().__init__(f"Phiên bản mới của bảng: {source}", parent, width=860)
        self._file = file
        self._context, self._presenter = context, presenter
        self._revision: Revision | None = None
        self._alive = True
        self.body.addWidget(label("Lý do (ghi vào nhật ký và in kèm bảng)"))
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Lý do sửa bảng")
        self.reason.setPlaceholderText("Ví dụ: Công văn số 12/SNV-TĐKT ngày 20/10/2026")
        self.reason.textChanged.connect(lambda _text: self._weigh())
        self.body.addWidget(self.reason)
        self.told = label("Ghi lý do rồi xem hệ quả trước khi dùng.", wrap=True)
        self.body.addWidget(self.told)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Hệ quả của phiên bản mới")
        self.changes: Table[ChangeRow] = Table("Thay đổi trong bảng", CHANGE_COLUMNS, context.theme)
        self.moves: Table[MoveRow] = Table("Đơn vị bị ảnh hưởng", MOVE_COLUMNS, context.theme)
        self.findings = FindingsList()
        for widget, words in (
            (self.changes, "Thay đổi trong bảng"),
            (self.moves, "Điểm, hạng thay đổi"),
            (self.findings, "Điều cần xem"),
        ):
            self.tabs.addTab(widget, words)
        self.tabs.setMinimumHeight(_LIST_HEIGHT)
        self.body.addWidget(self.tabs, 1)
        table = presenter.table
        self.issued = QCheckBox("Ban hành ngay phiên bản này")
        self.issued.setAccessibleName(self.issued.text())
        self.issued.setChecked(table is not None and table.state is TableState.ISSUED)
        self.body.addWidget(self.issued)
        self.add_button("Thôi", role="close")
        self.look = self.add_button("Xem hệ quả")
        self.look.clicked.connect(self._look)
        self.use = self.add_button("Dùng phiên bản mới", primary=True)
        self.use.clicked.connect(self._finish)
        self.finished.connect(self._gone)
        self._weigh()

    def _gone(self) -> None:
        self._alive = False

    def _weigh(self) -> None:
        given = bool(self.reason.text().strip())
        self.look.setEnabled(given)
        seen = (
            self._revision is not None and self._revision.table.reason == self.reason.text().strip()
        )
        self.use.setEnabled(given and seen)

    def _look(self) -> None:
        reason = self.reason.text().strip()
        self.told.setText("Đang tính hệ quả …")
        self._context.runner.run(
            "Tính hệ quả của phiên bản mới",
            lambda _progress: self._presenter.revision(reason, self._file),
            self._show,
            self._failed,
        )

    def _failed(self, fault: Exception) -> None:
        if self._alive:
            self.told.setText("Chưa tính được hệ quả.")
        self._context.notices.fault(fault)

    def _show(self, revision: Revision) -> None:
        if not self._alive:
            return
        self._revision = revision
        session = self._context.session
        names = {unit.id: unit.name for unit in session.units.values()}
        before = self._presenter.table
        assert before is not None
        rows = change_rows(revision.changes, before.tree, revision.table.tree)
        self.changes.show_rows(rows)
        self.moves.show_rows(move_rows(revision.moves, names, session.packs))
        self.findings.show_findings(revision.findings)
        moved = len({move.unit for move in revision.moves})
        effect = f"thay đổi điểm hoặc hạng của {moved} đơn vị" if moved else "không đổi điểm nào"
        self.told.setText(f"{len(rows)} thay đổi trong bảng; {effect}.")
        self.tabs.setTabText(1, f"Điểm, hạng thay đổi ({len(revision.moves)})")
        self.tabs.setTabText(2, f"Điều cần xem ({len(revision.findings)})")
        self._weigh()
        self.use.setFocus()

    def _finish(self) -> None:
        revision = self._revision
        if revision is not None and self._context.do(
            lambda: self._presenter.adopt(revision, issued=self.issued.isChecked())
        ):
            self.close()
