"""The tabs of one unit's year: its part in it, and its registration and pledge."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.operations.workspace.permits import shown_figure
from ui.pages.units.facts import Detail, Field, PaperRow, RoleMark
from ui.theme.tokens import Theme, Tone
from ui.widgets.scrolling import Scrolling
from ui.widgets.tabbing import tab_as_laid_out
from ui.widgets.words import button, chip, label, line, set_tone


class YearTab(Scrolling):
    """Roles of the year, the time in which the unit takes part, what the rules ask about it."""

    def __init__(
        self,
        theme: Theme,
        set_role: Callable[[str, bool], bool],
        edit_stay: Callable[[], None],
        edit_notes: Callable[[], None],
    ) -> None:
        inner = QWidget()
        super().__init__(inner, "Đơn vị trong năm")
        m = theme.measures
        self._theme = theme
        self._set_role = set_role
        self._boxes: dict[str, QCheckBox] = {}
        self._lines = lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, m.space_2, m.space_2, m.space_2)
        lines.setSpacing(m.space_2)
        lines.addWidget(label("Vai trò của năm", "strong"))
        self._roles = QVBoxLayout()
        self._roles.setSpacing(0)
        lines.addLayout(self._roles)
        lines.addWidget(line())
        lines.addWidget(label("Thời gian tham gia", "strong"))
        stay = QHBoxLayout()
        self._stay = label("", wrap=True)
        stay.addWidget(self._stay, 1)
        self._edit_stay = button("Sửa thời gian", edit_stay)
        stay.addWidget(self._edit_stay)
        lines.addLayout(stay)
        lines.addWidget(line())
        notes = QHBoxLayout()
        self._notes_title = label("Số liệu mà bảng tiêu chí hỏi về đơn vị", "strong", wrap=True)
        notes.addWidget(self._notes_title, 1)
        self._edit_notes = button("Ghi số liệu", edit_notes)
        notes.addWidget(self._edit_notes)
        lines.addLayout(notes)
        self._notes = QWidget()
        self._grid = QGridLayout(self._notes)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(m.space_3)
        self._grid.setVerticalSpacing(m.space_1)
        self._grid.setColumnStretch(0, 1)
        lines.addWidget(self._notes)
        lines.addStretch(1)

    def show_detail(self, detail: Detail, *, may_write: bool) -> None:
        """Shows this unit."""
        self._show_roles(detail.roles, may_write=may_write and not detail.row.gone)
        self._stay.setText(stay_words(detail))
        self._edit_stay.setVisible(may_write)
        self._edit_notes.setVisible(may_write and bool(detail.notes))
        self._show_notes(detail.notes)

    def _show_roles(self, roles: tuple[RoleMark, ...], *, may_write: bool) -> None:
        if list(self._boxes) != [role.id for role in roles]:
            for old in self._boxes.values():
                self._roles.removeWidget(old)
                old.deleteLater()
            self._boxes = {}
            for role in roles:
                box = QCheckBox()
                box.clicked.connect(lambda on, r=role.id: self._clicked(r, on))
                self._boxes[role.id] = box
                self._roles.addWidget(box)
            tab_as_laid_out(self._lines)
        for role in roles:
            box = self._boxes[role.id]
            held = f" (hiện là {role.holder})" if role.holder else ""
            box.setText(f"{role.words}{held}")
            box.setAccessibleName(box.text())
            box.setChecked(role.held)
            box.setEnabled(may_write)

    def _clicked(self, role: str, on: bool) -> None:
        if not self._set_role(role, on):
            self._boxes[role].setChecked(not on)

    def _show_notes(self, notes: tuple[Field, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, note in enumerate(notes):
            words = QVBoxLayout()
            words.setSpacing(0)
            box = QWidget()
            box.setLayout(words)
            words.setContentsMargins(0, 0, 0, 0)
            words.addWidget(label(note.title, wrap=True))
            if note.used_for:
                words.addWidget(label(f"Dùng để xét: {note.used_for}", "small", wrap=True))
            self._grid.addWidget(box, at, 0)
            known = note.value is not None
            value = chip(
                shown_figure(note.value) if note.value is not None else "chưa ghi",
                Tone.NEUTRAL if known else Tone.WAITING,
            )
            self._grid.addWidget(value, at, 1)
        if not notes:
            words_none = "Bảng tiêu chí của năm không hỏi số liệu nào riêng về đơn vị."
            self._grid.addWidget(label(words_none, "muted", wrap=True), 0, 0, 1, 2)


def stay_words(detail: Detail) -> str:
    """Since when a unit takes part and until when, in words."""
    match detail.joined, detail.left:
        case None, None:
            return "Tham gia cả năm."
        case joined, None:
            return f"Tham gia từ {joined:%d/%m/%Y}."
        case None, left:
            return f"Tham gia đến hết {left:%d/%m/%Y}."
        case joined, left:
            return f"Tham gia từ {joined:%d/%m/%Y} đến hết {left:%d/%m/%Y}."


class PapersTab(Scrolling):
    """The registration and the pledge, each with its days."""

    def __init__(
        self,
        theme: Theme,
        edit: Callable[[PaperRow], None],
        remove: Callable[[PaperRow], None],
    ) -> None:
        inner = QWidget()
        super().__init__(inner, "Đăng ký, giao ước")
        m = theme.measures
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, m.space_2, m.space_2, m.space_2)
        lines.setSpacing(m.space_3)
        self.boxes = tuple(PaperBox(theme, edit, remove) for _ in range(2))
        for box in self.boxes:
            lines.addWidget(box)
        lines.addStretch(1)

    def show_detail(self, detail: Detail, *, may_write: bool) -> None:
        """Shows this unit."""
        for box, paper in zip(self.boxes, detail.papers, strict=True):
            box.show_paper(paper, may_write=may_write)


class PaperBox(QFrame):
    """One paper: received or not, its words, and the buttons to note it."""

    def __init__(
        self,
        theme: Theme,
        edit: Callable[[PaperRow], None],
        remove: Callable[[PaperRow], None],
    ) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        m = theme.measures
        self._paper: PaperRow | None = None
        lines = QVBoxLayout(self)
        lines.setContentsMargins(m.space_3, m.space_2, m.space_3, m.space_2)
        lines.setSpacing(m.space_2)
        head = QHBoxLayout()
        self.title = label("", "strong")
        head.addWidget(self.title)
        head.addStretch(1)
        self.state = chip("")
        head.addWidget(self.state)
        lines.addLayout(head)
        self.words = label("", wrap=True)
        lines.addWidget(self.words)
        acts = QHBoxLayout()
        self.edit = button("Ghi đã nhận", lambda: self._with(edit))
        self.remove = button("Bỏ ghi nhận", lambda: self._with(remove), kind="quiet")
        acts.addWidget(self.edit)
        acts.addWidget(self.remove)
        acts.addStretch(1)
        lines.addLayout(acts)

    def _with(self, act: Callable[[PaperRow], None]) -> None:
        if self._paper is not None:
            act(self._paper)

    def show_paper(self, paper: PaperRow, *, may_write: bool) -> None:
        """Shows this paper."""
        self._paper = paper
        self.title.setText(paper.title)
        self.state.setText("Đã nhận" if paper.kept is not None else "Chưa nhận")
        set_tone(self.state, paper.tone)
        self.words.setText(paper.words if paper.kept is not None else "")
        self.words.setVisible(paper.kept is not None)
        self.edit.setText("Sửa" if paper.kept is not None else "Ghi đã nhận")
        self.edit.setAccessibleName(f"{self.edit.text()}: {paper.title}")
        self.remove.setAccessibleName(f"Bỏ ghi nhận: {paper.title}")
        self.edit.setVisible(may_write)
        self.remove.setVisible(may_write and paper.kept is not None)
