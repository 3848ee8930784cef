"""What leaves the house at once: rankings, explained score sheets, the facts; all of it or nothing.

Everything is made first, beside the folder that was asked for; only then are the files put there.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.operations.papers import Told, write_rankings, write_result, write_score_sheets
from app.operations.workspace.desk import Desk, refusal
from app.operations.workspace.results import refuse_standing, scored_year, write_facts

FACTS_STEM: Final = "du-kien"


class Paper(StrEnum):
    """What can be handed out."""

    RANKING_PDF = "ranking_pdf"
    RANKING_EXCEL = "ranking_excel"
    SHEETS_PDF = "sheets_pdf"
    FACTS = "facts"
    RESULT = "result"


def hand_out(
    desk: Desk,
    folder: Path,
    papers: Collection[Paper],
    *,
    overwrite: bool = False,
    told: Told = lambda _share, _name: None,
) -> tuple[Path, ...]:
    """Writes the chosen papers of the year into a folder.

    Raises ``UserError`` where there is no result, a file stands in the way, or the medium refuses.
    ``told`` hears of each paper and may end the work; then nothing has been written.
    """
    told(0, "")
    scored = scored_year(desk)
    with tempfile.TemporaryDirectory(prefix="bang-vang-") as beside:
        made = Path(beside)
        forms = [
            name
            for paper, name in ((Paper.RANKING_PDF, "pdf"), (Paper.RANKING_EXCEL, "xlsx"))
            if paper in papers
        ]
        if forms:
            write_rankings(scored, made, forms, lambda share, name: told(0.1 + 0.2 * share, name))
        if Paper.SHEETS_PDF in papers:
            write_score_sheets(
                scored, made, ["pdf"], lambda share, name: told(0.3 + 0.6 * share, name)
            )
        if Paper.FACTS in papers:
            write_facts(desk, made / f"{FACTS_STEM}-{_safe(desk.period)}.toml")
        if Paper.RESULT in papers:
            write_result(scored, made)
        told(0.95, "")
        files = sorted(made.iterdir())
        if not overwrite:
            refuse_standing([folder / file.name for file in files])
        told(1, "")
        return tuple(_put(file, folder) for file in files)


def _safe(name: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in name)


def _put(file: Path, folder: Path) -> Path:
    target = folder / file.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    except OSError as fault:
        raise refusal(
            "cannot_write",
            target.name,
            "Không ghi được tệp này.",
            "Đóng tệp nếu đang mở, kiểm tra quyền ghi và chỗ trống, hoặc chọn nơi khác.",
        ) from fault
    return target
