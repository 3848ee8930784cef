"""What the page knows and does: rows and sums, the next step, versions, questions, import."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from app.domain.year import PeriodState, TableState
from app.ground.findings import UserError
from app.operations.workspace.desk import OFFICER, change_setting
from app.operations.workspace.table_edits import (
    AddCriterion,
    NewRow,
    Retitle,
    Reweigh,
    SetMethod,
    SplitCriterion,
)
from app.operations.workspace.tables import draft_table
from app.operations.workspace.years import open_year, year_record
from app.operations.workspace_lifecycle import create_workspace
from app.persistence import books
from ui.pages.criteria.importing import Copied, ImportPresenter, attempt, rows_of_paste
from ui.pages.criteria.own import OwnPresenter
from ui.pages.criteria.presenter import CriteriaPresenter
from ui.pages.criteria.questions import QuestionPresenter, Standing
from ui.pages.criteria.table_view import RowKind, next_codes
from ui.pages.criteria.versions import FRAME, change_rows, differences, move_rows, versions_of
from ui.session import Session
from ui.theme.tokens import Tone

NAME = "Nguyễn Thị Hoa"
TEXT = "STT\tNội dung\tĐiểm\nI\tKinh tế\t60\n1\tThu\t40\n2\tChi\t20\nII\tXã hội\t40\n"


@pytest.fixture
def empty_session(session: Session, tmp_path: Path) -> Session:
    """A year with neither table nor units."""
    workspace = create_workspace(tmp_path / "so-moi", NAME)
    change_setting(workspace, NAME, OFFICER, NAME)
    open_year(workspace, NAME, year_record("2026"))
    session.adopt(workspace, NAME)
    return session


@pytest.fixture
def draft_session(empty_session: Session) -> Session:
    """A year with a draft from the frame of Cao Bằng."""
    frame = Path("cao-bang-2018-vi-du")
    empty_session.act(lambda desk: draft_table(desk, frame, "khoi", "Bảng của khối")[1])
    return empty_session


def loaded(session: Session) -> CriteriaPresenter:
    presenter = CriteriaPresenter(session)
    presenter.load()
    return presenter


class TestAYearWithoutATable:
    def test_the_first_step_is_to_make_one(self, empty_session: Session) -> None:
        presenter = loaded(empty_session)
        assert presenter.view is None
        assert presenter.sentence == "Năm này chưa có bảng tiêu chí."
        assert presenter.next_step == ("draft", "Lập bảng tiêu chí")
        assert presenter.marks == ()
        assert not presenter.may_edit

    def test_one_is_made_out_of_what_was_copied(self, empty_session: Session) -> None:
        taking = ImportPresenter(empty_session, None)
        taking.source = Copied("", TEXT)
        taking.read = taking.take()
        assert taking.summary == "Đọc được 3 tiêu chí trong 1 mục, cộng 100 điểm."
        taking.adopt("Bảng của cụm")
        presenter = loaded(empty_session)
        assert presenter.view is not None
        assert [row.code for row in presenter.view.rows][:3] == ["I", "I.1", "I.2"]


class TestADraft:
    def test_rows_tell_sums_kinds_and_ways_of_scoring(self, draft_session: Session) -> None:
        view = loaded(draft_session).view
        assert view is not None
        group, slot, leaf = view.row("II.1"), view.row("I.1"), view.row("II.1.1")
        assert group is not None
        assert slot is not None
        assert leaf is not None
        assert (group.kind, group.max, group.total, group.fits) == (
            RowKind.GROUP,
            "30",
            "30",
            True,
        )
        assert (slot.kind, slot.method) == (RowKind.SLOT, "Tự đăng ký")
        assert (leaf.above, leaf.depth, leaf.max, leaf.method) == ("II.1", 2, "8", "Cộng phần")
        assert (view.total, view.limit) == ("1000", "1000")

    def test_a_sum_that_does_not_fit_is_told_in_its_row_at_once(
        self, draft_session: Session
    ) -> None:
        presenter = loaded(draft_session)
        presenter.change(Reweigh("II.1.1", Fraction(9)))
        presenter.load()
        assert presenter.view is not None
        row = presenter.view.row("II.1")
        assert row is not None
        assert (row.total, row.fits, row.wrong) == ("31", False, True)
        assert "vượt khung 30 điểm" in row.findings[0].message
        assert row.findings[0].place == "Tiêu chí II.1"
        assert presenter.next_step[0] == "mend"
        assert "1 chỗ phải sửa" in presenter.sentence
        draft_session.undo()
        presenter.load()
        assert not presenter.view.errors

    def test_from_draft_over_opinions_to_issue_and_on_to_scoring(
        self, draft_session: Session
    ) -> None:
        presenter = loaded(draft_session)
        steps = []
        for act in (presenter.consult, presenter.issue):
            presenter.load()
            steps.append(presenter.next_step[0])
            act()
        presenter.load()
        steps.append(presenter.next_step[0])
        assert steps == ["consult", "issue", "score"]
        assert presenter.marks[0].words == "Đã ban hành"
        assert presenter.marks[0].tone is Tone.GOOD
        assert "đã ban hành nên không sửa tại chỗ" in presenter.locked
        assert not presenter.may_edit

    def test_the_detail_cites_the_clause_and_says_conditions(self, draft_session: Session) -> None:
        detail = loaded(draft_session).detail("I.2")
        assert detail is not None
        assert detail.clause is not None
        assert "1308/ĐA-UBND" in detail.clause.place or detail.clause.note
        assert any("thay bằng tiêu chí I.2tt" in words for words in detail.conditions)
        assert detail.may_split
        assert not detail.may_add

    def test_new_rows_get_the_next_codes(self, draft_session: Session) -> None:
        presenter = loaded(draft_session)
        assert presenter.view is not None
        assert next_codes(presenter.view, "II.1", 2) == ("II.1.5", "II.1.6")
        presenter.change(AddCriterion("II.1", "II.1.5", NewRow("Mới", Fraction(2))))
        presenter.load()
        row = presenter.view.row("II.1.5")
        assert row is not None
        assert row.removable

    def test_a_way_of_scoring_that_points_at_a_parameter_can_be_set(
        self, draft_session: Session
    ) -> None:
        presenter = loaded(draft_session)
        detail = presenter.detail("II.1.2")
        assert detail is not None
        assert detail.method is not None
        assert {"parameter": "A22"} in detail.method.values()
        presenter.change(SetMethod("II.1.2", {**detail.method, "nothing_below": 30}))
        presenter.load()
        changed = presenter.detail("II.1.2")
        assert changed is not None
        assert changed.method == {**detail.method, "nothing_below": 30}

    def test_a_draft_is_compared_with_its_frame(self, draft_session: Session) -> None:
        presenter = loaded(draft_session)
        presenter.change(
            Reweigh("II.1.1", Fraction(9)),
            Retitle("II.1.2", "Tên khác"),
            SetMethod("II.1.3", {"kind": "proportional", "cap": 110, "zero_base": "zero"}),
        )
        presenter.load()
        assert presenter.table is not None
        desk = draft_session.desk
        assert [token for token, _ in versions_of(desk, presenter.table)] == [FRAME, "1"]
        rows = {(r.place, r.what): (r.old, r.new) for r in differences(
            desk, presenter.table, FRAME, "1")}  # fmt: skip
        assert rows["Tiêu chí II.1.1", "điểm tối đa"] == ("8", "9")
        assert rows["Tiêu chí II.1.2", "tên"][1] == "Tên khác"
        assert rows["Tiêu chí II.1.3", "cách chấm"][1] == (
            "Tỷ lệ; khi mẫu số bằng 0: tính 0 điểm; trần 110 %"
        )


class TestALockedTable:
    def test_it_says_why_and_edits_gather_into_the_next_version(
        self, open_session: Session
    ) -> None:
        presenter = loaded(open_session)
        assert "Đã có điểm chấm" in presenter.locked
        assert not presenter.may_edit
        with pytest.raises(UserError):
            presenter.change(Reweigh("II.1.1", Fraction(7)))
        presenter.start_revision()
        before = len(open_session.desk.workspace.journal())
        presenter.change(Reweigh("II.1.1", Fraction(7)))
        presenter.change(Reweigh("II.1.2", Fraction(11)))
        presenter.load()
        assert presenter.view is not None
        row = presenter.view.row("II.1.1")
        assert row is not None
        assert row.max == "7"
        assert len(open_session.desk.workspace.journal()) == before
        assert presenter.next_step[0] == "adopt"

    def test_the_next_version_shows_what_it_moves_and_is_taken_over(
        self, open_session: Session
    ) -> None:
        presenter = loaded(open_session)
        presenter.start_revision()
        presenter.change(Reweigh("II.1.1", Fraction(7)), Reweigh("II.1.2", Fraction(11)))
        with pytest.raises(UserError):
            presenter.revision(" ")
        revision = presenter.revision("Công văn 12")
        assert presenter.table is not None
        told = change_rows(revision.changes, presenter.table.tree, revision.table.tree)
        assert [(r.place, r.old, r.new) for r in told] == [
            ("Tiêu chí II.1.1", "8", "7"),
            ("Tiêu chí II.1.2", "10", "11"),
        ]
        names = {unit.id: unit.name for unit in open_session.units.values()}
        moves = move_rows(revision.moves, names, open_session.packs)
        assert moves
        assert {move.unit for move in moves} <= set(names.values())
        presenter.adopt(revision, issued=True)
        presenter.load()
        assert presenter.table is not None
        assert (presenter.table.version, presenter.table.state) == (2, TableState.ISSUED)
        assert not presenter.revising

    def test_edits_that_do_not_fit_are_refused_and_the_others_stay(
        self, open_session: Session
    ) -> None:
        presenter = loaded(open_session)
        presenter.start_revision()
        presenter.change(Reweigh("II.1.1", Fraction(7)))
        with pytest.raises(UserError):
            presenter.change(SplitCriterion("II.1", [NewRow("A", Fraction(1))]))
        assert len(presenter.pending) == 1
        presenter.take_back()
        assert presenter.pending == ()
        presenter.drop_revision()
        presenter.load()
        assert presenter.view is not None
        row = presenter.view.row("II.1.1")
        assert row is not None
        assert row.max == "8"

    def test_gathered_edits_belong_to_their_year(self, open_session: Session) -> None:
        presenter = loaded(open_session)
        presenter.start_revision()
        presenter.change(Reweigh("II.1.1", Fraction(7)))
        workspace = open_session.workspace
        assert workspace is not None
        open_year(workspace, NAME, year_record("2020"))
        open_session.choose_year("2020")
        presenter.load()
        open_session.choose_year("2019")
        presenter.load()
        assert presenter.pending == ()
        assert not presenter.revising

    def test_a_closed_year_is_only_looked_at(self, open_session: Session) -> None:
        year = replace(open_session.desk.year, state=PeriodState.CLOSED)
        with open_session.desk.act("year.closed", "Khóa sổ") as change:
            change.put(books.PERIODS, year)
        presenter = loaded(open_session)
        assert not presenter.may_edit
        assert presenter.next_step == ("", "")
        assert "Chỉ xem" in [mark.words for mark in presenter.marks]


class TestQuestions:
    def test_open_ones_come_first_and_nothing_is_chosen_silently(
        self, open_session: Session
    ) -> None:
        questions = QuestionPresenter(open_session)
        assert questions.load() == 2
        first = questions.questions[0]
        assert first.standing is Standing.OPEN
        assert first.value == ""
        assert first.clause is not None
        assert first.clause.quote

    def test_an_answer_is_kept_with_its_reason_and_can_be_taken_back(
        self, open_session: Session
    ) -> None:
        questions = QuestionPresenter(open_session)
        questions.load()
        question = next(q for q in questions.questions if q.id == "A22")
        assert dict(question.answers)["zero"] == "Tính 0 điểm"
        questions.choose(question, "zero", "Biên bản hội nghị")
        assert questions.load() == 1
        now = next(q for q in questions.questions if q.id == "A22")
        assert (now.standing, now.value, now.reason) == (
            Standing.CHOSEN,
            "zero",
            "Biên bản hội nghị",
        )
        questions.take_back(now)
        assert questions.load() == 2

    def test_answers_are_in_words(self, open_session: Session) -> None:
        questions = QuestionPresenter(open_session)
        questions.load()
        for question in questions.questions:
            for token, words in question.answers:
                assert words
                assert words != token or not token.isascii() or token.isdigit(), question.id


class TestTakingIn:
    def test_a_pasted_table_replaces_the_criteria_of_a_draft(self, draft_session: Session) -> None:
        presenter = loaded(draft_session)
        taking = ImportPresenter(draft_session, presenter.table)
        taking.source = Copied("", TEXT + "1\tTrường\t40\n")
        taking.read = taking.take()
        assert taking.summary == "Đọc được 3 tiêu chí trong 2 mục, cộng 100 điểm."
        presenter.change(taking.edit())
        presenter.load()
        assert presenter.view is not None
        assert [row.code for row in presenter.view.rows] == ["I", "I.1", "I.2", "II", "II.1"]
        assert presenter.view.total

    def test_a_column_with_another_name_can_be_named(self, draft_session: Session) -> None:
        taking = ImportPresenter(draft_session, None)
        taking.source = Copied("", "Số\tViệc phải làm\tMốc\tA\nx\tThu\tba\t40\n")
        read, fault = attempt(taking.take)
        assert read is None
        assert fault is not None
        assert all("--" not in finding.remedy for finding in fault.findings)
        assert "“Cách đọc”" in fault.findings[0].remedy
        taking.title_column, taking.points_column = "Việc phải làm", "A"
        assert [row.title for row in taking.take().criteria.criteria] == ["Thu"]

    def test_rows_for_splitting_come_from_the_clipboard_without_groups(self) -> None:
        rows = rows_of_paste(Copied("", TEXT + "1\tTrường\t40\n"))
        assert rows == [
            {"title": "Thu", "points": "40"},
            {"title": "Chi", "points": "20"},
            {"title": "Trường", "points": "40"},
        ]


class TestOwnCriteria:
    def test_what_units_registered_is_listed_and_scored_ones_stay(
        self, open_session: Session
    ) -> None:
        own = OwnPresenter(open_session, "I.1")
        rows = own.rows()
        assert len({row.unit_name for row in rows}) == 8
        assert "680" in own.sums()
        with pytest.raises(UserError):
            own.withdraw(rows[0])

    def test_one_is_registered_under_the_next_code_and_taken_back(
        self, open_session: Session
    ) -> None:
        own = OwnPresenter(open_session, "I.1")
        unit = own.rows()[0].unit
        code = own.next_code(unit)
        own.register(unit, "Việc mới", "12,5", {"kind": "direct"})
        row = next(row for row in own.rows() if row.code == code and row.unit == unit)
        assert (row.title, row.max, row.method) == ("Việc mới", "12,5", "Chấm thẳng")
        own.withdraw(row)
        assert all(left.code != code or left.unit != unit for left in own.rows())
