"""What an act would bring, read before it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme.tokens import Theme
from ui.widgets.scrolling import Scrolling
from ui.widgets.sheet import Sheet
from ui.widgets.words import label


class ConsequencesSheet(Sheet):
    """The act in one sentence, its consequences below, and the button that does it."""

    def __init__(
        self,
        title: str,
        sentence: str,
        consequences: Sequence[str],
        verb: str,
        theme: Theme,
        parent: QWidget,
        act: Callable[[], object],
    ) -> None:
        super().__init__(title, parent, width=620)
        self.body.addWidget(label(sentence, wrap=True))
        heading = "Nếu ghi thì:" if consequences else "Thứ hạng và khen thưởng không thay đổi."
        self.body.addWidget(label(heading, "strong", wrap=True))
        self.consequences = tuple(consequences)
        if consequences:
            inner = QWidget()
            lines = QVBoxLayout(inner)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(theme.measures.space_1)
            for words in consequences:
                lines.addWidget(label(f"•  {words}", wrap=True))
            lines.addStretch(1)
            listed = Scrolling(inner, "Hệ quả")
            rows = min(len(consequences), 6)
            listed.setMinimumHeight(rows * theme.measures.control)
            self.body.addWidget(listed, 1)
        self.add_button("Thôi", role="close")
        self.verb = self.add_button(verb, primary=True)
        self.verb.clicked.connect(lambda: act())
