"""What stands on a form: the one description that the writer and the reader share.

A form lists the rows of one unit's table. A scored row takes one line of the sheet for each
figure that its method needs, and at least ``LINES_OF_A_ROW``, so that several documents can be
cited beside it. A line is known by its id ``CODE:NUMBER:FIGURE`` and never by its position.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

from app.domain.snapshot import Snapshot, Unit
from app.exchange.facts_known import KnownFigure, known_criterion, method_figures
from app.exchange.forms.formulas import can_be_calculated
from app.ground.canonical import digest
from app.rules.document import LoadedPack
from app.rules.methods import FigureKind
from app.rules.methods.single import Direct
from app.rules.pack import Round
from app.scoring.cells import in_round
from app.scoring.frame import Node, unit_frame
from app.scoring.scene import Scene

FORM_SCHEMA: Final = "bangvang-form/1"
SCORE_SHEET: Final = "Phiếu tự chấm"
GUIDE_SHEET: Final = "Hướng dẫn"
MORE_SHEET: Final = "Tài liệu thêm"
HIDDEN_SHEET: Final = "_bang_vang"
LINES_OF_A_ROW: Final = 2
MORE_LINES: Final = 60


class Column(StrEnum):
    """The columns of the scoring sheet; the value stands as a key in a hidden row."""

    ID = "phieu:id"
    CODE = "phieu:code"
    TITLE = "phieu:title"
    MAX = "phieu:max"
    FIGURE = "phieu:figure"
    VALUE = "phieu:value"
    STATE = "phieu:state"
    POINTS = "phieu:points"
    DONE = "phieu:done"
    NUMBER = "phieu:number"
    DATE = "phieu:date"
    ISSUER = "phieu:issuer"
    SUBJECT = "phieu:subject"
    PLACE = "phieu:place"


class MoreColumn(StrEnum):
    """The columns of the sheet of further evidence."""

    CRITERION = "minhchung:criterion"
    NUMBER = "minhchung:number"
    DATE = "minhchung:date"
    ISSUER = "minhchung:issuer"
    SUBJECT = "minhchung:subject"
    PLACE = "minhchung:place"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column: its heading and its width in characters."""

    heading: str
    width: float


COLUMNS: Final[Mapping[Column, ColumnSpec]] = {
    Column.ID: ColumnSpec("", 4),
    Column.CODE: ColumnSpec("Mã", 9),
    Column.TITLE: ColumnSpec("Nội dung tiêu chí", 34),
    Column.MAX: ColumnSpec("Điểm tối đa", 7),
    Column.FIGURE: ColumnSpec("Số liệu cần ghi", 23),
    Column.VALUE: ColumnSpec("Ghi số liệu", 13),
    Column.STATE: ColumnSpec("Không được giao, không thực hiện", 12),
    Column.POINTS: ColumnSpec("Điểm tự chấm", 9),
    Column.DONE: ColumnSpec("Đã xong", 5),
    Column.NUMBER: ColumnSpec("Số, ký hiệu", 12),
    Column.DATE: ColumnSpec("Ngày", 11),
    Column.ISSUER: ColumnSpec("Cơ quan ban hành", 12),
    Column.SUBJECT: ColumnSpec("Trích yếu", 20),
    Column.PLACE: ColumnSpec("Mục, trang", 8),
}
MORE_COLUMNS: Final[Mapping[MoreColumn, ColumnSpec]] = {
    MoreColumn.CRITERION: ColumnSpec("Mã tiêu chí", 12),
    MoreColumn.NUMBER: ColumnSpec("Số, ký hiệu", 20),
    MoreColumn.DATE: ColumnSpec("Ngày", 13),
    MoreColumn.ISSUER: ColumnSpec("Cơ quan ban hành", 28),
    MoreColumn.SUBJECT: ColumnSpec("Trích yếu", 50),
    MoreColumn.PLACE: ColumnSpec("Mục, trang", 14),
}

UNIT_LINE: Final = "@unit"
TOTAL_LINE: Final = "@total"
SIGNATURE_LINE: Final = "@signature"


class RowKind(StrEnum):
    """What a row of the form is for."""

    GROUP = "group"
    SCORED = "scored"
    ELSEWHERE = "elsewhere"
    EMPTY_SLOT = "empty_slot"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet; ``figure`` is what its value cell asks for."""

    id: str
    number: int
    figure: KnownFigure | None = None

    @property
    def is_head(self) -> bool:
        """Whether the row's code, state and points stand on this line."""
        return self.number <= 1


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited for a criterion; ``where`` is its place on the form, in words."""

    criterion: str
    number: str = ""
    date: dt.date | None = None
    issuer: str = ""
    subject: str = ""
    place: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the unit's table as it stands on the form.

    ``claims``: the unit types the points itself, because they are given directly or cannot be
    known before the others' figures are; otherwise a formula works them out.
    """

    kind: RowKind
    node: Node
    depth: int
    figures: tuple[KnownFigure, ...] = ()
    claims: bool = False
    children: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The criterion's code."""
        return self.node.code

    @property
    def is_direct(self) -> bool:
        """Whether the points are all that is asked for."""
        return isinstance(self.node.method, Direct)

    def lines(self, evidence: int = 0) -> tuple[Line, ...]:
        """The row's lines, with room for so many citations."""
        if self.kind is not RowKind.SCORED:
            return (Line(f"{self.code}:0:", 0),)
        count = max(len(self.figures), LINES_OF_A_ROW, evidence)
        figures = (*self.figures, *[None] * (count - len(self.figures)))
        return tuple(
            Line(f"{self.code}:{number}:{figure.name if figure else ''}", number, figure)
            for number, figure in enumerate(figures, 1)
        )

    def printed(self, line: Line) -> dict[Column, str | Fraction]:
        """What is printed on a line and must not be changed."""
        found: dict[Column, str | Fraction] = {}
        if line.is_head:
            found[Column.CODE] = self.code
            found[Column.TITLE] = " ".join(self.node.title.split())
            if self.node.max is not None:
                found[Column.MAX] = self.node.max
        if line.figure is not None:
            found[Column.FIGURE] = figure_words(line.figure)
        elif line.is_head and (words := self._no_figure()):
            found[Column.FIGURE] = words
        return found

    def _no_figure(self) -> str:
        match self.kind:
            case RowKind.SCORED:
                return "Ghi thẳng điểm ở cột Điểm tự chấm"
            case RowKind.ELSEWHERE:
                return "Cơ quan khác chấm, đơn vị không ghi"
            case RowKind.EMPTY_SLOT:
                return "Đơn vị chưa đăng ký tiêu chí"
        return ""


def figure_words(figure: KnownFigure) -> str:
    """The name of a figure as the form asks for it."""
    title = " ".join(figure.title.split())
    if figure.kind is FigureKind.YES_NO:
        return f"{title} (có/không)" if len(title) > 3 else title
    if figure.kind is FigureKind.DATE:
        return f"{title} (ngày/tháng/năm)"
    return title if figure.required else f"{title} (nếu có)"


@dataclass(frozen=True, slots=True)
class Identity:
    """Which form this is; stands on the hidden sheet, key by key."""

    schema: str
    pack: str
    version: str
    pack_digest: str
    unit: str
    period: str
    start: dt.date
    end: dt.date
    round: str
    form_digest: str = ""


@dataclass(frozen=True)
class Form:
    """The form of one unit in one round."""

    pack: LoadedPack
    snapshot: Snapshot
    unit: Unit
    round: Round
    rows: tuple[FormRow, ...]
    tops: tuple[str, ...]
    pack_digest: str

    @cached_property
    def by_code(self) -> Mapping[str, FormRow]:
        """The rows by their codes."""
        return {row.code: row for row in self.rows}

    @property
    def scored(self) -> tuple[FormRow, ...]:
        """The rows that the unit fills in."""
        return tuple(row for row in self.rows if row.kind is RowKind.SCORED)

    @cached_property
    def identity(self) -> Identity:
        """The form's identity with the digest of all that is printed on it."""
        period = self.snapshot.period
        bare = Identity(
            FORM_SCHEMA,
            self.pack.rules.id,
            self.pack.rules.version,
            self.pack_digest,
            self.unit.id,
            period.name,
            period.start,
            period.end,
            self.round.id,
        )
        rows = [
            [row.kind, row.claims, [[line.id, _keys(row.printed(line))] for line in row.lines()]]
            for row in self.rows
        ]
        own = {name: getattr(bare, name) for name in bare.__slots__}
        return Identity(**{**own, "form_digest": digest([own, rows])})

    @property
    def title(self) -> str:
        """The head of the form."""
        name = self.snapshot.period.name
        year = f"năm {name}" if name[:1].isdigit() else name
        return f"Phiếu tự chấm điểm thi đua {year}".upper()

    @property
    def policies(self) -> Mapping[str, Literal["exclude", "rescale", "full", "zero"]]:
        """What holds for each scored row where it was not assigned."""
        scoring = self.pack.rules.scoring
        general = scoring.not_assigned if scoring is not None else "exclude"
        replaced = set(self.substitutes.values())
        found: dict[str, Literal["exclude", "rescale", "full", "zero"]] = {}
        for row in self.scored:
            own = row.node.row.not_assigned if row.node.row is not None else None
            found[row.code] = "exclude" if row.code in replaced else own or general
        return found

    @cached_property
    def substitutes(self) -> Mapping[str, str]:
        """Rows that stand in for another one, by code, with the row that they stand in for."""
        return {
            row.code: original
            for row in self.rows
            if row.node.row is not None
            and (original := row.node.row.substitute_for) is not None
            and original in self.by_code
        }


def _keys(printed: Mapping[Column, str | Fraction]) -> dict[str, object]:
    return {column.value: value for column, value in printed.items()}


def describe_form(
    pack: LoadedPack,
    snapshot: Snapshot,
    unit_id: str,
    round_id: str,
    pack_digest: str | None = None,
) -> Form:
    """The form of a unit of ``snapshot`` (its period, clusters and registered criteria).

    ``pack_digest`` saves working it out anew for each of many units. Raises ``KeyError`` where
    there is no such unit or round.
    """
    unit = snapshot.unit(unit_id)
    rounds = {item.id: item for item in pack.rules.rounds}
    scene = Scene(snapshot, pack, pack.rules, snapshot.period.end, None)
    tops = unit_frame(scene, unit)
    rows = tuple(row for top in tops for row in _rows(top, 0, rounds[round_id]))
    codes = tuple(top.code for top in tops)
    return Form(pack, snapshot, unit, rounds[round_id], rows, codes, pack_digest or pack.digest)


def _rows(node: Node, depth: int, turn: Round) -> Iterator[FormRow]:
    if node.is_empty_slot:
        yield FormRow(RowKind.EMPTY_SLOT, node, depth)
    elif node.is_leaf:
        yield _leaf(node, depth, turn)
    elif node.children:
        yield FormRow(
            RowKind.GROUP, node, depth, children=tuple(child.code for child in node.children)
        )
        for child in node.children:
            yield from _rows(child, depth + 1, turn)


def _leaf(node: Node, depth: int, turn: Round) -> FormRow:
    assert node.method is not None
    if node.hand not in (None, turn.hand) or not in_round(node.code, turn):
        return FormRow(RowKind.ELSEWHERE, node, depth)
    known = method_figures(node.method) if node.row is None else known_criterion(node.row).figures
    claims = not can_be_calculated(node.method)
    return FormRow(RowKind.SCORED, node, depth, tuple(known.values()), claims)
