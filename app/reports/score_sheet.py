"""The explained score sheet of one unit: phiếu diễn giải điểm.

Each criterion stands with its clause, figures, steps, rounding, and what every round said and
why; then bonus and deductions, how the total came about, and rank, class and awards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain.snapshot import Cluster
from app.domain.step import Step, StepRule
from app.ground.numbers import vietnamese
from app.reports.citations import Citations
from app.reports.criteria_table import TableRow, table_rows
from app.reports.document import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Line,
    Note,
    Paragraph,
    Row,
    RowKind,
    Table,
    cell,
    plain_line,
)
from app.reports.explanation import Explanation, step_lines, unstacked
from app.reports.figures import (
    BLANK,
    Figures,
    counted_points,
    nothing_scored,
    round_points,
    sentence,
)
from app.reports.issuing import Issuing, cluster_name
from app.reports.names import Names
from app.reports.ranking import (
    DECIDED,
    ROMAN,
    basis_lines,
    draft_of,
    period_words,
    scored_points,
    sum_difference,
    top_rows,
)
from app.reports.ranking_details import (
    AWARD_STATES,
    ELIGIBILITY,
    SEVERITIES,
    source_notes,
)
from app.reports.rounds import counted_head, legend, other_rounds
from app.rules.document import LoadedPack
from app.scoring.assessment import Assessment, ItemScore, ItemsScore


def build_score_sheet(
    assessment: Assessment,
    unit: str,
    issuing: Issuing = Issuing(),  # noqa: B008  (a frozen value)
    overlays: Sequence[LoadedPack] = (),
) -> Document:
    """The score sheet of ``unit``, in the cluster that it belongs to.

    ``overlays`` are the packs laid over the main one, for their clauses and sources.
    """
    member = assessment.snapshot.unit(unit)
    cluster = next(c for c in assessment.snapshot.clusters if c.id == member.cluster)
    citations = Citations(assessment, overlays)
    period = period_words(assessment)
    return Document(
        title=f"Phiếu diễn giải điểm thi đua {period} - {member.name}",
        letterhead=issuing.letterhead(assessment, cluster),
        kind="PHIẾU DIỄN GIẢI ĐIỂM",
        subject=(member.name, f"{cluster_name(assessment, cluster)}, {period}"),
        blocks=(*basis_lines(citations), *sheet_blocks(assessment, unit, citations)),
        closing=issuing.closing(assessment, cluster),
        draft=draft_of(assessment),
    )


def sheet_blocks(assessment: Assessment, unit: str, citations: Citations) -> Iterator[Block]:
    """The numbered sections of the sheet; one that would be empty is left out."""
    member = assessment.snapshot.unit(unit)
    cluster = next(c for c in assessment.snapshot.clusters if c.id == member.cluster)
    sheet = _Sheet(assessment, unit, cluster, citations)
    sections = (
        ("KẾT QUẢ", tuple(sheet.summary())),
        ("DIỄN GIẢI TỪNG TIÊU CHÍ", tuple(sheet.criteria())),
        ("ĐIỂM THƯỞNG, ĐIỂM TRỪ", tuple(sheet.items())),
        ("TỔNG ĐIỂM", tuple(sheet.total())),
        ("XẾP HẠNG, XẾP LOẠI, KHEN THƯỞNG", tuple(sheet.standing())),
        ("NỘI DUNG CHƯA QUYẾT ĐỊNH, ĐIỀU CẦN LƯU Ý", tuple(sheet.remarks())),
    )
    filled = [(title, blocks) for title, blocks in sections if blocks]
    for number, (title, blocks) in zip(ROMAN, filled, strict=False):
        yield Heading(f"{number}. {title}")
        yield from blocks


class _Sheet:
    def __init__(
        self, assessment: Assessment, unit: str, cluster: Cluster, citations: Citations
    ) -> None:
        self.assessment, self.unit, self.cluster = assessment, unit, cluster
        self.result = assessment.units[unit]
        self.card = self.result.card
        self.figures = Figures(assessment)
        self.citations = citations
        self.explanation = Explanation(assessment, unit, self.citations)
        self.names = Names(assessment)

    # ------------------------------------------------------------------ I
    def summary(self) -> Iterator[Block]:
        """Each section, bonus and deductions, the total, the rank."""
        published = self.figures.published
        rows = [self._summary_row(top) for top in top_rows(self.assessment, (self.unit,))]
        rules = self.assessment.pack.rules
        if rules.bonus.items:
            rows.append(_plain_row("Điểm thưởng", "", published(self.card.bonus.total)))
        if rules.deductions.items:
            rows.append(_plain_row("Điểm trừ", "", published(-self.card.deductions.total)))
        own_max = vietnamese(self.card.own_max)
        total = (cell("Tổng điểm"), cell(own_max), cell(published(self.card.total)))
        rank = (cell("Xếp hạng"), cell(""), cell(self._rank()))
        rows += [Row(total, RowKind.TOTAL), Row(rank, RowKind.TOTAL)]
        columns = (
            Column("Nội dung", min_mm=80, weight=4),
            Column("Điểm tối đa", Align.DECIMAL),
            Column("Điểm", Align.DECIMAL),
        )
        yield Table(columns, tuple(rows))
        yield Note(plain_line(self.figures.statement()))

    def _summary_row(self, top: str) -> Row:
        section = self.card.sections.get(top)
        row = section if section is not None else self.card.criteria[top]
        title = f"{row.label}. {row.title}"
        points = scored_points(self.result, top)
        return _plain_row(
            title, vietnamese(row.max), "" if points is None else self.figures.published(points)
        )

    def _rank(self) -> str:
        return str(self.result.rank) if self.result.rank is not None else BLANK

    # ------------------------------------------------------------------ II
    def criteria(self) -> Iterator[Block]:
        """The table of criteria with their explanations."""
        rounds = other_rounds(self.assessment)
        exact = (
            row.exact for rows in (self.card.criteria, self.card.sections) for row in rows.values()
        )
        places = self.figures.places(exact)
        rows = []
        for row in table_rows(self.assessment, (self.unit,)):
            if row.is_group:
                rows.append(self._group(row, len(rounds), places))
                continue
            score = self.card.criteria[row.code]
            cells = [
                cell(row.label),
                Cell(tuple(self.explanation.lines(score))),
                cell(vietnamese(score.max)),
            ]
            cells += [cell(round_points(self.figures, score, n, places)) for n, _ in rounds]
            cells.append(cell(counted_points(self.figures, score, places), bold=True))
            rows.append(Row(tuple(cells)))
        columns = (
            Column("TT", Align.CENTRE, weight=0),
            Column("Tiêu chí, điều khoản, số liệu và cách tính", min_mm=75, weight=8),
            Column("Điểm tối đa", Align.DECIMAL, weight=0),
            *(Column(title, Align.DECIMAL, weight=0) for _, title in rounds),
            Column(counted_head(self.assessment), Align.DECIMAL, weight=0),
        )
        yield Table(columns, tuple(rows), top=True)
        yield Note(plain_line(legend(self.assessment)))
        yield from source_notes(self.citations)

    def _group(self, row: TableRow, rounds: int, places: int) -> Row:
        section = self.card.sections[row.code]
        lines: list[Line] = [plain_line(row.title)]
        frame = self.explanation.rows.get(row.code)
        if frame is not None and self.citations.short(frame.clause):
            lines.append(self.explanation.clause_line(frame.clause))
        step: Step | None = section.why
        while step is not None and step.rule is not StepRule.SUM:
            lines.append(plain_line(step.how))
            inner = step.rule in (StepRule.ROUND, StepRule.RESCALE) and step.parts
            step = step.parts[0] if inner else None
        kind = RowKind.SECTION if row.depth == 0 else RowKind.GROUP
        blanks = (cell("") for _ in range(rounds))
        cells = (cell(row.label), Cell(tuple(lines)), cell(vietnamese(section.max)))
        blank = nothing_scored(self.card, row.code)
        points = "" if blank else self.figures.fixed(section.exact, places)
        return Row((*cells, *blanks, cell(points)), kind)

    # ------------------------------------------------------------------ III
    def items(self) -> Iterator[Block]:
        """Bonus and deduction items with their steps."""
        rules = self.assessment.pack.rules
        rows: list[Row] = []
        for title, scored, clause, sign in (
            ("Điểm thưởng", self.card.bonus, rules.bonus.clause, 1),
            ("Điểm trừ", self.card.deductions, rules.deductions.clause, -1),
        ):
            if scored.items:
                clauses = {i.id: i.clause for i in (*rules.bonus.items, *rules.deductions.items)}
                rows += [
                    self._item(item, clauses.get(item.id), sign) for item in scored.items.values()
                ]
                rows.append(self._items_total(title, scored, clause, sign))
        if rows:
            columns = (
                Column("Nội dung, điều khoản và cách tính", min_mm=100, weight=8),
                Column("Điểm", Align.DECIMAL),
            )
            yield Table(columns, tuple(rows), top=True)

    def _item(self, item: ItemScore, clause: str | None, sign: int) -> Row:
        lines: list[Line] = [plain_line(item.title, bold=True)]
        if self.citations.short(clause):
            lines.append(self.explanation.clause_line(clause))
        lines += step_lines(item.why, clause, self.citations, first="Cách tính: ", given=True)
        return Row((Cell(tuple(lines)), cell(self.figures.published(sign * item.points))))

    def _items_total(self, title: str, scored: ItemsScore, clause: str | None, sign: int) -> Row:
        lines = [plain_line(title)]
        if scored.why.rule is not StepRule.SUM:
            lines.append(plain_line(scored.why.how + self._cited(clause)))
        points = cell(self.figures.published(sign * scored.total))
        return Row((Cell(tuple(lines)), points), RowKind.TOTAL)

    # ------------------------------------------------------------------ IV
    def total(self) -> Iterator[Block]:
        """How the total came about: the parts, the bounds, the one rounding."""
        chain: list[Step] = []
        step: Step | None = self.card.why
        while step is not None:
            chain.append(step)
            step = step.parts[0] if step.rule is not StepRule.SUM and step.parts else None
        for step in reversed(chain):
            words = step.how
            if step.rule is StepRule.SUM and step.parts:
                words = f"{self._addition(step)} = {self.figures.long(step.value)}"
            words = unstacked(words) + self._cited(step.clause)
            yield Paragraph(plain_line(sentence(words)))
        tops = top_rows(self.assessment, (self.unit,))
        reason = sum_difference(self.assessment, self.unit, tops)
        if reason:
            yield Note(plain_line(f"Ghi chú: {reason}"))

    def _addition(self, step: Step) -> str:
        """The parts of the total as a sum: 170,83 + 87,5 + 6 - 5."""
        long = self.figures.long
        signs = [f"- {long(-p.value)}" if p.value < 0 else f"+ {long(p.value)}" for p in step.parts]
        return "Cộng các phần: " + " ".join(signs).removeprefix("+ ")

    def _cited(self, clause: str | None) -> str:
        place = self.citations.short(clause)
        return f" [{place}]" if place else ""

    # ------------------------------------------------------------------ V
    def standing(self) -> Iterator[Block]:
        """Rank and what decided it, class, bars and holds, awards."""
        result = self.result
        members = self.assessment.clusters[self.cluster.id]
        ranked = sum(self.assessment.units[unit].rank is not None for unit in members)
        if result.rank is None:
            yield Paragraph(plain_line("Đơn vị không được xếp hạng."))
        else:
            words = f"Xếp hạng {result.rank} trên {ranked} đơn vị được xếp hạng"
            decided = DECIDED.get(result.rank_decided_by or "", "").lower()
            words += f", căn cứ {decided}" if decided else ""
            tied = ", ".join(self.names.units[unit] for unit in result.tied_with)
            words += f"; bằng điểm với {tied} nên cùng hạng" if tied else ""
            yield Paragraph(plain_line(words + "."))
        if result.class_title is not None or result.class_reason:
            title = result.class_title or "chưa xếp loại được"
            yield Paragraph(plain_line(f"Xếp loại: {title}. {sentence(result.class_reason)}"))
        for item in result.eligibility:
            words = f"{ELIGIBILITY[item.kind]}: {self.names.case(item)}"
            yield Paragraph(plain_line(sentence(words + self._cited(item.clause))))
        for award in self.assessment.awards:
            if award.unit == self.unit:
                reason = self.names.sentence(award.reason) + self._cited(award.clause)
                state = AWARD_STATES[award.state].lower()
                yield Paragraph(plain_line(f"{award.title}: {state}. {sentence(reason)}"))

    # ------------------------------------------------------------------ VI
    def remarks(self) -> Iterator[Block]:
        """Open questions and findings that name this unit."""
        for question in self.assessment.open_questions:
            if self.unit in question.units:
                yield Paragraph(plain_line(sentence(f"Chưa quyết định: {question.what}")))
        mark = f"({self.unit})"
        for finding in self.assessment.findings:
            if mark in finding.place:
                remedy = self.names.remedy(finding)
                place = self.names.place(finding.place)
                words = f"{SEVERITIES[finding.severity]} - {place}: {finding.message} {remedy}"
                yield Note(plain_line(words.strip()))


def _plain_row(title: str, most: str, points: str) -> Row:
    return Row((cell(title), cell(most), cell(points)))
