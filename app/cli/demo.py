"""``bangvang demo``: the sample cluster from facts to papers in one go."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.speech import say_lines, tell


def demo(
    out: Annotated[
        str, typer.Option("--out", metavar="THƯ_MỤC", help="Nơi ghi kết quả; mặc định: out.")
    ] = "out",
) -> None:
    """Chấm khối mẫu 8 đơn vị, xếp hạng, phân định bằng điểm và in các văn bản."""
    from app.operations.demo import run_demo
    from app.operations.standing_text import standing_lines

    made = run_demo(Path(out))
    say_lines(standing_lines(made.scored))
    tell(made.scored.assessment.findings)
    say_lines(["", f"Đã ghi {len(made.written)} tệp vào {out}:"])
    say_lines(f"  {path}" for path in made.written)
