"""``bangvang workspace round``: rounds handed in, sent back, accepted, sealed, opened again."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.commands import Command, Group
from app.cli.workspace_options import (
    ByOption,
    FolderArgument,
    OnOption,
    ReasonOption,
    YearOption,
    on_day,
    said,
    seated,
)

round_group = typer.Typer(
    cls=Group, add_completion=False, help="Vòng chấm: nộp, trả lại, chấp nhận, chốt điểm, mở lại."
)
RoundArgument = Annotated[str, typer.Argument(metavar="VÒNG", help="Mã vòng chấm.")]
UnitsOption = Annotated[
    list[str] | None,
    typer.Option("--unit", metavar="ĐƠN_VỊ", help="Đơn vị; ghi được nhiều lần; mặc định: tất cả."),
]


@round_group.command("submit", cls=Command)
def submit(
    folder: FolderArgument,
    round_id: RoundArgument,
    unit: UnitsOption = None,
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Nộp một vòng chấm; ô còn trống được nêu ra, không chặn việc nộp."""
    from app.operations.workspace.rounds import submit_round

    with seated(folder, by, year) as desk:
        said(submit_round(desk, round_id, unit, on_day(on)))


@round_group.command("return", cls=Command)
def send_back(
    folder: FolderArgument,
    round_id: RoundArgument,
    unit: UnitsOption = None,
    reason: ReasonOption = "",
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Trả lại một vòng đã nộp, có lý do."""
    from app.operations.workspace.rounds import return_round

    with seated(folder, by, year) as desk:
        said(return_round(desk, round_id, unit, on_day(on), reason))


@round_group.command("recall", cls=Command)
def recall(
    folder: FolderArgument,
    round_id: RoundArgument,
    unit: UnitsOption = None,
    reason: ReasonOption = "",
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Rút lại một vòng vừa nộp khi vòng sau chưa chấm."""
    from app.operations.workspace.rounds import recall_round

    with seated(folder, by, year) as desk:
        said(recall_round(desk, round_id, unit, on_day(on), reason))


@round_group.command("accept", cls=Command)
def accept(
    folder: FolderArgument,
    round_id: RoundArgument,
    unit: UnitsOption = None,
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Chấp nhận một vòng đã nộp là đầy đủ."""
    from app.operations.workspace.rounds import accept_round

    with seated(folder, by, year) as desk:
        said(accept_round(desk, round_id, unit, on_day(on)))


@round_group.command("seal", cls=Command)
def seal(
    folder: FolderArgument,
    round_id: RoundArgument,
    unit: UnitsOption = None,
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Chốt điểm một vòng chấm."""
    from app.operations.workspace.rounds import seal_round

    with seated(folder, by, year) as desk:
        said(seal_round(desk, round_id, unit, on_day(on)))


@round_group.command("reopen", cls=Command)
def reopen(
    folder: FolderArgument,
    round_id: RoundArgument,
    unit: UnitsOption = None,
    reason: ReasonOption = "",
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Mở lại một vòng đã chốt điểm, có lý do."""
    from app.operations.workspace.rounds import reopen_round

    with seated(folder, by, year) as desk:
        said(reopen_round(desk, round_id, unit, on_day(on), reason))
