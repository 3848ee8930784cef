"""Makes a `Document` of a paper: its wording with the places filled, its head, its end.

A paper that would be wrong is a draft and says why: figures that are provisional or not sealed, an
open tie, a wording with a place that is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.domain.papers import Wording
from app.domain.year import RoundStage
from app.ground.findings import Finding, Findings
from app.reports.document import (
    Binding,
    Closing,
    Document,
    Draft,
    Letterhead,
    Page,
    Sheet,
    Signature,
    number_line,
    place_and_date,
)
from app.reports.figures import sentence
from app.reports.issuing import under_heading
from app.reports.papers.contents import contents_of
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.paper import DAY, NUMBER, Ask, Paper, Part, asks_of
from app.reports.papers.places import general_places
from app.reports.papers.wording import Filler, Place, names_in, plain_name
from app.reports.ranking import draft_of

_SEALED: Final = frozenset({RoundStage.ACCEPTED, RoundStage.SEALED})
_UPRIGHT: Final = (Sheet.A4_PORTRAIT,)


@dataclass(frozen=True, slots=True)
class Made:
    """A paper, what of it the officer has not filled in yet, and what is wrong with its wording."""

    document: Document
    blanks: tuple[Ask, ...] = ()
    findings: tuple[Finding, ...] = ()


def wording_of(paper: Paper, data: PaperData) -> Wording:
    """The officer's own wording, or the shipped one."""
    return data.wordings.get(paper.id) or shipped_wording(paper)


def shipped_wording(paper: Paper) -> Wording:
    """The wording that the paper came with."""
    return Wording(
        paper.id,
        "\n".join(paper.subject),
        "\n".join(paper.addressees),
        paper.body,
        "\n".join(paper.recipients),
    )


def places_of(paper: Paper, data: PaperData, subject: Subject) -> dict[str, Place]:
    """All places that the wording of a paper may use, with what stands in them now."""
    own = contents_of(paper).places(data, subject)
    known = {plain_name(name): value for name, value in own.items()}
    return {**general_places(data, paper, subject), **known}


def make(paper: Paper, data: PaperData, subject: Subject = Subject()) -> Made:  # noqa: B008
    """The paper for one subject; raises nothing that the officer could mend."""
    told = Findings()
    wording = wording_of(paper, data)
    filler = Filler(places_of(paper, data, subject), paper.title, told)
    lines = filler.lines(wording.subject.split("\n")) if wording.subject else ()
    letter = paper.form == "letter"
    blocks = filler.blocks(wording.body)
    addressees = filler.lines(wording.addressees.split("\n")) if wording.addressees else ()
    head = _letterhead(paper, data, subject, lines if letter else ())
    closing = _closing(paper, data, filler, wording)
    appendices = contents_of(paper).appendices(data, subject)
    reasons = (*_reasons(paper, data, subject), *(finding.message for finding in told))
    about = subject.name or (_province(data) if paper.scope == "province" else data.cluster_name)
    document = Document(
        title=f"{paper.title} - {about}",
        letterhead=head,
        kind="" if letter else filler.line(paper.kind),
        subject=() if letter else lines,
        blocks=blocks,
        closing=closing,
        draft=Draft(tuple(dict.fromkeys(reasons))) if reasons else None,
        appendices=appendices,
        page=Page() if paper.landscape else Page(sheets=_UPRIGHT),
        addressees=addressees,
        binding=_binding(paper, data, subject),
    )
    return Made(document, _blanks(paper, data, subject, wording), told.as_tuple())


def _province(data: PaperData) -> str:
    return data.issuer.province or "toàn tỉnh"


def _reasons(paper: Paper, data: PaperData, subject: Subject) -> tuple[str, ...]:
    reasons = [*contents_of(paper).reasons(data, subject)]
    if paper.result:
        if paper.scope == "province":
            return (*reasons, *_provisional_clusters(data))
        draft = draft_of(data.assessment)
        reasons += draft.reasons if draft else ()
        reasons += _unsealed(data)
        reasons += data.unproposed if paper.part is Part.PROPOSAL else ()
    return tuple(reasons)


def _provisional_clusters(data: PaperData) -> tuple[str, ...]:
    names = [cluster.name for cluster in data.province.provisional()]
    return (f"Kết quả còn tạm tính ở: {', '.join(names)}.",) if names else ()


def _unsealed(data: PaperData) -> tuple[str, ...]:
    """Which units' ranking round is not sealed, where a workspace keeps the stages."""
    if data.book.period is None:
        return ()
    ranking = data.assessment.ranking_round
    stages = {s.unit: s.stage for s in data.book.round_states if s.round == ranking}
    open_ones = [unit.name for unit in data.units if stages.get(unit.id) not in _SEALED]
    if not open_ones:
        return ()
    titles = {r.id: r.title for r in data.assessment.pack.rules.rounds}
    title = titles.get(ranking, ranking)
    if len(open_ones) == len(data.units):
        return (sentence(f"vòng “{title}” chưa chốt"),)
    return (sentence(f"vòng “{title}” chưa chốt với {', '.join(open_ones)}"),)


def _blanks(paper: Paper, data: PaperData, subject: Subject, wording: Wording) -> tuple[Ask, ...]:
    text = "\n".join((wording.subject, wording.addressees, wording.body, wording.recipients))
    used = {plain_name(name) for name in names_in(text)} | {NUMBER.name, DAY.name}
    return tuple(
        ask
        for ask in asks_of(paper)
        if plain_name(ask.name) in used and not data.answer(paper, subject, ask)
    )


def _letterhead(
    paper: Paper, data: PaperData, subject: Subject, about: tuple[str, ...]
) -> Letterhead | None:
    if paper.form == "slips":
        return None
    issuer = data.issuer
    day = data.answered_day(paper, subject, DAY)
    if paper.issued_by == "unit":
        superior: tuple[str, ...] = ()
        names: tuple[str, ...] = (subject.name.upper(),)
        sign, cluster = paper.sign, ""
    elif paper.issued_by == "province":
        superior, cluster = (), ""
        names = ("ỦY BAN NHÂN DÂN", (issuer.province or "tỉnh …………").upper())
        sign = f"{paper.sign}-UBND"
    else:
        leader = data.leader
        superior = tuple(line.upper() for line in issuer.superior)
        names = tuple(line.upper() for line in issuer.name)
        own = paper.issued_by == "leader"
        names = names or ((leader.name.upper(),) if leader and own else ())
        cluster = data.cluster_name.upper() if own and names else ""
        names = names or ((data.cluster_name if own else "Sở Nội vụ").upper(),)
        sign = "-".join(filter(None, (paper.sign, issuer.short)))
    number = data.answer(paper, subject, NUMBER)
    head = Letterhead(
        superior=superior,
        issuer=names,
        cluster=cluster,
        number=_number(number, sign),
        place_and_date="" if paper.form == "minutes" else place_and_date(issuer.place, day),
        about=about,
    )
    return under_heading(head, issuer.heading, issuer.heading_text)


def _number(number: str, sign: str) -> str:
    """ "Số: 05/BC-STP", or what the officer wrote where it is more than a number."""
    if number and not number.isdecimal():
        return f"Số: {number}"
    return number_line(int(number) if number else None, sign or "…")


def _closing(paper: Paper, data: PaperData, filler: Filler, wording: Wording) -> Closing | None:
    if paper.form == "slips":
        return None
    recipients = filler.lines(wording.recipients.split("\n")) if wording.recipients else ()
    signatures = tuple(
        Signature(
            filler.lines(place.lines), filler.line(place.name), filler.line(place.note), place.field
        )
        for place in paper.signatures
    )
    return Closing(signatures or (_issuer_signature(paper, data),), recipients)


def _issuer_signature(paper: Paper, data: PaperData) -> Signature:
    """Who signs for the issuer: the cluster's leader, or the head of the office."""
    issuer, words = data.issuer, data.vocabulary
    lines = tuple(line.upper() for line in issuer.authority)
    if paper.issued_by == "unit":
        return Signature(("THỦ TRƯỞNG ĐƠN VỊ",), field="NguoiKy")
    if paper.issued_by == "department":
        return Signature(lines or ("GIÁM ĐỐC",), issuer.signer, field="NguoiKy")
    if paper.issued_by == "province":
        return Signature(("CHỦ TỊCH",), field="NguoiKy")
    head = f"TM. {words.cluster.upper()} THI ĐUA"
    sealed = " ".join(issuer.name) or (data.leader.name if data.leader else "")
    note = f"(Ký tên, đóng dấu của {sealed})" if sealed else ""
    return Signature((head, words.leader.upper(), *lines), issuer.signer, note, "NguoiKy")


def _binding(paper: Paper, data: PaperData, subject: Subject) -> Binding | None:
    state = data.state
    if state is None:
        return None
    whom = "/".join(filter(None, (data.cluster.id, subject.id)))
    return Binding(
        state.workspace, state.period, paper.id, whom, state.digest, state.operation, state.head
    )
