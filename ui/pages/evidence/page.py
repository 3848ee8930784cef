"""The page Minh chứng: the matrix criterion × unit, and the list of documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.operations.workspace.evidence import CellName
from app.operations.workspace.evidence_board import Backing, BoardCell
from ui.context import Context
from ui.page import Page
from ui.pages.evidence.cell_panel import CellPanel
from ui.pages.evidence.citation_sheet import CitationSheet
from ui.pages.evidence.document_acts import DocumentActs
from ui.pages.evidence.document_panel import DocumentPanel
from ui.pages.evidence.document_table import DocumentTable
from ui.pages.evidence.matrix import Matrix
from ui.pages.evidence.pick_sheet import PickSheet
from ui.pages.evidence.presenter import SHOWN, EvidencePresenter
from ui.pages.evidence.views import DocumentRow, LinkRow
from ui.places import PageId, Place
from ui.theme.tokens import Tone
from ui.topics import Topic
from ui.widgets.empty import Empty
from ui.widgets.keys import on_key
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.panels import Panels
from ui.widgets.search import SearchBox
from ui.widgets.tabs import Tabs
from ui.widgets.words import label

_MATRIX, _DOCUMENTS = range(2)


class EvidencePage(Page):
    """The page Minh chứng."""

    id = PageId.EVIDENCE
    title = "Minh chứng"
    topics = frozenset(
        {
            Topic.WORKSPACE,
            Topic.YEAR,
            Topic.MEMBERS,
            Topic.TABLE,
            Topic.SCORES,
            Topic.ROUNDS,
            Topic.EVIDENCE,
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = EvidencePresenter(context.session, context.runner)
        self._wanted: Place | None = None
        self._linking = ""
        self.acts = DocumentActs(self.presenter, context, self, self.start_linking)
        self.add = self.primary("Ghi tài liệu…", self.add_document, "file-plus")
        self.body.addLayout(self._filters())
        self.linking = NoticeBar(context.theme, Tone.INFO)
        self.link_here = self.linking.act("Gắn vào các ô đã chọn", self._link_here, picture="link")
        self.linking.act("Thôi", self._stop_linking)
        self.body.addWidget(self.linking)
        self.tabs = Tabs("Cách xem minh chứng")
        self.tabs.addTab(self._matrix_tab(), "Theo tiêu chí và đơn vị")
        self.tabs.addTab(self._documents_tab(), "Danh sách tài liệu")
        self.tabs.currentChanged.connect(self._show_tab)
        self.body.addWidget(self.tabs, 1)

    # ------------------------------------------------------------- making

    def _filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.context.theme.measures.space_2)
        self.search = SearchBox(self.context.theme)
        self.search.textChanged.connect(self._find)
        self.search.setMinimumWidth(self.context.theme.measures.panel // 2)
        row.addWidget(self.search, 2)
        self.unit = self._combo("Đơn vị", 10)
        self.unit.activated.connect(self._choose_unit)
        row.addWidget(self.unit)
        self.shown = self._combo("Ô cần xem", 11)
        for key, words in SHOWN:
            self.shown.addItem(words, key)
        self.shown.activated.connect(self._choose_shown)
        row.addWidget(self.shown)
        row.addStretch(1)
        self.round_words = label("Ghi cho vòng")
        row.addWidget(self.round_words)
        self.round = self._combo("Vòng chấm khi gắn tài liệu", 9)
        self.round.activated.connect(
            lambda at: self.presenter.choose_round(str(self.round.itemData(at)))
        )
        row.addWidget(self.round)
        return row

    def _combo(self, name: str, letters: int) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(letters)
        return made

    def _matrix_tab(self) -> QWidget:
        context = self.context
        self.matrix = Matrix(context.theme)
        self.matrix.chosen.connect(lambda _cell: self._show_cell())
        self.matrix.picked.connect(self._show_cell)
        self.matrix.entered.connect(lambda _cell: self._enter_cell())
        self.matrix.dropped.connect(self.drop_on_cell)
        on_key(self.matrix, Qt.Key.Key_Escape, self._stop_linking)
        self.cell_panel = CellPanel(context.theme, self.pick_document)
        self.cell_panel.viewed.connect(self.acts.view)
        self.cell_panel.edited.connect(self.acts.edit)
        self.cell_panel.filed.connect(self.acts.choose_file)
        self.cell_panel.unlinked.connect(self._unlink_here)
        self.cell_panel.table.dropped.connect(self.acts.drop)
        self.panels = Panels(
            "evidence", context.preferences, self.matrix, self.cell_panel, shares=(2, 1)
        )
        self.nothing = Empty(context.theme, "paperclip", "")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.panels)
        self.stack.addWidget(self.nothing)
        return _padded(self.stack, context)

    def _documents_tab(self) -> QWidget:
        context = self.context
        self.documents = DocumentTable(context.theme)
        self.documents.setObjectName("evidenceDocuments")
        self.documents.chosen.connect(self._show_document)
        self.documents.entered.connect(
            lambda row: self.acts.view(row) if row.file else self.acts.edit(row)
        )
        self.documents.dropped.connect(self.acts.drop)
        self.document_panel = DocumentPanel(context.theme)
        self.document_panel.acted.connect(self.acts.act)
        self.document_panel.went.connect(self._go_to_link)
        self.document_panel.unlinked.connect(self._unlink_link)
        panels = Panels(
            "evidence-documents",
            context.preferences,
            self.documents,
            self.document_panel,
            shares=(2, 1),
        )
        self.no_documents = Empty(
            context.theme,
            "paperclip",
            "Chưa ghi tài liệu minh chứng nào. Ghi số, ký hiệu, ngày, cơ quan và trích yếu; "
            "tệp kèm theo có thể thêm sau.",
        )
        self.documents_stack = QStackedWidget()
        self.documents_stack.addWidget(panels)
        self.documents_stack.addWidget(self.no_documents)
        return _padded(self.documents_stack, context)

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Works the matrix out anew and shows it."""
        self.presenter.load(self._show)

    def take_focus(self) -> None:
        """The keyboard goes to the matrix, or to the list."""
        (self.matrix if self.tabs.currentIndex() == _MATRIX else self.documents).setFocus()

    def go_to(self, place: Place) -> None:
        """Selects the cell of a unit and a criterion."""
        if place.unit is None and place.criterion is None:
            return
        self._wanted = place
        if self.presenter.board is not None:
            self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        place, self._wanted = self._wanted, None
        if place is None:
            return
        presenter = self.presenter
        if place.unit is not None and presenter.unit not in (None, place.unit):
            presenter.unit = None
        presenter.shown, presenter.words = SHOWN[0][0], ""
        self.search.clear()
        if place.round is not None:
            presenter.choose_round(place.round)
        self.tabs.setCurrentIndex(_MATRIX)
        self._show_board()
        self.matrix.choose(place.unit, place.criterion)

    def _show(self) -> None:
        self._fill_choices()
        self._show_board()
        rows = self.presenter.documents()
        self.documents.show_rows(rows)
        self.documents_stack.setCurrentIndex(0 if rows else 1)
        self._show_document(self.documents.current)
        self._go_to_wanted()

    def _fill_choices(self) -> None:
        presenter = self.presenter
        units = [("", "Mọi đơn vị"), *presenter.every_unit()]
        _fill(self.unit, units, presenter.unit or "")
        _fill(self.round, presenter.rounds, presenter.round)
        self.shown.setCurrentIndex(max(0, self.shown.findData(presenter.shown)))
        may = presenter.may_write
        for made in (self.round, self.round_words):
            made.setVisible(len(presenter.rounds) > 1)
        self.add.setEnabled(may and presenter.board is not None)

    def _show_board(self) -> None:
        presenter = self.presenter
        rows, units = presenter.rows(), presenter.units()
        self.matrix.show_board(presenter.board, rows, units)
        empty = not rows or not units
        if empty:
            self.nothing.words.setText(self._why_nothing())
        self.stack.setCurrentIndex(1 if empty else 0)
        self.unit.setCurrentIndex(max(0, self.unit.findData(presenter.unit or "")))
        self.shown.setCurrentIndex(max(0, self.shown.findData(presenter.shown)))
        self.say(presenter.sentence())

    def _why_nothing(self) -> str:
        presenter = self.presenter
        if presenter.refusal:
            return f"{presenter.refusal} Lập bảng tiêu chí trước, rồi ghi minh chứng."
        if presenter.board is None:
            return "Đang đọc minh chứng…"
        if not presenter.board.units:
            return "Năm này chưa có đơn vị nào. Thêm đơn vị trước, rồi ghi minh chứng."
        if presenter.words.strip():
            return "Không có tiêu chí nào có các chữ này. Xóa ô tìm (Esc) để xem lại tất cả."
        return "Không còn ô nào như vậy. Chọn “Mọi ô” để xem lại tất cả."

    def _show_cell(self) -> None:
        cell = self.matrix.current
        if cell is None or self.presenter.board is None:
            self.cell_panel.show_cell(None, may_write=False, picked=0)
            return
        view = self.presenter.cell(cell.unit, cell.criterion)
        may = self.presenter.may_write and cell.backing is not Backing.FOREIGN
        self.cell_panel.show_cell(view, may_write=may, picked=len(self._picked()))
        self.link_here.setEnabled(bool(self._picked()))

    def _show_document(self, row: DocumentRow | None) -> None:
        links = self.presenter.links(row.id) if row is not None else ()
        self.document_panel.show_document(row, links, may_write=self.presenter.may_write)

    def _show_tab(self) -> None:
        matrix = self.tabs.currentIndex() == _MATRIX
        for made in (self.unit, self.shown):
            made.setEnabled(matrix)
        self._find(self.search.text())

    # ------------------------------------------------------------- filters

    def _find(self, words: str) -> None:
        if self.tabs.currentIndex() == _DOCUMENTS:
            self.documents.rows.find(words)
            return
        self.presenter.words = words
        self._show_board()

    def _choose_unit(self, at: int) -> None:
        self.presenter.unit = str(self.unit.itemData(at)) or None
        self._show_board()

    def _choose_shown(self, at: int) -> None:
        self.presenter.shown = str(self.shown.itemData(at))
        self._show_board()

    # ------------------------------------------------------------- acts on cells

    def _picked(self) -> tuple[BoardCell, ...]:
        cells = self.matrix.picked_cells()
        return tuple(cell for cell in cells if cell.backing is not Backing.FOREIGN)

    def _names(self) -> tuple[CellName, ...]:
        return tuple(self.presenter.name(cell) for cell in self._picked())

    def add_document(
        self, file: Path | None = None, done: Callable[[], None] = lambda: None
    ) -> CitationSheet:
        """The form of a new document for the selected cells (on the list: for none yet)."""
        cells = self._names() if self.tabs.currentIndex() == _MATRIX else ()
        sheet = CitationSheet(self.presenter, self.context, self, cells=cells, file=file, done=done)
        sheet.show_over()
        return sheet

    def pick_document(self) -> PickSheet:
        """Chooses a document that is there for the selected cells."""
        cells = self._names()

        def take(row: DocumentRow) -> None:
            self.context.do(lambda: self.presenter.link(row.id, cells))

        sheet = PickSheet(self.presenter, self.context, self, self.presenter.listed(cells), take)
        sheet.show_over()
        return sheet

    def _enter_cell(self) -> None:
        if self._linking:
            self._link_here()
        elif self.presenter.may_write and self._picked():
            self.add_document()

    def drop_on_cell(self, cell: BoardCell, files: Sequence[Path]) -> None:
        """A file over a cell: its citation is asked for, with the file."""
        if not self.presenter.may_write or cell.backing is Backing.FOREIGN:
            return
        self.matrix.choose(cell.unit, cell.criterion)
        self._cite_one_by_one(list(files))

    def _cite_one_by_one(self, files: list[Path]) -> None:
        """Asks for the citation of each file, the next after the one before was kept."""
        if files:
            rest = files[1:]
            self.add_document(
                files[0], lambda: QTimer.singleShot(0, self, lambda: self._cite_one_by_one(rest))
            )

    def _unlink_here(self, row: DocumentRow) -> None:
        cell = self.matrix.current
        if cell is not None:
            self.context.do(lambda: self.presenter.unlink_place(row.id, cell))

    # ------------------------------------------------------------- links

    def _unlink_link(self, link: LinkRow) -> None:
        row = self.documents.current
        if row is not None:
            self.context.do(lambda: self.presenter.unlink(row.id, link.cell))

    def _go_to_link(self, link: LinkRow) -> None:
        self.go_to(Place(PageId.EVIDENCE, link.cell.unit, link.cell.criterion))

    # ------------------------------------------------------------- one document, many cells

    def start_linking(self, row: DocumentRow) -> None:
        """Goes to the matrix, where cells are chosen for a document."""
        self._linking = row.id
        self.tabs.setCurrentIndex(_MATRIX)
        self.linking.say(
            f"Chọn các ô cho tài liệu {row.called} (giữ Ctrl hoặc Shift để chọn nhiều ô), "
            "rồi bấm Enter."
        )
        self.matrix.setFocus()

    def _link_here(self) -> None:
        evidence, cells = self._linking, self._names()
        if evidence and cells and self.context.do(lambda: self.presenter.link(evidence, cells)):
            self._stop_linking()

    def _stop_linking(self) -> None:
        self._linking = ""
        self.linking.say("")
        self.matrix.setFocus()


def _fill(combo: QComboBox, items: Sequence[tuple[str, str]], chosen: str) -> None:
    """Shows these items where they are others than before, and the chosen one."""
    if [combo.itemData(at) for at in range(combo.count())] != [key for key, _ in items]:
        combo.clear()
        for key, words in items:
            combo.addItem(words, key)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))


def _padded(inner: QWidget, context: Context) -> QWidget:
    made = QWidget()
    lines = QVBoxLayout(made)
    lines.setContentsMargins(0, context.theme.measures.space_2, 0, 0)
    lines.addWidget(inner)
    return made
