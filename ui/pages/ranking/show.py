"""The show in the hall as steps without Qt: title, places from the last to the first, the table."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.figures import sentence
from ui.pages.ranking.presenter import RankingView, RankRow


@dataclass(frozen=True, slots=True)
class Place:
    """One line as the hall reads it; ``how`` is how a tie was settled, or what is still open."""

    place: str
    name: str
    total: str
    how: str


@dataclass(frozen=True, slots=True)
class Slide:
    """What stands on the screen: ``shown`` places from the top, the newest one large."""

    heading: str
    state: str
    newest: Place | None
    shown: tuple[Place, ...]
    whole: bool
    hidden: int


class Show:
    """Goes through the slides; ``step`` counts the places that are revealed."""

    def __init__(self, view: RankingView, year: str) -> None:
        assessment = view.assessment
        self._heading = f"{view.cluster_name} · năm {year}"
        self._state = "Kết quả tạm tính" if assessment.provisional else ""
        self._ranked = tuple(_place(view, row) for row in view.rows if row.place != "–")
        self._apart = tuple(_place(view, row) for row in view.rows if row.place == "–")
        self.step = 0
        self.whole = False

    @property
    def slide(self) -> Slide:
        """The present one."""
        count = len(self._ranked)
        shown = self._ranked[count - self.step :] if self.step else ()
        newest = shown[0] if shown and not self.whole else None
        listed = (*self._ranked, *self._apart) if self.whole else shown
        return Slide(self._heading, self._state, newest, listed, self.whole, count - len(shown))

    def forward(self) -> None:
        """Reveals the next place; after the first place, the whole table."""
        if self.step < len(self._ranked):
            self.step += 1
        else:
            self.whole = True

    def backward(self) -> None:
        """One step back."""
        if self.whole:
            self.whole = False
        elif self.step:
            self.step -= 1

    def all_at_once(self) -> None:
        """The whole table, or back to where the show stood."""
        self.whole = not self.whole

    def restart(self) -> None:
        """Back to the title."""
        self.step, self.whole = 0, False


def _place(view: RankingView, row: RankRow) -> Place:
    settled = [
        view.names.sentence(tie.how)
        for tie in view.ties
        if row.unit in tie.units and tie.resolved_by is not None
    ]
    result = view.assessment.units[row.unit]
    if row.place == "–":
        how = row.remark
    elif result.tied_with:
        how = "Bằng điểm với " + ", ".join(view.names.units[u] for u in result.tied_with)
        if settled and result.rank_decided_by not in (None, "total"):
            how = f"{sentence(settled[0])} {how}"
    else:
        how = sentence(settled[0]) if settled else ""
    return Place(row.place, row.name, row.total, how)
