"""What can be done with one document, wherever on the page it is listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTemporaryDir
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.pages.evidence.citation_sheet import CitationSheet
from ui.pages.evidence.presenter import EvidencePresenter
from ui.pages.evidence.viewer import Viewer
from ui.pages.evidence.views import DocumentRow
from ui.widgets.files import ask_file

_ANY_FILE = "Văn bản, ảnh (*.pdf *.png *.jpg *.jpeg *.doc *.docx *.xls *.xlsx);;Mọi tệp (*)"


class DocumentActs:
    """Shows, corrects, removes a document and keeps its file; ``link`` starts choosing cells."""

    def __init__(
        self,
        presenter: EvidencePresenter,
        context: Context,
        over: QWidget,
        link: Callable[[DocumentRow], None],
    ) -> None:
        self._presenter, self._context, self._over = presenter, context, over
        self._link = link
        self._folder: QTemporaryDir | None = None
        self._last_folder = Path.home()

    def act(self, verb: str, row: DocumentRow) -> None:
        """Does what a button of the panel names."""
        acts: dict[str, Callable[[DocumentRow], object]] = {
            "view": self.view,
            "edit": self.edit,
            "file": self.choose_file,
            "link": self._link,
            "remove": self.remove,
        }
        acts[verb](row)

    def view(self, row: DocumentRow) -> Viewer | None:
        """Shows the kept file."""
        if not row.file:
            return None
        document = row.document
        viewer = Viewer(
            row.file,
            lambda: self._presenter.content(document),
            self._context,
            self._copies,
            self._over,
        )
        viewer.show_over()
        return viewer

    def _copies(self) -> Path:
        """A folder for copies that are opened outside; it goes when the page goes."""
        if self._folder is None:
            self._folder = QTemporaryDir()
        return Path(self._folder.path())

    def edit(self, row: DocumentRow) -> CitationSheet | None:
        """The form of a document that is there."""
        if not self._presenter.may_write:
            return None
        sheet = CitationSheet(self._presenter, self._context, self._over, document=row.document)
        sheet.show_over()
        return sheet

    def choose_file(self, row: DocumentRow) -> None:
        """Asks for the file that goes with a document."""

        def take(file: Path) -> None:
            self._last_folder = file.parent
            self.attach(row, file)

        ask_file(self._over, "Tệp minh chứng", "Kèm tệp này", self._last_folder, _ANY_FILE, take)

    def attach(self, row: DocumentRow, file: Path) -> None:
        """Keeps a file beside a document."""
        self._context.do(lambda: self._presenter.attach(row.id, file))

    def drop(self, row: DocumentRow, files: Sequence[Path]) -> None:
        """A file over a citation: it is kept with it; asks where one is there already."""
        if not self._presenter.may_write:
            return
        file = files[0]
        if row.file:
            self._context.notices.ask(
                "Thay tệp đã kèm?",
                f"Tài liệu {row.called} đã có tệp {row.file}. Tệp mới: {file.name}.",
                "Thay bằng tệp mới",
                lambda: self.attach(row, file),
            )
        else:
            self.attach(row, file)

    def remove(self, row: DocumentRow) -> None:
        """Takes a document out of the book; undo brings it back."""
        self._context.do(lambda: self._presenter.remove(row.id))
