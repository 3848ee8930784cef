"""Beginning from a package: what is in the file and by whom, then a new workspace out of it.

Without Qt. Nothing is written before ``begin``; a key that nobody has confirmed here signs only
once the officer says to have compared its fingerprint on the telephone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.exchange.packages import (
    KIND_RULES,
    Contents,
    Extent,
    Kind,
    KnownSender,
    PackageStatus,
    Part,
    SigningKey,
    is_sealed,
)
from app.ground.findings import Finding, UserError
from app.operations.exchange.history import years_told
from app.operations.exchange.keyring import heard_sender, known_senders
from app.operations.exchange.looking import opened_status
from app.operations.exchange.packing import HISTORY
from app.operations.exchange.taking_in import BEGINNINGS, WHOLE, begin_from
from app.persistence import books
from app.persistence.workspace import Workspace
from ui.flows.fresh_folder import free_folder, place_in
from ui.flows.opening import Opening
from ui.flows.own_key import OwnKey
from ui.flows.sizes import size_words
from ui.flows.trust import Trust, Verdict, doubt_of, named
from ui.preferences import Preferences
from ui.runner import Progress, Runner, settling
from ui.session import Session
from ui.theme.tokens import Tone

PACKAGE_FILES: Final = "Gói dữ liệu (*.bvg);;Mọi tệp (*)"
_BEGINNING: Final = 64
_NAMED: Final = 3

Keys = tuple[SigningKey | None, str]
"""What opens a locked package: our key, or its passphrase."""


class Stopped(Exception):  # noqa: N818 - not an error: the officer asked for it
    """The officer broke the making off; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is known of the package."""

    what: str
    words: str


def is_locked(file: Path) -> bool:
    """Whether a key or a passphrase is needed before the file can be looked at."""
    try:
        with file.open("rb") as stream:
            return is_sealed(stream.read(_BEGINNING))
    except OSError:
        return False


class Beginning:
    """One package, and the workspace that is to be made out of it below ``parent``."""

    def __init__(
        self,
        session: Session,
        runner: Runner,
        opening: Opening,
        preferences: Preferences,
        parent: Path,
    ) -> None:
        self._session, self._runner, self._opening = session, runner, opening
        self._preferences = preferences
        self._keys: Keys = (None, "")
        self._parent = parent
        self._chosen: Path | None = None
        self._stopping = False
        self.key = OwnKey(runner, preferences)
        self.file: Path | None = None
        self.status: PackageStatus | None = None
        self.progress: tuple[float, str] | None = None
        """How far the making is (0 to 1), and at what; ``None`` while nothing is made."""

    # ------------------------------------------------------------- the file

    def look_at(
        self,
        file: Path,
        done: Callable[[], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        passphrase: str = "",
        own: str = "",
    ) -> None:
        """Looks at a file; ``passphrase`` is the package's, ``own`` that of the own key."""
        known = self._known

        def work(progress: Progress) -> tuple[PackageStatus, Keys]:
            progress.tell(None, f"Đọc gói {file.name}")
            keys: Keys = (self.key.opened(own) if own else None), passphrase
            return opened_status(file, known, *keys), keys

        def finished(answer: tuple[PackageStatus, Keys]) -> None:
            self.hold(file, *answer)
            done()

        self._runner.run("Đọc gói", work, finished, failed)

    def hold(self, file: Path, status: PackageStatus, keys: Keys) -> None:
        """Takes a package that was looked at already."""
        self.file, self.status, self._keys = file, status, keys

    @property
    def _known(self) -> tuple[KnownSender, ...]:
        """Whose keys were confirmed in the workspace that is open, if one is."""
        workspace = self._session.workspace
        return () if workspace is None else known_senders(workspace)

    @property
    def _retired(self) -> str:
        workspace = self._session.workspace
        key = None if self.status is None else self.status.key
        if workspace is None or key is None:
            return ""
        told = [s.retired for s in workspace.read(books.SENDERS) if s.key == key.raw.hex()]
        return told[0] if told else ""

    @property
    def _contents(self) -> Contents:
        assert self.status is not None
        assert self.status.contents is not None
        return self.status.contents

    # ------------------------------------------------------------- what it says

    @property
    def verdict(self) -> Verdict:
        """Whether the package in sight may be trusted, and begun from."""
        status = self.status
        assert status is not None
        doubt = doubt_of(status, self._retired)
        if doubt is not None and doubt.trust is not Trust.STRANGER:
            return doubt
        assert status.head is not None
        kind = status.head.kind
        if kind not in BEGINNINGS:
            titles = ", ".join(f"“{KIND_RULES[one].title}”" for one in Kind if one in BEGINNINGS)
            words = (
                f"{named(status)} chỉ chứa một phần số liệu nên không lập được sổ mới. Mở sổ đã có "
                f"rồi nhận gói ở trang Trao đổi dữ liệu. Lập sổ mới được từ gói: {titles}."
            )
            return Verdict(doubt.trust if doubt is not None else Trust.KNOWN, words, Tone.ERROR)
        if doubt is not None:
            words = (
                f"{named(status)} nguyên vẹn và có chữ ký số, nhưng máy này chưa biết khóa đã ký. "
                "So dấu khóa dưới đây qua điện thoại trước khi lập sổ."
            )
            return Verdict(Trust.STRANGER, words, Tone.WAITING)
        sender = status.sender
        assert sender is not None
        words = (
            f"{named(status)} nguyên vẹn, đúng chữ ký của nơi gửi (do {sender.confirmed_by} xác "
            f"nhận khóa ngày {sender.confirmed_on:%d/%m/%Y})."
        )
        return Verdict(Trust.KNOWN, words, Tone.GOOD)

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with a package that is not intact, each with its place and remedy."""
        status = self.status
        return () if status is None or status.intact else status.problems

    @property
    def may_begin(self) -> bool:
        """Whether a workspace can be made out of it, once its key is confirmed."""
        return self.status is not None and self.verdict.tone is not Tone.ERROR

    @property
    def must_compare(self) -> bool:
        """Whether the fingerprint has to be compared on the telephone first."""
        return self.may_begin and self.verdict.trust is Trust.STRANGER

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the key that signed."""
        key = None if self.status is None else self.status.key
        return "" if key is None else key.fingerprint

    @property
    def sender(self) -> str:
        """Who says that the package is theirs."""
        return self._contents.head.sender.name

    @property
    def asks_officer(self) -> bool:
        """Whether somebody else keeps the new workspace; a book that only moves stays as it is."""
        return self._contents.head.kind is not Kind.WHOLE_WORKSPACE

    @property
    def officer(self) -> str:
        """Who probably keeps the new workspace."""
        return self._session.actor or self._preferences.officer

    def lines(self) -> tuple[Line, ...]:
        """What is in the package."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        contents = self._contents
        head = contents.head
        number = f"gói số {head.sequence} của nơi gửi"
        yield Line("Lập lúc", f"{head.made:%d/%m/%Y %H:%M}, {number}")
        if head.recipient is not None:
            yield Line("Gửi cho", head.recipient.name)
        if contents.facts is not None:
            yield Line("Cụm, khối", _clusters(contents))
        yield Line("Năm thi đua", self._years())
        if Part.EVIDENCE in KIND_RULES[head.kind].allowed(Extent.EVERYTHING):
            yield Line("Minh chứng", _evidence(contents))
        if head.note:
            yield Line("Lời nhắn", head.note)

    def _years(self) -> str:
        contents = self._contents
        if contents.head.kind in WHOLE:
            told = years_told(contents.documents.get(HISTORY, {}))
            if told:
                return "; ".join(
                    f"{name} ({'đã khóa sổ' if closed else 'đang mở'})" for name, closed in told
                )
        year = contents.head.year
        return "" if year is None else f"{year.name} ({year.start:%d/%m/%Y} – {year.end:%d/%m/%Y})"

    # ------------------------------------------------------------- the new workspace

    @property
    def folder(self) -> Path:
        """Where the new workspace will lie."""
        contents = self._contents
        year = contents.head.year
        clusters = (contents.facts or {}).get("clusters") or [{"name": self.sender}]
        name = clusters[0]["name"] if len(clusters) == 1 else self.sender
        words = f"{name} {year.name if year is not None else ''}"
        if self._chosen is None:
            return free_folder(self._parent, words)
        return place_in(self._chosen, words)

    @property
    def chosen(self) -> Path:
        """The folder that was chosen for it, or below which it is proposed."""
        return self._chosen or self._parent

    def choose(self, folder: Path) -> None:
        """The new workspace goes there: into it where it is empty, else into a new folder in it."""
        self._chosen = folder

    def begin(
        self,
        officer: str,
        done: Callable[[], None],
        failed: Callable[[Exception], None],
        *,
        compared: bool = False,
        leave_beyond: bool = False,
    ) -> None:
        """Makes the workspace and opens it in place of the one that is open.

        ``compared``: the officer heard the fingerprint and found it the same. ``failed`` gets
        ``Stopped`` where the officer broke it off.
        """
        file, status = self.file, self.status
        if self.progress is not None or file is None or status is None or not self.may_begin:
            return
        known, (key, passphrase), folder = self._known, self._keys, self.folder
        if compared and self.must_compare:
            assert status.key is not None
            heard = heard_sender(self.sender, status.key, status.key.fingerprint, officer)
            known = (*known, heard)
        self._stopping, self.progress = False, (0.0, "")

        def work(progress: Progress) -> Workspace:
            settle = settling(progress)

            def tell(share: float, text: str) -> None:
                if self._stopping:
                    raise Stopped
                settle(share, text)
                self.progress = share, text

            try:
                return begin_from(
                    file,
                    folder,
                    officer,
                    known,
                    key=key,
                    passphrase=passphrase,
                    leave_beyond=leave_beyond,
                    tell=tell,
                )
            finally:  # from here nothing can be stopped any more
                self.progress = None

        def begun() -> None:
            if officer:
                self._preferences.officer = officer
            done()

        self._opening.make(f"Lập sổ “{folder.name}”", folder, work, failed, begun)

    def stop(self) -> None:
        """Asks the making to stop at its next step."""
        self._stopping = True


def beyond_kind(fault: Exception) -> bool:
    """Whether a beginning failed for what its sender may not change, which can be left out."""
    return isinstance(fault, UserError) and fault.findings[0].code == "package_beyond_kind"


def _clusters(contents: Contents) -> str:
    facts = contents.facts or {}
    names = [str(cluster["name"]) for cluster in facts.get("clusters", ())]
    more = f" và {len(names) - _NAMED} cụm, khối khác" if len(names) > _NAMED else ""
    units = len(facts.get("units", ()))
    return f"{', '.join(names[:_NAMED])}{more} ({units} đơn vị)"


def _evidence(contents: Contents) -> str:
    if not contents.evidence:
        return "Không kèm tệp minh chứng"
    size = sum(blob.known_size() for blob in contents.evidence)
    return f"Kèm {len(contents.evidence)} tệp minh chứng ({size_words(size)})"
