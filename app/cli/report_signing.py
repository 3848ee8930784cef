"""``bangvang report sign|verify``: signing with a PFX, and what a paper that came back shows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.commands import Command
from app.cli.speech import say, say_lines, tell, usage_error
from app.cli.workspace_options import YearOption, looking


def add_signing_commands(group: typer.Typer) -> None:
    """Puts the commands of this file into their group."""
    group.command("sign", cls=Command)(sign)
    group.command("verify", cls=Command)(verify)


def sign(
    file: Annotated[str, typer.Argument(metavar="TỆP.pdf", help="Văn bản cần ký.")],
    pfx: Annotated[str, typer.Option("--pfx", metavar="TỆP", help="Chứng thư số dạng .pfx, .p12.")],
    out: Annotated[str, typer.Option("--out", metavar="TỆP.pdf", help="Nơi ghi bản đã ký.")],
    field: Annotated[
        str, typer.Option("--field", metavar="CHỖ_KÝ", help="Tên chỗ ký, khi văn bản có nhiều chỗ.")
    ] = "",
    image: Annotated[
        str | None, typer.Option("--image", metavar="TỆP.png", help="Ảnh chữ ký, nền trong.")
    ] = None,
    passphrase: Annotated[
        str | None,
        typer.Option(
            "--passphrase-file", metavar="TỆP", help="Tệp chứa mật khẩu; không có thì hỏi."
        ),
    ] = None,
) -> None:
    """Ký số một văn bản PDF bằng tệp chứng thư; bản gốc giữ nguyên."""
    from app.operations.paper_check import read_paper
    from app.operations.paper_signing import sign_paper
    from app.operations.workspace.results import write_bytes
    from app.persistence.workspace import local_time

    signed = sign_paper(
        read_paper(Path(file)),
        read_paper(Path(pfx)),
        _secret(passphrase),
        field,
        when=local_time(),
        image=read_paper(Path(image)) if image else None,
    )
    path = write_bytes(Path(out), signed.data, overwrite=False)
    tell(signed.findings)
    say(f"Đã ký bằng chứng thư số của {signed.certificate.holder}. Đã ghi {path}")


def _secret(file: str | None) -> str:
    """The passphrase out of the first line of a file, or asked for without showing it."""
    if file is not None:
        from app.operations.paper_check import read_paper

        lines = read_paper(Path(file)).decode("utf-8-sig", errors="replace").splitlines()
        return lines[0] if lines else ""
    try:
        return str(typer.prompt("Mật khẩu", hide_input=True))
    except typer.Abort as fault:
        raise usage_error(
            "usage_value", "--passphrase-file", "Chưa có mật khẩu.", "Ghi mật khẩu, rồi làm lại."
        ) from fault


def verify(
    file: Annotated[str, typer.Argument(metavar="TỆP.pdf", help="Văn bản cần kiểm tra.")],
    workspace: Annotated[
        str | None,
        typer.Option("--workspace", metavar="SỔ", help="Sổ làm việc để đối chiếu số liệu."),
    ] = None,
    year: YearOption = None,
) -> None:
    """Kiểm tra một văn bản PDF: chữ ký, có bị sửa không, số liệu của lúc nào."""
    from app.operations.paper_check import check_paper, read_paper

    check = check_paper(read_paper(Path(file)))
    say_lines(check.lines())
    tell(check.findings)
    if workspace is not None:
        from app.operations.workspace.paper_verdict import paper_verdict

        with looking(workspace, year) as desk:
            verdict = paper_verdict(desk, check)
        say(verdict.sentence)
        tell(verdict.findings)
