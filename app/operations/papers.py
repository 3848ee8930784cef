"""Writing the papers of an assessment into a folder: rankings and explained score sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from app.ground.findings import Finding, Severity, UserError
from app.ground.text import folded
from app.operations.scoring import Scored
from app.reports.document import Document

RANKING_STEM = "xep-hang"
SHEET_STEM = "phieu-dien-giai"
RESULT_FILE = "ket-qua.json"
Told = Callable[[float, str], None]
"""Hears how far a long writing is (0 to 1) and at what; may raise to end it."""


def nobody_hears(_share: float, _name: str) -> None:
    """Nobody wants to hear."""


def write_rankings(
    scored: Scored, folder: Path, forms: Iterable[str], told: Told = nobody_hears
) -> tuple[Path, ...]:
    """The ranking of each cluster as ``pdf``, ``xlsx`` and ``txt``; raises ``UserError``."""
    from app.reports.ranking import build_ranking

    forms = tuple(forms)
    written: list[Path] = []
    names = _Names(RANKING_STEM)
    clusters = scored.assessment.snapshot.clusters
    for at, cluster in enumerate(clusters):
        told(at / len(clusters), cluster.name)
        if not scored.assessment.clusters.get(cluster.id):
            continue
        stem = names.stem(cluster.id)
        document = build_ranking(scored.assessment, cluster, overlays=scored.packs.overlays)
        for name, data in _rendered(document, stem, forms):
            written.append(write_file(folder / name, data))
        if "xlsx" in forms:
            from app.reports.workbook import build_workbook

            data = build_workbook(scored.assessment, cluster)
            written.append(write_file(folder / f"{stem}.xlsx", data))
    return tuple(written)


def write_score_sheets(
    scored: Scored, folder: Path, forms: Iterable[str], told: Told = nobody_hears
) -> tuple[Path, ...]:
    """The explained score sheet of every unit as ``pdf`` and ``txt``; raises ``UserError``."""
    from app.reports.score_sheet import build_score_sheet

    forms = tuple(forms)
    written: list[Path] = []
    names = _Names(SHEET_STEM)
    units = scored.assessment.snapshot.units
    for at, unit in enumerate(units):
        told(at / len(units), unit.name)
        document = build_score_sheet(scored.assessment, unit.id, overlays=scored.packs.overlays)
        for name, data in _rendered(document, names.stem(unit.id), forms):
            written.append(write_file(folder / name, data))
    return tuple(written)


def write_documents(
    documents: Iterable[tuple[str, str, Document]], folder: Path, forms: Iterable[str]
) -> tuple[Path, ...]:
    """Papers as ``pdf``, ``xlsx`` and ``txt``, named by stem and id; raises ``UserError``."""
    forms = tuple(forms)
    named: dict[str, _Names] = {}
    written: list[Path] = []
    for head, identifier, document in documents:
        stem = named.setdefault(head, _Names(head)).stem(identifier)
        for name, data in _rendered(document, stem, forms):
            written.append(write_file(folder / name, data))
        if "xlsx" in forms:
            from app.reports.tables_workbook import build_tables_workbook

            written.append(write_file(folder / f"{stem}.xlsx", build_tables_workbook(document)))
    return tuple(written)


def write_result(scored: Scored, folder: Path) -> Path:
    """The result as JSON."""
    from app.exchange.result import result_text, result_tree

    text = result_text(result_tree(scored.assessment))
    return write_file(folder / RESULT_FILE, text.encode("utf-8"))


def _rendered(document: Document, stem: str, forms: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    if "pdf" in forms:
        from app.reports import pdf

        yield f"{stem}.pdf", pdf.render(document)
    if "txt" in forms:
        from app.reports import text

        yield f"{stem}.txt", text.render(document).encode("utf-8")


class _Names:
    """File names out of ids: letters, digits, dots and hyphens, never the same twice."""

    def __init__(self, head: str) -> None:
        self._head = head
        self._taken: set[str] = set()

    def stem(self, identifier: str) -> str:
        """The name for an id, without its ending."""
        bare = "".join(c if c.isascii() and c.isalnum() else "-" for c in folded(identifier))
        stem = f"{self._head}-{bare.strip('-') or 'x'}"
        name, number = stem, 1
        while name in self._taken:
            number += 1
            name = f"{stem}-{number}"
        self._taken.add(name)
        return name


def write_file(path: Path, data: bytes) -> Path:
    """Writes a file and the folders above it; raises ``UserError`` where the medium refuses."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as fault:
        raise UserError(
            [
                Finding(
                    "cannot_write",
                    Severity.ERROR,
                    path.name,
                    "Không ghi được tệp này.",
                    "Đóng tệp nếu đang mở, kiểm tra quyền ghi và chỗ trống, hoặc chọn nơi khác.",
                )
            ]
        ) from fault
    return path
