"""The head of a package, ``package.json``: what it is, whose, for whom, about what."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, StrictInt, model_validator

from app.exchange.packages.fields import Day, Digest, Id, Moment, PackageModel, Rows, Text, Title
from app.exchange.packages.kinds import KIND_RULES, Extent, Kind

PACKAGE_SCHEMA: Final = "bangvang-package/1"


class Party(PackageModel):
    """A unit or agency that sends or receives; ``unit`` is its id in the facts, if it has one."""

    name: Title
    unit: Id | None = None


class Year(PackageModel):
    """The emulation year that the contents are about."""

    name: Title
    start: Day = Field(alias="from")
    end: Day = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError("days_reversed")
        return self


class PackName(PackageModel):
    """A criteria table that the contents are scored by, main one first."""

    id: Id
    version: Title
    digest: Digest


class Head(PackageModel):
    """What a package says of itself.

    ``assessment`` is the digest of the result, ``journal`` the sender's last operation when it was
    made, ``sequence`` the sender's own running number, ``answers`` the digest of the package that
    this one answers. ``made`` carries the offset of the place.
    """

    schema_: Literal["bangvang-package/1"] = Field(PACKAGE_SCHEMA, alias="schema")
    kind: Kind
    extent: Extent
    sender: Party
    recipient: Party | None = None
    year: Year | None = None
    packs: Annotated[Rows[PackName], Field(max_length=40)] = ()
    assessment: Digest | None = None
    journal: Digest | None = None
    sequence: Annotated[StrictInt, Field(ge=1, le=10**9)]
    answers: Digest | None = None
    made: Moment
    note: Text = ""

    @property
    def title(self) -> str:
        """The kind in Vietnamese."""
        return KIND_RULES[self.kind].title


def head_tree(head: Head) -> dict[str, Any]:
    """The head as JSON; every key always stands."""
    return head.model_dump(mode="json", by_alias=True)
