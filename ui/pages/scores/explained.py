"""Why a number is what it is: rule and quote, figures, steps, what each hand said, evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.snapshot import EntryState
from app.domain.step import Step
from app.domain.year import Evidence, Explanation
from app.ground.findings import Finding
from app.ground.numbers import vietnamese
from app.operations.workspace.permits import shown_figure
from app.reports.citations import Citations
from app.reports.figures import state_words
from app.reports.ranking import DECIDED
from app.scoring.assessment import CriterionScore, UnitResult
from ui.models.score_cells import Lane, Line, LineKind
from ui.pages.scores.lines import BONUS
from ui.pages.scores.year import YearOfScores


@dataclass(frozen=True, slots=True)
class StepWords:
    """One step of the reasoning with its place in the text."""

    depth: int
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class RoundWords:
    """What one hand said of the cell."""

    title: str
    text: str
    reason: str = ""
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a unit was asked about a cell and has not answered yet."""

    id: str
    question: str
    asked: str


@dataclass(frozen=True, slots=True)
class Explained:
    """All that the panel shows of one cell; ``may_ask``: its unit can be asked, or its answer kept.

    ``waiting`` is what the unit was asked first among what it has not answered.
    """

    title: str
    unit: str
    points: str
    place: str = ""
    quote: str = ""
    steps: tuple[StepWords, ...] = ()
    rounds: tuple[RoundWords, ...] = ()
    findings: tuple[Finding, ...] = ()
    evidence: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    may_ask: bool = False
    waiting: Waiting | None = None


class Explaining:
    """Explains cells of one state of the year."""

    def __init__(self, year: YearOfScores) -> None:
        self._year = year
        assessment = year.assessment
        self._citations = None if assessment is None else Citations(assessment, year.packs.overlays)

    def _place(self, clause: str | None) -> str:
        return "" if self._citations is None else self._citations.short(clause)

    def _quote(self, clause: str | None) -> str:
        return "" if self._citations is None else self._citations.quote(clause)

    def _points(self, value: str, top: str) -> str:
        return f"{value} / {top} điểm" if top else f"{value} điểm"

    def explained(
        self,
        line: Line,
        lane: Lane,
        findings: tuple[Finding, ...],
        evidence: tuple[Evidence, ...],
        questions: tuple[Explanation, ...],
    ) -> Explained:
        """Everything about one cell."""
        year = self._year
        result = year.result(lane.unit, line.pack)
        if line.kind is LineKind.CRITERION:
            score = None if result is None else result.card.criteria.get(line.code)
            return self._criterion(line, lane, score, findings, evidence, questions)
        if result is None:
            return Explained(line.name, lane.unit_name, "")
        if line.kind is LineKind.SECTION:
            return self._section(line, lane, result)
        return self._items(line, lane, result)

    def total(self, lane: Lane) -> Explained:
        """How the total of a unit comes about."""
        result = self._year.result(lane.unit)
        if result is None or self._year.figures is None:
            return Explained("Tổng điểm", lane.unit_name, "")
        card = result.card
        points = self._points(self._year.figures.published(card.total), vietnamese(card.own_max))
        steps = [StepWords(0, result.class_reason)] if result.class_reason else []
        if result.rank_decided_by:
            decided = DECIDED[result.rank_decided_by].lower()
            steps.append(StepWords(0, f"Căn cứ xếp hạng: {decided}"))
        steps += self._steps(card.why, None, 0, deep=2)
        return Explained("Tổng điểm", lane.unit_name, points, steps=tuple(steps))

    def _section(self, line: Line, lane: Lane, result: UnitResult) -> Explained:
        section = result.card.sections.get(line.code)
        figures = self._year.figures
        if section is None or figures is None:
            return Explained(line.name, lane.unit_name, "")
        points = self._points(figures.short(section.points), vietnamese(section.max))
        return Explained(
            line.name,
            lane.unit_name,
            points,
            self._place(section.why.clause),
            self._quote(section.why.clause),
            tuple(self._steps(section.why, section.why.clause, 0, deep=1)),
        )

    def _items(self, line: Line, lane: Lane, result: UnitResult) -> Explained:
        bonus = line.key.startswith(f"{BONUS}|")
        items = result.card.bonus if bonus else result.card.deductions
        figures = self._year.figures
        why: Step | None = items.why if items.items else None
        points = items.total
        if line.kind is LineKind.ITEM:
            item = items.items.get(line.code)
            why, points = (None, points) if item is None else (item.why, item.points)
        if why is None or figures is None:
            return Explained(line.title, lane.unit_name, "Không có.")
        return Explained(
            line.title,
            lane.unit_name,
            self._points(figures.short(points), ""),
            self._place(why.clause),
            self._quote(why.clause),
            tuple(self._steps(why, why.clause, 0)),
        )

    def _criterion(
        self,
        line: Line,
        lane: Lane,
        score: CriterionScore | None,
        findings: tuple[Finding, ...],
        evidence: tuple[Evidence, ...],
        questions: tuple[Explanation, ...],
    ) -> Explained:
        year = self._year
        row = year.row(line.pack, line.code, lane.unit)
        clause = row.clause if row is not None else None
        title = line.name
        own = year.own.get((lane.unit, line.code)) if line.own else None
        if own is not None:
            title = f"{own.code}. {own.title}"
        points = ""
        steps: tuple[StepWords, ...] = ()
        rounds: tuple[RoundWords, ...] = ()
        if score is not None and year.figures is not None:
            points = self._points(year.figures.short(score.points), vietnamese(score.max))
            if score.state is not EntryState.SCORED:
                points += f", {state_words(score.state)}"
            steps = tuple(self._steps(score.why, clause, 0))
            rounds = tuple(self._rounds(line, lane, score))
        return Explained(
            title,
            lane.unit_name,
            points,
            self._place(clause),
            self._quote(clause),
            steps,
            rounds,
            findings,
            tuple(_cited(document) for document in evidence),
            tuple(_asked(question) for question in questions if question.answer is not None),
            not year.closed,
            next((_waiting(one) for one in questions if one.answer is None), None),
        )

    def _steps(
        self, step: Step, clause: str | None, depth: int, deep: int = 99
    ) -> Iterator[StepWords]:
        place = self._place(step.clause) if step.clause != clause else ""
        yield StepWords(depth, step.how, place)
        if depth < deep:
            for part in step.parts:
                yield from self._steps(part, step.clause, depth + 1, deep)

    def _rounds(self, line: Line, lane: Lane, score: CriterionScore) -> Iterator[RoundWords]:
        figures = self._year.figures
        assert figures is not None
        known = self._year.known(lane.unit, line.code, line.pack)
        titles = {} if known is None else {n: f.title for n, f in known.figures.items()}
        for rules in self._year.rules(line.pack).rounds:
            said = score.rounds.get(rules.id)
            if said is None:
                continue
            words = [f"{titles.get(n, n)}: {shown_figure(v)}" for n, v in said.figures.items()]
            if said.points is not None:
                words.insert(0, f"{figures.short(said.points)} điểm")
            elif said.state is not EntryState.SCORED:
                words.insert(0, state_words(said.state))
            if said.override is not None and said.computed not in (None, said.override):
                words.append(f"thay cho {figures.short(said.computed)} điểm tính được")
            yield RoundWords(rules.title, "; ".join(words), said.reason, score.round == rules.id)


def _cited(document: Evidence) -> str:
    day = f"ngày {document.date:%d/%m/%Y}" if document.date is not None else ""
    parts = (document.number, day, document.issuer, document.subject, document.place)
    return ", ".join(part for part in parts if part) or document.id


def _asked(question: Explanation) -> str:
    return f"{question.question} → {question.answer}"


def _waiting(question: Explanation) -> Waiting:
    day = f"hỏi ngày {question.asked:%d/%m/%Y}" if question.asked is not None else ""
    by = f"người hỏi: {question.asked_by}" if question.asked_by else ""
    return Waiting(question.id, question.question, "; ".join(part for part in (day, by) if part))
