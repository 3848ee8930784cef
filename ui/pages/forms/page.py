"""The page Nhập/xuất biểu mẫu: forms out, forms in, and what leaves the house."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton

from ui.context import Context
from ui.page import Page
from ui.pages.forms.presenter.handing_out import HandingOut
from ui.pages.forms.presenter.receiving import Receiving, is_facts
from ui.pages.forms.presenter.sending import Sending
from ui.pages.forms.receive_tab import ReceiveTab
from ui.pages.forms.results_tab import ResultsTab
from ui.pages.forms.send_tab import SendTab
from ui.places import PageId, Place
from ui.topics import Topic
from ui.widgets.tabs import Tabs

_SEND, _RECEIVE, _RESULTS = range(3)
_TOPICS: Final = frozenset(
    {
        Topic.WORKSPACE,
        Topic.YEAR,
        Topic.MEMBERS,
        Topic.TABLE,
        Topic.SCORES,
        Topic.ROUNDS,
        Topic.EVIDENCE,
        Topic.RESULT,
    }
)
_TABS = {"gui": _SEND, "nhan": _RECEIVE, "ket-qua": _RESULTS}


class FormsPage(Page):
    """The page Nhập/xuất biểu mẫu. ``Place.topic``: ``gui``, ``nhan`` or ``ket-qua``."""

    id = PageId.FORMS
    title = "Nhập/xuất biểu mẫu"
    topics = _TOPICS

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        session, runner = context.session, context.runner
        self.send = SendTab(context, Sending(session, runner), self._say)
        self.receive = ReceiveTab(context, Receiving(session, runner), self._say)
        self.results = ResultsTab(context, HandingOut(session, runner), self._say)
        self.setAcceptDrops(True)
        self._verbs: tuple[QPushButton, ...] = (
            self.primary("Xuất phiếu", self.send.act, "send"),
            self.primary("Chọn phiếu…", self.receive.act, "arrow-down-to-line"),
            self.primary("Xuất vào thư mục…", self.results.act, "printer"),
        )
        for verb, name in zip(self._verbs, ("sendForms", "takeIn", "handOut"), strict=True):
            verb.setObjectName(name)
        self.tabs = Tabs("Việc với biểu mẫu")
        self.tabs.setObjectName("formsTabs")
        self.tabs.addTab(self.send, "Gửi biểu mẫu đi")
        self.tabs.addTab(self.receive, "Nhận biểu mẫu về")
        self.tabs.addTab(self.results, "Xuất kết quả")
        self.tabs.currentChanged.connect(self._say)
        self.body.addWidget(self.tabs, 1)

    # ------------------------------------------------------------- showing

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the present state; listed files are held against the changed book."""
        self.send.refresh()
        self.results.refresh()
        if topics - {Topic.RESULT, Topic.WORKSPACE}:
            self.receive.book_changed()
        self._say()

    def go_to(self, place: Place) -> None:
        """Shows the half that was asked for."""
        if place.topic in _TABS:
            self.tabs.setCurrentIndex(_TABS[place.topic])

    def _say(self) -> None:
        if not hasattr(self, "tabs"):
            return
        at = self.tabs.currentIndex()
        for tab, verb in enumerate(self._verbs):
            verb.setVisible(tab == at)
        sending, receiving = self.send.sending, self.receive.receiving
        chosen = sum(row.chosen for row in sending.rows())
        self._name(_SEND, f"Xuất {chosen} phiếu" if chosen else "Xuất phiếu", chosen > 0)
        self._name(_RECEIVE, self.receive.verb, not receiving.refusal)
        handing_out = self.results.handing_out
        can = bool(handing_out.chosen) and not handing_out.refusal
        self._name(_RESULTS, "Xuất vào thư mục…", can)
        self.say((sending, receiving, handing_out)[at].sentence())

    def _name(self, at: int, words: str, enabled: bool) -> None:
        verb = self._verbs[at]
        verb.setText(words)
        verb.setAccessibleName(words)
        verb.setEnabled(enabled)

    # ------------------------------------------------------------- plain acts

    def write_to(self, folder: Path) -> None:
        """Writes the chosen forms into a folder."""
        self.tabs.setCurrentIndex(_SEND)
        self.send.write_to(folder)

    def look_at(self, files: Sequence[Path]) -> None:
        """Looks into forms that came back; a file of facts is offered by itself."""
        self.tabs.setCurrentIndex(_RECEIVE)
        facts = [file for file in files if is_facts(file)]
        forms = [file for file in files if not is_facts(file)]
        if forms:
            self.receive.look_at(forms)
        elif facts and not self.receive.receiving.refusal:
            self.receive.look_at_other(facts[0])

    def take_in(self) -> None:
        """Takes in every listed form without faults."""
        self.receive.take_in()

    def hand_in(self, on: dt.date) -> None:
        """Notes the units whose forms were taken in as having handed in on this day."""
        self.receive.hand_in(on)

    # ------------------------------------------------------------- drag and drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files may be dropped where they can be taken in."""
        if event.mimeData().hasUrls() and not self.receive.receiving.refusal:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Looks into what was dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.look_at(files)
