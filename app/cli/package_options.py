"""What the commands of packages have in common: the key, its passphrase, locked packages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.speech import usage_error

if TYPE_CHECKING:
    from app.exchange.packages import SigningKey

PackageArgument = Annotated[str, typer.Argument(metavar="GÓI", help="Tệp gói dữ liệu (.bvg).")]
KeyOption = Annotated[
    str, typer.Option("--key", metavar="TỆP.khoa", help="Tệp khóa ký của đơn vị.")
]
OpeningKeyOption = Annotated[
    str | None,
    typer.Option("--key", metavar="TỆP.khoa", help="Tệp khóa của đơn vị, khi gói khóa cho mình."),
]
PassphraseOption = Annotated[
    str | None,
    typer.Option(
        "--passphrase-file", metavar="TỆP", help="Tệp chứa mật khẩu của khóa; không có thì hỏi."
    ),
]
UnlockOption = Annotated[
    str | None,
    typer.Option(
        "--unlock-file",
        metavar="TỆP",
        help="Tệp chứa mật khẩu của gói, khi gói khóa bằng mật khẩu.",
    ),
]


def secret(file: str | None, option: str = "--passphrase-file") -> str:
    """The passphrase out of the first line of a file, or asked for without showing it."""
    if file is not None:
        return first_line(file)
    try:
        return str(typer.prompt("Mật khẩu", hide_input=True))
    except typer.Abort as fault:
        raise usage_error(
            "usage_value", option, "Chưa có mật khẩu.", "Ghi mật khẩu, rồi làm lại."
        ) from fault


def first_line(file: str) -> str:
    """The first line of a file."""
    from app.exchange.facts_text import read_bytes

    path = Path(file)
    lines = read_bytes(path, path.name).decode("utf-8-sig", errors="replace").splitlines()
    return lines[0] if lines else ""


def opened_key(file: str, passphrase: str | None) -> SigningKey:
    """The unit's key, open."""
    from app.operations.exchange.keyring import open_key

    return open_key(Path(file), secret(passphrase))
