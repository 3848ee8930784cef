"""The part "Xuất kết quả": which papers, into which folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.operations.workspace.handing_out import Paper
from ui.context import Context
from ui.pages.forms.opening import open_folder
from ui.pages.forms.presenter.handing_out import OFFERS, HandingOut
from ui.pages.forms.presenter.sending import only_stands_in_the_way
from ui.theme.tokens import Tone
from ui.widgets.files import ask_folder
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.scrolling import Scrolling
from ui.widgets.words import card, label


class ResultsTab(QWidget):
    """Chooses and writes papers; ``changed`` is called when what would be written changed."""

    def __init__(
        self, context: Context, handing_out: HandingOut, changed: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setObjectName("resultsTab")
        self._context, self.handing_out, self._changed = context, handing_out, changed
        self._folder = Path.home()
        m = context.theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        self.notice = NoticeBar(context.theme, Tone.GOOD)
        self.notice.act("Mở thư mục", self._open, picture="folder-open")
        whole.addWidget(self.notice)
        self.state = NoticeBar(context.theme, Tone.WAITING)
        whole.addWidget(self.state)
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, m.space_1, 0)
        lines.setSpacing(m.space_2)
        self.boxes: dict[Paper, QCheckBox] = {}
        for offer in OFFERS:
            lines.addWidget(self._offer(offer.paper, offer.title, offer.words))
        lines.addStretch(1)
        whole.addWidget(Scrolling(inner, "Các loại văn bản"), 1)

    def _offer(self, paper: Paper, title: str, words: str) -> QFrame:
        m = self._context.theme.measures
        frame = card()
        row = QHBoxLayout(frame)
        row.setContentsMargins(m.space_3, m.space_2, m.space_3, m.space_2)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        box = QCheckBox(title)
        box.setObjectName(f"paper-{paper.value}")
        box.setAccessibleName(title)
        box.setAccessibleDescription(words)
        box.setChecked(paper in self.handing_out.chosen)
        box.toggled.connect(partial(self._choose, paper))
        self.boxes[paper] = box
        texts.addWidget(box)
        about = label(words, "muted", wrap=True)
        about.setContentsMargins(m.space_6, 0, 0, 0)
        texts.addWidget(about)
        row.addLayout(texts, 1)
        return frame

    def refresh(self) -> None:
        """Shows whether there is a result, and what was written."""
        handing_out = self.handing_out
        for box in self.boxes.values():
            box.setEnabled(not handing_out.refusal)
        why = handing_out.provisional
        listed = "; ".join(reason.rstrip(".") for reason in why[:3])
        more = f"; và {len(why) - 3} lý do khác" if len(why) > 3 else ""
        self.state.say(f"Kết quả còn tạm tính: {listed}{more}." if why else "")
        self.notice.say(handing_out.told)
        self._changed()

    def act(self) -> None:
        """Asks for the folder and writes."""
        ask_folder(
            self, "Thư mục để ghi văn bản", "Ghi vào thư mục này", self._folder, self.write_to
        )

    def write_to(self, folder: Path, *, overwrite: bool = False) -> None:
        """Writes the chosen papers into a folder; asks before a file is written over."""
        self._folder = folder

        def failed(fault: Exception) -> None:
            if only_stands_in_the_way(fault):
                self._ask_overwrite(folder)
            else:
                self._context.notices.fault(fault)

        self._context.do(
            lambda: self.handing_out.write(folder, self._written, failed, overwrite=overwrite)
        )

    def _ask_overwrite(self, folder: Path) -> None:
        self._context.notices.ask(
            "Ghi đè văn bản đã có?",
            f"Trong thư mục “{folder.name}” đã có văn bản cùng tên. Nếu ghi đè, nội dung của các "
            "tệp đó bị thay bằng kết quả hiện nay.",
            "Ghi đè các tệp cùng tên",
            lambda: self.write_to(folder, overwrite=True),
        )

    def _written(self) -> None:
        self.refresh()
        self._context.notices.said.emit(self.handing_out.told)

    def _choose(self, paper: Paper, wanted: bool) -> None:
        self.handing_out.choose(paper, wanted)
        self._changed()

    def _open(self) -> None:
        if self.handing_out.written is not None:
            open_folder(self.handing_out.written[0], self._context.notices)
