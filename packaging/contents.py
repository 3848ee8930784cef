"""What goes into the built program and what stays out: one list, read by the build and its tests.

Standard library only. `bangvang.spec` collects by it, and `tests/house/test_bundle.py` holds it
against what lies in the checkout.
"""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath

PROJECT = "bang-vang"
FOLDER = "BangVang"  # under dist/: the folder that is copied to be installed
WINDOW = "BangVang"
CONSOLE = "bangvang-lenh"  # not `bangvang`: Windows would take it for the window's file
STARTS = {CONSOLE: "entry_console.py", WINDOW: "entry_window.py"}

# Folders whose files the program reads, and whether all of them or only what is no Python.
READ = {"app": False, "ui": False, "data": True, "resources": True}
# Alembic reads these scripts as files; the rest of the code lies in the archive.
SCRIPTS = "app/persistence/migrations"
NOT_READ = ("resources/pictures",)  # illustrations of the README
NEVER = ("__pycache__",)

# Modules that PyInstaller would take along by their hooks, and nobody asks for.
LEFT_OUT_MODULES = [
    "PIL._avif",
    "PIL._imagingcms",
    "PIL._imagingft",
    "PIL._imagingtk",
    "PIL._webp",
    "PySide6.QtDBus",
    "PySide6.QtNetwork",
    "PySide6.QtOpenGL",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtTest",
    "_curses",
    "_hashlib",  # Python's own SHA-256 takes its place
    "_pyrepl",
    "curses",
    "doctest",
    "hypothesis",
    "mypy",
    "numpy",
    "pdb",
    "pip",
    "pydantic.mypy",
    "pydantic.v1.mypy",
    "pydoc_data",
    "pygments",  # with rich, which typer uses only where it is there
    "pytest",
    "readline",
    "rich",
    "setuptools",
    "sqlalchemy.dialects.mssql",
    "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.oracle",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.ext.mypy",
    "tkinter",
]

# Qt's plugins that stay, by their folder; on a system without one of them it is just not there.
QT_PLUGINS: Mapping[str, tuple[str, ...]] = {
    "iconengines": ("qsvgicon",),
    "imageformats": ("qico", "qjpeg", "qsvg"),  # PNG is in Qt itself
    "platforminputcontexts": (  # typing Vietnamese
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    ),
    "platforms": ("qoffscreen", "qwayland", "qwindows", "qxcb"),
    "platformthemes": ("qxdgdesktopportal",),
    "printsupport": ("cupsprintersupport", "windowsprintersupport"),
    "styles": ("qmodernwindowsstyle",),
    "wayland-decoration-client": ("bradient",),
    "wayland-shell-integration": ("xdg-shell",),
}
# Printing's library goes with the system's printing service; without it a PDF can still be saved.
SYSTEM_LIBRARIES = ("libcups.so.2",)


def wanted_file(path: str) -> bool:
    """Whether the program reads this file of the checkout; `path` is relative, with slashes."""
    parts = PurePosixPath(path).parts
    if not parts or parts[0] not in READ or any(part in NEVER for part in parts):
        return False
    if any(_under(path, folder) for folder in NOT_READ):
        return False
    return READ[parts[0]] or not path.endswith(".py") or _under(path, SCRIPTS)


def _under(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + "/")


def data_files(root: Path) -> list[tuple[str, str]]:
    """The files to lay beside the code: (where it is, the folder it goes into)."""
    return [
        (str(root / path), str(PurePosixPath(path).parent))
        for path in files_of(root)
        if wanted_file(path)
    ]


def files_of(root: Path) -> list[str]:
    """All files of the folders that the program reads from, relative and in order."""
    found = (file for folder in READ for file in (root / folder).rglob("*") if file.is_file())
    return sorted(file.relative_to(root).as_posix() for file in found)


def modules(root: Path) -> list[str]:
    """Every module of ours by its name: commands and schema scripts are imported by theirs."""
    names = []
    for package in ("app", "ui"):
        for file in sorted((root / package).rglob("*.py")):
            parts = file.relative_to(root).with_suffix("").parts
            names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names


def wanted_place(place: str) -> bool:
    """Whether a file that PyInstaller collected stays, by its place in the program."""
    parts = PurePosixPath(place.replace("\\", "/")).parts
    if "PySide6" in parts:
        if "translations" in parts or "qml" in parts:
            return False
        if "plugins" in parts[:-1]:
            folder, file = parts[-2:]
            return _plugin_name(file) in QT_PLUGINS.get(folder, ())
    return True


def _plugin_name(file: str) -> str:
    return file.split(".")[0].removeprefix("lib")


def reached(roots: Iterable[str], asks: Callable[[str], Iterable[str]]) -> set[str]:
    """All names that `roots` need, with themselves; `asks` gives what one needs directly."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(asks(name))
    return found


# ------------------------------------------------------------------ what it stands on


def distributions(
    name: str = PROJECT, known: Mapping[str, importlib.metadata.Distribution] | None = None
) -> dict[str, importlib.metadata.Distribution]:
    """The installed distributions that the program runs on, by name, found through their needs."""
    found = dict(known or {})
    name = re.sub(r"[-_.]+", "-", name).lower()
    if name not in found:
        try:
            found[name] = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            return found  # a need of another system
        for need in found[name].requires or []:
            if not re.search(r"\bextra\s*==", need):
                found = distributions(re.split(r"[^\w.-]", need)[0], found)
    return found


def compiled_helpers() -> list[str]:
    """Modules that compiled packages import under names of a hash, so that no hook knows them."""
    return sorted(
        file.name.split(".")[0]
        for distribution in distributions().values()
        for file in distribution.files or []
        if "__mypyc." in file.name
    )


def folders_asked_through() -> list[tuple[str, str]]:
    """Files that keep a folder of a library there: it is left again with ".." to find templates.

    python-docx opens ``docx/parts/../templates/…``, and its code itself lies in the archive.
    """
    import docx.parts

    return [(docx.parts.__file__, "docx/parts")]


QT_SUPPORT = "shiboken6/files.dir"
"""Where Qt for Python looks for its own support modules before it unpacks them at every start."""


def qt_support() -> list[tuple[str, str]]:
    """The support modules of Qt for Python, which the set-up has laid open (``SBK_EMBED``)."""
    import shiboken6

    opened = Path(shiboken6.__file__).with_name("files.dir")
    return [
        (str(file), str(PurePosixPath(QT_SUPPORT, file.relative_to(opened).parent.as_posix())))
        for file in sorted(opened.rglob("*.py"))
    ]


def licences() -> list[tuple[Path, str]]:
    """The licence texts of what the program stands on: (where it is, under what name it goes)."""
    found = []
    for name, distribution in sorted(distributions().items()):
        for file in distribution.files or []:
            info, *inside = file.parts
            if info.endswith(".dist-info") and re.match(
                r"(?i)(licen[cs]e|copying|authors)", file.name
            ):
                found.append(
                    (Path(str(distribution.locate_file(file))), f"{name}/{'/'.join(inside[-1:])}")
                )
    return found
