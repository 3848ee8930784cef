"""The points that a form declares, held against those that the program works out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Final

from app.domain.snapshot import Entry, EntryState
from app.exchange.facts_faults import Gathering
from app.exchange.forms.answers import AnswerReader, Answers, group_cells
from app.exchange.forms.cells import shown_exact
from app.exchange.forms.description import Column, Form
from app.exchange.forms.placing import PlacedForm
from app.exchange.tables import Cell
from app.rules.items import Items
from app.scoring.assessment import UnitCard
from app.scoring.cards import score_unit
from app.scoring.scene import Scene

_NEAR: Final = Fraction(1, 10**6)
"""Excel's binary arithmetic may differ by less than this; points never do."""


def computed_card(form: Form, answers: Answers) -> UnitCard:
    """The scorecard of the form alone, bonus and deductions beside the table left out.

    Rows that need other units count as claimed.
    """
    entries: list[Entry] = []
    for row in form.scored:
        entry = answers.entries.get(row.code)
        if entry is None:
            continue
        if row.claims and entry.state is EntryState.SCORED and row.figures:
            entry = replace(entry, figures={}, reason="-")
        entries.append(entry)
    snapshot = replace(
        form.snapshot,
        units=(form.unit,),
        entries=tuple(entries),
        totals=(),
        bonus=(),
        deductions=(),
        decisions=(),
        ranking_round=form.round.id,
    )
    rules = form.pack.rules.model_copy(update={"bonus": Items(), "deductions": Items()})
    scene = Scene(snapshot, form.pack, rules, snapshot.period.end, None)
    return score_unit(scene, form.unit).card


def compare(
    form: Form, placed: PlacedForm, reader: AnswerReader, card: UnitCard, gathering: Gathering
) -> Fraction | None:
    """Tells where declared and computed points differ; answers with the declared total."""
    answers = reader.answers
    for code, declared in answers.declared.items():
        score = card.criteria.get(code)
        entry = answers.entries.get(code)
        if score is None or entry is None or entry.state is not EntryState.SCORED:
            continue
        own = score.rounds.get(form.round.id)
        computed = own.computed if own is not None else None
        if computed is None or abs(declared - computed) < _half(form):
            continue
        answers.entries[code] = replace(entry, points=declared)
        _differs(reader, answers.where[code], code, declared, computed, gathering)
    total_row = placed.total_row
    total = None
    if total_row is not None:
        total = reader.declared_at(placed.cell(Column.POINTS, total_row))
    if not _comparable(form, answers):
        return total
    for code, cell in group_cells(form, placed).items():
        section = card.sections.get(code)
        found = reader.declared_at(cell)
        if section is not None and found is not None and abs(found - section.exact) >= _half(form):
            _sum_differs(reader, cell, f"mục {code}", found, section.exact, gathering)
    if total_row is not None and total is not None and abs(total - card.total_exact) >= _half(form):
        cell = placed.cell(Column.POINTS, total_row)
        _sum_differs(reader, cell, "tổng điểm", total, card.total_exact, gathering)
    return total


def _half(form: Form) -> Fraction:
    """How much a cell may differ: nothing, but a last digit where Excel rounds a half itself."""
    scoring = form.pack.rules.scoring
    assert scoring is not None
    if scoring.round_at == "total":
        return _NEAR
    return Fraction(1, 10**scoring.digits) + _NEAR


def _comparable(form: Form, answers: Answers) -> bool:
    """Whether Excel's sums follow the table's rules on this form; some are only the program's."""
    policies = form.policies
    for row in form.scored:
        gate = row.node.row.gate if row.node.row is not None else None
        if gate is not None and (gate.when is not None or (row.claims and gate.keeps is not None)):
            return False
        entry = answers.entries.get(row.code)
        if entry is not None and entry.state is EntryState.NOT_ASSIGNED:
            policy = policies[row.code]
            if policy == "rescale" or (policy == "full" and row.claims):
                return False
    return True


def _differs(
    reader: AnswerReader,
    cell: Cell,
    code: str,
    declared: Fraction,
    computed: Fraction,
    gathering: Gathering,
) -> None:
    gathering.warning(
        "form_points_differ",
        reader.cells.place(cell, code),
        f"Phiếu ghi {shown_exact(declared)} điểm nhưng tính từ số liệu được"
        f" {shown_exact(computed)}.",
        "Kết quả dùng số tính được; đối chiếu lại số liệu với đơn vị.",
    )


def _sum_differs(
    reader: AnswerReader,
    cell: Cell,
    what: str,
    declared: Fraction,
    computed: Fraction,
    gathering: Gathering,
) -> None:
    gathering.warning(
        "form_total_differs",
        reader.cells.place(cell),
        f"Phiếu ghi {what} là {shown_exact(declared)}, chương trình cộng được"
        f" {shown_exact(computed)}.",
        "Kết quả dùng số của chương trình; mở tệp cho tính lại, hoặc bỏ số ghi đè lên công thức.",
    )
