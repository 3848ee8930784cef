"""What the page of forms knows and does, without the window."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from app.domain.year import RoundStage
from app.ground.findings import UserError
from app.operations.workspace.entries import clear_scores
from app.operations.workspace.handing_out import Paper
from app.operations.workspace.results import write_facts
from app.operations.workspace.rounds import submit_round
from app.persistence import books
from ui.pages.forms.presenter.handing_out import HandingOut
from ui.pages.forms.presenter.receiving import Receiving
from ui.pages.forms.presenter.sending import Sending, only_stands_in_the_way
from ui.runner import AtOnce, Cancelled, Progress
from ui.session import Session

UNIT, OTHER = "bien_phong", "cong_an"


class Stopping(AtOnce):
    """A runner whose officer stops the work at its first step."""

    def run(self, title, work, done, failed=None, *, quiet=False):  # type: ignore[no-untyped-def]
        progress = Progress()
        progress.cancelled = True
        with pytest.raises(Cancelled):
            work(progress)


def nothing(*_args: object) -> None:
    """What comes after does not matter."""


@pytest.fixture
def sending(open_session: Session, tmp_path: Path) -> Sending:
    made = Sending(open_session, AtOnce())
    made.choose_folder(tmp_path / "phiếu đi")
    return made


@pytest.fixture
def receiving(open_session: Session) -> Receiving:
    return Receiving(open_session, AtOnce())


@pytest.fixture
def forms(all_forms: Path, tmp_path: Path) -> Path:
    """The forms of all units, written."""
    return Path(shutil.copytree(all_forms, tmp_path / "phiếu đi"))


class TestSending:
    def test_lists_every_unit_for_the_first_round(self, sending: Sending) -> None:
        rows = sending.rows()
        assert len(rows) == 8
        assert all(row.chosen and not row.stands for row in rows)
        assert sending.sentence() == "Sẽ xuất 8/8 phiếu của vòng “Tự chấm điểm”."

    def test_writes_only_the_chosen_units(self, sending: Sending) -> None:
        sending.choose_all(False)
        assert sending.sentence() == "Chưa chọn đơn vị nào để xuất phiếu."
        sending.toggle(UNIT)
        sending.write(nothing)
        assert sending.folder is not None
        assert [f.name for f in sending.folder.iterdir()] == ["phieu-tu-cham-bien-phong.xlsx"]
        assert sending.written is not None
        assert sending.written.sentence == "Đã ghi 1 phiếu vào thư mục phiếu đi."

    def test_says_beforehand_what_stands_in_the_folder(self, sending: Sending) -> None:
        assert sending.folder is not None
        sending.folder.mkdir()
        (sending.folder / "phieu-tu-cham-cong-an.xlsx").write_bytes(b"cu")
        assert sending.in_the_way() == ("phieu-tu-cham-cong-an.xlsx",)
        assert "1 tệp đã có trong thư mục" in sending.sentence()
        faults: list[Exception] = []
        sending.write(nothing, faults.append)
        assert only_stands_in_the_way(faults[0])
        assert len(list(sending.folder.iterdir())) == 1

    def test_stopped_work_writes_nothing(self, open_session: Session, tmp_path: Path) -> None:
        stopped = Sending(open_session, Stopping())
        stopped.choose_folder(tmp_path / "ra")
        stopped.write(nothing)
        assert not (tmp_path / "ra").exists()

    def test_says_what_a_form_holds_already(self, open_session: Session, sending: Sending) -> None:
        submit_round(open_session.desk, "self", [OTHER], dt.date(2019, 11, 20))
        holds = {row.unit: row.holds for row in sending.rows()}
        assert holds[OTHER] == "Đã nộp, có 26 ô"
        assert holds[UNIT] == "Đang chấm, có 26 ô"
        codes = {e.criterion for e in open_session.desk.workspace.read(books.ENTRIES, "2019")}
        cells = [(UNIT, code, "self") for code in codes]
        open_session.act(lambda desk: clear_scores(desk, cells))
        assert sending.rows()[0].holds == "Phiếu trống"
        sending.choose_round("cluster")
        assert sending.rows()[0].holds == "Đang chấm, có 2 ô", "as in the sample's table of scores"


class TestReceiving:
    def test_a_look_keeps_nothing(
        self, open_session: Session, receiving: Receiving, forms: Path
    ) -> None:
        assert open_session.workspace is not None
        head = open_session.workspace.head
        receiving.look_at([forms], nothing)
        assert receiving.sentence() == "Đã đọc 8 tệp · 8 không có gì mới."
        assert receiving.ready == 0
        assert open_session.workspace.head == head

    def test_new_cells_move_totals_and_are_taken_in_as_one_act(
        self, open_session: Session, receiving: Receiving, forms: Path
    ) -> None:
        assert open_session.result is not None
        before = open_session.result.assessment.units[UNIT].card.total
        open_session.act(lambda desk: clear_scores(desk, [(UNIT, "I.1.1", "self")]))
        receiving.look_at([forms / "phieu-tu-cham-bien-phong.xlsx"], nothing)
        (row,) = receiving.rows()
        assert row.state == "Nhận được"
        assert "1 ô mới, 0 ô khác sổ" in receiving.words_about(row.file)
        assert receiving.cells(row.file)[0].criterion == "I.1.1"
        assert any(mover.unit == row.unit for mover in receiving.movers())
        assert receiving.sentence().endswith(" · còn 7 đơn vị chưa có phiếu.")
        assert receiving.missing() == "", "one form of eight: nobody is asked for yet"
        receiving.take_in(nothing)
        assert receiving.taken is not None
        assert receiving.taken.units == (UNIT,)
        assert open_session.result.assessment.units[UNIT].card.total == before
        open_session.undo()
        seat = open_session.desk
        lost = seat.workspace.one(books.ENTRIES, UNIT, "I.1.1", "self", None, period=seat.period)
        assert lost is None

    def test_what_was_taken_in_is_noted_as_handed_in(
        self, open_session: Session, receiving: Receiving, forms: Path
    ) -> None:
        open_session.act(lambda desk: clear_scores(desk, [(UNIT, "I.1.1", "self")]))
        receiving.look_at([forms], nothing)
        receiving.take_in(nothing)
        assert receiving.taken is not None
        assert receiving.taken.next.startswith("Bước tiếp theo: nếu 1 đơn vị này đã nộp")
        receiving.hand_in(dt.date(2019, 11, 20))
        seat = open_session.desk
        states = seat.workspace.read(books.ROUND_STATES, seat.period)
        assert [(s.unit, s.stage) for s in states] == [(UNIT, RoundStage.SUBMITTED)]

    def test_a_file_can_be_left_out_and_others_added(
        self, receiving: Receiving, forms: Path
    ) -> None:
        first, other = (forms / f"phieu-tu-cham-{u}.xlsx" for u in ("bien-phong", "cong-an"))
        receiving.look_at([first], nothing)
        receiving.look_at([other, first], nothing)
        assert [row.name for row in receiving.rows()] == [first.name, other.name]
        receiving.leave_out(first, nothing)
        assert [row.name for row in receiving.rows()] == [other.name]
        receiving.leave_out(other, nothing)
        assert receiving.look is None

    def test_two_different_forms_of_a_unit_wait_for_the_officer(
        self, open_session: Session, sending: Sending, receiving: Receiving, forms: Path
    ) -> None:
        kept = forms.parent / "cu.xlsx"
        shutil.copy(forms / "phieu-tu-cham-bien-phong.xlsx", kept)
        open_session.act(lambda desk: clear_scores(desk, [(UNIT, "I.1.1", "self")]))
        sending.write(nothing, overwrite=True)
        receiving.look_at([forms / "phieu-tu-cham-bien-phong.xlsx", kept], nothing)
        assert {row.state for row in receiving.rows()} == {"Chưa nhận được"}
        receiving.leave_out(forms / "phieu-tu-cham-bien-phong.xlsx", nothing)
        assert receiving.ready == 1

    def test_a_broken_file_is_told_and_the_rest_comes_in(
        self, open_session: Session, receiving: Receiving, forms: Path
    ) -> None:
        open_session.act(lambda desk: clear_scores(desk, [(UNIT, "I.1.1", "self")]))
        (forms / "phieu-tu-cham-cong-an.xlsx").write_bytes(b"khong phai bang tinh")
        receiving.look_at([forms], nothing)
        states = {row.name: row.state for row in receiving.rows()}
        assert states["phieu-tu-cham-cong-an.xlsx"] == "Chưa nhận được"
        assert receiving.ready == 1
        assert "1 chưa nhận được" in receiving.sentence()
        assert receiving.missing() == "Chưa có phiếu của 1 đơn vị: Công an tỉnh."

    def test_a_stopped_look_changes_nothing(self, open_session: Session, forms: Path) -> None:
        stopped = Receiving(open_session, Stopping())
        stopped.look_at([forms], nothing)
        assert stopped.look is None
        assert stopped.paths == ()

    def test_a_file_of_facts_tells_what_it_changes_first(
        self, open_session: Session, receiving: Receiving, tmp_path: Path
    ) -> None:
        file = write_facts(open_session.desk, tmp_path / "nam.toml")
        open_session.act(lambda desk: clear_scores(desk, [(UNIT, "I.1.1", "self")]))
        found: list[tuple[str, ...]] = []
        receiving.look_at_other(file, lambda looked: found.append(looked.consequences))
        assert len(found[0]) == 1
        assert found[0][0].startswith("nhập điểm I.1.1 của")
        receiving.take_in_other(file, nothing)
        receiving.look_at_other(file, lambda looked: found.append(looked.consequences))
        assert found[1] == ()

    def test_on_a_read_only_medium_forms_go_out_but_none_comes_in(
        self,
        session: Session,
        sample_folder: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("app.persistence.opening.taken_lock", lambda *_given: None)
        session.open(sample_folder)
        assert Receiving(session, AtOnce()).refusal.startswith("Sổ chỉ đọc")
        sending = Sending(session, AtOnce())
        sending.choose_folder(tmp_path / "ra")
        sending.write(nothing)
        assert len(list((tmp_path / "ra").iterdir())) == 8

    def test_without_a_year_nothing_can_be_taken_in(self, session: Session) -> None:
        assert Receiving(session, AtOnce()).refusal
        assert Sending(session, AtOnce()).rows() == ()
        assert HandingOut(session, AtOnce()).refusal


class TestHandingOut:
    def test_writes_the_chosen_papers(self, open_session: Session, tmp_path: Path) -> None:
        handing_out = HandingOut(open_session, AtOnce())
        handing_out.choose(Paper.FACTS, True)
        handing_out.choose(Paper.RANKING_PDF, False)
        handing_out.write(tmp_path / "ra", nothing)
        names = sorted(file.name for file in (tmp_path / "ra").iterdir())
        assert names[0] == "du-kien-2019.toml"
        assert [name for name in names if name.endswith(".xlsx")] == names[1:]
        assert handing_out.told == f"Đã ghi {len(names)} tệp vào thư mục ra."

    def test_a_second_time_asks_first(self, open_session: Session, tmp_path: Path) -> None:
        handing_out = HandingOut(open_session, AtOnce())
        handing_out.write(tmp_path, nothing)
        faults: list[Exception] = []
        handing_out.write(tmp_path, nothing, faults.append)
        assert only_stands_in_the_way(faults[0])
        assert not only_stands_in_the_way(UserError([]))
        handing_out.write(tmp_path, nothing, faults.append, overwrite=True)
        assert len(faults) == 1

    def test_nothing_chosen_is_said(self, open_session: Session) -> None:
        handing_out = HandingOut(open_session, AtOnce())
        for paper in Paper:
            handing_out.choose(paper, False)
        assert handing_out.sentence() == "Chưa chọn loại văn bản nào để xuất."
