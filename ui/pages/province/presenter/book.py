"""The department's folder as the page sees it: where it lies, what was gathered, what is set.

The folder is opened for each work and closed again, beside the window: the officer may work in one
of its workspaces meanwhile. What was gathered stays in sight until it is gathered anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from app.ground.findings import Finding, UserError
from app.ground.text import folded
from ui.preferences import Preferences
from ui.runner import Progress, Runner
from ui.session import Session

if TYPE_CHECKING:
    from app.domain.snapshot import Cluster
    from app.operations.province.folder import ProvinceDesk
    from app.operations.province.risk import RiskRow
    from app.operations.province.view import ProvinceView
    from app.operations.workspace.desk import Done
    from app.rules.awards import Award
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
        self._next: Callable[[], object] | None = None
        self.view: ProvinceView | None = None
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
        self.view, self.refusal = None, ()

    def leave(self) -> None:
        """Works with no folder; the folder itself is not touched."""
        self._preferences.keep_choice(KEPT, "")
        self._asked += 1
        self.view, self.refusal = None, ()

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
            self._next = lambda: self.look(then)
            return
        number = self._begin()

        def take(view: ProvinceView | None, refusal: Sequence[Finding]) -> None:
            if number == self._asked:
                self.view, self.refusal = view, tuple(refusal)
            self._over(then)

        def failed(fault: Exception) -> None:
            if isinstance(fault, UserError):
                take(None, fault.findings)
                return
            self._over(then)
            raise fault

        self._runner.run(
            "Đọc số liệu các cụm, khối",
            lambda progress: self._at_desk(folder, lambda desk: _gathered(desk, progress)),
            lambda view: take(view, ()),
            failed,
            quiet=self.view is not None,
        )

    def read(
        self,
        title: str,
        work: Callable[[ProvinceDesk, Progress], Result],
        then: Callable[[Result], None],
    ) -> None:
        """Reads something at the department's desk; a fault is shown."""
        folder = self.folder
        if folder is None:
            return
        if self.at_work:
            self._next = lambda: self.read(title, work, then)
            return
        self._begin()
        self._runner.run(
            title,
            lambda progress: self._at_desk(folder, lambda desk: work(desk, progress)),
            lambda found: self._over(lambda: then(found)),
            self._failed,
        )

    def act(
        self,
        title: str,
        verb: Callable[[ProvinceDesk], Done],
        then: Callable[[Done], object],
    ) -> None:
        """Carries out a verb and gathers anew; ``then`` hears what was done. A fault is shown."""
        folder = self.folder
        if folder is None:
            return
        if self.at_work:
            self._next = lambda: self.act(title, verb, then)
            return
        number = self._begin()
        workspace = self._session.workspace
        head = workspace.head if workspace is not None else ""

        def work(progress: Progress) -> tuple[Done, ProvinceView]:
            progress.settle(title)

            def there(desk: ProvinceDesk) -> tuple[Done, ProvinceView]:
                return verb(desk), _gathered(desk, Progress())

            return self._at_desk(folder, there)

        def done(answer: tuple[Done, ProvinceView]) -> None:
            if number == self._asked:
                self.view, self.refusal = answer[1], ()
            self._over(lambda: then(answer[0]))
            if workspace is not None and workspace.head != head:
                self._session.told(answer[0].operation)

        self._runner.run(title, work, done, self._failed)

    def _failed(self, fault: Exception) -> None:
        self._over(lambda: None)
        self.fault(fault)

    def _begin(self) -> int:
        self._asked += 1
        self._turn, self._next = _Turn(), None
        return self._asked

    def _over(self, then: Callable[[], object]) -> None:
        """The folder is free again; what was asked for last meanwhile is done now."""
        wanted, self._next = self._next, None
        then()
        if wanted is not None:
            wanted()

    def _at_desk(self, folder: Path, work: Callable[[ProvinceDesk], Result]) -> Result:
        from app.operations.province.folder import at_province

        turn = self._turn
        try:
            with at_province(folder, opened=self._session.workspace) as desk:
                return work(desk)
        finally:
            turn.over = True

    def holds(self, place: Path) -> bool:
        """Whether a workspace is one of this folder."""
        folder = self.folder
        return folder is not None and place.resolve().is_relative_to(folder.resolve())

    # ------------------------------------------------------------- making, setting

    def create(
        self,
        folder: Path,
        officer: str,
        year: str,
        names: Sequence[str],
        then: Callable[[], object],
    ) -> None:
        """Makes the department's folder with its list of clusters, and works with it."""

        def work(progress: Progress) -> None:
            from app.operations.province.folder import create_province
            from app.operations.workspace.years import year_record

            create_province(folder, officer, year_record(year), clusters_of(names), progress.tell)

        def done(_nothing: None) -> None:
            self.choose(folder)
            then()

        self._runner.run("Lập thư mục toàn tỉnh", work, done)

    def add_clusters(self, names: Sequence[str], then: Callable[[Done], object]) -> None:
        """Lists further clusters."""
        there = [line.cluster.id for line in self.view.lines] if self.view is not None else []

        def verb(desk: ProvinceDesk) -> Done:
            from app.operations.province.folder import list_clusters

            return list_clusters(desk, clusters_of(names, there))

        self.act("Thêm cụm, khối", verb, then)

    def set_last_day(
        self, due: dt.date, cluster: str | None, then: Callable[[Done], object]
    ) -> None:
        """Sets the last day for sending, for one cluster or for all without a day of theirs."""

        def verb(desk: ProvinceDesk) -> Done:
            from app.operations.province.settings import set_last_day

            return set_last_day(desk, due, cluster)

        self.act("Đặt hạn gửi kết quả", verb, then)

    def set_quota(self, award: Award, count: int | None, then: Callable[[Done], object]) -> None:
        """Sets how many of an award the whole province may have."""

        def verb(desk: ProvinceDesk) -> Done:
            from app.operations.province.settings import set_quota

            return set_quota(desk, award, count)

        self.act("Đặt chỉ tiêu toàn tỉnh", verb, then)

    def set_flag_base(self, base: int | None, reason: str, then: Callable[[Done], object]) -> None:
        """Sets of how many units the share for the Government's flag is taken."""

        def verb(desk: ProvinceDesk) -> Done:
            from app.operations.province.settings import set_flag_base

            return set_flag_base(desk, base, reason)

        self.act("Đặt cơ số tính cờ", verb, then)

    # ------------------------------------------------------------- worked out when asked for

    def risk(self, cluster: str, judged: bool, then: Callable[[tuple[RiskRow, ...]], None]) -> None:
        """The cells in the order of risk, of one cluster or of all (empty)."""
        view = self.view
        if view is None:
            return

        def work(progress: Progress) -> tuple[RiskRow, ...]:
            from app.operations.province.risk import risk_rows

            progress.tell(None)
            return risk_rows(view, [cluster] if cluster else None, judged=judged)

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


def clusters_of(names: Sequence[str], taken: Sequence[str] = ()) -> tuple[Cluster, ...]:
    """Clusters with ids made from their names, numbered so that they stay in their order."""
    from app.domain.snapshot import Cluster

    used = {key[:3] for key in taken}
    found: list[Cluster] = []
    number = len(taken)
    for name in names:
        words = "".join(c if c.isascii() and c.isalnum() else " " for c in folded(name))
        stem = "-".join(words.split())[:40].strip("-")
        number += 1
        while f"k{number:02d}" in used:
            number += 1
        found.append(Cluster(f"k{number:02d}-{stem}".rstrip("-"), name))
    return tuple(found)


def _gathered(desk: ProvinceDesk, progress: Progress) -> ProvinceView:
    from app.operations.province.view import gather

    return gather(desk, told=progress.tell)
