"""What the assessment before this one worked out, taken over where it would come out the same.

The engine asks for a piece of work by its key and names every object that the work rests on.
Where all of them are the very objects of last time, the value of last time is taken, and what
was told and asked on the way is told and asked again. So a memory can make an assessment quicker
and never another one: whatever it holds, a piece whose grounds are others is worked out anew.

Values are shared from one assessment to the next, also when a preview is thrown away, and must
never be changed in place (but for what only remembers, and checks what it remembers by identity).
Pieces inside a piece are kept with it, so a piece that is taken over costs one look, whatever its
size.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from operator import is_
from types import MappingProxyType
from typing import Any, TypeVar, cast

from app.ground.findings import Findings
from app.scoring.entries import Entries

T = TypeVar("T")
Records = Mapping[Hashable, "Record"]
_NOTHING: Records = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Record:
    """One piece of work: its grounds, its value, what it told and asked, and the pieces in it."""

    rests_on: tuple[object, ...]
    value: Any
    told: Findings | None
    asked: frozenset[str]
    inner: Records


class Memory:
    """The records of an assessment that is being made, beside those of the one before it.

    ``entries`` are the entries of each pack, by the id of a companion (``None``: the main one).
    """

    def __init__(self, entries: Mapping[str | None, Entries], before: Records) -> None:
        self.entries = entries
        self.records: dict[Hashable, Record] = {}
        self._before = before

    def recall(
        self,
        key: Hashable,
        rests_on: tuple[object, ...],
        work: Callable[[], T],
        findings: Findings,
        asked: set[str],
        steady: bool = False,
    ) -> T:
        """The value of ``work``, which tells ``findings`` and notes in ``asked`` what it asked.

        ``steady``: where the first ground is the same and the value is equal, it stays the very
        object, so that what rests on it need not be worked out again.
        """
        outer, before = self.records, self._before
        old = before.get(key)
        known = outer.get(key, old)
        if known is not None and not _same(known.rests_on, rests_on):
            known = old if old is not None and _same(old.rests_on, rests_on) else None
        if known is not None:
            outer[key] = known
            if known.told is not None:
                findings.extend(known.told)
            if known.asked:
                asked |= known.asked
            return cast(T, known.value)
        earlier = set(asked)
        asked.clear()
        inner: dict[Hashable, Record] = {}
        self.records, self._before = inner, _NOTHING if old is None else old.inner
        ended = findings.set_apart()
        try:
            value = work()
        finally:
            told = ended()
            self.records, self._before = outer, before
            mine = frozenset(asked)
            asked |= earlier
        if steady and old is not None and old.rests_on[0] is rests_on[0] and old.value == value:
            value = old.value
        outer[key] = Record(rests_on, value, told, mine, inner or _NOTHING)
        return value

    @contextmanager
    def apart(self, name: Hashable) -> Iterator[None]:
        """Keeps what is worked out meanwhile apart from pieces that go by the same keys."""
        key = ("apart", name)
        outer, before = self.records, self._before
        old, new = before.get(key), outer.get(key)
        inner = {} if new is None else dict(new.inner)
        self.records, self._before = inner, _NOTHING if old is None else old.inner
        try:
            yield
        finally:
            self.records, self._before = outer, before
        outer[key] = Record((), None, None, frozenset(), inner)


def _same(grounds: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(grounds) == len(others) and all(map(is_, grounds, others))
