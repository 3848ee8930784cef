"""The sheet Ký số: which PDF, which certificate, and what came of it.

Keys on hardware tokens stay with the officer's own tool; a file signed there can be checked here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.ground.findings import Finding, UserError
from ui.context import Context
from ui.pages.papers.facts import Key, Standing
from ui.pages.papers.presenter import PapersPresenter
from ui.pages.papers.writing import FOLDER, Signed, Signing, places_left, sign, write_pdf
from ui.runner import Progress
from ui.theme.tokens import Tone
from ui.widgets.files import ask_file, ask_folder
from ui.widgets.findings import FindingsList
from ui.widgets.paths import PathLabel
from ui.widgets.sheet import Sheet
from ui.widgets.words import button, label, set_tone

_NONE: Final = "Chưa chọn"
_ABOUT: Final = (
    "Ký bằng chứng thư số trong tệp PFX. Dùng USB ký số thì ký bằng phần mềm của cơ quan, rồi "
    "kiểm tra tệp đã ký ở nút Kiểm tra tệp PDF."
)
_DRAFT: Final = "Văn bản đang chọn còn là dự thảo; bản ký sẽ mang dấu DỰ THẢO."


class SignSheet(Sheet):
    """Asks for the files and signs; stays open to show what came of it."""

    def __init__(
        self,
        context: Context,
        presenter: PapersPresenter,
        key: Key | None,
        standing: Standing | None,
        parent: QWidget,
    ) -> None:
        super().__init__("Ký số văn bản PDF", parent, width=640)
        self._context, self._presenter = context, presenter
        self._key, self._standing = key, standing
        self._pdf: Path | None = None
        self._pfx: Path | None = None
        self._image: Path | None = None
        self._gone = False
        self._asked = 0
        self.finished.connect(self._leave)
        self.body.addWidget(label(_ABOUT, "muted", wrap=True))
        self.body.addLayout(self._fields())
        self.told = label("", wrap=True)
        self.told.hide()
        self.body.addWidget(self.told)
        self.findings = FindingsList(self)
        self.findings.hide()
        self.body.addWidget(self.findings, 1)
        self.add_button("Đóng", role="close")
        self.verb = self.add_button("Ký văn bản", primary=True)
        self.verb.clicked.connect(self._sign)
        self._enable()

    def _fields(self) -> QGridLayout:
        m = self._context.theme.measures
        grid = QGridLayout()
        grid.setHorizontalSpacing(m.space_3)
        grid.setVerticalSpacing(m.space_2)
        grid.setColumnStretch(1, 1)
        self.pdf = PathLabel(_NONE)
        acts = [button("Chọn tệp PDF…", self._ask_pdf)]
        if self._key is not None:
            acts.append(button("Lấy văn bản đang chọn…", self._ask_folder))
        self._row(grid, 0, "Văn bản", self.pdf, *acts)
        self.place = QComboBox()
        self.place.setAccessibleName("Chỗ ký")
        grid.addWidget(label("Chỗ ký"), 1, 0)
        grid.addWidget(self.place, 1, 1)
        self.pfx = PathLabel(_NONE)
        self._row(grid, 2, "Chứng thư số", self.pfx, button("Chọn tệp PFX…", self._ask_pfx))
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName("Mật khẩu của tệp PFX")
        grid.addWidget(label("Mật khẩu"), 3, 0)
        grid.addWidget(self.passphrase, 3, 1)
        self.image = PathLabel("Không dùng hình")
        self._row(grid, 4, "Hình chữ ký", self.image, button("Chọn hình PNG…", self._ask_image))
        return grid

    def _row(
        self, grid: QGridLayout, at: int, words: str, path: PathLabel, *acts: QPushButton
    ) -> None:
        grid.addWidget(label(words), at, 0)
        row = QHBoxLayout()
        row.setSpacing(self._context.theme.measures.space_2)
        row.addWidget(path, 1)
        for act in acts:
            row.addWidget(act)
        grid.addLayout(row, at, 1)

    # ------------------------------------------------------------- choosing

    @property
    def _start(self) -> Path:
        kept = self._context.preferences.choice(FOLDER, "")
        return Path(kept) if kept else Path.home()

    def _ask(self, title: str, kinds: str, then: Callable[[Path], None]) -> None:
        start = self._pdf.parent if self._pdf is not None else self._start
        ask_file(self, title, "Chọn tệp này", start, kinds, then)

    def _ask_pdf(self) -> None:
        self._ask("Chọn văn bản PDF để ký", "Văn bản PDF (*.pdf)", self.take_pdf)

    def _ask_pfx(self) -> None:
        self._ask("Chọn tệp chứng thư số", "Chứng thư số (*.pfx *.p12)", self.take_pfx)

    def _ask_image(self) -> None:
        self._ask("Chọn hình chữ ký", "Hình PNG (*.png)", self.take_image)

    def _ask_folder(self) -> None:
        ask_folder(
            self,
            "Ghi văn bản đang chọn vào thư mục",
            "Ghi vào thư mục này",
            self._start,
            self.take_paper,
        )

    def take_paper(self, folder: Path) -> None:
        """Writes the chosen paper into a folder, to be signed there."""
        key, fresh = self._key, self._presenter.source()
        if key is None:
            return

        def work(progress: Progress) -> Path:
            progress.settle(folder.name)
            return write_pdf(fresh(), key, folder)

        def done(file: Path) -> None:
            if not self._gone:
                self.take_pdf(file)
                if self._standing is not None and self._standing.reasons:
                    self._tell(_DRAFT, Tone.WAITING)

        self._context.runner.run("Ghi văn bản để ký", work, done, self._failed)

    def take_pdf(self, file: Path) -> None:
        """From now on this PDF is signed; looks for the places that are left in it."""
        self._pdf = file
        self.pdf.show_path(str(file))
        self.place.clear()
        self._tell("", Tone.NEUTRAL)
        self._asked += 1
        asked = self._asked

        def done(places: tuple[str, ...]) -> None:
            if self._gone or asked != self._asked:
                return
            self.place.addItems(list(places))
            if not places:
                self._tell("Văn bản này không còn chỗ ký nào để trống.", Tone.WAITING)
            self._enable()

        places_left(self._context.runner, file, done, self._failed)
        self._enable()

    def take_pfx(self, file: Path) -> None:
        """The certificate to sign with."""
        self._pfx = file
        self.pfx.show_path(str(file))
        self._enable()
        self.passphrase.setFocus()

    def take_image(self, file: Path) -> None:
        """The picture that is shown in the place of the signature."""
        self._image = file
        self.image.show_path(str(file))

    def _enable(self) -> None:
        places = self.place.count()
        self.place.setEnabled(places > 1)
        self.verb.setEnabled(self._pdf is not None and self._pfx is not None and places > 0)

    # ------------------------------------------------------------- signing

    def _sign(self) -> None:
        pdf, pfx = self._pdf, self._pfx
        if pdf is None or pfx is None:
            return
        self.verb.setEnabled(False)
        wanted = Signing(pdf, pfx, self.passphrase.text(), self.place.currentText(), self._image)
        sign(self._context.runner, wanted, self._signed, self._failed)

    def _signed(self, signed: Signed) -> None:
        if self._gone:
            self._context.notices.said.emit(signed.sentence)
            return
        self.passphrase.clear()
        self._pdf = None
        self.pdf.show_path(_NONE)
        self.place.clear()
        self._tell(signed.sentence, Tone.GOOD, signed.findings)
        self._enable()

    def _failed(self, fault: Exception) -> None:
        if self._gone or not isinstance(fault, UserError):
            self._context.notices.fault(fault)
            return
        self._tell("", Tone.ERROR, fault.findings)
        self._enable()

    def _tell(self, words: str, tone: Tone, findings: tuple[Finding, ...] = ()) -> None:
        self.told.setText(words)
        set_tone(self.told, tone)
        self.told.setVisible(bool(words))
        self.findings.show_findings(findings)
        self.findings.setVisible(bool(findings))
        self.resize(self.width(), max(self.height(), self.sizeHint().height()))

    def _leave(self) -> None:
        self._gone = True
