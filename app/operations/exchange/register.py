"""The register of packages that went and came, and how a package stands beside those before it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.exchange import ExchangedPackage
from app.exchange.packages import KIND_RULES, Contents, Head, Kind, PackageStatus
from app.exchange.packages.kinds import EXTENT_TITLES, Extent
from app.operations.exchange.rights import Scope
from app.operations.workspace.desk import Desk
from app.persistence import books
from app.persistence.workspace import Workspace

SENT = "sent"
RECEIVED = "received"


class Age(StrEnum):
    """How a package stands beside what came from the same sender about the same thing."""

    FIRST = "first"
    NEWER = "newer"
    SAME = "same"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One package that went or came, in words. ``made`` is as its sender says."""

    package: ExchangedPackage
    direction: str
    kind: str
    extent: str
    other: str
    made: str
    about: str
    sentence: str


def exchanged(desk: Desk) -> tuple[RegisterLine, ...]:
    """The packages of the year, the oldest first; those without a year stand among them."""
    names = {unit.id: unit.name for unit in desk.units.values()}
    names |= {cluster.id: cluster.name for cluster in desk.clusters.values()}
    packages = desk.workspace.read(books.PACKAGES)
    listed = [package for package in packages if package.period in ("", desk.period)]
    return tuple(_line(package, names) for package in sorted(listed, key=lambda p: p.operation))


def _line(package: ExchangedPackage, names: dict[str, str]) -> RegisterLine:
    sent = package.direction == SENT
    kind = KIND_RULES[Kind(package.kind)].title
    extent = EXTENT_TITLES[Extent(package.extent)]
    other = package.recipient if sent else package.sender
    made = said_moment(package.made)
    about = names.get(package.about or package.cluster, package.about or package.cluster)
    verb = "Đã gửi" if sent else "Đã nhận"
    whom = (f" cho {other}" if sent else f" của {other}") if other else ""
    return RegisterLine(
        package,
        verb,
        kind,
        extent,
        other,
        made,
        about,
        f"{verb} gói “{kind}” ({extent}){whom}, số {package.sequence}, lập {made}",
    )


def said_moment(text: str) -> str:
    """A moment as it is read: 20/12/2026 08:30."""
    try:
        return f"{dt.datetime.fromisoformat(text):%d/%m/%Y %H:%M}"
    except ValueError:
        return text


def stream_of(
    packages: Iterable[ExchangedPackage], head: Head, key: str, scope: Scope, period: str
) -> list[ExchangedPackage]:
    """What came before from the same sender, of the same kind, about the same."""
    return [
        package
        for package in packages
        if package.direction == RECEIVED
        and package.key == key
        and package.kind == head.kind.value
        and package.period == period
        and (package.about, package.cluster) == (scope.unit, scope.cluster)
    ]


def age_of(status: PackageStatus, head: Head, before: Iterable[ExchangedPackage]) -> Age:
    """How a package stands beside these."""
    there = list(before)
    if any(package.digest == status.digest for package in there):
        return Age.SAME
    if not there:
        return Age.FIRST
    last = max(there, key=lambda package: package.sequence)
    made = head.made.isoformat(timespec="seconds")
    if head.sequence == last.sequence:
        newer = dt.datetime.fromisoformat(made) > dt.datetime.fromisoformat(last.made)
    else:
        newer = head.sequence > last.sequence
    return Age.NEWER if newer else Age.OLDER


def age_words(age: Age, before: Iterable[ExchangedPackage]) -> str:
    """The same in a sentence."""
    last = max(before, key=lambda package: package.sequence, default=None)
    if age is Age.FIRST or last is None:
        return "Đây là gói đầu tiên của nơi gửi về nội dung này."
    known = f"gói số {last.sequence} lập {said_moment(last.made)}"
    match age:
        case Age.SAME:
            return "Gói này đã được nhận; nhận lại không thay đổi gì."
        case Age.NEWER:
            return f"Gói mới hơn {known} đã nhận trước đây."
    return f"Gói cũ hơn {known} đã nhận, nên không được nhận nữa."


def base_of(
    packages: Iterable[ExchangedPackage], head: Head, before: Iterable[ExchangedPackage]
) -> int | None:
    """The operation at which both sides last had the same, as far as the register knows it."""
    answered = [p.operation for p in packages if head.answers and p.digest == head.answers]
    return max((*answered, *(p.operation for p in before)), default=None)


SETTLED = "settled"
"""The parameter of an operation that says where ours stayed, and against what."""


def settled_by(workspace: Workspace, before: Iterable[ExchangedPackage]) -> dict[str, str]:
    """Where ours stayed when these came: row by row, the mark of what their sender said.

    The sender does not know of it, and sends the same value again: that is no change of theirs.
    """
    found: dict[str, str] = {}
    for package in sorted(before, key=lambda package: package.operation):
        operation = workspace.operation_numbered(package.operation)
        if operation is not None:
            found |= json.loads(operation.parameters.get(SETTLED, "{}"))
    return found


def registered(
    contents: Contents,
    digest: str,
    direction: str,
    key: str,
    scope: Scope,
    period: str,
    operation: int,
) -> ExchangedPackage:
    """The line of the register for a package."""
    head = contents.head
    return ExchangedPackage(
        digest=digest,
        direction="sent" if direction == SENT else "received",
        kind=head.kind.value,
        extent=head.extent.value,
        sender=head.sender.name,
        key=key,
        recipient=head.recipient.name if head.recipient is not None else "",
        period=period,
        cluster=scope.cluster,
        about=scope.unit,
        sequence=head.sequence,
        made=head.made.isoformat(timespec="seconds"),
        assessment=head.assessment or "",
        journal=head.journal or "",
        answers=head.answers or "",
        operation=operation,
    )


def answerable(desk: Desk, kind: Kind) -> str:
    """The digest of what a package of this kind answers, unless another is named; or nothing.

    An appraisal answers the last result that came to be appraised; in the copy of a workspace in
    which a second officer appraises, that is the same.
    """
    if kind is not Kind.APPRAISAL:
        return ""
    came = [
        package
        for package in desk.workspace.read(books.PACKAGES)
        if (package.kind, package.period) == (Kind.FOR_APPRAISAL.value, desk.period)
    ]
    return max(came, key=lambda package: package.operation).digest if came else ""
