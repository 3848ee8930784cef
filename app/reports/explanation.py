"""A criterion explained in lines: rule → clause → figures → steps → rounding → who and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.domain.snapshot import Figure
from app.domain.step import Step, StepRule
from app.reports.citations import Citations
from app.reports.document import Line, Run, plain_line
from app.reports.figures import Figures, figure_words, state_mark, state_words
from app.reports.issuing import vocabulary
from app.rules.document import read_method
from app.rules.methods import MethodModel
from app.scoring.assessment import Assessment, CriterionScore, RoundScore

INDENT = "\u00a0\u00a0\u00a0"


class Explanation:
    """Explains the criteria of one unit."""

    def __init__(self, assessment: Assessment, unit: str, citations: Citations) -> None:
        self.assessment, self.unit, self.citations = assessment, unit, citations
        self.figures = Figures(assessment)
        self.rows = {row.code: row for row in assessment.pack.rules.criteria}
        self.own = {
            item.code: item for item in assessment.snapshot.own_criteria if item.unit == unit
        }
        self.rounds = {r.id: r for r in assessment.pack.rules.rounds}
        self.quoted: set[str] = set()

    def lines(self, score: CriterionScore) -> Iterator[Line]:
        """The cell of one criterion, line by line."""
        yield plain_line(score.title, bold=True)
        clause = self.clause_of(score)
        if self.citations.short(clause):
            yield self.clause_line(clause)
        steps = list(step_lines(score.why, clause, self.citations, first="Cách tính: "))
        data = self._data(score, "".join(run.text for line in steps for run in line))
        if data:
            yield (Run("Số liệu: ", italic=True), Run(data))
        yield from steps
        if self.figures.place == "criterion" and score.points != score.exact:
            before, after = self.figures.long(score.exact), self.figures.published(score.points)
            yield (Run("Làm tròn: ", italic=True), Run(f"{before} thành {after}"))
        for name, said in score.rounds.items():
            words = self._round(score, name, said)
            if words:
                yield (Run(f"{self.rounds[name].title}: ", italic=True), Run(words))

    def _data(self, score: CriterionScore, steps: str) -> str:
        """The figures, unless the steps name each of them, and the evidence behind them."""
        titles = self._titles(score.code)
        named = all(f"{titles.get(name, name)}: " in steps for name in score.figures)
        words = "" if named else self.figure_list(score.code, score.figures)
        said = score.rounds.get(score.round or "")
        if said is not None and said.evidence:
            kept = f"{said.evidence} {vocabulary(self.assessment).evidence}"
            words += f" ({kept})" if words else kept
        return words

    def clause_of(self, score: CriterionScore) -> str | None:
        """The clause of the criterion itself, or of the slot of an own criterion."""
        own = self.own.get(score.code)
        row = self.rows.get(own.slot if own is not None else score.code)
        return row.clause if row is not None else score.why.clause

    def clause_line(self, clause: str | None) -> Line:
        """The place and, where the clause stands on the sheet first, the quoted words."""
        quote = "" if clause is None or clause in self.quoted else self.citations.quote(clause)
        self.quoted.add(clause or "")
        words = self.citations.short(clause) + (f": {quote}" if quote else "")
        return (Run("Điều khoản: ", italic=True), Run(words))

    def figure_list(self, code: str, figures: Mapping[str, Figure]) -> str:
        """Figures with their titles: "Kế hoạch: 120; Thực hiện: 131"."""
        titles = self._titles(code)
        return "; ".join(
            f"{titles.get(name, name)}: {figure_words(value)}" for name, value in figures.items()
        )

    def _titles(self, code: str) -> dict[str, str]:
        row, own = self.rows.get(code), self.own.get(code)
        method: MethodModel | None = row.method if row is not None else None
        if own is not None:
            method, _ = read_method(own.method, code)
        titles = {s.name: s.title for s in method.figure_specs()} if method is not None else {}
        if row is not None and row.gate is not None and row.gate.figure is not None:
            titles[row.gate.figure] = row.gate.title
        if row is not None and row.already is not None:
            titles[row.already.figure] = row.already.title
        return titles

    def _round(self, score: CriterionScore, name: str, said: RoundScore) -> str:
        """What a round says beyond its points: claim, override, reason, state, evidence."""
        words: list[str] = []
        short = self.figures.short
        if state_mark(said.state):
            words.append(state_words(said.state))
        if said.figures and said.figures != score.figures:
            words.append(f"số liệu khi đó: {self.figure_list(score.code, said.figures)}")
        if said.claimed is not None and said.computed not in (None, said.claimed):
            words.append(f"tự ghi {short(said.claimed)}, tính được {short(said.computed)}")
        if said.override not in (None, said.computed) and name != score.round:
            base = f" thay cho {short(said.computed)}" if said.computed is not None else ""
            words.append(f"chấm {short(said.override)}{base}")
        if said.reason.strip() and said.reason.strip() not in score.why.how:
            words.append(f"lý do: {said.reason.strip()}")
        if said.evidence and words:
            words.append(f"{said.evidence} {vocabulary(self.assessment).evidence}")
        return "; ".join(words)


def unstacked(how: str) -> str:
    """A way of working out without a second sign before a rounded number: "10 × 94,7368 %"."""
    return how.replace("= ≈ ", "≈ ").replace("× ≈ ", "× ")


def step_lines(
    step: Step,
    clause: str | None,
    citations: Citations,
    *,
    first: str = "",
    depth: int = 0,
    given: bool = False,
) -> Iterator[Line]:
    """A step and its parts, each part indented below it.

    The clause is named where it is another than that of the line above. Without ``given`` the
    figures that are parts of a formula are left out: they stand in the line of figures already.
    """
    place = citations.short(step.clause) if step.clause != clause else ""
    words = unstacked(step.how) + (f" [{place}]" if place else "")
    mark = first if depth == 0 else "- "
    yield (Run(INDENT * depth + mark, italic=depth == 0), Run(words))
    last = step.clause
    for part in step.parts:
        if given or part.rule is not StepRule.GIVEN or part.parts:
            yield from step_lines(part, last, citations, depth=depth + 1, given=given)
            last = part.clause
