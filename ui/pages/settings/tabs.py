"""The parts of the settings page, one widget each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.pages.settings.columns import BACKUPS, PARTS
from ui.pages.settings.presenter import BackupRow, Health, Part, SettingsPresenter
from ui.theme.tokens import Theme, Tone
from ui.widgets.findings import FindingsList
from ui.widgets.form import Form
from ui.widgets.paths import PathLabel
from ui.widgets.scrolling import Scrolling
from ui.widgets.table import Table
from ui.widgets.words import button, label, set_tone


def _lines(widget: QWidget, theme: Theme) -> QVBoxLayout:
    made = QVBoxLayout(widget)
    made.setContentsMargins(0, theme.measures.space_3, 0, 0)
    made.setSpacing(theme.measures.space_2)
    return made


class LookTab(QWidget):
    """How the window looks; ``wished`` carries a key and its new value."""

    wished = Signal(str, object)

    def __init__(self, theme: Theme, presenter: SettingsPresenter) -> None:
        super().__init__()
        lines = _lines(self, theme)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        self.form = Form(theme)
        self.form.setMaximumWidth(theme.measures.panel * 2)
        look = presenter.look
        for key, title, options, hint in (
            ("theme", "Giao diện", presenter.themes, ""),
            ("zoom", "Phóng to", presenter.zooms, "Ctrl+cộng, Ctrl+trừ; Ctrl+0 trở về 100 %."),
            ("density", "Chiều cao dòng của bảng", presenter.densities, ""),
        ):
            box = self.form.choice(key, title, options, str(look[key]), hint=hint)
            assert isinstance(box, QComboBox)
            box.currentIndexChanged.connect(
                lambda _at, k=key, b=box: self.wished.emit(k, b.currentData())
            )
        words = self.form.tick(
            "words",
            "Thanh bên có chữ cạnh hình",
            bool(look["words"]),
            hint="Cửa sổ hẹp thì thanh bên tự thu gọn. Phím Ctrl+B.",
        )
        assert isinstance(words, QCheckBox)
        words.toggled.connect(lambda on: self.wished.emit("words", on))
        inside.addWidget(self.form)
        inside.addStretch(1)
        lines.addWidget(Scrolling(inner, "Cửa sổ"))

    def focus(self, key: str) -> None:
        """Puts the cursor on a wish: the page was laid out anew after it."""
        self.form.editor(key).setFocus()


class PersonTab(QWidget):
    """Who works; ``named`` carries the form's values."""

    named = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        lines = _lines(self, theme)
        lines.addWidget(
            label(
                "Nhật ký ghi mỗi việc theo tên người đang làm. Hôm nay người khác làm thay thì "
                "ghi tên người đó ở đây.",
                "muted",
                wrap=True,
            )
        )
        self.form = Form(theme)
        self.form.setMaximumWidth(theme.measures.panel * 2)
        self.form.text("name", "Họ và tên", required=True)
        self.form.tick("keep", "Ghi nhớ là người giữ sổ này")
        lines.addWidget(self.form)
        self.verb = button("Đổi người làm việc", self._done, kind="primary", picture="user")
        lines.addWidget(self.verb, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addStretch(1)

    def show_person(self, name: str, *, may_keep: bool) -> None:
        """Shows who works now."""
        editor = self.form.editor("name")
        assert isinstance(editor, QLineEdit)
        if not editor.hasFocus():
            editor.setText(name)
        self.form.show_field("keep", may_keep)

    def _done(self) -> None:
        values = self.form.values()
        if values is not None:
            self.named.emit(values)


class BackupsTab(QWidget):
    """The backups; ``restore_wanted`` carries the chosen one."""

    restore_wanted = Signal(object)

    def __init__(self, theme: Theme, back_up: Callable[[], object]) -> None:
        super().__init__()
        lines = _lines(self, theme)
        head = QHBoxLayout()
        head.setSpacing(theme.measures.space_2)
        head.addWidget(
            label(
                "Sổ tự sao lưu khi đóng và trước mỗi việc lớn. Khôi phục: chọn một bản, bấm "
                "“Khôi phục bản này”, rồi đồng ý.",
                "muted",
                wrap=True,
            ),
            1,
        )
        self.make = button("Sao lưu ngay", back_up, kind="primary", picture="save")
        head.addWidget(self.make, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(head)
        self.table: Table[BackupRow] = Table("Các bản sao lưu", BACKUPS, theme)
        self.table.setMinimumHeight(theme.measures.row * 3)
        self.table.entered.connect(self.restore_wanted)
        lines.addWidget(self.table, 1)
        self.restore = button("Khôi phục bản này", self._restore, picture="history")
        lines.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignRight)

    def show_backups(self, rows: Sequence[BackupRow], *, may_write: bool) -> None:
        """Lists the backups."""
        self.table.show_rows(rows)
        why = "" if may_write else "Sổ đang mở chỉ để đọc."
        for made in (self.make, self.restore):
            made.setToolTip(why)
        self.make.setEnabled(may_write)
        self.restore.setEnabled(bool(rows) and may_write)

    def _restore(self) -> None:
        if self.table.current is not None:
            self.restore_wanted.emit(self.table.current)


class HealthTab(QWidget):
    """The check of the workspace, and where its files lie."""

    def __init__(self, theme: Theme, own: Path, check: Callable[[], object]) -> None:
        super().__init__()
        lines = _lines(self, theme)
        head = QHBoxLayout()
        head.setSpacing(theme.measures.space_2)
        self.result = label(
            "Đọc lại toàn bộ nhật ký, so với từng dòng số liệu và từng tệp minh chứng.",
            "muted",
            wrap=True,
        )
        self.result.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        head.addWidget(self.result, 1)
        self.check = button("Kiểm tra sổ", check, kind="primary", picture="list-checks")
        head.addWidget(self.check, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(head)
        self.findings = FindingsList()
        self.findings.setMinimumHeight(theme.measures.row * 2)
        self.findings.hide()
        lines.addWidget(self.findings, 3)
        lines.addSpacing(theme.measures.space_2)
        lines.addWidget(label("Nơi lưu", "section"))
        self.place = _Place(theme, "Sổ đang mở")
        lines.addWidget(self.place)
        own_place = _Place(theme, "Cài đặt của máy này")
        own_place.show_folder(own)
        lines.addWidget(own_place)
        lines.addStretch(1)

    def show_health(self, found: Health) -> None:
        """Shows what the check found."""
        self.result.setText(found.sentence)
        set_tone(self.result, Tone.GOOD if found.intact else Tone.ERROR)
        self.findings.show_findings(found.findings)
        self.findings.setVisible(bool(found.findings))


class _Place(QWidget):
    """A folder with a button that shows it in the computer's file manager."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.measures.space_3)
        word = label(title)
        word.setMinimumWidth(theme.measures.panel // 2)
        row.addWidget(word)
        self._path = PathLabel()
        row.addWidget(self._path, 1)
        self.show_button = button("Mở thư mục", self._open, kind="quiet", picture="folder-open")
        self.show_button.setAccessibleName(f"Mở thư mục: {title}")
        row.addWidget(self.show_button)
        self._folder: Path | None = None

    def show_folder(self, folder: Path) -> None:
        """Shows this folder."""
        self._folder = folder
        self._path.show_path(str(folder))

    def _open(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


class AboutTab(QWidget):
    """The version, and what goes along with the program under which licence."""

    def __init__(self, theme: Theme, version: str, parts: Sequence[Part]) -> None:
        super().__init__()
        lines = _lines(self, theme)
        lines.addWidget(label(f"Bảng Vàng, phiên bản {version}", "strong"))
        lines.addWidget(
            label(
                "Chương trình làm việc không cần mạng và không gửi gì ra ngoài máy này. "
                "Các thành phần mã nguồn mở đi kèm:",
                "muted",
                wrap=True,
            )
        )
        table: Table[Part] = Table("Thành phần mã nguồn mở", PARTS, theme)
        table.setMinimumHeight(theme.measures.row * 3)
        table.show_rows(parts)
        lines.addWidget(table, 1)
