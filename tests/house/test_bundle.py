"""The built program takes along all that it reads, starts under names of its own, and works."""

from __future__ import annotations

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import PySide6
import pytest

from app.ground import paths

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bangvang_{name}", PACKAGING / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


contents = _load("contents")


@pytest.fixture(scope="module")
def collected() -> set[str]:
    """Every file that is laid beside the code, by its place in the checkout."""
    found = set()
    for source, folder in contents.data_files(ROOT):
        place = Path(source).relative_to(ROOT)
        assert place.parent.as_posix() == folder, "it lies in the program where it lies here"
        found.add(place.as_posix())
    return found


def _files(*folders: str) -> set[str]:
    return {
        file.relative_to(ROOT).as_posix()
        for folder in folders
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


class TestWhatGoesIn:
    def test_every_file_that_is_no_python_goes_along(self, collected: set[str]) -> None:
        read = {file for file in _files("app", "ui") if not file.endswith((".py", ".pyi"))}
        shipped = _files("data", "resources") - _files("resources/pictures")
        assert len(shipped) > 500
        assert (read | shipped) - collected == set()

    def test_the_scripts_of_schema_changes_go_along_as_files(self, collected: set[str]) -> None:
        scripts = _files("app/persistence/migrations")
        assert {
            f"app/persistence/migrations/{name}" for name in ("env.py", "versions/v0001.py")
        } <= scripts
        assert scripts <= collected

    def test_nothing_else_goes_along(self, collected: set[str]) -> None:
        assert {file.split("/")[0] for file in collected} <= {"app", "ui", "data", "resources"}
        assert [file for file in collected if "pictures" in file or "__pycache__" in file] == []

    def test_a_new_folder_of_data_would_go_along_too(self) -> None:
        assert contents.wanted_file("data/new/thing.bin")
        assert contents.wanted_file("resources/help/trang.md")
        assert contents.wanted_file("ui/pages/start/look.qss")
        assert not contents.wanted_file("ui/pages/start/page.py")
        assert not contents.wanted_file("resources/pictures/ranking.png")
        assert not contents.wanted_file("tests/conftest.py")

    def test_every_module_of_ours_is_named(self) -> None:
        modules = contents.modules(ROOT)
        assert {
            "app.__main__",
            "ui.__main__",
            "app.cli.workspace_forms",
            "app.rules.methods",
        } <= set(modules)
        assert (
            len(modules)
            == len(set(modules))
            == len([f for f in _files("app", "ui") if f.endswith(".py")])
        )

    def test_compiled_helpers_with_names_of_a_hash_are_found(self) -> None:
        import tomli

        assert tomli.__file__
        assert [name for name in contents.compiled_helpers() if name not in sys.modules] == []

    def test_each_licence_of_what_it_stands_on_is_at_hand(self) -> None:
        named = {name.split("/")[0] for _, name in contents.licences()}
        qt = {"pyside6-essentials", "pyside6-pdf", "shiboken6"}  # their text lies beside the spec
        assert set(contents.distributions()) - named == qt
        assert [file for file, _ in contents.licences() if not file.is_file()] == []


class TestWhatStaysOut:
    def test_nothing_of_ours_imports_what_is_left_out(self) -> None:
        left_out = set(contents.LEFT_OUT_MODULES)
        asked = set()
        for file in _files("app", "ui"):
            if file.endswith(".py"):
                for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
                    if isinstance(node, ast.Import):
                        asked |= {alias.name for alias in node.names}
                    elif isinstance(node, ast.ImportFrom) and node.module:
                        asked |= {node.module, *(f"{node.module}.{a.name}" for a in node.names)}
        upwards = {".".join(name.split(".")[:n]) for name in asked for n in range(1, 5)}
        assert upwards & left_out == set()

    @pytest.mark.skipif("not sys.platform.startswith('linux')", reason="Qt's folders differ")
    def test_each_wanted_plugin_of_qt_exists(self) -> None:
        folder = Path(PySide6.__file__).parent / "Qt" / "plugins"
        elsewhere = {"qwindows", "windowsprintersupport", "qmodernwindowsstyle"}
        wanted = {(f, name) for f, names in contents.QT_PLUGINS.items() for name in names}
        there = {
            (file.parent.name, file.stem.removeprefix("lib")) for file in folder.glob("*/*.so")
        }
        assert {pair for pair in wanted - there if pair[1] not in elsewhere} == set()

    @pytest.mark.parametrize(
        ("place", "stays"),
        [
            ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
            ("PySide6\\plugins\\platforms\\qwindows.dll", True),
            ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
            ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
            ("PySide6/Qt/translations/qt_de.qm", False),
            ("PySide6/Qt/lib/libQt6Core.so.6", True),
            ("data/plugins/x.toml", True),
        ],
    )
    def test_qt_comes_without_what_nobody_needs(self, place: str, stays: bool) -> None:
        assert contents.wanted_place(place) is stays

    def test_a_library_stays_where_something_that_stays_needs_it(self) -> None:
        needs = {"window": ["qt"], "qt": ["icu", "qt"], "icu": [], "gtk": ["cairo"]}
        assert contents.reached(["window"], lambda name: needs[name]) == {"window", "qt", "icu"}


class TestTheStarts:
    def test_names_do_not_meet_where_case_is_no_matter(self) -> None:
        names = [*contents.STARTS, "_internal", "licenses", "LICENSE"]
        assert len({name.casefold() for name in names}) == len(names)

    def test_each_opens_an_existing_way_into_the_program(self) -> None:
        for file in contents.STARTS.values():
            tree = ast.parse((PACKAGING / file).read_text(encoding="utf-8"))
            text = ast.unparse(tree)
            (way,) = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
            assert way is not None
            assert (ROOT / Path(*way.split("."))).with_suffix(".py").is_file()
            assert text.index("freeze_support") < text.index("import main")

    def test_the_spec_goes_by_the_list(self) -> None:
        text = (PACKAGING / "bangvang.spec").read_text(encoding="utf-8")
        ast.parse(text)
        for name in (
            "STARTS",
            "data_files",
            "qt_support",
            "modules",
            "LEFT_OUT_MODULES",
            "wanted_place",
        ):
            assert f"contents.{name}" in text

    def test_a_frozen_program_looks_for_its_files_where_they_were_laid(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
        assert paths.data_folder() == tmp_path / "data"
        assert paths.resources_folder() == tmp_path / "resources"
        assert paths.finding_codes_file().parent == tmp_path / "app" / "ground"


@pytest.mark.slow
def test_the_built_program_says_and_writes_what_the_sources_do(tmp_path: Path) -> None:
    if sys.platform.startswith("linux") and shutil.which("objdump") is None:
        pytest.skip("the build needs objdump (Debian: binutils)")
    room = os.environ.get("BANGVANG_ROOM", "here")  # or `empty`: a bare Debian, takes longer
    dist = tmp_path / "dist"
    for command in (
        ["build.py", "--dist", dist, "--work", tmp_path / "work"],
        ["smoke.py", dist / contents.FOLDER, "--room", room],
    ):
        script, *rest = command
        done = subprocess.run(
            [sys.executable, str(PACKAGING / str(script)), *map(str, rest)],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    opened = dist / contents.FOLDER / "_internal" / contents.QT_SUPPORT
    compiled = list(opened.rglob("*.pyc"))
    assert len(compiled) == len(list(opened.rglob("*.py"))) > 0
    valid_whatever_the_dates = (1).to_bytes(4, "little")
    assert {file.read_bytes()[4:8] for file in compiled} == {valid_whatever_the_dates}
    shutil.rmtree(tmp_path)
