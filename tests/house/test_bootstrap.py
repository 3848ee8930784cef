"""The set-up decides rightly before it touches anything (the set-up itself is run by CI)."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "bootstrap.py"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bangvang_bootstrap", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


bootstrap = _load()


def machine(**changes: object) -> object:
    plain = {"platform": "linux", "root": False, "debian": True, "ci": False}
    return bootstrap.Machine(**{**plain, **changes})


def environment(base: dict[str, str], private: Path, platform: str = "linux") -> dict[str, str]:
    return bootstrap.child_environment(base, private, platform, Path("/x/.venv/bin"))


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A system without Qt's libraries and outside tools; what apt was asked for."""
    asked: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "loads", lambda library: False)
    monkeypatch.setattr(bootstrap, "is_there", lambda tool: False)
    monkeypatch.setattr(bootstrap, "has_window", lambda: False)
    monkeypatch.setattr(
        bootstrap, "apt_install", lambda packages, _: asked.append(packages) or True
    )
    return asked


class TestMissingPackages:
    def test_each_is_named_once_and_in_order(self) -> None:
        needs = {"soffice": "calc", "a.so": "calc", "b.so": "writer", "Xvfb": "xvfb"}
        assert bootstrap.missing(needs, lambda need: need == "Xvfb") == ["calc", "writer"]

    def test_what_is_present_is_not_named(self) -> None:
        assert bootstrap.missing(bootstrap.QT_LIBRARIES, lambda need: True) == []

    def test_a_library_that_does_not_exist_does_not_load(self) -> None:
        assert not bootstrap.loads("libnothing-of-this-name.so.7")

    def test_a_tool_with_a_slash_is_a_file_and_another_is_a_command(self, tmp_path: Path) -> None:
        (tmp_path / "lib.so").touch()
        assert bootstrap.is_there(f"{tmp_path}/lib.so")
        assert not bootstrap.is_there(f"{tmp_path}/other.so")
        assert not bootstrap.is_there("no-such-command-anywhere")

    def test_a_python_without_ensurepip_needs_debians_venv_package(self) -> None:
        assert bootstrap.venv_package(lambda name: None)[0].endswith("-venv")
        assert bootstrap.venv_package(lambda name: name) == []

    def test_paths_are_looked_for_only_on_debian_and_a_display_only_on_linux(self) -> None:
        windows = bootstrap.tools_for(machine(platform="win32", debian=False), "test")
        assert set(windows) == {"soffice", "pdftotext", "pdftoppm"}
        here = bootstrap.tools_for(machine(), "test")
        assert set(here) == {*bootstrap.TEST_TOOLS, *bootstrap.BUNDLE_TOOLS}

    def test_a_build_looks_for_its_own_tools_and_others_for_none(self) -> None:
        assert bootstrap.tools_for(machine(), "bundle") == bootstrap.BUNDLE_TOOLS
        assert bootstrap.tools_for(machine(platform="win32"), "bundle") == {}
        assert bootstrap.tools_for(machine(), "demo") == {}

    def test_debians_python_needs_its_library_for_a_build(self) -> None:
        own, other = Path("/usr/bin/python3"), Path("/opt/python/bin/python3")
        library = "libpython{}.{}".format(*sys.version_info[:2])
        extra = {f"{library}.so.1.0": library}
        plain = bootstrap.QT_LIBRARIES
        assert bootstrap.libraries_for(machine(), "bundle", own) == {**plain, **extra}
        assert bootstrap.libraries_for(machine(), "bundle", other) == plain
        assert bootstrap.libraries_for(machine(), "open", own) == plain
        assert bootstrap.libraries_for(machine(platform="win32"), "bundle", own) == {}


class TestWhatTheSystemMustBring:
    def test_root_gets_libraries_and_tools_installed(self, lacking: list[list[str]]) -> None:
        bootstrap.bring_system(machine(root=True), "test", fresh=False)
        assert {"libegl1", "xvfb", "libreoffice-calc", "libreoffice-writer"} <= set(lacking[0])

    def test_tools_of_tests_are_no_matter_of_the_demo(self, lacking: list[list[str]]) -> None:
        bootstrap.bring_system(machine(root=True), "demo", fresh=False)
        assert lacking == [list(bootstrap.QT_LIBRARIES.values())]

    def test_others_who_test_without_qt_are_stopped_with_one_line_to_copy(
        self, lacking: list[list[str]]
    ) -> None:
        with pytest.raises(bootstrap.UserError) as stop:
            bootstrap.bring_system(machine(), "test", fresh=False)
        assert lacking == []
        assert "sudo apt-get install -y libgl1 libegl1" in str(stop.value)
        assert "\n" not in str(stop.value)

    def test_others_who_lack_only_tools_are_told_which_and_go_on(
        self,
        lacking: list[list[str]],
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr(bootstrap, "loads", lambda library: True)
        bootstrap.bring_system(machine(), "test", fresh=False)
        assert "xvfb x11-utils libreoffice-calc libreoffice-writer" in capsys.readouterr().out

    def test_a_build_does_not_go_on_without_its_tools(
        self, lacking: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bootstrap, "loads", lambda library: True)
        with pytest.raises(bootstrap.UserError, match="binutils"):
            bootstrap.bring_system(machine(), "bundle", fresh=False)

    def test_ci_does_not_go_on_without_its_tools(
        self, lacking: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bootstrap, "loads", lambda library: True)
        monkeypatch.setattr(bootstrap, "apt_install", lambda packages, _: False)
        with pytest.raises(bootstrap.UserError, match="poppler-utils"):
            bootstrap.bring_system(machine(ci=True), "test", fresh=False)

    def test_a_demo_without_qt_goes_on_and_mentions_it(
        self, lacking: list[list[str]], capsys: pytest.CaptureFixture[str]
    ) -> None:
        bootstrap.bring_system(machine(), "demo", fresh=False)
        assert "libgl1" in capsys.readouterr().out

    def test_one_line_names_all_that_a_bare_debian_lacks(
        self, lacking: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bootstrap, "venv_package", lambda: ["python3-venv"])
        with pytest.raises(bootstrap.UserError, match=r"python3-venv libgl1 .* xvfb"):
            bootstrap.bring_system(machine(), "test", fresh=True)

    def test_no_apt_where_there_is_no_debian(self, lacking: list[list[str]]) -> None:
        bootstrap.bring_system(machine(root=True, debian=False), "demo", fresh=False)
        assert lacking == []


class TestTheEnvironmentOfChildren:
    def test_bytecode_is_kept_and_foreign_modules_stay_out(self, tmp_path: Path) -> None:
        base = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": "/elsewhere", "KEPT": "yes"}
        env = environment(base, tmp_path)
        assert not {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"} & env.keys()
        assert env["KEPT"] == "yes"
        assert env["PYTHONUTF8"] == "1"

    def test_the_environments_commands_come_first_on_the_path(self, tmp_path: Path) -> None:
        first = environment({"PATH": "/usr/bin"}, tmp_path)["PATH"].split(os.pathsep)[0]
        assert Path(first) == Path("/x/.venv/bin")

    def test_without_a_display_qt_draws_off_screen(self, tmp_path: Path) -> None:
        assert environment({}, tmp_path)["QT_QPA_PLATFORM"] == "offscreen"

    @pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
    def test_a_display_is_used(self, name: str, tmp_path: Path) -> None:
        assert "QT_QPA_PLATFORM" not in environment({name: ":0"}, tmp_path)

    def test_a_chosen_platform_stays(self, tmp_path: Path) -> None:
        assert environment({"QT_QPA_PLATFORM": "xcb"}, tmp_path)["QT_QPA_PLATFORM"] == "xcb"

    def test_a_display_is_no_matter_on_windows(self, tmp_path: Path) -> None:
        env = environment({}, tmp_path, "win32")
        assert not {"QT_QPA_PLATFORM", "XDG_RUNTIME_DIR", "HOME"} & env.keys()

    @pytest.mark.skipif("sys.platform == 'win32'", reason="folder rights are Unix's")
    def test_a_missing_runtime_folder_is_made_for_the_owner_alone(self, tmp_path: Path) -> None:
        env = environment({"XDG_RUNTIME_DIR": str(tmp_path / "gone")}, tmp_path)
        folder = Path(env["XDG_RUNTIME_DIR"])
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    @pytest.mark.parametrize("home", [{}, {"HOME": ""}, {"HOME": "/no/such/home"}])
    def test_a_home_that_is_not_there_is_stood_in_for(
        self, home: dict[str, str], tmp_path: Path
    ) -> None:
        assert Path(environment(home, tmp_path)["HOME"]).is_dir()

    def test_a_real_home_stays(self, tmp_path: Path) -> None:
        assert environment({"HOME": str(tmp_path)}, tmp_path / "p")["HOME"] == str(tmp_path)


class TestTheEnvironmentOfTests:
    def test_outside_material_beside_the_checkout_is_found(self, tmp_path: Path) -> None:
        (tmp_path / "shared" / "seeds").mkdir(parents=True)
        env = bootstrap.environment_of_tests({}, tmp_path, strict=True)
        assert env == {
            "BANGVANG_SOURCES": str(tmp_path / "shared" / "seeds"),
            "BANGVANG_NO_SKIP": "1",
        }

    def test_what_the_caller_set_wins(self, tmp_path: Path) -> None:
        (tmp_path / "shared" / "seeds").mkdir(parents=True)
        own = {"BANGVANG_SOURCES": "/own", "BANGVANG_NO_SKIP": "0"}
        assert bootstrap.environment_of_tests(own, tmp_path, strict=True) == own

    def test_skips_are_allowed_where_nothing_lies_beside_or_nobody_insists(
        self, tmp_path: Path
    ) -> None:
        assert bootstrap.environment_of_tests({}, tmp_path, strict=True) == {}
        (tmp_path / "shared").mkdir()
        assert bootstrap.environment_of_tests({}, tmp_path, strict=False) == {}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such folder")
class TestTheFolderInMemory:
    @pytest.fixture
    def plenty(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """What a system says that has more memory than the tests ask for."""
        monkeypatch.setattr(bootstrap, "ROOM_OF_TESTS", 0)
        said = tmp_path / "meminfo"
        said.write_text(f"MemTotal: 1 kB\nMemAvailable:   {11 << 20} kB\n")
        return said

    def test_is_taken_where_there_is_plenty(self, tmp_path: Path, plenty: Path) -> None:
        assert bootstrap.quick_folder(tmp_path, plenty) == str(tmp_path)

    def test_is_left_where_memory_is_short(self, tmp_path: Path, plenty: Path) -> None:
        plenty.write_text(f"MemAvailable:   {9 << 20} kB\n")
        assert bootstrap.quick_folder(tmp_path, plenty) == ""

    def test_is_left_where_it_is_small(
        self, tmp_path: Path, plenty: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bootstrap, "ROOM_OF_TESTS", 1 << 62)
        assert bootstrap.quick_folder(tmp_path, plenty) == ""

    def test_is_left_where_no_program_starts_from_it(
        self, tmp_path: Path, plenty: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said = SimpleNamespace(f_bavail=1, f_frsize=1, f_flag=os.ST_NOEXEC)
        monkeypatch.setattr(bootstrap.os, "statvfs", lambda _folder: said)
        assert bootstrap.quick_folder(tmp_path, plenty) == ""

    def test_is_not_looked_for_where_there_is_none(self, tmp_path: Path, plenty: Path) -> None:
        assert bootstrap.quick_folder(tmp_path / "nothing", plenty) == ""
        assert bootstrap.quick_folder(tmp_path, tmp_path / "nothing") == ""


class TestTheStamp:
    @pytest.fixture
    def checkout(self, tmp_path: Path) -> Path:
        (tmp_path / "packaging").mkdir()
        (tmp_path / "packaging" / "requirements.lock").write_text("a==1\n")
        (tmp_path / "pyproject.toml").write_text("[project]\n")
        return tmp_path

    def test_the_same_checkout_wants_the_same_stamp(self, checkout: Path) -> None:
        assert bootstrap.wanted_stamp(checkout) == bootstrap.wanted_stamp(checkout)

    @pytest.mark.parametrize(
        ("file", "key"),
        [("packaging/requirements.lock", "lock"), ("pyproject.toml", "project")],
    )
    def test_a_changed_file_changes_only_its_part(
        self, file: str, key: str, checkout: Path
    ) -> None:
        before = bootstrap.wanted_stamp(checkout)
        (checkout / file).write_text("b==2\n")
        after = bootstrap.wanted_stamp(checkout)
        assert {name for name in after if after[name] != before[name]} == {key}

    def test_line_ends_of_windows_make_no_difference(self, checkout: Path) -> None:
        before = bootstrap.wanted_stamp(checkout)
        (checkout / "pyproject.toml").write_bytes(b"[project]\r\n")
        assert bootstrap.wanted_stamp(checkout) == before

    @pytest.mark.parametrize("content", [None, "", "{", "[]", "\udcff"])
    def test_a_missing_or_broken_stamp_is_an_empty_one(
        self, content: str | None, tmp_path: Path
    ) -> None:
        stamp = tmp_path / "stamp.json"
        if content is not None:
            stamp.write_bytes(content.encode("utf-8", "surrogateescape"))
        assert bootstrap.read_stamp(stamp) == {}

    def test_a_moved_checkout_or_another_python_needs_a_new_environment(
        self, checkout: Path
    ) -> None:
        wanted = bootstrap.wanted_stamp(checkout)
        here = sys.version_info[:2]
        assert bootstrap.needs_fresh_venv({}, wanted, here)
        assert bootstrap.needs_fresh_venv({**wanted, "place": "/elsewhere"}, wanted, here)
        assert bootstrap.needs_fresh_venv({**wanted, "python": "3.10"}, wanted, here)
        assert bootstrap.needs_fresh_venv(wanted, wanted, (0,)), "its Python is gone"
        assert not bootstrap.needs_fresh_venv({**wanted, "lock": "other"}, wanted, here)

    def test_a_python_that_does_not_start_has_no_version(self, tmp_path: Path) -> None:
        assert bootstrap.version_of(str(tmp_path / "python")) == (0,)
        assert bootstrap.version_of(sys.executable) == sys.version_info[:2]


class TestTheLock:
    LOCK = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")

    def test_it_names_no_place_to_download_from(self) -> None:
        pins = re.sub(r"(?m)^#.*$", "", self.LOCK)  # the first lines say how to renew it
        assert "://" not in self.LOCK
        assert not re.search(r"(?m)^\s*-(?!-hash)| @ ", pins)

    def test_every_pin_carries_hashes(self) -> None:
        pins = re.split(r"(?m)^(?=[A-Za-z0-9])", self.LOCK)[1:]
        assert len(pins) == len(bootstrap.locked_names(self.LOCK)) > 40
        assert [pin for pin in pins if "--hash=sha256:" not in pin] == []

    def test_it_pins_all_that_the_project_file_asks_for(self) -> None:
        import tomllib

        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        groups = [project["dependencies"], *project["optional-dependencies"].values()]
        asked = {
            bootstrap.normal_name(re.split(r"[^\w.-]", need)[0])
            for group in groups
            for need in group
        }
        assert asked <= set(bootstrap.locked_names(self.LOCK))

    def test_what_it_no_longer_names_is_left_over(self) -> None:
        installed = ["Old_Thing", "pip", "bang-vang", "rfc8785", "typing_extensions"]
        lock = "rfc8785==1 \\\n    --hash=x\ntyping-extensions==4 ; y\n"
        assert bootstrap.left_over(installed, lock) == ["old-thing"]


class TestTheCommandLine:
    def test_without_a_word_it_opens_the_program(self) -> None:
        assert bootstrap.read_arguments([]) == ("open", [])

    def test_what_stands_behind_two_dashes_is_passed_on(self) -> None:
        assert bootstrap.read_arguments(["test", "--", "-k", "foo"]) == ("test", ["-k", "foo"])

    def test_an_unknown_command_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            bootstrap.read_arguments(["explode"])
        assert "explode" in capsys.readouterr().err

    def test_the_checks_run_in_order_and_all_of_them_even_after_a_failure(self) -> None:
        steps = bootstrap.check_steps(Path("py"), Path("bin"), ["-k", "foo"])
        ran: list[list[str]] = []

        def run(command: list[str], **_: object) -> int:
            ran.append(command)
            return int("mypy" in command)

        assert bootstrap.run_checks(steps, {}, run) == 1
        assert ran == list(steps.values())
        assert ran[-1][-4:] == ["-n", "auto", "-k", "foo"]
        assert bootstrap.run_checks(steps, {}, lambda *_, **__: 0) == 0

    def test_help_is_vietnamese_and_utf_8_even_in_the_c_locale(self) -> None:
        env = {
            **os.environ,
            "LANG": "C",
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        }
        shown = subprocess.run(
            [sys.executable, str(SCRIPT), "--help"], env=env, capture_output=True, check=True
        )
        assert "Chuẩn bị" in shown.stdout.decode("utf-8")

    def test_an_old_python_can_still_read_the_file(self) -> None:
        ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))

    def test_an_old_python_looks_for_a_newer_one(self) -> None:
        versions = {"python3.12": (0,), "python3": (3, 9), "python3.11": (3, 11)}
        assert bootstrap.newer_python(versions, versions.__getitem__) == "python3.11"
        with pytest.raises(bootstrap.UserError, match=r"Cần Python 3\.11"):
            bootstrap.newer_python(["python3"], versions.__getitem__)

    def test_ci_runs_nothing_but_the_test_command(self) -> None:
        lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
        assert lines[-1] == "exec python3 packaging/bootstrap.py test"
        assert os.access(ROOT / ".ci" / "run", os.X_OK) or sys.platform == "win32"


class TestSkips:
    SAMPLE = """
        import pytest

        def test_skips(): pytest.skip("no tool")

        @pytest.mark.skipif(True, reason="never here")
        def test_is_marked(): pass

        @pytest.mark.xfail(reason="known", strict=True)
        def test_fails_as_expected(): assert False
    """
    MODULE = "import pytest; pytest.skip('whole file', allow_module_level=True)"

    @pytest.fixture
    def run(self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):
        def run(no_skip: str) -> pytest.RunResult:
            monkeypatch.setenv("BANGVANG_NO_SKIP", no_skip)
            pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
            pytester.makepyfile(test_some=self.SAMPLE, test_whole=self.MODULE)
            return pytester.runpytest_subprocess(
                "-p", "no:cacheprovider", "--continue-on-collection-errors"
            )

        return run

    def test_where_everything_is_at_hand_a_skip_is_a_failure(self, run) -> None:
        result = run("1")
        result.assert_outcomes(failed=1, errors=2, xfailed=1)
        result.stdout.fnmatch_lines(["*this was skipped: *no tool*"])

    def test_elsewhere_a_skip_is_a_skip_with_its_reason(self, run) -> None:
        result = run("")
        result.assert_outcomes(skipped=3, xfailed=1)
