"""Comparisons between clusters, worked out by hand; a table of A 60 and B 40 points.

k1  u1  A 50 by itself, 44 by the cluster, 41 by the department   B 40
k2  u2  A 30 by itself, 33 by the cluster                         B 40
"""

from __future__ import annotations

from fractions import Fraction

from app.scoring.assess import assess
from app.scoring.assessment import Assessment
from app.scoring.province import Province, province_of
from app.scoring.province_comparison import ANALYSIS_ONLY, compare
from tests import builders as b

ROUNDS = [
    {"id": "self", "title": "Tự chấm", "hand": "unit"},
    {"id": "cluster", "title": "Cụm", "hand": "leader", "stands_in": "self"},
    {"id": "department", "title": "Sở", "hand": "department", "stands_in": "cluster"},
]


def one(unit: str, cluster: str, own: int, *later: tuple[str, int], title: str = "") -> Assessment:
    pack = b.pack(
        b.direct("A", 60),
        b.direct("B", 40),
        rounds=ROUNDS,
        scoring={"ranking_round": "department", "total_max": 100},
        **({"title": title} if title else {}),
    )
    cells = [b.entry(unit, "A", "self", points=own), b.entry(unit, "B", "self", points=40)]
    cells += [b.entry(unit, "A", name, points=points) for name, points in later]
    return assess(b.snapshot(b.unit(unit, cluster), *cells), pack)


FIRST = one("u1", "k1", 50, ("cluster", 44), ("department", 41))
SECOND = one("u2", "k2", 30, ("cluster", 33))


def both(second: Assessment = SECOND) -> Province:
    return province_of([("", FIRST), ("", second)])


def test_strictness_is_the_mean_cut_as_a_share_of_the_maximum_and_the_strictest_stands_first() -> (
    None
):
    """k1 cuts 6 of 60 and the department 3 of 60 more; k2 gives 3 of 60 on top."""
    first, second = compare(both()).strictness
    assert (first.cluster.cluster, second.cluster.cluster) == ("k1", "k2")
    assert (first.by_cluster.mean, first.by_department.mean) == (Fraction(1, 10), Fraction(1, 20))
    assert (second.by_cluster.mean, second.by_cluster.raised) == (Fraction(-1, 20), 1)


def test_where_only_one_hand_scored_nothing_is_said_of_strictness() -> None:
    found = next(x for x in compare(both()).strictness if x.cluster.cluster == "k2")
    assert found.by_cluster.cells == 1
    assert (found.by_department.cells, found.by_department.mean) == (0, None)


def test_inflation_is_what_a_unit_gave_itself_above_what_counts() -> None:
    """u1: 50 - 41 = 9 of 60; u2: 30 - 33 = -3 of 60. B was scored by nobody else."""
    found = compare(both()).inflation
    assert [(x.unit, x.cells, x.share) for x in found] == [
        ("u1", 1, Fraction(3, 20)),
        ("u2", 1, Fraction(-1, 20)),
    ]


def test_criteria_of_a_shared_table_are_looked_at_over_all_its_clusters() -> None:
    """A: both units in dispute, (9 - 3) / 2 = 3 of 60 on average. B: 40 for everybody."""
    (table,) = compare(both()).tables
    assert [x.cluster for x in table.clusters] == ["k1", "k2"]
    assert [x.code for x in table.never_differ()] == ["B"]
    (worst,) = table.most_disputed()
    assert (worst.code, worst.disputed, worst.scored, worst.dispute_share) == ("A", 2, 2, 1)
    assert (worst.compared, worst.inflation) == (2, Fraction(1, 20))


def test_clusters_of_other_tables_are_not_thrown_together() -> None:
    other = one("u2", "k2", 30, title="Bảng khác")
    assert [len(table.clusters) for table in compare(both(other)).tables] == [1, 1]


def test_units_alike_within_their_clusters_but_not_between_them_do_differ() -> None:
    lower = b.entry("u2", "B", "cluster", points=20)
    pack = SECOND.pack
    changed = assess(b.snapshot(SECOND.snapshot.units, SECOND.snapshot.entries, lower), pack)
    (table,) = compare(both(changed)).tables
    assert table.never_differ() == ()


def test_what_was_asked_counts_as_a_dispute() -> None:
    (table,) = compare(both(), {"k2": [("u2", "B")]}).tables
    assert {x.code: x.disputed for x in table.criteria} == {"A": 2, "B": 1}


def test_the_warning_says_that_it_is_no_result() -> None:
    assert "không phải kết quả chấm điểm" in ANALYSIS_ONLY
