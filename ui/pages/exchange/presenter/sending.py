"""What leaves: choosing what, to whom and how; its size first, then signed, locked and written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.exchange.packages import Extent, Kind, SizeEstimate
from app.ground.findings import Finding
from app.operations.exchange.answering import write_request_form
from app.operations.exchange.figures import Askable, askable
from app.operations.exchange.keyring import sender_named
from app.operations.exchange.packing import Envelope, Order, size_of
from app.operations.exchange.register import RECEIVED, answerable, exchanged
from app.operations.exchange.sending import send, unfinished
from app.operations.exchange.shares import scope_at
from app.operations.workspace.desk import Desk
from ui.flows.outgoing import (
    Locking,
    Outcome,
    keep_folder,
    kept_folder,
    known_sender_name,
    lock_of,
)
from ui.flows.own_key import OwnKey
from ui.flows.sizes import size_words
from ui.pages.exchange.presenter.offers import OFFERS, Offer, offer_of
from ui.preferences import Preferences
from ui.runner import Progress, Runner
from ui.session import Session

_ANSWERS: Final = {
    Kind.SELF_SCORE: Kind.CRITERIA_TABLE,
    Kind.FOR_APPRAISAL: Kind.APPRAISAL,
    Kind.APPRAISAL: Kind.FOR_APPRAISAL,
    Kind.FINAL_RESULT: Kind.APPRAISAL,
}
"""Which kind of package each kind answers, where one has come."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the officer chose. ``passphrase`` locks the package, not the key."""

    kind: Kind
    extent: Extent = Extent.EVERYTHING
    unit: str = ""
    cluster: str = ""
    evidence: bool = False
    papers: bool = True
    sender: str = ""
    recipient: str = ""
    locking: Locking = Locking.OPEN
    passphrase: str = ""
    note: str = ""
    agency: str = ""
    criteria: tuple[str, ...] = ()
    asked_units: tuple[str, ...] = ()
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A package as it would leave."""

    wish: Wish
    order: Order
    size: SizeEstimate
    remarks: tuple[Finding, ...]
    answers: str

    @property
    def title(self) -> str:
        """What it is."""
        return offer_of(self.wish.kind).words

    @property
    def size_sentence(self) -> str:
        """How large it will be, part by part."""
        parts = [f"số liệu {size_words(self.size.texts)}"]
        if self.size.files:
            parts.append(f"bản để đọc {size_words(self.size.files)}")
        if self.size.evidence:
            parts.append(f"tệp minh chứng {size_words(self.size.evidence)}")
        return f"Gói khoảng {size_words(self.size.total)}: {', '.join(parts)}."

    @property
    def lock_sentence(self) -> str:
        """Who will be able to open it."""
        match self.wish.locking:
            case Locking.RECIPIENT:
                return f"Chỉ {self.wish.recipient} mở được gói, bằng khóa của họ."
            case Locking.PASSPHRASE:
                return "Ai có mật khẩu của gói thì mở được; báo mật khẩu bằng đường khác."
        return "Gói không khóa: ai có tệp thì đọc được, nhưng sửa thì nơi nhận biết ngay."


class Sending:
    """The half "Gửi"."""

    def __init__(
        self, session: Session, runner: Runner, preferences: Preferences, key: OwnKey
    ) -> None:
        self._session, self._runner = session, runner
        self._preferences, self.key = preferences, key
        self.outcome: Outcome | None = None
        self._with_form = False

    # ------------------------------------------------------------- what there is to choose

    @property
    def refusal(self) -> str:
        """Why nothing can be sent now; empty where something can."""
        session = self._session
        if session.workspace is not None and session.workspace.read_only:
            return "Sổ chỉ đọc nên không ghi được sổ gói; mở sổ ở nơi ghi được rồi gửi."
        if session.packs is None:
            return "Năm này chưa có bảng tiêu chí dùng được nên chưa có gì để gửi."
        return "" if session.units else "Năm này chưa có đơn vị nào nên chưa có gì để gửi."

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What can be sent, in the order of the year."""
        return OFFERS

    def units(self) -> tuple[tuple[str, str], ...]:
        """The units that a self-score may be of: id and name."""
        return tuple((unit.id, unit.name) for unit in self._session.units.values())

    def clusters(self) -> tuple[tuple[str, str], ...]:
        """The clusters to choose from where there are several, with the whole year first."""
        clusters = self._session.seat.clusters if self._session.seat is not None else {}
        if len(clusters) < 2:
            return ()
        return (("", "Tất cả các cụm, khối"), *((c.id, c.name) for c in clusters.values()))

    def askable(self) -> tuple[Askable, ...]:
        """The criteria that are scored from figures, which an agency may be asked for."""
        seat = self._session.seat
        return () if seat is None or self._session.packs is None else askable(seat)

    @property
    def sender(self) -> str:
        """By which name the house signs; empty where it is not known yet."""
        return known_sender_name(self._session.workspace)

    @property
    def folder(self) -> Path | None:
        """Where packages were written last."""
        return kept_folder(self._preferences)

    def choose_folder(self, folder: Path) -> None:
        """Packages go there from now on."""
        keep_folder(self._preferences, folder)

    @property
    def told(self) -> str:
        """What was written last; empty where nothing was."""
        if self.outcome is None:
            return ""
        form = self.outcome.sent.file.with_suffix(".xlsx").name
        beside = f" Phiếu Excel {form} nằm cạnh gói, để gửi nơi không có chương trình này."
        return self.outcome.sentence + (beside if self._with_form else "")

    def sentence(self) -> str:
        """Where the sending stands."""
        if self.refusal:
            return self.refusal
        if not self.key.is_there:
            return "Trước khi gửi gói đầu tiên, đơn vị lập khóa ký; chương trình hỏi khi cần."
        return "Chọn nội dung và nơi nhận, xem gói sẽ có gì, rồi ký và ghi ra tệp để gửi đi."

    # ------------------------------------------------------------- sending

    def prepare(
        self,
        wish: Wish,
        done: Callable[[Prepared], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Works out what would leave, and how large it is; nothing is written."""
        seat = self._session.desk

        def work(progress: Progress) -> Prepared:
            progress.tell(None, "Xem gói sẽ có gì")
            if wish.locking is Locking.RECIPIENT:
                sender_named(seat.workspace, wish.recipient)
            answered = _answered(seat, wish)
            order = _order(wish, answered[0])
            size = size_of(seat, order)
            scope = scope_at(seat, wish.kind, wish.unit, wish.cluster)
            return Prepared(wish, order, size, unfinished(seat, scope), answered[1])

        self._runner.run("Xem gói sẽ gửi", work, done, failed)

    def send(
        self,
        prepared: Prepared,
        passphrase: str,
        folder: Path,
        done: Callable[[Outcome], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Signs with the own key and writes the package into a folder."""
        seat, wish, key = self._session.desk, prepared.wish, self.key
        envelope = Envelope(wish.sender, wish.recipient, wish.note)

        def work(progress: Progress) -> Outcome:
            progress.tell(None, "Mở khóa của đơn vị")
            signing = key.opened(passphrase)
            lock = lock_of(seat.workspace, wish.locking, wish.recipient, wish.passphrase)
            progress.settle("Lập gói, ký và ghi ra tệp")
            sent = send(seat, prepared.order, envelope, signing, folder, lock)
            if _has_form(wish):
                form = sent.file.with_suffix(".xlsx")
                write_request_form(sent.contents, form, overwrite=True)
            return Outcome(sent, signing.public)

        def finished(outcome: Outcome) -> None:
            self.outcome, self._with_form = outcome, _has_form(wish)
            key.remember(outcome.key)
            self.choose_folder(folder)
            self._session.told(outcome.sent.done.operation)
            done(outcome)

        self._runner.run("Gửi gói", work, finished, failed)


def _has_form(wish: Wish) -> bool:
    """Whether an Excel form is written beside, for a house that has no program to open packages."""
    return wish.kind is Kind.FIGURES_REQUEST and wish.papers


def _order(wish: Wish, answers: str) -> Order:
    return Order(
        kind=wish.kind,
        extent=wish.extent,
        unit=wish.unit,
        cluster=wish.cluster,
        evidence=wish.evidence,
        papers=wish.papers,
        answers=answers,
        agency=wish.agency,
        criteria=wish.criteria,
        due=wish.due,
        units=wish.asked_units,
    )


def _answered(desk: Desk, wish: Wish) -> tuple[str, str]:
    """The digest of the package that this one answers, and its words; empty where there is none."""
    wanted = _ANSWERS.get(wish.kind)
    for line in reversed(exchanged(desk)):
        package = line.package
        if package.direction != RECEIVED or wanted is None or package.kind != wanted.value:
            continue
        if package.cluster in ("", wish.cluster) or not wish.cluster:
            return package.digest, f"Trả lời gói “{line.kind}” số {package.sequence}."
    return answerable(desk, wish.kind), ""
