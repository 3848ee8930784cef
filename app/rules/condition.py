"""Boolean trees over facts and scores: bars, conditions, classes, requirements of awards.

A condition is a table with exactly one key: ``all``, ``any``, ``not``, or one test. It is true,
false or *unknown*: a fact that nobody recorded is not false. The "và / hoặc" of the texts is
written as it stands (A27).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from app.rules.base import Identifier, PackModel, Points, Range, Text


class TotalTest(Range):
    """The published total: with everything, without bonus, or before deductions (A3, A26)."""

    of: Literal["all", "without_bonus", "before_deductions"] = "all"


class PointsOf(Range):
    """Points of a criterion or section, by its code."""

    of: Identifier


class ShareOf(Range):
    """Points of a criterion or section in percent of its own maximum."""

    of: Identifier


class Within(PackModel):
    """Some criteria: all below the codes in ``within`` (empty: all)."""

    within: tuple[Identifier, ...] = ()


class EveryShare(Range):
    """Every criterion below ``within`` has this percent of its maximum."""

    within: tuple[Identifier, ...] = ()


class TargetsMet(PackModel):
    """At least ``count`` (or ``percent`` of) the criteria below ``within`` reach ``share``.

    The share is the percent of plan where the method knows one, else of the maximum.
    """

    within: tuple[Identifier, ...] = ()
    share: Points
    count: int | None = Field(default=None, ge=0)
    percent: Points | None = None


class LevelTest(PackModel):
    """The level chosen for a criterion: one of ``is``, or on a scale up to / from a level.

    ``at_most`` and ``at_least`` include the named level ("từ mức khá trở xuống"), ``below`` and
    ``above`` leave it out. Without ``of``: any criterion below ``within``.
    """

    model_config = ConfigDict(populate_by_name=True)

    of: Identifier | None = None
    within: tuple[Identifier, ...] = ()
    is_: Annotated[tuple[Text, ...], Field(alias="is")] = ()
    scale: Identifier | None = None
    at_most: Text | None = None
    at_least: Text | None = None
    below: Text | None = None
    above: Text | None = None


class StateTest(PackModel):
    """Some criterion below ``within`` is in this state."""

    model_config = ConfigDict(populate_by_name=True)

    is_: Annotated[Literal["not_done", "not_assigned", "blank", "scored"], Field(alias="is")]
    within: tuple[Identifier, ...] = ()


class AttributeTest(PackModel):
    """An attribute of the unit: a number in a range, yes or no, or a level on a scale.

    ``title`` is how the officer is asked for it.
    """

    model_config = ConfigDict(populate_by_name=True)

    name: Identifier
    title: Text | None = None
    is_: Annotated[bool | Text | tuple[Text, ...] | None, Field(alias="is")] = None
    range: Range | None = None
    scale: Identifier | None = None
    at_most: Text | None = None
    at_least: Text | None = None
    below: Text | None = None
    above: Text | None = None


class ClassTest(PackModel):
    """The unit's class: one of ``is``, or at least / at most a class of the pack's order."""

    model_config = ConfigDict(populate_by_name=True)

    is_: Annotated[tuple[Identifier, ...], Field(alias="is")] = ()
    at_least: Identifier | None = None
    at_most: Identifier | None = None


class CompanionTest(PackModel):
    """The unit's result in a companion pack."""

    model_config = ConfigDict(populate_by_name=True)

    pack: Identifier
    class_: Annotated[ClassTest | None, Field(alias="class")] = None
    total: Range | None = None
    percent: Range | None = None
    barred: bool | None = None


class Some(PackModel):
    """At least ``count`` of the conditions in ``of`` hold (1: "hoặc", all: "và")."""

    count: int = Field(ge=1)
    of: tuple[When, ...]


class When(PackModel):
    """A condition: exactly one key is given."""

    model_config = ConfigDict(populate_by_name=True)

    all: tuple[When, ...] | None = None
    any: tuple[When, ...] | None = None
    some: Some | None = None
    not_: Annotated[When | None, Field(alias="not")] = None
    total: TotalTest | None = None
    percent: Range | None = None
    points: PointsOf | None = None
    share: ShareOf | None = None
    every_share: EveryShare | None = None
    no_zero: Within | None = None
    targets_met: TargetsMet | None = None
    level: LevelTest | None = None
    state: StateTest | None = None
    barring_level: Within | None = None
    role: Identifier | None = None
    block: Identifier | None = None
    size: Range | None = None
    rank: Range | None = None
    attribute: AttributeTest | None = None
    condition: Identifier | None = None
    standing: Identifier | None = None
    class_: Annotated[ClassTest | None, Field(alias="class")] = None
    companion: CompanionTest | None = None
    bonus: PointsOf | None = None
    deductions: Range | None = None
    months: Range | None = None
    always: Literal[True] | None = None

    def model_post_init(self, _context: Any) -> None:
        """Refuses none or several keys."""
        if len(self.given) != 1:
            raise ValueError("exactly_one_test")

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the keys that are set."""
        return tuple(n for n in type(self).model_fields if getattr(self, n) is not None)

    def walk(self) -> tuple[When, ...]:
        """This condition and all inside it."""
        inner = (
            *(self.all or ()),
            *(self.any or ()),
            *(self.some.of if self.some else ()),
            *((self.not_,) if self.not_ else ()),
        )
        return (self, *(w for child in inner for w in child.walk()))


class Key(PackModel):
    """A tie-break key, higher first unless ``lower``: points, share, bonus, attribute …"""

    model_config = ConfigDict(populate_by_name=True)

    by: Literal[
        "points",
        "share",
        "exact_total",
        "before_bonus",
        "before_deductions",
        "bonus",
        "deductions",
        "attribute",
        "round_total",
        "level",
    ]
    of: Identifier | None = None
    at: Range | None = None
    scale: Identifier | None = None
    lower: bool = False
    title: Text | None = None
    clause: Identifier | None = None
