"""What the page of the papers knows, without Qt."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.papers import Wording
from app.domain.snapshot import Cluster, Unit
from app.ground.findings import UserError
from app.operations.workspace.desk import Desk
from app.operations.workspace.members import add_clusters, add_units
from app.operations.workspace_lifecycle import create_workspace
from app.reports.papers.paper import Part
from tests.ui.pages.health.world import two_years
from tests.ui.worlds import NAME, _new
from ui.pages.papers.facts import CheckFacts, Reason, Shown, Standing, WordingFacts
from ui.pages.papers.presenter import PapersPresenter
from ui.pages.papers.standing import together
from ui.pages.papers.writing import ALTERED, Written, check, chosen_forms, write
from ui.places import PageId
from ui.runner import AtOnce, Cancelled, Progress, Result, Runner
from ui.session import Session
from ui.theme.tokens import Tone

PROPOSAL = "to_trinh_khen_thuong"
SHEET = "phieu_tu_cham"
UNIT = "tu_phap"


class Reading(AtOnce):
    """Does only the quiet work: what each paper comes to is not looked at."""

    def run(
        self,
        title: str,
        work: Callable[[Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        if quiet:
            super().run(title, work, done, failed, quiet=quiet)


def gathered(session: Session, runner: Runner | None = None) -> PapersPresenter:
    made = PapersPresenter(session, runner or AtOnce(), lambda: None)
    made.gather()
    return made


@pytest.fixture(scope="module")
def seen(
    sample_workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PapersPresenter]:
    """All papers of the sample's year as they were found; nothing is changed."""
    session = Session(AtOnce())
    folder = tmp_path_factory.mktemp("van-ban") / "so"
    session.open(Path(shutil.copytree(sample_workspace, folder)))
    yield gathered(session)
    session.close()


@pytest.fixture
def presenter(open_session: Session) -> PapersPresenter:
    """The papers, of which nobody has looked yet how far they are."""
    return gathered(open_session, Reading())


def shown(
    presenter: PapersPresenter, key: tuple[str, str], wording: Wording | None = None
) -> Shown:
    found: list[Shown] = []
    presenter.preview(key, wording, found.append, lambda fault: pytest.fail(str(fault)))
    return found[0]


def facts(presenter: PapersPresenter, paper: str) -> WordingFacts:
    found: list[WordingFacts] = []
    presenter.wording(paper, found.append)
    return found[0]


class TestTheList:
    def test_the_papers_stand_in_the_order_of_the_year(self, seen: PapersPresenter) -> None:
        parts = [row.part for row in seen.rows()]
        assert parts == sorted(parts, key=list(Part).index)
        assert parts[0] is Part.START

    def test_a_paper_of_every_unit_is_one_line_with_their_number(
        self, seen: PapersPresenter
    ) -> None:
        rows = {row.id: row for row in seen.rows()}
        assert rows[SHEET].whom == "8 đơn vị"
        assert len(rows[SHEET].keys) == 8
        assert rows[PROPOSAL].keys == ((PROPOSAL, ""),)

    def test_it_is_found_without_accents_by_title_unit_and_part(
        self, seen: PapersPresenter
    ) -> None:
        assert [row.id for row in seen.rows("to trinh de nghi khen")] == [PROPOSAL]
        by_unit = {row.id for row in seen.rows("so tu phap")}
        assert SHEET in by_unit
        assert PROPOSAL not in by_unit
        assert {row.part for row in seen.rows(part=Part.TURN.value)} == {Part.TURN}
        assert seen.rows("khong co gi nhu the") == ()

    def test_one_unit_has_only_its_own_papers(self, seen: PapersPresenter) -> None:
        rows = seen.rows(unit=UNIT)
        assert rows
        assert {key[1] for row in rows for key in row.keys} == {UNIT}
        assert {row.whom for row in rows} == {seen.session.units[UNIT].name}

    def test_the_sentence_counts_every_paper_once(self, seen: PapersPresenter) -> None:
        keys = [key for row in seen.rows() for key in row.keys]
        count = seen.count(keys)
        assert seen.sentence().startswith(f"{count.drafts} dự thảo · ")
        assert seen.sentence().endswith(f" · tất cả {len(keys)} văn bản")
        assert 0 < count.drafts < len(keys)

    def test_several_papers_of_a_kind_have_one_state(self) -> None:
        draft = Standing("Dự thảo", Tone.WAITING, (Reason("Chưa chốt."),))
        blank = Standing("Còn 2 chỗ để trống", Tone.INFO, (), ("Số", "Ngày"))
        ready = Standing("Sẵn sàng in", Tone.GOOD)
        assert together([draft, blank, ready])[:2] == ("Dự thảo 1/3", Tone.WAITING)
        assert together([draft, draft])[0] == "Dự thảo"
        assert together([blank, ready])[:2] == ("Còn trống 1/2", Tone.INFO)
        assert together([blank, blank])[0] == "Còn 2 chỗ để trống"
        assert together([ready, ready])[:2] == ("Sẵn sàng in", Tone.GOOD)

    def test_before_they_are_made_no_state_is_claimed(self, open_session: Session) -> None:
        made = gathered(open_session, Reading())
        assert {row.state for row in made.rows()} == {"Chưa xem"}
        assert "chưa xem xong" in made.sentence()


class TestWhyADraft:
    def test_each_reason_leads_to_the_page_that_mends_it(self, seen: PapersPresenter) -> None:
        """The sample: all is scored, the round of the agreement not sealed, nothing proposed."""
        reasons = {r.words: r for r in seen.standing((PROPOSAL, "")).reasons}
        (sealed,) = [r for words, r in reasons.items() if "chưa chốt" in words]
        (proposed,) = [r for words, r in reasons.items() if "Chưa lập đề nghị" in words]
        assert sealed.place is not None
        assert sealed.place.page is PageId.SCORES
        assert proposed.place is not None
        assert proposed.place.page is PageId.AWARDS

    def test_a_provisional_result_leads_to_the_ranking(
        self, session: Session, tmp_path: Path
    ) -> None:
        """A unit that came after all were scored has no scores yet."""
        session.adopt(two_years(tmp_path, years=("2026",)), NAME)
        (cluster,) = session.desk.clusters
        session.act(lambda desk: add_units(desk, [Unit("d", "Sở D", cluster)]))
        found = shown(gathered(session, Reading()), (PROPOSAL, "")).standing
        (why,) = [r for r in found.reasons if "chưa chấm" in r.words and "Sở D" in r.words]
        assert why.place is not None
        assert why.place.page is PageId.RANKING

    def test_a_wrong_place_leads_to_the_wording(self, presenter: PapersPresenter) -> None:
        kept = facts(presenter, PROPOSAL).wording
        found = shown(presenter, (PROPOSAL, ""), replace(kept, body="«tên cúm»"))
        (reason,) = [r for r in found.standing.reasons if "«tên cúm»" in r.words]
        assert (reason.place, reason.verb) == (None, "Sửa lời văn")
        assert found.findings[0].code == "paper_place_unknown"


class TestFillingIn:
    def test_what_is_filled_in_is_kept_and_leaves_no_blank(
        self, presenter: PapersPresenter
    ) -> None:
        key = (PROPOSAL, "")
        assert [field.words for field in presenter.fields(key)] == [
            "Số văn bản",
            "Ngày ký văn bản",
        ]
        typed = {"số văn bản": " 5 ", "ngày văn bản": dt.date(2019, 12, 20)}
        assert presenter.fill(key, typed) is not None
        presenter.gather()
        assert [field.value for field in presenter.fields(key)] == ["5", "20/12/2019"]
        assert shown(presenter, key).standing.blanks == ()

    def test_the_same_again_is_no_act(self, presenter: PapersPresenter) -> None:
        key = (PROPOSAL, "")
        presenter.fill(key, {"số văn bản": "5"})
        presenter.gather()
        assert presenter.fill(key, {"số văn bản": "5", "ngày văn bản": None}) is None

    def test_each_unit_has_its_own_answer(self, presenter: PapersPresenter) -> None:
        presenter.fill((SHEET, UNIT), {"số văn bản": "7"})
        presenter.gather()
        others = [k for row in presenter.rows() if row.id == SHEET for k in row.keys]
        values = {key[1]: presenter.fields(key)[0].value for key in others}
        assert values.pop(UNIT) == "7"
        assert set(values.values()) == {""}

    def test_filling_in_does_not_work_the_result_out_again(
        self, presenter: PapersPresenter
    ) -> None:
        before = presenter.session.result
        presenter.fill((PROPOSAL, ""), {"số văn bản": "5"})
        assert presenter.session.result is before

    def test_undo_takes_it_back(self, presenter: PapersPresenter) -> None:
        presenter.fill((PROPOSAL, ""), {"số văn bản": "5"})
        presenter.session.undo()
        presenter.gather()
        assert presenter.fields((PROPOSAL, ""))[0].value == ""


class TestWording:
    def test_the_places_in_use_come_first_with_what_they_give(
        self, presenter: PapersPresenter
    ) -> None:
        found = facts(presenter, PROPOSAL)
        assert found.shipped
        names = [place.name for place in found.places]
        gives = {place.name: place for place in found.places}
        assert gives["kỳ thi đua"].gives == "năm 2019"
        assert gives["bảng xếp hạng"].alone
        used = names.index("bảng xếp hạng")
        unused = next(n for n in names if f"«{n}»" not in _text(found.wording).lower())
        assert used < names.index(unused)

    def test_a_wording_is_used_and_given_back(self, presenter: PapersPresenter) -> None:
        kept = facts(presenter, PROPOSAL).wording
        own = replace(kept, body=kept.body + "\n\nCảm ơn «tên cụm».")
        presenter.unused[PROPOSAL] = own
        presenter.use_wording(own)
        presenter.gather()
        assert facts(presenter, PROPOSAL).wording == own
        assert not facts(presenter, PROPOSAL).shipped
        assert presenter.unused == {}
        presenter.restore_wording(PROPOSAL)
        presenter.gather()
        assert facts(presenter, PROPOSAL).wording == kept

    def test_what_is_tried_out_is_not_kept(self, presenter: PapersPresenter) -> None:
        kept = facts(presenter, PROPOSAL).wording
        tried = shown(presenter, (PROPOSAL, ""), replace(kept, body="Chỉ một câu."))
        assert tried.pdf.startswith(b"%PDF-")
        assert len(tried.pdf) < len(shown(presenter, (PROPOSAL, "")).pdf)
        assert facts(presenter, PROPOSAL).shipped


def _text(wording: Wording) -> str:
    return "\n".join((wording.subject, wording.addressees, wording.body, wording.recipients))


class TestTheIssuer:
    def test_lines_are_kept_as_lines_and_appear_in_the_paper(
        self, presenter: PapersPresenter
    ) -> None:
        presenter.keep_issuer(
            {"superior": "UBND tỉnh Cao Bằng", "name": "Sở Tư pháp\nVăn phòng", "short": "STP"}
        )
        assert presenter.issuer.name == ("Sở Tư pháp", "Văn phòng")
        assert presenter.issuer.short == "STP"

    def test_what_is_emptied_goes(self, presenter: PapersPresenter) -> None:
        presenter.keep_issuer({"signer": "Trần Bình"})
        presenter.keep_issuer({"signer": ""})
        assert presenter.issuer.signer == ""


class TestWriting:
    def test_papers_are_written_in_the_chosen_forms_and_nothing_is_written_over(
        self, presenter: PapersPresenter, tmp_path: Path
    ) -> None:
        told: list[Written] = []
        key = (PROPOSAL, "")
        write(AtOnce(), presenter.source(), [key], tmp_path, ("pdf", "docx"), told.append)
        write(AtOnce(), presenter.source(), [key], tmp_path, ("pdf",), told.append)
        names = sorted(file.name for file in tmp_path.iterdir() if file.is_file())
        assert [name for name in names if name.endswith(".docx")] == ["to-trinh-khen-thuong.docx"]
        assert "to-trinh-khen-thuong (2).pdf" in names
        assert "“to-trinh-khen-thuong (2).pdf”" in told[1].sentence

    def test_a_paper_that_cannot_be_drawn_does_not_stop_the_others(
        self, presenter: PapersPresenter, tmp_path: Path
    ) -> None:
        kept = facts(presenter, PROPOSAL).wording
        presenter.use_wording(replace(kept, body="Lá cờ \U0001f3f3 và chữ lạ."))
        told: list[Written] = []
        keys = [(PROPOSAL, ""), (SHEET, UNIT)]
        presenter.gather()
        write(AtOnce(), presenter.source(), keys, tmp_path, ("pdf",), told.append)
        assert [file.name for file in told[0].files] == ["phieu-tu-cham-so-tu-phap.pdf"]
        assert told[0].findings

    def test_cancelled_leaves_nothing_behind(
        self, presenter: PapersPresenter, tmp_path: Path
    ) -> None:
        class Stopped(AtOnce):
            """The officer stops after the first paper."""

            def run(
                self,
                title: str,
                work: Callable[[Progress], Result],
                done: Callable[[Result], None],
                failed: Callable[[Exception], None] | None = None,
                *,
                quiet: bool = False,
            ) -> None:
                progress = Progress(lambda share, _text: stop(share))

                def stop(share: float | None) -> None:
                    progress.cancelled = bool(share)

                with pytest.raises(Cancelled):
                    work(progress)

        told: list[Written] = []
        target = tmp_path / "in"
        target.mkdir()
        keys = [(SHEET, unit) for unit in presenter.session.units]
        write(Stopped(), presenter.source(), keys, target, ("pdf",), told.append)
        assert list(target.iterdir()) == []
        assert told == []

    def test_without_a_choice_it_is_pdf_and_nonsense_is_no_choice(self) -> None:
        assert chosen_forms("") == ("pdf",)
        assert chosen_forms("mp3") == ("pdf",)
        assert chosen_forms("xlsx docx") == ("docx", "xlsx")


class TestWhatCameBack:
    @pytest.fixture
    def printed(self, presenter: PapersPresenter, tmp_path: Path) -> Path:
        told: list[Written] = []
        write(AtOnce(), presenter.source(), [(PROPOSAL, "")], tmp_path, ("pdf",), told.append)
        return told[0].files[0]

    def checked(self, presenter: PapersPresenter, file: Path) -> CheckFacts:
        found: list[CheckFacts] = []
        check(presenter.session, AtOnce(), file, found.append)
        return found[0]

    def test_a_paper_of_today_is_the_present_one(
        self, presenter: PapersPresenter, printed: Path
    ) -> None:
        found = self.checked(presenter, printed)
        assert (found.verdict, found.tone) == (
            "Văn bản đúng với số liệu hiện nay của sổ.",
            Tone.GOOD,
        )
        assert "Văn bản chưa có chữ ký số." in found.lines

    def test_after_a_change_it_is_of_an_older_state(
        self, presenter: PapersPresenter, printed: Path
    ) -> None:
        presenter.fill((PROPOSAL, ""), {"số văn bản": "9"})
        found = self.checked(presenter, printed)
        assert found.verdict.startswith("Văn bản cho thấy trạng thái cũ của sổ")
        assert found.tone is Tone.WAITING

    def test_a_file_that_is_no_pdf_is_refused_in_a_sentence(
        self, presenter: PapersPresenter, tmp_path: Path
    ) -> None:
        file = tmp_path / "gia.pdf"
        file.write_bytes(b"khong phai pdf")
        with pytest.raises(UserError):
            self.checked(presenter, file)

    def test_a_paper_whose_words_were_changed_is_not_held_against_the_book(
        self, presenter: PapersPresenter, printed: Path
    ) -> None:
        import pikepdf

        with pikepdf.open(printed, allow_overwriting_input=True) as pdf:
            del pdf.pages[-1]
            pdf.save(printed)
        found = self.checked(presenter, printed)
        assert (found.verdict, found.tone) == (ALTERED, Tone.ERROR)


class TestHostileYears:
    @pytest.fixture
    def bare(self, session: Session, tmp_path: Path) -> Desk:
        workspace, desk = _new(tmp_path / "so", "2026")
        session.adopt(workspace)
        return desk

    def test_a_year_without_clusters_has_no_papers(self, session: Session, bare: Desk) -> None:
        found = gathered(session)
        assert (found.data, found.rows(), found.refusal) == (None, (), ())
        assert found.sentence() == "Chưa lập được văn bản nào."

    def test_a_year_without_a_table_says_why(self, session: Session, bare: Desk) -> None:
        session.act(lambda desk: add_clusters(desk, [Cluster("k1", "Cụm số 1")]))
        found = gathered(session)
        assert found.data is None
        assert found.refusal

    def test_a_workspace_without_a_year_has_no_papers(
        self, session: Session, tmp_path: Path
    ) -> None:
        session.adopt(create_workspace(tmp_path / "trong", NAME))
        assert gathered(session).rows() == ()

    def test_a_read_only_medium_prints_and_keeps_nothing(
        self,
        session: Session,
        sample_folder: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        session.open(sample_folder)
        monkeypatch.setattr(session.workspace, "read_only", True)
        found = gathered(session, Reading())
        assert not found.may_write
        told: list[Written] = []
        write(AtOnce(), found.source(), [(PROPOSAL, "")], tmp_path, ("pdf",), told.append)
        assert len(told[0].files) == 1
