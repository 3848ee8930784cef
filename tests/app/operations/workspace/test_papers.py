"""The papers of a year: who issues them, what is filled in, the officer's wording, the files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.papers import Issuer
from app.ground.findings import UserError
from app.operations.workspace.desk import Desk
from app.operations.workspace.paper_data import issuer_from, issuer_of, paper_data, set_issuer
from app.operations.workspace.paper_desk import one_paper, paper_lines, write_papers
from app.operations.workspace.paper_words import (
    fill_in,
    read_wording,
    restore_wording,
    reword,
    wording_view,
)
from app.reports import text
from app.reports.papers.data import PaperData

PAPER = "to_trinh_khen_thuong"


@pytest.fixture
def year(handed_in: Desk) -> Desk:
    """The year with self-scores handed in, nothing sealed yet."""
    return handed_in


def data_of(desk: Desk) -> PaperData:
    return paper_data(desk, "k1")


def printed(desk: Desk) -> str:
    return text.render(one_paper(data_of(desk), PAPER).made.document)


class TestTheIssuer:
    def test_is_asked_for_once_and_stands_on_every_paper(self, year: Desk) -> None:
        issuer = Issuer(
            superior=("UBND tỉnh Mẫu",),
            name=("Sở Một", "Văn phòng"),
            short="S1",
            place="Thị xã Mẫu",
            authority=("KT. Giám đốc", "Phó Giám đốc"),
            signer="Trần Thị Bình",
        )
        set_issuer(year.workspace, year.actor, issuer)
        assert issuer_of(year.workspace) == issuer
        lines = printed(year).splitlines()
        assert lines[:3] == ["UBND TỈNH MẪU", "SỞ MỘT", "VĂN PHÒNG"]
        assert "Thị xã Mẫu, ngày … tháng … năm …" in lines
        assert "Trần Thị Bình" in lines
        assert next(line for line in lines if line.startswith("Số:")).endswith("/TTr-S1")

    def test_is_typed_field_by_field_and_undone(self, year: Desk) -> None:
        typed = {"name": "Sở Một | Văn phòng", "place": "Cao Bằng"}
        set_issuer(year.workspace, year.actor, issuer_from(year.workspace, typed))
        again = issuer_from(year.workspace, {"place": "Bắc Kạn"})
        assert (again.name, again.place) == (("Sở Một", "Văn phòng"), "Bắc Kạn")
        assert year.workspace.undo(year.actor) is not None
        assert issuer_of(year.workspace) == Issuer()

    def test_a_field_or_heading_that_there_is_not_is_told_with_all_others(self, year: Desk) -> None:
        with pytest.raises(UserError) as told:
            issuer_from(year.workspace, {"nam": "x", "heading": "vua"})
        codes = [finding.code for finding in told.value.findings]
        assert codes == ["issuer_field_unknown", "issuer_heading_unknown"]

    def test_a_party_agency_has_its_own_heading(self, year: Desk) -> None:
        party = Issuer(name=("Ban Tổ chức",), heading="party")
        told = set_issuer(year.workspace, year.actor, party).findings
        assert [finding.code for finding in told] == ["issuer_heading_unchecked"]
        lines = printed(year).splitlines()
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in lines
        assert "Độc lập - Tự do - Hạnh phúc" not in lines
        assert "*" in lines


class TestWhatIsFilledIn:
    def test_number_and_day_stand_in_the_head_and_are_asked_no_more(self, year: Desk) -> None:
        before = one_paper(data_of(year), PAPER).made.blanks
        fill_in(year, PAPER, {"số văn bản": "5", "ngày văn bản": "05/01/2027"})
        assert "Số: 05/TTr" in printed(year)
        assert "ngày 05 tháng 01 năm 2027" in printed(year)
        after = one_paper(data_of(year), PAPER).made.blanks
        assert {ask.name for ask in before} - {ask.name for ask in after} == {
            "số văn bản",
            "ngày văn bản",
        }

    def test_an_empty_answer_takes_the_old_one_out(self, year: Desk) -> None:
        fill_in(year, PAPER, {"số văn bản": "5"})
        assert fill_in(year, PAPER, {"số văn bản": " "}).changed == 1
        assert "Số: 05" not in printed(year)

    def test_every_fault_is_told_and_nothing_kept(self, year: Desk) -> None:
        wrong = {"số": "5", "ngày văn bản": "31/02/2027", "số văn bản": "9" * 30_000}
        with pytest.raises(UserError) as told:
            fill_in(year, PAPER, wrong)
        assert [finding.code for finding in told.value.findings] == [
            "paper_answer_unknown",
            "paper_answer_day",
            "paper_answer_long",
        ]
        assert "Số: 9" not in printed(year)

    def test_a_paper_that_is_not_there_names_the_nearest(self, year: Desk) -> None:
        with pytest.raises(UserError) as told:
            fill_in(year, "to_trinh_khen_thuon", {})
        assert PAPER in told.value.findings[0].remedy


class TestTheWording:
    def test_is_changed_shown_beside_its_places_and_returned_to(self, year: Desk) -> None:
        data = data_of(year)
        shipped = wording_view(data, PAPER)
        assert shipped.shipped
        assert {"tên cụm", "danh sách đề nghị"} <= set(shipped.places)
        own = replace(shipped.wording, body="Kính trình «tên cụm», năm «NĂM»./.")
        assert not reword(year, own, data).findings
        assert "Kính trình Cụm 1, năm 2026./." in printed(year)
        assert not wording_view(data_of(year), PAPER).shipped
        restore_wording(year, PAPER)
        assert wording_view(data_of(year), PAPER).shipped

    def test_an_unknown_place_is_a_finding_and_the_paper_stays_a_draft(self, year: Desk) -> None:
        own = replace(wording_view(data_of(year), PAPER).wording, body="Gửi «tên cum».")
        told = reword(year, own, data_of(year)).findings
        assert [finding.code for finding in told] == ["paper_place_unknown"]
        draft = one_paper(data_of(year), PAPER).made.document.draft
        assert draft is not None
        assert any("«tên cum»" in reason for reason in draft.reasons)

    def test_what_is_as_shipped_is_not_kept(self, year: Desk) -> None:
        assert reword(year, wording_view(data_of(year), PAPER).wording, data_of(year)).changed == 0

    def test_comes_out_of_a_text_file(self, year: Desk, tmp_path: Path) -> None:
        file = tmp_path / "loi.txt"
        file.write_text("\ufeffKính gửi «cụm».", encoding="utf-8")
        assert read_wording(data_of(year), PAPER, file).body == "Kính gửi «cụm»."
        file.write_bytes("Kính gửi".encode("utf-16"))
        with pytest.raises(UserError):
            read_wording(data_of(year), PAPER, file)


class TestFiles:
    def test_what_is_not_sealed_or_proposed_is_a_draft_that_says_so(self, year: Desk) -> None:
        draft = one_paper(data_of(year), PAPER).made.document.draft
        assert draft is not None
        assert "Chưa lập đề nghị." in draft.reasons
        assert any("chưa chốt" in reason for reason in draft.reasons)

    def test_all_papers_are_made_in_order_with_progress(self, year: Desk, tmp_path: Path) -> None:
        heard: list[float] = []
        lines = list(paper_lines(data_of(year)))
        written = write_papers(
            lines, tmp_path / "vb", ["txt"], lambda share, _: heard.append(share)
        )
        assert len(written) == len(lines) == len(set(written))
        assert heard == sorted(heard)
        assert [file.read_text("utf-8") for file in written] == [
            text.render(line.made.document) for line in lines
        ]

    def test_the_same_data_give_the_same_bytes(self, year: Desk, tmp_path: Path) -> None:
        for folder in ("a", "b"):
            write_papers(paper_lines(data_of(year), [PAPER]), tmp_path / folder, ["pdf", "docx"])
        for file in (tmp_path / "a").iterdir():
            assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()

    def test_making_can_be_ended_between_two_papers(self, year: Desk, tmp_path: Path) -> None:
        class EndedError(Exception):
            pass

        def told(share: float, _name: str) -> None:
            if share > 0:
                raise EndedError

        lines = [one_paper(data_of(year), PAPER)] * 3
        with pytest.raises(EndedError):
            write_papers(lines, tmp_path, ["txt"], told)
        assert len(list(tmp_path.glob("*.txt"))) == 1

    def test_a_letter_that_the_typeface_lacks_is_told_with_its_paper(
        self, year: Desk, tmp_path: Path
    ) -> None:
        set_issuer(year.workspace, year.actor, Issuer(signer="Trần 漢"))
        with pytest.raises(UserError) as told:
            write_papers(paper_lines(data_of(year), [PAPER]), tmp_path, ["pdf"])
        assert told.value.findings[0].code == "letter_not_in_font"
