"""The page Bảng tiêu chí: the tree of the table, the selected row beside it, and the next step."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ground.findings import UserError
from app.operations.workspace.table_edits import SetMethod, TableEdit
from ui.context import Context
from ui.page import Page
from ui.pages.criteria.choice import Choice
from ui.pages.criteria.details import DetailsPanel
from ui.pages.criteria.presenter import CriteriaPresenter
from ui.pages.criteria.questions import QuestionPresenter
from ui.pages.criteria.row_acts import RowActs
from ui.pages.criteria.table_acts import TableActs
from ui.pages.criteria.table_sheets import FindingsSheet, RevisionSheet
from ui.pages.criteria.tree import CriteriaTree
from ui.places import PageId, Place
from ui.topics import Topic
from ui.widgets.empty import Empty
from ui.widgets.panels import Panels
from ui.widgets.search import SearchBox
from ui.widgets.words import button, chip, set_kind, tool_button


class CriteriaPage(Page):
    """The page Bảng tiêu chí."""

    id = PageId.CRITERIA
    title = "Bảng tiêu chí"
    topics = frozenset({Topic.WORKSPACE, Topic.YEAR, Topic.TABLE, Topic.SCORES, Topic.MEMBERS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = CriteriaPresenter(context.session)
        self.questions = QuestionPresenter(context.session)
        self.rows = RowActs(context, self.presenter, self, self.change)
        self.whole = TableActs(context, self.presenter, self.questions, self, self.change)
        self._taken = True
        self._lay_acts()
        self._lay_tools()
        self.stack = QStackedLayout()
        self.body.addLayout(self.stack, 1)
        self._lay_table()
        self.empty = Empty(
            context.theme,
            "list-tree",
            "Năm này chưa có bảng tiêu chí. Lập bảng từ một khung điểm có sẵn, nhập từ tệp Excel, "
            "hoặc dán bảng đã sao chép từ Word.",
            "Lập bảng từ khung điểm",
            self.whole.draft,
        )
        self.stack.addWidget(self.empty)
        self.companion = Empty(
            context.theme,
            "file-text",
            "Đây là quy định kèm theo, không có tiêu chí chấm điểm. Nó bổ sung điều kiện, cách bỏ "
            "phiếu và hồ sơ cho bảng chính của năm.",
        )
        self.stack.addWidget(self.companion)
        self._lay_keys()

    # ------------------------------------------------------------- layout

    def _lay_acts(self) -> None:
        self.questions_act = self.secondary(
            "Điều để ngỏ", self.whole.ask_questions, "message-square-text"
        )
        self.versions_act = self.secondary("Phiên bản", self.whole.show_versions, "git-compare")
        self.import_act = self.secondary("Nhập, dán", self.whole.take_in, "clipboard-paste")
        self.revise_act = self.secondary(
            "Sửa thành phiên bản mới", self.start_revision, "file-plus"
        )
        self.drop_act = self.secondary("Bỏ phiên bản mới", self.drop_revision, "x")
        self.step_act = self.primary("Lập bảng tiêu chí", self.take_step)

    def _lay_tools(self) -> None:
        m = self.context.theme.measures
        self.tools = QWidget()
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(m.space_2)
        self.search = SearchBox(self.context.theme, "Tìm tiêu chí (không cần gõ dấu)")
        row.addWidget(self.search, 1)
        self.tables = Choice("Bảng của năm")
        self.tables.setMaximumWidth(m.panel)
        row.addWidget(self.tables, 1)
        self.fold = tool_button(
            "Thu gọn các mục",
            "fold-vertical",
            self.context.theme,
            lambda: self.tree.fold(away=True),
        )
        self.unfold = tool_button(
            "Mở các mục", "unfold-vertical", self.context.theme, lambda: self.tree.fold(away=False)
        )
        row.addWidget(self.fold)
        row.addWidget(self.unfold)
        self.more = tool_button("Việc khác với bảng", "ellipsis", self.context.theme)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.more)
        self.more.setMenu(self._menu)
        self.add_table = self._menu.addAction("Thêm bảng, quy định kèm theo…", self.whole.draft)
        self.from_file = self._menu.addAction("Phiên bản mới từ tệp…", self.whole.revise_by_file)
        self._menu.addAction("Xuất bảng ra tệp…", self.whole.export)
        self.undo_edit = self._menu.addAction("Bỏ sửa đổi vừa rồi", self._take_back)
        row.addWidget(self.more)
        self.check_act = button("Điều cần xem", self.show_findings, kind="link")
        row.addWidget(self.check_act)
        row.addStretch(1)
        self._marks = QHBoxLayout()
        self._marks.setSpacing(m.space_1)
        row.addLayout(self._marks)
        self._chips: list[QLabel] = []
        self.body.addWidget(self.tools)

    def _lay_table(self) -> None:
        m = self.context.theme.measures
        self.tree = CriteriaTree(self.context.theme)
        self.details = DetailsPanel(self.context.theme)
        right = QWidget()
        lines = QVBoxLayout(right)
        lines.setContentsMargins(m.space_1, 0, 0, 0)
        lines.addWidget(self.details)
        self.panels = Panels(
            "criteria", self.context.preferences, self.tree, right, shares=(640, 460)
        )
        self.stack.addWidget(self.panels)
        self.tree.chosen.connect(lambda _row: self._show_detail())
        self.tree.asked.connect(self._asked)
        self.details.asked.connect(self._asked)
        self.details.weighed.connect(self._weigh)
        self.details.counted.connect(self._count)
        self.details.set_method.connect(self._set_method)
        self.search.textChanged.connect(self.tree.search)
        self.search.returnPressed.connect(self.tree.setFocus)
        self.tables.activated.connect(self._choose_table)

    def _lay_keys(self) -> None:
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._find)
        paste = QShortcut(QKeySequence.StandardKey.Paste, self.tree)
        paste.setContext(Qt.ShortcutContext.WidgetShortcut)
        paste.activated.connect(self.whole.take_in)

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the table as it stands; what was selected stays selected."""
        try:
            self.presenter.load()
        except UserError as fault:
            self.context.notices.findings(
                "Các sửa đổi chưa dùng không còn khớp với bảng", fault.findings
            )
        self._show()

    def _show(self) -> None:
        view = self.presenter.view
        self.say(self.presenter.sentence)
        shown = self.panels if view is not None and view.rows else self.companion
        self.stack.setCurrentWidget(self.empty if view is None else shown)
        self.tools.setVisible(view is not None)
        self._show_step()
        self._show_marks()
        if view is None:
            return
        choices = self.presenter.tables
        self.tables.setVisible(len(choices) > 1)
        self.tables.offer((table.id, table.title) for table in choices)
        if self.presenter.table is not None:
            self.tables.choose(self.presenter.table.id)
        told = len(view.all_findings)
        self.check_act.setVisible(told > 0)
        self.check_act.setText(f"{told} điều cần xem")
        self.check_act.setAccessibleName(self.check_act.text())
        self.tree.show_rows(view.rows)
        self._show_detail()

    def _show_step(self) -> None:
        view = self.presenter.view
        name, words = self.presenter.next_step
        self.step_act.setVisible(bool(name) and view is not None)
        self.step_act.setText(words)
        self.step_act.setAccessibleName(words)
        revising = self.presenter.revising
        self.step_act.setEnabled(name != "adopt" or bool(self.presenter.pending))
        may_write = self.context.session.may_write
        locked = bool(self.presenter.locked)
        self.revise_act.setVisible(may_write and locked and not revising and view is not None)
        self.revise_act.setToolTip(self.presenter.locked)
        self.drop_act.setVisible(revising)
        self.import_act.setVisible(may_write and (self.presenter.may_edit or view is None))
        self.add_table.setEnabled(may_write and not revising)
        self.from_file.setEnabled(may_write and not revising)
        self.undo_edit.setVisible(revising)
        self.undo_edit.setEnabled(bool(self.presenter.pending))
        self.versions_act.setVisible(view is not None and not revising)
        waiting = self.questions.load() if view is not None else 0
        self.questions_act.setVisible(bool(self.questions.questions) and not revising)
        self.questions_act.setText(f"{waiting} điều để ngỏ" if waiting else "Điều để ngỏ")
        self.questions_act.setAccessibleName(self.questions_act.text())
        set_kind(self.questions_act, "" if waiting else "quiet")

    def _show_marks(self) -> None:
        for made in self._chips:
            made.hide()
            made.deleteLater()
        self._chips = []
        for mark in self.presenter.marks:
            made = chip(mark.words, mark.tone)
            made.setToolTip(mark.why)
            self._marks.addWidget(made)
            self._chips.append(made)

    def _show_detail(self) -> None:
        view = self.presenter.view
        row = self.tree.current
        if view is None:
            return
        parameters = {question.id: question.title for question in self.questions.questions}
        detail = self.presenter.detail(row.code if row is not None else None)
        self.details.show_detail(detail, view.tree, parameters, self.presenter.choices)

    def take_focus(self) -> None:
        """The keyboard starts in the tree."""
        if self.presenter.view is not None:
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().take_focus()

    def go_to(self, place: Place) -> None:
        """Selects the criterion that was asked for; the keyboard starts in the tree."""
        if place.criterion is not None:
            self.search.clear()
            self.tree.choose(place.criterion)
        self.take_focus()

    # ------------------------------------------------------------- acts on rows

    def change(self, *edits: TableEdit) -> bool:
        """Edits the table, or the next version of it; a fault is shown."""
        done = self.context.do(lambda: self.presenter.change(*edits))
        if done and self.presenter.revising:
            self.context.do(self.presenter.load)
            self._show()
        return done

    def _asked(self, act: str) -> None:
        if act == "open":
            self._open()
        elif act == "next":
            self._next()
        elif act == "reset":
            self._reset()
        else:
            self.rows.ask(act, self.tree.current)

    def _open(self) -> None:
        target = self.details.points
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            target.selectAll()

    def _next(self) -> None:
        """On to the row below, where the last number was taken."""
        below = self.tree.indexBelow(self.tree.currentIndex())
        if self._taken and below.isValid():
            self.tree.setCurrentIndex(below)
        self._taken = True
        self._open()

    def _reset(self) -> None:
        self.details.forget()
        self._show_detail()

    def _weigh(self, text: str) -> None:
        self._taken = self.rows.weigh(self.tree.current, text)
        if not self._taken:
            self.details.put_back()

    def _count(self, text: str) -> None:
        if not self.rows.count(self.tree.current, text):
            self.details.put_back()

    def _set_method(self, method: Any) -> None:
        row = self.tree.current
        if row is not None and method is not None:
            self.change(SetMethod(row.code, method))

    # ------------------------------------------------------------- acts on the table

    def take_step(self) -> None:
        """Does the next step of the table."""
        name, words = self.presenter.next_step
        match name:
            case "draft":
                self.whole.draft()
            case "mend":
                self.show_findings()
            case "allocate":
                self._allocate()
            case "complete":
                self.context.do(self.presenter.complete)
            case "consult":
                self.context.do(self.presenter.consult)
            case "issue":
                self.whole.issue(words)
            case "adopt":
                RevisionSheet(self.context, self.presenter, self).show_over()
            case "score":
                row = self.tree.current
                self.context.go(
                    Place(PageId.SCORES, criterion=row.code if row is not None else None)
                )

    def _allocate(self) -> None:
        """On to the next criterion without points, from the selected one down."""
        codes = [row.code for row in self.presenter.view.rows] if self.presenter.view else []
        lacking = self.presenter.lacking
        row = self.tree.current
        start = codes.index(row.code) + 1 if row is not None and row.code in codes else 0
        following = [code for code in (*codes[start:], *codes[:start]) if code in lacking]
        if following:
            self.search.clear()
            self.tree.choose(following[0])
            self._open()

    def show_findings(self) -> None:
        """Everything that the checks say; Enter goes to the row."""
        view = self.presenter.view
        if view is not None:
            FindingsSheet(view, self.context.theme, self, self._go_to_row).show_over()

    def _go_to_row(self, code: str) -> None:
        self.search.clear()
        self.tree.choose(code)
        self.tree.setFocus()

    def start_revision(self) -> None:
        """Edits gather into the next version from now on."""
        self.presenter.start_revision()
        self.details.forget()
        self._show()

    def drop_revision(self) -> None:
        """Forgets the next version, after asking where something was edited."""

        def drop() -> None:
            self.presenter.drop_revision()
            self.details.forget()
            self.context.do(self.presenter.load)
            self._show()

        if not self.presenter.pending:
            drop()
            return
        count = len(self.presenter.pending)
        self.context.notices.ask(
            "Bỏ phiên bản mới",
            f"{count} sửa đổi chưa dùng sẽ mất; bảng đang dùng không thay đổi.",
            "Bỏ các sửa đổi",
            drop,
        )

    def _take_back(self) -> None:
        """Drops the last edit of the next version."""
        self.presenter.take_back()
        self.context.do(self.presenter.load)
        self._show()

    def _choose_table(self) -> None:
        self.presenter.drop_revision()
        self.presenter.table_id = self.tables.token
        self.details.forget()
        self.context.do(self.presenter.load)
        self._show()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()
