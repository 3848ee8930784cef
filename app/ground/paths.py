"""Where shipped files lie: ``data`` and ``resources`` beside the packages, frozen or not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

_BESIDE: Final = Path(__file__).resolve().parents[2]


def program_folder() -> Path:
    """The folder that holds ``app``, ``data`` and ``resources``.

    In a frozen program that is the folder into which its files are laid out.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else _BESIDE


def data_folder() -> Path:
    """The shipped rule packs and samples."""
    return program_folder() / "data"


def resources_folder() -> Path:
    """Fonts, icons, help texts."""
    return program_folder() / "resources"


def finding_codes_file() -> Path:
    """The list of every code that a finding may carry."""
    return program_folder() / "app" / "ground" / "finding_codes.toml"
