"""Who issues a paper of a cluster, and how it begins and ends.

A cluster has no seal: its leader unit issues the paper and stamps it with its own seal, so the
letterhead is the leader unit's, with the cluster in the line below.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from app.domain.papers import Heading
from app.domain.snapshot import Cluster, Unit
from app.reports.document import (
    PARTY,
    Closing,
    Letterhead,
    Signature,
    number_line,
    place_and_date,
)
from app.rules.pack import Vocabulary
from app.scoring.assessment import Assessment

LEADER = "leader"
"""The role of the unit that leads a cluster in the period."""


@dataclass(frozen=True, slots=True)
class Issuing:
    """What the officer fills in about a paper; everything may be left out.

    ``issuer`` is the leader unit unless given; ``sign`` is the ký hiệu ("BC-STP"), without it no
    number is printed; ``authority`` and ``name`` are those of the signer; ``party`` chooses the
    heading of a party agency (its texts were not checked against the party's own rules).
    """

    superior: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    place: str = ""
    day: dt.date | None = None
    number: int | None = None
    sign: str = ""
    authority: tuple[str, ...] = ()
    name: str = ""
    recipients: tuple[str, ...] = ()
    party: bool = False

    def letterhead(self, assessment: Assessment, cluster: Cluster) -> Letterhead:
        """The top of a paper of the cluster."""
        leader = leader_of(assessment, cluster)
        issuer = self.issuer or ((leader.name,) if leader else ())
        name = cluster_name(assessment, cluster).upper()
        lines = tuple(line.upper() for line in issuer) or (name,)
        head = Letterhead(
            superior=tuple(line.upper() for line in self.superior),
            issuer=lines,
            cluster=name if issuer else "",
            number=number_line(self.number, self.sign) if self.sign else "",
            place_and_date=place_and_date(self.place, self.day),
        )
        return under_heading(head, "party" if self.party else "state")

    def closing(self, assessment: Assessment, cluster: Cluster) -> Closing:
        """The end of a paper of the cluster: the leader signs and its own unit's seal is used."""
        words = vocabulary(assessment)
        leader = leader_of(assessment, cluster)
        sealed = self.issuer[-1] if self.issuer else leader.name if leader else ""
        note = f"(Ký tên, đóng dấu của {sealed})" if sealed else "(Ký tên)"
        authority = self.authority or (
            f"TM. {words.cluster.upper()} THI ĐUA",
            words.leader.upper(),
        )
        recipients = self.recipients or (
            f"- {words.standing_agency};",
            f"- Các đơn vị thành viên {words.cluster};",
            "- Lưu: VT, hồ sơ thi đua.",
        )
        return Closing((Signature(authority, self.name, note),), recipients)


def under_heading(head: Letterhead, heading: Heading, text: str = "") -> Letterhead:
    """The letterhead with the heading of a state agency, of the Party, or ``text`` of its own.

    NĐ 30/2020 binds state agencies alone; the texts of the other headings were not checked
    against their rules.
    """
    if heading == "state":
        return head
    nation = PARTY if heading == "party" else text.upper()
    return replace(head, nation=nation, motto="", star=heading == "party")


def vocabulary(assessment: Assessment) -> Vocabulary:
    """The words of the pack that ranks."""
    return assessment.pack.rules.vocabulary


def cluster_name(assessment: Assessment, cluster: Cluster) -> str:
    """The cluster's name, with the pack's word before it where the name lacks it."""
    word = vocabulary(assessment).cluster
    if cluster.name.casefold().startswith((word.casefold(), "cụm", "khối")):
        return cluster.name
    return f"{word[:1].upper()}{word[1:]} thi đua {cluster.name}"


def leader_of(assessment: Assessment, cluster: Cluster) -> Unit | None:
    """The unit that leads the cluster, where one is recorded."""
    members = assessment.snapshot.members(cluster.id)
    return next((unit for unit in members if LEADER in unit.roles), None)
