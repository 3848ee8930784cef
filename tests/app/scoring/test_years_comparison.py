"""Years side by side: units that were renamed, moved, merged and split; criteria that changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from app.domain.snapshot import Cluster, Period, Unit
from app.domain.year import Succession
from app.reports import text
from app.reports.years_comparison import build_years_comparison, change_words, comparison_chart_of
from app.rules.document import LoadedPack
from app.scoring.assess import assess
from app.scoring.lineages import Members, lineages
from app.scoring.years_comparison import UnitYears, YearResult, YearsComparison, years_comparison
from tests import builders as b

DAY = dt.date(2026, 7, 1)


def table(**more: Any) -> LoadedPack:
    return b.pack(
        b.direct("1", 60, title="Thu ngân sách"), b.direct("2", 40, title="Cải cách"), **more
    )


def year(
    name: int,
    totals: Mapping[str, int | None],
    *,
    pack: LoadedPack | None = None,
    successions: Sequence[Succession] = (),
    units: Sequence[Unit] = (),
    decided: Mapping[str, tuple[str, ...]] | None = None,
) -> YearResult:
    """A year of units with so many points, at most 60 of them in the first criterion."""
    period = Period(str(name), dt.date(name, 1, 1), dt.date(name, 12, 31))
    known = {unit.id: unit for unit in units}
    first = (pack or table()).rules.criteria[0]
    entries = []
    for unit, total in totals.items():
        if total is not None:
            top = min(total, int(first.max or 0))
            entries.append(b.entry(unit, first.code, points=top))
            second = (pack or table()).rules.criteria[1].code
            entries.append(b.entry(unit, second, points=total - top))
    members = [known.get(unit, b.unit(unit)) for unit in totals]
    facts = b.snapshot(Cluster("k1", "Khối 1"), members, entries, period=period)
    return YearResult(str(name), assess(facts, pack or table()), tuple(successions), decided or {})


def came(unit: str, predecessor: str, kind: Any, period: str = "2026") -> Succession:
    return Succession(unit, predecessor, period, kind, DAY)


def by_unit(found: YearsComparison) -> dict[str, UnitYears]:
    return {unit.unit: unit for unit in found.units}


def totals(unit: UnitYears) -> list[list[tuple[str, Fraction | None, int | None]]]:
    return [[(p.unit, p.total, p.rank) for p in places] for places in unit.places]


def gone(unit: str) -> Unit:
    return b.unit(unit, left=dt.date(2026, 6, 30))


def test_the_same_unit_in_three_years() -> None:
    years = [year(2024, {"u1": 80, "u2": 90}), year(2025, {"u1": 85, "u2": 70})]
    found = years_comparison([*years, year(2026, {"u1": 95, "u2": 96})], "k1")
    assert [unit.unit for unit in found.units] == ["u2", "u1"]
    assert totals(found.units[1]) == [[("u1", 80, 2)], [("u1", 85, 1)], [("u1", 95, 2)]]
    assert change_words(found, found.units[1]) == ["+10 điểm", "xuống 1 hạng"]
    assert change_words(found, found.units[0]) == ["+26 điểm", "lên 1 hạng"]
    assert found.same_scale


def test_a_unit_that_was_renamed_under_a_new_id_is_followed() -> None:
    now = year(2026, {"u9": 90, "u2": 80}, successions=[came("u9", "u1", "renamed", "2025")])
    found = years_comparison([year(2025, {"u1": 85, "u2": 88}), now], "k1")
    assert totals(by_unit(found)["u9"]) == [[("u1", 85, 2)], [("u9", 90, 1)]]
    assert by_unit(found)["u9"].notes == ("đổi tên từ Đơn vị u1 (01/07/2026)",)
    chart = comparison_chart_of(found)
    assert chart is not None
    assert [(x.name, x.before, x.now, x.new) for x in chart.lines] == [
        ("Đơn vị u9", 85, 90, False),
        ("Đơn vị u2", 88, 80, False),
    ]


def test_units_that_merged_in_mid_year_stand_under_the_new_one() -> None:
    now = year(
        2026,
        {"u1": 10, "u2": None, "u9": 90},
        units=[gone("u1"), gone("u2")],
        successions=[came("u9", "u1", "merged"), came("u9", "u2", "merged")],
    )
    found = years_comparison([year(2025, {"u1": 85, "u2": 88}), now], "k1")
    (unit,) = found.units
    assert totals(unit) == [[("u1", 85, 2), ("u2", 88, 1)], [("u9", 90, 1)]]
    assert unit.notes == ("sáp nhập từ Đơn vị u1, Đơn vị u2 (01/07/2026)",)
    assert change_words(found, unit) == []
    chart = comparison_chart_of(found)
    assert chart is not None
    assert [(line.name, line.new) for line in chart.lines] == [("Đơn vị u9", True)]


def test_the_parts_of_a_unit_that_was_split_both_come_from_it() -> None:
    now = year(
        2026,
        {"u1": 10, "a": 90, "c": 70},
        units=[gone("u1")],
        successions=[came("a", "u1", "split"), came("c", "u1", "split")],
    )
    found = years_comparison([year(2025, {"u1": 85}), now], "k1")
    assert {u: totals(one) for u, one in by_unit(found).items()} == {
        "a": [[("u1", 85, 1)], [("a", 90, 1)]],
        "c": [[("u1", 85, 1)], [("c", 70, 2)]],
    }


def test_a_unit_that_moved_here_brings_its_years_in_another_cluster() -> None:
    before = year(2025, {"u1": 85, "v1": 70}, units=[b.unit("v1", "k2")])
    found = years_comparison([before, year(2026, {"u1": 85, "v1": 90})], "k1")
    moved = by_unit(found)["v1"]
    assert moved.places[0][0].cluster == "k2"
    assert change_words(found, moved) == ["+20 điểm"]
    assert "1/1 (cụm, khối khác)" in text.render(build_years_comparison(found))


def test_new_units_and_those_that_are_gone_are_told() -> None:
    found = years_comparison(
        [year(2025, {"u1": 85, "u2": 60}), year(2026, {"u1": 85, "u3": 70})], "k1"
    )
    assert {unit.unit: unit.notes for unit in found.units} == {
        "u1": (),
        "u3": ("mới từ năm 2026",),
        "u2": ("không còn từ năm 2026",),
    }
    assert change_words(found, found.units[0]) == ["0 điểm", "giữ hạng"]


def test_another_name_under_the_same_id_is_told() -> None:
    named = Unit("u1", "Sở Nội vụ", "k1")
    found = years_comparison([year(2025, {"u1": 85}), year(2026, {"u1": 85}, units=[named])], "k1")
    assert found.units[0].notes == ("trước đây là Đơn vị u1",)


def test_a_unit_without_any_score_has_no_total_and_no_rank() -> None:
    found = years_comparison(
        [year(2025, {"u1": 85, "u2": None}), year(2026, {"u1": 1, "u2": 2})], "k1"
    )
    assert totals(by_unit(found)["u2"])[0] == [("u2", None, None)]


def test_awards_that_were_decided_stand_before_proposals() -> None:
    pack = b.pack(
        b.direct("1", 60, title="Thu"), b.direct("2", 40, title="Chi"), b.award("co", b.fixed(1))
    )
    years = [
        year(2025, {"u1": 85, "u2": 60}, pack=pack),
        year(2026, {"u1": 85, "u2": 60}, pack=pack, decided={"u2": ("Cờ thi đua",)}),
    ]
    found = by_unit(years_comparison(years, "k1"))
    assert [p.awards for year_ in found["u1"].places for p in year_] == [("Khen co",), ()]
    assert [p.awards for year_ in found["u2"].places for p in year_] == [(), ("Cờ thi đua",)]


def test_other_scales_are_compared_by_percent() -> None:
    larger = b.pack(b.direct("1", 120, title="Thu ngân sách"), b.direct("2", 80, title="Cải cách"))
    years = [year(2025, {"u1": 80}), year(2026, {"u1": 180}, pack=larger)]
    found = years_comparison(years, "k1")
    assert (found.same_scale, found.scales) == (False, (100, 200))
    assert change_words(found, found.units[0]) == ["+10%", "giữ hạng"]
    printed = text.render(build_years_comparison(found))
    assert "Thang điểm các năm: năm 2025 100 điểm; năm 2026 200 điểm." in printed
    assert found.criteria[0].notes == ("năm 2026: điểm tối đa 60 thành 120",)


def test_criteria_new_gone_renumbered_and_renamed_are_told() -> None:
    before = b.pack(
        b.direct("1", 60, title="Thu ngân sách"),
        b.direct("2", 40, title="Cải cách hành chính 2025"),
        b.direct("3", 5, title="Việc cũ"),
    )
    now = b.pack(
        b.direct("5", 60, title="Thu ngân sách"),
        b.direct("2", 30, title="Cải cách hành chính 2026"),
        b.direct("4", 5, title="Chuyển đổi số"),
    )
    found = years_comparison(
        [year(2025, {"u1": 80}, pack=before), year(2026, {"u1": 80}, pack=now)], "k1"
    )
    assert {one.last.code: one.notes for one in found.criteria} == {
        "5": ("năm 2026: mã 1 thành 5",),
        "2": (
            "năm 2026: điểm tối đa 40 thành 30",
            "năm 2026: đổi tên, trước là “Cải cách hành chính 2025”",
        ),
        "4": ("mới từ năm 2026",),
        "3": ("không còn từ năm 2026",),
    }
    assert [year_ and year_.reached for year_ in found.criteria[0].years] == [100, 100]


def test_nothing_changed_is_said_too() -> None:
    found = years_comparison([year(2025, {"u1": 80}), year(2026, {"u1": 80})], "k1")
    printed = text.render(build_years_comparison(found))
    assert "Các tiêu chí, mã và điểm tối đa không thay đổi." in printed
    assert printed.count("Tổng điểm năm 2026 so với năm 2025") == 1


def test_a_cluster_that_is_new_this_year_has_no_picture() -> None:
    before = year(2025, {"u1": 80}, units=[b.unit("u1", "k9")])
    found = years_comparison([before, year(2026, {"u1": 80})], "k1")
    assert comparison_chart_of(found) is None
    assert "80,00" in text.render(build_years_comparison(found))


def test_successions_in_a_circle_come_to_an_end() -> None:
    one = [came("a", "b", "renamed"), came("b", "a", "renamed")]
    found = lineages([Members("2026", ["a", "b"], (), tuple(one))], [["a", "b"]])
    assert [x.unit for x in found] == ["a"]
