"""What the department sets for its folder: the folder itself, clusters, last days, quotas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.ground.text import folded
from ui.pages.province.presenter.book import ProvinceBook
from ui.runner import Progress, Runner

if TYPE_CHECKING:
    from app.domain.snapshot import Cluster
    from app.operations.province.folder import ProvinceDesk
    from app.operations.province.readings import Told
    from app.operations.workspace.desk import Done
    from app.rules.awards import Award


class Settings:
    """Carries out what is asked for in sheets, at the department's desk."""

    def __init__(self, book: ProvinceBook, runner: Runner) -> None:
        self._book, self._runner = book, runner

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
            self._book.choose(folder)
            then()

        self._runner.run("Lập thư mục toàn tỉnh", work, done)

    def add_clusters(self, names: Sequence[str], then: Callable[[Done], object]) -> None:
        """Lists further clusters."""
        view = self._book.view
        there = [line.cluster.id for line in view.lines] if view is not None else []

        def verb(desk: ProvinceDesk, _told: Told) -> Done:
            from app.operations.province.folder import list_clusters

            return list_clusters(desk, clusters_of(names, there))

        self._book.act("Thêm cụm, khối", verb, then)

    def set_last_day(
        self, due: dt.date, cluster: str | None, then: Callable[[Done], object]
    ) -> None:
        """Sets the last day for sending, for one cluster or for all without a day of theirs."""

        def verb(desk: ProvinceDesk, _told: Told) -> Done:
            from app.operations.province.settings import set_last_day

            return set_last_day(desk, due, cluster)

        self._book.act("Đặt hạn gửi kết quả", verb, then)

    def set_quota(self, award: Award, count: int | None, then: Callable[[Done], object]) -> None:
        """Sets how many of an award the whole province may have."""

        def verb(desk: ProvinceDesk, _told: Told) -> Done:
            from app.operations.province.settings import set_quota

            return set_quota(desk, award, count)

        self._book.act("Đặt chỉ tiêu toàn tỉnh", verb, then)

    def set_flag_base(self, base: int | None, reason: str, then: Callable[[Done], object]) -> None:
        """Sets of how many units the share for the Government's flag is taken."""

        def verb(desk: ProvinceDesk, _told: Told) -> Done:
            from app.operations.province.settings import set_flag_base

            return set_flag_base(desk, base, reason)

        self._book.act("Đặt cơ số tính cờ", verb, then)


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
