"""Three sides of a row: ours, theirs, and what both had when they parted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.domain.snapshot import Entry, EntryState
from app.domain.year import RoundStage, RoundState
from app.exchange.packages import Kind
from app.operations.exchange.reading import Theirs
from app.operations.exchange.rights import Scope
from app.operations.exchange.rows import RANKING, TABLES, Key, Rows, Value, mark_of, same
from app.persistence import books

_CONTEXT = frozenset(
    {
        books.CLUSTERS.name,
        books.UNITS.name,
        books.OWN_CRITERIA.name,
        books.PARAMETER_CHOICES.name,
        TABLES,
        RANKING,
    }
)
"""What many packages bring along so that they can be read; only some speak of it."""

_OPEN = frozenset({RoundStage.DRAFT, RoundStage.RETURNED, RoundStage.RECALLED})
_SETTLED = frozenset({RoundStage.ACCEPTED, RoundStage.SEALED})


@dataclass(frozen=True)
class Merge:
    """What each row becomes; an empty value takes the row out.

    ``kept`` holds what the sender says where ours stays: it was said before, or decided against.
    """

    changes: Rows = field(default_factory=dict)
    conflicts: Rows = field(default_factory=dict)
    beyond: Rows = field(default_factory=dict)
    kept: Rows = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change whatever is decided."""
        return not self.changes and not self.conflicts


def merged(
    scope: Scope,
    theirs: Theirs,
    ours: Rows,
    past: Rows | None,
    is_ours: Callable[[Key], bool],
    settled: Mapping[str, str],
) -> Merge:
    """Merges the share of a package; ``past`` is the year as both last had it, if that is known.

    ``is_ours`` tells what only this workspace may change; ``settled`` holds, by the names of rows,
    the marks of values that were decided against before.
    """
    changes, conflicts, beyond, kept = Rows(), Rows(), Rows(), Rows()
    for key in sorted(theirs.rows.keys() | ours.keys()):
        there, here = theirs.rows.get(key, ()), ours.get(key, ())
        if same(there, here) or (not there and not _may_be_gone(key, theirs, scope)):
            continue
        if not scope.covers(key):
            if key[0] not in _CONTEXT:
                beyond[key] = there
            continue
        before = None if past is None else past.get(key, ())
        state = key[0] == books.ROUND_STATES.name and scope.grants(key)
        if state and _states_agree(here, there):
            if there and here[0].stage in _OPEN:
                changes[key] = there
        elif _was_said(there, before) or settled.get(":".join(key)) == mark_of(there):
            kept[key] = there
        elif not scope.grants(key) or (here and is_ours(key)):
            if there:
                beyond[key] = there
        elif _is_blank(here) or (before is not None and same(here, before)):
            changes[key] = there
        else:
            conflicts[key] = there
    return Merge(changes, conflicts, beyond, kept)


def _was_said(there: Value, before: Value | None) -> bool:
    """Whether the sender still says what both had when they parted."""
    return before is not None and same(there, before)


def _may_be_gone(key: Key, theirs: Theirs, scope: Scope) -> bool:
    """Whether the sender speaks of a table whole, so that a missing row is one taken out.

    A criteria table that a year is scored by is never left out by others, and what units register
    is not taken out by the table that the leader sends.
    """
    registered = key[0] == books.OWN_CRITERIA.name and scope.kind is Kind.CRITERIA_TABLE
    left_alone = key[0] == TABLES or registered
    return key[0] in theirs.carried and scope.covers(key) and not left_alone


def _is_blank(value: Value) -> bool:
    return not value or all(
        isinstance(noun, Entry) and noun.state is EntryState.BLANK for noun in value
    )


def _states_agree(here: Value, there: Value) -> bool:
    """Whether the states of a round follow from each other, so that nobody has to decide.

    A round that is open here is handed in there, be it anew after it was returned: who sends it
    hands it in. One that was handed in there has been accepted or sealed here.
    """
    if not there:
        return True
    if not here:
        return False
    mine, other = here[0], there[0]
    assert isinstance(mine, RoundState)
    assert isinstance(other, RoundState)
    return mine.stage in _OPEN or (mine.stage in _SETTLED and other.stage is RoundStage.SUBMITTED)
