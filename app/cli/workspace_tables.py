"""``bangvang workspace table``: the cluster's criteria table from frame to issue, and on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.commands import Command, Group
from app.cli.speech import say, say_lines, tell
from app.cli.values import whole
from app.cli.workspace_options import (
    ApplyOption,
    ByOption,
    FolderArgument,
    OverwriteOption,
    ReasonOption,
    YearOption,
    looking,
    said,
    seated,
)

table_group = typer.Typer(
    cls=Group, add_completion=False, help="Bảng tiêu chí: lập từ khung, sửa, ban hành, phiên bản."
)
TableOption = Annotated[
    str | None, typer.Option("--table", metavar="BẢNG", help="Mã bảng; mặc định: bảng chính.")
]
EDITS_HELP = (
    "Thay đổi: MÃ/max=ĐIỂM, MÃ/title=TÊN, MÃ/method={…}, MÃ/count=SỐ, MÃ/split=TÊN:ĐIỂM|TÊN:ĐIỂM, "
    "MỤC/add=MÃ:TÊN:ĐIỂM, MÃ/remove, bang/complete (đã đủ điểm từng tiêu chí)."
)


@table_group.command("adopt", cls=Command)
def adopt(
    folder: FolderArgument,
    pack: Annotated[str, typer.Argument(metavar="GÓI", help="Gói quy tắc lấy nguyên.")],
    issued: Annotated[bool, typer.Option("--issued", help="Bảng đã ban hành.")] = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Lấy nguyên một gói quy tắc làm bảng tiêu chí, gói quy trình hoặc bảng kèm theo."""
    from app.operations.workspace.tables import adopt_pack

    with seated(folder, by, year) as desk:
        said(adopt_pack(desk, Path(pack), issued=issued)[1])


@table_group.command("draft", cls=Command)
def draft(
    folder: FolderArgument,
    frame: Annotated[str, typer.Argument(metavar="KHUNG", help="Gói khung điểm.")],
    table: Annotated[str, typer.Option("--id", metavar="MÃ", help="Mã bảng của cụm, khối.")],
    title: Annotated[str, typer.Option("--title", metavar="TÊN", help="Tên bảng.")],
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Lập bảng tiêu chí của cụm, khối từ một khung điểm."""
    from app.operations.workspace.tables import draft_table

    with seated(folder, by, year) as desk:
        said(draft_table(desk, Path(frame), table, title)[1])


@table_group.command("edit", cls=Command)
def edit(
    folder: FolderArgument,
    changes: Annotated[list[str], typer.Argument(metavar="THAY_ĐỔI", help=EDITS_HELP)],
    table: TableOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Sửa bảng đang soạn; nêu ngay chỗ lệch với khung điểm."""
    from app.operations.workspace.edit_words import table_edits_of
    from app.operations.workspace.tables import edit_table

    edits = table_edits_of(changes)
    with seated(folder, by, year) as desk:
        said(edit_table(desk, edits, table))


@table_group.command("check", cls=Command)
def check(folder: FolderArgument, table: TableOption = None, year: YearOption = None) -> None:
    """Kiểm tra bảng tiêu chí với khung điểm."""
    from app.operations.workspace.tables import table_findings, table_of

    with looking(folder, year) as desk:
        findings = table_findings(desk, table_of(desk, table))
    errors = sum(finding.is_error for finding in findings)
    say(f"Bảng tiêu chí có {errors} lỗi phải sửa, {len(findings) - errors} điều cần xem.")
    tell(findings)
    if errors:
        raise typer.Exit(1)


@table_group.command("consult", cls=Command)
def consult(
    folder: FolderArgument, table: TableOption = None, year: YearOption = None, by: ByOption = ""
) -> None:
    """Ghi nhận bảng đã gửi lấy ý kiến."""
    from app.operations.workspace.tables import consult_table

    with seated(folder, by, year) as desk:
        said(consult_table(desk, table))


@table_group.command("issue", cls=Command)
def issue(
    folder: FolderArgument, table: TableOption = None, year: YearOption = None, by: ByOption = ""
) -> None:
    """Ban hành bảng tiêu chí; còn lỗi so với khung thì chưa ban hành được."""
    from app.operations.workspace.tables import issue_table

    with seated(folder, by, year) as desk:
        said(issue_table(desk, table))


@table_group.command("export", cls=Command)
def export(
    folder: FolderArgument,
    out: Annotated[str, typer.Option("--out", metavar="NƠI_GHI", help="Tệp .toml hoặc thư mục.")],
    table: TableOption = None,
    year: YearOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Ghi bảng tiêu chí thành gói quy tắc."""
    from app.operations.workspace.tables import export_table

    with looking(folder, year) as desk:
        say(f"Đã ghi {export_table(desk, Path(out), table, overwrite=overwrite)}")


@table_group.command("revise", cls=Command)
def revise(
    folder: FolderArgument,
    changes: Annotated[
        list[str] | None, typer.Argument(metavar="THAY_ĐỔI", help=EDITS_HELP)
    ] = None,
    file: Annotated[
        str | None, typer.Option("--file", metavar="GÓI", help="Gói quy tắc của phiên bản mới.")
    ] = None,
    reason: ReasonOption = "",
    apply: ApplyOption = False,
    issued: Annotated[bool, typer.Option("--issued", help="Ban hành luôn.")] = False,
    table: TableOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Lập phiên bản mới của bảng đã khóa: nêu điểm, hạng nào thay đổi, rồi mới dùng."""
    from app.operations.standing_text import moves_lines
    from app.operations.workspace.edit_words import table_edits_of
    from app.operations.workspace.table_versions import (
        adopt_revision,
        revise_by_edits,
        revise_by_file,
    )

    with seated(folder, by, year) as desk:
        revision = (
            revise_by_file(desk, Path(file), reason, table)
            if file is not None
            else revise_by_edits(desk, table_edits_of(changes or ()), reason, table)
        )
        say_lines(f"  {change.sentence()}" for change in revision.changes)
        say_lines(moves_lines(revision.moves))
        if apply:
            said(adopt_revision(desk, revision, issued=issued))
        else:
            tell(revision.findings)


@table_group.command("compare", cls=Command)
def compare(
    folder: FolderArgument,
    old: Annotated[str, typer.Argument(metavar="BẢN_CŨ", help="Số phiên bản cũ.")],
    new: Annotated[str, typer.Argument(metavar="BẢN_MỚI", help="Số phiên bản mới.")],
    table: TableOption = None,
    year: YearOption = None,
) -> None:
    """So sánh hai phiên bản của bảng bằng lời."""
    from app.operations.workspace.table_versions import compare_versions
    from app.operations.workspace.tables import table_of

    first, second = whole(old, "BẢN_CŨ", 1, 999), whole(new, "BẢN_MỚI", 1, 999)
    with looking(folder, year) as desk:
        chosen = table_of(desk, table).id
        say_lines(c.sentence() for c in compare_versions(desk, chosen, first, second))
