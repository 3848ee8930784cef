"""What an officer puts into the papers: who issues them, their wording, what only he knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Heading = Literal["state", "party", "own"]
"""Whose heading a paper bears: a state agency's, a party agency's, or words of the issuer's own."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues the papers of this workspace; asked for once, everything may be left out.

    ``superior`` and ``name`` are lines; ``short`` is the abbreviation in the number ("STP" of
    "BC-STP"); ``authority`` the lines above the signature ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC");
    ``province`` as it is written in a sentence ("tỉnh Cao Bằng"); ``heading_text`` the words at
    the top right where the heading is the issuer's own.
    """

    superior: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    short: str = ""
    place: str = ""
    province: str = ""
    authority: tuple[str, ...] = ()
    signer: str = ""
    archive: str = ""
    heading: Heading = "state"
    heading_text: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The officer's own wording of a paper; lines are parted by line feeds."""

    paper: str
    subject: str = ""
    addressees: str = ""
    body: str = ""
    recipients: str = ""


@dataclass(frozen=True, slots=True)
class PaperAnswer:
    """What the officer filled in for a paper of the year.

    ``paper`` is empty for what all papers share, ``subject`` for what does not differ by unit,
    ballot or conference.
    """

    paper: str
    subject: str
    name: str
    value: str = ""
