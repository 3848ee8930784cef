"""The half "Gửi": what, to whom and how; what it would hold beside it; then sign and write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.exchange.packages import Extent, Kind, Part
from ui.context import Context
from ui.flows.outgoing import Locking, Outcome
from ui.flows.own_key import passphrase_faults, strength_rule
from ui.pages.exchange.asking_sheet import Asked, AskingSheet
from ui.pages.exchange.presenter.offers import offer_of, parts_told
from ui.pages.exchange.presenter.senders import Senders
from ui.pages.exchange.presenter.sending import Prepared, Sending, Wish
from ui.sheets.key_sheet import PassphraseSheet, make_key_sheet, secret
from ui.theme.tokens import Tone
from ui.widgets.files import ask_folder
from ui.widgets.findings import FindingsList
from ui.widgets.form import Form
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.panels import Panels
from ui.widgets.paths import PathLabel
from ui.widgets.scrolling import Scrolling
from ui.widgets.typed import FieldError
from ui.widgets.words import button, card, label

_TOLD: Final = 4
_NOWHERE: Final = "Chưa chọn thư mục; chương trình hỏi khi ghi"
_ELSEWHERE: Final = ""
_OTHER_PLACE: Final = "Nơi khác (ghi tên ở dòng dưới)"


class SendTab(QWidget):
    """Chooses what is sent; ``changed`` is called when that changed."""

    def __init__(
        self, context: Context, sending: Sending, senders: Senders, changed: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setObjectName("exchangeSend")
        self._context, self.sending, self._senders = context, sending, senders
        self._changed = changed
        self._asked = Asked()
        m = context.theme.measures
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, m.space_2, 0, 0)
        whole.setSpacing(m.space_2)
        self.notice = NoticeBar(context.theme, Tone.GOOD)
        self.open_button = self.notice.act("Mở thư mục", self._open, picture="folder-open")
        whole.addWidget(self.notice)
        self.form = self._fields()
        panels = Panels(
            "exchange-send",
            context.preferences,
            Scrolling(self.form, "Nội dung gói sẽ gửi"),
            self._beside(),
            shares=(3, 2),
        )
        whole.addWidget(panels, 1)
        whole.addLayout(self._foot())
        self.form.changed.connect(self._follow)

    # ------------------------------------------------------------- making

    def _fields(self) -> Form:
        form = Form(self._context.theme)
        form.choice("kind", "Việc cần làm", [(o.kind.value, o.words) for o in self.sending.offers])
        form.choice("unit", "Đơn vị nộp", [("", "")])
        form.choice("cluster", "Cụm, khối", [("", "")])
        form.text("agency", "Cơ quan được đề nghị", required=True)
        form.elsewhere(
            "criteria",
            "Số liệu cần cung cấp",
            "Chọn tiêu chí và đơn vị…",
            self.ask_what,
            self._read,
        )
        form.date("due", "Đề nghị trả lời trước ngày")
        form.choice("recipient", "Gửi cho", [(_ELSEWHERE, _OTHER_PLACE)])
        form.text("other", "Tên nơi nhận")
        form.choice(
            "extent",
            "Gửi bao nhiêu",
            [
                (Extent.EVERYTHING.value, "Đầy đủ: điểm, ghi chép, bản in"),
                (Extent.SCORES.value, "Chỉ điểm và số liệu"),
            ],
        )
        form.tick("papers", "Kèm bản để đọc, để in (PDF, Excel)", True)
        form.tick("evidence", "Kèm tệp minh chứng")
        form.choice("locking", "Khóa gói", [(Locking.OPEN.value, "Không khóa")])
        secret(form, "passphrase", "Mật khẩu của gói", hint=strength_rule())
        secret(form, "again", "Gõ lại mật khẩu của gói")
        form.text("sender", "Tên nơi gửi", required=True)
        form.text("note", "Lời nhắn kèm gói", lines=2)
        return form

    def _beside(self) -> QWidget:
        m = self._context.theme.measures
        frame = card()
        lines = QVBoxLayout(frame)
        lines.setContentsMargins(m.space_4, m.space_3, m.space_4, m.space_3)
        lines.setSpacing(m.space_2)
        outer = QWidget()
        around = QVBoxLayout(outer)
        around.setContentsMargins(m.space_1, 0, 0, 0)
        around.addWidget(frame)
        around.addStretch(1)
        lines.addWidget(label("Gói này để làm gì", "strong"))
        self.purpose = label("", wrap=True)
        lines.addWidget(self.purpose)
        lines.addSpacing(m.space_2)
        lines.addWidget(label("Trong gói có", "strong"))
        self.parts = label("", wrap=True)
        lines.addWidget(self.parts)
        return Scrolling(outer, "Gói sẽ có gì")

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._context.theme.measures.space_2)
        row.addWidget(label("Thư mục ghi gói"))
        self.place = PathLabel(_NOWHERE)
        row.addWidget(self.place, 1)
        self.choose = button("Chọn thư mục…", self.ask_folder, picture="folder-open")
        row.addWidget(self.choose)
        return row

    # ------------------------------------------------------------- showing

    def refresh(self) -> None:
        """Shows units, clusters, recipients and the folder as they are now."""
        sending = self.sending
        self._fill("unit", sending.units())
        self._fill("cluster", sending.clusters())
        names = [(name, name) for name in self._senders.names]
        self._fill("recipient", [*names, (_ELSEWHERE, _OTHER_PLACE)])
        sender = self.form.editor("sender")
        if not self.form.value("sender") and sending.sender:
            sender.setText(sending.sender)  # type: ignore[union-attr]
        if self._asked.criteria:
            self._choose(self._asked)
        folder = sending.folder
        self.place.show_path(str(folder) if folder is not None else _NOWHERE)
        self.notice.say(sending.told)
        self._follow()

    def _fill(self, key: str, options: Sequence[tuple[str, str]]) -> None:
        box = self.form.editor(key)
        assert isinstance(box, QComboBox)
        shown = [(box.itemData(at), box.itemText(at)) for at in range(box.count())]
        if shown == list(options):
            return
        chosen = box.currentData()
        box.blockSignals(True)
        box.clear()
        for answer, words in options:
            box.addItem(words, answer)
        box.setCurrentIndex(max(box.findData(chosen), 0))
        box.blockSignals(False)

    @property
    def kind(self) -> Kind:
        """What is to be sent."""
        return Kind(self.form.value("kind"))

    def _follow(self) -> None:
        """Asks only for what the chosen kind needs, and tells what it would hold."""
        form, kind = self.form, self.kind
        offer = offer_of(kind)
        extent = Extent(form.value("extent")) if offer.has_extents else Extent.EVERYTHING
        request = kind is Kind.FIGURES_REQUEST
        several = bool(self.sending.clusters())
        form.show_field("unit", kind is Kind.SELF_SCORE)
        form.show_field("cluster", several and kind is not Kind.SELF_SCORE)
        for key in ("agency", "criteria", "due"):
            form.show_field(key, request)
        form.show_field("recipient", bool(self._senders.names) and not request)
        known = bool(self._senders.names) and bool(form.value("recipient")) and not request
        form.show_field("other", not known and not request)
        form.show_field("extent", offer.has_extents)
        form.show_field("papers", offer.may_hold(Part.FILES, extent))
        form.show_field("evidence", offer.may_hold(Part.EVIDENCE, extent))
        locks = [(Locking.OPEN.value, "Không khóa"), (Locking.PASSPHRASE.value, "Bằng mật khẩu")]
        if known:
            locks.append((Locking.RECIPIENT.value, "Chỉ nơi nhận mở được, bằng khóa của họ"))
        self._fill("locking", locks)
        with_words = form.value("locking") == Locking.PASSPHRASE.value
        form.show_field("passphrase", with_words)
        form.show_field("again", with_words)
        self.purpose.setText(offer.purpose)
        told = parts_told(
            offer, extent, papers=form.value("papers"), evidence=form.value("evidence")
        )
        self.parts.setText("\n".join(f"•  {words}" for words in told))
        self._changed()

    # ------------------------------------------------------------- figures to ask for

    def ask_what(self) -> AskingSheet | None:
        """Asks for the criteria and units that figures are wanted of."""
        criteria, units = self.sending.askable(), self.sending.units()
        if not criteria:
            words = "Bảng tiêu chí của năm không có tiêu chí nào chấm từ số liệu."
            self.form.fault("criteria", words)
            return None
        theme = self._context.theme
        sheet = AskingSheet(theme, self, criteria, units, self._asked, self._choose)
        sheet.show_over()
        return sheet

    def _choose(self, asked: Asked) -> None:
        """Keeps what was chosen, as far as it is there still, and tells it."""
        titles = {one.code: one.title for one in self.sending.askable()}
        units = dict(self.sending.units())
        self._asked = Asked(
            tuple(code for code in asked.criteria if code in titles),
            tuple(unit for unit in asked.units if unit in units),
        )
        told = "; ".join(f"{code} {titles[code]}" for code in self._asked.criteria[:_TOLD])
        more = len(self._asked.criteria) - _TOLD
        of = f"{len(self._asked.units)} đơn vị: {told}" + (
            f" và {more} mục nữa" if more > 0 else ""
        )
        self.form.hint("criteria", f"{of}." if self._asked.criteria else "")

    def _read(self) -> Asked:
        if not (self._asked.criteria and self._asked.units):
            raise FieldError("Chọn ít nhất một tiêu chí và một đơn vị.")
        return self._asked

    # ------------------------------------------------------------- acting

    def wish(self) -> Wish | None:
        """What was chosen; ``None`` where a field has a fault, which is told beside it."""
        values = self.form.values()
        if values is None:
            return None
        if values["locking"] == Locking.PASSPHRASE.value:
            faults = passphrase_faults(values["passphrase"], values["again"])
            for key, words in faults.items():
                self.form.fault(key, words)
                self.form.editor(key).setFocus()
            if faults:
                return None
        return _wish(values)

    def act(self) -> None:
        """The next thing to do: a key where there is none, else a look at what would leave."""
        if not self.sending.key.is_there:
            make_key_sheet(self._context, self.sending.key, self, self._key_made)
            return
        wish = self.wish()
        if wish is not None:
            self._context.do(lambda: self.sending.prepare(wish, self._offer))

    def _key_made(self) -> None:
        self.refresh()
        self.act()

    def _offer(self, prepared: Prepared) -> None:
        folder = self.sending.folder

        def begin(
            values: dict[str, Any], finish: Callable[[], None], failed: Callable[[Exception], None]
        ) -> None:
            def written(_outcome: Outcome) -> None:
                finish()
                self._written()

            def to(place: Path) -> None:
                self.sending.send(prepared, values["passphrase"], place, written, failed)

            if folder is not None:
                to(folder)
            else:
                sheet.verb.setEnabled(True)
                ask_folder(sheet, "Thư mục để ghi gói", "Ghi vào thư mục này", Path.home(), to)

        verb = "Ký và ghi gói" if folder is not None else "Ký và ghi gói vào thư mục…"
        listed = FindingsList() if prepared.remarks else None
        if listed is not None:
            listed.show_findings(prepared.remarks)
        sheet = PassphraseSheet(prepared.title, verb, self._context, self, begin, above=listed)
        whom = prepared.wish.recipient or prepared.wish.agency
        to_whom = f" gửi {whom}" if whom else ""
        sheet.form.words(f"{prepared.wish.sender}{to_whom}. {prepared.answers}".strip())
        sheet.form.words(prepared.size_sentence)
        sheet.form.words(prepared.lock_sentence)
        secret(sheet.form, "passphrase", "Mật khẩu của khóa đơn vị")
        sheet.form.editor("passphrase").setFocus()
        sheet.show_over()

    def _written(self) -> None:
        self.refresh()
        self._context.notices.said.emit(self.sending.told)

    def ask_folder(self) -> None:
        """Asks where packages go."""

        def then(folder: Path) -> None:
            self.sending.choose_folder(folder)
            self.refresh()

        start = self.sending.folder or Path.home()
        ask_folder(self, "Thư mục để ghi gói", "Chọn thư mục này", start, then)

    def _open(self) -> None:
        if self.sending.outcome is None:
            return
        folder = self.sending.outcome.sent.file.parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._context.notices.said.emit(f"Máy không mở được thư mục; gói nằm ở {folder}.")


def _wish(values: dict[str, Any]) -> Wish:
    plain = Wish(
        kind=Kind(values["kind"]),
        sender=values["sender"],
        recipient=values.get("recipient") or values.get("other", ""),
        locking=Locking(values["locking"]),
        passphrase=values.get("passphrase", ""),
        note=values["note"],
        papers=values.get("papers", False),
        evidence=values.get("evidence", False),
    )
    return replace(
        plain,
        extent=Extent(values.get("extent", Extent.EVERYTHING.value)),
        unit=values.get("unit", ""),
        cluster=values.get("cluster", ""),
        agency=values.get("agency", ""),
        criteria=values["criteria"].criteria if "criteria" in values else (),
        asked_units=values["criteria"].units if "criteria" in values else (),
        due=values.get("due"),
    )
