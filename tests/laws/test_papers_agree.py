"""No two papers of a random year contradict each other or the data.

The year is that of the conference machine; at its end every paper that shows points, ranks,
votes or proposals is printed as PDF, and its figures are read back out of the PDF and held against
one assessment. More: ``BANGVANG_DOSE=20`` multiplies the examples.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from app.domain.conference import BallotStage
from app.operations.workspace.paper_data import paper_data
from app.operations.workspace.paper_desk import PaperLine, paper_lines
from app.persistence import books
from app.reports import pdf
from app.reports.papers.data import PaperData
from tests.laws.figures_reading import Printed, printed_rows, printed_text
from tests.laws.test_conference_machine import DOSE, Conference

UNIT, TOTAL, RANK = "Đơn vị", "Tổng điểm", "Hạng"
PROPOSED = ("Hình thức đề nghị", "Khen thưởng", "Đề nghị khen thưởng")
WAITING = ("(chờ kết luận)", "(chờ phân định)")
COUNTS = {
    "Tổng số người có quyền bỏ phiếu": "members",
    "Số người có mặt": "present",
    "Số phiếu phát ra": "issued",
    "Số phiếu thu về": "returned",
    "Số phiếu hợp lệ": "valid",
    "Số phiếu không hợp lệ": "invalid",
    "Số phiếu trắng": "blank",
}


class PapersOfAYear(Conference):
    """The same year; its laws are held once, at the end, over the printed papers."""

    def teardown(self) -> None:
        try:
            if self.ready:
                for cluster in self.desk.clusters:
                    data = paper_data(self.desk, cluster)
                    for line in paper_lines(data):
                        if line.paper.result or line.paper.scope == "ballot":
                            self.paper_agrees(data, line)
        finally:
            super().teardown()

    def paper_agrees(self, data: PaperData, line: PaperLine) -> None:
        printed = pdf.render(line.made.document)
        rows = list(printed_rows(printed))
        told = (line.paper.id, line.subject.id)
        self.ranks_and_totals_agree(data, rows, told)
        self.awards_agree(data, rows, told)
        if line.paper.id == "bien_ban_kiem_phieu":
            self.counts_agree(line.subject.id, rows)
        if line.paper.result:
            found = data.assessment
            marked = "DỰ THẢO" in printed_text(printed)
            assert marked or not found.provisional, (*told, "provisional, and not a draft")
            open_ties = [t for t in found.ties if t.resolved_by is None]
            here = [t for t in open_ties if t.cluster in (None, data.cluster.id)]
            assert marked or not here, (*told, "an open tie, and not a draft")

    def ranks_and_totals_agree(
        self, data: PaperData, rows: list[Printed], told: tuple[str, str]
    ) -> None:
        by_name = {unit.name: unit.id for unit in data.units}
        for row in rows:
            if UNIT not in row or row[UNIT] not in by_name:
                continue
            result = data.assessment.units[by_name[row[UNIT]]]
            if TOTAL in row:
                assert row[TOTAL] == data.figures.published(result.card.total), (*told, row)
            if RANK in row and row[RANK].isdecimal():
                assert row[RANK] == str(result.rank), (*told, row)
            if RANK in row and not row[RANK].isdecimal():
                assert result.rank is None, (*told, row)

    def awards_agree(self, data: PaperData, rows: list[Printed], told: tuple[str, str]) -> None:
        """Each list of proposals names all of them and nobody else."""
        by_name = {unit.name: unit.id for unit in data.units}
        wanted = {
            (line.unit, line.title)
            for line in data.assessment.awards
            if line.state == "proposed" and line.cluster == data.cluster.id
        }
        titles = {title for _, title in wanted} | {a.title for a in data.assessment.awards}
        for head in PROPOSED:
            listed = [row for row in rows if head in row and row.cells.get(UNIT) in by_name]
            if not listed:
                continue
            found = {
                (by_name[row[UNIT]], title)
                for row in listed
                for title in titles
                if title in row[head] and not any(mark in row[head] for mark in WAITING)
            }
            assert found == wanted, (*told, head)

    def counts_agree(self, sheet_id: str, rows: list[Printed]) -> None:
        sheet = self.sheet(sheet_id)
        if sheet.ballot is None:
            return
        ballot = self.workspace.numbered(books.BALLOTS, "2026")[sheet.ballot]
        seen = {row["Số liệu"]: row["Số lượng"] for row in rows if "Số liệu" in row}
        for words, name in COUNTS.items():
            counted = getattr(ballot, name)
            if counted is not None:
                assert seen[words] == str(counted), (sheet_id, words)
        names = {c.name or self.desk.units[c.key].name: c.key for c in sheet.candidates}
        for row in rows:
            votes = row.cells.get("Số phiếu")
            if votes and row.cells.get(UNIT) in names:
                assert votes == str(ballot.votes[names[row[UNIT]]]), (sheet_id, row)
        assert sheet.stage in (BallotStage.COUNTED, BallotStage.CONFIRMED)


TestPapersOfAYear = PapersOfAYear.TestCase
TestPapersOfAYear.settings = settings(
    max_examples=2 * DOSE,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
