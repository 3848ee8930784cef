"""What the page of the awards knows: who stands for each, what waits, what was proposed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from app.domain.conference import Proposal, ProposalState
from app.ground.findings import Finding
from app.operations.workspace.award_desk import AwardBoard, AwardTable, award_desk
from app.operations.workspace.awards import decide_proposals, propose
from app.operations.workspace.consequences import STATES, Plan
from app.operations.workspace.decisions import CouncilChoice, council_choice
from app.operations.workspace.desk import Done, today
from app.operations.workspace.eligibility import (
    KINDS,
    CaseLine,
    Checklist,
    ConditionLine,
    checklists,
    rules_of,
)
from app.operations.workspace.proposals import (
    STAND_WORDS,
    ProposalsStand,
    ProposalsView,
    proposal_state,
)
from app.operations.workspace.records import record
from app.reports.figures import sentence
from app.reports.names import Names
from app.scoring.assessment import Assessment, AwardLine, OpenQuestion
from ui.flows.acts import Acts
from ui.pages.awards.facts import (
    Answer,
    Asked,
    AwardChoice,
    AwardView,
    Candidate,
    Candidates,
    CheckRow,
    LineRow,
    Make,
    UnitView,
)
from ui.runner import Runner
from ui.session import Session
from ui.theme.tokens import Tone

_TONES: Final = {
    "proposed": Tone.GOOD,
    "held": Tone.WAITING,
    "tied": Tone.WAITING,
    "reserve": Tone.INFO,
    "refused": Tone.NEUTRAL,
}
_KEPT: Final = {
    ProposalState.PROPOSED: "đã đề nghị",
    ProposalState.WITHDRAWN: "đã rút",
    ProposalState.BARRED: "không xét sau hội nghị",
    ProposalState.DECIDED: "đã có quyết định",
}
_CHOOSES: Final = "Chờ lựa chọn"
"""A unit that the council may choose stands behind nobody, though it is kept as a reserve."""
_BAD: Final = ("barred", "failed")


class AwardsPresenter:
    """Reads the awards against the session's result, and carries out what is done to them."""

    def __init__(
        self, session: Session, runner: Runner, fault: Callable[[Exception], None]
    ) -> None:
        self.session = session
        self.acts = Acts(session, runner, fault)
        self.board: AwardBoard | None = None
        self.proposals: ProposalsView | None = None
        self._lists: Mapping[str, Checklist] = {}

    # ------------------------------------------------------------- where we are

    def load(self) -> None:
        """Reads everything anew against the present result."""
        found, seat = self.assessment, self.session.seat
        if found is None or seat is None:
            self.board, self.proposals, self._lists = None, None, {}
            return
        self.board = award_desk(seat, found)
        self.proposals = proposal_state(seat, found)
        self._lists = {made.unit.id: made for made in checklists(seat, found)}

    @property
    def assessment(self) -> Assessment | None:
        """The result as it is now."""
        return self.session.result.assessment if self.session.result is not None else None

    @property
    def refusal(self) -> tuple[Finding, ...]:
        """Why there is no result."""
        return self.session.result_refusal

    @property
    def may_write(self) -> bool:
        """Whether anything can be recorded now."""
        return self.session.may_write and self.board is not None

    @property
    def has_proposals(self) -> bool:
        """Whether any proposal stands and waits for its decision."""
        return any(p.state is ProposalState.PROPOSED for p in self._standing())

    def _standing(self) -> tuple[Proposal, ...]:
        return () if self.proposals is None else self.proposals.proposals

    def today(self) -> dt.date:
        """The day that acts are dated with."""
        return today()

    def sentence(self) -> str:
        """The state of the proposals in one sentence."""
        if self.board is None or self.proposals is None:
            return "Đang tính kết quả…" if self.session.result_is_due else "Chưa có kết quả."
        proposed = sum(len(table.proposed) for table in self.board.tables)
        waiting = sum(len(table.waiting) for table in self.board.tables)
        parts = [f"{proposed} lượt đề nghị"]
        if waiting:
            parts.append(f"{waiting} lượt còn chờ kết luận hoặc phân định")
        parts.append(STAND_WORDS[self.proposals.stand])
        return " · ".join(parts)

    def parted(self) -> tuple[str, ...]:
        """Unit by unit, where the proposals and the present data part; then other reasons."""
        view, found = self.proposals, self.assessment
        if view is None or found is None or view.stand is not ProposalsStand.OUTDATED:
            return ()
        names = Names(found)
        lines = [f"{names.units.get(o.unit, o.unit)}: {o.why}" for o in view.outdated]
        return tuple(sentence(names.sentence(words)) for words in (*lines, *view.reasons))

    # ------------------------------------------------------------- awards

    def choices(self) -> tuple[AwardChoice, ...]:
        """Every award and cluster, in the order of the table."""
        return tuple(self._choice(t) for t in (self.board.tables if self.board else ()))

    def _choice(self, table: AwardTable) -> AwardChoice:
        assert self.assessment is not None
        names = Names(self.assessment)
        many = len(names.clusters) > 1 and table.cluster is not None
        where = f" · {names.clusters[table.cluster or '']}" if many else ""
        waiting = f" ({len(table.waiting)} chờ)" if table.waiting else ""
        return AwardChoice(_key(table), f"{table.award.title}{where}{waiting}")

    def view(self, key: str) -> AwardView | None:
        """One award as it stands; ``None`` where it is gone."""
        table = next((t for t in (self.board.tables if self.board else ()) if _key(t) == key), None)
        if table is None or self.assessment is None:
            return None
        used = table.places
        return AwardView(
            table.award.id,
            table.cluster,
            table.award.title,
            f"Số suất: {table.places_words}",
            None if used is None else used.count,
            tuple(self._rows(table, Names(self.assessment))),
            table.award.chosen_by == "council",
        )

    def _rows(self, table: AwardTable, names: Names) -> Iterator[LineRow]:
        questions = {x.line.unit: x.question for x in table.waiting}
        kept = {p.unit: p for p in table.kept}
        lines = (
            *table.proposed,
            *(x.line for x in table.waiting),
            *table.reserve,
            *table.refused,
        )
        for at, line in enumerate(lines, 1):
            question = questions.get(line.unit)
            chooses = line.reason_code == "council_chooses"
            mine = kept.pop(line.unit, None)
            yield LineRow(
                line.unit,
                names.units[line.unit],
                at,
                _CHOOSES if chooses else _capital(STATES[line.state]),
                sentence(names.sentence(line.reason)),
                Tone.WAITING if chooses else _TONES[line.state],
                self._waits(table, line, question),
                "" if question is None else question.id,
                mine,
                "" if mine is None else _KEPT[mine.state],
            )
        for at, mine in enumerate(kept.values(), len(lines) + 1):
            why = "; ".join(part for part in (mine.reason, mine.reference) if part)
            name = names.units.get(mine.unit, mine.unit)
            yield LineRow(
                mine.unit, name, at, "Không còn đứng", sentence(why) if why else "",
                Tone.NEUTRAL, kept=mine, kept_words=_KEPT[mine.state],
            )  # fmt: skip

        seen = {line.unit for line in lines} | {p.unit for p in table.kept}
        others = (
            unit
            for unit in self.session.units.values()
            if unit.left is None and table.cluster in (None, unit.cluster) and unit.id not in seen
        )
        for at, unit in enumerate(others, len(lines) + len(kept) + 1):
            why = "Không đứng ở mức này theo kết quả hiện nay."
            yield LineRow(unit.id, unit.name, at, "Ngoài số suất", why, Tone.NEUTRAL)

    def _waits(self, table: AwardTable, line: AwardLine, question: OpenQuestion | None) -> Any:
        if line.reason_code == "ballot_missing":
            return "ballot"
        if question is None:
            return ""
        if line.state == "held" and question.id.startswith("held:"):
            return "held"
        tie = next((t for t in table.ties if t.id == question.id), None)
        return "ballot" if tie is not None and tie.step == "ballot" else "decision"

    def asked(self, question: str) -> Asked | None:
        """A question with its possible answers and what each would bring."""
        found = self.assessment
        if found is None:
            return None
        open_one = next((q for q in found.open_questions if q.id == question), None)
        if open_one is None:
            return None
        names = Names(found)
        tie = next((t for t in found.ties if t.id == question), None)
        answers = tuple(Answer(o.choice, names.outcome(o)) for o in open_one.outcomes)
        what = sentence(_capital(names.sentence(open_one.what)))
        return Asked(question, what, answers, 1 if tie is None else max(tie.places_left, 1))

    # ------------------------------------------------------------- units

    def unit(self, unit: str) -> UnitView | None:
        """The checklist of a unit and its past awards."""
        made, found = self._lists.get(unit), self.assessment
        if made is None or found is None or self.board is None:
            return None
        names = Names(found)
        checks = (
            *(self._case(line, names) for line in made.against),
            *(self._condition(line) for line in made.conditions),
            *(self._case(line, names) for line in made.cases if not line.applies),
        )
        past = tuple(
            ", ".join(part for part in (f"{p.year}: {p.award}", p.number, p.note) if part)
            for p in self.board.past.get(unit, ())
        )
        return UnitView(unit, made.unit.name, checks, past)

    def _case(self, line: CaseLine, names: Names) -> CheckRow:
        case, fact = line.case, line.fact
        if not line.applies:
            ended = fact is not None and fact.until is not None
            free = "Không vướng" if case.when is None else "Không vướng (theo số liệu)"
            state = f"Đã kết luận ({fact.reference})" if fact and ended else free
            tone = Tone.NEUTRAL
        else:
            why = names.sentence(line.why)
            since = f" từ {fact.since:%d/%m/%Y}" if fact is not None and fact.since else ""
            state = f"Vướng: {why or 'không ghi căn cứ'}{since}"
            tone = Tone.ERROR if case.kind in _BAD else Tone.WAITING
        act: Any = {"none": "record", "recorded": "conclude"}.get(line.source, "")
        if case.when is not None and act == "record":
            act = ""
        group = KINDS.get(case.kind, case.kind)
        held = case.kind == "held"
        return CheckRow(case.id, "case", group, case.title, state, tone, act, held)

    def _condition(self, line: ConditionLine) -> CheckRow:
        words = {True: "Đạt", False: "Không đạt", None: "Chưa ghi"}[line.met]
        if line.source == "derived":
            words = "Không đạt, suy từ số liệu" if line.met is False else "Suy từ số liệu"
        elif line.reference:
            words += f" ({line.reference})"
        tone = {True: Tone.GOOD, False: Tone.ERROR, None: Tone.NEUTRAL}[line.met]
        item = line.condition
        act: Any = "" if item.when is not None else "tick"
        return CheckRow(item.id, "condition", "Điều kiện", item.title, words, tone, act)

    def bars(self) -> tuple[tuple[str, str], ...]:
        """The cases by which a unit is not considered: id and title."""
        if self.session.seat is None:
            return ()
        cases = rules_of(self.session.seat).standing
        return tuple((case.id, case.title) for case in cases if case.kind == "barred")

    # ------------------------------------------------------------- acting

    def candidates(self, award: str, then: Callable[[Candidates], object]) -> None:
        """Works out among whom the council chooses, whatever it chose before."""

        def told(choice: CouncilChoice) -> None:
            units = self.session.units
            limit = choice.limit
            many = "Không giới hạn số suất." if limit is None else f"Chọn không quá {limit} đơn vị."
            rows = (Candidate(u, units[u].name, u in choice.chosen) for u in choice.candidates)
            then(Candidates(award, choice.award.title, many, tuple(rows)))

        self.acts.look("Xem các đơn vị được chọn", lambda desk: council_choice(desk, award), told)

    def plan(self, make: Make, then: Callable[[Plan], object]) -> None:
        """Works out what an act would bring."""
        self.acts.plan("Xem trước hệ quả", make, then)

    def told(self, plan: Plan) -> tuple[str, tuple[str, ...]]:
        """A plan in sentences without ids: the act, and what it would bring."""
        assert self.assessment is not None
        names = Names(self.assessment)
        said = tuple(sentence(names.sentence(words)) for words in plan.consequences)
        return sentence(names.sentence(plan.title)), said

    def propose(self, day: dt.date, reason: str, then: Callable[[Done], object]) -> None:
        """Pins what the data propose."""
        self.acts.do("Chốt danh sách đề nghị", lambda desk: propose(desk, day, reason=reason), then)

    def decide(self, values: Mapping[str, Any], then: Callable[[Done], object]) -> None:
        """Records the decision on all proposals that stand."""
        wanted = [p.id for p in self._standing() if p.state is ProposalState.PROPOSED]
        self.acts.do(
            "Ghi quyết định khen thưởng",
            lambda desk: decide_proposals(
                desk, wanted, values["number"], values["date"], values["issuer"]
            ),
            then,
        )

    def keep_quota(self, view: AwardView, count: int, then: Callable[[Done], object]) -> None:
        """Keeps the quota of the year for one award."""
        row = {"award": view.award, "count": count}
        if view.cluster is not None:
            row["cluster"] = view.cluster
        self.acts.do("Ghi chỉ tiêu", lambda desk: record(desk, "quotas", [row]), then)


def _key(table: AwardTable) -> str:
    return f"{table.award.id}/{table.cluster or ''}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
