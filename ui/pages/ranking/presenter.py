"""What the page of the ranking knows: rows, what decided each place, what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.ground.findings import Finding
from app.ground.numbers import vietnamese
from app.operations.workspace.desk import Done
from app.operations.workspace.records import record
from app.reports.citations import Citations
from app.reports.figures import Figures, sentence
from app.reports.names import Names
from app.reports.ranking import DECIDED
from app.reports.ranking_details import AWARD_STATES, ELIGIBILITY
from app.scoring.assessment import Assessment, AwardLine, OpenQuestion, Tie, UnitResult
from ui.session import Session
from ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True)
class RankRow:
    """One unit as the table shows it; ``parts`` are its sections, bonus and deductions."""

    unit: str
    place: str
    order: int
    name: str
    parts: tuple[str, ...]
    total: str
    most: str
    percent: str
    remark: str
    tone: Tone | None


@dataclass(frozen=True, slots=True)
class Part:
    """A column of points: a section, the bonus or the deductions."""

    title: str
    tip: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the panel beside the table: what it is about, and what there is to say."""

    about: str
    words: str
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class Question:
    """An open question with the answers that it may have and what each would bring."""

    id: str
    what: str
    units: str
    answers: tuple[tuple[str, str], ...]


class RankingPresenter:
    """Reads the session's result for one cluster at a time."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._cluster: str | None = None

    # ------------------------------------------------------------- where we are

    @property
    def assessment(self) -> Assessment | None:
        """The result as it is now."""
        return self.session.result.assessment if self.session.result is not None else None

    @property
    def clusters(self) -> tuple[tuple[str, str], ...]:
        """The clusters by id and name."""
        if self.assessment is None:
            return ()
        return tuple((c.id, c.name) for c in self.assessment.snapshot.clusters)

    @property
    def cluster(self) -> str | None:
        """The cluster that is shown: the chosen one while there is such, else the first."""
        known = [cluster for cluster, _ in self.clusters]
        return self._cluster if self._cluster in known else (known[0] if known else None)

    def choose_cluster(self, cluster: str) -> None:
        """Shows another cluster."""
        self._cluster = cluster

    def show_cluster_of(self, unit: str) -> None:
        """Shows the cluster to which a unit belongs."""
        if self.assessment is not None:
            found = [u.cluster for u in self.assessment.snapshot.units if u.id == unit]
            self._cluster = found[0] if found else self._cluster

    @property
    def refusal(self) -> tuple[Finding, ...]:
        """Why there is no result."""
        return self.session.result_refusal

    def sentence(self) -> str:
        """The state of the ranking in one sentence."""
        if self.assessment is None:
            return "Đang tính kết quả…" if self.session.result_is_due else "Chưa có kết quả để xếp."
        view = self.view
        ranked = [row for row in view.rows if row.place != "–"]
        words = f"{len(ranked)} đơn vị được xếp hạng"
        apart = len(view.rows) - len(ranked)
        if apart:
            words += f", {apart} đơn vị liệt kê riêng"
        title = view.round_title
        why = self.assessment.why_provisional
        state = f"Tạm tính: {why[0]}" if why else "đủ số liệu"
        return f"{words} · tính theo vòng “{title}” · {state}"

    # ------------------------------------------------------------- what is shown

    @property
    def view(self) -> RankingView:
        """The chosen cluster's ranking; only asked for where there is a result."""
        assessment, cluster = self.assessment, self.cluster
        assert assessment is not None
        assert cluster is not None
        overlays = self.session.result.packs.overlays if self.session.result else ()
        return RankingView(assessment, cluster, Citations(assessment, overlays))

    def decide(self, question: str, answer: str, by: str, reference: str) -> Done:
        """Records what an authority decided on an open question; raises ``UserError``."""
        row = {"question": question, "outcome": answer, "by": by, "reference": reference}
        filled = {key: value.strip() for key, value in row.items() if value.strip()}
        return self.session.act(lambda desk: record(desk, "decisions", [filled]))


class RankingView:
    """One cluster of one assessment in words and numbers."""

    def __init__(self, assessment: Assessment, cluster: str, citations: Citations) -> None:
        self.assessment = assessment
        self.cluster = cluster
        self.figures = Figures(assessment)
        self.names = Names(assessment)
        self._citations = citations
        self._units: Sequence[str] = assessment.clusters.get(cluster, ())

    @property
    def round_title(self) -> str:
        """The round by which the ranking stands."""
        rounds = {r.id: r.title for r in self.assessment.pack.rules.rounds}
        return rounds.get(self.assessment.scored_round, self.assessment.scored_round)

    @property
    def cluster_name(self) -> str:
        """The name of the cluster."""
        return self.names.clusters.get(self.cluster, self.cluster)

    # ------------------------------------------------------------- rows

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The columns of points between name and total."""
        rules = self.assessment.pack.rules
        tops = [Part(self._label(code), title) for code, title in self._tops.items()]
        if rules.bonus.items:
            tops.append(Part("Thưởng", "Điểm thưởng"))
        if rules.deductions.items:
            tops.append(Part("Trừ", "Điểm trừ"))
        return tuple(tops)

    @cached_property
    def _tops(self) -> Mapping[str, str]:
        """The top rows of the table that any unit of the cluster has, with their titles."""
        return {
            row.code: row.title
            for row in self.assessment.pack.rules.criteria
            if "." not in row.code and any(self._top(unit, row.code) for unit in self._units)
        }

    def _label(self, code: str) -> str:
        for unit in self._units:
            found = self._top(unit, code)
            if found is not None:
                return f"Mục {found[1]}"
        return f"Mục {code}"

    def _top(self, unit: str, code: str) -> tuple[str, str] | None:
        """A section's (or flat criterion's) published points and label."""
        card = self.assessment.units[unit].card
        part = card.sections.get(code) or card.criteria.get(code)
        return (self.figures.published(part.points), part.label or code) if part else None

    @cached_property
    def rows(self) -> tuple[RankRow, ...]:
        """The units in the order of the ranking, those listed apart last."""
        return tuple(self._row(unit, at) for at, unit in enumerate(self._units))

    def _row(self, unit: str, at: int) -> RankRow:
        result = self.assessment.units[unit]
        card = result.card
        parts = [found[0] if (found := self._top(unit, code)) else "" for code in self._tops]
        rules = self.assessment.pack.rules
        if rules.bonus.items:
            parts.append(self.figures.published(card.bonus.total))
        if rules.deductions.items:
            parts.append(self.figures.published(-card.deductions.total))
        blocked = [item for item in result.eligibility if item.kind in ("barred", "held")]
        open_tie = any(tie.resolved_by is None and unit in tie.units for tie in self.ties)
        tone = None
        if any(item.kind == "barred" for item in blocked):
            tone = Tone.ERROR
        elif blocked or open_tie or card.blanks:
            tone = Tone.WAITING
        elif self._awards_of(unit):
            tone = Tone.GOOD
        return RankRow(
            unit,
            "–" if result.rank is None else str(result.rank),
            at,
            self.names.units[unit],
            tuple(parts),
            self.figures.published(card.total),
            vietnamese(card.own_max),
            "" if card.percent is None else self.figures.fixed(card.percent, 2),
            _capital("; ".join(self._remarks(unit, result))),
            tone,
        )

    def _remarks(self, unit: str, result: UnitResult) -> Iterator[str]:
        for item in result.eligibility:
            if item.kind in ("barred", "held"):
                yield f"{ELIGIBILITY[item.kind]}: {item.title}"
        if result.tied_with:
            yield "bằng điểm với " + ", ".join(self.names.units[u] for u in result.tied_with)
        if result.rank_decided_by not in (None, "total"):
            yield f"xếp theo: {DECIDED[str(result.rank_decided_by)].lower()}"
        if blanks := len(result.card.blanks):
            yield f"còn {blanks} ô chưa chấm"
        for line in self._awards_of(unit):
            yield f"{AWARD_STATES[line.state].lower()}: {line.title}"
        if result.class_title:
            yield result.class_title

    def _awards_of(self, unit: str) -> list[AwardLine]:
        return [
            line
            for line in self.assessment.awards
            if line.unit == unit and line.state in ("proposed", "held", "tied")
        ]

    # ------------------------------------------------------------- one unit

    def facts(self, unit: str) -> tuple[Fact, ...]:
        """Everything that shaped this unit's place."""
        return tuple(self._facts(unit, self.assessment.units[unit]))

    def _facts(self, unit: str, result: UnitResult) -> Iterator[Fact]:
        total = self.figures.published(result.card.total)
        most = vietnamese(result.card.own_max)
        yield Fact("Tổng điểm", f"{total} trên tối đa {most}")
        step = result.card.why
        if step.how:
            yield Fact("Cách tính", self._cited(sentence(step.how), step.clause))
        if result.rank is None:
            yield Fact("Hạng", "Liệt kê riêng, không xếp hạng.", Tone.WAITING)
        else:
            yield Fact("Hạng", f"{result.rank} trong {len(self._units)} đơn vị")
        if result.tied_with:
            others = ", ".join(self.names.units[other] for other in result.tied_with)
            yield Fact("Bằng điểm", f"Bằng tổng điểm với {others}.", Tone.WAITING)
        if result.rank_decided_by not in (None, "total"):
            yield Fact("Điều quyết định hạng", DECIDED[str(result.rank_decided_by)])
        for tie in self.ties:
            if unit in tie.units:
                yield self._tie(tie)
        for item in result.eligibility:
            tone = {"barred": Tone.ERROR, "held": Tone.WAITING}.get(item.kind, Tone.INFO)
            yield Fact(
                ELIGIBILITY[item.kind],
                self._cited(sentence(self.names.case(item)), item.clause),
                tone,
            )
        if result.class_title:
            yield Fact("Xếp loại", sentence(f"{result.class_title}. {result.class_reason}"))
        if blanks := result.card.blanks:
            listed = ", ".join(blanks[:8]) + (" …" if len(blanks) > 8 else "")
            yield Fact("Chưa chấm", f"Còn {len(blanks)} ô: {listed}.", Tone.WAITING)
        for line in self.assessment.awards:
            if line.unit == unit and line.state != "refused":
                tone = Tone.GOOD if line.state == "proposed" else Tone.WAITING
                words = self.names.sentence(f"{AWARD_STATES[line.state]}. {line.reason}")
                yield Fact(line.title, self._cited(sentence(words), line.clause), tone)

    def _tie(self, tie: Tie) -> Fact:
        award = self.names.awards.get(tie.award, tie.award)
        tone = Tone.GOOD if tie.resolved_by else Tone.WAITING
        words = self._cited(sentence(self.names.sentence(tie.how)), tie.clause)
        return Fact(f"Bằng nhau ở mép chỉ tiêu {award}", words, tone)

    def _cited(self, words: str, clause: str | None) -> str:
        place = self._citations.short(clause)
        return f"{words} [{place}]" if place else words

    # ------------------------------------------------------------- what is open

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """The ties at a cut that touch this cluster."""
        members = set(self._units)
        return tuple(tie for tie in self.assessment.ties if members & set(tie.units))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What has still to be decided, with the outcomes."""
        members = set(self._units)
        return tuple(
            self._question(question)
            for question in self.assessment.open_questions
            if not question.units or members & set(question.units)
        )

    def _question(self, question: OpenQuestion) -> Question:
        return Question(
            question.id,
            sentence(self.names.sentence(question.what)),
            ", ".join(self.names.units.get(unit, unit) for unit in question.units),
            tuple((o.choice, self.names.outcome(o)) for o in question.outcomes),
        )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
