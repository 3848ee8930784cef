"""What the page Sức khỏe tiêu chí knows: signs and advice, the spread, the years side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.ground.findings import Finding, UserError
from app.ground.numbers import vietnamese
from app.reports.charts.spread import percent
from app.reports.figures import Figures, sentence
from app.scoring.criteria_health import CriteriaHealth, HealthRow, Sign
from app.scoring.years_comparison import CriterionYear, UnitYears, YearsComparison
from ui.runner import Progress, Runner
from ui.session import Session
from ui.theme.tokens import Tone

if TYPE_CHECKING:
    from app.operations.workspace.desk import Desk
    from app.reports.charts.description import Chart

SIGNS: Final[dict[Sign, str]] = {
    Sign.ALWAYS_FULL: "Luôn đạt tối đa",
    Sign.MOSTLY_FULL: "Phần lớn đạt tối đa",
    Sign.NEVER_ABOVE_ZERO: "Không đơn vị nào có điểm",
    Sign.NEVER_DIFFERS: "Mọi đơn vị như nhau",
    Sign.DECIDES_MUCH: "Quyết định nhiều",
    Sign.DISPUTED: "Nhiều ý kiến khác nhau",
    Sign.NO_EVIDENCE: "Không có minh chứng",
    Sign.OFTEN_BLANK: "Thường chưa chấm",
    Sign.OFTEN_NOT_ASSIGNED: "Thường không được giao",
    Sign.INFLATED: "Tự chấm cao hơn",
}
NOTED: Final = "noted"
"""Asks for all criteria with any sign."""
_NONE = "–"
_LAST = Fraction(-(10**6))


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion; the numbers beside the words are what the columns are sorted by."""

    code: str
    at: int
    title: str
    signs: str
    count: int
    tone: Tone | None
    most: Fraction
    full: str
    full_share: Fraction
    points: str
    mean: Fraction
    share: str
    share_value: Fraction
    disputed: int
    unproven: int
    inflation: str
    inflation_value: Fraction
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearsRow:
    """A unit or a criterion with a cell for each year, and what is to be remarked."""

    name: str
    years: tuple[str, ...]
    change: str
    at: int


Found = tuple[tuple[CriteriaHealth, ...], tuple[YearsComparison, ...]]


class HealthPresenter:
    """Looks at all criteria beside the window, and keeps what it found until asked again."""

    def __init__(self, session: Session, runner: Runner) -> None:
        self._session, self._runner = session, runner
        self._asked = 0
        self._wanted: str | None = None
        self._health: tuple[CriteriaHealth, ...] = ()
        self._compared: tuple[YearsComparison, ...] = ()
        self.refusal: tuple[Finding, ...] = ()
        self.at_work = False

    def look(self, then: Callable[[], None]) -> None:
        """Looks anew; ``then`` is called when the answer is there, or why there is none."""
        self._asked += 1
        number, desk = self._asked, self._session.desk
        self.at_work = True

        def take(found: Found, refusal: tuple[Finding, ...]) -> None:
            if number == self._asked:
                (self._health, self._compared), self.refusal = found, refusal
                self.at_work = False
                then()

        def failed(fault: Exception) -> None:
            if not isinstance(fault, UserError):
                raise fault
            take(((), ()), tuple(fault.findings))

        self._runner.run(
            "Rà soát các tiêu chí",
            lambda progress: _found(desk, progress),
            lambda found: take(found, ()),
            failed,
            quiet=True,
        )

    # ------------------------------------------------------------- where we are

    @property
    def clusters(self) -> tuple[tuple[str, str], ...]:
        """The clusters with scores, by id and name."""
        return tuple((one.cluster.id, one.cluster.name) for one in self._health)

    def choose_cluster(self, cluster: str) -> None:
        """Shows another cluster."""
        self._wanted = cluster

    @property
    def health(self) -> CriteriaHealth | None:
        """The cluster that is shown: the chosen one while there is such, else the first."""
        wanted = [one for one in self._health if one.cluster.id == self._wanted]
        return next(iter((*wanted, *self._health)), None)

    @property
    def compared(self) -> YearsComparison | None:
        """The years of the cluster that is shown, where there are two at least."""
        health = self.health
        found = (one for one in self._compared if health and one.cluster.id == health.cluster.id)
        return next(found, None)

    def sentence(self) -> str:
        """How many criteria there are and how many are worth a look."""
        health = self.health
        if health is None:
            return "Đang rà soát các tiêu chí…" if self.at_work else "Chưa có điểm để rà soát."
        noted = sum(bool(row.remarks) for row in health.rows)
        many = f"{len(health.rows)} tiêu chí ở {len(health.statistics.units)} đơn vị"
        words = f"{many} · {noted} tiêu chí nên xem lại" if noted else f"{many} · không có lưu ý"
        if len(health.years) > 1:
            words += f" · xem cùng năm {', '.join(health.years[1:])}"
        if health.left_out:
            words += f" · năm {', '.join(health.left_out)} chưa chấm được nên chưa xem"
        return words

    # ------------------------------------------------------------- criteria

    def choices(self) -> tuple[tuple[str, str], ...]:
        """What may be looked at: all, all with a sign, or those with one sign, with how many."""
        health = self.health
        if health is None:
            return (("", "Mọi tiêu chí"),)
        noted = sum(bool(row.remarks) for row in health.rows)
        signs = ((sign, len(health.with_sign(sign))) for sign in SIGNS)
        return (
            ("", f"Mọi tiêu chí ({len(health.rows)})"),
            (NOTED, f"Nên xem lại ({noted})"),
            *((sign.value, f"{SIGNS[sign]} ({count})") for sign, count in signs if count),
        )

    def rows(self, wanted: str = "") -> tuple[CriterionRow, ...]:
        """The criteria in the order of the table, or those with a sign."""
        health = self.health
        if health is None:
            return ()
        figures = Figures(health.assessment)
        return tuple(
            _row(figures, row, at)
            for at, row in enumerate(health.rows)
            if not wanted
            or (wanted == NOTED and row.remarks)
            or any(remark.sign.value == wanted for remark in row.remarks)
        )

    def spread(self) -> Callable[[], Chart] | None:
        """What draws the criteria that part the totals, or ``None`` where nothing does."""
        health = self.health
        if health is None or not health.statistics.rests:
            return None

        def make() -> Chart:
            from app.reports.criteria_health import spread_chart

            return spread_chart(health)

        return make

    def spread_words(self) -> str:
        """How the picture is read, or why there is none."""
        health = self.health
        if health is None or not health.statistics.rests:
            return (
                "Tổng điểm các đơn vị không chênh lệch, hoặc chỉ có một đơn vị có điểm, nên chưa "
                "có gì để vẽ."
            )
        return (
            "Tỷ trọng là phần của mỗi tiêu chí trong chênh lệch tổng điểm giữa các đơn vị. Tỷ "
            "trọng âm: đơn vị có tổng điểm cao lại thấp ở tiêu chí đó."
        )

    def write(self, folder: Path) -> tuple[Path, ...]:
        """The reports of all clusters, and of the years; raises ``UserError``."""
        from app.operations.criteria_health import write_health
        from app.operations.years_comparison import write_comparisons

        forms = ("pdf", "xlsx")
        health, compared = self._health, self._compared
        return (*write_health(health, folder, forms), *write_comparisons(compared, folder, forms))

    # ------------------------------------------------------------- years

    def year_names(self) -> tuple[str, ...]:
        """The heads of the years' columns."""
        compared = self.compared
        if compared is None:
            return ()
        return tuple(sentence(year.words).rstrip(".") for year in compared.years)

    def years_picture(self) -> Callable[[], Chart] | None:
        """What draws the last two years, or ``None`` where they cannot be put side by side."""
        from app.reports.years_comparison import comparison_chart_of

        chart = comparison_chart_of(self.compared) if self.compared is not None else None
        return None if chart is None else lambda: chart

    def unit_rows(self) -> tuple[YearsRow, ...]:
        """Each unit through the years."""
        compared = self.compared
        if compared is None:
            return ()
        return tuple(_unit(compared, unit, at) for at, unit in enumerate(compared.units))

    def criterion_rows(self) -> tuple[YearsRow, ...]:
        """Each criterion through the years: its maximum, and how much of it was reached."""
        compared = self.compared
        if compared is None:
            return ()
        return tuple(
            YearsRow(
                f"{one.last.code}. {one.last.title}",
                tuple(_criterion_year(year) for year in one.years),
                " ".join(sentence(note) for note in one.notes),
                at,
            )
            for at, one in enumerate(compared.criteria)
        )


def _found(desk: Desk, progress: Progress) -> Found:
    from app.operations.criteria_health import year_health
    from app.operations.years_comparison import compare_years

    progress.tell(None)
    health = year_health(desk)
    progress.tell(None)
    try:
        return health, compare_years(desk)
    except UserError:
        return health, ()


def _row(figures: Figures, row: HealthRow, at: int) -> CriterionRow:
    one = row.now

    def points(value: Fraction | None) -> str:
        return _NONE if value is None else figures.published(value)

    low, high = points(one.lowest), points(one.highest)
    return CriterionRow(
        one.code,
        at,
        f"{one.code}. {one.title}",
        ", ".join(SIGNS[remark.sign] for remark in row.remarks) or _NONE,
        len(row.remarks),
        Tone.WAITING if row.remarks else None,
        one.max,
        f"{one.full}/{one.scored}" if one.scored else _NONE,
        Fraction(one.full, one.scored) if one.scored else _LAST,
        low if low == high else f"{low} – {high}",
        _LAST if one.mean is None else one.mean,
        _NONE if one.share is None else percent(one.share),
        _LAST if one.share is None else one.share,
        one.disputed,
        one.unproven,
        points(one.inflation),
        _LAST if one.inflation is None else one.inflation,
        tuple(remark.sentence for remark in row.remarks),
    )


def _unit(compared: YearsComparison, unit: UnitYears, at: int) -> YearsRow:
    from app.reports.years_comparison import change_words

    return YearsRow(
        unit.name,
        tuple(_unit_years(compared, unit)),
        "; ".join((*change_words(compared, unit), *unit.notes)),
        at,
    )


def _unit_years(compared: YearsComparison, unit: UnitYears) -> Iterator[str]:
    for year, places in zip(compared.years, unit.places, strict=True):
        figures = Figures(year.assessment)
        told = []
        for place in places:
            total = _NONE if place.total is None else f"{figures.published(place.total)} điểm"
            rank = "" if place.rank is None else f", hạng {place.rank}/{place.ranked}"
            named = "" if place.unit == unit.unit else f"{place.name}: "
            told.append(f"{named}{total}{rank}")
        yield "; ".join(told) or _NONE


def _criterion_year(year: CriterionYear | None) -> str:
    if year is None:
        return "không có"
    most = "" if year.max is None else f"tối đa {vietnamese(year.max)}"
    if year.reached is None:
        return most or _NONE
    return f"{most}, đạt {vietnamese(year.reached, 1)}%".removeprefix(", ")
