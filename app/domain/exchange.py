"""What a workspace keeps of its exchange with others: whose keys it knows, what went and came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Sender:
    """A unit or agency whose key was confirmed by its fingerprint, or is not trusted any more.

    ``key`` is the public key in hexadecimal; a unit that changes its key keeps the old one here,
    ``retired`` with the reason, so that an old package is still told apart from a forged one.
    """

    name: str
    key: str
    unit: str | None = None
    confirmed_by: str = ""
    confirmed_on: str = ""
    retired: str = ""


@dataclass(frozen=True, slots=True)
class ExchangedPackage:
    """A package that was sent or taken in.

    ``digest`` names it; ``about`` is the unit that it is about where it is about one, ``sequence``
    the sender's running number, ``operation`` the last operation of this workspace before it left,
    or the one that took it in. ``answers`` is the package that it answers.
    """

    digest: str
    direction: Literal["sent", "received"]
    kind: str
    extent: str
    sender: str
    key: str = ""
    recipient: str = ""
    period: str = ""
    cluster: str = ""
    about: str = ""
    sequence: int = 1
    made: str = ""
    assessment: str = ""
    journal: str = ""
    answers: str = ""
    operation: int = 0
