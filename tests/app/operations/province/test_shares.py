"""Who appraises how much, what nobody has, where two meet."""

from __future__ import annotations

from pathlib import Path

from app.operations.province.folder import ProvinceDesk, at_cluster, at_province
from app.operations.province.shares import (
    Meeting,
    SectionChoice,
    gaps,
    meetings,
    section_choices,
    share_lines,
)
from app.operations.province.view import gather
from app.operations.workspace.rounds import submit_round
from app.scoring.division import Share

from .post import judge
from .worlds import CLUSTERS, DAY, fill_big, make_province

AN, BINH = "Nguyễn An", "Lê Bình"


def test_each_share_counts_its_cells_and_those_that_are_judged(province: ProvinceDesk) -> None:
    """Clusters 1 and 2 have eight units with two criteria in each section."""
    with at_cluster(province, "k01") as desk:
        for round_id in ("self", "cluster"):
            submit_round(desk, round_id, None, DAY)
        judge(desk, "k01_1", "I.1", 30)
        judge(desk, "k01_1", "II.1", 9)
    view = gather(province, DAY)
    lines = share_lines(view, [Share(AN, ("k01",), ("I",)), Share(BINH, (), ("II.2",))])
    assert [(one.cells, one.judged) for one in lines] == [(16, 1), (16, 0)]


def test_what_nobody_has_is_listed_by_cluster(province: ProvinceDesk) -> None:
    view = gather(province, DAY)
    assert gaps(view, ()) == ()
    found = gaps(view, [Share(AN, ("k01",)), Share(BINH, ("k02",), ("II",))])
    assert [(one.cluster.id, one.codes, one.cells) for one in found] == [
        ("k02", ("I.1", "I.2"), 16)
    ]


def test_two_people_meet_where_both_their_clusters_and_their_criteria_do() -> None:
    shares = [
        Share(AN, ("k01", "k02"), ("I",)),
        Share(BINH, ("k02", "k03"), ("I.2", "II")),
        Share("Trần Chi", ("k04",)),
    ]
    assert meetings(shares) == (Meeting(AN, BINH, ("k02",), ("I.2",)),)
    assert meetings([Share(AN), Share(BINH, ("k02",))]) == (Meeting(AN, BINH, ("k02",), ()),)


def test_sections_can_be_chosen_by_their_titles(province: ProvinceDesk) -> None:
    found = section_choices(gather(province, DAY))
    assert found == (SectionChoice("I", "Tiêu chí I"), SectionChoice("II", "Tiêu chí II"))


def test_a_section_stands_before_its_parts(tmp_path: Path, root: Path) -> None:
    """The sample's table has sections of two levels."""
    folder = make_province(tmp_path / "so", CLUSTERS[:1])
    with at_province(folder) as province:
        fill_big(province, root, 1)
        codes = [one.code for one in section_choices(gather(province, DAY))]
    assert codes[0] == "I"
    assert "I.1" in codes
    assert all(
        codes.index(code.partition(".")[0]) < at for at, code in enumerate(codes) if "." in code
    )
