"""What the journal's page knows: every act as a row, what it changed, what can be taken back."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.ground.text import dictionary_key, folded, natural_key
from app.operations.workspace.results import write_text
from app.operations.workspace_lifecycle import journal, undo_steps, undo_to
from app.persistence.journal import Operation
from app.persistence.sentences import JournalLine
from app.persistence.workspace import Workspace
from ui.runner import Progress, Runner
from ui.session import Session
from ui.topics import ALL, Topic

_DAYS: Final = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")
UNDONE: Final = "đã hoàn tác"
SEAL: Final = "mốc"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which acts to show; what is empty does not matter."""

    unit: str = ""
    criterion: str = ""
    actor: str = ""
    day: str = ""
    words: str = ""

    @property
    def by_row(self) -> bool:
        """Whether single changes are chosen."""
        return bool(self.unit or self.criterion)


@dataclass(frozen=True, slots=True)
class Row:
    """One act as it is listed; ``day`` is written in the first row of each day."""

    number: int
    day: str
    time: str
    title: str
    actor: str
    state: str


@dataclass(frozen=True, slots=True)
class Details:
    """One act in full; ``steps`` acts are taken back by "Hoàn tác đến đây", or ``why_not``."""

    title: str
    lines: tuple[str, ...]
    sentences: tuple[str, ...]
    steps: int
    why_not: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the boxes: ids with their words."""

    units: tuple[tuple[str, str], ...]
    criteria: tuple[tuple[str, str], ...]
    actors: tuple[tuple[str, str], ...]
    days: tuple[tuple[str, str], ...]


class JournalPresenter:
    """The journal without its widgets. ``shown`` is called when rows have been read."""

    def __init__(self, session: Session, runner: Runner) -> None:
        self._session = session
        self._runner = runner
        self._question = 0
        self._workspace: Workspace | None = None
        self._lines: dict[int, JournalLine] = {}
        self._words: dict[int, str] = {}
        self._undone: frozenset[int] = frozenset()
        self._order: tuple[int, ...] = ()
        self.wish = Wish()
        self.rows: tuple[Row, ...] = ()
        self.choices = Choices((), (), (), ())
        self.total = 0
        self.shown: Callable[[], None] = lambda: None

    # ------------------------------------------------------------- reading

    def read(self) -> None:
        """Reads the journal anew, off the window's thread; the newest question wins."""
        workspace = self._session.workspace
        if workspace is None:
            return
        if workspace is not self._workspace:
            self._workspace, self.wish = workspace, Wish()
        self._question += 1
        number, wish = self._question, self.wish

        period = self._session.desk.period

        def work(_progress: Progress) -> _Read:
            every = journal(workspace)
            fitting = _fitting(workspace, wish, period) if wish.by_row else every
            return _Read(every, fitting, {line.operation.id: _folded(line) for line in fitting})

        def done(read: _Read) -> None:
            if number == self._question:
                self._take(read)

        self._runner.run("Đọc nhật ký", work, done, quiet=True)

    def _take(self, read: _Read) -> None:
        workspace = self._session.workspace
        if workspace is None:
            return
        self.total = len(read.every)
        self._undone = undone(line.operation for line in read.every)
        self._order = workspace.undo_order()
        self._lines = {line.operation.id: line for line in read.fitting}
        self._words = read.words
        self.choices = self._choices(read.every)
        self._show()

    def want(self, wish: Wish) -> None:
        """Shows other acts."""
        before, self.wish = self.wish, wish
        if (before.unit, before.criterion) != (wish.unit, wish.criterion):
            self.read()
        else:
            self._show()

    def _show(self) -> None:
        wanted = folded(self.wish.words)
        fitting = [
            line
            for line in reversed(self._lines.values())
            if self._fits(line.operation)
            and (not wanted or wanted in self._words[line.operation.id])
        ]
        rows: list[Row] = []
        day = ""
        for line in fitting:
            operation = line.operation
            rows.append(
                Row(
                    operation.id,
                    short_day(operation) if operation.at[:10] != day else "",
                    operation.at[11:16],
                    operation.title,
                    operation.actor,
                    self._state(operation),
                )
            )
            day = operation.at[:10]
        self.rows = tuple(rows)
        self.shown()

    def _fits(self, operation: Operation) -> bool:
        wish = self.wish
        return (not wish.actor or wish.actor == operation.actor) and (
            not wish.day or operation.at.startswith(wish.day)
        )

    def _state(self, operation: Operation) -> str:
        if operation.barrier:
            return SEAL
        return UNDONE if operation.id in self._undone else ""

    def _choices(self, every: Sequence[JournalLine]) -> Choices:
        session = self._session
        units = tuple((unit.id, unit.name) for unit in session.units.values())
        packs = session.packs
        rows = [] if packs is None else [row for p in packs.all for row in p.rules.criteria]
        criteria = {row.code: f"{row.code}  {row.title}" for row in rows}
        actors = sorted({line.operation.actor for line in every}, key=dictionary_key)
        days = sorted({line.operation.at[:10] for line in every}, reverse=True)
        return Choices(
            units,
            tuple(sorted(criteria.items(), key=lambda pair: natural_key(pair[0]))),
            tuple((actor, actor) for actor in actors),
            tuple((day, _day(day)) for day in days),
        )

    # ------------------------------------------------------------- telling

    def sentence(self) -> str:
        """The sentence of state."""
        if not self.total:
            return "Đang đọc nhật ký…"
        wish = self.wish
        if wish != Wish():
            return f"Đang hiện {len(self.rows)} trong {self.total} thao tác."
        newest = next(iter(self.rows), None)
        last = self._lines[newest.number].operation if newest else None
        told = f"; gần nhất lúc {last.at[11:16]} ngày {_day(last.at[:10])}" if last else ""
        return f"{self.total} thao tác từ khi lập sổ{told}."

    def details(self, number: int) -> Details | None:
        """An act in full."""
        line = self._lines.get(number)
        if line is None:
            return None
        operation = line.operation
        count = len(line.sentences)
        wanted = folded(self.wish.words)
        found = tuple(s for s in line.sentences if wanted in folded(s)) if wanted else ()
        lines = [
            f"Lúc {operation.at[11:16]}, {day_words(operation)}",
            f"Người làm: {operation.actor}",
        ]
        if operation.period is not None:
            lines.append(f"Năm thi đua {operation.period}")
        lines.append(f"Thao tác số {operation.id}, mã {short(operation.digest)}")
        if found and len(found) < count:
            lines.append(f"{len(found)} trong {count} thay đổi có chữ đang tìm:")
        elif count > 1:
            lines.append(f"{count} thay đổi:")
        steps = self._steps(number)
        return Details(
            operation.title,
            tuple(lines),
            found or line.sentences,
            len(steps),
            "" if steps else self._why_not(operation),
        )

    def _steps(self, number: int) -> tuple[int, ...]:
        workspace = self._session.workspace
        if workspace is None or workspace.read_only or not self._session.actor:
            return ()
        return self._order[: self._order.index(number) + 1] if number in self._order else ()

    def _why_not(self, operation: Operation) -> str:
        workspace = self._session.workspace
        if workspace is not None and workspace.read_only:
            return "Sổ đang mở chỉ để đọc nên không hoàn tác được."
        if operation.barrier:
            return "Đây là một mốc; hoàn tác không lùi qua mốc."
        if operation.undoes is not None:
            return "Đây là một lần hoàn tác. Muốn có lại việc đã lùi, bấm Ctrl+Y."
        if operation.redoes is not None:
            return "Đây là một lần làm lại. Chọn chính việc được làm lại để hoàn tác."
        if operation.id in self._undone:
            return "Việc này đã được hoàn tác."
        return "Sau việc này đã có một mốc; hoàn tác không lùi qua mốc."

    # ------------------------------------------------------------- acting

    def question(self, number: int) -> str:
        """What will be taken back, before it is."""
        workspace = self._session.workspace
        steps = undo_steps(workspace, number) if workspace is not None else ()
        titles = [self._lines[step].operation.title for step in steps[:3] if step in self._lines]
        listed = "; ".join(titles) + (" …" if len(steps) > len(titles) else "")
        if len(steps) == 1:
            return f"Sẽ hoàn tác một việc: {listed}. Có thể làm lại bằng Ctrl+Y."
        return (
            f"Sẽ hoàn tác {len(steps)} việc, từ việc mới nhất đến hết việc đang chọn: {listed}. "
            "Có thể làm lại từng việc bằng Ctrl+Y."
        )

    def undo_to(self, number: int) -> tuple[Operation, ...]:
        """Takes acts back until this one is, and tells everybody."""
        session = self._session
        assert session.workspace is not None
        taken = undo_to(session.workspace, session.actor, number)
        if taken:
            session.last_operation = taken[-1]
            session.publish(ALL - {Topic.RESULT})
        return taken

    def export(self, file: Path) -> Path:
        """Writes the acts that are shown as a table that Excel opens; raises ``UserError``."""
        text = io.StringIO()
        table = csv.writer(text, delimiter=";", lineterminator="\r\n")
        table.writerow(["Thao tác", "Ngày", "Giờ", "Người làm", "Việc", "Trạng thái", "Thay đổi"])
        for row in self.rows:
            operation = self._lines[row.number].operation
            sentences = self._lines[row.number].sentences or ("",)
            for sentence in sentences:
                cells = (
                    str(row.number),
                    _day(operation.at[:10]),
                    row.time,
                    row.actor,
                    row.title,
                    row.state,
                    sentence,
                )
                table.writerow([_cell(cell) for cell in cells])
        return write_text(file, "\ufeff" + text.getvalue(), overwrite=True)


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read: all acts, those that fit, and their words without accents."""

    every: tuple[JournalLine, ...]
    fitting: tuple[JournalLine, ...]
    words: dict[int, str]


def _folded(line: JournalLine) -> str:
    operation = line.operation
    parts = (operation.title, operation.actor, str(operation.id), *line.sentences)
    return folded("\n".join(parts))


def _fitting(workspace: Workspace, wish: Wish, period: str) -> tuple[JournalLine, ...]:
    return journal(
        workspace, unit=wish.unit or None, criterion=wish.criterion or None, period=period
    )


def undone(operations: Iterable[Operation]) -> frozenset[int]:
    """The acts that have been taken back and not done again."""
    found: set[int] = set()
    for operation in operations:
        if operation.undoes is not None:
            found.add(operation.undoes)
        elif operation.redoes is not None:
            found.discard(operation.redoes)
    return frozenset(found)


def short(digest: str) -> str:
    """A digest as people compare it: the first letters behind its kind."""
    return digest.partition(":")[2][:12]


def day_words(operation: Operation) -> str:
    """The day of an act: "thứ Bảy, 21/11/2026"."""
    day = dt.date.fromisoformat(operation.at[:10])
    name = "Chủ nhật" if day.weekday() == 6 else f"Thứ {_DAYS[day.weekday()]}"
    return f"{name}, {day:%d/%m/%Y}"


def short_day(operation: Operation) -> str:
    """The day of an act in few letters: "T7 21/11/2026"."""
    day = dt.date.fromisoformat(operation.at[:10])
    return f"{'CN' if day.weekday() == 6 else f'T{day.weekday() + 2}'} {day:%d/%m/%Y}"


def _day(iso: str) -> str:
    return f"{dt.date.fromisoformat(iso):%d/%m/%Y}"


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
