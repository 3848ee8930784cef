"""What all pages share: a heading with a sentence of state, one primary button, and refreshing.

A page names the topics that it shows. When one of them changes, ``refresh`` is called: at once
while the page is in sight, else when it comes into sight again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.context import Context
from ui.places import PageId, Place
from ui.topics import ALL, Topic
from ui.widgets.words import button, label


class Page(QWidget):
    """One screen. Subclasses fill ``body`` and implement ``refresh``."""

    id: ClassVar[PageId]
    title: ClassVar[str]
    topics: ClassVar[frozenset[Topic]] = ALL
    needs_year: ClassVar[bool] = True

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.title)
        m = context.theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(m.margin, m.space_2, m.margin, m.space_2)
        whole.setSpacing(m.space_2)
        head = QHBoxLayout()
        head.setSpacing(m.space_2)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.heading = label(self.title, "title")
        words.addWidget(self.heading)
        self.sentence = _Elided()
        words.addWidget(self.sentence)
        head.addLayout(words, 1)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(m.space_2)
        head.addLayout(self._acts)
        self._has_primary = False
        whole.addLayout(head)
        whole.setAlignment(head, Qt.AlignmentFlag.AlignTop)
        self.body = QVBoxLayout()
        self.body.setSpacing(m.space_2)
        whole.addLayout(self.body, 1)
        self._stale: frozenset[Topic] = ALL
        self._leave = context.session.subscribe(self._hear)

    # ------------------------------------------------------------- for subclasses

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Shows the present state; ``topics`` tells what has changed (all at first)."""
        raise NotImplementedError

    def go_to(self, place: Place) -> None:
        """Shows the spot that another page, or the officer, asked for."""

    def put_down(self) -> None:
        """Keeps what is typed and not kept yet: the window closes."""

    def body_holds(self, widget: QWidget) -> bool:
        """Whether a widget stands on this page below the heading."""
        return self.isAncestorOf(widget) and widget not in self._heads()

    def _heads(self) -> set[QWidget | None]:
        return {self._acts.itemAt(at).widget() for at in range(self._acts.count())}  # type: ignore[union-attr]

    def take_focus(self) -> None:
        """Puts the keyboard where the work is: on the first control below the heading."""
        ahead = self._heads()
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            if (
                self.isAncestorOf(widget)
                and widget not in ahead
                and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
                and widget.isVisibleTo(self)
                and widget.isEnabled()
            ):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            widget = widget.nextInFocusChain()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def primary(self, text: str, act: Callable[[], object], picture: str = "") -> QPushButton:
        """The one primary button: the next thing to do here."""
        made = button(text, act, kind="primary", picture=picture)
        self._acts.addWidget(made)
        self._has_primary = True
        return made

    def secondary(
        self, text: str, act: Callable[[], object] | None = None, picture: str = ""
    ) -> QPushButton:
        """A quiet button left of the primary one."""
        made = button(text, act, kind="quiet", picture=picture)
        self._acts.insertWidget(self._acts.count() - self._has_primary, made)
        return made

    def say(self, sentence: str) -> None:
        """The one sentence of state under the title."""
        self.sentence.setText(sentence)

    # ------------------------------------------------------------- refreshing

    def _hear(self, topics: frozenset[Topic]) -> None:
        wanted = topics & self.topics
        if not wanted:
            return
        self._stale |= wanted
        if self.isVisible():
            self.bring_up_to_date()

    def bring_up_to_date(self) -> None:
        """Refreshes what is stale."""
        if self._stale and (self.context.session.seat is not None or not self.needs_year):
            topics, self._stale = self._stale, frozenset()
            self.refresh(topics)

    def leave(self) -> None:
        """The page is thrown away: it hears of nothing any more."""
        self._leave()


class _Elided(QLabel):
    """A sentence on one line, cut with an ellipsis where there is no room; whole in the tip."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._whole = ""

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """The whole sentence."""
        self._whole = text
        self._fit()

    def whole_text(self) -> str:
        """The sentence without the ellipsis."""
        return self._whole

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Cuts anew."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        room = max(0, self.width())
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        super().setText(cut)
        self.setToolTip(self._whole if cut != self._whole else "")
        self.setAccessibleName(self._whole)
