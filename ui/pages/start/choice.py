"""A large choice: a picture, a verb, and what it leads to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from ui.theme.icons import pixmap
from ui.theme.tokens import Theme
from ui.widgets.words import label, set_kind


class ChoiceCard(QPushButton):
    """One of the large buttons of the start page; ``grow`` makes it larger still."""

    def __init__(
        self, theme: Theme, picture: str, title: str, words: str, act: Callable[[], object]
    ) -> None:
        super().__init__()
        self._measures = theme.measures
        m = theme.measures
        self.setProperty("kind", "choice")
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setAutoDefault(True)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        drawing = label()
        drawing.setPixmap(pixmap(picture, theme.palette.accent, 32, self.devicePixelRatio()))
        self._whole.addWidget(drawing, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        lines = QVBoxLayout()
        lines.setSpacing(m.space_1)
        self._title = label(title, "strong", wrap=True)
        self._words = label(words, "muted", wrap=True)
        for part in (self._title, self._words):
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            lines.addWidget(part)
        lines.addStretch(1)
        self._whole.addLayout(lines, 1)
        for part in (drawing, self._title, self._words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda: act())
        self.grow(False)

    def grow(self, large: bool) -> None:
        """Large where nothing else is on the page, else flat."""
        m = self._measures
        side = m.space_6 if large else m.space_3
        self._whole.setContentsMargins(m.space_4, side, m.space_4, side)
        self._whole.setSpacing(m.space_3)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._whole.setDirection(down if large else right)
        set_kind(self._title, "section" if large else "strong")
        self.updateGeometry()

    @property
    def fair_width(self) -> int:
        """Wide enough for a few words on a line."""
        return self._measures.panel // 2 + self._measures.space_8 * 2

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as is fair to its words."""
        return QSize(self.fair_width, self.heightForWidth(max(self.width(), self.fair_width)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its words need; narrow only until the choices stand in two rows."""
        width = self._measures.panel // 2
        return QSize(width, self.heightForWidth(max(self.width(), width)))

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """How high its words are at a width."""
        return self._whole.totalHeightForWidth(width)
