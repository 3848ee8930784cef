"""``bangvang workspace score|facts|import-facts``: the year's result, its facts out and in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.commands import Command
from app.cli.score import say_scored
from app.cli.speech import say, say_lines, tell
from app.cli.values import day
from app.cli.workspace_options import (
    ApplyOption,
    ByOption,
    FolderArgument,
    OverwriteOption,
    YearOption,
    looking,
    seated,
)

if TYPE_CHECKING:
    from app.operations.workspace.imports import Import


def add_result_commands(group: typer.Typer) -> None:
    """Puts the commands of this file into their group."""
    group.command("score", cls=Command)(score)
    group.command("facts", cls=Command)(facts)
    group.command("import-facts", cls=Command)(import_facts)


def score(
    folder: FolderArgument,
    as_json: Annotated[
        bool, typer.Option("--json", help="In kết quả dạng JSON (bangvang-result/1).")
    ] = False,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="ĐƠN_VỊ", help="Diễn giải từng bước điểm của đơn vị."),
    ] = None,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="THAY_ĐỔI",
            help="Giả định ĐƠN_VỊ/TIÊU_CHÍ[@VÒNG]/SỐ_LIỆU=GIÁ_TRỊ …; ghi được nhiều lần.",
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="NGÀY", help="Ngày xem xét; mặc định: ngày cuối năm."),
    ] = None,
    year: YearOption = None,
) -> None:
    """Chấm điểm, xếp hạng và đề nghị khen thưởng từ số liệu trong sổ."""
    from app.operations.workspace.results import scored_year

    with looking(folder, year) as desk:
        scored = scored_year(desk, day(as_of, "--as-of"), tuple(what_if or ()))
    say_scored(scored, explain, as_json=as_json)


def facts(
    folder: FolderArgument,
    out: Annotated[str, typer.Option("--out", metavar="TỆP", help="Tệp dữ kiện .toml.")],
    overwrite: OverwriteOption = False,
    year: YearOption = None,
) -> None:
    """Ghi số liệu cả năm thành tệp dữ kiện; bangvang score cho cùng kết quả."""
    from app.operations.workspace.results import write_facts

    with looking(folder, year) as desk:
        say(f"Đã ghi {write_facts(desk, Path(out), overwrite=overwrite)}")


def import_facts(
    folder: FolderArgument,
    file: Annotated[str, typer.Argument(metavar="TỆP", help="Tệp dữ kiện .toml hoặc .json.")],
    apply: ApplyOption = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Nhập dữ kiện cả năm: nêu mọi thay đổi trước, rồi ghi tất cả hoặc không ghi gì."""
    from app.operations.workspace.imports import import_facts as take_in

    with seated(folder, by, year) as desk:
        say_import(take_in(desk, Path(file), apply=apply))


def say_import(taken: Import) -> None:
    """Says what an import changes, or what it changed."""
    if taken.consequences:
        say(f"{len(taken.consequences)} thay đổi:")
        say_lines(f"  - {sentence}" for sentence in taken.consequences)
    if taken.done is not None:
        say(taken.done.sentence)
    elif taken.consequences:
        say("Chưa ghi gì vào sổ; thêm --apply để ghi.")
    else:
        say("Không có gì thay đổi.")
    tell(taken.findings)
