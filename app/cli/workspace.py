"""``bangvang workspace``: the folder of a cluster's years, as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.commands import Command, Group
from app.cli.speech import say, say_lines, tell, usage_error
from app.cli.values import choice, day
from app.cli.workspace_awards import award_group
from app.cli.workspace_ballots import ballot_group
from app.cli.workspace_calendar import add_calendar_commands
from app.cli.workspace_members import cluster_group, unit_group
from app.cli.workspace_options import (
    ByOption,
    FolderArgument,
    ReasonOption,
    YearOption,
    looking,
    opened,
    said,
    seated,
)
from app.cli.workspace_plans import decide, eligibility_group
from app.cli.workspace_records import add_record_commands
from app.cli.workspace_results import add_result_commands
from app.cli.workspace_review import add_review_commands
from app.cli.workspace_rounds import round_group
from app.cli.workspace_scores import add_score_commands
from app.cli.workspace_tables import table_group
from app.cli.workspace_turn import KINDS, FromOption, KindOption, ToOption, add_turn_commands

workspace = typer.Typer(
    cls=Group,
    add_completion=False,
    help="Sổ làm việc: giữ các năm thi đua của cụm, khối với nhật ký và bản sao lưu.",
)
workspace.add_typer(cluster_group, name="cluster")
workspace.add_typer(unit_group, name="unit")
workspace.add_typer(table_group, name="table")
workspace.add_typer(round_group, name="round")
workspace.add_typer(eligibility_group, name="eligibility")
workspace.add_typer(ballot_group, name="ballot")
workspace.add_typer(award_group, name="award")
workspace.command("decide", cls=Command)(decide)
add_score_commands(workspace)
add_record_commands(workspace)
add_result_commands(workspace)
add_review_commands(workspace)
add_calendar_commands(workspace)
add_turn_commands(workspace)


@workspace.command("new", cls=Command)
def new(
    folder: FolderArgument,
    year: Annotated[str, typer.Option("--year", metavar="NĂM", help="Năm thi đua đầu tiên.")],
    by: Annotated[str, typer.Option("--by", metavar="HỌ_TÊN", help="Người giữ sổ.")],
    cluster: Annotated[
        list[str] | None,
        typer.Option("--cluster", metavar="MÃ=TÊN", help="Cụm, khối; ghi được nhiều lần."),
    ] = None,
    block: Annotated[
        str | None, typer.Option("--block", metavar="LOẠI", help="Loại cụm, khối theo bảng.")
    ] = None,
    pack: Annotated[
        list[str] | None,
        typer.Option(
            "--pack", metavar="ĐƯỜNG_DẪN", help="Bảng tiêu chí lấy nguyên; ghi được nhiều lần."
        ),
    ] = None,
    kind: KindOption = "calendar",
    start: FromOption = None,
    end: ToOption = None,
) -> None:
    """Lập sổ làm việc mới với năm thi đua đầu tiên, cụm, khối và bảng tiêu chí."""
    from app.domain.snapshot import Cluster
    from app.operations.workspace.desk import OFFICER, change_setting
    from app.operations.workspace.members import add_clusters
    from app.operations.workspace.tables import adopt_pack
    from app.operations.workspace.years import open_year, year_record
    from app.operations.workspace_lifecycle import create_workspace

    school = choice(kind, "--kind", KINDS) == "school"
    record = year_record(
        year, "school" if school else "calendar", day(start, "--from"), day(end, "--to")
    )
    named = [_cluster_words(words) for words in cluster or ()]
    with create_workspace(Path(folder), by) as made:
        change_setting(made, by, OFFICER, by)
        desk, done = open_year(made, by, record)
        said(done)
        if named:
            said(add_clusters(desk, [Cluster(key, name, block) for key, name in named]))
        for path in pack or ():
            said(adopt_pack(desk, Path(path))[1])


def _cluster_words(words: str) -> tuple[str, str]:
    key, equals, name = words.partition("=")
    if not equals or not key.strip() or not name.strip():
        raise usage_error(
            "usage_value",
            "--cluster",
            f"“{words[:60]}” viết chưa đúng.",
            "Viết dạng --cluster k1=“Khối Nội chính”.",
        )
    return key.strip(), name.strip()


@workspace.command("reopen", cls=Command)
def reopen(
    folder: FolderArgument, reason: ReasonOption = "", year: YearOption = None, by: ByOption = ""
) -> None:
    """Mở lại sổ của một năm đã khóa, có lý do."""
    from app.operations.workspace.years import reopen_year

    with seated(folder, by, year) as desk:
        said(reopen_year(desk, reason))


@workspace.command("officer", cls=Command)
def officer(
    folder: FolderArgument,
    name: Annotated[str, typer.Argument(metavar="HỌ_TÊN", help="Người giữ sổ từ nay.")],
    by: ByOption = "",
) -> None:
    """Ghi người giữ sổ (bàn giao)."""
    from app.operations.workspace.desk import OFFICER, change_setting, officer_of

    with opened(folder) as book:
        said(change_setting(book, officer_of(book, by) or name, OFFICER, name))


@workspace.command("rank-by", cls=Command)
def rank_by(
    folder: FolderArgument,
    round_id: Annotated[
        str | None,
        typer.Argument(metavar="VÒNG", help="Vòng xếp hạng; bỏ trống: theo bảng tiêu chí."),
    ] = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Chọn vòng chấm dùng để xếp hạng năm này."""
    from app.operations.workspace.years import choose_ranking_round

    with seated(folder, by, year) as desk:
        said(choose_ranking_round(desk, round_id))


@workspace.command("show", cls=Command)
def show(folder: FolderArgument, year: YearOption = None) -> None:
    """Cho xem năm đang ở đâu: bảng tiêu chí, đơn vị, vòng chấm, thời hạn, giải trình."""
    from app.operations.workspace.board_text import board_lines
    from app.operations.workspace.boards import board_of

    with looking(folder, year) as desk:
        say_lines(board_lines(board_of(desk)))


# ------------------------------------------------------------------ looking back, taking back


@workspace.command("journal", cls=Command)
def journal(
    folder: FolderArgument,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="ĐƠN_VỊ", help="Chỉ của đơn vị này.")
    ] = None,
    criterion: Annotated[
        str | None, typer.Option("--criterion", metavar="TIÊU_CHÍ", help="Chỉ của tiêu chí này.")
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar="HỌ_TÊN", help="Chỉ của người này.")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--day", metavar="NGÀY", help="Chỉ trong ngày này.")
    ] = None,
    year: YearOption = None,
) -> None:
    """Đọc nhật ký bằng lời, lọc theo đơn vị, tiêu chí, người, ngày."""
    from app.operations.workspace_lifecycle import journal as told

    with opened(folder) as book:
        lines = told(
            book,
            unit=unit,
            criterion=criterion,
            actor=person,
            day=day(on, "--day"),
            period=year,
        )
        for line in lines:
            say_lines([line.heading, *(f"  - {sentence}" for sentence in line.sentences)])


@workspace.command("undo", cls=Command)
def undo(folder: FolderArgument, by: ByOption = "") -> None:
    """Hoàn tác thao tác vừa làm."""
    from app.operations.workspace.desk import officer_of
    from app.operations.workspace_lifecycle import undo as take_back

    with opened(folder) as book:
        done = take_back(book, officer_of(book, by))
        say(done.title if done is not None else "Không có thao tác nào hoàn tác được.")


@workspace.command("redo", cls=Command)
def redo(folder: FolderArgument, by: ByOption = "") -> None:
    """Làm lại thao tác vừa hoàn tác."""
    from app.operations.workspace.desk import officer_of
    from app.operations.workspace_lifecycle import redo as do_again

    with opened(folder) as book:
        done = do_again(book, officer_of(book, by))
        say(done.title if done is not None else "Không có thao tác nào làm lại được.")


@workspace.command("verify", cls=Command)
def verify(
    folder: FolderArgument,
    head: Annotated[
        str | None,
        typer.Option("--head", metavar="MÃ", help="Mã nhật ký in trên văn bản đã ban hành."),
    ] = None,
) -> None:
    """Kiểm tra toàn vẹn: cấu trúc, nhật ký, từng dòng, tệp minh chứng."""
    from app.operations.workspace_lifecycle import verify_workspace

    found = verify_workspace(Path(folder), head)
    errors = sum(finding.is_error for finding in found.findings)
    say("Sổ làm việc toàn vẹn." if not errors else f"Sổ làm việc có {errors} chỗ hỏng hoặc bị sửa.")
    tell(found.findings)
    if errors:
        raise typer.Exit(1)


@workspace.command("backup", cls=Command)
def backup(folder: FolderArgument) -> None:
    """Sao lưu ngay một bản đã kiểm tra."""
    from app.operations.workspace_lifecycle import backup_workspace

    with opened(folder) as book:
        say(f"Đã sao lưu: {backup_workspace(book).file.name}")


@workspace.command("backups", cls=Command)
def backups(folder: FolderArgument) -> None:
    """Liệt kê các bản sao lưu."""
    from app.operations.workspace_lifecycle import list_backups

    for kept in list_backups(Path(folder)):
        say(f"{kept.file.name}  {kept.made:%d/%m/%Y %H:%M}  {kept.reason.words}")


@workspace.command("restore", cls=Command)
def restore(
    folder: FolderArgument,
    name: Annotated[
        str | None,
        typer.Option("--backup", metavar="TÊN", help="Bản cần khôi phục; mặc định: bản tốt nhất."),
    ] = None,
    by: ByOption = "",
) -> None:
    """Khôi phục từ một bản sao lưu; bản hiện tại được cất lại trước."""
    from app.operations.workspace_lifecycle import restore_workspace

    actor = by.strip()
    if not actor:
        raise usage_error(
            "usage_missing", "--by", "Chưa biết ai khôi phục.", "Ghi --by HỌ_TÊN của người làm."
        )
    kept = restore_workspace(Path(folder), actor, name)
    say(f"Đã khôi phục từ {kept.file.name}.")
