"""What each cell of the grid shows: text, state, the self-score above it, marks and tip."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from app.domain.snapshot import Entry, EntryState
from app.domain.year import RoundStage
from app.ground.findings import Finding, Severity
from app.ground.numbers import vietnamese
from app.operations.workspace.permits import shown_value
from app.reports.figures import BLANK, NOT_ASSIGNED, NOT_DONE
from app.rules.pack import Round
from app.scoring.assessment import RoundScore
from app.scoring.cells import in_round
from ui.models.score_cells import CellState, CellView, Lane, Line, LineKind, SumView
from ui.pages.scores.lines import BONUS
from ui.pages.scores.year import YearOfScores
from ui.theme.tokens import Tone

_STATES = {
    EntryState.BLANK: (BLANK, CellState.BLANK),
    EntryState.NOT_ASSIGNED: (NOT_ASSIGNED, CellState.NOT_ASSIGNED),
    EntryState.NOT_DONE: (NOT_DONE, CellState.NOT_DONE),
}
_TONES = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WAITING, Severity.NOTE: Tone.INFO}
_NOTHING = CellView("", CellState.ABSENT)
_NO_SUMS = SumView("", "")


@lru_cache(maxsize=20_000)
def _short(numerator: int, denominator: int, digits: int) -> str:
    value = Fraction(numerator, denominator)
    text = vietnamese(value)
    if "/" in text or len(text.partition(",")[2]) > digits:
        return vietnamese(value, digits)
    return text


class Cells:
    """Cells of one state of the year; thrown away when the year changes.

    ``beside`` are the rounds that are shown beside the one being scored.
    """

    def __init__(
        self, year: YearOfScores, rounds: tuple[Round, ...], beside: frozenset[str]
    ) -> None:
        self._year = year
        self._beside = beside
        self._rounds = {r.id: r for r in rounds}
        self._self = next((r for r in rounds if r.hand == "unit"), None)
        self._cells: dict[tuple[str, str, str], CellView] = {}
        self._sums: dict[str, SumView] = {}
        self._digits = 2 if year.figures is None else year.figures.digits

    def number(self, value: Fraction) -> str:
        """Points without needless decimals."""
        return _short(value.numerator, value.denominator, self._digits)

    def view(self, line: Line, lane: Lane) -> CellView:
        """One cell, worked out once."""
        key = (line.key, lane.unit, lane.round)
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = self._made(line, lane)
        return found

    def _made(self, line: Line, lane: Lane) -> CellView:
        match line.kind:
            case LineKind.CRITERION:
                return self._criterion(line, lane)
            case LineKind.SECTION:
                return self._section(line, lane)
        return self._item(line, lane)

    # ------------------------------------------------------------- sums

    def _section(self, line: Line, lane: Lane) -> CellView:
        result = self._year.result(lane.unit, line.pack) if lane.editing else None
        if result is None:
            return CellView("", CellState.SUM)
        if not line.code:
            return CellView(self.number(result.card.total), CellState.SUM)
        section = result.card.sections.get(line.code)
        if section is None:
            return CellView("", CellState.SUM)
        tip = f"{section.title}: {self.number(section.points)} / {vietnamese(section.max)} điểm"
        return CellView(self.number(section.points), CellState.SUM, tip=tip)

    def _item(self, line: Line, lane: Lane) -> CellView:
        result = self._year.result(lane.unit) if lane.editing else None
        if result is None:
            return CellView("", CellState.SUM)
        bonus = line.key.startswith(f"{BONUS}|")
        items = result.card.bonus if bonus else result.card.deductions
        if line.kind is LineKind.ITEMS:
            text = self.number(items.total) if items.items else ""
            return CellView(text, CellState.SUM, tip=items.why.how if items.items else "")
        item = items.items.get(line.code)
        if item is None:
            return CellView("", CellState.SUM)
        return CellView(self.number(item.points), CellState.SUM, tip=item.why.how)

    def sums(self, unit: str) -> SumView:
        """Total, rank and class of a unit."""
        found = self._sums.get(unit)
        if found is None:
            found = self._sums[unit] = self._sums_of(unit)
        return found

    def _sums_of(self, unit: str) -> SumView:
        result, figures = self._year.result(unit), self._year.figures
        if result is None or figures is None:
            return _NO_SUMS
        total = figures.published(result.card.total)
        words = [f"Tổng điểm: {total} / {vietnamese(result.card.own_max)}"]
        if result.rank is None:
            words.append("Không xếp hạng")
        else:
            words.append(f"Hạng {result.rank}")
        if result.class_title:
            words.append(f"Xếp loại: {result.class_title}")
        words += [item.title for item in result.eligibility]
        return SumView(total, "–" if result.rank is None else str(result.rank), "\n".join(words))

    # ------------------------------------------------------------- one criterion

    def applies(self, line: Line, unit: str, round_id: str) -> bool:
        """Whether this round scores this criterion for this unit; it stays so until the table
        or the units change.
        """
        key = (line.key, unit, round_id)
        known = self._year.reach.get(key)
        if known is None:
            known = self._year.reach[key] = self._applies(line, unit, round_id)
        return known

    def is_open(self, line: Line, lane: Lane) -> bool:
        """Whether nothing was said of a cell yet, or not all that its rule needs."""
        if not self.applies(line, lane.unit, lane.round):
            return False
        entry = self._year.entries.get((lane.unit, line.code, lane.round, line.pack))
        if entry is None or entry.state is EntryState.BLANK:
            return True
        score = self._year.score(lane.unit, line.code, line.pack)
        said = score.rounds.get(lane.round) if score is not None else None
        return said is not None and said.state is EntryState.BLANK

    def _applies(self, line: Line, unit: str, round_id: str) -> bool:
        year = self._year
        row = year.row(line.pack, line.code, unit)
        if row is None or (line.own and (unit, line.code) not in year.own):
            return False
        rounds = (
            self._rounds if line.pack is None else {r.id: r for r in year.rules(line.pack).rounds}
        )
        rules = rounds.get(round_id)
        if rules is None or not in_round(line.code, rules):
            return False
        if year.hand(row, line.pack) not in (None, rules.hand):
            return False
        result = year.result(unit, line.pack)
        if result is not None:
            return line.code in result.card.criteria
        return year.is_for(row, line.pack, unit)

    def why_read_only(self, line: Line, lane: Lane) -> str:
        """Why a cell cannot be typed now; empty where it can."""
        year = self._year
        if year.closed or year.permits is None:
            return year.closed
        if not lane.editing:
            return "Chỉ sửa được vòng đang chấm."
        why = year.permits.why_not(lane.unit, line.code, lane.round, line.pack)
        return "" if why is None else f"{why.message} {why.remedy}"

    def _criterion(self, line: Line, lane: Lane) -> CellView:
        year = self._year
        if not self.applies(line, lane.unit, lane.round):
            tip = "Đơn vị này không có tiêu chí này, hoặc vòng này không chấm tiêu chí này."
            return CellView("", CellState.ABSENT, tip=tip)
        key = (lane.unit, line.code, lane.round, line.pack)
        entry = year.entries.get(key)
        score = year.score(lane.unit, line.code, line.pack)
        said = score.rounds.get(lane.round) if score is not None else None
        text, state = self._text(line, entry, said)
        small = self._above(line, lane, said, state) if score is not None else ""
        reasons: list[str] = []
        own = year.own.get((lane.unit, line.code)) if line.own else None
        if own is not None:
            reasons.append(f"{own.code}. {own.title} (tối đa {vietnamese(own.max)})")
        if entry is not None and entry.figures:
            known = year.known(lane.unit, line.code, line.pack)
            figures = Entry(entry.unit, entry.criterion, entry.round, figures=entry.figures)
            reasons.append(shown_value(figures, known))
        if entry is not None and entry.reason:
            reasons.append(f"Lý do: {entry.reason}")
        findings = self.findings(line, lane)
        reasons += [f"{f.message} {f.remedy}".strip() for f in findings]
        why = self.why_read_only(line, lane)
        return CellView(
            text,
            state,
            small,
            editable=not why,
            changed=key in year.reworked and not self._sealed(lane),
            tone=_TONES[findings[0].severity] if findings else None,
            tip="\n".join(reasons),
        )

    def _sealed(self, lane: Lane) -> bool:
        permits = self._year.permits
        return permits is None or permits.state(lane.unit, lane.round).stage is RoundStage.SEALED

    def findings(self, line: Line, lane: Lane) -> list[Finding]:
        """What was found about a cell, errors first."""
        title = lane.round_title
        order = list(_TONES)
        told = [
            finding
            for named, finding in self._year.findings.get((lane.unit, line.code), ())
            if named == title or (named is None and lane.editing)
        ]
        return sorted(told, key=lambda finding: order.index(finding.severity))

    def _text(
        self, line: Line, entry: Entry | None, said: RoundScore | None
    ) -> tuple[str, CellState]:
        if entry is None:
            return BLANK, CellState.BLANK
        if said is not None and self._year.scored.get(entry.key) == entry:
            if said.state in _STATES:
                return _STATES[said.state]
            if said.points is not None:
                return self.number(said.points), CellState.SCORED
            return BLANK, CellState.BLANK
        if entry.state in _STATES:
            return _STATES[entry.state]
        if entry.points is not None:
            return self.number(entry.points), CellState.SCORED
        return "…", CellState.SCORED

    def _above(self, line: Line, lane: Lane, said: RoundScore | None, state: CellState) -> str:
        """What the unit said of itself, where this hand says something else or nothing yet."""
        own = self._self
        if own is None or lane.round == own.id:
            return ""
        score = self._year.score(lane.unit, line.code, line.pack)
        claim = score.rounds.get(own.id) if score is not None else None
        if claim is None:
            return ""
        mark = _STATES[claim.state][0] if claim.state in _STATES else ""
        if claim.points is None and not mark:
            return ""
        shown = mark or self.number(claim.points or Fraction(0))
        if said is None or state is CellState.BLANK:
            return "" if own.id in self._beside else shown
        if said.state is claim.state and said.points == claim.points:
            return ""
        if mark or state is not CellState.SCORED or said.points is None or claim.points is None:
            return shown
        difference = said.points - claim.points
        sign = "+" if difference > 0 else "−"
        return f"{shown} ({sign}{self.number(abs(difference))})"
