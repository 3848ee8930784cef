"""``bangvang workspace record|records|unrecord|own|choose``: what is noted down in rows."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.commands import Command
from app.cli.speech import say
from app.cli.values import whole
from app.cli.workspace_options import (
    ApplyOption,
    ByOption,
    FolderArgument,
    ReasonOption,
    YearOption,
    file_rows,
    looking,
    opened,
    said,
    seated,
    typed_row,
)

KindArgument = Annotated[
    str,
    typer.Argument(
        metavar="LOẠI",
        help="bonus, deductions, standing, conditions, quotas, ballots, decisions, totals, "
        "registrations, targets, deadlines, exceptions, conferences, papers, awards, activities, "
        "duties.",
    ),
]
PairsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="KHÓA=GIÁ_TRỊ", help="Các khóa như trong tệp dữ kiện."),
]
RowsFileOption = Annotated[
    str | None,
    typer.Option("--file", metavar="TỆP", help="Nhiều dòng [[LOẠI]] trong một tệp .toml, .json."),
]


def add_record_commands(group: typer.Typer) -> None:
    """Puts the commands of this file into their group."""
    for name, command in (
        ("record", record),
        ("records", records),
        ("unrecord", unrecord),
        ("own", own),
        ("choose", choose),
        ("deadlines", deadlines),
        ("set", change),
    ):
        group.command(name, cls=Command)(command)


def record(
    folder: FolderArgument,
    kind: KindArgument,
    pairs: PairsArgument = None,
    file: RowsFileOption = None,
    number: Annotated[
        str | None, typer.Option("--number", metavar="SỐ", help="Thay dòng mang số này.")
    ] = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Ghi một dòng, hoặc mọi dòng của một tệp, vào loại ghi chép."""
    from app.operations.workspace.records import record as keep
    from app.operations.workspace.records import replace_record

    rows = file_rows(file, kind) + ([typed_row(pairs)] if pairs else [])
    with seated(folder, by, year) as desk:
        if number is not None and pairs:
            at = whole(number, "--number", 1, 999_999)
            said(replace_record(desk, kind, at, typed_row(pairs)))
        else:
            said(keep(desk, kind, rows))


def records(folder: FolderArgument, kind: KindArgument, year: YearOption = None) -> None:
    """Liệt kê các dòng của một loại ghi chép với số hoặc khóa của chúng."""
    from app.operations.workspace.records import listed_records, row_words

    with looking(folder, year) as desk:
        for key, row in listed_records(desk, kind):
            say(f"{key}  {row_words(row)}")


def unrecord(
    folder: FolderArgument,
    kind: KindArgument,
    key: Annotated[str, typer.Argument(metavar="KHÓA", help="Số, hoặc khóa như lệnh records nêu.")],
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Xóa một dòng ghi chép."""
    from app.operations.workspace.records import remove_record

    with seated(folder, by, year) as desk:
        said(remove_record(desk, kind, key.split("/")))


def own(
    folder: FolderArgument,
    file: Annotated[
        str | None,
        typer.Option("--file", metavar="TỆP", help="Tệp có các dòng [[own_criteria]]."),
    ] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="ĐƠN_VỊ", help="Mã đơn vị.")] = "",
    withdraw: Annotated[
        str, typer.Option("--withdraw", metavar="MÃ", help="Rút tiêu chí này của đơn vị.")
    ] = "",
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Đăng ký tiêu chí riêng của đơn vị trong mục tự đăng ký, hoặc rút một tiêu chí."""
    from app.operations.workspace.own_criteria import (
        register_own_criteria,
        withdraw_own_criterion,
    )

    rows = file_rows(file, "own_criteria")
    with seated(folder, by, year) as desk:
        if withdraw:
            said(withdraw_own_criterion(desk, unit, withdraw))
        else:
            chosen = [row for row in rows if not unit or row.get("unit") == unit]
            said(register_own_criteria(desk, chosen))


def choose(
    folder: FolderArgument,
    parameter: Annotated[str, typer.Argument(metavar="THAM_SỐ", help="Mã tham số.")],
    value: Annotated[
        str | None, typer.Argument(metavar="GIÁ_TRỊ", help="Lựa chọn; bỏ trống để bỏ lựa chọn.")
    ] = None,
    reason: ReasonOption = "",
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Chọn giá trị cho điều mà văn bản để ngỏ."""
    from app.operations.workspace.records import choose_parameter

    with seated(folder, by, year) as desk:
        said(choose_parameter(desk, parameter, value, reason))


def deadlines(
    folder: FolderArgument, apply: ApplyOption = False, year: YearOption = None, by: ByOption = ""
) -> None:
    """Nêu thời hạn theo quy định của bảng tiêu chí; --apply để ghi vào năm."""
    from app.operations.workspace.deadlines import adopt_deadlines, deadlines_of_rules

    with seated(folder, by, year) as desk:
        for deadline in deadlines_of_rules(desk):
            where = f" ({deadline.cluster})" if deadline.cluster is not None else ""
            say(f"{deadline.due:%d/%m/%Y}  {deadline.duty}{where}  {deadline.title}")
        if apply:
            said(adopt_deadlines(desk))


def change(
    folder: FolderArgument,
    key: Annotated[str, typer.Argument(metavar="TÊN", help="Tên thiết lập.")],
    value: Annotated[str, typer.Argument(metavar="GIÁ_TRỊ", help="Giá trị.")],
    by: ByOption = "",
) -> None:
    """Đặt một thiết lập của sổ (cơ quan ban hành, người ký, nơi ký …)."""
    from app.operations.workspace.desk import change_setting, officer_of

    with opened(folder) as book:
        said(change_setting(book, officer_of(book, by), key, value))
