"""Set up, try, test and open Bảng Vàng from a fresh checkout: one file, standard library only.

    python3 packaging/bootstrap.py          open the program
    python3 packaging/bootstrap.py demo     score, rank and print the sample cluster into out/
    python3 packaging/bootstrap.py test     format, lint, types, floors, tests (-- pytest options)
    python3 packaging/bootstrap.py bundle   build the program that runs without Python into dist/
    python3 packaging/bootstrap.py setup    only set up

Whatever the command, what is missing is set up first, into `.venv` beside this checkout; nothing is
asked. A stamp over the lock's digest, the Python version and the checkout's place lets later runs
skip all of it, and those need no network. Nothing is written outside the checkout, except Debian
packages, which are installed when root and otherwise named in one line to copy.

The code keeps to what Python 3.8 can read, so that an old `python3` can still look for a new one.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "packaging" / "requirements.lock"
OLDEST = (3, 11)
NEWER_PYTHONS = ("python3.13", "python3.12", "python3.11", "python3.14", "python3", "python")
BUILDING = ("test", "bundle")  # the commands that build the program
STAMP = "bangvang-setup.json"  # inside .venv: what the finished set-up was made from
OURSELVES = "bang-vang"

# Shared library -> Debian package that brings it. Without the first six QtWidgets does not import,
# without the others no window opens on an X server.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

# Outside programs that some tests call: a command, or a file (with a slash) -> Debian package.
TEST_TOOLS = {
    "Xvfb": "xvfb",
    "xwininfo": "x11-utils",
    "soffice": "libreoffice-calc",
    "/usr/lib/libreoffice/program/libsclo.so": "libreoffice-calc",
    "/usr/lib/libreoffice/program/libswlo.so": "libreoffice-writer",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
}

# Bytes that a folder in memory, and the memory itself, have left where the tests write there.
ROOM_OF_TESTS, MEMORY_OF_TESTS = 6 << 30, 10 << 30

# What building the program calls, on Linux.
BUNDLE_TOOLS = {"objdump": "binutils"}


class UserError(Exception):
    """What the person at the keyboard has to mend, in one line; the program ends with 1."""


class Machine(NamedTuple):
    """What the set-up may do here: who we are, and which packages the system knows."""

    platform: str
    root: bool
    debian: bool
    ci: bool

    @property
    def may_install(self) -> bool:
        """Whether Debian packages may be installed without asking anyone."""
        return self.debian and (self.root or (self.ci and shutil.which("sudo") is not None))


def this_machine() -> Machine:
    """Look at the machine the set-up runs on."""
    user = getattr(os, "geteuid", lambda: 1)()
    return Machine(
        platform=sys.platform,
        root=user == 0,
        debian=Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None,
        ci=os.environ.get("CI", "").lower() in {"1", "true", "yes"},
    )


def say(line: str) -> None:
    """Print one line of progress at once, whatever the output is piped into."""
    print(line, flush=True)


# ------------------------------------------------------------------ which Python


def newer_python(candidates: Iterable[str], version_of: Callable[[str], tuple[int, ...]]) -> str:
    """Find the first command among `candidates` that starts a Python new enough, or stop."""
    for name in candidates:
        if version_of(name) >= OLDEST:
            return name
    wanted = ".".join(map(str, OLDEST))
    raise UserError(
        f"Cần Python {wanted} trở lên (đang chạy {sys.version.split()[0]}); hãy cài rồi chạy lại, "
        f"ví dụ: sudo apt-get install -y python3 python3-venv"
    )


def version_of(command: str) -> tuple[int, ...]:
    """The (major, minor) that a command answers with; (0,) where it does not start."""
    path = shutil.which(command)
    if path is None:
        return (0,)
    ask = [path, "-c", "import sys; print(*sys.version_info[:2])"]
    try:
        answer = subprocess.run(ask, capture_output=True, text=True, timeout=30, check=True)
        return tuple(int(part) for part in answer.stdout.split())
    except (OSError, ValueError, subprocess.SubprocessError):
        return (0,)


# ------------------------------------------------------------------ what the system must bring


def loads(library: str) -> bool:
    """Whether the dynamic loader finds this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def is_there(tool: str) -> bool:
    """Whether a command is on the path, or, for a name with a slash, whether that file exists."""
    return Path(tool).exists() if "/" in tool else shutil.which(tool) is not None


def missing(needs: Mapping[str, str], present: Callable[[str], bool]) -> list[str]:
    """Name the packages, each once and in order, of the needs that are not present."""
    return list(dict.fromkeys(package for need, package in needs.items() if not present(need)))


def copy_line(packages: Sequence[str]) -> str:
    """The one line that a person without root's rights can copy to install `packages`."""
    return "sudo apt-get install -y " + " ".join(packages)


def apt_install(packages: Sequence[str], machine: Machine) -> bool:
    """Install Debian packages without a question; say so, and whether it worked."""
    say(f"      cài gói Debian: {' '.join(packages)}")
    # Through `env`, since sudo drops variables; and another apt may be at work for a while.
    prefix = ["env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8", "apt-get", "-qq"]
    prefix = [*([] if machine.root else ["sudo", "-n"]), *prefix, "-o", "DPkg::Lock::Timeout=120"]
    install = [*prefix, "install", "-y", "--no-install-recommends", *packages]
    # Old package lists name files that mirrors no longer keep, so they are read anew first.
    for command in ([*prefix, "update"], install):
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    if done.returncode != 0:
        say("      " + "\n      ".join(done.stdout.strip().splitlines()[-5:]))
    return done.returncode == 0


def venv_package(spec: Callable[[str], object] = importlib.util.find_spec) -> list[str]:
    """The package that brings back `venv` and `ensurepip`, which Debian cuts out of Python."""
    if spec("ensurepip") and spec("venv"):
        return []
    systems_own = Path(sys.executable).resolve() == Path("/usr/bin/python3").resolve()
    return ["python3-venv" if systems_own else "python{}.{}-venv".format(*sys.version_info[:2])]


def tools_for(machine: Machine, command: str) -> dict[str, str]:
    """The outside tools to look for: paths only on Debian, some only on Linux.

    Tests build the program too.
    """
    linux = machine.platform.startswith("linux")
    tools = dict(BUNDLE_TOOLS) if linux and command in BUILDING else {}
    if command == "test":
        tools.update(TEST_TOOLS)
    return {
        tool: package
        for tool, package in tools.items()
        if (machine.debian or "/" not in tool) and (linux or tool not in ("Xvfb", "xwininfo"))
    }


def libraries_for(machine: Machine, command: str, python: Path) -> dict[str, str]:
    """The shared libraries to look for; Debian's own Python keeps itself as one apart."""
    if not machine.platform.startswith("linux"):
        return {}
    libraries = dict(QT_LIBRARIES)
    if command in BUILDING and python.parent == Path("/usr/bin"):
        name = "libpython{}.{}".format(*sys.version_info[:2])
        libraries[f"{name}.so.1.0"] = name
    return libraries


def bring_system(machine: Machine, command: str, *, fresh: bool) -> None:
    """Install what the system must bring, or name all of it in one line.

    A `fresh` environment needs Python's venv; the tests, the build and the window cannot do without
    Qt's libraries: these stop. Tests that lack an outside tool are skipped by name, and a set-up or
    demo only mentions what the window will want.
    """
    venv = venv_package() if fresh else []
    python = Path(sys.executable).resolve()
    libraries = missing(libraries_for(machine, command, python), loads)
    tools = missing(tools_for(machine, command), is_there)
    packages = [*venv, *libraries, *tools]
    if not packages or (machine.may_install and apt_install(packages, machine)):
        return
    line = copy_line(packages) if machine.debian else f"(tên gói ở Debian) {' '.join(packages)}"
    strict = command == "test" and (machine.root or machine.ci) and machine.debian
    needs_qt = command in BUILDING or (command == "open" and has_window())
    if venv or strict or command == "bundle" or (libraries and needs_qt):
        raise UserError(f"Thiếu gói hệ thống; hãy cài rồi chạy lại: {line}")
    if libraries:
        say(f"Cửa sổ chương trình sẽ cần thêm: {line}")
    else:
        say(f"Thiếu công cụ ngoài, phép thử cần đến sẽ bỏ qua và nêu tên; để chạy đủ: {line}")


def has_window() -> bool:
    """Whether there is a window to open yet."""
    return (ROOT / "ui" / "__main__.py").exists()


# ------------------------------------------------------------------ the environment of children


def child_environment(
    base: Mapping[str, str], private: Path, platform: str, bin_dir: Path
) -> dict[str, str]:
    """The environment in which the program and its tests run, made from `base`.

    `private` is an empty folder of ours: it stands in for a home or a runtime folder where there is
    none. Without a display Qt draws off screen instead of aborting.
    """
    env = dict(base)
    # The first would leave the slow start uncached; the others would mix foreign modules in.
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP"):
        env.pop(name, None)
    env["PYTHONUTF8"] = "1"
    env["VIRTUAL_ENV"] = str(bin_dir.parent)
    env["PATH"] = os.pathsep.join(part for part in (str(bin_dir), base.get("PATH", "")) if part)
    if platform.startswith("linux"):
        displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        if not any(base.get(name) for name in displays):
            env["QT_QPA_PLATFORM"] = "offscreen"
        if not writable_folder(base.get("XDG_RUNTIME_DIR")):
            env["XDG_RUNTIME_DIR"] = str(private_folder(private / "runtime"))
        if not writable_folder(base.get("HOME")):
            env["HOME"] = str(private_folder(private / "home"))
    return env


def writable_folder(name: str | None) -> bool:
    """Whether `name` is a folder that we may write into."""
    return bool(name) and os.path.isdir(str(name)) and os.access(str(name), os.W_OK)


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner may enter (Qt insists on that)."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def environment_of_tests(env: Mapping[str, str], beside: Path, strict: bool) -> dict[str, str]:
    """Add where the tests find source documents and real figures, kept `beside` the checkout.

    Where those are at hand and everything could be installed (`strict`), a skipped test is a
    failure: see `tests/conftest.py`.
    """
    tests = dict(env)
    shared = beside / "shared"
    places = {
        "BANGVANG_SOURCES": shared / "seeds",
        "BANGVANG_REAL_TABLE": shared / "real" / "cum347_selfscores.csv",
    }
    for name, place in places.items():
        if place.exists():
            tests.setdefault(name, str(place))
    if strict and shared.is_dir():
        tests.setdefault("BANGVANG_NO_SKIP", "1")
    return tests


def quick_folder(folder: Path = Path("/dev/shm"), known: Path = Path("/proc/meminfo")) -> str:
    """A folder in memory with room for all that the tests write, or "".

    They make thousands of small workspaces, each safe against a power cut; there they do not wait
    for a disk. The built program has to start from there too.
    """
    try:
        room = os.statvfs(folder)
        (free,) = re.findall(r"(?m)^MemAvailable: *(\d+) kB$", known.read_text("ascii"))
    except (AttributeError, OSError, ValueError):  # no such folder, or not on this system
        return ""
    enough = room.f_bavail * room.f_frsize > ROOM_OF_TESTS and int(free) * 1024 > MEMORY_OF_TESTS
    runs = not room.f_flag & os.ST_NOEXEC
    return str(folder) if enough and runs and os.access(folder, os.W_OK) else ""


# ------------------------------------------------------------------ the virtual environment


def bin_folder(venv: Path, platform: str) -> Path:
    """Where a virtual environment keeps its commands."""
    return venv / ("Scripts" if platform == "win32" else "bin")


def venv_python(venv: Path, platform: str) -> Path:
    """The Python of a virtual environment."""
    return bin_folder(venv, platform) / ("python.exe" if platform == "win32" else "python")


def wanted_stamp(root: Path) -> dict[str, str]:
    """What a finished set-up of the checkout at `root` was made from; equal means nothing to do."""
    return {
        "python": "{}.{}".format(*sys.version_info[:2]),
        "place": str(root),
        "lock": digest(root / "packaging" / "requirements.lock"),
        "project": digest(root / "pyproject.toml"),
    }


def digest(path: Path) -> str:
    """The SHA-256 of a text file, the same whether its lines end the Unix or the Windows way."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def read_stamp(path: Path) -> dict[str, str]:
    """The stamp of the last finished set-up; empty where there was none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def locked_names(lock: str) -> list[str]:
    """The names of all distributions that a lock pins, normalised."""
    return [normal_name(match[1]) for match in re.finditer(r"(?m)^([A-Za-z0-9][\w.-]*)==", lock)]


def normal_name(name: str) -> str:
    """A distribution's name as package tools compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def left_over(installed: Iterable[str], lock: str) -> list[str]:
    """What is installed though the lock no longer names it."""
    keep = {*locked_names(lock), "pip", OURSELVES}
    return sorted({normal_name(name) for name in installed} - keep)


def pip(python: Path, *arguments: str) -> list[str]:
    """A pip command that asks nothing and keeps nothing in the home folder."""
    quiet = ["--no-input", "--disable-pip-version-check", "--no-cache-dir", "--no-color"]
    return [str(python), "-m", "pip", *quiet, *arguments]


def needs_fresh_venv(
    found: Mapping[str, str], wanted: Mapping[str, str], version: tuple[int, ...]
) -> bool:
    """Whether `.venv` has to be made anew: none finished, a moved checkout, or another Python.

    `version` is what the environment's own Python answers: the system below it may have gone on to
    a newer one, or have lost it.
    """
    moved = any(found.get(key) != wanted[key] for key in ("python", "place"))
    return moved or ".".join(map(str, version)) != wanted["python"]


def set_up(machine: Machine, command: str, env: Mapping[str, str]) -> Path:
    """Bring the system and `.venv` to what is needed, and give its Python; quick where all fits."""
    python = venv_python(VENV, machine.platform)
    wanted, found = wanted_stamp(ROOT), read_stamp(VENV / STAMP)
    fresh = needs_fresh_venv(found, wanted, version_of(str(python)))
    bring_system(machine, command, fresh=fresh)
    if found == wanted and not fresh:
        return python

    started = time.monotonic()
    say("Chuẩn bị môi trường (chỉ làm một lần, cần mạng)")
    (VENV / STAMP).unlink(missing_ok=True)
    if fresh:
        say("[1/4] tạo môi trường ảo .venv")
        # A virtual environment can't clear itself away, so the Python below it makes the new one.
        base = getattr(sys, "_base_executable", None) or sys.executable
        run_quietly([base, "-m", "venv", "--clear", str(VENV)], env, "Không tạo được .venv")
    else:
        say("[1/4] môi trường ảo .venv đã có")

    lock = LOCK.read_text(encoding="utf-8")
    if fresh or found.get("lock") != wanted["lock"]:
        say(f"[2/4] cài {len(locked_names(lock))} gói theo bảng khoá, đối chiếu mã băm")
        install_lock(python, lock, env)
    else:
        say("[2/4] các gói đã đúng bảng khoá")

    say("[3/4] cài chương trình: lệnh bangvang")
    project = ["install", "--no-index", "--no-deps", "--no-build-isolation", "--editable", "."]
    run_quietly(pip(python, *project), env, "Không cài được chương trình")

    say("[4/4] biên dịch trước để khởi động nhanh")
    # Qt for Python carries some modules packed, which every start would unpack and compile again;
    # this switch of its own lays them beside it, where they are compiled once.
    laid = {**env, "SBK_EMBED": "false"}
    subprocess.run([str(python), "-c", "import PySide6.QtCore"], env=laid, check=False)
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    compile_all = ["-m", "compileall", "-q", "-q", "-j", "0", answer_of(python, ask, env)]
    # A package may ship files that are no Python of this version; those are not ours to mend.
    subprocess.run([str(python), *compile_all, "app", "ui"], cwd=ROOT, env=dict(env), check=False)

    (VENV / STAMP).write_text(json.dumps(wanted, indent=1) + "\n", encoding="utf-8")
    say(f"Xong sau {time.monotonic() - started:.0f} giây.")
    return python


def answer_of(python: Path, script: str, env: Mapping[str, str]) -> str:
    """What a short script prints when the environment's Python runs it."""
    command = [str(python), "-I", "-c", script]
    done = subprocess.run(command, env=dict(env), capture_output=True, text=True, check=True)
    return done.stdout.strip()


def install_lock(python: Path, lock: str, env: Mapping[str, str]) -> None:
    """Install exactly what the lock pins, each file checked by its hash; remove the rest."""
    options = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--no-compile"]
    command = pip(python, "install", *options, "--progress-bar", "off", "-r", str(LOCK))
    total = len(locked_names(lock))
    for last_try in (False, True):
        tail: list[str] = []
        seen = 0
        with subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as process:
            for line in process.stdout or ():
                tail = [*tail[-9:], line.rstrip()]
                if line.startswith(("Collecting ", "Processing ", "Requirement ", "Ignoring ")):
                    seen += 1
                    if seen % 10 == 0:
                        say(f"      {seen}/{total}")
        if process.returncode == 0:
            break
        if last_try:
            say("\n".join(tail))
            raise UserError(
                "Không cài được các gói: cần kết nối mạng ở lần chuẩn bị đầu; hãy chạy lại."
            )
        say("      chưa được, thử lại một lần")
    ask = (
        "import importlib.metadata as m, json;"
        "print(json.dumps([d.metadata['Name'] for d in m.distributions()]))"
    )
    extra = left_over(json.loads(answer_of(python, ask, env)), lock)
    if extra:
        say(f"      gỡ gói thừa: {' '.join(extra)}")
        run_quietly(pip(python, "uninstall", "-y", *extra), env, "Không gỡ được gói thừa")


def run_quietly(command: Sequence[str], env: Mapping[str, str], otherwise: str) -> None:
    """Run a command that should say nothing; where it fails, show its last lines and stop."""
    done = subprocess.run(
        list(command),
        cwd=ROOT,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        say("\n".join(done.stdout.strip().splitlines()[-10:]))
        raise UserError(f"{otherwise} (mã {done.returncode}); xem các dòng trên.")


# ------------------------------------------------------------------ the commands


def check_steps(python: Path, commands: Path, further: Sequence[str]) -> dict[str, list[str]]:
    """The checks in their order: name -> command line."""
    module = [str(python), "-m"]
    return {
        "ruff format --check": [*module, "ruff", "format", "--check", "."],
        "ruff check": [*module, "ruff", "check", "."],
        "mypy": [*module, "mypy"],
        "lint-imports": [str(commands / "lint-imports"), "--no-logo"],
        "pytest": [*module, "pytest", "-n", "auto", *further],
    }


def run_checks(
    steps: Mapping[str, Sequence[str]], env: Mapping[str, str], run: Callable[..., int]
) -> int:
    """Run every check even after one failed; say how long each took; 1 if any failed."""
    outcome = []
    for name, command in steps.items():
        say(f"── {name}")
        started = time.monotonic()
        code = run(list(command), cwd=ROOT, env=dict(env))
        mark = "đạt" if code == 0 else f"KHÔNG ĐẠT (mã {code})"
        outcome.append((name, mark, time.monotonic() - started, code))
        say(f"   {mark} sau {outcome[-1][2]:.1f} giây")
    say("── Tổng hợp")
    for name, mark, seconds, _ in outcome:
        say(f"   {name:<20} {seconds:7.1f} giây  {mark}")
    return 1 if any(code for *_, code in outcome) else 0


def open_program(python: Path, env: Mapping[str, str]) -> int:
    """Open the window; until there is one, say what to run."""
    if has_window():
        return subprocess.call([str(python), "-m", "ui"], cwd=ROOT, env=dict(env))
    command = bin_folder(VENV, sys.platform).relative_to(ROOT) / "bangvang"
    say(
        "Chương trình chưa có cửa sổ. Hãy xem kết quả mẫu bằng «python3 packaging/bootstrap.py "
        f"demo», hoặc gõ «{command} --help» để biết các lệnh."
    )
    return 0


def read_arguments(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Split the command line into the command and what stands behind `--`, for what it runs."""
    own, further = list(arguments), []
    if "--" in own:
        cut = own.index("--")
        own, further = own[:cut], own[cut + 1 :]
    parser = argparse.ArgumentParser(
        prog="bootstrap.py",
        description="Chuẩn bị, chạy thử, kiểm thử và mở Bảng Vàng.",
        epilog="Sau dấu -- là tham số chuyển tiếp, ví dụ: bootstrap.py test -- -k tên",
    )
    parser.add_argument(
        "command",
        nargs="?",
        default="open",
        choices=("open", "setup", "demo", "test", "bundle"),
        help="open: mở chương trình (mặc định) · setup: chỉ chuẩn bị · demo: chạy cụm mẫu vào out/ "
        "· test: kiểm thử · bundle: đóng gói vào dist/",
    )
    return parser.parse_args(own).command, further


def carry_out(command: str, further: Sequence[str]) -> int:
    """Set up, then do what the command asks; give the exit code."""
    machine = this_machine()
    commands = bin_folder(VENV, machine.platform)
    with tempfile.TemporaryDirectory(prefix="bangvang-", ignore_cleanup_errors=True) as private:
        env = child_environment(os.environ, Path(private), machine.platform, commands)
        python = set_up(machine, command, env)
        if command == "test":
            env = environment_of_tests(env, ROOT.parent, strict=machine.root or machine.ci)
            if quick := quick_folder():
                env.setdefault("PYTEST_DEBUG_TEMPROOT", quick)
            return run_checks(check_steps(python, commands, further), env, subprocess.call)
        if command == "demo":
            demo = [str(python), "-m", "app", "demo", "--out", "out", *further]
            return subprocess.call(demo, cwd=ROOT, env=env)
        if command == "bundle":
            build = [str(python), str(ROOT / "packaging" / "build.py"), *further]
            return subprocess.call(build, cwd=ROOT, env=env)
        if command == "setup":
            say("Đã sẵn sàng.")
            return 0
        return open_program(python, env)


def main(arguments: Sequence[str]) -> int:
    """Run from the command line: 0 done, 1 something to mend (said in one line)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        if sys.version_info < OLDEST:
            better = newer_python(NEWER_PYTHONS, version_of)
            return subprocess.call([better, str(Path(__file__).resolve()), *arguments])
        command, further = read_arguments(arguments)
        return carry_out(command, further)
    except UserError as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
