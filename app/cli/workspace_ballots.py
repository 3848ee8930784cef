"""``bangvang workspace ballot``: opened, counted, confirmed by a second person, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from app.cli.commands import Command, Group
from app.cli.speech import say, say_lines
from app.cli.values import choice, whole
from app.cli.workspace_options import (
    ApplyOption,
    ByOption,
    FolderArgument,
    OnOption,
    ReasonOption,
    YearOption,
    looking,
    on_day,
    said,
    seated,
    typed_row,
)
from app.cli.workspace_plans import told

if TYPE_CHECKING:
    from app.domain.snapshot import BallotForm, BallotPurpose
    from app.operations.workspace.desk import Desk

ballot_group = typer.Typer(
    cls=Group,
    add_completion=False,
    help="Bỏ phiếu kín: mở, kiểm, người thứ hai xác nhận, hủy; chỉ giữ số phiếu.",
)
SheetArgument = Annotated[str, typer.Argument(metavar="PHIẾU", help="Mã phiếu bầu, ví dụ p1.")]
PairsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="MỤC=SỐ",
        help="members, present, issued, returned, valid, invalid, blank, written_returned; "
        "votes.ĐƠN_VỊ, against.…, written.…, written_against.…",
    ),
]
_FORMS: Final[tuple[BallotForm, ...]] = ("choose", "approve")
_PURPOSES: Final[tuple[BallotPurpose, ...]] = ("tie", "award", "leader", "deputy", "free")


@ballot_group.command("open", cls=Command)
def open_(
    folder: FolderArgument,
    purpose: Annotated[
        str, typer.Argument(metavar="VIỆC", help="tie, award, leader, deputy, free.")
    ] = "tie",
    award: Annotated[
        str | None, typer.Option("--award", metavar="MÃ", help="Hình thức khen thưởng.")
    ] = None,
    cluster: Annotated[
        str | None, typer.Option("--cluster", metavar="MÃ", help="Cụm, khối.")
    ] = None,
    candidate: Annotated[
        list[str] | None,
        typer.Option("--candidate", metavar="MÃ[=TÊN]", help="Được bầu; ghi được nhiều lần."),
    ] = None,
    places: Annotated[
        str | None, typer.Option("--places", metavar="SỐ", help="Số chỗ được bầu.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--form", metavar="CÁCH", help="choose (chọn) hoặc approve (đồng ý)."),
    ] = None,
    title: Annotated[str, typer.Option("--title", metavar="TÊN", help="Tên phiếu bầu.")] = "",
    teller: Annotated[
        list[str] | None,
        typer.Option("--teller", metavar="HỌ_TÊN", help="Ban kiểm phiếu; ghi được nhiều lần."),
    ] = None,
    conference: Annotated[
        str | None, typer.Option("--conference", metavar="MÃ", help="Hội nghị đã ghi trong sổ.")
    ] = None,
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Mở phiếu bầu; với bằng điểm thì ai, mấy chỗ là theo kết quả hiện nay."""
    from app.domain.conference import Candidate
    from app.operations.workspace.ballots import open_ballot

    standing = [Candidate(*(part.strip() for part in c.split("=", 1))) for c in candidate or ()]
    with seated(folder, by, year) as desk:
        sheet, done = open_ballot(
            desk,
            choice(purpose, "VIỆC", _PURPOSES),
            on_day(on),
            award=award,
            cluster=cluster,
            candidates=standing,
            places=None if places is None else whole(places, "--places", 1, 999),
            form=None if form is None else choice(form, "--form", _FORMS),
            title=title,
            tellers=teller or (),
            conference=conference,
        )
        said(done)
        listed = ", ".join(f"{c.key} ({c.name})" if c.name else c.key for c in sheet.candidates)
        say(f"Phiếu {sheet.id}, lần {sheet.vote}, bầu {sheet.places} trong: {listed}")


@ballot_group.command("count", cls=Command)
def count(
    folder: FolderArgument,
    sheet: SheetArgument,
    pairs: PairsArgument = None,
    reason: ReasonOption = "",
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Nhập kết quả kiểm phiếu; các số phải khớp nhau mới ghi được."""
    from app.operations.workspace.ballots import enter_count

    with seated(folder, by, year) as desk:
        when = on_day(on)
        said(enter_count(desk, sheet, typed_row(pairs or ()), when, reason=reason))
        _show(desk, sheet)


@ballot_group.command("confirm", cls=Command)
def confirm(
    folder: FolderArgument,
    sheet: SheetArgument,
    pairs: PairsArgument = None,
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Người thứ hai (--by) xác nhận; nhập lại các số thì phải đúng như đã kiểm."""
    from app.operations.workspace.ballots import confirm_count

    with seated(folder, by, year) as desk:
        row = typed_row(pairs) if pairs else None
        said(confirm_count(desk, sheet, on_day(on), row=row))


@ballot_group.command("cancel", cls=Command)
def cancel(
    folder: FolderArgument,
    sheet: SheetArgument,
    reason: ReasonOption = "",
    apply: ApplyOption = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Hủy một phiếu bầu, có lý do; nêu hệ quả trước."""
    from app.operations.workspace.ballots import plan_cancelled

    with seated(folder, by, year) as desk:
        told(desk, plan_cancelled(desk, sheet, reason), apply)


@ballot_group.command("show", cls=Command)
def show(folder: FolderArgument, year: YearOption = None) -> None:
    """Cho xem mọi phiếu bầu: kết quả, căn cứ tính, còn giá trị hay không và vì sao."""
    with looking(folder, year) as desk:
        _show(desk, None)


def _show(desk: Desk, sheet: str | None) -> None:
    from app.operations.workspace.ballot_views import ballot_lines, ballot_views

    for view in ballot_views(desk):
        if sheet in (None, view.sheet.id):
            first, *rest = ballot_lines(view)
            say_lines([f"{view.sheet.id}  {first}", *(f"    {words}" for words in rest)])
