"""Is what was proposed still what the data say? If not, which units, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.conference import BallotStage, Proposal, ProposalState
from app.domain.year import RoundStage
from app.exchange.result import result_tree
from app.ground.findings import Findings
from app.operations.workspace.ballot_views import STATE_WORDS, BallotState, BallotView, ballot_views
from app.operations.workspace.consequences import STATES, result_of
from app.operations.workspace.desk import Desk
from app.persistence import books
from app.scoring.assessment import Assessment, AwardLine
from app.scoring.ballots import counted

_LIVE = (ProposalState.PROPOSED, ProposalState.DECIDED)


class ProposalsStand(StrEnum):
    """How the proposals stand to the data: the same, other data with the same units, outdated."""

    NONE = "none"
    CURRENT = "current"
    UNAFFECTED = "unaffected"
    OUTDATED = "outdated"


STAND_WORDS: Mapping[ProposalsStand, str] = {
    ProposalsStand.NONE: "chưa lập đề nghị",
    ProposalsStand.CURRENT: "đề nghị đúng với số liệu hiện nay",
    ProposalsStand.UNAFFECTED: "số liệu đã thay đổi sau khi lập đề nghị; các đơn vị được đề nghị "
    "vẫn như cũ",
    ProposalsStand.OUTDATED: "đề nghị không còn đúng với số liệu hiện nay",
}


@dataclass(frozen=True, slots=True)
class OutdatedLine:
    """One unit at one award where proposals and data part, and why."""

    award: str
    unit: str
    why: str


@dataclass(frozen=True, slots=True)
class ProposalsView:
    """The proposals that stand, held against the present result."""

    stand: ProposalsStand
    proposals: tuple[Proposal, ...]
    outdated: tuple[OutdatedLine, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def printable(self) -> bool:
        """Whether a paper may say what was proposed."""
        return self.stand in (ProposalsStand.CURRENT, ProposalsStand.UNAFFECTED)


def proposal_state(desk: Desk, assessment: Assessment | None = None) -> ProposalsView:
    """Whether the proposals still hold; raises ``UserError`` where there is no assessment."""
    kept = desk.workspace.read(books.PROPOSALS, desk.period)
    standing = tuple(p for p in kept if p.state in _LIVE)
    if not kept:
        return ProposalsView(ProposalsStand.NONE, ())
    found = result_of(desk) if assessment is None else assessment
    clusters = {p.cluster for p in kept}
    about = None if None in clusters else {c for c in clusters if c is not None}
    outdated = tuple(_parted(desk, found, kept, standing))
    reasons = tuple(f.message for f in hindrances(desk, found, about) if f.is_error)
    if outdated or reasons:
        return ProposalsView(ProposalsStand.OUTDATED, standing, outdated, reasons)
    same = {p.digest for p in standing} <= {digest_of(found)}
    stand = ProposalsStand.CURRENT if same else ProposalsStand.UNAFFECTED
    return ProposalsView(stand, standing)


def digest_of(found: Assessment) -> str:
    """The digest that stands on the result."""
    return str(result_tree(found)["digest"])


def proposed_lines(found: Assessment, clusters: Collection[str] | None) -> tuple[AwardLine, ...]:
    """What the data propose, in these clusters or everywhere."""
    provincial = {a.id for a in found.pack.rules.awards if a.scope == "province"}
    return tuple(
        line
        for line in found.awards
        if line.state == "proposed"
        and (clusters is None or (line.cluster in clusters and line.award not in provincial))
    )


def scope_of(found: Assessment, line: AwardLine) -> str | None:
    """The cluster that an award is given in; ``None`` for one of the whole province."""
    provincial = {a.id for a in found.pack.rules.awards if a.scope == "province"}
    return None if line.award in provincial else line.cluster


def _parted(
    desk: Desk, found: Assessment, kept: Iterable[Proposal], standing: Iterable[Proposal]
) -> Iterator[OutdatedLine]:
    """Every unit that is proposed in the book and not by the data, and the other way round."""
    lines = {(x.award, x.unit): x for x in found.awards}
    titles = {a.id: a.title for a in found.pack.rules.awards}
    scopes = {p.cluster for p in kept}
    there = {(p.award, p.unit) for p in standing}
    for award, unit in sorted(there):
        line = lines.get((award, unit))
        if line is not None and line.state == "proposed":
            continue
        now = "không còn đứng ở mức này" if line is None else f"nay {STATES[line.state]}"
        why = f" ({line.reason})" if line is not None else ""
        yield OutdatedLine(award, unit, f"{titles.get(award, award)}: đã đề nghị, {now}{why}")
    for line in found.awards:
        fresh = (line.award, line.unit) not in there
        if line.state == "proposed" and fresh and scope_of(found, line) in scopes:
            why = f"{line.title}: số liệu đề nghị ({line.reason}) nhưng chưa lập đề nghị"
            yield OutdatedLine(line.award, line.unit, why)


# ------------------------------------------------------------------ may proposals be made


def hindrances(desk: Desk, found: Assessment, clusters: Collection[str] | None) -> Findings:
    """Every reason why the proposals of some clusters (or all) cannot be pinned to the data now."""
    told = Findings()
    members = {
        unit.id: unit.name
        for unit in desk.units.values()
        if unit.left is None and (clusters is None or unit.cluster in clusters)
    }
    _rounds(desk, found, members, told)
    _provisional(found, clusters, members, told)
    views = [v for v in ballot_views(desk, found) if _concerns(v, found, clusters)]
    _ballots(desk, found, clusters, views, told)
    return told


def _rounds(desk: Desk, found: Assessment, members: Mapping[str, str], told: Findings) -> None:
    titles = {r.id: r.title for r in found.pack.rules.rounds}
    wanted = titles.get(found.ranking_round, found.ranking_round)
    sealed = {
        state.unit
        for state in desk.workspace.read(books.ROUND_STATES, desk.period)
        if state.round == found.ranking_round and state.stage is RoundStage.SEALED
    }
    for unit, name in members.items():
        if unit not in sealed:
            told.error(
                "proposal_not_sealed",
                name,
                f"Vòng “{wanted}” của {name} chưa chốt điểm.",
                "Chốt điểm vòng dùng để xếp hạng cho mọi đơn vị trước.",
            )


def _provisional(
    found: Assessment,
    clusters: Collection[str] | None,
    members: Mapping[str, str],
    told: Findings,
) -> None:
    if not found.provisional:
        return
    before = len(told.errors)
    for unit, name in members.items():
        count = len(found.units[unit].card.blanks)
        if count:
            message = f"{name} còn {count} ô chưa chấm."
            told.error("proposal_provisional", name, message, "Chấm xong các ô này.")
    names = {unit.id: unit.name for unit in found.snapshot.units}
    for question in found.open_questions:
        if clusters is None or not question.units or set(question.units) & set(members):
            told.error(
                "proposal_provisional",
                ", ".join(names[unit] for unit in question.units) or "Kết quả",
                f"Còn phải quyết định: {question.what}.",
                "Bỏ phiếu, bổ sung căn cứ, hoặc ghi quyết định của cấp có thẩm quyền.",
            )
    if clusters is None and len(told.errors) == before:
        for why in found.why_provisional:
            message = f"Kết quả còn tạm tính: {why}."
            told.error("proposal_provisional", "Kết quả", message, "Xử lý lý do này trước.")
    elif any(f.is_error for f in found.findings):
        message = "Số liệu còn lỗi nên kết quả chưa dùng để đề nghị được."
        told.error("proposal_provisional", "Kết quả", message, "Sửa các lỗi mà kết quả nêu.")


def _concerns(view: BallotView, found: Assessment, clusters: Collection[str] | None) -> bool:
    if view.sheet.purpose not in ("tie", "award"):
        return False
    return clusters is None or view.sheet.cluster is None or view.sheet.cluster in clusters


def _ballots(
    desk: Desk,
    found: Assessment,
    clusters: Collection[str] | None,
    views: Iterable[BallotView],
    told: Findings,
) -> None:
    """Ballots that the result rests on were confirmed; none stands about uncounted."""
    confirmed: list[object] = []
    for view in views:
        sheet = view.sheet
        if view.confirmed and view.ballot is not None:
            confirmed.append(view.ballot)
        if sheet.stage is BallotStage.OPENED:
            words = STATE_WORDS[view.state] + (f": {view.why}" if view.why else "")
            told.error(
                "proposal_ballot_open",
                sheet.title,
                f"Phiếu bầu {sheet.id} ({sheet.title}) {words}.",
                "Kiểm phiếu và xác nhận, hoặc hủy phiếu (có lý do).",
            )
        elif sheet.stage is BallotStage.COUNTED and view.state is not BallotState.VOID:
            told.error(
                "proposal_ballot_unconfirmed",
                sheet.title,
                f"Phiếu bầu {sheet.id} ({sheet.title}) chưa được người thứ hai xác nhận.",
                "Người thứ hai xác nhận kết quả kiểm phiếu.",
            )
    sheets = desk.workspace.read(books.BALLOT_SHEETS, desk.period)
    with_sheet = {s.ballot for s in sheets if s.ballot is not None}
    numbered = desk.workspace.numbered(books.BALLOTS, desk.period)
    loose = [ballot for number, ballot in numbered.items() if number not in with_sheet]
    for ballot, result in counted(found):
        used = result.outcome in ("elected", "passed", "failed", "tied")
        mine = clusters is None or ballot.cluster is None or ballot.cluster in clusters
        if ballot.purpose in ("tie", "award") and used and mine and ballot in loose:
            if ballot in confirmed:
                continue
            told.error(
                "proposal_ballot_unconfirmed",
                f"Bỏ phiếu lần {ballot.number}",
                f"Kết quả bỏ phiếu lần {ballot.number} ghi thẳng vào sổ, không qua phiếu bầu nên "
                "chưa có người thứ hai xác nhận.",
                "Xóa dòng đó, mở phiếu bầu rồi nhập và xác nhận kết quả.",
            )
