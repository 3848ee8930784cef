"""What the page of the papers knows: every paper of the year, how far it is, why it is a draft.

Gathering what papers are made from, and making them, takes long: both are done by the runner.
First the data and the list of papers come, then the state of each. A single paper is always made
from the newest data, so what is previewed never waits for the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from app.domain.papers import Wording
from app.ground.findings import Finding, UserError
from app.ground.text import dictionary_key, folded
from app.operations.workspace.desk import Desk, Done
from app.operations.workspace.paper_data import issuer_from, issuer_of, paper_data, set_issuer
from app.operations.workspace.paper_desk import PART_WORDS, PaperLine, one_paper, rendered
from app.operations.workspace.paper_words import (
    fill_in,
    restore_wording,
    reword,
    wording_view,
)
from app.reports.papers.assembly import make
from app.reports.papers.contents import subjects_of
from app.reports.papers.data import PaperData, Subject
from app.reports.papers.paper import Paper, Part, asks_of
from app.reports.papers.shelf import paper_of, papers
from app.reports.papers.wording import names_in, plain_name
from ui.pages.papers.facts import (
    Field,
    Key,
    PaperRow,
    PlaceRow,
    SetCount,
    Shown,
    Standing,
    WordingFacts,
)
from ui.pages.papers.standing import NOT_SEEN, standing_of, together
from ui.runner import Progress, Runner
from ui.session import Session

if TYPE_CHECKING:
    from app.domain.papers import Issuer

_MANY: Final[Mapping[str, str]] = {
    "unit": "đơn vị",
    "ballot": "phiếu bầu",
    "conference": "hội nghị",
    "proposal": "đề nghị",
}
_HINTS: Final = {
    "shared": "Dùng chung cho mọi văn bản của năm.",
    "each": "Riêng văn bản này.",
}
_ALONE: Final = "Bảng hoặc nhiều đoạn; đặt riêng một dòng"
_EMPTY: Final = "Chưa có nội dung; để dấu chấm hoặc bỏ qua"
_LONGEST: Final = 160
Index = tuple[tuple[Paper, tuple[Subject, ...]], ...]


class PapersPresenter:
    """Reads and changes the papers of one cluster; ``changed`` hears when there is more to show."""

    def __init__(self, session: Session, runner: Runner, changed: Callable[[], object]) -> None:
        self.session, self.runner, self._changed = session, runner, changed
        self.data: PaperData | None = None
        self.refusal: tuple[Finding, ...] = ()
        self.standings: dict[Key, Standing] = {}
        self.gathering = False
        self.complete = False
        self.unused: dict[str, Wording] = {}
        self._index: Index = ()
        self._cluster = ""
        self._asked = 0
        self._shown: tuple[object, str] = (None, "")

    # ------------------------------------------------------------- where we are

    @property
    def clusters(self) -> tuple[tuple[str, str], ...]:
        """The clusters by id and name."""
        seat = self.session.seat
        return () if seat is None else tuple((c.id, c.name) for c in seat.clusters.values())

    @property
    def cluster(self) -> str:
        """The cluster whose papers are shown."""
        known = [cluster for cluster, _name in self.clusters]
        return self._cluster if self._cluster in known else next(iter(known), "")

    def choose_cluster(self, cluster: str) -> None:
        """Shows the papers of another cluster."""
        self._cluster = cluster
        self.standings.clear()
        self.gather()

    @property
    def units(self) -> tuple[tuple[str, str], ...]:
        """The units of the cluster by id and name."""
        return () if self.data is None else tuple((u.id, u.name) for u in self.data.units)

    @property
    def may_write(self) -> bool:
        """Whether answers and wordings can be kept: after closing too, not on read-only media."""
        workspace = self.session.workspace
        return self.session.seat is not None and workspace is not None and not workspace.read_only

    @property
    def waits(self) -> bool:
        """Whether the year's result is on its way: the papers are gathered once it is there."""
        session = self.session
        if session.seat is None or session.result_refusal:
            return session.result_is_due
        return session.result_is_due or session.result is None

    def sentence(self) -> str:
        """The state of all papers in one sentence."""
        if self.data is None:
            waits = self.gathering or self.waits
            return "Đang đọc số liệu của các văn bản…" if waits else "Chưa lập được văn bản nào."
        keys = [(p.id, subject.id) for p, there in self._index for subject in there]
        if not self.complete:
            return f"{len(keys)} văn bản · chưa xem xong tình trạng từng văn bản"
        count = self.count(keys)
        ready = count.papers - count.drafts - count.blank
        return (
            f"{count.drafts} dự thảo · {count.blank} còn chỗ để trống · {ready} sẵn sàng in · "
            f"tất cả {len(keys)} văn bản"
        )

    # ------------------------------------------------------------- gathering

    @property
    def moved(self) -> bool:
        """Whether another workspace or year is open than the papers are of."""
        seat = self.session.seat
        return self._shown != (self.session.workspace, seat.period if seat is not None else "")

    def start_over(self) -> None:
        """Forgets what belongs to another workspace or year."""
        seat, workspace = self.session.seat, self.session.workspace
        if workspace is not self._shown[0]:
            self.unused.clear()
        self._shown = (workspace, seat.period if seat is not None else "")
        self._asked += 1
        self.data, self._index, self.refusal = None, (), ()
        self.gathering = self.complete = False
        self.standings.clear()

    def gather(self) -> None:
        """Reads the data anew, then makes all papers; what was asked for before is dropped."""
        self._asked += 1
        asked, seat, cluster = self._asked, self.session.seat, self.cluster
        self.complete = False
        if seat is None or not cluster:
            self.data, self._index, self.refusal, self.gathering = None, (), (), False
            self._changed()
            return
        scored = None if self.session.result_is_due else self.session.result
        self.gathering = True

        def work(_progress: Progress) -> tuple[PaperData, Index]:
            data = paper_data(seat, cluster, scored)
            there = ((paper, subjects_of(paper, data)) for paper in papers())
            return data, tuple((paper, subjects) for paper, subjects in there if subjects)

        def done(found: tuple[PaperData, Index]) -> None:
            if asked == self._asked:
                (self.data, self._index), self.refusal, self.gathering = found, (), False
                self._changed()
                self._make_all(asked, *found)

        def failed(fault: Exception) -> None:
            if not isinstance(fault, UserError):
                raise fault
            if asked == self._asked:
                self.data, self._index, self.gathering = None, (), False
                self.refusal = tuple(fault.findings)
                self._changed()

        self.runner.run("Đọc số liệu của các văn bản", work, done, failed, quiet=True)

    def _make_all(self, asked: int, data: PaperData, index: Index) -> None:
        keys = [(paper, subject) for paper, subjects in index for subject in subjects]

        def work(progress: Progress) -> dict[Key, Standing]:
            found: dict[Key, Standing] = {}
            for at, (paper, subject) in enumerate(keys):
                progress.tell(at / len(keys), f"Xem {paper.title}")
                if asked != self._asked:
                    break  # others were asked for meanwhile
                line = PaperLine(paper, subject, make(paper, data, subject))
                found[(paper.id, subject.id)] = standing_of(line, data)
            return found

        def done(found: dict[Key, Standing]) -> None:
            if asked == self._asked:
                self.standings, self.complete = found, True
                self._changed()

        self.runner.run("Xem tình trạng các văn bản", work, done)

    def source(self) -> Callable[[], PaperData]:
        """Gives the newest data when it is called, in a task: gathered anew where they change."""
        kept, seat, cluster = self.data, self.session.seat, self.cluster
        if kept is not None and not self.gathering and not self.waits:
            return lambda: kept
        assert seat is not None
        return lambda: paper_data(seat, cluster)

    def forget(self) -> None:
        """Nothing that is on its way is wanted any more."""
        self._asked += 1

    # ------------------------------------------------------------- the list

    def rows(self, words: str = "", part: str = "", unit: str = "") -> tuple[PaperRow, ...]:
        """The kinds of papers in the order of the year, as far as they fit."""
        wanted = folded(words.strip())
        rows = (
            self._row(paper, subjects)
            for paper, subjects in ((p, self._for(p, there, unit)) for p, there in self._index)
            if subjects and part in ("", paper.part.value)
        )
        return tuple(row for row in rows if wanted in folded(_searched(row)))

    def _for(self, paper: Paper, subjects: tuple[Subject, ...], unit: str) -> tuple[Subject, ...]:
        if not unit:
            return subjects
        if paper.scope == "unit":
            return tuple(subject for subject in subjects if subject.id == unit)
        name = dict(self.units).get(unit)
        if paper.scope == "proposal":
            return tuple(subject for subject in subjects if subject.name == name)
        return ()

    def _row(self, paper: Paper, subjects: tuple[Subject, ...]) -> PaperRow:
        found = [self.standing((paper.id, subject.id)) for subject in subjects]
        state, tone, tip = together(found)
        if len(subjects) > 1:
            whom = f"{len(subjects)} {_MANY.get(paper.scope, 'bản')}"
        else:
            whom = subjects[0].name
        return PaperRow(paper.id, paper.title, paper.part, whom, subjects, state, tone, tip)

    def parts(self) -> tuple[tuple[str, str], ...]:
        """The parts of the year that have papers now, by value and words."""
        there = {paper.part for paper, _subjects in self._index}
        return tuple((part.value, PART_WORDS[part]) for part in Part if part in there)

    def standing(self, key: Key) -> Standing:
        """How far a paper has come, as it was made last."""
        return self.standings.get(key, NOT_SEEN)

    def count(self, keys: list[Key]) -> SetCount:
        """How many of these papers are drafts, and how many of the rest have room left."""
        found = [self.standing(key) for key in keys]
        drafts = sum(bool(one.reasons) for one in found)
        blank = sum(bool(one.blanks) and not one.reasons for one in found)
        return SetCount(len(keys), drafts, blank)

    # ------------------------------------------------------------- one paper

    def name(self, key: Key) -> str:
        """A paper as it is told of: its title, and for whom."""
        for paper, subjects in self._index:
            for subject in subjects:
                if (paper.id, subject.id) == key:
                    return f"{paper.title} - {subject.name}" if subject.name else paper.title
        return ""

    def preview(
        self,
        key: Key,
        wording: Wording | None,
        done: Callable[[Shown], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Makes one paper as a PDF, with a wording that is not kept yet where one is given."""
        kept = self.data
        if kept is None:
            return
        data = kept
        if wording is not None:
            data = replace(kept, wordings={**kept.wordings, wording.paper: wording})

        def work(_progress: Progress) -> Shown:
            line = one_paper(data, *key)
            pdf = rendered(line.made.document, "pdf") or b""
            return Shown(pdf, standing_of(line, data), line.made.findings)

        self.runner.run("Vẽ văn bản", work, done, failed, quiet=True)

    def fields(self, key: Key) -> tuple[Field, ...]:
        """What can be filled in, with what stands there."""
        data = self.data
        if data is None:
            return ()
        paper, subject = paper_of(key[0]), Subject(key[1])
        found = []
        for ask in asks_of(paper):
            value = data.answer(paper, subject, ask)
            if ask.kind == "day" and (day := data.answered_day(paper, subject, ask)):
                value = f"{day:%d/%m/%Y}"
            hint = _HINTS["shared"] if ask.shared else ""
            if ask.each and subject.id:
                hint = _HINTS["each"]
            found.append(Field(ask.name, ask.words, ask.kind, value, hint))
        return tuple(found)

    def fill(self, key: Key, typed: Mapping[str, Any], seat: Desk | None = None) -> Done | None:
        """Keeps what was typed and differs from what is kept; ``None`` where nothing does.

        ``seat`` is where it was typed, if that may not be the present one any more.
        """
        kept = {field.name: field.value for field in self.fields(key)}
        words = {
            name: f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else (value or "").strip()
            for name, value in typed.items()
        }
        new = {name: value for name, value in words.items() if value != kept.get(name, "")}
        if not new:
            return None
        return self.session.act(lambda desk: fill_in(seat or desk, key[0], new, key[1]))

    # ------------------------------------------------------------- wording

    def wording(self, paper: str, done: Callable[[WordingFacts], None]) -> None:
        """Looks up the wording of a paper and the places that it may use."""
        data = self.data
        if data is None:
            return

        def work(_progress: Progress) -> WordingFacts:
            view = wording_view(data, paper)
            kept = view.wording
            text = "\n".join((kept.subject, kept.addressees, kept.body, kept.recipients))
            used = {plain_name(name) for name in names_in(text)}
            rows = [_place_row(name, value) for name, value in view.places.items()]
            rows.sort(key=lambda row: (row.name not in used, dictionary_key(row.name)))
            return WordingFacts(view.wording, view.shipped, tuple(rows))

        self.runner.run("Đọc lời văn", work, done, quiet=True)

    def use_wording(self, wording: Wording) -> Done:
        """From now on the paper has this wording."""
        data = self.data
        assert data is not None
        done = self.session.act(lambda desk: reword(desk, wording, data))
        self.unused.pop(wording.paper, None)
        return done

    def restore_wording(self, paper: str) -> Done:
        """Returns to the wording that the paper came with."""
        self.unused.pop(paper, None)
        return self.session.act(lambda desk: restore_wording(desk, paper))

    # ------------------------------------------------------------- issuer

    @property
    def issuer(self) -> Issuer:
        """Who issues the papers of this workspace."""
        assert self.session.workspace is not None
        return issuer_of(self.session.workspace)

    def keep_issuer(self, typed: Mapping[str, str]) -> Done:
        """Keeps who issues the papers; lines are parted by line feeds."""
        kept = self.issuer
        words = {
            name: " | ".join(text.split("\n")) if isinstance(getattr(kept, name), tuple) else text
            for name, text in typed.items()
        }

        def verb(desk: Desk) -> Done:
            issuer = issuer_from(desk.workspace, words)
            return set_issuer(desk.workspace, desk.actor, issuer)

        return self.session.act(verb)


def _searched(row: PaperRow) -> str:
    names = " ".join(subject.name for subject in row.subjects)
    return f"{row.title} {names} {row.state} {PART_WORDS[row.part]}"


def _place_row(name: str, value: object) -> PlaceRow:
    if not isinstance(value, str):
        return PlaceRow(name, _ALONE, alone=True)
    words = " ".join(value.split())
    cut = f"{words[:_LONGEST]}…" if len(words) > _LONGEST else words
    return PlaceRow(name, cut or _EMPTY, alone=False)
