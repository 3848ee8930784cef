"""Handing a workspace over: its years and their seals, the head of its journal, its backups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.papers import Issuer
from app.domain.year import PeriodRecord, PeriodState
from app.operations.papers import write_documents
from app.operations.workspace.desk import refusal
from app.operations.workspace.paper_data import issuer_of
from app.persistence import books
from app.persistence.backups import Backup, head_of
from app.persistence.journal import Operation
from app.persistence.verify import Verification
from app.persistence.workspace import Workspace

HANDOVER_STEM = "ban-giao-so"
LEAST_MARK: Final = 16
"""How much of a digest has to be typed: two groups as papers print it, which no chance meets."""

_HEX: Final = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class YearSeal:
    """A year, and the act that closed it where it is closed; the act's digest is its seal."""

    year: PeriodRecord
    closed: Operation | None


@dataclass(frozen=True, slots=True)
class Handover:
    """What the next officer gets.

    ``head`` is the digest of the last of all ``operations``; ``backed_up``: the newest backup
    holds it; ``issuer`` is who issues the papers of the workspace.
    """

    folder: Path
    officer: str
    years: tuple[YearSeal, ...]
    head: str
    operations: int
    last_backup: Backup | None
    backed_up: bool
    issuer: Issuer


def handover_of(workspace: Workspace, officer: str) -> Handover:
    """The workspace as it would be handed over by an officer now."""
    acts = [line.operation for line in workspace.journal()]
    closings = {act.period: act for act in acts if act.kind == "year.closed"}
    years = sorted(workspace.read(books.PERIODS), key=lambda year: year.start)
    kept = workspace.backups()
    head = workspace.head
    return Handover(
        workspace.folder,
        officer,
        tuple(
            YearSeal(year, closings.get(year.id) if year.state is PeriodState.CLOSED else None)
            for year in years
        ),
        head,
        len(acts),
        kept[0] if kept else None,
        bool(kept) and head_of(kept[0]) == head,
        issuer_of(workspace),
    )


def verify_seal(workspace: Workspace, digest: str | None = None) -> Verification:
    """Checks the whole workspace, and that a digest on a paper is part of its journal."""
    return workspace.verify(digest)


def marked_by(workspace: Workspace, typed: str) -> Operation:
    """The act whose digest begins with what was typed off a paper.

    Raises ``UserError`` where that is no part of a digest, or none in this journal begins so.
    """
    wanted = "".join(typed.split()).casefold()
    if len(wanted) < LEAST_MARK or not set(wanted) <= _HEX:
        raise refusal(
            "mark_mistyped",
            "Dấu trên giấy",
            "Dấu chỉ có chữ số 0 đến 9 và chữ cái a đến f, xếp thành nhóm 8 ký tự.",
            "Gõ lại ít nhất hai nhóm đầu, đúng như trên giấy.",
        )
    for line in workspace.journal():
        if line.operation.digest.rpartition(":")[2].startswith(wanted):
            return line.operation
    raise refusal(
        "mark_unknown",
        "Dấu trên giấy",
        "Nhật ký của sổ này không có dấu vừa gõ.",
        "So lại từng nhóm với giấy. Nếu gõ đúng thì sổ này không phải sổ đã được bàn giao, hoặc "
        "giấy được in sau khi giao sổ; đề nghị bên giao giao lại sổ.",
    )


def write_handover(handover: Handover, folder: Path, forms: Iterable[str]) -> tuple[Path, ...]:
    """The minutes of handing over as ``pdf``, ``xlsx`` and ``txt``; raises ``UserError``."""
    from app.reports.handover import SealLine, build_handover

    lines = [
        SealLine(
            seal.year.name,
            f"{seal.year.start:%d/%m/%Y} - {seal.year.end:%d/%m/%Y}",
            sealed_words(seal),
            seal.closed.digest if seal.closed is not None else "",
        )
        for seal in handover.years
    ]
    last = handover.last_backup
    document = build_handover(
        handover.folder,
        handover.officer,
        lines,
        handover.head,
        handover.operations,
        f"{last.made:%d/%m/%Y %H:%M}, tệp {last.file.name}" if last is not None else "",
        handover.issuer,
    )
    return write_documents([(HANDOVER_STEM, "nhat-ky", document)], folder, forms)


def sealed_words(seal: YearSeal) -> str:
    """ "Đã khóa sổ 05/01/2027" or "Đang mở"."""
    if seal.year.state is PeriodState.OPEN:
        return "Đang mở"
    if seal.closed is None:
        return "Đã khóa sổ"
    day = seal.closed.at[:10].split("-")
    return f"Đã khóa sổ {day[2]}/{day[1]}/{day[0]}"
