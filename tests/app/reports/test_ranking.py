"""The ranking paper says everything that decided the places, and nothing that did not."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pypdf
import pytest
import tomli

from app.domain.snapshot import (
    Cluster,
    Entry,
    EntryState,
    GivenTotal,
    Period,
    Snapshot,
    Unit,
)
from app.ground.findings import Finding, Severity
from app.reports import pdf, text
from app.reports.choices import WORDS, choice_words, note_words
from app.reports.document import Document, Table
from app.reports.issuing import Issuing
from app.reports.ranking import build_ranking
from app.rules.document import read_pack
from app.scoring.assess import assess
from app.scoring.assessment import Assessment
from tests import builders as b

ISSUED = Issuing(
    ("UBND tỉnh Mẫu",), place="Mẫu", day=dt.date(2026, 12, 20), sign="BC-STP", number=7
)


@pytest.fixture(scope="module")
def settled(cluster: ModuleType) -> Assessment:
    found: Assessment = cluster.settled()
    return found


@pytest.fixture(scope="module")
def unfinished(cluster: ModuleType) -> Assessment:
    found: Assessment = cluster.unfinished()
    return found


def ranking(assessment: Assessment, **options: Any) -> Document:
    return build_ranking(assessment, assessment.snapshot.clusters[0], ISSUED, **options)


def lines(document: Document) -> list[str]:
    return text.render(document).split("\n")


def row_of(document: Document, start: str) -> list[str]:
    return next(line for line in lines(document) if line.startswith(start)).split(" | ")


def test_the_leader_unit_issues_the_paper_with_the_cluster_under_its_name(
    settled: Assessment,
) -> None:
    document = ranking(settled)
    assert document.letterhead.superior == ("UBND TỈNH MẪU",)
    assert document.letterhead.issuer == ("SỞ TƯ PHÁP",)
    assert document.letterhead.cluster == "KHỐI THI ĐUA CÁC CƠ QUAN NỘI CHÍNH"
    assert document.letterhead.number == "Số: 07/BC-STP"
    assert document.closing is not None
    (signature,) = document.closing.signatures
    assert signature.authority == ("TM. KHỐI THI ĐUA", "TRƯỞNG KHỐI")
    assert signature.note == "(Ký tên, đóng dấu của Sở Tư pháp)"


def test_a_cluster_without_a_leader_still_prints(settled: Assessment) -> None:
    units = tuple(replace(unit, roles=frozenset()) for unit in settled.snapshot.units)
    snapshot = replace(settled.snapshot, units=units)
    document = ranking(replace(settled, snapshot=snapshot))
    assert document.letterhead.issuer == ("KHỐI THI ĐUA CÁC CƠ QUAN NỘI CHÍNH",)
    assert pdf.render(document).startswith(b"%PDF")


def test_a_party_agency_has_its_own_heading(settled: Assessment) -> None:
    issued = replace(ISSUED, party=True)
    head = build_ranking(settled, settled.snapshot.clusters[0], issued).letterhead
    assert (head.nation, head.motto, head.star) == ("ĐẢNG CỘNG SẢN VIỆT NAM", "", True)


def test_only_sources_in_force_are_a_basis_and_the_others_say_why_not(settled: Assessment) -> None:
    printed = lines(ranking(settled))
    bases = [line for line in printed if line.startswith("Căn cứ ")]
    assert bases == [
        "Căn cứ Hướng dẫn số 12/HD-UBND ngày 05 tháng 01 năm 2026 của UBND tỉnh Mẫu về chấm điểm "
        "thi đua các khối thuộc tỉnh."
    ]
    others = [line for line in printed if line.startswith("(*) Không dùng làm căn cứ")]
    assert any("Chuyên đề" in line and "không phải căn cứ pháp lý" in line for line in others)
    assert any("3/QĐ-UBND" in line and "hết hiệu lực sau ngày 31" in line for line in others)
    assert any("Điều 5, Quyết định 3/QĐ-UBND (*)" in line for line in printed)


def test_ranked_units_stand_in_order_with_what_decided_their_place(settled: Assessment) -> None:
    document = ranking(settled)
    assert row_of(document, "1 | Sở Tư pháp")[2:] == [
        "199,50",
        "97,50",
        "3,00",
        "0,00",
        "300,00",
        "310",
        "Xuất sắc",
        "Bỏ phiếu",
        "Cờ thi đua của UBND tỉnh",
    ]
    assert row_of(document, "6 | Tòa án nhân dân tỉnh")[5:7] == ["-5,00", "261,17"]


def test_a_barred_unit_is_listed_apart_with_its_ground_and_clause(settled: Assessment) -> None:
    printed = lines(ranking(settled))
    apart = printed.index("## Đơn vị không xếp hạng")
    assert printed[apart + 1].startswith("— | Cục Thi hành án dân sự tỉnh")
    assert any(
        line.startswith("Cục Thi hành án dân sự tỉnh | Không xét | Người đứng đầu bị kỷ luật")
        and "15/QĐ-UBND" in line
        for line in printed
    )


def test_parts_of_which_nothing_was_scored_are_blank_and_not_zero(
    settled: Assessment, cluster: ModuleType
) -> None:
    """Only Công an's total was sent: 250. Its sections, bonus and deductions are blank, not 0."""
    facts = settled.snapshot
    sent = replace(
        facts,
        entries=tuple(e for e in facts.entries if e.unit != "u3"),
        totals=(GivenTotal("u3", "department", Fraction(250)),),
    )
    document = ranking(assess(sent, cluster.pack()), every_round=False)
    row = next(line for line in lines(document) if " | Công an tỉnh | " in line).split(" | ")
    assert row[1:7] == ["Công an tỉnh", "", "", "", "", "250,00"]
    note = "Cột điểm các phần để trống vì chỉ có tổng điểm của Công an tỉnh được gửi."
    assert note in lines(document)
    groups = [line for line in lines(document) if line.startswith(("# I |", "# II |"))]
    assert [group.split(" | ")[3:][5] for group in groups] == ["", ""], "it ranks sixth"


def test_a_ballot_is_printed_with_all_its_counts_and_the_base_of_the_majority(
    settled: Assessment,
) -> None:
    (ballot,) = [x for x in lines(ranking(settled)) if x.startswith("Bỏ phiếu lần 1, phân định")]
    for words in (
        "thành viên 8",
        "phiếu phát ra 8",
        "không hợp lệ 0",
        "phiếu trắng 0",
        "ý kiến bằng văn bản không ghi",
        "Sở Tư pháp 5 phiếu, Thanh tra tỉnh 3 phiếu",
        "Cần 5 phiếu, tính trên tổng số thành viên (8)",
        "Được chọn: Sở Tư pháp.",
    ):
        assert words in ballot


def test_equal_units_share_a_rank_and_the_page_says_so(unfinished: Assessment) -> None:
    printed = lines(ranking(unfinished))
    ranks = [line.split(" | ")[0] for line in printed if " | 310 | " in line or " | 306 | " in line]
    assert ranks == ["1", "1", "3", "4", "5", "6", "7", "—"]
    assert "Sở Tư pháp, Thanh tra tỉnh: bằng điểm nên cùng hạng, hạng kế tiếp bỏ qua." in printed


def test_a_winner_beside_a_unit_that_was_not_in_the_vote_says_what_decided() -> None:
    """A37: u1 is barred but ranked and as good as u2, whom the ballot put before u3: 1, 1, 3."""
    facts = [b.standing("u1", "kx"), b.ballot("tie", "co", u2=5, u3=2)]
    entries = [b.entry(f"u{n}", "1", points=9) for n in (1, 2, 3)]
    case = b.standing_case("kx", "barred", ranked=True)
    rules = b.pack(
        b.direct("1", 10), b.award("co", b.fixed(1)), case, ties={"chain": [{"step": "ballot"}]}
    )
    printed = ranking(b.assess(b.snapshot(b.units(3), facts, entries), rules))
    words = ("Bằng điểm, cùng hạng", "Bỏ phiếu; bằng điểm, cùng hạng", "Bỏ phiếu")
    rows = [line.strip("| ").split(" | ") for line in lines(printed)]
    said = [(*row[:2], cell) for row in rows for cell in row[2:] if cell in words]
    assert said == [
        ("1", "Đơn vị u1", words[0]),
        ("1", "Đơn vị u2", words[1]),
        ("3", "Đơn vị u3", words[2]),
    ]


def test_a_provisional_result_is_a_draft_with_its_reasons_by_unit_name(
    unfinished: Assessment, settled: Assessment
) -> None:
    assert ranking(settled).draft is None
    draft = ranking(unfinished).draft
    assert draft is not None
    assert any("Công an tỉnh" in reason for reason in draft.reasons)
    assert not any("u3" in reason for reason in draft.reasons)
    assert all(reason[0].isupper() and reason.endswith(".") for reason in draft.reasons)


def test_before_the_ranking_round_exists_the_paper_says_which_round_it_used(
    unfinished: Assessment,
) -> None:
    assert (
        "Vòng “Sở Nội vụ thẩm định” dùng để xếp hạng chưa có điểm; bảng dưới đây tính theo vòng "
        "“Khối chấm”." in lines(ranking(unfinished))
    )


def test_the_appendix_shows_every_round_and_the_four_states(settled: Assessment) -> None:
    table = ranking(settled).appendices[0].blocks[0]
    assert isinstance(table, Table)
    heads = [leaf.title for leaf in table.leaves[3:6]]
    assert heads == ["Tự chấm", "Khối chấm", "Thẩm định"]
    rows = {row.cells[0].text: [c.text for c in row.cells] for row in table.rows[8:10]}
    assert "KG" in rows["2"]
    assert "KTH" in rows["2"]
    without = ranking(settled, every_round=False).appendices[0].blocks[0]
    assert isinstance(without, Table)
    assert len(without.leaves) == 3 + 8


def test_criteria_of_the_units_own_stand_in_one_row_without_a_title_of_one_unit(
    settled: Assessment,
) -> None:
    assert row_of(ranking(settled), "1.a |")[1] == "Tiêu chí do từng đơn vị đăng ký"
    assert row_of(ranking(settled), "1.b |")[1] == "Chất lượng công tác tham mưu"


def test_the_parameters_that_shaped_the_result_stand_in_an_appendix_in_words(
    settled: Assessment,
) -> None:
    row = row_of(ranking(settled), "A10 |")
    assert row[2] == "giữ điểm của hạng cuối bảng"
    assert row[3] == "mặc định của gói quy tắc"


def test_findings_are_told_with_units_by_name(settled: Assessment) -> None:
    finding = Finding("x", Severity.WARNING, "u1, u2", "Hai đơn vị bằng điểm.", "Xem lại.")
    other = Finding("y", Severity.ERROR, "Sở Tư pháp (u1), tiêu chí I.2", "Vượt mức.", "Sửa.")
    printed = lines(ranking(replace(settled, findings=(finding, other))))
    first = printed.index("Phải sửa - Sở Tư pháp, tiêu chí I.2: Vượt mức. Sửa.")
    second = printed.index(
        "Cần xem lại - Sở Tư pháp, Thanh tra tỉnh: Hai đơn vị bằng điểm. Xem lại."
    )
    assert first < second


def test_no_name_of_a_setting_and_no_id_of_a_unit_reaches_the_paper(
    settled: Assessment, unfinished: Assessment
) -> None:
    for assessment in (settled, unfinished):
        words = set(text.render(ranking(assessment)).replace("/", " ").replace(":", " ").split())
        assert not words & {unit.id for unit in assessment.snapshot.units}
        assert not words & {w for w in WORDS if "_" in w}


def test_every_choice_that_a_shipped_pack_allows_has_vietnamese_words(root: Path) -> None:
    for file in sorted((root / "data" / "packs").glob("*/pack.toml")):
        tree = tomli.loads(file.read_text("utf-8"))
        rounds = {r["id"]: r["title"] for r in tree.get("rounds", [])}
        for parameter in tree.get("parameters", []):
            for value in parameter.get("allowed", []):
                if isinstance(value, str):
                    words = choice_words(value, rounds)
                    raw = value.isascii() and value.replace("_", "").isalpha() and words == value
                    assert not raw, (file.parent.name, parameter["id"], value)


def test_numbers_and_yes_or_no_are_words_too() -> None:
    assert choice_words(True) == "có"
    assert choice_words(None) == "chưa chọn"
    assert choice_words(Fraction(25, 2)) == "12,5"
    assert note_words("all: tổng gồm cả điểm thưởng (hold)") == (
        "“tính tất cả”: tổng gồm cả điểm thưởng (“giữ suất chờ kết luận”)"
    )


def test_the_paper_prints_with_its_own_words_letter_by_letter(settled: Assessment) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf.render(ranking(settled))))
    printed = "".join("".join(page.extract_text().split()) for page in reader.pages)
    for line in lines(ranking(settled)):
        for part in line.replace(" //", "|").split("|"):
            words = part.strip("#= ")
            if words.strip("-") and ": " not in words:
                assert "".join(words.split()) in printed, words


class TestSums:
    """Where printed parts do not add up to the printed total, the paper says why."""

    def assessed(self, points: tuple[str, str, str], **scoring: Any) -> Document:
        direct = {"method": {"kind": "direct"}}
        tree: dict[str, Any] = {
            "schema": "bangvang-pack/1",
            "id": "p",
            "version": "1.0.0",
            "title": "Gói",
            "rounds": [{"id": "cluster", "title": "Khối chấm", "hand": "leader"}],
            "scoring": {"ranking_round": "cluster", **scoring},
            "criteria": [{"code": c, "title": c, "max": 10, **direct} for c in ("I", "II", "III")],
        }
        loaded, _ = read_pack(tree, "p")
        assert loaded is not None
        entries = tuple(
            Entry("u1", code, "cluster", points=Fraction(value))
            for code, value in zip(("I", "II", "III"), points, strict=True)
        )
        period = Period("2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
        unit = Unit("u1", "Sở A", "k1")
        snapshot = Snapshot(period, (Cluster("k1", "Khối A"),), (unit,), entries)
        return ranking(assess(snapshot, loaded))

    def test_a_difference_of_rounding_is_explained_with_the_unrounded_total(self) -> None:
        printed = text.render(self.assessed(("10/3", "10/3", "10/3")))
        assert (
            "Sở A: cộng các phần đã làm tròn được 9,99, tổng điểm in là 10,00, vì tổng được cộng "
            "từ điểm chưa làm tròn (10) rồi mới làm tròn một lần." in printed
        )

    def test_a_bounded_total_names_its_bound(self) -> None:
        printed = text.render(self.assessed(("10", "10", "10"), clamp={"high": 25}))
        assert "Sở A: Tổng 30 ra ngoài thang điểm, tính 25." in printed

    def test_parts_that_add_up_need_no_words(self) -> None:
        assert "cộng các phần đã làm tròn" not in text.render(self.assessed(("1", "2", "3")))

    def test_a_flat_table_rescaled_as_a_whole_says_so(self) -> None:
        tree = {
            "schema": "bangvang-pack/1",
            "id": "p",
            "version": "1.0.0",
            "title": "Gói",
            "rounds": [{"id": "cluster", "title": "Khối chấm", "hand": "leader"}],
            "scoring": {"ranking_round": "cluster", "not_assigned": "rescale"},
            "criteria": [
                {"code": c, "title": c, "max": 10, "method": {"kind": "direct"}}
                for c in ("I", "II")
            ],
        }
        loaded, _ = read_pack(tree, "p")
        assert loaded is not None
        period = Period("2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
        entries = (
            Entry("u1", "I", "cluster", points=Fraction(8)),
            Entry("u1", "II", "cluster", state=EntryState.NOT_ASSIGNED),
        )
        unit = Unit("u1", "Sở A", "k1")
        snapshot = Snapshot(period, (Cluster("k1", "Khối A"),), (unit,), entries)
        printed = text.render(ranking(assess(snapshot, loaded)))
        assert "Sở A: Quy đổi: 8 × 20 / 10 = 16." in printed
