"""Where the built window starts."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a child that reads an old workbook goes its own way here
    from ui.__main__ import main

    sys.exit(main())
