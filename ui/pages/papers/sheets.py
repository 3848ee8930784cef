"""The sheets of the page: who issues the papers, and what a PDF that came back is worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.papers.facts import CheckFacts
from ui.pages.papers.presenter import PapersPresenter
from ui.theme.tokens import Theme
from ui.widgets.findings import FindingsList
from ui.widgets.form import FormSheet
from ui.widgets.sheet import Sheet
from ui.widgets.words import label

HEADINGS: Final = (
    ("state", "Cơ quan nhà nước: Quốc hiệu, Tiêu ngữ"),
    ("party", "Cơ quan Đảng: ĐẢNG CỘNG SẢN VIỆT NAM"),
    ("own", "Tổ chức khác: ghi riêng dòng tiêu đề"),
)
UNCHECKED: Final = (
    "Bố cục các văn bản theo Nghị định 30/2020/NĐ-CP, áp dụng cho cơ quan nhà nước. Với cơ quan "
    "Đảng và tổ chức khác, chương trình chỉ thay dòng tiêu đề; thể thức còn lại chưa được đối "
    "chiếu với quy định riêng của các cơ quan đó."
)
_FIELDS: Final = (
    ("superior", "Cơ quan chủ quản", 2, "Mỗi dòng một tên. Không có thì để trống."),
    ("name", "Cơ quan ban hành", 2, "Để trống thì lấy tên đơn vị Trưởng cụm, khối."),
    ("short", "Chữ viết tắt", 1, "Trong số, ký hiệu: “STP” của “05/BC-STP”."),
    ("place", "Địa danh", 1, "Trước ngày tháng: “Cao Bằng, ngày …”."),
    ("province", "Tỉnh, thành phố", 1, "Như viết trong câu: “tỉnh Cao Bằng”."),
    ("authority", "Quyền hạn, chức vụ người ký", 2, "Mỗi dòng một ý, ví dụ “KT. GIÁM ĐỐC”."),
    ("signer", "Họ tên người ký", 1, ""),
    ("archive", "Nơi lưu", 1, "Sau “Lưu: VT,” ở phần Nơi nhận."),
)  # fmt: skip


def issuer_sheet(context: Context, presenter: PapersPresenter, parent: QWidget) -> FormSheet:
    """Asks who issues the papers of this workspace; everything may be left empty."""

    def act(values: Mapping[str, Any]) -> bool:
        return context.do(lambda: presenter.keep_issuer(values))

    sheet = FormSheet(
        "Cơ quan ban hành văn bản", "Lưu cơ quan ban hành", context.theme, parent, act, width=680
    )
    form, issuer = sheet.form, presenter.issuer
    form.words("Ghi một lần, dùng cho mọi văn bản của sổ. Mục nào để trống thì có dấu chấm.")
    for name, words, lines, hint in _FIELDS:
        value = getattr(issuer, name)
        text = "\n".join(value) if isinstance(value, tuple) else value
        form.text(name, words, text, hint=hint, lines=lines)
    heading = form.choice("heading", "Tiêu đề góc phải", HEADINGS, issuer.heading)
    form.text(
        "heading_text",
        "Dòng tiêu đề riêng",
        issuer.heading_text,
        hint="Thay cho Quốc hiệu.",
        lines=2,
    )
    form.words(UNCHECKED)
    assert isinstance(heading, QComboBox)

    def show_own() -> None:
        form.show_field("heading_text", heading.currentData() == "own")

    heading.currentIndexChanged.connect(lambda _at: show_own())
    show_own()
    return sheet


class CheckSheet(Sheet):
    """What a PDF that came back is worth."""

    def __init__(self, found: CheckFacts, theme: Theme, parent: QWidget) -> None:
        super().__init__(f"Kiểm tra “{found.file}”", parent, width=680)
        m = theme.measures
        self.verdict = label(found.verdict, "strong", tone=found.tone, wrap=True)
        frame = QFrame()
        frame.setProperty("kind", "notice")
        frame.setProperty("tone", found.tone.value)
        lines = QVBoxLayout(frame)
        lines.setContentsMargins(m.space_3, m.space_2, m.space_3, m.space_2)
        lines.addWidget(self.verdict)
        self.body.addWidget(frame)
        for words in found.lines:
            self.body.addWidget(label(words, wrap=True))
        if found.findings:
            self.findings = FindingsList(self)
            self.findings.show_findings(found.findings)
            self.body.addWidget(self.findings, 1)
        self.add_button("Đóng", primary=True, role="close")
