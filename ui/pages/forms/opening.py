"""Showing a folder in the computer's own file manager."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ui.notices import Notices


def open_folder(folder: Path, notices: Notices) -> None:
    """Opens the folder beside the window; says where it is where that cannot be."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        notices.said.emit(f"Máy không mở được thư mục; các tệp nằm ở {folder}.")
