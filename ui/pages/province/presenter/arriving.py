"""A package that comes to the department: what it needs first, what it would change, taking it in.

The file is looked at until nothing is missing: what opens it, its sender confirmed by the
fingerprint, whose it is, what is decided where both sides changed a cell. Then it is taken in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.ground.findings import Finding, UserError
from ui.pages.province.presenter.book import ProvinceBook
from ui.runner import Progress

if TYPE_CHECKING:
    from app.exchange.packages import PackageStatus, PublicKey
    from app.operations.exchange.differences import Difference
    from app.operations.province.folder import ProvinceDesk
    from app.operations.province.taking import Arrival
    from app.operations.workspace.desk import Done

_BEGINNING: Final = 64


class Need(StrEnum):
    """What is missing before a package can be taken in."""

    SENDER = "sender"
    CLUSTER = "cluster"
    NOTHING = "nothing"
    REFUSED = "refused"


class Share(StrEnum):
    """What becomes of a row of the package."""

    CHANGE = "change"
    CONFLICT = "conflict"
    BEYOND = "beyond"


SHARES: Final = {
    Share.CHANGE: "Sẽ thay đổi",
    Share.CONFLICT: "Hai bên cùng sửa",
    Share.BEYOND: "Không nhận",
}


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One row that differs; ``name`` is what a decision about it names."""

    name: str
    share: Share
    what: str
    ours: str
    theirs: str
    sentence: str


@dataclass(frozen=True)
class Seen:
    """A package as it was looked at."""

    file: Path
    passphrase: str
    cluster: str | None
    need: Need
    words: str
    sender: str = ""
    key: PublicKey | None = None
    rows: tuple[DifferenceRow, ...] = ()
    problems: tuple[Finding, ...] = ()

    def of(self, share: Share) -> tuple[DifferenceRow, ...]:
        """The rows of one kind."""
        return tuple(row for row in self.rows if row.share is share)


class Arriving:
    """Packages that come to the department, one at a time."""

    def __init__(self, book: ProvinceBook) -> None:
        self._book = book

    @staticmethod
    def is_locked(file: Path) -> bool:
        """Whether a passphrase is needed before the file can be looked at."""
        from app.exchange.packages import is_sealed

        try:
            with file.open("rb") as stream:
                return is_sealed(stream.read(_BEGINNING))
        except OSError:
            return False

    def look_at(
        self,
        file: Path,
        then: Callable[[Seen], None],
        passphrase: str = "",
        cluster: str | None = None,
    ) -> None:
        """Looks at a file; nothing is written."""

        def work(desk: ProvinceDesk, progress: Progress) -> Seen:
            progress.tell(None, file.name)
            return _seen(desk, file, passphrase, cluster)

        self._book.read(f"Xem gói {file.name}", work, then)

    def confirm(self, seen: Seen, heard: str, then: Callable[[Seen], None]) -> None:
        """Trusts the sender by the fingerprint that was heard, and looks again."""

        def work(desk: ProvinceDesk, progress: Progress) -> Seen:
            from app.operations.exchange.keyring import confirm_sender

            progress.settle(seen.sender)
            assert seen.key is not None
            confirm_sender(desk.desk, seen.sender, seen.key, heard)
            return _seen(desk, seen.file, seen.passphrase, seen.cluster)

        self._book.read("Xác nhận nơi gửi", work, then)

    @staticmethod
    def heard_wrong(seen: Seen, heard: str) -> str:
        """What is wrong with a fingerprint that was typed; empty where it is the key's."""
        from app.exchange.packages import read_fingerprint

        try:
            same = seen.key is not None and read_fingerprint(heard) == seen.key.fingerprint
        except UserError as fault:
            return f"{fault.findings[0].message} {fault.findings[0].remedy}"
        return (
            ""
            if same
            else "Dấu khóa này đúng quy cách nhưng KHÁC khóa đã ký gói. Gọi lại theo số điện thoại "
            "đã biết; nếu vẫn khác thì không nhận gói."
        )

    def clusters(self) -> tuple[tuple[str, str], ...]:
        """The clusters of the list, by id and name."""
        view = self._book.view
        return tuple((x.cluster.id, x.cluster.name) for x in (view.lines if view else ()))

    def take(
        self,
        seen: Seen,
        decisions: Mapping[str, bool],
        then: Callable[[Done], object],
    ) -> None:
        """Takes a package in; ``decisions`` says of each conflict whether the package's holds.

        What the sender may not change is left out: the officer has seen it.
        """

        def verb(desk: ProvinceDesk) -> Done:
            from app.operations.exchange.taking_in import Side
            from app.operations.province.taking import take

            sides = {
                name: Side.THEIRS if theirs else Side.OURS for name, theirs in decisions.items()
            }
            _, done = take(
                desk,
                seen.file,
                sides,
                passphrase=seen.passphrase,
                cluster=seen.cluster,
                leave_beyond=True,
            )
            return done

        self._book.act(f"Nhận gói {seen.file.name}", verb, then)


def _seen(desk: ProvinceDesk, file: Path, passphrase: str, cluster: str | None) -> Seen:
    from app.exchange.packages import KeyStanding
    from app.operations.exchange.keyring import known_senders
    from app.operations.exchange.looking import opened_status
    from app.operations.province.taking import open_arrival

    status = opened_status(file, known_senders(desk.desk.workspace), None, passphrase)
    sender = status.head.sender.name if status.head is not None else ""

    def told(need: Need, problems: tuple[Finding, ...]) -> Seen:
        return Seen(file, passphrase, cluster, need, status.words, sender, status.key, (), problems)

    if not status.admissible:
        stranger = status.intact and status.standing is KeyStanding.UNKNOWN and status.key
        return told(Need.SENDER if stranger else Need.REFUSED, status.problems)
    try:
        arrival = open_arrival(desk, file, passphrase=passphrase, cluster=cluster)
    except UserError as fault:
        unlisted = any(one.code == "cluster_not_listed" for one in fault.findings)
        return told(Need.CLUSTER if unlisted else Need.REFUSED, tuple(fault.findings))
    look = arrival.look
    if look is not None and not look.acceptable:
        return told(Need.REFUSED, look.problems)
    problems = (*(look.problems if look is not None else ()), *arrival.beside)
    return Seen(
        file,
        passphrase,
        cluster,
        Need.NOTHING,
        " ".join(_words(arrival, status)),
        sender,
        status.key,
        tuple(_rows(arrival)),
        problems,
    )


def _words(arrival: Arrival, status: PackageStatus) -> Iterator[str]:
    yield f"{arrival.cluster.name}. {status.words}"
    look = arrival.look
    if look is None:
        yield "Đây là gói đầu tiên của cụm, khối: Sở sẽ lập sổ của cụm, khối từ gói này."
        return
    yield look.age_words
    if look.kept:
        yield f"Giữ nguyên {look.kept} mục mà chỉ Sở đã sửa sau lần trao đổi trước."
    if look.recompute is not None:
        yield look.recompute.sentence


def _rows(arrival: Arrival) -> Iterator[DifferenceRow]:
    look = arrival.look
    if look is None:
        return
    parts: tuple[tuple[Share, tuple[Difference, ...]], ...] = (
        (Share.CONFLICT, look.conflicts),
        (Share.CHANGE, look.changes),
        (Share.BEYOND, look.beyond),
    )
    for share, found in parts:
        for one in found:
            yield DifferenceRow(one.name, share, one.what, one.ours, one.theirs, one.sentence)
