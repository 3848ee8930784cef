"""What is still open before a year is closed: each with how grave it is, and where it is mended.

Errors stand in the way of closing, because the sealed year would contradict itself or could never
be put right: a round that is not sealed, a ballot that stands about, proposals that the data no
longer say. Everything else is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.domain.conference import BallotStage, ProposalState
from app.domain.year import PeriodRecord, RoundStage, TableState
from app.ground.findings import Finding, Severity, UserError
from app.ground.text import named
from app.operations.workspace.ballot_views import STATE_WORDS, BallotState, ballot_views
from app.operations.workspace.consequences import result_of
from app.operations.workspace.desk import Desk, today
from app.operations.workspace.duty_board import duty_lines
from app.operations.workspace.evidence_board import Backing, evidence_board
from app.operations.workspace.explanations import open_explanations
from app.operations.workspace.proposals import STAND_WORDS, ProposalsStand, proposal_state
from app.persistence import books
from app.persistence.backups import head_of
from app.scoring.assessment import Assessment
from app.scoring.duties import DutyLine, DutyStanding

Page = Literal[
    "units", "criteria", "scores", "evidence", "ranking", "ballots", "awards", "calendar", "closing"
]
PAGE_WORDS: Final[dict[Page, str]] = {
    "units": "Đơn vị",
    "criteria": "Bảng tiêu chí",
    "scores": "Chấm điểm",
    "evidence": "Minh chứng",
    "ranking": "Xếp hạng",
    "ballots": "Bỏ phiếu",
    "awards": "Khen thưởng",
    "calendar": "Lịch và nhiệm vụ",
    "closing": "Khóa sổ và bàn giao",
}


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing that is open: what, how to mend it, and on which page."""

    finding: Finding
    mends: Page

    @property
    def blocks(self) -> bool:
        """Whether the year cannot be closed before it is mended."""
        return self.finding.is_error


def closing_checklist(
    desk: Desk, day: dt.date | None = None, assessment: Assessment | None = None
) -> tuple[OpenItem, ...]:
    """Everything that is open in the desk's year, what blocks first; ``day`` is today.

    ``assessment`` is the result as it is now, where it is known.
    """
    items = list(_Checklist(desk, day or today(), assessment).items())
    order = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
    return tuple(sorted(items, key=lambda item: order.index(item.finding.severity)))


def checklist_lines(items: Sequence[OpenItem]) -> Iterator[str]:
    """The checklist in words."""
    words = {
        Severity.ERROR: "CHẶN",
        Severity.WARNING: "CẦN XEM",
        Severity.NOTE: "GHI CHÚ",
    }
    for item in items:
        finding = item.finding
        yield f"{words[finding.severity]}  {finding.place}: {finding.message}"
        yield f"  → {finding.remedy} (trang {PAGE_WORDS[item.mends]})"
    if not items:
        yield "Không còn việc nào mở; có thể khóa sổ."
    elif not any(item.blocks for item in items):
        yield "Không có việc nào chặn; có thể khóa sổ."


class _Checklist:
    """What the items are found from; the result is worked out once, where it is not known."""

    def __init__(self, desk: Desk, day: dt.date, assessment: Assessment | None) -> None:
        self._desk = desk
        self._day = day
        self._known = assessment
        self._units = {u.id: u.name for u in desk.units.values() if u.left is None}

    def items(self) -> Iterator[OpenItem]:
        """All of them, in no order of gravity."""
        try:
            found = self._known if self._known is not None else result_of(self._desk)
        except UserError as fault:
            for finding in fault.findings:
                if finding.is_error:
                    units = finding.code == "year_without_units"
                    yield OpenItem(finding, "units" if units else "criteria")
            return
        yield from self._rounds(found)
        yield from self._result(found)
        yield from self._held(found)
        yield from self._ballots(found)
        yield from self._proposals(found)
        yield from self._tables()
        yield from self._papers()
        yield from self._duties()
        yield from self._explanations()
        yield from self._evidence()
        yield from self._following()
        yield from self._backups()

    def _item(
        self, severity: Severity, code: str, place: str, message: str, remedy: str, mends: Page
    ) -> OpenItem:
        return OpenItem(Finding(code, severity, place, message, remedy), mends)

    # ------------------------------------------------------------- scores and result

    def _rounds(self, found: Assessment) -> Iterator[OpenItem]:
        titles = {r.id: r.title for r in found.pack.rules.rounds}
        title = titles.get(found.scored_round, found.scored_round)
        sealed = {
            state.unit
            for state in self._desk.workspace.read(books.ROUND_STATES, self._desk.period)
            if state.round == found.scored_round and state.stage is RoundStage.SEALED
        }
        for unit, name in self._units.items():
            if unit not in sealed:
                yield self._item(
                    Severity.ERROR,
                    "year_not_sealed",
                    name,
                    "Vòng chấm dùng để xếp hạng chưa chốt điểm.",
                    f"Chốt điểm vòng “{title}” cho đơn vị này trước khi khóa sổ.",
                    "scores",
                )

    def _result(self, found: Assessment) -> Iterator[OpenItem]:
        ties = [tie for tie in found.ties if tie.resolved_by is None]
        names = {unit.id: unit.name for unit in found.snapshot.units}
        titles = {award.id: award.title for award in found.pack.rules.awards}
        for tie in ties:
            listed = named([names[unit] for unit in tie.level or tie.units])
            yield self._item(
                Severity.WARNING,
                "closing_tie",
                titles.get(tie.award, tie.award),
                f"{listed} bằng điểm ở mép chỉ tiêu, chưa phân định.",
                "Bỏ phiếu và xác nhận, hoặc ghi quyết định của cấp có thẩm quyền.",
                "ballots",
            )
        told = {tie.id for tie in ties}
        for question in found.open_questions:
            if question.id in told or question.id.startswith("held:"):
                continue
            known = found.parameters.get(question.parameter)
            yield self._item(
                Severity.WARNING,
                "closing_question",
                known.title if known is not None else "Điều chưa quyết định",
                f"Còn phải quyết định: {question.what}.",
                "Chọn tham số, hoặc ghi quyết định.",
                "ranking",
            )
        for why in found.why_provisional:
            yield self._item(
                Severity.WARNING,
                "year_closed_provisional",
                f"Năm {self._desk.year.name}",
                f"Kết quả còn tạm tính: {why}.",
                "Xử lý trước khi khóa sổ, hoặc mở lại sổ (có lý do) khi có điều chỉnh.",
                "ranking",
            )

    def _held(self, found: Assessment) -> Iterator[OpenItem]:
        held: dict[str, list[str]] = {}
        for line in found.awards:
            if line.state == "held":
                held.setdefault(line.unit, []).append(line.title)
        names = {unit.id: unit.name for unit in found.snapshot.units}
        for unit, titles in held.items():
            yield self._item(
                Severity.WARNING,
                "closing_held",
                names[unit],
                f"Đơn vị chưa xét đang đứng ở chỗ được khen ({', '.join(titles)}), chờ kết luận.",
                "Ghi kết luận, hoặc quyết định giữ chỗ hay chuyển chỗ.",
                "awards",
            )

    # ------------------------------------------------------------- ballots and proposals

    def _ballots(self, found: Assessment) -> Iterator[OpenItem]:
        for view in ballot_views(self._desk, found):
            sheet = view.sheet
            if sheet.stage is BallotStage.CANCELLED:
                continue
            words = STATE_WORDS[view.state] + (f": {view.why}" if view.why else "")
            if sheet.stage is BallotStage.CONFIRMED:
                if view.state is BallotState.VOID:
                    yield self._item(
                        Severity.WARNING,
                        "closing_ballot",
                        sheet.title,
                        f"Phiếu bầu {sheet.id} đã xác nhận nhưng {words}.",
                        "Hủy phiếu (có lý do), rồi bỏ phiếu lại nếu còn phải phân định.",
                        "ballots",
                    )
                continue
            counted = sheet.stage is BallotStage.COUNTED
            state = "chưa được người thứ hai xác nhận" if counted else "chưa kiểm phiếu"
            yield self._item(
                Severity.ERROR,
                "closing_ballot",
                sheet.title,
                f"Phiếu bầu {sheet.id} {state} ({words}).",
                "Xác nhận kết quả, hoặc hủy phiếu (có lý do).",
                "ballots",
            )

    def _proposals(self, found: Assessment) -> Iterator[OpenItem]:
        view = proposal_state(self._desk, found)
        if view.stand is ProposalsStand.OUTDATED:
            parted = "; ".join(f"{self._name(o.unit)}, {o.why}" for o in view.outdated)
            reasons = parted or "; ".join(dict.fromkeys(view.reasons))
            yield self._item(
                Severity.ERROR,
                "closing_proposals",
                "Đề nghị khen thưởng",
                f"{STAND_WORDS[view.stand]}: {reasons}".rstrip(".") + ".",
                "Lập lại đề nghị (có lý do) theo số liệu hiện nay.",
                "awards",
            )
        elif view.stand is ProposalsStand.NONE and any(
            line.state == "proposed" for line in found.awards
        ):
            yield self._item(
                Severity.WARNING,
                "closing_proposals",
                "Đề nghị khen thưởng",
                "Số liệu có đơn vị được đề nghị nhưng chưa lập đề nghị nào.",
                "Lập đề nghị khen thưởng trước khi khóa sổ.",
                "awards",
            )
        waiting = [p for p in view.proposals if p.state is ProposalState.PROPOSED]
        if waiting and view.stand is not ProposalsStand.OUTDATED:
            yield self._item(
                Severity.NOTE,
                "closing_decisions",
                "Đề nghị khen thưởng",
                f"{len(waiting)} đề nghị chưa có quyết định khen thưởng.",
                "Sau khi khóa sổ vẫn ghi được quyết định vào mục khen thưởng.",
                "awards",
            )

    def _name(self, unit: str) -> str:
        known = self._desk.units.get(unit)
        return known.name if known is not None else unit

    # ------------------------------------------------------------- papers, duties, what was asked

    def _tables(self) -> Iterator[OpenItem]:
        for table in self._desk.workspace.pinned_tables(self._desk.period):
            if table.state is not TableState.ISSUED:
                yield self._item(
                    Severity.WARNING,
                    "closing_table",
                    table.title,
                    f"Bảng tiêu chí phiên bản {table.version} chưa ghi ban hành.",
                    "Ghi ban hành bảng tiêu chí.",
                    "criteria",
                )

    def _papers(self) -> Iterator[OpenItem]:
        if not self._desk.workspace.read(books.PAPERS, self._desk.period):
            yield self._item(
                Severity.WARNING,
                "closing_papers",
                f"Năm {self._desk.year.name}",
                "Chưa ghi văn bản nào đã phát hành (bảng điểm, biên bản, tờ trình).",
                "Phát hành và ghi số, ngày; sau khi khóa sổ vẫn ghi thêm được.",
                "closing",
            )

    def _duties(self) -> Iterator[OpenItem]:
        groups: dict[str, list[DutyLine]] = {}
        for line in duty_lines(self._desk, self._day):
            groups.setdefault(line.duty.id, []).append(line)
        for lines in groups.values():
            first = lines[0]
            over = [x for x in lines if x.standing is DutyStanding.OVERDUE]
            short = [x for x in lines if x.count is not None and x.standing is DutyStanding.OPEN]
            place = f" [{first.clause}]" if first.clause else ""
            if over:
                days = {f"{x.last:%d/%m/%Y}" for x in over if x.last is not None}
                yield self._item(
                    Severity.WARNING,
                    "closing_deadline",
                    first.duty.title,
                    f"Quá hạn ({', '.join(sorted(days))}) mà chưa làm: "
                    f"{named([x.name for x in over])}{place}.",
                    "Ghi đã làm (ngày, văn bản), hoặc không áp dụng (vì sao).",
                    "calendar",
                )
            elif short:
                words = f"{short[0].name}: {short[0].count.words}" if short[0].count else ""
                more = f" và {len(short) - 1} nơi khác" if len(short) > 1 else ""
                yield self._item(
                    Severity.WARNING,
                    "closing_count",
                    first.duty.title,
                    f"Chưa đủ số theo quy định: {words}{more}{place}.",
                    "Ghi các hoạt động đã có, hoặc ghi vì sao không áp dụng.",
                    "calendar",
                )

    def _explanations(self) -> Iterator[OpenItem]:
        for asked in open_explanations(self._desk):
            yield self._item(
                Severity.WARNING,
                "closing_explanation",
                self._name(asked.unit),
                f"Chưa trả lời giải trình tiêu chí {asked.criterion}: {asked.question}",
                "Ghi trả lời của đơn vị.",
                "scores",
            )

    def _evidence(self) -> Iterator[OpenItem]:
        missing: dict[str, list[str]] = {}
        for (unit, code), cell in evidence_board(self._desk).cells.items():
            if cell.backing is Backing.MISSING:
                missing.setdefault(unit, []).append(code)
        for unit, codes in missing.items():
            yield self._item(
                Severity.WARNING,
                "closing_evidence",
                self._name(unit),
                f"Thiếu minh chứng ở {len(codes)} tiêu chí: {named(codes, what='tiêu chí')}.",
                "Ghi trích dẫn tài liệu cho các tiêu chí này.",
                "evidence",
            )

    # ------------------------------------------------------------- the next year, safety

    def _following(self) -> Iterator[OpenItem]:
        """Members of the next year that this year has changed since it was begun."""
        after = _year_after(self._desk)
        if after is None:
            return
        there = {u.id: u for u in self._desk.workspace.read(books.UNITS, after.id)}
        for unit in self._desk.units.values():
            known = there.get(unit.id)
            if unit.left is not None and known is not None and known.left is None:
                message = (
                    f"Đã rời cụm, khối từ {unit.left:%d/%m/%Y} nhưng còn trong năm {after.name}."
                )
            elif unit.left is None and known is None:
                message = f"Đang tham gia nhưng chưa có trong năm {after.name}."
            else:
                continue
            yield self._item(
                Severity.WARNING,
                "closing_next_year",
                unit.name,
                message,
                f"Sửa danh sách đơn vị của năm {after.name}.",
                "units",
            )

    def _backups(self) -> Iterator[OpenItem]:
        kept = self._desk.workspace.backups()
        if not kept or head_of(kept[0]) != self._desk.workspace.head:
            last = f"bản gần nhất lúc {kept[0].made:%d/%m/%Y %H:%M}" if kept else "chưa có bản nào"
            yield self._item(
                Severity.NOTE,
                "closing_backup",
                "Sao lưu",
                f"Các thao tác gần đây chưa được sao lưu ({last}).",
                "Khóa sổ tự sao lưu trước; nên chép thêm một bản ra USB.",
                "closing",
            )


def _year_after(desk: Desk) -> PeriodRecord | None:
    """The year that begins next after this one."""
    start = desk.year.start
    later = [year for year in desk.workspace.read(books.PERIODS) if year.start > start]
    return min(later, key=lambda year: year.start, default=None)
