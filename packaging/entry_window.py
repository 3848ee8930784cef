"""Where the built window starts."""

import multiprocessing
import os
import sys

if __name__ == "__main__":
    if sys.stderr is None:  # a window of Windows has no streams
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    multiprocessing.freeze_support()  # a child that reads an old workbook goes its own way here
    from ui.__main__ import main

    sys.exit(main())
