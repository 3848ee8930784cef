"""What the overview knows and does; without Qt.

The larger verbs are imported when one is carried out: the overview is the first page that is
seen, and what it does later would keep it from being there.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from app.ground.findings import UserError
from app.ground.text import dictionary_key
from app.operations.workspace.desk import Done, today
from app.persistence import books
from ui.pages.overview.facts import DeadlineRow, OwnAct, View
from ui.pages.overview.kept import packed, unpacked
from ui.runner import Progress, Runner
from ui.session import Session

OWN_DUTY: Final = ""
"""The choice of a deadline that stands for no step of the program."""

_DUTIES: Final[Mapping[str, str]] = {
    "registrations": "Đăng ký thi đua, ký giao ước",
    "issue": "Ban hành bảng tiêu chí",
    "mid_year": "Sơ kết 6 tháng",
    "conference": "Hội nghị tổng kết",
    "awards": "Đề nghị khen thưởng",
}
_CONFERENCES: Final[Mapping[OwnAct, tuple[str, str]]] = {
    OwnAct.MID_YEAR: ("mid_year", "Hội nghị sơ kết 6 tháng"),
    OwnAct.SUMMARY: ("summary", "Hội nghị tổng kết năm"),
}


class OverviewPresenter:
    """Reads the year beside the window, and carries out what is done on the overview."""

    def __init__(
        self, session: Session, runner: Runner, day: Callable[[], dt.date] = today
    ) -> None:
        self._session = session
        self._runner = runner
        self._day = day
        self._question = 0
        self._waiting: list[Callable[[View], None]] = []
        self.view: View | None = None

    def look(self, then: Callable[[View], None]) -> None:
        """Reads the year anew; the newest reading answers all who wait."""
        self._question += 1
        if then not in self._waiting:
            self._waiting.append(then)
        number, desk = self._question, self._session.desk
        found = self._session.result.assessment if self._session.result is not None else None
        day, may_write = self._day(), self._session.may_write

        def done(view: View) -> None:
            if number == self._question and self._session.seat is not None:
                self.view = view
                waiting, self._waiting = self._waiting, []
                for answer in waiting:
                    answer(view)

        def read(_progress: Progress) -> View:
            from ui.pages.overview.reading import read_year

            return read_year(desk, found, day, may_write=may_write)

        self._runner.run("Xem tình hình của năm", read, done, quiet=True)

    # ------------------------------------------------------------- from one opening to the next

    def recall(self) -> View | None:
        """The year as it was left, where nothing was written since; without the day's words."""
        desk = self._session.desk
        body = desk.workspace.kept_view()
        if body is not None:
            self.view = unpacked(body, desk.period, may_write=self._session.may_write)
        return self.view

    def keep(self) -> None:
        """Keeps the year as it stands for the next opening; only what was worked out to the end.

        Where its data cannot be read any more, it goes without: closing tells of that.
        """
        with contextlib.suppress(UserError):
            self._keep_view()

    def _keep_view(self) -> None:
        session = self._session
        if session.seat is None or session.result is None or session.result_is_due:
            return
        desk, may_write = session.seat, session.may_write
        there = desk.workspace.kept_view()
        if there is not None and unpacked(there, desk.period, may_write=may_write) is not None:
            return
        from ui.pages.overview.reading import read_year

        view = read_year(desk, session.result.assessment, None, may_write=may_write)
        desk.workspace.keep_view(packed(desk.period, view))

    def forget(self) -> None:
        """The workspace is closed: another one is seen for the first time."""
        self.view = None

    # ------------------------------------------------------------- deadlines

    def adopt_deadlines(self) -> Done:
        """Takes the days of the rules over."""
        from app.operations.workspace.deadlines import adopt_deadlines

        return self._session.act(adopt_deadlines)

    def duties(self) -> tuple[tuple[str, str], ...]:
        """What a deadline can be for: the rounds, other steps, or something of one's own."""
        heads = self.view.heads if self.view is not None else ()
        rounds = tuple((head.id, f"Nộp vòng “{head.title}”") for head in heads)
        return (*rounds, *_DUTIES.items(), (OWN_DUTY, "Việc khác"))

    def clusters(self) -> tuple[tuple[str, str], ...]:
        """The clusters by name; more than one only where it matters."""
        return tuple((c.id, c.name) for c in self._session.desk.clusters.values())

    def units(self, clusters: Collection[str | None] = (None,)) -> tuple[tuple[str, str], ...]:
        """The units that take part in these clusters (``None``: in all), as in a dictionary."""
        units = [
            unit
            for unit in self._session.units.values()
            if unit.left is None and (None in clusters or unit.cluster in clusters)
        ]
        return tuple((u.id, u.name) for u in sorted(units, key=lambda u: dictionary_key(u.name)))

    def add_deadline(self, values: Mapping[str, Any]) -> Done:
        """Keeps a new deadline from the form (duty, title, due, cluster)."""
        duty = values["duty"] or self._fresh_duty()
        title = values.get("title") or dict(self.duties()).get(duty, "")
        return self._keep(duty, title, values["due"], values.get("cluster") or None)

    def change_deadline(self, row: DeadlineRow, values: Mapping[str, Any]) -> Done:
        """Changes the day or the words of a deadline, for all clusters that it binds."""
        return self._keep(row.duty, values["title"], values["due"], *row.clusters)

    def _keep(self, duty: str, title: str, due: dt.date, *clusters: str | None) -> Done:
        row = {"duty": duty, "title": title, "due": due}
        rows = [row | ({"cluster": cluster} if cluster else {}) for cluster in clusters]
        return self._record("deadlines", rows)

    def _record(self, book: str, rows: Sequence[Mapping[str, Any]]) -> Done:
        from app.operations.workspace.records import record

        return self._session.act(lambda desk: record(desk, book, rows))

    def _fresh_duty(self) -> str:
        desk = self._session.desk
        there = {d.duty for d in desk.workspace.read(books.DEADLINES, desk.period)}
        number = 1
        while f"viec_{number}" in there:
            number += 1
        return f"viec_{number}"

    def remove_deadline(self, row: DeadlineRow) -> None:
        """Takes a deadline out, for all clusters that it binds."""
        from app.operations.workspace.records import remove_record

        for cluster in row.clusters:
            key = (row.duty, cluster or "")
            self._session.act(lambda desk, key=key: remove_record(desk, "deadlines", key))  # type: ignore[misc]

    def extend(self, row: DeadlineRow, values: Mapping[str, Any]) -> Done:
        """Lets one unit finish later, by name and with a reason."""
        kept = {key: values[key] for key in ("unit", "until", "reason", "granted_by")}
        return self._record("exceptions", [{"duty": row.duty, **kept}])

    # ------------------------------------------------------------- what the year needs

    def conference_title(self, act: OwnAct) -> str:
        """The conference that an act notes."""
        return _CONFERENCES[act][1]

    def note_conference(self, act: OwnAct, values: Mapping[str, Any]) -> Done:
        """Notes that a conference was held: day and place."""
        kind, title = _CONFERENCES[act]
        desk = self._session.desk
        there = {row.id for row in desk.workspace.read(books.CONFERENCES, desk.period)}
        number = 1
        while (name := f"{kind}_{number}") in there:
            number += 1
        row = {"id": name, "kind": kind, "title": title, "date": values["date"]}
        row["place"] = values.get("place", "")
        if values.get("cluster"):
            row["cluster"] = values["cluster"]
        return self._record("conferences", [row])

    def year_bounds(self) -> tuple[dt.date, dt.date]:
        """The first and last day of the year."""
        year = self._session.desk.year
        return year.start, year.end

    def closing_words(self) -> str:
        """What closing the year does, said before it is done."""
        year = self._session.desk.year
        view = self.view
        words = (
            f"Sau khi khóa sổ, mọi số liệu của năm {year.name} được giữ nguyên: không ai sửa được "
            "điểm, đơn vị hay bảng tiêu chí. Sổ được sao lưu trước khi khóa. Khi cần điều chỉnh, "
            "Anh/Chị có thể mở lại sổ, có nêu lý do."
        )
        open_ones = (
            [step.title for step in view.steps if step.missing and step.id != "closing"]
            if view is not None
            else []
        )
        if open_ones:
            words += f"\n\nCòn bỏ ngỏ: {', '.join(open_ones)}."
        return words

    def close_year(self) -> Done:
        """ "Khóa sổ"."""
        from app.operations.workspace.years import close_year

        return self._session.act(close_year)

    def reopen_year(self, reason: str) -> Done:
        """Opens a closed year again."""
        from app.operations.workspace.years import reopen_year

        return self._session.act(lambda desk: reopen_year(desk, reason))
