"""``bangvang facts``: empty facts files, and facts out of tables of scores."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.commands import Command, Group
from app.cli.speech import say, tell
from app.cli.values import whole

facts = typer.Typer(
    cls=Group,
    add_completion=False,
    help="Tạo tệp dữ kiện trống hoặc từ bảng điểm.",
)


@facts.command("template", cls=Command)
def template(
    pack: Annotated[
        str, typer.Option("--pack", metavar="ĐƯỜNG_DẪN", help="Gói quy tắc tính điểm.")
    ],
    units: Annotated[str, typer.Option("--units", metavar="N", help="Số đơn vị.")],
    block: Annotated[
        str | None,
        typer.Option("--block", metavar="LOẠI", help="Loại cụm, khối, nếu gói có nhiều loại."),
    ] = None,
) -> None:
    """In một tệp dữ kiện trống cho một gói, ghi sẵn tên mọi số liệu cần có."""
    from app.operations.facts_template import MAX_UNITS, facts_template
    from app.operations.loading import load_pack

    count = whole(units, "--units", 1, MAX_UNITS)
    say(facts_template(load_pack(Path(pack)), count, block))


@facts.command("from-table", cls=Command)
def from_table(
    file: Annotated[
        str, typer.Argument(metavar="TỆP", help="Bảng điểm .xlsx, .xls, .ods hoặc .csv.")
    ],
    pack: Annotated[
        str, typer.Option("--pack", metavar="ĐƯỜNG_DẪN", help="Gói quy tắc của bảng điểm.")
    ],
    out: Annotated[
        str,
        typer.Option("--out", metavar="NƠI_GHI", help="Tệp .toml hoặc thư mục để ghi dữ kiện."),
    ],
    year: Annotated[str, typer.Option("--year", metavar="NĂM", help="Năm thi đua.")],
    cluster: Annotated[
        str, typer.Option("--cluster", metavar="TÊN", help="Tên cụm, khối.")
    ] = "Cụm thi đua",
    round_id: Annotated[
        str | None,
        typer.Option("--round", metavar="VÒNG", help="Vòng chấm; mặc định: vòng đầu của gói."),
    ] = None,
    columns: Annotated[
        str,
        typer.Option("--columns", metavar="TÊN_CỘT", help="Tên cột khi tiêu đề khác thường."),
    ] = "",
    units: Annotated[
        str,
        typer.Option("--units", metavar="CỘT_ĐƠN_VỊ", help="Cột của từng đơn vị: u1=Sở A,u2=Sở B."),
    ] = "",
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="TRANG", help="Trang tính cần đọc.")
    ] = None,
    convert: Annotated[
        bool, typer.Option("--convert", help="Đổi chữ TCVN3, VNI sang Unicode.")
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Cho ghi đè tệp đã có.")] = False,
) -> None:
    """Biến một bảng điểm (tiêu chí theo dòng, đơn vị theo cột) thành tệp dữ kiện."""
    from app.operations.from_tables import FactsHead, TableSource, facts_from_table

    head = FactsHead(whole(year, "--year", 1900, 2999), cluster, round_id, units)
    source = TableSource(Path(file), sheet, columns, convert)
    made = facts_from_table(source, Path(pack), Path(out), head, overwrite=overwrite)
    tell(made.findings)
    files = " và ".join(str(path) for path in made.written)
    say(f"Đã ghi {made.rows} ô điểm của {made.units} đơn vị vào {files}.")
