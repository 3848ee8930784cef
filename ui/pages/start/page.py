"""The page Bắt đầu: recent workspaces, a new cluster, a package, practice; what did not open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.context import Context
from ui.flows.frames import Frame
from ui.page import Page
from ui.pages.start.choices import Choices
from ui.pages.start.entering import first_year, who_works
from ui.pages.start.presenter import BackupRow, RecentRow, StartPresenter, View
from ui.pages.start.trouble import TroubleView
from ui.pages.start.wizard import Wizard
from ui.places import PageId, Place
from ui.topics import Topic
from ui.widgets.files import ask_file, ask_folder
from ui.widgets.sheet import Sheet
from ui.widgets.words import label

_TITLES = {
    View.CHOICES: "Bắt đầu",
    View.WIZARD: "Cụm, khối mới từ khung điểm",
    View.WHO: "Người làm việc",
    View.FIRST_YEAR: "Năm thi đua đầu tiên",
    View.TROUBLE: "Chưa mở được sổ",
}


class StartPage(Page):
    """The first page; it also asks what is missing before a workspace can be worked in."""

    id = PageId.START
    title = "Bắt đầu"
    topics = frozenset({Topic.WORKSPACE, Topic.YEAR, Topic.MEMBERS, Topic.SETTINGS})
    needs_year = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = context.theme
        self.presenter = StartPresenter(
            context.session, context.runner, context.opening, context.preferences
        )
        self.return_to_work = self.secondary("Về sổ đang mở", self._return, "arrow-left")
        self.province = self.secondary(
            "Toàn tỉnh (Sở Nội vụ)", lambda: context.go(Place(PageId.PROVINCE)), "columns-3"
        )
        self.close_book = self.secondary("Đóng sổ đang mở", self._close, "x")
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.choices = Choices(theme, self._begin, self._ask_package, self._browse, self._practise)
        self.choices.wanted.connect(self._open_recent)
        self.choices.unwanted.connect(self._forget)
        self.choices.help_wanted.connect(lambda: context.go(Place(PageId.HELP, topic="index")))
        self.who = who_works(theme, self._named)
        self.first_year = first_year(theme, self._first_year)
        self.trouble = TroubleView(
            theme,
            again=self._again,
            other=self._browse,
            forget=self._forget_trouble,
            leave=self._leave_trouble,
            restore=self._restore,
        )
        for view in (self.choices, self.who, self.first_year, self.trouble):
            self.stack.addWidget(view)
        self.wizard: Wizard | None = None
        self._gone = False
        self.setAcceptDrops(True)

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows what the officer has to see first."""
        self._show()

    def go_to(self, place: Place) -> None:
        """Shows the present state: a workspace may just not have opened."""
        self._show()
        self.presenter.look_around(self._show_recent)
        if self.presenter.view is View.CHOICES:
            self.choices.focus_first()

    def _show(self) -> None:
        view = self.presenter.view
        self.heading.setText(_TITLES[view])
        session = self.context.session
        inside = session.seat is not None and view is View.CHOICES
        self.return_to_work.setVisible(inside)
        self.province.setVisible(view is View.CHOICES)
        self.close_book.setVisible(
            session.workspace is not None and view not in (View.WIZARD, View.TROUBLE)
        )
        shown: QWidget
        match view:
            case View.WIZARD:
                shown = self._show_wizard()
            case View.WHO:
                shown = self.who
                self.who.form.show_field("keep", self.presenter.may_keep_officer)
            case View.FIRST_YEAR:
                shown = self.first_year
            case View.TROUBLE:
                trouble = self.context.opening.trouble
                assert trouble is not None
                known = self.presenter.known_officer
                self.trouble.show_trouble(trouble, self.presenter.backups(), known)
                shown = self.trouble
            case _:
                self.choices.show_recent(self.presenter.recent())
                shown = self.choices
        if view is not View.WIZARD:
            self._drop_wizard()
        self.stack.setCurrentWidget(shown)
        self.say(self.presenter.sentence())
        if view is View.WHO:
            self.who.ask("name", self.presenter.known_officer)
        elif view is View.FIRST_YEAR:
            self.first_year.ask("year", self.presenter.this_year)

    def _show_recent(self) -> None:
        if not self._gone:
            self.choices.show_recent(self.presenter.recent())

    def leave(self) -> None:
        """What still runs for this page comes to nothing."""
        super().leave()
        self._gone = True

    # ------------------------------------------------------------- the choices

    def _return(self) -> None:
        self.context.go(Place(PageId.OVERVIEW))

    def _close(self) -> None:
        self.context.do(self.presenter.close_workspace)
        self._show()

    def _open_recent(self, row: RecentRow) -> None:
        self.presenter.open(row.folder)

    def _forget(self, row: RecentRow) -> None:
        self.presenter.forget(row.folder)
        self._show()

    def _browse(self) -> None:
        ask_folder(
            self.window(),
            "Chọn thư mục của sổ làm việc",
            "Mở sổ",
            self.presenter.documents,
            self.presenter.open,
        )

    # ------------------------------------------------------------- a package

    def _ask_package(self) -> None:
        from ui.flows.beginning import PACKAGE_FILES

        ask_file(
            self.window(),
            "Chọn gói dữ liệu",
            "Xem gói",
            self.presenter.documents,
            PACKAGE_FILES,
            self.begin_from,
        )

    def begin_from(self, file: Path) -> None:
        """Shows what a package is, and makes a workspace out of it where the officer wants it."""
        from ui.sheets.begin_sheet import begin_with  # late: what packages need is not needed else

        begin_with(self.context, self.window(), self.presenter.beginning(), file, self._ask_package)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """A package may be dropped where one may begin."""
        if event.mimeData().hasUrls() and self.presenter.view is View.CHOICES:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Looks at the package that was dropped, or opens the workspace whose folder it was."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            if files[0].is_dir():
                self.presenter.open(files[0])
            else:
                self.begin_from(files[0])

    # ------------------------------------------------------------- practice

    def _practise(self) -> None:
        fault = self.context.notices.fault
        if not self.presenter.practice:
            self.presenter.practise(fault)
            return
        sheet = Sheet("Đã có sổ luyện tập", self.window())
        words = (
            "Mở lại sổ luyện tập lần trước để làm tiếp, hoặc lập một sổ mới với số liệu như lúc "
            "ban đầu. Sổ cũ vẫn được giữ."
        )
        sheet.body.addWidget(label(words, wrap=True))
        sheet.add_button("Thôi", role="close")
        fresh = sheet.add_button("Lập sổ luyện tập mới", role="close")
        fresh.clicked.connect(lambda: self.presenter.practise(fault, fresh=True))
        again = sheet.add_button("Mở lại sổ luyện tập", primary=True, role="close")
        again.clicked.connect(lambda: self.presenter.practise(fault))
        sheet.show_over()

    # ------------------------------------------------------------- the wizard

    def _begin(self) -> None:
        self.presenter.begin()
        self._show()

    def _show_wizard(self) -> Wizard:
        draft = self.presenter.begin()
        if self.wizard is None or self.wizard.draft is not draft:
            self._drop_wizard()
            wizard = Wizard(
                self.context.theme,
                draft,
                browse_frame=self._browse_frame,
                browse_place=self._browse_place,
            )
            wizard.moved.connect(lambda: self.say(self.presenter.sentence()))
            wizard.left.connect(self._give_up)
            wizard.finished.connect(self._found)
            self.stack.addWidget(wizard)
            self.wizard = wizard
            self.presenter.read_frames(self._show_frames)
            wizard.show_step()
        return self.wizard

    def _show_frames(self, frames: tuple[Frame, ...]) -> None:
        if self.wizard is not None and not self._gone:
            self.wizard.frames.show_frames(frames)

    def _drop_wizard(self) -> None:
        if self.wizard is not None:
            self.stack.removeWidget(self.wizard)
            self.wizard.deleteLater()
            self.wizard = None

    def _browse_frame(self) -> None:
        def take(frame: Frame) -> None:
            if self.wizard is not None and not self._gone:
                self.wizard.frames.take_file(frame)

        ask_file(
            self.window(),
            "Chọn tệp khung điểm",
            "Lấy khung",
            self.presenter.documents,
            "Gói quy tắc (*.toml)",
            lambda file: self.presenter.read_frame(file, take),
        )

    def _browse_place(self) -> None:
        def take(folder: Path) -> None:
            if self.wizard is not None:
                self.wizard.place.take_parent(folder)

        draft = self.presenter.begin()
        ask_folder(self.window(), "Chọn nơi lưu sổ", "Lưu ở đây", draft.parent, take)

    def _give_up(self) -> None:
        def forget() -> None:
            self.presenter.give_up()
            self._show()

        draft = self.presenter.begin()
        if not (draft.units_text.strip() or draft.step > 1):
            forget()
            return
        words = "Những gì đã ghi trong các bước sẽ bị bỏ. Chưa có gì được lưu trên máy."
        self.context.notices.ask(
            "Không lập cụm, khối này nữa?", words, "Bỏ những gì đã ghi", forget
        )

    def _found(self) -> None:
        self.presenter.found(self.context.notices.fault)

    # ------------------------------------------------------------- who works, which year

    def _named(self, values: dict[str, Any]) -> None:
        keep = bool(values.get("keep"))
        if self.context.do(lambda: self.presenter.name_officer(values["name"], keep=keep)):
            self._enter()

    def _first_year(self, values: dict[str, Any]) -> None:
        year, school = values["year"], values["kind"] == "school"
        text = f"{year}-{year + 1}" if school else str(year)
        if self.context.do(lambda: self.presenter.open_first_year(text, school=school)):
            self._enter()

    def _enter(self) -> None:
        if self.context.session.seat is not None:
            self.context.go(Place(PageId.OVERVIEW))
        else:
            self._show()

    # ------------------------------------------------------------- what did not open

    def _again(self) -> None:
        trouble = self.context.opening.trouble
        if trouble is not None:
            self.presenter.open(trouble.folder)

    def _forget_trouble(self) -> None:
        trouble = self.context.opening.trouble
        if trouble is not None:
            self.presenter.forget(trouble.folder)
        self._leave_trouble()

    def _leave_trouble(self) -> None:
        self.presenter.leave_trouble()
        self._show()

    def _restore(self, row: BackupRow, actor: str) -> None:
        self.context.do(lambda: self.presenter.restore(row, actor))
