"""The papers of a year: which there are, how far each has come, making them, writing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from app.ground.findings import Findings, UserError
from app.ground.text import folded, nearest
from app.operations.papers import Told, nobody_hears, write_file
from app.operations.workspace.desk import refusal
from app.reports.document import Document
from app.reports.papers.assembly import Made, make
from app.reports.papers.contents import subjects_of
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.paper import Paper, Part
from app.reports.papers.shelf import paper_of, papers

Form = Literal["pdf", "docx", "xlsx", "txt"]
FORMS: Final[tuple[Form, ...]] = ("pdf", "docx", "xlsx", "txt")
PART_WORDS: Final[dict[Part, str]] = {
    Part.START: "Đầu năm",
    Part.SCORING: "Chấm điểm",
    Part.CONFERENCE: "Hội nghị",
    Part.PROPOSAL: "Đề nghị khen thưởng, báo cáo",
    Part.DEPARTMENT: "Sở Nội vụ",
    Part.TURN: "Bàn giao",
}


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper for one subject, and what it came to when it was made just now."""

    paper: Paper
    subject: Subject
    made: Made

    @property
    def name(self) -> str:
        """As it is listed: the paper's title, and for whom."""
        return f"{self.paper.title} - {self.subject.name}" if self.subject.id else self.paper.title

    @property
    def stem(self) -> str:
        """The name of its file, without the ending."""
        words = folded(f"{self.paper.id} {self.subject.name}")
        return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in words).split())


def paper_lines(data: PaperData, names: Sequence[str] = ()) -> Iterator[PaperLine]:
    """The named papers, or all that can be made now, in the order of the year."""
    wanted = [paper_of(name) for name in names] or list(papers())
    for paper in wanted:
        for subject in subjects_of(paper, data):
            yield PaperLine(paper, subject, make(paper, data, subject))


def one_paper(data: PaperData, name: str, subject: str = "") -> PaperLine:
    """One paper for one subject, by id or name; raises ``UserError`` with those there are."""
    paper = paper_of(name)
    there = subjects_of(paper, data)
    for found in there:
        if subject in (found.id, found.name) or (len(there) == 1 and not subject):
            return PaperLine(paper, found, make(paper, data, found))
    listed = ", ".join(f"{s.name} ({s.id})" for s in there)
    guess = nearest(subject, [s.id for s in there]) if subject else None
    raise refusal(
        "paper_subject_unknown",
        paper.title,
        "Chưa lập được văn bản này: sổ chưa có đối tượng của nó."
        if not there
        else "Văn bản này lập riêng cho từng đối tượng; chưa rõ lập cho đối tượng nào.",
        "Ghi hội nghị, phiếu bầu hoặc đề nghị vào sổ trước."
        if not there
        else (f"Có phải “{guess}”? " if guess else "") + f"Chọn một trong: {listed}.",
    )


def rendered(document: Document, form: Form) -> bytes | None:
    """A paper in one form; ``None`` where it has nothing for that form (a workbook of no table)."""
    match form:
        case "pdf":
            from app.reports import pdf

            return pdf.render(document)
        case "docx":
            from app.reports import docx

            return docx.render(document)
        case "xlsx":
            from app.reports.tables_workbook import build_tables_workbook, has_tables

            return build_tables_workbook(document) if has_tables(document) else None
        case "txt":
            from app.reports import text

            return text.render(document).encode("utf-8")


def write_papers(
    lines: Iterable[PaperLine], folder: Path, forms: Sequence[Form], told: Told = nobody_hears
) -> tuple[Path, ...]:
    """Writes papers into a folder, each in each form; ``told`` may end it between two papers.

    A paper with a letter that the typeface lacks, or too large a head, is left out; what is wrong
    with all of them is raised at the end as one ``UserError``.
    """
    ordered = list(lines)
    written: list[Path] = []
    faults = Findings()
    for at, line in enumerate(ordered):
        told(at / len(ordered), line.name)
        for form in forms:
            try:
                data = rendered(line.made.document, form)
            except UserError as fault:
                faults.extend(fault.findings)
                break
            if data is not None:
                written.append(write_file(folder / f"{line.stem}.{form}", data))
    if faults:
        raise UserError(faults)
    return tuple(written)
