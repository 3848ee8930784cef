"""Opens every page on a screen, walks through it, and saves pictures.

Run by itself under one scale, since Qt reads the scale once in a process::

    QT_SCALE_FACTOR=1.25 xvfb-run -s "-screen 0 1366x768x24" python -m tests.ui.pictures \\
        --workspace FOLDER --name mau --out out/pictures

For every page, light and dark: a picture of the window as large as a laptop's screen, and what the
walker complains of. Prints complaints and Qt's messages, one a line; the exit code is 1 where there
are any. A window is 1366 × 768 device pixels at any scale.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from app.exchange.packages import Kind, SigningKey
from app.operations.exchange.packing import Envelope, Order
from app.operations.exchange.sending import send
from tests.ui import walker
from tests.ui.worlds import make_province
from ui.application import Window, qt_application
from ui.pages.awards.page import AwardsPage
from ui.pages.ballots.page import BallotsPage
from ui.pages.closing.page import ClosingPage
from ui.pages.exchange.answer_table import ANSWER
from ui.pages.exchange.page import ExchangePage
from ui.pages.papers.page import PapersPage
from ui.pages.province.page import ProvincePage
from ui.pages.scores.page import ScoresPage
from ui.pages.start.page import StartPage
from ui.places import PageId, Place
from ui.preferences import Preferences
from ui.widgets.tabs import Tabs

SIZE = (1366, 768)
TRIES = 5
QUICK = 80
"""How pictures are packed: a larger file in less time."""
ALLOWED = ("runtime directory",)
"""Parts of messages that are no fault of the program: root has no runtime directory."""


def rest(window: Window, seconds: float = 60) -> None:
    """Waits until no work runs any more."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        walker.settle()
        if not window.tasks.running:
            return
        time.sleep(0.01)
    raise TimeoutError("work goes on for too long")


def spots(window: Window) -> Iterator[tuple[str, Place]]:
    """Every page, with a spot on it that shows it at work."""
    units = list(window.session.units)
    result = window.session.result
    assert result is not None
    codes = [row.code for row in result.packs.main.rules.criteria if row.method is not None]
    for page in PageId:
        yield page.value, Place(page)
    yield "scores-cell", Place(PageId.SCORES, unit=units[1], criterion=codes[2])
    yield "criteria-row", Place(PageId.CRITERIA, criterion=codes[1])
    yield "units-unit", Place(PageId.UNITS, unit=units[2])
    yield "evidence-cell", Place(PageId.EVIDENCE, unit=units[0], criterion=codes[0])
    for part in ("nhan", "noi-gui", "so-goi"):
        yield f"exchange-{part}", Place(PageId.EXCHANGE, topic=part)
    yield "help-scores", Place(PageId.HELP, topic=PageId.SCORES.value)
    for tab in ("xem", "dien", "loi-van", "vi-sao"):
        yield f"papers-{tab}", Place(PageId.PAPERS, topic=f"to_trinh_khen_thuong/{tab}")
    yield "papers-unit", Place(PageId.PAPERS, topic="phieu_dien_giai_diem/xem")
    yield "awards-unit", Place(PageId.AWARDS, unit=units[1])


def tabs(window: Window, province: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """The inner tabs of pages that no place leads to, each with what shows it."""
    for page in (PageId.CALENDAR, PageId.CLOSING, PageId.HEALTH, PageId.PROVINCE):
        window.frame.go(Place(page))
        rest(window)
        shown = window.frame.page
        if isinstance(shown, ProvincePage):
            shown.open_folder(province)
            rest(window)
        inner = shown.findChild(Tabs)
        assert isinstance(inner, Tabs)
        for at in range(0 if page is PageId.PROVINCE else 1, inner.count()):
            if inner.isTabVisible(at):
                yield f"{page.value}-{at}", partial(_turn, inner, at)


def _turn(inner: Tabs, at: int) -> None:
    inner.setCurrentIndex(at)
    walker.settle()
    time.sleep(0.1)  # charts are drawn a moment after they come into sight


def figures(window: Window, made: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Figures that are asked for, answered in part, where the table is scored from any."""
    window.frame.go(Place(PageId.EXCHANGE))
    rest(window)
    page = window.frame.page
    assert isinstance(page, ExchangePage)
    codes = tuple(one.code for one in page.send.sending.askable()[:3])
    if not codes:
        return
    file = made / "de-nghi.bvg"
    if not file.exists():
        order = Order(Kind.FIGURES_REQUEST, agency="Cục Thuế tỉnh", criteria=codes, papers=False)
        key = SigningKey.of_seed(bytes(range(32)))
        send(window.session.desk, order, Envelope("Trưởng khối"), key, file)
    yield "exchange-asked", partial(page.look_at, file)
    yield "exchange-answered", partial(_answer_some, page)


def _answer_some(page: ExchangePage) -> None:
    cells = page.receive.answer.table.cells
    for at, text in enumerate(("12,5", "nhiều")):
        cells.put(at, ANSWER, text)


def sheets(window: Window) -> Iterator[tuple[str, Callable[[], object]]]:
    """Sheets over pages, each with what opens it."""
    window.frame.go(Place(PageId.PAPERS))
    rest(window)
    page = window.frame.page
    assert isinstance(page, PapersPage)
    yield "papers-issuer", page.issuer.click
    yield "papers-sign", page.sign.click
    yield "papers-all", page.all.click
    for place in (
        PageId.BALLOTS, PageId.AWARDS, PageId.CLOSING, PageId.SCORES, PageId.PROVINCE,
        PageId.EXCHANGE,
    ):  # fmt: skip
        window.frame.go(Place(place))
        rest(window)
        page = window.frame.page
        match page:
            case BallotsPage():
                yield "ballots-open", page.open.click
            case AwardsPage():
                yield "awards-propose", page.propose.click
            case ClosingPage():
                yield "closing-next", page.next_year.click
            case ScoresPage():
                yield "scores-ask", page.asking.begin
            case ExchangePage() if page.send.sending.askable():
                yield "exchange-asking", page.send.ask_what
            case ProvincePage():
                yield "province-share", partial(page.dividing.ask_share, None)
                yield "province-basket", partial(page.arrivals.receive, _two_files(page))


def _two_files(page: ProvincePage) -> list[Path]:
    """Two files that came and are no packages: what is refused is shown beside each."""
    assert page.book.folder is not None
    files = [page.book.folder / name for name in ("goi-cum-01.bvg", "goi-cum-02.bvg")]
    for file in files:
        file.write_bytes(b"khong phai goi")
    return files


def handed_over(window: Window, made: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """The sheets of a book that changes hands, each with what opens it."""
    key = SigningKey.of_seed(bytes(range(32)))
    file, words = made / "don-vi.khoa", "bốn từ không liên quan"
    if not file.exists():
        file.write_bytes(key.locked(words))
    window.preferences.keep_choice("exchange.key.file", str(file))
    window.frame.go(Place(PageId.CLOSING))
    rest(window)
    page = window.frame.page
    assert isinstance(page, ClosingPage)
    yield "closing-package", page.handover.pack.click
    sent = made / "ban-giao.bvg"
    if not sent.exists():
        send(
            window.session.desk,
            Order(Kind.HANDOVER, papers=False),
            Envelope("Văn phòng Ủy ban nhân dân tỉnh", note="Còn thiếu chữ ký một biên bản"),
            key,
            sent,
        )
    cut = made / "dut.bvg"
    cut.write_bytes(sent.read_bytes()[:-100])
    window.frame.go(Place(PageId.START))
    rest(window)
    start = window.frame.page
    assert isinstance(start, StartPage)
    yield "start-package", partial(start.begin_from, sent)
    yield "start-package-cut", partial(start.begin_from, cut)


def run(workspace: Path, name: str, out: Path) -> list[str]:
    """Takes all pictures; the answer is everything that is wrong."""
    said: list[str] = []

    def hear(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not any(part in message for part in ALLOWED):
            said.append(f"Qt: {message}")

    qInstallMessageHandler(hear)
    application = qt_application([])
    scale = QGuiApplication.primaryScreen().devicePixelRatio()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(shutil.copytree(workspace, Path(made) / "so"))
        province = make_province(Path(made) / "toan-tinh", workspace)
        preferences = Preferences(Path(made) / "cau-hinh")
        for dark in (False, True):
            preferences.dark = dark
            window = Window(application, preferences)
            window.stand_up()
            window.frame.resize(round(SIZE[0] / scale), round(SIZE[1] / scale))
            window.frame.show()
            rest(window)
            said += _look(window, out, f"{name}-first", dark, scale)
            window.open(folder)
            rest(window)
            for spot, place in spots(window):
                window.frame.go(place)
                rest(window)
                said += _look(window, out, f"{name}-{spot}", dark, scale)
            for spot, act in chain(tabs(window, province), figures(window, Path(made))):
                act()
                rest(window)
                said += _look(window, out, f"{name}-{spot}", dark, scale)
            for spot, act in chain(sheets(window), handed_over(window, Path(made))):
                act()
                rest(window)
                sheet = QApplication.activeModalWidget()
                assert sheet is not None
                said += _look_at(sheet, out, f"{name}-{spot}", dark, scale)
                sheet.close()
                rest(window)
            window.frame.close()
            window.frame.clear()
            window.frame.deleteLater()
            QApplication.processEvents()
    return said


def _look(window: Window, out: Path, name: str, dark: bool, scale: float) -> list[str]:
    faults = walker.complaints(window.frame)
    for _ in range(TRIES):  # a layout may come to rest a moment after the work has ended
        if not faults:
            break
        time.sleep(0.2)
        rest(window)
        faults = walker.complaints(window.frame)
    where = _keep(window.frame, out, name, dark, scale)
    wanted = (round(SIZE[0] / scale), round(SIZE[1] / scale))
    size = (window.frame.width(), window.frame.height())
    grown = [f"{where}: the window grew to {size}, wanted {wanted}"] if size != wanted else []
    return [*grown, *(f"{where}: {fault}" for fault in faults)]


def _look_at(sheet: QWidget, out: Path, name: str, dark: bool, scale: float) -> list[str]:
    """Takes a picture of a sheet; the answer is what is wrong with it."""
    where = _keep(sheet, out, name, dark, scale)
    return [f"{where}: {fault}" for fault in walker.complaints(sheet)]


def _keep(top: QWidget, out: Path, name: str, dark: bool, scale: float) -> str:
    """Saves a picture; the answer is what complaints about it are told of."""
    shade = "dark" if dark else "light"
    file = out / f"{name}-{round(scale * 100)}-{shade}.png"
    top.grab().save(str(file), quality=QUICK)
    return f"{name} {round(scale * 100)} % {shade}"


def main() -> int:
    """The command."""
    read = argparse.ArgumentParser()
    read.add_argument("--workspace", type=Path, required=True)
    read.add_argument("--name", required=True)
    read.add_argument("--out", type=Path, required=True)
    given = read.parse_args()
    faults = run(given.workspace, given.name, given.out)
    print("\n".join(dict.fromkeys(faults)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
