"""``bangvang workspace calendar|remind|duty|activity``: days, duties, activities of a year."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.commands import Command, Group
from app.cli.speech import say, say_lines
from app.cli.values import choice, day, whole
from app.cli.workspace_options import (
    ByOption,
    FolderArgument,
    OverwriteOption,
    YearOption,
    looking,
    on_day,
    said,
    seated,
)

duty_group = typer.Typer(
    cls=Group, add_completion=False, help="Nhiệm vụ trong năm: xem, ghi, sửa, bỏ ghi chép."
)
activity_group = typer.Typer(
    cls=Group,
    add_completion=False,
    help="Phong trào, hoạt động chung, điển hình tiên tiến: xem, ghi, sửa, bỏ.",
)

DutyArgument = Annotated[str, typer.Argument(metavar="NHIỆM_VỤ", help="Mã nhiệm vụ.")]
HolderArgument = Annotated[
    str,
    typer.Argument(
        metavar="AI", help="Mã đơn vị, hoặc leader, deputy, department, council, guiding_agency."
    ),
]
StateOption = Annotated[
    str, typer.Option("--state", metavar="TRẠNG_THÁI", help="done, undone hoặc not_applicable.")
]
DocumentOption = Annotated[
    str, typer.Option("--document", metavar="VĂN_BẢN", help="Số, ký hiệu, ngày của văn bản.")
]
NoteOption = Annotated[str, typer.Option("--note", metavar="GHI_CHÚ", help="Ghi chú.")]
ClusterOption = Annotated[
    str | None, typer.Option("--cluster", metavar="MÃ", help="Cụm, khối (khi có nhiều).")
]
UnitOption = Annotated[
    str | None, typer.Option("--unit", metavar="ĐƠN_VỊ", help="Đơn vị; bỏ trống: của cả cụm, khối.")
]
DateOption = Annotated[str | None, typer.Option("--date", metavar="NGÀY", help="Ngày.")]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="NGÀY", help="Xem như ngày này; mặc định: hôm nay.")
]
ActivityArgument = Annotated[
    str, typer.Argument(metavar="HOẠT_ĐỘNG", help="Mã hoạt động, như lệnh list nêu.")
]
_KINDS = ("movement", "joint_activity", "exemplar", "inspection", "other")
_STATES = ("done", "undone", "not_applicable")


def add_calendar_commands(group: typer.Typer) -> None:
    """Puts the commands of this file into their group."""
    group.command("calendar", cls=Command)(calendar)
    group.command("remind", cls=Command)(remind)
    group.add_typer(duty_group, name="duty")
    group.add_typer(activity_group, name="activity")


def calendar(
    folder: FolderArgument,
    ics: Annotated[
        str | None,
        typer.Option("--ics", metavar="TỆP", help="Ghi tệp lịch (.ics) cho chương trình khác."),
    ] = None,
    as_of: AsOfOption = None,
    overwrite: OverwriteOption = False,
    year: YearOption = None,
) -> None:
    """Cho xem lịch năm thi đua: thời hạn, ai còn chậm, hội nghị, hoạt động."""
    from app.operations.workspace.calendar import calendar_of
    from app.operations.workspace.calendar_export import calendar_lines, write_calendar

    with looking(folder, year) as desk:
        found = calendar_of(desk, on_day(as_of, "--as-of"))
        if ics is None:
            say_lines(calendar_lines(desk, found))
        else:
            say(f"Đã ghi {write_calendar(desk, found, Path(ics), overwrite=overwrite)}")


def remind(
    folder: FolderArgument,
    within: Annotated[
        str, typer.Option("--within", metavar="SỐ_NGÀY", help="Nhắc trước bao nhiêu ngày.")
    ] = "14",
    as_of: AsOfOption = None,
    year: YearOption = None,
) -> None:
    """Nhắc việc quá hạn và việc sắp đến hạn."""
    from app.operations.workspace.calendar import reminders

    days = whole(within, "--within", 0, 366)
    with looking(folder, year) as desk:
        found = reminders(desk, on_day(as_of, "--as-of"), days)
    say_lines([r.sentence for r in found] or ["Không có việc nào quá hạn hay sắp đến hạn."])


# ------------------------------------------------------------------ duties


@duty_group.command("list", cls=Command)
def list_duties(folder: FolderArgument, as_of: AsOfOption = None, year: YearOption = None) -> None:
    """Liệt kê nhiệm vụ của trưởng, phó, đơn vị, Sở Nội vụ với trạng thái và căn cứ."""
    from app.operations.workspace.calendar_export import duty_words
    from app.operations.workspace.duty_board import duty_lines

    with looking(folder, year) as desk:
        say_lines(duty_words(duty_lines(desk, on_day(as_of, "--as-of"))))


@duty_group.command("note", cls=Command)
def note_a_duty(
    folder: FolderArgument,
    duty: DutyArgument,
    holder: HolderArgument,
    state: StateOption = "done",
    date: DateOption = None,
    document: DocumentOption = "",
    note: NoteOption = "",
    cluster: ClusterOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Ghi một nhiệm vụ: đã làm (ngày, văn bản), chưa làm, hay không áp dụng (vì sao)."""
    from app.domain.conference import DutyStage
    from app.operations.workspace.duties import note_duty

    stage = DutyStage(choice(state, "--state", _STATES))
    on = day(date, "--date")
    with seated(folder, by, year) as desk:
        said(
            note_duty(
                desk, duty, holder, stage, cluster=cluster, on=on, document=document, note=note
            )
        )


@duty_group.command("change", cls=Command)
def change_a_duty(
    folder: FolderArgument,
    duty: DutyArgument,
    holder: HolderArgument,
    state: StateOption = "done",
    date: DateOption = None,
    document: DocumentOption = "",
    note: NoteOption = "",
    cluster: ClusterOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Sửa ghi chép về một nhiệm vụ."""
    from app.domain.conference import DutyStage
    from app.operations.workspace.duties import change_duty

    stage = DutyStage(choice(state, "--state", _STATES))
    on = day(date, "--date")
    with seated(folder, by, year) as desk:
        said(
            change_duty(
                desk, duty, holder, stage, cluster=cluster, on=on, document=document, note=note
            )
        )


@duty_group.command("remove", cls=Command)
def remove_a_duty(
    folder: FolderArgument,
    duty: DutyArgument,
    holder: HolderArgument,
    cluster: ClusterOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Bỏ ghi chép về một nhiệm vụ."""
    from app.operations.workspace.duties import remove_duty

    with seated(folder, by, year) as desk:
        said(remove_duty(desk, duty, holder, cluster))


# ------------------------------------------------------------------ activities


@activity_group.command("list", cls=Command)
def list_activities(
    folder: FolderArgument, as_of: AsOfOption = None, year: YearOption = None
) -> None:
    """Liệt kê hoạt động của năm, và đếm theo quy định (ít nhất bao nhiêu)."""
    from app.operations.workspace.calendar_export import activity_lines

    with looking(folder, year) as desk:
        say_lines(activity_lines(desk, on_day(as_of, "--as-of")))


@activity_group.command("note", cls=Command)
def note_an_activity(
    folder: FolderArgument,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="LOẠI", help="movement, joint_activity, exemplar, inspection, other."
        ),
    ],
    title: Annotated[str, typer.Argument(metavar="TÊN", help="Tên hoạt động.")],
    unit: UnitOption = None,
    cluster: ClusterOption = None,
    date: DateOption = None,
    document: DocumentOption = "",
    note: NoteOption = "",
    report: Annotated[
        bool, typer.Option("--report", help="Điển hình được chọn báo cáo tại hội nghị.")
    ] = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Ghi một phong trào, hoạt động chung, điển hình, lần kiểm tra."""
    from app.operations.workspace.activities import note_activity

    known: Any = choice(kind, "LOẠI", _KINDS)
    with seated(folder, by, year) as desk:
        fresh, done = note_activity(
            desk,
            known,
            title,
            unit=unit,
            cluster=cluster,
            on=day(date, "--date"),
            document=document,
            note=note,
            chosen_to_report=report,
        )
        said(done)
        say(f"Mã hoạt động: {fresh.id}")


@activity_group.command("change", cls=Command)
def change_an_activity(
    folder: FolderArgument,
    activity: ActivityArgument,
    title: Annotated[str | None, typer.Option("--title", metavar="TÊN", help="Tên mới.")] = None,
    unit: UnitOption = None,
    cluster: ClusterOption = None,
    date: DateOption = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="VĂN_BẢN", help="Văn bản.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="GHI_CHÚ", help="Ghi chú.")] = None,
    report: Annotated[
        bool | None,
        typer.Option("--report/--no-report", help="Được chọn báo cáo tại hội nghị hay không."),
    ] = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Sửa một hoạt động; phần không nêu thì giữ nguyên."""
    from app.operations.workspace.activities import change_activity

    given = {
        "title": title,
        "unit": unit,
        "cluster": cluster,
        "date": day(date, "--date"),
        "document": document,
        "note": note,
        "chosen_to_report": report,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    with seated(folder, by, year) as desk:
        said(change_activity(desk, activity, **changes)[1])


@activity_group.command("remove", cls=Command)
def remove_an_activity(
    folder: FolderArgument, activity: ActivityArgument, year: YearOption = None, by: ByOption = ""
) -> None:
    """Bỏ một hoạt động ghi nhầm."""
    from app.operations.workspace.activities import remove_activity

    with seated(folder, by, year) as desk:
        said(remove_activity(desk, activity))
