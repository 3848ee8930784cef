"""Thresholds and classes that nobody can reach."""

from __future__ import annotations

from fractions import Fraction

from app.ground.findings import Findings
from app.ground.numbers import vietnamese
from app.rules.awards import PercentPlaces, QuotaPlaces, RankPlaces
from app.rules.base import Range
from app.rules.checks.context import PackUnderCheck
from app.rules.checks.frame import bonus_is_bounded, own_maxima
from app.rules.condition import When


def thresholds(subject: PackUnderCheck, findings: Findings) -> None:
    """No condition asks for more points than a unit, or a section, can reach."""
    tops = own_maxima(subject)
    most = max(tops.values(), default=None)
    if not bonus_is_bounded(subject.rules.bonus):
        most = None
    for place, when in subject.conditions():
        for test in when.walk():
            if test.total is not None and most is not None and most > 0:
                _above(subject, findings, place, test.total, most, "tổng điểm")
            if test.points is not None:
                row = subject.rows.get(test.points.of)
                top = subject.maximum(row) if row is not None else None
                if top is not None:
                    _above(subject, findings, place, test.points, top, f"mục {test.points.of}")
            for percent in (test.percent, test.share, test.every_share):
                if percent is not None:
                    _above(subject, findings, place, percent, Fraction(100), "tỷ lệ phần trăm")


def _above(
    subject: PackUnderCheck,
    findings: Findings,
    place: str,
    asked: Range,
    most: Fraction,
    what: str,
) -> None:
    low = asked.low
    if low is not None and (low[0] > most or (low[0] == most and not low[1])):
        findings.error(
            "threshold_unreachable",
            subject.place(place),
            f"Điều kiện {what} {asked.words()} cao hơn mức đạt được nhiều nhất {vietnamese(most)}.",
            "Sửa ngưỡng hoặc khung điểm.",
        )


def places(subject: PackUnderCheck, findings: Findings) -> None:
    """Each size of cluster is named once among the rewarded ranks (A14); bounds fit together."""
    for award in subject.rules.awards:
        if isinstance(award.places, PercentPlaces | QuotaPlaces):
            least, most = award.places.least, award.places.most
            if least is not None and most is not None and least > most:
                findings.error(
                    "places_unclear",
                    subject.place(f"awards {award.id}"),
                    f"Số được khen ít nhất {least} lớn hơn số nhiều nhất {most}.",
                    "Ghi least không lớn hơn most.",
                )
        if not isinstance(award.places, RankPlaces):
            continue
        for size in range(1, 200):
            rows = [r for r in award.places.by_size if r.size.holds(Fraction(size))]
            if len(rows) != 1:
                word = "không có dòng nào" if not rows else f"có {len(rows)} dòng"
                findings.error(
                    "places_unclear",
                    subject.place(f"awards {award.id}"),
                    f"Cụm, khối có {size} đơn vị: {word} quy định thứ hạng được khen.",
                    "Sửa các khoảng size để mỗi quy mô có đúng một dòng.",
                )
                break
        for row in award.places.by_size:
            if row.last < row.first:
                findings.error(
                    "places_unclear",
                    subject.place(f"awards {award.id}"),
                    f"Thứ hạng cuối {row.last} đứng trước thứ hạng đầu {row.first}.",
                    "Ghi last không nhỏ hơn first.",
                )


def classes(subject: PackUnderCheck, findings: Findings) -> None:
    """Each class can be given: no class before it takes everything that would reach it."""
    taken: list[tuple[str, str, Range]] = []
    for rule in subject.rules.classes:
        for kind, own in _ranges(rule.when):
            for title, other_kind, before in taken:
                if kind == other_kind and _covers(before, own):
                    findings.error(
                        "class_unreachable",
                        subject.place(f"classes {rule.id}"),
                        f"Không đơn vị nào xếp được “{rule.title}” vì “{title}” đứng trước đã nhận "
                        "hết.",
                        "Xếp các mức từ cao xuống thấp.",
                    )
        (key,) = rule.when.given
        if key in ("total", "percent"):
            taken += [(rule.title, kind, own) for kind, own in _ranges(rule.when)]


def _ranges(when: When) -> list[tuple[str, Range]]:
    """The ranges of total or percent that a condition certainly asks for."""
    tests = when.all or (when,)
    found: list[tuple[str, Range]] = []
    for test in tests:
        if test.total is not None and test.total.of == "all":
            found.append(("total", test.total))
        if test.percent is not None:
            found.append(("percent", test.percent))
    return found


def _covers(outer: Range, inner: Range) -> bool:
    """Whether every value of ``inner`` lies in ``outer``."""
    if outer.low is not None:
        if inner.low is None or inner.low[0] < outer.low[0]:
            return False
        if inner.low[0] == outer.low[0] and inner.low[1] and not outer.low[1]:
            return False
    if outer.high is not None:
        if inner.high is None or inner.high[0] > outer.high[0]:
            return False
        if inner.high[0] == outer.high[0] and inner.high[1] and not outer.high[1]:
            return False
    return True
