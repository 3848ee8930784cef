"""Grounds for bonus and deduction points, as a pack writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from app.rules.base import (
    Identifier,
    MaybePoints,
    PackModel,
    Points,
    Positive,
    Range,
    Text,
)
from app.rules.methods import Method


class EachOver(PackModel):
    """Bonus worked out from the plan figures of criteria below ``criteria`` (BG 2.3.a).

    For each criterion: ``points`` per ``per`` percent above plan (only whole ones with
    ``whole``), at most ``share_of_max`` percent of the criterion's maximum; then the item's own
    ``max`` bounds the sum (A19).
    """

    kind: Literal["each_over_plan"]
    criteria: tuple[Identifier, ...]
    per: Positive = Decimal(1)
    points: Points = Decimal(1)
    whole: bool = True
    share_of_max: MaybePoints = None


class PerCount(PackModel):
    """So many points for each occurrence (``count`` of the fact)."""

    kind: Literal["per_count"]
    points: Points


class DirectPoints(PackModel):
    """The fact names the points, inside ``range`` where the text gives one."""

    kind: Literal["points"]
    range: Range | None = None


class PercentOfTotal(PackModel):
    """A percent of the total before deductions, for each occurrence."""

    kind: Literal["percent_of_total"]
    percent: Points


class Scored(PackModel):
    """Any method of a criterion, with the item's ``max`` as its maximum."""

    kind: Literal["method"]
    method: Method


Worth = Annotated[
    EachOver | PerCount | DirectPoints | PercentOfTotal | Scored, Field(discriminator="kind")
]


class Item(PackModel):
    """A ground for bonus or deduction points; ``max`` bounds the item per unit."""

    id: Identifier
    title: Text
    worth: Worth
    max: MaybePoints = None
    role: Identifier | None = None
    hand: Identifier | None = None
    clause: Identifier | None = None
    note: str = ""


class Items(PackModel):
    """All bonus items, or all deduction items; ``max`` bounds them together.

    ``same_subject``: two facts with one ``subject`` — only the highest counts, or all.
    """

    max: MaybePoints = None
    same_subject: Literal["highest", "all"] = "highest"
    clause: Identifier | None = None
    items: tuple[Item, ...] = ()
