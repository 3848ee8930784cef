"""A small cluster's book with a sealed year and an open one, and the packages made out of it."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from app.exchange.packages import Kind, SigningKey
from app.operations.exchange.packing import Envelope, Order
from app.operations.exchange.sending import Lock, send
from app.operations.workspace.desk import Desk
from app.operations.workspace.rounds import seal_round, submit_round
from app.operations.workspace.years import close_year
from app.operations.workspace_lifecycle import open_workspace
from tests import builders as b
from tests.ui.pages.exchange.world import THEIRS
from tests.ui.pages.health.world import two_years

HOUSE = "Sở A"
SEALED, OPEN = "2025", "2026"
DAY = dt.date(2025, 12, 20)


@dataclass(frozen=True, slots=True)
class Old:
    """The book of the one who hands over, closed, and the seal of its first year."""

    folder: Path
    seal: str

    def copied(self, folder: Path) -> Old:
        """The same book elsewhere, to be changed."""
        return Old(Path(shutil.copytree(self.folder, folder)), self.seal)

    def sends(
        self,
        out: Path,
        kind: Kind = Kind.HANDOVER,
        *,
        key: SigningKey = THEIRS,
        lock: Lock | None = None,
        **order: str,
    ) -> Path:
        """A package of the open year, signed by the house."""
        out.mkdir(parents=True, exist_ok=True)
        workspace = open_workspace(self.folder)
        try:
            desk = Desk(workspace, "Hoa", OPEN)
            wanted = Order(kind, papers=False, **order)
            return send(desk, wanted, Envelope(HOUSE, note="Còn một việc"), key, out, lock).file
        finally:
            workspace.close(backup=False)


def make_old(folder: Path) -> Old:
    """Three units over two years; the first year is closed."""
    with two_years(folder) as workspace:
        desk = Desk(workspace, "Hoa", SEALED)
        submit_round(desk, b.ROUND, None, DAY)
        seal_round(desk, b.ROUND, None, DAY)
        closing = close_year(desk).operation
        assert closing is not None
    return Old(folder / "so", closing.digest)
