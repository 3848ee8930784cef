"""No sequence of acts leaves ranking, ballots, proposals and reserve list contradicting each other.

Random scores, bars, holds, quotas, ballots, decisions, seals, reopenings, proposals, withdrawals,
undo and redo; after each act the laws below are held against the whole year. A refusal changes
nothing. More: ``BANGVANG_DOSE=20`` multiplies the examples.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.domain.conference import BallotSheet, BallotStage, ProposalState
from app.domain.snapshot import Ballot
from app.domain.year import RoundStage
from app.ground.findings import UserError
from app.operations.scoring import score as score_files
from app.operations.workspace.awards import Ruling, plan_barred_after, plan_withdrawn, propose
from app.operations.workspace.ballot_views import BallotState, ballot_views
from app.operations.workspace.ballots import (
    confirm_count,
    enter_count,
    open_ballot,
    plan_cancelled,
)
from app.operations.workspace.consequences import Plan, carry_out, consequences, result_of
from app.operations.workspace.decisions import plan_decision
from app.operations.workspace.desk import Desk
from app.operations.workspace.eligibility import plan_barred, plan_case, plan_cleared
from app.operations.workspace.proposals import ProposalsStand, digest_of, proposal_state
from app.operations.workspace.records import record
from app.operations.workspace.results import write_facts
from app.operations.workspace.rounds import reopen_round, seal_round, submit_round
from app.persistence import books
from app.persistence.workspace import Workspace
from app.scoring.assessment import Assessment, Tie
from app.scoring.ballots import counted
from tests.app.operations.workspace.hall import (
    COUNTER,
    DAY,
    SECOND,
    meet,
    numbers,
    rows,
    score,
    tree,
)

DOSE = int(os.environ.get("BANGVANG_DOSE", "1"))
POINTS = {"a": 90, "b": 90, "c": 80, "d": 80, "e": 90, "f": 90}
CLUSTERS = {"e": "k2", "f": "k2"}
LIVE = (ProposalState.PROPOSED, ProposalState.DECIDED)

units = st.sampled_from(sorted(POINTS))
points = st.sampled_from([80, 90, 95])
clusters = st.sampled_from(["k1", "k2"])
awards = st.sampled_from(["co", "bk"])
places = st.sampled_from(["passed_on", "left_empty", None])
ruled = st.builds(
    Ruling, st.just("Hội đồng"), st.just("30/BB"), st.just(DAY), places, st.just("theo văn bản")
)


class Conference(RuleBasedStateMachine):
    """A year at its conference; the laws are the invariants."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="bangvang-law-"))
        self.workspace = Workspace.create(self.folder / "so", COUNTER, self.clock)
        self.confirmed: dict[str, Ballot] = {}
        self.ready = False

    def clock(self) -> dt.datetime:
        return dt.datetime(2026, 12, 20, 8, 0, tzinfo=dt.UTC)

    @initialize(held=st.sampled_from(["open", "hold", "pass_on"]), reserve=st.integers(0, 2))
    def open_year(self, held: str, reserve: int) -> None:
        table = tree(base=rows(reserve=reserve, held=held))
        meet(self.workspace, POINTS, table, CLUSTERS)
        self.ready = True

    @property
    def desk(self) -> Desk:
        return Desk(self.workspace, COUNTER, "2026")

    def attempt(self, act: Callable[[], Any]) -> Any:
        """Carries an act out; one that is refused changes nothing."""
        head = self.workspace.head
        told: UserError | None = None
        try:
            return act()
        except UserError as refusal:
            told = refusal
        assert told.findings, "a refusal says why"
        assert self.workspace.head == head, "a refusal changes nothing"
        return None

    def follow(self, plan: Callable[[], Plan]) -> None:
        """Plans and carries out; what was told before is what came."""
        made = self.attempt(plan)
        if made is None:
            return
        before = result_of(self.desk)
        carry_out(self.desk, made)
        assert consequences(before, result_of(self.desk)) == made.consequences

    # ------------------------------------------------------------- scores

    def stage(self, unit: str) -> RoundStage:
        states = self.workspace.read(books.ROUND_STATES, "2026")
        return next((s.stage for s in states if s.unit == unit), RoundStage.DRAFT)

    @rule(unit=units)
    def reopen(self, unit: str) -> None:
        self.attempt(lambda: reopen_round(self.desk, "final", [unit], DAY, "xem lại"))

    @rule(unit=units, value=points)
    def rescore(self, unit: str, value: int) -> None:
        self.attempt(lambda: score(self.desk, {unit: value}))

    @rule(pair=st.sampled_from(["ab", "ac", "cd", "ef", "abc"]), value=points)
    def level(self, pair: str, value: int) -> None:
        """Some units get the same points: an old tie with other totals, or a new one."""
        for unit in pair:
            self.reopen(unit)
            self.rescore(unit, value)
        self.seal()

    @rule()
    def seal(self) -> None:
        for unit in POINTS:
            if self.stage(unit) is not RoundStage.SEALED:
                if self.stage(unit) is not RoundStage.SUBMITTED:
                    submit_round(self.desk, "final", [unit], DAY)
                seal_round(self.desk, "final", [unit], DAY)

    @rule(award=awards, count=st.integers(0, 3), cluster=clusters)
    def allot(self, award: str, count: int, cluster: str) -> None:
        self.attempt(
            lambda: record(
                self.desk, "quotas", [{"award": award, "count": count, "cluster": cluster}]
            )
        )

    # ------------------------------------------------------------- who may be considered

    @rule(unit=units, case=st.sampled_from(["kx", "cx"]))
    def bar_or_hold(self, unit: str, case: str) -> None:
        self.follow(lambda: plan_case(self.desk, unit, case, "1/KL"))

    @rule(unit=units, case=st.sampled_from(["kx", "cx"]))
    def clear(self, unit: str, case: str) -> None:
        self.follow(lambda: plan_cleared(self.desk, unit, case, "Thanh tra", "2/KL", DAY))

    @rule(unit=units)
    def held_becomes_barred(self, unit: str) -> None:
        self.follow(lambda: plan_barred(self.desk, unit, "cx", "kx", "Chủ tịch", "3/QĐ", DAY))

    @rule(data=st.data())
    def decide(self, data: st.DataObject) -> None:
        asked = [q for q in result_of(self.desk).open_questions if q.outcomes]
        if asked:
            question = data.draw(st.sampled_from(asked))
            outcome = data.draw(st.sampled_from([o.choice for o in question.outcomes]))
            self.follow(lambda: plan_decision(self.desk, question.id, outcome, "Hội đồng", "4/BB"))

    # ------------------------------------------------------------- ballots

    @rule(data=st.data(), steps=st.sampled_from([1, 2, 3, 3, 3]))
    def vote(self, data: st.DataObject, steps: int) -> None:
        """Opens, counts, confirms a ballot on a tie: as far as ``steps`` says."""
        waits = [t for t in result_of(self.desk).ties if t.resolved_by is None]
        if waits:
            self.ballot_on(data.draw(st.sampled_from(waits)), data, steps)

    def ballot_on(self, tie: Tie, data: st.DataObject, steps: int = 3) -> bool:
        made = self.attempt(
            lambda: open_ballot(self.desk, "tie", DAY, award=tie.award, cluster=tie.cluster)
        )
        if made is None or steps < 2:
            return made is not None
        sheet = made[0]
        votes = {key: data.draw(st.integers(0, 4)) for key in sheet.keys}
        votes[data.draw(st.sampled_from(sheet.keys))] += data.draw(st.sampled_from([0, 5, 5]))
        self.count_of(sheet, votes)
        if steps > 2 and self.sheet(sheet.id).stage is BallotStage.COUNTED:
            self.confirm_of(sheet.id)
        return True

    @rule(data=st.data())
    def hold_conference(self, data: st.DataObject) -> None:
        """All at once, as a cluster does it: sealed, voted, decided, proposed."""
        self.seal()
        for sheet in self.sheets(BallotStage.OPENED):
            self.follow(partial(plan_cancelled, self.desk, sheet.id, "chưa kiểm"))
        for sheet in self.sheets(BallotStage.COUNTED):
            self.confirm_of(sheet.id)
        for _ in range(8):
            found = result_of(self.desk)
            waits = [t for t in found.ties if t.resolved_by is None]
            steps = data.draw(st.sampled_from([2, 3, 3, 3]))
            if any(t.step == "ballot" and self.ballot_on(t, data, steps) for t in waits):
                continue
            asked = [q for q in found.open_questions if q.outcomes]
            if not asked:
                break
            outcome = asked[0].outcomes[0].choice
            self.follow(partial(plan_decision, self.desk, asked[0].id, outcome, "Hội đồng", "4/BB"))
        self.pin(None)

    def sheets(self, *stages: BallotStage) -> list[BallotSheet]:
        kept = self.workspace.read(books.BALLOT_SHEETS, "2026")
        return [sheet for sheet in kept if sheet.stage in stages]

    def sheet(self, sheet: str) -> BallotSheet:
        return next(s for s in self.sheets(*BallotStage) if s.id == sheet)

    def count_of(self, sheet: BallotSheet, votes: dict[str, int]) -> None:
        valid = max([*votes.values(), -(-sum(votes.values()) // sheet.places)])
        row = numbers(votes, valid=valid)
        self.attempt(lambda: enter_count(self.desk, sheet.id, row, DAY, reason="kiểm lại"))

    def confirm_of(self, sheet: str) -> None:
        confirm_count(self.desk, sheet, DAY, confirmed_by=SECOND)
        ballots = self.workspace.numbered(books.BALLOTS, "2026")
        number = self.sheet(sheet).ballot
        assert number is not None
        self.confirmed[sheet] = ballots[number]

    @rule(data=st.data())
    def count(self, data: st.DataObject) -> None:
        there = self.sheets(BallotStage.OPENED, BallotStage.COUNTED)
        if there:
            sheet = data.draw(st.sampled_from(there))
            self.count_of(sheet, {key: data.draw(st.integers(0, 3)) for key in sheet.keys})

    @rule(data=st.data(), wrong=st.sampled_from(["issued", "returned", "invalid", "blank"]))
    def miscount(self, data: st.DataObject, wrong: str) -> None:
        self.vote(data, 1)
        there = self.sheets(BallotStage.OPENED)
        if there:
            sheet = data.draw(st.sampled_from(there))
            row = numbers(dict.fromkeys(sheet.keys, 1), **{wrong: 99})
            head = self.workspace.head
            self.attempt(lambda: enter_count(self.desk, sheet.id, row, DAY))
            assert self.workspace.head == head, "numbers that do not reconcile are not kept"

    @rule(data=st.data())
    def confirm(self, data: st.DataObject) -> None:
        there = self.sheets(BallotStage.COUNTED)
        if there:
            self.confirm_of(data.draw(st.sampled_from(there)).id)

    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        there = self.sheets(BallotStage.OPENED, BallotStage.COUNTED, BallotStage.CONFIRMED)
        if there:
            sheet = data.draw(st.sampled_from(there))
            self.follow(lambda: plan_cancelled(self.desk, sheet.id, "sai mẫu"))

    # ------------------------------------------------------------- proposals

    @rule(about=st.sampled_from([None, ["k1"], ["k2"]]))
    def pin(self, about: list[str] | None) -> None:
        done = self.attempt(lambda: propose(self.desk, DAY, about, reason="lập lại"))
        if done is not None and about is None:
            found = proposal_state(self.desk)
            assert found.stand in (ProposalsStand.CURRENT, ProposalsStand.NONE), found

    @rule(data=st.data(), ruling=ruled)
    def withdraw(self, data: st.DataObject, ruling: Ruling) -> None:
        kept = self.workspace.read(books.PROPOSALS, "2026")
        there = [p.id for p in kept if p.state is ProposalState.PROPOSED]
        if there:
            chosen = data.draw(st.sampled_from(there))
            self.follow(lambda: plan_withdrawn(self.desk, chosen, ruling))

    @rule(unit=units, ruling=ruled)
    def bar_after(self, unit: str, ruling: Ruling) -> None:
        self.follow(lambda: plan_barred_after(self.desk, unit, "kx", ruling))

    # ------------------------------------------------------------- undo, redo, another day

    @rule()
    def undo(self) -> None:
        self.workspace.undo(COUNTER)

    @rule()
    def redo(self) -> None:
        self.workspace.redo(COUNTER)

    @rule()
    def another_day(self) -> None:
        self.workspace.close(backup=False)
        self.workspace = Workspace.open(self.folder / "so", self.clock)

    # ------------------------------------------------------------- the laws

    @invariant()
    def everything_agrees(self) -> None:
        """All laws against one assessment of the year."""
        if not self.ready:
            return
        found = result_of(self.desk)
        self.ranks_follow_totals(found)
        self.places_go_to_the_eligible(found)
        self.reserves_stand_behind(found)
        self.ballots_decide_their_own_tie(found)
        self.counts_belong_to_their_sheets()
        self.proposals_say_what_the_data_say(found)

    def ranks_follow_totals(self, found: Assessment) -> None:
        """More points, better rank; equal points, equal rank, but behind whom one lost to.

        Whoever lost no settled tie has the rank that its points give: no vote among others moves
        it, up or down. Ranks skip as many as share the one before.
        """
        settled = [tie for tie in found.ties if tie.resolved_by is not None]
        losers = {unit for tie in settled for unit in tie.units if unit not in tie.winners}
        for cluster in found.clusters.values():
            rank = {u: r for u in cluster if (r := found.units[u].rank) is not None}
            total = {u: found.units[u].card.total for u in rank}
            for unit, own in rank.items():
                assert own == 1 + sum(other < own for other in rank.values()), "ranks do not skip"
                by_points = 1 + sum(other > total[unit] for other in total.values())
                assert own >= by_points, "a unit stands before more points"
                assert own == by_points or unit in losers, "equal totals were parted by nothing"
                level = {u for u in rank if rank[u] == own and u != unit}
                assert set(found.units[unit].tied_with) == level
                assert {total[u] for u in level} <= {total[unit]}, "a rank shared by other points"
        for tie in settled:
            first = [found.units[unit].rank for unit in tie.winners]
            rest = [found.units[unit].rank for unit in tie.units if unit not in tie.winners]
            for won, lost in product(first, rest):
                assert won is not None
                assert lost is not None
                assert won < lost, "the loser stands before"

    def places_go_to_the_eligible(self, found: Assessment) -> None:
        """A barred unit takes no place and no reserve; no award has more units than places."""
        barred = {
            unit
            for unit, result in found.units.items()
            if any(item.kind == "barred" for item in result.eligibility)
        }
        for line in found.awards:
            assert line.unit not in barred or line.state == "refused", line
        for used in found.quotas:
            taken = [
                line
                for line in found.awards
                if (line.award, line.cluster) == (used.award, used.cluster)
                and line.state in ("proposed", "held")
            ]
            assert used.count is None or len(taken) <= used.count, (used, taken)
        given_up = {
            (d.question.split(":")[1], d.question.split(":")[2])
            for d in self.workspace.read(books.DECISIONS, "2026")
            if d.question.startswith("place:")
        }
        for line in found.awards:
            gone = (line.award, line.unit) in given_up
            assert not gone or line.state in ("refused", "tied"), "who withdrew stands there again"
        flags = {
            x.unit for x in found.awards if x.award == "co" and x.state in ("proposed", "held")
        }
        below = {x.unit for x in found.awards if x.award == "bk" and x.state == "proposed"}
        assert not flags & below, "the flag's unit got the certificate besides"

    def reserves_stand_behind(self, found: Assessment) -> None:
        """Whoever waits in reserve stands at no place of that award, and behind all who do."""
        seen = [(line.award, line.unit) for line in found.awards]
        assert len(seen) == len(set(seen)), "a unit stands twice at one award"
        for reserve in (x for x in found.awards if x.state == "reserve"):
            for line in found.awards:
                same = (line.award, line.cluster) == (reserve.award, reserve.cluster)
                if same and line.state in ("proposed", "held"):
                    ahead, behind = found.units[line.unit].rank, found.units[reserve.unit].rank
                    assert ahead is not None
                    assert behind is not None
                    assert ahead <= behind, (line, reserve)

    def ballots_decide_their_own_tie(self, found: Assessment) -> None:
        """A ballot decides exactly the tie that it was opened for; a void one says why."""
        ties = {tie.id: tie for tie in found.ties}
        views = ballot_views(self.desk, found)
        for view in views:
            if view.state is BallotState.DECIDES:
                tie = ties[view.sheet.question]
                assert dict(tie.totals) == dict(view.sheet.totals), "other totals than it was for"
                assert view.result is not None
                assert set(view.result.elected) <= set(tie.units)
                if tie.resolved_by == "ballot":
                    assert set(view.result.elected) <= set(tie.winners)
            if view.state in (BallotState.VOID, BallotState.SUPERSEDED):
                assert view.why, "a void ballot says why"
        for tie in found.ties:
            if tie.resolved_by == "ballot":
                mine = [v for v in views if v.sheet.question == tie.id]
                assert any(v.state is BallotState.DECIDES for v in mine), "no ballot decided it"
                assert set(tie.winners) == {
                    unit
                    for v in mine
                    if v.state in (BallotState.DECIDES, BallotState.LEVEL) and v.result
                    for unit in v.result.elected
                }

    def counts_belong_to_their_sheets(self) -> None:
        """A counted ballot lies among the facts as it was confirmed; any other does not."""
        ballots = self.workspace.numbered(books.BALLOTS, "2026")
        sheets = self.workspace.read(books.BALLOT_SHEETS, "2026")
        named = [s.ballot for s in sheets if s.ballot is not None]
        assert sorted(named) == sorted(ballots), "a count without its sheet"
        for sheet in sheets:
            has = sheet.stage in (BallotStage.COUNTED, BallotStage.CONFIRMED)
            assert has == (sheet.ballot is not None)
            if sheet.ballot is None:
                continue
            ballot = ballots[sheet.ballot]
            assert (ballot.totals, ballot.places, ballot.number) == (
                sheet.totals,
                sheet.places,
                sheet.vote,
            )
            papers = (ballot.valid or 0) + (ballot.invalid or 0) + (ballot.blank or 0)
            assert papers == ballot.returned
            if sheet.stage is BallotStage.CONFIRMED:
                assert sheet.counted_by != sheet.confirmed_by
                assert self.confirmed[sheet.id] == ballot, "a confirmed count was changed"

    def proposals_say_what_the_data_say(self, found: Assessment) -> None:
        """What stands proposed is what the data propose, or the book says which unit and why."""
        view = proposal_state(self.desk, found)
        kept = self.workspace.read(books.PROPOSALS, "2026")
        standing = [(p.award, p.unit) for p in kept if p.state in LIVE]
        assert len(standing) == len(set(standing)), "a unit is proposed twice for one award"
        by_id = {p.id: p for p in kept}
        for proposal in kept:
            if proposal.replaces is not None:
                before = by_id[proposal.replaces]
                assert before.award == proposal.award
                assert before.state in (ProposalState.WITHDRAWN, ProposalState.BARRED)
            if proposal.state in (ProposalState.WITHDRAWN, ProposalState.BARRED):
                assert proposal.reason, "nothing is withdrawn without a reason"
        if view.stand is ProposalsStand.NONE:
            assert not kept
            return
        if view.stand is ProposalsStand.OUTDATED:
            assert view.outdated or view.reasons, "outdated, and nobody says why"
            return
        scopes = {p.cluster for p in kept}
        wanted = {
            (x.award, x.unit) for x in found.awards if x.state == "proposed" and x.cluster in scopes
        }
        assert set(standing) == wanted
        members = {u.id for u in self.desk.units.values() if u.cluster in scopes}
        assert all(self.stage(unit) is RoundStage.SEALED for unit in members)
        assert not [q for q in found.open_questions if set(q.units) & members]
        confirmed = [s.ballot for s in self.sheets(BallotStage.CONFIRMED)]
        numbered = self.workspace.numbered(books.BALLOTS, "2026")
        sure = [numbered[n] for n in confirmed if n is not None]
        for ballot, result in counted(found):
            if result.outcome != "void" and ballot.cluster in scopes:
                assert ballot in sure, "a proposal rests on a count that nobody confirmed"
        if view.stand is ProposalsStand.CURRENT:
            assert {p.digest for p in view.proposals} <= {digest_of(found)}

    def teardown(self) -> None:
        found = self.workspace.verify()
        told = [line.sentences for line in self.workspace.journal()]
        agree = True
        if self.ready:
            facts = write_facts(self.desk, self.folder / "facts.toml")
            outside = score_files([self.folder / "bang.toml"], facts).assessment
            agree = digest_of(outside) == digest_of(result_of(self.desk))
        self.workspace.close(backup=False)
        shutil.rmtree(self.folder)
        assert found.findings == ()
        assert all(isinstance(sentence, str) for sentences in told for sentence in sentences)
        assert agree, "the facts file scores otherwise than the book"


TestConference = Conference.TestCase
TestConference.settings = settings(
    max_examples=6 * DOSE,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
