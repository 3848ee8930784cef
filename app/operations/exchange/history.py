"""A whole workspace as a document of a package (``bangvang-journal/1``), and a workspace out of it.

The document holds the rows of the journal; what they come to is the workspace itself, sealed years
and their digests included.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from app.domain.year import PeriodState
from app.operations.workspace.desk import refusal
from app.persistence import books
from app.persistence.histories import History, lay
from app.persistence.workspace import Workspace

HISTORY_SCHEMA: Final = "bangvang-journal/1"


def history_tree(workspace: Workspace) -> dict[str, Any]:
    """The document that holds the whole journal."""
    found = workspace.history()
    return {
        "schema": HISTORY_SCHEMA,
        "structure": found.schema,
        "operations": [dict(row) for row in found.operations],
        "changes": [dict(row) for row in found.changes],
    }


def lay_history(tree: Mapping[str, Any], folder: Path, name: str) -> None:
    """Lays the workspace of such a document in a new folder; raises ``UserError``."""
    lists = tree.get("operations"), tree.get("changes")
    structure = tree.get("structure")
    sound = tree.get("schema") == HISTORY_SCHEMA and isinstance(structure, int)
    if not sound or not all(isinstance(rows, list) for rows in lists):
        raise refusal(
            "history_broken",
            name,
            "Nhật ký trong gói không đúng định dạng.",
            "Đề nghị nơi bàn giao lập lại gói.",
        )
    assert isinstance(structure, int)
    lay(folder, History(structure, tree["operations"], tree["changes"]), name)


def years_told(tree: Mapping[str, Any]) -> tuple[tuple[str, bool], ...]:
    """The years that such a document says to hold, the oldest first: name, and whether closed.

    Told by the document, not verified; nothing where it is not in its form.
    """
    found: dict[str, tuple[str, str, bool]] = {}
    try:
        for change in tree["changes"]:
            if change["tbl"] != books.PERIODS.name:
                continue
            if change["after"] is None:
                found.pop(change["key"], None)
                continue
            row = json.loads(change["after"])
            closed = row["state"] == PeriodState.CLOSED.value
            found[change["key"]] = str(row["start"]), str(row["name"]), closed
    except (TypeError, KeyError, ValueError):
        return ()
    return tuple((name, closed) for _start, name, closed in sorted(found.values()))
