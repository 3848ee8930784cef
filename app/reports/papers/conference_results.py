"""What the minutes of a conference say of the result: totals, ties, ballots, elections, awards.

Each part says in a sentence that there was nothing, rather than being left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain.snapshot import BallotPurpose
from app.reports.choices import choice_words
from app.reports.document import (
    Align,
    Block,
    Column,
    Note,
    Paragraph,
    Row,
    Run,
    Table,
    cell,
    plain_line,
)
from app.reports.figures import BLANK, sentence
from app.reports.papers.ballots import (
    ballot_views,
    candidate_names,
    next_year,
    outcome_sentence,
    rule_sentence,
    settled_sentence,
    threshold_sentence,
    tie_sentence,
    ties_of,
    titled,
    votes_words,
)
from app.reports.papers.data import PaperData
from app.reports.papers.meetings import lines
from app.reports.papers.wording import DOTS
from app.reports.ranking import DECIDED, draft_of, result_blocks
from app.reports.ranking_details import AWARD_STATES, Details, source_notes
from app.scoring.ballot_standing import BallotState, BallotView

ON_AWARDS: tuple[BallotPurpose, ...] = ("tie", "award", "free")


def said(words: str) -> Paragraph:
    """A plain paragraph."""
    return Paragraph(plain_line(words))


def details_of(data: PaperData) -> Details:
    """The sections that stand below the ranking."""
    return Details(data.assessment, data.cluster, data.citations)


def or_none(blocks: Iterable[Block], words: str) -> tuple[Block, ...]:
    """The blocks, or a sentence where there are none."""
    return tuple(blocks) or (said(words),)


# ---------------------------------------------------------------------- totals before the votes
def totals_blocks(data: PaperData) -> Iterator[Block]:
    """The totals as agreed before the conference, without places: these are decided there."""
    assessment, figures = data.assessment, data.figures
    rounds = {r.id: r.title for r in assessment.pack.rules.rounds}
    yield said(f"Điểm theo vòng “{rounds.get(assessment.scored_round, '')}”:")
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=60, weight=3),
        Column("Tổng điểm", Align.DECIMAL, min_mm=22),
        Column("Ghi chú", min_mm=50, weight=3),
    )
    known = [unit.id for unit in data.units if unit.id in assessment.units]
    ordered = sorted(known, key=lambda unit: -assessment.units[unit].card.total)
    rows = (
        Row(
            (
                cell(str(number)),
                cell(data.unit(unit).name),
                cell(figures.published(assessment.units[unit].card.total)),
                cell(_capital(_remark(data, unit))),
            )
        )
        for number, unit in enumerate(ordered, start=1)
    )
    yield Table(columns, tuple(rows), top=True)
    draft = draft_of(assessment)
    if draft is not None:
        yield said("Điểm trên là tạm tính khi lập biên bản này. " + " ".join(draft.reasons))


def _remark(data: PaperData, unit: str) -> str:
    """What the others need to know of a total: cells that wait, a bar or a hold."""
    result = data.assessment.units[unit]
    words = {"barred": "không xét", "held": "chưa xét"}
    parts = [words[e.kind] for e in result.eligibility if e.kind in words]
    if result.card.blanks:
        parts.append(f"còn {len(result.card.blanks)} tiêu chí chưa chấm")
    return "; ".join(dict.fromkeys(parts))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def open_ties(data: PaperData) -> tuple[Block, ...]:
    """The ties that the conference will have to settle."""
    return or_none(
        (said(tie_sentence(data, tie)) for tie in ties_of(data)),
        "Không có trường hợp bằng điểm ở vị trí xét khen thưởng.",
    )


def names_for_office(data: PaperData) -> tuple[Block, ...]:
    """Who stands for leader and deputy, where ballots were opened for it."""
    standing = {v.sheet.purpose: v for v in _of(data, ("leader", "deputy"))}
    words = data.vocabulary
    offices = (("leader", words.leader), ("deputy", words.deputy))
    return lines(
        [
            f"{office} {next_year(data)}: "
            + ("; ".join(candidate_names(standing[p]).values()) if p in standing else DOTS * 2)
            for p, office in offices
        ]
    )


# ---------------------------------------------------------------------- the result
def result_table(data: PaperData) -> tuple[Block, ...]:
    """Places and totals alone; the points by sections stand in the appendix."""
    assessment, figures = data.assessment, data.figures
    classes = bool(assessment.pack.rules.classes)
    columns = [
        Column("Hạng", Align.CENTRE, weight=0),
        Column("Đơn vị", min_mm=55, weight=3),
        Column("Tổng điểm", Align.DECIMAL, min_mm=22),
        *([Column("Xếp loại", Align.CENTRE, min_mm=22)] if classes else []),
        Column("Căn cứ xếp hạng, ghi chú", min_mm=45, weight=2),
    ]
    rows = []
    for unit in data.ranked:
        result = assessment.units[unit]
        decided = DECIDED.get(result.rank_decided_by or "", "") if result.rank is not None else ""
        tied = "bằng điểm, cùng hạng" if result.tied_with else ""
        remark = "; ".join(filter(None, (decided, tied, _remark(data, unit))))
        cells = [
            BLANK if result.rank is None else str(result.rank),
            data.unit(unit).name,
            figures.published(result.card.total),
            *([result.class_title or BLANK] if classes else []),
            _capital(remark),
        ]
        rows.append(Row(tuple(cell(text) for text in cells)))
    return (
        *(block for block in _ranking(data) if isinstance(block, Paragraph)),
        Table(tuple(columns), tuple(rows)),
        Note(plain_line(f"{figures.statement()} Điểm từng phần nêu tại Phụ lục kèm theo.")),
    )


def result_appendix(data: PaperData) -> tuple[Block, ...]:
    """The ranking with the points by sections; what the body says already is left out."""
    told = Note(plain_line(data.figures.statement()))
    return tuple(b for b in _ranking(data) if not isinstance(b, Paragraph) and b != told)


def _ranking(data: PaperData) -> tuple[Block, ...]:
    return tuple(result_blocks(data.assessment, data.ranked))


# ---------------------------------------------------------------------- ties, ballots, elections
def _of(data: PaperData, purposes: Iterable[BallotPurpose]) -> list[BallotView]:
    wanted = tuple(purposes)
    return [view for view in ballot_views(data) if view.sheet.purpose in wanted]


def tie_blocks(data: PaperData) -> tuple[Block, ...]:
    """The ties with how they were settled, and every ballot on an award."""
    blocks: list[Block] = []
    for tie in ties_of(data):
        blocks += [said(tie_sentence(data, tie)), said(settled_sentence(data, tie))]
    blocks += [_ballot(data, view) for view in _of(data, ON_AWARDS)]
    return or_none(
        blocks,
        "Không có trường hợp bằng điểm ở vị trí xét khen thưởng; hội nghị không phải bỏ phiếu.",
    )


def _ballot(data: PaperData, view: BallotView) -> Paragraph:
    """A ballot in one paragraph: papers, votes, what was needed, the outcome."""
    sheet = view.sheet
    day = sheet.counted_on or sheet.opened_on
    when = f", ngày {day:%d/%m/%Y}" if day is not None else ""
    head = f"Bỏ phiếu “{titled(sheet)}”{when}: "
    parts = [_papers(view), f"{votes_words(view)}." if view.result is not None else ""]
    if view.rule.percent is not None and view.result is not None:
        parts.append(threshold_sentence(view))
    parts.append(outcome_sentence(data, view))
    return Paragraph((Run(head, bold=True), Run(" ".join(filter(None, parts)))))


def _papers(view: BallotView) -> str:
    """The numbers of papers that were noted."""
    if view.ballot is None:
        return ""
    counts = (
        ("phát ra {} phiếu", view.ballot.issued),
        ("thu về {} phiếu", view.ballot.returned),
        ("hợp lệ {}", view.ballot.valid),
        ("không hợp lệ {}", view.ballot.invalid),
        ("trắng {}", view.ballot.blank),
        ("{} ý kiến bằng văn bản", view.ballot.written_returned),
    )
    told = ", ".join(words.format(number) for words, number in counts if number is not None)
    return f"{_capital(told)}." if told else ""


def election_blocks(data: PaperData, *purposes: BallotPurpose) -> tuple[Block, ...]:
    """The ballots on next year's leader and deputy."""
    wanted = purposes or ("leader", "deputy")
    words = {"leader": data.vocabulary.leader, "deputy": data.vocabulary.deputy}
    blocks: list[Block] = []
    for purpose in wanted:
        held = [_ballot(data, view) for view in _of(data, (purpose,))]
        blocks += held or [said(f"{words[purpose]} {next_year(data)}: {DOTS * 3}")]
    return tuple(blocks)


def elected(data: PaperData, purpose: BallotPurpose) -> str:
    """Who was elected; empty where no ballot decides it."""
    deciding = [v for v in _of(data, (purpose,)) if v.state is BallotState.DECIDES]
    if not deciding or deciding[-1].result is None:
        return ""
    names = candidate_names(deciding[-1])
    return ", ".join(names[key] for key in deciding[-1].result.elected)


def election_rules(data: PaperData) -> Iterator[Block]:
    """The words of the rules on electing a leader and a deputy, where they have any."""
    clauses = dict.fromkeys(v.rule.clause for v in _of(data, ("leader", "deputy")))
    for clause in clauses:
        words = rule_sentence(data, clause)
        if words:
            yield said(words)
    yield from source_notes(data.citations)


# ---------------------------------------------------------------------- awards
def award_lines(data: PaperData) -> tuple[Block, ...]:
    """Who is proposed for what, and whose place waits, award by award."""
    titles: dict[str, list[str]] = {}
    words = {"proposed": "", "held": " (chờ kết luận)", "tied": " (chờ phân định)"}
    for line in data.assessment.awards:
        if line.cluster == data.cluster.id and line.state in words:
            name = data.unit(line.unit).name + words[line.state]
            titles.setdefault(line.title, []).append(name)
    told = [f"{title}: {', '.join(names)}" for title, names in titles.items()]
    return lines(told) if told else (said("Không có đơn vị nào được đề nghị."),)


def award_table(data: PaperData) -> Iterator[Block]:
    """Every unit that was looked at for an award, with what came of it and why."""
    for quota in data.assessment.quotas:
        if quota.cluster in (None, data.cluster.id):
            title = data.names.awards.get(quota.award, quota.award)
            count = "chưa có số suất" if quota.count is None else f"{quota.count} suất"
            yield said(f"{title}: {count}.")
    columns = (
        Column("Hình thức", min_mm=38, weight=2),
        Column("Đơn vị", min_mm=38, weight=2),
        Column("Kết quả", min_mm=24),
        Column("Lý do", min_mm=50, weight=3),
    )
    rows = tuple(
        Row(
            (
                cell(line.title),
                cell(data.unit(line.unit).name),
                cell(AWARD_STATES[line.state]),
                cell(sentence(data.names.sentence(line.reason))),
            )
        )
        for line in data.assessment.awards
        if line.cluster == data.cluster.id
    )
    if rows:
        yield Table(columns, rows, top=True)


def open_points(data: PaperData) -> tuple[Block, ...]:
    """What waits for a conclusion, what is not decided, what the reader has to look at again."""
    details = details_of(data)
    held = [
        said(
            f"Chờ kết luận: {data.unit(line.unit).name}, {line.title}. "
            f"{sentence(data.names.sentence(line.reason))}"
        )
        for line in data.assessment.awards
        if line.cluster == data.cluster.id and line.state == "held"
    ]
    return or_none(
        [*held, *details.questions(), *details.remarks()],
        "Không có nội dung nào còn phải quyết định.",
    )


def choices(data: PaperData) -> tuple[Block, ...]:
    """Every choice where the text is open, with where it comes from and the clause."""
    assessment, citations = data.assessment, data.citations
    rounds = {r.id: r.title for r in assessment.pack.rules.rounds}
    sources = {"pack": "mặc định", "facts": f"{data.vocabulary.cluster} đã chọn", "open": BLANK}
    columns = (
        Column("TT", Align.CENTRE, weight=0),
        Column("Nội dung văn bản để ngỏ", min_mm=45, weight=3),
        Column("Lựa chọn", min_mm=32, weight=2),
        Column("Nguồn", min_mm=18, weight=0),
        Column("Điều khoản", min_mm=45, weight=3),
    )
    rows = tuple(
        Row(
            (
                cell(str(number)),
                cell(used.title),
                cell(choice_words(used.value, rounds)),
                cell(sources[used.source]),
                cell(citations.short(used.clause)),
            )
        )
        for number, used in enumerate(assessment.parameters.values(), start=1)
    )
    return (Table(columns, rows, top=True), *source_notes(citations)) if rows else ()
