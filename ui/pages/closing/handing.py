"""Handing the whole book over as one signed package: how large, how locked, and writing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.exchange.packages import Kind
from app.exchange.packages.limits import MAX_PACKAGE_BYTES
from app.ground.findings import UserError
from app.operations.exchange.keyring import known_senders
from app.operations.exchange.packing import Envelope, Order, size_of
from app.operations.exchange.sending import send
from app.operations.workspace.desk import Desk
from app.persistence import books
from ui.flows.fresh_folder import documents_folder
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
from ui.preferences import Preferences
from ui.runner import Progress, Runner
from ui.session import Session

_ORDER: Final = Order(Kind.HANDOVER, evidence=True)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The package as it would be: with the figures of which year, and how large."""

    period: str
    bare: int
    evidence: int

    @property
    def fits(self) -> bool:
        """Whether the files of evidence can go along: one package holds only so much."""
        return self.bare + self.evidence <= MAX_PACKAGE_BYTES

    @property
    def choices(self) -> tuple[tuple[bool, str], ...]:
        """With the files of evidence or without, each with its size; the better one first."""
        bare = False, f"Không kèm: gói khoảng {size_words(self.bare)}"
        if not self.evidence:
            return ((False, f"Sổ không có tệp nào: gói khoảng {size_words(self.bare)}"),)
        whole = True, f"Kèm tất cả: gói khoảng {size_words(self.bare + self.evidence)}"
        return (whole, bare) if self.fits else (bare,)

    @property
    def advice(self) -> str:
        """What it means to leave the evidence out."""
        if not self.evidence:
            return ""
        if not self.fits:
            return (
                f"Tệp minh chứng ({size_words(self.evidence)}) lớn hơn mức một gói chứa được. Nếu "
                "cần giao cả tệp thì chép cả thư mục sổ."
            )
        return (
            "Không kèm thì sổ của người nhận vẫn đủ số liệu và trích dẫn, nhưng không mở được tệp."
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """What the officer chose. ``passphrase`` locks the package, not the key."""

    sender: str
    recipient: str = ""
    evidence: bool = False
    locking: Locking = Locking.OPEN
    passphrase: str = ""
    note: str = ""


class Handing:
    """The handover package of the workspace that is open."""

    def __init__(
        self, session: Session, runner: Runner, preferences: Preferences, key: OwnKey
    ) -> None:
        self._session, self._runner = session, runner
        self._preferences, self.key = preferences, key
        self.outcome: Outcome | None = None

    @property
    def refusal(self) -> str:
        """Why no package can be made; empty where one can."""
        workspace = self._session.workspace
        if workspace is None or workspace.read_only:
            return (
                "Sổ chỉ đọc nên không ghi được việc giao gói vào nhật ký; chép sổ sang nơi ghi "
                "được, hoặc giao cả thư mục."
            )
        return ""

    @property
    def sender(self) -> str:
        """By which name the house signs; empty where it is not known yet."""
        return known_sender_name(self._session.workspace)

    @property
    def recipients(self) -> tuple[str, ...]:
        """Whose keys are confirmed, so that a package can be locked for them."""
        workspace = self._session.workspace
        return () if workspace is None else tuple(one.name for one in known_senders(workspace))

    @property
    def folder(self) -> Path:
        """Where the package goes."""
        return kept_folder(self._preferences) or documents_folder()

    def choose_folder(self, folder: Path) -> None:
        """Packages go there from now on."""
        keep_folder(self._preferences, folder)

    def prepare(
        self,
        done: Callable[[Prepared], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Works out how large the package would be; nothing is written."""
        seat = self._session.desk

        def work(progress: Progress) -> Prepared:
            progress.tell(None, "Xem gói bàn giao sẽ có gì")
            refused: UserError | None = None
            for desk in _desks(seat):
                try:
                    size = size_of(desk, _ORDER)
                except UserError as fault:
                    refused = refused or fault
                else:
                    return Prepared(desk.period, size.texts + size.files, size.evidence)
            assert refused is not None
            raise refused

        self._runner.run("Xem gói bàn giao", work, done, failed)

    def send(
        self,
        prepared: Prepared,
        wish: Wish,
        passphrase: str,
        done: Callable[[Outcome], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Signs with the own key and writes the package."""
        seat, key, folder = (
            replace(self._session.desk, period=prepared.period),
            self.key,
            self.folder,
        )

        def work(progress: Progress) -> Outcome:
            progress.tell(None, "Mở khóa của đơn vị")
            signing = key.opened(passphrase)
            lock = lock_of(seat.workspace, wish.locking, wish.recipient, wish.passphrase)
            progress.settle("Lập gói bàn giao, ký và ghi ra tệp")
            order = replace(_ORDER, evidence=wish.evidence)
            envelope = Envelope(wish.sender, wish.recipient, wish.note)
            return Outcome(send(seat, order, envelope, signing, folder, lock), signing.public)

        def finished(outcome: Outcome) -> None:
            self.outcome = outcome
            key.remember(outcome.key)
            self.choose_folder(folder)
            self._session.told(outcome.sent.done.operation)
            done(outcome)

        self._runner.run("Lập gói bàn giao", work, finished, failed)


def _desks(seat: Desk) -> Iterator[Desk]:
    """The desk at the year in sight, then at the others, the newest first: a year that was only
    just opened may have nothing yet that could be scored.
    """
    yield seat
    years = sorted(seat.workspace.read(books.PERIODS), key=lambda year: year.start, reverse=True)
    for year in years:
        if year.id != seat.period:
            yield replace(seat, period=year.id)
