"""Looking at a package: what it is, what it would change, and whether its numbers come out again.

Nothing is written. Each row of the share is compared three ways, with the state in which both
sides last had the same: what only the sender changed is taken, what only we changed stays, what
both changed is a conflict. Where no such state is known, every row of ours that differs is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from app.exchange.packages import (
    Contents,
    Head,
    Kind,
    KnownSender,
    PackageStatus,
    SigningKey,
    is_sealed,
    opened_seal,
    read_package,
)
from app.exchange.packages.kinds import EXTENT_TITLES
from app.ground.findings import Finding, UserError
from app.operations.exchange.admission import Admission
from app.operations.exchange.differences import Difference, Words
from app.operations.exchange.figures import (
    asked_cells,
    refuse_unknown,
    round_for,
    supplied_rows,
)
from app.operations.exchange.keyring import known_senders
from app.operations.exchange.merging import Merge, merged
from app.operations.exchange.reading import Theirs, read_theirs, with_our_files
from app.operations.exchange.recompute import Recompute, recompute
from app.operations.exchange.register import (
    Age,
    age_of,
    age_words,
    base_of,
    settled_by,
    stream_of,
)
from app.operations.exchange.rights import Scope, about_of, hands_of, scope_of
from app.operations.exchange.rows import Rows, past_rows, present_rows
from app.operations.exchange.shares import part_of
from app.operations.exchange.snapshots import snapshot_of
from app.operations.loading import Loaded, PackSet
from app.operations.workspace.desk import Desk, packs_of, refusal
from app.operations.workspace.results import loaded_year
from app.persistence import books

_HEAD_OF_AGE: Final = 64
_COMPLETE: Final = frozenset({Kind.SELF_SCORE, Kind.FOR_APPRAISAL, Kind.FINAL_RESULT})
"""Kinds whose facts alone give their result."""


@dataclass(frozen=True)
class Look:
    """What a package is and what it would change.

    ``changes`` would be taken as they are; each of ``conflicts`` needs a decision; ``beyond`` is
    what its sender may not change here, and is never taken. ``kept`` counts our own newer rows
    that stay. ``problems`` with an error stand in the way. ``base`` is the operation at which both
    sides last had the same, ``head`` the journal when this was looked at.
    """

    name: str
    status: PackageStatus
    age: Age | None = None
    age_words: str = ""
    changes: tuple[Difference, ...] = ()
    conflicts: tuple[Difference, ...] = ()
    beyond: tuple[Difference, ...] = ()
    kept: int = 0
    problems: tuple[Finding, ...] = ()
    recompute: Recompute | None = None
    base: int | None = None
    head: str = ""
    scope: Scope | None = field(default=None, repr=False)
    merge: Merge | None = field(default=None, repr=False)

    @property
    def acceptable(self) -> bool:
        """Whether it may be taken in, once its conflicts are decided."""
        fresh = self.age in (Age.FIRST, Age.NEWER, Age.SAME)
        return (
            self.status.admissible
            and fresh
            and not any(problem.is_error for problem in self.problems)
        )

    @property
    def extent(self) -> str:
        """How much the package holds, in words."""
        head = self.status.head
        return "" if head is None else EXTENT_TITLES[head.extent]

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it in sentences."""
        return tuple(_lines(self))


def _lines(look: Look) -> Iterator[str]:
    yield look.status.words
    if look.status.key is not None:
        yield f"Dấu khóa: {look.status.key.fingerprint}"
    head = look.status.head
    if head is None:
        return
    yield f"Số {head.sequence}, lập {head.made:%d/%m/%Y %H:%M}, {look.extent}."
    if head.note:
        yield f"Lời nhắn: {head.note}"
    if look.age_words:
        yield look.age_words
    for title, found in (
        ("Sẽ thay đổi", look.changes),
        ("Hai bên cùng sửa, cần quyết định", look.conflicts),
        ("Ngoài phần mà nơi gửi được sửa, không nhận", look.beyond),
    ):
        if found:
            yield f"{title} ({len(found)}):"
            yield from (f"  {place}. {one.sentence}" for place, one in enumerate(found, 1))
    if look.kept:
        yield f"Giữ nguyên {look.kept} mục mà chỉ bên này đã sửa sau lần trao đổi trước."
    if look.age is not Age.SAME and look.merge is not None and look.merge.is_empty:
        yield "Không có gì phải thay đổi."
    if look.recompute is not None:
        yield look.recompute.sentence


def opened_status(
    file: Path,
    known: Sequence[KnownSender],
    key: SigningKey | None = None,
    passphrase: str = "",
) -> PackageStatus:
    """What a file is, after it was unlocked with our key or a passphrase where it is locked.

    Raises ``UserError`` where the file cannot be read, or is locked and not opened by these.
    """
    if not file.is_file():
        return read_package(file, file.name, known)
    with file.open("rb") as stream:
        beginning = stream.read(_HEAD_OF_AGE)
    if not is_sealed(beginning) or (key is None and not passphrase):
        return read_package(file, file.name, known)
    return read_package(opened_seal(file, key, passphrase), file.name, known)


def look(
    desk: Desk,
    file: Path,
    *,
    key: SigningKey | None = None,
    passphrase: str = "",
    known: Sequence[KnownSender] = (),
    round_id: str | None = None,
) -> Look:
    """Looks at a package; ``known`` are senders that are known beside those of the workspace.

    ``round_id`` is the round that takes an agency's figures. Raises ``UserError`` only where the
    file cannot be opened at all; whatever else is wrong stands in the answer.
    """
    status = opened_status(file, (*known_senders(desk.workspace), *known), key, passphrase)
    bare = Look(file.name, status, problems=status.problems, head=desk.workspace.head)
    if status.contents is None or status.head is None or status.key is None:
        return bare
    try:
        return _compared(desk, bare, status.contents, status.head, round_id)
    except UserError as fault:
        return replace(bare, problems=(*bare.problems, *fault.findings))


def _compared(desk: Desk, bare: Look, contents: Contents, head: Head, round_id: str | None) -> Look:
    ours_packs = _packs(desk)
    if head.kind in (Kind.HANDOVER, Kind.WHOLE_WORKSPACE):
        raise refusal(
            "package_for_new_workspace",
            bare.name,
            f"Gói “{head.title}” chứa cả một sổ làm việc nên không nhận vào sổ đang có.",
            "Lập sổ mới từ gói này trong một thư mục trống.",
        )
    theirs, scope = _theirs(desk, bare.name, contents, ours_packs, round_id)
    ours = present_rows(desk)
    register = desk.workspace.read(books.PACKAGES)
    assert bare.status.key is not None
    before = stream_of(register, head, bare.status.key.raw.hex(), scope, desk.period)
    age = age_of(bare.status, head, before)
    base = base_of(register, head, before)
    past = None if base is None else past_rows(desk, base)
    admission = Admission(desk, contents, scope, ours, ours_packs)
    said = replace(theirs, rows=with_our_files(theirs.rows, ours))
    merge = merged(scope, said, ours, past, admission.is_ours, settled_by(desk.workspace, before))
    if age in (Age.SAME, Age.OLDER):
        merge = Merge()
    words = Words({**theirs.rows, **ours}, ours_packs or theirs.packs)
    problems = admission.problems(merge, age, before, bare.name)
    again = _again(desk, contents, theirs, scope, ours, merge)
    problems += admission.about_result(again, bare.name, complete=head.kind in _COMPLETE)
    return replace(
        bare,
        age=age,
        age_words=age_words(age, before),
        changes=tuple(words.difference(k, ours.get(k, ()), v) for k, v in merge.changes.items()),
        conflicts=tuple(
            words.difference(k, ours.get(k, ()), v) for k, v in merge.conflicts.items()
        ),
        beyond=tuple(words.difference(k, ours.get(k, ()), v) for k, v in merge.beyond.items()),
        kept=len(merge.kept),
        problems=(*bare.problems, *problems),
        recompute=again,
        base=base,
        scope=scope,
        merge=merge,
    )


def _packs(desk: Desk) -> PackSet | None:
    if desk.workspace.one(books.PERIODS, desk.period) is None:
        return None
    return packs_of(desk) if desk.workspace.pinned_tables(desk.period) else None


def _theirs(
    desk: Desk, name: str, contents: Contents, ours: PackSet | None, round_id: str | None
) -> tuple[Theirs, Scope]:
    """What the sender says, and what its package is about."""
    kind = contents.head.kind
    if contents.figures is not None:
        if kind is Kind.FIGURES_REQUEST:
            raise refusal(
                "package_to_answer",
                name,
                "Gói này đề nghị cung cấp số liệu; không có gì để nhận vào sổ.",
                "Điền số liệu rồi lập gói trả lời.",
            )
        refuse_unknown(desk, contents.figures)
        chosen = round_for(desk, round_id)
        hands = hands_of(packs_of(desk))
        scope = Scope(kind, hands, cells=asked_cells(contents.figures, chosen))
        rows = supplied_rows(desk, contents.figures, chosen)
        return Theirs(rows, frozenset(), ours, None), scope
    theirs = read_theirs(contents, name, ours)
    if theirs.packs is None:
        raise refusal(
            "package_without_table",
            name,
            "Gói không kèm bảng tiêu chí mà sổ này cũng chưa có bảng.",
            "Đề nghị nơi gửi gửi bảng tiêu chí trước.",
        )
    unit, cluster = about_of(contents)
    units = {u.id: u for u in (theirs.snapshot.units if theirs.snapshot is not None else ())}
    units |= desk.units
    return theirs, scope_of(kind, theirs.packs, units, unit, cluster)


def _again(
    desk: Desk, contents: Contents, theirs: Theirs, scope: Scope, ours: Rows, merge: Merge
) -> Recompute | None:
    """The result once more: from the package's own facts, or from the year as it would be."""
    if contents.result is None or theirs.packs is None:
        return None
    if theirs.snapshot is not None and scope.kind is not Kind.APPRAISAL:
        return recompute(contents.result, Loaded(theirs.packs, theirs.snapshot, ()))
    after = {**ours, **merge.changes, **merge.conflicts}
    facts = part_of(snapshot_of(desk.year, after), scope)
    return recompute(contents.result, loaded_year(desk, facts))
