"""Comparisons between the clusters in words."""

from __future__ import annotations

from app.operations.province.comparison import comparison_lines, province_comparison
from app.operations.province.folder import ProvinceDesk, at_cluster
from app.operations.province.view import gather
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.explanations import ask_explanation
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.rounds import submit_round
from app.scoring.province_comparison import ANALYSIS_ONLY

from .post import judge
from .worlds import DAY


def test_every_line_of_analysis_can_be_worked_out_by_hand(province: ProvinceDesk) -> None:
    """Cluster 1 takes 4 of 40 from its first unit in I.1 (10 %), the department 2 more (5 %): the
    unit gave itself 39, 33 counts: 6 of 40, 15 %. In II.2 all 16 units have 10. One unit of
    cluster 2 is asked about I.2.
    """
    with at_cluster(province, "k01") as desk:
        submit_round(desk, "self", None, DAY)
        cell = TypedCell("k01_1", "I.1", "cluster", points="35", reason="rà soát")
        enter_scores(desk, [cell])
        submit_round(desk, "cluster", None, DAY)
        judge(desk, "k01_1", "I.1", 33)
    with at_cluster(province, "k02") as desk:
        ask_explanation(desk, "k02_1", "I.2", "self", "Vì sao đạt tối đa?", DAY)
    lines = list(comparison_lines(province_comparison(gather(province, DAY))))
    assert lines[0] == ANALYSIS_ONLY
    assert (
        "  Cụm thi đua số 1: cụm, khối so với tự chấm giảm 10,00% (1 ô chấm lại, 1 giảm, 0 tăng); "
        "Sở so với cụm, khối giảm 5,00% (1 ô chấm lại, 1 giảm, 0 tăng)"
    ) in lines
    assert (
        "  Đơn vị 1 cụm 1 (Cụm thi đua số 1): cao hơn 15,00% ở 1 tiêu chí có nơi khác chấm lại"
    ) in lines
    assert "  Tiêu chí mọi đơn vị như nhau: I.2, II.2" in lines
    assert "    I.1. Tiêu chí I.1: 1/16 đơn vị" in lines
    assert "    I.2. Tiêu chí I.2: 1/16 đơn vị" in lines
    assert "    I.1. Tiêu chí I.1: 15,00% (1 đơn vị)" in lines


def test_where_nobody_scored_after_the_units_that_is_said(province: ProvinceDesk) -> None:
    lines = list(comparison_lines(province_comparison(gather(province, DAY))))
    assert sum("chưa chấm lại ô nào" in line for line in lines) == 2
    assert lines[lines.index("Đơn vị tự chấm cao hơn kết quả:") + 1] == "  Không có."
