"""What the department sets for a year: last days, quotas of the whole province, the flag's base.

All of it lies in the department's own workspace and enters its journal. A quota of the province is
kept as the quota of an award without a cluster; the last day for sending a result is a deadline
like others, for one cluster or for all.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from app.domain.snapshot import Quota
from app.domain.year import Deadline, Setting
from app.operations.province.folder import ProvinceDesk
from app.operations.workspace.desk import Done, cluster_of, done, open_year_of, refusal
from app.persistence import books
from app.rules.awards import Award
from app.scoring.province import FlagRule, Province, flag_rule

SENDING: Final = "gui_tham_dinh"
SENDING_TITLE: Final = "Gửi kết quả thẩm định"
_FLAG_BASE: Final = "province.flag_base."


def set_last_day(province: ProvinceDesk, due: dt.date, cluster: str | None = None) -> Done:
    """Sets the last day for sending the result, for a cluster or for all without a day of theirs.

    The day counts to its end. Raises ``UserError`` for a cluster that is not listed.
    """
    desk = province.desk
    open_year_of(desk)
    who = "các cụm, khối" if cluster is None else cluster_of(desk, cluster).name
    title = f"Đặt hạn {who} gửi kết quả thẩm định: hết ngày {due:%d/%m/%Y}"
    with desk.act("deadline.set", title) as change:
        changed = change.put(books.DEADLINES, Deadline(SENDING, due, SENDING_TITLE, cluster))
    return done(change, changed)


def last_days(province: ProvinceDesk) -> dict[str, dt.date | None]:
    """The last day for each cluster: its own, else that of all, else none."""
    days = {
        one.cluster: one.due
        for one in province.desk.workspace.read(books.DEADLINES, province.desk.period)
        if one.duty == SENDING
    }
    return {cluster.id: days.get(cluster.id, days.get(None)) for cluster in province.clusters}


def set_quota(province: ProvinceDesk, award: Award, count: int | None) -> Done:
    """Sets how many of an award the whole province may have; ``None`` takes the number back."""
    desk = province.desk
    open_year_of(desk)
    if count is not None and count < 0:
        raise refusal(
            "facts_negative", award.title, "Chỉ tiêu không thể là số âm.", "Ghi số từ 0 trở lên."
        )
    words = "bỏ trống" if count is None else str(count)
    with desk.act("quota.set", f"Đặt chỉ tiêu toàn tỉnh “{award.title}”: {words}") as change:
        changed = (
            int(change.remove(books.QUOTAS, award.id, None))
            if count is None
            else change.put(books.QUOTAS, Quota(award.id, count))
        )
    return done(change, changed)


def quotas(province: ProvinceDesk) -> dict[str, int]:
    """The numbers that were set for the whole province, by award."""
    kept = province.desk.workspace.read(books.QUOTAS, province.desk.period)
    return {one.award: one.count for one in kept if one.cluster is None and one.count is not None}


def set_flag_base(province: ProvinceDesk, base: int | None, reason: str = "") -> Done:
    """Sets of how many units the share for the Government's flag is taken; ``None``: as counted.

    The text says "không quá 20 %" of those proposed for the province's flag; the department may
    fix another number by its instruction of the year, which ``reason`` names.
    """
    desk = province.desk
    open_year_of(desk)
    if base is not None and base < 0:
        raise refusal(
            "facts_negative",
            "Cơ số tính Cờ thi đua của Chính phủ",
            "Cơ số không thể là số âm.",
            "Ghi số từ 0 trở lên.",
        )
    words = "theo số được đề nghị" if base is None else f"{base} đơn vị"
    words += f", lý do: {reason.strip()}" if reason.strip() else ""
    key = _FLAG_BASE + desk.period
    with desk.act("setting.changed", f"Đặt cơ số tính Cờ thi đua của Chính phủ: {words}") as change:
        changed = (
            int(change.remove(books.SETTINGS, key))
            if base is None
            else change.put(books.SETTINGS, Setting(key, str(base)))
        )
    return done(change, changed)


def flag_base(province: ProvinceDesk) -> int | None:
    """The base that was set."""
    kept = province.desk.workspace.one(books.SETTINGS, _FLAG_BASE + province.desk.period)
    return int(kept.value) if kept is not None else None


def flag_rule_of(province: ProvinceDesk, clusters: Province) -> tuple[str, FlagRule] | None:
    """The flag with its rule as the tables say it, under the base that the department set."""
    stated = flag_rule(clusters)
    if stated is None:
        return None
    flag, rule = stated
    return flag, replace(rule, base=flag_base(province))
