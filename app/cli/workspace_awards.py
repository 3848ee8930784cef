"""``bangvang workspace award``: the awards, proposals pinned to sealed data, places given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from app.cli.commands import Command, Group
from app.cli.speech import say, say_lines
from app.cli.values import choice
from app.cli.workspace_options import (
    ApplyOption,
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
from app.cli.workspace_plans import DecidedByOption, ReferenceOption, told

if TYPE_CHECKING:
    from app.operations.workspace.awards import Place, Ruling

award_group = typer.Typer(
    cls=Group,
    add_completion=False,
    help="Khen thưởng: chỉ tiêu, đề nghị, dự bị; lập đề nghị; Hội đồng lựa chọn; rút, không xét.",
)
ProposalArgument = Annotated[str, typer.Argument(metavar="ĐỀ_NGHỊ", help="Mã đề nghị, ví dụ dn1.")]
PlaceOption = Annotated[
    str | None,
    typer.Option(
        "--place",
        metavar="CHỖ",
        help="passed_on (chuyển cho đơn vị kế tiếp) hoặc left_empty (để trống).",
    ),
]
_PLACES: Final[tuple[Place, ...]] = ("passed_on", "left_empty")


@award_group.command("show", cls=Command)
def show(folder: FolderArgument, year: YearOption = None) -> None:
    """Cho xem từng hình thức: số chỗ, đề nghị, chờ, dự bị, không đề nghị; khen thưởng đã có."""
    from app.operations.workspace.award_desk import award_desk

    with looking(folder, year) as desk:
        names = {unit.id: unit.name for unit in desk.units.values()}
        board = award_desk(desk)
        for table in board.tables:
            where = f" ({table.cluster})" if table.cluster is not None else ""
            say(f"{table.award.title}{where}: {table.places_words}")
            for line in table.proposed:
                say(f"  đề nghị: {names[line.unit]}, {line.reason}")
            for waiting in table.waiting:
                say(f"  chờ: {names[waiting.line.unit]}, {waiting.line.reason}")
                if waiting.question is not None:
                    say(f"    {waiting.question.id}")
                    for outcome in waiting.question.outcomes:
                        say(f"      {outcome.choice}: {outcome.effect}")
            for number, line in enumerate(table.reserve, 1):
                say(f"  dự bị {number}: {names[line.unit]}, {line.reason}")
            for line in table.refused:
                say(f"  không đề nghị: {names[line.unit]}, {line.reason}")
        for unit, past in board.past.items():
            if past:
                listed = "; ".join(f"{p.year}: {p.award} {p.number}".rstrip() for p in past)
                say(f"{names[unit]} đã được: {listed}")


@award_group.command("propose", cls=Command)
def propose(
    folder: FolderArgument,
    cluster: Annotated[
        list[str] | None,
        typer.Option("--cluster", metavar="MÃ", help="Chỉ các cụm, khối này."),
    ] = None,
    reason: ReasonOption = "",
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Lập đề nghị đúng như kết quả đã chốt; nêu mọi lý do nếu chưa lập được."""
    from app.operations.workspace.awards import propose as pin

    with seated(folder, by, year) as desk:
        said(pin(desk, on_day(on), cluster, reason=reason))


@award_group.command("state", cls=Command)
def state(folder: FolderArgument, year: YearOption = None) -> None:
    """Đề nghị còn đúng với số liệu không; nếu không thì đơn vị nào, vì sao."""
    from app.operations.workspace.proposals import STAND_WORDS, proposal_state

    with looking(folder, year) as desk:
        found = proposal_state(desk)
        names = {unit.id: unit.name for unit in desk.units.values()}
        words = STAND_WORDS[found.stand]
        say(words[:1].upper() + words[1:] + ".")
        for proposal in found.proposals:
            say(f"  {proposal.id}  {proposal.award}  {names[proposal.unit]}")
        say_lines(
            [f"  - {names[line.unit]}: {line.why}" for line in found.outdated]
            + [f"  - {why}" for why in found.reasons]
        )


def _ruling(
    decided_by: str, reference: str, on: str | None, place: str | None, reason: str
) -> Ruling:
    from app.operations.workspace.awards import Ruling

    where = None if place is None else choice(place, "--place", _PLACES)
    return Ruling(decided_by, reference, on_day(on), where, reason)


@award_group.command("withdraw", cls=Command)
def withdraw(
    folder: FolderArgument,
    proposal: ProposalArgument,
    place: PlaceOption = None,
    decided_by: DecidedByOption = "",
    reference: ReferenceOption = "",
    reason: ReasonOption = "",
    on: OnOption = None,
    apply: ApplyOption = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Đơn vị rút khỏi một đề nghị sau hội nghị; nêu hệ quả trước."""
    from app.operations.workspace.awards import plan_withdrawn

    ruling = _ruling(decided_by, reference, on, place, reason)
    with seated(folder, by, year) as desk:
        told(desk, plan_withdrawn(desk, proposal, ruling), apply)


@award_group.command("bar", cls=Command)
def bar(
    folder: FolderArgument,
    unit: Annotated[str, typer.Argument(metavar="ĐƠN_VỊ", help="Mã đơn vị.")],
    case: Annotated[str, typer.Argument(metavar="KHÔNG_XÉT", help="Mã trường hợp không xét.")],
    place: PlaceOption = None,
    decided_by: DecidedByOption = "",
    reference: ReferenceOption = "",
    reason: ReasonOption = "",
    on: OnOption = None,
    apply: ApplyOption = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Không xét một đơn vị sau hội nghị; nêu hệ quả trước."""
    from app.operations.workspace.awards import plan_barred_after

    ruling = _ruling(decided_by, reference, on, place, reason)
    with seated(folder, by, year) as desk:
        told(desk, plan_barred_after(desk, unit, case, ruling), apply)


@award_group.command("choose", cls=Command)
def choose(
    folder: FolderArgument,
    award: Annotated[
        str, typer.Argument(metavar="HÌNH_THỨC", help="Mã hình thức do Hội đồng lựa chọn.")
    ],
    unit: Annotated[
        list[str], typer.Argument(metavar="ĐƠN_VỊ …", help="Mã các đơn vị được Hội đồng chọn.")
    ],
    decided_by: DecidedByOption = "",
    reference: ReferenceOption = "",
    apply: ApplyOption = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Ghi các đơn vị được Hội đồng lựa chọn trong số đủ điều kiện; nêu hệ quả trước."""
    from app.operations.workspace.decisions import plan_choice

    with seated(folder, by, year) as desk:
        told(desk, plan_choice(desk, award, unit, decided_by, reference), apply)


@award_group.command("decided", cls=Command)
def decided(
    folder: FolderArgument,
    proposal: Annotated[
        list[str], typer.Argument(metavar="ĐỀ_NGHỊ …", help="Mã các đề nghị được quyết định.")
    ],
    number: Annotated[str, typer.Option("--number", metavar="SỐ", help="Số quyết định.")] = "",
    issuer: Annotated[
        str, typer.Option("--issuer", metavar="CƠ_QUAN", help="Cơ quan quyết định.")
    ] = "",
    on: OnOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Ghi quyết định khen thưởng: số, ngày, cơ quan."""
    from app.operations.workspace.awards import decide_proposals

    with seated(folder, by, year) as desk:
        when = on_day(on)
        said(decide_proposals(desk, proposal, number, when, issuer))
