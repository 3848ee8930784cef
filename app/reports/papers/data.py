"""What a paper is made from: the result, the year's other records, what the officer filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.conference import Activity, BallotSheet, DutyState, Proposal
from app.domain.papers import Issuer, Wording
from app.domain.snapshot import Ballot, Cluster, Unit
from app.domain.year import (
    AwardRecord,
    Conference,
    CriteriaTable,
    Deadline,
    DeadlineException,
    Evidence,
    EvidenceLink,
    Explanation,
    IssuedPaper,
    PeriodRecord,
    Registration,
    RoundState,
    Target,
)
from app.reports.citations import Citations
from app.reports.figures import Figures
from app.reports.issuing import cluster_name, leader_of
from app.reports.names import Names
from app.reports.papers.paper import Ask, Paper
from app.rules.document import LoadedPack
from app.rules.pack import Vocabulary
from app.scoring.assessment import Assessment
from app.scoring.province import ClusterResult, FlagRule, Province, province_of

DEPUTY = "deputy"


@dataclass(frozen=True, slots=True)
class YearBook:
    """The records of a year beside its facts, as a workspace keeps them; a facts file has none.

    ``ballots`` are the counted ballots by the number that their sheets name.
    """

    period: PeriodRecord | None = None
    table: CriteriaTable | None = None
    registrations: Sequence[Registration] = ()
    targets: Sequence[Target] = ()
    evidence: Sequence[Evidence] = ()
    evidence_links: Sequence[EvidenceLink] = ()
    explanations: Sequence[Explanation] = ()
    round_states: Sequence[RoundState] = ()
    conferences: Sequence[Conference] = ()
    ballot_sheets: Sequence[BallotSheet] = ()
    ballots: Mapping[int, Ballot] = field(default_factory=dict)
    activities: Sequence[Activity] = ()
    duty_states: Sequence[DutyState] = ()
    deadlines: Sequence[Deadline] = ()
    deadline_exceptions: Sequence[DeadlineException] = ()
    proposals: Sequence[Proposal] = ()
    awards: Sequence[AwardRecord] = ()
    papers: Sequence[IssuedPaper] = ()


@dataclass(frozen=True, slots=True)
class State:
    """Which state of which workspace the data are: see `document.Binding`."""

    workspace: str
    period: str
    digest: str = ""
    operation: int | None = None
    head: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """For what one paper is made: a unit, a ballot, a conference; ``name`` as it is listed."""

    id: str = ""
    name: str = ""


Answers = Mapping[tuple[str, str, str], str]
"""What was filled in, by paper ("" where shared), subject ("" where it does not differ), name."""


@dataclass(frozen=True)
class PaperData:
    """All that the papers of one cluster and year are made from.

    ``frame`` is the province's frame that the table was made from, ``last_year`` the result of the
    year before where the workspace has it, ``unproposed`` why no proposals stand that the data
    carry. ``clusters`` are those of the whole province where they are not all in this assessment,
    ``flag`` the rule for the Government's flag where the department sets one.
    """

    assessment: Assessment
    cluster: Cluster
    overlays: tuple[LoadedPack, ...] = ()
    book: YearBook = YearBook()
    issuer: Issuer = field(default_factory=Issuer)
    answers: Answers = field(default_factory=dict)
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    frame: LoadedPack | None = None
    last_year: Assessment | None = None
    unproposed: tuple[str, ...] = ()
    clusters: tuple[ClusterResult, ...] = ()
    flag: FlagRule | None = None
    state: State | None = None

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the pack that ranks."""
        return self.assessment.pack.rules.vocabulary

    @cached_property
    def citations(self) -> Citations:
        """Clauses and sources in words."""
        return Citations(self.assessment, self.overlays)

    @cached_property
    def figures(self) -> Figures:
        """Points as they are printed."""
        return Figures(self.assessment)

    @cached_property
    def names(self) -> Names:
        """Names for ids."""
        return Names(self.assessment)

    @property
    def cluster_name(self) -> str:
        """ "Khối thi đua các cơ quan Nội chính"."""
        return cluster_name(self.assessment, self.cluster)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units of the cluster, in the order of the year's list."""
        return tuple(self.assessment.snapshot.members(self.cluster.id))

    @property
    def ranked(self) -> tuple[str, ...]:
        """The ids of the units in the order of ranks."""
        return tuple(self.assessment.clusters.get(self.cluster.id, ()))

    @property
    def leader(self) -> Unit | None:
        """The unit that leads the cluster in this year."""
        return leader_of(self.assessment, self.cluster)

    @property
    def deputy(self) -> Unit | None:
        """The unit that is deputy in this year."""
        return next((unit for unit in self.units if DEPUTY in unit.roles), None)

    @cached_property
    def province(self) -> Province:
        """All clusters: those that were gathered, or those of this assessment."""
        return Province(self.clusters) if self.clusters else province_of([("", self.assessment)])

    def unit(self, unit: str) -> Unit:
        """The unit with this id."""
        return self.assessment.snapshot.unit(unit)

    def answer(self, paper: Paper, subject: Subject, ask: Ask) -> str:
        """What was filled in, or the empty text."""
        return self.answers.get(answer_key(paper, subject, ask), "").strip()

    def answered_day(self, paper: Paper, subject: Subject, ask: Ask) -> dt.date | None:
        """The day that was filled in, where it is one."""
        try:
            return dt.date.fromisoformat(self.answer(paper, subject, ask))
        except ValueError:
            return None


def answer_key(paper: Paper, subject: Subject, ask: Ask) -> tuple[str, str, str]:
    """Under which key an answer is kept."""
    return ("" if ask.shared else paper.id, subject.id if ask.each else "", ask.name)
