"""The reports of the half year and the year tell what the book keeps, and no more."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from app.domain.conference import Activity
from app.domain.snapshot import Period
from app.domain.year import AwardRecord, AwardStage, Target
from app.reports.charts.description import GapsChart, SectionsChart, YearsChart
from app.reports.document import Chart, Document
from app.reports.papers.data import PaperData, YearBook
from app.reports.papers.report_papers import middle_of
from app.scoring.assess import assess
from tests.app.reports.papers.paper_figures import changed, paper, reasons, row, table, words


def pictures(document: Document) -> list[object]:
    return [block.shows for block in document.blocks if isinstance(block, Chart)]


class TestTheHalfYear:
    def test_holds_what_was_reached_against_the_plan_of_the_year(self, sample: PaperData) -> None:
        rows = table(paper(sample, "bao_cao_so_ket").blocks, "Kế hoạch năm")
        # 22 of 40; 82 of 85; 91,5 of 90
        assert row(rows, "Số cuộc phổ biến pháp luật")[3:] == ["40", "22", "55,00"]
        assert row(rows, "Hòa giải thành ở cơ sở")[5] == "96,47"
        assert row(rows, "Tỷ lệ điều tra, khám phá án")[5] == "101,67"

    @pytest.mark.parametrize(
        ("plan", "reached", "shown"),
        [
            (Fraction(0), Fraction(5), ["0", "5", ""]),
            (Fraction(40), None, ["40", "—", ""]),
            (None, Fraction(5), ["—", "5", ""]),
            (Fraction(40), Fraction(0), ["40", "0", "0,00"]),
            (True, True, ["có", "có", ""]),
            (dt.date(2019, 5, 30), dt.date(2019, 5, 20), ["30/05/2019", "20/05/2019", ""]),
        ],
    )
    def test_gives_a_percent_only_where_both_are_numbers(
        self, sample: PaperData, plan: object, reached: object, shown: list[str]
    ) -> None:
        target = Target("tu_phap", "1", "Chỉ tiêu", plan=plan, half_year=reached)  # type: ignore[arg-type]
        data = replace(sample, book=replace(sample.book, targets=(target,)))
        rows = table(paper(data, "bao_cao_so_ket").blocks, "Kế hoạch năm")
        assert row(rows, "Chỉ tiêu")[3:] == shown

    def test_leaves_out_what_came_in_the_second_half(self, sample: PaperData) -> None:
        told = [r[1] for r in table(paper(sample, "bao_cao_so_ket").blocks, "Thời gian") if r[1:]]
        assert told == ["Cải cách hành chính, phục vụ nhân dân"]

    def test_names_who_registered_nothing(self, sample: PaperData) -> None:
        kept = tuple(
            r for r in sample.book.registrations if (r.unit, r.kind) != ("toa_an", "pledge")
        )
        data = replace(sample, book=replace(sample.book, registrations=kept))
        report = paper(data, "bao_cao_so_ket")
        assert row(table(report.blocks, "Ký kết giao ước"), "Tòa án nhân dân tỉnh")[3] == "—"
        assert "Chưa ghi nhận ký kết giao ước: Tòa án nhân dân tỉnh." in words(report)

    @pytest.mark.parametrize(
        ("start", "middle"),
        [(dt.date(2019, 1, 1), dt.date(2019, 6, 30)), (dt.date(2018, 8, 1), dt.date(2019, 1, 31))],
    )
    def test_ends_with_the_sixth_month(
        self, sample: PaperData, start: dt.date, middle: dt.date
    ) -> None:
        facts = replace(
            sample.assessment.snapshot, period=Period("2019", start, dt.date(2019, 12, 31))
        )
        assert middle_of(changed(sample, facts)) == middle

    def test_of_an_empty_book_says_what_is_not_there(self, sample: PaperData) -> None:
        told = words(paper(replace(sample, book=YearBook()), "bao_cao_so_ket"))
        assert "Chưa có văn bản nào được ghi nhận." in told
        assert "Chưa có hoạt động nào được ghi nhận." in told
        assert any(text.startswith("Chưa ghi nhận chỉ tiêu của: ") for text in told)


class TestTheYear:
    def test_ranks_as_the_result_does(self, sample: PaperData) -> None:
        rows = table(paper(sample, "bao_cao_tong_ket").blocks, "Đề nghị khen thưởng")
        assert [r[0] for r in rows] == ["1", "2", "3", "4", "5", "6", "7", "—"]
        assert row(rows, "Sở Tư pháp")[2:] == [
            "964,00",
            "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        ]

    def test_counts_the_proposals_and_names_who_waits(self, sample: PaperData) -> None:
        told = words(paper(sample, "bao_cao_tong_ket"))
        assert "- Cờ thi đua của Ủy ban nhân dân tỉnh: 01 đơn vị (Tòa án nhân dân tỉnh)." in told
        (waiting,) = [text for text in told if "(chờ kết luận)" in text]
        assert waiting.endswith("01 đơn vị (Cục Thi hành án dân sự tỉnh).")

    def test_tells_the_decisions_of_this_year_and_not_those_of_another(
        self, sample: PaperData
    ) -> None:
        made = AwardRecord(
            *("x", "toa_an", "co_ubnd_tinh", AwardStage.DECIDED, "2019", "77/QĐ-UBND"),
            date=dt.date(2020, 1, 20),
        )
        data = replace(sample, book=replace(sample.book, awards=(*sample.book.awards, made)))
        told = words(paper(data, "bao_cao_tong_ket"))
        assert (
            "- Tòa án nhân dân tỉnh: Cờ thi đua của Ủy ban nhân dân tỉnh theo Quyết định số "
            "77/QĐ-UBND ngày 20/01/2020." in told
        )
        assert not any("1520/QĐ-UBND" in text for text in told)

    def test_leaves_out_the_activities_of_another_cluster(self, sample: PaperData) -> None:
        other = Activity("z", "movement", "Phong trào của cụm khác", cluster="k9")
        data = replace(sample, book=replace(sample.book, activities=(other,)))
        assert "Chưa có hoạt động nào được ghi nhận." in words(paper(data, "bao_cao_tong_ket"))

    def test_is_a_draft_while_the_ranking_round_is_open(self, sample: PaperData) -> None:
        assert not paper(sample, "bao_cao_tong_ket").draft
        data = replace(sample, book=replace(sample.book, round_states=()))
        assert reasons(paper(data, "bao_cao_tong_ket"))

    def test_shows_the_sections_and_the_largest_gaps_of_the_cluster(
        self, sample: PaperData
    ) -> None:
        sections, gaps = pictures(paper(sample, "bao_cao_tong_ket"))
        assert isinstance(sections, SectionsChart)
        assert [bar.total for bar in sections.bars] == [
            sample.assessment.units[unit].card.total for unit in sample.ranked
        ]
        assert isinstance(gaps, GapsChart)
        assert len(gaps.rows) == 10
        # Thanh tra gave itself 70 % of 80 points for "khá"; the department said "yếu"
        assert gaps.rows[0].difference == Fraction(-56)
        # 26 points up for Biên phòng: 78 became 104
        assert gaps.rows[1].difference == Fraction(26)
        assert gaps.others == 6

    def test_draws_no_gaps_where_nothing_was_changed(self, sample: PaperData) -> None:
        facts = sample.assessment.snapshot
        turns = {r.id for r in sample.assessment.pack.rules.rounds if r.hand == "unit"}
        own = tuple(e for e in facts.entries if e.round in turns or e.criterion.startswith("III."))
        report = paper(changed(sample, replace(facts, entries=own)), "bao_cao_tong_ket")
        assert [type(shown) for shown in pictures(report)] == [SectionsChart]
        assert "Điểm được tính không khác điểm tự chấm ở tiêu chí nào có đủ hai điểm." in words(
            report
        )

    def test_compares_with_last_year_unit_by_unit(self, sample: PaperData) -> None:
        report = paper(with_last_year(sample), "bao_cao_tong_ket")
        rows = table(report.blocks, "Tăng, giảm")
        # last year Sở Tư pháp had nothing for IV.1.1 (8 points now); Tòa án was not a member
        assert row(rows, "Sở Tư pháp")[2:] == ["956,00", "2", "964,00", "3", "+8,00"]
        assert row(rows, "Tòa án nhân dân tỉnh")[2:] == ["—", "—", "972,95", "1", "—"]
        assert isinstance(pictures(report)[2], YearsChart)

    def test_without_a_last_year_says_so(self, sample: PaperData) -> None:
        told = words(paper(sample, "bao_cao_tong_ket"))
        assert "Chưa có kết quả năm trước để so sánh." in told


def with_last_year(data: PaperData) -> PaperData:
    """A year before in which Tòa án was not there and Sở Tư pháp had no points for IV.1.1."""
    facts = data.assessment.snapshot
    entries = tuple(
        replace(e, points=Fraction(0)) if (e.unit, e.criterion) == ("tu_phap", "IV.1.1") else e
        for e in facts.entries
        if e.unit != "toa_an"
    )
    before = replace(
        facts,
        period=Period("2018", dt.date(2018, 1, 1), dt.date(2018, 12, 31)),
        units=tuple(unit for unit in facts.units if unit.id != "toa_an"),
        entries=entries,
        own_criteria=tuple(o for o in facts.own_criteria if o.unit != "toa_an"),
        ballots=(),
    )
    return replace(data, last_year=assess(before, data.assessment.pack))
