"""Choosing and setting a way of scoring, with its form and a live trial."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ground.findings import UserError
from app.rules.document import Tree, read_method_in
from ui.pages.criteria.choice import Choice
from ui.pages.criteria.form_view import FormView
from ui.pages.criteria.method_form import filled, method_forms, method_of
from ui.pages.criteria.trial_presenter import TrialPresenter
from ui.pages.criteria.trial_view import TrialView
from ui.theme.tokens import Theme, Tone
from ui.widgets.words import label, line


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A form that was left before it was taken over; ``before`` is what the table said."""

    before: Mapping[str, Any]
    kind: str
    values: Mapping[str, Any]


class MethodEditor(QWidget):
    """``changed`` tells that the form stands otherwise; ``method`` gives what it says."""

    changed = Signal()

    def __init__(
        self,
        tree: Tree,
        row: Mapping[str, Any],
        theme: Theme,
        *,
        editable: bool,
        parameters: Mapping[str, str] | None = None,
        choices: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__()
        self._tree, self._row, self._theme = tree, row, theme
        self._editable = editable
        self._parameters = parameters or {}
        self._choices = choices
        self._before: Mapping[str, Any] = row["method"]
        self._kept: dict[str, dict[str, Any]] = {str(self._before["kind"]): filled(self._before)}
        m = theme.measures
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(m.space_2)
        self.kinds = Choice(
            "Cách chấm", [(kind, form.title) for kind, form in method_forms().items()]
        )
        self.kinds.choose(str(self._before["kind"]))
        self.kinds.setEnabled(editable)
        lines.addWidget(self.kinds)
        self._explained = label("", "muted", wrap=True)
        lines.addWidget(self._explained)
        self._form_place = QVBoxLayout()
        lines.addLayout(self._form_place)
        self._faults = label("", tone=Tone.ERROR, wrap=True)
        lines.addWidget(self._faults)
        lines.addWidget(line())
        lines.addWidget(label("Tính thử", "strong"))
        self.trial = TrialView(TrialPresenter(), theme)
        lines.addWidget(self.trial)
        self.form: FormView | None = None
        self.kinds.currentIndexChanged.connect(lambda _at: self._take_kind())
        self._lay_form()

    # ------------------------------------------------------------- reading

    @property
    def method(self) -> dict[str, Any] | None:
        """The way of scoring that the form says, or ``None`` while something is missing."""
        method, faults = self._read()
        return None if faults else method

    @property
    def is_changed(self) -> bool:
        """Whether the form says something else than the table."""
        return self._read()[0] != self._before

    def _read(self) -> tuple[dict[str, Any], tuple[str, ...]]:
        assert self.form is not None
        method, faults = method_of(self.kinds.token, self.form.values)
        if faults:
            return method, tuple(fault.message for fault in faults)
        read, findings = read_method_in(self._tree, method, "Cách chấm", self._choices)
        if read is None:
            return method, tuple(f"{f.message} {f.remedy}".strip() for f in findings)
        return method, ()

    def take_row(self, **changes: Any) -> None:
        """The row is another in these keys; the trial follows."""
        self._row = {**self._row, **changes}
        self._try()

    # ------------------------------------------------------------- unfinished forms

    @property
    def unfinished(self) -> Unfinished | None:
        """What was typed and not taken over yet."""
        assert self.form is not None
        if not self.is_changed:
            return None
        return Unfinished(self._before, self.kinds.token, self.form.values)

    def resume(self, left: Unfinished) -> None:
        """Goes on with what was typed before, as long as the table says the same as then."""
        if left.before == self._before:
            self._kept[left.kind] = dict(left.values)
            if self.kinds.token == left.kind:
                self._lay_form()
            self.kinds.choose(left.kind)

    # ------------------------------------------------------------- showing

    def _take_kind(self) -> None:
        assert self.form is not None
        if self.form.form.kind != self.kinds.token:
            self._kept[self.form.form.kind] = self.form.values
        self._lay_form()
        self.changed.emit()

    def _lay_form(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        form = method_forms()[self.kinds.token]
        self._explained.setText(form.explanation)
        values = self._kept.get(form.kind, {})
        self.form = FormView(form, values, self._parameters, self._theme, editable=self._editable)
        self.form.changed.connect(self._tell)
        self._form_place.addWidget(self.form)
        self._try()

    def _tell(self) -> None:
        self._try()
        self.changed.emit()

    def _try(self) -> None:
        assert self.form is not None
        method, faults = self._read()
        self.form.mark(method_of(self.kinds.token, self.form.values)[1])
        self._faults.setText("\n".join(faults))
        self._faults.setVisible(bool(faults))
        if faults:
            self.trial.presenter.refuse("Ghi đủ cách chấm ở trên rồi tính thử.")
        else:
            row = {**self._row, "method": method}
            try:
                self.trial.presenter.take(self._tree, row, self._choices)
            except UserError as fault:
                self.trial.presenter.refuse(fault.findings[0].message)
        self.trial.refresh()
