"""Beginning from a package: what it says, what it refuses, and the workspace that comes of it."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.year import PeriodState
from app.exchange.packages import Kind, PublicKey
from app.ground.findings import Finding, UserError
from app.operations.exchange.keyring import confirm_sender, known_senders, retire_sender
from app.operations.exchange.sending import Lock
from app.persistence import books
from tests.ui.pages.exchange.world import OTHER, PASS, THEIRS, with_key
from tests.ui.sheets.handed import HOUSE, OPEN, SEALED, Old, make_old
from ui.flows.beginning import Beginning, Stopped, beyond_kind, is_locked
from ui.flows.opening import Opening
from ui.flows.trust import Trust
from ui.preferences import Preferences
from ui.runner import AtOnce, Progress, Runner
from ui.session import Session
from ui.theme.tokens import Tone

HEIR = "Trần Thị Lan"


def nothing(*_args: object) -> None:
    """What comes after does not matter."""


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Old:
    return make_old(tmp_path_factory.mktemp("cu"))


@pytest.fixture(scope="module")
def package(old: Old, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole book, handed over."""
    folder = tmp_path_factory.mktemp("goi")
    return old.copied(folder / "so").sends(folder)


class Desk:
    """A computer with nothing on it, or with a book open."""

    def __init__(self, session: Session, tmp_path: Path, runner: Runner) -> None:
        self.session = session
        self.preferences = Preferences(tmp_path / "cau-hinh")
        self.opening = Opening(session, runner, self.preferences)
        self.documents = tmp_path / "tai-lieu"
        self.documents.mkdir()
        self.begun: list[str] = []
        self.faults: list[Exception] = []
        self.beginning = Beginning(session, runner, self.opening, self.preferences, self.documents)

    def looks(self, file: Path, **keys: str) -> Beginning:
        self.beginning.look_at(file, nothing, **keys)
        return self.beginning

    def begins(self, **said: bool) -> None:
        self.beginning.begin(HEIR, lambda: self.begun.append("begun"), self.faults.append, **said)

    @property
    def told(self) -> Finding:
        (fault,) = self.faults
        assert isinstance(fault, UserError)
        return fault.findings[0]

    @property
    def made(self) -> list[str]:
        return sorted(place.name for place in self.documents.iterdir())


@pytest.fixture
def desk(session: Session, tmp_path: Path) -> Desk:
    return Desk(session, tmp_path, AtOnce())


@pytest.fixture
def busy(desk: Desk, old: Old, tmp_path: Path) -> Desk:
    """With another book open, which may know the sender."""
    desk.session.open(old.copied(tmp_path / "so-dang-mo").folder)
    return desk


def trusts(busy: Desk, key: PublicKey) -> None:
    busy.session.act(lambda at: confirm_sender(at, HOUSE, key, key.fingerprint))


class TestWhatItSays:
    def test_what_is_in_it_and_by_whom(self, desk: Desk, package: Path) -> None:
        seen = desk.looks(package)
        lines = {line.what: line.words for line in seen.lines()}
        assert lines["Cụm, khối"] == "Cụm 1 (3 đơn vị)"
        assert lines["Năm thi đua"] == "2025 (đã khóa sổ); 2026 (đang mở)"
        assert lines["Minh chứng"] == "Không kèm tệp minh chứng"
        assert lines["Lời nhắn"] == "Còn một việc"
        assert seen.sender == HOUSE
        assert seen.fingerprint == THEIRS.public.fingerprint

    def test_a_stranger_has_to_be_heard_first(self, desk: Desk, package: Path) -> None:
        seen = desk.looks(package)
        assert seen.verdict.trust is Trust.STRANGER
        assert seen.must_compare
        desk.begins()
        assert desk.told.code == "package_key_unknown"
        assert desk.made == []

    def test_who_is_known_in_the_open_book_is_not_compared_again(
        self, busy: Desk, package: Path
    ) -> None:
        trusts(busy, THEIRS.public)
        seen = busy.looks(package)
        assert seen.verdict.tone is Tone.GOOD
        assert not seen.must_compare
        busy.begins()
        assert busy.begun == ["begun"]

    def test_a_changed_key_is_an_alarm_without_a_way_on(self, busy: Desk, package: Path) -> None:
        trusts(busy, OTHER.public)
        seen = busy.looks(package)
        assert seen.verdict.trust is Trust.ALARM
        busy.begins(compared=True)
        assert busy.begun == []
        assert busy.made == []

    def test_a_retired_key_stays_retired(self, busy: Desk, package: Path) -> None:
        trusts(busy, THEIRS.public)
        busy.session.act(lambda at: retire_sender(at, HOUSE, "mất máy tính"))
        seen = busy.looks(package)
        assert "mất máy tính" in seen.verdict.words
        busy.begins(compared=True)
        assert busy.made == []

    def test_a_package_that_was_cut_tells_where_and_what_to_do(
        self, desk: Desk, package: Path, tmp_path: Path
    ) -> None:
        cut = tmp_path / "dut.bvg"
        cut.write_bytes(package.read_bytes()[:-500])
        seen = desk.looks(cut)
        assert seen.verdict.trust is Trust.BROKEN
        assert not seen.may_begin
        assert seen.problems
        assert all(one.place and one.message and one.remedy for one in seen.problems)
        desk.begins(compared=True)
        assert desk.made == []

    def test_a_part_of_a_year_begins_nothing_and_says_where_it_belongs(
        self, desk: Desk, old: Old, tmp_path: Path
    ) -> None:
        seen = desk.looks(old.copied(tmp_path / "so").sends(tmp_path, Kind.SELF_SCORE, unit="a"))
        assert not seen.may_begin
        assert "nhận gói ở trang Trao đổi dữ liệu" in seen.verdict.words
        desk.begins(compared=True)
        assert desk.made == []

    def test_a_file_that_is_gone_is_told(self, desk: Desk, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="Không thấy tệp này"):
            desk.looks(tmp_path / "khong-co.bvg")


class TestLocked:
    def test_with_a_passphrase(self, desk: Desk, old: Old, tmp_path: Path) -> None:
        file = old.copied(tmp_path / "so").sends(tmp_path, lock=Lock(passphrase=PASS))
        assert is_locked(file)
        with pytest.raises(UserError, match="Mật khẩu"):
            desk.looks(file, passphrase="mật khẩu sai rồi")
        assert desk.beginning.status is None
        assert desk.looks(file, passphrase=PASS).may_begin
        desk.begins(compared=True)
        assert desk.begun == ["begun"]

    def test_for_the_key_of_the_next_leader(
        self, desk: Desk, old: Old, tmp_path: Path, kept_key: tuple[Path, str]
    ) -> None:
        with_key(desk.preferences, kept_key)
        lock = Lock(recipient=PublicKey(bytes.fromhex(kept_key[1])))
        file = old.copied(tmp_path / "so").sends(tmp_path, lock=lock)
        assert desk.looks(file, own=PASS).may_begin
        desk.begins(compared=True)
        assert desk.begun == ["begun"]


class TestTheNewWorkspace:
    def test_has_the_sealed_year_and_a_new_keeper(
        self, desk: Desk, package: Path, old: Old
    ) -> None:
        desk.looks(package)
        desk.begins(compared=True)
        assert desk.faults == []
        workspace = desk.session.workspace
        assert workspace is not None
        assert workspace.folder == desk.documents / "Cụm 1 2026"
        assert workspace.verify(old.seal).findings == ()
        states = {year.id: year.state for year in workspace.read(books.PERIODS)}
        assert states == {SEALED: PeriodState.CLOSED, OPEN: PeriodState.OPEN}
        assert desk.session.actor == HEIR
        assert desk.preferences.officer == HEIR
        (sender,) = known_senders(workspace)
        assert (sender.name, sender.key, sender.confirmed_by) == (HOUSE, THEIRS.public, HEIR)
        assert desk.beginning.progress is None

    def test_of_a_book_that_only_moves_is_the_same_book(
        self, desk: Desk, old: Old, tmp_path: Path
    ) -> None:
        seen = desk.looks(old.copied(tmp_path / "so").sends(tmp_path, Kind.WHOLE_WORKSPACE))
        assert not seen.asks_officer
        assert seen.status is not None
        assert seen.status.head is not None
        head = seen.status.head.journal
        desk.begins(compared=True)
        assert desk.session.workspace is not None
        assert desk.session.workspace.head == head
        assert desk.session.actor == "Hoa"

    def test_of_a_table_that_a_leader_sends(self, desk: Desk, old: Old, tmp_path: Path) -> None:
        desk.looks(old.copied(tmp_path / "so").sends(tmp_path, Kind.CRITERIA_TABLE))
        desk.begins(compared=True)
        assert desk.faults == []
        assert list(desk.session.units) == ["a", "b", "c"]
        assert [year.id for year in desk.session.years] == [OPEN]

    def test_of_a_result_leaves_out_what_its_sender_may_not_say_once_that_is_agreed(
        self, desk: Desk, old: Old, tmp_path: Path
    ) -> None:
        desk.looks(old.copied(tmp_path / "so").sends(tmp_path, Kind.FOR_APPRAISAL))
        desk.begins(compared=True)
        assert beyond_kind(desk.faults[0])
        assert "6 mục" in desk.told.message, "two criteria of three units, all the department's"
        assert desk.made == []
        desk.begins(compared=True, leave_beyond=True)
        assert desk.begun == ["begun"]
        workspace = desk.session.workspace
        assert workspace is not None
        assert workspace.read(books.ENTRIES, OPEN) == ()

    def test_is_proposed_in_a_folder_of_its_own(self, desk: Desk, package: Path) -> None:
        assert desk.made == [], "the documents of a new computer are empty"
        assert desk.looks(package).folder == desk.documents / "Cụm 1 2026"

    def test_goes_into_an_empty_folder_or_a_new_one_beside_what_is_there(
        self, desk: Desk, package: Path
    ) -> None:
        seen = desk.looks(package)
        empty = desk.documents / "Sổ của tôi"
        empty.mkdir()
        seen.choose(empty)
        assert seen.folder == empty
        (empty / "anh.jpg").write_bytes(b"x")
        assert seen.folder == empty / "Cụm 1 2026"
        seen.folder.mkdir()
        (seen.folder / "cu.txt").write_text("x", encoding="utf-8")
        assert seen.folder == empty / "Cụm 1 2026 2"

    def test_is_not_made_where_nothing_can_be_written(
        self, desk: Desk, package: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make = Path.mkdir

        def refused(place: Path, *args: int, **said: bool) -> None:
            if place.parent == desk.documents:
                raise OSError(errno.EROFS, "read-only")
            make(place, *args, **said)

        desk.looks(package)
        with monkeypatch.context() as patched:
            patched.setattr(Path, "mkdir", refused)
            desk.begins(compared=True)
        assert (desk.told.code, desk.told.place) == ("folder_read_only", "tai-lieu")
        assert "Chọn nơi lưu khác" in desk.told.remedy
        assert desk.made == []
        desk.begins(compared=True)
        assert desk.begun == ["begun"]

    def test_leaves_the_open_book_open_where_it_fails(
        self, busy: Desk, old: Old, tmp_path: Path
    ) -> None:
        busy.looks(old.copied(tmp_path / "so").sends(tmp_path))
        there = busy.session.workspace
        busy.begins()
        assert busy.faults
        assert busy.session.workspace is there


class StopsAtOnce(AtOnce):
    """Works in place; the officer presses stop as soon as something is told."""

    stop: Callable[[], None]

    def run(self, title, work, done, failed=None, *, quiet=False):  # type: ignore[no-untyped-def]
        try:
            done(work(Progress(lambda _share, _text: self.stop())))
        except Stopped as fault:
            failed(fault)


def test_it_can_be_stopped_and_nothing_stays(
    session: Session, tmp_path: Path, package: Path
) -> None:
    runner = StopsAtOnce()
    runner.stop = nothing
    desk = Desk(session, tmp_path, runner)
    runner.stop = desk.beginning.stop
    desk.looks(package)
    desk.begins(compared=True)
    assert isinstance(desk.faults[0], Stopped)
    assert desk.made == []
    assert desk.beginning.progress is None
    assert session.workspace is None
