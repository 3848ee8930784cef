"""What the assessment before this one worked out, taken over where it would come out the same.

The engine asks for a piece of work by its key and names every object that the work rests on.
Where all of them are the very objects of last time, the value of last time is taken, and what
was told and asked on the way is told and asked again. So a memory can make an assessment quicker
and never another one: whatever it holds, a piece whose grounds are others is worked out anew.

Values are shared from one assessment to the next and must never be changed in place. Pieces
inside a piece are kept with it, so a piece that is taken over costs one look, whatever its size.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from operator import is_
from typing import Any, TypeVar, cast

from app.ground.findings import Findings
from app.scoring.entries import Entries

T = TypeVar("T")
Records = Mapping[Hashable, "Record"]


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
        for records in (self.records, self._before):
            known = records.get(key)
            if known is not None and _same(known.rests_on, rests_on):
                self.records[key] = known
                if known.told is not None:
                    findings.extend(known.told)
                asked |= known.asked
                return cast(T, known.value)
        old = self._before.get(key)
        earlier = set(asked)
        asked.clear()
        try:
            before = {} if old is None else old.inner
            with self._inside(before, {}) as inner, findings.overheard() as told:
                value = work()
            mine = frozenset(asked)
        finally:
            asked |= earlier
        if steady and old is not None and old.rests_on[0] is rests_on[0] and old.value == value:
            value = old.value
        self.records[key] = Record(rests_on, value, told if len(told) else None, mine, inner)
        return value

    @contextmanager
    def apart(self, name: Hashable) -> Iterator[None]:
        """Keeps what is worked out meanwhile apart from pieces that go by the same keys."""
        key = ("apart", name)
        old, new = self._before.get(key), self.records.get(key)
        inner = {} if new is None else dict(new.inner)
        with self._inside({} if old is None else old.inner, inner):
            yield
        self.records[key] = Record((), None, None, frozenset(), inner)

    @contextmanager
    def _inside(
        self, before: Records, records: dict[Hashable, Record]
    ) -> Iterator[dict[Hashable, Record]]:
        outer = self._before, self.records
        self._before, self.records = before, records
        try:
            yield records
        finally:
            self._before, self.records = outer


def _same(grounds: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(grounds) == len(others) and all(map(is_, grounds, others))
