"""The open workspace as the window sees it: its year, its result, and who hears of changes.

Without Qt. Every act of the window goes through ``Session.act``, which carries out one verb of
``app.operations`` and then tells all listeners the topics that it touched; undo and redo tell
those of what they took back. Pages read through the verbs, or what the session keeps at hand:
units, tables and the result. The result is worked out by the runner after each change that can
move it; until then ``result`` is the last one and ``result_is_due`` says so. Where nothing but
cells changed, it follows at once from the one before (``live``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.year import PeriodRecord, PeriodState
from app.ground.findings import Finding, UserError
from ui.runner import Runner
from ui.topics import ALL, MOVES_RESULT, Topic, topics_of

if TYPE_CHECKING:  # the window shows before the core is imported
    from app.domain.snapshot import EntryKey, Unit
    from app.operations.live import LiveYear
    from app.operations.loading import PackSet
    from app.operations.scoring import Scored
    from app.operations.workspace.desk import Desk, Done
    from app.persistence.journal import Operation
    from app.persistence.workspace import Workspace


Listener = Callable[[frozenset[Topic]], None]


class Session:
    """One open workspace (or none) and its chosen year."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._listeners: list[Listener] = []
        self._leavers: list[Callable[[], None]] = []
        self._packs: PackSet | None = None
        self._years: tuple[PeriodRecord, ...] | None = None
        self._units: dict[str, Unit] | None = None
        self.workspace: Workspace | None = None
        self.seat: Desk | None = None
        self.actor = ""
        self.result: Scored | None = None
        self.live: LiveYear | None = None
        self.result_is_due = False
        self.result_refusal: tuple[Finding, ...] = ()
        self.last_operation: Operation | None = None
        self._working_for: Desk | None = None
        self._again = False
        self._since: set[EntryKey] = set()

    # ------------------------------------------------------------- listeners

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Lets somebody hear of every change; the answer ends it."""
        self._listeners.append(listener)

        def leave() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return leave

    def before_leaving(self, act: Callable[[], None]) -> Callable[[], None]:
        """Calls ``act`` while a workspace is still open that will be closed; the answer ends it."""
        self._leavers.append(act)
        return lambda: self._leavers.remove(act)

    def publish(self, topics: frozenset[Topic]) -> None:
        """Tells all listeners; forgets what the topics made stale."""
        if topics & {Topic.TABLE, Topic.WORKSPACE, Topic.YEAR}:
            self._packs = None
        self._tell(topics)
        if topics & MOVES_RESULT:
            self.work_out_result()

    def _tell(self, topics: frozenset[Topic]) -> None:
        self._years, self._units = None, None
        for listener in tuple(self._listeners):
            listener(topics)

    # ------------------------------------------------------------- in and out

    def adopt(self, workspace: Workspace, actor: str = "") -> None:
        """Takes an open workspace in the place of the present one, which is closed."""
        from app.operations.workspace.desk import officer_of

        self.close()
        self.workspace = workspace
        self.actor = officer_of(workspace, actor)
        self._sit(None)
        self.result_is_due = self.seat is not None
        self.publish(ALL)

    def open(self, folder: Path) -> None:
        """Opens a workspace in place of the present one; raises ``UserError``."""
        if self.workspace is not None and self.workspace.folder == folder:
            return
        from app.operations.workspace_lifecycle import open_workspace

        self.adopt(open_workspace(folder))

    def close(self) -> None:
        """Closes the workspace; what changed since the last backup is backed up."""
        try:
            for act in tuple(self._leavers) if self.workspace is not None else ():
                act()
        finally:
            self._close()

    def _close(self) -> None:
        workspace, self.workspace, self.seat = self.workspace, None, None
        self.result, self.result_is_due, self.result_refusal = None, False, ()
        self.live = None
        self.last_operation, self._packs, self.actor = None, None, ""
        self._years, self._units = None, None
        if workspace is not None:
            from app.operations.workspace_lifecycle import close_workspace

            close_workspace(workspace)

    def choose_year(self, period: str) -> None:
        """Goes to another year of the workspace."""
        self._sit(period)
        self.result, self.live = None, None
        self.publish(ALL)

    def name_actor(self, name: str) -> None:
        """From now on this person works."""
        self.actor = name.strip()
        self._sit(self.seat.period if self.seat is not None else None)
        self.publish(frozenset({Topic.SETTINGS}))

    def _sit(self, period: str | None) -> None:
        self.seat, self._units = None, None
        if self.workspace is None or not self.actor:
            return
        years = self.years
        if period is None and years:
            opened = [year.id for year in years if year.state is PeriodState.OPEN]
            period = (opened or [years[-1].id])[-1]
        if period is not None:
            from app.operations.workspace.desk import sit_down

            self.seat = sit_down(self.workspace, self.actor, period)

    # ------------------------------------------------------------- reading

    @property
    def desk(self) -> Desk:
        """The desk at the chosen year; only asked for where ``seat`` is not ``None``."""
        assert self.seat is not None
        return self.seat

    @property
    def years(self) -> tuple[PeriodRecord, ...]:
        """The years of the workspace, the oldest first; kept until something has changed."""
        if self.workspace is None:
            return ()
        if self._years is None:
            from app.persistence import books

            self._years = self.workspace.read(books.PERIODS)
        return self._years

    @property
    def year(self) -> PeriodRecord | None:
        """The chosen year."""
        if self.seat is None:
            return None
        return next((year for year in self.years if year.id == self.seat.period), None)

    @property
    def units(self) -> dict[str, Unit]:
        """The units of the year by id, in the officer's order; kept until something changed."""
        if self.seat is None:
            return {}
        if self._units is None:
            self._units = self.seat.units
        return self._units

    @property
    def packs(self) -> PackSet | None:
        """The tables of the year, or ``None`` while it has none that can be read."""
        if self._packs is None and self.seat is not None:
            from app.operations.workspace.desk import packs_of

            try:
                self._packs = packs_of(self.seat)
            except UserError:
                return None
        return self._packs

    @property
    def may_write(self) -> bool:
        """Whether the year can be changed: open, and not on a read-only medium."""
        year = self.year
        return (
            year is not None
            and year.state is PeriodState.OPEN
            and self.workspace is not None
            and not self.workspace.read_only
        )

    @property
    def cluster_name(self) -> str:
        """The cluster's name, or how many there are."""
        if self.seat is None:
            return ""
        clusters = tuple(self.seat.clusters.values())
        if len(clusters) > 1:
            return f"{len(clusters)} cụm, khối"
        return clusters[0].name if clusters else "Chưa có cụm, khối"

    # ------------------------------------------------------------- acting

    def act(self, verb: Callable[[Desk], Done]) -> Done:
        """Carries out one verb at the desk and tells who listens; raises ``UserError``."""
        done = verb(self.desk)
        self.told(done.operation)
        return done

    def told(self, operation: Operation | None) -> None:
        """Publishes what an operation touched that was carried out elsewhere (by a task)."""
        if operation is not None:
            self._happened(operation, operation.kind)

    def _happened(self, operation: Operation, kind: str) -> None:
        """An operation is over: the result follows it at once, or is worked out anew."""
        self.last_operation = operation
        topics, seat = topics_of(kind), self.seat
        if seat is None or topics != {Topic.SCORES} or not self._follows:
            self.publish(topics)
            return
        touched = seat.workspace.touched_cells(operation.id, seat.period)
        if self.result_is_due:
            self._since |= touched
            self._tell(topics)
        elif self._follow(seat, touched):
            self._tell(topics | {Topic.RESULT})
        else:
            self.publish(topics)

    @property
    def _follows(self) -> bool:
        """Whether cells can be changed in the result that is there, or is on its way."""
        if self.result_is_due:
            return self._is_at_work(self.seat) and not self._again
        return self.live is not None

    def _follow(self, seat: Desk, touched: Collection[EntryKey]) -> bool:
        """Takes changed cells into the result; not those that open another round."""
        live = self.live
        if live is None or not {cell[2] for cell in touched} <= live.rounds_begun:
            return False
        self._take(live.followed(seat, touched))
        return True

    def undo(self) -> Operation | None:
        """Takes the last act back."""
        from app.operations.workspace_lifecycle import undo

        return self._turn_back(undo, "undoable")

    def redo(self) -> Operation | None:
        """Does again what was taken back last."""
        from app.operations.workspace_lifecycle import redo

        return self._turn_back(redo, "redoable")

    def _turn_back(
        self, verb: Callable[[Workspace, str], Operation | None], target: str
    ) -> Operation | None:
        if self.workspace is None or not self.actor:
            return None
        meant: Operation | None = getattr(self.workspace, target)()
        operation = verb(self.workspace, self.actor)
        if operation is not None and meant is not None:
            self._happened(operation, meant.kind)
        return operation

    # ------------------------------------------------------------- the result

    def work_out_result(self) -> None:
        """Starts to score the year anew; where that goes on already, once more after it."""
        seat = self.seat
        if seat is None:
            self.result, self.result_refusal, self.result_is_due = None, (), False
            self.live = None
            return
        self.result_is_due = True
        if self._is_at_work(seat):
            self._again = True
        else:
            self._start(seat)

    def _start(self, seat: Desk) -> None:
        self._working_for, self._again, self._since = seat, False, set()

        def done(live: LiveYear) -> None:
            if self._is_up_to_date(seat):
                self._take(live)
                since, self._since = self._since, set()
                if since and not self._follow(seat, since):
                    self.work_out_result()
                else:
                    self._tell(frozenset({Topic.RESULT}))

        def failed(fault: Exception) -> None:
            if not self._is_up_to_date(seat):
                return
            if not isinstance(fault, UserError):
                raise fault
            self.result, self.live, self.result_is_due = None, None, False
            self.result_refusal = tuple(fault.findings)
            self._tell(frozenset({Topic.RESULT}))

        self._runner.run(
            "Tính lại kết quả", lambda _progress: _live(seat), done, failed, quiet=True
        )

    def _is_up_to_date(self, seat: Desk) -> bool:
        """Whether what was worked out for a desk is still asked for; if not, starts again."""
        if self._working_for is not seat:
            return False
        wanted = self._is_at_work(self.seat) and self.result_is_due
        self._working_for = None
        if wanted and self._again and self.seat is not None:
            self._start(self.seat)
            return False
        return wanted

    def _is_at_work(self, seat: Desk | None) -> bool:
        """Whether the year of this desk is being worked out, whoever sits there."""
        at_work = self._working_for
        return (
            seat is not None
            and at_work is not None
            and at_work.workspace is seat.workspace
            and at_work.period == seat.period
        )

    def _take(self, live: LiveYear) -> None:
        """The year as it is now, with its result or why there is none."""
        from app.operations.scoring import Scored

        self.live, self.result_is_due = live, False
        try:
            self.result, self.result_refusal = Scored(live.assessment, live.loaded.packs), ()
        except UserError as fault:
            self.result, self.result_refusal = None, tuple(fault.findings)


def _live(seat: Desk) -> LiveYear:
    from app.operations.live import LiveYear

    return LiveYear.opened(seat)
