"""What the page of packages knows and does, without the window."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from app.exchange.packages import Extent, Kind, PublicKey
from app.exchange.packages.sealing import is_sealed
from app.ground.findings import UserError
from app.operations.exchange.packing import Envelope, Order
from app.operations.exchange.sending import Lock, send
from app.operations.exchange.taking_in import Side
from app.operations.workspace.entries import clear_scores
from tests.ui.pages.exchange.world import (
    CRITERIA,
    NAME,
    OTHER,
    PASS,
    THEIRS,
    UNIT,
    desk_at,
    package_from,
    score_in,
    with_key,
)
from ui.flows.beginning import is_locked
from ui.flows.outgoing import Locking, Outcome
from ui.flows.own_key import OwnKey
from ui.flows.trust import Trust
from ui.pages.exchange.presenter.answering import Answering
from ui.pages.exchange.presenter.offers import OFFERS, offer_of, parts_told
from ui.pages.exchange.presenter.receiving import Receiving
from ui.pages.exchange.presenter.register import Register, Standing
from ui.pages.exchange.presenter.senders import Senders
from ui.pages.exchange.presenter.sending import Prepared, Sending, Wish
from ui.pages.exchange.presenter.steps import Next
from ui.preferences import Preferences
from ui.runner import AtOnce
from ui.session import Session

FORMAT = "%d/%m/%Y"


def nothing(*_args: object) -> None:
    """What comes after does not matter."""


@pytest.fixture
def preferences(tmp_path: Path, kept_key: tuple[Path, str]) -> Preferences:
    made = Preferences(tmp_path / "cau-hinh")
    with_key(made, kept_key)
    return made


@pytest.fixture
def key(preferences: Preferences) -> OwnKey:
    return OwnKey(AtOnce(), preferences)


@pytest.fixture
def sending(open_session: Session, preferences: Preferences, key: OwnKey) -> Sending:
    return Sending(open_session, AtOnce(), preferences, key)


@pytest.fixture
def answering(open_session: Session, preferences: Preferences, key: OwnKey) -> Answering:
    return Answering(open_session, AtOnce(), preferences, key)


@pytest.fixture
def receiving(open_session: Session, key: OwnKey, answering: Answering) -> Receiving:
    return Receiving(open_session, AtOnce(), key, answering)


@pytest.fixture
def senders(open_session: Session) -> Senders:
    return Senders(open_session)


@pytest.fixture
def package(their_folder: Path, tmp_path: Path) -> Path:
    return package_from(their_folder, tmp_path / "goi")


class TestSending:
    def test_every_kind_but_the_answer_of_an_agency_is_offered(self) -> None:
        assert {offer.kind for offer in OFFERS} == set(Kind) - {Kind.FIGURES_SUPPLY}

    def test_scores_alone_bring_no_papers_and_no_records(self) -> None:
        offer = offer_of(Kind.FOR_APPRAISAL)
        told = parts_told(offer, Extent.SCORES, papers=True, evidence=True)
        assert told == (
            "Điểm, số liệu, dữ kiện",
            "Kết quả đã tính, để nơi nhận tính lại và đối chiếu",
            "Bảng tiêu chí đang dùng",
        )

    def test_the_size_comes_first_and_nothing_is_written(
        self, sending: Sending, open_session: Session
    ) -> None:
        seen: list[Prepared] = []
        sending.prepare(Wish(Kind.SELF_SCORE, unit=UNIT, papers=False, sender=NAME), seen.append)
        (prepared,) = seen
        assert prepared.size.total > 1000
        assert prepared.size_sentence.startswith("Gói khoảng ")
        assert [f.code for f in prepared.remarks] == ["package_round_open"]
        assert Register(open_session).rows() == ()

    def test_a_package_is_signed_written_and_registered(
        self, sending: Sending, open_session: Session, tmp_path: Path, key: OwnKey
    ) -> None:
        seen: list[Prepared] = []
        wish = Wish(
            Kind.FOR_APPRAISAL, papers=False, sender="Khối Nội chính", recipient="Sở Nội vụ"
        )
        sending.prepare(wish, seen.append)
        told: list[Outcome] = []
        (tmp_path / "ra").mkdir()
        sending.send(seen[0], PASS, tmp_path / "ra", told.append)
        (file,) = (tmp_path / "ra").iterdir()
        assert file.name in told[0].sentence
        assert key.fingerprint in told[0].sentence
        (row,) = Register(open_session).rows()
        assert (row.is_sent, row.line.other, row.standing) == (True, "Sở Nội vụ", Standing.OUT)
        assert sending.folder == tmp_path / "ra"
        assert sending.sender == "Khối Nội chính", "the name is kept for the next time"

    def test_a_wrong_passphrase_writes_nothing(
        self, sending: Sending, open_session: Session, tmp_path: Path
    ) -> None:
        seen: list[Prepared] = []
        sending.prepare(Wish(Kind.SELF_SCORE, unit=UNIT, papers=False, sender=NAME), seen.append)
        with pytest.raises(UserError, match="Mật khẩu không đúng"):
            sending.send(seen[0], "mật khẩu sai rồi", tmp_path, nothing)
        assert not list(tmp_path.glob("*.bvg"))
        assert Register(open_session).rows() == ()

    def test_a_package_for_one_recipient_is_locked_with_its_key(
        self, sending: Sending, senders: Senders, tmp_path: Path
    ) -> None:
        senders.confirm("Sở Nội vụ", OTHER.public, OTHER.public.fingerprint)
        wish = Wish(
            Kind.SELF_SCORE,
            unit=UNIT,
            papers=False,
            sender=NAME,
            recipient="Sở Nội vụ",
            locking=Locking.RECIPIENT,
        )
        seen: list[Prepared] = []
        sending.prepare(wish, seen.append)
        assert seen[0].lock_sentence == "Chỉ Sở Nội vụ mở được gói, bằng khóa của họ."
        sending.send(seen[0], PASS, tmp_path, nothing)
        (file,) = tmp_path.glob("*.bvg")
        assert is_sealed(file.read_bytes())

    def test_an_agency_is_asked_for_the_figures_of_every_unit(self, sending: Sending) -> None:
        wish = Wish(
            Kind.FIGURES_REQUEST,
            sender=NAME,
            agency="Cục Thuế",
            criteria=("I.1.2", "I.1.3"),
            papers=False,
        )
        seen: list[Prepared] = []
        sending.prepare(wish, seen.append)
        assert seen[0].order.criteria == ("I.1.2", "I.1.3")
        with pytest.raises(UserError, match="không chấm từ số liệu"):
            sending.prepare(replace(wish, criteria=("I.9",)), nothing)

    def test_nothing_goes_out_of_a_year_without_units(self, session: Session, key: OwnKey) -> None:
        sending = Sending(session, AtOnce(), Preferences(Path("khong-co")), key)
        assert sending.refusal
        assert sending.sentence() == sending.refusal


class TestReceiving:
    def test_on_a_read_only_medium_a_package_is_shown_and_not_taken_in(
        self,
        session: Session,
        sample_folder: Path,
        preferences: Preferences,
        package: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("app.persistence.opening.taken_lock", lambda *_given: None)
        session.open(sample_folder)
        key = OwnKey(AtOnce(), preferences)
        answering = Answering(session, AtOnce(), preferences, key)
        receiving = Receiving(session, AtOnce(), key, answering)
        assert receiving.refusal == "", "a package may be chosen"
        receiving.look_at(package, nothing)
        assert receiving.seen is not None
        assert len(receiving.changes()) + len(receiving.conflicts()) == 2
        assert receiving.refusal.startswith("Sổ chỉ đọc")
        receiving.clear()
        assert receiving.refusal == ""

    def test_a_stranger_is_asked_to_be_confirmed_first(
        self, receiving: Receiving, package: Path
    ) -> None:
        receiving.look_at(package, nothing)
        assert receiving.verdict is not None
        assert receiving.verdict.trust is Trust.STRANGER
        assert receiving.next is Next.CONFIRM
        assert receiving.stranger == (NAME, THEIRS.public)
        assert receiving.likely_unit == UNIT

    def test_a_fingerprint_that_differs_confirms_nobody(
        self, receiving: Receiving, senders: Senders, package: Path
    ) -> None:
        receiving.look_at(package, nothing)
        heard = OTHER.public.fingerprint
        assert "KHÁC khóa đã ký gói" in senders.heard_wrong(THEIRS.public, heard)
        assert "chỗ nghe hoặc gõ nhầm" in senders.heard_wrong(THEIRS.public, heard[:-1])
        assert senders.heard_wrong(THEIRS.public, THEIRS.public.fingerprint) == ""
        with pytest.raises(UserError, match="khác với dấu khóa"):
            senders.confirm(NAME, THEIRS.public, OTHER.public.fingerprint, UNIT)
        assert senders.rows() == ()

    def test_conflicts_are_decided_one_by_one_and_taken_in_as_one_act(
        self, receiving: Receiving, senders: Senders, package: Path, open_session: Session
    ) -> None:
        senders.confirm(NAME, THEIRS.public, THEIRS.public.fingerprint, UNIT)
        receiving.look_at(package, nothing)
        rows = receiving.conflicts()
        assert [row.unit for row in rows] == [NAME, NAME]
        assert all(row.what.startswith("Tiêu chí I.1.") for row in rows)
        assert receiving.next is Next.DECIDE
        receiving.decide(rows[0].name, Side.OURS)
        receiving.decide(rows[1].name, Side.THEIRS)
        assert receiving.verb == "Nhận 1 thay đổi"
        receiving.take_in(nothing)
        desk = open_session.desk
        assert [score_in(desk, criterion) for criterion in CRITERIA] == [True, False]
        assert receiving.taken is not None
        assert receiving.taken.sentence == (
            f"Đã nhận gói “Tự chấm điểm” của {NAME}, số 7: 1 thay đổi, giữ 1 mục của sổ. "
            "Hoàn tác được (Ctrl+Z)."
        )
        open_session.undo()
        assert score_in(desk, CRITERIA[1])
        receiving.forget_old()
        assert receiving.taken is None

    def test_what_one_side_changed_since_the_last_exchange_needs_no_decision(
        self,
        receiving: Receiving,
        senders: Senders,
        package: Path,
        their_folder: Path,
        tmp_path: Path,
    ) -> None:
        senders.confirm(NAME, THEIRS.public, THEIRS.public.fingerprint, UNIT)
        receiving.look_at(package, nothing)
        receiving.decide_all(Side.THEIRS)
        receiving.take_in(nothing)
        later = package_from(
            their_folder,
            tmp_path / "sau",
            lambda desk: clear_scores(desk, [(UNIT, "I.1.3", "self")]),
        )
        receiving.look_at(later, nothing)
        assert len(receiving.changes()) == 1
        assert receiving.conflicts() == ()
        assert receiving.next is Next.TAKE
        assert receiving.verdict is not None
        assert "mới hơn gói số 7" in receiving.verdict.words

    def test_the_same_package_again_offers_nothing_and_an_older_one_is_refused(
        self,
        receiving: Receiving,
        senders: Senders,
        package: Path,
        their_folder: Path,
        tmp_path: Path,
    ) -> None:
        senders.confirm(NAME, THEIRS.public, THEIRS.public.fingerprint, UNIT)
        later = package_from(
            their_folder,
            tmp_path / "sau",
            lambda desk: clear_scores(desk, [(UNIT, "I.1.3", "self")]),
        )
        receiving.look_at(later, nothing)
        receiving.decide_all(Side.THEIRS)
        receiving.take_in(nothing)
        receiving.look_at(later, nothing)
        assert receiving.next is Next.NOTHING
        assert receiving.verdict is not None
        assert "đã được nhận" in receiving.verdict.words
        receiving.look_at(package, nothing)
        assert receiving.next is Next.NOTHING
        assert "cũ hơn gói số" in receiving.verdict.words

    def test_a_changed_key_is_an_alarm_without_a_way_on(
        self, receiving: Receiving, senders: Senders, their_folder: Path, tmp_path: Path
    ) -> None:
        senders.confirm(NAME, THEIRS.public, THEIRS.public.fingerprint, UNIT)
        receiving.look_at(package_from(their_folder, tmp_path / "gia", key=OTHER), nothing)
        assert receiving.verdict is not None
        assert receiving.verdict.trust is Trust.ALARM
        assert receiving.verdict.words.startswith("CẢNH BÁO: ")
        assert receiving.conflicts() == (), "what may be forged is not shown"
        assert receiving.recompute_lines() == ()
        assert receiving.next is Next.NOTHING
        assert receiving.stranger is None

    def test_a_known_key_under_another_name_is_an_alarm_too(
        self, receiving: Receiving, senders: Senders, their_folder: Path, tmp_path: Path
    ) -> None:
        senders.confirm("Công an tỉnh", THEIRS.public, THEIRS.public.fingerprint)
        receiving.look_at(package_from(their_folder, tmp_path / "gia"), nothing)
        assert receiving.verdict is not None
        assert "khóa đã xác nhận là của Công an tỉnh, nơi khác" in receiving.verdict.words

    def test_one_changed_byte_is_told_and_nothing_can_be_taken(
        self, receiving: Receiving, package: Path
    ) -> None:
        data = bytearray(package.read_bytes())
        data[len(data) // 2] ^= 1
        package.write_bytes(bytes(data))
        receiving.look_at(package, nothing)
        assert receiving.verdict is not None
        assert receiving.verdict.trust is Trust.BROKEN
        assert receiving.next is Next.NOTHING
        assert receiving.problems

    def test_a_locked_package_opens_with_its_passphrase_only(
        self, receiving: Receiving, their_folder: Path, tmp_path: Path
    ) -> None:
        file = package_from(their_folder, tmp_path / "kin", lock=Lock(passphrase=PASS))
        assert is_locked(file)
        with pytest.raises(UserError, match="Mật khẩu không đúng"):
            receiving.look_at(file, nothing, passphrase="mật khẩu sai rồi")
        assert receiving.seen is None
        receiving.look_at(file, nothing, passphrase=PASS)
        assert receiving.next is Next.CONFIRM

    def test_a_package_locked_for_this_unit_opens_with_its_own_key(
        self,
        receiving: Receiving,
        their_folder: Path,
        tmp_path: Path,
        kept_key: tuple[Path, str],
    ) -> None:
        lock = Lock(recipient=PublicKey(bytes.fromhex(kept_key[1])))
        file = package_from(their_folder, tmp_path / "kin", lock=lock)
        receiving.look_at(file, nothing, own=PASS)
        assert receiving.next is Next.CONFIRM


class TestTheRoundTrip:
    def test_an_appraisal_answers_the_result_that_came(
        self,
        receiving: Receiving,
        sending: Sending,
        senders: Senders,
        open_session: Session,
        their_folder: Path,
        tmp_path: Path,
    ) -> None:
        with desk_at(their_folder) as desk:
            order = Order(Kind.FOR_APPRAISAL, papers=False)
            came = send(desk, order, Envelope("Khối Nội chính"), THEIRS, tmp_path)
        senders.confirm("Khối Nội chính", THEIRS.public, THEIRS.public.fingerprint)
        receiving.look_at(came.file, nothing)
        assert receiving.verb == "Ghi nhận gói", "both books say the same"
        assert receiving.recompute_lines()[0].startswith("Tính lại từ số liệu cho đúng kết quả")
        receiving.take_in(nothing)
        seen: list[Prepared] = []
        wish = Wish(Kind.APPRAISAL, papers=False, sender="Sở Nội vụ", recipient="Khối Nội chính")
        sending.prepare(wish, seen.append)
        assert seen[0].order.answers == came.digest
        number = came.contents.head.sequence
        assert seen[0].answers == f"Trả lời gói “Kết quả gửi thẩm định” số {number}."
        sending.send(seen[0], PASS, tmp_path, nothing)
        states = [row.standing for row in Register(open_session).rows()]
        assert states == [Standing.OUT, Standing.ANSWERED]


class TestHandover:
    def test_a_whole_book_is_held_for_a_workspace_of_its_own(
        self, receiving: Receiving, senders: Senders, their_folder: Path, tmp_path: Path
    ) -> None:
        with desk_at(their_folder) as desk:
            order = Order(Kind.HANDOVER, papers=False)
            file = send(desk, order, Envelope("Khối Nội chính"), THEIRS, tmp_path).file
        receiving.look_at(file, nothing)
        assert receiving.next is Next.CONFIRM
        assert receiving.held is None, "a stranger's book is not begun from"
        senders.confirm("Khối Nội chính", THEIRS.public, THEIRS.public.fingerprint)
        receiving.look_again(nothing)
        assert receiving.verb == "Lập sổ mới từ gói này…"
        assert receiving.held is not None
        assert receiving.held[0] == file
        assert receiving.held[1].admissible


class TestSendersAndRegister:
    def test_a_retired_key_keeps_its_reason_and_its_packages_are_refused(
        self, senders: Senders, receiving: Receiving, package: Path
    ) -> None:
        senders.confirm(NAME, THEIRS.public, THEIRS.public.fingerprint, UNIT)
        (row,) = senders.rows()
        today = dt.datetime.now().astimezone().strftime(FORMAT)
        assert (row.name, row.by, row.on) == (NAME, "Nguyễn Thị Hoa", today)
        assert row.state == "Đang dùng"
        senders.retire(NAME, "mất máy")
        assert [row.state for row in senders.rows()] == ["Thôi dùng: mất máy"]
        assert senders.names == ()
        receiving.look_at(package, nothing)
        assert receiving.next is Next.NOTHING
        assert receiving.verdict is not None
        assert "đã thôi dùng (lý do: mất máy)" in receiving.verdict.words

    def test_an_older_package_of_the_register_is_said_to_be_replaced(
        self, sending: Sending, open_session: Session, tmp_path: Path
    ) -> None:
        seen: list[Prepared] = []
        wish = Wish(Kind.SELF_SCORE, unit=UNIT, papers=False, sender=NAME, recipient="Trưởng khối")
        sending.prepare(wish, seen.append)
        sending.send(seen[0], PASS, tmp_path, nothing)
        open_session.act(lambda desk: clear_scores(desk, [(UNIT, "I.1.1", "self")]))
        sending.send(seen[0], PASS, tmp_path, nothing)
        rows = Register(open_session).rows()
        assert [row.standing for row in rows] == [Standing.OUT, Standing.REPLACED]
        assert Register(open_session).sentence() == (
            "Đã gửi 2 gói, nhận 0 gói; 1 gói chưa có trả lời."
        )
