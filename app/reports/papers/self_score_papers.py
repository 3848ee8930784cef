"""The papers that a unit hands in: its self-score sheet and the list of its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.snapshot import EntryState
from app.domain.year import Evidence, EvidenceLink
from app.ground.numbers import vietnamese
from app.ground.text import folded
from app.reports.charts.from_assessment import printed_code
from app.reports.criteria_table import TableRow
from app.reports.document import (
    Align,
    Block,
    Cell,
    Column,
    Note,
    Paragraph,
    Row,
    RowKind,
    Table,
    cell,
    plain_line,
)
from app.reports.explanation import Explanation
from app.reports.figures import BLANK, LEGEND
from app.reports.papers.contents import Contents
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.round_scores import (
    RoundScores,
    round_of,
    said_points,
    said_words,
)
from app.reports.papers.wording import DOTS, Place
from app.scoring.assessment import CriterionScore, UnitCard
from app.scoring.evidence_needed import needing_evidence
from app.scoring.frame import below


def self_scores(data: PaperData) -> RoundScores:
    """The year as the units claimed it; a pack without a round of theirs takes its first."""
    turn = round_of(data.assessment, "unit") or data.assessment.pack.rules.rounds[0]
    return RoundScores(data.assessment, turn)


def hand_words(data: PaperData, hand: str) -> str:
    """Who scores with this hand, in the pack's words."""
    words = data.vocabulary
    return {
        "department": words.standing_agency,
        "leader": words.leader,
        "council": words.council,
        "unit": "đơn vị",
    }.get(hand, "cơ quan có thẩm quyền")


def receiver(data: PaperData, unit: str) -> str:
    """To whom a unit sends its papers: the leader; the leader itself sends them to the deputy."""
    words = data.vocabulary
    for there, role in ((data.leader, words.leader), (data.deputy, words.deputy)):
        if there is not None and there.id != unit:
            return f"{there.name} ({role})"
    return f"Các đơn vị thành viên {words.cluster}"


def code_and_title(card: UnitCard, code: str) -> str:
    """ "I.1.2. Hòa giải thành ở cơ sở"; a row that the unit is not scored on by its code."""
    row = card.criteria.get(code) or card.sections.get(code)
    return f"{printed_code(card, code)}. {row.title}" if row is not None else code


# ---------------------------------------------------------------------- the self-score sheet
def _sheet_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    sheet = _SelfSheet(data, subject.id)
    return {
        "bảng tự chấm": tuple(sheet.blocks()),
        "tổng điểm tự chấm": DOTS if sheet.total == BLANK else sheet.total,
        "nơi gửi phiếu": receiver(data, subject.id),
    }


class _SelfSheet:
    def __init__(self, data: PaperData, unit: str) -> None:
        self.data, self.unit = data, unit
        self.scores = self_scores(data)
        self.turn = self.scores.turn.id
        self.card = self.scores.card(unit)
        self.figures = data.figures
        self.explanation = Explanation(data.assessment, unit, data.citations)
        self.places = self.figures.places(
            points
            for score in self.card.criteria.values()
            if (points := said_points(score.rounds.get(self.turn))) is not None
        )
        self.kept = " ".join(data.vocabulary.evidence.split()[:2])
        self.cited: dict[str, list[str]] = {}
        documents = {document.id: document for document in data.book.evidence}
        for link in _links(data, unit, self.turn):
            if (document := documents.get(link.evidence)) is not None:
                self.cited.setdefault(link.criterion, []).append(called(document))

    @property
    def total(self) -> str:
        """What the unit gave itself in all; "—" where it gave nothing yet."""
        total = self.scores.total(self.unit)
        return BLANK if total is None else self.figures.published(total)

    def blocks(self) -> Iterator[Block]:
        """The table, and what there is to say of it."""
        columns = (
            Column("TT", Align.CENTRE, weight=0),
            Column("Tiêu chí", min_mm=50, weight=5),
            Column("Điểm tối đa", Align.DECIMAL, weight=0),
            Column("Số liệu, kết quả thực hiện", min_mm=42, weight=4),
            Column("Điểm tự chấm", Align.DECIMAL, weight=0),
            Column(_capital(self.data.vocabulary.evidence), min_mm=28, weight=2),
        )
        rows = [self._row(row) for row in self.scores.rows(self.unit)]
        total = (
            *(cell(""), cell("Tổng điểm tự chấm"), cell(vietnamese(self.card.own_max))),
            *(cell(""), cell(self.total), cell("")),
        )
        yield Table(columns, (*rows, Row(total, RowKind.TOTAL)), top=True)
        for words in self._notes():
            yield Note(plain_line(words))

    def _row(self, row: TableRow) -> Row:
        limit = cell(vietnamese(row.max) if row.max is not None else "")
        cited = Cell(tuple(plain_line(words) for words in self.cited.get(row.code, ())))
        if row.is_group:
            section = self.card.sections[row.code]
            shown = self._group(row.code, self.figures.fixed(section.exact, self.places))
            kind = RowKind.SECTION if row.depth == 0 else RowKind.GROUP
            return Row(
                (cell(row.label), cell(row.title), limit, cell(""), cell(shown), cited), kind
            )
        score = self.card.criteria[row.code]
        said = score.rounds.get(self.turn)
        other = self.scores.hand(self.unit, row.code)
        if other is not None:
            words = f"Do {hand_words(self.data, other)} chấm."
            return Row((cell(row.label), cell(row.title), limit, cell(words), cell(""), cited))
        shown = self.explanation.figure_list(row.code, said.figures) if said is not None else ""
        if not cited.lines and said is not None and said.evidence:
            cited = cell(f"{said.evidence:02d} {self.kept}")
        points = cell(said_words(self.figures, score, self.turn, self.places), bold=True)
        return Row((cell(row.label), cell(row.title), limit, cell(shown), points, cited))

    def _group(self, group: str, points: str) -> str:
        """The points of a group; none where others score all of it, "—" before any was scored."""
        leaves = [code for code in self.card.criteria if below(code, group)]
        own = [code for code in leaves if self.scores.hand(self.unit, code) is None]
        given = self.card.given_total or any(below(group, c) for c in self.card.given_sections)
        if not own:
            return ""
        blank = all(self.card.criteria[code].state is EntryState.BLANK for code in own)
        return BLANK if blank and not given else points

    def _notes(self) -> Iterator[str]:
        yield LEGEND.partition("; ô trống")[0] + "."
        yield self.figures.statement()
        if self.card.given_total:
            yield "Đơn vị gửi tổng điểm, không gửi điểm từng tiêu chí."
        for code in self.card.given_sections:
            words = code_and_title(self.card, code)
            yield f"{words}: đơn vị gửi điểm của cả mục, không gửi điểm từng tiêu chí."
        if self.scores.left_to_others(self.unit):
            yield "Tổng điểm tự chấm chưa gồm các tiêu chí do cơ quan khác chấm."
        rules = self.data.assessment.pack.rules
        if rules.bonus.items or rules.deductions.items:
            yield "Tổng điểm tự chấm chưa kể điểm thưởng, điểm trừ ngoài bảng tiêu chí."
        blanks = self.scores.blanks(self.unit)
        if blanks:
            listed = ", ".join(printed_code(self.card, code) for code in blanks)
            yield f"Còn {len(blanks):02d} tiêu chí chưa ghi điểm: {listed}."


def _sheet_reasons(data: PaperData, subject: Subject) -> tuple[str, ...]:
    """A sheet with cells that nobody filled is no sheet to be signed."""
    blanks = self_scores(data).blanks(subject.id)
    return (f"Phiếu còn {len(blanks):02d} tiêu chí chưa ghi điểm.",) if blanks else ()


# ---------------------------------------------------------------------- the list of evidence
def called(document: Evidence) -> str:
    """How a document is called in a cell: its number, or else what it is about."""
    return document.number or document.subject


def _links(data: PaperData, unit: str, turn: str) -> list[EvidenceLink]:
    return [link for link in data.book.evidence_links if (link.unit, link.round) == (unit, turn)]


def _list_places(data: PaperData, subject: Subject) -> Mapping[str, Place]:
    evidence = _EvidenceList(data, subject.id)
    return {
        "danh mục": tuple(evidence.cited()),
        "tiêu chí chưa có tài liệu": tuple(evidence.lacking()),
        "lưu ý về tài liệu": tuple(evidence.remarks()),
        "nơi gửi phiếu": receiver(data, subject.id),
        "số tài liệu": f"{len(evidence.documents):02d}",
    }


class _EvidenceList:
    def __init__(self, data: PaperData, unit: str) -> None:
        self.data, self.unit = data, unit
        self.scores = self_scores(data)
        self.turn = self.scores.turn.id
        self.links = _links(data, unit, self.turn)
        used = {link.evidence for link in self.links}
        self.documents = {d.id: d for d in data.book.evidence if d.id in used}
        self.card = self.scores.card(unit)
        facts, rules = data.assessment.snapshot, data.assessment.pack.rules
        self.needs = needing_evidence(rules, facts.own_criteria)

    def cited(self) -> Iterator[Block]:
        """The documents below the criteria that they support, in the order of the table."""
        if not self.links:
            yield Paragraph(plain_line("Chưa có tài liệu nào được ghi trong danh mục."))
            return
        order = [row.code for row in self.scores.rows(self.unit)]
        codes = {link.criterion for link in self.links}
        rows: list[Row] = []
        number = 0
        columns = self._columns()
        for code in sorted(codes, key=lambda c: (order.index(c) if c in order else len(order), c)):
            title = code_and_title(self.card, code)
            rows.append(Row((cell(title, span=len(columns)),), RowKind.GROUP))
            for link in self.links:
                if link.criterion == code and link.evidence in self.documents:
                    number += 1
                    rows.append(self._document(number, self.documents[link.evidence]))
        yield Table(columns, tuple(rows), top=True)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("TT", Align.CENTRE, weight=0),
            Column("Số, ký hiệu", min_mm=26, weight=1),
            Column("Ngày ban hành", Align.CENTRE, min_mm=22, weight=0),
            Column("Cơ quan ban hành", min_mm=28, weight=2),
            Column("Trích yếu", min_mm=42, weight=4),
            Column("Vị trí trong tài liệu", min_mm=24, weight=1),
            Column("Bản đính kèm", Align.CENTRE, min_mm=16, weight=0),
        )

    def _document(self, number: int, document: Evidence) -> Row:
        day = f"{document.date:%d/%m/%Y}" if document.date is not None else ""
        kept = "Có" if document.sha256 else "Không"
        words = (document.number, day, document.issuer, document.subject, document.place, kept)
        return Row((cell(str(number)), *(cell(text) for text in words)))

    def lacking(self) -> Iterator[Block]:
        """The scored criteria that ask for evidence and of which the list names none."""
        missing = [score for score in self.card.criteria.values() if self._lacks(score)]
        if not missing:
            yield Paragraph(plain_line("Không có."))
            return
        columns = (
            Column("TT", Align.CENTRE, weight=0),
            Column("Tiêu chí", min_mm=80, weight=5),
            Column("Điểm tự chấm", Align.DECIMAL, weight=0),
            Column("Số tài liệu ghi trong phiếu tự chấm", Align.CENTRE, min_mm=30, weight=1),
        )
        figures = self.data.figures
        places = figures.places(said_points(s.rounds.get(self.turn)) or s.exact for s in missing)
        rows = []
        for number, score in enumerate(missing, start=1):
            said = score.rounds[self.turn]
            counted = f"{said.evidence:02d}" if said.evidence else BLANK
            words = said_words(figures, score, self.turn, places)
            title = code_and_title(self.card, score.code)
            rows.append(Row((cell(str(number)), cell(title), cell(words), cell(counted))))
        yield Table(columns, tuple(rows), top=True)

    def _lacks(self, score: CriterionScore) -> bool:
        said = score.rounds.get(self.turn)
        if said is None or said.state is not EntryState.SCORED:
            return False
        if not (said.points or said.figures):
            return False
        if any(below(score.code, link.criterion) for link in self.links):
            return False
        return self.needs(self.unit, score.code)

    def remarks(self) -> Iterator[Block]:
        """Days outside the year, papers that stand for several criteria or stand twice."""
        lines = [*self._outside(), *self._used_twice()]
        for words in lines:
            yield Paragraph(plain_line(f"- {words}"))
        if not lines:
            yield Paragraph(plain_line("Không có."))

    def _outside(self) -> Iterator[str]:
        year = self.data.assessment.snapshot.period
        for document in self.documents.values():
            if document.date is not None and not year.start <= document.date <= year.end:
                yield (
                    f"Tài liệu {called(document)} ngày {document.date:%d/%m/%Y} nằm ngoài kỳ thi "
                    f"đua ({year.start:%d/%m/%Y} - {year.end:%d/%m/%Y})."
                )

    def _used_twice(self) -> Iterator[str]:
        papers: dict[tuple[str, ...], list[Evidence]] = {}
        for document in self.documents.values():
            papers.setdefault(_same_paper(document), []).append(document)
        for same in papers.values():
            ids = [document.id for document in same]
            used = [link.criterion for link in self.links if link.evidence in ids]
            codes = list(dict.fromkeys(used))
            if len(codes) > 1:
                listed = ", ".join(printed_code(self.card, code) for code in codes)
                yield f"Tài liệu {called(same[0])} dùng cho {len(codes):02d} tiêu chí: {listed}."
            if len({folded(document.place) for document in same}) < len(same):
                yield f"Tài liệu {called(same[0])} được ghi {len(same):02d} lần."


def _same_paper(document: Evidence) -> tuple[str, ...]:
    """By what two records are known to cite one paper."""
    day = document.date.isoformat() if document.date is not None else ""
    return (folded(called(document)), day, folded(document.issuer))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


CONTENTS: Final[Mapping[str, Contents]] = {
    "phieu_tu_cham": Contents(places=_sheet_places, reasons=_sheet_reasons),
    "danh_muc_tai_lieu": Contents(places=_list_places),
}
