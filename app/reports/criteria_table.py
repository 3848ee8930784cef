"""All criteria of a cluster against its units: the appendix of the ranking paper.

Rows follow the printed order of the pack; criteria that units registered for themselves stand
below their slot. Nothing is added up here: sub-totals are those of the scorecards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.ground.numbers import vietnamese
from app.ground.text import natural_key
from app.reports.document import (
    Align,
    Cell,
    Column,
    ColumnGroup,
    Row,
    RowKind,
    Table,
    cell,
    plain_line,
)
from app.reports.figures import BLANK, Figures, counted_points, nothing_scored, round_points
from app.reports.rounds import counted_head, other_rounds
from app.scoring.assessment import Assessment, CriterionScore, UnitCard, UnitResult

OWN_TITLE = "Tiêu chí do từng đơn vị đăng ký"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the frame: a group, or a criterion; ``max`` where all units share one."""

    code: str
    label: str
    title: str
    max: Fraction | None
    is_group: bool

    @property
    def depth(self) -> int:
        """0 for a section, 1 for a group in it, and so on."""
        return self.code.count(".")


def table_rows(assessment: Assessment, units: Sequence[str]) -> tuple[TableRow, ...]:
    """The rows that at least one of ``units`` is scored on, in printed order."""
    cards = [assessment.units[unit].card for unit in units]
    order = {row.code: place for place, row in enumerate(assessment.pack.rules.criteria)}
    codes = {code for card in cards for code in (*card.sections, *card.criteria)}

    def place(code: str) -> tuple[object, ...]:
        """The places of the row and its ancestors; own criteria by their code."""
        parts = code.split(".")
        steps = [".".join(parts[: n + 1]) for n in range(len(parts))]
        return tuple((order.get(step, len(order)), natural_key(step)) for step in steps)

    return tuple(_row(assessment, units, code) for code in sorted(codes, key=place))


def _row(assessment: Assessment, units: Sequence[str], code: str) -> TableRow:
    cards = [assessment.units[unit].card for unit in units]
    groups = [card.sections[code] for card in cards if code in card.sections]
    label = _label(cards, code)
    if groups:
        frame = next((c for c in assessment.pack.rules.criteria if c.code == code), None)
        given = frame.max if frame is not None else None
        shared = _shared([group.max for group in groups])
        limit = Fraction(given) if given is not None else shared
        return TableRow(code, label, groups[0].title, limit, True)
    scores = [card.criteria[code] for card in cards if code in card.criteria]
    titles = {score.title for score in scores}
    title = scores[0].title if len(titles) == 1 else OWN_TITLE
    return TableRow(code, label, title, _shared([s.max for s in scores]), False)


def _label(cards: Sequence[UnitCard], code: str) -> str:
    """The printed labels from below the section on: "2.1" for the row II.2.1.

    A label that carries its group's already ("9a" below "9") stands without it.
    """
    parts = code.split(".")
    steps = [".".join(parts[: n + 1]) for n in range(len(parts))]
    labels = {
        row.code: row.label
        for card in cards
        for rows in (card.sections, card.criteria)
        for row in rows.values()
    }
    words: list[str] = []
    for step in steps[1:] or steps:
        label = labels.get(step, "") or step.rpartition(".")[2]
        rest = label.removeprefix(words[-1]) if words else label
        if rest not in ("", label) and not rest[0].isdigit():
            words.pop()
        words.append(label)
    return ".".join(word.rstrip(".") for word in words)


def _shared(maxima: list[Fraction]) -> Fraction | None:
    return maxima[0] if len(set(maxima)) == 1 else None


def criteria_table(assessment: Assessment, units: Sequence[str], *, every_round: bool) -> Table:
    """The table; with ``every_round`` each unit has a column for every round, then what counts."""
    rows = table_rows(assessment, units)
    rounds = other_rounds(assessment) if every_round else ()
    results = [assessment.units[unit] for unit in units]
    figures = Figures(assessment)
    places = figures.places(
        score.exact for result in results for score in result.card.criteria.values()
    )
    printer = _Printer(figures, places, rounds)
    body = [printer.row(row, results) for row in rows]
    return Table(_columns(assessment, units, rounds), (*body, *printer.ends(results)))


def _columns(
    assessment: Assessment, units: Sequence[str], rounds: Sequence[tuple[str, str]]
) -> tuple[Column | ColumnGroup, ...]:
    names = [assessment.snapshot.unit(unit).name for unit in units]
    leading = (
        Column("TT", Align.CENTRE, weight=0, repeated=True),
        Column("Tiêu chí", Align.LEFT, min_mm=45, weight=6, repeated=True),
        Column("Điểm tối đa", Align.DECIMAL, weight=0, repeated=True),
    )
    if not rounds:
        return (*leading, *(Column(name, Align.DECIMAL) for name in names))
    titles = (*(title for _, title in rounds), counted_head(assessment))
    leaves = tuple(Column(title, Align.DECIMAL) for title in titles)
    return (*leading, *(ColumnGroup(name, leaves) for name in names))


class _Printer:
    """Prints rows with one number of decimals, a column for each round and the counted one."""

    def __init__(self, figures: Figures, places: int, rounds: Sequence[tuple[str, str]]) -> None:
        self.figures, self.places, self.rounds = figures, places, rounds

    def row(self, row: TableRow, results: Sequence[UnitResult]) -> Row:
        """One row of the frame over all units."""
        limit = vietnamese(row.max) if row.max is not None else ""
        cells = [cell(row.label), cell(row.title), cell(limit)]
        for result in results:
            if row.is_group:
                section = result.card.sections.get(row.code)
                scored = section and not nothing_scored(result.card, row.code)
                cells += self._counted(self._number(section.exact) if section and scored else "")
            else:
                cells += self._criterion(row, result.card.criteria.get(row.code))
        kind = RowKind.CRITERION
        if row.is_group:
            kind = RowKind.SECTION if row.depth == 0 else RowKind.GROUP
        return Row(tuple(cells), kind)

    def ends(self, results: Sequence[UnitResult]) -> Iterator[Row]:
        """Bonus, deductions, total and rank."""
        cards = [result.card for result in results]
        published = self.figures.published

        def unless_sent(card: UnitCard, points: Fraction) -> str:
            return "" if card.given_total else published(points)

        if any(card.bonus.items for card in cards):
            yield self._end("Điểm thưởng", [unless_sent(c, c.bonus.total) for c in cards])
        if any(card.deductions.items for card in cards):
            yield self._end("Điểm trừ", [unless_sent(c, -c.deductions.total) for c in cards])
        yield self._end("Tổng điểm", [published(card.total) for card in cards])
        ranks = [str(result.rank) if result.rank is not None else BLANK for result in results]
        yield self._end("Xếp hạng", ranks)

    def _end(self, title: str, words: Sequence[str]) -> Row:
        cells = [cell(""), cell(title), cell("")]
        for text in words:
            cells += self._counted(text)
        return Row(tuple(cells), RowKind.TOTAL)

    def _counted(self, text: str) -> list[Cell]:
        return [*(cell("") for _ in self.rounds), cell(text)]

    def _number(self, value: Fraction) -> str:
        return self.figures.fixed(value, self.places)

    def _criterion(self, row: TableRow, score: CriterionScore | None) -> list[Cell]:
        """What each round says, and what counts with the unit's own maximum where they differ."""
        if score is None:
            return self._counted("")
        lines = [counted_points(self.figures, score, self.places)]
        if row.max is None:
            lines.append(f"({vietnamese(score.max)})")
        rounds = (
            cell(round_points(self.figures, score, name, self.places)) for name, _ in self.rounds
        )
        return [*rounds, Cell(tuple(plain_line(line) for line in lines))]
