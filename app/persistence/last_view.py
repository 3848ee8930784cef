"""What the window showed last, kept beside the data so that the next opening shows it at once.

It belongs to one state of the data, named by the head of the journal: after anything was written
it is not read any more. It is no part of the data; where it is lost, an opening takes a little
longer.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

FILE: Final = "last_view.json"
MOST_BYTES: Final = 4_000_000


def keep(folder: Path, head: str, body: bytes) -> None:
    """Keeps ``body`` for this head; a medium that has no room for it goes without."""
    if len(body) > MOST_BYTES:
        return
    part = folder / f"{FILE}.part"
    with contextlib.suppress(OSError):
        part.write_bytes(head.encode("ascii") + b"\n" + body)
        part.replace(folder / FILE)


def kept(folder: Path, head: str) -> bytes | None:
    """What was kept for this head, and for no other."""
    try:
        with (folder / FILE).open("rb") as stream:
            found, _, body = stream.read(MOST_BYTES + 100).partition(b"\n")
    except OSError:
        return None
    return body if found == head.encode("ascii") and len(body) <= MOST_BYTES else None
