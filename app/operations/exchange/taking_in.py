"""Taking a package in: all that was shown, decided and allowed, as one operation."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.domain.exchange import Sender
from app.domain.year import PeriodRecord, Setting
from app.exchange.packages import (
    KIND_RULES,
    Blob,
    Contents,
    Kind,
    KnownSender,
    PackageStatus,
    SigningKey,
)
from app.ground.findings import Finding, Findings, Severity, UserError
from app.ground.text import same_words
from app.operations.exchange.history import lay_history
from app.operations.exchange.looking import Look, look, opened_status
from app.operations.exchange.packing import HISTORY
from app.operations.exchange.register import RECEIVED, SETTLED, Age, registered
from app.operations.exchange.rows import TABLES, Rows, mark_of
from app.operations.exchange.writing import write_rows
from app.operations.founding import Tell, lay_whole, make_whole, silent
from app.operations.workspace.desk import (
    OFFICER,
    Desk,
    Done,
    done,
    packs_of,
    refusal,
)
from app.operations.workspace.years import open_year
from app.operations.workspace_lifecycle import open_workspace
from app.persistence import books
from app.persistence.backups import BackupReason
from app.persistence.workspace import Workspace

WHOLE: Final = frozenset({Kind.HANDOVER, Kind.WHOLE_WORKSPACE})
"""Kinds that hold a whole book."""

BEGINNINGS: Final = frozenset({*WHOLE, Kind.FOR_APPRAISAL, Kind.FINAL_RESULT, Kind.CRITERIA_TABLE})
"""Kinds that a new workspace can be made out of."""


class Side(StrEnum):
    """Whose value a conflict ends with."""

    OURS = "ours"
    THEIRS = "theirs"


def take_in(
    desk: Desk,
    seen: Look,
    decisions: Mapping[str, Side] | None = None,
    rule: Side | None = None,
    *,
    leave_beyond: bool = False,
) -> Done:
    """Takes a package in after it was looked at; the same one again changes nothing.

    ``decisions`` says by the names of differences whose value stays where both sides changed one,
    ``rule`` what holds for all others. ``leave_beyond``: the officer saw what the sender may not
    change, and takes the rest. Raises ``UserError`` where the package may not be taken in, a
    conflict is not decided, the year could not be scored by the tables that come, or the workspace
    has changed since the look; then nothing is changed.
    """
    contents = seen.status.contents
    if not seen.status.admissible or contents is None:
        raise UserError(seen.problems or seen.status.problems)
    errors = [problem for problem in seen.problems if problem.is_error]
    if errors:
        raise UserError(errors)
    if seen.age is Age.SAME:
        return Done(None, 0, (_same_again(seen.name),))
    if seen.head != desk.workspace.head:
        raise refusal(
            "package_look_stale",
            seen.name,
            "Sổ làm việc đã thay đổi từ lúc xem gói.",
            "Xem lại gói rồi nhận.",
        )
    if seen.beyond and not leave_beyond:
        raise refusal(
            "package_beyond_kind",
            seen.name,
            f"Gói có {len(seen.beyond)} mục mà nơi gửi không được sửa ở sổ này, trước hết là: "
            f"{seen.beyond[0].sentence}",
            "Hỏi lại nơi gửi; hoặc nhận phần còn lại và bỏ các mục này.",
        )
    rows = _decided(seen, decisions or {}, rule)
    if not desk.workspace.read_only and rows:
        desk.workspace.backup(BackupReason.BEFORE_ACT)
    _keep_files(desk.workspace, contents)
    return _written(desk, seen, contents, rows)


def _same_again(name: str) -> Finding:
    return Finding(
        "package_same",
        Severity.NOTE,
        name,
        "Gói này đã được nhận trước đây nên không thay đổi gì.",
        "Không cần làm gì thêm.",
    )


def _decided(seen: Look, decisions: Mapping[str, Side], rule: Side | None) -> Rows:
    """The rows that are written; raises ``UserError`` with every conflict left open."""
    assert seen.merge is not None
    names = {one.name for one in seen.conflicts}
    told = Findings()
    for name in decisions.keys() - names:
        told.error(
            "package_decision_unknown",
            seen.name,
            f"Không có mục “{name[:80]}” nào cần quyết định.",
            "Xem lại danh sách các mục hai bên cùng sửa.",
        )
    rows = dict(seen.merge.changes)
    for one in seen.conflicts:
        side = decisions.get(one.name, rule)
        if side is None:
            told.error(
                "package_conflict_open",
                one.what,
                f"Hai bên cùng sửa: bên này {one.ours}, nơi gửi {one.theirs}.",
                "Chọn giữ của bên này hoặc nhận của nơi gửi.",
            )
        elif side is Side.THEIRS:
            rows[one.key] = seen.merge.conflicts[one.key]
    if told.errors:
        raise UserError(told)
    return rows


def _written(desk: Desk, seen: Look, contents: Contents, rows: Rows) -> Done:
    head, scope, status = contents.head, seen.scope, seen.status
    assert scope is not None
    assert status.key is not None
    assert status.digest is not None
    rule = KIND_RULES[head.kind].title
    title = f"Nhận gói “{rule}” của {head.sender.name}, số {head.sequence}"
    if seen.conflicts:
        ours = sum(one.key not in rows for one in seen.conflicts)
        title += f"; {len(seen.conflicts)} mục hai bên cùng sửa, giữ {ours}"
    stays = {**seen.merge.kept, **seen.merge.conflicts} if seen.merge is not None else {}
    settled = {":".join(key): mark_of(value) for key, value in stays.items() if key not in rows}
    told_by = {"package": status.digest, SETTLED: json.dumps(settled)}
    with desk.act("package.accepted", title, told_by) as change:
        changed = write_rows(change, rows)
        if any(key[0] == TABLES for key in rows):
            packs_of(desk)
        line = registered(
            contents,
            status.digest,
            RECEIVED,
            status.key.raw.hex(),
            scope,
            desk.period,
            change.number,
        )
        change.put(books.PACKAGES, line)
    told = [problem for problem in seen.problems if not problem.is_error]
    return done(change, changed, told)


def _keep_files(workspace: Workspace, contents: Contents) -> None:
    """Keeps the files of evidence; a file without its citation does no harm where undo comes."""
    for blob in contents.evidence:
        _keep_file(workspace, blob)


def _keep_file(workspace: Workspace, blob: Blob) -> None:
    with tempfile.TemporaryDirectory(prefix="bangvang-") as folder:
        file = Path(folder) / "minh-chung"
        with file.open("wb") as stream:
            for block in blob.blocks():
                stream.write(block)
        sha256, _ = workspace.keep_file(file)
    if blob.expected is not None and sha256 != blob.expected:
        blob.content()


# ------------------------------------------------------------- a workspace out of a package


def begin_from(
    file: Path,
    folder: Path,
    officer: str,
    known: Sequence[KnownSender],
    *,
    key: SigningKey | None = None,
    passphrase: str = "",
    leave_beyond: bool = False,
    tell: Tell = silent,
) -> Workspace:
    """A new workspace out of a package, open: the whole book of the one who hands over, or the
    year that a leader sends. ``known`` are the senders whose keys were confirmed elsewhere. The
    ``officer`` keeps the new workspace; a whole workspace stays as it was, keeper included.

    Raises ``UserError`` where the package may not be taken in; then nothing was made, nor where
    ``tell`` raises to break it off.
    """
    tell(0.0, f"Đọc gói {file.name}")
    status = opened_status(file, known, key, passphrase)
    contents = status.admitted()
    if contents.head.kind in WHOLE:
        return _whole(status, contents, folder, officer, tell)
    year = contents.head.year
    if year is None or contents.head.kind not in BEGINNINGS:
        raise refusal(
            "package_begins_nothing",
            file.name,
            f"Không lập được sổ mới từ gói “{contents.head.title}”.",
            "Nhận gói này vào sổ đã có.",
        )
    school = (year.start.month, year.end.month) != (1, 12)
    name = f"{year.start.year}-{year.end.year}" if school else str(year.start.year)
    record = PeriodRecord(name, year.name, year.start, year.end, "school" if school else "calendar")

    def fill(workspace: Workspace) -> None:
        desk, _ = open_year(workspace, officer, record)
        _remember(workspace, officer, known)
        tell(0.3, "Tính lại kết quả của gói")
        seen = look(desk, file, key=key, passphrase=passphrase)
        tell(0.6, "Ghi số liệu vào sổ")
        take_in(desk, seen, leave_beyond=leave_beyond)

    return make_whole(folder, officer, fill, tell)


def _remember(workspace: Workspace, officer: str, known: Sequence[KnownSender]) -> None:
    """Keeps who was confirmed elsewhere, by whom and when."""
    title = "Ghi các nơi gửi đã xác nhận khóa"
    with workspace.operation("sender.confirmed", title, officer) as change:
        change.put(books.SENDERS, *map(_kept, known))


def _kept(sender: KnownSender) -> Sender:
    day = sender.confirmed_on.isoformat()
    return Sender(sender.name, sender.key.raw.hex(), None, sender.confirmed_by, day)


def _whole(
    status: PackageStatus, contents: Contents, folder: Path, officer: str, tell: Tell
) -> Workspace:
    """The workspace whose journal the package holds; one that is handed over gets a new keeper."""
    tree = contents.documents.get(HISTORY)
    if tree is None:
        raise refusal(
            "history_broken",
            status.name,
            "Gói không chứa nhật ký của sổ.",
            "Đề nghị nơi bàn giao lập lại gói.",
        )

    def lay(beside: Path) -> None:
        tell(0.2, "Lập lại sổ từ nhật ký và kiểm tra từng thao tác")
        lay_history(tree, beside, status.name)
        workspace = open_workspace(beside)
        try:
            for at, blob in enumerate(contents.evidence):
                share = at / len(contents.evidence)
                tell(0.5 + 0.4 * share, f"Chép tệp minh chứng {at + 1}/{len(contents.evidence)}")
                _keep_file(workspace, blob)
            if contents.head.kind is Kind.HANDOVER and status.sender is not None:
                _hand_to(workspace, officer, status.sender)
        finally:
            workspace.close(backup=False)

    return lay_whole(folder, lay, tell)


def _hand_to(workspace: Workspace, officer: str, sender: KnownSender) -> None:
    """From now on ``officer`` keeps the book, and undo does not go back behind that: what was done
    before is somebody else's. Who handed it over is known by the key that was confirmed, unless
    the book knows that key, or another one by that name, already.
    """
    theirs = sender.key.raw.hex()
    known = workspace.read(books.SENDERS)
    there = any(s.key == theirs or same_words(s.name, sender.name) for s in known)
    title = f"Nhận bàn giao sổ từ {sender.name}; người giữ sổ: {officer}"
    with workspace.operation("workspace.handed_over", title, officer, barrier=True) as change:
        change.put(books.SETTINGS, Setting(OFFICER, officer))
        if not there:
            change.put(books.SENDERS, _kept(sender))
