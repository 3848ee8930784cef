"""Scoring a year of the workspace, and handing its facts on: the same result either way.

The year's snapshot is written as a facts tree and read back as a facts file would be, so that
``bangvang score`` on the file that ``write_facts`` makes gives the same digest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.domain.snapshot import Snapshot
from app.exchange.facts import read_facts
from app.exchange.facts_writer import facts_text, facts_tree_of
from app.ground.findings import Findings, UserError
from app.operations.loading import Loaded
from app.operations.scoring import Scored, score_loaded
from app.operations.workspace.desk import Desk, packs_of, refusal


def loaded_year(desk: Desk, facts: Snapshot | None = None) -> Loaded:
    """The year's tables and facts (or ``facts`` in their place), ready to be scored; raises
    ``UserError``.
    """
    packs = packs_of(desk)
    if not desk.units:
        raise refusal(
            "year_without_units",
            f"Năm {desk.period}",
            "Năm này chưa có đơn vị nào.",
            "Thêm cụm, khối và đơn vị trước.",
        )
    tree = facts_tree_of(desk.workspace.snapshot(desk.period) if facts is None else facts)
    snapshot, told = read_facts(
        tree, f"Năm {desk.period}", packs.main, packs.overlays, packs.companions
    )
    findings = Findings((*packs.findings, *told))
    if snapshot is None:
        raise UserError(findings)
    return Loaded(packs, snapshot, findings.as_tuple())


def scored_year(desk: Desk, as_of: dt.date | None = None, changes: Sequence[str] = ()) -> Scored:
    """The assessment of the year; with ``changes`` what would be if, and who moves.

    Raises ``UserError`` where there can be no assessment.
    """
    return score_loaded(loaded_year(desk), as_of, changes)


def write_facts(desk: Desk, out: Path, *, overwrite: bool = False) -> Path:
    """Writes the year as a facts file; raises ``UserError`` where it cannot be written."""
    return write_text(out, facts_text(loaded_year(desk).snapshot), overwrite=overwrite)


def write_text(out: Path, text: str, *, overwrite: bool) -> Path:
    """Writes a text file; raises ``UserError`` where one stands there or the medium refuses."""
    return write_bytes(out, text.encode("utf-8"), overwrite=overwrite)


def refuse_standing(files: Iterable[Path]) -> None:
    """Raises ``UserError`` with every file that is there already."""
    told = Findings()
    for file in files:
        if file.exists():
            told.error(
                "file_exists",
                file.name,
                "Tệp này đã có nên không bị ghi đè.",
                "Chọn nơi khác (--out), hoặc cho phép ghi đè (--overwrite).",
            )
    if told.errors:
        raise UserError(told)


def write_bytes(out: Path, data: bytes, *, overwrite: bool) -> Path:
    """Writes a file; raises ``UserError`` where one stands there or the medium refuses."""
    if not overwrite:
        refuse_standing([out])
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(data)
    except OSError as fault:
        raise refusal(
            "cannot_write",
            out.name,
            "Không ghi được tệp này.",
            "Đóng tệp nếu đang mở, kiểm tra quyền ghi và chỗ trống, hoặc chọn nơi khác.",
        ) from fault
    return out
