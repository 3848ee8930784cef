"""``bangvang province``: the department's folder, all clusters in one table, its papers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.commands import Command, Group
from app.cli.province_appraisal import add_appraisal_commands
from app.cli.province_options import DayOption, ProvinceArgument, at, gathered
from app.cli.province_packages import add_package_commands
from app.cli.speech import say, say_lines, tell, usage_error
from app.cli.values import choice, day, whole
from app.cli.workspace_options import ByOption, YearOption, said

if TYPE_CHECKING:
    from app.domain.snapshot import Cluster
    from app.operations.province.view import ProvinceView
    from app.rules.awards import Award

province = typer.Typer(
    cls=Group,
    add_completion=False,
    help="Toàn tỉnh (dành cho Sở): các cụm, khối trong một bảng, thẩm định, tổng hợp.",
)
add_package_commands(province)
add_appraisal_commands(province)
_FORMS = ("pdf", "docx", "xlsx", "txt")
ListOption = Annotated[
    list[str] | None,
    typer.Option("--cluster", metavar="MÃ=TÊN", help="Một cụm, khối của tỉnh; ghi được nhiều lần."),
]


@province.command("new", cls=Command)
def new(
    folder: ProvinceArgument,
    officer: Annotated[str, typer.Option("--by", metavar="HỌ_TÊN", help="Người giữ sổ của Sở.")],
    year: Annotated[str, typer.Option("--year", metavar="NĂM", help="Năm thi đua, dạng 2026.")],
    cluster: ListOption = None,
) -> None:
    """Lập thư mục toàn tỉnh: sổ của Sở và danh sách cụm, khối."""
    from app.operations.province.folder import create_province
    from app.operations.workspace.years import year_record

    listed = [_listed(text) for text in cluster or ()]
    create_province(Path(folder), officer, year_record(year), listed)
    say(f"Đã lập thư mục toàn tỉnh {folder} với {len(listed)} cụm, khối.")


@province.command("list", cls=Command)
def add_clusters(
    folder: ProvinceArgument,
    cluster: ListOption = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Xem danh sách cụm, khối của tỉnh, hoặc thêm vào danh sách (--cluster)."""
    from app.operations.province.folder import list_clusters

    with at(folder, by, year) as opened:
        if cluster:
            said(list_clusters(opened, [_listed(text) for text in cluster]))
        say_lines(f"{one.id}: {one.name}" for one in opened.clusters)


def _listed(text: str) -> Cluster:
    from app.domain.snapshot import Cluster

    key, equals, name = text.partition("=")
    if not equals or not name.strip():
        raise usage_error(
            "usage_value",
            text[:80],
            "Không hiểu được phần này.",
            "Viết dạng MÃ=TÊN, ví dụ khoi-noi-chinh=“Khối thi đua các cơ quan Nội chính”.",
        )
    return Cluster(key.strip(), name.strip())


@province.command("status", cls=Command)
def status(folder: ProvinceArgument, on: DayOption = None, year: YearOption = None) -> None:
    """Cụm, khối nào đã gửi, chưa gửi, trễ hạn, đã thẩm định; kết quả nào còn tạm tính."""
    with at(folder, "Người xem", year) as opened:
        view = gathered(opened, on)
    say(view.sentence)
    say_lines(_status_lines(view))


def _status_lines(view: ProvinceView) -> Iterator[str]:
    for line in view.lines:
        due = f", hạn {line.due:%d/%m/%Y}" if line.due else ""
        sent = f", gửi {line.sent:%d/%m/%Y}" if line.sent else ""
        units = f", {line.units} đơn vị" if line.digest else ""
        yield f"{line.cluster.id}  {line.cluster.name}: {line.words}{units}{due}{sent}"
        if line.digest:
            mark = "tạm tính" if line.provisional else "chính thức"
            yield f"    Kết quả {mark}, mã {line.digest.removeprefix('sha256:')[:12]}"
        yield from (f"    - {reason}" for reason in line.provisional)


@province.command("table", cls=Command)
def table(folder: ProvinceArgument, on: DayOption = None, year: YearOption = None) -> None:
    """In bảng toàn tỉnh: kết quả từng cụm, khối, đề nghị, chỉ tiêu, ứng viên Cờ Chính phủ."""
    from app.operations.province.papers import overview, province_papers
    from app.operations.workspace.paper_desk import rendered

    with at(folder, "Người xem", year) as opened:
        view = gathered(opened, on)
        document = overview(view, province_papers(opened, view))
    say((rendered(document, "txt") or b"").decode("utf-8"))


@province.command("report", cls=Command)
def report(
    folder: ProvinceArgument,
    out: Annotated[str, typer.Option("--out", metavar="THƯ_MỤC", help="Nơi ghi các văn bản.")],
    paper: Annotated[
        list[str] | None,
        typer.Argument(metavar="VĂN_BẢN", help="Mã văn bản; không ghi: cả bộ của Sở."),
    ] = None,
    form: Annotated[
        list[str] | None,
        typer.Option(
            "--form", metavar="DẠNG", help="pdf, docx, xlsx hoặc txt; mặc định: pdf, docx và xlsx."
        ),
    ] = None,
    on: DayOption = None,
    year: YearOption = None,
) -> None:
    """Lập các văn bản của Sở từ mọi cụm, khối, và bảng toàn tỉnh (Excel: mỗi phần một trang)."""
    from app.operations.province.papers import department_papers, province_papers, write_province
    from app.operations.workspace.paper_desk import FORMS

    wanted = [choice(word, "--form", _FORMS) for word in form or ("pdf", "docx", "xlsx")]
    forms = [one for one in FORMS if one in wanted]
    with at(folder, "Người xem", year) as opened:
        view = gathered(opened, on)
        data = province_papers(opened, view)
    written = write_province(view, data, Path(out), forms, paper or ())
    for line in department_papers(data, paper or ()):
        tell(line.made.findings)
    say_lines(f"Đã ghi {path}" for path in written)


# ---------------------------------------------------------------------- what the department sets
@province.command("due", cls=Command)
def due(
    folder: ProvinceArgument,
    last: Annotated[str, typer.Argument(metavar="NGÀY", help="Ngày cuối, dạng 2026-12-15.")],
    cluster: Annotated[
        str | None,
        typer.Option("--cluster", metavar="CỤM", help="Riêng một cụm, khối; mặc định: tất cả."),
    ] = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Đặt hạn các cụm, khối gửi kết quả thẩm định."""
    from app.operations.province.settings import set_last_day

    until = day(last, "NGÀY")
    assert until is not None
    with at(folder, by, year) as opened:
        said(set_last_day(opened, until, cluster))


@province.command("quota", cls=Command)
def quota(
    folder: ProvinceArgument,
    award: Annotated[str, typer.Argument(metavar="HÌNH_THỨC", help="Mã danh hiệu, hình thức.")],
    count: Annotated[
        str | None, typer.Argument(metavar="SỐ", help="Chỉ tiêu; không ghi: bỏ chỉ tiêu.")
    ] = None,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Đặt chỉ tiêu của toàn tỉnh cho một danh hiệu, hình thức khen thưởng."""
    from app.operations.province.settings import set_quota

    number = None if count is None else whole(count, "SỐ", 0, 100_000)
    with at(folder, by, year) as opened:
        known = gathered(opened).province.awards()
        said(set_quota(opened, _award(award, known), number))


def _award(name: str, known: tuple[Award, ...]) -> Award:
    for award in known:
        if name in (award.id, award.title):
            return award
    raise usage_error(
        "usage_value",
        name[:80],
        "Không bảng tiêu chí nào có danh hiệu, hình thức này.",
        "Chọn một trong: " + ", ".join(f"{award.id} ({award.title})" for award in known) + ".",
    )


@province.command("flag-base", cls=Command)
def flag_base(
    folder: ProvinceArgument,
    base: Annotated[
        str | None,
        typer.Argument(metavar="SỐ", help="Cơ số; không ghi: theo số đơn vị được đề nghị."),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="LÝ_DO", help="Căn cứ.")] = "",
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Đặt cơ số tính số Cờ thi đua của Chính phủ (20 %, bỏ phần lẻ)."""
    from app.operations.province.settings import set_flag_base

    number = None if base is None else whole(base, "SỐ", 0, 100_000)
    with at(folder, by, year) as opened:
        said(set_flag_base(opened, number, reason))
