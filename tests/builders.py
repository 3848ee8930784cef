"""Readable builders: a pack, facts and their assessment in a few lines of a test.

Packs are written as the tables of a pack file and go through the real reader; facts are the
frozen nouns. Numbers may be written as whole numbers or as text ("12.5"); nothing is a float.

    rules = pack(criterion("1", 10, "direct"), award("co", fixed(1)))
    facts = snapshot(units(2), entry("u1", "1", points=9), entry("u2", "1", points=7))
    assert ranks(assess(facts, rules)) == {"u1": 1, "u2": 2}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.domain.snapshot import (
    Ballot,
    BallotForm,
    BallotPurpose,
    Cluster,
    ConditionFact,
    Decision,
    Entry,
    EntryState,
    Figure,
    GivenTotal,
    ItemFact,
    OwnCriterion,
    Period,
    Quota,
    Snapshot,
    StandingFact,
    Unit,
)
from app.ground.findings import Findings
from app.rules.document import LoadedPack, Tree, dump_tree, parse_tree, read_pack
from app.scoring.assess import assess
from app.scoring.assessment import Assessment

YEAR = Period("2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
ROUND = "final"
Row = tuple[str, dict[str, Any]]
"""A row of a pack with the table that it belongs to."""


def q(value: int | str | Fraction) -> Fraction:
    """An exact number: ``q("12.5")``, ``q("1/3")``."""
    return Fraction(value)


# ------------------------------------------------------------------ packs


def criterion(
    code: str, maximum: int | str | None = None, method: str | Mapping[str, Any] = "", **more: Any
) -> Row:
    """A row of the table: scored with ``method`` (a kind, or a whole table), else a group."""
    row: dict[str, Any] = {"code": code, "title": f"Tiêu chí {code}", **_aliased(more)}
    if maximum is not None:
        row["max"] = maximum
    if method:
        row["method"] = {"kind": method} if isinstance(method, str) else dict(method)
    return "criteria", row


def direct(code: str, maximum: int | str = 100, **more: Any) -> Row:
    """A criterion whose points are typed."""
    return criterion(code, maximum, "direct", **more)


def award(award_id: str, places: Mapping[str, Any], **more: Any) -> Row:
    """An award with its places."""
    return "awards", {"id": award_id, "title": f"Khen {award_id}", "places": dict(places), **more}


def fixed(count: int) -> dict[str, Any]:
    """So many places."""
    return {"kind": "fixed", "count": count}


def standing_case(case: str, kind: str, **more: Any) -> Row:
    """A case of "không xét", "chưa xét" or a limit on the class."""
    return "standing", {"id": case, "kind": kind, "title": f"Trường hợp {case}", **_aliased(more)}


def condition_item(identifier: str, **more: Any) -> Row:
    """A condition beside the rank."""
    return "conditions", {"id": identifier, "title": f"Điều kiện {identifier}", **more}


def class_rule(identifier: str, when: Mapping[str, Any], **more: Any) -> Row:
    """A class with its condition; rows go from best to worst."""
    return "classes", {"id": identifier, "title": identifier, "when": dict(when), **more}


def bonus_item(identifier: str, worth: Mapping[str, Any], **more: Any) -> Row:
    """A ground for bonus points."""
    return "bonus", {"id": identifier, "title": f"Thưởng {identifier}", "worth": worth, **more}


def deduction_item(identifier: str, worth: Mapping[str, Any], **more: Any) -> Row:
    """A ground for deductions."""
    return "deductions", {"id": identifier, "title": f"Trừ {identifier}", "worth": worth, **more}


def parameter(identifier: str, **more: Any) -> Row:
    """An open question of the text."""
    return "parameters", {"id": identifier, "title": f"Hỏi {identifier}", "note": "x", **more}


def clause(identifier: str) -> Row:
    """A place in the one source of the pack."""
    return "clauses", {"id": identifier, "source": "S", "place": identifier, "note": "x"}


def row(table: str, **values: Any) -> Row:
    """A row of any other list of the pack: scales, ballots, blocks, rounds …"""
    return table, _aliased(values)


def _aliased(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key.rstrip("_"): value for key, value in values.items()}


SOURCE = {
    "id": "S",
    "kind": "decision",
    "type": "Quyết định",
    "issuer": "UBND tỉnh",
    "subject": "Chấm điểm",
}


def pack_tree(*rows: Row, **head: Any) -> Tree:
    """The tree of a pack with one round, whose points rank, unless ``head`` says otherwise.

    ``scoring``, ``bonus`` and ``deductions`` of the head are merged with what stands by default.
    """
    scoring = {"ranking_round": ROUND, **head.pop("scoring", {})}
    bonus, deductions = head.pop("bonus", {}), head.pop("deductions", {})
    tree: Tree = {
        "schema": "bangvang-pack/1",
        "id": "thu",
        "version": "1.0.0",
        "title": "Gói thử",
        **head,
    }
    if tree.get("kind", "points") == "points":
        tree["scoring"] = scoring
        tree.setdefault("rounds", [{"id": ROUND, "title": "Thẩm định", "hand": "department"}])
    if any(table == "clauses" for table, _ in rows):
        tree.setdefault("sources", [dict(SOURCE)])
    for table, values in rows:
        if table in ("bonus", "deductions"):
            group = bonus if table == "bonus" else deductions
            group.setdefault("items", []).append(values)
        else:
            tree.setdefault(table, []).append(values)
    if bonus:
        tree["bonus"] = bonus
    if deductions:
        tree["deductions"] = deductions
    return tree


def load(tree: Tree, choices: Mapping[str, object] | None = None) -> LoadedPack:
    """The pack of a tree, read from its TOML text."""
    loaded, findings = read(tree, choices)
    assert loaded is not None, [f"{f.place}: {f.message}" for f in findings]
    return loaded


def read(
    tree: Tree, choices: Mapping[str, object] | None = None
) -> tuple[LoadedPack | None, Findings]:
    """The pack of a tree, or the findings that refuse it."""
    text = dump_tree(tree).encode()
    return read_pack(parse_tree(text, "pack.toml"), "pack.toml", choices)


def pack(*rows: Row, choices: Mapping[str, object] | None = None, **head: Any) -> LoadedPack:
    """A pack, read and ready."""
    return load(pack_tree(*rows, **head), choices)


# ------------------------------------------------------------------ facts


def unit(
    unit_id: str,
    cluster: str = "k1",
    roles: Iterable[str] = (),
    joined: dt.date | None = None,
    left: dt.date | None = None,
    **attributes: object,
) -> Unit:
    """A member of a cluster."""
    known = {name: figure(value) for name, value in attributes.items()}
    return Unit(unit_id, f"Đơn vị {unit_id}", cluster, frozenset(roles), joined, left, known)


def units(count: int, cluster: str = "k1") -> tuple[Unit, ...]:
    """``u1`` … in one cluster."""
    return tuple(unit(f"u{n}", cluster) for n in range(1, count + 1))


def figure(value: object) -> Figure:
    """A figure: whole numbers and decimals become exact, ``"n:12.5"`` is a number as text."""
    if isinstance(value, bool | dt.date | Fraction):
        return value
    if isinstance(value, int | Decimal):
        return Fraction(value)
    assert isinstance(value, str), value
    return Fraction(value[2:]) if value.startswith("n:") else value


def entry(
    unit_id: str,
    code: str,
    round: str = ROUND,
    *,
    points: int | str | Fraction | None = None,
    state: str = "scored",
    reason: str = "",
    evidence: int | None = None,
    pack: str | None = None,
    **figures: object,
) -> Entry:
    """One entry; figures are given by their names."""
    known = {name: figure(value) for name, value in figures.items()}
    value = None if points is None else Fraction(points)
    return Entry(unit_id, code, round, EntryState(state), known, value, reason, evidence, pack)


def given_total(
    unit_id: str, points: int | str, section: str | None = None, round: str = ROUND
) -> GivenTotal:
    """A total that stands in for entries."""
    return GivenTotal(unit_id, round, Fraction(points), section)


def bonus(unit_id: str, item: str, **more: Any) -> tuple[str, ItemFact]:
    """A ground for bonus."""
    return "bonus", _item(unit_id, item, more)


def deduction(unit_id: str, item: str, **more: Any) -> tuple[str, ItemFact]:
    """A ground for a deduction."""
    return "deductions", _item(unit_id, item, more)


def _item(unit_id: str, item: str, more: dict[str, Any]) -> ItemFact:
    points = more.pop("points", None)
    known = {"count", "subject", "reason"}
    plain = {key: more.pop(key) for key in list(more) if key in known}
    figures = {name: figure(value) for name, value in more.items()}
    value = None if points is None else Fraction(points)
    return ItemFact(unit_id, item, points=value, figures=figures, **plain)


def standing(unit_id: str, case: str, **more: Any) -> StandingFact:
    """A recorded case."""
    return StandingFact(unit_id, case, **more)


def ticked(unit_id: str, condition: str, met: bool = True) -> ConditionFact:
    """A condition, recorded as met or not."""
    return ConditionFact(unit_id, condition, met)


def decision(question: str, outcome: str) -> Decision:
    """What an authority decided."""
    return Decision(question, outcome, "Chủ tịch UBND tỉnh", "01/TB")


def ballot(
    purpose: BallotPurpose = "tie",
    award: str | None = None,
    number: int = 1,
    form: BallotForm = "choose",
    cluster: str | None = None,
    against: Mapping[str, int] | None = None,
    written: Mapping[str, int] | None = None,
    written_against: Mapping[str, int] | None = None,
    counts: Mapping[str, int] | None = None,
    totals: Mapping[str, int | str] | None = None,
    places: int | None = None,
    **votes: int,
) -> Ballot:
    """A counted ballot; votes by unit, ``counts`` for members, present, valid …

    ``totals`` and ``places`` say what it was opened for.
    """
    return Ballot(
        purpose,
        award,
        form,
        number,
        votes,
        against or {},
        written or {},
        written_against or {},
        cluster=cluster,
        totals={name: Fraction(value) for name, value in (totals or {}).items()},
        places=places,
        **(counts or {}),
    )


def quota(award: str, count: int | None = None, **more: Any) -> Quota:
    """Places of an award in this year."""
    if "percent" in more:
        more["percent"] = Fraction(more["percent"])
    return Quota(award, count, **more)


def own(
    unit_id: str, slot: str, code: str, maximum: int | str, method: str | Mapping[str, Any]
) -> OwnCriterion:
    """A criterion that a unit registered for itself."""
    table = {"kind": method} if isinstance(method, str) else dict(method)
    return OwnCriterion(unit_id, slot, code, f"Riêng {code}", Fraction(maximum), table)


_FIELDS: dict[type, str] = {
    Entry: "entries",
    OwnCriterion: "own_criteria",
    GivenTotal: "totals",
    StandingFact: "standing",
    ConditionFact: "conditions",
    Ballot: "ballots",
    Decision: "decisions",
    Quota: "quotas",
    Cluster: "clusters",
    Unit: "units",
}


def snapshot(*facts: Any, period: Period = YEAR, **more: Any) -> Snapshot:
    """All facts of a period, in any order; clusters that units name need not be given."""
    fields: dict[str, list[Any]] = {}

    def take(fact: Any) -> None:
        if isinstance(fact, tuple) and len(fact) == 2 and fact[0] in ("bonus", "deductions"):
            fields.setdefault(fact[0], []).append(fact[1])
        elif isinstance(fact, tuple | list):
            for inner in fact:
                take(inner)
        else:
            fields.setdefault(_FIELDS[type(fact)], []).append(fact)

    take(facts)
    members = fields.setdefault("units", [])
    named = {cluster.id for cluster in fields.get("clusters", [])}
    for member in members:
        if member.cluster not in named:
            named.add(member.cluster)
            fields.setdefault("clusters", []).append(
                Cluster(member.cluster, f"Cụm {member.cluster}")
            )
    fields.setdefault("clusters", [])
    return Snapshot(period, **{k: tuple(v) for k, v in fields.items()}, **more)  # type: ignore[arg-type]


# ------------------------------------------------------------------ results


def cluster_scored(
    method: Mapping[str, Any],
    *figures: Mapping[str, object] | None,
    maximum: int | str | None = 10,
    scoring: Mapping[str, Any] | None = None,
    decisions: Iterable[Decision] = (),
) -> Assessment:
    """One criterion ``1`` under ``method``; each ``figures`` is one unit, ``None`` is blank."""
    rules = pack(criterion("1", maximum, method), scoring=dict(scoring or {}))
    entries = [
        entry(f"u{place}", "1", **given)  # type: ignore[arg-type]
        for place, given in enumerate(figures, 1)
        if given is not None
    ]
    return assess(snapshot(units(len(figures)), entries, tuple(decisions)), rules)


def scored(
    method: Mapping[str, Any],
    *figures: Mapping[str, object] | None,
    maximum: int | str | None = 10,
    **more: Any,
) -> list[object]:
    """What each unit gets: its exact points; the id of its open question; or its state."""
    result = cluster_scored(method, *figures, maximum=maximum, **more)
    asked = {u: question.id for question in result.open_questions for u in question.units}
    found: list[object] = []
    for unit_id, standing_ in result.units.items():
        score = standing_.card.criteria["1"]
        if unit_id in asked:
            assert score.exact == 0
            found.append(asked[unit_id])
        elif score.state is EntryState.SCORED:
            found.append(score.exact)
        else:
            assert score.exact == 0
            found.append(score.state.value)
    return found


def qs(*values: int | str) -> list[Fraction]:
    """Several exact numbers."""
    return [Fraction(value) for value in values]


def totals(result: Assessment) -> dict[str, Fraction]:
    """The published totals."""
    return {unit_id: r.card.total for unit_id, r in result.units.items()}


def ranks(result: Assessment) -> dict[str, int | None]:
    """The ranks."""
    return {unit_id: r.rank for unit_id, r in result.units.items()}


def lines(result: Assessment, award_id: str) -> dict[str, str]:
    """The state of each unit at an award."""
    return {x.unit: x.state for x in result.awards if x.award == award_id}


def questions(result: Assessment) -> list[str]:
    """The ids of all open questions, sorted."""
    return sorted(question.id for question in result.open_questions)


def codes(result: Assessment) -> list[str]:
    """The codes of all findings, sorted."""
    return sorted(finding.code for finding in result.findings)


__all__ = [
    "ROUND",
    "YEAR",
    "assess",
    "award",
    "ballot",
    "bonus",
    "bonus_item",
    "class_rule",
    "clause",
    "cluster_scored",
    "codes",
    "condition_item",
    "criterion",
    "decision",
    "deduction",
    "deduction_item",
    "direct",
    "entry",
    "figure",
    "fixed",
    "given_total",
    "lines",
    "load",
    "own",
    "pack",
    "pack_tree",
    "parameter",
    "q",
    "qs",
    "questions",
    "quota",
    "ranks",
    "read",
    "row",
    "scored",
    "snapshot",
    "standing",
    "standing_case",
    "ticked",
    "totals",
    "unit",
    "units",
]
