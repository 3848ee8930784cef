"""The ranking paper of a cluster: bảng tổng hợp kết quả chấm điểm và xếp hạng.

`build_ranking` puts the table by sections first, with what decided each place; then, each under
its own heading and only where there is something to say, the units listed apart, the award
proposals, the ballots, the open questions and the remarks (`ranking_details`). Appendices: all
criteria × units (`criteria_table`), and the parameters that shaped the result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from app.domain.snapshot import Cluster
from app.domain.step import StepRule
from app.ground.numbers import vietnamese
from app.reports.citations import Citations
from app.reports.criteria_table import criteria_table
from app.reports.document import (
    Align,
    Appendix,
    Block,
    Cell,
    Column,
    ColumnGroup,
    Document,
    Draft,
    Heading,
    Note,
    Paragraph,
    Row,
    RowKind,
    Table,
    cell,
    plain_line,
)
from app.reports.figures import BLANK, LEGEND, Figures, nothing_scored, sentence
from app.reports.issuing import Issuing, cluster_name
from app.reports.names import Names
from app.reports.ranking_details import detail_sections, parameter_blocks
from app.reports.rounds import legend
from app.rules.document import LoadedPack
from app.scoring.assessment import Assessment, SectionScore, UnitCard, UnitResult

DECIDED = {
    "total": "Tổng điểm",
    "keys": "Tiêu chí phụ",
    "ballot": "Bỏ phiếu",
    "decision": "Cấp có thẩm quyền quyết định",
}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def build_ranking(
    assessment: Assessment,
    cluster: Cluster,
    issuing: Issuing = Issuing(),  # noqa: B008  (a frozen value)
    overlays: Sequence[LoadedPack] = (),
    *,
    every_round: bool = True,
) -> Document:
    """The ranking of one cluster; ``every_round`` puts each round's points into the appendix.

    ``overlays`` are the packs laid over the main one, for their clauses and sources.
    """
    units = assessment.clusters[cluster.id]
    name = cluster_name(assessment, cluster)
    period = period_words(assessment)
    citations = Citations(assessment, overlays)
    return Document(
        title=f"Bảng tổng hợp kết quả chấm điểm và xếp hạng thi đua {period} - {name}",
        letterhead=issuing.letterhead(assessment, cluster),
        kind="BẢNG TỔNG HỢP",
        subject=(f"Kết quả chấm điểm và xếp hạng thi đua {period}", name),
        blocks=(*basis_lines(citations), *ranking_blocks(assessment, cluster, citations)),
        closing=issuing.closing(assessment, cluster),
        draft=draft_of(assessment),
        appendices=_appendices(assessment, units, citations, every_round),
    )


def ranking_blocks(
    assessment: Assessment, cluster: Cluster, citations: Citations
) -> Iterator[Block]:
    """The numbered sections of the ranking; one that would be empty is left out."""
    sections = [
        (
            "KẾT QUẢ CHẤM ĐIỂM VÀ XẾP HẠNG",
            tuple(result_blocks(assessment, assessment.clusters[cluster.id])),
        ),
        *detail_sections(assessment, cluster, citations),
    ]
    filled = [(title, blocks) for title, blocks in sections if blocks]
    for number, (title, blocks) in zip(ROMAN, filled, strict=False):
        yield Heading(f"{number}. {title}")
        yield from blocks


def draft_of(assessment: Assessment) -> Draft | None:
    """The draft mark with its reasons, while the result is provisional."""
    if not assessment.provisional:
        return None
    names = Names(assessment)
    return Draft(tuple(sentence(names.sentence(why)) for why in assessment.why_provisional))


def period_words(assessment: Assessment) -> str:
    """ "năm 2022", or the period's own name where that is more than a year's number."""
    name = assessment.snapshot.period.name
    return f"năm {name}" if name.isdecimal() else name[:1].lower() + name[1:]


def basis_lines(citations: Citations, *, more_follow: bool = False) -> Iterator[Block]:
    """The căn cứ, one line each, in italics (NĐ 30/2020, Phụ lục I, mục II.6).

    ``more_follow``: the wording goes on with a basis of its own, so that none of these is the last.
    """
    bases = citations.bases()
    for number, line in enumerate(bases, start=1):
        end = "." if number == len(bases) and not more_follow else ";"
        yield Paragraph(plain_line(line + end, italic=True))


def _appendices(
    assessment: Assessment, units: Sequence[str], citations: Citations, every_round: bool
) -> tuple[Appendix, ...]:
    """All criteria × units; then the choices where the text is open, if the packs name any."""
    table = tuple(criteria_blocks(assessment, units, every_round=every_round))
    parts: list[tuple[str, tuple[Block, ...]]] = [("ĐIỂM TỪNG TIÊU CHÍ CỦA CÁC ĐƠN VỊ", table)]
    choices = tuple(parameter_blocks(assessment, citations))
    if choices:
        parts.append(("LỰA CHỌN ĐÃ ÁP DỤNG Ở CHỖ VĂN BẢN ĐỂ NGỎ", choices))
    labels = [f"Phụ lục {n}" for n in ROMAN] if len(parts) > 1 else ["Phụ lục"]
    reference = "(Kèm theo Bảng tổng hợp kết quả chấm điểm và xếp hạng)"
    return tuple(
        Appendix(label, title, reference, blocks)
        for label, (title, blocks) in zip(labels, parts, strict=False)
    )


def criteria_blocks(
    assessment: Assessment, units: Sequence[str], *, every_round: bool
) -> Iterator[Block]:
    """All criteria × units with the notes under the table."""
    words = legend(assessment) if every_round else LEGEND
    yield criteria_table(assessment, units, every_round=every_round)
    if any(item.unit in units for item in assessment.snapshot.own_criteria):
        words += " Số trong ngoặc là điểm tối đa của riêng đơn vị."
    yield Note(plain_line(words))
    yield Note(plain_line(Figures(assessment).statement()))


# ---------------------------------------------------------------------- the table by sections
def result_blocks(assessment: Assessment, units: Sequence[str]) -> Iterator[Block]:
    """The table by sections in the order of ranks, with the notes under it."""
    rounds = {r.id: r.title for r in assessment.pack.rules.rounds}
    scored, wanted = assessment.scored_round, assessment.ranking_round
    line = f"Xếp hạng theo điểm của vòng “{rounds.get(scored, scored)}”."
    if scored != wanted:
        line = (
            f"Vòng “{rounds.get(wanted, wanted)}” dùng để xếp hạng chưa có điểm; bảng dưới đây "
            f"tính theo vòng “{rounds.get(scored, scored)}”."
        )
    yield Paragraph(plain_line(line))
    tops = top_rows(assessment, units)
    yield _SectionTable(assessment, units, tops).table()
    for note in _notes(assessment, units, tops):
        yield Note(plain_line(note))


def top_rows(assessment: Assessment, units: Sequence[str]) -> tuple[str, ...]:
    """The top rows of the frame, in printed order, that carry points of any unit."""
    cards = [assessment.units[unit].card for unit in units]
    order = {row.code: place for place, row in enumerate(assessment.pack.rules.criteria)}
    codes = {code for card in cards for code in (*card.sections, *card.criteria) if "." not in code}
    return tuple(sorted(codes, key=lambda code: (order.get(code, len(order)), code)))


class _SectionTable:
    """The table by sections: one row for each unit in the order of ranks."""

    def __init__(self, assessment: Assessment, units: Sequence[str], tops: Sequence[str]) -> None:
        self.assessment, self.units, self.tops = assessment, units, tops
        self.figures = Figures(assessment)
        results = [assessment.units[unit] for unit in units]
        rules = assessment.pack.rules
        self.bonus = bool(rules.bonus.items)
        self.deductions = bool(rules.deductions.items)
        self.own_max = len({result.card.own_max for result in results}) > 1
        scoring = rules.scoring
        self.percent = scoring is not None and scoring.rank_by == "percent"
        self.classes = bool(rules.classes)
        self.awards = bool(assessment.awards)
        self.decided = any(result.rank_decided_by not in (None, "total") for result in results)

    def table(self) -> Table:
        """The ranked units, then those listed apart."""
        ranked = [u for u in self.units if self.assessment.units[u].rank is not None]
        apart = [u for u in self.units if self.assessment.units[u].rank is None]
        columns = self._columns()
        rows = [self._row(unit) for unit in ranked]
        if apart:
            width = sum(len(c.columns) if isinstance(c, ColumnGroup) else 1 for c in columns)
            title = "Đơn vị không xếp hạng"
            rows.append(Row((cell(title, span=width),), RowKind.GROUP))
            rows += [self._row(unit) for unit in apart]
        return Table(columns, tuple(rows))

    def _columns(self) -> tuple[Column | ColumnGroup, ...]:
        figure = Align.DECIMAL
        parts = tuple(Column(self._top(top), figure) for top in self.tops)
        columns: list[Column | ColumnGroup] = [
            Column("Hạng", Align.CENTRE, weight=0, repeated=True),
            Column("Đơn vị", Align.LEFT, min_mm=38, weight=3, repeated=True),
        ]
        columns += [ColumnGroup("Điểm các phần", parts)] if len(parts) > 1 else parts
        columns += [Column("Điểm thưởng", figure)] if self.bonus else []
        columns += [Column("Điểm trừ", figure)] if self.deductions else []
        columns.append(Column("Tổng điểm", figure))
        columns += [Column("Điểm tối đa của đơn vị", figure)] if self.own_max else []
        columns += [Column("Tỷ lệ (%)", figure)] if self.percent else []
        columns += [Column("Xếp loại", Align.CENTRE, min_mm=20)] if self.classes else []
        columns += [Column("Căn cứ xếp hạng", Align.LEFT, min_mm=18)] if self.decided else []
        columns += [Column("Khen thưởng", Align.LEFT, min_mm=32, weight=4)] if self.awards else []
        return tuple(columns)

    def _top(self, top: str) -> str:
        """ "I (730)": the label with the maximum of the frame."""
        rows = self.assessment.pack.rules.criteria
        limit = next((row.max for row in rows if row.code == top), None)
        return top if limit is None else f"{top} ({vietnamese(Fraction(limit))})"

    def _row(self, unit: str) -> Row:
        result, published = self.assessment.units[unit], self.figures.published
        card = result.card
        cells = [
            cell(str(result.rank) if result.rank is not None else BLANK, bold=True),
            cell(self.assessment.snapshot.unit(unit).name),
            *(cell(self._part(result, top)) for top in self.tops),
        ]
        sent = card.given_total  # bonus and deductions are inside, nobody said how much
        items = [card.bonus.total] if self.bonus else []
        items += [-card.deductions.total] if self.deductions else []
        cells += [cell("" if sent else published(points)) for points in items]
        cells.append(cell(published(card.total), bold=True))
        cells += [cell(vietnamese(card.own_max))] if self.own_max else []
        if self.percent:
            cells.append(cell(published(card.percent) if card.percent is not None else BLANK))
        cells += [cell(result.class_title or BLANK)] if self.classes else []
        cells += [cell(self._decided(result))] if self.decided else []
        cells += [self._awards(unit)] if self.awards else []
        return Row(tuple(cells))

    def _part(self, result: UnitResult, top: str) -> str:
        points = scored_points(result, top)
        return self.figures.published(points) if points is not None else ""

    def _decided(self, result: UnitResult) -> str:
        if result.rank is None:
            return ""
        decided = DECIDED.get(result.rank_decided_by or "", "")
        if result.tied_with:
            return f"{decided}; bằng điểm, cùng hạng" if decided else "Bằng điểm, cùng hạng"
        return decided

    def _awards(self, unit: str) -> Cell:
        return Cell(tuple(plain_line(words) for words in award_words(self.assessment, unit)))


def award_words(assessment: Assessment, unit: str) -> tuple[str, ...]:
    """The awards that a unit is proposed for, or stands at while something is still open."""
    words = {"proposed": "", "held": " (chờ kết luận)", "tied": " (chờ phân định)"}
    return tuple(
        award.title + words[award.state]
        for award in assessment.awards
        if award.unit == unit and award.state in words
    )


def part_points(result: UnitResult, top: str) -> Fraction | None:
    """The published points of a top row; ``None`` where the unit is not scored on it."""
    row: SectionScore | None = result.card.sections.get(top)
    if row is not None:
        return row.points
    score = result.card.criteria.get(top)
    return score.points if score is not None else None


def scored_points(result: UnitResult, top: str) -> Fraction | None:
    """The points of a top row as a paper shows them: none where all its criteria are blank.

    Blank is not zero, as under a total that was sent without its parts.
    """
    return None if nothing_scored(result.card, top) else part_points(result, top)


def top_value(card: UnitCard, top: str, place: str) -> Fraction:
    """What a top row gives to the total, rounded where the pack rounds it (``place``)."""
    row = card.sections.get(top) or card.criteria.get(top)
    if row is None:
        return Fraction(0)
    rounded = place == "section" or (place == "criterion" and top in card.criteria)
    return row.points if rounded else row.exact


def whole_scale(card: UnitCard, tops: Sequence[str], place: str) -> Fraction | None:
    """The factor by which a flat table was brought to its full maximum, if it was."""
    added = sum((top_value(card, top, place) for top in tops), Fraction(0))
    sections = card.before_exact - card.bonus.exact
    if card.given_total or not added or sections == added:
        return None
    return sections / added


# ---------------------------------------------------------------------- notes under the table
def _notes(assessment: Assessment, units: Sequence[str], tops: Sequence[str]) -> Iterator[str]:
    names = {unit: assessment.snapshot.unit(unit).name for unit in units}
    rows = {row.code: row for row in assessment.pack.rules.criteria}
    parts = []
    for top in tops:
        row = rows.get(top)
        limit = f" (tối đa {vietnamese(Fraction(row.max))} điểm)" if row and row.max else ""
        parts.append(f"{top}. {row.title if row else top}{limit}")
    yield "Các phần: " + "; ".join(parts) + "."
    yield Figures(assessment).statement()
    seen: set[frozenset[str]] = set()
    for unit in units:
        tied = frozenset((unit, *assessment.units[unit].tied_with))
        if len(tied) > 1 and tied not in seen:
            seen.add(tied)
            together = ", ".join(names[u] for u in units if u in tied)
            yield f"{together}: bằng điểm nên cùng hạng, hạng kế tiếp bỏ qua."
    sent = [u for u in units if _without_parts(assessment.units[u], tops)]
    if sent:
        together = ", ".join(names[u] for u in sent) if len(sent) < len(units) else "các đơn vị"
        yield f"Cột điểm các phần để trống vì chỉ có tổng điểm của {together} được gửi."
    for unit in units:
        reason = "" if unit in sent else sum_difference(assessment, unit, tops)
        if reason:
            yield f"{names[unit]}: {reason}"


def _without_parts(result: UnitResult, tops: Sequence[str]) -> bool:
    """Whether only a unit's total was sent."""
    sent = result.card.given_total
    return sent and all(scored_points(result, top) is None for top in tops)


def sum_difference(assessment: Assessment, unit: str, tops: Sequence[str]) -> str:
    """Why the printed parts do not add up to the printed total; empty where they do."""
    result, figures = assessment.units[unit], Figures(assessment)
    card = result.card
    printed = sum((part_points(result, top) or Fraction(0) for top in tops), Fraction(0))
    printed += card.bonus.total - card.deductions.total
    if printed == card.total:
        return ""
    step = card.why
    while step.rule is StepRule.ROUND and step.parts:
        step = step.parts[0]
    if step.rule in (StepRule.CAP, StepRule.GIVEN):
        return f"{step.how}."
    if whole_scale(card, tops, figures.place) is not None:
        return f"{step.parts[0].how}."
    return (
        f"cộng các phần đã làm tròn được {figures.published(printed)}, tổng điểm in là "
        f"{figures.published(card.total)}, vì tổng được cộng từ điểm chưa làm tròn "
        f"({figures.long(card.total_exact)}) rồi mới làm tròn một lần."
    )
