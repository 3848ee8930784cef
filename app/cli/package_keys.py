"""``bangvang package key|fingerprint|senders|confirm|retire``: the own key, and whom one trusts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.commands import Command
from app.cli.package_options import (
    OpeningKeyOption,
    PackageArgument,
    PassphraseOption,
    UnlockOption,
    opened_key,
    secret,
)
from app.cli.speech import say, say_lines
from app.cli.workspace_options import (
    ByOption,
    FolderArgument,
    OnOption,
    ReasonOption,
    YearOption,
    looking,
    on_day,
    said,
    seated,
)


def add_key_commands(group: typer.Typer) -> None:
    """Puts the commands of this file into their group."""
    group.command("key", cls=Command)(make)
    group.command("fingerprint", cls=Command)(fingerprint)
    group.command("senders", cls=Command)(senders)
    group.command("confirm", cls=Command)(confirm)
    group.command("retire", cls=Command)(retire)


def make(
    file: Annotated[
        str, typer.Argument(metavar="TỆP.khoa", help="Nơi cất khóa, ngoài sổ làm việc.")
    ],
    passphrase: PassphraseOption = None,
) -> None:
    """Lập khóa ký của đơn vị, một lần; cất dưới mật khẩu, không để trong sổ làm việc."""
    from app.operations.exchange.keyring import make_key

    public = make_key(Path(file), secret(passphrase))
    say_lines(
        [
            f"Đã lập khóa và ghi {file}. Sao lưu tệp này ở nơi an toàn.",
            f"Dấu khóa, để đọc cho nơi nhận qua điện thoại: {public.fingerprint}",
        ]
    )


def fingerprint(
    file: Annotated[str, typer.Argument(metavar="TỆP.khoa", help="Tệp khóa của đơn vị.")],
    passphrase: PassphraseOption = None,
) -> None:
    """Cho biết dấu khóa của đơn vị."""
    say(opened_key(file, passphrase).public.fingerprint)


def senders(folder: FolderArgument, year: YearOption = None) -> None:
    """Liệt kê các nơi gửi đã xác nhận khóa."""
    from app.operations.exchange.keyring import known_senders

    with looking(folder, year) as desk:
        known = known_senders(desk.workspace)
    if not known:
        say("Chưa xác nhận nơi gửi nào.")
    for sender in known:
        say(
            f"{sender.name}: {sender.key.fingerprint}, {sender.confirmed_by} xác nhận "
            f"{sender.confirmed_on:%d/%m/%Y}"
        )


def confirm(
    folder: FolderArgument,
    package: PackageArgument,
    heard: Annotated[
        str,
        typer.Option("--fingerprint", metavar="DẤU", help="Dấu khóa nghe nơi gửi đọc, 9 nhóm số."),
    ],
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar="ĐƠN_VỊ", help="Đơn vị trong sổ mà khóa này là của."),
    ] = None,
    on: OnOption = None,
    key: OpeningKeyOption = None,
    passphrase: PassphraseOption = None,
    unlock: UnlockOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Xác nhận khóa của nơi gửi một gói, sau khi nghe họ đọc dấu khóa."""
    from app.cli.package_taking import signer_of
    from app.operations.exchange.keyring import confirm_sender

    name, public = signer_of(package, key, passphrase, unlock)
    with seated(folder, by, year) as desk:
        said(confirm_sender(desk, name, public, heard, unit, on_day(on)))


def retire(
    folder: FolderArgument,
    name: Annotated[str, typer.Argument(metavar="TÊN", help="Nơi gửi thôi dùng khóa.")],
    reason: ReasonOption = "",
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Thôi tin khóa của một nơi gửi, có lý do; sau đó xác nhận được khóa mới của họ."""
    from app.operations.exchange.keyring import retire_sender

    with seated(folder, by, year) as desk:
        said(retire_sender(desk, name, reason))
