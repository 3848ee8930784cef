"""Boolean trees with what stands behind the names in them."""

from __future__ import annotations

from collections.abc import Iterator

from app.rules.condition import When
from app.rules.pack import RulePack


def tests_behind(when: When, rules: RulePack) -> Iterator[When]:
    """All tests of a condition, those of the conditions and cases that it points to included."""
    seen: set[tuple[str, str]] = set()
    todo = [when]
    while todo:
        for test in todo.pop().walk():
            yield test
            for key, items in (("condition", rules.conditions), ("standing", rules.standing)):
                name = getattr(test, key)
                if name is None or (key, name) in seen:
                    continue
                seen.add((key, name))
                todo += [i.when for i in items if i.id == name and i.when is not None]


def codes_tested(test: When) -> tuple[str, ...] | None:
    """The codes or prefixes that a test looks at; ``()`` for all criteria, ``None`` for none."""
    for named in (test.points, test.share):
        if named is not None:
            return (named.of,)
    if test.level is not None and test.level.of is not None:
        return (test.level.of,)
    for group in (
        test.level,
        test.every_share,
        test.no_zero,
        test.targets_met,
        test.state,
        test.barring_level,
    ):
        if group is not None:
            return group.within
    return None
