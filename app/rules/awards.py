"""Who may be considered, classes, awards, ties and ballots, as a pack writes them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from app.rules.base import (
    Identifier,
    MaybePoints,
    OpenMark,
    PackModel,
    Points,
    Range,
    Text,
)
from app.rules.condition import Key, When


class Scale(PackModel):
    """An ordered list of levels, best first."""

    id: Identifier
    title: Text
    levels: tuple[Text, ...]


class StandingCase(PackModel):
    """A case of "không xét" (barred), "chưa xét" (held), or a limit on the class.

    ``when`` derives the case from scores or attributes; without it the case is recorded by
    hand. ``ceiling`` limits the class to ``class``; ``lowered`` lowers it by ``steps``;
    ``failed`` sets it to ``class`` outright.
    """

    id: Identifier
    kind: Literal["barred", "held", "ceiling", "lowered", "failed"]
    title: Text
    when: When | None = None
    awards: tuple[Identifier, ...] = ()
    ranked: bool | None = None
    class_: Annotated[Identifier | None, Field(alias="class")] = None
    steps: int = Field(default=1, ge=1)
    clause: Identifier | None = None
    model_config = ConfigDict(populate_by_name=True)


class ConditionItem(PackModel):
    """A condition beside the rank; ticked with a reference, or derived by ``when``."""

    id: Identifier
    title: Text
    when: When | None = None
    clause: Identifier | None = None


class ClassRule(PackModel):
    """A class; the list goes from best to worst and the first whose ``when`` holds is given."""

    id: Identifier
    title: Text
    when: When
    clause: Identifier | None = None


class FixedPlaces(PackModel):
    """So many places in each cluster (or in the province)."""

    kind: Literal["fixed"]
    count: int = Field(ge=0)


class QuotaPlaces(PackModel):
    """As many places as the year's instruction allots (facts ``quotas``).

    ``least`` and ``most`` bound a number that is worked out from a percentage.
    """

    kind: Literal["quota"]
    default: int | None = Field(default=None, ge=0)
    percent: Points | None = None
    rounding: Literal["floor", "ceil", "half_up"] = "floor"
    least: int | None = Field(default=None, ge=0)
    most: int | None = Field(default=None, ge=0)


class RanksOfSize(PackModel):
    """The ranks, ``first`` to ``last``, that are rewarded in clusters of this size."""

    size: Range
    first: int = Field(ge=1)
    last: int = Field(ge=1)


class RankPlaces(PackModel):
    """Named ranks among the eligible, by the size of the cluster (A14)."""

    kind: Literal["ranks"]
    by_size: tuple[RanksOfSize, ...]


class AllPlaces(PackModel):
    """Every unit that meets the requirements."""

    kind: Literal["all"]


class PercentPlaces(PackModel):
    """A percent of the participants, or of the units proposed for another award.

    ``of``: "participants", "eligible", or the id of an award; ``of_classes`` instead: the units
    that reached one of these classes. ``least`` and ``most`` bound the rounded number.
    """

    kind: Literal["percent"]
    percent: Points
    of: Identifier = "participants"
    of_classes: tuple[Identifier, ...] = ()
    rounding: Literal["floor", "ceil", "half_up"] = "floor"
    least: int | None = Field(default=None, ge=0)
    most: int | None = Field(default=None, ge=0)


Places = Annotated[
    FixedPlaces | QuotaPlaces | RankPlaces | AllPlaces | PercentPlaces,
    Field(discriminator="kind"),
]


class Award(PackModel):
    """An award; the list is worked from top to bottom (waterfall).

    ``excludes``: units proposed for these awards are passed over here, unless ``beside = "yes"``
    (A6). ``requires`` is
    tested for each unit, ``conditions`` must be ticked. ``chosen_by = "council"``: the program
    only lists the candidates. ``among``: only units proposed for that award are candidates.
    """

    id: Identifier
    title: Text
    places: Places
    scope: Literal["cluster", "province"] = "cluster"
    requires: When | None = None
    conditions: tuple[Identifier, ...] = ()
    excludes: tuple[Identifier, ...] = ()
    beside: Literal["no", "yes"] = "no"
    among: Identifier | None = None
    chosen_by: Literal["ranking", "council"] = "ranking"
    needs_ballot: bool = False
    reserve: int = Field(default=0, ge=0)
    held: Literal["hold", "pass_on"] | OpenMark = "open"
    clause: Identifier | None = None


class BallotStep(PackModel):
    """A ballot among the tied units, repeated up to ``max`` times."""

    step: Literal["ballot"]
    max: int = Field(default=1, ge=1)


class KeysStep(PackModel):
    """Named keys, in order."""

    step: Literal["keys"]
    keys: tuple[Key, ...]


class AuthorityStep(PackModel):
    """A recorded decision of the authority."""

    step: Literal["authority"]
    title: Text = "Cấp có thẩm quyền quyết định"


TieStep = Annotated[BallotStep | KeysStep | AuthorityStep, Field(discriminator="step")]


class Ties(PackModel):
    """What is done, in order, with a tie that straddles an award cut-off (A7, A31)."""

    chain: tuple[TieStep, ...] = ()
    clause: Identifier | None = None


class Quorum(PackModel):
    """How many must take part for a ballot to count."""

    base: Literal["members"] = "members"
    counted: Literal["present", "returned"] = "present"
    percent: Points
    strict: bool = False


class BallotRule(PackModel):
    """How a ballot is counted.

    Without ``percent`` the most votes win; with it a candidate needs that percent of ``base``
    (more than it with ``strict``). ``written``: written opinions of absentees count.
    """

    purpose: Literal["tie", "award", "leader", "deputy", "free"]
    award: Identifier | None = None
    form: Literal["choose", "approve"] | None = None
    secret: bool | None = None
    base: Literal["members", "present", "issued", "valid"] = "valid"
    percent: MaybePoints = None
    strict: bool = False
    written: bool = True
    quorum: Quorum | None = None
    max: int | None = Field(default=None, ge=1)
    clause: Identifier | None = None
