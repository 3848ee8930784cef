"""Sheets about the unit's own key: making it, taking up one that is there, reading it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.ground.findings import UserError
from ui.context import Context
from ui.flows.own_key import (
    KEY_FILES,
    WHY,
    OwnKey,
    passphrase_faults,
    strength_rule,
)
from ui.widgets.files import ask_file, ask_new_file
from ui.widgets.form import Form, FormSheet
from ui.widgets.sheet import Sheet
from ui.widgets.words import breakable, label

_OF_PASSPHRASE = frozenset({"passphrase_wrong", "passphrase_too_short"})


def secret(form: Form, key: str, title: str, *, hint: str = "", required: bool = True) -> QLineEdit:
    """A field whose letters are not shown."""
    line = form.text(key, title, required=required, hint=hint)
    assert isinstance(line, QLineEdit)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
    return line


class PassphraseSheet(FormSheet):
    """A form whose work goes on while it is in sight: a wrong passphrase is told beside the field.

    ``begin`` starts the work with the values, and is given what to call when it is over.
    """

    def __init__(
        self,
        title: str,
        verb: str,
        context: Context,
        parent: QWidget,
        begin: Callable[[dict[str, Any], Callable[[], None], Callable[[Exception], None]], None],
        *,
        above: QWidget | None = None,
        beside: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> None:
        super().__init__(
            title,
            verb,
            context.theme,
            parent,
            self._start,
            width=620,
            above=above,
            beside=beside,
        )
        self._context, self._begin = context, begin
        self._finish = self.closer()

    def _start(self, values: dict[str, Any]) -> bool:
        self.verb.setEnabled(False)
        still: list[PassphraseSheet] = [self]
        self.finished.connect(lambda _answer: still.clear())

        def failed(fault: Exception) -> None:
            if still:
                still[0].show_fault(fault)
            else:
                self._context.notices.fault(fault)

        self._begin(values, self._finish, failed)
        return False

    def show_fault(self, fault: Exception) -> None:
        """A fault of the passphrase stands beside its field, any other in a sheet of its own."""
        self.verb.setEnabled(True)
        if isinstance(fault, UserError) and fault.findings[0].code in _OF_PASSPHRASE:
            finding = fault.findings[0]
            self.form.fault("passphrase", f"{finding.message} {finding.remedy or ''}".strip())
            self.form.editor("passphrase").setFocus()
        else:
            self._context.notices.fault(fault)


def make_key_sheet(
    context: Context, key: OwnKey, parent: QWidget, then: Callable[[], object]
) -> PassphraseSheet:
    """Explains the key in three sentences and makes it; ``then`` goes on with what was asked."""
    places = [key.file]

    def begin(
        values: dict[str, Any], finish: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        faults = passphrase_faults(values["passphrase"], values["again"])
        for field, words in faults.items():
            sheet.form.fault(field, words)
            sheet.form.editor(field).setFocus()
        if faults:
            sheet.verb.setEnabled(True)
            return

        def made(fingerprint: str) -> None:
            finish()
            show_fingerprint(context, parent, fingerprint, then)

        key.make(places[0], values["passphrase"], made, failed)

    def choose(file: Path) -> None:
        places[0] = file
        where.setText(_where(file))

    def ask() -> None:
        ask_new_file(sheet, "Nơi giữ tệp khóa", "Chọn nơi này", places[0], KEY_FILES, choose)

    def other() -> None:
        sheet.close()
        ask_key_file(context, key, parent, then)

    sheet = PassphraseSheet(
        "Lập khóa của đơn vị",
        "Lập khóa",
        context,
        parent,
        begin,
        beside=(("Chọn nơi khác…", ask), ("Dùng tệp khóa đã có…", other)),
    )
    sheet.form.words(WHY)
    where = sheet.form.words(_where(places[0]))
    where.setObjectName("keyPlace")
    secret(sheet.form, "passphrase", "Mật khẩu của khóa", hint=strength_rule())
    secret(sheet.form, "again", "Gõ lại mật khẩu")

    sheet.show_over()
    return sheet


def _where(file: Path) -> str:
    return f"Tệp khóa sẽ nằm ở: {breakable(file)}. Nên chép thêm một bản vào nơi cất giữ an toàn."


def ask_key_file(
    context: Context, key: OwnKey, parent: QWidget, then: Callable[[], object]
) -> None:
    """Asks for a key file that is there, then for its passphrase."""

    def chosen(file: Path) -> None:
        adopt_key_sheet(context, key, file, parent, then)

    ask_file(
        parent,
        "Tệp khóa đã có",
        "Dùng tệp này",
        key.file.parent,
        KEY_FILES,
        chosen,
    )


def adopt_key_sheet(
    context: Context, key: OwnKey, file: Path, parent: QWidget, then: Callable[[], object]
) -> PassphraseSheet:
    """Takes up a key that was made before; its passphrase proves that it is the unit's."""

    def begin(
        values: dict[str, Any], finish: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        def opened(fingerprint: str) -> None:
            finish()
            show_fingerprint(context, parent, fingerprint, then)

        key.adopt(file, values["passphrase"], opened, failed)

    sheet = PassphraseSheet("Dùng tệp khóa đã có", "Mở khóa", context, parent, begin)
    sheet.form.words(f"Tệp khóa: {breakable(file)}")
    secret(sheet.form, "passphrase", "Mật khẩu của khóa")
    sheet.show_over()
    return sheet


def show_fingerprint(
    context: Context, parent: QWidget, fingerprint: str, then: Callable[[], object]
) -> Sheet:
    """The fingerprint in large type, to be read out on the telephone."""
    sheet = Sheet("Dấu khóa của đơn vị", parent, width=620)
    number = label(in_lines(fingerprint), "number")
    number.setObjectName("fingerprint")
    number.setAccessibleName(f"Dấu khóa {fingerprint}")
    number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    number.setAlignment(Qt.AlignmentFlag.AlignCenter)
    sheet.body.addWidget(number)
    sheet.body.addWidget(
        label(
            "Đọc chín nhóm số này qua điện thoại cho từng nơi nhận gói của đơn vị. Nơi nhận gõ lại "
            "đúng dãy số thì từ đó nhận ra gói của đơn vị. Dấu khóa không phải bí mật; chỉ mật "
            "khẩu và tệp khóa mới phải giữ kín.",
            wrap=True,
        )
    )
    copy = sheet.add_button("Sao chép dấu khóa")
    copy.clicked.connect(lambda: QApplication.clipboard().setText(fingerprint))
    done = sheet.add_button("Tiếp tục", primary=True, role="close")
    done.clicked.connect(lambda: then())
    done.setFocus()
    sheet.show_over()
    return sheet


def in_lines(fingerprint: str) -> str:
    """Nine groups in three lines of three, as one reads them out."""
    groups = fingerprint.split()
    return "\n".join("   ".join(groups[at : at + 3]) for at in range(0, len(groups), 3))
