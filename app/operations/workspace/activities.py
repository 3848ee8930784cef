"""Movements, joint activities, exemplars and inspections of the year.

An activity belongs to a unit, or to a whole cluster. Some rules ask for a number of them ("ít nhất
01 phong trào thi đua chung"); ``app.scoring.duty_counts`` holds what stands here against it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, Literal

from app.domain.conference import Activity
from app.ground.findings import Findings
from app.operations.workspace.desk import (
    Desk,
    Done,
    cluster_of,
    done,
    open_year_of,
    refusal,
    unit_of,
)
from app.persistence import books
from app.scoring.duty_counts import KIND_WORDS

Kind = Literal["movement", "joint_activity", "exemplar", "inspection", "other"]


def listed_activities(desk: Desk) -> tuple[Activity, ...]:
    """The year's activities, by day; those without a day last."""
    rows = desk.workspace.read(books.ACTIVITIES, desk.period)
    return tuple(sorted(rows, key=lambda a: (a.date is None, a.date or dt.date.max)))


def note_activity(
    desk: Desk,
    kind: Kind,
    title: str,
    *,
    unit: str | None = None,
    cluster: str | None = None,
    on: dt.date | None = None,
    document: str = "",
    note: str = "",
    chosen_to_report: bool = False,
) -> tuple[Activity, Done]:
    """Notes an activity of a unit, or of a cluster as a whole; its id is given here.

    Raises ``UserError`` where it is not clear whose it is.
    """
    open_year_of(desk)
    known = [a.id for a in desk.workspace.read(books.ACTIVITIES, desk.period)]
    used = [int(i[2:]) for i in known if i[:2] == "hd" and i[2:].isdecimal()]
    fresh = Activity(
        f"hd{max(used, default=0) + 1}",
        kind,
        title.strip(),
        unit,
        cluster,
        on,
        document.strip(),
        note.strip(),
        chosen_to_report,
    )
    return _put(desk, "activity.noted", "Ghi", fresh)


def change_activity(desk: Desk, activity: str, **changes: Any) -> tuple[Activity, Done]:
    """Corrects an activity: the fields of the noun by name; raises ``UserError``."""
    open_year_of(desk)
    there = activity_of(desk, activity)
    if "unit" in changes and "cluster" not in changes:
        there = replace(there, cluster=None)
    return _put(desk, "activity.changed", "Sửa", replace(there, **changes))


def remove_activity(desk: Desk, activity: str) -> Done:
    """Takes an activity out that was noted by mistake."""
    open_year_of(desk)
    there = activity_of(desk, activity)
    with desk.act("activity.removed", f"Bỏ {KIND_WORDS[there.kind]} “{there.title}”") as change:
        changed = int(change.remove(books.ACTIVITIES, activity))
    return done(change, changed)


def activity_of(desk: Desk, activity: str) -> Activity:
    """The activity with this id; raises ``UserError`` with those that there are."""
    found = desk.workspace.one(books.ACTIVITIES, activity, period=desk.period)
    if found is not None:
        return found
    known = ", ".join(a.id for a in desk.workspace.read(books.ACTIVITIES, desk.period))
    raise refusal(
        "activity_unknown",
        f"Năm {desk.period}",
        f"Không có hoạt động “{activity[:80]}”.",
        f"Các hoạt động: {known or 'chưa có'}.",
    )


def _put(desk: Desk, kind: str, verb: str, wanted: Activity) -> tuple[Activity, Done]:
    fresh = _checked(desk, wanted)
    findings = Findings()
    year = desk.year
    if fresh.date is not None and not year.start <= fresh.date <= year.end:
        findings.warning(
            "day_outside_year",
            fresh.title,
            f"Ngày {fresh.date:%d/%m/%Y} nằm ngoài năm thi đua.",
            "Kiểm tra lại ngày, hoặc ghi vào đúng năm.",
        )
    title = f"{verb} {KIND_WORDS[fresh.kind]} “{fresh.title}”"
    with desk.act(kind, title) as change:
        changed = change.put(books.ACTIVITIES, fresh)
    return fresh, done(change, changed, findings)


def _checked(desk: Desk, wanted: Activity) -> Activity:
    """The activity with its cluster; raises ``UserError`` where it cannot be kept."""
    if wanted.kind not in KIND_WORDS:
        raise refusal(
            "activity_kind",
            "Hoạt động",
            f"Không có loại hoạt động “{str(wanted.kind)[:40]}”.",
            f"Chọn một trong: {', '.join(KIND_WORDS)}.",
        )
    if not wanted.title.strip():
        raise refusal(
            "activity_title", "Hoạt động", "Chưa ghi tên hoạt động.", "Ghi tên ngắn gọn, dễ nhớ."
        )
    if wanted.chosen_to_report and wanted.kind != "exemplar":
        raise refusal(
            "activity_chosen",
            wanted.title,
            "Chỉ điển hình tiên tiến mới được chọn báo cáo tại hội nghị.",
            "Ghi loại exemplar, hoặc bỏ đánh dấu được chọn báo cáo.",
        )
    if wanted.unit is not None:
        unit = unit_of(desk, wanted.unit)
        if wanted.cluster not in (None, unit.cluster):
            raise refusal(
                "activity_cluster",
                wanted.title,
                f"{unit.name} không thuộc cụm, khối “{wanted.cluster}”.",
                "Ghi đơn vị, hoặc cụm, khối; không ghi hai nơi khác nhau.",
            )
        return replace(wanted, cluster=unit.cluster)
    if wanted.cluster is not None:
        return replace(wanted, cluster=cluster_of(desk, wanted.cluster).id)
    clusters = desk.clusters
    if len(clusters) == 1:
        return replace(wanted, cluster=next(iter(clusters)))
    raise refusal(
        "activity_cluster",
        wanted.title,
        "Chưa rõ hoạt động của đơn vị nào hay của cụm, khối nào.",
        f"Ghi đơn vị, hoặc một cụm, khối trong: {', '.join(clusters) or 'chưa có'}.",
    )
