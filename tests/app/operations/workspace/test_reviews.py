"""Firmness, health of the criteria and comparison of years, out of a workspace."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from app.domain.snapshot import Unit
from app.domain.year import AwardRecord, AwardStage
from app.ground.findings import UserError
from app.operations.criteria_health import write_health, year_health
from app.operations.firmness import year_firmness
from app.operations.live import LiveYear
from app.operations.workspace.desk import Desk
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.explanations import answer_explanation, ask_explanation
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import add_units
from app.operations.workspace.successions import merge_units
from app.operations.workspace.turn import begin_next_year
from app.operations.workspace.years import open_year, year_record
from app.operations.years_comparison import compare_years, comparison_lines, write_comparisons
from app.persistence import books
from app.scoring.criteria_health import Sign
from app.scoring.disputes import DisputeKind

from .conftest import DAY, OFFICER, codes


@pytest.fixture
def next_year(handed_in: Desk) -> Desk:
    """2027, opened from 2026, with scores of its own."""
    desk, _, _ = begin_next_year(handed_in, year_record("2027"))
    for unit, points in (("u1", "15"), ("u2", "20"), ("u3", "10")):
        enter_scores(desk, [TypedCell(unit, "I.2", "self", points=points)])
    return desk


class TestFirmness:
    def test_what_a_unit_was_asked_is_in_dispute_until_it_answers(self, handed_in: Desk) -> None:
        asked, _ = ask_explanation(handed_in, "u2", "I.2", "self", "Vì sao đủ điểm?", DAY)
        (first, _) = year_firmness(handed_in).rankings["k1"]
        kinds = {(d.unit, d.criterion): (d.kind, d.points) for d in first.disputes}
        assert kinds["u2", "I.2"] == (DisputeKind.ASKED, 20)
        assert kinds["u1", "II.3"] == (DisputeKind.BLANK, 20)
        assert "20 điểm còn đang giải trình" in first.sentence
        answer_explanation(handed_in, asked.id, "Đã nộp báo cáo.", DAY)
        (first, _) = year_firmness(handed_in).rankings["k1"]
        assert "giải trình" not in first.sentence

    def test_the_change_can_be_seen_in_a_preview(self, handed_in: Desk) -> None:
        (first, _) = year_firmness(handed_in).rankings["k1"]
        assert first.swap is not None
        seen = LiveYear.opened(handed_in).preview([first.swap.entry])
        ranks = {move.unit: (move.old, move.new) for move in seen.moves if move.what == "rank"}
        assert ranks == {"u1": (1, 2), "u2": (2, 1)}

    def test_a_year_without_a_table_is_refused(self, bare: Desk) -> None:
        with pytest.raises(UserError) as fault:
            year_firmness(bare)
        assert codes(fault) == ["table_missing"]


class TestHealth:
    def test_earlier_years_stand_beside_this_one(self, next_year: Desk) -> None:
        (found,) = year_health(next_year)
        assert found.years == ("2027", "2026")
        (row,) = [row for row in found.rows if row.now.code == "I.2"]
        assert (row.now.full, row.earlier[0] and row.earlier[0].full) == (1, 3)
        assert found.with_sign(Sign.OFTEN_BLANK)

    def test_a_year_that_cannot_be_scored_is_named(self, handed_in: Desk) -> None:
        open_year(handed_in.workspace, OFFICER, year_record("2025"))
        (found,) = year_health(handed_in)
        assert (found.years, found.left_out) == (("2026",), ("2025",))

    def test_the_report_leaves_in_three_forms(self, handed_in: Desk, tmp_path: Path) -> None:
        ask_explanation(handed_in, "u2", "I.2", "self", "Vì sao?", DAY)
        written = write_health(year_health(handed_in), tmp_path, ("pdf", "xlsx", "txt"))
        assert sorted(file.suffix for file in written) == [".pdf", ".txt", ".xlsx"]
        book = openpyxl.load_workbook(tmp_path / "suc-khoe-tieu-chi-k1.xlsx")
        sheet = book["SỐ LIỆU TỪNG TIÊU CHÍ"]
        rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=5)}
        assert rows["I.2. Tiêu chí I.2"][1:4] == [20, "3/3", 20]


class TestComparison:
    def test_two_years_of_a_cluster(self, next_year: Desk, tmp_path: Path) -> None:
        (found,) = compare_years(next_year)
        assert [year.name for year in found.years] == ["2026", "2027"]
        lines = list(comparison_lines(found))
        assert lines[0] == "Cụm 1: năm 2026, năm 2027"
        assert lines[1:5] == [
            "  Sở Hai",
            "    2026: 71,50 điểm, hạng 2/3",
            "    2027: 20,00 điểm, hạng 1/3; Khen co",
            "    - -51,5 điểm, lên 1 hạng".replace("- -", "- −"),
        ]
        written = write_comparisons([found], tmp_path, ("pdf", "xlsx", "txt"))
        assert len(written) == 3

    def test_a_merger_and_decided_awards_are_followed(self, next_year: Desk) -> None:
        with next_year.act("award.decided", "Khen") as change:
            change.put(books.AWARDS, AwardRecord("a1", "u1", "co", AwardStage.DECIDED))
        merge_units(
            next_year, ["u2", "u3"], Unit("u9", "Sở Mới", "k1"), dt.date(2027, 7, 1), follow="u2"
        )
        (found,) = compare_years(next_year)
        units = {unit.unit: unit for unit in found.units}
        assert sorted(units) == ["u1", "u9"]
        assert [place.unit for place in units["u9"].places[0]] == ["u2", "u3"]
        assert [place.total for place in units["u9"].places[1]] == [20]
        assert units["u1"].places[1][0].awards == ("Khen co",)

    def test_one_year_alone_or_an_unknown_one_is_refused(self, handed_in: Desk) -> None:
        with pytest.raises(UserError) as fault:
            compare_years(handed_in)
        assert codes(fault) == ["years_too_few"]
        with pytest.raises(UserError) as fault:
            compare_years(handed_in, ["1999"])
        assert codes(fault) == ["period_unknown"]

    def test_years_may_be_named_and_later_ones_are_left_out(self, next_year: Desk) -> None:
        third, _, _ = begin_next_year(next_year, year_record("2028"))
        add_units(third, [Unit("u4", "Sở Bốn", "k1")])
        (found,) = compare_years(third, ["2026", "2028"])
        assert [year.name for year in found.years] == ["2026", "2028"]
        (found,) = compare_years(replace(third, period="2027"))
        assert [year.name for year in found.years] == ["2026", "2027"]
