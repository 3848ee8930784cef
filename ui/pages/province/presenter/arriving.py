"""A package that comes to the department: what it needs first, what it would change, taking it in.

The file is looked at until nothing is missing: what opens it, its sender confirmed by the
fingerprint, whose it is, what is decided where both sides changed a cell. Then it is taken in.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.ground.findings import Finding, UserError
from ui.flows.own_key import OwnKey
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.taken import Taking, taken_back, taking_of
from ui.runner import Progress

if TYPE_CHECKING:
    from app.exchange.packages import PackageStatus, PublicKey, SigningKey
    from app.operations.exchange.differences import Difference
    from app.operations.province.folder import ProvinceDesk
    from app.operations.province.readings import Told
    from app.operations.province.taking import Arrival, Sight

MOST_FILES: Final = 500


class Need(StrEnum):
    """What is missing before a package can be taken in."""

    OPENING = "opening"
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
    """A package as it was looked at; ``own`` is the department's key, where that opened it.

    ``named`` is the cluster that the officer said it is of, ``cluster`` the name of the one that it
    is of. ``decisions`` says of each conflict whether the package's holds.
    """

    file: Path
    need: Need
    words: str = ""
    sender: str = ""
    cluster: str = ""
    named: str | None = None
    passphrase: str = ""
    own: SigningKey | None = field(default=None, repr=False)
    key: PublicKey | None = None
    rows: tuple[DifferenceRow, ...] = ()
    problems: tuple[Finding, ...] = ()
    sight: Sight | None = None
    first: bool = False
    same: bool = False
    made: dt.datetime | None = None
    sequence: int = 0
    decisions: Mapping[str, bool] = field(default_factory=dict)

    def of(self, share: Share) -> tuple[DifferenceRow, ...]:
        """The rows of one kind."""
        return tuple(row for row in self.rows if row.share is share)

    @property
    def open_conflicts(self) -> int:
        """How many conflicts nobody has decided."""
        return sum(row.name not in self.decisions for row in self.of(Share.CONFLICT))


class Arriving:
    """Packages that come to the department."""

    def __init__(self, book: ProvinceBook, key: OwnKey) -> None:
        self._book, self.key = book, key

    def look_at(
        self,
        file: Path,
        then: Callable[[Seen], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        passphrase: str = "",
        own: str = "",
        named: str | None = None,
    ) -> None:
        """Looks at a file; nothing is written. ``own`` is the passphrase of the own key."""

        def work(desk: ProvinceDesk, progress: Progress) -> Seen:
            progress.tell(None, file.name)
            key = self.key.opened(own) if own else None
            return _seen(desk, Seen(file, Need.NOTHING, "", "", "", named, passphrase, key))

        self._book.read(f"Xem gói {file.name}", work, then, failed)

    def look_again(self, seen: Sequence[Seen], then: Callable[[tuple[Seen, ...]], None]) -> None:
        """Looks at several again, or for the first time; what stands in the way of one is told of
        it.
        """

        def work(desk: ProvinceDesk, progress: Progress) -> tuple[Seen, ...]:
            found: list[Seen] = []
            for at, one in enumerate(seen):
                progress.tell(at / len(seen), one.file.name)
                found.append(_told_of(desk, one))
            return tuple(found)

        self._book.read("Xem các gói", work, then)

    def confirm(self, seen: Seen, heard: str, then: Callable[[Seen], None]) -> None:
        """Trusts the sender by the fingerprint that was heard, and looks again."""

        def work(desk: ProvinceDesk, progress: Progress) -> Seen:
            from app.operations.exchange.keyring import confirm_sender

            progress.settle(seen.sender)
            assert seen.key is not None
            confirm_sender(desk.desk, seen.sender, seen.key, heard)
            return _seen(desk, seen)

        self._book.read("Xác nhận nơi gửi", work, then)

    def name_cluster(self, seen: Seen, cluster: str, then: Callable[[Seen], None]) -> None:
        """Says of which cluster a package is, and looks again."""

        def work(desk: ProvinceDesk, progress: Progress) -> Seen:
            progress.tell(None, seen.file.name)
            return _seen(desk, replace(seen, named=cluster))

        self._book.read(f"Xem gói {seen.file.name}", work, then)

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
        self, wanted: Sequence[Seen], then: Callable[[Taking], object], rule: bool | None = None
    ) -> None:
        """Takes packages in as they were seen and decided, each to its cluster; ``rule`` says of
        all other conflicts whether the package's holds.

        What a sender may not change is left out: the officer has seen it. Where only one was asked
        for and it is refused, that is shown as a fault.
        """

        def verb(desk: ProvinceDesk, told: Told) -> Taking:
            from app.operations.exchange.taking_in import Side
            from app.operations.province.batch import Wanted, take_all

            side = {True: Side.THEIRS, False: Side.OURS}
            asked = [
                Wanted(
                    one.file,
                    one.sight,
                    {name: side[theirs] for name, theirs in one.decisions.items()},
                    one.passphrase,
                    one.own,
                    one.named,
                )
                for one in wanted
            ]
            common = None if rule is None else side[rule]
            found = take_all(desk, asked, common, leave_beyond=True, told=told)
            if len(found) == 1 and found[0].done is None:
                raise UserError(found[0].refused)
            return taking_of(found)

        title = wanted[0].file.name if len(wanted) == 1 else f"{len(wanted)} gói"
        self._book.act(f"Nhận {title}", verb, then)

    def last_taking(self, cluster: str, then: Callable[[str, Taking | None], None]) -> None:
        """Whether taking a package in was the last act in a cluster's workspace: its title, and
        what takes it back.
        """

        def work(desk: ProvinceDesk, _progress: Progress) -> tuple[str, Taking | None]:
            from app.operations.province.batch import last_takings

            for one, act in last_takings(desk):
                if one.id == cluster:
                    return act.title, Taking("", {cluster: (act.id,)})
            return "", None

        self._book.read("Xem việc cuối trong sổ", work, lambda found: then(*found))

    def take_back(self, taking: Taking, then: Callable[[Taking], object]) -> None:
        """Takes back what one act took in, cluster by cluster; what is left says which could not.

        The answer has the sentence, and what was refused with its operations.
        """

        def verb(desk: ProvinceDesk, _told: Told) -> Taking:
            from app.operations.province.batch import take_back

            return taken_back(taking, take_back(desk, taking.operations))

        self._book.act("Hoàn tác lần nhận gói", verb, then)


def packages_in(folder: Path) -> tuple[Path, ...]:
    """The packages in a folder and the folders in it, by name; not more than can be looked at."""
    found: list[Path] = []
    for place, inner, names in os.walk(folder):
        inner.sort()
        found += [Path(place, name) for name in sorted(names) if name.lower().endswith(".bvg")]
        if len(found) >= MOST_FILES:
            break
    return tuple(found[:MOST_FILES])


def _told_of(desk: ProvinceDesk, one: Seen) -> Seen:
    """A package among others: whatever is wrong with it stands in the answer."""
    from ui.flows.beginning import is_locked

    if is_locked(one.file) and not one.passphrase and one.own is None:
        return replace(one, need=Need.OPENING)
    try:
        return _seen(desk, one)
    except UserError as fault:
        return replace(one, need=Need.REFUSED, problems=tuple(fault.findings), rows=())


def _seen(desk: ProvinceDesk, asked: Seen) -> Seen:
    """Looks at a package with what the officer has said of it so far."""
    from app.exchange.packages import KeyStanding
    from app.operations.exchange.keyring import known_senders
    from app.operations.exchange.looking import opened_status
    from app.operations.exchange.register import Age
    from app.operations.province.taking import open_arrival

    known = known_senders(desk.desk.workspace)
    status = opened_status(asked.file, known, asked.own, asked.passphrase)
    head = status.head
    bare = replace(
        asked,
        words=status.words,
        sender=head.sender.name if head is not None else "",
        key=status.key,
        problems=status.problems,
        rows=(),
        cluster="",
        sight=None,
        made=head.made if head is not None else None,
        sequence=head.sequence if head is not None else 0,
    )
    if not status.admissible:
        stranger = status.intact and status.standing is KeyStanding.UNKNOWN and status.key
        return replace(bare, need=Need.SENDER if stranger else Need.REFUSED)
    try:
        arrival = open_arrival(
            desk, asked.file, key=asked.own, passphrase=asked.passphrase, cluster=asked.named
        )
    except UserError as fault:
        unlisted = any(one.code == "cluster_not_listed" for one in fault.findings)
        need = Need.CLUSTER if unlisted else Need.REFUSED
        return replace(bare, need=need, problems=tuple(fault.findings))
    look = arrival.look
    bare = replace(bare, cluster=arrival.cluster.name)
    if look is not None and not look.acceptable:
        return replace(bare, need=Need.REFUSED, problems=look.problems)
    rows = tuple(_rows(arrival))
    names = {row.name for row in rows if row.share is Share.CONFLICT}
    return replace(
        bare,
        need=Need.NOTHING,
        words=" ".join(_words(arrival, status)),
        rows=rows,
        problems=(*(look.problems if look is not None else ()), *arrival.beside),
        sight=arrival.sight,
        first=look is None,
        same=look is not None and look.age is Age.SAME,
        decisions={name: said for name, said in asked.decisions.items() if name in names},
    )


def _words(arrival: Arrival, status: PackageStatus) -> Iterator[str]:
    from app.operations.province.taking import FIRST

    yield f"{arrival.cluster.name}. {status.words}"
    look = arrival.look
    if look is None:
        yield FIRST
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
