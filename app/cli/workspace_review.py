"""``bangvang workspace firmness|health|compare-years``: a year's result from a step back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from app.cli.commands import Command
from app.cli.speech import say_json, say_lines
from app.cli.values import choice, day
from app.cli.workspace_options import FolderArgument, YearOption, looking

ClusterOption = Annotated[
    list[str] | None,
    typer.Option("--cluster", metavar="MÃ", help="Chỉ cụm, khối này; ghi được nhiều lần."),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="NGÀY", help="Ngày xem xét; mặc định: ngày cuối năm."),
]
OutOption = Annotated[
    str | None,
    typer.Option("--out", metavar="THƯ_MỤC", help="Ghi báo cáo vào đây; không có thì chỉ in ra."),
]
FormOption = Annotated[
    list[str] | None,
    typer.Option(
        "--form", metavar="DẠNG", help="pdf, xlsx hoặc txt; ghi được nhiều lần; mặc định: cả ba."
    ),
]
_FORMS = ("pdf", "xlsx", "txt")


def add_review_commands(group: typer.Typer) -> None:
    """Puts the commands of this file into their group."""
    group.command("firmness", cls=Command)(firmness)
    group.command("health", cls=Command)(health)
    group.command("compare-years", cls=Command)(compare_years)


def firmness(
    folder: FolderArgument,
    cluster: ClusterOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="In dạng JSON.")] = False,
    out: OutOption = None,
    form: FormOption = None,
    as_of: AsOfOption = None,
    year: YearOption = None,
) -> None:
    """Xếp hạng chắc đến đâu: khoảng cách, điểm còn tranh luận, thay đổi nhỏ nhất làm đổi chỗ."""
    from app.operations.firmness import write_firmness, year_firmness

    forms = _forms(form)
    with looking(folder, year) as desk:
        _known(cluster, desk.clusters)
        found = year_firmness(desk, as_of=day(as_of, "--as-of"), clusters=cluster)
    if as_json:
        say_json(found.as_tree())
    elif out is not None:
        say_lines(f"Đã ghi {path}" for path in write_firmness(found, Path(out), forms))
    else:
        say_lines(found.lines())


def health(
    folder: FolderArgument,
    cluster: ClusterOption = None,
    out: OutOption = None,
    form: FormOption = None,
    as_of: AsOfOption = None,
    year: YearOption = None,
) -> None:
    """Rà soát các tiêu chí qua điểm đã chấm, để xây dựng bảng tiêu chí năm sau."""
    from app.operations.criteria_health import write_health, year_health

    forms = _forms(form)
    with looking(folder, year) as desk:
        _known(cluster, desk.clusters)
        found = year_health(desk, cluster, day(as_of, "--as-of"))
    if out is None:
        say_lines(line for one in found for line in one.lines())
    else:
        say_lines(f"Đã ghi {path}" for path in write_health(found, Path(out), forms))


def compare_years(
    folder: FolderArgument,
    years: Annotated[
        list[str] | None,
        typer.Option(
            "--with", metavar="NĂM", help="Chỉ so các năm này; ghi nhiều lần; mặc định: mọi năm."
        ),
    ] = None,
    cluster: ClusterOption = None,
    out: OutOption = None,
    form: FormOption = None,
    year: YearOption = None,
) -> None:
    """So sánh các năm: điểm, hạng, khen thưởng từng đơn vị và từng tiêu chí."""
    from app.operations.years_comparison import compare_years as compared
    from app.operations.years_comparison import comparison_lines, write_comparisons

    forms = _forms(form)
    with looking(folder, year) as desk:
        _known(cluster, desk.clusters)
        found = compared(desk, tuple(years or ()), cluster)
    if out is None:
        say_lines(line for one in found for line in comparison_lines(one))
    else:
        say_lines(f"Đã ghi {path}" for path in write_comparisons(found, Path(out), forms))


def _known(wanted: Sequence[str] | None, clusters: Iterable[str]) -> None:
    for name in wanted or ():
        choice(name, "--cluster", tuple(clusters))


def _forms(wanted: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(choice(word, "--form", _FORMS) for word in wanted or _FORMS)
