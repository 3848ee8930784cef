"""What a kind of paper is, as its file in ``resources/papers`` says it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Part(StrEnum):
    """The part of the year that a paper belongs to, in the order of the year."""

    START = "start"
    SCORING = "scoring"
    CONFERENCE = "conference"
    PROPOSAL = "proposal"
    DEPARTMENT = "department"
    TURN = "turn"


Form = Literal["named", "letter", "minutes", "decision", "slips"]
"""NĐ 30/2020, Phụ lục III: Mẫu 1.4 (có tên loại), 1.5 (công văn), 1.9 (biên bản), 1.2 (quyết
định); ``slips`` are sheets that are cut apart and have no letterhead."""
Scope = Literal["cluster", "unit", "ballot", "conference", "proposal", "province"]
"""For what a paper is made: one for each of these."""
IssuedBy = Literal["leader", "unit", "department", "province"]
"""Whose letterhead: the leader unit's, a unit's, the department's, or the province's chairman's."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Ask(_Part):
    """Something that only the officer knows. ``name`` is its place in the wording.

    ``text`` may have several paragraphs. ``shared``: all papers of the year that name it share one
    answer; ``each``: every unit, ballot or conference has an answer of its own.
    """

    name: str
    words: str
    kind: Literal["line", "text", "day"] = "line"
    shared: bool = False
    each: bool = False


class SignaturePlace(_Part):
    """Who signs: the lines above the room, the name below, in places or plain words."""

    lines: tuple[str, ...]
    name: str = ""
    note: str = ""
    field: str = ""


class Paper(_Part):
    """A kind of paper. ``sign`` is the abbreviation in its number ("BC", "TTr").

    ``result``: it shows points, ranks or awards, so it is a draft while these are provisional.
    ``landscape``: its tables may lie lengthwise or on A3.
    """

    id: str
    title: str
    part: Part
    form: Form = "named"
    kind: str = ""
    sign: str = ""
    scope: Scope = "cluster"
    issued_by: IssuedBy = "leader"
    result: bool = False
    landscape: bool = False
    subject: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    body: str
    signatures: tuple[SignaturePlace, ...] = ()
    asks: tuple[Ask, ...] = ()
    order: int = 0


NUMBER = Ask(name="số văn bản", words="Số văn bản", each=True)
DAY = Ask(name="ngày văn bản", words="Ngày ký văn bản", kind="day", each=True)
"""Asked for every paper that has a number and a date."""


def asks_of(paper: Paper) -> tuple[Ask, ...]:
    """What the officer may fill in for a paper, in the order in which it is asked."""
    heads: tuple[Ask, ...] = ()
    if paper.form != "slips":
        heads = (NUMBER,) if paper.form == "minutes" else (NUMBER, DAY)
    return (*heads, *paper.asks)
