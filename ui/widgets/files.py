"""Asking for a folder or a file, in Vietnamese, without stopping the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_WORDS = (
    (QFileDialog.DialogLabel.LookIn, "Tìm trong:"),
    (QFileDialog.DialogLabel.FileName, "Tên:"),
    (QFileDialog.DialogLabel.FileType, "Loại tệp:"),
    (QFileDialog.DialogLabel.Reject, "Thôi"),
)


def ask_folder(
    parent: QWidget, title: str, verb: str, start: Path, then: Callable[[Path], None]
) -> QFileDialog:
    """Asks for a folder; ``then`` gets it, unless the officer gives up."""
    dialog = _dialog(parent, title, verb, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _shown(dialog, then)


def ask_file(
    parent: QWidget, title: str, verb: str, start: Path, kinds: str, then: Callable[[Path], None]
) -> QFileDialog:
    """Asks for a file that is there; ``kinds`` as Qt writes them: "Gói quy tắc (*.toml)"."""
    dialog = _dialog(parent, title, verb, start)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(kinds)
    return _shown(dialog, then)


def ask_files(
    parent: QWidget,
    title: str,
    verb: str,
    start: Path,
    kinds: str,
    then: Callable[[list[Path]], None],
) -> QFileDialog:
    """Asks for one or several files that are there."""
    dialog = _dialog(parent, title, verb, start)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilter(kinds)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.open()
    return dialog


def ask_new_file(
    parent: QWidget, title: str, verb: str, start: Path, kinds: str, then: Callable[[Path], None]
) -> QFileDialog:
    """Asks where a new file goes; the dialog itself asks before another one is replaced."""
    dialog = _dialog(parent, title, verb, start.parent)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilter(kinds)
    dialog.setDefaultSuffix(start.suffix.lstrip("."))
    dialog.selectFile(start.name)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, verb)
    return _shown(dialog, then)


def _dialog(parent: QWidget, title: str, verb: str, start: Path) -> QFileDialog:
    there = next((place for place in (start, *start.parents) if place.is_dir()), Path.home())
    dialog = QFileDialog(parent, title, str(there))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.finished.connect(parent.window().activateWindow)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, verb)
    for which, words in _WORDS:
        dialog.setLabelText(which, words)
    return dialog


def _shown(dialog: QFileDialog, then: Callable[[Path], None]) -> QFileDialog:
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()
    return dialog
