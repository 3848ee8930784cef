"""How a criterion is scored, in words that a unit can score itself by.

One sentence or a short list for each way of scoring, with the numbers of the pack. What the pack
leaves open is not said here: papers list the open choices apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from app.ground.numbers import vietnamese
from app.reports.choices import choice_words
from app.rules.base import is_open
from app.rules.items import DirectPoints, EachOver, Item, PercentOfTotal, PerCount
from app.rules.methods.banded import Bands, Threshold
from app.rules.methods.base import MethodModel
from app.rules.methods.comparative import BestOfGroup, RankTable, VersusAverage, VersusLeader
from app.rules.methods.measure import MeasuredMethod
from app.rules.methods.proportional import (
    AgainstBase,
    LatenessDecay,
    OverPlan,
    Proportional,
    Ratios,
    Rescaled,
    TaskRatio,
)
from app.rules.methods.single import (
    Achievements,
    Checklist,
    ChecklistPart,
    CountPoints,
    Deduct,
    DeductItem,
    Direct,
    Judged,
    Levels,
    YesNo,
)

FULL: Final = "điểm tối đa"
_MEASURES: Final = {
    ("value", "higher"): "giá trị đạt được",
    ("value", "lower"): "giá trị đạt được (càng thấp càng tốt)",
    ("plan_percent", "higher"): "tỷ lệ thực hiện so với kế hoạch",
    ("plan_percent", "lower"): "tỷ lệ kế hoạch so với thực hiện",
    ("ratio_percent", "higher"): "tỷ lệ đạt trên tổng số",
    ("ratio_percent", "lower"): "tỷ lệ trên tổng số (càng thấp càng tốt)",
    ("change_percent", "higher"): "tỷ lệ tăng so với kỳ gốc",
    ("change_percent", "lower"): "tỷ lệ giảm so với kỳ gốc",
    ("difference", "higher"): "mức tăng so với kỳ gốc",
    ("difference", "lower"): "mức giảm so với kỳ gốc",
    ("days_late", "higher"): "số ngày chậm",
    ("days_late", "lower"): "số ngày chậm",
    ("average_percent", "higher"): "tỷ lệ so với bình quân các đơn vị",
    ("average_percent", "lower"): "tỷ lệ bình quân các đơn vị so với giá trị đạt được",
    ("best_percent", "higher"): "tỷ lệ so với đơn vị cao nhất",
    ("best_percent", "lower"): "tỷ lệ đơn vị thấp nhất so với giá trị đạt được",
}
_BASES: Final = {
    "plan_percent": "Kế hoạch",
    "ratio_percent": "Tổng số",
    "change_percent": "Kỳ gốc",
    "average_percent": "Bình quân các đơn vị",
    "best_percent": "Giá trị tốt nhất",
}


def number(value: Decimal | Fraction) -> str:
    """A number of a pack as it is printed: 2,5."""
    return vietnamese(Fraction(value))


def method_words(method: MethodModel) -> tuple[str, ...]:
    """The lines that say how points come about: a sentence, or a head with its list."""
    lines = tuple(_lines(method))
    return (*lines, *_base(method)) if isinstance(method, MeasuredMethod) else lines


def _lines(method: MethodModel) -> Iterator[str]:
    match method:
        case Direct():
            yield "Người chấm ghi điểm trực tiếp, từ 0 đến điểm tối đa."
        case Checklist():
            yield from _listed("Cộng điểm các phần đạt", _parts(method.parts))
        case YesNo():
            yes = FULL if method.yes is None else _points(method.yes)
            asked = method.question or "Kết quả thực hiện"
            yield f"{asked}: có được {yes}; không được {_points(method.no)}."
        case Levels():
            yield from _listed("Theo mức đánh giá", _levels(method))
        case CountPoints():
            items = (
                f"{item.title}: {_points(item.points)} cho mỗi trường hợp{_at_most(item.max)}"
                for item in method.items
            )
            yield from _listed("Tính theo số lượng, không quá điểm tối đa", items)
        case Achievements():
            yield from _listed("Chỉ tính thành tích có điểm cao nhất", _parts(method.items))
        case Deduct():
            yield from _listed("Trừ dần từ điểm tối đa, không dưới 0", map(_taken, method.items))
        case Judged():
            yield _judged(method)
        case Ratios():
            parts = (f"{p.title}: {_points(p.points)} × số đạt / tổng số" for p in method.parts)
            yield from _listed("Cộng điểm các phần tính theo tỷ lệ", parts)
        case TaskRatio():
            yield (
                "(n × i)/N: số nhiệm vụ hoàn thành (n) × điểm tối đa (i) / số nhiệm vụ được giao "
                "(N)."
            )
            if not is_open(method.none_assigned):
                yield f"Không được giao nhiệm vụ nào: {choice_words(method.none_assigned)}."
        case Rescaled():
            scale = "thang điểm gốc" if method.scale is None else f"thang {number(method.scale)}"
            yield f"Quy đổi: điểm tối đa × điểm được cơ quan khác đánh giá / {scale}."
        case MeasuredMethod():
            yield from _measured(method)


def _measured(method: MeasuredMethod) -> Iterator[str]:
    what, unit = measure(method), _unit(method)
    match method:
        case Bands():
            yield from _listed(f"Theo {what}", _bands(method, unit))
            if not is_open(method.outside):
                yield f"Ngoài các khoảng trên: {choice_words(method.outside)}."
        case Threshold():
            reached = FULL if method.points is None else _points(method.points)
            yield (
                f"{_capital(what)} {method.threshold.words(unit)}: được {reached}; còn lại được "
                f"{_points(method.otherwise)}."
            )
        case Proportional():
            yield f"Điểm tối đa × {what}, tính đến {number(method.cap)} %."
            if method.nothing_below:
                yield f"Dưới {number(method.nothing_below)} %: 0 điểm."
        case OverPlan():
            whole = ", chỉ tính phần trăm trọn" if method.whole else ""
            yield (
                f"Cứ vượt {number(method.per)} % kế hoạch được {_points(method.points)}{whole}, "
                "không quá điểm tối đa."
            )
        case AgainstBase():
            step = f"{number(method.step)}{unit}"
            whole = " Chỉ tính bậc trọn." if method.whole_steps else ""
            yield (
                f"Theo {what}: không đổi được {_points(method.start)}; cứ tăng {step} cộng "
                f"{_points(method.up)}, cứ giảm {step} trừ {_points(method.down)}; từ "
                f"{number(method.floor)} điểm đến điểm tối đa.{whole}"
            )
        case LatenessDecay():
            yield (
                f"Đúng hạn được điểm tối đa; chậm mỗi ngày trừ {_points(method.per_day)}, không "
                f"dưới {_points(method.floor)}."
            )
        case RankTable():
            yield from _ranks(method, what)
        case VersusAverage():
            above = FULL if method.above is None else _points(method.above)
            equal = FULL if method.equal is None else _points(method.equal)
            below = (
                "điểm tối đa × giá trị / bình quân"
                if method.below is None
                else _points(method.below)
            )
            yield (
                f"So {what} với bình quân các đơn vị: trên bình quân được {above}; bằng bình quân "
                f"được {equal}; dưới bình quân được {below}."
            )
        case VersusLeader():
            yield from _leader(method, what)
        case BestOfGroup():
            yield (
                f"Đơn vị có {what} tốt nhất được điểm tối đa; các đơn vị khác được "
                f"{_points(method.others)}."
            )


def measure(method: MeasuredMethod) -> str:
    """The quantity that a method looks at."""
    return _MEASURES[method.input, method.direction]


def _unit(method: MeasuredMethod) -> str:
    if method.input.endswith("percent"):
        return " %"
    return " ngày" if method.input == "days_late" else ""


def _base(method: MeasuredMethod) -> Iterator[str]:
    """What happens where there is nothing to divide by, where the pack says it."""
    base = _BASES.get(method.input)
    if base is not None and not is_open(method.zero_base):
        yield f"{base} bằng 0: {choice_words(method.zero_base)}."


def _ranks(method: RankTable, what: str) -> Iterator[str]:
    by = "thứ hạng đã công bố" if method.ranked else f"thứ hạng về {what} giữa các đơn vị"
    ranks = ", ".join(f"hạng {n}: {number(p)}" for n, p in enumerate(method.table, start=1))
    yield f"Theo {by}, điểm từng hạng như sau: {ranks}."
    if not is_open(method.equal) and not method.ranked:
        yield f"Bằng nhau: {choice_words(method.equal)}."
    if not is_open(method.beyond):
        yield f"Hạng ngoài bảng: {choice_words(method.beyond)}."


def _leader(method: VersusLeader, what: str) -> Iterator[str]:
    match method.scale:
        case "from_zero":
            yield f"Điểm tối đa × {what} / {what} của đơn vị dẫn đầu."
        case "from_worst":
            yield (
                f"Đơn vị dẫn đầu về {what} được điểm tối đa, đơn vị thấp nhất được "
                f"{_points(method.low)}; đơn vị khác tính theo khoảng cách giữa hai mức."
            )
        case "from_target":
            target = FULL if method.at_target is None else _points(method.at_target)
            yield (
                f"Đạt đúng 100 % được {target}; đơn vị vượt cao nhất được điểm tối đa, ở giữa tính "
                "theo khoảng cách; dưới 100 % tính theo tỷ lệ đạt."
            )
    if method.no_target is not None:
        apart = "" if method.no_target_scale == "flat" else ", so riêng với nhau"
        yield (f"Đơn vị không được giao chỉ tiêu: {number(method.no_target)} % điểm tối đa{apart}.")


def _levels(method: Levels) -> Iterator[str]:
    for level in method.levels:
        also = f" (hoặc {', '.join(level.also)})" if level.also else ""
        worth = _worth(level.points, level.percent)
        yield f"mức {level.name}{also}: {worth}{_bars(level.bars)}"


def _bands(method: Bands, unit: str) -> Iterator[str]:
    for band in method.bands:
        title = f" ({band.title})" if band.title else ""
        worth = _worth(band.points, band.percent)
        yield f"{band.words(unit)}{title}: {worth}{_bars(band.bars)}"


def _bars(bars: bool) -> str:
    return ", đơn vị không được xét" if bars else ""


def _taken(item: DeductItem) -> str:
    if item.loses_all:
        return f"{item.title}: mất toàn bộ điểm của tiêu chí"
    return f"{item.title}: trừ {_worth(item.points, item.percent)} mỗi lần{_at_most(item.max)}"


def _judged(method: Judged) -> str:
    span = method.range.words()
    if method.deducts:
        return f"Điểm tối đa trừ số điểm do người chấm cân nhắc ({span})."
    return f"Người chấm cân nhắc số điểm {span}."


def _parts(parts: Iterable[ChecklistPart]) -> Iterator[str]:
    return (f"{part.title}: {_points(part.points)}" for part in parts)


def _worth(points: Decimal | None, percent: Decimal | None) -> str:
    if points is not None:
        return _points(points)
    return f"{number(percent)} % điểm tối đa" if percent else "0 điểm"


def _points(value: Decimal | Fraction) -> str:
    return f"{number(value)} điểm"


def _at_most(value: Decimal | None) -> str:
    return "" if value is None else f", không quá {_points(value)}"


def _listed(head: str, items: Iterable[str]) -> Iterator[str]:
    """A head with its list, each item on a line of its own."""
    listed = tuple(items)
    yield f"{head}:"
    for place, item in enumerate(listed, start=1):
        yield f"- {item}{'.' if place == len(listed) else ';'}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def worth_words(item: Item) -> str:
    """What a ground for bonus or deduction points is worth, as the end of a sentence."""
    most = _at_most(item.max)
    worth = item.worth
    match worth:
        case EachOver():
            whole = ", chỉ tính phần trăm trọn" if worth.whole else ""
            share = (
                ""
                if worth.share_of_max is None
                else f", không quá {number(worth.share_of_max)} % điểm tối đa của tiêu chí đó"
            )
            return (
                f"cứ vượt {number(worth.per)} % kế hoạch của một tiêu chí được "
                f"{_points(worth.points)}{whole}{share}"
                + (f"; tổng cộng{most[1:]}" if most else "")
            )
        case PerCount():
            return f"{_points(worth.points)} cho mỗi trường hợp{most}"
        case DirectPoints():
            span = "" if worth.range is None else f", {worth.range.words()}"
            return f"người chấm ghi số điểm{span}{most}"
        case PercentOfTotal():
            return f"{number(worth.percent)} % tổng điểm trước khi trừ cho mỗi trường hợp{most}"
    lines = method_words(worth.method)
    return f"{' '.join(lines).rstrip('.')}{most}"
