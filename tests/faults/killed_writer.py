"""Forks writers and kills them: ``python killed_writer.py FOLDER KILLS SEED``.

Each writer opens the workspace, says so, and does one operation after another, now and then an
undo or a backup; when an operation is acknowledged it prints its number and the value that it wrote
into ten cells ("-" for an undo). The parent waits
for up to two of them and a random moment more, kills it with SIGKILL (some while they open) and
passes on the whole lines that it printed.
Forking saves the start of a Python for each of hundreds of kills.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from fractions import Fraction
from pathlib import Path

from app.domain.snapshot import Entry
from app.persistence import books
from app.persistence.workspace import Workspace

CELLS = 10
LONGEST = 0.03
"""Seconds; an operation takes about a third of that."""


def write(folder: Path, out: int, seed: int) -> None:
    """One writer's life: it ends only by being killed."""
    random.seed(seed)
    workspace = Workspace.open(folder)
    os.write(out, b"open\n")
    while True:
        if random.random() < 0.2:
            undone = workspace.undo("B")
            if undone is not None:
                os.write(out, f"{undone.id} -\n".encode())
        if random.random() < 0.1:
            workspace.backup()
        value = Fraction(random.randrange(1, 10**9))
        cells = [Entry("u1", f"I.{n}", "self", points=value) for n in range(CELLS)]
        with workspace.operation("write", "Ghi", "B", period="p") as change:
            change.put(books.ENTRIES, *cells)
        assert change.operation is not None
        os.write(out, f"{change.operation.id} {value}\n".encode())


def lives_and_dies(folder: Path, chance: random.Random) -> bytes:
    """What one writer printed until it was killed."""
    reading, writing = os.pipe()
    seed = chance.randrange(10**9)
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            write(folder, writing, seed)
        except BaseException as fault:  # noqa: BLE001 - the parent is told
            os.write(writing, f"fault {fault!r}\n".encode())
        os._exit(1)
    os.close(writing)
    said = b""
    lines = chance.choice([0, 1, 2, 2, 3])
    while said.count(b"\n") < lines:
        block = os.read(reading, 4096)
        if not block:
            break
        said += block
    time.sleep(chance.uniform(0, LONGEST))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while block := os.read(reading, 65536):
        said += block
    os.close(reading)
    return said[: said.rfind(b"\n") + 1]


def main() -> None:
    """Kills as many writers as asked for."""
    folder, kills, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    for _ in range(kills):
        sys.stdout.write(lives_and_dies(folder, chance).decode() + "killed\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
