"""``bangvang package form|answer|fill``: figures that one agency asks another for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.commands import Command
from app.cli.package_options import KeyOption, PackageArgument, PassphraseOption, opened_key
from app.cli.package_taking import RoundOption
from app.cli.speech import say
from app.cli.workspace_options import (
    ByOption,
    FolderArgument,
    OverwriteOption,
    YearOption,
    said,
    seated,
)

FormArgument = Annotated[
    str, typer.Argument(metavar="PHIẾU.xlsx", help="Phiếu Excel đã điền cột Trả lời.")
]


def add_figures_commands(group: typer.Typer) -> None:
    """Puts the commands of this file into their group."""
    group.command("form", cls=Command)(form)
    group.command("answer", cls=Command)(answer)
    group.command("fill", cls=Command)(fill)


def form(
    package: PackageArgument,
    out: Annotated[str, typer.Option("--out", metavar="PHIẾU.xlsx", help="Nơi ghi phiếu để điền.")],
    overwrite: OverwriteOption = False,
) -> None:
    """Lấy phiếu Excel ra khỏi gói đề nghị cung cấp số liệu, để điền."""
    from app.operations.exchange.answering import request_in, write_request_form

    contents, _ = request_in(Path(package))
    say(f"Đã ghi {write_request_form(contents, Path(out), overwrite=overwrite)}")


def answer(
    package: PackageArgument,
    filled: FormArgument,
    key: KeyOption,
    sender: Annotated[str, typer.Option("--as", metavar="TÊN", help="Tên cơ quan trả lời.")],
    out: Annotated[str, typer.Option("--out", metavar="NƠI", help="Thư mục, hoặc tệp .bvg.")],
    number: Annotated[
        str,
        typer.Option("--number", metavar="SỐ", help="Số thứ tự gói; gửi lại thì ghi số lớn hơn."),
    ] = "1",
    passphrase: PassphraseOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Trả lời gói đề nghị bằng một gói có chữ ký; không cần sổ làm việc."""
    from app.cli.values import whole
    from app.operations.exchange.answering import answer_request, request_in
    from app.operations.exchange.packing import Envelope

    envelope = Envelope(sender, sequence=whole(number, "--number", 1, 999_999_999))
    file, digest = answer_request(
        request_in(Path(package)),
        Path(filled),
        envelope,
        opened_key(key, passphrase),
        Path(out),
        overwrite=overwrite,
    )
    say(f"Đã ghi {file}. Mã gói: {digest}")


def fill(
    folder: FolderArgument,
    package: PackageArgument,
    filled: FormArgument,
    round_id: RoundOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Nhập phiếu đã điền mà cơ quan khác gửi lại, không có gói; gói ở đây là gói đã đề nghị."""
    from app.operations.exchange.answering import request_in, take_form

    contents, _ = request_in(Path(package))
    with seated(folder, by, year) as desk:
        said(take_form(desk, contents, Path(filled), round_id))
