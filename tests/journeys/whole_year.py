"""The small cluster of the whole year: its table, what everybody says, and how it all has to end.

Four units; I is typed (60 points), II comes from figures (40 × done / planned):

                 self                cluster             department
    a      50 + 40 × 80 %  = 82
    b      55 + 40 × 90 %  = 91
    c      58 + 40 × 100 % = 98                       58 + 40 × 95 % = 96
    d      60 + 40 × 95 %  = 98     58 + 38 = 96

A round in which nothing was said stands on the one before. So c and d are level at 96 for the one
flag, the conference votes 3 : 1 for c, and d gets the certificate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.snapshot import Cluster, Unit
from app.domain.year import PeriodState
from app.exchange.packages import Kind
from app.operations.exchange.shares import shared_digest
from app.operations.workspace.desk import OFFICER, Desk, change_setting
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.paper_data import issuer_from, paper_data, set_issuer
from app.operations.workspace.paper_desk import PaperLine, one_paper
from app.operations.workspace.proposals import digest_of
from app.operations.workspace.results import scored_year
from app.operations.workspace.tables import adopt_pack, issue_table
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace, open_workspace
from app.persistence import books
from app.reports.binding import content_code, words_digest
from app.rules.document import dump_tree
from tests import builders as b
from tests.app.exchange.forms.filling import OpenForm
from tests.laws.figures_reading import Printed, printed_rows, printed_text

LEADER, DEPARTMENT, HEIR = "Nguyễn Thị Hoa", "Trần Văn Bình", "Lê An"
COUNTER = "Lê Thị Xác"
"""The officers of the leader, the department and the next leader; who confirms the count."""

HOUSE, OFFICE = "Sở A", "Sở Nội vụ"
"""How the leader and the department sign their packages."""

YEAR, NEXT = "2026", "2027"
ROUNDS = ("self", "cluster", "department")
MEETING = dt.date(2026, 12, 20)
MOMENT = dt.datetime(2026, 12, 20, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
"""When all of it happens: papers print the day, so every way must have the same."""

UNITS = {"a": "Sở A", "b": "Sở B", "c": "Sở C", "d": "Sở D"}
ROLES = {"a": "leader", "b": "deputy"}
SELF = {"a": (50, 80), "b": (55, 90), "c": (58, 100), "d": (60, 95)}
"""The typed points of I, and what was done of II out of 100."""

REVIEW = TypedCell("d", "I", "cluster", points="58", reason="Trùng hai cuộc kiểm tra")
APPRAISAL = TypedCell(
    "c",
    "II",
    "department",
    figures={"plan": "100", "actual": "95"},
    reason="Năm việc chưa có hồ sơ",
)
VOTES = {"c": 3, "d": 1}
COUNT = {"members": 4, "present": 4, "issued": 4, "returned": 4, "valid": 4, "invalid": 0, "blank": 0}  # fmt: skip

REQUEST, MINUTES, RANKING = "to_trinh_khen_thuong", "bien_ban_kiem_phieu", "bang_tong_hop_xep_hang"
SHEET = "p1"
PAPERS = {REQUEST: "", MINUTES: SHEET, RANKING: ""}
"""The papers of the conference, each with what it is made for."""

ANSWERS: Mapping[str, Mapping[str, str]] = {
    REQUEST: {"số văn bản": "15", "ngày văn bản": "22/12/2026"},
    MINUTES: {
        "số văn bản": "3",
        "giờ bắt đầu kiểm phiếu": "9 giờ 00",
        "giờ kết thúc kiểm phiếu": "9 giờ 20",
    },
    RANKING: {"số văn bản": "14", "ngày văn bản": "21/12/2026"},
}
ISSUER = {"name": "Sở A", "short": "SA", "place": "Cao Bằng", "signer": "Lý Thị An"}

COUNT_WORDS = {
    "Tổng số người có quyền bỏ phiếu": "4",
    "Số người có mặt": "4",
    "Số phiếu phát ra": "4",
    "Số phiếu thu về": "4",
    "Số phiếu hợp lệ": "4",
    "Số phiếu không hợp lệ": "0",
    "Số phiếu trắng": "0",
}
PROPOSED = {"co": "c", "bk": "d"}


def write_table(folder: Path) -> Path:
    """The criteria table as a pack file."""
    rounds = [
        {"id": "self", "title": "Tự chấm", "hand": "unit"},
        {"id": "cluster", "title": "Cụm rà soát", "hand": "leader", "stands_in": "self"},
        {"id": "department", "title": "Thẩm định", "hand": "department", "stands_in": "cluster"},
    ]
    tree = b.pack_tree(
        b.direct("I", 60),
        b.criterion("II", 40, {"kind": "proportional", "zero_base": "zero"}),
        b.award("co", b.fixed(1), reserve=1),
        b.award("bk", {"kind": "quota", "default": 1}, excludes=["co"]),
        b.row("ballots", purpose="tie", form="choose"),
        rounds=rounds,
        scoring={"ranking_round": "department", "total_max": 100},
        ties={"chain": [{"step": "ballot", "max": 2}]},
    )
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "bang.toml"
    file.write_text(dump_tree(tree), encoding="utf-8")
    return file


def begin(folder: Path) -> None:
    """The leader's book before the first form leaves the house, by the verbs."""
    workspace = create_workspace(folder, LEADER)
    change_setting(workspace, LEADER, OFFICER, LEADER)
    desk, _ = open_year(workspace, LEADER, year_record(YEAR))
    add_clusters(desk, [Cluster("k1", "Cụm 1")])
    adopt_pack(desk, write_table(folder.parent / "bang"))
    roles = {unit: frozenset({role}) for unit, role in ROLES.items()}
    add_units(desk, [Unit(u, name, "k1", roles.get(u, frozenset())) for u, name in UNITS.items()])
    assert issue_table(desk).operation is not None
    set_issuer(workspace, LEADER, issuer_from(workspace, ISSUER))
    workspace.close(backup=False)


def fill_forms(folder: Path) -> list[Path]:
    """Each unit types its figures into the form that it got."""
    files = sorted(folder.glob("*.xlsx"))
    assert len(files) == len(UNITS)
    for file in files:
        unit = next(unit for unit in UNITS if file.stem.endswith(f"-{unit}"))
        points, done = SELF[unit]
        form = OpenForm(file)
        form.cell("points", "I").value = points
        form.figure("II", "plan").value = 100
        form.figure("II", "actual").value = done
        form.saved()
    return files


# ------------------------------------------------------------------ the end


@dataclass(frozen=True, slots=True)
class Ending:
    """What has to be the same whichever way the year was worked, and whoever holds the book.

    ``shared`` is the digest of the final result. Of a closed book it holds too at which entry of
    the journal the proposals were pinned, so ways are compared by that of the sealed year.
    """

    result: str
    shared: str
    proposals: tuple[tuple[str, str, str], ...]
    words: tuple[str, ...]


def papers_of(desk: Desk) -> list[PaperLine]:
    """The papers of the conference as the book makes them now."""
    data = paper_data(desk, "k1")
    return [one_paper(data, paper, subject) for paper, subject in PAPERS.items()]


def ending(folder: Path) -> Ending:
    """The closed year in a book that verifies, with its proposals as they were worked by hand."""
    with open_workspace(folder) as workspace:
        desk = Desk(workspace, LEADER, YEAR)
        assert workspace.verify().findings == ()
        assert workspace.period(YEAR).state is PeriodState.CLOSED
        found = scored_year(desk).assessment
        assert not found.provisional
        proposals = workspace.read(books.PROPOSALS, YEAR)
        assert {p.award: p.unit for p in proposals} == PROPOSED
        return Ending(
            digest_of(found),
            shared_digest(desk, Kind.FINAL_RESULT),
            tuple((p.award, p.unit, p.digest) for p in proposals),
            tuple(words_digest(line.made.document) for line in papers_of(desk)),
        )


def shares(folder: Path, kind: Kind = Kind.APPRAISAL) -> str:
    """What this book has of that which leader and department share at this stage."""
    with open_workspace(folder) as workspace:
        return shared_digest(Desk(workspace, LEADER, YEAR), kind)


def read_back(printed: Path, folder: Path) -> None:
    """Holds the printed papers against the figures by hand, and each against the book's own."""
    files = sorted(printed.glob("*.pdf"))
    with open_workspace(folder) as workspace:
        lines = {line.paper.id: line for line in papers_of(Desk(workspace, LEADER, YEAR))}
    assert {file.stem for file in files} == {line.stem for line in lines.values()}
    for paper, line in lines.items():
        (file,) = [one for one in files if one.stem == line.stem]
        text = printed_text(file.read_bytes())
        assert line.made.document.draft is None, line.made.document.draft
        assert "DỰ THẢO" not in text, paper
        assert content_code(line.made.document) in text, paper
        HOLDS[paper](list(printed_rows(file.read_bytes())))


def _request(rows: Sequence[Printed]) -> None:
    """Who is proposed for what, with the total and the rank of each."""
    told = [
        (row["Đơn vị"], row["Hình thức đề nghị"], row["Tổng điểm"], row["Hạng"])
        for row in rows
        if "Hình thức đề nghị" in row
    ]
    assert told == [("Sở C", "Khen co", "96,00", "1"), ("Sở D", "Khen bk", "96,00", "2")]


def _minutes(rows: Sequence[Printed]) -> None:
    """Every number of the tellers, and who got how many of the votes."""
    counts = {row["Số liệu"]: row["Số lượng"] for row in rows if "Số liệu" in row}
    assert {name: counts[name] for name in COUNT_WORDS} == COUNT_WORDS
    votes = {row["Đơn vị"]: row["Số phiếu"] for row in rows if "Số phiếu" in row}
    assert votes == {"Sở C": "3", "Sở D": "1", "Cộng": "4"}


def _ranking(rows: Sequence[Printed]) -> None:
    """Total and rank of each unit, by what it was ranked, and what it is proposed for."""
    told = {
        row["Đơn vị"]: (row["Tổng điểm"], row["Hạng"], row["Căn cứ xếp hạng"], row["Khen thưởng"])
        for row in rows
        if "Căn cứ xếp hạng" in row
    }
    assert told == {
        "Sở C": ("96,00", "1", "Bỏ phiếu", "Khen co"),
        "Sở D": ("96,00", "2", "Bỏ phiếu", "Khen bk"),
        "Sở B": ("91,00", "3", "Tổng điểm", ""),
        "Sở A": ("82,00", "4", "Tổng điểm", ""),
    }


HOLDS = {REQUEST: _request, MINUTES: _minutes, RANKING: _ranking}
"""What the printed tables of each paper have to say, by hand."""


def goes_on(folder: Path, closed: Ending, sender: Path) -> None:
    """The next leader's book has the year as the sender sealed it, and the next year beside it."""
    with open_workspace(sender) as theirs:
        acts = theirs.history().operations
        (seal,) = [act["digest"] for act in acts if act["kind"] == "year.closed"]
    assert ending(folder) == closed
    with open_workspace(folder) as workspace:
        assert workspace.verify(seal).findings == ()
        assert workspace.head != seal
        years = {year.id: year.state for year in workspace.read(books.PERIODS)}
        assert years == {YEAR: PeriodState.CLOSED, NEXT: PeriodState.OPEN}
        roles = {unit.id: unit.roles for unit in workspace.read(books.UNITS, NEXT)}
        assert roles == {"a": set(), "b": {"leader"}, "c": set(), "d": set()}
