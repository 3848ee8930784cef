"""The editor over a cell: one line where points are typed, a small form where figures are.

What the value would move is told while it is typed; what was refused stays, with the reason why
beside it; where a later hand says something else its reason is asked for in place.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ui.pages.scores.typed import Form
from ui.theme.tokens import Theme, Tone
from ui.widgets.words import label, set_tone

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GAP = 2


class CellEditor(QObject):
    """Shows itself inside ``home``. ``changed`` tells each keystroke; ``committed`` carries the
    direction to go on to; ``ended`` tells that nothing is edited any more.
    """

    changed = Signal()
    committed = Signal(int, int)
    ended = Signal()

    def __init__(self, home: QWidget, theme: Theme) -> None:
        super().__init__(home)
        self._home = home
        self._theme = theme
        self._form: Form | None = None
        self._over_cell: QLineEdit | None = None
        self._bubble: QFrame | None = None
        self.inputs: dict[str, QLineEdit | QComboBox] = {}
        self.reason = QLineEdit()
        self.message: QLabel = label()
        self.preview: QLabel = label()
        self._reason_title: QLabel = label()
        self._quick = False
        self._touched = False
        self._only_reason = False

    # ------------------------------------------------------------- opening and closing

    @property
    def is_open(self) -> bool:
        """Whether something is edited."""
        return self._bubble is not None

    @property
    def asks_reason_only(self) -> bool:
        """Whether only the reason for what was pasted or set is asked for."""
        return self._only_reason

    def open(self, form: Form, cell: QRect, text: str) -> None:
        """Edits a form at a cell (in ``home``); ``text`` was typed over what stands there."""
        self.close()
        self._form, self._quick, self._only_reason = form, bool(text), False
        self._touched = False
        self._make_bubble(form)
        if form.is_plain:
            line = QLineEdit(self._home)
            line.setProperty("kind", "cell")
            line.setProperty("floats", True)
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.setAccessibleName(form.fields[0].title)
            line.setGeometry(cell)
            line.setText(text or form.fields[0].value)
            self.inputs = {form.fields[0].name: line}
            self._over_cell = line
            line.textEdited.connect(self._edited)
            line.installEventFilter(self)
            line.show()
            if not text:
                line.selectAll()
        self._place(cell)
        first = next(iter(self.inputs.values()))
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if text and not form.is_plain:
            self._type_first(first, text)
        if text:
            self._edited()

    def follow(self, cell: QRect) -> None:
        """The cell is somewhere else now."""
        if self._over_cell is not None:
            self._over_cell.setGeometry(cell)
        self._place(cell)

    def ask_reason(self, cell: QRect, words: str) -> None:
        """Asks only for a reason, for one cell or many."""
        self.close()
        self._form, self._only_reason = Form((), explains=True), True
        self._make_bubble(self._form)
        self._place(cell)
        self.show_reason(words)

    def close(self) -> None:
        """Throws the editor away."""
        bubble, self._bubble = self._bubble, None
        line, self._over_cell = self._over_cell, None
        self._form, self.inputs = None, {}
        for widget in (bubble, line):
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if bubble is not None:
            self.ended.emit()

    def _type_first(self, first: QLineEdit | QComboBox, text: str) -> None:
        if isinstance(first, QLineEdit):
            first.setText(text)
            return
        wanted = text.casefold()
        for at in range(first.count()):
            if first.itemText(at).casefold().startswith(wanted):
                first.setCurrentIndex(at)
                return

    # ------------------------------------------------------------- parts

    def _make_bubble(self, form: Form) -> None:
        m = self._theme.measures
        bubble = QFrame(self._home)
        bubble.setProperty("kind", "bubble")
        bubble.setProperty("floats", True)
        lines = QVBoxLayout(bubble)
        lines.setContentsMargins(m.space_2, m.space_2, m.space_2, m.space_2)
        lines.setSpacing(m.space_1)
        if form.fields and not form.is_plain:
            lines.addLayout(self._fields(form))
        self.message = label("", wrap=True)
        set_tone(self.message, Tone.ERROR)
        self.preview = label("", "small", wrap=True)
        self._reason_title = label("", wrap=True)
        self.reason = QLineEdit(form.reason)
        self.reason.setAccessibleName("Lý do")
        self.reason.setPlaceholderText("Lý do (căn cứ, số liệu đã đối chiếu)")
        self.reason.textEdited.connect(self._edited)
        self.reason.installEventFilter(self)
        for widget in (self.message, self._reason_title, self.reason, self.preview):
            lines.addWidget(widget)
            widget.hide()
        if form.reason:
            self.reason.show()
        self._bubble = bubble

    def _fields(self, form: Form) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.measures.space_2)
        grid.setVerticalSpacing(self._theme.measures.space_1)
        for at, field in enumerate(form.fields):
            title = label(field.title, wrap=True)
            if field.choices:
                box = QComboBox()
                box.addItems(["", *field.choices])
                found = next(
                    (c for c in field.choices if c.casefold() == field.value.casefold()), ""
                )
                if field.value and not found:
                    box.addItem(field.value)
                box.setCurrentText(found or field.value)
                box.currentIndexChanged.connect(self._edited)
                made: QLineEdit | QComboBox = box
            else:
                line = QLineEdit(field.value)
                line.setAlignment(Qt.AlignmentFlag.AlignRight)
                line.textEdited.connect(self._edited)
                made = line
            made.setAccessibleName(field.title)
            made.installEventFilter(self)
            title.setBuddy(made)
            grid.addWidget(title, at, 0)
            grid.addWidget(made, at, 1)
            self.inputs[field.name] = made
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        return grid

    def _place(self, cell: QRect | None = None) -> None:
        """Below the cell where there is room, else above; never outside."""
        bubble = self._bubble
        assert bubble is not None
        if cell is not None:
            self._cell = QRect(cell)
        cell = self._cell
        parts = (self.message, self._reason_title, self.reason, self.preview)
        wanted = bool(self._form and self._form.fields and not self._form.is_plain) or any(
            not part.isHidden() for part in parts
        )
        bubble.setVisible(wanted)
        if not wanted:
            return
        home = self._home.rect().adjusted(4, 4, -4, -4)
        width = min(max(cell.width(), 11 * self._theme.measures.control), home.width())
        layout = bubble.layout()
        assert layout is not None
        layout.activate()
        height = max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
        height = min(height, home.height())
        x = min(max(cell.left(), home.left()), home.right() - width)
        y = cell.bottom() + _GAP
        if y + height > home.bottom():
            y = cell.top() - height - _GAP
        bubble.setGeometry(x, max(y, home.top()), width, height)
        bubble.raise_()
        if self._over_cell is not None:
            self._over_cell.raise_()

    # ------------------------------------------------------------- what stands there

    def values(self) -> dict[str, str]:
        """The texts by field."""
        return {
            name: made.text() if isinstance(made, QLineEdit) else made.currentText()
            for name, made in self.inputs.items()
        }

    def is_unchanged(self) -> bool:
        """Whether nothing was typed; the same value typed again is an answer of this round."""
        return not self._touched and not self._only_reason

    def show_preview(self, words: str) -> None:
        """Says what would move."""
        self.preview.setText(words)
        self.preview.setVisible(bool(words))
        self._place()

    def show_message(self, words: str) -> None:
        """Says why the value was not taken; it stays to be mended."""
        self.message.setText(words)
        self.message.setVisible(bool(words))
        self.preview.setVisible(False)
        for made in self.inputs.values():
            if isinstance(made, QLineEdit):
                set_tone(made, Tone.ERROR if words else Tone.NEUTRAL)
        self._place()

    def show_reason(self, words: str) -> None:
        """Asks for the reason, in place."""
        self._reason_title.setText(words)
        self._reason_title.setVisible(bool(words))
        self.reason.show()
        self._place()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        self._touched = True
        if not self.message.isHidden():
            self.show_message("")
        self.changed.emit()

    # ------------------------------------------------------------- keys

    def take_key(self, event: QKeyEvent) -> bool:
        """A key that came to the grid while the editor is open goes where it belongs."""
        if not self.is_open:
            return False
        holder = self._home.window().focusWidget()
        mine = (*self.inputs.values(), self.reason)
        first: QWidget = next(iter(self.inputs.values()), self.reason)
        QApplication.sendEvent(holder if holder in mine else first, event)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter, Tab, Escape and the arrows as in Excel."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(watched, event)
        if event.type() == QEvent.Type.FocusOut:
            self._focus_left(event)
        return False

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        if key in _ENTER:
            following = self._following(watched)
            control = modifiers & Qt.KeyboardModifier.ControlModifier
            if following is not None and not control:
                _go_to(following)
            else:
                self.committed.emit(-1 if shift else 1, 0)
            return True
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            following = None if key == Qt.Key.Key_Backtab else self._following(watched)
            if following is not None and watched is not self._over_cell:
                _go_to(following)
            elif key == Qt.Key.Key_Backtab and watched is not self._first():
                return False
            else:
                self.committed.emit(0, -1 if key == Qt.Key.Key_Backtab else 1)
            return True
        if watched is self._over_cell:
            return self._arrow(key)
        return False

    def _arrow(self, key: int) -> bool:
        steps = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
        if self._quick:
            steps |= {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
        step = steps.get(Qt.Key(key))
        if step is None:
            return False
        self.committed.emit(*step)
        return True

    def _first(self) -> QWidget | None:
        return next(iter(self.inputs.values()), None)

    def _following(self, watched: QObject) -> QWidget | None:
        """The field after this one."""
        chain: list[QWidget] = list(self.inputs.values())
        if not self.reason.isHidden():
            chain.append(self.reason)
        at = next((i for i, one in enumerate(chain) if one is watched), len(chain))
        return chain[at + 1] if at + 1 < len(chain) else None

    def _focus_left(self, event: QEvent) -> None:
        """A click elsewhere keeps what was typed, as Excel does."""
        reason = event.reason() if hasattr(event, "reason") else None
        if reason is not Qt.FocusReason.MouseFocusReason or not self.is_open:
            return
        holder = QApplication.focusWidget()
        if holder not in (*self.inputs.values(), self.reason) and not self._only_reason:
            self.committed.emit(0, 0)


def _go_to(field: QWidget) -> None:
    """The next field, ready to be typed over."""
    field.setFocus(Qt.FocusReason.TabFocusReason)
    if isinstance(field, QLineEdit):
        field.selectAll()
