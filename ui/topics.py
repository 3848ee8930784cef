"""What changes are about: pages refresh by topic, and each operation names those it touched."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Topic(StrEnum):
    """What a change is about; pages refresh by it."""

    WORKSPACE = "workspace"
    YEAR = "year"
    MEMBERS = "members"
    TABLE = "table"
    SCORES = "scores"
    ROUNDS = "rounds"
    EVIDENCE = "evidence"
    RECORDS = "records"
    PAPERS = "papers"
    SETTINGS = "settings"
    EXCHANGE = "exchange"
    RESULT = "result"


ALL: Final = frozenset(Topic)
MOVES_RESULT: Final = frozenset(
    {Topic.YEAR, Topic.MEMBERS, Topic.TABLE, Topic.SCORES, Topic.RECORDS}
)
"""What the result follows from."""
_TOPICS: Final[dict[str, frozenset[Topic]]] = {
    "cluster": frozenset({Topic.MEMBERS}),
    "unit": frozenset({Topic.MEMBERS}),
    "own_criteria": frozenset({Topic.MEMBERS, Topic.TABLE}),
    "table": frozenset({Topic.TABLE}),
    "parameter": frozenset({Topic.TABLE}),
    "scores": frozenset({Topic.SCORES}),
    "forms": frozenset({Topic.SCORES, Topic.EVIDENCE, Topic.ROUNDS, Topic.MEMBERS}),
    "round": frozenset({Topic.ROUNDS}),
    "explanation": frozenset({Topic.ROUNDS}),
    "evidence": frozenset({Topic.EVIDENCE}),
    "setting": frozenset({Topic.SETTINGS}),
    "deadlines": frozenset({Topic.RECORDS}),
    "eligibility": frozenset({Topic.RECORDS}),
    "ballot": frozenset({Topic.RECORDS}),
    "decision": frozenset({Topic.RECORDS}),
    "award": frozenset({Topic.RECORDS}),
    "duty": frozenset({Topic.RECORDS}),
    "activity": frozenset({Topic.RECORDS}),
    "paper": frozenset({Topic.PAPERS}),
    "year": frozenset({Topic.YEAR}),
    "sender": frozenset({Topic.EXCHANGE}),
}
"""Topics by the first word of an operation's kind; any other kind may have touched all."""


def topics_of(kind: str) -> frozenset[Topic]:
    """What an operation of this kind may have touched."""
    return _TOPICS.get(kind.partition(".")[0], ALL - {Topic.RESULT})
