"""The sheet of a slot: what the units registered, with registering and taking back."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.criteria.choice import Choice
from ui.pages.criteria.method_editor import MethodEditor
from ui.pages.criteria.own import COLUMNS, OwnPresenter, OwnRow
from ui.pages.criteria.table_view import points_of
from ui.widgets.sheet import Sheet
from ui.widgets.table import Table
from ui.widgets.words import label

_LIST_HEIGHT = 110


class OwnSheet(Sheet):
    """A list, and below it the form of a new criterion."""

    def __init__(self, context: Context, slot: str, parent: QWidget) -> None:
        super().__init__(f"Tiêu chí đơn vị tự đăng ký ở mục {slot}", parent, width=860)
        self._context = context
        self.own = OwnPresenter(context.session, slot)
        self.list: Table[OwnRow] = Table("Tiêu chí đã đăng ký", COLUMNS, context.theme)
        self.list.setMinimumHeight(_LIST_HEIGHT)
        self.body.addWidget(self.list, 1)
        self.sums = label("", "muted", wrap=True)
        self.body.addWidget(self.sums)
        may_write = context.session.may_write and bool(context.session.units)
        self._lay_place()
        self.form.setVisible(may_write)
        self.add_button("Đóng", role="close")
        self.drop = self.add_button("Rút")
        self.drop.clicked.connect(self._withdraw)
        self.edit = self.add_button("Sửa")
        self.edit.clicked.connect(lambda: self._lay_form(self.list.current))
        self.act = self.add_button("Đăng ký", primary=True)
        self.act.clicked.connect(self._register)
        for made in (self.act, self.drop, self.edit):
            made.setVisible(may_write)
        self.list.chosen.connect(self._chosen)
        self._refresh()
        self._lay_form(None)

    def _lay_place(self) -> None:
        self.form = QScrollArea()
        self.form.setWidgetResizable(True)
        self.form.setFrameShape(QFrame.Shape.NoFrame)
        self.form.setMinimumHeight(_LIST_HEIGHT)
        self.form.setAccessibleName("Tiêu chí đăng ký")
        self.body.addWidget(self.form, 2)

    def _lay_form(self, row: OwnRow | None) -> None:
        """The form of a new criterion, or of one that was registered."""
        self._row = row
        inner = QWidget()
        inner.setProperty("kind", "content")
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, self._context.theme.measures.space_2, 0)
        title = f"Sửa {row.code} của {row.unit_name}" if row else "Đăng ký tiêu chí mới"
        lines.addWidget(label(title, "strong", wrap=True))
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        units = [(key, unit.name) for key, unit in self._context.session.units.items()]
        self.unit = Choice("Đơn vị", units)
        self.title = QLineEdit(row.title if row else "")
        self.title.setAccessibleName("Nội dung tiêu chí")
        self.points = QLineEdit(row.max if row else "")
        self.points.setAccessibleName("Điểm tối đa")
        self.points.setPlaceholderText("20")
        if row is not None:
            self.unit.choose(row.unit, row.unit_name)
            self.unit.setEnabled(False)
        fields: tuple[tuple[str, QWidget], ...] = (
            ("Đơn vị", self.unit),
            ("Nội dung", self.title),
            ("Điểm tối đa", self.points),
        )
        for at, (words, editor) in enumerate(fields):
            grid.addWidget(label(words), at, 0)
            grid.addWidget(editor, at, 1)
        lines.addLayout(grid)
        method = self.own.method_of(row) if row else {"kind": "direct"}
        written = {"code": self.own.slot, "title": "Tiêu chí đăng ký", "method": method}
        self.editor = MethodEditor({}, written, self._context.theme, editable=True)
        lines.addWidget(self.editor)
        lines.addStretch(1)
        old = self.form.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self.form.setWidget(inner)
        inner.show()
        self.title.textChanged.connect(lambda _text: self._weigh())
        self.points.textChanged.connect(lambda _text: self._take_points())
        self.editor.changed.connect(self._weigh)
        self.act.setText("Ghi lại" if row else "Đăng ký")
        self._take_points()
        if row is not None:
            self.title.setFocus()

    def _weigh(self) -> None:
        filled = self.title.text().strip() and self.points.text().strip()
        self.act.setEnabled(bool(filled) and self.editor.method is not None)

    def _take_points(self) -> None:
        known = points_of(self.points.text().strip())
        self.editor.take_row(max=None if known is None else self.points.text().strip())
        self._weigh()

    def _refresh(self) -> None:
        self.list.show_rows(self.own.rows())
        self.sums.setText(self.own.sums())
        self._chosen(self.list.current)

    def _chosen(self, row: OwnRow | None) -> None:
        self.drop.setEnabled(row is not None)
        self.edit.setEnabled(row is not None)

    def _register(self) -> None:
        method = self.editor.method
        if method is not None and self._context.do(
            lambda: self.own.register(
                self.unit.token,
                self.title.text().strip(),
                self.points.text().strip(),
                method,
                self._row.code if self._row is not None else None,
            )
        ):
            self._refresh()
            self._lay_form(None)

    def _withdraw(self) -> None:
        row = self.list.current
        if row is not None and self._context.do(lambda: self.own.withdraw(row)):
            self._refresh()
            self._lay_form(None)
