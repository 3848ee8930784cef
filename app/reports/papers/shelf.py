"""The shipped papers, read from ``resources/papers``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from app.ground.findings import Finding, Severity, UserError
from app.ground.paths import resources_folder
from app.ground.text import composed, nearest
from app.reports.papers.paper import Paper, Part


@lru_cache(maxsize=1)
def papers() -> tuple[Paper, ...]:
    """All papers in the order of the year."""
    found = [_read(file) for file in sorted((resources_folder() / "papers").glob("*.toml"))]
    parts = list(Part)
    return tuple(sorted(found, key=lambda paper: (parts.index(paper.part), paper.order, paper.id)))


def paper_of(name: str) -> Paper:
    """The paper with this id; raises ``UserError`` with the nearest."""
    known = {paper.id: paper for paper in papers()}
    if name in known:
        return known[name]
    guess = nearest(name, known)
    raise UserError(
        [
            Finding(
                "paper_unknown",
                Severity.ERROR,
                "Văn bản",
                f"Không có văn bản “{name[:80]}”.",
                f"Có phải “{guess}”?" if guess else "Xem danh mục văn bản.",
            )
        ]
    )


def _read(file: Path) -> Paper:
    paper = Paper.model_validate(tomllib.loads(composed(file.read_text(encoding="utf-8"))))
    if paper.id != file.stem:
        raise ValueError(f"{file.name} calls itself {paper.id}")
    return paper
