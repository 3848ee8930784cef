"""``bangvang workspace enter|accept|clear|ask|answer|cite|evidence``: scores and their grounds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.commands import Command
from app.cli.speech import say, tell, usage_error
from app.cli.values import day
from app.cli.workspace_options import (
    ByOption,
    FolderArgument,
    OnOption,
    YearOption,
    looking,
    on_day,
    said,
    seated,
    typed_row,
)

if TYPE_CHECKING:
    from app.operations.workspace.evidence import CellName

UnitOption = Annotated[str, typer.Option("--unit", metavar="ĐƠN_VỊ", help="Mã đơn vị.")]
CriterionOption = Annotated[
    str, typer.Option("--criterion", metavar="TIÊU_CHÍ", help="Mã tiêu chí.")
]
RoundOption = Annotated[str, typer.Option("--round", metavar="VÒNG", help="Mã vòng chấm.")]


def add_score_commands(group: typer.Typer) -> None:
    """Puts the commands of this file into their group."""
    for name, command in (
        ("enter", enter),
        ("accept", accept),
        ("clear", clear),
        ("ask", ask),
        ("answer", answer),
        ("cite", cite),
        ("evidence", evidence),
    ):
        group.command(name, cls=Command)(command)


def enter(
    folder: FolderArgument,
    unit: UnitOption = "",
    criterion: CriterionOption = "",
    round_id: RoundOption = "",
    points: Annotated[str, typer.Option("--points", metavar="ĐIỂM", help="Điểm.")] = "",
    figure: Annotated[
        list[str] | None,
        typer.Option("--figure", metavar="TÊN=GIÁ_TRỊ", help="Số liệu; ghi được nhiều lần."),
    ] = None,
    state: Annotated[
        str,
        typer.Option("--state", metavar="TRẠNG_THÁI", help="not_done, not_assigned, blank."),
    ] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="LÝ_DO", help="Lý do.")] = "",
    file: Annotated[
        str | None,
        typer.Option("--file", metavar="TỆP", help="Bảng nhiều ô: unit,criterion,round,points …"),
    ] = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Nhập điểm hoặc số liệu của một ô, hoặc của cả một tệp bảng."""
    from app.operations.workspace.entries import enter_scores, enter_table
    from app.operations.workspace.facts_desk import TypedCell

    figures = {key: str(value) for key, value in typed_row(figure or ()).items()}
    with seated(folder, by, year) as desk:
        if file is not None:
            said(enter_table(desk, Path(file)))
            return
        for option, value in (("--unit", unit), ("--criterion", criterion), ("--round", round_id)):
            if not value:
                raise usage_error(
                    "usage_missing", option, f"Thiếu {option}.", "Nêu rõ ô cần nhập điểm."
                )
        cell = TypedCell(unit, criterion, round_id, points, figures, state, reason)
        said(enter_scores(desk, [cell]))


def accept(
    folder: FolderArgument,
    into: Annotated[str, typer.Option("--into", metavar="VÒNG", help="Vòng nhận điểm.")],
    unit: Annotated[
        list[str] | None,
        typer.Option("--unit", metavar="ĐƠN_VỊ", help="Đơn vị; mặc định: tất cả."),
    ] = None,
    criterion: Annotated[
        list[str] | None,
        typer.Option("--criterion", metavar="TIÊU_CHÍ", help="Tiêu chí; mặc định: tất cả."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Thay cả ô mà vòng nhận đã chấm khác.")
    ] = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Chấp nhận điểm tự chấm: một ô, một tiêu chí, một đơn vị hoặc tất cả."""
    from app.operations.workspace.accepting import accept_scores

    with seated(folder, by, year) as desk:
        said(accept_scores(desk, into, unit, criterion, replacing=replace))


def clear(
    folder: FolderArgument,
    unit: UnitOption,
    criterion: CriterionOption,
    round_id: RoundOption,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Xóa điểm của một ô: ô trở lại chưa chấm."""
    from app.operations.workspace.entries import clear_scores

    with seated(folder, by, year) as desk:
        said(clear_scores(desk, [(unit, criterion, round_id)]))


def ask(
    folder: FolderArgument,
    question: Annotated[str, typer.Argument(metavar="NỘI_DUNG", help="Điều cần giải trình.")],
    unit: UnitOption,
    criterion: CriterionOption,
    round_id: RoundOption,
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Yêu cầu đơn vị giải trình một ô."""
    from app.operations.workspace.explanations import ask_explanation

    with seated(folder, by, year) as desk:
        when = on_day(on)
        asked, done = ask_explanation(desk, unit, criterion, round_id, question, when)
        said(done)
        say(f"Mã yêu cầu: {asked.id}")


def answer(
    folder: FolderArgument,
    question: Annotated[str, typer.Argument(metavar="MÃ", help="Mã yêu cầu giải trình.")],
    text: Annotated[str, typer.Argument(metavar="NỘI_DUNG", help="Nội dung giải trình.")],
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Ghi trả lời của đơn vị cho một yêu cầu giải trình."""
    from app.operations.workspace.explanations import answer_explanation

    with seated(folder, by, year) as desk:
        said(answer_explanation(desk, question, text, on_day(on)))


def cite(
    folder: FolderArgument,
    cells: Annotated[
        list[str] | None,
        typer.Argument(metavar="ĐƠN_VỊ/TIÊU_CHÍ@VÒNG", help="Các ô mà tài liệu chứng minh."),
    ] = None,
    number: Annotated[str, typer.Option("--number", metavar="SỐ", help="Số, ký hiệu.")] = "",
    date: Annotated[str | None, typer.Option("--date", metavar="NGÀY", help="Ngày ký.")] = None,
    issuer: Annotated[str, typer.Option("--issuer", metavar="CƠ_QUAN", help="Cơ quan.")] = "",
    subject: Annotated[str, typer.Option("--subject", metavar="TRÍCH_YẾU", help="Trích yếu.")] = "",
    place: Annotated[str, typer.Option("--place", metavar="CHỖ", help="Mục, trang.")] = "",
    file: Annotated[
        str | None, typer.Option("--file", metavar="TỆP", help="Tệp kèm theo, không bắt buộc.")
    ] = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Ghi tài liệu minh chứng và gắn với các ô điểm."""
    from app.domain.year import Evidence
    from app.operations.workspace.evidence import cite_evidence

    document = Evidence("", number, day(date, "--date"), issuer, subject, place)
    with seated(folder, by, year) as desk:
        named = [_cell(words) for words in cells or ()]
        kept, done = cite_evidence(desk, document, named, None if file is None else Path(file))
        said(done)
        say(f"Mã tài liệu: {kept.id}")


def _cell(words: str) -> CellName:
    from app.operations.workspace.evidence import CellName

    unit, slash, rest = words.partition("/")
    criterion, at, round_id = rest.partition("@")
    if not (slash and at and unit and criterion and round_id):
        raise usage_error(
            "usage_value",
            words[:80],
            "Không hiểu được ô điểm này.",
            "Viết dạng ĐƠN_VỊ/TIÊU_CHÍ@VÒNG, ví dụ so_a/I.2@self.",
        )
    return CellName(unit, criterion, round_id)


def evidence(folder: FolderArgument, year: YearOption = None) -> None:
    """Liệt kê tài liệu minh chứng và nêu chỗ cần xem lại."""
    from app.operations.workspace.evidence import listed_evidence
    from app.operations.workspace.evidence_checks import evidence_warnings

    with looking(folder, year) as desk:
        for document, cells in listed_evidence(desk):
            signed = f"{document.date:%d/%m/%Y}" if document.date is not None else "không rõ ngày"
            where = ", ".join(f"{c.unit}/{c.criterion}@{c.round}" for c in cells)
            say(f"{document.id}  {document.number}  {signed}  {document.subject}  {where}".rstrip())
        tell(evidence_warnings(desk))
