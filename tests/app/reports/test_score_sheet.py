"""The score sheet explains itself: rule, clause, figures, steps, rounding, who and why."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest

from app.ground.findings import Finding, Severity
from app.reports import pdf, text
from app.reports.document import Document
from app.reports.issuing import Issuing
from app.reports.score_sheet import build_score_sheet
from app.rules.document import read_pack
from app.scoring.assess import assess
from app.scoring.assessment import Assessment


@pytest.fixture(scope="module")
def settled(cluster: ModuleType) -> Assessment:
    found: Assessment = cluster.settled()
    return found


def sheet(assessment: Assessment, unit: str) -> Document:
    return build_score_sheet(assessment, unit, Issuing(place="Mẫu"))


def row(document: Document, start: str) -> str:
    return next(line for line in text.render(document).split("\n") if line.startswith(start))


def test_a_criterion_shows_clause_quote_figures_and_the_sum(settled: Assessment) -> None:
    found = row(sheet(settled, "u6"), "2 | Thu ngân sách")
    assert "Điều khoản: Mục I.1, Hướng dẫn 12/HD-UBND" in found
    assert "Số liệu: Kế hoạch: 12; Thực hiện: 11" in found
    assert "Cách tính: thực hiện / kế hoạch = 11 / 12 ≈ 91,6667 %" in found
    assert found.endswith("| 50 | 45,83 | 45,83 | 45,83")


def test_the_quote_of_a_clause_stands_where_the_clause_is_named_first(settled: Assessment) -> None:
    whole = text.render(sheet(settled, "u6"))
    quote = "“đạt bao nhiêu phần trăm kế hoạch thì được bấy nhiêu phần trăm điểm tối đa”"
    assert whole.count(quote) == 1
    assert row(sheet(settled, "u6"), "# I |").count(quote) == 1


def test_a_clause_of_a_lecture_is_marked_and_explained(settled: Assessment) -> None:
    whole = text.render(sheet(settled, "u6"))
    assert "Phần 2, Chuyên đề (*): “thứ nhất 30 điểm, thứ nhì 28 điểm”" in whole
    assert "(*) Không dùng làm căn cứ: Chuyên đề năm 2023" in whole


def test_an_override_keeps_the_computed_value_and_says_who_and_why(settled: Assessment) -> None:
    found = row(sheet(settled, "u6"), "2 | Điển hình tiên tiến")
    assert (
        "Sở Nội vụ thẩm định: chấm 35 điểm thay cho 28 tính được, lý do: công nhận điển hình cấp "
        "tỉnh" in found
    )
    assert "Mức “Khá”: 70 % × 40 = 28 điểm" in found
    assert found.endswith("| 40 | 28,00 | 28,00 | 35,00")


def test_the_reason_of_an_earlier_round_is_kept(settled: Assessment) -> None:
    found = row(sheet(settled, "u6"), "1 | Phong trào thi đua")
    assert "Khối chấm: lý do: thiếu báo cáo sơ kết" in found


def test_the_packs_own_word_for_evidence_is_used(settled: Assessment) -> None:
    assert "(2 tài liệu kiểm chứng)" in row(sheet(settled, "u6"), "1.a |")


def test_not_assigned_and_not_done_are_told_in_words(settled: Assessment) -> None:
    assert "KG" in row(sheet(settled, "u5"), "2 | Điển hình tiên tiến")
    assert "Không thực hiện: 0 điểm" in row(sheet(settled, "u7"), "2 | Điển hình tiên tiến")
    assert "Quy đổi: 53,5 × 100 / 60" in row(sheet(settled, "u5"), "# II |")


def test_bonus_shows_its_cap_and_the_total_its_parts_and_its_rounding(settled: Assessment) -> None:
    whole = text.render(sheet(settled, "u6"))
    assert "Sáng kiến cấp tỉnh: cộng 9, không quá 6 điểm" in whole
    assert "3 × 3 = 9 điểm (ba sáng kiến cấp tỉnh)" in whole
    assert "Cộng các phần: ≈ 170,8333 + 87,5 + 6 + 0 ≈ 264,3333" in whole
    assert "Làm tròn ≈ 264,3333 thành 264,33" in whole


def test_the_deductions_stand_below_zero(settled: Assessment) -> None:
    whole = text.render(sheet(settled, "u4"))
    assert "2 × 2,5 = 5 điểm (báo cáo quý II, quý III chậm) | -5,00" in whole
    assert "+ 0 - 5 ≈ 261,1667" in whole


def test_rank_class_and_award_are_told_with_what_decided_them(settled: Assessment) -> None:
    whole = text.render(sheet(settled, "u1"))
    assert "Xếp hạng 1 trên 7 đơn vị được xếp hạng, căn cứ bỏ phiếu." in whole
    assert "Xếp loại: Xuất sắc." in whole
    assert "Cờ thi đua của UBND tỉnh: đề nghị. Bỏ phiếu lần 1: Sở Tư pháp: 5 phiếu" in whole


def test_a_barred_unit_reads_why_it_has_no_rank(settled: Assessment) -> None:
    whole = text.render(sheet(settled, "u8"))
    assert "Đơn vị không được xếp hạng." in whole
    assert "Không xét: Người đứng đầu bị kỷ luật" in whole


def test_a_provisional_sheet_is_a_draft_and_names_the_open_questions(cluster: ModuleType) -> None:
    document = sheet(cluster.unfinished(), "u1")
    assert document.draft is not None
    assert "Chưa quyết định: " in text.render(document)


def test_a_rounding_at_each_criterion_is_a_line_of_its_own(
    cluster: ModuleType, settled: Assessment
) -> None:
    tree = {
        **settled.pack.tree,
        "scoring": {**settled.pack.tree["scoring"], "round_at": "criterion"},
    }
    loaded, _ = read_pack(tree, "pack")
    assert loaded is not None
    found = row(sheet(assess(cluster.snapshot(), loaded), "u6"), "2 | Thu ngân sách")
    assert "Làm tròn: ≈ 45,8333 thành 45,83" in found


def test_a_sheet_prints_for_every_unit(settled: Assessment) -> None:
    for unit in settled.units:
        assert pdf.render(sheet(settled, unit)).startswith(b"%PDF")


def test_findings_of_other_units_do_not_stand_on_the_sheet(settled: Assessment) -> None:
    own = Finding("x", Severity.ERROR, "Sở Tư pháp (u1), tiêu chí I.2", "Của mình.")
    other = Finding("x", Severity.ERROR, "Thanh tra tỉnh (u2), tiêu chí I.2", "Của bạn.")
    whole = text.render(sheet(replace(settled, findings=(own, other)), "u1"))
    assert "Của mình." in whole
    assert "Của bạn." not in whole
