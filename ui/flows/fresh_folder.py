"""Folders for new workspaces: their names, and places that are free."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from platformdirs import user_documents_path

FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
"""What no name of a folder may have on the systems that officers use."""

_LONGEST: Final = 80


def documents_folder() -> Path:
    """The user's folder for documents, or their own folder where there is none."""
    documents = user_documents_path()
    return documents if documents.is_dir() else Path.home()


def folder_name(words: str) -> str:
    """These words as the name of a folder."""
    return " ".join(FORBIDDEN.sub(" ", words).split())[:_LONGEST].rstrip(". ")


def free_folder(parent: Path, words: str) -> Path:
    """A folder by this name that is not there yet, or is empty; numbered where it is taken."""
    name, number = folder_name(words), 1
    while not _is_free(place := parent / (name if number == 1 else f"{name} {number}")):
        number += 1
    return place


def place_in(chosen: Path, words: str) -> Path:
    """Where a new workspace goes when this folder was chosen: into it where it is empty, else
    into a new folder in it. A whole medium is not given a name, so it is always the latter.
    """
    whole = chosen.parent == chosen or os.path.ismount(chosen)
    return free_folder(chosen, words) if whole or not _is_free(chosen) else chosen


def _is_free(folder: Path) -> bool:
    try:
        return not any(folder.iterdir())
    except FileNotFoundError:
        return True
    except OSError:
        return False
