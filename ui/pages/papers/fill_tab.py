"""The tab Điền: what only the officer knows, field by field, kept by a button or on leaving."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.papers.facts import Field, Key
from ui.pages.papers.presenter import PapersPresenter
from ui.widgets.form import Form
from ui.widgets.scrolling import Scrolling
from ui.widgets.typed import read_day
from ui.widgets.words import button, label

_TALL = 4
_DOTS = "Chỗ nào để trống thì trên giấy có dấu chấm để ghi tay."
_LOCKED = "Sổ đang mở ở chế độ chỉ đọc nên không lưu được nội dung."


class FillTab(QWidget):
    """The form of one paper."""

    def __init__(self, context: Context, presenter: PapersPresenter) -> None:
        super().__init__()
        self._context, self._presenter = context, presenter
        self.form: Form | None = None
        self._key: Key | None = None
        self._fields: tuple[Field, ...] = ()
        self._typed = False
        self._seat = presenter.session.seat
        m = context.theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        self.area = Scrolling(QWidget(), "Nội dung điền vào văn bản")
        whole.addWidget(self.area, 1)
        foot = QHBoxLayout()
        foot.setSpacing(m.space_2)
        self.words = label(_DOTS, "small", wrap=True)
        foot.addWidget(self.words, 1)
        self.save = button("Lưu nội dung", self.keep, picture="save")
        foot.addWidget(self.save)
        whole.addLayout(foot)

    def show_paper(self, key: Key | None) -> None:
        """Shows what a paper asks for; what was typed for the same paper stays."""
        fields = self._presenter.fields(key) if key is not None else ()
        if key == self._key and (self._typed or fields == self._fields):
            return
        self._key, self._fields, self._typed = key, fields, False
        self._seat = self._presenter.session.seat
        form = Form(self._context.theme)
        for field in fields:
            self._add(form, field)
        if not fields:
            form.words("Văn bản này không có chỗ nào phải điền.")
        form.changed.connect(self._changed)
        form.setEnabled(self._presenter.may_write)
        self.form = form
        self.area.setWidget(form)
        self.words.setText(_DOTS if self._presenter.may_write else _LOCKED)
        self.save.setEnabled(False)

    def _add(self, form: Form, field: Field) -> None:
        if field.kind == "day":
            try:
                day = read_day(field.value) if field.value else None
            except ValueError:
                day = None
            form.date(field.name, field.words, day, hint=field.hint)
        else:
            lines = _TALL if field.kind == "text" else 1
            form.text(field.name, field.words, field.value, hint=field.hint, lines=lines)

    def _changed(self) -> None:
        self._typed = True
        self.save.setEnabled(self._presenter.may_write)

    @property
    def typed(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self._typed

    def keep(self) -> bool:
        """Keeps what was typed; whether nothing is left that could be lost."""
        key, form = self._key, self.form
        if not self._typed or key is None or form is None:
            return True
        values: dict[str, Any] | None = form.values()
        if values is None:
            return False
        self._typed = False
        self.save.setEnabled(False)
        if not self._context.do(lambda: self._presenter.fill(key, values, self._seat)):
            self._typed = True
            self.save.setEnabled(True)
            return False
        return True

    def start_over(self) -> None:
        """Another workspace or year is open: keeps what can be kept, and shows nothing."""
        workspace = self._presenter.session.workspace
        if self._seat is not None and self._seat.workspace is workspace:
            self.keep()
        self._key, self._typed = None, False
