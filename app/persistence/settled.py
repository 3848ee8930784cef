"""Files that are on the medium before anything counts on them."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def settle(part: Path, target: Path) -> None:
    """Moves a whole, flushed file into its place, so that a power cut leaves the old or the new."""
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    part.replace(target)
    _flush_folder(target.parent)


def _flush_folder(folder: Path) -> None:
    """Flushes a folder's names; Windows does so by itself and lets no folder be opened."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
