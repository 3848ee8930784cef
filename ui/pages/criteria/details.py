"""The panel of the selected row: what it is, its clause, its way of scoring, what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ground.findings import Finding, Severity
from ui.pages.criteria.method_editor import MethodEditor, Unfinished
from ui.pages.criteria.presenter import Detail
from ui.pages.criteria.table_view import RowKind
from ui.theme.tokens import Theme, Tone
from ui.widgets.words import button, chip, label, line, tool_button

_TONES = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WAITING, Severity.NOTE: Tone.INFO}
_KINDS = {
    RowKind.GROUP: "Mục",
    RowKind.CRITERION: "Tiêu chí được chấm",
    RowKind.SLOT: "Chỗ đơn vị tự đăng ký",
}


class DetailsPanel(QScrollArea):
    """Shows one row. ``asked`` carries the name of an act, ``weighed`` a typed maximum,
    ``set_method`` a way of scoring, ``counted`` the agreed number of a slot."""

    asked = Signal(str)
    weighed = Signal(str)
    set_method = Signal(object)
    counted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Chi tiết tiêu chí")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(theme.measures.panel - theme.measures.space_8)
        self._shown: tuple[Any, ...] = ()
        self._unfinished: dict[str, Unfinished] = {}
        self.editor: MethodEditor | None = None
        self.points: _Number | None = None
        self.count: _Number | None = None
        self.use: QWidget | None = None

    def show_detail(
        self,
        detail: Detail | None,
        tree: Mapping[str, Any],
        parameters: Mapping[str, str],
        choices: Mapping[str, object],
    ) -> None:
        """Shows a row; what is shown already stays, with what was typed into it."""
        wanted = (detail, dict(choices))
        if self._shown == wanted:
            return
        same = bool(self._shown) and self._shown[0] is not None and detail is not None
        scroll = self.verticalScrollBar().value()
        stays = same and self._shown[0].row.code == detail.row.code  # type: ignore[union-attr]
        self._keep_unfinished()
        self._shown = wanted
        self.editor = self.points = self.count = self.use = None
        inner = QWidget()
        inner.setProperty("kind", "content")
        lines = QVBoxLayout(inner)
        m = self._theme.measures
        lines.setContentsMargins(m.space_1, 0, m.space_2, m.space_2)
        lines.setSpacing(m.space_2)
        if detail is None:
            lines.addWidget(label("Chọn một dòng để xem và sửa.", "muted", wrap=True))
        else:
            self._head(detail, lines)
            self._findings(detail.row.findings, lines)
            self._weight(detail, lines)
            self._ground(detail, lines)
            if detail.method is not None:
                self._method(detail, tree, parameters, choices, lines)
        lines.addStretch(1)
        focused = self._focused_name() if stays else ""
        old = self.takeWidget()
        if old is not None:  # it may be the one that is telling: it goes when it has told
            old.hide()
            old.deleteLater()
        self.setWidget(inner)
        inner.show()
        if stays:
            self.verticalScrollBar().setValue(scroll)
            for child in inner.findChildren(QWidget):
                if focused and child.accessibleName() == focused:
                    child.setFocus()
                    break

    def _focused_name(self) -> str:
        """What has the keyboard inside the panel."""
        focus = QApplication.focusWidget()
        return focus.accessibleName() if focus is not None and self.isAncestorOf(focus) else ""

    def _head(self, detail: Detail, lines: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.setSpacing(self._theme.measures.space_2)
        head.addWidget(label(detail.row.code, "strong"))
        if detail.row.removable:
            added = "Cụm thêm" if detail.written.get("added") else "Phần đã chia"
            head.addWidget(chip(added, Tone.INFO))
        else:
            head.addWidget(chip(_KINDS[detail.row.kind]))
        head.addStretch(1)
        rename = tool_button(
            "Sửa tên tiêu chí", "pencil", self._theme, lambda: self.asked.emit("rename"),
            tip="Sửa tên (F2)",
        )  # fmt: skip
        rename.setEnabled(detail.may_edit)
        head.addWidget(rename)
        lines.addLayout(head)
        lines.addWidget(label(detail.row.title, "section", wrap=True))

    def _findings(self, findings: tuple[Finding, ...], lines: QVBoxLayout) -> None:
        m = self._theme.measures
        for finding in findings:
            frame = QFrame()
            frame.setProperty("kind", "notice")
            frame.setProperty("tone", _TONES[finding.severity].value)
            inside = QVBoxLayout(frame)
            inside.setContentsMargins(m.space_2, m.space_1, m.space_2, m.space_1)
            inside.addWidget(label(f"{finding.message} {finding.remedy}".strip(), wrap=True))
            lines.addWidget(frame)

    def _weight(self, detail: Detail, lines: QVBoxLayout) -> None:
        m = self._theme.measures
        row = QHBoxLayout()
        row.setSpacing(m.space_2)
        name = label("Điểm tối đa")
        row.addWidget(name)
        if detail.may_edit:
            self.points = _Number(detail.row.max, "Điểm tối đa", self._theme)
            self.points.settled.connect(self.weighed)
            self.points.went_on.connect(partial(self.asked.emit, "next"))
            name.setBuddy(self.points)
            row.addWidget(self.points)
        else:
            row.addWidget(label(detail.row.max or "chưa ghi", "strong"))
        if detail.row.total:
            tone = None if detail.row.fits else Tone.ERROR
            row.addWidget(label(f"cộng bên trong: {detail.row.total}", tone=tone))
        row.addStretch(1)
        acts = self._acts(detail)
        lines.addLayout(row)
        if len(acts) > 1 or detail.row.total:  # they need a line of their own
            row = QHBoxLayout()
            row.setSpacing(m.space_2)
            row.addStretch(1)
            lines.addLayout(row)
        for words, act, picture in acts:
            row.addWidget(button(words, partial(self.asked.emit, act), picture=picture))
        if detail.row.kind is RowKind.SLOT:
            self._slot(detail, lines)

    def _slot(self, detail: Detail, lines: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(self._theme.measures.space_2)
        name = label("Mỗi đơn vị đăng ký (tiêu chí)")
        row.addWidget(name)
        text = "" if detail.count is None else str(detail.count)
        if detail.may_edit:
            self.count = _Number(text, "Số tiêu chí mỗi đơn vị đăng ký", self._theme)
            self.count.settled.connect(self.counted)
            name.setBuddy(self.count)
            row.addWidget(self.count)
        else:
            row.addWidget(label(text or "chưa thống nhất", "strong"))
        row.addStretch(1)
        lines.addLayout(row)

    @staticmethod
    def _acts(detail: Detail) -> list[tuple[str, str, str]]:
        """What can be done with the row: words, act, icon."""
        acts: list[tuple[str, str, str]] = []
        if detail.may_split:
            acts.append(("Chia…", "split", "split"))
        if detail.may_add:
            acts.append(("Thêm…", "add", "plus"))
        if detail.row.kind is RowKind.SLOT:
            acts.append(("Đã đăng ký…", "own", "list-checks"))
        if detail.may_edit and detail.row.removable:
            acts.append(("Bỏ", "remove", "trash-2"))
        return acts

    def _ground(self, detail: Detail, lines: QVBoxLayout) -> None:
        if detail.clause is not None:
            lines.addWidget(label(f"Căn cứ: {detail.clause.place}", "muted", wrap=True))
            if detail.clause.quote:
                lines.addWidget(label(f"“{detail.clause.quote}”", wrap=True))
            elif detail.clause.note:
                lines.addWidget(label(detail.clause.note, wrap=True))
        for sentence in detail.conditions:
            lines.addWidget(label(sentence, wrap=True))

    def _method(
        self,
        detail: Detail,
        tree: Mapping[str, Any],
        parameters: Mapping[str, str],
        choices: Mapping[str, object],
        lines: QVBoxLayout,
    ) -> None:
        lines.addWidget(line())
        lines.addWidget(label("Cách chấm", "strong"))
        editor = MethodEditor(
            dict(tree),
            detail.written,
            self._theme,
            editable=detail.may_edit,
            parameters=parameters,
            choices=choices,
        )
        if detail.may_edit and detail.row.code in self._unfinished:
            editor.resume(self._unfinished.pop(detail.row.code))
        self.editor = editor
        lines.addWidget(editor)
        if not detail.may_edit:
            return
        row = QHBoxLayout()
        row.setSpacing(self._theme.measures.space_2)
        use = button("Dùng cách chấm này", lambda: self.set_method.emit(editor.method))
        drop = button("Bỏ phần vừa sửa", lambda: self.asked.emit("reset"), kind="quiet")
        self.use = use
        row.addWidget(use)
        row.addWidget(drop)
        row.addStretch(1)
        lines.addLayout(row)

        def weigh() -> None:
            changed = editor.is_changed
            use.setEnabled(changed and editor.method is not None)
            drop.setEnabled(changed)

        editor.changed.connect(weigh)
        weigh()

    def _keep_unfinished(self) -> None:
        """A form that is left keeps what was typed until one comes back."""
        shown = self._shown[0] if self._shown else None
        if isinstance(shown, Detail) and self.editor is not None:
            left = self.editor.unfinished
            if left is not None:
                self._unfinished[shown.row.code] = left

    def put_back(self) -> None:
        """The numbers are again those of the table; a form that is being filled stays."""
        for edit in (self.points, self.count):
            if edit is not None:
                edit.put_back()

    def forget(self) -> None:
        """The row is shown anew, whatever was typed into it."""
        self._shown = ()


class _Number(QLineEdit):
    """A number that is taken over by Enter or on leaving; Escape puts the old one back."""

    settled = Signal(str)
    went_on = Signal()

    def __init__(self, text: str, name: str, theme: Theme) -> None:
        super().__init__(text)
        self._before = self._given = text
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(theme.measures.space_8 * 3)
        self.editingFinished.connect(self._settle)

    def _settle(self) -> None:
        text = self.text().strip()
        if text != self._before:
            self._before = text
            self.settled.emit(text)

    def put_back(self) -> None:
        """Shows the number of the table again."""
        self._before = self._given
        self.setText(self._given)

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Escape puts the old number back, Enter goes on to the next row."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_back()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.went_on.emit()
