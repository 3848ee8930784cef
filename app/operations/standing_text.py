"""An assessment in words for the terminal: ranking, awards, ties, ballots, questions, moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.ground.findings import Finding, Severity
from app.ground.numbers import vietnamese
from app.operations.moves import Move
from app.operations.scoring import Scored
from app.reports.figures import Figures
from app.reports.ranking_details import AWARD_STATES, ELIGIBILITY, PURPOSES
from app.scoring.assessment import Assessment, UnitResult

SEVERITY_WORDS = {
    Severity.ERROR: "LỖI",
    Severity.WARNING: "CẢNH BÁO",
    Severity.NOTE: "GHI CHÚ",
}
_OUTCOMES = {
    "elected": "đã bầu được",
    "passed": "đạt",
    "failed": "không đạt",
    "tied": "vẫn bằng phiếu",
    "void": "không dùng được",
    "no_quorum": "không đủ số người tham gia",
}


def standing_lines(scored: Scored) -> Iterator[str]:
    """Everything that a result says, cluster by cluster."""
    assessment = scored.assessment
    rounds = {r.id: r.title for r in assessment.pack.rules.rounds}
    words = "TẠM TÍNH" if assessment.provisional else "CHÍNH THỨC"
    period = assessment.snapshot.period
    yield f"Kết quả {words}: {assessment.pack.rules.title}"
    yield (
        f"Năm thi đua {period.name} ({period.start:%d/%m/%Y} - {period.end:%d/%m/%Y}); "
        f"tính theo vòng “{rounds.get(assessment.scored_round, assessment.scored_round)}”"
    )
    for reason in assessment.why_provisional:
        yield f"  - {reason}"
    names = {c.id: c.name for c in assessment.snapshot.clusters}
    for cluster, units in assessment.clusters.items():
        yield ""
        yield names.get(cluster, cluster)
        yield from aligned(_ranking_rows(assessment, units))
    for section in (_awards, _ties, _ballots, _questions):
        lines = list(section(assessment))
        if lines:
            yield ""
            yield from lines
    if scored.moves is not None:
        yield ""
        yield from moves_lines(scored.moves)


def _ranking_rows(assessment: Assessment, units: Sequence[str]) -> Iterator[tuple[str, ...]]:
    figures = Figures(assessment)
    names = {unit.id: unit.name for unit in assessment.snapshot.units}
    classed = any(assessment.units[unit].class_id for unit in units)
    yield ("Hạng", "Đơn vị", ">Điểm", ">Tối đa", *(["Xếp loại"] if classed else []), "Ghi chú")
    for unit in units:
        result = assessment.units[unit]
        yield (
            "-" if result.rank is None else str(result.rank),
            f"{assessment.snapshot.unit(unit).name} ({unit})",
            f">{figures.published(result.card.total)}",
            f">{vietnamese(result.card.own_max)}",
            *([result.class_title or "-"] if classed else []),
            "; ".join(_remarks(result, names)),
        )


def _remarks(result: UnitResult, names: Mapping[str, str]) -> Iterator[str]:
    if result.tied_with:
        yield "bằng điểm " + ", ".join(names[unit] for unit in result.tied_with)
    if result.rank_decided_by not in (None, "total"):
        yield {
            "keys": "xếp theo tiêu chí phụ",
            "ballot": "xếp theo kết quả bỏ phiếu",
            "decision": "xếp theo quyết định",
        }.get(str(result.rank_decided_by), str(result.rank_decided_by))
    for item in result.eligibility:
        yield f"{ELIGIBILITY[item.kind]}: {item.title}"


def _awards(assessment: Assessment) -> Iterator[str]:
    names = {unit.id: unit.name for unit in assessment.snapshot.units}
    lines = [line for line in assessment.awards if line.state != "refused"]
    if lines:
        yield "Khen thưởng"
    for line in lines:
        yield (
            f"  {line.title}: {names[line.unit]} ({line.unit}) - "
            f"{AWARD_STATES[line.state].lower()}. {line.reason}"
        )


def _ties(assessment: Assessment) -> Iterator[str]:
    if assessment.ties:
        yield "Bằng nhau ở mép chỉ tiêu"
    for tie in assessment.ties:
        yield f"  {tie.id}: {tie.how}"
        if tie.winners:
            yield f"    được chọn: {', '.join(tie.winners)}"


def _ballots(assessment: Assessment) -> Iterator[str]:
    if assessment.ballots:
        yield "Bỏ phiếu"
    names = {unit.id: unit.name for unit in assessment.snapshot.units}
    titles = {award.id: award.title for award in assessment.pack.rules.awards}
    for ballot in assessment.ballots:
        votes = ", ".join(f"{names.get(u, u)} {n} phiếu" for u, n in ballot.votes.items())
        about = titles.get(ballot.award or "") or PURPOSES[ballot.purpose]
        yield f"  {about}, lần {ballot.number}: {votes}; {_OUTCOMES[ballot.outcome]}"


def _questions(assessment: Assessment) -> Iterator[str]:
    if assessment.open_questions:
        yield "Điều chưa quyết định (ghi vào [[decisions]] hoặc [parameters] của tệp dữ kiện)"
    for question in assessment.open_questions:
        yield f"  {question.id}: {question.what}"
        for outcome in question.outcomes:
            yield f"    - {outcome.choice}: {outcome.effect}"


def moves_lines(moves: Sequence[Move]) -> Iterator[str]:
    """What a what-if changes, old → new."""
    if not moves:
        yield "Thay đổi này không làm điểm, hạng, xếp loại hay khen thưởng nào thay đổi."
        return
    yield "Thay đổi so với hiện nay"
    words = {"rank": "hạng", "class": "xếp loại", "award": "khen thưởng"}
    for move in moves:
        what = words.get(move.what) or (f"điểm {move.criterion}" if move.criterion else "tổng điểm")
        pack = f" [{move.pack}]" if move.pack else ""
        points = move.what == "points"
        yield f"  {move.unit}{pack}: {what} {_side(move.old, points)} → {_side(move.new, points)}"


def _side(value: str | int | None, points: bool) -> str:
    if value is None:
        return "không có"
    if points and isinstance(value, str) and "/" not in value:
        return value.replace(".", ",")
    return str(value)


def findings_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Findings in words, each with its place and what to do."""
    for finding in findings:
        yield f"{SEVERITY_WORDS[finding.severity]}  {finding.place}: {finding.message}"
        if finding.remedy:
            yield f"      → {finding.remedy}"


def aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows as columns of even width; a cell that starts with ``>`` stands to the right."""
    table = [list(row) for row in rows]
    widths = [max(len(c.removeprefix(">")) for c in column) for column in zip(*table, strict=True)]
    for row in table:
        cells = [
            cell[1:].rjust(width) if cell.startswith(">") else cell.ljust(width)
            for cell, width in zip(row, widths, strict=True)
        ]
        yield ("  " + "  ".join(cells)).rstrip()
