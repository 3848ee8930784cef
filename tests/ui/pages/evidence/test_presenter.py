"""What the page of evidence knows and does, without the window."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.domain.year import Evidence
from app.ground.findings import UserError
from app.operations.workspace.evidence import CellName
from app.operations.workspace.evidence_board import Backing
from app.operations.workspace.rounds import submit_round
from ui.pages.evidence.columns import mark
from ui.pages.evidence.presenter import MISSING, EvidencePresenter
from ui.runner import AtOnce
from ui.session import Session

UNIT, OTHER = "bien_phong", "cong_an"
ORDER = Evidence("", "125/QĐ-UBND", dt.date(2019, 5, 6), "UBND tỉnh", "Khen thưởng", "Điều 1")


def nothing() -> None:
    """What comes after does not matter."""


@pytest.fixture
def presenter(open_session: Session) -> EvidencePresenter:
    made = EvidencePresenter(open_session, AtOnce())
    made.load(nothing)
    return made


def here(unit: str = UNIT, criterion: str = "I.1.1") -> CellName:
    return CellName(unit, criterion, "self")


def cite(presenter: EvidencePresenter, document: Evidence, *cells: CellName) -> None:
    presenter.cite(document, cells, None)
    presenter.load(nothing)


class TestTheMatrix:
    def test_has_every_unit_and_tells_how_many_cells_lack(
        self, presenter: EvidencePresenter
    ) -> None:
        assert [unit for unit, _ in presenter.units()][:2] == [UNIT, OTHER]
        assert presenter.rows()[0].code == "I.1.1"
        assert presenter.sentence().startswith("Chưa ghi tài liệu nào · ")

    def test_a_declared_document_that_is_not_cited_is_missing(
        self, presenter: EvidencePresenter
    ) -> None:
        view = presenter.cell(UNIT, "I.1.1")
        assert (view.state, mark(view.cell)) == ("Thiếu", "Thiếu 0/2"), "the sample declares 2"
        assert "khai 2 tài liệu" in view.words
        cite(presenter, ORDER, here())
        assert mark(presenter.cell(UNIT, "I.1.1").cell) == "Thiếu 1/2"
        cite(presenter, Evidence("", "126/QĐ-UBND", ORDER.date, "UBND tỉnh"), here())
        assert presenter.cell(UNIT, "I.1.1").cell.backing in {Backing.GIVEN, Backing.CHECKED}

    def test_is_found_in_without_accents(self, presenter: EvidencePresenter) -> None:
        presenter.words = "tuan tra"
        assert [row.code for row in presenter.rows()] == ["I.1.2"]
        presenter.words = "khong co chu nay"
        assert presenter.rows() == ()

    def test_can_show_one_unit_and_only_what_lacks(self, presenter: EvidencePresenter) -> None:
        every = len(presenter.rows())
        presenter.unit, presenter.shown = UNIT, MISSING
        assert [unit for unit, _ in presenter.units()] == [UNIT]
        board = presenter.board
        assert board is not None
        rows = presenter.rows()
        assert 0 < len(rows) < every
        assert {board.cell(UNIT, row.code).backing for row in rows} == {Backing.MISSING}

    def test_says_where_the_table_asks_for_no_evidence(
        self, session: Session, real_folder: Path
    ) -> None:
        session.open(real_folder)
        presenter = EvidencePresenter(session, AtOnce())
        presenter.load(nothing)
        assert presenter.sentence() == (
            "Chưa ghi tài liệu nào · bảng tiêu chí không yêu cầu minh chứng ở tiêu chí nào."
        )
        assert len(presenter.rows()) == 176

    def test_on_a_read_only_medium_is_only_looked_at(
        self, session: Session, sample_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.persistence.opening.taken_lock", lambda *_given: None)
        session.open(sample_folder)
        presenter = EvidencePresenter(session, AtOnce())
        presenter.load(nothing)
        assert not presenter.may_write
        assert presenter.sentence().endswith("Sổ đang chỉ đọc nên chỉ xem được.")
        with pytest.raises(UserError):
            presenter.cite(ORDER, [here()], None)

    def test_without_a_table_says_so(self, session: Session) -> None:
        presenter = EvidencePresenter(session, AtOnce())
        presenter.load(nothing)
        assert presenter.rows() == ()
        assert presenter.documents() == ()


class TestDocuments:
    def test_doubts_stand_at_the_document_and_at_its_cells(
        self, presenter: EvidencePresenter
    ) -> None:
        old = Evidence("", "9/BC", dt.date(2018, 5, 6), "Bộ Chỉ huy")
        cite(presenter, old, here(), here(OTHER))
        (row,) = presenter.documents()
        assert {f.code for f in row.findings} == {"evidence_outside_year", "evidence_two_units"}
        assert row.used == "2 ô của 2 đơn vị"
        assert set(presenter.cell(OTHER, "I.1.1").cell.findings) == set(row.findings)

    def test_are_linked_and_taken_from_cells(self, presenter: EvidencePresenter) -> None:
        cite(presenter, ORDER, here())
        (row,) = presenter.documents()
        presenter.link(row.id, [here(UNIT, "I.1.2"), here(UNIT, "I.1.3")])
        presenter.load(nothing)
        assert [link.cell.criterion for link in presenter.links(row.id)] == [
            "I.1.1", "I.1.2", "I.1.3",
        ]  # fmt: skip
        presenter.unlink_place(row.id, presenter.cell(UNIT, "I.1.2").cell)
        presenter.load(nothing)
        assert [link.cell.criterion for link in presenter.links(row.id)] == ["I.1.1", "I.1.3"]
        presenter.remove(row.id)
        presenter.load(nothing)
        assert presenter.documents() == ()

    def test_keep_a_file_and_give_it_back(
        self, presenter: EvidencePresenter, tmp_path: Path
    ) -> None:
        file = tmp_path / "quyết định.pdf"
        file.write_bytes(b"%PDF-1.4 noi dung")
        presenter.cite(ORDER, [here()], file)
        presenter.load(nothing)
        (row,) = presenter.documents()
        assert row.file == "quyết định.pdf"
        file.unlink()
        assert presenter.content(row.document) == b"%PDF-1.4 noi dung"

    def test_a_kept_file_that_was_altered_is_not_shown(
        self, open_session: Session, presenter: EvidencePresenter, tmp_path: Path
    ) -> None:
        file = tmp_path / "a.pdf"
        file.write_bytes(b"%PDF-1.4")
        presenter.cite(ORDER, [here()], file)
        presenter.load(nothing)
        (row,) = presenter.documents()
        assert open_session.workspace is not None
        assert row.document.sha256 is not None
        (kept,) = (open_session.workspace.folder / "evidence").rglob(row.document.sha256)
        kept.chmod(0o644)
        kept.write_bytes(b"%PDF-1.5")
        with pytest.raises(UserError):
            presenter.content(row.document)

    def test_are_corrected_with_a_new_file_at_once(
        self, presenter: EvidencePresenter, tmp_path: Path
    ) -> None:
        cite(presenter, ORDER, here())
        (row,) = presenter.documents()
        file = tmp_path / "b.png"
        file.write_bytes(b"\x89PNG")
        presenter.change(Evidence(row.id, "127/QĐ-UBND", ORDER.date), file)
        presenter.load(nothing)
        (row,) = presenter.documents()
        assert (row.document.number, row.file) == ("127/QĐ-UBND", "b.png")

    def test_of_a_handed_in_round_are_refused_with_the_reason(
        self, open_session: Session, presenter: EvidencePresenter
    ) -> None:
        submit_round(open_session.desk, "self", None, dt.date(2019, 11, 20))
        with pytest.raises(UserError) as fault:
            presenter.cite(ORDER, [here()], None)
        assert fault.value.findings[0].code == "round_submitted"
        presenter.choose_round("cluster")
        assert presenter.name(presenter.cell(UNIT, "I.1.1").cell).round == "cluster"


class TestSuggestions:
    def test_come_from_earlier_documents(self, presenter: EvidencePresenter) -> None:
        assert presenter.issuers() == ()
        cite(presenter, ORDER, here())
        cite(presenter, Evidence("", "9/BC-BCH", None, "Bộ Chỉ huy"), here(OTHER))
        cite(presenter, Evidence("", "7/QĐ-UBND", None, "UBND tỉnh"), here(OTHER, "I.1.2"))
        assert presenter.issuers() == ("UBND tỉnh", "Bộ Chỉ huy")
        assert presenter.numbers(" 31 ") == ("31/QĐ-UBND", "31/BC-BCH")
        assert presenter.numbers("31/Q") == ()

    def test_the_same_paper_is_recognised(self, presenter: EvidencePresenter) -> None:
        cite(presenter, ORDER, here())
        again = Evidence("", "125/qđ-ubnd", ORDER.date, "ubnd tỉnh", "khác")
        found = presenter.known(again)
        assert found is not None
        assert found.document.number == "125/QĐ-UBND"
        assert presenter.known(Evidence("", "125/QĐ-UBND", dt.date(2019, 1, 1))) is None
        assert presenter.known(Evidence("")) is None
