"""What the scores say about the criteria, counted by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from app.rules.document import LoadedPack
from app.scoring.assess import assess
from app.scoring.criteria_health import CriteriaHealth, Sign, criteria_health
from app.scoring.criteria_matching import matched, scored_rows
from app.scoring.criteria_statistics import CriterionStatistics, criteria_statistics
from tests import builders as b

ROUNDS = [
    {"id": "self", "title": "Tự chấm"},
    {"id": "final", "title": "Thẩm định", "hand": "department", "stands_in": "self"},
]


def rules(*rows: b.Row, **scoring: Any) -> LoadedPack:
    return b.pack(*rows, rounds=ROUNDS, scoring=scoring)


def plain(count: int = 2) -> LoadedPack:
    return rules(*(b.direct(str(n), 10) for n in range(1, count + 1)))


def entries(code: str, *points: int | str | None, round: str = b.ROUND) -> list[Any]:
    return [
        b.entry(f"u{n}", code, round, points=value, reason="x")
        for n, value in enumerate(points, 1)
        if value is not None
    ]


def of(
    pack: LoadedPack, count: int, *facts: Any, asked: frozenset[tuple[str, str]] = frozenset()
) -> dict[str, CriterionStatistics]:
    found = assess(b.snapshot(b.units(count), *facts), pack)
    return {one.code: one for one in criteria_statistics(found, "k1", asked).criteria}


def health(pack: LoadedPack, count: int, *facts: Any, **more: Any) -> CriteriaHealth:
    return criteria_health((assess(b.snapshot(b.units(count), *facts), pack), ()), "k1", **more)


def signs(found: CriteriaHealth) -> dict[str, list[Sign]]:
    return {row.now.code: [remark.sign for remark in row.remarks] for row in found.rows}


def test_the_share_of_the_spread_is_the_covariance_with_the_totals() -> None:
    # totals 10, 8, 3: mean 7, away 3, 1, -4, variance 9 + 1 + 16 = 26
    # criterion 1: 6·3 + 6·1 - 1·4 = 20; criterion 2: 4·3 + 2·1 - 2·4 = 6
    found = of(plain(), 3, entries("1", 6, 6, 1), entries("2", 4, 2, 2))
    assert [one.share for one in found.values()] == [Fraction(20, 26), Fraction(6, 26)]


def test_who_is_ahead_on_the_whole_but_behind_here_makes_a_share_negative() -> None:
    # totals 9, 5: away 2, -2, variance 8; criterion 2: 1·2 - 3·2 = -4
    found = of(plain(), 2, entries("1", 8, 2), entries("2", 1, 3))
    assert [one.share for one in found.values()] == [Fraction(12, 8), Fraction(-4, 8)]


def test_bonus_deductions_and_caps_have_their_own_shares() -> None:
    pack = rules(
        b.criterion("I", cap=10),
        b.direct("I.1", 8),
        b.direct("I.2", 8),
        b.bonus_item("them", {"kind": "points"}),
        b.deduction_item("tre", {"kind": "per_count", "points": 1}),
    )
    facts = (
        entries("I.1", 8, 5),
        entries("I.2", 8, 4),
        b.bonus("u1", "them", points=2),
        b.deduction("u2", "tre", count=3),
    )
    # u1: 8 + 8 -> 10, + 2 = 12; u2: 9 - 3 = 6; away 3, -3, variance 18
    found = criteria_statistics(assess(b.snapshot(b.units(2), *facts), pack), "k1")
    shares = {one.code: one.share for one in found.criteria}
    assert shares == {"I.1": Fraction(9, 18), "I.2": Fraction(12, 18)}
    assert found.rests == {
        "bonus": Fraction(6, 18),
        "deductions": Fraction(9, 18),
        "other": Fraction(-18, 18),
    }


def test_equal_totals_have_no_spread_to_share() -> None:
    found = of(plain(), 2, entries("1", 5, 3), entries("2", 3, 5))
    assert [one.share for one in found.values()] == [None, None]


def test_counts_states_and_points() -> None:
    facts = (
        b.entry("u1", "1", points=10),
        b.entry("u2", "1", points=0),
        b.entry("u3", "1", state="not_done"),
        b.entry("u4", "1", state="not_assigned"),
        entries("2", 1, 1, 1, 1, 1),
    )
    one = of(plain(), 5, *facts)["1"]
    assert (one.units, one.scored, one.not_done, one.not_assigned, one.blank) == (5, 2, 1, 1, 1)
    assert (one.full, one.zero, one.lowest, one.highest, one.mean) == (1, 1, 0, 10, 5)
    assert not one.level


def test_disputes_count_each_unit_once() -> None:
    pack = rules(b.criterion("1", 10, {"kind": "yes_no"}))
    facts = (
        b.entry("u1", "1", "self", achieved=True),
        b.entry("u1", "1", points=4, achieved=True, reason="thiếu"),
        b.entry("u2", "1", "self", achieved=True),
        b.entry("u2", "1", achieved=False),
        b.entry("u3", "1", achieved=True),
    )
    one = of(pack, 3, *facts, asked=frozenset({("u1", "1"), ("u3", "1")}))["1"]
    assert (one.differing, one.overridden, one.asked, one.disputed) == (2, 1, 2, 3)
    # u1 claimed 10 and has 4, u2 claimed 10 and has 0; u3 made no claim
    assert (one.compared, one.inflation) == (2, 8)


def test_evidence_is_expected_of_those_who_score_themselves_or_where_the_table_asks() -> None:
    pack = rules(b.direct("1", 10), b.direct("2", 10, needs_evidence=True))
    facts = (
        b.entry("u1", "1", "self", points=5, evidence=1),
        b.entry("u2", "1", "self", points=5),
        b.entry("u3", "1", points=5),
        entries("2", 5, 5, 5),
    )
    found = of(pack, 3, *facts)
    assert (found["1"].expected, found["1"].unproven) == (2, 1)
    assert (found["2"].expected, found["2"].unproven) == (3, 3)


def test_criteria_of_the_units_own_are_counted_as_their_slot() -> None:
    pack = rules(b.criterion("1", 10, slot={}))
    own = [b.own("u1", "1", "1.a", 6, "direct"), b.own("u1", "1", "1.b", 4, "direct")]
    own += [b.own("u2", "1", "1.a", 10, "direct")]
    facts = [
        b.entry("u1", "1.a", points=6),
        b.entry("u1", "1.b", points=4),
        b.entry("u2", "1.a", points=7),
    ]
    found = of(pack, 2, own, facts)
    assert list(found) == ["1"]
    assert (found["1"].full, found["1"].lowest, found["1"].highest) == (1, 7, 10)
    assert found["1"].share == 1


def test_units_without_any_score_and_those_that_left_are_not_counted() -> None:
    gone = b.unit("u4", left=b.YEAR.start)
    facts = b.snapshot(b.units(3), gone, entries("1", 5, 6, None, 7))
    found = criteria_statistics(assess(facts, plain(1)), "k1")
    assert found.units == ("u1", "u2")


# ------------------------------------------------------------------ signs and their sentences


def test_a_criterion_that_all_reach_in_full_does_not_part_them() -> None:
    found = health(plain(), 8, entries("1", *[10] * 8), entries("2", *range(1, 9)))
    assert signs(found) == {"1": [Sign.ALWAYS_FULL], "2": [Sign.DECIDES_MUCH]}
    assert found.rows[0].remarks[0].sentence == (
        "8/8 đơn vị đạt tối đa: tiêu chí này chưa phân loại được; có thể cân nhắc nâng yêu cầu "
        "hoặc giảm điểm tối đa."
    )


def test_level_zero_and_mostly_full_are_told_apart() -> None:
    pack = plain(4)
    found = health(
        pack,
        4,
        entries("1", 5, 5, 5, 5),
        entries("2", 0, 0, 0, 0),
        entries("3", 10, 10, 10, 9),
        entries("4", 1, 5, 7, 9),
    )
    assert signs(found) == {
        "1": [Sign.NEVER_DIFFERS],
        "2": [Sign.NEVER_ABOVE_ZERO],
        "3": [Sign.MOSTLY_FULL],
        "4": [Sign.DECIDES_MUCH],
    }
    assert [row.now.code for row in found.with_sign(Sign.NEVER_ABOVE_ZERO)] == ["2"]


def test_blank_not_assigned_and_inflated_are_remarked() -> None:
    pack = plain(3)
    found = health(
        pack,
        3,
        entries("1", 5, 6, None),
        [b.entry(u, "2", state="not_assigned") for u in ("u1", "u2", "u3")],
        entries("3", 9, 9, 9, round="self"),
        entries("3", 5, 6, 7),
    )
    told = signs(found)
    assert Sign.OFTEN_BLANK in told["1"]
    assert told["2"] == [Sign.OFTEN_NOT_ASSIGNED]
    assert {Sign.DISPUTED, Sign.INFLATED} <= set(told["3"])
    words = " ".join(remark.sentence for row in found.rows for remark in row.remarks)
    assert "3 đơn vị tự chấm cao hơn kết quả trung bình 3,00 điểm" in words


def test_nothing_is_said_of_one_unit_alone_nor_of_nobody() -> None:
    alone = health(plain(), 1, entries("1", 10), entries("2", 0))
    assert signs(alone) == {"1": [], "2": []}
    nobody = health(plain(), 3)
    assert signs(nobody) == {}
    assert nobody.statistics.rests == {}


def test_what_was_seen_for_years_on_end_is_counted() -> None:
    def year(pack: LoadedPack, *points: int) -> tuple[Any, tuple[()]]:
        code = scored_rows(pack.rules)[0].code
        return assess(b.snapshot(b.units(2), entries(code, *points)), pack), ()

    now, before = (
        rules(b.direct("2", 10, title="Cải cách")),
        rules(b.direct("1", 10, title="CẢI CÁCH")),
    )
    past = [year(before, 10, 10), year(before, 10, 10), year(before, 10, 9), year(before, 10, 10)]
    found = criteria_health(year(now, 10, 10), "k1", past)
    (row,) = found.rows
    (remark,) = row.remarks
    assert (remark.sign, remark.years) == (Sign.ALWAYS_FULL, 3)
    assert remark.sentence.startswith("3 năm liền, năm nay 2/2 đơn vị đạt tối đa")
    assert [one.full if one else None for one in row.earlier] == [2, 2, 1, 2]


def test_criteria_are_matched_by_code_and_title_then_title_then_code() -> None:
    def table(**titles: str) -> Any:
        return scored_rows(rules(*(b.direct(c, 10, title=t) for c, t in titles.items())).rules)

    before = table(a="Thu ngân sách", b="Cải cách hành chính", c="Chuyển đổi số", d="Việc khác")
    now = table(a="Thu ngân sách", b="Chuyển đổi số", e="cải cách  hành chính", d="Quốc phòng")
    assert matched(before, now) == {"a": "a", "b": "c", "e": "b"}
    before, now = table(a="Cải cách hành chính năm 2025"), table(a="Cải cách hành chính năm 2026")
    assert matched(before, now) == {"a": "a"}
    assert matched((), now) == {}
