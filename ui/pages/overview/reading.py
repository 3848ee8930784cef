"""Reads a year for the overview; runs beside the window, without Qt.

``read_year`` is the one way in: it takes a desk, the result as it is now and a day, and answers
the whole ``View``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.year import PeriodState, Registration
from app.ground.findings import UserError
from app.ground.numbers import vietnamese
from app.ground.text import named
from app.operations.workspace.boards import Board, board_of
from app.operations.workspace.deadlines import deadlines_of_rules
from app.operations.workspace.desk import Desk
from app.operations.workspace.year_steps import (
    STEP_WORDS,
    StepState,
    YearStep,
    next_step,
    year_steps,
)
from app.persistence import books
from app.scoring.assessment import Assessment, UnitResult
from ui.pages.overview.facts import (
    Asked,
    DeadlineRow,
    Gap,
    NextCard,
    OwnAct,
    RankRow,
    RoundHead,
    Start,
    StepMark,
    View,
)
from ui.pages.overview.matrix import Matrix, days_words
from ui.places import PageId, Place
from ui.theme.tokens import Tone

TOP: Final = 10
_SHORT_HEAD: Final = 18
_SOON: Final = 14

_STEP_LOOKS: Final[Mapping[StepState, tuple[Tone, str]]] = {
    StepState.DONE: (Tone.GOOD, "circle-check"),
    StepState.UNDER_WAY: (Tone.WAITING, "circle-dot"),
    StepState.NOT_BEGUN: (Tone.NEUTRAL, "circle"),
    StepState.BLOCKED: (Tone.NEUTRAL, "hourglass"),
}
_VERBS: Final[Mapping[str, tuple[str, str]]] = {
    "set_up": ("Thêm đơn vị", "building-2"),
    "roles": ("Ghi đơn vị trưởng", "user"),
    "table": ("Lập bảng tiêu chí", "list-tree"),
    "issue": ("Mở bảng tiêu chí", "list-tree"),
    "registrations": ("Ghi đăng ký, giao ước", "file-check"),
    "mid_year": ("Ghi hội nghị sơ kết", "calendar-days"),
    "ranking": ("Xem xếp hạng", "trophy"),
    "conference": ("Ghi hội nghị tổng kết", "calendar-days"),
    "awards": ("Lập đề nghị khen thưởng", "award"),
    "closing": ("Khóa sổ năm thi đua", "lock"),
}
_OWN_ACTS: Final[Mapping[str, OwnAct]] = {
    "mid_year": OwnAct.MID_YEAR,
    "conference": OwnAct.SUMMARY,
    "closing": OwnAct.CLOSE,
}
_STARTS: Final[Mapping[str, str]] = {
    "set_up": "Ghi tên cụm, khối rồi thêm các đơn vị; có thể dán cả danh sách từ Excel, Word.",
    "table": "Lập từ khung điểm của tỉnh, hoặc lấy một bảng đã có. Chưa có bảng thì chưa chấm "
    "được.",
    "roles": "Đơn vị trưởng, đơn vị phó của năm ghi ở trang Đơn vị; vai trò đổi theo từng năm.",
}
_STEP_OF_DUTY: Final[Mapping[str, str]] = {
    "dang_ky": "registrations",
    "quy_che": "issue",
    "so_ket": "mid_year",
    "tong_ket": "conference",
}
"""Steps that show whether a dated duty of the shipped rule texts was done."""


def read_year(
    desk: Desk, found: Assessment | None, day: dt.date | None, *, may_write: bool
) -> View:
    """The whole view of the desk's year on a day, with the result as it is now.

    Without a day, all that does not depend on one.
    """
    return _Reading(desk, found, day, may_write=may_write).view()


def short_head(title: str, most: int = _SHORT_HEAD) -> str:
    """A round's title as a head: without what stands in brackets, cut between words."""
    bare = title.partition("(")[0].strip() or title
    if len(bare) <= most:
        return bare
    return bare[:most].rpartition(" ")[0].rstrip(" ,-") + "…"


class _Reading:
    def __init__(
        self, desk: Desk, found: Assessment | None, day: dt.date | None, *, may_write: bool
    ) -> None:
        self._desk, self._found, self._may_write = desk, found, may_write
        self._board: Board = board_of(desk)
        self._dated = day is not None
        self._day = day or self._board.year.start
        self._steps = year_steps(desk, self._board, found, self._day)
        self._next = next_step(self._steps) if self._dated else None
        self._closed = self._board.year.state is PeriodState.CLOSED
        self._clusters = desk.clusters
        self._papers: tuple[Registration, ...] = desk.workspace.read(
            books.REGISTRATIONS, desk.period
        )
        self._names = {line.unit.id: line.unit.name for line in self._board.units}

    def view(self) -> View:
        """Everything together."""
        day = self._day if self._dated else None
        matrix = Matrix(self._desk, self._board, self._found, day)
        several = len(self._clusters) > 1
        title, ranking = self._ranking(several=several)
        found = self._found
        return View(
            self._sentence(),
            self._card(),
            tuple(self._mark(step) for step in self._steps),
            tuple(
                RoundHead(r, title, short_head(title)) for r, title in self._board.rounds.items()
            ),
            tuple(matrix.rows(self._asked())),
            several,
            ranking,
            title,
            found is not None and found.provisional,
            found.why_provisional if found is not None else (),
            tuple(self._deadlines()) if self._dated else (),
            self._rules_have_days(),
            tuple(self._gaps()),
            tuple(self._starts()),
            tuple(
                Asked(
                    one.unit,
                    f"{self._names.get(one.unit, one.unit)}, tiêu chí {one.criterion}: "
                    f"{one.question}",
                    Place(PageId.SCORES, one.unit, one.criterion, one.round),
                )
                for one in self._board.explanations
            ),
            self._may_write,
            self._dated,
        )

    # ------------------------------------------------------------- where the year stands

    def _sentence(self) -> str:
        year = self._board.year
        span = f"{year.start:%d/%m/%Y} - {year.end:%d/%m/%Y}"
        if self._closed:
            return f"Năm thi đua {year.name} ({span}) đã khóa sổ."
        done = sum(step.state is StepState.DONE for step in self._steps)
        present = sum(line.unit.left is None for line in self._board.units)
        parts = [f"Năm {year.name} ({span})", f"đã xong {done}/{len(self._steps)} bước"]
        if present:
            parts.append(f"{present} đơn vị")
        if self._board.explanations:
            parts.append(f"{len(self._board.explanations)} yêu cầu giải trình chưa trả lời")
        return " · ".join(parts)

    def _place(self, step: YearStep) -> Place | None:
        if step.mends == "overview":
            return None
        page = PageId(step.mends)
        if page is PageId.SCORES:
            return Place(page, unit=step.units[0] if step.units else None, round=step.round)
        if step.id == "registrations":
            return Place(page, unit=step.units[0] if step.units else None, topic="registrations")
        return Place(page)

    def _act(self, step: YearStep) -> OwnAct:
        return _OWN_ACTS.get(step.id, OwnAct.NONE) if step.mends == "overview" else OwnAct.NONE

    def _card(self) -> NextCard:
        step = self._next
        year = self._board.year
        if not self._dated and not self._closed:
            return NextCard(
                "Việc tiếp theo",
                f"Đang xem tình hình của năm {year.name}",
                "Bảng xếp hạng dưới đây là của số liệu đang lưu; việc tiếp theo và thời hạn hiện "
                "ra ngay sau đây.",
                Tone.NEUTRAL,
            )
        if self._closed or step is None:
            return NextCard(
                "Năm đã khóa sổ",
                f"Năm thi đua {year.name} đã khóa sổ",
                "Số liệu của năm được giữ nguyên để xem và in lại. Cần điều chỉnh thì mở lại sổ, "
                "có nêu lý do.",
                Tone.GOOD,
                "Mở lại sổ" if self._closed else "",
                "lock-open",
                act=OwnAct.REOPEN if self._closed else OwnAct.NONE,
            )
        number = self._steps.index(step) + 1
        verb, picture = _VERBS.get(step.id, ("Mở bảng chấm điểm", "table-2"))
        if step.id == "closing" and step.mends != "overview":
            scores = step.mends == "scores"
            verb = "Mở bảng chấm điểm" if scores else "Xem việc chặn khóa sổ"
            picture = "table-2" if scores else "list-checks"
        deadline, tone = self._nearest(step)
        return NextCard(
            f"Việc tiếp theo · bước {number}/{len(self._steps)}",
            step.title,
            step.missing,
            Tone.ACCENT,
            verb,
            picture,
            self._place(step),
            self._act(step),
            deadline,
            tone,
        )

    def _nearest(self, step: YearStep) -> tuple[str, Tone]:
        """The deadline of a step in words, where it has one."""
        days = [d.due for d in self._board.deadlines if self._step_of(d.duty) == step.id]
        if not days:
            return "", Tone.NEUTRAL
        due = min(days)
        left = (due - self._day).days
        tone = Tone.ERROR if left < 0 else Tone.WAITING if left <= _SOON else Tone.INFO
        words = days_words(due, self._day)
        return f"{words[:1].upper()}{words[1:]} (hạn {due:%d/%m/%Y})", tone

    def _step_of(self, duty: str) -> str | None:
        if duty in self._board.rounds:
            return f"round:{duty}"
        known = {step.id for step in self._steps}
        step = _STEP_OF_DUTY.get(duty, duty)
        return step if step in known else None

    def _mark(self, step: YearStep) -> StepMark:
        tone, icon = _STEP_LOOKS[step.state]
        return StepMark(
            step.id,
            step.title.partition("(")[0].strip() or step.title,
            STEP_WORDS[step.state],
            tone,
            icon,
            step.missing if self._dated else "",
            self._place(step),
            OwnAct.NONE if self._closed or step.state is StepState.DONE else self._act(step),
            step is self._next,
        )

    # ------------------------------------------------------------- ranking

    def _ranking(self, *, several: bool) -> tuple[str, tuple[RankRow, ...]]:
        """The top of the ranking, or who leads each cluster; nothing before anything is scored."""
        found = self._found
        title = "Đơn vị dẫn đầu từng cụm, khối" if several else "Xếp hạng hiện nay"
        if found is None or not (found.snapshot.entries or found.snapshot.totals):
            return title, ()
        rows: list[RankRow] = []
        for cluster, units in found.clusters.items():
            if several:
                rows += self._first_of(found, cluster, units)
            else:
                rows += [self._rank_row(found, unit) for unit in units[:TOP]]
        return title, tuple(rows)

    def _first_of(self, found: Assessment, cluster: str, units: Sequence[str]) -> Iterator[RankRow]:
        """Who leads a cluster; several with the same points in one row."""
        firsts = [unit for unit in units if found.units[unit].rank == 1]
        scored = {entry.unit for entry in found.snapshot.entries}
        if not scored.intersection(units) or not firsts:
            return
        row = self._rank_row(found, firsts[0])
        if len(firsts) > 1:
            row = replace(row, name=f"{len(firsts)} đơn vị cùng hạng 1", note="")
        yield row

    def _rank_row(self, found: Assessment, unit: str) -> RankRow:
        result = found.units[unit]
        scoring = found.pack.rules.scoring
        digits = scoring.digits if scoring is not None else 2
        cluster = found.snapshot.unit(unit).cluster
        return RankRow(
            unit,
            str(result.rank) if result.rank is not None else "–",
            self._names.get(unit, unit),
            self._clusters[cluster].name if cluster in self._clusters else "",
            vietnamese(result.card.total, digits),
            _rank_note(result),
        )

    def _asked(self) -> Mapping[str, int]:
        return Counter(one.unit for one in self._board.explanations)

    # ------------------------------------------------------------- deadlines, who is missing

    def _deadlines(self) -> Iterator[DeadlineRow]:
        """The deadlines, those of several clusters with the same day together."""
        alike: dict[tuple[str, dt.date, str], list[str | None]] = {}
        for one in sorted(self._board.deadlines, key=lambda d: (d.due, d.title)):
            alike.setdefault((one.duty, one.due, one.title), []).append(one.cluster)
        for (duty, due, title), clusters in alike.items():
            yield self._deadline(duty, due, title, clusters)

    def _deadline(
        self, duty: str, due: dt.date, title: str, clusters: Sequence[str | None]
    ) -> DeadlineRow:
        step = self._step_of(duty)
        done = self._closed or any(
            one.id == step and one.state is StepState.DONE for one in self._steps
        )
        left = (due - self._day).days
        words, tone, icon = days_words(due, self._day), None, "calendar-days"
        if done:
            words, tone, icon = "đã xong", Tone.GOOD, "check"
        elif left < 0 and step is None:
            words = f"đã qua {-left} ngày"
        elif left < 0:
            tone, icon = Tone.ERROR, "circle-alert"
        elif left <= _SOON:
            tone, icon = Tone.WAITING, "clock"
        named_ones = [self._clusters[c].name for c in clusters if c in self._clusters]
        whose = named(named_ones, 2, "cụm, khối") if len(named_ones) < len(self._clusters) else ""
        pressing = not done and (left >= 0 or step is not None)
        return DeadlineRow(
            duty,
            tuple(clusters),
            due,
            title or self._board.rounds.get(duty, duty),
            words,
            tone,
            icon,
            whose,
            pressing,
        )

    def _rules_have_days(self) -> bool:
        there = {(d.duty, d.cluster) for d in self._board.deadlines}
        try:
            return any((d.duty, d.cluster) not in there for d in deadlines_of_rules(self._desk))
        except UserError:
            return False

    def _starts(self) -> Iterator[Start]:
        """What a year begins with, while it has no units or no table."""
        open_ones = {step.id: step for step in self._steps if step.state is not StepState.DONE}
        if self._closed or not self._may_write or not {"set_up", "table"} & open_ones.keys():
            return
        for key, words in _STARTS.items():
            step = open_ones.get(key)
            place = self._place(step) if step is not None else None
            if step is not None and place is not None:
                verb, picture = _VERBS[key]
                yield Start(step.title, words, verb, picture, place)

    def _gaps(self) -> Iterator[Gap]:
        if self._closed:
            return
        present = [line for line in self._board.units if line.unit.left is None]
        for kind, words in (("registration", "Đăng ký thi đua"), ("pledge", "Giao ước thi đua")):
            there = {row.unit for row in self._papers if row.kind == kind}
            missing = [line.unit for line in present if line.unit.id not in there]
            if missing:
                place = Place(PageId.UNITS, unit=missing[0].id, topic="registrations")
                yield Gap(words, tuple(unit.name for unit in missing), place)
        for step in self._steps:
            if step.round is None or step.id == "closing" or not step.units:
                continue
            names: Sequence[str] = [self._names[unit] for unit in step.units]
            place = Place(PageId.SCORES, unit=step.units[0], round=step.round)
            yield Gap(step.title, tuple(names), place)


def _rank_note(result: UnitResult) -> str:
    """Why a unit stands apart or beside others, in a word."""
    words = {"barred": "không xét", "held": "chưa xét"}
    for case in result.eligibility:
        if case.kind in words:
            return words[case.kind]
    return "bằng điểm" if result.tied_with else ""
