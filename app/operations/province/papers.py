"""The papers of the department, filled from the gathered province, and its workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.domain.papers import Issuer
from app.ground.canonical import digest
from app.ground.findings import UserError
from app.operations.papers import Told, nobody_hears, write_file
from app.operations.province.comparison import province_comparison
from app.operations.province.folder import ProvinceDesk
from app.operations.province.settings import flag_rule_of
from app.operations.province.view import ProvinceView
from app.operations.workspace.desk import refusal
from app.operations.workspace.paper_data import issuer_of
from app.operations.workspace.paper_desk import (
    Form,
    PaperLine,
    paper_lines,
    rendered,
    write_papers,
)
from app.persistence import books
from app.reports.document import Document
from app.reports.papers.data import PaperData, State
from app.reports.papers.paper import Part
from app.reports.papers.shelf import papers
from app.reports.province_comparison import build_province_comparison
from app.reports.province_overview import SentLine, build_province_overview

OVERVIEW_STEM: Final = "bang-toan-tinh"
COMPARISON_STEM: Final = "so-sanh-de-phan-tich"


def province_papers(province: ProvinceDesk, view: ProvinceView) -> PaperData:
    """What the papers of the department are made from; raises ``UserError`` where nobody has sent.

    Issuer, answers and wordings are those of the department's own workspace. The words of the
    papers follow the first cluster's table; no cluster's points enter another's.
    """
    if not view.province.clusters:
        raise _nobody(view)
    desk = province.desk
    read, latest = desk.workspace.read, desk.workspace.latest
    first = view.province.clusters[0]
    inside = next(c for c in first.assessment.snapshot.clusters if c.id == first.cluster)
    stated = flag_rule_of(province, view.province)
    results = {line.cluster.id: line.digest for line in view.lines if line.digest}
    return PaperData(
        assessment=first.assessment,
        cluster=inside,
        issuer=_issuer(province),
        answers={
            (answer.paper, answer.subject, answer.name): answer.value
            for answer in read(books.PAPER_ANSWERS, desk.period)
        },
        wordings={wording.paper: wording for wording in read(books.WORDINGS)},
        clusters=view.province.clusters,
        flag=stated[1] if stated is not None else None,
        state=State(desk.workspace.origin, desk.period, digest(results), latest.id, latest.digest),
    )


def _nobody(view: ProvinceView) -> UserError:
    return refusal(
        "cluster_not_sent",
        f"Năm {view.year.name}",
        "Chưa cụm, khối nào gửi kết quả nên chưa lập được văn bản toàn tỉnh.",
        "Nhận gói dữ liệu của các cụm, khối trước.",
    )


def _issuer(province: ProvinceDesk) -> Issuer:
    return issuer_of(province.desk.workspace)


def department_papers(data: PaperData, names: Sequence[str] = ()) -> tuple[PaperLine, ...]:
    """The named papers of the department, or all that can be made now."""
    wanted = names or [paper.id for paper in papers() if paper.part is Part.DEPARTMENT]
    return tuple(paper_lines(data, wanted))


def overview(view: ProvinceView, data: PaperData) -> Document:
    """The working paper of the whole province: one sheet of its workbook for each part."""
    lines = [
        SentLine(
            line.cluster.name,
            line.units,
            line.words,
            line.due,
            line.sent,
            bool(line.provisional),
            line.digest,
        )
        for line in view.lines
    ]
    return build_province_overview(data, lines, view.awards)


def write_province(
    view: ProvinceView,
    data: PaperData,
    folder: Path,
    forms: Sequence[Form],
    names: Sequence[str] = (),
    told: Told = nobody_hears,
) -> tuple[Path, ...]:
    """Writes the papers of the department, and the working paper unless papers are named.

    Raises ``UserError`` with all that could not be written.
    """
    written: list[Path] = []
    if not names:
        document = overview(view, data)
        for form in forms:
            content = rendered(document, form)
            if content is not None:
                written.append(write_file(folder / f"{OVERVIEW_STEM}.{form}", content))
    written += write_papers(department_papers(data, names), folder, forms, told)
    return tuple(written)


def comparison_paper(view: ProvinceView) -> Document:
    """The comparisons between the clusters, marked as being for analysis only."""
    return build_province_comparison(province_comparison(view), view.year.name)


def write_comparison(view: ProvinceView, folder: Path, forms: Sequence[Form]) -> tuple[Path, ...]:
    """Writes the comparisons; raises ``UserError`` where nobody has sent or the medium refuses."""
    if not view.province.clusters:
        raise _nobody(view)
    document = comparison_paper(view)
    contents = [(form, rendered(document, form)) for form in forms]
    return tuple(
        write_file(folder / f"{COMPARISON_STEM}.{form}", content)
        for form, content in contents
        if content is not None
    )
