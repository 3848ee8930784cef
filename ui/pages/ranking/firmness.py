"""What the tab "Chắc đến đâu" knows: neighbours by doubt, what is unsettled between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from app.reports.figures import Figures
from app.reports.names import Names
from app.scoring.disputes import DisputeKind
from app.scoring.swaps import Swap
from ui.runner import Progress, Runner
from ui.session import Session
from ui.theme.tokens import Tone

if TYPE_CHECKING:
    from app.scoring.firmness import Firm, Firmness

_WHY = {
    DisputeKind.ASKED: "Đang giải trình",
    DisputeKind.BLANK: "Chưa chấm",
    DisputeKind.DIFFERS: "Hai vòng chấm khác nhau",
}
_NONE = "–"


@dataclass(frozen=True, slots=True)
class FirmCell:
    """A cell on which a place hangs; ``points`` are those that may still move."""

    unit: str
    criterion: str
    name: str
    title: str
    why: str
    points: str
    order: Fraction


@dataclass(frozen=True, slots=True)
class FirmRow:
    """Two neighbours, or the line at an award; ``doubt`` sorts the most doubtful first."""

    state: str
    tone: Tone
    where: str
    who: str
    gap: str
    at_stake: str
    change: str
    sentence: str
    cells: tuple[FirmCell, ...]
    doubt: tuple[int, Fraction]
    gap_order: Fraction
    stake_order: Fraction


class FirmnessPresenter:
    """Works the firmness out when asked, and keeps it until what it rests on changes."""

    def __init__(self, session: Session, runner: Runner) -> None:
        self._session, self._runner = session, runner
        self._asked = 0
        self.found: Firmness | None = None
        self.at_work = False

    def forget(self) -> None:
        """What it rests on has changed; also work that goes on is not taken any more."""
        self._asked += 1
        self.found, self.at_work = None, False

    def work_out(self, then: Callable[[], None]) -> None:
        """Starts the work; ``then`` is called when the answer is there, or the work failed."""
        if self.at_work:
            return
        self._asked += 1
        number, desk = self._asked, self._session.desk
        self.at_work = True

        def work(progress: Progress) -> Firmness | None:
            from app.operations.firmness import year_firmness
            from ui.runner import Cancelled

            try:
                return year_firmness(desk, told=progress.tell)
            except Cancelled:
                progress.settled = True  # the page is to hear of it
                return None

        def done(found: Firmness | None) -> None:
            if number == self._asked:
                self.found, self.at_work = found, False
                then()

        def failed(fault: Exception) -> None:
            if number == self._asked:
                self.at_work = False
                then()
                raise fault

        self._runner.run("Tính độ chắc của xếp hạng", work, done, failed)

    def write(self, folder: Path) -> tuple[Path, ...]:
        """The papers of all clusters; raises ``UserError``."""
        from app.operations.firmness import write_firmness

        assert self.found is not None
        return write_firmness(self.found, folder, ("pdf", "xlsx"))

    # ------------------------------------------------------------- what is shown

    def rows(self, cluster: str) -> tuple[FirmRow, ...]:
        """The pairs of a cluster and the lines at its awards, the most doubtful first."""
        if self.found is None:
            return ()
        words = _Words(self.found)
        awards = [a for a in self.found.awards if a.between.cluster in (None, cluster)]
        firms = (*self.found.rankings.get(cluster, ()), *awards)
        return tuple(sorted((words.row(firm) for firm in firms), key=lambda row: row.doubt))

    def sentence(self, rows: tuple[FirmRow, ...]) -> str:
        """How many places are in doubt."""
        if not rows:
            return "Chưa có hai đơn vị xếp hạng để so."
        doubtful = sum(row.tone is not Tone.GOOD for row in rows)
        if not doubtful:
            return f"Cả {len(rows)} vị trí đều chắc theo số liệu hiện có."
        return f"{doubtful} trong {len(rows)} vị trí còn có thể đổi hoặc chưa phân định."


class _Words:
    """One firmness in words and numbers."""

    def __init__(self, found: Firmness) -> None:
        self._assessment = found.assessment
        self._figures = Figures(found.assessment)
        self._names = Names(found.assessment)

    def row(self, firm: Firm) -> FirmRow:
        two = firm.between
        gap = two.gap
        state, tone, level = self._state(firm)
        amount = firm.swap.amount if firm.swap is not None else Fraction(10**9)
        return FirmRow(
            state,
            tone,
            self._where(firm),
            " – ".join(self._names.units[u] for u in (two.ahead, two.behind) if u is not None),
            _NONE if gap is None else self._figures.published(gap),
            self._figures.published(firm.at_stake) if firm.at_stake else _NONE,
            "Không một tiêu chí nào" if firm.swap is None else self._change(firm.swap),
            firm.sentence,
            tuple(self._cells(firm)),
            (level, amount),
            Fraction(-1) if gap is None else gap,
            firm.at_stake,
        )

    def _state(self, firm: Firm) -> tuple[str, Tone, int]:
        if firm.between.decided_by == "open":
            return "Chưa phân định", Tone.ERROR, 0
        if firm.may_turn:
            return "Còn có thể đổi", Tone.WAITING, 1
        return "Chắc", Tone.GOOD, 2

    def _where(self, firm: Firm) -> str:
        two = firm.between
        if two.award is not None:
            return self._names.awards.get(two.award, two.award)
        ranks = [self._assessment.units[u].rank for u in (two.ahead, two.behind) if u is not None]
        return "Hạng " + " và ".join(dict.fromkeys(str(rank) for rank in ranks))

    def _change(self, swap: Swap) -> str:
        verb = "Tăng" if swap.up else "Giảm"
        amount = self._figures.long(swap.amount)
        return f"{verb} {amount} điểm ở {swap.criterion} của {self._names.units[swap.unit]}"

    def _cells(self, firm: Firm) -> Iterator[FirmCell]:
        for one in firm.disputes:
            yield self._cell(one.unit, one.criterion, _WHY[one.kind], one.points)
        if firm.swap is not None:
            swap = firm.swap
            verb = "Tăng" if swap.up else "Giảm"
            why = f"{verb} từng này là đổi chỗ"
            yield self._cell(swap.unit, swap.criterion, why, swap.amount)

    def _cell(self, unit: str, criterion: str, why: str, points: Fraction) -> FirmCell:
        score = self._assessment.units[unit].card.criteria.get(criterion)
        title = criterion if score is None else f"{score.label or criterion}. {score.title}"
        return FirmCell(
            unit,
            criterion,
            self._names.units[unit],
            title,
            why,
            self._figures.long(points),
            points,
        )
