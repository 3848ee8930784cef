"""The awards of a province added up, by hand."""

from __future__ import annotations

from typing import Any

from app.scoring.assess import assess
from app.scoring.assessment import Assessment
from app.scoring.province import province_of
from app.scoring.province_totals import AwardTotal, award_totals
from tests import builders as b


def scored(cluster: str, *awards: b.Row, held: bool = False) -> Assessment:
    pack = b.pack(
        b.direct("A"),
        b.standing_case("cx", "held"),
        *awards,
        scoring={"total_max": 100},
        ties={"chain": [{"step": "ballot"}]},
    )
    units = [b.unit(f"{cluster}_{n}", cluster) for n in (1, 2, 3)]
    cells = [b.entry(unit.id, "A", points=90 - n) for n, unit in enumerate(units)]
    more = [b.standing(f"{cluster}_1", "cx")] if held else []
    return assess(b.snapshot(units, cells, *more), pack)


def totals(*found: Assessment, **quotas: int) -> dict[str, AwardTotal]:
    whole = province_of([(str(place), one) for place, one in enumerate(found)])
    return {one.award: one for one in award_totals(whole, quotas)}


FLAG = b.award("co", b.fixed(1), reserve=1, held="hold")


def test_places_and_proposals_of_all_clusters_are_added() -> None:
    found = totals(scored("k1", FLAG), scored("k2", FLAG), co=2)["co"]
    assert (found.places, found.proposed, found.reserve, found.over) == (2, 2, 2, 0)


def test_a_held_place_counts_against_the_quota_of_the_province() -> None:
    """One proposed and one held are two; the province may have one."""
    found = totals(scored("k1", FLAG), scored("k2", FLAG, held=True), co=1)["co"]
    assert (found.proposed, found.held, found.over) == (1, 1, 1)


def test_where_one_cluster_has_no_number_the_sum_is_not_known() -> None:
    quota: Any = b.award("co", {"kind": "quota"})
    assert totals(scored("k1", FLAG), scored("k2", quota))["co"].places is None


def test_an_award_that_only_one_table_has_is_counted_there() -> None:
    other = b.award("bk", b.fixed(2))
    found = totals(scored("k1", FLAG), scored("k2", FLAG, other))
    assert list(found) == ["co", "bk"]
    assert (found["bk"].places, found["bk"].proposed) == (2, 2)


def test_without_a_quota_nothing_is_over_it() -> None:
    assert totals(scored("k1", FLAG))["co"].over == 0
