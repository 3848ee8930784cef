"""Printing papers into a folder that the officer chooses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ui.runner import Progress, Runner
from ui.widgets.files import ask_folder

Write = Callable[[Path], tuple[Path, ...]]
FORMS = ("pdf", "xlsx")
"""Papers are written to be read and signed, and to be worked on."""


def print_papers(
    parent: QWidget, runner: Runner, title: str, write: Write, said: Callable[[str], object]
) -> QFileDialog:
    """Asks for a folder and writes there in a task; ``said`` gets a sentence when it is done."""

    def to(folder: Path) -> None:
        print_into(folder, runner, title, write, said)

    return ask_folder(parent, title, "Ghi vào thư mục này", Path.home(), to)


def print_into(
    folder: Path, runner: Runner, title: str, write: Write, said: Callable[[str], object]
) -> None:
    """Writes papers into a folder in a task; nothing that is there is written over."""

    def work(progress: Progress) -> tuple[Path, ...]:
        from app.operations.paper_folder import write_beside

        progress.tell(None, folder.name)
        return write_beside(write, folder)

    def done(written: tuple[Path, ...]) -> None:
        listed = ", ".join(f"“{file.name}”" for file in written[:2])
        more = f" và {len(written) - 2} tệp khác" if len(written) > 2 else ""
        said(f"Đã ghi {listed}{more} vào thư mục “{folder.name}”.")

    runner.run(title, work, done)
