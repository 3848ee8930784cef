"""What a pack's parts ask of each other: codes, circles, the order in which things are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from app.ground.findings import Findings
from app.rules.awards import PercentPlaces, StandingCase
from app.rules.checks.context import PackUnderCheck
from app.rules.condition import When
from app.rules.pack import Criterion
from app.rules.trees import codes_tested, tests_behind

_CODE = re.compile(r"[^.]+(\.[^.]+)*")
_AFTER_TABLE = (
    "total",
    "percent",
    "class_",
    "rank",
    "bonus",
    "deductions",
    "standing",
    "companion",
)
"""Tests that need more than the criteria: a precondition of a criterion cannot know them."""


def codes(subject: PackUnderCheck, findings: Findings) -> None:
    """Codes are dotted: no empty part between, before or after the dots."""
    for row in subject.rules.criteria:
        if not _CODE.fullmatch(row.code):
            findings.error(
                "code_malformed",
                subject.place(f"criteria {row.code}"),
                f"Mã “{row.code}” có phần trống quanh dấu chấm.",
                "Viết mã như I.1.a: mỗi phần giữa hai dấu chấm có ít nhất một ký tự.",
            )


def circles(subject: PackUnderCheck, findings: Findings) -> None:
    """No condition, case, class, substitute or precondition leads back to itself."""
    for noun, edges in (
        ("Điều kiện", _condition_edges(subject)),
        ("Tiêu chí thay thế", _substitute_edges(subject)),
        ("Điều kiện trước của tiêu chí", _gate_edges(subject)),
    ):
        circle = _circle(edges)
        if circle:
            findings.error(
                "circle",
                subject.place(circle[0]),
                f"{noun} trỏ vòng về chính mình: {' → '.join(circle)}.",
                "Bỏ một chỗ trỏ trong vòng này.",
            )


def _condition_edges(subject: PackUnderCheck) -> dict[str, set[str]]:
    """Which conditions, cases and classes look at which; "classes" stands for the class itself."""
    rules = subject.rules
    edges: dict[str, set[str]] = {}

    def look(name: str, when: When) -> None:
        for test in when.walk():
            found = edges.setdefault(name, set())
            if test.condition is not None:
                found.add(f"conditions {test.condition}")
            if test.standing is not None:
                found.add(f"standing {test.standing}")
            if test.class_ is not None:
                found.add("classes")

    for item in rules.conditions:
        if item.when is not None:
            look(f"conditions {item.id}", item.when)
    for case in rules.standing:
        if case.when is not None:
            look(f"standing {case.id}", case.when)
    for rule in rules.classes:
        look("classes", rule.when)
    return edges


def _substitute_edges(subject: PackUnderCheck) -> dict[str, set[str]]:
    """Which row stands in for which; a row inside the one that it replaces is a circle too."""
    edges: dict[str, set[str]] = {}
    for row in subject.rules.criteria:
        if row.substitute_for is None:
            continue
        below = [c.code for c in _at_or_below(subject, row.substitute_for)]
        edges[row.code] = {row.substitute_for, *below} - {row.code}
        if row.code == row.substitute_for or row.code in below:
            edges[row.code].add(row.code)
    return edges


def _gate_edges(subject: PackUnderCheck) -> dict[str, set[str]]:
    """Which criterion's precondition looks at which criteria."""
    edges: dict[str, set[str]] = {}
    for row in subject.rules.criteria:
        if row.gate is None or row.gate.when is None:
            continue
        seen = edges.setdefault(row.code, set())
        for test in tests_behind(row.gate.when, subject.rules):
            wanted = codes_tested(test)
            if wanted is None:
                continue
            rows = subject.rules.criteria
            for code in wanted or [r.code for r in rows]:
                seen |= {r.code for r in _at_or_below(subject, code)}
    return edges


def _at_or_below(subject: PackUnderCheck, code: str) -> Iterable[Criterion]:
    return (r for r in subject.rules.criteria if r.code == code or r.code.startswith(code + "."))


def _circle(edges: Mapping[str, set[str]]) -> list[str]:
    """Some names that lead back to the first of them, or nothing."""
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        todo: list[tuple[str, bool]] = [(start, False)]
        while todo:
            name, leaving = todo.pop()
            if leaving:
                path.pop()
                done.add(name)
            elif name in path:
                return [*path[path.index(name) :], name]
            elif name not in done:
                path.append(name)
                todo.append((name, True))
                todo += [(other, False) for other in sorted(edges.get(name, ()))]
    return []


def too_early(subject: PackUnderCheck, findings: Findings) -> None:
    """Nothing is tested before it is known: it would stay unknown for ever."""
    rules = subject.rules
    for row in rules.criteria:
        if row.gate is not None and row.gate.when is not None:
            _early(subject, findings, f"criteria {row.code}", row.gate.when, _AFTER_TABLE)
    for rule in rules.classes:
        _early(subject, findings, f"classes {rule.id}", rule.when, ("class_", "rank"))
    order = [case.id for case in _in_order_of_judging(subject)]
    for case in rules.standing:
        if case.when is None:
            continue
        place = f"standing {case.id}"
        _early(subject, findings, place, case.when, ("rank",))
        for test in case.when.walk():
            later = test.standing in order and order.index(test.standing or "") >= order.index(
                case.id
            )
            if later:
                _tell_early(subject, findings, place, f"trường hợp {test.standing}")


def _in_order_of_judging(subject: PackUnderCheck) -> list[StandingCase]:
    """The cases as they are judged: those that look at the class come after it."""

    def after_class(case: StandingCase) -> bool:
        if case.when is None:
            return False
        return any(test.class_ is not None for test in tests_behind(case.when, subject.rules))

    return sorted(subject.rules.standing, key=after_class)


def _early(
    subject: PackUnderCheck, findings: Findings, place: str, when: When, unknown: Iterable[str]
) -> None:
    for test in tests_behind(when, subject.rules):
        for key in unknown:
            if getattr(test, key) is not None:
                _tell_early(subject, findings, place, key.rstrip("_"))


def _tell_early(subject: PackUnderCheck, findings: Findings, place: str, what: str) -> None:
    findings.error(
        "test_too_early",
        subject.place(place),
        f"Điều kiện ở đây xét “{what}” khi chưa biết được, nên không bao giờ có kết luận.",
        "Chuyển phép thử này tới chỗ được xét sau (khen thưởng), hoặc đổi thứ tự.",
    )


def waterfall(subject: PackUnderCheck, findings: Findings) -> None:
    """An award looks only at awards that are worked before it."""
    before: set[str] = set()
    known = {award.id for award in subject.rules.awards}
    for award in subject.rules.awards:
        named = {*award.excludes, *((award.among,) if award.among else ())}
        if isinstance(award.places, PercentPlaces):
            named.add(award.places.of)
        for other in sorted(named & known - before):
            findings.error(
                "award_order",
                subject.place(f"awards {award.id}"),
                f"“{award.title}” dựa vào “{other}” nhưng hình thức đó đứng sau trong danh sách.",
                "Xếp hình thức được dựa vào lên trước.",
            )
        before.add(award.id)


_OF_GROUPS = ("cap", "given_count")
_OF_SCORED = ("gate", "already")


def idle_keys(subject: PackUnderCheck, findings: Findings) -> None:
    """A key that has no effect on its kind of row is told: it was meant for another row."""
    for row in subject.rules.criteria:
        group = row.code in subject.children or row.slot is not None
        idle = [key for key in (_OF_SCORED if group else _OF_GROUPS) if getattr(row, key)]
        if not group:
            idle += ["combine"] if row.combine != "sum" else []
            idle += ["rescale"] if row.rescale else []
        if row.code in subject.children and row.slot is not None:
            idle.append("slot")
        if idle:
            what = "một nhóm" if group else "một tiêu chí được chấm"
            findings.error(
                "key_without_effect",
                subject.place(f"criteria {row.code}"),
                f"{row.code} là {what}; ở đây {', '.join(idle)} không có tác dụng.",
                "Ghi khóa này ở đúng dòng: nhóm hay tiêu chí.",
            )
