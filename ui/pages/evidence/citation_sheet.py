"""The form of a citation: what is cited, for which cells, with a file or without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from app.domain.year import Evidence
from app.operations.workspace.evidence import CellName
from ui.context import Context
from ui.pages.evidence.presenter import EvidencePresenter
from ui.theme.tokens import Tone
from ui.widgets.files import ask_file
from ui.widgets.form import FormSheet
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.paths import PathLabel
from ui.widgets.words import button, label

_KINDS = "Văn bản, ảnh (*.pdf *.png *.jpg *.jpeg *.doc *.docx *.xls *.xlsx);;Mọi tệp (*)"


class CitationSheet(FormSheet):
    """Records a new document, or corrects one. ``done`` is called once it was kept."""

    def __init__(
        self,
        presenter: EvidencePresenter,
        context: Context,
        parent: QWidget,
        *,
        document: Evidence | None = None,
        cells: Sequence[CellName] = (),
        file: Path | None = None,
        done: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(
            "Ghi tài liệu minh chứng" if document is None else "Sửa tài liệu minh chứng",
            "Ghi tài liệu" if document is None else "Ghi thay đổi",
            context.theme,
            parent,
            self._keep,
            width=620,
        )
        self.setObjectName("citationSheet")
        self._presenter, self._context, self._after = presenter, context, done
        self._there = document or Evidence("")
        self._new = document is None
        self.cells = tuple(cells)
        self.file: Path | None = None
        self._known = ""
        self._fields()
        self.body.addLayout(self._file_row())
        self.same = NoticeBar(context.theme, Tone.INFO)
        self.use = self.same.act("Dùng tài liệu đã ghi", self._use_known)
        self.body.addWidget(self.same)
        if file is not None:
            self.choose_file(file)
        self.form.changed.connect(self._look_for_same)

    def _fields(self) -> None:
        there, form, presenter = self._there, self.form, self._presenter
        if self.cells:
            form.words(f"Gắn vào: {presenter.listed(self.cells)}.")
        elif self._new:
            form.words("Chưa gắn vào ô nào; có thể chọn ô sau.")
        number = form.text("number", "Số, ký hiệu", there.number, hint="Ví dụ: 125/QĐ-UBND")
        form.date("date", "Ngày", there.date)
        issuer = form.text("issuer", "Cơ quan ban hành", there.issuer)
        form.text("subject", "Trích yếu", there.subject, lines=2)
        form.text("place", "Mục, trang", there.place, hint="Phần của tài liệu nói đến việc này")
        if isinstance(number, QLineEdit):
            self._numbers = QStringListModel(self)
            self._complete(number, self._numbers)
            number.textEdited.connect(
                lambda typed: self._numbers.setStringList(list(presenter.numbers(typed)))
            )
        if isinstance(issuer, QLineEdit):
            self._complete(issuer, QStringListModel(list(presenter.issuers()), self))

    def _complete(self, line: QLineEdit, words: QStringListModel) -> None:
        completer = QCompleter(words, line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        line.setCompleter(completer)

    def _file_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._context.theme.measures.space_2)
        row.addWidget(label("Tệp kèm theo"))
        self.file_name = PathLabel(self._there.file_name or "Không bắt buộc")
        row.addWidget(self.file_name, 1)
        self.choose = button("Chọn tệp…", self._ask_file, picture="paperclip")
        row.addWidget(self.choose)
        return row

    def _ask_file(self) -> None:
        ask_file(self, "Tệp minh chứng", "Chọn tệp này", Path.home(), _KINDS, self.choose_file)

    def choose_file(self, file: Path) -> None:
        """This file is kept with the citation."""
        self.file = file
        self.file_name.show_path(file.name)

    # ------------------------------------------------------------- the same paper

    def _typed(self) -> Evidence:
        value = self.form.value
        return replace(
            self._there,
            number=value("number") or "",
            date=value("date"),
            issuer=value("issuer") or "",
            subject=value("subject") or "",
            place=value("place") or "",
        )

    def _look_for_same(self) -> None:
        known = self._presenter.known(self._typed()) if self._new else None
        self._known = known.id if known is not None else ""
        self.same.say(
            f"Tài liệu {known.called} đã có trong sổ ({known.used.lower()})."
            if known is not None
            else ""
        )
        self.use.setVisible(bool(self.cells))

    def _use_known(self) -> None:
        known, cells = self._known, self.cells
        if known and self._context.do(lambda: self._presenter.link(known, cells)):
            self.accept()
            self._after()

    # ------------------------------------------------------------- keeping

    def _keep(self, _values: dict[str, Any]) -> bool:
        typed = self._typed()
        if not (typed.number or typed.subject):
            self.form.fault("number", "Cần ghi số, ký hiệu hoặc trích yếu của tài liệu.")
            self.form.editor("number").setFocus()
            return False
        if self._new:
            kept = self._context.do(lambda: self._presenter.cite(typed, self.cells, self.file))
        else:
            kept = self._context.do(lambda: self._presenter.change(typed, self.file))
        if kept:
            self._after()
        return kept
