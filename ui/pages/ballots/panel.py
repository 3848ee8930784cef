"""The panel of one ballot: what it decides, its count or its result, and what may be done now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.context import Context
from ui.pages.ballots.count_form import CountForm
from ui.pages.ballots.facts import BallotDetail
from ui.pages.ballots.presenter import SECRET, BallotsPresenter
from ui.pages.ballots.sheets import BallotSheets
from ui.theme.tokens import Tone
from ui.widgets.scrolling import Scrolling
from ui.widgets.words import button, chip, label, line, set_tone

_MOST_TOLD = 3


class BallotPanel(QWidget):
    """Shows one ballot; ``beside`` has the keyboard where there is nothing to do here."""

    def __init__(
        self,
        context: Context,
        presenter: BallotsPresenter,
        sheets: BallotSheets,
        beside: QWidget,
    ) -> None:
        super().__init__()
        self._context, self._presenter, self._sheets = context, presenter, sheets
        self._beside = beside
        m = context.theme.measures
        self.detail: BallotDetail | None = None
        self.form: CountForm | None = None
        self.act: QPushButton | None = None
        self._follows = False
        lines = QVBoxLayout(self)
        lines.setContentsMargins(m.space_2, 0, 0, 0)
        lines.setSpacing(m.space_2)
        self._scroll = Scrolling(QWidget(), "Phiếu bầu đang xem")
        lines.addWidget(self._scroll, 1)
        lines.addWidget(line())
        self.told = label("", wrap=True)
        lines.addWidget(self.told)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(m.space_2)
        lines.addLayout(self._buttons)

    # ------------------------------------------------------------- showing

    def show_ballot(self, detail: BallotDetail | None) -> None:
        """Shows a ballot; what was typed stays while the same ballot is still open."""
        if detail is not None and detail == self.detail:
            return
        typed = None
        if (
            self.form is not None
            and detail is not None
            and self.detail is not None
            and detail.may_count
            and detail.row.id == self.detail.row.id
        ):
            typed = self.form.row()
        self.detail, self.form, self.act = detail, None, None
        self.setVisible(detail is not None)
        if detail is None:
            return
        self._scroll.setWidget(self._column(detail))
        if self.form is not None and typed:
            self.form.type(typed)
        self._lay_buttons(detail)
        self._reconcile()
        if self._follows:
            self._follows = False
            self.focus_act()

    def _column(self, detail: BallotDetail) -> QWidget:
        m = self._context.theme.measures
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, m.space_2, 0)
        lines.setSpacing(m.space_2)
        row = detail.row
        title = row.title if row.vote == 1 else f"{row.title}, lần {row.vote}"
        lines.addWidget(label(title, "section", wrap=True))
        chips = QHBoxLayout()
        chips.setSpacing(m.space_2)
        chips.addWidget(chip(row.stage))
        chips.addStretch(1)
        lines.addLayout(chips)
        if row.state:
            lines.addWidget(label(f"{row.state}.", "strong", tone=row.tone, wrap=True))
        lines.addWidget(label(detail.subject, wrap=True))
        if detail.why:
            lines.addWidget(self._notice(detail.why, row.tone))
        if detail.rule:
            lines.addWidget(label(detail.rule, "muted", wrap=True))
        for words in detail.lines:
            lines.addWidget(label(words, wrap=True))
        if detail.may_count:
            self.form = CountForm(self._context.theme, detail.counts, detail.votes, detail.columns)
            self.form.changed.connect(self._reconcile)
            lines.addWidget(self.form)
        if detail.counted_by and detail.may_confirm:
            words = f"{detail.counted_by} đã nhập kết quả; người khác đối chiếu rồi xác nhận."
            lines.addWidget(label(words, "muted", wrap=True))
        if detail.next_step:
            lines.addWidget(self._notice(detail.next_step, Tone.INFO))
        lines.addStretch(1)
        lines.addWidget(label(SECRET, "small", wrap=True))
        return inner

    def _notice(self, words: str, tone: Tone) -> QFrame:
        m = self._context.theme.measures
        made = QFrame()
        made.setProperty("kind", "notice")
        made.setProperty("tone", tone.value)
        lines = QVBoxLayout(made)
        lines.setContentsMargins(m.space_3, m.space_2, m.space_3, m.space_2)
        lines.addWidget(label(words, wrap=True))
        return made

    # ------------------------------------------------------------- acting

    def _lay_buttons(self, detail: BallotDetail) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        ballot, sheets = detail.row.id, self._sheets
        if detail.may_cancel:
            self._add("Hủy phiếu…", lambda: sheets.cancel(ballot, detail.row.title), "quiet")
        if detail.may_remove:
            self._add("Bỏ kết quả ghi thẳng…", lambda: sheets.remove(detail), "quiet")
        self._buttons.addStretch(1)
        if detail.may_recount:
            self._add("Nhập lại kết quả…", lambda: sheets.recount(detail), "quiet")
        due = self._presenter.due_after(ballot)
        if detail.may_count:
            self.act = self._add("Ghi kết quả kiểm phiếu", self._count, "primary")
        elif detail.may_confirm:
            words = "Xác nhận kết quả (người thứ hai)"
            self.act = self._add(words, lambda: sheets.confirm(detail), "primary")
        elif due is not None:
            self.act = self._add("Mở bỏ phiếu lần nữa", lambda: sheets.open(due.key), "primary")

    def _add(self, words: str, act: Callable[[], object], kind: str) -> QPushButton:
        made = button(words, act, kind=kind)
        self._buttons.addWidget(made)
        return made

    def _reconcile(self) -> None:
        detail, form = self.detail, self.form
        self.told.setVisible(form is not None)
        if detail is None or form is None or self.act is None:
            return
        found = self._presenter.reconciliation(detail.row.id, form.row())
        told = found.sentences[:_MOST_TOLD]
        more = len(found.sentences) - len(told)
        words = "\n".join(told) + (f"\n… và {more} điều nữa." if more else "")
        self.told.setText(words)
        set_tone(self.told, Tone.GOOD if found.holds else Tone.WAITING)
        self.act.setEnabled(found.holds)

    def _count(self) -> None:
        detail, form = self.detail, self.form
        if detail is None or form is None:
            return
        self._presenter.count(detail.row.id, form.row(), self._counted)

    def _counted(self, done: object) -> None:
        self._context.notices.done(done)  # type: ignore[arg-type]
        self.follow()

    def follow(self) -> None:
        """The keyboard goes to what comes next, once the act that was done is shown."""
        self._follows = True

    def focus_act(self) -> None:
        """Puts the keyboard on the first number to type, or on the next act."""
        if self.form is not None:
            next(iter(self.form.counts.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.act is not None:
            self.act.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._beside.setFocus(Qt.FocusReason.OtherFocusReason)
