"""Sending: the package is written, signed, locked where that is wanted, and registered."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.domain.year import HANDED_IN, Setting
from app.exchange.packages import (
    KIND_RULES,
    Contents,
    Kind,
    PublicKey,
    SigningKey,
    locked,
    sealed_for,
    write_package,
)
from app.exchange.packages.limits import MAX_SEALED_BYTES
from app.ground.findings import Finding, Findings
from app.ground.text import composed, folded
from app.operations.exchange.packing import Envelope, Order, package_contents
from app.operations.exchange.register import SENT, registered
from app.operations.exchange.rights import LEADER_HANDS, OFFICE_HANDS, UNIT_HANDS, Scope
from app.operations.exchange.shares import scope_at
from app.operations.workspace.desk import Desk, Done, done, packs_of, refusal
from app.operations.workspace.paper_data import issuer_of
from app.operations.workspace.results import write_bytes
from app.persistence import books
from app.persistence.workspace import Workspace

ENDING: Final = ".bvg"
SENDER: Final = "exchange.sender"
"""The setting that names this house as others know its key."""

_ROOM_OF_LOCK: Final = 1_000_000
"""What a lock adds: 16 bytes to each 64 KB, and its own beginning."""

_HANDS: Final = {
    Kind.SELF_SCORE: UNIT_HANDS,
    Kind.FOR_APPRAISAL: LEADER_HANDS,
    Kind.APPRAISAL: OFFICE_HANDS,
}


@dataclass(frozen=True, slots=True)
class Lock:
    """How a package is locked on its way: for the key of its recipient, or under a passphrase."""

    recipient: PublicKey | None = None
    passphrase: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A package that was written: where, how large, its digest, and what the register says."""

    file: Path
    bytes: int
    digest: str
    contents: Contents
    done: Done


def sender_name(workspace: Workspace, named: str = "") -> str:
    """By which name this house signs: the one named, the one kept, or the issuer of its papers."""
    kept = workspace.one(books.SETTINGS, SENDER)
    issuer = " ".join(issuer_of(workspace).name)
    name = composed(named).strip() or (kept.value if kept is not None else "") or issuer
    if not name:
        raise refusal(
            "sender_unnamed",
            "Nơi gửi",
            "Chưa biết gói được gửi với tên của cơ quan, đơn vị nào.",
            "Ghi tên nơi gửi đúng như nơi nhận đã xác nhận khóa.",
        )
    return name


def send(
    desk: Desk,
    order: Order,
    envelope: Envelope,
    key: SigningKey,
    out: Path,
    lock: Lock | None = None,
    *,
    overwrite: bool = False,
) -> Sent:
    """Writes a signed package and enters it in the register.

    Its running number is that of the operation that enters it. Raises ``UserError`` where the year
    does not allow such a package, or the file cannot be written; then nothing is registered.
    """
    number = desk.workspace.latest.id + 1
    numbered = replace(envelope, sequence=number)
    scope = scope_at(desk, order.kind, order.unit, order.cluster)
    contents = package_contents(desk, order, numbered)
    return dispatch(desk, contents, scope, key, out, lock, overwrite=overwrite)


def dispatch(
    desk: Desk,
    contents: Contents,
    scope: Scope,
    key: SigningKey,
    out: Path,
    lock: Lock | None = None,
    *,
    overwrite: bool = False,
) -> Sent:
    """Writes, signs, locks and registers contents that are there already."""
    head = contents.head
    data, digest = sealed_bytes(contents, key, lock)
    file = out if out.suffix == ENDING else out / f"{file_stem(contents)}{ENDING}"
    write_bytes(file, data, overwrite=overwrite)
    whom = f" cho {head.recipient.name}" if head.recipient is not None else ""
    title = f"Gửi gói “{KIND_RULES[head.kind].title}”{whom}, số {head.sequence}"
    parameters = {"package": digest}
    with desk.act("package.sent", title, parameters) as change:
        line = registered(
            contents, digest, SENT, key.public.raw.hex(), scope, desk.period, change.number
        )
        changed = change.put(books.PACKAGES, line)
        changed += change.put(books.SETTINGS, Setting(SENDER, head.sender.name))
    told = unfinished(desk, scope)
    return Sent(file, len(data), digest, contents, done(change, changed, told))


def sealed_bytes(contents: Contents, key: SigningKey, lock: Lock | None) -> tuple[bytes, str]:
    """The bytes of the file, and the digest of the package in it; raises ``UserError``."""
    stream = io.BytesIO()
    digest = write_package(contents, stream, key)
    data = stream.getvalue()
    if lock is None:
        return data, digest
    if len(data) > MAX_SEALED_BYTES - _ROOM_OF_LOCK:
        raise refusal(
            "package_would_be_too_large",
            KIND_RULES[contents.head.kind].title,
            f"Gói lớn hơn {MAX_SEALED_BYTES // 1_000_000} MB nên không khóa được.",
            "Bỏ bớt tệp minh chứng, hoặc gửi gói không khóa bằng đường an toàn.",
        )
    if lock.recipient is not None:
        return sealed_for(data, [lock.recipient]), digest
    return locked(data, lock.passphrase), digest


def file_stem(contents: Contents) -> str:
    """How the file is called where only its folder was named: what it is, of whom, which one."""
    head = contents.head
    words = (KIND_RULES[head.kind].title, head.sender.unit or "", f"so {head.sequence}")
    return "-".join(re.findall("[a-z0-9]+", folded(" ".join(words))))


def unfinished(desk: Desk, scope: Scope) -> tuple[Finding, ...]:
    """Which units' rounds go out although they were not handed in yet; nothing stands in the way.

    The receiver takes a round that was not handed in as a draft.
    """
    hands = _HANDS.get(scope.kind)
    told = Findings()
    if hands is None:
        return ()
    stages = {
        (state.unit, state.round): state.stage
        for state in desk.workspace.read(books.ROUND_STATES, desk.period)
    }
    for rules in packs_of(desk).main.rules.rounds:
        if rules.hand not in hands:
            continue
        late = [
            unit.name
            for unit in desk.units.values()
            if unit.left is None
            and unit.id in (scope.members or ({scope.unit} if scope.unit else desk.units.keys()))
            and stages.get((unit.id, rules.id)) not in HANDED_IN
        ]
        if late:
            told.warning(
                "package_round_open",
                f"Vòng “{rules.title}”",
                f"Gói gửi đi khi vòng này chưa nộp: {', '.join(late[:12])}.",
                "Nộp vòng chấm rồi gửi lại gói để nơi nhận làm tiếp được.",
            )
    return told.as_tuple()
