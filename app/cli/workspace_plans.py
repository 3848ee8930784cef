"""``bangvang workspace eligibility …|decide``: who may be considered, and what was decided.

Each command tells the consequences first; ``--apply`` writes them with the decision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.commands import Command, Group
from app.cli.speech import say, say_lines, tell
from app.cli.values import choice, day
from app.cli.workspace_options import (
    ApplyOption,
    ByOption,
    FolderArgument,
    OnOption,
    YearOption,
    looking,
    on_day,
    said,
    seated,
)

if TYPE_CHECKING:
    from app.operations.workspace.consequences import Plan
    from app.operations.workspace.desk import Desk

eligibility_group = typer.Typer(
    cls=Group,
    add_completion=False,
    help="Không xét, chưa xét, điều kiện ngoài điểm: xem hệ quả trước, --apply để ghi.",
)
UnitArgument = Annotated[str, typer.Argument(metavar="ĐƠN_VỊ", help="Mã đơn vị.")]
CaseArgument = Annotated[
    str, typer.Argument(metavar="TRƯỜNG_HỢP", help="Mã trường hợp của bảng tiêu chí.")
]
ReferenceOption = Annotated[
    str, typer.Option("--reference", metavar="VĂN_BẢN", help="Số, ký hiệu, ngày văn bản căn cứ.")
]
DecidedByOption = Annotated[
    str, typer.Option("--decided-by", metavar="AI", help="Người, cơ quan kết luận, quyết định.")
]


def told(desk: Desk, plan: Plan, apply: bool) -> None:
    """Tells what an act would bring, and does it where that was asked for."""
    from app.operations.workspace.consequences import carry_out

    say_lines([plan.title, *(f"  - {words}" for words in plan.consequences or ("không đổi gì",))])
    if apply:
        said(carry_out(desk, plan))
    else:
        tell(plan.findings)
        say("Chưa ghi vào sổ; thêm --apply để ghi.")


@eligibility_group.command("list", cls=Command)
def listed(
    folder: FolderArgument,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="ĐƠN_VỊ", help="Chỉ đơn vị này.")
    ] = None,
    year: YearOption = None,
) -> None:
    """Danh sách kiểm tra của từng đơn vị: ghi tay, suy từ số liệu, hay không có."""
    from app.operations.workspace.eligibility import KINDS, checklists

    words = {True: "đạt", False: "không đạt", None: "chưa ghi"}
    with looking(folder, year) as desk:
        for found in checklists(desk):
            if unit not in (None, found.unit.id):
                continue
            say(f"{found.unit.name} ({found.unit.id})")
            for line in found.cases:
                mark = "x" if line.applies else "-"
                why = f": {line.why}" if line.why else ""
                say(f"  {mark} {KINDS[line.case.kind]} {line.case.id}, {line.case.title}{why}")
            for item in found.conditions:
                paper = f", {item.reference}" if item.reference else ""
                title = f"{item.condition.id}, {item.condition.title}"
                say(f"  ? {title}: {words[item.met]}{paper}")
            for place in found.held_at:
                say(f"  ! {place.line.title}: {place.line.reason}")
                for outcome in place.question.outcomes if place.question is not None else ():
                    say(f"      {outcome.choice}: {outcome.effect}")


@eligibility_group.command("record", cls=Command)
def record(
    folder: FolderArgument,
    unit: UnitArgument,
    case: CaseArgument,
    reference: ReferenceOption = "",
    since: Annotated[
        str | None, typer.Option("--since", metavar="NGÀY", help="Có hiệu lực từ ngày.")
    ] = None,
    apply: ApplyOption = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Ghi một trường hợp không xét, chưa xét cho đơn vị."""
    from app.operations.workspace.eligibility import plan_case

    with seated(folder, by, year) as desk:
        told(desk, plan_case(desk, unit, case, reference, day(since, "--since")), apply)


@eligibility_group.command("clear", cls=Command)
def clear(
    folder: FolderArgument,
    unit: UnitArgument,
    case: CaseArgument,
    decided_by: DecidedByOption = "",
    reference: ReferenceOption = "",
    on: OnOption = None,
    apply: ApplyOption = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Kết luận đơn vị không vướng trường hợp đã ghi."""
    from app.operations.workspace.eligibility import plan_cleared

    with seated(folder, by, year) as desk:
        when = on_day(on)
        told(desk, plan_cleared(desk, unit, case, decided_by, reference, when), apply)


@eligibility_group.command("bar", cls=Command)
def bar(
    folder: FolderArgument,
    unit: UnitArgument,
    held: Annotated[str, typer.Argument(metavar="CHƯA_XÉT", help="Mã trường hợp chưa xét đã ghi.")],
    case: Annotated[str, typer.Argument(metavar="KHÔNG_XÉT", help="Mã trường hợp không xét.")],
    decided_by: DecidedByOption = "",
    reference: ReferenceOption = "",
    on: OnOption = None,
    apply: ApplyOption = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Kết luận không xét một đơn vị đang chờ kết luận."""
    from app.operations.workspace.eligibility import plan_barred

    with seated(folder, by, year) as desk:
        when = on_day(on)
        told(desk, plan_barred(desk, unit, held, case, decided_by, reference, when), apply)


@eligibility_group.command("condition", cls=Command)
def condition(
    folder: FolderArgument,
    unit: UnitArgument,
    item: Annotated[str, typer.Argument(metavar="ĐIỀU_KIỆN", help="Mã điều kiện.")],
    met: Annotated[
        str, typer.Option("--met", metavar="yes|no|unknown", help="Đạt, không đạt, bỏ đánh dấu.")
    ] = "yes",
    reference: ReferenceOption = "",
    apply: ApplyOption = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Đánh dấu một điều kiện ngoài điểm, kèm văn bản căn cứ."""
    from app.operations.workspace.eligibility import plan_condition

    chosen = {"yes": True, "no": False, "unknown": None}[
        choice(met, "--met", ("yes", "no", "unknown"))
    ]
    with seated(folder, by, year) as desk:
        told(desk, plan_condition(desk, unit, item, chosen, reference), apply)


def decide(
    folder: FolderArgument,
    question: Annotated[str, typer.Argument(metavar="CÂU_HỎI", help="Mã như kết quả nêu.")],
    outcome: Annotated[
        str, typer.Argument(metavar="KẾT_QUẢ", help="Lựa chọn; nhiều đơn vị nối bằng dấu +.")
    ],
    decided_by: DecidedByOption = "",
    reference: ReferenceOption = "",
    apply: ApplyOption = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Ghi quyết định về một câu hỏi mở: bằng điểm, chưa xét, điều văn bản để ngỏ."""
    from app.operations.workspace.decisions import plan_decision

    with seated(folder, by, year) as desk:
        told(desk, plan_decision(desk, question, outcome, decided_by, reference), apply)
