"""The department's folder as the page sees it: where it lies, what was gathered, what is set.

The folder is opened for each work and closed again, beside the window: the officer may work in one
of its workspaces meanwhile. What was gathered stays in sight until it is gathered anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from app.ground.findings import Finding, UserError
from ui.preferences import Preferences
from ui.runner import Progress, Runner
from ui.session import Session

if TYPE_CHECKING:
    from app.domain.year import PeriodRecord
    from app.operations.province.folder import ProvinceDesk
    from app.operations.province.readings import Told
    from app.operations.province.risk import RiskRow
    from app.operations.province.view import ProvinceView
    from app.scoring.division import Share
    from app.scoring.province_comparison import Comparison

Result = TypeVar("Result")
_FORMS: Final = ("pdf", "docx", "xlsx")
KEPT: Final = "toan-tinh"


@dataclass
class _Turn:
    """One work that has the folder open; told over by the thread that did it."""

    over: bool = False


class ProvinceBook:
    """One folder of the department at a time, remembered from one start to the next."""

    def __init__(
        self,
        session: Session,
        runner: Runner,
        preferences: Preferences,
        fault: Callable[[Exception], None],
    ) -> None:
        self._session, self._runner, self._preferences = session, runner, preferences
        self.fault = fault
        self._asked = 0
        self._waiting: list[Callable[[], object]] = []
        self._in_turn = False
        self._later: Callable[[], object] = lambda: None
        self._period: str | None = None
        self.view: ProvinceView | None = None
        self.years: tuple[PeriodRecord, ...] = ()
        self.shares: tuple[Share, ...] = ()
        self.refusal: tuple[Finding, ...] = ()
        self._turn = _Turn(over=True)

    # ------------------------------------------------------------- where it lies

    @property
    def folder(self) -> Path | None:
        """The department's folder, where one was chosen."""
        kept = self._preferences.choice(KEPT, "")
        return Path(kept) if kept else None

    def choose(self, folder: Path) -> None:
        """Works with this folder from now on; one of its inner folders means it too."""
        from app.operations.province.folder import is_province

        around = (folder, folder.parent, folder.parent.parent)
        meant = next((place for place in around if is_province(place)), folder)
        self._preferences.keep_choice(KEPT, str(meant))
        self._forget()

    def _forget(self) -> None:
        self._period = None
        self.view, self.years, self.shares, self.refusal = None, (), (), ()

    def choose_year(self, period: str, then: Callable[[], object]) -> None:
        """Works with another year of the folder; what was gathered stays in sight meanwhile."""
        self._period = period
        self.look(then)

    def leave(self) -> None:
        """Works with no folder; the folder itself is not touched."""
        self._preferences.keep_choice(KEPT, "")
        self._asked += 1
        self._forget()

    @property
    def at_work(self) -> bool:
        """Whether the folder is open for some work; it ends though the work was given up."""
        return not self._turn.over

    @property
    def officer(self) -> str:
        """Who probably works here."""
        return self._session.actor

    # ------------------------------------------------------------- looking

    def look(self, then: Callable[[], object]) -> None:
        """Gathers the province anew; ``then`` when it is there, or why not.

        Where the folder is being read already, once more after that.
        """
        folder = self.folder
        if folder is None:
            then()
            return
        if self.at_work:
            self._look_later(then)
            return
        number = self._begin()

        def take(found: _Gathered | None, refusal: Sequence[Finding]) -> None:
            if number == self._asked:
                self._show(found, refusal)
            self._over(then)

        def failed(fault: Exception) -> None:
            if isinstance(fault, UserError):
                take(None, fault.findings)
                return
            self._over(lambda: None)  # who would look again at once would fail again
            raise fault

        self._runner.run(
            "Đọc số liệu các cụm, khối",
            lambda progress: self._at_desk(folder, lambda desk: _gathered(desk, progress)),
            lambda found: take(found, ()),
            failed,
            quiet=self.view is not None,
        )

    def _look_later(self, then: Callable[[], object]) -> None:
        """One look after the work that goes on shows all that changed until then."""
        if self._later in self._waiting:
            self._waiting.remove(self._later)
        self._later = lambda: self.look(then)
        self._waiting.append(self._later)

    def read(
        self,
        title: str,
        work: Callable[[ProvinceDesk, Progress], Result],
        then: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Reads something at the department's desk; a fault is shown, or told to ``failed``."""
        folder = self.folder
        if folder is None:
            return
        if self.at_work:
            self._waiting.append(lambda: self.read(title, work, then, failed))
            return
        self._begin()
        tell = failed or self.fault

        def fell(fault: Exception) -> None:
            self._over(lambda: None)
            tell(fault)

        self._runner.run(
            title,
            lambda progress: self._at_desk(folder, lambda desk: work(desk, progress)),
            lambda found: self._over(lambda: then(found)),
            fell,
        )

    def act(
        self,
        title: str,
        verb: Callable[[ProvinceDesk, Told], Result],
        then: Callable[[Result], object],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Carries out a verb and gathers anew; ``then`` hears what was done. A fault is shown, or
        told to ``failed``. The verb may tell how far it is; it cannot be broken off.
        """
        folder = self.folder
        if folder is None:
            return
        if self.at_work:
            self._waiting.append(lambda: self.act(title, verb, then, failed))
            return
        number = self._begin()
        tell = failed or self.fault
        workspace = self._session.workspace
        head = workspace.head if workspace is not None else ""

        def work(progress: Progress) -> tuple[Result, _Gathered]:
            progress.settle(title)

            def told(share: float, text: str) -> None:
                if not progress.cancelled:
                    progress.tell(share, text)

            def there(desk: ProvinceDesk) -> tuple[Result, _Gathered]:
                return verb(desk, told), _gathered(desk, Progress())

            return self._at_desk(folder, there)

        def tell_session() -> None:
            if workspace is not None and workspace.head != head:
                self._session.told(workspace.latest)

        def done(answer: tuple[Result, _Gathered]) -> None:
            if number == self._asked:
                self._show(answer[1], ())
            self._over(lambda: then(answer[0]))
            tell_session()

        def fell(fault: Exception) -> None:
            self._over(lambda: None)
            tell(fault)
            tell_session()

        self._runner.run(title, work, done, fell)

    def _show(self, found: _Gathered | None, refusal: Sequence[Finding]) -> None:
        self.view, self.refusal = (None if found is None else found.view), tuple(refusal)
        if found is not None:
            self.years, self._period = found.years, found.view.year.id
            self.shares = found.shares

    def _begin(self) -> int:
        self._asked += 1
        self._turn = _Turn()
        if not self._in_turn:
            self._waiting.clear()  # it waited for a work that was given up
        return self._asked

    def _over(self, then: Callable[[], object]) -> None:
        """The folder is free again; what was asked for meanwhile is done in its turn."""
        before, self._in_turn = self._in_turn, True
        try:
            then()
            while self._waiting and not self.at_work:
                self._waiting.pop(0)()
        finally:
            self._in_turn = before

    def _at_desk(self, folder: Path, work: Callable[[ProvinceDesk], Result]) -> Result:
        from app.operations.province.folder import at_province, latest_year

        turn, opened = self._turn, self._session.workspace
        try:
            period = self._period or latest_year(folder, opened)
            with at_province(folder, period=period, opened=opened) as desk:
                return work(desk)
        finally:
            turn.over = True

    def holds(self, place: Path) -> bool:
        """Whether a workspace is one of this folder."""
        folder = self.folder
        return folder is not None and place.resolve().is_relative_to(folder.resolve())

    # ------------------------------------------------------------- worked out when asked for

    def risk(
        self,
        cluster: str,
        judged: bool,
        then: Callable[[tuple[RiskRow, ...]], None],
        share: Share | None = None,
    ) -> None:
        """The cells in the order of risk, of one cluster or of all (empty), of one appraiser's
        share or of everybody's.
        """
        view = self.view
        if view is None:
            return

        def work(progress: Progress) -> tuple[RiskRow, ...]:
            from app.operations.province.risk import risk_rows

            progress.tell(None)
            return risk_rows(view, [cluster] if cluster else None, share, judged=judged)

        self._runner.run("Xếp thứ tự thẩm định", work, then, quiet=True)

    def comparison(self, then: Callable[[Comparison], None]) -> None:
        """What the clusters' scores say beside each other."""
        view = self.view
        if view is None:
            return

        def work(progress: Progress) -> Comparison:
            from app.operations.province.comparison import province_comparison

            progress.tell(None)
            return province_comparison(view)

        self._runner.run("So sánh các cụm, khối", work, then, quiet=True)

    def write(self, folder: Path, then: Callable[[tuple[Path, ...]], None]) -> None:
        """The papers of the department with the workbook of the province, into a folder; nothing
        that is there is written over.
        """
        view = self.view
        if view is None:
            return

        def work(desk: ProvinceDesk, progress: Progress) -> tuple[Path, ...]:
            from app.operations.paper_folder import write_beside
            from app.operations.province.papers import province_papers, write_province

            data = province_papers(desk, view)
            return write_beside(
                lambda made: write_province(view, data, made, _FORMS, told=progress.tell), folder
            )

        self.read("In, xuất toàn tỉnh", work, then)

    def write_comparison(self, folder: Path, then: Callable[[tuple[Path, ...]], None]) -> None:
        """The comparisons as a paper for analysis only; nothing that is there is written over."""
        view = self.view
        if view is None:
            return

        def work(progress: Progress) -> tuple[Path, ...]:
            from app.operations.paper_folder import write_beside
            from app.operations.province.papers import write_comparison

            progress.tell(None)
            return write_beside(lambda made: write_comparison(view, made, _FORMS), folder)

        self._runner.run("In, xuất bản so sánh", work, then)


@dataclass(frozen=True)
class _Gathered:
    """The province as it stands in the chosen year, the years that there are, who has what."""

    view: ProvinceView
    years: tuple[PeriodRecord, ...]
    shares: tuple[Share, ...]


def _gathered(desk: ProvinceDesk, progress: Progress) -> _Gathered:
    from app.operations.province.dividing import division
    from app.operations.province.view import gather

    return _Gathered(gather(desk, told=progress.tell), desk.years, division(desk))
