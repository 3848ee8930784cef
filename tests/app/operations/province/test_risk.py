"""Appraisal by risk over the clusters of the province."""

from __future__ import annotations

from app.operations.province.folder import ProvinceDesk, at_cluster
from app.operations.province.risk import risk_rows
from app.operations.province.view import ProvinceView, gather
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.rounds import submit_round
from app.scoring.division import Share

from .worlds import DAY


def test_every_cell_of_137_units_has_its_place_and_those_of_awards_come_first(
    seen: ProvinceView,
) -> None:
    """137 units by four criteria."""
    rows = risk_rows(seen)
    assert len(rows) == 137 * 4
    assert [row.place for row in rows] == list(range(1, 137 * 4 + 1))
    touching = [bool(row.line.effects) for row in rows]
    assert touching == sorted(touching, reverse=True)
    assert any(touching)


def test_the_first_line_says_whose_cell_it_is_and_why_it_comes_first(
    province: ProvinceDesk,
) -> None:
    """Cluster 1: 98, 96, 95, 94 … The first may fall by 2 points to level with the second; nobody
    cites a paper for I.1, which asks for one: (40 + 0) x 2 = 80, as heavy as any.
    """
    (first, *_) = risk_rows(gather(province, DAY), ["k01"])
    words = list(first.lines)
    assert words[0] == "1. Đơn vị 1 cụm 1 (Cụm thi đua số 1), tiêu chí I.1. Tiêu chí I.1"
    assert words[1] == "   - Giảm 2 điểm là có thể không còn được đề nghị Khen co_tinh."
    assert words[-1] == "   - Bảng yêu cầu tài liệu kiểm chứng nhưng chưa có tài liệu nào."


def test_an_appraiser_sees_the_own_share_and_what_was_scored_is_left_out(
    province: ProvinceDesk,
) -> None:
    share = Share("An", ("k02",), ("II",))
    rows = risk_rows(gather(province, DAY), share=share)
    assert {(row.cluster.key, row.line.criterion) for row in rows} == {
        ("k02", "II.1"),
        ("k02", "II.2"),
    }
    with at_cluster(province, "k02") as desk:
        for round_id in ("self", "cluster"):
            submit_round(desk, round_id, None, DAY)
        enter_scores(desk, [TypedCell("k02_1", "II.1", "department", points="9", reason="x")])
    view = gather(province, DAY)
    assert len(risk_rows(view, share=share)) == len(rows) - 1
    assert len(risk_rows(view, share=share, judged=True)) == len(rows)
