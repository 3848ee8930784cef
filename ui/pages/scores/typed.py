"""From typed texts to cells and back: the form of one cell, blocks pasted and copied."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from app.domain.snapshot import Entry, EntryState, Figure
from app.exchange.facts_known import KnownCriterion
from app.ground.numbers import NumberTextError, is_decimal, read_number, unmistakable
from app.ground.text import folded
from app.operations.workspace.facts_desk import TypedCell
from app.reports.figures import NOT_ASSIGNED, NOT_DONE
from app.rules.methods import FigureKind
from app.rules.methods.single import Levels
from app.rules.pack import Criterion

POINTS: Final = "points"
_STATES: Final = {
    "kg": EntryState.NOT_ASSIGNED,
    "khong giao": EntryState.NOT_ASSIGNED,
    "khong duoc giao": EntryState.NOT_ASSIGNED,
    "kth": EntryState.NOT_DONE,
    "khong thuc hien": EntryState.NOT_DONE,
    "—": EntryState.BLANK,
    "–": EntryState.BLANK,
    "-": EntryState.BLANK,
    "chua cham": EntryState.BLANK,
}
MARKS: Final = {EntryState.NOT_ASSIGNED: NOT_ASSIGNED, EntryState.NOT_DONE: NOT_DONE}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is typed: a figure by its name, or ``points``; ``choices`` to pick from."""

    name: str
    title: str
    kind: FigureKind
    value: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """What is typed in one cell; ``explains``: this hand gives a reason where it differs."""

    fields: tuple[Field, ...]
    reason: str = ""
    explains: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether one text in the cell itself is enough."""
        return len(self.fields) == 1 and not self.fields[0].choices


def state_of(text: str) -> EntryState | None:
    """The state that a text names: KG, KTH, a dash."""
    return _STATES.get(folded(text))


def figure_text(value: Figure) -> str:
    """A figure as it can be typed again."""
    match value:
        case bool():
            return "có" if value else "không"
        case dt.date():
            return f"{value:%d/%m/%Y}"
        case Fraction():
            return number_text(value)
    return str(value)


def number_text(value: Fraction) -> str:
    """An exact number as it can be typed again; one that never ends is left to be typed."""
    return unmistakable(value).replace(".", ",") if is_decimal(value) else ""


def form_of(
    known: KnownCriterion,
    row: Criterion | None,
    top: str,
    entry: Entry | None,
    earlier: Entry | None,
    *,
    unit_hand: bool,
) -> Form:
    """The form of a cell; a later hand starts from the figures of the hand before."""
    shown = entry if entry is not None else earlier
    figures = shown.figures if shown is not None else {}
    fields = [
        Field(
            name,
            figure.title,
            figure.kind,
            figure_text(figures[name]) if name in figures else "",
            _choices(figure.kind, row, figure.levels),
        )
        for name, figure in known.figures.items()
    ]
    within = f" (tối đa {top})" if top else ""
    title = f"Điểm{within}"
    if fields:
        title = "Điểm tự ghi (nếu không có số liệu)" if unit_hand else "Điểm chấm thay số tính được"
    points = entry.points if entry is not None else None
    if not fields and entry is None and earlier is not None:
        points = earlier.points
    text = "" if points is None else number_text(points)
    if not fields and entry is not None:
        text = text or MARKS.get(entry.state, "")
    if fields and entry is not None and entry.state in MARKS:
        fields[0] = replace(fields[0], value=MARKS[entry.state])
    fields.append(Field(POINTS, title, FigureKind.NUMBER, text))
    reason = entry.reason if entry is not None else ""
    return Form(tuple(fields), reason, explains=not unit_hand)


def _choices(kind: FigureKind, row: Criterion | None, levels: Mapping[str, str]) -> tuple[str, ...]:
    if kind is FigureKind.YES_NO:
        return ("có", "không")
    if kind is FigureKind.LEVEL:
        if row is not None and isinstance(row.method, Levels):
            return tuple(level.name for level in row.method.levels)
        return tuple(dict.fromkeys(levels.values()))
    return ()


def cell_from_form(cell: TypedCell, values: Mapping[str, str], reason: str) -> TypedCell:
    """The typed cell of a filled form; a state typed in any field stands for the whole cell."""
    for text in values.values():
        state = state_of(text)
        if state is not None:
            return replace(cell, state=state.value, reason=reason)
    figures = {n: t.strip() for n, t in values.items() if n != POINTS and t.strip()}
    return replace(
        cell, points=values.get(POINTS, "").strip(), figures=figures or None, reason=reason
    )


def cell_from_text(cell: TypedCell, text: str, known: KnownCriterion) -> TypedCell | None:
    """The typed cell of one text, as it comes from Excel; ``None`` where there is no text.

    Several figures stand in their order with semicolons between; a number alone is points.
    """
    text = text.strip()
    if not text:
        return None
    state = state_of(text)
    if state is not None:
        return replace(cell, state=state.value)
    names = list(known.figures)
    if not names:
        return replace(cell, points=text)
    parts = [part.strip() for part in text.split(";")]
    if len(parts) > 1 or (len(names) == 1 and not _is_points(text, known)):
        return replace(cell, figures=dict(zip(names, parts, strict=False)))
    return replace(cell, points=text)


def _is_points(text: str, known: KnownCriterion) -> bool:
    """Whether a text in a cell with one figure is points, because the figure is no number."""
    kind = next(iter(known.figures.values())).kind
    if kind in (FigureKind.NUMBER, FigureKind.COUNT):
        return False
    if kind is FigureKind.YES_NO and text in ("0", "1"):
        return False
    try:
        read_number(text)
    except NumberTextError:
        return False
    return True


# ------------------------------------------------------------------ blocks


def block_of(text: str) -> tuple[tuple[str, ...], ...]:
    """Rows and cells of a text as Excel copies it (tabs, line ends, quoted line breaks)."""
    rows: list[list[str]] = [[]]
    part: list[str] = []
    quoted = False
    at = 0
    text = text.replace("\r\n", "\n").removesuffix("\n")
    while at < len(text):
        letter = text[at]
        if quoted:
            if letter == '"' and text[at + 1 : at + 2] == '"':
                part.append('"')
                at += 1
            elif letter == '"':
                quoted = False
            else:
                part.append(letter)
        elif letter == '"' and not part:
            quoted = True
        elif letter in "\t\n":
            rows[-1].append("".join(part))
            part = []
            if letter == "\n":
                rows.append([])
        else:
            part.append(letter)
        at += 1
    rows[-1].append("".join(part))
    return tuple(tuple(row) for row in rows)


def packed(entries: Sequence[Sequence[Entry | None]]) -> str:
    """Cells as they are kept, for pasting back inside the program."""
    return json.dumps([[_packed(entry) for entry in row] for row in entries], ensure_ascii=False)


def _packed(entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "state": "" if entry.state is EntryState.SCORED else entry.state.value,
        "points": "" if entry.points is None else number_text(entry.points),
        "figures": {name: figure_text(value) for name, value in entry.figures.items()},
        "reason": entry.reason,
    }


def unpacked(
    cell: TypedCell, kept: Mapping[str, Any] | None, known: KnownCriterion
) -> TypedCell | None:
    """A typed cell with the content of another, as far as its criterion asks for it."""
    if kept is None:
        return None
    figures = {n: str(t) for n, t in kept["figures"].items() if n in known.figures}
    found = replace(
        cell,
        state=str(kept["state"]),
        points=str(kept["points"]),
        figures=figures or None,
        reason=str(kept["reason"]),
    )
    return found if found.state or found.points or found.figures else None
