"""The wizard "cụm mới từ khung điểm": the steps at the left, one at a time at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.flows.new_cluster import NewCluster
from ui.flows.steps import Fault, Step
from ui.pages.start.steps.frame import FrameStep
from ui.pages.start.steps.place import PlaceStep
from ui.pages.start.steps.step import StepView
from ui.pages.start.steps.table import TableStep
from ui.pages.start.steps.units import UnitsStep
from ui.pages.start.steps.year import YearStep
from ui.theme.icons import icon
from ui.theme.tokens import Theme, Tone
from ui.widgets.scrolling import Scrolling
from ui.widgets.words import button, label, tone_icon


class Wizard(QWidget):
    """``moved`` tells that another step is shown, ``left`` that the officer gives up, ``finished``
    that everything was said and the workspace is to be made.
    """

    moved = Signal()
    left = Signal()
    finished = Signal()

    def __init__(
        self,
        theme: Theme,
        draft: NewCluster,
        *,
        browse_frame: Callable[[], object],
        browse_place: Callable[[], object],
    ) -> None:
        super().__init__()
        self._theme = theme
        self.draft = draft
        m = theme.measures
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(m.space_4)
        rail = QVBoxLayout()
        rail.setSpacing(m.space_1)
        self.rail = [
            button(f"{step + 1}. {step.title}", partial(self._to, step), kind="step")
            for step in Step
        ]
        for made in self.rail:
            made.setCheckable(True)
            rail.addWidget(made)
        rail.addStretch(1)
        whole.addLayout(rail)
        right = QVBoxLayout()
        right.setSpacing(m.space_2)
        self.frames = FrameStep(theme, draft, browse_frame)
        self.units = UnitsStep(theme, draft)
        self.year = YearStep(theme, draft)
        self.table = TableStep(theme, draft)
        self.place = PlaceStep(theme, draft, browse_place)
        self.steps: Sequence[StepView] = (
            self.frames,
            self.units,
            self.year,
            self.table,
            self.place,
        )
        self.stack = QStackedWidget()
        for view in self.steps:
            view.changed.connect(self._typed)
            self.stack.addWidget(view)
        right.addWidget(self.stack, 1)
        self.faults = _Faults(theme)
        right.addWidget(self.faults)
        right.addLayout(self._buttons())
        whole.addLayout(right, 1)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._ahead)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.measures.space_2)
        self.give_up = button("Thôi, không lập nữa", self.left.emit, kind="quiet", picture="x")
        self.back = button("Quay lại", self._back, picture="arrow-left")
        self.next = button("Tiếp tục", self._ahead, kind="primary", picture="arrow-right")
        row.addWidget(self.give_up)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        return row

    # ------------------------------------------------------------- moving

    def show_step(self) -> None:
        """Shows the step at which the draft stands."""
        step = self.draft.step
        view = self.steps[step]
        view.show_draft()
        self.stack.setCurrentWidget(view)
        palette = self._theme.palette
        for made, which in zip(self.rail, Step, strict=True):
            done = which < step
            made.setChecked(which is step)
            colour = palette.good if done else palette.accent if which is step else palette.muted
            name = "circle-check" if done else "circle-dot" if which is step else "circle"
            made.setIcon(icon(name, colour))
        self.back.setEnabled(step > Step.FRAME)
        last = step is Step.PLACE
        text = "Lập sổ làm việc" if last else f"Tiếp tục: {Step(step + 1).title}"
        self.next.setText(text)
        self.next.setAccessibleName(text)
        self.faults.show_faults(())
        view.focus_first()
        self.moved.emit()

    def _to(self, step: Step) -> None:
        faults = self.draft.to(step)
        self.show_step()
        self.faults.show_faults(faults)

    def _back(self) -> None:
        self.draft.back()
        self.show_step()

    def _ahead(self) -> None:
        if self.draft.step is Step.PLACE:
            faults = self.draft.all_faults
            self.faults.show_faults(faults)
            if not faults:
                self.finished.emit()
            return
        faults = self.draft.ahead()
        if faults:
            self.faults.show_faults(faults)
        else:
            self.show_step()

    def _typed(self) -> None:
        """While faults are told they are told anew with every change."""
        if self.faults.isVisible():
            last = self.draft.step is Step.PLACE
            draft = self.draft
            self.faults.show_faults(draft.all_faults if last else draft.faults(draft.step))


class _Faults(QFrame):
    """Everything that keeps a step from being left, or nothing; it scrolls where that is much."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "notice")
        self.setProperty("tone", Tone.ERROR.value)
        m = theme.measures
        row = QHBoxLayout(self)
        row.setContentsMargins(m.space_3, m.space_2, m.space_1, m.space_2)
        row.setSpacing(m.space_2)
        row.addWidget(tone_icon(Tone.ERROR, theme), 0, Qt.AlignmentFlag.AlignTop)
        self._list = Scrolling(QWidget(), "Điều cần sửa trước khi sang bước sau")
        row.addWidget(self._list, 1)
        self.hide()
        self.told: tuple[Fault, ...] = ()

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Tells these faults in place of others."""
        self.told = tuple(faults)
        self.setVisible(bool(faults))
        inner = QWidget()
        inner.setProperty("kind", "content")
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(self._theme.measures.space_1)
        for fault in faults:
            words = label(f"{fault.place}: {fault.message} {fault.remedy}".strip(), wrap=True)
            words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            lines.addWidget(words)
        lines.addStretch(1)
        self._list.setWidget(inner)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As high as its words need at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        inner = self._list.widget()
        layout = inner.layout() if inner is not None else None
        m = self._theme.measures
        if layout is not None:
            room = max(self.width() - m.icon - m.space_8 - m.space_3, m.panel)
            needed = max(layout.totalHeightForWidth(room), m.icon)
            self.setFixedHeight(min(needed, m.row * 3) + 2 * m.space_2 + m.space_1)
