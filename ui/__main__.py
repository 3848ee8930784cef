"""The outermost file of the window: what becomes of a bug before the window stands."""

from __future__ import annotations

import builtins
import gc
import multiprocessing
import os
import sys


def main() -> int:
    """Opens the window; a bug that keeps it from standing becomes a report file."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none are wanted, all are slow
    gc.disable()  # the start makes much and throws nothing away; ``run`` lets it begin
    plain_import = builtins.__import__
    try:
        import PySide6.QtCore  # noqa: F401 - before all else, so that its ways can be undone

        # PySide reads the source of whatever is imported after it, for switches that are not
        # used here; without that all the rest is there a seventh sooner.
        builtins.__import__ = plain_import
        from ui.application import run

        return run(sys.argv[1:])
    except Exception:
        from app.__main__ import BUG, report_bug

        report_bug(sys.argv[1:])
        return BUG


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
