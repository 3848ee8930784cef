"""A cluster at its conference: a pack with a flag, certificates, cases and ballots; a year in it.

One criterion is scored directly, so that the points of a unit are what the tests type:

    desk = meet(workspace, {"a": 95, "b": 90, "c": 90, "d": 80})
    sheet = opened(desk)
    count(desk, sheet.id, b=5, c=4)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.domain.conference import BallotSheet, Candidate
from app.domain.snapshot import Cluster, Unit
from app.operations.workspace import ballots
from app.operations.workspace.consequences import Plan, carry_out, result_of
from app.operations.workspace.desk import Desk, Done
from app.operations.workspace.entries import enter_scores
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace.rounds import reopen_round, seal_round, submit_round
from app.operations.workspace.tables import adopt_pack
from app.operations.workspace.years import open_year, year_record
from app.persistence.workspace import Workspace
from app.rules.document import dump_tree
from tests import builders as b

DAY = dt.date(2026, 12, 20)
LATER = dt.date(2027, 1, 15)
COUNTER, SECOND = "Trần Kiểm", "Lê Xác"
ROUNDS = [{"id": "final", "title": "Thẩm định", "hand": "department"}]
TWO_ROUNDS = [
    {"id": "self", "title": "Tự chấm", "hand": "unit"},
    {**ROUNDS[0], "stands_in": "self"},
]
CHAIN = [{"step": "ballot", "max": 2}, {"step": "authority", "title": "Hội đồng quyết định"}]
RULE = {"purpose": "tie", "form": "choose", "secret": True}


def rows(*, reserve: int = 1, held: str = "open", **flag: Any) -> list[b.Row]:
    """A flag for the first, one certificate below it, a bar, a hold and a condition."""
    return [
        b.direct("1", 100),
        b.standing_case("kx", "barred"),
        b.standing_case("kx_diem", "barred", when={"total": {"lt": 10}}),
        b.standing_case("cx", "held"),
        b.condition_item("vuot"),
        b.award("co", b.fixed(1), held=held, reserve=reserve, **flag),
        b.award("bk", {"kind": "quota", "default": 1}, excludes=["co"], reserve=reserve, held=held),
    ]


def tree(*more: b.Row, base: list[b.Row] | None = None, **head: Any) -> b.Tree:
    """The table of the conference."""
    settings: dict[str, Any] = {
        "rounds": ROUNDS,
        "ties": {"chain": CHAIN},
        "ballots": [RULE],
        **head,
    }
    settings["scoring"] = {"ranking_round": "final", "total_max": 100, **head.get("scoring", {})}
    return b.pack_tree(*(rows() if base is None else base), *more, **settings)


def meet(
    workspace: Workspace,
    points: Mapping[str, int | str],
    table: b.Tree | None = None,
    clusters: Mapping[str, str] | None = None,
    *,
    sealed: bool = True,
    round_id: str = "final",
) -> Desk:
    """A year with these units, scored and (by default) sealed."""
    desk = open_year(workspace, COUNTER, year_record("2026"))[0]
    file = Path(workspace.folder).parent / "bang.toml"
    file.write_text(dump_tree(tree() if table is None else table), encoding="utf-8")
    adopt_pack(desk, file)
    where = clusters or {}
    ids = sorted({where.get(u, "k1") for u in points})
    add_clusters(desk, [Cluster(k, f"Cụm {k}") for k in ids])
    add_units(desk, [Unit(u, f"Sở {u.upper()}", where.get(u, "k1")) for u in points])
    score(desk, points, round_id)
    if sealed:
        submit_round(desk, "final", None, DAY)
        seal_round(desk, "final", None, DAY)
    return desk


def score(desk: Desk, points: Mapping[str, int | str], round_id: str = "final") -> None:
    """Types the points of some units in a round."""
    enter_scores(desk, [TypedCell(u, "1", round_id, points=str(p)) for u, p in points.items()])


def rescore(desk: Desk, **points: int | str) -> None:
    """Opens the sealed round of some units, types other points, seals again."""
    reopen_round(desk, "final", list(points), DAY, "điều chỉnh")
    score(desk, points)
    submit_round(desk, "final", list(points), DAY)
    seal_round(desk, "final", list(points), DAY)


def opened(desk: Desk, purpose: Any = "tie", **more: Any) -> BallotSheet:
    """An opened ballot."""
    named = more.pop("candidates", ())
    standing = [c if isinstance(c, Candidate) else Candidate(c) for c in named]
    return ballots.open_ballot(desk, purpose, DAY, candidates=standing, **more)[0]


def numbers(votes: Mapping[str, int], **more: Any) -> dict[str, Any]:
    """A count that reconciles: everybody is there, every paper is valid."""
    cast = more.pop("valid", sum(votes.values()))
    row: dict[str, Any] = {
        "members": cast,
        "present": cast,
        "issued": cast,
        "returned": cast,
        "valid": cast,
        "invalid": 0,
        "blank": 0,
        "votes": dict(votes),
    }
    return {**row, **more}


def count(desk: Desk, sheet: str, **votes: int) -> Done:
    """Counts a ballot in which everybody voted."""
    return ballots.enter_count(desk, sheet, numbers(votes), DAY)


def confirm(desk: Desk, sheet: str, **more: Any) -> Done:
    """The second person confirms."""
    return ballots.confirm_count(desk, sheet, DAY, confirmed_by=SECOND, **more)


def decide_by_ballot(desk: Desk, **votes: int) -> BallotSheet:
    """A ballot on the tie at the cut, opened, counted and confirmed."""
    sheet = opened(desk)
    count(desk, sheet.id, **votes)
    confirm(desk, sheet.id)
    return sheet


def do(desk: Desk, plan: Plan) -> Done:
    """Carries a plan out."""
    return carry_out(desk, plan)


def lines(desk: Desk, award: str) -> dict[str, str]:
    """Who stands how at an award, by the present result."""
    return b.lines(result_of(desk), award)


def ranks(desk: Desk) -> dict[str, int | None]:
    """The present ranks."""
    return {unit: found.rank for unit, found in result_of(desk).units.items()}
