"""The handover package: its size first, how it is locked, and that the next leader can begin."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from app.domain.year import Evidence
from app.exchange.packages import PublicKey, is_sealed
from app.ground.findings import UserError
from app.operations.exchange.keyring import confirm_sender
from app.operations.exchange.looking import opened_status
from app.operations.workspace.evidence import cite_evidence
from app.operations.workspace.years import open_year, year_record
from tests.ui.pages.exchange.world import OTHER, PASS, with_key
from tests.ui.sheets.handed import DAY, OPEN, SEALED, Old, make_old
from ui.flows.outgoing import Locking, Outcome
from ui.flows.own_key import OwnKey
from ui.pages.closing.handing import Handing, Prepared, Wish
from ui.preferences import Preferences
from ui.runner import AtOnce
from ui.session import Session

LOCK = "năm chữ khác hẳn nhau"


def nothing(*_args: object) -> None:
    """What comes after does not matter."""


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Old:
    return make_old(tmp_path_factory.mktemp("cu"))


@pytest.fixture
def handing(session: Session, old: Old, tmp_path: Path, kept_key: tuple[Path, str]) -> Handing:
    """At the open year of the book, on a computer that has the unit's key."""
    session.open(old.copied(tmp_path / "so").folder)
    preferences = Preferences(tmp_path / "cau-hinh")
    with_key(preferences, kept_key)
    made = Handing(session, AtOnce(), preferences, OwnKey(AtOnce(), preferences))
    out = tmp_path / "goi"
    out.mkdir()
    made.choose_folder(out)
    return made


def prepared(handing: Handing) -> Prepared:
    seen: list[Prepared] = []
    handing.prepare(seen.append)
    return seen[0]


def sent(handing: Handing, wish: Wish) -> Outcome:
    seen: list[Outcome] = []
    handing.send(prepared(handing), wish, PASS, seen.append)
    return seen[0]


def with_evidence(session: Session, tmp_path: Path, size: int) -> str:
    """A kept file of this size behind a citation."""
    file = tmp_path / "bang-chung.pdf"
    file.write_bytes(b"%PDF-1.4 " + bytes(size))
    document = Evidence("", "12/BC", DAY, "Sở A", "Báo cáo")
    kept, _done = cite_evidence(session.desk, document, (), file)
    assert kept.sha256 is not None
    return kept.sha256


class TestBeforeItIsMade:
    def test_a_book_without_files_has_one_choice(self, handing: Handing) -> None:
        ready = prepared(handing)
        assert [along for along, _words in ready.choices] == [False]
        assert ready.advice == ""
        assert handing.outcome is None

    @pytest.mark.parametrize(
        ("bare", "evidence", "choices"),
        [
            (
                340_000,
                12_160_000,
                (
                    (True, "Kèm tất cả: gói khoảng 12,5 MB"),
                    (False, "Không kèm: gói khoảng 340 KB"),
                ),
            ),
            (340_000, 2_000_000_000, ((False, "Không kèm: gói khoảng 340 KB"),)),
        ],
    )
    def test_each_choice_has_its_size_and_too_much_is_not_offered(
        self, bare: int, evidence: int, choices: tuple[tuple[bool, str], ...]
    ) -> None:
        assert Prepared(OPEN, bare, evidence).choices == choices

    def test_what_does_not_fit_is_told_with_the_other_way(self) -> None:
        assert "chép cả thư mục sổ" in Prepared(OPEN, 340_000, 2_000_000_000).advice

    def test_a_year_that_was_only_just_opened_does_not_stand_in_the_way(
        self, handing: Handing, session: Session
    ) -> None:
        assert session.workspace is not None
        open_year(session.workspace, "Hoa", year_record("2027"))
        session.choose_year("2027")
        assert prepared(handing).period == OPEN

    def test_of_the_sealed_year_too(self, handing: Handing, session: Session) -> None:
        session.choose_year(SEALED)
        assert prepared(handing).period == SEALED
        assert sent(handing, Wish("Sở A")).sent.file.is_file()


class TestTheFile:
    def test_is_signed_by_the_unit_and_entered_in_the_journal(
        self, handing: Handing, session: Session, kept_key: tuple[Path, str]
    ) -> None:
        outcome = sent(handing, Wish("Sở A", "Sở B", note="Còn một việc"))
        status = opened_status(outcome.sent.file, (), None, "")
        assert status.intact
        assert status.key == PublicKey(bytes.fromhex(kept_key[1]))
        assert status.head is not None
        assert status.head.recipient is not None
        assert (status.head.sender.name, status.head.recipient.name) == ("Sở A", "Sở B")
        assert handing.key.fingerprint in outcome.sentence
        assert session.last_operation is not None
        assert session.last_operation.kind == "package.sent"
        assert handing.sender == "Sở A", "the name is kept for the next time"

    def test_under_a_passphrase_is_read_by_nobody_else(self, handing: Handing) -> None:
        wish = Wish("Sở A", locking=Locking.PASSPHRASE, passphrase=LOCK)
        file = sent(handing, wish).sent.file
        assert is_sealed(file.read_bytes()[:64])
        assert opened_status(file, (), None, LOCK).intact
        with pytest.raises(UserError):
            opened_status(file, (), None, PASS)

    def test_for_one_recipient_is_opened_by_that_key(
        self, handing: Handing, session: Session
    ) -> None:
        key = OTHER.public
        session.act(lambda desk: confirm_sender(desk, "Sở B", key, key.fingerprint))
        assert handing.recipients == ("Sở B",)
        wish = Wish("Sở A", "Sở B", locking=Locking.RECIPIENT)
        assert opened_status(sent(handing, wish).sent.file, (), OTHER, "").intact

    def test_takes_the_evidence_along_only_where_that_was_chosen(
        self, handing: Handing, session: Session, tmp_path: Path
    ) -> None:
        sha = with_evidence(session, tmp_path, 20_000)
        ready = prepared(handing)
        assert ready.evidence >= 20_000
        assert ready.fits
        files = [sent(handing, Wish("Sở A", evidence=along)).sent.file for along in (True, False)]
        held = [opened_status(file, (), None, "").contents for file in files]
        assert held[0] is not None
        assert held[1] is not None
        assert [blob.expected for blob in held[0].evidence] == [sha]
        assert held[1].evidence == ()

    def test_with_a_wrong_passphrase_is_not_written(self, handing: Handing) -> None:
        with pytest.raises(UserError, match="Mật khẩu không đúng"):
            handing.send(prepared(handing), Wish("Sở A"), "mật khẩu sai rồi", nothing)
        assert list(handing.folder.iterdir()) == []

    def test_into_a_folder_that_refuses_nothing_is_entered(
        self, handing: Handing, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        head, ready = session.desk.workspace.head, prepared(handing)

        def refused(*_what: object, **_more: object) -> None:
            raise OSError(errno.EROFS, "read-only")

        monkeypatch.setattr(Path, "write_bytes", refused)
        with pytest.raises(UserError, match="Không ghi được tệp này"):
            handing.send(ready, Wish("Sở A"), PASS, nothing)
        assert session.desk.workspace.head == head

    def test_a_folder_that_is_gone_is_not_proposed(self, handing: Handing) -> None:
        handing.folder.rmdir()
        assert handing.folder.is_dir()


def test_a_book_on_a_medium_that_cannot_be_written_says_so(
    handing: Handing, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert handing.refusal == ""
    assert session.workspace is not None
    folder = session.workspace.folder
    session.close()

    def refused(*_what: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr("app.persistence.opening.Lock", refused)
    session.open(folder)
    assert "Sổ chỉ đọc" in handing.refusal
    assert "giao cả thư mục" in handing.refusal
