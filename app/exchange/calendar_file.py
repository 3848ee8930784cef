"""All-day events as an iCalendar file (RFC 5545) that other programs open.

The same events give the same bytes: nothing is taken from the clock, and the identity of an event
is its own, so that a file that is taken in again replaces what was there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from icalendar import Alarm, Calendar, Event

from app.ground.text import composed

_PRODUCT: Final = "-//Bang Vang//Lich thi dua//VI"
_ONE_DAY: Final = dt.timedelta(days=1)
MORNING: Final = dt.timedelta(hours=9)
"""When an alarm rings on its day."""


@dataclass(frozen=True, slots=True)
class AllDay:
    """One event that takes a whole day; ``alarms`` ring so many days before, in the morning."""

    uid: str
    day: dt.date
    summary: str
    description: str = ""
    categories: tuple[str, ...] = ()
    alarms: tuple[int, ...] = ()


def calendar_bytes(name: str, events: Sequence[AllDay], stamp: dt.date) -> bytes:
    """The file; ``stamp`` is the day on which the events stood so."""
    whole = Calendar()
    whole.add("prodid", _PRODUCT)
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", _plain(name))
    at = dt.datetime.combine(stamp, dt.time(), dt.UTC)
    for event in events:
        whole.add_component(_event(event, at))
    return bytes(whole.to_ical())


def _event(event: AllDay, at: dt.datetime) -> Event:
    made = Event()
    made.add("uid", event.uid)
    made.add("dtstamp", at)
    made.add("dtstart", event.day)
    made.add("dtend", event.day + _ONE_DAY)
    summary = " ".join(_plain(event.summary).split())
    made.add("summary", summary)
    if event.description:
        made.add("description", _plain(event.description))
    if event.categories:
        made.add("categories", [_plain(word) for word in event.categories])
    made.add("transp", "TRANSPARENT")
    for days in event.alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", MORNING - days * _ONE_DAY)
        made.add_component(alarm)
    return made


def _plain(text: str) -> str:
    """Text without control characters, which the format does not know; line feeds stay."""
    lines = composed(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(c for c in line if c.isprintable() or c == "\t") for line in lines)
