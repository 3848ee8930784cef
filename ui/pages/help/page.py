"""The page Trợ giúp: topics at the left, text at the right, words found in all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.context import Context
from ui.models.columns import Column
from ui.page import Page
from ui.pages.help.presenter import Help, slug, target_of
from ui.pages.help.presenter import Topic as HelpTopic
from ui.pages.help.reader import Reader
from ui.places import PageId, Place
from ui.topics import Topic
from ui.widgets.panels import Panels
from ui.widgets.search import SearchBox
from ui.widgets.table import Table

_COLUMNS: Sequence[Column[HelpTopic]] = (Column("Mục", lambda topic: topic.title, stretch=True),)


class HelpPage(Page):
    """Reads the help; F1 on a page comes to its topic, Escape goes back to where one was."""

    id = PageId.HELP
    title = "Trợ giúp"
    topics = frozenset[Topic]()
    needs_year = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.help = Help()
        theme = context.theme
        m = theme.measures
        self.return_to_work = self.secondary("Quay lại", context.back, "arrow-left")
        self.say("Gõ vài chữ để tìm, không cần dấu. Bấm F1 ở trang nào thì mở mục của trang đó.")
        left = QWidget()
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(m.space_2)
        self.search = SearchBox(theme, "Tìm trong trợ giúp")
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self._open_first)
        lines.addWidget(self.search)
        self.list: Table[HelpTopic] = Table("Các mục trợ giúp", _COLUMNS, theme)
        self.list.horizontalHeader().hide()
        self.list.setShowGrid(False)
        self.list.setMinimumSize(m.panel // 2, m.row * 4)
        self.list.show_rows(self.help.topics)
        self.list.chosen.connect(self._chosen)
        lines.addWidget(self.list, 1)
        self.reader = Reader(theme)
        self.reader.setMinimumWidth(m.panel)
        self.reader.anchorClicked.connect(self._follow)
        parts = Panels(
            "help", context.preferences, left, self.reader, shares=(m.panel * 3 // 4, m.panel * 3)
        )
        self.body.addWidget(parts, 1)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._to_search)
        self._shown = ""
        self.open("")

    def refresh(self, topics: frozenset[Topic]) -> None:
        """The help does not depend on the workspace."""

    def go_to(self, place: Place) -> None:
        """Opens the topic that is asked for."""
        if place.topic is not None:
            self.search.clear()
            self.open(place.topic)
        self.list.setFocus()

    # ------------------------------------------------------------- reading

    def open(self, topic: str, heading: str = "") -> None:
        """Shows a topic, at a heading."""
        found = self.help.topic(topic)
        self._shown = found.id
        self.list.choose(lambda row: row.id == found.id)
        self.reader.show_markdown(found.markdown)
        if heading:
            self.reader.show_heading(heading)

    def _chosen(self, topic: HelpTopic | None) -> None:
        if topic is not None and topic.id != self._shown:
            self.open(topic.id)

    def _follow(self, link: QUrl) -> None:
        target = target_of(link.toString())
        if target is None or (target[0] and not self.help.has(target[0])):
            self.context.notices.said.emit("Liên kết này ở ngoài chương trình nên không mở.")
            return
        topic, heading = target
        self.open(topic or self._shown, heading)

    # ------------------------------------------------------------- finding

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _find(self, words: str) -> None:
        if words.strip():
            self._shown = ""
            self.reader.show_markdown(self.help.result(words))
        elif not self._shown:
            current = self.list.current
            self.open(current.id if current is not None else "")

    def _open_first(self) -> None:
        hits = self.help.find(self.search.text())
        if hits:
            self.open(hits[0].topic, slug(hits[0].heading))
            self.reader.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape goes back to the page where one was."""
        if event.key() == Qt.Key.Key_Escape:
            self.context.back()
            return
        super().keyPressEvent(event)
