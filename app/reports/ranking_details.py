"""What stands below the ranking: units apart, awards, ballots, parameters, questions, remarks.

Each section is a title with its blocks; a section without blocks is left out by the paper.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.snapshot import Ballot, Cluster
from app.ground.findings import Severity
from app.ground.numbers import vietnamese
from app.reports.choices import choice_words, note_words
from app.reports.citations import Citations
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
from app.reports.figures import sentence
from app.reports.names import OF_THE_FACTS_FILE, Names
from app.scoring.assessment import Assessment, BallotResult, QuotaUsed
from app.scoring.ballots import counted

Section = tuple[str, tuple[Block, ...]]

ELIGIBILITY = {
    "barred": "Không xét",
    "held": "Chưa xét",
    "ceiling": "Giới hạn mức xếp loại",
    "lowered": "Hạ mức xếp loại",
    "failed": "Xếp loại không đạt",
    "unclassified": "Chưa xếp loại được",
    "condition_unmet": "Chưa đủ điều kiện",
}
AWARD_STATES = {
    "proposed": "Đề nghị",
    "held": "Chờ kết luận",
    "tied": "Chờ phân định",
    "reserve": "Dự bị",
    "refused": "Không đề nghị",
}
PURPOSES = {
    "tie": "phân định đơn vị bằng điểm",
    "award": "đề nghị khen thưởng",
    "leader": "bầu đơn vị trưởng",
    "deputy": "bầu đơn vị phó",
    "free": "lấy ý kiến",
}
OUTCOMES = {
    "elected": "Được chọn",
    "passed": "Được thông qua",
    "failed": "Không đơn vị nào đủ số phiếu",
    "tied": "Số phiếu bằng nhau, chưa phân định được",
    "void": "Kết quả không được dùng",
    "no_quorum": "Không đủ số người tham gia",
}
SEVERITIES = {
    Severity.ERROR: "Phải sửa",
    Severity.WARNING: "Cần xem lại",
    Severity.NOTE: "Ghi chú",
}


def detail_sections(
    assessment: Assessment, cluster: Cluster, citations: Citations
) -> Iterator[Section]:
    """The sections below the ranking, in the order in which a conference needs them."""
    details = Details(assessment, cluster, citations)
    yield "TRƯỜNG HỢP KHÔNG XÉT, CHƯA XÉT", tuple(details.apart())
    yield "ĐỀ NGHỊ KHEN THƯỞNG", tuple(details.awards())
    yield "BỎ PHIẾU", tuple(details.ballots())
    yield "NỘI DUNG CHƯA QUYẾT ĐỊNH", tuple(details.questions())
    yield "ĐIỀU CẦN LƯU Ý", tuple(details.remarks())


class Details:
    """The sections of one cluster, each to be had by itself."""

    def __init__(self, assessment: Assessment, cluster: Cluster, citations: Citations) -> None:
        self.assessment, self.cluster, self.citations = assessment, cluster, citations
        self.units = assessment.clusters[cluster.id]
        self.names = Names(assessment)
        self.unit_names, self.award_titles = self.names.units, self.names.awards

    # ------------------------------------------------------------------ eligibility
    def apart(self) -> Iterator[Block]:
        """The bars, holds and limits of each unit, with ground and clause."""
        rows = [
            Row(
                (
                    cell(self.unit_names[unit]),
                    cell(ELIGIBILITY[item.kind]),
                    cell(self.names.case(item)),
                    cell(self.citations.short(item.clause)),
                )
            )
            for unit in self.units
            for item in self.assessment.units[unit].eligibility
        ]
        if rows:
            columns = (
                Column("Đơn vị", min_mm=35, weight=2),
                Column("Kết luận", min_mm=22),
                Column("Trường hợp và căn cứ thực tế", min_mm=45, weight=4),
                Column("Điều khoản", min_mm=30, weight=2),
            )
            yield Table(columns, tuple(rows), top=True)
            yield from source_notes(self.citations)

    # ------------------------------------------------------------------ awards
    def awards(self) -> Iterator[Block]:
        """Places and their source, then every line with its reason and clause."""
        for quota in self.assessment.quotas:
            if quota.cluster in (None, self.cluster.id):
                yield Note(plain_line(self._places(quota)))
        rows = [
            Row(
                (
                    cell(line.title),
                    cell(self.unit_names[line.unit]),
                    cell(AWARD_STATES[line.state]),
                    cell(sentence(self.names.sentence(line.reason))),
                    cell(self.citations.short(line.clause)),
                )
            )
            for line in self.assessment.awards
            if line.cluster == self.cluster.id
        ]
        if rows:
            columns = (
                Column("Hình thức", min_mm=30, weight=2),
                Column("Đơn vị", min_mm=30, weight=2),
                Column("Kết quả", min_mm=20),
                Column("Lý do", min_mm=35, weight=3),
                Column("Điều khoản", min_mm=28, weight=2),
            )
            yield Table(columns, tuple(rows), top=True)
            yield from source_notes(self.citations)
        for tie in self.assessment.ties:
            if tie.cluster in (None, self.cluster.id):
                names = ", ".join(self.unit_names[unit] for unit in tie.units)
                title = self.award_titles.get(tie.award, tie.award)
                how = self.names.sentence(tie.how)
                words = f"{names} bằng điểm ở vị trí xét {title}: {how}"
                yield Note(plain_line(sentence(words)))

    def _places(self, quota: QuotaUsed) -> str:
        title = self.award_titles.get(quota.award, quota.award)
        count = f"{quota.count} suất" if quota.count is not None else "chưa có số suất"
        words = f"{title}: {count}"
        if quota.exact is not None and quota.count is not None and quota.exact != quota.count:
            words += f" (tính được {vietnamese(quota.exact)})"
        clause = self.citations.short(quota.clause)
        return words + (f"; {clause}." if clause else ".")

    # ------------------------------------------------------------------ ballots
    def ballots(self) -> Iterator[Block]:
        """Each ballot in one paragraph: papers, votes, what was needed, the outcome."""
        for ballot, result in counted(self.assessment):
            if ballot.cluster not in (None, self.cluster.id):
                continue
            yield Paragraph(tuple(self._ballot(result, ballot)))

    def _ballot(self, result: BallotResult, ballot: Ballot) -> Iterator[Run]:
        purpose = PURPOSES.get(result.purpose, result.purpose)
        award = self.award_titles.get(result.award or "", "")
        yield Run(
            f"Bỏ phiếu lần {result.number}, {purpose}{f' ({award})' if award else ''}: ", bold=True
        )
        yield Run(_papers(ballot) + ". ")
        votes = [f"{self.unit_names.get(u, u)} {n} phiếu" for u, n in result.votes.items()]
        yield Run("Kết quả kiểm phiếu: " + ", ".join(votes) + ". ")
        if result.needed is not None:
            base = choice_words(result.base)
            yield Run(f"Cần {result.needed} phiếu, tính trên {base} ({result.base_count}). ")
        elected = ", ".join(self.unit_names.get(unit, unit) for unit in result.elected)
        more = elected or (result.why if result.outcome == "void" else "")
        yield Run(OUTCOMES[result.outcome] + (f": {more}." if more else "."))

    # ------------------------------------------------------------------ questions and remarks
    def questions(self) -> Iterator[Block]:
        """What is still open, with what each answer would bring."""
        for number, question in enumerate(self.assessment.open_questions, start=1):
            answers = "; ".join(self.names.outcome(outcome) for outcome in question.outcomes)
            words = f"{number}. {sentence(question.what)}"
            yield Paragraph(plain_line(words + (f" Khả năng: {answers}." if answers else "")))

    def remarks(self) -> Iterator[Block]:
        """The findings, the gravest first; those on the ids of packs are for who edits these."""
        order = list(SEVERITIES)
        for finding in sorted(self.assessment.findings, key=lambda f: order.index(f.severity)):
            place = self.names.place(finding.place)
            words = f"{SEVERITIES[finding.severity]} - {place}: {finding.message}"
            if not OF_THE_FACTS_FILE.search(words):
                yield Note(plain_line(f"{words} {self.names.remedy(finding)}".strip()))


def parameter_blocks(assessment: Assessment, citations: Citations) -> Iterator[Block]:
    """Every parameter with the value in force, where it comes from, clause and note."""
    sources = {"pack": "mặc định của gói quy tắc", "facts": "cụm, khối đã chọn", "open": ""}
    rounds = {r.id: r.title for r in assessment.pack.rules.rounds}
    rows = [
        Row(
            (
                cell(used.id),
                cell(used.title),
                cell(choice_words(used.value, rounds)),
                cell(sources[used.source]),
                cell(
                    ". ".join(filter(None, (citations.short(used.clause), note_words(used.note))))
                ),
            )
        )
        for used in assessment.parameters.values()
    ]
    if rows:
        columns = (
            Column("Ký hiệu", Align.CENTRE, weight=0),
            Column("Nội dung", min_mm=35, weight=3),
            Column("Lựa chọn", min_mm=25, weight=2),
            Column("Nguồn", min_mm=22),
            Column("Điều khoản, ghi chú", min_mm=40, weight=4),
        )
        yield Table(columns, tuple(rows), top=True)
        yield from source_notes(citations)


def source_notes(citations: Citations) -> Iterator[Note]:
    """The sources that are cited with a mark, and why they are no basis."""
    for line in citations.marked():
        yield Note(plain_line(line))


def _papers(ballot: Ballot) -> str:
    counts = (
        ("thành viên", ballot.members),
        ("có mặt", ballot.present),
        ("phiếu phát ra", ballot.issued),
        ("thu về", ballot.returned),
        ("hợp lệ", ballot.valid),
        ("không hợp lệ", ballot.invalid),
        ("phiếu trắng", ballot.blank),
        ("ý kiến bằng văn bản", ballot.written_returned),
    )
    return ", ".join(f"{words} {n if n is not None else 'không ghi'}" for words, n in counts)
