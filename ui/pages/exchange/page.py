"""The page Trao đổi dữ liệu: packages out and in, known senders, the register."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton

from ui.context import Context
from ui.flows.own_key import OwnKey
from ui.page import Page
from ui.pages.exchange.presenter.answering import Answering
from ui.pages.exchange.presenter.receiving import Receiving
from ui.pages.exchange.presenter.register import Register
from ui.pages.exchange.presenter.senders import Senders
from ui.pages.exchange.presenter.sending import Sending
from ui.pages.exchange.presenter.steps import Next
from ui.pages.exchange.receive_tab import ReceiveTab
from ui.pages.exchange.register_tab import RegisterTab
from ui.pages.exchange.send_tab import SendTab
from ui.pages.exchange.senders_tab import SendersTab
from ui.places import PageId, Place
from ui.topics import Topic
from ui.widgets.tabs import Tabs

_SEND, _RECEIVE, _SENDERS, _REGISTER = range(4)
_TABS: Final = {"gui": _SEND, "nhan": _RECEIVE, "noi-gui": _SENDERS, "so-goi": _REGISTER}
_TOPICS: Final = frozenset(Topic) - {Topic.RESULT}


class ExchangePage(Page):
    """The page Trao đổi dữ liệu. ``Place.topic``: ``gui``, ``nhan``, ``noi-gui``, ``so-goi``."""

    id = PageId.EXCHANGE
    title = "Trao đổi dữ liệu"
    topics = _TOPICS

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        session, runner, preferences = context.session, context.runner, context.preferences
        self.key = OwnKey(runner, preferences)
        self.key.told = self._show
        senders = Senders(session)
        sending = Sending(session, runner, preferences, self.key)
        self.send = SendTab(context, sending, senders, self._say)
        answering = Answering(session, runner, preferences, self.key)
        receiving = Receiving(session, runner, self.key, answering)
        self.receive = ReceiveTab(context, receiving, senders, self._say)
        self.senders = SendersTab(context, self.key, senders)
        self.register = RegisterTab(context, Register(session))
        self.setAcceptDrops(True)
        self._verbs: tuple[QPushButton, ...] = (
            self.primary("Xem gói rồi gửi…", self.send.act, "send"),
            self.primary("Chọn gói…", self.receive.act, "arrow-down-to-line"),
        )
        self.tabs = Tabs("Việc với gói dữ liệu")
        self.tabs.setObjectName("exchangeTabs")
        self.tabs.addTab(self.send, "Gửi")
        self.tabs.addTab(self.receive, "Nhận")
        self.tabs.addTab(self.senders, "Nơi gửi đã biết")
        self.tabs.addTab(self.register, "Sổ gói")
        self.tabs.currentChanged.connect(self._say)
        self.body.addWidget(self.tabs, 1)

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the present state; a package in sight is held against the changed book."""
        self.receive.book_changed()
        self._show()

    def _show(self) -> None:
        self.send.refresh()
        self.senders.refresh()
        self.register.refresh()
        self._say()

    def go_to(self, place: Place) -> None:
        """Shows the part that was asked for."""
        if place.topic in _TABS:
            self.tabs.setCurrentIndex(_TABS[place.topic])

    def _say(self) -> None:
        if not hasattr(self, "tabs"):
            return
        at = self.tabs.currentIndex()
        for tab, verb in enumerate(self._verbs):
            verb.setVisible(tab == at)
        self._verbs[_SEND].setEnabled(not self.send.sending.refusal)
        receiving = self.receive.receiving
        receive = self._verbs[_RECEIVE]
        receive.setText(receiving.verb)
        receive.setAccessibleName(receiving.verb)
        receive.setVisible(at == _RECEIVE and receiving.next is not Next.NOTHING)
        receive.setEnabled(not receiving.refusal)
        parts = (self.send.sending, receiving, self.senders.senders, self.register.register)
        self.say(parts[at].sentence())

    # ------------------------------------------------------------- plain acts

    def look_at(self, file: Path) -> None:
        """Looks at a package that came."""
        self.tabs.setCurrentIndex(_RECEIVE)
        self.receive.look_at(file)

    # ------------------------------------------------------------- drag and drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """A package or a filled form may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Looks at what was dropped; one package at a time."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.look_at(files[0])
