"""Years of a workspace side by side: what they came to, unit by unit and criterion by criterion."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from app.domain.year import AwardStage
from app.ground.findings import UserError
from app.operations.papers import write_documents
from app.operations.scoring import score_loaded
from app.operations.workspace.desk import Desk, refusal
from app.operations.workspace.results import loaded_year
from app.persistence import books
from app.scoring.years_comparison import YearResult, YearsComparison, years_comparison

YEARS_STEM = "so-sanh-cac-nam"


def compare_years(
    desk: Desk,
    periods: Sequence[str] = (),
    clusters: Collection[str] | None = None,
) -> tuple[YearsComparison, ...]:
    """The years up to the desk's own, or those that are named, for each cluster of the last one.

    Earlier years that cannot be scored are left out and named. Raises ``UserError`` where the last
    year or one that was named cannot be scored, or where there is only one year.
    """
    known = {period.id: period for period in desk.workspace.read(books.PERIODS)}
    for name in periods:
        if name not in known:
            listed = ", ".join(known)
            raise refusal(
                "period_unknown",
                "Năm thi đua",
                f"Không có năm thi đua “{name[:80]}”.",
                f"Các năm: {listed}.",
            )
    own = desk.year
    wanted = [known[name] for name in dict.fromkeys(periods)] or [
        period for period in known.values() if period.start <= own.start
    ]
    years: list[YearResult] = []
    left_out: list[str] = []
    ordered = sorted(wanted, key=lambda period: (period.start, period.id))
    for period in ordered:
        try:
            years.append(_year(replace(desk, period=period.id)))
        except UserError:
            if periods or period is ordered[-1]:
                raise
            left_out.append(period.name)
    if len(years) < 2:
        raise refusal(
            "years_too_few",
            "Năm thi đua",
            "Cần ít nhất hai năm đã có số liệu chấm được để so sánh.",
            "Chọn thêm một năm, hoặc nhập số liệu năm trước vào sổ.",
        )
    last = years[-1].assessment
    return tuple(
        years_comparison(years, cluster, left_out)
        for cluster, units in last.clusters.items()
        if units and (clusters is None or cluster in clusters)
    )


def _year(desk: Desk) -> YearResult:
    read = desk.workspace.read
    assessment = score_loaded(loaded_year(desk)).assessment
    titles = {award.id: award.title for award in assessment.pack.rules.awards}
    decided: dict[str, tuple[str, ...]] = {}
    for record in read(books.AWARDS, desk.period):
        if record.stage is AwardStage.DECIDED:
            title = titles.get(record.award, record.award)
            decided[record.unit] = (*decided.get(record.unit, ()), title)
    return YearResult(desk.period, assessment, read(books.SUCCESSIONS, desk.period), decided)


def write_comparisons(
    found: Iterable[YearsComparison], folder: Path, forms: Iterable[str]
) -> tuple[Path, ...]:
    """The paper of each cluster as ``pdf``, ``xlsx`` and ``txt``; raises ``UserError``."""
    from app.reports.years_comparison import build_years_comparison

    documents = [(YEARS_STEM, one.cluster.id, build_years_comparison(one)) for one in found]
    return write_documents(documents, folder, forms)


def comparison_lines(compared: YearsComparison) -> Iterator[str]:
    """The comparison for the terminal: unit by unit, then what changed in the table."""
    from app.reports.figures import BLANK, Figures
    from app.reports.years_comparison import change_words

    yield f"{compared.cluster.name}: " + ", ".join(year.words for year in compared.years)
    for unit in compared.units:
        yield f"  {unit.name}"
        for year, places in zip(compared.years, unit.places, strict=True):
            figures = Figures(year.assessment)
            for place in places:
                points = BLANK if place.total is None else figures.published(place.total)
                rank = BLANK if place.rank is None else f"{place.rank}/{place.ranked}"
                named = "" if place.unit == unit.unit else f" ({place.name})"
                awards = "".join(f"; {award}" for award in place.awards)
                yield f"    {year.name}{named}: {points} điểm, hạng {rank}{awards}"
        moved = change_words(compared, unit)
        for note in (*([", ".join(moved)] if moved else []), *unit.notes):
            yield f"    - {note}"
    noted = [one for one in compared.criteria if one.notes]
    if noted:
        yield "Thay đổi của bảng tiêu chí"
    for one in noted:
        yield f"  {one.last.code}. {one.last.title}: {'; '.join(one.notes)}"
    for name in compared.left_out:
        yield f"Chưa so được năm {name} vì số liệu năm đó chưa chấm được."
