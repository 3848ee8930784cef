"""The sheet that opens a locked package: by its passphrase, or by the unit's own key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Protocol

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.flows.own_key import OwnKey
from ui.sheets.key_sheet import PassphraseSheet, ask_key_file, secret
from ui.widgets.words import breakable

_BY_PASSPHRASE: Final = "passphrase"
_BY_KEY: Final = "key"


class LookAt(Protocol):
    """How a package is looked at; ``passphrase`` is the package's, ``own`` that of the own key."""

    def __call__(
        self,
        file: Path,
        done: Callable[[], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        passphrase: str = "",
        own: str = "",
    ) -> None:
        """Starts to look."""


def ask_to_open(
    context: Context,
    parent: QWidget,
    file: Path,
    key: OwnKey,
    look: LookAt,
    then: Callable[[], object],
    way: str = _BY_PASSPHRASE,
) -> PassphraseSheet:
    """Asks for what opens a locked package; ``then`` comes once it was looked at.

    Where this computer has no key yet, one that lies elsewhere (on a stick, say) can be taken up.
    """

    def begin(
        values: dict[str, Any], finish: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        def looked() -> None:
            finish()
            then()

        words = values["passphrase"]
        if values.get("way", _BY_PASSPHRASE) == _BY_KEY:
            look(file, looked, failed, own=words)
        else:
            look(file, looked, failed, passphrase=words)

    def again() -> None:
        ask_to_open(context, parent, file, key, look, then, _BY_KEY)

    def other() -> None:
        sheet.close()
        ask_key_file(context, key, parent, again)

    sheet = PassphraseSheet(
        "Gói được khóa",
        "Mở và xem gói",
        context,
        parent,
        begin,
        beside=() if key.is_there else (("Mở bằng tệp khóa của đơn vị…", other),),
    )
    sheet.form.words(f"Tệp {breakable(Path(file.name))} chỉ xem được sau khi mở khóa.")
    if key.is_there:
        sheet.form.choice(
            "way",
            "Gói được khóa",
            [
                (_BY_PASSPHRASE, "Bằng mật khẩu của gói, nơi gửi đã báo"),
                (_BY_KEY, "Riêng cho đơn vị này, mở bằng khóa của đơn vị"),
            ],
            way,
        )
    secret(sheet.form, "passphrase", "Mật khẩu")
    sheet.form.editor("passphrase").setFocus()
    sheet.show_over()
    return sheet
