"""The papers of the department over all clusters, and the workbook of the province."""

from __future__ import annotations

import io
import time
from pathlib import Path

import openpyxl
import pytest

from app.ground.findings import UserError
from app.operations.province.folder import ProvinceDesk, at_cluster, at_province
from app.operations.province.papers import (
    comparison_paper,
    department_papers,
    overview,
    province_papers,
    write_comparison,
    write_province,
)
from app.operations.province.settings import set_flag_base
from app.operations.province.view import ProvinceView, gather
from app.operations.workspace.paper_data import issuer_from, set_issuer
from app.operations.workspace.paper_desk import PaperLine
from app.operations.workspace.rounds import submit_round
from app.reports import text
from app.reports.papers.data import PaperData
from app.reports.tables_workbook import build_tables_workbook

from .post import judge
from .worlds import DAY, OFFICER, make_province


@pytest.fixture(scope="module")
def data(whole: Path, seen: ProvinceView) -> PaperData:
    with at_province(whole) as opened:
        return province_papers(opened, seen)


def printed(line: PaperLine) -> str:
    """The words of a paper, however its lines break."""
    return " ".join(text.render(line.made.document).split())


def test_every_paper_of_the_department_is_made_of_all_seventeen_clusters(data: PaperData) -> None:
    lines = department_papers(data)
    assert len(lines) == 5
    for line in lines:
        assert line.made.findings == ()
        words = printed(line)
        if line.paper.id in ("bang_tong_hop_toan_tinh", "to_trinh_toan_tinh"):
            assert "17 cụm, khối" in words
            assert "137 đơn vị" in words
    flags = next(line for line in lines if line.paper.id == "danh_sach_co_chinh_phu")
    assert "17 đơn vị (" in printed(flags)
    assert "× 20% = 3,4" in printed(flags)


def test_the_workbook_has_a_sheet_for_each_part_and_a_row_for_each_unit(
    seen: ProvinceView, data: PaperData
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(build_tables_workbook(overview(seen, data))))
    names = book.sheetnames
    assert names[0] == "Tình hình gửi"
    assert {"Khen co_tinh", "Khen bang_khen", "Chỉ tiêu", "Dự phòng"} <= set(names)
    results = book[next(n for n in names if n.startswith("II."))]
    rows = [row for row in results.iter_rows(min_row=5, values_only=True) if row[1]]
    units = [row for row in rows if str(row[1]).startswith("Đơn vị ")]
    assert len(units) == 137
    first = next(row for row in units if row[1] == "Đơn vị 1 cụm 1")
    assert (first[0], first[2], first[3]) == ("1", 98, 100)


def test_a_cluster_without_a_result_makes_the_working_paper_a_draft_that_names_it(
    province: ProvinceDesk,
) -> None:
    view = gather(province, DAY)
    document = overview(view, province_papers(province, view))
    assert document.draft is not None
    assert "Cụm thi đua số 17" in document.draft.reasons[0]


def test_the_issuer_and_the_base_of_the_flag_are_the_department_s(province: ProvinceDesk) -> None:
    workspace = province.desk.workspace
    typed = {"name": "SỞ NỘI VỤ", "short": "SNV", "province": "tỉnh Cao Bằng"}
    set_issuer(workspace, OFFICER, issuer_from(workspace, typed))
    set_flag_base(province, 137)
    view = gather(province, DAY)
    (line,) = department_papers(province_papers(province, view), ["danh_sach_co_chinh_phu"])
    words = printed(line)
    assert "SỞ NỘI VỤ" in words
    assert "137 đơn vị (" in words
    assert "× 20% = 27,4" in words


def test_without_any_result_there_is_no_paper(tmp_path: Path) -> None:
    with at_province(make_province(tmp_path / "tinh")) as opened:
        view = gather(opened, DAY)
        with pytest.raises(UserError) as fault:
            province_papers(opened, view)
    assert [one.code for one in fault.value.findings] == ["cluster_not_sent"]


def test_the_files_of_a_province_are_written_in_each_form(
    seen: ProvinceView, data: PaperData, tmp_path: Path
) -> None:
    start = time.perf_counter()
    written = write_province(
        seen, data, tmp_path, ("pdf", "docx", "xlsx"), ["danh_sach_co_chinh_phu"]
    )
    written += write_province(seen, data, tmp_path, ("xlsx",))
    assert time.perf_counter() - start < 60
    names = {path.name for path in written}
    assert {
        "bang-toan-tinh.xlsx",
        "danh-sach-co-chinh-phu.pdf",
        "danh-sach-co-chinh-phu.docx",
    } <= names


def test_the_comparisons_are_a_paper_that_says_that_it_is_no_result(
    province: ProvinceDesk, tmp_path: Path
) -> None:
    """The first unit of cluster 1 said 39 of 40 in I.1, the department says 29: 25 % less."""
    with at_cluster(province, "k01") as desk:
        for round_id in ("self", "cluster"):
            submit_round(desk, round_id, None, DAY)
        judge(desk, "k01_1", "I.1", 29)
    view = gather(province, DAY)
    words = " ".join(text.render(comparison_paper(view)).split())
    assert "Chỉ để phân tích, tham khảo; không phải kết quả chấm điểm" in words
    assert "1 | Cụm thi đua số 1 | — | — | 25,0% | 1 (1 hạ, 0 nâng)" in words
    assert "1 | Đơn vị 1 cụm 1 | Cụm thi đua số 1 | 25,0% | 1" in words
    written = write_comparison(view, tmp_path, ("pdf", "xlsx"))
    assert [file.name for file in written] == [
        "so-sanh-de-phan-tich.pdf",
        "so-sanh-de-phan-tich.xlsx",
    ]
    book = openpyxl.load_workbook(tmp_path / "so-sanh-de-phan-tich.xlsx")
    assert {"Độ chặt", "Tự chấm cao hơn"} <= set(book.sheetnames)


def test_where_nobody_has_sent_there_is_nothing_to_compare(tmp_path: Path) -> None:
    with at_province(make_province(tmp_path / "so")) as empty, pytest.raises(UserError) as fault:
        write_comparison(gather(empty, DAY), tmp_path / "in", ("txt",))
    assert [one.code for one in fault.value.findings] == ["cluster_not_sent"]
    assert not (tmp_path / "in").exists()
