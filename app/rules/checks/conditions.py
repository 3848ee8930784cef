"""Tests and ranges that say nothing, or contradict themselves."""

from __future__ import annotations

from app.ground.findings import Findings
from app.rules.awards import RankPlaces
from app.rules.base import Range
from app.rules.checks.context import PackUnderCheck
from app.rules.condition import AttributeTest, LevelTest, When
from app.rules.items import DirectPoints
from app.rules.methods.banded import Bands, Threshold
from app.rules.methods.single import Judged

_SIDES = ("at_most", "at_least", "below", "above")


def says_something(subject: PackUnderCheck, findings: Findings) -> None:
    """Each test names what it asks for."""
    for place, when in subject.conditions():
        for test in when.walk():
            missing = _missing(test)
            if missing:
                findings.error(
                    "test_says_nothing",
                    subject.place(place),
                    f"Phép thử {test.given[0].rstrip('_')} chưa nêu {missing}.",
                    "Bổ sung theo tài liệu định dạng.",
                )


def _missing(test: When) -> str:
    if test.targets_met is not None:
        one = test.targets_met.count is not None or test.targets_met.percent is not None
        return "" if one else "count hoặc percent"
    if test.level is not None:
        return _of_level(test.level, bool(test.level.is_))
    if test.attribute is not None:
        named = test.attribute.is_ is not None or test.attribute.range is not None
        return _of_level(test.attribute, named)
    if test.class_ is not None:
        by = test.class_.is_ or test.class_.at_least or test.class_.at_most
        return "" if by else "is, at_least hoặc at_most"
    if test.companion is not None:
        asked = (test.companion.class_, test.companion.total, test.companion.percent)
        said = any(x is not None for x in asked) or test.companion.barred is not None
        return "" if said else "class, total, percent hoặc barred"
    if test.all == () or test.any == () or (test.some is not None and not test.some.of):
        return "điều kiện nào"
    return ""


def _of_level(test: LevelTest | AttributeTest, named: bool) -> str:
    side = any(getattr(test, name) is not None for name in _SIDES)
    if named and not side:
        return ""
    if not side:
        return "is, range, hoặc mức trên một thang (scale với at_most, at_least, below, above)"
    return "" if test.scale is not None else "scale"


def ranges(subject: PackUnderCheck, findings: Findings) -> None:
    """Each range holds some number."""
    for place, found in _ranges(subject):
        if _is_empty(found):
            findings.error(
                "range_empty",
                subject.place(place),
                f"Khoảng “{found.words()}” không chứa số nào.",
                "Sửa hai mép của khoảng.",
            )


def _ranges(subject: PackUnderCheck) -> list[tuple[str, Range]]:
    rules = subject.rules
    found: list[tuple[str, Range]] = []
    for place, when in subject.conditions():
        for test in when.walk():
            tests = (test.total, test.percent, test.points, test.share, test.every_share)
            more = (test.size, test.rank, test.bonus, test.deductions, test.months)
            inner = test.attribute.range if test.attribute is not None else None
            found += [(place, r) for r in (*tests, *more, inner) if r is not None]
    for row in rules.criteria:
        place = f"criteria {row.code}"
        match row.method:
            case Bands(bands=bands):
                found += [(place, band) for band in bands]
            case Threshold(threshold=threshold):
                found.append((place, threshold))
            case Judged(range=allowed):
                found.append((place, allowed))
    for item in (*rules.bonus.items, *rules.deductions.items):
        if isinstance(item.worth, DirectPoints) and item.worth.range is not None:
            found.append((f"items {item.id}", item.worth.range))
    for award in rules.awards:
        if isinstance(award.places, RankPlaces):
            found += [(f"awards {award.id}", r.size) for r in award.places.by_size]
    return found


def _is_empty(found: Range) -> bool:
    if found.eq is not None:
        return any(
            (
                found.ge is not None and found.eq < found.ge,
                found.gt is not None and found.eq <= found.gt,
                found.le is not None and found.eq > found.le,
                found.lt is not None and found.eq >= found.lt,
            )
        )
    low, high = found.low, found.high
    if low is None or high is None:
        return False
    return low[0] > high[0] or (low[0] == high[0] and not (low[1] and high[1]))
