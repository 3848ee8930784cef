"""``bangvang workspace year|answers|checklist|close``: the turn of the year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.commands import Command
from app.cli.speech import say, say_lines, usage_error
from app.cli.values import choice, day
from app.cli.workspace_options import (
    ByOption,
    FolderArgument,
    YearOption,
    looking,
    opened,
    said,
    seated,
)

if TYPE_CHECKING:
    from app.operations.workspace.turn import NamedRole, Role, YearTurn

KindOption = Annotated[
    str, typer.Option("--kind", metavar="LOẠI", help="calendar (năm dương lịch) hoặc school.")
]
FromOption = Annotated[str | None, typer.Option("--from", metavar="NGÀY", help="Ngày đầu.")]
ToOption = Annotated[str | None, typer.Option("--to", metavar="NGÀY", help="Ngày cuối.")]
RoleOption = Annotated[
    list[str] | None,
    typer.Option(metavar="ĐƠN_VỊ=VĂN_BẢN", help="Nêu tên theo văn bản; ghi được nhiều lần."),
]
KINDS = ("calendar", "school")


def add_turn_commands(group: typer.Typer) -> None:
    """Puts the commands of this file into their group."""
    group.command("year", cls=Command)(open_next)
    group.command("answers", cls=Command)(answers)
    group.command("checklist", cls=Command)(checklist)
    group.command("close", cls=Command)(close)


def open_next(
    folder: FolderArgument,
    year: Annotated[
        str | None,
        typer.Option("--year", metavar="NĂM", help="Năm mới; với --like: mặc định năm kế tiếp."),
    ] = None,
    like: Annotated[
        str | None,
        typer.Option("--like", metavar="NĂM", help="Mở từ năm này: cụm, đơn vị, vai trò, bảng."),
    ] = None,
    leader: RoleOption = None,
    deputy: RoleOption = None,
    show: Annotated[bool, typer.Option("--show", help="Chỉ nêu năm mới sẽ có gì.")] = False,
    kind: KindOption = "",
    start: FromOption = None,
    end: ToOption = None,
    by: ByOption = "",
) -> None:
    """Mở một năm thi đua; năm trước chưa cần khóa sổ."""
    from app.operations.workspace.desk import Desk, officer_of
    from app.operations.workspace.turn import begin_next_year, look_ahead
    from app.operations.workspace.years import open_year, year_record

    first, last = day(start, "--from"), day(end, "--to")
    named = (*_named(leader, "leader"), *_named(deputy, "deputy"))
    with opened(folder) as book:
        usual = "calendar" if like is None else book.period(like).kind
        school = choice(kind or usual, "--kind", KINDS) == "school"
        record = None
        if year is not None:
            record = year_record(year, "school" if school else "calendar", first, last)
        if like is not None:
            desk = Desk(book, officer_of(book, by), book.period(like).id)
            if show:
                say_lines(_told(look_ahead(desk, record, named)))
                return
            _, done, turn = begin_next_year(desk, record, named)
            said(done)
            say_lines(_told(turn))
            return
        if record is None:
            raise usage_error(
                "usage_missing", "--year", "Chưa nêu năm mới.", "Ghi --year NĂM, hoặc --like NĂM."
            )
        said(open_year(book, officer_of(book, by), record)[1])


def _named(wanted: Sequence[str] | None, role: Role) -> Iterator[NamedRole]:
    from app.operations.workspace.turn import NamedRole

    for words in wanted or ():
        unit, _, paper = words.partition("=")
        yield NamedRole(unit.strip(), role, paper.strip())


def _told(turn: YearTurn) -> Iterator[str]:
    record = turn.record
    yield f"Năm {record.name}: {record.start:%d/%m/%Y} - {record.end:%d/%m/%Y}"
    yield f"  {len(turn.units)} đơn vị, {len(turn.clusters)} cụm, khối"
    for unit in turn.left_out:
        yield f"  không đưa sang: {unit.name} (đã rời cụm, khối)"
    yield from (f"  {role.words}" for role in turn.roles)
    for table in turn.tables:
        yield f"  bảng tiêu chí: {table.title}, phiên bản {table.version}, đang soạn"
    if turn.answers:
        listed = ", ".join(choice.parameter for choice in turn.answers)
        yield f"  lựa chọn của năm trước, chưa lấy lại: {listed} (lệnh answers)"


def answers(
    folder: FolderArgument,
    adopt: Annotated[
        list[str] | None,
        typer.Option("--adopt", metavar="THAM_SỐ", help="Lấy lại; ghi được nhiều lần."),
    ] = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Nêu lựa chọn của năm trước có thể lấy lại, hoặc lấy lại một số."""
    from app.operations.workspace.answers import adopt_answers, proposed_answers

    if adopt:
        with seated(folder, by, year) as desk:
            said(adopt_answers(desk, adopt))
        return
    with looking(folder, year) as desk:
        found = proposed_answers(desk)
    for one in found:
        say(f"{one.parameter} = {one.value}" + (f" ({one.reason})" if one.reason else ""))
    if not found:
        say("Năm trước không có lựa chọn nào để lấy lại.")


def checklist(folder: FolderArgument, year: YearOption = None) -> None:
    """Nêu mọi việc còn mở trước khi khóa sổ: việc nào chặn, mở ở đâu."""
    from app.operations.workspace.closing import checklist_lines, closing_checklist

    with looking(folder, year) as desk:
        say_lines(checklist_lines(closing_checklist(desk)))


def close(folder: FolderArgument, year: YearOption = None, by: ByOption = "") -> None:
    """Khóa sổ năm thi đua: từ đây không sửa được nữa."""
    from app.operations.workspace.years import close_year

    with seated(folder, by, year) as desk:
        said(close_year(desk))
