"""Units that change: renamed, moved, merged, split, leaving; what follows is said before.

Without Qt. ``Changes`` says in words what a change will do with scores, and does it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from app.domain.snapshot import Unit
from app.ground.text import dictionary_key
from app.operations.workspace.desk import Done
from app.operations.workspace.members import leave_unit, remove_unit, rename_unit
from app.operations.workspace.successions import merge_units, move_unit, split_unit
from app.persistence import books
from app.persistence.books import Book
from ui.flows.unit_names import read_units
from ui.pages.units.acts import UnitActs
from ui.session import Session

_HELD: Final[tuple[tuple[Book[Any], str], ...]] = (
    (books.ENTRIES, "ô điểm"),
    (books.OWN_CRITERIA, "tiêu chí tự đăng ký"),
    (books.REGISTRATIONS, "đăng ký, giao ước"),
    (books.TARGETS, "chỉ tiêu"),
    (books.EVIDENCE_LINKS, "dẫn chiếu minh chứng"),
    (books.BONUS, "mục điểm thưởng"),
    (books.DEDUCTIONS, "mục điểm trừ"),
    (books.STANDING, "trường hợp không xét, chưa xét"),
)
_ONE_DAY: Final = dt.timedelta(days=1)
NEW: Final = ""
"""The choice of a new unit, where units merge."""


class Changes:
    """The changes of one unit of the open year."""

    def __init__(self, session: Session, acts: UnitActs, unit: str) -> None:
        self._session = session
        self._acts = acts
        self.unit: Unit = session.units[unit]

    # ------------------------------------------------------------- what hangs on it

    def holdings(self, unit: str | None = None) -> str:
        """What a unit has in this year, counted: "176 ô điểm, 3 chỉ tiêu"; empty for nothing."""
        desk, wanted = self._session.desk, unit or self.unit.id
        counted = (
            (sum(row.unit == wanted for row in desk.workspace.read(book, desk.period)), words)
            for book, words in _HELD
        )
        return ", ".join(f"{count} {words}" for count, words in counted if count)

    def others(self) -> tuple[tuple[str, str], ...]:
        """The other units that take part, by name."""
        units = [u for u in self._session.units.values() if u.left is None and u is not self.unit]
        listed = sorted(units, key=lambda u: dictionary_key(u.name))
        return tuple((u.id, u.name) for u in listed if u.id != self.unit.id)

    def other_clusters(self) -> tuple[tuple[str, str], ...]:
        """The clusters to which the unit can move."""
        there = self._session.desk.clusters.values()
        return tuple((c.id, c.name) for c in there if c.id != self.unit.cluster)

    # ------------------------------------------------------------- in words, before it is done

    def leaving_words(self, on: dt.date | None) -> str:
        """What leaving does."""
        day = f"từ {on:%d/%m/%Y}" if on is not None else "từ ngày được ghi"
        held = self.holdings()
        kept = f" Những gì đã ghi ({held}) được giữ nguyên để xem lại." if held else ""
        return (
            f"{self.unit.name} thôi tham gia {day}: không phải nộp điểm nữa và không được tính "
            f"vào số đơn vị phải xếp hạng.{kept}"
        )

    def moving_words(self, cluster: str | None, on: dt.date | None, *, follow: bool) -> str:
        """What moving to another cluster does."""
        there = self._session.desk.clusters
        name = there[cluster].name if cluster in there else "cụm, khối mới"
        first = f"{on:%d/%m/%Y}" if on is not None else "ngày được ghi"
        last = f"{on - _ONE_DAY:%d/%m/%Y}" if on is not None else "ngày hôm trước"
        old = there[self.unit.cluster].name if self.unit.cluster in there else "cụm, khối cũ"
        return (
            f"{self.unit.name} ở {old} đến hết {last} và tham gia {name} từ {first}. "
            f"{self._follow_words(self.unit.id, name, follow=follow)}"
        )

    def merging_words(self, units: Sequence[str], name: str, follow: str | None) -> str:
        """What merging does."""
        names = [self._session.units[unit].name for unit in units]
        lead = f"{', '.join(names)} thôi tham gia; {name or 'đơn vị mới'} tiếp nối."
        if follow is None:
            return f"{lead} Điểm cũ được lưu trữ; {name or 'đơn vị mới'} được chấm từ đầu."
        return f"{lead} {self._follow_words(follow, name or 'đơn vị mới', follow=True)}"

    def splitting_words(self, text: str, follow: str | None) -> str:
        """What splitting does."""
        names = [unit.name for unit in read_units(text)]
        if len(names) < 2:
            return "Ghi tên từ hai đơn vị mới trở lên, mỗi dòng một đơn vị."
        lead = f"{self.unit.name} thôi tham gia; thay bằng {', '.join(names)}."
        if follow is None or follow not in names:
            return f"{lead} Điểm cũ được lưu trữ; các đơn vị mới được chấm từ đầu."
        return f"{lead} {self._follow_words(self.unit.id, follow, follow=True)}"

    def _follow_words(self, unit: str, where: str, *, follow: bool) -> str:
        held = self.holdings(unit)
        if not held:
            return "Đơn vị chưa có điểm hay giấy tờ nào phải chuyển."
        if follow:
            return f"Những gì đã ghi ({held}) được chép theo sang {where}; bản cũ vẫn được lưu trữ."
        return f"Những gì đã ghi ({held}) được lưu trữ; ở {where} được chấm từ đầu."

    # ------------------------------------------------------------- doing it

    def rename(self, name: str) -> Done:
        """Gives the unit another name in this year."""
        return self._session.act(lambda desk: rename_unit(desk, self.unit.id, name))

    def leave(self, on: dt.date) -> Done:
        """The unit leaves on a day."""
        return self._session.act(lambda desk: leave_unit(desk, self.unit.id, on))

    def move(self, cluster: str, on: dt.date, *, follow: bool) -> Done:
        """The unit goes to another cluster."""
        (identifier,) = self._acts.fresh_ids([self.unit.name])
        into = Unit(identifier, self.unit.name, cluster, attributes=self.unit.attributes)
        return self._session.act(
            lambda desk: move_unit(desk, self.unit.id, into, on, follow=follow)
        )

    def merge(self, other: str, into: str, name: str, on: dt.date, follow: str | None) -> Done:
        """The unit merges with another: into that one, into this one, or into a new one."""
        if into == NEW:
            (identifier,) = self._acts.fresh_ids([name])
            target = Unit(identifier, name, self.unit.cluster)
        else:
            target = self._session.units[into]
        units = [unit for unit in (self.unit.id, other) if unit != target.id]
        kept = follow if follow in units else None
        return self._session.act(lambda desk: merge_units(desk, units, target, on, follow=kept))

    def split(self, text: str, on: dt.date, follow: str | None) -> Done:
        """The unit splits into those of a list."""
        names = [unit.name for unit in read_units(text)]
        ids = self._acts.fresh_ids(names)
        parts = [Unit(i, n, self.unit.cluster) for i, n in zip(ids, names, strict=True)]
        heir = next((part.id for part in parts if part.name == follow), None)
        return self._session.act(
            lambda desk: split_unit(desk, self.unit.id, parts, on, follow=heir)
        )

    def remove(self) -> Done:
        """Takes a unit out that was added by mistake."""
        return self._session.act(lambda desk: remove_unit(desk, self.unit.id))
