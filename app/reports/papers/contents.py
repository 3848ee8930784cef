"""What the modules of the parts of the year give for a paper, and where each paper finds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from app.reports.document import Appendix
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.paper import Paper, Part
from app.reports.papers.wording import Place

Places = Mapping[str, Place]


def _no_places(_data: PaperData, _subject: Subject) -> Places:
    return {}


def _no_appendices(_data: PaperData, _subject: Subject) -> tuple[Appendix, ...]:
    return ()


def _no_reasons(_data: PaperData, _subject: Subject) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What one paper says beyond what all papers can say.

    ``places`` are its own named places, ``appendices`` its appendices, ``reasons`` why it is a
    draft beyond what holds for every paper that shows the result (sentences), ``subjects`` for
    whom it is made where its scope alone does not say it.
    """

    places: Callable[[PaperData, Subject], Places] = _no_places
    appendices: Callable[[PaperData, Subject], tuple[Appendix, ...]] = _no_appendices
    reasons: Callable[[PaperData, Subject], tuple[str, ...]] = _no_reasons
    subjects: Callable[[PaperData], tuple[Subject, ...]] | None = None


_MODULES: Final[Mapping[Part, str]] = {
    Part.START: "start_papers",
    Part.SCORING: "scoring_papers",
    Part.CONFERENCE: "conference_papers",
    Part.PROPOSAL: "proposal_papers",
    Part.DEPARTMENT: "department_papers",
    Part.TURN: "turn_papers",
}
"""Each module has ``CONTENTS``, by the id of the paper; it is read when first asked for."""


def contents_of(paper: Paper) -> Contents:
    """What a paper says beyond what all papers can say."""
    module = import_module(f"app.reports.papers.{_MODULES[paper.part]}")
    found: Contents = module.CONTENTS.get(paper.id, Contents())
    return found


def subjects_of(paper: Paper, data: PaperData) -> tuple[Subject, ...]:
    """For whom a paper can be made now: one for the cluster, or one for each unit, ballot …"""
    own = contents_of(paper).subjects
    if own is not None:
        return own(data)
    match paper.scope:
        case "unit":
            return tuple(Subject(unit.id, unit.name) for unit in data.units)
        case "ballot":
            sheets = data.book.ballot_sheets
            here = (s for s in sheets if s.cluster in (None, data.cluster.id))
            return tuple(Subject(sheet.id, sheet.title) for sheet in here)
        case "conference":
            held = (c for c in data.book.conferences if c.cluster in (None, data.cluster.id))
            return tuple(Subject(meeting.id, meeting.title) for meeting in held)
        case "proposal":
            there = (p for p in data.book.proposals if p.cluster in (None, data.cluster.id))
            return tuple(Subject(p.id, data.unit(p.unit).name) for p in there)
        case "province":
            return (Subject(),) if len(data.province.clusters) > 1 else ()
        case "cluster":
            return (Subject(),)
