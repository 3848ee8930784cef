"""``bangvang forms``: the Excel forms of a year, written, looked at, taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.commands import Command, Group
from app.cli.speech import say, say_lines, tell
from app.cli.workspace_options import (
    ApplyOption,
    ByOption,
    FolderArgument,
    OverwriteOption,
    YearOption,
    looking,
    seated,
)
from app.cli.workspace_results import say_import

forms = typer.Typer(cls=Group, add_completion=False, help="Phiếu tự chấm Excel: xuất, xem, nhập.")
PathArgument = Annotated[
    str, typer.Argument(metavar="PHIẾU", help="Một phiếu, hoặc thư mục phiếu của các đơn vị.")
]
RoundOption = Annotated[
    str | None, typer.Option("--round", metavar="VÒNG", help="Vòng chấm; mặc định: vòng đầu.")
]
ConvertOption = Annotated[bool, typer.Option("--convert", help="Đổi chữ TCVN3, VNI sang Unicode.")]


@forms.command("write", cls=Command)
def write(
    folder: FolderArgument,
    out: Annotated[str, typer.Option("--out", metavar="THƯ_MỤC", help="Nơi ghi các phiếu.")],
    round_id: RoundOption = None,
    unit: Annotated[
        list[str] | None,
        typer.Option("--unit", metavar="ĐƠN_VỊ", help="Đơn vị; mặc định: tất cả."),
    ] = None,
    overwrite: OverwriteOption = False,
    year: YearOption = None,
) -> None:
    """Xuất phiếu tự chấm cho từng đơn vị."""
    from app.operations.workspace.forms import write_forms

    with looking(folder, year) as desk:
        written = write_forms(desk, Path(out), round_id, unit, overwrite=overwrite)
    say_lines([f"Đã ghi {len(written)} phiếu:", *(f"  {path}" for path in written)])


@forms.command("read", cls=Command)
def read(
    folder: FolderArgument,
    path: PathArgument,
    round_id: RoundOption = None,
    convert: ConvertOption = False,
    year: YearOption = None,
) -> None:
    """Đọc phiếu và nêu mọi lỗi theo tệp, trang, ô; không ghi gì vào sổ."""
    from app.ground.numbers import vietnamese
    from app.operations.workspace.forms import look_at_forms

    with looking(folder, year) as desk:
        reading, findings = look_at_forms(desk, Path(path), round_id, convert=convert)
        names = {unit.id: unit.name for unit in desk.units.values()}
    for form in reading.readings:
        declared = "không có" if form.declared_total is None else vietnamese(form.declared_total)
        say(
            f"{form.file}: {names[form.unit]}, {len(form.entries)} ô, tổng trên phiếu {declared}, "
            f"tính được {vietnamese(form.computed_total)}"
        )
    tell(findings)
    if any(finding.is_error for finding in findings):
        raise typer.Exit(1)


@forms.command("import", cls=Command)
def import_(
    folder: FolderArgument,
    path: PathArgument,
    round_id: RoundOption = None,
    convert: ConvertOption = False,
    apply: ApplyOption = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Nhập phiếu: nêu từng ô sẽ thay đổi trước, rồi ghi tất cả hoặc không ghi gì."""
    from app.operations.workspace.forms import import_forms

    with seated(folder, by, year) as desk:
        say_import(import_forms(desk, Path(path), round_id, convert=convert, apply=apply))
