"""The program as a process: equal bytes under any locale, clock and hash seed; clean places."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys import world as w

CALM = {"PATH": os.environ.get("PATH", ""), "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}


def bangvang(
    *arguments: object, env: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    root = Path(__file__).resolve().parents[3]
    return subprocess.run(
        [sys.executable, "-m", "app", *map(str, arguments)],
        capture_output=True,
        env={**CALM, "PYTHONPATH": str(root), **(env or {})},
        cwd=cwd,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"LANG": "vi_VN.UTF-8", "TZ": "Asia/Ho_Chi_Minh"},
        {"LC_ALL": "en_US.ISO-8859-1", "PYTHONUTF8": "0", "TZ": "Pacific/Kiritimati"},
        {"PYTHONIOENCODING": "cp1258", "TZ": "America/Adak", "PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "31337"},
    ],
    ids=["C", "vi", "latin", "cp1258", "seed"],
)
def test_the_bytes_are_the_same_everywhere(tmp_path: Path, env: dict[str, str]) -> None:
    pack, facts = w.write(tmp_path)
    for more in (("--json",), (), ("--explain", "u3")):
        line = ("score", "--pack", pack, "--facts", facts, *more)
        usual = bangvang(*line, env={"PYTHONHASHSEED": "0"})
        assert usual.returncode == 0, usual.stderr.decode()
        other = bangvang(*line, env=env)
        assert (other.returncode, other.stdout, other.stderr) == (0, usual.stdout, usual.stderr)
        usual.stdout.decode("utf-8")


def test_neither_home_nor_the_current_folder_is_touched(tmp_path: Path) -> None:
    pack, facts = w.write(tmp_path)
    here = tmp_path / "here"
    here.mkdir()
    env = {"HOME": "/không/có", "XDG_CONFIG_HOME": "/không/có", "TMPDIR": str(here)}
    done = bangvang("score", "--pack", pack, "--facts", facts, env=env, cwd=here)
    assert done.returncode == 0, done.stderr.decode()
    assert list(here.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="needs a shell with pipes: not on this system")
def test_a_reader_that_goes_away_is_no_fault() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "app", "rules", "show", "bac-giang-2022", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[3],
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


def test_the_version_is_told_without_any_surroundings() -> None:
    done = bangvang("--version")
    assert done.stdout.decode("utf-8").startswith("Bảng Vàng ")


def test_a_file_of_rubbish_is_refused_quickly(tmp_path: Path) -> None:
    pack, _ = w.write(tmp_path)
    rubbish = tmp_path / "rac.toml"
    rubbish.write_bytes(b"a = " + b"[" * 1_000_000)
    done = bangvang("score", "--pack", pack, "--facts", rubbish)
    assert done.returncode == 1
    assert "LỖI" in done.stderr.decode("utf-8")


def test_score_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    pack, facts = w.write(tmp_path)
    heavy = ("reportlab", "openpyxl", "rich", "sqlalchemy", "PySide6", "python_calamine")
    heavy += ("app.exchange.legacy_text", "tomli_w")
    code = (
        "import sys; from app.__main__ import run\n"
        f"code = run(['score', '--pack', {str(pack)!r}, '--facts', {str(facts)!r}, '--json'])\n"
        f"sys.exit(code or any(name in sys.modules for name in {heavy!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        cwd=Path(__file__).resolve().parents[3],
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8")
