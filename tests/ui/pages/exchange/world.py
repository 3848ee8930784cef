"""Another house with a year of its own, its key, and the packages that it sends."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from app.exchange.packages import Kind, SigningKey
from app.operations.exchange.packing import Envelope, Order
from app.operations.exchange.sending import Lock, send
from app.operations.workspace.desk import Desk, sit_down
from app.operations.workspace.entries import clear_scores
from app.operations.workspace_lifecycle import open_workspace
from app.persistence import books
from ui.preferences import Preferences

UNIT, NAME = "bien_phong", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh"
PASS = "bốn từ không liên quan"
THEIRS = SigningKey.of_seed(bytes([5]) * 32)
OTHER = SigningKey.of_seed(bytes([6]) * 32)
CRITERIA = ("I.1.1", "I.1.2")


@contextlib.contextmanager
def desk_at(folder: Path) -> Iterator[Desk]:
    """The other house at its year."""
    workspace = open_workspace(folder)
    try:
        yield sit_down(workspace, "Trần Văn Bình", workspace.read(books.PERIODS)[0].id)
    finally:
        workspace.close()


def without_two(desk: Desk) -> None:
    """The unit takes back two of its scores."""
    clear_scores(desk, [(UNIT, criterion, "self") for criterion in CRITERIA])


def package_from(
    folder: Path,
    out: Path,
    change: Callable[[Desk], object] = without_two,
    *,
    key: SigningKey = THEIRS,
    name: str = NAME,
    lock: Lock | None = None,
) -> Path:
    """The unit's self-scores as a package, after it changed something."""
    out.mkdir(parents=True, exist_ok=True)
    with desk_at(folder) as desk:
        change(desk)
        order = Order(Kind.SELF_SCORE, unit=UNIT, papers=False)
        return send(desk, order, Envelope(name), key, out, lock).file


def score_in(desk: Desk, criterion: str) -> bool:
    """Whether the unit has a score of its own there."""
    key = (UNIT, criterion, "self", None)
    return desk.workspace.one(books.ENTRIES, *key, period=desk.period) is not None


def with_key(preferences: Preferences, kept: tuple[Path, str]) -> None:
    """Lets this computer have a key already."""
    file, public = kept
    preferences.keep_choice("exchange.key.file", str(file))
    preferences.keep_choice("exchange.key.public", public)
