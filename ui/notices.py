"""The one place that shows what went wrong, and what was remarked.

A ``UserError`` becomes a sheet of findings: what, where, how to mend it. Everything else is a bug:
the sheet says that nothing was lost, and keeps a report that can be copied.
"""

from __future__ import annotations

import datetime as dt
import platform
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, qVersion
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from app.ground.findings import Finding, UserError
from ui.widgets.findings import FindingsList
from ui.widgets.sheet import Sheet
from ui.widgets.words import breakable, label

if TYPE_CHECKING:
    from app.operations.workspace.desk import Done


class Notices(QObject):
    """Shows faults as sheets over ``parent`` and passing words on the status line.

    ``said`` carries a sentence for the status line; ``report_folder`` is where reports of bugs
    are kept.
    """

    said = Signal(str)

    def __init__(self, parent: QWidget, report_folder: Path) -> None:
        super().__init__(parent)
        self._window = parent
        self._report_folder = report_folder
        self._showing_bug = False

    def fault(self, fault: BaseException) -> None:
        """Shows whatever an act raised."""
        if isinstance(fault, UserError):
            self.findings("Chưa thực hiện được", fault.findings)
        else:
            self.bug(type(fault), fault, fault.__traceback__)

    def done(self, answer: Done) -> None:
        """Says what a verb did; shows what it remarked."""
        self.said.emit(answer.sentence)
        if any(finding.severity != "note" for finding in answer.findings):
            self.findings("Đã làm xong, có điều cần xem", answer.findings)

    def findings(self, title: str, findings: Sequence[Finding]) -> None:
        """A sheet of findings, all of them; over a sheet that is about to close once it is gone."""
        if QApplication.activeModalWidget() is None:
            self._show_findings(title, findings)
        else:
            QTimer.singleShot(0, self, lambda: self._show_findings(title, findings))

    def _show_findings(self, title: str, findings: Sequence[Finding]) -> None:
        sheet = Sheet(title, QApplication.activeModalWidget() or self._window)
        listed = FindingsList(sheet)
        listed.show_findings(findings)
        sheet.body.addWidget(listed)
        sheet.add_button("Đóng", primary=True, role="close")
        sheet.show_over()

    def bug(
        self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> None:
        """A sheet with a report of a bug that can be copied; the report is also kept as a file."""
        report = bug_report(kind, fault, trace)
        kept = self._keep(report)
        if self._showing_bug:
            return
        self._showing_bug = True
        sheet = Sheet("Chương trình gặp lỗi", self._window)
        sheet.body.addWidget(
            label(
                "Việc vừa rồi chưa làm được vì một lỗi của chương trình, không phải lỗi của "
                "Anh/Chị. Mọi số liệu đã nhập trước đó vẫn còn nguyên trong sổ.",
                wrap=True,
            )
        )
        if kept is not None:
            sheet.body.addWidget(
                label(f"Báo cáo lỗi được giữ ở: {breakable(kept)}", "muted", wrap=True)
            )
        text = QPlainTextEdit(report, sheet)
        text.setReadOnly(True)
        text.setAccessibleName("Báo cáo lỗi")
        sheet.body.addWidget(text)
        copy = sheet.add_button("Sao chép báo cáo")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(report))
        sheet.add_button("Tiếp tục làm việc", primary=True, role="close")
        sheet.finished.connect(self._bug_closed)
        sheet.show_over()

    def _bug_closed(self) -> None:
        self._showing_bug = False

    def ask(self, title: str, words: str, verb: str, then: Callable[[], None]) -> None:
        """Asks before an act that has consequences; ``verb`` names the act on its button."""
        sheet = Sheet(title, self._window)
        sheet.body.addWidget(label(words, wrap=True))
        sheet.add_button("Thôi", role="close")
        act = sheet.add_button(verb, primary=True, role="close")
        act.clicked.connect(then)
        sheet.show_over()

    def _keep(self, report: str) -> Path | None:
        now = dt.datetime.now().astimezone()
        file = self._report_folder / f"bao-cao-loi-{now:%Y%m%d-%H%M%S}.txt"
        try:
            self._report_folder.mkdir(parents=True, exist_ok=True)
            file.write_text(report, encoding="utf-8", errors="backslashreplace")
        except OSError:
            return None
        return file


def bug_report(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> str:
    """What is needed to find a bug; no figures of the workspace."""
    lines = traceback.format_exception(kind, fault, trace)
    return (
        "Bảng Vàng: báo cáo lỗi chương trình\n"
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}, "
        f"{sys.platform}\n\n{''.join(lines)}"
    )
