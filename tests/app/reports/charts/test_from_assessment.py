"""Descriptions are read from the assessment: published numbers, and blanks that are no zeros."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from dataclasses import replace
from fractions import Fraction
from types import ModuleType

import pytest

from app.domain.snapshot import EntryState
from app.reports.charts.description import PartKind, clean
from app.reports.charts.from_assessment import comparison_chart, gaps_chart, sections_chart
from app.reports.charts.from_years import YearTotals, year_totals, years_chart
from app.scoring.assess import assess
from app.scoring.assessment import Assessment
from tests.builders import (
    criterion,
    deduction,
    deduction_item,
    direct,
    entry,
    given_total,
    pack,
    snapshot,
    units,
)


@pytest.fixture(scope="module")
def settled(cluster: ModuleType) -> Assessment:
    found: Assessment = cluster.settled()
    return found


@pytest.fixture(scope="module")
def unfinished(cluster: ModuleType) -> Assessment:
    found: Assessment = cluster.unfinished()
    return found


def test_bars_carry_the_published_numbers_and_deductions_as_negatives(settled: Assessment) -> None:
    chart = sections_chart(settled, settled.snapshot.clusters[0])
    court = next(bar for bar in chart.bars if bar.name == "Tòa án nhân dân tỉnh")
    card = settled.units["u4"].card
    assert court.total == card.total
    assert court.values[chart.parts.index(chart.parts[0])] == card.sections["I"].points
    minus = next(n for n, part in enumerate(chart.parts) if part.kind is PartKind.DEDUCTION)
    assert court.values[minus] == -card.deductions.total
    assert court.lost == card.deductions.total


def test_sections_without_any_score_have_no_number() -> None:
    rules = pack(criterion("I"), direct("I.1", 10), criterion("II"), direct("II.1", 10))
    found = assess(snapshot(units(2), entry("u1", "I.1", points=0)), rules)
    chart = sections_chart(found, found.snapshot.clusters[0])
    first = next(bar for bar in chart.bars if bar.values[0] is not None)
    second = next(bar for bar in chart.bars if bar is not first)
    assert first.values == (0, None)
    assert first.total == 0
    assert first.unscored == ("II",)
    assert second.values == (None, None)
    assert second.total is None
    assert "còn 3 ô chưa chấm" in chart.alt


def test_what_was_left_blank_is_counted(unfinished: Assessment) -> None:
    chart = sections_chart(unfinished, unfinished.snapshot.clusters[0])
    assert {bar.name: bar.blanks for bar in chart.bars if bar.blanks} == {"Công an tỉnh": 1}
    assert chart.provisional


MINUS = deduction_item("d", {"kind": "per_count", "points": 10})


def test_negative_totals_are_shown_as_they_are() -> None:
    rules = pack(direct("I", 10), MINUS, scoring={"clamp": {"low": "none"}})
    facts = snapshot(units(1), entry("u1", "I", points=3), deduction("u1", "d", count=2))
    chart = sections_chart(found := assess(facts, rules), found.snapshot.clusters[0])
    (row,) = chart.bars
    assert (row.values, row.total) == ((3, -20), -17)
    assert "−17,00" in chart.alt


def test_a_total_that_its_parts_do_not_add_up_to_says_why() -> None:
    rules = pack(direct("I", 10), MINUS)
    facts = snapshot(units(1), entry("u1", "I", points=3), deduction("u1", "d", count=2))
    chart = sections_chart(found := assess(facts, rules), found.snapshot.clusters[0])
    (row,) = chart.bars
    assert row.total == 0
    assert "ra ngoài thang điểm" in row.reason


def test_a_total_that_was_sent_as_a_whole_is_one_part() -> None:
    rules = pack(direct("I", 10), direct("II", 10))
    facts = snapshot(units(1), given_total("u1", 15))
    chart = sections_chart(found := assess(facts, rules), found.snapshot.clusters[0])
    assert [part.kind for part in chart.parts][-1] is PartKind.SENT
    assert chart.bars[0].values == (None, None, 15)
    assert chart.bars[0].blanks == 0


def test_gaps_start_with_the_largest_and_count_the_rest(settled: Assessment) -> None:
    chart = gaps_chart(settled, "u6", most=1)
    every = gaps_chart(settled, "u6")
    assert len(chart.rows) == 1
    assert chart.others == len(every.rows) - 1
    changes = [abs(row.difference) for row in every.rows if row.difference is not None]
    assert changes == sorted(changes, reverse=True)
    assert every.rows[0].label in every.alt
    criteria = settled.units["u6"].card.criteria
    total = sum(score.state is not EntryState.NOT_ASSIGNED for score in criteria.values())
    assert len(every.rows) + every.others + every.same + every.unscored == total


def test_gaps_name_a_criterion_by_all_its_labels(settled: Assessment) -> None:
    labels = {row.label for unit in settled.units for row in gaps_chart(settled, unit).rows}
    assert "II.1" in labels


def test_a_criterion_that_only_one_side_scored_is_no_gap() -> None:
    rules = pack(direct("I", 10), direct("II", 10))
    found = assess(snapshot(units(1), entry("u1", "I", points=3)), rules)
    chart = gaps_chart(found, "u1")
    assert chart.rows == ()
    assert chart.unscored >= 1
    assert "không có đủ hai điểm" in chart.rest


def test_what_was_not_done_is_zero_with_its_mark_and_what_was_not_assigned_is_left_out() -> None:
    hands = [
        {"id": "self", "title": "Tự chấm", "hand": "unit"},
        {"id": "final", "title": "Thẩm định", "hand": "department"},
    ]
    rules = pack(direct("I", 10), direct("II", 10), rounds=hands)
    facts = snapshot(
        units(1),
        entry("u1", "I", points=8, round="self"),
        entry("u1", "I", state=EntryState.NOT_DONE),
        entry("u1", "II", state=EntryState.NOT_ASSIGNED, round="self"),
        entry("u1", "II", state=EntryState.NOT_ASSIGNED),
    )
    chart = gaps_chart(assess(facts, rules), "u1")
    (row,) = chart.rows
    assert row.difference == -8
    assert row.words(chart.numbers) == ("8,00", "KTH")
    assert chart.unscored == 0
    assert "từ 8,00 thành KTH" in chart.alt


def test_gaps_by_sections_need_the_year_scored_by_the_units(settled: Assessment) -> None:
    own = assess(replace(settled.snapshot, ranking_round="self"), settled.pack)
    chart = gaps_chart(settled, "u4", self_scored=own)
    assert chart.noun == "phần"
    for row in chart.rows:
        assert row.own == own.units["u4"].card.sections[row.label].points
        assert row.final == settled.units["u4"].card.sections[row.label].points


def test_a_comparison_says_who_is_ahead_where(settled: Assessment) -> None:
    chart = comparison_chart(settled, "u4", "u7")
    assert [pair.part.label for pair in chart.pairs][:2] == ["I", "II"]
    assert chart.one.total == settled.units["u4"].card.total
    assert "Tòa án nhân dân tỉnh hơn ở phần I" in chart.alt
    assert "hơn ở điểm trừ (bớt" in chart.alt


def test_years_are_matched_by_id_and_say_who_joined_and_who_left(settled: Assessment) -> None:
    now = year_totals(settled, settled.snapshot.clusters[0])
    kept = {unit: total for unit, total in now.totals.items() if unit != "u1"}
    before = YearTotals("năm 2025", {**kept, "x": Fraction(251)}, {"x": "Sở Ngoại vụ"})
    chart = years_chart(before, now)
    assert [line.name for line in chart.lines if line.new] == ["Sở Tư pháp"]
    assert [line.name for line in chart.lines if line.left] == ["Sở Ngoại vụ"]
    assert "mới: Sở Tư pháp" in chart.alt
    assert "không còn: Sở Ngoại vụ" in chart.alt
    assert "7 đơn vị giữ nguyên" in chart.alt


def test_years_with_different_scales_are_compared_in_percent(settled: Assessment) -> None:
    now = year_totals(settled, settled.snapshot.clusters[0])
    assert now.scale is not None
    before = replace(now, name="năm 2025", scale=now.scale / 2)
    chart = years_chart(before, now)
    assert chart.percent
    assert "thang điểm" in chart.note.lower()
    unknown = years_chart(replace(before, percents={}), now)
    assert not unknown.percent
    assert "không so trực tiếp được" in unknown.note


def test_a_year_without_score_is_no_point_and_no_zero() -> None:
    years = [
        YearTotals(name, {"a": total}, {"a": "Sở A"})
        for name, total in (("năm 2025", None), ("năm 2026", Fraction(5)))
    ]
    (line,) = years_chart(*years).lines
    assert line.before is None
    assert not line.new


def test_names_are_composed_on_one_line_and_without_control_characters() -> None:
    assert clean(unicodedata.normalize("NFD", "Sở\n Nội\tvụ\u0000")) == "Sở Nội vụ"


def test_a_document_can_carry_a_picture_without_loading_graphics() -> None:
    code = (
        "import sys, app.reports, app.reports.document, app.reports.text, "
        "app.reports.charts.from_years; print('reportlab' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
