"""``bangvang package look|take|begin``: what came from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.commands import Command
from app.cli.package_options import (
    OpeningKeyOption,
    PackageArgument,
    PassphraseOption,
    UnlockOption,
    first_line,
    opened_key,
)
from app.cli.speech import say, say_lines, tell, usage_error
from app.cli.values import choice, whole
from app.cli.workspace_options import (
    ByOption,
    FolderArgument,
    YearOption,
    looking,
    on_day,
    said,
    seated,
)

if TYPE_CHECKING:
    from app.exchange.packages import PublicKey, SigningKey
    from app.operations.exchange.looking import Look
    from app.operations.exchange.taking_in import Side

RoundOption = Annotated[
    str | None,
    typer.Option("--round", metavar="VÒNG", help="Vòng chấm nhận số liệu của cơ quan khác."),
]


def add_taking_commands(group: typer.Typer) -> None:
    """Puts the commands of this file into their group."""
    group.command("look", cls=Command)(look_at)
    group.command("take", cls=Command)(take)
    group.command("begin", cls=Command)(begin)


def look_at(
    folder: FolderArgument,
    package: PackageArgument,
    explain: Annotated[
        bool, typer.Option("--explain", help="Nêu cách tính của hai bên ở chỗ khác nhau đầu tiên.")
    ] = False,
    round_id: RoundOption = None,
    key: OpeningKeyOption = None,
    passphrase: PassphraseOption = None,
    unlock: UnlockOption = None,
    year: YearOption = None,
) -> None:
    """Xem gói: của ai, mới hay cũ, từng ô sẽ thay đổi, chỗ hai bên cùng sửa; không ghi gì."""
    from app.operations.exchange.looking import look

    opened, words = opening_keys(key, passphrase, unlock)
    with looking(folder, year) as desk:
        seen = look(desk, Path(package), key=opened, passphrase=words, round_id=round_id)
    _show(seen, explain)
    if not seen.acceptable:
        raise typer.Exit(1)


def take(
    folder: FolderArgument,
    package: PackageArgument,
    rule: Annotated[
        str | None,
        typer.Option(
            "--conflicts",
            metavar="CÁCH",
            help="Mọi mục hai bên cùng sửa: ours (giữ của sổ này) hoặc theirs (nhận của nơi gửi).",
        ),
    ] = None,
    ours: Annotated[
        list[str] | None,
        typer.Option(
            "--ours", metavar="SỐ", help="Mục thứ mấy giữ của sổ này; ghi nhiều lần được."
        ),
    ] = None,
    theirs: Annotated[
        list[str] | None,
        typer.Option(
            "--theirs", metavar="SỐ", help="Mục thứ mấy nhận của nơi gửi; ghi nhiều lần được."
        ),
    ] = None,
    leave_beyond: Annotated[
        bool,
        typer.Option("--leave-beyond", help="Nhận phần còn lại, bỏ mục mà nơi gửi không được sửa."),
    ] = False,
    round_id: RoundOption = None,
    key: OpeningKeyOption = None,
    passphrase: PassphraseOption = None,
    unlock: UnlockOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Nhận gói vào sổ: tất cả hoặc không gì cả, một thao tác, hoàn tác được.

    Xem trước bằng package look. Mục hai bên cùng sửa được quyết định từng mục (--ours, --theirs
    theo số thứ tự khi xem) hoặc theo một cách chung (--conflicts).
    """
    from app.operations.exchange.looking import look
    from app.operations.exchange.taking_in import Side, take_in

    common = None if rule is None else Side(choice(rule, "--conflicts", [s.value for s in Side]))
    opened, words = opening_keys(key, passphrase, unlock)
    with seated(folder, by, year) as desk:
        seen = look(desk, Path(package), key=opened, passphrase=words, round_id=round_id)
        decisions = {
            **decided(seen, ours, Side.OURS, "--ours"),
            **decided(seen, theirs, Side.THEIRS, "--theirs"),
        }
        said(take_in(desk, seen, decisions, common, leave_beyond=leave_beyond))


def begin(
    package: PackageArgument,
    folder: Annotated[
        str, typer.Option("--folder", metavar="SỔ", help="Thư mục của sổ làm việc mới.")
    ],
    officer: Annotated[str, typer.Option("--by", metavar="HỌ_TÊN", help="Người giữ sổ mới.")],
    heard: Annotated[
        str,
        typer.Option("--fingerprint", metavar="DẤU", help="Dấu khóa nghe nơi gửi đọc, 9 nhóm số."),
    ],
    leave_beyond: Annotated[
        bool,
        typer.Option("--leave-beyond", help="Nhận phần còn lại, bỏ mục mà nơi gửi không được sửa."),
    ] = False,
    key: OpeningKeyOption = None,
    passphrase: PassphraseOption = None,
    unlock: UnlockOption = None,
) -> None:
    """Lập sổ làm việc mới từ một gói: bàn giao, kết quả gửi thẩm định, bảng tiêu chí."""
    from app.operations.exchange.keyring import heard_sender
    from app.operations.exchange.taking_in import begin_from

    opened, words = opening_keys(key, passphrase, unlock)
    name, public = _signer(package, opened, words)
    workspace = begin_from(
        Path(package),
        Path(folder),
        officer,
        [heard_sender(name, public, heard, officer, on_day(None))],
        key=opened,
        passphrase=words,
        leave_beyond=leave_beyond,
    )
    with workspace:
        say(f"Đã lập sổ làm việc {folder} từ gói của {name}.")


def signer_of(
    package: str, key: str | None, passphrase: str | None, unlock: str | None
) -> tuple[str, PublicKey]:
    """Who says that the package is theirs, and by which key; raises ``UserError``."""
    return _signer(package, *opening_keys(key, passphrase, unlock))


def _signer(package: str, key: SigningKey | None, words: str) -> tuple[str, PublicKey]:
    from app.ground.findings import UserError
    from app.operations.exchange.looking import opened_status

    status = opened_status(Path(package), (), key, words)
    if status.head is None or status.key is None:
        raise UserError(status.problems)
    return status.head.sender.name, status.key


def opening_keys(
    key: str | None, passphrase: str | None, unlock: str | None
) -> tuple[SigningKey | None, str]:
    """What opens a locked package: our key, or its passphrase."""
    opened = None if key is None else opened_key(key, passphrase)
    return opened, "" if unlock is None else first_line(unlock)


def decided(seen: Look, numbers: list[str] | None, side: Side, option: str) -> dict[str, Side]:
    """The conflicts that are named by their places."""
    found: dict[str, Side] = {}
    for text in numbers or ():
        if not seen.conflicts:
            raise usage_error(
                "usage_value", option, "Gói không có mục hai bên cùng sửa.", "Bỏ tùy chọn này."
            )
        place = whole(text, option, 1, len(seen.conflicts))
        found[seen.conflicts[place - 1].name] = side
    return found


def _show(seen: Look, explain: bool) -> None:
    say_lines(seen.lines)
    again = seen.recompute
    if explain and again is not None and again.first is not None:
        say("Cách tính của nơi gửi:")
        say_lines([f"  {line}" for line in again.first.their_reasons] or ["  không nêu"])
        say("Cách tính của chương trình này:")
        say_lines([f"  {line}" for line in again.first.our_reasons] or ["  không nêu"])
    tell(seen.problems)
