"""Figures that an agency is asked for, from the choice of criteria to the book, in the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QTreeWidget
from pytestqt.qtbot import QtBot

from app.exchange.packages import Kind, KnownSender, SigningKey
from app.ground.findings import UserError
from app.operations.exchange.answering import (
    answer_request,
    request_in,
    request_of_form,
    take_answers,
    write_request_form,
)
from app.operations.exchange.looking import look, opened_status
from app.operations.exchange.packing import Envelope, Order
from app.operations.exchange.sending import send
from app.operations.exchange.taking_in import take_in
from app.operations.workspace.desk import Desk
from app.operations.workspace.rounds import submit_round
from app.persistence import books
from tests.ui import walker
from tests.ui.pages.exchange.test_page import (
    Go,
    Wait,
    click,
    form_sheet,
    page_of,
    press,
    primary,
    sheet,
    sheets,
    write,
)
from tests.ui.pages.exchange.world import OTHER, PASS, THEIRS, UNIT, desk_at, with_key
from ui.application import Window
from ui.pages.exchange.answer_table import ANSWER, SOURCE
from ui.pages.exchange.asking_sheet import AskingSheet
from ui.pages.exchange.page import ExchangePage
from ui.places import PageId, Place

AGENCY = "Cục Thuế tỉnh"
CODE = "I.1.2"
DAY = dt.date(2019, 11, 20)
Key = Qt.Key


@pytest.fixture
def window(at_page: Go, sample_folder: Path, kept_key: tuple[Path, str]) -> Window:
    made = at_page(sample_folder, Place(PageId.EXCHANGE))
    with_key(made.preferences, kept_key)
    page_of(made).refresh(page_of(made).topics)
    return made


def ask(desk: Desk, folder: Path, criterion: str = CODE) -> Path:
    """A request of a house for the figures of one criterion."""
    wanted = Order(
        Kind.FIGURES_REQUEST,
        agency=AGENCY,
        criteria=(criterion,),
        due=dt.date(2019, 12, 5),
        units=(UNIT,),
    )
    return send(desk, wanted, Envelope("Khối Nội chính"), THEIRS, folder).file


@pytest.fixture
def request_file(their_folder: Path, tmp_path: Path) -> Path:
    out = tmp_path / "de-nghi"
    out.mkdir()
    with desk_at(their_folder) as desk:
        submit_round(desk, "self", None, DAY)
        return ask(desk, out)


def looked(window: Window, file: Path, quiet: Callable[[Window], None]) -> ExchangePage:
    page = page_of(window)
    page.look_at(file)
    quiet(window)
    return page


def type_in(qtbot: QtBot, page: ExchangePage, *texts: str) -> None:
    """Types answers from the current row on, each ended by Enter."""
    table = page.receive.answer.table
    for text in texts:
        qtbot.keyClick(table, Key.Key_Return)
        (editor,) = (line for line in table.viewport().findChildren(QLineEdit) if line.isVisible())
        qtbot.keyClicks(editor, text)
        qtbot.keyClick(editor, Key.Key_Return)
        QApplication.processEvents()


class TestAsking:
    def choose_kind(self, page: ExchangePage) -> None:
        box = page.send.form.editor("kind")
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findData(Kind.FIGURES_REQUEST.value))
        for key, words in (("agency", AGENCY), ("sender", "Khối Nội chính")):
            line = page.send.form.editor(key)
            assert isinstance(line, QLineEdit)
            line.setText(words)

    def test_criteria_are_found_by_their_titles_and_ticked_and_the_package_asks_for_just_these(
        self, window: Window, quiet: Wait, qtbot: QtBot, tmp_path: Path
    ) -> None:
        page = page_of(window)
        out = tmp_path / "ra"
        out.mkdir()
        page.send.sending.choose_folder(out)
        self.choose_kind(page)
        click(qtbot, primary(page))
        assert sheets() == [], "nothing was chosen yet"
        assert "ít nhất một tiêu chí" in page.send.form.editor("criteria").accessibleDescription()
        press(qtbot, page.send, "Chọn tiêu chí và đơn vị…")
        asking = sheet()
        assert isinstance(asking, AskingSheet)
        walker.settle()
        assert walker.complaints(asking) == []
        assert not asking.verb.isEnabled()
        titles = {one.code: one.title for one in page.send.sending.askable()}
        qtbot.keyClicks(asking.search, "tuan tra")
        tree = asking.tree
        assert shown(tree) == [f"{CODE} {titles[CODE]}"]
        assert titles[CODE] == "Tiêu chí riêng của 8 đơn vị"
        top = tree.topLevelItem(0)
        assert top is not None
        (row,) = [row for row in map(top.child, range(top.childCount())) if not row.isHidden()]
        assert row.isExpanded(), "the criterion in which the words stand is in sight"
        assert row.childCount() == 8
        tree.setFocus()
        qtbot.keyClick(tree, Key.Key_Down)
        qtbot.keyClick(tree, Key.Key_Space)
        press(qtbot, asking, "Bỏ hết")
        asking.units.item(1).setCheckState(Qt.CheckState.Checked)
        unit = asking.units.item(1).data(Qt.ItemDataRole.UserRole)
        assert asking.chosen.criteria == (CODE,)
        click(qtbot, asking.verb)
        assert titles[CODE] in page.send.form.editor("criteria").accessibleDescription()
        walker.settle()
        assert walker.complaints(window.frame) == []
        click(qtbot, primary(page))
        quiet(window)
        write(form_sheet(), "passphrase", PASS)
        press(qtbot, sheet(), "Ký và ghi gói")
        quiet(window)
        form, file = sorted(out.iterdir(), key=lambda one: one.suffix, reverse=True)
        assert form.name == f"{file.stem}.xlsx"
        assert form.name in page.send.notice.words.text()
        contents, _ = request_in(file)
        cells = request_of_form(window.session.desk, form)["cells"]
        assert {cell["unit"] for cell in cells} == {unit}
        assert contents.figures is not None
        asked = {(c["unit"], c["criterion"]) for c in contents.figures["cells"]}
        assert asked == {(unit, CODE)}
        assert [blob.name for blob in contents.files] == ["phieu-so-lieu.xlsx"]

    def test_what_was_chosen_is_ticked_when_the_sheet_is_opened_again(
        self, window: Window, qtbot: QtBot
    ) -> None:
        page = page_of(window)
        self.choose_kind(page)
        for _ in range(2):
            press(qtbot, page.send, "Chọn tiêu chí và đơn vị…")
            asking = sheet()
            assert isinstance(asking, AskingSheet)
            top = asking.tree.topLevelItem(0)
            assert top is not None
            top.setCheckState(0, Qt.CheckState.Checked)
            chosen = asking.chosen
            click(qtbot, asking.verb)
        codes = [one.code for one in page.send.sending.askable()]
        assert chosen.criteria == tuple(code for code in codes if code.split(".")[0] == "I")
        press(qtbot, page.send, "Chọn tiêu chí và đơn vị…")
        again = sheet()
        assert isinstance(again, AskingSheet)
        assert again.chosen == chosen


def shown(tree: QTreeWidget) -> list[str]:
    found = []
    for at in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(at)
        assert top is not None
        if not top.isHidden():
            found += [
                row.text(0)
                for row in map(top.child, range(top.childCount()))
                if row is not None and not row.isHidden()
            ]
    return found


class TestAnswering:
    def test_figures_are_typed_and_signed_and_the_leader_takes_them_in(
        self,
        window: Window,
        request_file: Path,
        their_folder: Path,
        quiet: Wait,
        qtbot: QtBot,
        tmp_path: Path,
    ) -> None:
        out = tmp_path / "tra-loi"
        out.mkdir()
        page = looked(window, request_file, quiet)
        page.send.sending.choose_folder(out)
        answering = page.receive.receiving.answering
        table = page.receive.answer.table
        count = table.cells.rowCount()
        assert count == len(answering.rows())
        walker.settle()
        assert walker.complaints(window.frame) == []
        assert "05/12/2019" in page.sentence.whole_text()
        type_in(qtbot, page, "nhieu")
        assert primary(page).text() == "Xem 1 số liệu chưa đọc được"
        click(qtbot, primary(page))
        assert table.currentIndex().row() == 0
        walker.settle()
        assert walker.complaints(window.frame) == []
        qtbot.keyClick(table, Key.Key_Delete)
        type_in(qtbot, page, *(["12,5"] * count))
        table.setCurrentIndex(table.cells.index(0, SOURCE))
        type_in(qtbot, page, "BC 7")
        assert primary(page).text() == "Ký và ghi gói trả lời…"
        click(qtbot, primary(page))
        walker.settle()
        assert walker.complaints(sheet()) == []
        write(form_sheet(), "sender", AGENCY)
        write(form_sheet(), "passphrase", PASS)
        press(qtbot, sheet(), "Ký và ghi gói")
        quiet(window)
        assert sheets() == []
        (file,) = out.iterdir()
        assert file.name in page.receive.done.words.text()
        assert primary(page).text() == "Chọn gói…"
        (row,) = page.register.register.rows()
        assert row.line.kind == "Cung cấp số liệu"
        public = opened_status(file, ()).key
        assert public is not None
        with desk_at(their_folder) as desk:
            seen = look(desk, file, known=[KnownSender(AGENCY, public, "Hoa", DAY)])
            take_in(desk, seen)
            entry = desk.workspace.one(
                books.ENTRIES, UNIT, CODE, "cluster", None, period=desk.period
            )
        assert entry is not None
        assert set(entry.figures.values()) == {Fraction(25, 2)}
        assert "BC 7" in entry.reason

    def test_a_column_is_pasted_from_a_sheet_and_the_form_fills_the_table(
        self, window: Window, request_file: Path, quiet: Wait, qtbot: QtBot, tmp_path: Path
    ) -> None:
        page = looked(window, request_file, quiet)
        answering = page.receive.receiving.answering
        table = page.receive.answer.table
        count = table.cells.rowCount()
        table.setCurrentIndex(table.cells.index(0, ANSWER))
        QApplication.clipboard().setText("\r\n".join(f"{n + 1}\tCV {n}" for n in range(count + 3)))
        qtbot.keyClick(table, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert [(row.typed, row.source) for row in answering.rows()] == [
            (str(n + 1), f"CV {n}") for n in range(count)
        ]
        form = write_request_form(request_in(request_file)[0], tmp_path / "phieu.xlsx")
        book = openpyxl.load_workbook(form)
        book.active["G4"], book.active["H4"] = "99,5", "BC 9"
        book.save(form)
        answering.fill(form, page.receive.answer.refresh)
        quiet(window)
        assert next((row.typed, row.source) for row in answering.rows()) == ("99,5", "BC 9")
        page.receive.clear()
        assert not answering.is_open

    def test_what_was_typed_stays_while_the_sender_is_confirmed(
        self, window: Window, request_file: Path, quiet: Wait, qtbot: QtBot
    ) -> None:
        page = looked(window, request_file, quiet)
        type_in(qtbot, page, "7")
        assert page.receive.confirm.isVisible()
        click(qtbot, page.receive.confirm)
        write(form_sheet(), "heard", THEIRS.public.fingerprint)
        press(qtbot, sheet(), "Xác nhận nơi gửi")
        quiet(window)
        assert not page.receive.confirm.isVisible()
        assert next(row.typed for row in page.receive.receiving.answering.rows()) == "7"

    def test_a_request_under_a_key_that_changed_is_not_answered(
        self, window: Window, request_file: Path, quiet: Wait
    ) -> None:
        senders = page_of(window).senders.senders
        senders.confirm("Khối Nội chính", OTHER.public, OTHER.public.fingerprint)
        quiet(window)
        page = looked(window, request_file, quiet)
        assert not page.receive.receiving.answering.is_open
        assert not page.receive.answer.isVisible()


class TestTheLeader:
    def test_a_level_is_asked_for_by_its_names_and_taken_however_it_is_written(
        self, their_folder: Path, tmp_path: Path
    ) -> None:
        with desk_at(their_folder) as desk:
            submit_round(desk, "self", None, DAY)
            file = ask(desk, tmp_path, criterion="I.1.1")
            figures = request_in(file)[0].figures
            assert figures is not None
            (cell,) = figures["cells"]
            assert cell["note"] == "Các mức: tốt, khá, trung bình, yếu, kém"
            place = (UNIT, "I.1.1", cell["figure"])
            with pytest.raises(UserError) as fault:
                take_answers(desk, figures, {place: ("rất tốt", "")})
            assert fault.value.findings[0].code == "figures_not_ours"
            assert take_answers(desk, figures, {place: ("Trung  Bình", "")}).changed == 1

    def test_a_form_that_came_back_is_read_and_taken_in_as_one_act(
        self, window: Window, quiet: Wait, qtbot: QtBot, tmp_path: Path
    ) -> None:
        session = window.session
        session.act(lambda desk: submit_round(desk, "self", None, DAY))
        asked = ask(session.desk, tmp_path)
        form = write_request_form(request_in(asked)[0], tmp_path / "phieu.xlsx")
        book = openpyxl.load_workbook(form)
        rows = list(book.active.iter_rows(min_row=4))
        for row in rows:
            row[6].value = "8"
        book.save(form)
        page = looked(window, form, quiet)
        assert AGENCY in page.receive.verdict.words.text()
        assert primary(page).text() == f"Nhập {len(rows)} số liệu vào sổ"
        walker.settle()
        assert walker.complaints(window.frame) == []
        click(qtbot, primary(page))
        quiet(window)
        desk = session.desk
        entry = desk.workspace.one(books.ENTRIES, UNIT, CODE, "cluster", None, period=desk.period)
        assert entry is not None
        assert set(entry.figures.values()) == {Fraction(8)}
        assert entry.reason == f"Số liệu do {AGENCY} cung cấp"
        window.frame.activateWindow()
        qtbot.waitUntil(window.frame.isActiveWindow)
        qtbot.keyClick(window.frame, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        quiet(window)
        assert (
            desk.workspace.one(books.ENTRIES, UNIT, CODE, "cluster", None, period=desk.period)
            is None
        )

    def test_an_answer_that_came_as_a_package_is_taken_in_like_every_package(
        self, window: Window, quiet: Wait, qtbot: QtBot, tmp_path: Path
    ) -> None:
        session = window.session
        session.act(lambda desk: submit_round(desk, "self", None, DAY))
        asked = ask(session.desk, tmp_path)
        form = write_request_form(request_in(asked)[0], tmp_path / "phieu.xlsx")
        book = openpyxl.load_workbook(form)
        book.active["G4"] = 15
        book.save(form)
        tax = SigningKey.of_seed(bytes([8]) * 32)
        page_of(window).senders.senders.confirm(AGENCY, tax.public, tax.public.fingerprint)
        file, _ = answer_request(request_in(asked), form, Envelope(AGENCY), tax, tmp_path / "t.bvg")
        page = looked(window, file, quiet)
        assert primary(page).text() == "Nhận 1 thay đổi"
        click(qtbot, primary(page))
        quiet(window)
        entry = session.desk.workspace.one(
            books.ENTRIES, UNIT, CODE, "cluster", None, period=session.desk.period
        )
        assert entry is not None
        assert Fraction(15) in entry.figures.values()

    def test_another_workbook_is_refused_in_words(
        self, window: Window, quiet: Wait, tmp_path: Path
    ) -> None:
        book = openpyxl.Workbook()
        book.active["A1"] = "Danh sách khen thưởng"
        book.save(tmp_path / "khac.xlsx")
        looked(window, tmp_path / "khac.xlsx", quiet)
        told = " ".join(words.text() for words in sheet().findChildren(QLabel))
        assert "không phải phiếu đề nghị cung cấp số liệu" in told
        sheet().close()
