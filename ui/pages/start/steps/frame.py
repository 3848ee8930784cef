"""Step 1: which rule text, and which kind of cluster."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from ui.flows.frames import Frame
from ui.flows.new_cluster import NewCluster
from ui.pages.start.columns import FRAMES
from ui.pages.start.steps.step import StepView
from ui.theme.tokens import Theme, Tone
from ui.widgets.scrolling import Scrolling
from ui.widgets.table import Table
from ui.widgets.words import button, chip, label


class FrameStep(StepView):
    """A list of frames at the left; at the right what the chosen one is, and its blocks."""

    def __init__(self, theme: Theme, draft: NewCluster, browse: Callable[[], object]) -> None:
        super().__init__(theme, draft)
        m = theme.measures
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(m.space_4)
        left = QVBoxLayout()
        left.setSpacing(m.space_2)
        self.table: Table[Frame] = Table("Khung điểm, bảng tiêu chí", FRAMES, theme)
        self.table.setMinimumSize(m.panel, m.row * 4)
        self.table.chosen.connect(self._choose)
        left.addWidget(self.table, 1)
        self.browse = button("Khung từ tệp khác…", browse, kind="quiet", picture="folder-open")
        line = QHBoxLayout()
        line.addWidget(self.browse)
        line.addStretch(1)
        left.addLayout(line)
        row.addLayout(left, 3)
        self._blocks = QButtonGroup(self)
        self._blocks.idClicked.connect(self._choose_block)
        self.details = Scrolling(QWidget(), "Khung đang chọn")
        self.details.setMinimumWidth(m.panel * 3 // 4)
        row.addWidget(self.details, 2)
        self._frames: tuple[Frame, ...] = ()

    def show_frames(self, frames: Sequence[Frame]) -> None:
        """Lists these frames, with the officer's own file where it is chosen."""
        own = self.draft.frame
        more = () if own is None or any(f.digest == own.digest for f in frames) else (own,)
        self._frames = (*more, *frames)
        self.table.show_rows(self._frames)
        self.show_draft()

    def take_file(self, frame: Frame) -> None:
        """Lists and chooses a frame that was read from a file."""
        rest = tuple(f for f in self._frames if f.digest != frame.digest)
        self._frames = (frame, *rest)
        self.draft.choose_frame(frame)
        self.table.show_rows(self._frames)
        self.show_draft()
        self.changed.emit()

    def show_draft(self) -> None:
        """Shows the chosen frame, or the first."""
        chosen = self.draft.frame
        if chosen is None and self._frames:
            self.draft.choose_frame(self._frames[0])
            chosen = self._frames[0]
        if chosen is not None:
            self.table.choose(lambda frame: frame.digest == chosen.digest)
            self._show_details(chosen)

    def focus_first(self) -> None:
        """The list of frames."""
        self.table.setFocus()

    def _choose(self, frame: Frame | None) -> None:
        if frame is None or (self.draft.frame and frame.digest == self.draft.frame.digest):
            return
        self.draft.choose_frame(frame)
        self._show_details(frame)
        self.changed.emit()

    def _show_details(self, frame: Frame) -> None:
        m = self.theme.measures
        inner = QWidget()
        inner.setProperty("kind", "content")
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, m.space_2, 0)
        lines.setSpacing(m.space_1)
        lines.addWidget(label(frame.title, "strong", wrap=True))
        chips = QHBoxLayout()
        chips.setSpacing(m.space_1)
        for words, tone in _chips(frame):
            chips.addWidget(chip(words, tone))
        chips.addStretch(1)
        lines.addLayout(chips)
        for words in (frame.source, frame.dates, frame.points):
            lines.addWidget(label(words, wrap=True))
        for words in (frame.incomplete, frame.example, frame.note):
            if words:
                lines.addWidget(label(words, "muted", wrap=True))
        if frame.blocks:
            lines.addSpacing(m.space_2)
            lines.addWidget(label("Cụm, khối của mình thuộc loại nào?", "strong", wrap=True))
        for old in self._blocks.buttons():
            self._blocks.removeButton(old)
        for place, block in enumerate(frame.blocks):
            words = block.title if block.served else f"{block.title} (văn bản quy định riêng)"
            lines.addLayout(self._radio(place, words, block.id == self.draft.block))
        lines.addStretch(1)
        self.details.setWidget(inner)

    def _radio(self, place: int, words: str, checked: bool) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self.theme.measures.space_1)
        radio = QRadioButton()
        radio.setAccessibleName(words)
        radio.setChecked(checked)
        self._blocks.addButton(radio, place)
        beside = label(words, wrap=True)
        beside.mousePressEvent = lambda _event: radio.click()  # type: ignore[method-assign]
        line.addWidget(radio)
        line.addWidget(beside, 1)
        return line

    def _choose_block(self, place: int) -> None:
        if self.draft.frame is not None:
            self.draft.block = self.draft.frame.blocks[place].id
            self.changed.emit()


def _chips(frame: Frame) -> list[tuple[str, Tone]]:
    found = [(frame.kind, Tone.WAITING if frame.lecture or frame.incomplete else Tone.INFO)]
    if frame.expired:
        found.append(("Đã hết hiệu lực", Tone.WAITING))
    return found
