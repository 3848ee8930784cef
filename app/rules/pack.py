"""The nouns of a rule pack, as a TOML file writes them (see ``data/packs/FORMAT.md``)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from app.ground.numbers import Rounding
from app.rules.awards import Award, BallotRule, ClassRule, ConditionItem, Scale, StandingCase, Ties
from app.rules.base import (
    Identifier,
    MaybeNumber,
    MaybePoints,
    Number,
    OpenMark,
    PackModel,
    Points,
    Range,
    Text,
)
from app.rules.condition import Key, When
from app.rules.items import Items
from app.rules.methods import Method

PACK_SCHEMA = "bangvang-pack/1"


class Source(PackModel):
    """A document that clauses cite. ``kind = "lecture"`` is never printed as a legal basis.

    ``text`` is the name of the stored text that quotes are held against; ``until`` the last day
    of validity; ``checked`` the day on which its validity was last looked up.
    """

    id: Identifier
    kind: Literal[
        "law", "decision", "guidance", "scheme", "letter", "lecture", "cluster", "example"
    ]
    type: Text
    number: str = ""
    date: dt.date | None = None
    date_words: str = ""
    issuer: Text
    subject: Text
    text: str | None = None
    since: Annotated[dt.date | None, Field(alias="from")] = None
    until: dt.date | None = None
    replaced_by: str | None = None
    checked: dt.date | None = None
    note: str = ""
    model_config = ConfigDict(populate_by_name=True)


class Clause(PackModel):
    """A place in a source with a short verbatim quote.

    A clause of the pack's own choosing (``source`` of kind "example", or a place where the text
    is silent) has a ``note`` instead of a quote.
    """

    id: Identifier
    source: Identifier
    place: Text
    quote: str | None = None
    note: str = ""


class Parameter(PackModel):
    """A question that the text leaves open, with its allowed answers (domain A1–A46).

    Settings of the pack point here with ``{ parameter = "A10" }``. Without ``default`` the
    question stays open until the facts choose.
    """

    id: Identifier
    title: Text
    allowed: tuple[bool | Text | Number, ...] = ()
    range: Range | None = None
    default: bool | Text | Number | None = None
    clause: Identifier | None = None
    note: Text


class Block(PackModel):
    """A kind of cluster; ``served = false`` names one that the text rules elsewhere."""

    id: Identifier
    title: Text
    served: bool = True
    clause: Identifier | None = None


class Vocabulary(PackModel):
    """The words of this text; every screen and paper uses them."""

    cluster: Text = "cụm"
    leader: Text = "Trưởng cụm"
    deputy: Text = "Phó Trưởng cụm"
    evidence: Text = "tài liệu minh chứng"
    standing_agency: Text = "Cơ quan Thường trực Hội đồng Thi đua - Khen thưởng tỉnh"
    council: Text = "Hội đồng Thi đua - Khen thưởng tỉnh"


class Round(PackModel):
    """One hand's turn at scoring. ``stands_in``: an earlier round used where this has no entry.

    ``only`` limits the round to the criteria below these codes.
    """

    id: Identifier
    title: Text
    hand: Literal["unit", "leader", "department", "council", "agency"] = "unit"
    stands_in: Identifier | None = None
    only: tuple[Identifier, ...] = ()
    clause: Identifier | None = None


class Clamp(PackModel):
    """The bounds of a total (A25)."""

    low: MaybeNumber = Decimal(0)
    high: MaybeNumber = None


class Scoring(PackModel):
    """How points become totals, ranks and printed numbers."""

    total_max: Points | None = None
    ranking_round: Identifier | OpenMark
    rank_by: Literal["total", "percent"] = "total"
    rank_keys: tuple[Key, ...] = ()
    round_at: Literal["criterion", "section", "total"] = "total"
    digits: int = Field(default=2, ge=0, le=10)
    rounding: Rounding = Rounding.HALF_UP
    over_max: Literal["clamp", "keep", "refuse"] = "clamp"
    class_on: Literal["published", "exact"] = "published"
    not_assigned: Literal["exclude", "rescale", "full", "zero"] = "exclude"
    barred: Literal["apart", "ranked"] = "apart"
    left: Literal["apart", "ranked"] = "apart"
    clamp: Clamp = Clamp.model_construct()
    frame: Literal["equal", "at_most"] = "equal"
    added_share: MaybePoints = None
    split_counts_as_added: bool = False
    rerank_after_ballot: Literal["rerank", "keep"] | OpenMark = "rerank"
    late_items: tuple[Identifier, ...] = ()
    clause: Identifier | None = None


class Slot(PackModel):
    """A place in the frame where each unit registers criteria of its own.

    ``count`` is the agreed number of criteria per unit, where one was agreed.
    """

    count: int | None = Field(default=None, ge=1)
    count_range: Range | None = None


class Gate(PackModel):
    """A precondition of a criterion: a yes-or-no figure, or a condition on other scores.

    Where it is not met the criterion gives ``otherwise`` points, or ``otherwise_percent`` of
    its maximum; or it is scored as always and ``keeps`` percent of the points remain.
    """

    figure: Identifier | None = None
    when: When | None = None
    title: Text
    otherwise: Points = Decimal(0)
    otherwise_percent: Points | None = None
    keeps: Points | None = None
    clause: Identifier | None = None

    def closed(self, maximum: Fraction) -> Fraction:
        """The points of a criterion whose precondition is not met, where none are kept."""
        if self.otherwise_percent is not None:
            return maximum * Fraction(self.otherwise_percent) / 100
        return Fraction(self.otherwise)


class Already(PackModel):
    """Grandfathering: where the yes-or-no ``figure`` is yes, the target was reached before.

    The criterion then gives ``points``, or ``percent`` of its maximum, or the maximum.
    """

    figure: Identifier
    title: Text
    points: Points | None = None
    percent: Points | None = None
    clause: Identifier | None = None

    def worth(self, maximum: Fraction) -> Fraction:
        """The points of a target that was reached before."""
        if self.points is not None:
            return Fraction(self.points)
        return maximum * Fraction(100 if self.percent is None else self.percent) / 100


class Criterion(PackModel):
    """A row of the table: a group (rows below it, no method), a scored criterion, or a slot.

    ``code`` is stable and dotted (the parent of I.1.a is I.1); ``label`` is what is printed and
    may repeat. ``combine`` says how a group adds its rows; ``cap`` bounds a group below its
    maximum. ``role`` limits a criterion to units with that role (A4), ``blocks`` to clusters of
    these kinds, ``hand`` to rounds of that hand. ``given_count`` is the number of criteria that
    the text gives below this group (for the share of added ones); ``added`` marks a row beyond
    them, ``split`` a part of a given one. ``inside_bonus``: bonus points inside the total.
    """

    code: Identifier
    label: str | None = None
    title: Text
    max: Points | None = None
    clause: Identifier | None = None
    method: Method | None = None
    slot: Slot | None = None
    combine: Literal["sum", "highest"] = "sum"
    cap: MaybePoints = None
    frame: Literal["equal", "at_most"] | None = None
    rescale: bool = False
    blocks: tuple[Identifier, ...] = ()
    role: Identifier | None = None
    hand: Identifier | None = None
    not_assigned: Literal["exclude", "rescale", "full", "zero"] | None = None
    substitute_for: Identifier | None = None
    gate: Gate | None = None
    already: Already | None = None
    inside_bonus: bool = False
    added: bool = False
    split: bool = False
    given_count: int | None = Field(default=None, ge=0)
    needs_evidence: bool = False
    note: str = ""

    @property
    def printed(self) -> str:
        """The label on screen and paper."""
        return self.label if self.label is not None else self.code.rpartition(".")[2]

    @property
    def parent(self) -> str | None:
        """The code of the group that this row belongs to."""
        return self.code.rpartition(".")[0] or None


class DayOfYear(PackModel):
    """A day that returns each year; ``blocks`` names the kinds of clusters that it is for."""

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)
    year_offset: int = 0
    blocks: tuple[Identifier, ...] = ()


class DutyCount(PackModel):
    """How many activities of one kind a text asks of who has the duty.

    ``chosen``: only those that were chosen to report at the conference.
    """

    kind: Literal["movement", "joint_activity", "exemplar", "inspection"]
    at_least: int = Field(default=1, ge=1)
    at_most: int | None = Field(default=None, ge=1)
    chosen: bool = False


class Duty(PackModel):
    """A duty of the year with its deadlines; ``strict``: done *before* the day (A33).

    ``counts`` is done by counted activities, ``done_by`` by what the book keeps anyway (a
    registration, a conference, the unit's own round); ``binding``: whether it must be done, or
    only may; ``late_item``: the deduction to be proposed where it was late, never taken by itself.
    """

    id: Identifier
    title: Text
    who: Literal["leader", "deputy", "unit", "department", "council", "guiding_agency"]
    due: tuple[DayOfYear, ...] = ()
    strict: bool = True
    binding: Literal["duty", "optional"] = "duty"
    counts: DutyCount | None = None
    done_by: (
        Literal["registration", "pledge", "mid_year", "preparatory", "summary", "self_scored"]
        | None
    ) = None
    late_item: Identifier | None = None
    document: Text | None = None
    clause: Identifier | None = None
    note: str = ""


class Dossier(PackModel):
    """What a dossier of proposal must hold, and where it is handed in."""

    id: Identifier
    title: Text
    channel: Text
    items: tuple[Text, ...]
    clause: Identifier | None = None


class RulePack(PackModel):
    """One rule text, with all parameters resolved (see ``document.resolve``)."""

    schema_: Annotated[Literal["bangvang-pack/1"], Field(alias="schema")]
    id: Identifier
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    title: Text
    kind: Literal["points", "overlay"] = "points"
    example: Text | None = None
    incomplete: Text | None = None
    note: str = ""
    vocabulary: Vocabulary = Vocabulary.model_construct()
    blocks: tuple[Block, ...] = ()
    sources: tuple[Source, ...] = ()
    clauses: tuple[Clause, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    rounds: tuple[Round, ...] = ()
    scoring: Scoring | None = None
    criteria: tuple[Criterion, ...] = ()
    bonus: Items = Items.model_construct()
    deductions: Items = Items.model_construct()
    scales: tuple[Scale, ...] = ()
    standing: tuple[StandingCase, ...] = ()
    conditions: tuple[ConditionItem, ...] = ()
    classes: tuple[ClassRule, ...] = ()
    awards: tuple[Award, ...] = ()
    ties: Ties = Ties.model_construct()
    ballots: tuple[BallotRule, ...] = ()
    duties: tuple[Duty, ...] = ()
    dossiers: tuple[Dossier, ...] = ()

    model_config = ConfigDict(populate_by_name=True)
