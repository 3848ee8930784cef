"""With a closed year open packages are looked at and sent, and the way out of a refusal is offered."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.exchange.packages import Kind
from app.operations.exchange.packing import Envelope, Order
from app.operations.exchange.sending import send
from app.operations.workspace.desk import Desk
from app.operations.workspace.rounds import seal_round, submit_round
from app.operations.workspace.turn import begin_next_year
from app.operations.workspace.years import close_year
from app.persistence import books
from tests.ui import walker
from tests.ui.pages.exchange.test_page import (
    Go,
    Wait,
    click,
    confirm,
    form_sheet,
    page_of,
    press,
    primary,
    sheet,
    write,
)
from tests.ui.pages.exchange.world import (
    NAME,
    OTHER,
    PASS,
    THEIRS,
    desk_at,
    package_from,
    with_key,
)
from ui.application import Window
from ui.pages.exchange.presenter.steps import Next
from ui.places import PageId, Place

DAY = dt.date(2019, 11, 20)


def close(desk: Desk) -> None:
    for round_id in ("self", "cluster", "department"):
        submit_round(desk, round_id, None, DAY)
        seal_round(desk, round_id, None, DAY)
    close_year(desk)


@pytest.fixture
def window(at_page: Go, sample_folder: Path, kept_key: tuple[Path, str], quiet: Wait) -> Window:
    """The year 2019 is closed, and nothing else is there."""
    with desk_at(sample_folder) as desk:
        close(desk)
    made = at_page(sample_folder, Place(PageId.EXCHANGE))
    with_key(made.preferences, kept_key)
    page_of(made).refresh(page_of(made).topics)
    confirm(made, quiet)
    return made


def looks(window: Window, file: Path, quiet: Callable[[Window], None]) -> Next:
    page = page_of(window)
    page.look_at(file)
    quiet(window)
    walker.settle()
    assert walker.complaints(window.frame) == []
    return page.receive.receiving.next


def test_a_package_of_the_closed_year_is_shown_and_the_way_to_take_it_in_is_offered(
    window: Window, their_folder: Path, tmp_path: Path, quiet: Wait, qtbot: QtBot
) -> None:
    page = page_of(window)
    file = package_from(their_folder, tmp_path / "goi")
    assert looks(window, file, quiet) is Next.REOPEN
    assert page.receive.parts.isVisible()
    assert "mở lại sổ" in page.sentence.whole_text()
    assert primary(page).text() == "Tới trang Khóa sổ"
    click(qtbot, primary(page))
    quiet(window)
    assert window.frame.page.id is PageId.CLOSING


def test_a_package_of_another_year_of_the_workspace_leads_there(
    window: Window, their_folder: Path, tmp_path: Path, quiet: Wait, qtbot: QtBot
) -> None:
    page, session = page_of(window), window.session
    begin_next_year(session.desk)
    session.choose_year("2019")
    quiet(window)
    with desk_at(their_folder) as desk:
        close(desk)
        theirs, _, _ = begin_next_year(desk)
        file = send(
            theirs, Order(Kind.RULE_PACK, papers=False), Envelope(NAME), THEIRS, tmp_path
        ).file
    assert looks(window, file, quiet) is Next.YEAR
    assert "năm này có trong sổ" in page.sentence.whole_text()
    assert page.receive.receiving.changes() == ()
    assert primary(page).text() == "Sang năm 2020 và xem lại gói"
    click(qtbot, primary(page))
    quiet(window)
    assert session.desk.period == "2020"
    assert page.receive.receiving.next is not Next.YEAR


def test_a_whole_workspace_and_the_table_of_a_year_that_is_not_there_begin_a_new_workspace(
    window: Window, their_folder: Path, tmp_path: Path, quiet: Wait
) -> None:
    page = page_of(window)
    page.senders.senders.confirm("Sở Nội vụ", OTHER.public, OTHER.public.fingerprint)
    quiet(window)
    other = Path(shutil.copytree(their_folder, tmp_path / "so-khac"))
    with desk_at(other) as desk:
        order = Order(Kind.WHOLE_WORKSPACE, papers=False)
        whole = send(desk, order, Envelope("Sở Nội vụ"), OTHER, tmp_path).file
        close(desk)
        theirs, _, _ = begin_next_year(desk)
        order = Order(Kind.CRITERIA_TABLE, papers=False)
        table = send(theirs, order, Envelope("Sở Nội vụ"), OTHER, tmp_path).file
    assert looks(window, whole, quiet) is Next.BEGIN
    assert primary(page).text() == "Lập sổ mới từ gói này…"
    assert looks(window, table, quiet) is Next.BEGIN
    assert "Sổ này không có năm 2020" in page.sentence.whole_text()
    assert page.receive.receiving.held is not None


@pytest.mark.parametrize("kind", [Kind.FINAL_RESULT, Kind.HANDOVER, Kind.WHOLE_WORKSPACE])
def test_results_and_the_whole_book_are_sent_from_the_closed_year(
    kind: Kind, window: Window, tmp_path: Path, quiet: Wait, qtbot: QtBot
) -> None:
    page = page_of(window)
    out = tmp_path / "ra"
    out.mkdir()
    page.send.sending.choose_folder(out)
    box = page.send.form.editor("kind")
    box.setCurrentIndex(box.findData(kind.value))  # type: ignore[union-attr]
    page.send.form.editor("papers").setChecked(False)  # type: ignore[union-attr]
    page.send.form.editor("sender").setText("Khối Nội chính")  # type: ignore[union-attr]
    click(qtbot, primary(page))
    quiet(window)
    write(form_sheet(), "passphrase", PASS)
    press(qtbot, sheet(), "Ký và ghi gói")
    quiet(window)
    assert [file.suffix for file in out.iterdir()] == [".bvg"]
    desk = window.session.desk
    assert [line.kind for line in desk.workspace.read(books.PACKAGES)] == [kind.value]
