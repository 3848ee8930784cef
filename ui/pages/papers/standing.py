"""How far a paper has come, in words; why it is a draft, and where that is mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from app.operations.workspace.paper_desk import PaperLine
from app.reports.papers.contents import contents_of
from app.reports.papers.data import PaperData
from app.reports.papers.paper import Part
from app.reports.ranking import draft_of
from ui.pages.papers.facts import Reason, Standing
from ui.places import PageId, Place
from ui.theme.tokens import Tone

NOT_SEEN: Final = Standing("Chưa xem", Tone.NEUTRAL)
WORDING: Final = "Sửa lời văn"
"""The button of a reason that lies in the wording of the paper itself."""

_BY_PART: Final[Mapping[Part, tuple[PageId, str]]] = {
    Part.START: (PageId.CRITERIA, "Đến Bảng tiêu chí"),
    Part.SCORING: (PageId.SCORES, "Đến Chấm điểm"),
    Part.CONFERENCE: (PageId.BALLOTS, "Đến Bỏ phiếu"),
    Part.PROPOSAL: (PageId.AWARDS, "Đến Khen thưởng"),
    Part.DEPARTMENT: (PageId.RANKING, "Đến Xếp hạng"),
    Part.TURN: (PageId.CLOSING, "Đến Khóa sổ"),
}
"""Where a paper's own reasons are mended."""
_RANKING: Final = (PageId.RANKING, "Đến Xếp hạng")
_AWARDS: Final = (PageId.AWARDS, "Đến Khen thưởng")
_SCORES: Final = (PageId.SCORES, "Đến Chấm điểm")


def standing_of(line: PaperLine, data: PaperData) -> Standing:
    """How far a paper has come: a draft, with room left, or ready to be printed."""
    draft, blanks = line.made.document.draft, tuple(ask.words for ask in line.made.blanks)
    if draft is not None:
        return Standing("Dự thảo", Tone.WAITING, _reasons(line, data, draft.reasons), blanks)
    if blanks:
        return Standing(f"Còn {len(blanks)} chỗ để trống", Tone.INFO, (), blanks)
    return Standing("Sẵn sàng in", Tone.GOOD)


def _reasons(line: PaperLine, data: PaperData, told: Sequence[str]) -> tuple[Reason, ...]:
    """The reasons with where each is mended: known by whoever gave it."""
    paper = line.paper
    wording = {finding.message for finding in line.made.findings}
    own = set(contents_of(paper).reasons(data, line.subject))
    provisional = draft_of(data.assessment)
    ranking = set(provisional.reasons) if provisional else set()

    def where(words: str) -> Reason:
        if words in wording:
            return Reason(words, None, WORDING)
        if words in ranking:
            page, verb = _RANKING
        elif words in data.unproposed:
            page, verb = _AWARDS
        elif words in own:
            page, verb = _BY_PART[paper.part]
        else:
            page, verb = _SCORES
        return Reason(words, Place(page), verb)

    return tuple(where(words) for words in told)


def together(found: Sequence[Standing]) -> tuple[str, Tone, str]:
    """Several papers of one kind as one state, its tone, and what is told when pointed at."""
    if len(found) == 1:
        one = found[0]
        return one.words, one.tone, "\n".join((one.words, *(r.words for r in one.reasons)))
    if any(one is NOT_SEEN for one in found):
        return NOT_SEEN.words, NOT_SEEN.tone, NOT_SEEN.words
    drafts = sum(bool(one.reasons) for one in found)
    blank = sum(bool(one.blanks) and not one.reasons for one in found)
    ready = len(found) - drafts - blank
    counts = (
        f"{drafts} dự thảo" if drafts else "",
        f"{blank} còn chỗ để trống" if blank else "",
        f"{ready} sẵn sàng in" if ready else "",
    )
    tip = ", ".join(words for words in counts if words)
    if drafts:
        words = "Dự thảo" if drafts == len(found) else f"Dự thảo {drafts}/{len(found)}"
        return words, Tone.WAITING, tip
    if blank:
        most = max(len(one.blanks) for one in found)
        words = (
            f"Còn {most} chỗ để trống" if blank == len(found) else f"Còn trống {blank}/{len(found)}"
        )
        return words, Tone.INFO, tip
    return "Sẵn sàng in", Tone.GOOD, tip
