"""What the panel asks: why a number is what it is, its evidence, its history."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property

from app.domain.year import Evidence, Explanation
from app.persistence import books
from app.persistence.sentences import JournalFilter
from ui.models.score_cells import Lane, Line
from ui.pages.scores.cells import Cells
from ui.pages.scores.explained import Explained, Explaining
from ui.pages.scores.year import YearOfScores


class Reasons:
    """Answers for one state of the year; thrown away when the year changes."""

    def __init__(self, year: YearOfScores, cells: Cells) -> None:
        self._year = year
        self._cells = cells

    @cached_property
    def _explaining(self) -> Explaining:
        return Explaining(self._year)

    @cached_property
    def _evidence(self) -> dict[tuple[str, str], list[Evidence]]:
        desk = self._year.desk
        documents = {d.id: d for d in desk.workspace.read(books.EVIDENCE, desk.period)}
        found: dict[tuple[str, str], list[Evidence]] = {}
        for link in desk.workspace.read(books.EVIDENCE_LINKS, desk.period):
            cited = found.setdefault((link.unit, link.criterion), [])
            if link.evidence in documents and documents[link.evidence] not in cited:
                cited.append(documents[link.evidence])
        return found

    @cached_property
    def _questions(self) -> dict[tuple[str, str], list[Explanation]]:
        desk = self._year.desk
        found: dict[tuple[str, str], list[Explanation]] = {}
        for asked in desk.workspace.read(books.EXPLANATIONS, desk.period):
            found.setdefault((asked.unit, asked.criterion), []).append(asked)
        return found

    def explained(self, line: Line, lane: Lane) -> Explained:
        """Why the number of a cell is what it is."""
        cell = (lane.unit, line.code)
        findings = tuple(self._cells.findings(line, lane)) if line.scored else ()
        return self._explaining.explained(
            line,
            lane,
            findings,
            tuple(self._evidence.get(cell, ())),
            tuple(self._questions.get(cell, ())),
        )

    def total(self, lane: Lane) -> Explained:
        """How a unit's total and its place come about."""
        return self._explaining.total(lane)

    def history(self, line: Line, lane: Lane) -> Callable[[], tuple[str, ...]]:
        """Reads what happened to a cell, the newest first; may be called on another thread."""
        desk = self._year.desk
        known = self._year.known(lane.unit, line.code, line.pack)
        titles = {} if known is None else {n: f.title for n, f in known.figures.items()}
        wanted = JournalFilter(unit=lane.unit, criterion=line.code, period=desk.period)

        def read() -> tuple[str, ...]:
            lines = desk.workspace.journal(wanted)
            return tuple(
                f"{_when(one.operation.at)}, {one.operation.actor}: {_titled(sentence, titles)}"
                for one in reversed(lines)
                for sentence in one.sentences
            )

        return read


def _when(at: str) -> str:
    """A moment of the journal: 14:05 20/12/2026."""
    return f"{at[11:16]} {at[8:10]}/{at[5:7]}/{at[:4]}"


def _titled(sentence: str, titles: Mapping[str, str]) -> str:
    """A sentence of the journal with the titles of figures in place of their names."""
    if not titles:
        return sentence
    names = "|".join(re.escape(name) for name in sorted(titles, key=len, reverse=True))
    return re.sub(rf"(?<!\w)({names})(?=[: ])", lambda found: titles[found[1]], sentence)
