"""The overview as it was left: the same numbers at once, and never those of another state."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

import ui.session
from app.ground.findings import Finding, Severity, UserError
from app.operations.workspace.deadlines import adopt_deadlines
from app.operations.workspace.members import rename_unit
from app.operations.workspace.records import record
from app.operations.workspace.years import open_year, year_record
from app.persistence.workspace import Workspace
from tests.ui import walker
from ui.application import Window
from ui.pages.overview.facts import View
from ui.pages.overview.kept import packed, unpacked
from ui.pages.overview.page import OverviewPage
from ui.pages.overview.presenter import OverviewPresenter
from ui.pages.overview.reading import read_year
from ui.places import PageId
from ui.runner import AtOnce
from ui.session import Session

DUE = dt.date(2019, 12, 8)
DAYS = [dt.date(2019, 1, 1), dt.date(2019, 6, 30), dt.date(2019, 12, 20), dt.date(2021, 5, 1)]


def seen(session: Session, day: dt.date | None) -> View:
    assert session.result is not None
    return read_year(session.desk, session.result.assessment, day, may_write=session.may_write)


def with_overview(session: Session) -> Session:
    session.before_leaving(OverviewPresenter(session, AtOnce()).keep)
    return session


def left(folder: Path) -> View:
    """A session with an overview comes to the workspace and leaves it."""
    session = with_overview(Session(AtOnce()))
    session.open(folder)
    view = seen(session, None)
    session.close()
    return view


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The result is not worked out before this is set."""
    go_on = threading.Event()
    work = ui.session._live
    monkeypatch.setattr(ui.session, "_live", lambda seat: go_on.wait(60) and work(seat))
    yield go_on
    go_on.set()


class TestWhatIsKept:
    def test_it_reads_back_as_it_was(self, open_session: Session) -> None:
        view = seen(open_session, None)
        assert len(view.ranking) == 8
        assert len(view.rows) == 8
        assert unpacked(packed("2019", view), "2019", may_write=True) == view

    @pytest.mark.parametrize("day", DAYS, ids=str)
    def test_it_says_what_is_true_on_any_day(self, open_session: Session, day: dt.date) -> None:
        row = {"duty": "self", "title": "Tự chấm điểm", "due": DUE}
        open_session.act(lambda desk: record(desk, "deadlines", [row]))
        view, then = seen(open_session, None), seen(open_session, day)
        late = False
        same = ("sentence", "heads", "several_clusters", "ranking", "ranking_title", "provisional")
        for name in (*same, "why", "gaps", "starts", "asked", "may_write", "rules_have_days"):
            assert getattr(view, name) == getattr(then, name), name
        marks = [replace(step, is_next=False, missing="") for step in then.steps]
        assert [replace(step, missing="") for step in view.steps] == marks
        for mine, theirs in zip(view.rows, then.rows, strict=True):
            assert (mine.unit, mine.registered) == (theirs.unit, theirs.registered)
            for cell, other in zip(mine.rounds, theirs.rounds, strict=True):
                assert cell.words == other.words.partition(", quá hạn")[0]
                late = late or cell.words != other.words
        assert late is (day > DUE), "the round has a last day, and on some of these days it is over"

    def test_it_tells_neither_what_is_next_nor_how_far_a_day_is(
        self, open_session: Session
    ) -> None:
        open_session.act(adopt_deadlines)
        view = seen(open_session, None)
        assert view.deadlines == ()
        assert (view.card.verb, view.card.place, view.card.deadline) == ("", None, "")
        assert not any(step.is_next for step in view.steps)

    def test_another_program_year_or_right_to_write_has_no_use_for_it(
        self, open_session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        body = packed("2019", seen(open_session, None))
        assert unpacked(body, "2020", may_write=True) is None
        assert unpacked(body, "2019", may_write=False) is None
        monkeypatch.setattr("ui.pages.overview.kept.program_version", lambda: "9.9")
        assert unpacked(body, "2019", may_write=True) is None

    def test_a_view_of_a_day_is_not_shown_on_another(self, open_session: Session) -> None:
        body = packed("2019", seen(open_session, DAYS[0]))
        assert unpacked(body, "2019", may_write=True) is None

    @settings(max_examples=200)
    @given(st.binary(max_size=200))
    def test_any_other_bytes_are_no_view(self, body: bytes) -> None:
        assert unpacked(body, "2019", may_write=True) is None

    def test_what_is_nested_without_end_is_no_view(self, open_session: Session) -> None:
        body = packed("2019", seen(open_session, None))
        for deep in (b"[" * 100_000, b'{"a":' * 100_000):
            assert unpacked(b'{"more":' + deep, "2019", may_write=True) is None
            more = body[:-1] + b',"more":' + deep
            assert unpacked(more, "2019", may_write=True) is None

    def test_half_of_it_or_a_wrong_kind_of_value_is_no_view(self, open_session: Session) -> None:
        body = packed("2019", seen(open_session, None))
        for end in range(0, len(body), 97):
            assert unpacked(body[:end], "2019", may_write=True) is None
        for old, new in ((b'"neutral"', b'"loud"'), (b'"units"', b'"vault"'), (b"true", b"1")):
            assert old in body
            assert unpacked(body.replace(old, new), "2019", may_write=True) is None


class TestWhenItIsKept:
    def test_leaving_keeps_it_for_the_next_opening(self, sample_folder: Path) -> None:
        view = left(sample_folder)
        session = Session(AtOnce())
        session.open(sample_folder)
        assert OverviewPresenter(session, AtOnce()).recall() == view
        session.close()

    def test_what_was_written_elsewhere_since_makes_it_worthless(self, sample_folder: Path) -> None:
        left(sample_folder)
        session = Session(AtOnce())
        session.open(sample_folder)
        session.act(lambda desk: rename_unit(desk, "cong_an", "Công an thành phố"))
        session.close()  # no overview: nothing is kept
        session.open(sample_folder)
        assert OverviewPresenter(session, AtOnce()).recall() is None
        session.close()

    def test_a_year_that_was_added_makes_it_worthless(self, sample_folder: Path) -> None:
        left(sample_folder)
        with Workspace.open(sample_folder) as workspace:
            open_year(workspace, "Nguyễn Thị Hoa", year_record("2020"))
        session = Session(AtOnce())
        session.open(sample_folder)
        assert OverviewPresenter(session, AtOnce()).recall() is None
        session.close()

    def test_a_result_that_is_due_is_not_waited_for(self, sample_folder: Path) -> None:
        session = with_overview(Session(AtOnce()))
        session.open(sample_folder)
        session.result_is_due = True
        session.close()
        with Workspace.open(sample_folder) as workspace:
            assert workspace.kept_view() is None

    def test_where_the_data_cannot_be_read_any_more_closing_goes_on(
        self, sample_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def gone(_workspace: Workspace) -> None:
            raise UserError([Finding("medium_gone", Severity.ERROR, "Sổ", "Không đọc được.", "…")])

        session = with_overview(Session(AtOnce()))
        session.open(sample_folder)
        monkeypatch.setattr(Workspace, "kept_view", gone)
        session.close()
        assert session.workspace is None
        Workspace.open(sample_folder).close()  # the lock was given back

    def test_a_fault_of_the_program_while_leaving_still_closes_the_workspace(
        self, sample_folder: Path
    ) -> None:
        def broken() -> None:
            raise RuntimeError("hỏng")

        session = Session(AtOnce())
        session.before_leaving(broken)
        session.open(sample_folder)
        with pytest.raises(RuntimeError, match="hỏng"):
            session.close()
        assert session.workspace is None
        Workspace.open(sample_folder).close()

    def test_nothing_is_written_again_where_nothing_has_changed(
        self, sample_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        left(sample_folder)
        written: list[bytes] = []
        monkeypatch.setattr(Workspace, "keep_view", lambda _workspace, body: written.append(body))
        left(sample_folder)
        assert written == []


class TestInTheWindow:
    def test_the_ranking_stands_before_it_is_worked_out_anew(
        self,
        window: Window,
        sample_folder: Path,
        held: threading.Event,
        quiet: Callable[[Window], None],
        qtbot: QtBot,
    ) -> None:
        view = left_without(held, sample_folder)
        window.open(sample_folder)
        qtbot.waitUntil(lambda: window.frame.page_id is PageId.OVERVIEW)
        page = window.frame.page
        assert isinstance(page, OverviewPage)
        assert window.session.result is None
        assert page.ranking is not None
        shown = ranking_of(page)
        assert shown == [(row.rank, row.unit, row.total) for row in view.ranking]
        assert page.card.title.text() == "Đang xem tình hình của năm 2019"
        assert page.card.act is None
        assert not page.deadlines_box.isVisible()
        walker.settle()
        assert walker.complaints(page) == []
        held.set()
        quiet(window)
        assert window.session.result is not None
        assert ranking_of(page) == shown
        assert page.card.title.text() == "Tự chấm điểm"
        assert page.card.act is not None
        assert page.card.act.hasFocus()
        assert page.deadlines_box.isVisible()

    def test_what_is_done_meanwhile_is_not_shown_as_it_was(
        self, window: Window, sample_folder: Path, held: threading.Event, qtbot: QtBot
    ) -> None:
        left_without(held, sample_folder)
        window.open(sample_folder)
        qtbot.waitUntil(lambda: window.frame.page_id is PageId.OVERVIEW)
        window.session.act(lambda desk: rename_unit(desk, "cong_an", "Công an thành phố"))
        page = window.frame.page
        qtbot.waitUntil(
            lambda: (
                "Đang tính kết quả…"
                in [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
            )
        )
        held.set()


def left_without(held: threading.Event, folder: Path) -> View:
    """As ``left``, before the result is held back."""
    held.set()
    view = left(folder)
    held.clear()
    return view


def ranking_of(page: OverviewPage) -> list[tuple[str, str, str]]:
    assert page.ranking is not None
    rows = page.ranking.rows
    return [(r.rank, r.unit, r.total) for r in (rows.row(at) for at in range(rows.rowCount()))]
