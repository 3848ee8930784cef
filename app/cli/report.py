"""``bangvang report``: the papers of an assessment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.commands import Command, Group
from app.cli.report_papers import add_paper_commands
from app.cli.report_signing import add_signing_commands
from app.cli.score import PACK_HELP
from app.cli.speech import say_lines, tell
from app.cli.values import choice, day

report = typer.Typer(
    cls=Group,
    add_completion=False,
    help="Lập mọi văn bản của năm từ sổ làm việc; in kết quả của một tệp dữ kiện.",
)
add_paper_commands(report)
add_signing_commands(report)

PackOption = Annotated[list[str], typer.Option("--pack", metavar="ĐƯỜNG_DẪN", help=PACK_HELP)]
FactsOption = Annotated[
    str, typer.Option("--facts", metavar="TỆP", help="Tệp dữ kiện .toml hoặc .json.")
]
OutOption = Annotated[str, typer.Option("--out", metavar="THƯ_MỤC", help="Nơi ghi các văn bản.")]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="NGÀY", help="Ngày xem xét; mặc định: ngày cuối năm."),
]
FormOption = Annotated[
    list[str] | None,
    typer.Option(
        "--form", metavar="DẠNG", help="pdf, xlsx hoặc txt; ghi được nhiều lần; mặc định: cả ba."
    ),
]
_FORMS = ("pdf", "xlsx", "txt")


@report.command("ranking", cls=Command)
def ranking(
    pack: PackOption,
    facts: FactsOption,
    out: OutOption,
    as_of: AsOfOption = None,
    form: FormOption = None,
) -> None:
    """Ghi bảng tổng hợp và xếp hạng của từng cụm, khối (PDF, XLSX, văn bản)."""
    from app.operations.papers import write_rankings
    from app.operations.scoring import score

    forms = tuple(choice(word, "--form", _FORMS) for word in form or _FORMS)
    scored = score([Path(path) for path in pack], Path(facts), day(as_of, "--as-of"))
    written = write_rankings(scored, Path(out), forms)
    tell(scored.assessment.findings)
    say_lines(f"Đã ghi {path}" for path in written)


@report.command("score-sheets", cls=Command)
def score_sheets(
    pack: PackOption,
    facts: FactsOption,
    out: OutOption,
    as_of: AsOfOption = None,
    form: FormOption = None,
) -> None:
    """Ghi phiếu diễn giải điểm của từng đơn vị (PDF, văn bản)."""
    from app.operations.papers import write_score_sheets
    from app.operations.scoring import score

    forms = tuple(choice(word, "--form", _FORMS) for word in form or _FORMS)
    scored = score([Path(path) for path in pack], Path(facts), day(as_of, "--as-of"))
    written = write_score_sheets(scored, Path(out), forms)
    tell(scored.assessment.findings)
    say_lines(f"Đã ghi {path}" for path in written)


@report.command("criteria-health", cls=Command)
def criteria_health(
    pack: PackOption,
    facts: FactsOption,
    out: OutOption,
    as_of: AsOfOption = None,
    form: FormOption = None,
) -> None:
    """Ghi báo cáo rà soát các tiêu chí để xây dựng bảng năm sau (PDF, XLSX, văn bản)."""
    from app.operations.criteria_health import facts_health, write_health
    from app.operations.scoring import score

    forms = tuple(choice(word, "--form", _FORMS) for word in form or _FORMS)
    scored = score([Path(path) for path in pack], Path(facts), day(as_of, "--as-of"))
    written = write_health(facts_health(scored.assessment), Path(out), forms)
    tell(scored.assessment.findings)
    say_lines(f"Đã ghi {path}" for path in written)


@report.command("firmness", cls=Command)
def firmness(
    pack: PackOption,
    facts: FactsOption,
    out: OutOption,
    as_of: AsOfOption = None,
    form: FormOption = None,
) -> None:
    """Ghi báo cáo xếp hạng chắc đến đâu: khoảng cách, điểm còn tranh luận, thay đổi nhỏ nhất."""
    from app.operations.firmness import firmness_of, write_firmness
    from app.operations.loading import load

    forms = tuple(choice(word, "--form", _FORMS) for word in form or _FORMS)
    loaded = load([Path(path) for path in pack], Path(facts))
    found = firmness_of(loaded, as_of=day(as_of, "--as-of"))
    written = write_firmness(found, Path(out), forms)
    tell(found.assessment.findings)
    say_lines([*found.lines(), *(f"Đã ghi {path}" for path in written)])
