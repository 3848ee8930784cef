"""Forms: labelled fields one under another, each with its own gentle checks.

Add fields by a key (``text``, ``number``, ``date``, ``choice``, ``tick``), with ``words`` between
them; ask for ``values()``: what was typed by key, or ``None`` after faults were written beside
their fields. ``FormSheet`` is a form in a sheet, with one button that names the act.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme.tokens import Theme, Tone
from ui.widgets.sheet import Sheet
from ui.widgets.typed import FieldError, as_typed, read_day, read_figure
from ui.widgets.words import button, label

Editor = QLineEdit | QPlainTextEdit | QComboBox | QCheckBox | QPushButton
Read = Callable[[], Any]
_DAY_HINT: Final = "ngày/tháng/năm"
_SHORT: Final = 160


@dataclass(slots=True)
class _Field:
    name: QLabel
    editor: Editor
    under: QLabel
    hint: str
    read: Read


class Form(QWidget):
    """Labelled fields; ``changed`` tells that something was typed or chosen."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "content")
        self._theme = theme
        self._fields: dict[str, _Field] = {}
        m = theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, m.space_1, 0)
        self._grid = QGridLayout()
        whole.addLayout(self._grid)
        whole.addStretch(1)
        self._grid.setHorizontalSpacing(m.space_3)
        self._grid.setVerticalSpacing(m.space_1)
        self._grid.setColumnMinimumWidth(0, m.panel // 2)
        self._grid.setColumnStretch(1, 1)

    # ------------------------------------------------------------- fields

    def text(
        self,
        key: str,
        title: str,
        value: str = "",
        *,
        required: bool = False,
        hint: str = "",
        lines: int = 1,
    ) -> Editor:
        """Words; with ``lines`` above 1 they may have several lines."""
        if lines > 1:
            area = QPlainTextEdit(value)
            area.setTabChangesFocus(True)
            area.setFixedHeight(lines * self._theme.measures.space_6 + self._theme.measures.space_2)
            area.textChanged.connect(self.changed)
            return self._add(
                key, title, area, hint, lambda: _needed(area.toPlainText(), title, required)
            )
        line = self._line(value)
        return self._add(key, title, line, hint, lambda: _needed(line.text(), title, required))

    def number(
        self,
        key: str,
        title: str,
        value: Fraction | int | None = None,
        *,
        required: bool = False,
        whole: bool = False,
        least: int | None = None,
        hint: str = "",
    ) -> Editor:
        """A number as officers write it; read as an exact ``Fraction``, ``None`` where empty."""
        line = self._line("" if value is None else as_typed(Fraction(value)))
        line.setFixedWidth(_SHORT)

        def read() -> Fraction | None:
            typed = _needed(line.text(), title, required)
            return read_figure(typed, whole=whole, least=least) if typed else None

        return self._add(key, title, line, hint, read)

    def date(
        self,
        key: str,
        title: str,
        value: dt.date | None = None,
        *,
        required: bool = False,
        first: dt.date | None = None,
        last: dt.date | None = None,
        hint: str = "",
    ) -> Editor:
        """A day typed as 20/12/2026, between two days where they are given."""
        line = self._line("" if value is None else f"{value:%d/%m/%Y}")
        line.setPlaceholderText(_DAY_HINT)
        line.setFixedWidth(_SHORT)

        def read() -> dt.date | None:
            typed = _needed(line.text(), title, required)
            return read_day(typed, first, last) if typed else None

        return self._add(key, title, line, hint, read)

    def choice(
        self,
        key: str,
        title: str,
        options: Sequence[tuple[str, str]],
        value: str | None = None,
        *,
        hint: str = "",
    ) -> Editor:
        """One of several: pairs of what is answered and the words that are shown."""
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for at, (answer, words) in enumerate(options):
            box.addItem(words, answer)
            box.setItemData(at, words, Qt.ItemDataRole.ToolTipRole)
        at = box.findData(value) if value is not None else 0
        box.setCurrentIndex(max(at, 0))
        box.currentIndexChanged.connect(lambda _at: self.changed.emit())
        return self._add(key, title, box, hint, box.currentData)

    def tick(self, key: str, title: str, value: bool = False, *, hint: str = "") -> Editor:
        """Yes or no; the title stands beside the box."""
        box = QCheckBox(title)
        box.setChecked(value)
        box.toggled.connect(lambda _on: self.changed.emit())
        return self._add(key, "", box, hint, box.isChecked, name=title)

    def elsewhere(
        self, key: str, title: str, verb: str, ask: Callable[[], object], read: Read
    ) -> Editor:
        """What is chosen in a sheet of its own: a button that opens it; ``hint`` tells the choice.

        ``read`` answers what was chosen, or raises ``FieldError``.
        """
        made = button(verb, ask)
        return self._add(key, title, made, "", read, name=f"{title}: {verb}")

    def words(self, text: str) -> QLabel:
        """A sentence between the fields, across the whole width."""
        made = label(text, "muted", wrap=True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._grid.addWidget(made, self._grid.rowCount(), 0, 1, 2)
        return made

    def told(self, title: str, words: str) -> QLabel:
        """What is known already, among the fields: its title at the left, its words beside."""
        row = self._grid.rowCount()
        name = label(title, "muted", wrap=True)
        made = label(words, wrap=True)
        for part in (name, made):
            part.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            part.setSizePolicy(part.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Minimum)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(made, row, 1)
        return made

    # ------------------------------------------------------------- asking

    def values(self) -> dict[str, Any] | None:
        """What was typed by key; ``None`` where a field has a fault, which is told beside it.

        Fields that are hidden are left out.
        """
        found: dict[str, Any] = {}
        first: Editor | None = None
        for key, field in self._fields.items():
            if field.editor.isHidden():
                continue
            try:
                found[key] = field.read()
                self.fault(key, "")
            except FieldError as fault:
                self.fault(key, str(fault))
                first = first or field.editor
        if first is not None:
            first.setFocus()
            return None
        return found

    def value(self, key: str) -> Any:
        """What one field says now; ``None`` where it cannot be taken."""
        try:
            return self._fields[key].read()
        except FieldError:
            return None

    def fault(self, key: str, words: str) -> None:
        """Writes what is wrong under a field; empty words take it away."""
        field = self._fields[key]
        tone = Tone.ERROR if words else Tone.NEUTRAL
        for widget in (field.editor, field.under):
            if widget.property("tone") != tone.value:
                widget.setProperty("tone", tone.value)
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        field.under.setText(words or field.hint)
        field.under.setVisible(bool(words or field.hint) and not field.editor.isHidden())
        field.editor.setAccessibleDescription(words or field.hint)

    def hint(self, key: str, words: str) -> None:
        """Changes what stands under a field while it has no fault."""
        self._fields[key].hint = words
        self.fault(key, "")

    def show_field(self, key: str, visible: bool) -> None:
        """Shows or hides a field; a hidden one is not asked."""
        field = self._fields[key]
        field.editor.setVisible(visible)
        field.name.setVisible(visible)
        field.under.setVisible(visible and bool(field.under.text()))

    def editor(self, key: str) -> Editor:
        """The widget of a field."""
        return self._fields[key].editor

    # ------------------------------------------------------------- making

    def _line(self, value: str) -> QLineEdit:
        made = QLineEdit(value)
        made.textChanged.connect(lambda _text: self.changed.emit())
        return made

    def _add(
        self, key: str, title: str, editor: Editor, hint: str, read: Read, *, name: str = ""
    ) -> Editor:
        editor.setAccessibleName(name or title)
        row = self._grid.rowCount()
        words = label(title, wrap=True)
        words.setMinimumHeight(self._theme.measures.control)
        words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(editor, row, 1, _side(editor))
        under = label(hint, "small", wrap=True)
        under.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._grid.addWidget(under, row + 1, 1)  # first: alone it would be a window of its own
        under.setVisible(bool(hint))
        self._fields[key] = _Field(words, editor, under, hint, read)
        if isinstance(editor, QLineEdit):
            editor.editingFinished.connect(lambda: self._look_at(key))
        return editor

    def _look_at(self, key: str) -> None:
        """Checks a field that was left; an empty one is asked for only at the end."""
        field = self._fields[key]
        if isinstance(field.editor, QLineEdit) and not field.editor.text().strip():
            self.fault(key, "")
            return
        try:
            field.read()
            self.fault(key, "")
        except FieldError as fault:
            self.fault(key, str(fault))


def _side(editor: Editor) -> Qt.AlignmentFlag:
    """Short fields stand at the left of their column; they do not make the form narrow."""
    short = editor.maximumWidth() == _SHORT or isinstance(editor, QPushButton)
    return Qt.AlignmentFlag.AlignLeft if short else Qt.AlignmentFlag(0)


class FormSheet(Sheet):
    """A form in a sheet. ``act`` takes the values and answers whether the sheet may close.

    ``above`` stands over the form; ``beside`` are further buttons, left of the way out.
    """

    def __init__(
        self,
        title: str,
        verb: str,
        theme: Theme,
        parent: QWidget,
        act: Callable[[dict[str, Any]], bool],
        *,
        width: int = 560,
        above: QWidget | None = None,
        beside: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> None:
        super().__init__(title, parent, width=width)
        self.form = Form(theme)
        self._act = act
        if above is not None:
            self.body.addWidget(above)
        self.body.addWidget(_Scroll(self.form), 1)
        self.beside: list[QPushButton] = []
        for at, (words, further) in enumerate(beside):
            made = button(words, further)
            self.buttons.insertWidget(at, made)
            self.beside.append(made)
        self.way_out: QPushButton = self.add_button("Thôi", role="close")
        self.verb: QPushButton = self.add_button(verb, primary=True)
        self.verb.clicked.connect(self._done)

    def _done(self) -> None:
        values = self.form.values()
        if values is not None and self._act(values):
            self.accept()


class _Scroll(QScrollArea):
    """As high as its form where there is room, else it scrolls."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form
        self.setWidget(form)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The form's size."""
        form = self._form
        width = max(form.sizeHint().width(), self.width())
        layout = form.layout()
        height = (
            layout.totalHeightForWidth(width)
            if layout is not None and layout.hasHeightForWidth()
            else form.sizeHint().height()
        )
        return QSize(width, max(height, form.minimumSizeHint().height()) + 4)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It may become low: it scrolls."""
        return QSize(self._form.minimumSizeHint().width(), 96)


def _needed(typed: str, title: str, required: bool) -> str:
    text = typed.strip()
    if required and not text:
        raise FieldError(f"Cần ghi {title[:1].lower()}{title[1:]}.")
    return text
