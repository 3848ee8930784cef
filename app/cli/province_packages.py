"""``bangvang province take|merge|untake|return|send|rules|trust``: packages that come and go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.commands import Command
from app.cli.package_options import (
    KeyOption,
    OpeningKeyOption,
    PassphraseOption,
    UnlockOption,
    opened_key,
)
from app.cli.province_options import (
    ClustersOption,
    DayOption,
    ProvinceArgument,
    at,
    gathered,
)
from app.cli.speech import say, say_lines, tell, usage_error
from app.cli.values import choice
from app.cli.workspace_options import ByOption, YearOption, on_day, said

if TYPE_CHECKING:
    from app.operations.exchange.taking_in import Side
    from app.operations.province.taking import Arrival

FilesArgument = Annotated[
    list[str], typer.Argument(metavar="GÓI", help="Tệp gói dữ liệu (.bvg); ghi được nhiều tệp.")
]
ApplyOption = Annotated[
    bool, typer.Option("--apply", help="Nhận vào; không có tùy chọn này thì chỉ xem.")
]
RuleOption = Annotated[
    str | None,
    typer.Option(
        "--conflicts",
        metavar="CÁCH",
        help="Mọi mục hai bên cùng sửa: ours (giữ của Sở) hoặc theirs (nhận của nơi gửi).",
    ),
]
OursOption = Annotated[
    list[str] | None,
    typer.Option("--ours", metavar="SỐ", help="Mục thứ mấy giữ của Sở; ghi nhiều lần được."),
]
TheirsOption = Annotated[
    list[str] | None,
    typer.Option("--theirs", metavar="SỐ", help="Mục thứ mấy nhận của gói; ghi nhiều lần được."),
]
BeyondOption = Annotated[
    bool,
    typer.Option("--leave-beyond", help="Nhận phần còn lại, bỏ mục mà nơi gửi không được sửa."),
]
NameOption = Annotated[
    str, typer.Option("--sender", metavar="TÊN", help="Tên nơi gửi; mặc định: tên đã dùng.")
]
OutOption = Annotated[str, typer.Option("--out", metavar="THƯ_MỤC", help="Nơi ghi các gói.")]


def add_package_commands(group: typer.Typer) -> None:
    """Puts the commands of this file into their group."""
    group.command("trust", cls=Command)(trust)
    group.command("take", cls=Command)(take)
    group.command("merge", cls=Command)(merge)
    group.command("untake", cls=Command)(untake)
    group.command("return", cls=Command)(send_back)
    group.command("send", cls=Command)(send)
    group.command("rules", cls=Command)(rules)


def trust(
    folder: ProvinceArgument,
    package: Annotated[str, typer.Argument(metavar="GÓI", help="Một gói của nơi gửi.")],
    heard: Annotated[
        str,
        typer.Option("--fingerprint", metavar="DẤU", help="Dấu khóa nghe nơi gửi đọc, 9 nhóm số."),
    ],
    on: Annotated[str | None, typer.Option("--on", metavar="NGÀY", help="Ngày xác nhận.")] = None,
    key: OpeningKeyOption = None,
    passphrase: PassphraseOption = None,
    unlock: UnlockOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Xác nhận khóa của một nơi gửi, một lần cho cả thư mục toàn tỉnh."""
    from app.cli.package_taking import signer_of
    from app.operations.exchange.keyring import confirm_sender

    name, public = signer_of(package, key, passphrase, unlock)
    with at(folder, by, year) as opened:
        said(confirm_sender(opened.desk, name, public, heard, None, on_day(on)))


def take(
    folder: ProvinceArgument,
    file: FilesArgument,
    cluster: Annotated[
        str | None,
        typer.Option("--cluster", metavar="CỤM", help="Gói của cụm, khối nào, khi gói không rõ."),
    ] = None,
    rule: RuleOption = None,
    ours: OursOption = None,
    theirs: TheirsOption = None,
    leave_beyond: BeyondOption = False,
    key: OpeningKeyOption = None,
    passphrase: PassphraseOption = None,
    unlock: UnlockOption = None,
    apply: ApplyOption = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Nhận gói của các cụm, khối: mỗi gói vào đúng sổ của cụm, khối; nhận lại không đổi gì.

    Mục hai bên cùng sửa được quyết định từng mục của một gói (--ours, --theirs theo số thứ tự khi
    xem) hoặc theo một cách chung (--conflicts).
    """
    way = _Way(file, cluster, rule, ours, theirs, leave_beyond, (key, passphrase, unlock))
    _arrive(folder, way, by, year, apply=apply)


def merge(
    folder: ProvinceArgument,
    file: FilesArgument,
    rule: RuleOption = None,
    ours: OursOption = None,
    theirs: TheirsOption = None,
    leave_beyond: BeyondOption = False,
    key: OpeningKeyOption = None,
    passphrase: PassphraseOption = None,
    unlock: UnlockOption = None,
    apply: ApplyOption = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Ghép kết quả của nhiều người thẩm định: ô khác nhau thì ghép hết, ô trùng thì nêu ra.

    Ô trùng được quyết định từng ô của một gói (--ours, --theirs theo số thứ tự khi xem) hoặc theo
    một cách chung (--conflicts).
    """
    way = _Way(file, None, rule, ours, theirs, leave_beyond, (key, passphrase, unlock))
    _arrive(folder, way, by, year, apply=apply, appraisals=True)


@dataclass(frozen=True, slots=True)
class _Way:
    """Which packages are taken in, and how."""

    files: Sequence[str]
    cluster: str | None
    rule: str | None
    ours: list[str] | None
    theirs: list[str] | None
    leave_beyond: bool
    secrets: tuple[str | None, str | None, str | None]


def _arrive(
    folder: str,
    way: _Way,
    by: str,
    year: str | None,
    *,
    apply: bool,
    appraisals: bool = False,
) -> None:
    from app.cli.package_taking import decided, opening_keys
    from app.operations.exchange.taking_in import Side
    from app.operations.province.taking import open_arrival
    from app.operations.province.taking import take as take_one

    if len(way.files) > 1 and (way.ours or way.theirs):
        raise usage_error(
            "usage_value",
            "--ours, --theirs",
            "Số thứ tự của mục chỉ rõ khi nhận một gói.",
            "Nhận từng gói một, hoặc dùng --conflicts.",
        )
    side = _side(way.rule)
    key, words = opening_keys(*way.secrets)
    with at(folder, by, year) as opened:
        for name in way.files:
            seen = open_arrival(opened, Path(name), key=key, passphrase=words, cluster=way.cluster)
            _refuse_other_kind(seen, name, appraisals=appraisals)
            say_lines(seen.lines)
            tell((*seen.beside, *(seen.look.problems if seen.look is not None else ())))
            look = seen.look
            if look is None and (way.ours or way.theirs):
                raise usage_error(
                    "usage_value",
                    "--ours, --theirs",
                    "Gói không có mục hai bên cùng sửa.",
                    "Bỏ tùy chọn này.",
                )
            decisions = (
                {}
                if look is None
                else {
                    **decided(look, way.ours, Side.OURS, "--ours"),
                    **decided(look, way.theirs, Side.THEIRS, "--theirs"),
                }
            )
            if apply:
                _, done = take_one(
                    opened,
                    Path(name),
                    decisions,
                    side,
                    key=key,
                    passphrase=words,
                    cluster=way.cluster,
                    leave_beyond=way.leave_beyond,
                    sight=seen.sight,
                )
                said(done)
    if not apply:
        say("Chưa ghi gì vào sổ; thêm --apply để nhận.")


def _refuse_other_kind(seen: Arrival, name: str, *, appraisals: bool) -> None:
    from app.exchange.packages import Kind

    head = seen.status.head
    if appraisals and (head is None or head.kind is not Kind.APPRAISAL):
        raise usage_error(
            "usage_value",
            Path(name).name,
            "Tệp này không phải gói thẩm định.",
            "Dùng province take cho các loại gói khác.",
        )


def _side(rule: str | None) -> Side | None:
    from app.operations.exchange.taking_in import Side

    return None if rule is None else Side(choice(rule, "--conflicts", [s.value for s in Side]))


def untake(
    folder: ProvinceArgument,
    cluster: ClustersOption = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Hoàn tác; không có tùy chọn này thì chỉ xem.")
    ] = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Hoàn tác lần nhận gói cuối cùng trong sổ của cụm, khối, khi sau đó chưa làm việc gì khác."""
    from app.operations.province.batch import last_takings, take_back

    with at(folder, by, year) as opened:
        listed = {one.id: one.name for one in opened.clusters}
        for name in cluster or ():
            if name not in listed:
                raise usage_error(
                    "usage_value",
                    name[:80],
                    "Không có cụm, khối này trong danh sách của tỉnh.",
                    "Các cụm, khối: " + ", ".join(listed) + ".",
                )
        last = {one.id: act for one, act in last_takings(opened)}
        wanted = [key for key in (cluster or last) if key in last]
        say_lines(f"{listed[key]}: {last[key].title}" for key in wanted)
        for key in dict.fromkeys(cluster or ()):
            if key not in last:
                say(f"{listed[key]}: việc cuối cùng không phải là nhận gói, không hoàn tác.")
        if apply:
            undone = take_back(opened, {key: [last[key].id] for key in wanted})
            for one in undone:
                tell(one.refused)
            count = sum(bool(one.operations) for one in undone)
            say(f"Đã hoàn tác ở {count} cụm, khối.")
    if not apply:
        say("Chưa ghi gì vào sổ; thêm --apply để hoàn tác.")


def send_back(
    folder: ProvinceArgument,
    out: OutOption,
    key: KeyOption,
    cluster: ClustersOption = None,
    to: Annotated[
        str, typer.Option("--to", metavar="TÊN", help="Nơi nhận; mặc định: đơn vị trưởng.")
    ] = "",
    bare: Annotated[
        bool, typer.Option("--bare", help="Chỉ số liệu, không kèm bảng điểm để đọc.")
    ] = False,
    hand_in: Annotated[
        bool, typer.Option("--hand-in", help="Nộp vòng thẩm định của các đơn vị chưa nộp trước.")
    ] = False,
    sender: NameOption = "",
    passphrase: PassphraseOption = None,
    on: DayOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Trả kết quả thẩm định cho các cụm, khối trong một lần, trả lời gói đã gửi; nêu ai còn thiếu.

    Không ghi --cluster thì trả cho mọi cụm, khối đã gửi kết quả mà chưa trả hoặc cần trả lại.
    """
    from app.operations.exchange.sending import sender_name
    from app.operations.province.returning import return_appraisals, return_lines

    with at(folder, by, year) as opened:
        lines = return_lines(gathered(opened, on))
        wanted = cluster or [one.cluster.id for one in lines if one.due]
        name = sender_name(opened.desk.workspace, sender)
        signing = opened_key(key, passphrase)
        found = return_appraisals(
            opened,
            wanted,
            signing,
            name,
            Path(out),
            recipient=to,
            papers=not bare,
            hand_in=on_day(on) if hand_in else None,
        )
    for one in found:
        if one.sent is not None:
            say(f"Đã ghi {one.sent.file}")
            tell(one.sent.done.findings)
        tell(one.refused)
    gone = {one.cluster.id for one in found if one.sent is not None}
    say_lines(f"{x.cluster.name}: {x.words}" for x in lines if x.cluster.id not in gone)
    if len(gone) < len(wanted):
        raise typer.Exit(1)


def send(
    folder: ProvinceArgument,
    out: OutOption,
    key: KeyOption,
    pack: Annotated[
        str | None,
        typer.Option("--pack", metavar="GÓI", help="Lấy gói quy tắc này vào sổ của Sở trước."),
    ] = None,
    cluster: ClustersOption = None,
    forms: Annotated[
        bool, typer.Option("--forms", help="Kèm phiếu trống cho các đơn vị đã biết.")
    ] = False,
    sender: NameOption = "",
    passphrase: PassphraseOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Gửi gói quy tắc và phiếu trống cho mọi cụm, khối trong một lần."""
    from app.operations.exchange.sending import sender_name
    from app.operations.province.sending import send_rules
    from app.operations.workspace.tables import adopt_pack

    with at(folder, by, year) as opened:
        name = sender_name(opened.desk.workspace, sender)
        signing = opened_key(key, passphrase)
        if pack is not None:
            said(adopt_pack(opened.desk, Path(pack))[1])
        readings = gathered(opened).readings if forms else ()
        sent = send_rules(opened, signing, name, Path(out), clusters=cluster, readings=readings)
    say_lines(f"Đã ghi {one.file}" for one in sent)


def rules(folder: ProvinceArgument, year: YearOption = None) -> None:
    """Cụm, khối nào đã được gửi và đang chấm theo bảng tiêu chí của Sở."""
    from app.operations.province.sending import rules_taken

    with at(folder, "Người xem", year) as opened:
        lines = rules_taken(opened, gathered(opened).readings)
    say_lines(line.sentence for line in lines)
