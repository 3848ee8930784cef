"""Builds the program that runs without Python, into `dist/BangVang`; said by `bootstrap.py bundle`.

    python packaging/build.py [--dist DIR] [--work DIR] [--smoke]

Run with the Python of `.venv`. What goes in is said in `contents.py`, how in `bangvang.spec`. The
same sources and lock on the same system give the same files.
"""

from __future__ import annotations

import argparse
import compileall
import os
import py_compile
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import contents

ROOT = Path(__file__).resolve().parent.parent
LARGEST = 225_000_000  # bytes of the whole folder; more means that something came along unasked


class BuildError(Exception):
    """The build did not come about; says why in a line or a few."""


def own_metadata(root: Path, work: Path) -> list[tuple[str, str]]:
    """A file that lets the program know its version, without the places an installation notes."""
    number = version(contents.PROJECT)
    file = work / "METADATA"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        f"Metadata-Version: 2.1\nName: {contents.PROJECT}\nVersion: {number}\n", encoding="utf-8"
    )
    return [(str(file), f"{contents.PROJECT.replace('-', '_')}-{number}.dist-info")]


def environment() -> dict[str, str]:
    """The environment of the build: a fixed clock and order, and nothing outside the checkout."""
    ask = ["git", "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(ask, cwd=ROOT, capture_output=True, text=True, check=True)
        clock = done.stdout.strip()
    except (OSError, subprocess.SubprocessError):
        clock = ""
    fixed = {
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": clock or "315532800",  # 1980, the first day that an archive can hold
        "PYINSTALLER_CONFIG_DIR": str(ROOT / ".cache" / "pyinstaller"),
    }
    return {**os.environ, **fixed}


def run_pyinstaller(dist: Path, work: Path) -> None:
    """Collects and links the program into `dist`; what lies between, and the log, into `work`."""
    work.mkdir(parents=True, exist_ok=True)
    log = work / "log.txt"
    spec = ROOT / "packaging" / "bangvang.spec"
    options = ["--noconfirm", "--clean", "--distpath", str(dist), "--workpath", str(work)]
    with log.open("w", encoding="utf-8") as output:
        done = subprocess.run(
            [sys.executable, "-m", "PyInstaller", *options, str(spec)],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0:
        tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
        raise BuildError("\n".join(["Không đóng gói được:", *tail]))


def compile_support(program: Path) -> None:
    """Compiles the modules that lie open; whatever a copy does to their dates, they stay valid."""
    made = compileall.compile_dir(
        program / "_internal" / contents.QT_SUPPORT,
        quiet=2,
        stripdir=str(program),
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    if not made:
        raise BuildError(f"Không biên dịch được {contents.QT_SUPPORT}.")


def strip(program: Path) -> None:
    """Cuts what only a debugger reads out of compiled files.

    Qt's libraries come without. Those in a wheel's own folder of libraries were laid out anew for
    it, which does not bear a second time; the starts carry the archive.
    """
    command = shutil.which("strip")
    if not sys.platform.startswith("linux") or command is None:
        return
    inside = program / "_internal"
    files = [
        str(file)
        for file in sorted(inside.rglob("*.so*"))
        if (first := file.relative_to(inside).parts[0]) != "PySide6" and not first.endswith(".libs")
    ]
    subprocess.run([command, "--strip-unneeded", *files], check=True)


def lay_licences(program: Path) -> None:
    """Puts the licence of the program and of all that it stands on beside it."""
    folder = program / "licenses"
    texts = [
        (ROOT / "LICENSE", "../LICENSE"),
        (ROOT / "packaging" / "LGPL-3.0.txt", "pyside6/LGPL-3.0.txt"),
        *contents.licences(),
    ]
    for place in (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix)):
        if (place / "LICENSE.txt").is_file():
            texts.append((place / "LICENSE.txt", "python/LICENSE.txt"))
    for file, name in texts:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)


def size_of(folder: Path) -> int:
    """The bytes of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def build(dist: Path, work: Path) -> Path:
    """Builds the program below `dist` and gives its folder; says how long it took and its size."""
    started = time.monotonic()
    program = dist / contents.FOLDER
    run_pyinstaller(dist, work)
    strip(program)
    compile_support(program)
    lay_licences(program)
    size = size_of(program)
    print(
        f"{program}: {size / 1e6:.0f} MB, {sum(1 for _ in program.rglob('*'))} tệp,"
        f" {time.monotonic() - started:.0f} giây",
        flush=True,
    )
    if size > LARGEST:
        raise BuildError(f"Gói lớn hơn mức {LARGEST / 1e6:.0f} MB; xem {work / 'log.txt'}.")
    return program


def main(arguments: Sequence[str]) -> int:
    """Builds, and with `--smoke` tries what was built; 0 or 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = argparse.ArgumentParser(prog="build.py", description="Đóng gói Bảng Vàng.")
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="nơi đặt thư mục BangVang")
    parser.add_argument(
        "--work", type=Path, default=ROOT / "build" / "bundle", help="nơi đặt tệp trung gian"
    )
    parser.add_argument("--smoke", action="store_true", help="rồi chạy thử gói vừa làm")
    chosen = parser.parse_args(arguments)
    try:
        program = build(chosen.dist.resolve(), chosen.work.resolve())
    except BuildError as fault:
        print(fault, file=sys.stderr, flush=True)
        return 1
    if chosen.smoke:
        return subprocess.call([sys.executable, str(ROOT / "packaging" / "smoke.py"), str(program)])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
