"""The ballots of a cluster as papers tell them: their order, their numbers, what they come to.

A paper says of a ballot what the present result says of it; a ballot that was counted and has no
sheet (facts that came out of a file) is told like the others.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from app.domain.conference import BallotSheet, BallotStage, Candidate
from app.domain.snapshot import Ballot
from app.ground.findings import Findings
from app.ground.numbers import vietnamese
from app.ground.text import natural_key
from app.reports.choices import choice_words
from app.reports.figures import sentence
from app.reports.papers.data import PaperData, Subject
from app.rules.merge import with_overlays
from app.rules.pack import RulePack
from app.scoring.assessment import Tie
from app.scoring.ballot_standing import BallotState, BallotView, view_of
from app.scoring.ballots import candidates

COUNTS: Final[Mapping[str, str]] = {
    "members": "Tổng số người có quyền bỏ phiếu",
    "present": "Số người có mặt",
    "issued": "Số phiếu phát ra",
    "returned": "Số phiếu thu về",
    "valid": "Số phiếu hợp lệ",
    "invalid": "Số phiếu không hợp lệ",
    "blank": "Số phiếu trắng",
    "written_returned": "Số ý kiến bằng văn bản của người vắng mặt",
}
"""The numbers of a count in the order of the minutes."""


def rules_of(data: PaperData) -> RulePack:
    """The rules of the year with what overlays add."""
    return with_overlays(
        data.assessment.pack.rules, [overlay.rules for overlay in data.overlays], Findings()
    )


def ballot_views(data: PaperData) -> tuple[BallotView, ...]:
    """The ballots of the cluster in the order in which they were opened, then those unsheeted."""
    rules = rules_of(data)
    here = (None, data.cluster.id)
    sheets = sorted((s for s in data.book.ballot_sheets if s.cluster in here), key=_opened)
    kept = data.book.ballots or dict(enumerate(data.assessment.snapshot.ballots, start=1))
    named = {sheet.ballot for sheet in data.book.ballot_sheets}
    loose = [
        _sheet_for(data, number, ballot)
        for number, ballot in kept.items()
        if number not in named and ballot.cluster in here
    ]
    return tuple(view_of(sheet, data.assessment, rules, kept) for sheet in (*sheets, *loose))


def view_for(data: PaperData, subject: Subject) -> BallotView:
    """The ballot that a paper is made for."""
    return next(view for view in ballot_views(data) if view.sheet.id == subject.id)


def subjects(data: PaperData) -> tuple[Subject, ...]:
    """The ballots that papers are made for: those with a sheet that were not cancelled."""
    return tuple(
        Subject(view.sheet.id, titled(view.sheet))
        for view in ballot_views(data)
        if view.sheet.id and view.sheet.stage is not BallotStage.CANCELLED
    )


def _opened(sheet: BallotSheet) -> tuple[object, ...]:
    return (sheet.opened_on or dt.date.max, natural_key(sheet.id))


def _sheet_for(data: PaperData, number: int, ballot: Ballot) -> BallotSheet:
    """What the sheet of a counted ballot would say, had it been opened in the program."""
    words = data.vocabulary
    award = data.names.awards.get(ballot.award or "", "khen thưởng")
    titles = {
        "tie": f"Chọn đơn vị được đề nghị tặng {award}",
        "award": f"Bình xét đề nghị tặng {award}",
        "leader": f"Bầu {words.leader} năm sau",
        "deputy": f"Bầu {words.deputy} năm sau",
        "free": "Lấy ý kiến",
    }
    names = data.names.units
    return BallotSheet(
        id="",
        purpose=ballot.purpose,
        form=ballot.form,
        vote=ballot.number,
        stage=BallotStage.COUNTED,
        title=titles[ballot.purpose],
        award=ballot.award,
        cluster=ballot.cluster,
        candidates=tuple(Candidate(u, names.get(u, u)) for u in sorted(candidates(ballot))),
        places=ballot.places or 1,
        totals=ballot.totals,
        ballot=number,
    )


def titled(sheet: BallotSheet) -> str:
    """The title of a ballot, with the number of the vote from the second on."""
    return f"{sheet.title} (lần {sheet.vote})" if sheet.vote > 1 else sheet.title


def candidate_names(view: BallotView) -> dict[str, str]:
    """The names of the candidates in the order of the paper."""
    return {c.key: c.name or c.key for c in view.sheet.candidates}


def approving(view: BallotView) -> bool:
    """Whether each candidate is agreed to or not, instead of some being chosen."""
    return view.sheet.purpose != "tie" and (view.rule.form or view.sheet.form) == "approve"


def number_words(count: int) -> str:
    """A small number as papers write it: 01, 12."""
    return f"{count:02d}"


# ---------------------------------------------------------------------- what is needed
def threshold_sentence(view: BallotView) -> str:
    """Who is chosen: by most votes, or by which share of what, and how many votes that is."""
    rule, result = view.rule, view.result
    if rule.percent is None:
        if approving(view):
            words = "được thông qua khi số phiếu đồng ý nhiều hơn số phiếu không đồng ý"
        else:
            words = "ai được nhiều phiếu hơn thì được chọn"
        return f"Cách xác định kết quả: {words}; quy định áp dụng không nêu tỷ lệ tối thiểu."
    more = "quá" if rule.strict else "ít nhất"
    share = vietnamese(Fraction(str(rule.percent)))
    words = f"Cách xác định kết quả: cần {more} {share} % tính trên {base_words(view)}"
    if result is not None and result.needed is not None:
        words += f" ({result.base_count}), tức ít nhất {result.needed} phiếu"
    return f"{words}."


def base_words(view: BallotView) -> str:
    """What a percentage is of, with the written opinions where they count."""
    words = choice_words(view.rule.base)
    written = view.ballot.written_returned if view.ballot is not None else None
    if written and view.rule.written and view.rule.base != "members":
        return f"{words} cộng số ý kiến bằng văn bản"
    return words


def quorum_sentence(view: BallotView) -> str:
    """Whether enough took part."""
    rule, result = view.rule, view.result
    if rule.quorum is None:
        return "Quy định áp dụng không nêu số người tham gia tối thiểu."
    if result is None or result.quorum is None:
        more = "quá" if rule.quorum.strict else "ít nhất"
        share = vietnamese(Fraction(str(rule.quorum.percent)))
        return f"Cần {more} {share} % tổng số người có quyền bỏ phiếu tham gia."
    found = result.quorum
    came = f"có {found.present}/{found.base} người tham gia, cần ít nhất {found.needed}"
    verdict = "đủ điều kiện" if found.met else "không đủ điều kiện"
    return f"Số người tham gia: {came}; {verdict}."


def rule_sentence(data: PaperData, clause: str | None) -> str:
    """What the text says on a ballot, or the pack's note where the text is silent."""
    words = data.citations.quote(clause)
    if not words:
        return ""
    place = data.citations.short(clause)
    if words.startswith("“"):
        return f"Quy định áp dụng: {words} ({place})."
    return f"Văn bản không quy định: {words.rstrip('.')} ({place})."


# ---------------------------------------------------------------------- what came of it
def why_words(data: PaperData, view: BallotView, why: str) -> str:
    """A reason of the engine by names."""
    for key, name in {**data.names.units, **candidate_names(view)}.items():
        why = re.sub(rf"(?<!\S){re.escape(key)}(?= có \d)", lambda _, name=name: name, why)  # type: ignore[misc]
    return data.names.sentence(why)


def votes_words(view: BallotView) -> str:
    """ "Sở A: 8 phiếu; Sở B: 5 phiếu", the written opinions among them, most votes first."""
    if view.result is None:
        return ""
    names, votes = candidate_names(view), view.result.votes
    order = sorted(votes, key=lambda key: (-votes[key], list(names).index(key)))
    return "; ".join(f"{names[key]}: {votes[key]} {_votes(view, key)}" for key in order)


def _votes(view: BallotView, key: str) -> str:
    if not approving(view):
        return "phiếu"
    against = votes_against(view, key)
    return "phiếu đồng ý" + ("" if against is None else f" và {against} phiếu không đồng ý")


def votes_against(view: BallotView, key: str) -> int | None:
    """The votes against a candidate, written opinions among them; none noted is not zero."""
    if view.ballot is None:
        return None
    written = (view.ballot.written_against,) if view.rule.written else ()
    known = [part[key] for part in (view.ballot.against, *written) if key in part]
    return sum(known) if known else None


def outcome_sentence(data: PaperData, view: BallotView) -> str:
    """What the ballot comes to, as one sentence that names names."""
    why = why_words(data, view, view.why)
    match view.state:
        case BallotState.OPEN:
            words = "chưa kiểm phiếu"
        case BallotState.DECIDES:
            words = _chosen(data, view)
        case BallotState.LEVEL:
            words = _level(view)
        case BallotState.FAILED:
            words = _failed(view)
        case BallotState.NO_QUORUM:
            words = f"không đủ số người tham gia ({why}); kết quả bỏ phiếu không được công nhận"
        case BallotState.VOID:
            words = f"kết quả bỏ phiếu không được sử dụng, vì {why}"
        case BallotState.SUPERSEDED:
            words = f"kết quả bỏ phiếu không dùng nữa, đã phân định theo cách khác: {why}"
        case BallotState.CANCELLED:
            words = f"đã hủy, lý do: {why}"
    return sentence(words)


def _chosen(data: PaperData, view: BallotView) -> str:
    assert view.result is not None, "a ballot that decides was counted"
    names, sheet, words = candidate_names(view), view.sheet, data.vocabulary
    chosen = ", ".join(names[key] for key in view.result.elected)
    year = next_year(data)
    award = data.names.awards.get(sheet.award or "", "")
    match sheet.purpose:
        case "leader":
            return f"{chosen} được bầu làm {words.leader} {year}"
        case "deputy":
            return f"{chosen} được bầu làm {words.deputy} {year}"
        case "tie":
            return f"{chosen} được chọn ở vị trí xét đề nghị tặng {award}"
        case "award":
            return f"{chosen} được thông qua đề nghị tặng {award}"
        case "free":
            return f"{chosen} được {'thông qua' if approving(view) else 'chọn'}"


def _level(view: BallotView) -> str:
    """Who is still level; who was ahead of them is chosen already."""
    assert view.result is not None, "a level ballot was counted"
    names, votes, ahead = candidate_names(view), view.result.votes, view.result.elected
    rest = {key: count for key, count in votes.items() if key not in ahead}
    edge = max(rest.values())
    level = " và ".join(names[key] for key in names if rest.get(key) == edge)
    words = f"{level} bằng phiếu nhau ({edge} phiếu), chưa phân định được"
    chosen = ", ".join(names[key] for key in ahead)
    return f"{chosen} được chọn; {words}" if chosen else words


def _failed(view: BallotView) -> str:
    assert view.result is not None, "a failed ballot was counted"
    if view.result.needed is None:
        return "không được thông qua, số phiếu đồng ý không nhiều hơn số phiếu không đồng ý"
    return f"không ai đủ {view.result.needed} phiếu cần thiết nên chưa có kết quả bầu, chọn"


def next_year(data: PaperData) -> str:
    """ "năm 2020" after 2019, "năm tiếp theo" after a year that is more than a number."""
    name = data.assessment.snapshot.period.name
    return f"năm {int(name) + 1}" if name.isdecimal() else "năm tiếp theo"


# ---------------------------------------------------------------------- what came before
def earlier(data: PaperData, view: BallotView) -> Iterator[str]:
    """The ballots on the same question that were opened before this one, a sentence each."""
    for other in ballot_views(data):
        if other.sheet == view.sheet:
            return
        if _question(other.sheet) == _question(view.sheet):
            yield f"{_held(other)}: {ballot_words(data, other)}"


def _question(sheet: BallotSheet) -> tuple[object, ...]:
    title = sheet.title if sheet.purpose == "free" else ""
    return (sheet.purpose, sheet.award, sheet.cluster, title)


def _held(view: BallotView) -> str:
    day = view.sheet.counted_on or view.sheet.opened_on
    return f"Lần {view.sheet.vote}" + (f", ngày {day:%d/%m/%Y}" if day else "")


def ballot_words(data: PaperData, view: BallotView) -> str:
    """The votes and the outcome in one line."""
    votes = votes_words(view)
    ends = outcome_sentence(data, view)
    return f"{votes}. {ends}" if votes else ends[:1].lower() + ends[1:]


def open_reasons(view: BallotView) -> Iterator[str]:
    """Why what a ballot comes to is not final: not counted, or confirmed by nobody."""
    title, stage = titled(view.sheet), view.sheet.stage
    if stage is BallotStage.OPENED:
        yield f"Phiếu “{title}” chưa ghi kết quả kiểm phiếu."
    elif stage is BallotStage.COUNTED and view.sheet.id:
        yield f"Kết quả kiểm phiếu “{title}” chưa được người thứ hai xác nhận."


# ---------------------------------------------------------------------- ties
def ties_of(data: PaperData) -> tuple[Tie, ...]:
    """The ties of this cluster at the edge of an award."""
    return tuple(t for t in data.assessment.ties if t.cluster in (None, data.cluster.id))


def tie_sentence(data: PaperData, tie: Tie) -> str:
    """Which units tie, with what, for how many places of which award."""
    units = " và ".join(data.names.units[unit] for unit in tie.units)
    totals = {tie.totals[unit] for unit in tie.units if unit in tie.totals}
    scoring = data.assessment.pack.rules.scoring
    measure = "%" if scoring is not None and scoring.rank_by == "percent" else "điểm"
    level = "bằng nhau"
    if len(totals) == 1:
        level = f"cùng đạt {data.figures.published(totals.pop())} {measure}"
    award = data.names.awards.get(tie.award, tie.award)
    chosen = number_words(tie.places)
    return f"{units} {level} ở vị trí xét đề nghị tặng {award}, chọn {chosen} đơn vị."


def settled_sentence(data: PaperData, tie: Tie) -> str:
    """How a tie was settled and for whom, or what the rules ask for next."""
    how = data.names.sentence(tie.how)
    if tie.resolved_by is None:
        return f"Chưa phân định ({how}). {next_step(tie, data)}"
    chosen = ", ".join(data.names.units[unit] for unit in tie.winners)
    return f"Cách phân định: {how}. Được chọn: {chosen}."


def next_step(tie: Tie, data: PaperData) -> str:
    """What the chain of the rules asks for next on an open tie."""
    level = " và ".join(data.names.units[unit] for unit in tie.level)
    match tie.step:
        case "ballot":
            step = f"bỏ phiếu lần {tie.vote} giữa {level}"
        case "keys":
            step = f"xét tiêu chí phụ giữa {level}"
        case _:
            step = f"cấp có thẩm quyền quyết định giữa {level}"
    return f"Bước tiếp theo theo quy định: {step}."
