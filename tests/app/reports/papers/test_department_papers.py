"""The papers of the department on two clusters that came to the same figures.

In each one unit stands for the province's flag, four for a Bằng khen, one is held at it and one
barred (2 × (1 + 4) = 10 proposals, 16 units). The flag of the Government: at most 20 %, cut.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import pytest

from app.operations.loading import load
from app.reports import text
from app.reports.document import Table
from app.reports.papers.assembly import make
from app.reports.papers.contents import subjects_of
from app.reports.papers.data import PaperData
from app.reports.papers.paper import Part
from app.reports.papers.shelf import papers
from app.rules.awards import Award
from app.scoring.assess import assess
from app.scoring.assessment import Assessment, AwardLine, AwardState
from app.scoring.province import ClusterResult, FlagRule
from tests.app.reports.papers.conference_years import a_year, printed
from tests.app.reports.papers.paper_figures import paper, reasons, subjects, table, words
from tests.app.reports.papers.sample_year import ROOT, sample_province, sample_year

FLAG = "Cờ thi đua của Ủy ban nhân dân tỉnh"
MERIT = "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"
OURS = "Khối thi đua các cơ quan Nội chính"
OTHERS = "Khối thi đua các cơ quan Tham mưu tổng hợp"
ALL = [kind.id for kind in papers() if kind.part is Part.DEPARTMENT]
PACKS = ROOT / "data" / "packs"


@pytest.fixture(scope="module")
def province() -> PaperData:
    return sample_province()


def with_first(data: PaperData, assessment: Assessment) -> PaperData:
    """The province with another result of its first cluster."""
    first, *rest = data.clusters
    return replace(data, clusters=(replace(first, assessment=assessment), *rest))


def with_lines(assessment: Assessment, states: Mapping[tuple[str, str], AwardState]) -> Assessment:
    """A result whose units stand for their awards as said."""
    lines = tuple(
        replace(line, state=states.get((line.unit, line.award), line.state))
        for line in assessment.awards
    )
    return replace(assessment, awards=lines)


def government(assessment: Assessment, units: tuple[str, ...]) -> Assessment:
    """A result under a table that has the Government's flag, for which these were chosen."""
    pack = assessment.pack
    merit = next(a for a in pack.rules.awards if a.id == "co_ubnd_tinh")
    flag = Award.model_validate(
        {
            "id": "co_chinh_phu",
            "title": "Cờ thi đua của Chính phủ",
            "places": {"kind": "percent", "of": merit.id, "percent": 20, "rounding": "floor"},
            "scope": "province",
            "among": merit.id,
            "chosen_by": "council",
            "clause": merit.clause,
        }
    )
    rules = pack.rules.model_copy(update={"awards": (*pack.rules.awards, flag)})
    chosen = tuple(
        AwardLine(flag.id, flag.title, unit, "k1", "proposed", "chosen", "Hội đồng chọn", None)
        for unit in units
    )
    return replace(
        assessment, pack=replace(pack, rules=rules), awards=(*assessment.awards, *chosen)
    )


@lru_cache(maxsize=1)
def bac_giang() -> PaperData:
    """Two clusters of Bắc Giang: the first place is held, the second stands for a Bằng khen."""
    pack = PACKS / "bac-giang-2022-vi-du"
    loaded = load([pack], pack / "cases" / "27-chua-xet-dung-lai-hoi.toml")
    sets = loaded.packs
    found = assess(loaded.snapshot, sets.main, sets.overlays, sets.companions)
    (cluster,) = loaded.snapshot.clusters
    results = tuple(
        ClusterResult(key, name, found, cluster.id)
        for key, name in (("a", "Cụm các huyện"), ("b", "Cụm các xã"))
    )
    return PaperData(found, cluster, tuple(sets.overlays), clusters=results)


class TestTheTableOfTheProvince:
    def test_is_there_only_for_several_clusters(self, province: PaperData) -> None:
        for name in ALL:
            assert subjects(province, name) == [""]
            assert subjects(sample_year(), name) == []

    def test_counts_clusters_units_and_proposals(self, province: PaperData) -> None:
        assert (
            f"Có 02 cụm, khối thi đua gửi kết quả, gồm 16 đơn vị. Các cụm, khối đề nghị: "
            f"02 {FLAG}; 08 {MERIT}." in words(paper(province, "bang_tong_hop_toan_tinh"))
        )

    def test_ranks_within_each_cluster(self, province: PaperData) -> None:
        rows = table(paper(province, "bang_tong_hop_toan_tinh").blocks, "Tổng điểm")
        heads = [place for place, line in enumerate(rows) if len(line) == 1]
        assert [rows[place] for place in heads] == [[OURS], [OTHERS]]
        for place in heads:
            units = rows[place + 1 : place + 9]
            assert [line[0] for line in units] == ["1", "2", "3", "4", "5", "6", "7", "—"]
            assert [line[2] for line in units] == [
                "972,95", "972,95", "964,00", "946,20", "921,17", "876,84", "849,29", "741,37",
            ]  # fmt: skip
        assert rows[1][4] == FLAG
        assert rows[6][4] == f"{MERIT} (chờ kết luận)"
        assert rows[8][4] == ""

    def test_has_no_column_of_classes_where_no_table_has_any(self, province: PaperData) -> None:
        heads = [
            column.title
            for block in paper(province, "bang_tong_hop_toan_tinh").blocks
            if isinstance(block, Table)
            for column in block.leaves
        ]
        assert "Xếp loại" not in heads

    def test_names_who_is_barred_or_held_in_every_cluster(self, province: PaperData) -> None:
        rows = table(paper(province, "bang_tong_hop_toan_tinh").blocks, "Kết luận")
        assert [line[:3] for line in rows] == [
            ["Cục Thi hành án dân sự tỉnh", OURS, "Chưa xét"],
            ["Thanh tra tỉnh", OURS, "Không xét"],
            ["Cục Thuế tỉnh", OTHERS, "Chưa xét"],
            ["Cục Thống kê tỉnh", OTHERS, "Không xét"],
        ]

    def test_lists_reserves_with_cluster_and_rank(self, province: PaperData) -> None:
        assert "Các cụm, khối không lập danh sách dự phòng." in words(
            paper(province, "bang_tong_hop_toan_tinh")
        )
        here = with_lines(province.clusters[0].assessment, {("kiem_sat", "bang_khen"): "reserve"})
        told = words(paper(with_first(province, here), "bang_tong_hop_toan_tinh"))
        assert f"- Viện kiểm sát nhân dân tỉnh ({OURS}, hạng 5): {MERIT}." in told
        assert f"02 {FLAG}; 07 {MERIT}." in told[0]

    def test_marks_and_names_a_cluster_whose_result_is_provisional(
        self, province: PaperData
    ) -> None:
        open_year = a_year(left_blank=[("kiem_sat", "III.1")]).assessment
        data = with_first(province, open_year)
        for name in ALL:
            assert f"Kết quả còn tạm tính ở: {OURS}." in reasons(paper(data, name)), name
        rows = table(paper(data, "bang_tong_hop_toan_tinh").blocks, "Tổng điểm")
        assert [line[0] for line in rows if len(line) == 1] == [f"{OURS} (tạm tính)", OTHERS]


class TestProposalAndDecision:
    def test_the_decision_names_only_who_stands_now(self, province: PaperData) -> None:
        captions: dict[str, list[str]] = {
            block.caption: [line.cells[1].text for line in block.rows]
            for block in paper(province, "du_thao_quyet_dinh").blocks
            if isinstance(block, Table)
        }
        assert captions == {
            FLAG: ["Tòa án nhân dân tỉnh", "Kho bạc Nhà nước tỉnh"],
            MERIT: [
                "Bộ Chỉ huy Quân sự tỉnh", "Sở Tư pháp", "Công an tỉnh",
                "Viện kiểm sát nhân dân tỉnh", "Sở Xây dựng", "Sở Tài chính",
                "Văn phòng Ủy ban nhân dân tỉnh", "Sở Công Thương",
            ],
        }  # fmt: skip

    @pytest.mark.parametrize("name", ["to_trinh_toan_tinh", "du_thao_quyet_dinh"])
    def test_both_are_drafts_while_a_place_is_held_or_tied(
        self, province: PaperData, name: str
    ) -> None:
        assert reasons(paper(province, name)) == (
            f"{MERIT} đối với Cục Thi hành án dân sự tỉnh ({OURS}) còn chờ kết luận.",
            f"{MERIT} đối với Cục Thuế tỉnh ({OTHERS}) còn chờ kết luận.",
        )
        tied = with_lines(
            province.clusters[0].assessment,
            {
                ("thi_hanh_an", "bang_khen"): "refused",
                ("toa_an", "co_ubnd_tinh"): "tied",
                ("quan_su", "co_ubnd_tinh"): "tied",
            },
        )
        told = reasons(paper(with_first(province, tied), name))
        assert told[0] == f"{FLAG} đối với Tòa án nhân dân tỉnh ({OURS}) còn chờ phân định."

    def test_both_are_final_once_nothing_waits(self, province: PaperData) -> None:
        clusters = tuple(
            replace(
                cluster,
                assessment=with_lines(
                    cluster.assessment, {("thi_hanh_an", "bang_khen"): "refused"}
                ),
            )
            for cluster in province.clusters
        )
        data = replace(province, clusters=clusters)
        for name in ("to_trinh_toan_tinh", "du_thao_quyet_dinh"):
            assert reasons(paper(data, name)) == ()

    def test_the_decision_is_the_chairmans(self, province: PaperData) -> None:
        document = paper(province, "du_thao_quyet_dinh")
        assert document.letterhead is not None
        assert document.letterhead.issuer == ("ỦY BAN NHÂN DÂN", "TỈNH CAO BẰNG")
        assert document.letterhead.number.endswith("/QĐ-UBND")
        assert document.closing is not None
        assert document.closing.signatures[0].authority == ("CHỦ TỊCH",)
        assert "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CAO BẰNG" in words(document)

    @pytest.mark.parametrize("name", ["to_trinh_toan_tinh", "du_thao_quyet_dinh"])
    def test_the_basis_goes_on_to_its_last_line(self, province: PaperData, name: str) -> None:
        """NĐ 30/2020, mục II.6: each line ends with ";", the last with "."."""
        lines = [w for w in words(paper(province, name)) if w.startswith(("Căn cứ", "Theo đề"))]
        assert len(lines) == 4
        assert [line[-1] for line in lines] == [";", ";", ";", "."]
        assert [line.split(" ")[2] for line in lines[:3]] == ["Luật", "Nghị", "Đề"]


class TestTheFlagOfTheGovernment:
    @pytest.mark.parametrize(
        ("base", "said"),
        [
            (17, "17 đơn vị (số do cơ quan thường trực ấn định) × 20% = 3,4; bỏ phần lẻ vì quy "
                 "định ghi “không quá”; được đề nghị 03 đơn vị."),
            (4, "04 đơn vị (số do cơ quan thường trực ấn định) × 20% = 0,8; bỏ phần lẻ vì quy "
                "định ghi “không quá”; chưa đủ 01 đơn vị."),
            (10, "10 đơn vị (số do cơ quan thường trực ấn định) × 20% = 2; được đề nghị 02 đơn "
                 "vị."),
            (None, "02 đơn vị (số đề nghị) × 20% = 0,4; bỏ phần lẻ vì quy định ghi “không quá”; "
                   "chưa đủ 01 đơn vị."),
        ],
    )  # fmt: skip
    def test_is_worked_out_in_words(self, province: PaperData, base: int | None, said: str) -> None:
        """17 × 20 % = 3,4 gives 3; 4 × 20 % = 0,8 gives none; 10 × 20 % = 2 leaves nothing over."""
        data = replace(province, flag=FlagRule("co_ubnd_tinh", base=base))
        head = f"Số đơn vị được đề nghị không quá 20% số đơn vị được đề nghị tặng {FLAG}: "
        for name in ("danh_sach_co_chinh_phu", "bien_ban_hoi_dong", "to_trinh_toan_tinh"):
            assert head + said in words(paper(data, name)), name

    def test_has_for_candidates_who_stands_for_the_flag_of_the_province(
        self, province: PaperData
    ) -> None:
        document = paper(province, "danh_sach_co_chinh_phu")
        assert table(document.blocks, "Hội đồng lựa chọn") == [
            ["1", "Tòa án nhân dân tỉnh", OURS, "972,95", ""],
            ["2", "Kho bạc Nhà nước tỉnh", OTHERS, "972,95", ""],
        ]
        assert "Hội đồng chưa lựa chọn." in words(document)
        assert reasons(document) == ()

    def test_shows_whom_the_council_chose(self, province: PaperData) -> None:
        data = with_first(province, government(province.clusters[0].assessment, ("toa_an",)))
        document = paper(data, "bien_ban_hoi_dong")
        chosen = [line[1] for line in table(document.blocks, "Hội đồng lựa chọn") if line[4]]
        assert chosen == ["Tòa án nhân dân tỉnh"]
        told = f"Hội đồng lựa chọn 01 đơn vị: Tòa án nhân dân tỉnh ({OURS})."
        assert told in words(document)
        assert told in words(paper(data, "to_trinh_toan_tinh"))
        assert reasons(document) == ()
        assert f"Các cụm, khối đề nghị: 02 {FLAG}; 08 {MERIT}." in printed(
            data, "bien_ban_hoi_dong"
        )
        decided = printed(data, "du_thao_quyet_dinh")
        assert "Cờ thi đua của Chính phủ" not in decided, "the Prime Minister decides on it"

    def test_more_chosen_than_allowed_makes_a_draft(self, province: PaperData) -> None:
        """4 × 20 % = 0,8 allows none, two were chosen."""
        here = government(province.clusters[0].assessment, ("toa_an", "quan_su"))
        data = replace(with_first(province, here), flag=FlagRule("co_ubnd_tinh", base=4))
        why = (
            "Hội đồng đã chọn 02 đơn vị đề nghị Cờ thi đua của Chính phủ, trong khi theo tỷ lệ "
            "quy định chưa được đơn vị nào."
        )
        for name in ("danh_sach_co_chinh_phu", "bien_ban_hoi_dong", "to_trinh_toan_tinh"):
            assert why in reasons(paper(data, name)), name
        one = replace(data, flag=FlagRule("co_ubnd_tinh", base=9))
        (told,) = reasons(paper(one, "danh_sach_co_chinh_phu"))
        assert told.endswith("chỉ được 01 đơn vị.")
        allowed = replace(data, flag=FlagRule("co_ubnd_tinh", base=10))
        assert reasons(paper(allowed, "danh_sach_co_chinh_phu")) == ()

    def test_is_not_spoken_of_where_no_table_has_a_rule(self, province: PaperData) -> None:
        told = words(paper(replace(province, flag=None), "danh_sach_co_chinh_phu"))
        assert told[0] == "Các bảng tiêu chí không quy định việc xét Cờ thi đua của Chính phủ."


def test_another_province_is_told_in_its_own_words() -> None:
    data = bac_giang()
    for kind in papers():
        if kind.part is not Part.DEPARTMENT:
            continue
        (subject,) = subjects_of(kind, data)
        made = make(kind, data, subject)
        assert made.findings == ()
        told = text.render(made.document).replace("…", "")
        assert not re.search(r"\bu\d\b|[a-z]+_[a-z]+|\bNone\b|«|\([^()]*\([^()]*\)", told), kind.id
    rows = table(paper(data, "bang_tong_hop_toan_tinh").blocks, "Tổng điểm")
    assert [line[:3] for line in rows if len(line) > 1][:3] == [
        ["1", "Huyện 1", "970,00"],
        ["2", "Huyện 2", "960,00"],
        ["3", "Huyện 3", "950,00"],
    ]
    assert any("Huyện 1" in why for why in reasons(paper(data, "du_thao_quyet_dinh")))
