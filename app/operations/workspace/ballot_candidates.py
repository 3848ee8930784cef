"""What a ballot is opened for: which tie, which award, who stands, how many are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.conference import BallotSheet, BallotStage, Candidate
from app.domain.snapshot import Ballot, BallotForm, BallotPurpose
from app.ground.findings import Findings, UserError
from app.operations.workspace.ballot_views import PURPOSES, BallotState, view_of
from app.operations.workspace.consequences import result_of
from app.operations.workspace.desk import Desk, cluster_of, refusal, unit_of
from app.operations.workspace.eligibility import rules_of
from app.persistence import books
from app.rules.awards import AuthorityStep, Award
from app.rules.pack import RulePack
from app.scoring.assessment import Assessment, Tie
from app.scoring.ballots import candidates as about
from app.scoring.ballots import rule_of

_DECIDED: Final = "Phiếu cũ sai thì hủy (có lý do) rồi mở phiếu mới."


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to put to the vote; what is left out follows from the year."""

    purpose: BallotPurpose
    award: str | None = None
    cluster: str | None = None
    candidates: tuple[Candidate, ...] = ()
    places: int | None = None
    form: BallotForm | None = None
    title: str = ""


def opened_for(desk: Desk, asked: Asked) -> tuple[BallotSheet, Findings]:
    """The sheet of a ballot that may be opened now; raises ``UserError`` where none may be."""
    opening = _Opening(desk, asked)
    sheet = opening.on_a_tie() if asked.purpose == "tie" else opening.on_people()
    opening.refuse_open(sheet)
    return sheet, opening.findings


def candidates_of(desk: Desk, asked: Asked) -> tuple[Candidate, ...]:
    """Who would stand if nobody is named; raises ``UserError`` where no ballot may be opened."""
    return opened_for(desk, asked)[0].candidates


class _Opening:
    """Looks through the year for what the ballot would be on."""

    def __init__(self, desk: Desk, asked: Asked) -> None:
        self.desk = desk
        self.asked = asked
        self.found: Assessment = result_of(desk)
        self.rules: RulePack = rules_of(desk)
        self.rule = rule_of(self.rules.ballots, asked.purpose, asked.award)
        self.sheets = desk.workspace.read(books.BALLOT_SHEETS, desk.period)
        self.numbered = desk.workspace.numbered(books.BALLOTS, desk.period)
        self.findings = Findings()
        self.names = {unit.id: unit.name for unit in desk.units.values()}

    def _new(self) -> str:
        known = [int(s.id[1:]) for s in self.sheets if s.id[:1] == "p" and s.id[1:].isdecimal()]
        return f"p{max(known, default=0) + 1}"

    # ------------------------------------------------------------- a tie

    def on_a_tie(self) -> BallotSheet:
        """The tie at the cut, as it is now, with what its units tie with."""
        tie = self._tie()
        if tie.step != "ballot":
            raise refusal(
                "ballot_not_next",
                self._title(tie.award),
                f"Đã bỏ phiếu đủ số lần mà quy định cho phép ({tie.vote - 1})."
                if tie.vote > 1
                else "Quy định không phân định trường hợp này bằng bỏ phiếu lúc này.",
                f"Bước tiếp theo theo quy định: {self._next_step(tie)}.",
            )
        keys = tuple(c.key for c in self.asked.candidates) or tie.level
        if frozenset(keys) not in (frozenset(tie.level), frozenset(tie.units)):
            raise refusal(
                "ballot_candidates",
                self._title(tie.award),
                "Chỉ bỏ phiếu giữa các đơn vị đang bằng điểm ở mép chỉ tiêu.",
                f"Các đơn vị: {', '.join(self.names[u] for u in tie.level)}.",
            )
        self._tell_unsettled()
        return BallotSheet(
            id=self._new(),
            purpose="tie",
            form="choose",
            vote=tie.vote,
            title=self.asked.title.strip() or self._title(tie.award),
            award=tie.award,
            cluster=tie.cluster,
            candidates=tuple(Candidate(u, self.names[u]) for u in keys),
            places=tie.places_left,
            question=tie.id,
            totals=tie.totals,
        )

    def _tie(self) -> Tie:
        asked = self.asked
        if self.found.scored_round != self.found.ranking_round:
            rounds = {r.id: r.title for r in self.rules.rounds}
            wanted = rounds.get(self.found.ranking_round, self.found.ranking_round)
            raise refusal(
                "ballot_too_early",
                f"Năm {self.desk.period}",
                f"Chưa có điểm vòng “{wanted}” là vòng dùng để xếp hạng; kết quả còn tạm tính.",
                "Bỏ phiếu sau khi có điểm của vòng này.",
            )
        ties = [
            tie
            for tie in self.found.ties
            if (asked.award is None or tie.award == asked.award)
            and (asked.cluster is None or tie.cluster in (None, asked.cluster))
        ]
        still = [tie for tie in ties if tie.resolved_by is None]
        if len(still) == 1:
            return still[0]
        if still:
            listed = ", ".join(f"{tie.award} ({tie.cluster})" for tie in still)
            raise refusal(
                "ballot_unclear",
                f"Năm {self.desk.period}",
                f"Có nhiều trường hợp bằng điểm ở mép chỉ tiêu: {listed}.",
                "Nêu rõ hình thức khen thưởng và cụm, khối.",
            )
        if ties:
            raise refusal(
                "ballot_decided",
                self._title(ties[0].award),
                f"Trường hợp bằng điểm này đã phân định: {ties[0].how}.",
                _DECIDED,
            )
        level = {u for u, result in self.found.units.items() if result.tied_with}
        raise refusal(
            "ballot_no_tie",
            f"Năm {self.desk.period}",
            "Không có trường hợp bằng điểm nào ở mép chỉ tiêu nên không phải bỏ phiếu."
            + (" Các đơn vị bằng điểm đồng hạng." if level else ""),
            "Chỉ bỏ phiếu khi bằng điểm làm thay đổi việc được hay không được đề nghị.",
        )

    def _next_step(self, tie: Tie) -> str:
        if tie.step == "keys":
            return f"xét thứ tự ưu tiên ({tie.how})"
        titles = [s.title for s in self.rules.ties.chain if isinstance(s, AuthorityStep)]
        return (titles or ["cấp có thẩm quyền quyết định"])[0]

    def _tell_unsettled(self) -> None:
        """What could still change the totals is told; the ballot would then be void."""
        open_ones = [u for u, r in self.found.units.items() if r.card.blanks]
        if open_ones:
            listed = ", ".join(self.names[u] for u in open_ones[:4])
            self.findings.warning(
                "ballot_provisional",
                f"Năm {self.desk.period}",
                f"Điểm của {listed} chưa chấm xong; điểm thay đổi thì phiếu không còn giá trị.",
                "Chấm xong và chốt điểm trước khi bỏ phiếu.",
            )

    # ------------------------------------------------------------- awards, leaders, others

    def on_people(self) -> BallotSheet:
        """A ballot on an award, on next year's leader or deputy, or on anything."""
        asked, purpose = self.asked, self.asked.purpose
        award = self._award() if purpose == "award" else None
        cluster = None if purpose == "free" and asked.cluster is None else self._cluster()
        standing = self._standing(award, cluster)
        places = 1 if asked.places is None else asked.places
        if not 1 <= places <= len(standing):
            raise refusal(
                "ballot_places",
                PURPOSES[purpose],
                f"Số chỗ được bầu phải từ 1 đến {len(standing)}.",
                "Kiểm tra lại số chỗ và danh sách được bầu.",
            )
        form = self.rule.form or asked.form or ("approve" if purpose == "award" else "choose")
        if form == "approve":
            places = len(standing)
        return BallotSheet(
            id=self._new(),
            purpose=purpose,
            form=form,
            vote=self._vote(award, cluster, standing),
            title=self._words(award),
            award=None if award is None else award.id,
            cluster=cluster,
            candidates=standing,
            places=places,
        )

    def _award(self) -> Award:
        known = {award.id: award for award in self.rules.awards}
        if self.asked.award in known:
            award = known[self.asked.award]
            if not award.needs_ballot:
                self.findings.warning(
                    "ballot_not_needed",
                    award.title,
                    "Quy định không đòi bỏ phiếu cho hình thức này; kết quả bỏ phiếu chỉ để ghi "
                    "biên bản, không làm thay đổi đề nghị.",
                    "Kiểm tra lại quy định của cụm, khối.",
                )
            return award
        raise refusal(
            "facts_unknown_award",
            f"Năm {self.desk.period}",
            f"Không có hình thức khen thưởng “{(self.asked.award or '')[:80]}”.",
            f"Các hình thức: {', '.join(known) or 'không có'}.",
        )

    def _cluster(self) -> str:
        if self.asked.cluster is not None:
            return cluster_of(self.desk, self.asked.cluster).id
        known = list(self.desk.clusters)
        if len(known) == 1:
            return known[0]
        raise refusal(
            "ballot_unclear",
            PURPOSES[self.asked.purpose],
            "Sổ có nhiều cụm, khối; chưa rõ bỏ phiếu ở đâu.",
            f"Nêu rõ một trong: {', '.join(known)}.",
        )

    def _standing(self, award: Award | None, cluster: str | None) -> tuple[Candidate, ...]:
        asked = self.asked.candidates
        if self.asked.purpose == "free":
            keys = [c.key.strip() for c in asked]
            if not keys or not all(keys) or len(set(keys)) < len(keys):
                raise refusal(
                    "ballot_candidates",
                    self.asked.title or PURPOSES["free"],
                    "Phiếu lấy ý kiến cần danh sách khác nhau để chọn.",
                    "Ghi tên từng người hoặc từng phương án.",
                )
            return asked
        members = [u for u in self.desk.units.values() if u.cluster == cluster and u.left is None]
        if asked:
            chosen = [unit_of(self.desk, c.key).id for c in asked]
            outside = [self.names[u] for u in chosen if u not in [m.id for m in members]]
            if outside or len(set(chosen)) < len(chosen):
                raise refusal(
                    "ballot_candidates",
                    PURPOSES[self.asked.purpose],
                    f"Không thuộc cụm, khối này, hoặc ghi hai lần: {', '.join(outside) or '…'}.",
                    "Kiểm tra lại danh sách được bầu.",
                )
            standing = [Candidate(c.key, c.name or self.names[c.key]) for c in asked]
        elif award is not None:
            waiting = [
                line.unit
                for line in self.found.awards
                if line.award == award.id
                and line.cluster == cluster
                and (line.state == "proposed" or line.reason_code == "ballot_missing")
            ]
            standing = [Candidate(u, self.names[u]) for u in waiting]
        else:
            standing = [Candidate(u.id, u.name) for u in members]
        if award is not None:
            self._refuse_barred(award, standing)
        if not standing:
            raise refusal(
                "ballot_candidates",
                PURPOSES[self.asked.purpose],
                "Không có đơn vị nào để bỏ phiếu.",
                "Kiểm tra lại danh sách đơn vị và kết quả xếp hạng.",
            )
        return tuple(standing)

    def _refuse_barred(self, award: Award, standing: Sequence[Candidate]) -> None:
        told = Findings()
        for candidate in standing:
            for item in self.found.units[candidate.key].eligibility:
                if item.kind == "barred" and (not item.awards or award.id in item.awards):
                    told.error(
                        "ballot_candidate_barred",
                        self.names[candidate.key],
                        f"Đơn vị không được xét {award.title}: {item.title}.",
                        "Bỏ đơn vị này khỏi danh sách bỏ phiếu.",
                    )
        if told.errors:
            raise UserError(told)

    def _vote(self, award: Award | None, cluster: str | None, standing: Sequence[Candidate]) -> int:
        """The number of this vote; raises where it was decided, or no further one is allowed."""
        keys = frozenset(c.key for c in standing)
        last = 0
        for sheet in self.sheets:
            ballot = None if sheet.ballot is None else self.numbered.get(sheet.ballot)
            if ballot is None or not self._same(sheet, ballot, award, cluster, keys):
                continue
            view = view_of(sheet, self.found, self.rules, self.numbered)
            if view.state is BallotState.DECIDES:
                told = f"Việc này đã bỏ phiếu có kết quả (lần {sheet.vote}): {view.why}."
                raise refusal("ballot_decided", sheet.title, told, _DECIDED)
            last = max(last, sheet.vote)
        if self.rule.max is not None and last >= self.rule.max:
            raise refusal(
                "ballot_not_next",
                PURPOSES[self.asked.purpose],
                f"Đã bỏ phiếu đủ số lần mà quy định cho phép ({self.rule.max}).",
                "Chuyển cấp có thẩm quyền quyết định và ghi quyết định đó.",
            )
        return last + 1

    def _same(
        self,
        sheet: BallotSheet,
        ballot: Ballot,
        award: Award | None,
        cluster: str | None,
        keys: frozenset[str],
    ) -> bool:
        if sheet.purpose != self.asked.purpose or sheet.cluster != cluster:
            return False
        if sheet.purpose == "free":
            return sheet.title == self._words(None)
        if award is not None:
            return sheet.award == award.id and bool(about(ballot) & keys)
        return True

    # ------------------------------------------------------------- both

    def refuse_open(self, sheet: BallotSheet) -> None:
        """Raises where the same ballot is open already and not counted."""
        for other in self.sheets:
            same = (other.purpose, other.award, other.cluster, other.question)
            asked = (sheet.purpose, sheet.award, sheet.cluster, sheet.question)
            free = sheet.purpose == "free" and other.title != sheet.title
            if other.stage is BallotStage.OPENED and same == asked and not free:
                raise refusal(
                    "ballot_open_already",
                    other.title,
                    f"Phiếu {other.id} cho việc này đã mở và chưa kiểm.",
                    "Kiểm phiếu đó, hoặc hủy (có lý do) rồi mở lại.",
                )

    def _title(self, award: str) -> str:
        titles = {a.id: a.title for a in self.rules.awards}
        return f"Chọn đơn vị được đề nghị {titles.get(award, award)}"

    def _words(self, award: Award | None) -> str:
        if self.asked.title.strip():
            return self.asked.title.strip()
        words = PURPOSES[self.asked.purpose]
        words = words[:1].upper() + words[1:]
        return words if award is None else f"{words}: {award.title}"
