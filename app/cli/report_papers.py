"""``bangvang report papers|make|fill|issuer|wording``: the papers of a workspace's year."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.commands import Command
from app.cli.speech import say, say_lines, tell, usage_error
from app.cli.values import choice
from app.cli.workspace_options import (
    ByOption,
    FolderArgument,
    YearOption,
    looking,
    said,
    seated,
    typed_row,
)

if TYPE_CHECKING:
    from app.operations.workspace.desk import Desk
    from app.operations.workspace.paper_desk import PaperLine
    from app.reports.papers.data import PaperData

PaperArgument = Annotated[str, typer.Argument(metavar="VĂN_BẢN", help="Mã của văn bản.")]
ClusterOption = Annotated[
    str | None,
    typer.Option("--cluster", metavar="CỤM", help="Cụm, khối; mặc định: tất cả."),
]
SubjectOption = Annotated[
    str,
    typer.Option("--for", metavar="ĐỐI_TƯỢNG", help="Đơn vị, phiếu bầu hoặc hội nghị."),
]
_FORMS = ("pdf", "docx", "xlsx", "txt")


def add_paper_commands(group: typer.Typer) -> None:
    """Puts the commands of this file into their group."""
    group.command("papers", cls=Command)(list_papers)
    group.command("make", cls=Command)(make_papers)
    group.command("fill", cls=Command)(fill)
    group.command("issuer", cls=Command)(issuer)
    group.command("wording", cls=Command)(wording)


def _data_of(desk: Desk, cluster: str | None) -> Iterator[PaperData]:
    from app.operations.workspace.paper_data import paper_data
    from app.operations.workspace.results import scored_year

    scored = scored_year(desk)
    for name in [cluster] if cluster else desk.clusters:
        yield paper_data(desk, name, scored)


def list_papers(
    folder: FolderArgument, cluster: ClusterOption = None, year: YearOption = None
) -> None:
    """Liệt kê các văn bản của năm: văn bản nào lập được, còn phải điền gì, vì sao là dự thảo."""
    from app.operations.workspace.paper_desk import PART_WORDS, paper_lines

    with looking(folder, year) as desk:
        for data in _data_of(desk, cluster):
            say(data.cluster_name)
            part = None
            for line in paper_lines(data):
                if line.paper.part is not part:
                    part = line.paper.part
                    say(f"  {PART_WORDS[part]}")
                say_lines(f"    {words}" for words in _lines_of(line))


def _lines_of(line: PaperLine) -> Iterator[str]:
    whom = f" --for {line.subject.id}" if line.subject.id else ""
    yield f"{line.name} ({line.paper.id}{whom})"
    draft = line.made.document.draft
    if draft:
        yield "  Dự thảo: " + " ".join(draft.reasons)
    if line.made.blanks:
        yield "  Còn để trống: " + ", ".join(ask.words for ask in line.made.blanks) + "."


def make_papers(
    folder: FolderArgument,
    out: Annotated[str, typer.Option("--out", metavar="THƯ_MỤC", help="Nơi ghi các văn bản.")],
    paper: Annotated[
        list[str] | None,
        typer.Argument(metavar="VĂN_BẢN", help="Mã văn bản; không ghi: cả bộ của năm."),
    ] = None,
    form: Annotated[
        list[str] | None,
        typer.Option(
            "--form", metavar="DẠNG", help="pdf, docx, xlsx hoặc txt; mặc định: pdf và docx."
        ),
    ] = None,
    subject: SubjectOption = "",
    cluster: ClusterOption = None,
    year: YearOption = None,
) -> None:
    """Lập văn bản thành tệp PDF, Word, Excel hoặc văn bản thuần."""
    from app.operations.workspace.paper_desk import FORMS, one_paper, paper_lines, write_papers

    wanted = [choice(word, "--form", _FORMS) for word in form or ("pdf", "docx")]
    forms = [form for form in FORMS if form in wanted]
    with looking(folder, year) as desk:
        for data in _data_of(desk, cluster):
            lines = (
                [one_paper(data, name, subject) for name in paper or ()]
                if subject
                else list(paper_lines(data, paper or ()))
            )
            place = Path(out) / data.cluster.id if len(desk.clusters) > 1 else Path(out)
            written = write_papers(lines, place, forms)
            for line in lines:
                tell(line.made.findings)
            say_lines(f"Đã ghi {path}" for path in written)


def fill(
    folder: FolderArgument,
    paper: PaperArgument,
    pairs: Annotated[
        list[str], typer.Argument(metavar="MỤC=NỘI_DUNG", help="Ví dụ “ngày văn bản=20/12/2026”.")
    ],
    subject: SubjectOption = "",
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Điền những gì văn bản cần mà sổ chưa có: số, ngày ký, giờ họp, nội dung."""
    from app.operations.workspace.paper_words import fill_in

    answers = dict(_pair(text) for text in pairs)
    with seated(folder, by, year) as desk:
        said(fill_in(desk, paper, answers, subject))


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise usage_error(
            "usage_value", text[:80], "Không hiểu được phần này.", "Viết dạng MỤC=NỘI_DUNG."
        )
    return name.strip(), value


def issuer(
    folder: FolderArgument,
    pairs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="MỤC=GIÁ_TRỊ",
            help="superior, name, short, place, province, authority, signer, archive, heading, "
            "heading_text; nhiều dòng cách nhau bằng dấu |.",
        ),
    ] = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Xem hoặc đặt cơ quan ban hành: tên, cơ quan chủ quản, địa danh, người ký; hỏi một lần."""
    from app.operations.workspace.paper_data import issuer_from, issuer_of, set_issuer

    if not pairs:
        with looking(folder, year) as desk:
            kept = dataclasses.asdict(issuer_of(desk.workspace))
        say_lines(
            f"{name} = {' | '.join(value) if isinstance(value, tuple) else value}"
            for name, value in kept.items()
        )
        return
    with seated(folder, by, year) as desk:
        said(set_issuer(desk.workspace, desk.actor, issuer_from(desk.workspace, typed_row(pairs))))


def wording(
    folder: FolderArgument,
    paper: PaperArgument,
    file: Annotated[
        str | None,
        typer.Option(
            "--file", metavar="TỆP", help="Lời văn mới của phần nội dung (văn bản thuần)."
        ),
    ] = None,
    restore: Annotated[
        bool, typer.Option("--restore", help="Trở lại lời văn có sẵn của chương trình.")
    ] = False,
    cluster: ClusterOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Xem lời văn và các chỗ điền của một văn bản, thay lời văn, hoặc trở lại lời văn có sẵn."""
    from app.operations.workspace.paper_words import (
        read_wording,
        restore_wording,
        reword,
        wording_view,
    )

    with seated(folder, by, year) as desk:
        if restore:
            said(restore_wording(desk, paper))
            return
        data = next(_data_of(desk, cluster or next(iter(desk.clusters), None)))
        if file is not None:
            said(reword(desk, read_wording(data, paper, Path(file)), data))
            return
        view = wording_view(data, paper)
        say(view.wording.body.strip())
        say("")
        say("Các chỗ điền: " + ", ".join(f"«{name}»" for name in view.places))
