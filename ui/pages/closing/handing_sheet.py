"""The sheet of the handover package: what goes along, how it is locked, where it is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.flows.outgoing import Locking, Outcome
from ui.flows.own_key import passphrase_faults, strength_rule
from ui.pages.closing.handing import Handing, Prepared, Wish
from ui.sheets.key_sheet import PassphraseSheet, make_key_sheet, secret
from ui.widgets.files import ask_folder
from ui.widgets.words import breakable

_FIELDS: Final = {"passphrase": "lock", "again": "again"}
"""Where the faults of the package's own passphrase are told."""


def hand_over(
    context: Context, handing: Handing, parent: QWidget, then: Callable[[Outcome], object]
) -> None:
    """Asks for what the package needs, beginning with a key where the unit has none yet."""

    def again() -> None:
        hand_over(context, handing, parent, then)

    def prepared(ready: Prepared) -> None:
        _sheet(context, handing, ready, parent, then)

    if handing.key.is_there:
        context.do(lambda: handing.prepare(prepared))
    else:
        make_key_sheet(context, handing.key, parent, again)


def _sheet(
    context: Context,
    handing: Handing,
    prepared: Prepared,
    parent: QWidget,
    then: Callable[[Outcome], object],
) -> PassphraseSheet:
    def begin(
        values: dict[str, Any], finish: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        if values["locking"] == Locking.PASSPHRASE.value:
            faults = passphrase_faults(values["lock"], values["again"])
            for name, words in faults.items():
                sheet.form.fault(_FIELDS[name], words)
                sheet.form.editor(_FIELDS[name]).setFocus()
            if faults:
                sheet.verb.setEnabled(True)
                return

        def written(outcome: Outcome) -> None:
            finish()
            then(outcome)

        handing.send(prepared, _wish(values), values["passphrase"], written, failed)

    def choose() -> None:
        ask_folder(sheet, "Thư mục để ghi gói", "Ghi vào thư mục này", handing.folder, take)

    def take(folder: Path) -> None:
        handing.choose_folder(folder)
        place.setText(breakable(handing.folder))

    def follow() -> None:
        locking = form.value("locking")
        form.show_field("whom", locking == Locking.RECIPIENT.value)
        form.show_field("recipient", locking != Locking.RECIPIENT.value)
        for name in ("lock", "again"):
            form.show_field(name, locking == Locking.PASSPHRASE.value)

    sheet = PassphraseSheet(
        "Lập gói bàn giao",
        "Ký và ghi gói bàn giao",
        context,
        parent,
        begin,
        beside=(("Chọn thư mục ghi gói…", choose),),
    )
    form = sheet.form
    form.words(
        "Gói có toàn bộ nhật ký của sổ và mọi năm, kể cả các năm đã khóa cùng dấu niêm phong. "
        "Người nhận lập được sổ giống hệt và kiểm tra lại được từng năm."
    )
    form.choice(
        "evidence",
        "Tệp minh chứng",
        [(str(int(along)), words) for along, words in prepared.choices],
        hint=prepared.advice,
    )
    form.text("recipient", "Người nhận", hint="Tên người hoặc đơn vị nhận; để trống cũng được.")
    names = [(name, name) for name in handing.recipients]
    form.choice("whom", "Nơi nhận", names)
    form.choice("locking", "Khóa gói", _lockings(bool(names)))
    secret(form, "lock", "Mật khẩu của gói", hint=strength_rule())
    secret(form, "again", "Gõ lại mật khẩu của gói")
    form.text("sender", "Tên nơi gửi", handing.sender, required=True)
    form.text("note", "Lời nhắn kèm gói")
    place = form.told("Thư mục ghi gói", breakable(handing.folder))
    secret(form, "passphrase", "Mật khẩu của khóa đơn vị")
    form.changed.connect(follow)
    follow()
    form.editor("evidence").setFocus()
    sheet.show_over()
    return sheet


def _lockings(known: bool) -> list[tuple[str, str]]:
    ways = [
        (Locking.OPEN.value, "Không khóa: ai có tệp cũng đọc được"),
        (Locking.PASSPHRASE.value, "Bằng mật khẩu, báo cho người nhận bằng đường khác"),
    ]
    if known:
        ways.append((Locking.RECIPIENT.value, "Chỉ nơi nhận mở được, bằng khóa của họ"))
    return ways


def _wish(values: dict[str, Any]) -> Wish:
    return Wish(
        sender=values["sender"],
        recipient=values.get("whom") or values.get("recipient", ""),
        evidence=values["evidence"] == "1",
        locking=Locking(values["locking"]),
        passphrase=values.get("lock", ""),
        note=values["note"],
    )
