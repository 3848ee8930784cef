"""Papers into a folder of the officer's own choice, where nothing that is there is written over."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from app.ground.findings import Finding, Severity, UserError


def write_beside(write: Callable[[Path], tuple[Path, ...]], folder: Path) -> tuple[Path, ...]:
    """Lets ``write`` put its files into ``folder``; one whose name is taken there gets a number.

    All of them appear, or none. Raises ``UserError`` where the folder cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".dang-ghi-", dir=folder) as made:
            return tuple(_moved(file, folder) for file in write(Path(made)))
    except OSError as fault:
        raise UserError(
            [
                Finding(
                    "cannot_write",
                    Severity.ERROR,
                    str(folder),
                    "Không ghi được vào thư mục này.",
                    "Kiểm tra quyền ghi và chỗ trống, hoặc chọn thư mục khác.",
                )
            ]
        ) from fault


def _moved(file: Path, folder: Path) -> Path:
    target, number = folder / file.name, 1
    while target.exists():
        number += 1
        target = folder / f"{file.stem} ({number}){file.suffix}"
    return file.replace(target)
