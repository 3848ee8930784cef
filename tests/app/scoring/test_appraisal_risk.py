"""The order of an appraisal by risk, worked out by hand.

Three units, A of 60 points (asks for papers) and B of 40, one flag:

    u1  A 50 (55 by itself)  B 40   90    has the flag
    u2  A 48                 B 38   86    4 points behind it
    u3  A  5                 B 10   15    71 points behind u2
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from app.domain.year import Evidence, EvidenceLink
from app.scoring.appraisal_risk import Proof, RiskLine, in_order, risk_lines
from app.scoring.assess import assess
from app.scoring.assessment import Assessment
from tests import builders as b

ROUNDS = [
    {"id": "self", "title": "Tự chấm", "hand": "unit"},
    {"id": "cluster", "title": "Cụm", "hand": "leader", "stands_in": "self"},
    {"id": "department", "title": "Sở", "hand": "department", "stands_in": "cluster"},
]
SCORES = {"u1": (55, 40), "u2": (48, 38), "u3": (5, 10)}


def result(*more: object, award: dict[str, object] | None = None) -> Assessment:
    pack = b.pack(
        b.direct("A", 60, needs_evidence=True),
        b.direct("B", 40),
        b.standing_case("kl", "barred"),
        b.award("co", b.fixed(1), **(award or {})),
        rounds=ROUNDS,
        scoring={"ranking_round": "department", "total_max": 100},
        ties={"chain": [{"step": "ballot"}]},
    )
    cells = [
        b.entry(unit, code, "self", points=points)
        for unit, scores in SCORES.items()
        for code, points in zip("AB", scores, strict=True)
    ]
    facts = b.snapshot(b.units(3), *cells, b.entry("u1", "A", "cluster", points=50), *more)
    return assess(facts, pack)


def cells(lines: tuple[RiskLine, ...]) -> list[str]:
    return [f"{line.unit}{line.criterion}" for line in lines]


def at(lines: tuple[RiskLine, ...], unit: str, code: str) -> RiskLine:
    return next(line for line in lines if (line.unit, line.criterion) == (unit, code))


def cited(day: dt.date | None, unit: str = "u1") -> tuple[list[Evidence], list[EvidenceLink]]:
    return [Evidence("m1", "12/BC", day)], [EvidenceLink("m1", unit, "A", "self")]


def test_what_can_change_the_award_comes_first_and_the_heavier_before_the_lighter() -> None:
    """u1A (60 + 5) x 2 = 130, u2A 60 x 2 = 120, u1B 40; then u3A 120, which changes no award."""
    lines = risk_lines(result(), "k1")
    assert cells(lines) == ["u1A", "u2A", "u1B", "u3A", "u2B", "u3B"]
    assert [line.weight for line in lines] == [130, 120, 40, 120, 40, 40]


def test_a_cell_changes_the_award_where_it_has_room_for_the_distance() -> None:
    """u1 is 4 points ahead: A or B may fall by 4. u2 may gain 4 in A (48 of 60), not in B (38)."""
    lines = risk_lines(result(), "k1")
    assert [(e.down, e.enough) for e in at(lines, "u1", "B").effects] == [(True, Fraction(4))]
    assert [(e.down, e.enough) for e in at(lines, "u2", "A").effects] == [(False, Fraction(4))]
    assert at(lines, "u2", "B").effects == at(lines, "u3", "A").effects == ()


def test_each_line_says_why_it_stands_where_it_does() -> None:
    assert at(risk_lines(result(), "k1"), "u1", "A").reasons == (
        "Giảm 4 điểm là có thể không còn được đề nghị Khen co.",
        "Được 50/60 điểm.",
        "Các lần chấm chênh nhau 5 điểm: Tự chấm 55, Cụm 50.",
        "Bảng yêu cầu tài liệu kiểm chứng nhưng chưa có tài liệu nào.",
    )


@pytest.mark.parametrize(
    ("day", "proof", "weight"),
    [
        (dt.date(2026, 5, 4), Proof.ENOUGH, Fraction(65)),
        (dt.date(2026, 12, 31), Proof.ENOUGH, Fraction(65)),
        (dt.date(2025, 12, 31), Proof.OUTSIDE, Fraction(195, 2)),
        (None, Proof.UNDATED, Fraction(195, 2)),
    ],
)
def test_weak_evidence_weighs_more(day: dt.date | None, proof: Proof, weight: Fraction) -> None:
    line = at(risk_lines(result(), "k1", *cited(day)), "u1", "A")
    assert (line.proof, line.weight) == (proof, weight)


def test_good_evidence_sends_a_cell_down_the_list() -> None:
    lines = risk_lines(result(), "k1", *cited(dt.date(2026, 5, 4)))
    assert cells(lines)[:3] == ["u2A", "u1A", "u1B"]


def test_a_paper_that_is_only_counted_is_no_missing_paper_and_zero_claims_nothing() -> None:
    found = result(b.entry("u2", "A", "cluster", points=48, evidence=2),
                   b.entry("u3", "A", "cluster", points=0))  # fmt: skip
    lines = risk_lines(found, "k1")
    assert at(lines, "u2", "A").proof is Proof.ENOUGH
    assert at(lines, "u3", "A").proof is Proof.ENOUGH


def test_units_that_are_level_at_the_cut_are_moved_by_anything() -> None:
    found = result(
        b.entry("u2", "B", "cluster", points=40), b.entry("u2", "A", "cluster", points=50)
    )
    lines = risk_lines(found, "k1")
    assert {f"{x.unit}{x.criterion}" for x in lines if x.effects} >= {"u1A", "u2A"}
    (effect,) = at(lines, "u2", "A").effects
    assert effect.enough == 0
    assert effect.sentence.startswith("Đang ngang điểm ở ranh giới Khen co")


def test_a_barred_unit_cannot_come_to_an_award() -> None:
    """With u2 out of it the next is u3, 75 points behind: only a loss of 75 would matter."""
    lines = risk_lines(result(b.standing("u2", "kl")), "k1")
    assert [line for line in lines if line.effects] == []


def test_what_the_department_has_scored_is_marked() -> None:
    lines = risk_lines(result(b.entry("u2", "A", "department", points=48)), "k1")
    assert [line.unit + line.criterion for line in lines if line.judged] == ["u2A"]


def test_lines_of_several_clusters_stand_in_one_order() -> None:
    one = risk_lines(result(), "k1")
    assert cells(in_order((*one[3:], *one[:3]))) == cells(one)


def test_points_that_never_end_are_read_with_two_decimals() -> None:
    """100/3 = 33,333…; 12,5 ends and is read in full."""
    said = (("Tự chấm", Fraction(100, 3)), ("Sở", Fraction(25, 2)))
    line = RiskLine(
        "d1", "I", "I", "Một", Fraction(100, 3), Fraction(40), Fraction(125, 6), said,
        Proof.ENOUGH, (), False, False,
    )  # fmt: skip
    assert line.reasons == (
        "Được ≈ 33,33/40 điểm.",
        "Các lần chấm chênh nhau ≈ 20,83 điểm: Tự chấm ≈ 33,33, Sở 12,5.",
    )
