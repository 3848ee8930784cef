"""The half "Nhận": a package in, first whether it may be trusted, then what it would change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.flows.beginning import PACKAGE_FILES, Beginning, is_locked
from ui.pages.exchange.answer_panel import AnswerPanel
from ui.pages.exchange.look_tabs import LookTabs
from ui.pages.exchange.presenter.receiving import Receiving
from ui.pages.exchange.presenter.senders import Senders
from ui.pages.exchange.presenter.steps import Next
from ui.places import PageId, Place
from ui.sheets.begin_sheet import BeginSheet
from ui.sheets.unlock_sheet import ask_to_open
from ui.theme.tokens import Tone
from ui.widgets.empty import Empty
from ui.widgets.files import ask_file
from ui.widgets.form import FormSheet
from ui.widgets.notice_bar import NoticeBar

_FILES: Final = f"Gói dữ liệu, phiếu số liệu (*.bvg *.xlsx);;{PACKAGE_FILES}"


class ReceiveTab(QWidget):
    """Looks at a package and takes it in; ``changed`` is called when what can be done changed."""

    def __init__(
        self, context: Context, receiving: Receiving, senders: Senders, changed: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setObjectName("exchangeReceive")
        self._context, self.receiving, self._senders = context, receiving, senders
        self._changed = changed
        self._folder = Path.home()
        m = context.theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        self.done = NoticeBar(context.theme, Tone.GOOD)
        whole.addWidget(self.done)
        self.verdict = NoticeBar(context.theme, Tone.INFO)
        self.verdict.setObjectName("verdict")
        self.confirm = self.verdict.act(
            "Xác nhận nơi gửi…", self.ask_confirm, picture="circle-check"
        )
        self.choose = self.verdict.act("Gói khác…", self.ask_file, picture="folder-open")
        self.away = self.verdict.act("Bỏ ra", self.clear, picture="x")
        self.away.setToolTip("Bỏ gói này ra khỏi trang; tệp trên máy vẫn còn")
        whole.addWidget(self.verdict)
        self.stack = QStackedWidget()
        self.stack.addWidget(
            Empty(
                context.theme,
                "inbox",
                "Kéo thả vào đây gói dữ liệu (.bvg), hoặc phiếu số liệu (.xlsx) được gửi lại.\n"
                "Chương trình kiểm tra chữ ký, nêu từng thay đổi và tính lại kết quả; chưa ghi gì "
                "vào sổ.",
            )
        )
        self.parts = LookTabs(context, receiving, self._show_next)
        self.stack.addWidget(self.parts)
        self.answer = AnswerPanel(context, receiving.answering, self._show_next, self.refresh)
        self.stack.addWidget(self.answer)
        whole.addWidget(self.stack, 1)

    # ------------------------------------------------------------- showing

    def refresh(self) -> None:
        """Shows the package and what can be done with it."""
        receiving, answering = self.receiving, self.receiving.answering
        taken, sent, verdict = receiving.taken, answering.outcome, receiving.verdict
        self.done.say(sent.sentence if sent else taken.sentence if taken else "")
        if answering.is_ours:
            self.verdict.say(f"{answering.sentence()} Chưa ghi gì vào sổ.", Tone.INFO)
        else:
            self.verdict.say(*(verdict.words, verdict.tone) if verdict is not None else ("", None))
        asked = receiving.answering.is_open
        self.confirm.setVisible(asked and receiving.stranger is not None)
        if asked:
            self.answer.refresh()
            self.stack.setCurrentWidget(self.answer)
        else:
            self.stack.setCurrentIndex(0 if receiving.seen is None else 1)
        self.parts.refresh()
        self._show_next()

    def _show_next(self) -> None:
        self._changed()

    # ------------------------------------------------------------- the file

    def act(self) -> None:
        """The next thing to do: choose, confirm, decide, agree or take in."""
        match self.receiving.next:
            case Next.CONFIRM:
                self.ask_confirm()
            case Next.DECIDE:
                self.parts.show_conflicts()
            case Next.AGREE:
                self.parts.show_beyond()
            case Next.TAKE:
                self.take_in()
            case Next.BEGIN:
                self.ask_to_begin()
            case Next.ANSWER:
                self.answer.act()
            case Next.YEAR if self.receiving.own_year is not None:
                self._context.session.choose_year(self.receiving.own_year.id)
            case Next.REOPEN:
                self._context.go(Place(PageId.CLOSING))
            case _:
                self.ask_file()

    def ask_file(self) -> None:
        """Asks for a package."""
        ask_file(self, "Gói nhận được", "Xem gói", self._folder, _FILES, self.look_at)

    def look_at(self, file: Path) -> None:
        """Looks at a package, a locked one after it was opened, or at a form that came back."""
        self._folder = file.parent
        if file.suffix.lower() == ".xlsx":
            self._context.do(lambda: self.receiving.open_form(file, self.refresh))
        elif is_locked(file):
            receiving = self.receiving
            ask_to_open(self._context, self, file, receiving.key, receiving.look_at, self._looked)
        else:
            self._context.do(lambda: self.receiving.look_at(file, self._looked))

    def _looked(self) -> None:
        self.refresh()
        self.parts.show_first()

    def clear(self) -> None:
        """Puts the package away."""
        self.receiving.clear()
        self.refresh()

    def book_changed(self) -> None:
        """Holds the package against the book anew."""
        self.receiving.forget_old()
        self.refresh()
        if self.receiving.seen is not None:
            self._context.do(lambda: self.receiving.look_again(self.refresh))

    # ------------------------------------------------------------- the sender

    def ask_confirm(self) -> FormSheet | None:
        """Asks for the fingerprint that was heard on the telephone."""
        stranger = self.receiving.stranger
        if stranger is None:
            return None
        name, key = stranger

        def keep(values: dict[str, Any]) -> bool:
            wrong = self._senders.heard_wrong(key, values["heard"])
            sheet.form.fault("heard", wrong)
            return not wrong and self._context.do(
                lambda: self._senders.confirm(values["name"], key, values["heard"], values["unit"])
            )

        sheet = FormSheet(
            f"Xác nhận {name}",
            "Xác nhận nơi gửi",
            self._context.theme,
            self,
            keep,
            width=620,
        )
        sheet.form.words(
            f"Gọi {name} theo số điện thoại đã biết từ trước. Nhờ họ mở trang Trao đổi dữ liệu, "
            "thẻ Nơi gửi đã biết, đọc dấu khóa của đơn vị họ: chín nhóm, mỗi nhóm bốn chữ số. Gõ "
            "đúng những gì nghe được; chương trình so với khóa của gói."
        )
        sheet.form.text("heard", "Dấu khóa nghe được", required=True)
        sheet.form.text("name", "Tên nơi gửi", name, required=True)
        sheet.form.choice("unit", "Là đơn vị", self._senders.units(), self.receiving.likely_unit)
        sheet.show_over()
        return sheet

    # ------------------------------------------------------------- a new workspace

    def ask_to_begin(self) -> None:
        """Offers to make the workspace that the package holds, in a folder of its own."""
        held, workspace = self.receiving.held, self._context.session.workspace
        if held is None or workspace is None:
            return
        context = self._context
        beginning = Beginning(
            context.session,
            context.runner,
            context.opening,
            context.preferences,
            workspace.folder.parent,
        )
        beginning.hold(*held)
        BeginSheet(context, self.window(), beginning, self.ask_file)

    # ------------------------------------------------------------- taking in

    def take_in(self) -> None:
        """Takes the package in."""
        self._context.do(lambda: self.receiving.take_in(self._taken))

    def _taken(self) -> None:
        self.refresh()
        if self.receiving.taken is not None:
            self._context.notices.said.emit(self.receiving.taken.sentence)
