"""The conditions of a pack in words: what an award asks for, when a class is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from app.ground.numbers import vietnamese
from app.rules.base import Range
from app.rules.condition import AttributeTest, ClassTest, CompanionTest, LevelTest, When
from app.rules.pack import RulePack

_TOTALS: Final = {
    "all": "tổng điểm",
    "without_bonus": "tổng điểm chưa kể điểm thưởng",
    "before_deductions": "tổng điểm trước khi trừ điểm",
}
_STATES: Final = {
    "not_done": "không thực hiện",
    "not_assigned": "không được giao",
    "blank": "chưa chấm",
    "scored": "đã chấm",
}


def condition_words(when: When, rules: RulePack) -> str:
    """A condition as a part of a sentence: "tổng điểm từ 900 trở lên"."""
    return _Words(rules).of(when)


class _Words:
    def __init__(self, rules: RulePack) -> None:
        vocabulary = rules.vocabulary
        self._roles = {"leader": vocabulary.leader, "deputy": vocabulary.deputy}
        self._cluster = vocabulary.cluster
        self._rows = {row.code: row.title for row in rules.criteria}
        self._classes = {one.id: one.title for one in rules.classes}
        self._cases = {one.id: one.title for one in rules.standing}
        self._cases |= {one.id: one.title for one in rules.conditions}
        self._items = {one.id: one.title for one in rules.bonus.items}
        self._blocks = {one.id: one.title for one in rules.blocks}

    def of(self, when: When) -> str:
        (name,) = when.given
        test: Any = getattr(when, name)
        many = {"all": " và ", "any": " hoặc "}
        if name in many:
            return many[name].join(self._inner(one) for one in test)
        if isinstance(test, Range) and name in _PLAIN:
            return f"{_PLAIN[name]} {test.words()}"
        return self._tests[name](self, test)

    def _inner(self, when: When) -> str:
        words = self.of(when)
        return f"({words})" if when.given[0] in ("all", "any", "some") else words

    def _some(self, test: Any) -> str:
        parts = "; ".join(self.of(one) for one in test.of)
        return f"có ít nhất {test.count} trong các trường hợp sau: {parts}"

    def _not(self, when: When) -> str:
        return f"không phải trường hợp {self._inner(when)}"

    def _total(self, test: Any) -> str:
        return f"{_TOTALS[test.of]} {test.words()}"

    def _points(self, test: Any) -> str:
        return f"điểm của {self._row(test.of)} {test.words()}"

    def _share(self, test: Any) -> str:
        return f"tỷ lệ điểm đạt của {self._row(test.of)} {test.words(' %')}"

    def _percent(self, test: Any) -> str:
        return f"tỷ lệ tổng điểm trên điểm tối đa của đơn vị {test.words(' %')}"

    def _every_share(self, test: Any) -> str:
        return f"tỷ lệ điểm đạt của mọi tiêu chí{self._within(test.within)} {test.words(' %')}"

    def _no_zero(self, test: Any) -> str:
        return f"không có tiêu chí nào{self._within(test.within)} bị 0 điểm"

    def _targets(self, test: Any) -> str:
        many = (
            f"ít nhất {test.count} tiêu chí"
            if test.count is not None
            else f"ít nhất {vietnamese(Fraction(test.percent or 0))} % số tiêu chí"
        )
        share = vietnamese(Fraction(test.share))
        return f"{many}{self._within(test.within)} đạt từ {share} % trở lên"

    def _level(self, test: LevelTest) -> str:
        whose = self._row(test.of) if test.of else f"một tiêu chí{self._within(test.within)}"
        return f"{whose} được đánh giá {self._levels(test)}"

    def _state(self, test: Any) -> str:
        return f"có tiêu chí{self._within(test.within)} {_STATES[test.is_]}"

    def _barring(self, test: Any) -> str:
        return f"có tiêu chí{self._within(test.within)} ở mức làm đơn vị không được xét"

    def _role(self, role: str) -> str:
        return f"đơn vị là {self._roles.get(role, role)}"

    def _block(self, block: str) -> str:
        return f"thuộc {self._blocks.get(block, block)}"

    def _attribute(self, test: AttributeTest) -> str:
        title = test.title or "thông tin đã ghi của đơn vị"
        if test.range is not None:
            return f"{title}: {test.range.words()}"
        if isinstance(test.is_, bool):
            return f"{title}: {'có' if test.is_ else 'không'}"
        return f"{title}: {self._levels(test)}"

    def _levels(self, test: LevelTest | AttributeTest) -> str:
        named = (test.is_,) if isinstance(test.is_, str) else test.is_
        if named and not isinstance(named, bool):
            return "mức " + " hoặc ".join(named)
        edges = (
            (test.at_most, "từ mức {} trở xuống"),
            (test.at_least, "từ mức {} trở lên"),
            (test.below, "dưới mức {}"),
            (test.above, "trên mức {}"),
        )
        return " và ".join(words.format(level) for level, words in edges if level)

    def _class(self, test: ClassTest) -> str:
        if test.is_:
            return "xếp loại " + " hoặc ".join(self._classes.get(c, c) for c in test.is_)
        edges = ((test.at_least, "từ {} trở lên"), (test.at_most, "từ {} trở xuống"))
        named = (words.format(self._classes.get(c, c)) for c, words in edges if c)
        return "xếp loại " + " và ".join(named)

    def _companion(self, test: CompanionTest) -> str:
        parts = [f"tổng điểm {test.total.words()}"] if test.total else []
        parts += [f"tỷ lệ điểm đạt {test.percent.words(' %')}"] if test.percent else []
        if test.barred is not None:
            parts.append("không được xét" if test.barred else "được xét")
        return "kết quả ở bảng tiêu chí đi kèm: " + (" và ".join(parts) or "theo xếp loại")

    def _bonus(self, test: Any) -> str:
        return f"điểm thưởng “{self._items.get(test.of, test.of)}” {test.words()}"

    def _always(self, _test: Any) -> str:
        return "mọi trường hợp còn lại"

    def _size(self, test: Any) -> str:
        return f"số đơn vị của {self._cluster} {test.words()}"

    def _case(self, name: str) -> str:
        return f"“{self._cases.get(name, name)}”"

    def _row(self, code: str) -> str:
        title = self._rows.get(code)
        return f"mục {code}" + (f" “{title}”" if title else "")

    def _within(self, codes: tuple[str, ...]) -> str:
        return f" ở mục {', '.join(codes)}" if codes else ""

    _tests: Final[Mapping[str, Callable[[_Words, Any], str]]] = {
        "some": _some,
        "not_": _not,
        "total": _total,
        "percent": _percent,
        "points": _points,
        "share": _share,
        "every_share": _every_share,
        "no_zero": _no_zero,
        "targets_met": _targets,
        "level": _level,
        "state": _state,
        "barring_level": _barring,
        "role": _role,
        "block": _block,
        "size": _size,
        "attribute": _attribute,
        "condition": _case,
        "standing": _case,
        "class_": _class,
        "companion": _companion,
        "bonus": _bonus,
        "always": _always,
    }


_PLAIN: Final = {
    "rank": "thứ hạng",
    "deductions": "điểm trừ",
    "months": "số tháng tham gia trong năm",
}
