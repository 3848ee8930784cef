"""``bangvang province risk|compare|divide|copy``: what to look at first, and who looks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.commands import Command
from app.cli.province_options import ClustersOption, ProvinceArgument, at, gathered
from app.cli.speech import say, say_lines, usage_error
from app.cli.values import choice, whole
from app.cli.workspace_options import ByOption, YearOption, said

if TYPE_CHECKING:
    from app.scoring.division import Share

_FORMS = ("pdf", "docx", "xlsx", "txt")
AppraiserOption = Annotated[
    str | None,
    typer.Option("--appraiser", metavar="HỌ_TÊN", help="Chỉ phần việc của người thẩm định này."),
]


def add_appraisal_commands(group: typer.Typer) -> None:
    """Puts the commands of this file into their group."""
    group.command("risk", cls=Command)(risk)
    group.command("compare", cls=Command)(compare)
    group.command("divide", cls=Command)(divide)
    group.command("copy", cls=Command)(copy)


def risk(
    folder: ProvinceArgument,
    cluster: ClustersOption = None,
    appraiser: AppraiserOption = None,
    most: Annotated[
        str, typer.Option("--most", metavar="SỐ", help="Số ô nhiều nhất được nêu.")
    ] = "20",
    judged: Annotated[bool, typer.Option("--judged", help="Kể cả ô mà Sở đã thẩm định.")] = False,
    year: YearOption = None,
) -> None:
    """Xếp thứ tự các ô cần thẩm định theo rủi ro; mỗi ô nêu rõ vì sao đứng ở đó.

    Ô có thể làm thay đổi khen thưởng đứng trước; sau đó theo điểm tối đa, chênh lệch giữa các lần
    chấm và minh chứng.
    """
    from app.operations.province.dividing import share_of_appraiser
    from app.operations.province.risk import risk_rows

    number = whole(most, "--most", 1, 100_000)
    with at(folder, "Người xem", year) as opened:
        view = gathered(opened)
        share = share_of_appraiser(opened, appraiser) if appraiser else None
        rows = risk_rows(view, cluster, share, judged=judged)
    for row in rows[:number]:
        say_lines(row.lines)
    say(f"Nêu {min(number, len(rows))}/{len(rows)} ô.")


def compare(
    folder: ProvinceArgument,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="THƯ_MỤC", help="Ghi thành văn bản; không có thì in ra."),
    ] = None,
    form: Annotated[
        list[str] | None,
        typer.Option(
            "--form", metavar="DẠNG", help="pdf, docx, xlsx hoặc txt; mặc định: pdf và xlsx."
        ),
    ] = None,
    year: YearOption = None,
) -> None:
    """So sánh các cụm, khối để phân tích: độ chặt, tự chấm cao, tiêu chí. Không phải kết quả."""
    from app.operations.province.comparison import comparison_lines, province_comparison
    from app.operations.province.papers import write_comparison
    from app.operations.workspace.paper_desk import FORMS

    wanted = [choice(word, "--form", _FORMS) for word in form or ("pdf", "xlsx")]
    with at(folder, "Người xem", year) as opened:
        view = gathered(opened)
    if out is None:
        say_lines(comparison_lines(province_comparison(view)))
        return
    forms = [one for one in FORMS if one in wanted]
    say_lines(f"Đã ghi {path}" for path in write_comparison(view, Path(out), forms))


def divide(
    folder: ProvinceArgument,
    share: Annotated[
        list[str] | None,
        typer.Option(
            "--share",
            metavar="HỌ_TÊN:CỤM,…:TIÊU_CHÍ,…",
            help="Phần việc của một người; để trống một phần là tất cả, ví dụ “Nguyễn An::I,II”.",
        ),
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Bỏ phân công của năm.")] = False,
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Xem hoặc đặt phân công thẩm định theo cụm, khối hoặc theo tiêu chí."""
    from app.operations.province.dividing import division, set_division, share_words

    shares = [_share(text) for text in share or ()]
    with at(folder, by, year) as opened:
        if shares or clear:
            readings = gathered(opened).readings
            said(set_division(opened, shares, readings))
        say_lines(_division_lines(share_words(opened, one) for one in division(opened)))


def _division_lines(lines: Iterator[str]) -> list[str]:
    return list(lines) or ["Chưa phân công thẩm định."]


def _share(text: str) -> Share:
    from app.scoring.division import Share

    who, _, rest = text.partition(":")
    clusters, _, criteria = rest.partition(":")
    if not who.strip():
        raise usage_error(
            "usage_value",
            text[:80],
            "Không hiểu được phần này.",
            "Viết dạng HỌ_TÊN:CỤM,…:TIÊU_CHÍ,…, ví dụ “Nguyễn An:k01,k02:”.",
        )
    return Share(who.strip(), _parts(clusters), _parts(criteria))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def copy(
    folder: ProvinceArgument,
    appraiser: Annotated[str, typer.Argument(metavar="HỌ_TÊN", help="Người thẩm định.")],
    out: Annotated[str, typer.Option("--out", metavar="THƯ_MỤC", help="Thư mục mới của bản sao.")],
    year: YearOption = None,
    by: ByOption = "",
) -> None:
    """Chép thư mục toàn tỉnh với phần việc của một người, để người đó thẩm định ở máy khác."""
    from app.operations.province.dividing import copy_for

    with at(folder, by, year) as opened:
        there = copy_for(opened, appraiser, Path(out))
    say(f"Đã chép {len(there)} cụm, khối vào {out}: {', '.join(there) or 'chưa cụm nào gửi'}.")
