"""How many activities of the year there are, held against the number that a duty asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.conference import Activity
from app.domain.snapshot import Unit
from app.rules.pack import Duty

KIND_WORDS: Final[dict[str, str]] = {
    "movement": "phong trào thi đua",
    "joint_activity": "hoạt động chung",
    "exemplar": "điển hình tiên tiến",
    "inspection": "kiểm tra, giám sát",
    "other": "hoạt động khác",
}


@dataclass(frozen=True, slots=True)
class ActivityCount:
    """How many activities there are of those that a duty asks for."""

    kind: str
    there: tuple[Activity, ...]
    at_least: int
    at_most: int | None = None
    chosen: bool = False

    @property
    def met(self) -> bool:
        """Whether there are enough, and not too many."""
        enough = len(self.there) >= self.at_least
        return enough and (self.at_most is None or len(self.there) <= self.at_most)

    @property
    def on(self) -> dt.date | None:
        """The day on which there were enough, where the days are known."""
        days = sorted(a.date for a in self.there if a.date is not None)
        return days[self.at_least - 1] if len(days) >= self.at_least else None

    @property
    def words(self) -> str:
        """The number held against the rule: "0 phong trào thi đua, cần ít nhất 1"."""
        what = KIND_WORDS[self.kind] + (" được chọn báo cáo" if self.chosen else "")
        if self.at_most is None:
            asked = f"cần ít nhất {self.at_least}"
        elif self.at_most == self.at_least:
            asked = f"cần {self.at_least}"
        else:
            asked = f"cần từ {self.at_least} đến {self.at_most}"
        return f"có {len(self.there)} {what}, {asked}"


def activity_count(
    duty: Duty, activities: Sequence[Activity], unit: Unit | None, cluster: str | None
) -> ActivityCount | None:
    """What is counted for a duty of a unit, or of a cluster; ``None`` where nothing is asked.

    Movements and joint activities of a cluster are those noted for it as a whole; an exemplar of
    a unit is one of its cluster too.
    """
    asked = duty.counts
    if asked is None:
        return None
    found = [
        a
        for a in activities
        if a.kind == asked.kind
        and (a.chosen_to_report or not asked.chosen)
        and _belongs(a, asked.kind, unit, cluster)
    ]
    return ActivityCount(asked.kind, tuple(found), asked.at_least, asked.at_most, asked.chosen)


def _belongs(activity: Activity, kind: str, unit: Unit | None, cluster: str | None) -> bool:
    if unit is not None:
        return activity.unit == unit.id
    if kind != "exemplar" and activity.unit is not None:
        return False
    return activity.cluster == cluster
