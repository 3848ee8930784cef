"""Three years of a cluster, one after the other: roles rotate, two units merge in mid-year, one
leaves, one is barred after the conference; each year is closed, and stays what it was.

Domain section 1 (steps 1, 9, 12), rows A8, A38; acceptance 1.2, 1.13, 1.16.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from app.domain.conference import ProposalState
from app.domain.snapshot import Cluster, Unit
from app.domain.year import PeriodState
from app.exchange.result import result_tree
from app.ground.findings import UserError
from app.operations.workspace import ballots
from app.operations.workspace.activities import note_activity
from app.operations.workspace.answers import adopt_answers, proposed_answers
from app.operations.workspace.award_desk import award_desk
from app.operations.workspace.awards import (
    Ruling,
    decide_proposals,
    plan_barred_after,
    propose,
)
from app.operations.workspace.calendar import calendar_of
from app.operations.workspace.closing import closing_checklist
from app.operations.workspace.consequences import carry_out, result_of
from app.operations.workspace.desk import Desk
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import add_clusters, add_units, join_unit, leave_unit
from app.operations.workspace.proposals import ProposalsStand, proposal_state
from app.operations.workspace.records import choose_parameter, record
from app.operations.workspace.rounds import seal_round, submit_round
from app.operations.workspace.successions import merge_units
from app.operations.workspace.tables import adopt_pack, issue_table
from app.operations.workspace.turn import (
    NamedRole,
    YearTurn,
    begin_next_year,
)
from app.operations.workspace.years import close_year, open_year, year_record
from app.persistence import books
from app.persistence.tables import AFTER_CLOSING, KEPT
from app.persistence.workspace import Workspace
from app.rules.document import dump_tree
from app.scoring.duties import DutyStanding
from tests import builders as b

FIRST, SECOND, THIRD = "Nguyễn Hoa", "Trần Bình", "Lê An"
"""The officers of the three years; the one who keeps the file changes every year."""

WITNESS = "Phạm Chứng"


def table() -> b.Tree:
    return b.pack_tree(
        b.direct("1", 60),
        b.direct("2", 40),
        b.standing_case("kx", "barred"),
        b.standing_case("cx", "held"),
        b.award("co", b.fixed(1), reserve=1),
        b.award("bk", {"kind": "quota", "default": 1}, excludes=["co"], reserve=1),
        b.parameter("digits", allowed=[0, 1, 2], default=2),
        b.row("ballots", purpose="tie", form="choose"),
        b.row("ballots", purpose="deputy", form="choose"),
        b.row(
            "duties",
            id="ke_hoach",
            title="Kế hoạch",
            who="leader",
            due=[{"month": 3, "day": 31}],
        ),
        b.row(
            "duties",
            id="phong_trao",
            title="Phong trào chung",
            who="leader",
            counts={"kind": "movement"},
        ),
        rounds=[
            {"id": "self", "title": "Tự chấm", "hand": "unit"},
            {"id": "final", "title": "Thẩm định", "hand": "department", "stands_in": "self"},
        ],
        scoring={
            "ranking_round": "final",
            "total_max": 100,
            "digits": {"parameter": "digits"},
        },
        ties={"chain": [{"step": "ballot", "max": 2}]},
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "so", FIRST)
    yield made
    made.close(backup=False)


def kept(workspace: Workspace, year: str) -> dict[str, list[str]]:
    """Every row of a year but its awards and papers, as the file keeps it."""
    engine = workspace._engine
    found: dict[str, list[str]] = {}
    with engine.connect() as connection:
        for one in KEPT:
            if "period" in one.columns and one.name not in AFTER_CLOSING:
                rows = connection.execute(one.select().where(one.c.period == year))
                found[one.name] = sorted(repr(tuple(row)) for row in rows)
    return found


def digest(desk: Desk) -> str:
    return str(result_tree(result_of(desk))["digest"])


def at(desk: Desk, actor: str) -> Desk:
    return Desk(desk.workspace, actor, desk.period)


def score(desk: Desk, points: Mapping[str, tuple[int, int]]) -> None:
    """Each unit scores itself and hands in; the department takes it over, but for nothing."""
    year = desk.year.start.year
    for round_id in ("self", "final"):
        cells = [
            TypedCell(unit, code, round_id, points=str(value))
            for unit, pair in points.items()
            for code, value in zip(("1", "2"), pair, strict=True)
        ]
        enter_scores(desk, cells)
        submit_round(desk, round_id, list(points), dt.date(year, 12, 10))


def seal(desk: Desk) -> None:
    for round_id in ("self", "final"):
        seal_round(desk, round_id, None, dt.date(desk.year.start.year, 12, 15))


def vote(desk: Desk, purpose: str, votes: Mapping[str, int], **more: object) -> None:
    """A ballot in which everybody voted, counted and confirmed by somebody else."""
    on = dt.date(desk.year.start.year, 12, 20)
    sheet, _ = ballots.open_ballot(desk, purpose, on, **more)  # type: ignore[arg-type]
    cast = sum(votes.values())
    numbers = dict.fromkeys(("members", "present", "issued", "returned", "valid"), cast)
    row = {**numbers, "invalid": 0, "blank": 0, "votes": dict(votes)}
    ballots.enter_count(desk, sheet.id, row, on)
    ballots.confirm_count(desk, sheet.id, on, confirmed_by=WITNESS)


def proposed(desk: Desk) -> dict[str, str]:
    return {
        p.award: p.unit
        for p in proposal_state(desk).proposals
        if p.state in (ProposalState.PROPOSED, ProposalState.DECIDED)
    }


def roles(desk: Desk) -> dict[str, list[str]]:
    return {unit.id: sorted(unit.roles) for unit in desk.units.values()}


def blocking(desk: Desk) -> list[str]:
    return [i.finding.code for i in closing_checklist(desk) if i.blocks]


# ------------------------------------------------------------------ the years


def first_year(workspace: Workspace, folder: Path) -> tuple[Desk, Desk, YearTurn]:
    """Five units; c and d tie for the flag, and the ballot chooses c; the deputy becomes leader."""
    desk, _ = open_year(workspace, FIRST, year_record("2026"))
    file = folder / "bang.toml"
    file.write_text(dump_tree(table()), encoding="utf-8")
    adopt_pack(desk, file)
    issue_table(desk)
    add_clusters(desk, [Cluster("k1", "Khối Một")])
    given = {"a": {"leader"}, "b": {"deputy"}}
    add_units(
        desk, [Unit(u, f"Sở {u.upper()}", "k1", frozenset(given.get(u, ()))) for u in "abcde"]
    )
    choose_parameter(desk, "digits", 1, "quy chế của khối")
    note_activity(desk, "movement", "Cải cách", on=dt.date(2026, 2, 3), document="1/KH")
    score(desk, {"a": (40, 30), "b": (50, 30), "c": (58, 37), "d": (57, 38), "e": (50, 20)})
    assert blocking(desk) == ["year_not_sealed"] * 5
    seal(desk)

    (tie,) = [t for t in result_of(desk).ties if t.resolved_by is None]
    assert (tie.award, set(tie.units)) == ("co", {"c", "d"})
    with pytest.raises(UserError):
        propose(desk, dt.date(2026, 12, 20))
    vote(desk, "tie", {"c": 4, "d": 1}, award="co")
    candidates = [ballots.Candidate("c"), ballots.Candidate("e")]
    vote(desk, "deputy", {"c": 3, "e": 2}, cluster="k1", candidates=candidates)
    propose(desk, dt.date(2026, 12, 20))
    assert proposed(desk) == {"co": "c", "bk": "d"}

    following, done, turn = begin_next_year(desk)
    assert done.findings == ()
    assert roles(following) == {"a": [], "b": ["leader"], "c": ["deputy"], "d": [], "e": []}
    return desk, following, turn


def second_year(desk: Desk) -> tuple[Desk, Desk]:
    """d and e merge in July, a leaves in September, b is barred after the conference."""
    issue_table(desk)
    assert [choice.parameter for choice in proposed_answers(desk)] == ["digits"]
    adopt_answers(desk, ["digits"])
    score(desk, {"d": (30, 20), "e": (10, 10), "a": (20, 20)})
    merge_units(desk, ["d", "e"], Unit("m", "Sở M", "k1"), dt.date(2027, 7, 1), follow="d")
    leave_unit(desk, "a", dt.date(2027, 9, 1))
    assert result_of(desk).units["m"].card.total == 50  # d's points follow, e's are archived
    score(desk, {"b": (60, 38), "c": (50, 40)})
    seal(desk)
    ranks = {u: r.rank for u, r in result_of(desk).units.items() if r.rank is not None}
    assert ranks == {"b": 1, "c": 2, "m": 3}
    propose(desk, dt.date(2027, 12, 20))
    assert proposed(desk) == {"co": "b", "bk": "c"}

    named = [NamedRole("m", "deputy", "Biên bản hội nghị 20/12/2027")]
    following, done, turn = begin_next_year(desk, named=named)
    assert done.findings == ()
    assert [unit.id for unit in turn.left_out] == ["a", "d", "e"]
    assert roles(following) == {"b": [], "c": ["leader"], "m": ["deputy"]}

    ruling = Ruling("Chủ tịch UBND tỉnh", "KL 5", dt.date(2028, 1, 20), "passed_on")
    plan = plan_barred_after(desk, "b", "kx", ruling)
    assert any("Sở C" in line for line in plan.consequences)
    carry_out(desk, plan)
    assert proposed(desk) == {"co": "c", "bk": "m"}
    assert proposal_state(desk).stand is not ProposalsStand.OUTDATED
    assert blocking(desk) == []
    return desk, following


def third_year(desk: Desk) -> Desk:
    """n joins in May; a stretch of acts is taken back and done again."""
    issue_table(desk)
    adopt_answers(desk, ["digits"])
    join_unit(desk, Unit("n", "Sở N", "k1"), dt.date(2028, 5, 2))
    record(desk, "registrations", [{"unit": "n", "kind": "pledge", "signed": "03/05/2028"}])
    score(desk, {"b": (50, 40), "c": (45, 35), "m": (59, 39), "n": (30, 30)})
    before, head = digest(desk), desk.workspace.head
    for _ in range(5):
        assert desk.workspace.undo(desk.actor) is not None
    assert digest(desk) != before
    for _ in range(5):
        assert desk.workspace.redo(desk.actor) is not None
    assert digest(desk) == before
    assert desk.workspace.head != head  # what was taken back and done again stays in the journal
    seal(desk)
    propose(desk, dt.date(2028, 12, 20))
    assert proposed(desk) == {"co": "m", "bk": "b"}
    return desk


def test_three_years_of_a_cluster_each_closed_and_none_changed_by_the_next(
    workspace: Workspace, tmp_path: Path
) -> None:
    sealed: dict[str, tuple[str, dict[str, list[str]], str]] = {}

    def close(desk: Desk) -> None:
        found = close_year(desk)
        assert not any(f.is_error for f in found.findings)
        sealed[desk.period] = (digest(desk), kept(workspace, desk.period), workspace.head)

    def unchanged() -> None:
        for year, (result, rows, _) in sealed.items():
            assert digest(Desk(workspace, THIRD, year)) == result
            assert kept(workspace, year) == rows

    desk, following, turn = first_year(workspace, tmp_path)
    assert [choice.parameter for choice in turn.answers] == ["digits"]
    # the next year is worked on while the last is still open, each by its own officer
    following = at(following, SECOND)
    record(following, "registrations", [{"unit": "b", "kind": "pledge", "signed": "20/12/2026"}])
    decide_proposals(desk, ["dn1", "dn2"], "15/QĐ", dt.date(2026, 12, 30), "UBND tỉnh")
    close(desk)

    desk, following = second_year(following)
    unchanged()
    close(desk)
    unchanged()

    desk = third_year(at(following, THIRD))
    unchanged()
    fourth, _, _ = begin_next_year(desk)
    assert roles(fourth)["m"] == ["leader"]
    close(desk)
    unchanged()

    past = award_desk(Desk(workspace, THIRD, "2028")).past
    flag = next(a.title for a in result_of(desk).pack.rules.awards if a.id == "co")
    assert [(p.year, p.award) for p in past["c"]] == [("2027", flag), ("2026", flag)]
    assert {year.id: year.state for year in workspace.read(books.PERIODS)} == {
        "2026": PeriodState.CLOSED,
        "2027": PeriodState.CLOSED,
        "2028": PeriodState.CLOSED,
        "2029": PeriodState.OPEN,
    }
    for _, _, head in sealed.values():
        assert workspace.verify(head).findings == ()


def test_sealed_years_are_read_and_verified_after_the_folder_was_carried_away(
    tmp_path: Path,
) -> None:
    with Workspace.create(tmp_path / "so", FIRST) as made:
        desk, _, _ = first_year(made, tmp_path)
        close_year(desk)
        result, head = digest(desk), made.head
    (tmp_path / "so").rename(tmp_path / "usb")
    with Workspace.open(tmp_path / "usb") as again:
        desk = Desk(again, SECOND, "2026")
        assert digest(desk) == result
        assert again.verify(head).intact
        lines = calendar_of(desk, dt.date(2027, 1, 2)).duties
        assert {line.duty.id: line.standing for line in lines} == {
            "ke_hoach": DutyStanding.OVERDUE,
            "phong_trao": DutyStanding.DONE,
        }
