"""The sample cluster's year 2019 with the records that a workspace keeps beside the facts.

The facts are the shipped sample's; the two elections of next year's leader and deputy are added.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from app.domain.conference import (
    Activity,
    BallotSheet,
    BallotStage,
    Candidate,
    DutyStage,
    DutyState,
    Proposal,
)
from app.domain.papers import Issuer
from app.domain.snapshot import Ballot
from app.domain.year import (
    Attendant,
    AwardRecord,
    AwardStage,
    Conference,
    Deadline,
    Evidence,
    EvidenceLink,
    Explanation,
    IssuedPaper,
    PeriodRecord,
    Registration,
    RoundStage,
    RoundState,
    Target,
)
from app.operations.loading import load, load_pack
from app.reports.papers.data import PaperData, State, YearBook
from app.reports.papers.paper import Paper, Part
from app.scoring.assess import assess
from app.scoring.province import ClusterResult, FlagRule

ROOT = Path(__file__).resolve().parents[4]
YEAR = "2019"
UNITS = (
    "cong_an",
    "tu_phap",
    "bien_phong",
    "kiem_sat",
    "quan_su",
    "thanh_tra",
    "thi_hanh_an",
    "toa_an",
)
NOT_RECEIVED = "thanh_tra"
"""The unit whose registration reached the leader, but never the department."""
SUMMARY = dt.date(2019, 12, 27)


@lru_cache(maxsize=1)
def sample_year() -> PaperData:
    """The year as it stands after the summary conference."""
    pack = ROOT / "data" / "packs" / "cao-bang-2018-vi-du"
    loaded = load([pack], ROOT / "data" / "samples" / "cao-bang-2019" / "facts.toml")
    packs = loaded.packs
    snapshot = loaded.snapshot
    snapshot = replace(snapshot, ballots=(*snapshot.ballots, *_elections()))
    assessment = assess(snapshot, packs.main, packs.overlays, packs.companions)
    return PaperData(
        assessment=assessment,
        cluster=snapshot.clusters[0],
        overlays=tuple(packs.overlays),
        book=replace(_book(), ballots=dict(enumerate(snapshot.ballots, start=1))),
        issuer=Issuer(
            superior=("Bộ Công an",),
            name=("Công an tỉnh Cao Bằng",),
            short="CAT",
            place="Cao Bằng",
            province="tỉnh Cao Bằng",
            authority=("Giám đốc",),
            signer="Hoàng Văn Minh",
            archive="Văn phòng",
        ),
        frame=load_pack(ROOT / "data" / "packs" / "cao-bang-2018"),
        state=State("so-mau", YEAR, "c1" * 32, 42, "5f" * 32),
    )


def data_for(paper: Paper) -> PaperData:
    """What a paper is made from: the cluster's year, or the department's view of two clusters."""
    return sample_province() if paper.part is Part.DEPARTMENT else sample_year()


OTHERS = {
    "cong_an": "Văn phòng Ủy ban nhân dân tỉnh",
    "tu_phap": "Sở Tài chính",
    "bien_phong": "Sở Kế hoạch và Đầu tư",
    "kiem_sat": "Sở Công Thương",
    "quan_su": "Sở Xây dựng",
    "thanh_tra": "Cục Thống kê tỉnh",
    "thi_hanh_an": "Cục Thuế tỉnh",
    "toa_an": "Kho bạc Nhà nước tỉnh",
}


@lru_cache(maxsize=1)
def sample_province() -> PaperData:
    """The department's view of two clusters: the sample's, and one with the same figures."""
    here = sample_year()
    other = replace(
        here.assessment,
        snapshot=replace(
            here.assessment.snapshot,
            units=tuple(replace(u, name=OTHERS[u.id]) for u in here.assessment.snapshot.units),
        ),
    )
    return replace(
        here,
        issuer=Issuer(
            superior=("Ủy ban nhân dân tỉnh Cao Bằng",),
            name=("Sở Nội vụ",),
            short="SNV",
            place="Cao Bằng",
            province="tỉnh Cao Bằng",
            signer="Nông Thị Hà",
        ),
        clusters=(
            ClusterResult("noi_chinh", here.cluster.name, here.assessment, "k1"),
            ClusterResult("tham_muu", "Khối thi đua các cơ quan Tham mưu tổng hợp", other, "k1"),
        ),
        flag=FlagRule("co_ubnd_tinh", base=17),
    )


def _elections() -> tuple[Ballot, ...]:
    """Next year's leader (15 papers, 14 valid, 13 for) and deputy."""
    counts = {"members": 16, "present": 15, "issued": 15, "returned": 15}
    leader = Ballot(
        "leader", None, "approve", 1, {"tu_phap": 13}, {"tu_phap": 1}, valid=14, invalid=0, blank=1,
        **counts,
    )  # fmt: skip
    deputy = Ballot(
        "deputy", None, "choose", 1, {"kiem_sat": 9, "bien_phong": 6}, valid=15, invalid=0, blank=0,
        **counts,
    )  # fmt: skip
    return leader, deputy


def _book() -> YearBook:
    return YearBook(
        period=PeriodRecord(YEAR, YEAR, dt.date(2019, 1, 1), dt.date(2019, 12, 31)),
        registrations=tuple(
            Registration(
                unit, kind, f"{number:02d}/{sign}", "", *days,
                None if unit == NOT_RECEIVED else days[-1],
            )
            for number, unit in enumerate(UNITS, start=1)
            for kind, sign, days in (
                ("registration", "ĐK", (dt.date(2019, 2, 20), dt.date(2019, 2, 25))),
                ("pledge", "GƯ", (dt.date(2019, 1, 18), dt.date(2019, 1, 18))),
            )
        ),
        targets=(
            Target("tu_phap", "1", "Hòa giải thành ở cơ sở", "I.1.1", Fraction(85), "%",
                   Fraction(82), dt.date(2019, 6, 30)),
            Target("tu_phap", "2", "Số cuộc phổ biến pháp luật", None, Fraction(40), "cuộc",
                   Fraction(22), dt.date(2019, 6, 30)),
            Target("cong_an", "1", "Tỷ lệ điều tra, khám phá án", "I.1.1", Fraction(90), "%",
                   Fraction("91.5"), dt.date(2019, 6, 30)),
        ),
        evidence=(
            Evidence("m1", "125/BC-STP", dt.date(2019, 12, 5), "Sở Tư pháp",
                     "Báo cáo tổng kết công tác tư pháp năm 2019", "mục II, trang 4"),
            Evidence("m2", "87/QĐ-UBND", dt.date(2019, 11, 12), "Ủy ban nhân dân tỉnh",
                     "Công nhận cơ quan đạt chuẩn văn hóa năm 2019"),
        ),
        evidence_links=(
            EvidenceLink("m1", "tu_phap", "I.1.1", "self"),
            EvidenceLink("m2", "tu_phap", "II.1", "self"),
        ),
        explanations=(
            Explanation("g1", "tu_phap", "I.1.1", "cluster",
                        "Số liệu hòa giải quý IV lấy từ báo cáo nào?", "Nguyễn Thị Hoa",
                        dt.date(2019, 12, 10), "Báo cáo số 125/BC-STP, mục II, trang 4.",
                        dt.date(2019, 12, 12)),
            Explanation("g2", "kiem_sat", "III.1", "cluster",
                        "Đề nghị gửi kế hoạch tổ chức phong trào thi đua năm 2019.",
                        "Nguyễn Thị Hoa", dt.date(2019, 12, 10)),
        ),
        round_states=tuple(
            RoundState(unit, round_id, RoundStage.SEALED, dt.date(2019, 12, 26))
            for unit in UNITS
            for round_id in ("self", "cluster", "department")
        ),
        conferences=_conferences(),
        ballot_sheets=_sheets(),
        activities=(
            Activity("p1", "movement", "Cải cách hành chính, phục vụ nhân dân", cluster="k1",
                     date=dt.date(2019, 3, 15), document="KH 05/KH-CAT"),
            Activity("h1", "joint_activity", "Tặng nhà tình nghĩa tại huyện Hà Quảng",
                     cluster="k1", date=dt.date(2019, 7, 25)),
            Activity("d1", "exemplar", "Đội hòa giải phường Sông Hiến", "tu_phap",
                     date=dt.date(2019, 10, 2), chosen_to_report=True),
        ),
        duty_states=(
            DutyState("bang_diem_cua_khoi", "leader", DutyStage.DONE, "k1", dt.date(2019, 3, 1)),
        ),
        deadlines=(
            Deadline("dang_ky_tieu_chi", dt.date(2019, 2, 28), "Đăng ký tiêu chí thi đua"),
            Deadline("tu_cham_diem", dt.date(2019, 11, 30), "Gửi bảng tự chấm điểm"),
        ),
        proposals=_proposals(),
        awards=(
            AwardRecord("a1", "toa_an", "bang_khen", AwardStage.RECEIVED, "2018", "1520/QĐ-UBND",
                        dt.date(2018, 12, 28), "Ủy ban nhân dân tỉnh"),
            AwardRecord("a2", "quan_su", "co_ubnd_tinh", AwardStage.RECEIVED, "2017",
                        "1388/QĐ-UBND", dt.date(2017, 12, 25), "Ủy ban nhân dân tỉnh"),
        ),
        papers=(
            IssuedPaper("v1", "ke_hoach_hoat_dong", "Kế hoạch hoạt động", "05/KH-CAT",
                        dt.date(2019, 3, 1), cluster="k1"),
        ),
    )  # fmt: skip


def _conferences() -> tuple[Conference, ...]:
    people = (
        Attendant("Nông Thanh Tùng", "Ủy viên Hội đồng phụ trách khối"),
        Attendant("Đàm Thị Lan", "Phó Trưởng Ban Thi đua - Khen thưởng"),
        Attendant("Hoàng Văn Minh", "Giám đốc", "cong_an"),
        Attendant("Nguyễn Thị Hoa", "Chuyên viên", "cong_an"),
        Attendant("Bế Văn Hùng", "Phó Giám đốc", "tu_phap"),
        Attendant("Lục Thị Mai", "Chánh Văn phòng", "toa_an"),
        Attendant("Trần Quốc Bảo", "Phó Chánh Thanh tra", "thanh_tra", present=False),
    )
    hall = "Hội trường Công an tỉnh"
    chair, secretary = "Hoàng Văn Minh", "Nguyễn Thị Hoa"
    return (
        Conference("h1", "mid_year", "Hội nghị sơ kết 6 tháng đầu năm 2019",
                   dt.date(2019, 7, 12), "Sở Tư pháp", "k1", "Bế Văn Hùng", secretary, people[2:]),
        Conference("h2", "preparatory", "Hội nghị trù bị", dt.date(2019, 12, 20), hall, "k1",
                   chair, secretary, people[1:]),
        Conference("h3", "summary", "Hội nghị tổng kết năm 2019", SUMMARY, hall, "k1", chair,
                   secretary, people),
    )  # fmt: skip


def _sheets() -> tuple[BallotSheet, ...]:
    common = {
        "stage": BallotStage.CONFIRMED,
        "cluster": "k1",
        "tellers": ("Lục Thị Mai", "Bế Văn Hùng", "Nguyễn Thị Hoa"),
        "conference": "h3",
        "opened_by": "Nguyễn Thị Hoa",
        "opened_on": SUMMARY,
        "counted_by": "Nguyễn Thị Hoa",
        "counted_on": SUMMARY,
        "confirmed_by": "Lục Thị Mai",
        "confirmed_on": SUMMARY,
    }
    tied = (
        Candidate("quan_su", "Bộ Chỉ huy Quân sự tỉnh"),
        Candidate("toa_an", "Tòa án nhân dân tỉnh"),
    )
    deputies = (
        Candidate("bien_phong", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh"),
        Candidate("kiem_sat", "Viện kiểm sát nhân dân tỉnh"),
    )
    return (
        BallotSheet("b1", "tie", "choose", title="Chọn đơn vị được đề nghị tặng Cờ thi đua",
                    award="co_ubnd_tinh", candidates=tied,
                    question="tie:co_ubnd_tinh:quan_su+toa_an", ballot=1, **common),
        BallotSheet("b2", "leader", "approve", title="Bầu Trưởng khối thi đua năm 2020",
                    candidates=(Candidate("tu_phap", "Sở Tư pháp"),), ballot=2, **common),
        BallotSheet("b3", "deputy", "choose", title="Bầu Phó Trưởng khối thi đua năm 2020",
                    candidates=deputies, ballot=3, **common),
    )  # type: ignore[arg-type]  # fmt: skip


def _proposals() -> tuple[Proposal, ...]:
    made = {"cluster": "k1", "made_by": "Nguyễn Thị Hoa", "made_on": SUMMARY}
    lines = (
        ("d1", "co_ubnd_tinh", "toa_an", 1),
        ("d2", "bang_khen", "quan_su", 2),
        ("d3", "bang_khen", "tu_phap", 3),
        ("d4", "bang_khen", "cong_an", 4),
        ("d5", "bang_khen", "kiem_sat", 5),
    )
    return tuple(
        Proposal(identifier, award, unit, place=place, **made)  # type: ignore[arg-type]
        for identifier, award, unit, place in lines
    )
