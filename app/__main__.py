"""The outermost file of the command line: streams, speed, and what becomes of a bug."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

BUG = 70


def main() -> None:
    """Runs the command line of this process and ends it with an exit code."""
    gc.disable()  # a run is short and makes few cycles
    code = run(sys.argv[1:])
    gc.freeze()  # or all that the run leaves is searched for cycles before the process ends
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """One command; a bug becomes a report file and exit code 70."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none are wanted, all are slow
    from app.cli.speech import prepare_streams

    prepare_streams()
    try:
        from app.cli.program import run as run_program

        return run_program(arguments)
    except KeyboardInterrupt:
        return 1
    except Exception:
        report_bug(arguments)
        return BUG


def report_bug(arguments: Sequence[str]) -> None:
    """Writes what is needed to find a bug into the folder for temporary files."""
    import platform
    import tempfile
    import traceback

    words = (
        "Bảng Vàng: báo cáo lỗi chương trình\n"
        f"Python {platform.python_version()}, {platform.platform()}\n"
        f"Lệnh: {' '.join(arguments)}\n\n{traceback.format_exc()}"
    )
    try:
        handle, path = tempfile.mkstemp(prefix="bangvang-loi-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as report:
            report.write(words)
        where = f"Báo cáo lỗi ở {path}; xin gửi kèm khi báo cho người phát triển."
    except OSError:
        where = "Không ghi được tệp báo cáo lỗi."
    sys.stderr.write(
        "LỖI CHƯƠNG TRÌNH: lệnh này dừng vì một lỗi của chương trình, không phải của số liệu.\n"
        f"      → {where}\n"
    )


if __name__ == "__main__":
    main()
