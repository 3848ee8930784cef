"""The ranking of a cluster as an Excel workbook whose sums, caps, totals and ranks are alive.

Sheet "Xếp hạng": one row for each unit, sections and totals fetched from the sheet of criteria,
ranks by formula. A unit with a word in the column "Không xếp hạng" is left out of the ranking and
uses up no place; the column "Thứ tự khi bằng điểm" carries what keys, ballots and decisions have
settled. Classes and awards are text: rules decide them, not cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from openpyxl.utils import get_column_letter

from app.domain.snapshot import Cluster
from app.ground.numbers import round_to
from app.reports.figures import LEGEND
from app.reports.issuing import cluster_name, leader_of
from app.reports.ranking import (
    DECIDED,
    award_words,
    draft_of,
    part_points,
    period_words,
    top_rows,
)
from app.reports.ranking_details import ELIGIBILITY
from app.reports.workbook_criteria import FIRST_UNIT, HEAD, NAME, CriteriaSheet
from app.reports.workbook_file import A3, A4, Sheet, new_book, number_format, to_bytes
from app.scoring.assessment import Assessment, UnitResult

RANKING: Final = "Xếp hạng"
WIDE: Final = 8
"""Units from which the sheet of criteria is printed on A3."""


def build_workbook(assessment: Assessment, cluster: Cluster) -> bytes:
    """The workbook of one cluster, the same bytes for the same assessment."""
    units = assessment.clusters[cluster.id]
    name, period = cluster_name(assessment, cluster), period_words(assessment)
    leader = leader_of(assessment, cluster)
    title = f"Kết quả chấm điểm và xếp hạng thi đua {period} - {name}"
    book = new_book(title, leader.name if leader else name)
    ranking, criteria = Sheet(book, RANKING), Sheet(book, NAME)
    filled = CriteriaSheet(assessment, units, criteria)
    filled.fill()
    _dress_criteria(assessment, units, criteria, title)
    _Ranking(assessment, units, ranking, filled).fill(title)
    return to_bytes(book, (ranking, criteria))


def _dress_criteria(assessment: Assessment, units: Sequence[str], sheet: Sheet, title: str) -> None:
    last = FIRST_UNIT + len(units) - 1
    sheet.span(1, last, "ĐIỂM TỪNG TIÊU CHÍ", bold=True, size=13)
    sheet.span(2, last, title, bold=True, size=12)
    sheet.span(3, last, LEGEND, italic=True, align="left", size=10)
    heads = ["TT", "Mã", "Tiêu chí", "Điểm tối đa"]
    heads += [assessment.snapshot.unit(unit).name for unit in units]
    for column, head in enumerate(heads, start=1):
        sheet.text(HEAD, column, head, bold=True)
    sheet.widths({1: 6, 2: 8, 3: 46, 4: 7, **{FIRST_UNIT + n: 11 for n in range(len(units))}})
    sheet.sheet.freeze_panes = sheet.sheet.cell(HEAD + 1, FIRST_UNIT)
    paper = A3 if len(units) >= WIDE else A4
    sheet.print_setup(head=f"{HEAD}:{HEAD}", columns="A:D", paper=paper)


class _Ranking:
    """The sheet of the ranking while it is filled."""

    def __init__(
        self,
        assessment: Assessment,
        units: Sequence[str],
        sheet: Sheet,
        criteria: CriteriaSheet,
    ) -> None:
        self.assessment, self.units, self.sheet, self.criteria = assessment, units, sheet, criteria
        self.form = criteria.form
        self.tops = top_rows(assessment, units)
        self.first, self.last = HEAD + 1, HEAD + len(units)
        heads = ["Hạng", "Đơn vị", *self.tops]
        heads += ["Điểm thưởng"] if "bonus" in criteria.rows else []
        heads += ["Điểm trừ"] if "deductions" in criteria.rows else []
        heads.append("Tổng điểm")
        heads += ["Tỷ lệ (%)"] if "percent" in criteria.rows else []
        heads += ["Thứ tự khi bằng điểm", "Không xếp hạng"]
        heads += ["Xếp loại"] if assessment.pack.rules.classes else []
        heads.append("Khen thưởng")
        self.column = {head: number for number, head in enumerate(heads, start=1)}
        results = [assessment.units[unit] for unit in units]
        self.ranked = [result for result in results if result.rank is not None]
        self.live = all(result.rank == self._expected(result) for result in self.ranked)

    def fill(self, title: str) -> None:
        """Title, head, one row for each unit, and how the ranks come about."""
        last = len(self.column)
        self.sheet.span(1, last, "BẢNG TỔNG HỢP XẾP HẠNG", bold=True, size=13)
        self.sheet.span(2, last, title, bold=True, size=12)
        draft = draft_of(self.assessment)
        reasons = "DỰ THẢO. " + " ".join(draft.reasons) if draft else ""
        self.sheet.span(3, last, reasons, italic=True, align="left")
        for head, column in self.column.items():
            self.sheet.text(HEAD, column, head, bold=True)
        for place, unit in enumerate(self.units):
            self._row(place, self.assessment.units[unit])
        for offset, words in enumerate(self._notes(), start=2):
            self.sheet.span(self.last + offset, last, words, italic=True, align="left", size=10)
        wide = {"Hạng": 6, "Đơn vị": 28, "Không xếp hạng": 13, "Xếp loại": 11, "Khen thưởng": 26}
        self.sheet.widths({c: wide.get(head, 9.5) for head, c in self.column.items()})
        self.sheet.sheet.freeze_panes = self.sheet.sheet.cell(HEAD + 1, 3)
        self.sheet.print_setup(head=f"{HEAD}:{HEAD}", columns="", paper=A4)

    def _row(self, place: int, result: UnitResult) -> None:
        at, card = self.first + place, result.card
        name = self.assessment.snapshot.unit(card.unit).name
        self._rank(at, result)
        self.sheet.text(at, self.column["Đơn vị"], name, align="left")
        for top in self.tops:
            points = part_points(result, top)
            if points is None:
                self.sheet.text(at, self.column[top], "")
            else:
                self._fetched(at, top, self.criteria.place(place, top), points)
        if "bonus" in self.criteria.rows:
            reference = self.criteria.place(place, "bonus")
            self._fetched(at, "Điểm thưởng", reference, card.bonus.total)
        if "deductions" in self.criteria.rows:
            reference = self.criteria.place(place, "deductions")
            self._fetched(at, "Điểm trừ", f"-{reference}", -card.deductions.total)
        total = self.criteria.place(place, "total")
        self.sheet.formula(
            at, self.column["Tổng điểm"], total, card.total, bold=True, form=self.form
        )
        if "percent" in self.criteria.rows:
            reference = self.criteria.place(place, "percent")
            value = None if card.percent is None else self._compared(result)
            self.sheet.formula(at, self.column["Tỷ lệ (%)"], reference, value, form=self.form)
        self._ends(at, result)

    def _fetched(self, at: int, head: str, reference: str, value: Fraction) -> None:
        """A figure of the other sheet, rounded as it is printed; a mark instead of one is 0."""
        figures = self.criteria.figures
        sign, plain = ("-", reference[1:]) if reference.startswith("-") else ("", reference)
        formula = f"{sign}{self.criteria.rounded(f'SUM({plain})')}"
        self.sheet.formula(
            at, self.column[head], formula, value, form=number_format(figures.digits)
        )

    def _compared(self, result: UnitResult) -> Fraction:
        """What ranks compare: the published percent or the published total."""
        figures, card = self.criteria.figures, result.card
        if "percent" in self.criteria.rows and card.percent is not None:
            return round_to(card.percent, figures.digits, figures.mode)
        return card.total

    def _rank(self, at: int, result: UnitResult) -> None:
        compared = "Tỷ lệ (%)" if "percent" in self.criteria.rows else "Tổng điểm"
        value, all_values = self._cells(compared, at)
        key, all_keys = self._cells("Thứ tự khi bằng điểm", at)
        apart, all_apart = self._cells("Không xếp hạng", at)
        better = f"({all_values}>{value})+({all_values}={value})*({all_keys}<{key})"
        formula = f'IF({apart}<>"","—",1+SUMPRODUCT(({all_apart}="")*({better})))'
        column = self.column["Hạng"]
        if result.rank is None:
            self.sheet.formula(at, column, formula, "—", bold=True, form="0")
        elif self.live:
            self.sheet.formula(at, column, formula, Fraction(result.rank), bold=True, form="0")
        else:
            self.sheet.number(at, column, Fraction(result.rank), bold=True, form="0")

    def _cells(self, head: str, at: int) -> tuple[str, str]:
        letter = get_column_letter(self.column[head])
        return f"{letter}{at}", f"${letter}${self.first}:${letter}${self.last}"

    def _ends(self, at: int, result: UnitResult) -> None:
        """Order among equals, what keeps a unit out, class and awards."""
        unit = result.card.unit
        order = self.column["Thứ tự khi bằng điểm"]
        if result.rank is None:
            self.sheet.text(at, order, "")
        else:
            self.sheet.number(at, order, Fraction(self._order(result)), form="0")
        reasons = "; ".join(ELIGIBILITY[e.kind] for e in result.eligibility if not e.ranked)
        apart = "" if result.rank is not None else reasons or "Không thuộc diện xếp hạng"
        self.sheet.text(at, self.column["Không xếp hạng"], apart)
        if "Xếp loại" in self.column:
            self.sheet.text(at, self.column["Xếp loại"], result.class_title or "")
        awards = "; ".join(award_words(self.assessment, unit))
        self.sheet.text(at, self.column["Khen thưởng"], awards, align="left")

    def _order(self, result: UnitResult) -> int:
        """1 for the first among equals; units that stay equal share a number."""
        assert result.rank is not None
        own = self._compared(result)
        return result.rank - sum(self._compared(other) > own for other in self.ranked)

    def _expected(self, result: UnitResult) -> int:
        """The rank that the formula finds; another one was kept after the ballots (A41)."""
        own, order = self._compared(result), self._order(result)
        return 1 + sum(
            self._compared(other) > own
            or (self._compared(other) == own and self._order(other) < order)
            for other in self.ranked
        )

    def _notes(self) -> list[str]:
        decided = {
            DECIDED[result.rank_decided_by].lower()
            for result in (self.assessment.units[unit] for unit in self.units)
            if result.rank_decided_by in ("keys", "ballot", "decision")
        }
        settled = f" (năm nay: {', '.join(sorted(decided))})" if decided else ""
        ranks = (
            "Hạng: tổng cao hơn đứng trước; bằng nhau thì theo cột “Thứ tự khi bằng điểm”, ghi kết "
            f"quả tiêu chí phụ, bỏ phiếu hoặc quyết định{settled}; cùng số thì cùng hạng, hạng sau "
            "bỏ qua."
        )
        if not self.live:
            ranks = (
                "Hạng là kết quả đã bầu, được giữ theo quy định dù điểm thay đổi sau đó; cột này "
                "không tự tính lại."
            )
        return [
            "Điểm ở trang “Tiêu chí” là số nhập; cộng, mức trần, thưởng, trừ, làm tròn, tổng và "
            "hạng là công thức, sửa số nhập thì tự tính lại. " + self.criteria.figures.statement(),
            ranks,
            "Đơn vị có chữ ở cột “Không xếp hạng” không có hạng và không chiếm hạng của đơn vị "
            "khác. Xếp loại, khen thưởng là kết quả của lần tính này, không tự đổi theo điểm.",
        ]
