"""The form of a way of scoring as widgets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ui.pages.criteria.choice import Choice
from ui.pages.criteria.method_form import Fault, Field, FieldKind, MethodForm, matters
from ui.pages.criteria.range_words import PARAMETER
from ui.pages.criteria.rows_editor import RowsEditor
from ui.theme.tokens import Theme, Tone
from ui.widgets.words import label, set_tone

_CHOSEN = (FieldKind.CHOICE, FieldKind.YES_NO)


class FormView(QWidget):
    """The fields of one form; values are those of ``method_form``. ``changed`` tells a change."""

    changed = Signal()

    def __init__(
        self,
        form: MethodForm,
        values: Mapping[str, Any],
        parameters: Mapping[str, str],
        theme: Theme,
        *,
        editable: bool,
    ) -> None:
        super().__init__()
        self.form = form
        self._values: dict[str, Any] = dict(values)
        self._parameters = parameters
        self._theme = theme
        self._editable = editable
        self._shown: dict[str, tuple[QWidget, ...]] = {}
        self.editors: dict[str, QWidget] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.measures.space_2)
        grid.setVerticalSpacing(theme.measures.space_1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for field in form.fields:
            self._lay(field, grid)
        self._show_what_matters()

    def _lay(self, field: Field, grid: QGridLayout) -> None:
        at = grid.rowCount()
        unit = f" ({field.unit})" if field.unit else ""
        name = label(field.title + unit, wrap=True)
        name.setToolTip(field.hint)
        editor = self._editor(field)
        editor.setEnabled(self._editable or field.kind is FieldKind.ROWS)
        name.setBuddy(editor)
        self.editors[field.name] = editor
        shown: list[QWidget] = [name, editor]
        if field.kind is FieldKind.ROWS:
            grid.addWidget(name, at, 0, 1, 2)
            grid.addWidget(editor, at + 1, 0, 1, 2)
        else:
            grid.addWidget(name, at, 0)
            grid.addWidget(editor, at, 1)
        if field.hint and field.kind in (FieldKind.ROWS, FieldKind.RANGE):
            hint = label(field.hint, "small", wrap=True)
            grid.addWidget(hint, at + 2, 0, 1, 2)
            shown.append(hint)
        self._shown[field.name] = tuple(shown)

    def _editor(self, field: Field) -> QWidget:
        value = self._values.get(field.name)
        if field.kind is FieldKind.ROWS:
            rows = RowsEditor(field, self._theme, editable=self._editable)
            rows.fill(value if isinstance(value, list) else [])
            rows.changed.connect(lambda: self._set(field.name, rows.rows()))
            return rows
        if field.kind in _CHOSEN:
            choices = list(field.choices)
            if not field.required and not field.default:
                choices.insert(0, ("", "Không đặt"))
            choice = Choice(field.title, choices)
            choice.setToolTip(field.hint)
            token = str(value if value is not None else field.default)
            choice.choose(token, self._pointed(token))
            choice.currentIndexChanged.connect(lambda _at: self._set(field.name, choice.token))
            return choice
        line = QLineEdit(str(value or ""))
        line.setAccessibleName(field.title)
        line.setAccessibleDescription(field.hint)
        line.setToolTip(self._pointed(line.text()) or field.hint)
        line.setPlaceholderText(f"mặc định {field.default}" if field.default else "")
        line.setCursorPosition(0)
        line.textEdited.connect(lambda text: self._set(field.name, text))
        return line

    def _pointed(self, token: str) -> str:
        """What a pointer to a parameter of the text means."""
        if not token.startswith(f"{PARAMETER} "):
            return ""
        title = self._parameters.get(token.removeprefix(f"{PARAMETER} "), "")
        return f"Theo điều để ngỏ {token.removeprefix(PARAMETER).strip()}: {title}"

    def _set(self, name: str, value: Any) -> None:
        if isinstance(value, str) and not value.strip():
            self._values.pop(name, None)
        else:
            self._values[name] = value
        self._show_what_matters()
        self.changed.emit()

    def _show_what_matters(self) -> None:
        for field in self.form.fields:
            visible = matters(self.form, field, self._values)
            for widget in self._shown[field.name]:
                widget.setVisible(visible)

    @property
    def values(self) -> dict[str, Any]:
        """What is set now."""
        return dict(self._values)

    def mark(self, faults: tuple[Fault, ...]) -> None:
        """Frames the fields that cannot be read."""
        wrong = {fault.field: fault.message for fault in faults}
        for name, editor in self.editors.items():
            if isinstance(editor, QLineEdit):
                set_tone(editor, Tone.ERROR if name in wrong else Tone.NEUTRAL)
