"""Every page on a real screen, at every scale, light and dark: nothing cut, nothing hidden."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCALES = ("1", "1.25", "1.5")
WORLDS = ("sample", "real")


@pytest.mark.slow
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("world", WORLDS)
def test_every_page_can_be_read_and_used(
    world: str, scale: str, request: pytest.FixtureRequest, root: Path
) -> None:
    folder: Path = request.getfixturevalue(f"{world}_workspace")
    screen = shutil.which("xvfb-run")
    if screen is None:
        pytest.skip("needs xvfb-run")
    command = [
        *(screen, "-a", "-s", "-screen 0 1366x768x24"),
        *(sys.executable, "-m", "tests.ui.pictures"),
        *("--workspace", str(folder), "--name", world, "--out", str(root / "out" / "pictures")),
    ]
    env = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
