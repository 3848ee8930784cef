"""Acts on the whole table: making, taking in, issuing, comparing, handing out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.pages.criteria.import_sheet import ImportSheet
from ui.pages.criteria.presenter import CriteriaPresenter
from ui.pages.criteria.questions import QuestionPresenter
from ui.pages.criteria.questions_sheet import QuestionsSheet
from ui.pages.criteria.table_sheets import DraftSheet, RevisionSheet, VersionsSheet
from ui.pages.criteria.versions import frames
from ui.widgets.files import ask_file, ask_new_file

_PACK_FILES: Final = "Gói quy tắc (*.toml)"


class TableActs:
    """What can be asked for on the table of the page; edits go through ``change``."""

    def __init__(
        self,
        context: Context,
        presenter: CriteriaPresenter,
        questions: QuestionPresenter,
        parent: QWidget,
        change: Callable[..., bool],
    ) -> None:
        self._context, self._presenter, self._questions = context, presenter, questions
        self._parent, self._change = parent, change

    def draft(self) -> None:
        """A table from a frame, or one more beside the year's table."""
        self._context.runner.run(
            "Đọc các khung điểm",
            lambda _progress: frames(),
            lambda found: DraftSheet(
                self._context, self._presenter, found, self._parent
            ).show_over(),
        )

    def take_in(self) -> None:
        """A table from a file or from what was copied."""
        if self._presenter.may_edit or self._presenter.table is None:
            ImportSheet(self._context, self._presenter, self._change, self._parent).show_over()

    def issue(self, words: str) -> None:
        """Issues the table after asking."""

        def issue() -> None:
            self._context.do(self._presenter.issue)

        self._context.notices.ask(
            words,
            "Bảng đã ban hành không sửa tại chỗ được nữa; muốn đổi thì lập phiên bản mới có lý do. "
            "Có thể hoàn tác bằng Ctrl+Z.",
            words,
            issue,
        )

    def show_versions(self) -> None:
        """What the versions of the table differ in."""
        VersionsSheet(self._context, self._presenter, self._parent).show_over()

    def ask_questions(self) -> None:
        """The questions that the text leaves open."""
        QuestionsSheet(self._context, self._questions, self._parent).show_over()

    def revise_by_file(self) -> None:
        """The next version out of a pack file."""
        ask_file(
            self._parent,
            "Phiên bản mới từ tệp",
            "Đọc tệp",
            Path.home(),
            _PACK_FILES,
            lambda file: RevisionSheet(
                self._context, self._presenter, self._parent, file
            ).show_over(),
        )

    def export(self) -> None:
        """The table as a file that can be taken in again."""
        table = self._presenter.table
        if table is not None:
            start = Path.home() / f"{table.id}.toml"
            ask_new_file(
                self._parent, "Xuất bảng tiêu chí", "Xuất bảng", start, _PACK_FILES, self.export_to
            )

    def export_to(self, file: Path) -> None:
        """Writes the table and says where."""

        def write() -> None:
            written = self._presenter.export(file.with_suffix(".toml"))
            self._context.notices.said.emit(f"Đã xuất bảng ra {written}.")

        self._context.do(write)
