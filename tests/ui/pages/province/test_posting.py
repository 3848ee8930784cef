"""What leaves the department through the page: appraisals, tables, an appraiser's file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton

from app.ground.findings import UserError
from app.operations.exchange.looking import opened_status
from app.operations.province.dividing import set_division
from app.operations.province.folder import at_cluster, at_province
from app.operations.province.settings import set_last_day
from app.operations.workspace.desk import Desk, today
from app.operations.workspace.rounds import recall_round
from app.operations.workspace.tables import adopt_tree
from app.scoring.division import Share
from tests.app.operations.province.post import judge
from tests.app.operations.province.worlds import table
from tests.ui.pages.exchange.world import PASS, with_key
from ui.application import Window
from ui.flows.own_key import OwnKey
from ui.pages.province.page import ProvincePage
from ui.pages.province.presenter.book import ProvinceBook
from ui.pages.province.presenter.posting import Outcome, Posting, ReturnWish
from ui.places import PageId, Place
from ui.preferences import Preferences
from ui.runner import AtOnce
from ui.sheets.key_sheet import PassphraseSheet
from ui.theme.tokens import Tone

Quiet = Callable[[Window], None]
AN = "Nguyễn An"


def nothing(_answer: object = None) -> None:
    """Nobody listens."""


@pytest.fixture
def posting(received: ProvinceBook, own_key: Preferences) -> Posting:
    """The department after the first of three clusters has sent; the others are late."""
    assert received.folder is not None
    with at_province(received.folder) as province:
        set_last_day(province, dt.date(2026, 1, 5))
    received.look(lambda: None)
    made = Posting(received, OwnKey(AtOnce(), own_key))
    made.look(lambda: None)
    return made


def test_who_waits_who_is_late_and_that_there_is_no_table(posting: Posting) -> None:
    rows = posting.rows
    assert [row.going for row in rows] == ["Chờ trả lần đầu", *["Trễ hạn, chưa gửi"] * 2]
    assert [row.tone for row in rows] == [Tone.WAITING, Tone.ERROR, Tone.ERROR]
    assert (rows[0].came, rows[0].handed_in, rows[0].went) == ("20/12/2026", "0/8 đơn vị", "–")
    assert rows[0].told[0].startswith("Chưa nộp vòng thẩm định của 8 đơn vị: Đơn vị 1 cụm 1,")
    assert (
        posting.sentence == "1 cụm, khối chờ trả kết quả thẩm định; 2 cụm, khối chưa gửi kết quả."
    )
    assert posting.post.table == ""
    choices = posting.return_choices()
    assert [(one.can, one.wanted) for one in choices] == [(True, True), *[(False, False)] * 2]


def test_appraisals_go_in_one_act_and_the_late_are_named(
    posting: Posting, received: ProvinceBook, tmp_path: Path
) -> None:
    found: list[Outcome] = []
    wish = ReturnWish(("k01",), "Sở Nội vụ", papers=False, hand_in=True)
    posting.return_all(wish, PASS, tmp_path / "tra", found.append)
    assert found[0].sentence == (
        "Đã ghi 1 gói thẩm định vào thư mục “tra”, nộp vòng thẩm định của 8 đơn vị. Chưa trả được: "
        "Cụm thi đua số 2 (trễ hạn, chưa gửi kết quả), Cụm thi đua số 3 (trễ hạn, chưa gửi kết "
        "quả)."
    )
    assert found[0].refused == ()
    posting.look(lambda: None)
    assert posting.rows[0].going == "Đã trả"
    assert posting.sentence.startswith("Không có gì chờ trả")
    assert posting.post.sender == "Sở Nội vụ", "the name is offered next time"
    assert received.folder is not None
    with at_province(received.folder) as province, at_cluster(province, "k01") as desk:
        judge_after_recall(desk)
    received.look(lambda: None)
    posting.look(lambda: None)
    assert posting.rows[0].going == "Cần trả lại (lần 2)"
    assert posting.return_choices()[0].wanted


def judge_after_recall(desk: Desk) -> None:
    """The department takes its round back and scores a cell."""
    recall_round(desk, "department", ["k01_1"], today())
    judge(desk, "k01_1", "I.1", 30)


def test_a_wrong_passphrase_writes_nothing(posting: Posting, tmp_path: Path) -> None:
    faults: list[Exception] = []
    wish = ReturnWish(("k01",), "Sở Nội vụ", hand_in=True)
    posting.return_all(wish, "không phải mật khẩu", tmp_path / "tra", nothing, faults.append)
    assert isinstance(faults[0], UserError)
    assert not (tmp_path / "tra").exists()
    posting.look(lambda: None)
    assert posting.rows[0].handed_in == "0/8 đơn vị"


def test_tables_and_blank_forms_go_to_all_clusters(
    posting: Posting, received: ProvinceBook, tmp_path: Path
) -> None:
    assert received.folder is not None
    with at_province(received.folder) as province:
        adopt_tree(province.desk, table(), "bang.toml")
    posting.look(lambda: None)
    assert posting.post.table == "Bảng tiêu chí cụm (phiên bản 1.0.0)"
    assert [one.wanted for one in posting.rules_choices()] == [False, True, True]
    found: list[Outcome] = []
    clusters = ["k01", "k02"]
    posting.send_rules(clusters, "Sở Nội vụ", "", True, PASS, tmp_path / "gui", found.append)
    assert found[0].sentence == "Đã ghi 2 gói bảng tiêu chí vào thư mục “gui”, kèm 8 phiếu trống."
    posting.look(lambda: None)
    assert [row.rules for row in posting.rows] == [
        "Đang chấm theo bảng đã gửi",
        "Đã gửi, chưa thấy cụm, khối dùng",
        "Chưa gửi",
    ]


# ---------------------------------------------------------------------- with real widgets


@pytest.fixture
def page(window: Window, received: ProvinceBook, quiet: Quiet) -> ProvincePage:
    folder = received.folder
    assert folder is not None
    window.frame.go(Place(PageId.PROVINCE))
    made = window.frame.page
    assert isinstance(made, ProvincePage)
    made.open_folder(folder)
    quiet(window)
    made.tabs.setCurrentWidget(made.post)
    quiet(window)
    return made


def fill(sheet: PassphraseSheet, **words: str) -> None:
    for key, text in words.items():
        editor = sheet.form.editor(key)
        assert isinstance(editor, QLineEdit)
        editor.setText(text)


def into(page: ProvincePage, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The officer chooses this folder when asked where the packages go."""
    monkeypatch.setattr(page.post.sheets, "ask_where", lambda _sheet, then: then(folder))


def test_without_a_key_it_is_made_first(page: ProvincePage, window: Window, tmp_path: Path) -> None:
    window.context.preferences.keep_choice("exchange.key.file", str(tmp_path / "chua-co.khoa"))
    page.post.give.click()
    sheet = page.post.sheets.shown
    assert sheet is not None
    assert sheet.windowTitle() == "Lập khóa của đơn vị"
    sheet.close()


def test_the_sheet_asks_for_clusters_a_name_and_the_passphrase_and_says_what_went(
    page: ProvincePage,
    window: Window,
    kept_key: tuple[Path, str],
    tmp_path: Path,
    quiet: Quiet,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_key(window.context.preferences, kept_key)
    into(page, tmp_path / "tra", monkeypatch)
    page.post.give.click()
    sheet = page.post.sheets.shown
    assert sheet is not None
    fill(sheet, passphrase=PASS)
    sheet.verb.click()
    assert sheet.isVisible(), "the name is asked for"
    fill(sheet, sender="Sở Nội vụ")
    ticks = page.post.sheets.ticks
    assert ticks is not None
    ticks.tick(every=False)
    sheet.verb.click()
    assert ticks.under.text() == "Chọn ít nhất một cụm, khối."
    ticks.tick(every=True)
    assert ticks.ticked == ("k01",), "who has sent nothing cannot be ticked"
    sheet.verb.click()
    quiet(window)
    assert page.post.notice.words.text().startswith("Đã ghi 1 gói thẩm định vào thư mục “tra”")
    assert page.post.table.rows.rows[0].going == "Đã trả"
    (file,) = (tmp_path / "tra").iterdir()
    head = opened_status(file, ()).head
    assert head is not None
    assert head.sender.name == "Sở Nội vụ"
    again = window.frame.page
    assert isinstance(again, ProvincePage)
    assert again.sentence.whole_text().endswith("1 đã thẩm định.")


def test_an_appraiser_sends_to_the_department_in_the_own_name(
    page: ProvincePage,
    window: Window,
    received: ProvinceBook,
    kept_key: tuple[Path, str],
    tmp_path: Path,
    quiet: Quiet,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_key(window.context.preferences, kept_key)
    assert received.folder is not None
    with at_province(received.folder) as province:
        set_division(province, [Share(AN)])
    page.open_folder(received.folder)
    quiet(window)
    into(page, tmp_path / "ve-so", monkeypatch)
    page.post.give.click()
    sheet = page.post.sheets.shown
    assert sheet is not None
    whom = sheet.form.editor("whom")
    assert isinstance(whom, QComboBox)
    whom.setCurrentIndex(1)
    assert not sheet.form.editor("sender").isVisible()
    fill(sheet, passphrase=PASS)
    sheet.verb.click()
    quiet(window)
    (file,) = (tmp_path / "ve-so").iterdir()
    head = opened_status(file, ()).head
    assert head is not None
    assert head.recipient is not None
    assert (head.sender.name, head.recipient.name) == (AN, "Sở Nội vụ")
    assert page.post.table.rows.rows[0].handed_in == "0/8 đơn vị", "the round stays open"


def test_without_a_table_the_department_s_own_workspace_is_offered(
    page: ProvincePage, window: Window, quiet: Quiet
) -> None:
    page.post.send.click()
    question = QApplication.activeModalWidget()
    assert question is not None
    buttons = {one.text(): one for one in question.findChildren(QPushButton)}
    buttons["Mở sổ của Sở"].click()
    quiet(window)
    assert window.session.workspace is not None
    assert window.session.workspace.folder.name == "so-tinh"
    assert window.frame.page.id is PageId.CRITERIA


def test_it_stays_within_a_small_window_with_all_bars_in_sight(page: ProvincePage) -> None:
    page.post.notice.say("Đã ghi 1 gói.")
    page.taken.say("Đã nhận 1 gói.")
    least = page.minimumSizeHint()
    assert least.width() <= 820
    assert least.height() <= 430
