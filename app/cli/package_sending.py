"""``bangvang package estimate|make|list``: what leaves the house."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.commands import Command
from app.cli.package_options import KeyOption, PassphraseOption, first_line, opened_key
from app.cli.speech import say
from app.cli.values import choice, day
from app.cli.workspace_options import (
    ByOption,
    FolderArgument,
    OverwriteOption,
    YearOption,
    looking,
    said,
    seated,
)

if TYPE_CHECKING:
    from app.exchange.packages import SizeEstimate
    from app.operations.exchange.packing import Order
    from app.operations.exchange.sending import Lock
    from app.operations.workspace.desk import Desk

KINDS = {
    "criteria-table": "bảng tiêu chí và phiếu trống",
    "self-score": "tự chấm điểm của một đơn vị",
    "for-appraisal": "kết quả gửi thẩm định",
    "appraisal": "thẩm định của Sở",
    "final-result": "kết quả cuối cùng",
    "rule-pack": "gói quy tắc",
    "figures-request": "đề nghị cơ quan khác cung cấp số liệu",
    "yearly-return": "báo cáo hằng năm của cơ quan phụ trách",
    "handover": "bàn giao cho Trưởng cụm, khối sau",
    "whole-workspace": "toàn bộ sổ làm việc",
}

KindOption = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="LOẠI",
        help="Loại gói: " + "; ".join(f"{name} ({words})" for name, words in KINDS.items()) + ".",
    ),
]
UnitOption = Annotated[
    str, typer.Option("--unit", metavar="ĐƠN_VỊ", help="Đơn vị, với gói tự chấm điểm.")
]
ClusterOption = Annotated[
    str, typer.Option("--cluster", metavar="CỤM", help="Cụm, khối, khi sổ có nhiều cụm, khối.")
]
ScoresOption = Annotated[
    bool, typer.Option("--scores", help="Chỉ điểm và số liệu; mặc định: đầy đủ.")
]
EvidenceOption = Annotated[
    bool, typer.Option("--evidence", help="Kèm tệp minh chứng; xem cỡ gói trước bằng estimate.")
]
BareOption = Annotated[
    bool, typer.Option("--no-papers", help="Không kèm bản PDF, Excel để đọc và in.")
]
AgencyOption = Annotated[
    str, typer.Option("--agency", metavar="CƠ_QUAN", help="Cơ quan được đề nghị số liệu.")
]
CriterionOption = Annotated[
    list[str] | None,
    typer.Option("--criterion", metavar="MÃ", help="Tiêu chí cần số liệu; ghi nhiều lần được."),
]
DueOption = Annotated[
    str | None, typer.Option("--due", metavar="NGÀY", help="Hạn trả lời đề nghị số liệu.")
]


def add_sending_commands(group: typer.Typer) -> None:
    """Puts the commands of this file into their group."""
    group.command("estimate", cls=Command)(estimate)
    group.command("make", cls=Command)(make)
    group.command("list", cls=Command)(list_)


def estimate(
    folder: FolderArgument,
    kind: KindOption,
    unit: UnitOption = "",
    cluster: ClusterOption = "",
    scores: ScoresOption = False,
    evidence: EvidenceOption = False,
    bare: BareOption = False,
    year: YearOption = None,
) -> None:
    """Ước tính cỡ gói trước khi lập; không ghi gì."""
    from app.operations.exchange.packing import size_of

    with looking(folder, year) as desk:
        order = _order(desk, kind, unit, cluster, scores, evidence, bare)
        say(_size_words(size_of(desk, order)))


def make(
    folder: FolderArgument,
    kind: KindOption,
    key: KeyOption,
    out: Annotated[
        str, typer.Option("--out", metavar="NƠI", help="Thư mục, hoặc tệp .bvg, để ghi gói.")
    ],
    sender: Annotated[
        str,
        typer.Option("--as", metavar="TÊN", help="Tên nơi gửi; mặc định: tên đã dùng lần trước."),
    ] = "",
    recipient: Annotated[str, typer.Option("--to", metavar="TÊN", help="Tên nơi nhận.")] = "",
    note: Annotated[str, typer.Option("--note", metavar="LỜI", help="Lời nhắn nơi nhận.")] = "",
    unit: UnitOption = "",
    cluster: ClusterOption = "",
    scores: ScoresOption = False,
    evidence: EvidenceOption = False,
    bare: BareOption = False,
    answers: Annotated[
        str,
        typer.Option("--answers", metavar="MÃ", help="Gói được trả lời; mặc định: gói mới nhất."),
    ] = "",
    agency: AgencyOption = "",
    criterion: CriterionOption = None,
    due: DueOption = None,
    seal_for: Annotated[
        str,
        typer.Option("--seal-for", metavar="TÊN", help="Khóa gói cho một nơi nhận đã xác nhận."),
    ] = "",
    seal_file: Annotated[
        str | None,
        typer.Option("--seal-file", metavar="TỆP", help="Khóa gói bằng mật khẩu trong tệp này."),
    ] = None,
    passphrase: PassphraseOption = None,
    overwrite: OverwriteOption = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Lập gói, ký bằng khóa của đơn vị và ghi vào sổ gói đã gửi.

    Dùng --scores để gửi riêng điểm và số liệu; không có tùy chọn này thì gửi đầy đủ.
    """
    from dataclasses import replace

    from app.operations.exchange.packing import Envelope
    from app.operations.exchange.register import answerable
    from app.operations.exchange.sending import send, sender_name

    with seated(folder, by, year) as desk:
        order = _order(desk, kind, unit, cluster, scores, evidence, bare)
        order = replace(
            order,
            answers=answers or answerable(desk, order.kind),
            agency=agency,
            criteria=tuple(criterion or ()),
            due=day(due, "--due"),
        )
        envelope = Envelope(sender_name(desk.workspace, sender), recipient, note)
        lock = _lock(desk, seal_for, seal_file)
        opened = opened_key(key, passphrase)
        sent = send(desk, order, envelope, opened, Path(out), lock, overwrite=overwrite)
        said(sent.done)
    say(f"Đã ghi {sent.file} ({_size(sent.bytes)}). Mã gói: {sent.digest}")


def _order(
    desk: Desk, kind: str, unit: str, cluster: str, scores: bool, evidence: bool, bare: bool
) -> Order:
    from app.exchange.packages import Extent, Kind
    from app.operations.exchange.packing import Order

    name = choice(kind, "--kind", list(KINDS))
    return Order(
        Kind(name.replace("-", "_")),
        Extent.SCORES if scores else Extent.EVERYTHING,
        unit,
        cluster,
        evidence=evidence and not scores,
        papers=not bare and not scores,
    )


def _lock(desk: Desk, seal_for: str, seal_file: str | None) -> Lock | None:
    from app.operations.exchange.keyring import sender_named
    from app.operations.exchange.sending import Lock

    if seal_for:
        return Lock(sender_named(desk.workspace, seal_for).key)
    return None if seal_file is None else Lock(passphrase=first_line(seal_file))


def _size_words(found: SizeEstimate) -> str:
    return (
        f"Gói khoảng {_size(found.total)}: số liệu {_size(found.texts)}, bản để đọc "
        f"{_size(found.files)}, tệp minh chứng {_size(found.evidence)}."
    )


def _size(count: int) -> str:
    if count < 1_000_000:
        return f"{max(count, 999) // 1000} KB" if count else "0 KB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")


def list_(folder: FolderArgument, year: YearOption = None) -> None:
    """Liệt kê các gói đã gửi, đã nhận."""
    from app.operations.exchange.register import exchanged

    with looking(folder, year) as desk:
        lines = exchanged(desk)
    if not lines:
        say("Chưa gửi, nhận gói nào.")
    for line in lines:
        say(f"{line.sentence}. Mã gói: {line.package.digest}")
