"""What the unit wrote beside each criterion: entries, and the points that the form declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from app.domain.snapshot import Entry, EntryState, Figure
from app.exchange.facts_faults import Gathering
from app.exchange.facts_known import KnownFigure
from app.exchange.forms.cells import FormCells
from app.exchange.forms.description import Column, Form, FormRow, RowKind
from app.exchange.forms.placing import PlacedForm, PlacedLine
from app.exchange.sheet_scan import CellFault, FaultKind
from app.exchange.tables import Cell


@dataclass
class Answers:
    """What was read row by row.

    ``declared`` is what stands in the points cells of rows whose points a formula works out.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    declared: dict[str, Fraction] = field(default_factory=dict)
    where: dict[str, Cell] = field(default_factory=dict)


class AnswerReader:
    """Reads the answers of one placed form.

    ``nothing_is_zero``: the file is of a kind in which a formula that shows nothing reads as 0.
    """

    def __init__(
        self,
        form: Form,
        placed: PlacedForm,
        cells: FormCells,
        gathering: Gathering,
        nothing_is_zero: bool = False,
    ) -> None:
        self.form = form
        self.placed = placed
        self.cells = cells
        self.gathering = gathering
        self.nothing_is_zero = nothing_is_zero
        self.answers = Answers()

    def read(self) -> Answers:
        """All rows that the unit fills in, in the order of the table."""
        for row in self.form.scored:
            lines = self.placed.lines.get(row.code, ())
            head = next((p for p in lines if p.line.is_head), None)
            if head is not None:
                entry = self._entry(row, head, lines)
                if entry is not None:
                    self.answers.entries[row.code] = entry
        return self.answers

    def declared_at(self, cell: Cell) -> Fraction | None:
        """The value of a formula's cell; ``None`` where it has none."""
        match cell.value:
            case Decimal():
                return Fraction(cell.value)
            case CellFault(kind=FaultKind.ERROR):
                self.gathering.warning(
                    "form_formula_fault",
                    self.cells.place(cell),
                    f"Ô tự tính mang lỗi {cell.text}; chương trình tự tính lại.",
                    "Kiểm tra các số liệu mà ô này dùng.",
                )
        return None

    def _entry(self, row: FormRow, head: PlacedLine, lines: tuple[PlacedLine, ...]) -> Entry | None:
        code = row.code
        figures: dict[str, Figure] = {}
        blank: list[tuple[KnownFigure, Cell]] = []
        filled = False
        for placed in lines:
            known = placed.line.figure
            if known is None:
                continue
            cell = self.placed.cell(Column.VALUE, placed.at)
            filled = filled or self.cells.is_filled(cell)
            value = self.cells.figure(cell, known, code)
            if value is not None:
                figures[known.name] = value
            elif cell.is_blank and known.required:
                blank.append((known, cell))
        state_cell = self.placed.cell(Column.STATE, head.at)
        state = self.cells.state(state_cell, code)
        points_cell = self.placed.cell(Column.POINTS, head.at)
        self.answers.where[code] = points_cell
        points = self._points(row, points_cell, bool(figures), state)
        if state is not None:
            self._contradiction(row, state, state_cell, points, filled)
            return Entry(self.form.unit.id, code, self.form.round.id, state)
        if points is None and not figures:
            return None
        if figures and not self._reached_before(row, figures):
            for known, cell in blank:
                self._tell_blank(row, known, cell)
        unit, turn = self.form.unit.id, self.form.round.id
        return Entry(unit, code, turn, EntryState.SCORED, figures, points)

    def _points(
        self, row: FormRow, cell: Cell, has_figures: bool, state: EntryState | None
    ) -> Fraction | None:
        """Points that the unit claims; those of a formula are kept as declared."""
        if row.claims:
            return self.cells.points(cell, row.code, row.node.max)
        declared = self.declared_at(cell)
        if declared is None:
            if isinstance(cell.value, str) and not cell.is_blank:
                self._overwritten(row, cell, "không phải con số")
            return None
        self.answers.declared[row.code] = declared
        if has_figures or state is not None or (declared == 0 and self.nothing_is_zero):
            return None
        self._overwritten(row, cell, "không kèm số liệu, được đọc là điểm đơn vị tự ghi")
        return self.cells.points(cell, row.code, row.node.max)

    def _overwritten(self, row: FormRow, cell: Cell, why: str) -> None:
        self.gathering.warning(
            "form_formula_overwritten",
            self.cells.place(cell, row.code),
            f"Công thức tính điểm đã bị ghi đè bằng “{cell.text[:60]}”, {why}.",
            "Ghi số liệu vào các ô vàng của tiêu chí để điểm được tính.",
        )

    def _contradiction(
        self,
        row: FormRow,
        state: EntryState,
        cell: Cell,
        points: Fraction | None,
        filled: bool,
    ) -> None:
        declared = points if row.claims else None
        if filled or (declared is not None and declared != 0):
            what = "số liệu" if filled else "điểm"
            self.gathering.error(
                "form_state_contradicts",
                self.cells.place(cell, row.code),
                f"Chọn “{cell.text[:40]}” nhưng vẫn ghi {what}.",
                "Xóa lựa chọn này nếu tiêu chí được chấm; nếu không, xóa số liệu và điểm.",
            )
        assert state in (EntryState.NOT_ASSIGNED, EntryState.NOT_DONE)

    def _tell_blank(self, row: FormRow, known: KnownFigure, cell: Cell) -> None:
        self.gathering.warning(
            "form_figure_missing",
            self.cells.place(cell, row.code),
            f"Chưa ghi “{known.title[:80]}” nên tiêu chí này chưa chấm được.",
            "Ghi đủ số liệu của tiêu chí; số 0 cũng phải ghi.",
        )

    @staticmethod
    def _reached_before(row: FormRow, figures: Mapping[str, Figure]) -> bool:
        rule = row.node.row
        return (
            rule is not None
            and rule.already is not None
            and figures.get(rule.already.figure) is True
        )


def group_cells(form: Form, placed: PlacedForm) -> dict[str, Cell]:
    """The points cells of the groups."""
    found: dict[str, Cell] = {}
    for row in form.rows:
        if row.kind is RowKind.GROUP and row.code in placed.lines:
            found[row.code] = placed.cell(Column.POINTS, placed.lines[row.code][0].at)
    return found
