"""A closed year stays what it is: no verb changes anything of it but its awards and papers.

Every verb of ``app.operations.workspace`` stands here with a call that does change an open year,
so that the refusal of the closed one is not empty; a verb that is missing here fails the test.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import app.operations.workspace as verbs
from app.domain.conference import Candidate, DutyStage
from app.domain.snapshot import Cluster, Unit
from app.domain.year import Evidence, PeriodState
from app.ground.findings import UserError
from app.operations.workspace import (
    accepting,
    activities,
    answers,
    awards,
    ballots,
    deadlines,
    decisions,
    duties,
    eligibility,
    entries,
    evidence,
    explanations,
    imports,
    members,
    own_criteria,
    records,
    rounds,
    successions,
    table_versions,
    tables,
    turn,
    years,
)
from app.operations.workspace.consequences import carry_out
from app.operations.workspace.desk import Desk
from app.operations.workspace.evidence import CellName
from app.operations.workspace.facts_desk import TypedCell
from app.operations.workspace.results import write_facts
from app.operations.workspace.table_edits import Retitle
from app.persistence import books
from app.persistence.tables import AFTER_CLOSING, KEPT
from app.persistence.workspace import Workspace
from app.rules.document import dump_tree
from tests.app.operations.workspace import hall

DAY, LATER, WHO = hall.DAY, hall.LATER, hall.COUNTER
b = hall.b
RULING = awards.Ruling("Chủ tịch", "QĐ 1", DAY, "left_empty", "tự nguyện")
PLAN = {"decided_by": "Chủ tịch", "reference": "KL 1"}


def table(*, slot: bool = True) -> b.Tree:
    more = [
        *([b.criterion("2", 10, slot={})] if slot else []),
        b.parameter("digits", allowed=[0, 1, 2], default=2),
        b.bonus_item("b", {"kind": "points", "range": {"ge": 0, "le": 5}}, max=5),
        b.row("duties", id="ke", title="Kế hoạch", who="leader", due=[{"month": 3, "day": 31}]),
        b.row("duties", id="bao", title="Báo cáo", who="leader"),
        b.award("cp", b.fixed(1), scope="province", among="co", chosen_by="council"),
    ]
    scoring = {"total_max": 110 if slot else 100, "digits": {"parameter": "digits"}}
    return hall.tree(*more, rounds=hall.TWO_ROUNDS, scoring=scoring)


def working(desk: Desk, folder: Path) -> None:
    """A year under way: rounds in every stage, ballots opened and counted, rows of every kind."""
    members.add_clusters(desk, [Cluster("k2", "Cụm trống")])
    members.add_units(desk, [Unit("e", "Sở E", "k1"), Unit("f", "Sở F", "k1")])
    members.give_role(desk, "a", "leader")
    members.describe_unit(desk, "a", {"nu": True})
    own = {"slot": "2", "max": 10, "method": {"kind": "direct"}}
    own_criteria.register_own_criteria(
        desk, [{"unit": "a", "code": "2.x", "title": "Riêng", **own}]
    )
    hall.score(desk, {"e": 5}, "self")
    rounds.submit_round(desk, "self", ["b", "c"], DAY)
    hall.score(desk, {"c": 80}, "final")
    rounds.submit_round(desk, "final", ["c"], DAY)
    rounds.submit_round(desk, "self", ["d"], DAY)
    rounds.seal_round(desk, "self", ["d"], DAY)
    explanations.ask_explanation(desk, "a", "1", "self", "Vì sao?", DAY)
    cells = [CellName("a", "1", "self")]
    evidence.cite_evidence(desk, Evidence("m1", "1/BC", subject="x"), cells)
    evidence.cite_evidence(desk, Evidence("m2", "2/BC", subject="y"))
    duties.note_duty(desk, "ke", "leader", DutyStage.DONE, cluster="k1", on=DAY)
    activities.note_activity(desk, "movement", "Phong trào", cluster="k1")
    records.record(desk, "bonus", [{"unit": "a", "item": "b", "points": 2}])
    records.record(desk, "standing", [{"unit": "b", "case": "cx", "reference": "TB 1"}])
    records.record(desk, "papers", [{"id": "p", "kind": "bảng", "number": "1"}])
    for title in ("Một", "Hai", "Ba"):
        hall.opened(desk, "free", candidates=[Candidate("x"), Candidate("y")], title=title)
    hall.count(desk, "p2", x=3, y=1)
    (folder / "minh-chung.txt").write_text("x", encoding="utf-8")


def met(desk: Desk, _: Path) -> None:
    """A sealed year with proposals."""
    for round_id in ("self", "final"):
        rounds.submit_round(desk, round_id, None, DAY)
        rounds.seal_round(desk, round_id, None, DAY)
        if round_id == "self":
            accepting.accept_scores(desk, "final")
    records.record(desk, "quotas", [{"award": "bk", "count": 1}])


Call = Callable[[Desk, Path], Any]


def _plan(make: Callable[..., Any], *arguments: Any, **more: Any) -> Call:
    return lambda d, _: carry_out(d, make(d, *arguments, **more))


def _do(verb: Callable[..., Any], *arguments: Any, **more: Any) -> Call:
    return lambda d, _: verb(d, *arguments, **more)


def _with_file(verb: Callable[..., Any], name: str, *first: Any, **more: Any) -> Call:
    return lambda d, folder: verb(d, *first, folder / name, **more)


CELL = TypedCell("a", "1", "self", points="33")
NUMBERS = hall.numbers({"x": 3, "y": 1})

CALLS: dict[str, Call] = {
    "accepting.accept_scores": _do(accepting.accept_scores, "final", ["b"]),
    "activities.note_activity": _do(activities.note_activity, "movement", "x", unit="a"),
    "activities.change_activity": _do(activities.change_activity, "hd1", title="Khác"),
    "activities.remove_activity": _do(activities.remove_activity, "hd1"),
    "ballots.open_ballot": _do(
        ballots.open_ballot, "free", DAY, candidates=[Candidate("x"), Candidate("y")], title="Bốn"
    ),
    "ballots.enter_count": _do(ballots.enter_count, "p1", NUMBERS, DAY),
    "ballots.confirm_count": _do(ballots.confirm_count, "p2", DAY, confirmed_by=hall.SECOND),
    "ballots.plan_cancelled": _plan(ballots.plan_cancelled, "p3", "nhầm"),
    "deadlines.adopt_deadlines": _do(deadlines.adopt_deadlines),
    "duties.note_duty": _do(duties.note_duty, "bao", "leader", DutyStage.DONE, cluster="k1"),
    "duties.change_duty": _do(duties.change_duty, "ke", "leader", DutyStage.UNDONE, cluster="k1"),
    "duties.remove_duty": _do(duties.remove_duty, "ke", "leader", "k1"),
    "eligibility.plan_case": _plan(eligibility.plan_case, "a", "kx", "TB 2"),
    "eligibility.plan_cleared": _plan(eligibility.plan_cleared, "b", "cx", on=LATER, **PLAN),
    "eligibility.plan_barred": _plan(eligibility.plan_barred, "b", "cx", "kx", on=LATER, **PLAN),
    "eligibility.plan_condition": _plan(eligibility.plan_condition, "a", "vuot", True, "BC 1"),
    "entries.enter_scores": _do(entries.enter_scores, [CELL]),
    "entries.enter_table": _with_file(entries.enter_table, "bang.csv"),
    "entries.clear_scores": _do(entries.clear_scores, [("a", "1", "self")]),
    "evidence.cite_evidence": _do(evidence.cite_evidence, Evidence("m3", "3/BC", subject="z")),
    "evidence.change_evidence": _do(
        evidence.change_evidence, Evidence("m1", "9/BC", subject="khác")
    ),
    "evidence.attach_file": _with_file(evidence.attach_file, "minh-chung.txt", "m1"),
    "evidence.remove_evidence": _do(evidence.remove_evidence, "m2"),
    "evidence.link_evidence": _do(evidence.link_evidence, "m2", [CellName("a", "1", "self")]),
    "evidence.unlink_evidence": _do(evidence.unlink_evidence, "m1", CellName("a", "1", "self")),
    "explanations.ask_explanation": _do(
        explanations.ask_explanation, "b", "1", "self", "Sao?", DAY
    ),
    "explanations.answer_explanation": _do(explanations.answer_explanation, "gt1", "vì", DAY),
    "imports.import_table": _with_file(imports.import_table, "bang.csv", apply=True),
    "members.add_clusters": _do(members.add_clusters, [Cluster("k3", "Cụm 3")]),
    "members.change_cluster": _do(members.change_cluster, "k1", name="Tên khác"),
    "members.remove_cluster": _do(members.remove_cluster, "k2"),
    "members.add_units": _do(members.add_units, [Unit("n", "Sở N", "k1")]),
    "members.rename_unit": _do(members.rename_unit, "a", "Tên khác"),
    "members.give_role": _do(members.give_role, "b", "leader"),
    "members.take_role": _do(members.take_role, "a", "leader"),
    "members.describe_unit": _do(members.describe_unit, "a", {"nu": None}),
    "members.described_unit": _do(members.described_unit, "a", {"so": "5"}),
    "members.join_unit": _do(members.join_unit, Unit("n", "Sở N", "k1"), DAY),
    "members.leave_unit": _do(members.leave_unit, "a", DAY),
    "members.change_stay": _do(members.change_stay, "a", DAY, None),
    "members.remove_unit": _do(members.remove_unit, "f"),
    "own_criteria.register_own_criteria": _do(
        own_criteria.register_own_criteria,
        [
            {
                "unit": "e",
                "slot": "2",
                "code": "2.y",
                "title": "Riêng",
                "max": 10,
                "method": {"kind": "direct"},
            }
        ],
    ),
    "own_criteria.withdraw_own_criterion": _do(own_criteria.withdraw_own_criterion, "a", "2.x"),
    "records.record": _do(records.record, "quotas", [{"award": "bk", "count": 2}]),
    "records.replace_record": _do(
        records.replace_record, "bonus", 1, {"unit": "a", "item": "b", "points": 3}
    ),
    "records.remove_record": _do(records.remove_record, "bonus", ["1"]),
    "records.choose_parameter": _do(records.choose_parameter, "digits", 1),
    "rounds.submit_round": _do(rounds.submit_round, "self", ["e"], DAY),
    "rounds.return_round": _do(rounds.return_round, "self", ["b"], DAY, "sai"),
    "rounds.recall_round": _do(rounds.recall_round, "self", ["b"], DAY),
    "rounds.accept_round": _do(rounds.accept_round, "self", ["b"], DAY),
    "rounds.seal_round": _do(rounds.seal_round, "self", ["b"], DAY),
    "rounds.reopen_round": _do(rounds.reopen_round, "self", ["d"], DAY, "sai"),
    "successions.move_unit": _do(
        successions.move_unit, "a", Unit("a2", "Sở A", "k2"), DAY, follow=True
    ),
    "successions.merge_units": _do(
        successions.merge_units, ["a", "e"], Unit("m", "Sở M", "k1"), DAY, follow="a"
    ),
    "successions.split_unit": _do(
        successions.split_unit, "a", [Unit("s1", "Một", "k1"), Unit("s2", "Hai", "k1")], DAY
    ),
    "tables.adopt_pack": _with_file(tables.adopt_pack, "khac.toml"),
    "tables.adopt_tree": lambda d, _: tables.adopt_tree(d, {**table(), "id": "khac2"}, "khac2"),
    "tables.draft_table": _with_file(
        lambda d, file: tables.draft_table(d, file, "rieng", "Bảng riêng"), "khac.toml"
    ),
    "tables.consult_table": _do(tables.consult_table),
    "tables.issue_table": _do(tables.issue_table),
    "table_versions.adopt_revision": lambda d, _: table_versions.adopt_revision(
        d, table_versions.revise_by_edits(d, [Retitle("1", "Khác")], "điều chỉnh")
    ),
    "years.choose_ranking_round": _do(years.choose_ranking_round, "self"),
}
"""On a year under way."""

CALLS_MET: dict[str, Call] = {
    "awards.propose": _do(awards.propose, DAY, reason="lập lại"),
    "decisions.plan_choice": _plan(decisions.plan_choice, "cp", ["a"], "Hội đồng", "BB 4"),
    "years.close_year": _do(years.close_year),
}
CALLS_PROPOSED: dict[str, Call] = {
    "awards.plan_withdrawn": _plan(awards.plan_withdrawn, "dn1", RULING),
    "awards.plan_barred_after": _plan(awards.plan_barred_after, "a", "kx", RULING),
    "awards.decide_proposals": _do(awards.decide_proposals, ["dn1"], "QĐ 5", DAY),
}
CALLS_HELD: dict[str, Call] = {
    "decisions.plan_decision": lambda d, _: carry_out(
        d, decisions.plan_decision(d, "held:co:a", "passed_on", "Hội đồng", "BB 3")
    ),
}
CALLS_FRESH: dict[str, Call] = {
    "tables.edit_table": _do(tables.edit_table, [Retitle("1", "Khác")]),
    "imports.import_facts": _with_file(imports.import_facts, "du-kien.toml", apply=True),
}
NOT_OF_THIS_YEAR = {
    "consequences.planned",  # keeps nothing
    "consequences.carry_out",  # carried out with every plan above
    "desk.change_setting",  # of the workspace
    "forms.import_forms",  # tried on its own below
    "forms.keep_forms",
    "imports.carried_out",  # the common end of all that is taken in
    "consequences.supposed",  # keeps nothing
    "paper_data.set_issuer",  # of the workspace, like the wording of papers
    "paper_words.reword",
    "paper_words.restore_wording",
    "paper_words.fill_in",  # papers are still made after closing
    "turn.begin_next_year",  # opens another year; tried on its own below
    "answers.adopt_answers",  # needs two years; tried on its own below
    "years.open_year",
    "years.reopen_year",  # the one named way back, with a reason and in the journal
}


def held(desk: Desk, folder: Path) -> None:
    records.record(desk, "standing", [{"unit": "a", "case": "cx", "reference": "TB 1"}])
    met(desk, folder)


def with_proposals(desk: Desk, folder: Path) -> None:
    met(desk, folder)
    awards.propose(desk, DAY)


def fresh(desk: Desk, _: Path) -> None:
    """Nothing scored yet, so that the table may still be edited."""
    entries.clear_scores(desk, [(unit, "1", "self") for unit in "abcd"])


SETS: list[tuple[str, Callable[[Desk, Path], None], dict[str, Call]]] = [
    ("working", working, CALLS),
    ("met", met, CALLS_MET),
    ("proposed", with_proposals, CALLS_PROPOSED),
    ("held", held, CALLS_HELD),
    ("fresh", fresh, CALLS_FRESH),
]
FAMILIES = pytest.mark.parametrize(
    ("prepare", "calls"), [s[1:] for s in SETS], ids=[s[0] for s in SETS]
)


def prepared(folder: Path, prepare: Callable[[Desk, Path], None]) -> Path:
    """A workspace whose year the calls of one set would change."""
    place = folder / "so"
    with Workspace.create(place, WHO) as made:
        points = {"a": 95, "b": 90, "c": 80, "d": 70}
        drawn = table(slot=prepare is working)
        desk = hall.meet(made, points, drawn, sealed=False, round_id="self")
        facts = write_facts(desk, folder / "du-kien.toml")
        text = facts.read_text(encoding="utf-8").replace("points = 95", "points = 94")
        facts.write_text(text, encoding="utf-8")
        prepare(desk, folder)
    header = "unit,criterion,round,points\n"
    (folder / "bang.csv").write_text(header + "a,1,self,12\n", encoding="utf-8")
    other = {**table(), "id": "khac", "title": "Bảng khác"}
    (folder / "khac.toml").write_text(dump_tree(other), encoding="utf-8")
    return place


def kept(workspace: Workspace) -> dict[str, list[str]]:
    """Every row of the year but its awards and papers, and the tables that it is scored by."""
    found: dict[str, list[str]] = {}
    with workspace._engine.connect() as connection:
        for one in KEPT:
            if "period" in one.columns and one.name not in AFTER_CLOSING:
                rows = connection.execute(one.select().where(one.c.period == "2026"))
                found[one.name] = sorted(repr(tuple(row)) for row in rows)
    found["tree"] = [repr(t) for t in workspace.pinned_tables("2026")]
    return found


def shut(desk: Desk) -> None:
    """Closes the year whatever is open in it, so that only the closing stands in the way."""
    with desk.act("year.closed", "Khóa sổ", barrier=True) as change:
        change.put(books.PERIODS, replace(desk.year, state=PeriodState.CLOSED))


@FAMILIES
def test_each_call_changes_an_open_year(
    prepare: Callable[[Desk, Path], None], calls: dict[str, Call], tmp_path: Path
) -> None:
    place = prepared(tmp_path, prepare)
    idle = []
    for at, (name, call) in enumerate(calls.items()):
        copy = tmp_path / f"so-{at}"
        shutil.copytree(place, copy)
        workspace = Workspace.open(copy)
        try:
            before = kept(workspace), workspace.period("2026")
            try:
                call(Desk(workspace, WHO, "2026"), tmp_path)
            except UserError as fault:
                idle.append((name, [f.message for f in fault.findings][:2]))
                continue
            if (kept(workspace), workspace.period("2026")) == before:
                idle.append((name, ["nothing changed"]))
        finally:
            workspace.close(backup=False)
    assert idle == []


@FAMILIES
def test_no_call_changes_a_closed_year(
    prepare: Callable[[Desk, Path], None], calls: dict[str, Call], tmp_path: Path
) -> None:
    workspace = Workspace.open(prepared(tmp_path, prepare))
    desk = Desk(workspace, WHO, "2026")
    shut(desk)
    before, head = kept(workspace), workspace.head
    wrong = []
    for name, call in calls.items():
        try:
            call(desk, tmp_path)
            wrong.append((name, "was not refused"))
        except UserError as fault:
            codes = [f.code for f in fault.findings]
            if "period_closed" not in codes:
                wrong.append((name, str(codes)))
        if kept(workspace) != before or workspace.head != head:
            wrong.append((name, "changed the closed year"))
    workspace.close(backup=False)
    assert wrong == []


def test_what_was_prepared_before_closing_is_refused_after_it(tmp_path: Path) -> None:
    with Workspace.open(prepared(tmp_path, working)) as workspace:
        desk = Desk(workspace, WHO, "2026")
        plan = eligibility.plan_case(desk, "a", "kx", "TB 2")
        revision = table_versions.revise_by_edits(desk, [Retitle("1", "Khác")], "điều chỉnh")
        shut(desk)
        before = kept(workspace)
        for late in (
            lambda: carry_out(desk, plan),
            lambda: table_versions.adopt_revision(desk, revision),
        ):
            with pytest.raises(UserError) as fault:
                late()
            assert [f.code for f in fault.value.findings] == ["period_closed"]
        assert kept(workspace) == before
        undoable = workspace.undo(WHO)
        assert undoable is None, "closing is a mark that undo does not pass"


def test_other_years_go_on_and_awards_and_papers_still_come_in(tmp_path: Path) -> None:
    with Workspace.open(prepared(tmp_path, with_proposals)) as workspace:
        desk = Desk(workspace, WHO, "2026")
        records.choose_parameter(desk, "digits", 1)
        shut(desk)
        before = kept(workspace)
        following, _, _ = turn.begin_next_year(desk)
        answers.adopt_answers(following, ["digits"])
        tables.edit_table(following, [Retitle("1", "Khác")])
        members.rename_unit(following, "a", "Tên mới")
        records.record(desk, "papers", [{"id": "qd", "kind": "Quyết định", "number": "5/QĐ"}])
        row = {"id": "a1", "unit": "a", "award": "co", "stage": "decided", "number": "5/QĐ"}
        records.record(desk, "awards", [row])
        records.remove_record(desk, "papers", ["qd"])
        assert kept(workspace) == before
        assert workspace.verify().findings == ()
        assert len(workspace.read(books.AWARDS, "2026")) == 1


def test_forms_are_not_taken_into_a_closed_year(tmp_path: Path) -> None:
    from app.operations.workspace.forms import import_forms, write_forms

    with Workspace.open(prepared(tmp_path, working)) as workspace:
        desk = Desk(workspace, WHO, "2026")
        written = write_forms(desk, tmp_path / "mau")
        shut(desk)
        before, head = kept(workspace), workspace.head
        with pytest.raises(UserError):
            import_forms(desk, written)
        assert (kept(workspace), workspace.head) == (before, head)


def _writing() -> Iterator[str]:
    """The public functions that answer with what they did, or that open an operation."""
    for module in pkgutil.iter_modules(verbs.__path__):
        found = importlib.import_module(f"{verbs.__name__}.{module.name}")
        for name, thing in vars(found).items():
            if name.startswith("_") or not inspect.isfunction(thing):
                continue
            if thing.__module__ != found.__name__:
                continue
            answer = str(inspect.signature(thing).return_annotation)
            first = next(iter(inspect.signature(thing).parameters), "")
            acts = ".act(" in inspect.getsource(thing)
            done = any(word in answer for word in ("Done", "Plan", "Import"))
            if first in ("desk", "workspace") and (acts or done):
                yield f"{module.name}.{name}"


def test_no_verb_is_missing_here() -> None:
    tried = {name for _, _, calls in SETS for name in calls}
    known = tried | NOT_OF_THIS_YEAR
    found = set(_writing())
    assert found - known == set(), "add the verb with a call"
    assert known - found == set(), "no longer there"
