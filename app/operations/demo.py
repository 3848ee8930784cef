"""The sample cluster: a full year, from facts to ranking, score sheets and result."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.ground.paths import data_folder
from app.operations.papers import write_rankings, write_result, write_score_sheets
from app.operations.scoring import Scored, score

SAMPLE_PACK: Final = "cao-bang-2018-vi-du"
SAMPLE_FACTS: Final = "cao-bang-2019"


@dataclass(frozen=True, slots=True)
class Demo:
    """What the sample gives, and the files that were written."""

    scored: Scored
    written: tuple[Path, ...]


def run_demo(out: Path) -> Demo:
    """Scores the sample and writes its papers into ``out``; raises ``UserError``."""
    pack = data_folder() / "packs" / SAMPLE_PACK
    facts = data_folder() / "samples" / SAMPLE_FACTS / "facts.toml"
    scored = score([pack], facts)
    written = (
        *write_rankings(scored, out, ("pdf", "xlsx")),
        *write_score_sheets(scored, out, ("pdf",)),
        write_result(scored, out),
    )
    return Demo(scored, written)
