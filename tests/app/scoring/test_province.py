"""The province in one table: what stands beside each other, and how many may be chosen."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from app.operations.loading import load, load_pack
from app.scoring.assess import assess
from app.scoring.assessment import Assessment
from app.scoring.province import (
    FlagRule,
    Province,
    flag_candidates,
    flag_rule,
    province_of,
    rounded,
)


@pytest.fixture(scope="module")
def sample(root: Path) -> Assessment:
    """The sample cluster: one flag by ballot, four Bằng khen, one held, one barred."""
    data = root / "data"
    loaded = load(
        [data / "packs" / "cao-bang-2018-vi-du"], data / "samples" / "cao-bang-2019" / "facts.toml"
    )
    packs = loaded.packs
    return assess(loaded.snapshot, packs.main, packs.overlays, packs.companions)


def province(sample: Assessment, times: int) -> Province:
    """So many clusters alike, each sent by another leader."""
    return province_of([(f"k{number}", sample) for number in range(times)])


@pytest.mark.parametrize(("units", "places"), [(17, 3), (4, 0), (5, 1), (9, 1), (10, 2), (0, 0)])
def test_twenty_percent_are_cut_not_rounded(units: int, places: int) -> None:
    """A15: "không quá 20 %": 17 units give 3, 4 give none."""
    assert rounded(Fraction(units) * 20 / 100, "floor") == places


def test_clusters_of_one_table_keep_their_own_ranks(sample: Assessment) -> None:
    whole = province(sample, 3)
    assert whole.unit_count == 3 * 8
    assert [cluster.key for cluster in whole.clusters] == ["k0/k1", "k1/k1", "k2/k1"]
    flags = [line for line in whole.lines("co_ubnd_tinh") if line.state == "proposed"]
    assert [(line.unit_name, line.rank) for line in flags] == [("Tòa án nhân dân tỉnh", 1)] * 3


def test_the_candidates_are_the_units_proposed_for_the_flag_of_the_province(
    sample: Assessment,
) -> None:
    found = flag_candidates(province(sample, 17), FlagRule("co_ubnd_tinh"))
    assert (found.base, found.exact, found.places) == (17, Fraction(17, 5), 3)
    assert len(found.candidates) == 17
    assert found.chosen == ()


def test_a_given_base_takes_the_place_of_the_counted_one(sample: Assessment) -> None:
    found = flag_candidates(province(sample, 4), FlagRule("co_ubnd_tinh", base=25))
    assert (found.base, found.places) == (25, 5)


def test_more_chosen_than_there_may_be_is_seen(sample: Assessment) -> None:
    flag = replace(sample.awards[0], award="co_chinh_phu", title="Cờ thi đua của Chính phủ")
    chosen = replace(sample, awards=(*sample.awards, flag))
    found = flag_candidates(province(chosen, 4), FlagRule("co_ubnd_tinh"), "co_chinh_phu")
    assert found.places == 0
    assert found.too_many


def test_who_is_held_or_barred_is_named_with_the_case(sample: Assessment) -> None:
    found = province(sample, 1).excluded()
    assert [(item.unit, item.case.kind) for item in found] == [
        ("thi_hanh_an", "held"),
        ("thanh_tra", "barred"),
    ]


def test_a_table_without_such_a_flag_gives_no_rule(sample: Assessment) -> None:
    assert flag_rule(province(sample, 1)) is None


def test_the_rule_of_the_lecture_is_twenty_percent_of_the_flags(
    sample: Assessment, root: Path
) -> None:
    """CĐ, mục III.4: "không quá 20% số đơn vị được tặng cờ thi đua của UBND tỉnh"."""
    pack = load_pack(root / "data" / "packs" / "chuyen-de-2023-vi-du")
    found = flag_rule(province(replace(sample, pack=pack), 1))
    assert found == ("co_chinh_phu", FlagRule("co_ubnd_tinh", Fraction(20), "floor"))


def test_a_council_that_chooses_without_a_share_has_the_usual_one(
    sample: Assessment, root: Path
) -> None:
    """BG, Phần III.2.2: the council chooses "trong số các đơn vị đủ điều kiện"."""
    pack = load_pack(root / "data" / "packs" / "bac-giang-2022-vi-du")
    found = flag_rule(province(replace(sample, pack=pack), 1))
    assert found == ("co_chinh_phu", FlagRule("co_ubnd_tinh", stated=False))


def test_provisional_clusters_are_named(sample: Assessment) -> None:
    open_one = replace(sample, provisional=True)
    whole = province_of([("a", sample), ("b", open_one)])
    assert [cluster.key for cluster in whole.provisional()] == ["b/k1"]
