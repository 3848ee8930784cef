"""What looking at a package costs, in a process of its own: memory beyond the first look, seconds.

Run by itself with a good package and the one to be weighed; a third word is the passphrase of a
locked one, or ``KEY`` where it is locked for the key of the tests. The good one is looked at first,
so that all that is loaded once is loaded. Prints ``{megabytes, seconds, intact, codes}``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from app.exchange.packages import PackageStatus
from app.ground.findings import UserError
from app.operations.exchange.looking import opened_status
from tests.app.exchange.packages import samples as s

WITH_KEY = "KEY"


@dataclass(frozen=True)
class Weight:
    """What one look cost, and how it ended."""

    megabytes: float
    seconds: float
    intact: bool
    codes: tuple[str, ...]


def weigh(good: Path, package: Path, opens: str = "") -> Weight:
    """The weight of a look, from a new process."""
    command = [sys.executable, "-m", __name__, str(good), str(package), opens]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode == 0, told.stderr
    answer = json.loads(told.stdout)
    return Weight(answer["megabytes"], answer["seconds"], answer["intact"], tuple(answer["codes"]))


def _look(package: Path, opens: str) -> PackageStatus | UserError:
    key = s.KEY if opens == WITH_KEY else None
    try:
        return opened_status(package, s.KNOWN, key, "" if key is not None else opens)
    except UserError as fault:
        return fault


def _most_memory() -> float:
    """The largest memory of this process so far, in MB.

    The kernel's own line counts from the start of the program; the usual ``ru_maxrss`` would count
    the process that started it.
    """
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (line,) = (line for line in lines if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """The command."""
    good, package, opens = sys.argv[1:]
    first = _look(Path(good), "")
    assert isinstance(first, PackageStatus)
    assert first.admissible
    before, begun = _most_memory(), time.process_time()
    seen = _look(Path(package), opens)
    spent = time.process_time() - begun
    told = seen.findings if isinstance(seen, UserError) else seen.problems
    answer = {
        "megabytes": round(_most_memory() - before, 1),
        "seconds": round(spent, 2),
        "intact": isinstance(seen, PackageStatus) and seen.intact,
        "codes": sorted({finding.code for finding in told}),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
