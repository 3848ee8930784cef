"""Who appraises what."""

from __future__ import annotations

import pytest

from app.scoring.division import Share, overlapping, uncovered


def test_a_share_without_clusters_or_criteria_is_all_of_them() -> None:
    assert Share("An").covers("k1", "I.1")
    assert Share("An", criteria=("II",)).covers("k9", "II.3.a")
    assert not Share("An", criteria=("II",)).covers("k9", "III")
    assert not Share("An", criteria=("I",)).covers("k1", "II")
    assert not Share("An", clusters=("k1",)).covers("k2", "I")


@pytest.mark.parametrize(
    ("one", "two", "meet"),
    [
        (Share("An", ("k1",)), Share("Bình", ("k2",)), False),
        (Share("An", ("k1",)), Share("Bình"), True),
        (Share("An", (), ("I",)), Share("Bình", (), ("II",)), False),
        (Share("An", (), ("I",)), Share("Bình", (), ("I.2",)), True),
        (Share("An", ("k1",), ("I",)), Share("Bình", ("k2",), ("I",)), False),
        (Share("An", ("k1", "k2"), ("I",)), Share("Bình", ("k2",), ("I.1",)), True),
    ],
)
def test_two_shares_meet_where_a_cell_could_be_both(one: Share, two: Share, meet: bool) -> None:
    assert one.meets(two) is two.meets(one) is meet
    assert list(overlapping([one, two])) == ([(one, two)] if meet else [])


def test_cells_that_nobody_appraises_are_found() -> None:
    shares = [Share("An", ("k1",)), Share("Bình", ("k2",), ("I",))]
    cells = [("k1", "II"), ("k2", "I.1"), ("k2", "II"), ("k3", "I")]
    assert uncovered(shares, cells) == (("k2", "II"), ("k3", "I"))
