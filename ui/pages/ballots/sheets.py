"""The sheets of the ballots: opening, counting anew, the second person, taking back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QWidget

from ui.context import Context
from ui.pages.ballots.count_form import CountForm
from ui.pages.ballots.facts import BallotDetail
from ui.pages.ballots.presenter import SECRET, BallotsPresenter
from ui.theme.tokens import Tone
from ui.widgets.consequences import ConsequencesSheet
from ui.widgets.form import FormSheet
from ui.widgets.scrolling import Scrolling
from ui.widgets.sheet import Sheet
from ui.widgets.words import label

if TYPE_CHECKING:
    from app.operations.workspace.consequences import Plan
    from app.operations.workspace.desk import Done


class BallotSheets:
    """Asks for what an act needs, and carries it out through the presenter.

    ``opened`` hears which ballot was opened, ``settled`` that another act was done.
    """

    def __init__(
        self,
        context: Context,
        presenter: BallotsPresenter,
        over: QWidget,
        opened: Callable[[str], object],
        settled: Callable[[], object],
    ) -> None:
        self._context, self._presenter = context, presenter
        self._over, self._opened, self._settled = over, opened, settled

    # ------------------------------------------------------------- opening

    def open(self, key: str = "") -> None:
        """Asks what is voted on; what has to be voted on now stands first."""
        presenter = self._presenter
        due = {one.key: one for one in presenter.due()}
        general = dict(presenter.general())
        sheet = FormSheet(
            "Mở bỏ phiếu",
            "Mở bỏ phiếu",
            self._context.theme,
            self._over.window(),
            lambda values: go(values),
            width=640,
        )
        form = sheet.form
        options = [(one.key, one.words) for one in due.values()]
        options += [(str(purpose), words) for purpose, words in general.items()]
        what = form.choice("what", "Bỏ phiếu về", options, key or None)
        whole = form.words("")
        form.choice("award", "Hình thức khen thưởng", presenter.awards())
        form.choice("cluster", "Cụm, khối", presenter.clusters())
        form.text("title", "Nội dung lấy ý kiến", required=True)
        form.text(
            "candidates", "Danh sách để chọn", required=True, lines=3, hint="Mỗi dòng một tên."
        )
        form.number("places", "Số được chọn", 1, whole=True, least=1, required=True)
        form.text("tellers", "Ban kiểm phiếu", hint="Họ tên, cách nhau bằng dấu phẩy.")
        form.date("on", "Ngày bỏ phiếu", presenter.today(), required=True)
        form.words(SECRET)
        assert isinstance(what, QComboBox)

        def chosen() -> None:
            asked = what.currentData()
            whole.setText(due[asked].words if asked in due else "")
            whole.setVisible(asked in due)
            free = asked == "free"
            form.show_field("award", asked == "award")
            many = len(presenter.clusters()) > 1
            form.show_field("cluster", asked not in due and not free and many)
            form.show_field("title", free)
            form.show_field("candidates", free)
            form.show_field("places", asked in ("leader", "deputy", "free"))

        close = sheet.closer()

        def done(ballot: str) -> None:
            close()
            self._opened(ballot)

        def go(values: dict[str, Any]) -> bool:
            asked = values["what"]
            if asked in due:
                presenter.open_due(due[asked], values["on"], values["tellers"], done)
            else:
                purpose = next(one for one in general if one == asked)
                presenter.open_general(purpose, values, done)
            return False

        what.currentIndexChanged.connect(lambda _at: chosen())
        chosen()
        sheet.show_over()

    # ------------------------------------------------------------- counting

    def confirm(self, detail: BallotDetail) -> None:
        """The second person names themselves and types the count again."""
        sheet = self._count_sheet(
            detail,
            "Xác nhận kết quả kiểm phiếu",
            f"{detail.counted_by} đã nhập kết quả. Người thứ hai ghi họ tên và nhập lại các số "
            "theo biên bản. Số khác nhau thì chương trình nêu chỗ khác, không sửa kết quả.",
            ("Họ tên người xác nhận", "Xác nhận kết quả"),
            lambda typed, row, then: self._presenter.confirm(detail.row.id, typed, row, then),
        )
        sheet.show_over()

    def recount(self, detail: BallotDetail) -> None:
        """The count is typed anew, with a reason."""
        sheet = self._count_sheet(
            detail,
            "Nhập lại kết quả kiểm phiếu",
            "Kết quả cũ được thay bằng kết quả này; nhật ký giữ cả hai và lý do.",
            ("Lý do nhập lại", "Ghi kết quả kiểm phiếu"),
            lambda typed, row, then: self._presenter.count(detail.row.id, row, then, typed),
        )
        sheet.show_over()

    def _count_sheet(
        self,
        detail: BallotDetail,
        title: str,
        words: str,
        asked: tuple[str, str],
        act: Callable[[str, dict[str, Any], Callable[[Done], object]], None],
    ) -> Sheet:
        theme = self._context.theme
        sheet = FormSheet(title, asked[1], theme, self._over.window(), lambda v: go(v), width=640)
        sheet.form.text("typed", asked[0], required=True)
        explained = label(words, "muted", wrap=True)
        sheet.body.insertWidget(0, explained)
        slot = sheet.body.itemAt(1)
        asks = slot.widget() if slot is not None else None
        if asks is not None:
            asks.setMaximumHeight(asks.sizeHint().height())
        count = CountForm(theme, detail.counts, detail.votes, detail.columns)
        scroll = Scrolling(count, "Số liệu kiểm phiếu")
        scroll.setMinimumHeight(theme.measures.control * 4)
        sheet.body.addWidget(scroll, 3)
        told = label("", wrap=True)
        sheet.body.addWidget(told)

        def reconcile() -> None:
            found = self._presenter.reconciliation(detail.row.id, count.row())
            told.setText("\n".join(found.sentences[:3]))
            told.setProperty("tone", (Tone.GOOD if found.holds else Tone.WAITING).value)
            told.style().unpolish(told)
            told.style().polish(told)

        count.changed.connect(reconcile)
        reconcile()
        close = sheet.closer()

        def done(answer: Done) -> None:
            self._settled()
            close()
            self._context.notices.done(answer)

        def go(values: dict[str, Any]) -> bool:
            act(values["typed"], count.row(), done)
            return False

        return sheet

    # ------------------------------------------------------------- taking back

    def cancel(self, ballot: str, title: str) -> None:
        """Asks why, shows what it would bring, then takes the ballot back."""
        sheet = FormSheet(
            f"Hủy phiếu bầu: {title}",
            "Xem hệ quả",
            self._context.theme,
            self._over.window(),
            lambda values: go(values),
        )
        sheet.form.text("reason", "Lý do hủy", required=True, lines=2)
        sheet.form.words("Phiếu đã hủy vẫn còn trong danh sách, với lý do.")
        close = sheet.closer()

        def planned(plan: Plan) -> None:
            close()
            self._carry_out(plan)

        def go(values: dict[str, Any]) -> bool:
            self._presenter.cancel(ballot, values["reason"], planned)
            return False

        sheet.show_over()

    def remove(self, detail: BallotDetail) -> None:
        """Asks once, then takes out a result that was written straight into the book."""
        self._context.notices.ask(
            "Bỏ kết quả ghi thẳng",
            f"“{detail.row.title}” sẽ không còn trong sổ và không quyết định gì nữa. Sau đó có "
            "thể mở phiếu bầu cho việc này. Có thể hoàn tác bằng Ctrl+Z.",
            "Bỏ kết quả này",
            lambda: self._presenter.remove(detail.row.id, self._context.notices.done),
        )

    def _carry_out(self, plan: Plan) -> None:
        words, told = self._presenter.told(plan)
        sheet = ConsequencesSheet(
            "Hệ quả của việc hủy phiếu",
            words,
            told,
            "Hủy phiếu bầu này",
            self._context.theme,
            self._over.window(),
            lambda: self._presenter.acts.carry_out(plan, done),
        )
        close = sheet.closer()

        def done(answer: Done) -> None:
            self._settled()
            close()
            self._context.notices.done(answer)

        sheet.show_over()
