"""Tries the built program where nothing of its making is at hand.

    python packaging/smoke.py [PROGRAM] [--room empty|here] [--keep-root DIR]

Every command of a short year is run twice, by the built program and from the sources, and both
must say and write the same. Then the window opens off screen and its picture is looked at. The
built program runs in a *room*: `empty` is a bare Debian without Python (needs root, debootstrap and
the mirror that apt uses), `here` is this system with an empty environment. In both, where the
system allows, its folder is read-only and there is no network.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import contents
from rooms import Ran, Room, RoomError, empty_room, room_here

ROOT = Path(__file__).resolve().parent.parent
OLD_WORKBOOK = ROOT / "tests" / "packaging" / "bang-tieu-chi.xls"
LONGEST = 180.0  # seconds for one command

YEAR = ("--year", "2026", "--by", "Nguyễn Văn An", "--cluster", "k1=Cụm 1")
LEADER = ("--role", "leader")
FORMS = ("--form", "pdf", "--form", "docx", "--form", "xlsx", "--form", "txt")
COMMANDS: Sequence[Sequence[str]] = (
    ("--version",),
    ("demo", "--out", "out"),
    ("rules", "list"),
    ("rules", "test", "day-xep-loai"),
    ("rules", "from-table", "cu.xls", "--out", "goi"),  # read in a process of its own
    ("rules", "check", "goi"),
    ("workspace", "new", "so", *YEAR, "--pack", "day-xep-loai"),
    ("workspace", "show", "so"),
    ("workspace", "verify", "so"),
    ("workspace", "show", "khong-co"),  # refused in plain words
    ("workspace", "unit", "add", "so", "a", "--name", "Sở A", "--cluster", "k1", *LEADER),
    ("report", "make", "so", "ke_hoach_hoat_dong", *FORMS, "--out", "vb"),
    ("report", "wording", "so", "ke_hoach_hoat_dong"),  # Markdown is read
    ("report", "verify", "out/xep-hang-k1.pdf"),  # signatures are looked for
    ("package", "estimate", "so", "--kind", "criteria-table"),
)
SAME_FILES = ("out", "goi")
SESSION = {"LC_ALL": "C.UTF-8"}  # every desktop has UTF-8; the command line does without
FEWEST_COLOURS = 12
SMALLEST = (640, 400)


@dataclass(slots=True)
class Report:
    """What was tried, and whether all of it held."""

    failed: int = 0

    def line(self, what: str, faults: Sequence[str], seconds: float) -> None:
        """One trial and what was wrong with it."""
        mark = "KHÔNG ĐẠT" if faults else "đạt"
        print(f"   {mark:<9} {seconds:6.2f} giây  {what}", flush=True)
        for fault in faults:
            print(f"             {fault}", flush=True)
        self.failed += bool(faults)


def from_source(arguments: Sequence[str], folder: Path) -> Ran:
    """Runs a command from the sources, in `folder`."""
    command = [sys.executable, "-m", "app", *arguments]
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=LONGEST,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr, time.monotonic() - started)


def differences(built: Ran, source: Ran) -> list[str]:
    """Where the built program answered otherwise than the sources."""
    pairs = {
        "mã kết thúc": (built.code, source.code),
        "đầu ra": (built.out, source.out),
        "đầu ra lỗi": (built.err, source.err),
    }
    return [
        f"{name}: {was!r:.300}, mã nguồn: {wants!r:.300}"
        for name, (was, wants) in pairs.items()
        if was != wants
    ]


def digests(folder: Path) -> dict[str, str]:
    """Every file of a folder with the digest of its content."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def try_commands(room: Room, source: Path, report: Report) -> None:
    """The console program says and writes the same as the sources."""
    for folder in (room.work, source):
        shutil.copyfile(OLD_WORKBOOK, folder / "cu.xls")
    for arguments in COMMANDS:
        built = room.run([contents.CONSOLE, *arguments], LONGEST)
        faults = differences(built, from_source(arguments, source))
        report.line(f"{contents.CONSOLE} {' '.join(arguments[:3])}", faults, built.seconds)
    for name in SAME_FILES:
        ours, theirs = digests(room.work / name), digests(source / name)
        faults = [
            f"tệp khác nhau: {n}" for n in sorted({*ours, *theirs}) if ours.get(n) != theirs.get(n)
        ]
        report.line(
            f"{len(theirs)} tệp trong {name}/ như từ mã nguồn",
            faults or ([] if theirs else ["không có tệp"]),
            0,
        )


def faults_of_picture(file: Path) -> list[str]:
    """What is wrong with the picture of a window; nothing where it shows one."""
    from PIL import Image

    if not file.is_file():
        return ["không có ảnh"]
    with Image.open(file) as picture:
        colours = picture.convert("RGB").getcolors(maxcolors=1 << 24) or []
        faults = []
        if picture.width < SMALLEST[0] or picture.height < SMALLEST[1]:
            faults.append(f"ảnh chỉ rộng {picture.width} × {picture.height}")
        if len(colours) < FEWEST_COLOURS:
            faults.append(f"ảnh chỉ có {len(colours)} màu")
        return faults


def try_window(room: Room, report: Report) -> None:
    """The window opens off screen, alone and with a workspace, and leaves a picture.

    In a room with this system's files it opens on a real display too, where one can be made.
    """
    look(room, report, "khong-man-hinh", (), {})
    look(room, report, "so", ("so",), {})
    if not room.bare and shutil.which("Xvfb"):
        with display() as name:
            look(room, report, "x11", ("so",), {"QT_QPA_PLATFORM": "xcb", "DISPLAY": name})


def look(
    room: Room, report: Report, name: str, further: Sequence[str], more: Mapping[str, str]
) -> None:
    """One picture of the window: it ends well, says nothing and shows something."""
    command = [contents.WINDOW, "--picture", f"{name}.png", *further]
    built = room.run(command, LONGEST, {**SESSION, **more})
    faults = [] if built.code == 0 else [f"mã kết thúc {built.code}"]
    said = [line for line in (built.out + built.err).splitlines() if line not in OFF_SCREEN]
    faults += [f"{line:.300}" for line in said[:8]]
    faults += faults_of_picture(room.work / command[2])
    report.line(" ".join(command), faults, built.seconds)


OFF_SCREEN = {"This plugin does not support propagateSizeHints()"}
"""What Qt's platform without a screen says of itself when a sheet grows."""


@contextlib.contextmanager
def display() -> Iterator[str]:
    """A display of X that nobody sees; gives its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, pass_fds=[writing], stdout=quiet, stderr=quiet) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as answer:
                yield f":{answer.readline().strip()}"
        finally:
            server.terminate()


def try_program(program: Path, room: Room) -> int:
    """All trials in one room; the number of those that failed."""
    print(f"── {room.title}", flush=True)
    report = Report()
    before = {file: file.stat().st_mtime_ns for file in sorted(program.rglob("*"))}
    with tempfile.TemporaryDirectory(prefix="bangvang-") as source:
        try_commands(room, Path(source), report)
    try_window(room, report)
    after = {file: file.stat().st_mtime_ns for file in sorted(program.rglob("*"))}
    written = [str(file) for file in {*before, *after} if before.get(file) != after.get(file)]
    report.line("không ghi gì vào thư mục chương trình", sorted(written)[:5], 0)
    print(f"   {'đạt' if not report.failed else f'{report.failed} chỗ KHÔNG ĐẠT'}", flush=True)
    return report.failed


def main(arguments: Sequence[str]) -> int:
    """Chooses the room and tries the program in it; 0 where all held."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = argparse.ArgumentParser(prog="smoke.py", description="Chạy thử gói Bảng Vàng.")
    default = ROOT / "dist" / contents.FOLDER
    parser.add_argument("program", nargs="?", type=Path, default=default, help="thư mục của gói")
    parser.add_argument(
        "--room", choices=("empty", "here"), help="mặc định: empty nếu máy cho phép"
    )
    parser.add_argument("--keep-root", type=Path, help="giữ hệ thống trống ở đây cho lần sau")
    chosen = parser.parse_args(arguments)
    program = chosen.program.resolve()
    rooms: dict[str, Callable[[], Room]] = {
        "empty": lambda: empty_room(program, chosen.keep_root),
        "here": lambda: room_here(program),
    }
    for name in (chosen.room,) if chosen.room else tuple(rooms):
        try:
            with rooms[name]() as room:
                return 1 if try_program(program, room) else 0
        except RoomError as why:
            print(f"{name}: {why}", flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
