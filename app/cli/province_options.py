"""What the commands of the province have in common: the department's folder."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.speech import tell

if TYPE_CHECKING:
    from app.operations.province.folder import ProvinceDesk
    from app.operations.province.view import ProvinceView

ProvinceArgument = Annotated[
    str, typer.Argument(metavar="THƯ_MỤC", help="Thư mục toàn tỉnh của Sở.")
]
ClustersOption = Annotated[
    list[str] | None,
    typer.Option(
        "--cluster", metavar="CỤM", help="Mã cụm, khối; ghi được nhiều lần; mặc định: tất cả."
    ),
]
DayOption = Annotated[
    str | None, typer.Option("--on", metavar="NGÀY", help="Ngày xem xét; mặc định: hôm nay.")
]


@contextlib.contextmanager
def at(folder: str, by: str = "", year: str | None = None) -> Iterator[ProvinceDesk]:
    """The department's folder, opened at a year."""
    from app.operations.province.folder import at_province

    with at_province(Path(folder), by, year) as province:
        tell(province.desk.workspace.notes)
        yield province


def gathered(province: ProvinceDesk, on: str | None = None) -> ProvinceView:
    """The whole province, with what was remarked."""
    from app.cli.workspace_options import on_day
    from app.operations.province.view import gather

    view = gather(province, on_day(on))
    for line in view.lines:
        tell(line.problems)
    tell(view.findings)
    return view
