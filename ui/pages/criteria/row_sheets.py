"""Sheets for rows: splitting a criterion, adding to a section, another wording."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from app.ground.numbers import NumberTextError, read_number, vietnamese
from app.operations.workspace.table_edits import NewRow
from ui.pages.criteria.method_form import Field, FieldKind
from ui.pages.criteria.rows_editor import RowsEditor
from ui.theme.tokens import Theme, Tone
from ui.widgets.sheet import Sheet
from ui.widgets.words import label, set_tone

_COLUMNS = Field(
    "parts",
    FieldKind.ROWS,
    "Các dòng mới",
    columns=(
        Field("title", FieldKind.TEXT, "Nội dung", required=True),
        Field("points", FieldKind.NUMBER, "Điểm tối đa", required=True),
    ),
)


def new_rows(
    rows: Sequence[dict[str, str]], *, needs_evidence: bool
) -> tuple[tuple[NewRow, ...], str]:
    """The rows that were typed, and what is wrong with the first that cannot be taken."""
    made: list[NewRow] = []
    for number, row in enumerate(rows, 1):
        title, points = row.get("title", "").strip(), row.get("points", "").strip()
        if not title and not points:
            continue
        if not title:
            return (), f"Dòng {number}: ghi nội dung của tiêu chí."
        try:
            top = Fraction(read_number(points))
        except NumberTextError:
            return (), f"Dòng {number}: ghi điểm tối đa bằng một con số, ví dụ 12,5."
        if top < 0:
            return (), f"Dòng {number}: điểm tối đa không được âm."
        made.append(NewRow(title, top, needs_evidence=needs_evidence))
    return tuple(made), "" if made else "Ghi ít nhất một dòng có nội dung và điểm tối đa."


class RowsSheet(Sheet):
    """Rows with titles and maxima; their sum stands beside what they should amount to."""

    def __init__(
        self,
        title: str,
        words: str,
        verb: str,
        limit: Fraction | None,
        theme: Theme,
        parent: QWidget,
        then: Callable[[tuple[NewRow, ...]], bool],
        paste: Callable[[], list[dict[str, str]]] | None = None,
    ) -> None:
        super().__init__(title, parent, width=640)
        self._limit, self._then = limit, then
        self.body.addWidget(label(words, "muted", wrap=True))
        self.rows = RowsEditor(_COLUMNS, theme, editable=True)
        self.rows.fill([{}, {}])
        self.rows.cells.setCurrentCell(0, 0)
        self.body.addWidget(self.rows)
        self.evidence = QCheckBox("Phải có tài liệu minh chứng")
        self.evidence.setAccessibleName(self.evidence.text())
        self.body.addWidget(self.evidence)
        self.sum = label("", wrap=True)
        self.body.addWidget(self.sum)
        if paste is not None:
            self.add_button("Dán từ Word, Excel").clicked.connect(lambda: self._paste(paste))
        self.add_button("Thôi", role="close")
        self.act = self.add_button(verb, primary=True)
        self.act.clicked.connect(self._finish)
        self.rows.changed.connect(self._weigh)
        self._weigh()

    def _paste(self, paste: Callable[[], list[dict[str, str]]]) -> None:
        fresh = paste()
        if fresh:
            kept = [row for row in self.rows.rows() if row]
            self.rows.fill([*kept, *fresh])
            self._weigh()

    def _weigh(self) -> None:
        made, fault = new_rows(self.rows.rows(), needs_evidence=False)
        self.act.setEnabled(not fault)
        if fault:
            self.sum.setText(fault)
            set_tone(self.sum, Tone.INFO)
            return
        total = sum((row.max for row in made), Fraction(0))
        words = f"{len(made)} dòng, cộng {vietnamese(total)} điểm"
        tone = Tone.NEUTRAL
        if self._limit is not None:
            rest = self._limit - total
            against = f"còn {vietnamese(rest)}" if rest > 0 else f"vượt {vietnamese(-rest)}"
            words += f" trên {vietnamese(self._limit)} điểm"
            words += " (vừa đủ)." if not rest else f" ({against})."
            tone = Tone.GOOD if not rest else Tone.WAITING
        self.sum.setText(words)
        set_tone(self.sum, tone)

    def _finish(self) -> None:
        made, fault = new_rows(self.rows.rows(), needs_evidence=self.evidence.isChecked())
        if not fault and self._then(made):
            self.close()


class TitleSheet(Sheet):
    """Another wording for a criterion, in a few lines."""

    def __init__(self, code: str, title: str, parent: QWidget, then: Callable[[str], bool]) -> None:
        super().__init__(f"Sửa tên tiêu chí {code}", parent)
        self.text = QPlainTextEdit(title)
        self.text.setAccessibleName("Tên tiêu chí")
        self.text.setTabChangesFocus(True)
        self.text.selectAll()
        self.body.addWidget(self.text)
        self.add_button("Thôi", role="close")
        act = self.add_button("Đổi tên", primary=True)

        def finish() -> None:
            wanted = " ".join(self.text.toPlainText().split())
            if wanted and (wanted == title or then(wanted)):
                self.close()

        act.clicked.connect(finish)
