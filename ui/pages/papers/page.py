"""The page Văn bản: every paper of the year, seen, filled in, reworded, written and signed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.operations.workspace.paper_desk import Form
from ui.context import Context
from ui.page import Page
from ui.pages.papers.facts import CheckFacts, Key, PaperRow
from ui.pages.papers.listing import PapersList
from ui.pages.papers.panel import PaperPanel
from ui.pages.papers.presenter import PapersPresenter
from ui.pages.papers.sheets import CheckSheet, issuer_sheet
from ui.pages.papers.sign_sheet import SignSheet
from ui.pages.papers.writing import (
    CHOICE,
    FOLDER,
    FORM_WORDS,
    Written,
    check,
    chosen_forms,
    write,
)
from ui.places import PageId, Place
from ui.topics import Topic
from ui.widgets.empty import Empty
from ui.widgets.files import ask_file, ask_folder
from ui.widgets.findings import FindingsList
from ui.widgets.panels import Panels
from ui.widgets.search import SearchBox
from ui.widgets.words import button, label

PDFS = "Văn bản PDF (*.pdf)"
_EVERY_PART = "Mọi phần của năm"
_EVERY_UNIT = "Mọi đơn vị"


class PapersPage(Page):
    """The papers of the year. ``Place.topic``: the id of a paper, or "id/tab"."""

    id = PageId.PAPERS
    title = "Văn bản"
    topics = frozenset(
        {
            Topic.RESULT,
            Topic.ROUNDS,
            Topic.EVIDENCE,
            Topic.PAPERS,
            Topic.SETTINGS,
            Topic.WORKSPACE,
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = PapersPresenter(context.session, context.runner, self._show)
        self.setAcceptDrops(True)
        self.sign = self.secondary("Ký số", self._sign, "pencil")
        self.checked = self.secondary("Kiểm tra tệp PDF", self._ask_check, "file-check")
        self.issuer = self.secondary("Cơ quan ban hành", self._issuer, "building-2")
        self.one = self.primary("Ghi văn bản này", self._write_one, "printer")
        self._wished = ""
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.stack.addWidget(self._papers())
        self.faults = FindingsList()
        self.stack.addWidget(self.faults)
        self.empty = Empty(
            context.theme,
            "file-text",
            "Chưa có cụm, khối và bảng tiêu chí nên chưa lập được văn bản nào.",
            "Đến Tổng quan",
            lambda: context.go(Place(PageId.OVERVIEW)),
        )
        self.stack.addWidget(self.empty)
        self.stack.addWidget(QWidget())

    def _papers(self) -> QWidget:
        m = self.context.theme.measures
        made = QWidget()
        whole = QVBoxLayout(made)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(m.space_2)
        whole.addLayout(self._filters())
        self.list = PapersList(self.context.theme)
        self.panel = PaperPanel(self.context, self.presenter)
        self.list.chosen.connect(self._show_paper)
        self.list.entered.connect(lambda _row: self.panel.to_pages())
        whole.addWidget(
            Panels("papers", self.context.preferences, self.list, self.panel, shares=(44, 56)), 1
        )
        whole.addLayout(self._foot())
        return made

    def _filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.context.theme.measures.space_2)
        self.search = SearchBox(self.context.theme, "Tìm văn bản (không cần gõ dấu)")
        self.search.textChanged.connect(lambda _words: self._show_rows())
        row.addWidget(self.search, 1)
        self.part = _combo("Phần của năm", 16)
        self.part.activated.connect(lambda _at: self._show_rows())
        row.addWidget(self.part)
        self.unit = _combo("Đơn vị", 16)
        self.unit.activated.connect(lambda _at: self._show_rows())
        row.addWidget(self.unit)
        self.cluster = _combo("Cụm, khối", 14)
        self.cluster.activated.connect(self._choose_cluster)
        row.addWidget(self.cluster)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.context.theme.measures.space_3)
        row.addWidget(label("Ghi ra dạng"))
        kept = chosen_forms(self.context.preferences.choice(CHOICE, ""))
        self.forms: dict[Form, QCheckBox] = {}
        for form, words, hint in FORM_WORDS:
            tick = QCheckBox(words)
            tick.setAccessibleName(f"Ghi ra {words}")
            tick.setToolTip(hint)
            tick.setChecked(form in kept)
            tick.toggled.connect(lambda _on: self._forms_chosen())
            row.addWidget(tick)
            self.forms[form] = tick
        row.addStretch(1)
        self.all = button("Ghi cả bộ", self._write_all, picture="folder-open")
        row.addWidget(self.all)
        return row

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Gathers the papers anew; while the result is on its way, once it is there."""
        if self.presenter.moved:
            self.panel.start_over()
            self.presenter.start_over()
        if not self.presenter.waits:
            self.presenter.gather()
        self._show()

    def _show(self) -> None:
        presenter = self.presenter
        self.say(presenter.sentence())
        writes = presenter.may_write
        self.issuer.setEnabled(writes)
        there = presenter.data is not None
        self.one.setEnabled(there)
        if there:
            self._fill_combo(self.part, _EVERY_PART, presenter.parts())
            self._fill_combo(self.unit, _EVERY_UNIT, presenter.units)
            self.unit.setVisible(len(presenter.units) > 1)
            self._fill_combo(self.cluster, "", presenter.clusters)
            self.cluster.setVisible(len(presenter.clusters) > 1)
            self._show_rows()
            self.stack.setCurrentIndex(0)
            self._go_on()
        elif presenter.refusal:
            self.faults.show_findings(presenter.refusal)
            self.stack.setCurrentWidget(self.faults)
        elif presenter.waits:
            self.stack.setCurrentIndex(3)
        else:
            self.stack.setCurrentWidget(self.empty)

    def _fill_combo(self, box: QComboBox, every: str, options: tuple[tuple[str, str], ...]) -> None:
        wanted = ((("", every),) if every else ()) + options
        shown = tuple((box.itemData(at), box.itemText(at)) for at in range(box.count()))
        if shown == wanted:
            return
        chosen = box.currentData()
        box.clear()
        for answer, words in wanted:
            box.addItem(words, answer)
        box.setCurrentIndex(max(0, box.findData(chosen)))

    def _show_rows(self) -> None:
        part, unit = str(self.part.currentData() or ""), str(self.unit.currentData() or "")
        self.list.show_rows(self.presenter.rows(self.search.text(), part, unit))
        self._show_paper(self.list.current)
        keys = self.keys
        self.all.setText(f"Ghi cả bộ ({len(keys)})")
        self.all.setAccessibleName(f"Ghi cả bộ {len(keys)} văn bản đang thấy")
        self.all.setEnabled(bool(keys))

    def _show_paper(self, row: PaperRow | None) -> None:
        self.panel.show_row(row, str(self.unit.currentData() or ""))
        self.one.setEnabled(self.panel.key is not None)

    @property
    def keys(self) -> list[Key]:
        """All papers in the list, one by one."""
        return [key for row in self.list.rows for key in row.keys]

    def _choose_cluster(self, at: int) -> None:
        self.panel.leave_fields()
        self.presenter.choose_cluster(str(self.cluster.itemData(at)))

    def go_to(self, place: Place) -> None:
        """Shows the paper that was asked for, as soon as it is there."""
        if place.topic is not None:
            self._wished = place.topic
            self._go_on()

    def _go_on(self) -> None:
        """Goes to the paper that was asked for, out of sight or not, once papers are there."""
        paper, _slash, tab = self._wished.partition("/")
        if not paper or self.presenter.data is None:
            return
        self._wished = ""
        if not self.list.choose(paper):
            self.part.setCurrentIndex(0)
            self.unit.setCurrentIndex(0)
            self.search.clear()
            self._show_rows()
        if self.list.choose(paper):
            self.panel.to_tab(tab)

    # ------------------------------------------------------------- writing

    @property
    def chosen(self) -> tuple[Form, ...]:
        """The forms in which papers are written."""
        return tuple(form for form, tick in self.forms.items() if tick.isChecked())

    def _forms_chosen(self) -> None:
        if not self.chosen:
            self.forms["pdf"].setChecked(True)
            return
        self.context.preferences.keep_choice(CHOICE, " ".join(self.chosen))

    def _write_one(self) -> None:
        key = self.panel.key
        if key is not None:
            self.panel.leave_fields()
            self._ask_folder([key], "Ghi văn bản vào thư mục")

    def _write_all(self) -> None:
        keys = self.keys
        self.panel.leave_fields()
        count = self.presenter.count(keys)
        parts = [f"{len(keys)} văn bản đang thấy trong danh sách được ghi vào thư mục sẽ chọn."]
        if not self.presenter.complete:
            parts.append("Chưa xem xong tình trạng từng văn bản nên chưa đếm được dự thảo.")
        if count.drafts:
            parts.append(
                f"Có {count.drafts} văn bản còn là dự thảo, in ra có dấu DỰ THẢO và lý do."
            )
        if count.blank:
            parts.append(f"Có {count.blank} văn bản còn chỗ để trống, in ra là dấu chấm.")
        self.context.notices.ask(
            "Ghi cả bộ văn bản?",
            " ".join(parts),
            f"Chọn thư mục và ghi {len(keys)} văn bản",
            lambda: self._ask_folder(keys, "Ghi cả bộ vào thư mục"),
        )

    def _ask_folder(self, keys: list[Key], title: str) -> None:
        kept = self.context.preferences.choice(FOLDER, "")
        start = Path(kept) if kept else Path.home()
        ask_folder(
            self, title, "Ghi vào thư mục này", start, lambda folder: self.write_to(folder, keys)
        )

    def write_to(self, folder: Path, keys: list[Key]) -> None:
        """Writes papers into a folder in the chosen forms."""
        self.context.preferences.keep_choice(FOLDER, str(folder))
        fresh = self.presenter.source()
        write(self.context.runner, fresh, keys, folder, self.chosen, self._written)

    def _written(self, written: Written) -> None:
        self.context.notices.said.emit(written.sentence)
        if written.findings:
            self.context.notices.findings("Có văn bản chưa ghi được", written.findings)

    # ------------------------------------------------------------- sheets

    def _issuer(self) -> None:
        issuer_sheet(self.context, self.presenter, self).show_over()

    def _sign(self) -> None:
        key = self.panel.key
        self.panel.leave_fields()
        SignSheet(self.context, self.presenter, key, self.panel.standing, self).show_over()

    def _ask_check(self) -> None:
        kept = self.context.preferences.choice(FOLDER, "")
        start = Path(kept) if kept else Path.home()
        ask_file(self, "Chọn văn bản PDF để kiểm tra", "Kiểm tra", start, PDFS, self.check)

    def check(self, file: Path) -> None:
        """Looks what a PDF that came back is worth."""
        check(self.context.session, self.context.runner, file, self._checked)

    def _checked(self, found: CheckFacts) -> None:
        CheckSheet(found, self.context.theme, self).show_over()

    # ------------------------------------------------------------- drag and drop, leaving

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """A PDF may be dropped to be checked."""
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Checks what was dropped."""
        file = _dropped(event)
        if file is not None:
            event.acceptProposedAction()
            self.check(file)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Keeps what was typed when another page is shown."""
        super().hideEvent(event)
        self.put_down()

    def put_down(self) -> None:
        """Keeps what was typed when the window closes."""
        if self.context.session.seat is not None:
            self.panel.leave_fields()

    def leave(self) -> None:
        """Nothing that is on its way is shown any more."""
        super().leave()
        self.presenter.forget()
        self.panel.forget()


def _combo(name: str, letters: int) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(letters)
    return made


def _dropped(event: QDropEvent) -> Path | None:
    """The one PDF that is dropped."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    pdfs = [file for file in files if file.suffix.lower() == ".pdf"]
    return pdfs[0] if len(pdfs) == 1 else None
