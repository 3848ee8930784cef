"""Which program this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """The version of the program, as it was built."""
    try:
        return version("bang-vang")
    except PackageNotFoundError:
        return "không rõ"
