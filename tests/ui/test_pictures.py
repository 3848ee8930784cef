"""Every page on a real screen, at every scale, light and dark: nothing cut, nothing hidden.

Each run sees each scale once, over a small table and a large one; ``BANGVANG_DOSE=2`` sees all pairs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EACH_RUN = (("sample", "1"), ("real", "1.25"), ("sample", "1.5"))
THE_OTHERS = (("real", "1"), ("sample", "1.25"), ("real", "1.5"))
DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))


@pytest.mark.slow
@pytest.mark.parametrize(("world", "scale"), EACH_RUN + (THE_OTHERS if DOSE > 1 else ()))
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
