"""Makes the frozen workspace of the present schema: ``python make_workspace.py``.

Run once when a schema is released, never again for that schema: the file stands for what officers
have on their disks. Beside the zip lies what it tells, as text.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import zipfile
from fractions import Fraction
from pathlib import Path

from app.domain import conference, exchange, papers, year
from app.domain import snapshot as facts
from app.ground.canonical import digest
from app.persistence import books
from app.persistence.records import Change
from app.persistence.tables import SCHEMA
from app.persistence.workspace import Workspace

HERE = Path(__file__).parent
DAY = dt.date(2022, 5, 1)
VIETNAM = dt.timezone(dt.timedelta(hours=7))


def clock() -> dt.datetime:
    """One moment, so that a second run makes the same journal."""
    return dt.datetime(2022, 11, 20, 15, 4, tzinfo=VIETNAM)


def fill(workspace: Workspace, paper: Path) -> None:
    """One noun of each kind, a changed score, an undone act."""
    sha256, size = workspace.keep_file(paper)
    tree = {"title": "Bảng", "rounds": [{"id": "self", "title": "Tự chấm"}], "max": 100}
    with workspace.operation("year", "Mở năm 2022", "Nguyễn A", period="2022") as put:
        put.put(books.PERIODS, year.PeriodRecord("2022", "2022", DAY, dt.date(2022, 12, 31)))
        put.put(books.CRITERIA_TABLES, year.CriteriaTable("b", 1, "Bảng", tree, digest(tree)))
        put.put(books.PINNED_TABLES, year.PinnedTable(1, "b", 1))
        put.put(books.PARAMETER_CHOICES, year.ParameterChoice("A10", Fraction(2, 3), "họp"))
        put.put(books.SETTINGS, year.Setting("issuer", "Sở Nội vụ"))
        put.put(books.CLUSTERS, facts.Cluster("k1", "Khối 1", "B"))
        roles = frozenset({"leader"})
        put.put(books.UNITS, facts.Unit("so_a", "Sở A", "k1", roles, DAY, None, {"new": True}))
        put.put(books.UNITS, facts.Unit("so_b", "Sở B", "k1"))
        put.put(books.SUCCESSIONS, year.Succession("so_b", "so_a", "2022", "split", DAY))
        put.put(books.REGISTRATIONS, year.Registration("so_a", "pledge", "1/GƯ", signed=DAY))
        put.put(books.TARGETS, year.Target("so_a", "t1", "Giảm nghèo", plan=Fraction("97.5")))
        method = {"kind": "proportional"}
        own = facts.OwnCriterion("so_a", "I.1", "I.1.a", "Riêng", Fraction(50), method)
        put.put(books.OWN_CRITERIA, own)
        put.put(books.ENTRIES, facts.Entry("so_a", "I.2", "self", points=Fraction(8)))
        figures: dict[str, facts.Figure] = {"plan": Fraction(1, 3), "on": DAY, "level": "tốt"}
        put.put(books.ENTRIES, facts.Entry("so_b", "I.2", "self", figures=figures, pack="kem"))
        put.put(books.ROUND_STATES, year.RoundState("so_a", "self", year.RoundStage.SUBMITTED, DAY))
        put.put(books.EXPLANATIONS, year.Explanation("g1", "so_a", "I.2", "self", "Vì sao?"))
        put.put(books.EVIDENCE, year.Evidence("e1", "12/BC", DAY, "Sở A", "Báo cáo", "tr. 2"))
        file = year.Evidence("e2", sha256=sha256, file_name=paper.name, file_size=size)
        put.put(books.EVIDENCE, file)
        put.put(books.EVIDENCE_LINKS, year.EvidenceLink("e1", "so_a", "I.2", "self"))
        put.put(books.TOTALS, facts.GivenTotal("so_b", "self", Fraction(950), "I"))
        put.add(books.BONUS, facts.ItemFact("so_a", "b", 2, Fraction(4)))
        put.add(books.DEDUCTIONS, facts.ItemFact("so_b", "d", figures={"days": Fraction(3)}))
        put.add(books.STANDING, facts.StandingFact("so_b", "chua_xet.1", "12/KL", DAY))
        put.put(books.CONDITIONS, facts.ConditionFact("so_a", "vuot", True, "BC 12"))
        put.put(books.DEADLINES, year.Deadline("dang_ky", DAY, "Đăng ký"))
        late = year.DeadlineException("dang_ky", "so_b", dt.date(2022, 6, 1), "mới thành lập")
        put.put(books.DEADLINE_EXCEPTIONS, late)
        there = (year.Attendant("Trần B", "Giám đốc", "so_a"), year.Attendant("Lê C"))
        meeting = year.Conference("h1", "summary", "Tổng kết", DAY, "Cao Bằng", attendants=there)
        put.put(books.CONFERENCES, meeting)
        votes = {"so_a": 5, "so_b": 0}
        put.add(books.BALLOTS, facts.Ballot("tie", "co", "choose", 2, votes, blank=0))
        _conference(put)
        put.put(books.DECISIONS, facts.Decision("tie:co:so_a+so_b", "so_a", "Chủ tịch"))
        put.put(books.QUOTAS, facts.Quota("co", percent=Fraction(10), base=27, cluster="k1"))
        award = year.AwardRecord("kt1", "so_a", "co", year.AwardStage.RECEIVED, "2021")
        put.put(books.AWARDS, award)
        put.put(books.PAPERS, year.IssuedPaper("v1", "to_trinh", "Tờ trình", "5/TTr", DAY))
        put.put(books.WORDINGS, papers.Wording("giay_moi", body="Kính mời «đơn vị»."))
        put.put(
            books.SENDERS, exchange.Sender("Sở Nội vụ", "ab" * 32, None, "Nguyễn A", "2022-05-01")
        )
        gone = exchange.ExchangedPackage("cd" * 32, "sent", "self_score", "scores", "Sở A")
        put.put(books.PACKAGES, gone)
        put.put(books.PAPER_ANSWERS, papers.PaperAnswer("giay_moi", "h1", "giờ", "8 giờ"))
    with workspace.operation("score", "Rà soát", "Trần B", period="2022") as put:
        changed = facts.Entry("so_a", "I.2", "self", points=Fraction("8.5"), reason="bổ sung")
        put.put(books.ENTRIES, changed)
    with workspace.operation("score", "Nhầm", "Trần B", period="2022") as put:
        put.remove(books.ENTRIES, "so_a", "I.2", "self", None)
    workspace.undo("Trần B")


def _conference(put: Change) -> None:
    """A confirmed ballot on a tie, what was done in the year, a proposal and what replaced it."""
    totals = {"so_a": Fraction(950), "so_b": Fraction(950)}
    votes = {"so_a": 6, "so_b": 3}
    (number,) = put.add(
        books.BALLOTS,
        facts.Ballot("tie", "co", "choose", 1, votes, valid=9, totals=totals, places=1),
    )
    sheet = conference.BallotSheet(
        "phieu1",
        "tie",
        "choose",
        stage=conference.BallotStage.CONFIRMED,
        title="Bầu chọn đơn vị nhận Cờ",
        award="co",
        cluster="k1",
        candidates=(conference.Candidate("so_a", "Sở A"), conference.Candidate("so_b")),
        question="tie:co:so_a+so_b",
        totals=totals,
        tellers=("Trần B", "Lê C"),
        conference="h1",
        opened_by="Nguyễn A",
        opened_on=DAY,
        counted_by="Trần B",
        counted_on=DAY,
        confirmed_by="Lê C",
        confirmed_on=DAY,
        ballot=number,
    )
    put.put(books.BALLOT_SHEETS, sheet)
    movement = conference.Activity("p1", "movement", "Phong trào", cluster="k1", date=DAY)
    put.put(books.ACTIVITIES, movement)
    exemplar = conference.Activity("p2", "exemplar", "Gương", "so_a", chosen_to_report=True)
    put.put(books.ACTIVITIES, exemplar)
    done = conference.DutyState("ky_ket", "leader", conference.DutyStage.DONE, "k1", DAY, "1/GƯ")
    put.put(books.DUTY_STATES, done)
    gone = conference.Proposal(
        "dn1", "co", "so_a", conference.ProposalState.WITHDRAWN, "k1", 1, reason="xin rút"
    )
    heir = conference.Proposal("dn2", "co", "so_b", cluster="k1", place=1, replaces="dn1")
    put.put(books.PROPOSALS, gone, heir)


def told(workspace: Workspace) -> str:
    """All that a workspace tells, as lines."""
    lines = [f"head {workspace.head}"]
    for book in (*books.NAMED, *books.NUMBERED):
        nouns = workspace.read(book, "2022" if book.scoped else None)
        lines += [f"{book.name}: {_plain(noun)}" for noun in nouns]
    lines += [line.heading for line in workspace.journal()]
    return "\n".join(lines) + "\n"


def _plain(noun: object) -> str:
    text = repr(noun)
    roles = getattr(noun, "roles", None)
    return text if roles is None else text.replace(repr(roles), repr(sorted(roles)))


def main() -> None:
    """Writes the zip and the text."""
    name = f"schema_{SCHEMA:04}"
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "so"
        paper = Path(place) / "bao cao.txt"
        paper.write_text("Báo cáo\n", encoding="utf-8")
        workspace = Workspace.create(folder, "Nguyễn A", clock)
        fill(workspace, paper)
        (HERE / f"{name}.txt").write_text(told(workspace), encoding="utf-8")
        workspace.close(backup=False)
        with zipfile.ZipFile(HERE / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(folder.rglob("*")):
                if file.is_file():
                    packed.write(file, file.relative_to(folder).as_posix())


if __name__ == "__main__":
    main()
