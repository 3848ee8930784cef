"""What a picture of the spread shows: how much each criterion parts the totals of a cluster."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from app.ground.numbers import vietnamese

MINUS = "\u2212"


def percent(share: Fraction) -> str:
    """A share as it is printed: 35,2%; −0,4%."""
    return f"{vietnamese(share * 100, 1)}%".replace("-", MINUS)


@dataclass(frozen=True, slots=True)
class Share:
    """A criterion with its share of the spread; 1 is the whole, and it may be negative."""

    title: str
    label: str
    value: Fraction

    @property
    def name(self) -> str:
        """ "II.3. Cải cách hành chính"."""
        return (
            f"{self.label}. {self.title}" if self.label and self.title else self.label + self.title
        )


@dataclass(frozen=True, slots=True)
class SpreadChart:
    """The shares of the spread of totals, the largest first.

    ``others`` criteria are not among the rows and have ``rest`` of the spread together.
    """

    title: str
    cluster: str
    rows: tuple[Share, ...]
    others: int = 0
    rest: Fraction = Fraction(0)
    provisional: bool = False

    @property
    def remainder(self) -> str:
        """What the rows leave out: "Còn 12 tiêu chí khác, cộng lại 8,1%"."""
        return (
            f"Còn {self.others} tiêu chí khác, cộng lại {percent(self.rest)}."
            if self.others
            else ""
        )

    @property
    def alt(self) -> str:
        """Which criterion parts the totals most, and how many make up half of the spread."""
        if not self.rows:
            told = "tổng điểm các đơn vị không chênh lệch nên không có gì để so"
        else:
            first = self.rows[0]
            told = f"{first.name} chiếm nhiều nhất, {percent(first.value)} chênh lệch tổng điểm"
            half = self._half()
            if half > 1:
                told += f"; {half} tiêu chí đầu cộng lại quá nửa"
        ends = ["kết quả tạm tính"] if self.provisional else []
        words = "; ".join([f"{self.cluster}: {told}", *ends])
        return words[:1].upper() + words[1:] + "."

    def _half(self) -> int:
        """How many of the first rows make up more than half; 0 where they do not."""
        together = Fraction(0)
        for number, row in enumerate(self.rows, start=1):
            together += row.value
            if together > Fraction(1, 2):
                return number
        return 0
