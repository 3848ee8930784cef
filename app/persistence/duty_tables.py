"""The tables of what was done in the year: activities, and duties with their state."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column

from app.domain.conference import DutyStage
from app.persistence.columns import Choice, OptionalKey, Words, YesNo
from app.persistence.table_parts import CLUSTER, UNIT, day, key, scoped, word

ACTIVITIES: Final = scoped(
    "activities",
    key("id"),
    word("kind", None),
    word("title"),
    Column("unit", Words),
    Column("cluster", Words),
    day("date"),
    word("document"),
    word("note"),
    Column("chosen_to_report", YesNo, nullable=False),
    refers=(UNIT, CLUSTER),
)
DUTY_STATES: Final = scoped(
    "duty_states",
    key("duty"),
    key("holder"),
    Column("cluster", OptionalKey, primary_key=True, nullable=False),
    Column("state", Choice(DutyStage), nullable=False),
    day("date"),
    word("document"),
    word("note"),
)
