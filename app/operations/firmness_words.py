"""The firmness of a ranking in sentences for the officer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from app.reports.figures import Figures, sentence
from app.scoring.assessment import Assessment
from app.scoring.disputes import Dispute, DisputeKind
from app.scoring.neighbours import Neighbours, Values
from app.scoring.swaps import Swap

_BY = {
    "keys": "phân định bằng tiêu chí phụ",
    "ballot": "phân định bằng bỏ phiếu",
    "decision": "phân định bằng quyết định của cấp có thẩm quyền",
    "open": "chưa phân định",
    "shared": "cùng hạng, không phải phân định",
}
_STAKES = {
    DisputeKind.ASKED: "{} điểm còn đang giải trình",
    DisputeKind.BLANK: "{} điểm chưa chấm",
    DisputeKind.DIFFERS: "{} điểm ở các ô mà hai vòng chấm gần nhất khác nhau",
}


def firm_sentence(
    assessment: Assessment, two: Neighbours, disputes: Sequence[Dispute], swap: Swap | None
) -> str:
    """ "Hạng 2 và 3 (Sở A, Sở B) cách nhau 0,75 điểm; 4 điểm còn đang giải trình; tăng 0,76 điểm ở
    tiêu chí II.3 “Cải cách hành chính” của Sở B là đổi chỗ."
    """
    words = _Words(assessment)
    parts = [words.gap(two), *words.stakes(disputes), words.change(two, swap)]
    return sentence("; ".join(parts))


class _Words:
    """The words of one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.figures = Figures(assessment)
        self.names = {unit.id: unit.name for unit in assessment.snapshot.units}
        self.awards = {award.id: award.title for award in assessment.pack.rules.awards}
        self.values = Values(assessment)

    def gap(self, two: Neighbours) -> str:
        """Who they are and what lies between them."""
        if two.award is None:
            assert two.ahead is not None
            assert two.behind is not None
            return f"{self._ranks(two.ahead, two.behind)} {self._apart(two)}"
        title = self.awards[two.award]
        if two.ahead is None:
            assert two.behind is not None
            return f"{title}: chưa đơn vị nào có chỗ, gần nhất là {self.names[two.behind]}"
        if two.behind is None:
            last = self.names[two.ahead]
            return f"{title}: đơn vị cuối có chỗ là {last}, không có đơn vị kế tiếp"
        ahead, behind = self.names[two.ahead], self.names[two.behind]
        if two.decided_by == "open":
            return f"{title}: {ahead} và {behind} {self._apart(two)}"
        return (
            f"{title}: đơn vị cuối có chỗ là {ahead}, đơn vị kế tiếp là {behind}, "
            f"{self._apart(two)}"
        )

    def _ranks(self, ahead: str, behind: str) -> str:
        units = self.assessment.units
        one, other = units[ahead].rank, units[behind].rank
        names = f"({self.names[ahead]}, {self.names[behind]})"
        return f"Hạng {one} {names}" if one == other else f"Hạng {one} và {other} {names}"

    def _apart(self, two: Neighbours) -> str:
        assert two.gap is not None
        assert two.gap_exact is not None
        percent = self.values.in_percent
        unit = "%" if percent else " điểm"
        exact = f" (chưa làm tròn: {self.figures.long(two.gap_exact)}{unit})"
        more = exact if two.gap_exact != two.gap else ""
        if not two.gap:
            level = "bằng tỷ lệ" if percent else "bằng điểm"
            return f"{level}{more}, {_BY.get(two.decided_by, '')}".rstrip(", ")
        if two.gap < 0:  # the one behind has more, but what an award asks for stands against it
            return f"kém {self.figures.short(-two.gap)}{unit}{more}"
        return f"cách nhau {self.figures.short(two.gap)}{unit}{more}"

    def stakes(self, disputes: Sequence[Dispute]) -> Iterator[str]:
        """The points in dispute, by why they are."""
        for kind, words in _STAKES.items():
            points = sum((d.points for d in disputes if d.kind is kind), Fraction(0))
            if points:
                yield words.format(self._amount(points))

    def change(self, two: Neighbours, swap: Swap | None) -> str:
        """The smallest change, or that there is none."""
        if swap is None:
            none = "không một tiêu chí nào thay đổi được"
            return f"{none} kết quả này" if two.award is not None else f"{none} thứ tự này"
        verb = "tăng" if swap.up else "giảm"
        where = f"ở tiêu chí {self._criterion(swap)} của {self.names[swap.unit]}"
        return f"{verb} {self._amount(swap.amount)} điểm {where} là {self._effect(two, swap)}"

    def _criterion(self, swap: Swap) -> str:
        """The code with the title, also of a criterion that the unit registered itself."""
        rows = self.assessment.pack.rules.criteria
        title = next((row.title for row in rows if row.code == swap.criterion), "")
        for own in self.assessment.snapshot.own_criteria:
            if (own.unit, own.code) == (swap.unit, swap.criterion):
                title = own.title
        return f"{swap.criterion} “{title}”" if title else swap.criterion

    def _effect(self, two: Neighbours, swap: Swap) -> str:
        if two.award is None:
            return "đổi chỗ"
        if two.decided_by == "open":
            return "phân định được"
        if two.ahead is None or (swap.up and two.behind == swap.unit):
            return "có chỗ"
        return "mất chỗ"

    def _amount(self, points: Fraction) -> str:
        """Points in full: no digit of a smallest change is cut away."""
        return self.figures.long(points)
