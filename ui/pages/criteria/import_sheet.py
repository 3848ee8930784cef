"""The sheet to take a table in: a file or the clipboard, a preview, and where it goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QTabWidget,
    QWidget,
)

from app.exchange.criteria_table import TableCriterion
from app.ground.findings import UserError
from app.operations.from_tables import ReadTable
from app.operations.workspace.table_edits import TableEdit
from ui.context import Context
from ui.pages.criteria.choice import Choice
from ui.pages.criteria.importing import COLUMNS, Copied, ImportPresenter, attempt, rows_of_paste
from ui.pages.criteria.presenter import CriteriaPresenter
from ui.theme.tokens import Tone
from ui.widgets.files import ask_file
from ui.widgets.findings import FindingsList
from ui.widgets.sheet import Sheet
from ui.widgets.table import Table
from ui.widgets.words import button, label, set_tone

_FILES = "Bảng tính và văn bản (*.xlsx *.xls *.ods *.csv *.txt);;Mọi tệp (*)"
_LIST_HEIGHT = 130


def copied() -> Copied:
    """What the clipboard holds now."""
    data = QApplication.clipboard().mimeData()
    return Copied(data.html() if data.hasHtml() else "", data.text() if data.hasText() else "")


def pasted_rows() -> list[dict[str, str]]:
    """Titles and maxima of what was copied; raises ``UserError``."""
    return rows_of_paste(copied())


class ImportSheet(Sheet):
    """Nothing is written before the preview was seen and the button pressed."""

    def __init__(
        self,
        context: Context,
        presenter: CriteriaPresenter,
        change: Callable[..., bool],
        parent: QWidget,
    ) -> None:
        super().__init__("Nhập bảng tiêu chí từ Excel, Word", parent, width=860)
        self._context, self._change = context, change
        self._alive = True
        self.importing = ImportPresenter(context.session, presenter.table)
        self._lay_source()
        self._lay_options()
        self.told = label("", wrap=True)
        self.body.addWidget(self.told)
        self.preview: Table[TableCriterion] = Table("Xem trước", COLUMNS, context.theme)
        self.preview.setMinimumHeight(_LIST_HEIGHT)
        self.findings = FindingsList()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Xem trước và điều cần xem")
        self.tabs.addTab(self.preview, "Xem trước")
        self.tabs.addTab(self.findings, "Điều cần xem")
        self.body.addWidget(self.tabs, 1)
        self._lay_target(presenter)
        self.add_button("Thôi", role="close")
        self.act = self.add_button("Nhập vào sổ", primary=True)
        self.act.clicked.connect(self._finish)
        self.finished.connect(self._gone)
        held = copied()
        if "<table" in held.html.lower() or "\t" in held.text:
            self._paste()
        else:
            self._show(None, None)

    def _lay_source(self) -> None:
        row = QHBoxLayout()
        self.pick = button("Chọn tệp…", self._pick, picture="folder-open")
        self.paste = button("Dán từ Word, Excel", self._paste, picture="clipboard-paste")
        row.addWidget(self.pick)
        row.addWidget(self.paste)
        self.source = label("", "muted", wrap=True)
        row.addWidget(self.source, 1)
        self.how = button("Cách đọc", lambda: self.options.setVisible(True), kind="link")
        row.addWidget(self.how)
        self.body.addLayout(row)

    def _lay_options(self) -> None:
        self.options = QWidget()
        row = QHBoxLayout(self.options)
        row.setContentsMargins(0, 0, 0, 0)
        self.sheets = Choice("Trang tính")
        self.sheets.activated.connect(lambda _at: self._read())
        row.addWidget(self.sheets, 1)
        self.title_column = self._column("Cột nội dung (nếu tên khác)", row)
        self.points_column = self._column("Cột điểm (nếu tên khác)", row)
        self.legacy = QCheckBox("Chuyển phông cũ sang Unicode")
        self.legacy.setAccessibleName(self.legacy.text())
        self.legacy.setChecked(True)
        self.legacy.clicked.connect(self._read)
        row.addWidget(self.legacy)
        self.body.addWidget(self.options)

    def _column(self, name: str, row: QHBoxLayout) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.setPlaceholderText(name)
        made.editingFinished.connect(self._read_if_changed)
        row.addWidget(made, 1)
        return made

    def _lay_target(self, presenter: CriteriaPresenter) -> None:
        table = presenter.table
        self.replace = QRadioButton("Thay toàn bộ tiêu chí của bảng đang mở")
        self.fresh = QRadioButton("Lập một bảng mới tên là")
        may_replace = table is not None and presenter.may_edit
        self.replace.setEnabled(may_replace)
        self.replace.setVisible(table is not None)
        self.replace.setChecked(may_replace)
        self.fresh.setChecked(not may_replace)
        row = QHBoxLayout()
        self.name = QLineEdit()
        self.name.setAccessibleName("Tên bảng mới")
        for radio in (self.replace, self.fresh):
            radio.setAccessibleName(radio.text())
        row.addWidget(self.fresh)
        row.addWidget(self.name, 1)
        self.body.addWidget(self.replace)
        self.body.addLayout(row)
        self.fresh.toggled.connect(self.name.setEnabled)
        self.name.setEnabled(self.fresh.isChecked())

    def _gone(self) -> None:
        self._alive = False

    # ------------------------------------------------------------- reading

    def _pick(self) -> None:
        ask_file(self, "Chọn tệp bảng tiêu chí", "Đọc tệp", Path.home(), _FILES, self.take_file)

    def take_file(self, file: Path) -> None:
        """Reads a file that was picked."""
        self.importing.source, self.importing.sheet = file, None
        self.sheets.clear()
        self._context.runner.run(
            "Mở tệp", lambda _progress: self.importing.sheets(), self._offer, self._refused
        )

    def _offer(self, names: tuple[str, ...]) -> None:
        if self._alive:
            self.sheets.offer((name, f"Trang {name}") for name in names)
            self._read()

    def _refused(self, fault: Exception) -> None:
        if isinstance(fault, UserError) and self._alive:
            self._show(None, fault)
        else:
            self._context.notices.fault(fault)

    def _paste(self) -> None:
        self.importing.source = copied()
        self.sheets.clear()
        self._read()

    def _read_if_changed(self) -> None:
        typed = (self.title_column.text(), self.points_column.text())
        if typed != (self.importing.title_column, self.importing.points_column):
            self._read()

    def _read(self) -> None:
        presenter = self.importing
        if presenter.source is None:
            return
        presenter.sheet = self.sheets.token or None
        presenter.title_column = self.title_column.text()
        presenter.points_column = self.points_column.text()
        presenter.convert_legacy = self.legacy.isChecked()
        self.told.setText("Đang đọc …")
        self._context.runner.run(
            "Đọc bảng tiêu chí",
            lambda _progress: attempt(presenter.take),
            lambda answer: self._show(*answer),
            self._refused,
        )

    def _show(self, read: ReadTable | None, fault: UserError | None) -> None:
        if not self._alive:
            return
        presenter = self.importing
        presenter.read = read
        self.source.setText(presenter.name)
        several = self.sheets.count() > 1
        self.sheets.setVisible(several)
        self.options.setVisible(presenter.source is not None and (several or fault is not None))
        self.preview.show_rows(read.criteria.criteria if read is not None else ())
        findings = read.findings if read is not None else fault.findings if fault else ()
        self.findings.show_findings(findings)
        self.tabs.setVisible(presenter.source is not None)
        self.tabs.setTabText(1, f"Điều cần xem ({len(findings)})")
        self.tabs.setCurrentIndex(0 if read is not None else 1)
        self.act.setEnabled(read is not None)
        if presenter.source is None:
            self.told.setText(
                "Trong Word hoặc Excel, chọn các dòng của bảng (cả dòng tiêu đề nếu có), nhấn "
                "Ctrl+C rồi bấm “Dán từ Word, Excel”; hoặc chọn tệp."
            )
        else:
            self.told.setText(presenter.summary or "Chưa đọc được bảng; xem chỗ cần sửa bên dưới.")
        set_tone(self.told, Tone.NEUTRAL if read is not None or fault is None else Tone.ERROR)
        if read is not None and not self.name.isModified():
            self.name.setText(presenter.proposed_title)
            self.name.setCursorPosition(0)

    # ------------------------------------------------------------- using

    def _finish(self) -> None:
        presenter = self.importing
        if presenter.read is None:
            return
        edit: TableEdit
        if self.replace.isChecked():
            edit = presenter.edit()
            taken = self._change(edit)
        else:
            title = self.name.text().strip() or presenter.proposed_title
            taken = self._context.do(lambda: presenter.adopt(title))
        if taken:
            self.close()
