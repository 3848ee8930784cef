"""A unit's whole reasoning as indented lines: rule, clause and quote, figures, steps, rounds."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.snapshot import EntryState
from app.domain.step import Step
from app.ground.findings import Finding, Severity, UserError
from app.ground.numbers import vietnamese
from app.ground.text import nearest
from app.operations.scoring import Scored
from app.reports.citations import Citations
from app.reports.figures import Figures, state_words
from app.rules.pack import Criterion
from app.scoring.assessment import CriterionScore, ItemsScore, SectionScore

INDENT = "  "


def require_unit(scored: Scored, unit: str) -> str:
    """The id of a unit of the assessment; raises ``UserError`` with a suggestion."""
    units = scored.assessment.units
    if unit in units:
        return unit
    guess = nearest(unit, units)
    raise UserError(
        [
            Finding(
                "facts_unknown_unit",
                Severity.ERROR,
                "--explain",
                f"Không có đơn vị “{unit[:80]}”.",
                f"Có phải “{guess}”?" if guess else "Các đơn vị: " + ", ".join(list(units)[:20]),
            )
        ]
    )


def explained(scored: Scored, unit: str) -> Iterator[str]:
    """The lines that explain one unit; raises ``UserError`` where there is no such unit."""
    return _Explained(scored, require_unit(scored, unit)).lines()


class _Explained:
    """Puts one unit's card into lines."""

    def __init__(self, scored: Scored, unit: str) -> None:
        self.assessment = scored.assessment
        self.unit = unit
        self.result = scored.assessment.units[unit]
        self.figures = Figures(scored.assessment)
        self.citations = Citations(scored.assessment, scored.packs.overlays)
        self.rows: dict[str, Criterion] = {
            row.code: row for row in scored.assessment.pack.rules.criteria
        }
        self.slots = {
            own.code: own.slot
            for own in scored.assessment.snapshot.own_criteria
            if own.unit == unit
        }
        self.rounds = {r.id: r.title for r in scored.assessment.pack.rules.rounds}
        self.quoted: set[str] = set()

    def lines(self) -> Iterator[str]:
        """Everything, from the total down to single figures."""
        member = self.assessment.snapshot.unit(self.unit)
        card = self.result.card
        yield f"{member.name} ({self.unit})"
        yield f"Tổng điểm: {self.figures.published(card.total)} / {vietnamese(card.own_max)}"
        if self.result.rank is None:
            yield "Không xếp hạng."
        else:
            tied = ", ".join(
                self.assessment.snapshot.unit(other).name for other in self.result.tied_with
            )
            yield f"Hạng {self.result.rank}" + (f", bằng với {tied}." if tied else ".")
        if self.result.class_title:
            yield f"Xếp loại: {self.result.class_title}. {self.result.class_reason}"
        for item in self.result.eligibility:
            yield f"{item.title} ({item.derived_from})" + self._place(item.clause)
        yield ""
        yield from self._table()
        for title, items in (("Điểm thưởng", card.bonus), ("Điểm trừ", card.deductions)):
            yield from self._items(title, items)
        yield "Tổng điểm"
        yield from self._total(card.why)

    def _table(self) -> Iterator[str]:
        card = self.result.card
        shown: set[str] = set()
        for code, score in card.criteria.items():
            parts = code.split(".")
            for depth in range(1, len(parts)):
                group = ".".join(parts[:depth])
                if group in card.sections and group not in shown:
                    shown.add(group)
                    yield from self._section(card.sections[group], depth - 1)
            yield from self._criterion(score, len(parts) - 1)

    def _section(self, section: SectionScore, depth: int) -> Iterator[str]:
        points = f"{self.figures.published(section.points)} / {vietnamese(section.max)} điểm"
        pad = INDENT * depth
        yield f"{pad}{section.code}. {section.title}: {points}"
        if section.why.rule != "sum":
            yield f"{pad}{INDENT}{section.why.how}{self._place(section.why.clause)}"

    def _criterion(self, score: CriterionScore, depth: int) -> Iterator[str]:
        pad = INDENT * depth
        points = f"{self.figures.published(score.points)} / {vietnamese(score.max)} điểm"
        state = "" if score.state is EntryState.SCORED else f", {state_words(score.state)}"
        round_title = f", vòng “{self.rounds[score.round]}”" if score.round in self.rounds else ""
        yield f"{pad}{score.code}. {score.title}: {points}{state}{round_title}"
        row = self.rows.get(self.slots.get(score.code, score.code))
        clause = row.clause if row is not None else score.why.clause
        yield from self._quoted(clause, depth + 1)
        yield from self._step(score.why, clause, depth + 1)
        for name, said in score.rounds.items():
            words = []
            if said.points is not None:
                words.append(f"{self.figures.short(said.points)} điểm")
            elif said.state is not EntryState.SCORED:
                words.append(state_words(said.state))
            if said.override is not None and said.computed not in (None, said.override):
                words.append(f"thay cho {self.figures.short(said.computed)} tính được")
            if said.reason:
                words.append(f"lý do: {said.reason}")
            if words and (len(score.rounds) > 1 or said.reason):
                yield f"{pad}{INDENT}{self.rounds.get(name, name)}: {'; '.join(words)}"

    def _quoted(self, clause: str | None, depth: int) -> Iterator[str]:
        place = self.citations.short(clause)
        if not place:
            return
        quote = "" if clause in self.quoted else self.citations.quote(clause)
        self.quoted.add(clause or "")
        yield f"{INDENT * depth}[{place}]" + (f" {quote}" if quote else "")

    def _place(self, clause: str | None) -> str:
        place = self.citations.short(clause)
        return f" [{place}]" if place else ""

    def _step(self, step: Step, clause: str | None, depth: int) -> Iterator[str]:
        place = self._place(step.clause) if step.clause != clause else ""
        yield f"{INDENT * depth}- {step.how}{place}"
        for part in step.parts:
            yield from self._step(part, step.clause, depth + 1)

    def _items(self, title: str, items: ItemsScore) -> Iterator[str]:
        if not items.items:
            return
        yield f"{title}: {self.figures.published(items.total)} điểm"
        for item in items.items.values():
            yield from self._quoted(item.why.clause, 1)
            yield from self._step(item.why, item.why.clause, 1)
        if items.why.rule != "sum":
            yield f"{INDENT}{items.why.how}{self._place(items.why.clause)}"

    def _total(self, step: Step, depth: int = 1) -> Iterator[str]:
        """The way of the total: clamps and rounding, down to the sum of sections."""
        place = self._place(step.clause)
        yield f"{INDENT * depth}- {step.how}{place}"
        if step.rule == "sum":
            tops = " + ".join(vietnamese(part.value) for part in step.parts)
            yield f"{INDENT * (depth + 1)}{tops} = {vietnamese(step.value)}"
            return
        for part in step.parts:
            yield from self._total(part, depth + 1)
