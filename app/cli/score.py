"""``bangvang score``: the assessment of a facts file under rule packs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.speech import say, say_lines, tell
from app.cli.values import day

if TYPE_CHECKING:
    from app.operations.scoring import Scored

PACK_HELP = (
    "Gói quy tắc: tệp .toml hoặc thư mục có pack.toml. Ghi nhiều lần: gói tính điểm đầu tiên là "
    "gói chính, gói bổ sung quy trình được ghép vào, gói tính điểm sau được chấm kèm theo."
)


def score(
    pack: Annotated[list[str], typer.Option("--pack", metavar="ĐƯỜNG_DẪN", help=PACK_HELP)],
    facts: Annotated[
        str, typer.Option("--facts", metavar="TỆP", help="Tệp dữ kiện .toml hoặc .json.")
    ],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="NGÀY", help="Ngày xem xét; mặc định: ngày cuối năm."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="In kết quả dạng JSON (bangvang-result/1).")
    ] = False,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="ĐƠN_VỊ", help="Diễn giải từng bước điểm của đơn vị."),
    ] = None,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="THAY_ĐỔI",
            help="Giả định ĐƠN_VỊ/TIÊU_CHÍ[@VÒNG]/SỐ_LIỆU=GIÁ_TRỊ, …/points=ĐIỂM hoặc "
            "…/state=TRẠNG_THÁI, rồi nêu mọi đơn vị có điểm, hạng, xếp loại, khen thưởng thay "
            "đổi. Ghi được nhiều lần.",
        ),
    ] = None,
) -> None:
    """Chấm điểm, xếp hạng và đề nghị khen thưởng từ tệp dữ kiện theo gói quy tắc."""
    from app.operations.scoring import score as score_facts

    scored = score_facts(
        [Path(path) for path in pack], Path(facts), day(as_of, "--as-of"), tuple(what_if or ())
    )
    say_scored(scored, explain, as_json=as_json)


def say_scored(scored: Scored, explain: str | None, *, as_json: bool) -> None:
    """Says a result: as JSON, step by step for one unit, or the standing of all."""
    if explain is not None:
        from app.operations.explain import require_unit

        require_unit(scored, explain)
    if as_json:
        from app.exchange.result import result_text, result_tree

        moves = None if scored.moves is None else [move.as_tree() for move in scored.moves]
        say(result_text(result_tree(scored.assessment, moves)))
        return
    if explain is not None:
        from app.operations.explain import explained
        from app.operations.standing_text import moves_lines

        say_lines(explained(scored, explain))
        if scored.moves is not None:
            say_lines(["", *moves_lines(scored.moves)])
    else:
        from app.operations.standing_text import standing_lines

        say_lines(standing_lines(scored))
    tell(scored.assessment.findings)
