"""Where the built command line starts."""

import multiprocessing

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a child that reads an old workbook goes its own way here
    from app.__main__ import main

    main()
