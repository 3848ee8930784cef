"""The unit's own key on this computer: where it lies, its fingerprint, making and opening it.

The key lies in a file under a passphrase, in the officer's own folder unless another one is
chosen. Of it the preferences remember the place and the public half, so that the fingerprint can
be read out without the passphrase.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ui.preferences import Preferences
from ui.runner import Progress, Runner

if TYPE_CHECKING:  # the page shows before what signs and locks is imported
    from app.exchange.packages import PublicKey, SigningKey

_FILE: Final = "exchange.key.file"
_PUBLIC: Final = "exchange.key.public"
_NAME: Final = "khoa-don-vi.khoa"
KEY_FILES: Final = "Tệp khóa (*.khoa);;Mọi tệp (*)"

WHY: Final = (
    "Mỗi gói gửi đi được ký bằng khóa của đơn vị, để nơi nhận biết chắc gói do đơn vị lập và không "
    "bị sửa trên đường. Khóa chỉ lập một lần, nằm trong một tệp trên máy này và được khóa bằng mật "
    "khẩu; quên mật khẩu thì không ai mở lại được. Lập xong, Anh/Chị đọc dấu khóa qua điện thoại "
    "cho nơi nhận để họ xác nhận."
)


class OwnKey:
    """The key that signs what leaves, and opens what was locked for this unit."""

    def __init__(self, runner: Runner, preferences: Preferences) -> None:
        self._runner, self._preferences = runner, preferences
        self.told: Callable[[], None] = lambda: None
        """Called when the key was made or taken up."""

    @property
    def file(self) -> Path:
        """Where the key lies, or would lie."""
        return Path(self._preferences.choice(_FILE, str(self._preferences.folder / _NAME)))

    @property
    def is_there(self) -> bool:
        """Whether the unit has a key on this computer."""
        return self.file.is_file()

    @property
    def fingerprint(self) -> str:
        """What is read out on the telephone; empty where the key was never opened here."""
        from app.exchange.packages import PublicKey

        kept = self._preferences.choice(_PUBLIC, "")
        try:
            return PublicKey(bytes.fromhex(kept)).fingerprint if kept and self.is_there else ""
        except ValueError:
            return ""

    def sentence(self) -> str:
        """How the own key stands."""
        if not self.is_there:
            return "Đơn vị chưa có khóa ký trên máy này."
        if not self.fingerprint:
            return "Đã có tệp khóa; dấu khóa hiện ra sau lần mở khóa đầu tiên."
        return "Dấu khóa của đơn vị. Đọc qua điện thoại cho nơi nhận gói, để họ xác nhận."

    # ------------------------------------------------------------- making and opening

    def make(
        self,
        file: Path,
        passphrase: str,
        done: Callable[[str], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Makes the key; ``done`` is told its fingerprint."""

        def work(progress: Progress) -> PublicKey:
            from app.operations.exchange.keyring import make_key

            progress.settle("Lập khóa của đơn vị")
            return make_key(file, passphrase)

        self._runner.run("Lập khóa của đơn vị", work, self._keeper(file, done), failed)

    def adopt(
        self,
        file: Path,
        passphrase: str,
        done: Callable[[str], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Uses a key that was made before, on another computer say."""

        def work(_progress: Progress) -> PublicKey:
            from app.operations.exchange.keyring import open_key

            return open_key(file, passphrase).public

        self._runner.run("Mở khóa của đơn vị", work, self._keeper(file, done), failed)

    def _keeper(self, file: Path, done: Callable[[str], None]) -> Callable[[PublicKey], None]:
        def keep(public: PublicKey) -> None:
            self._preferences.keep_choice(_FILE, str(file))
            self.remember(public)
            self.told()
            done(public.fingerprint)

        return keep

    def remember(self, public: PublicKey) -> None:
        """Keeps the public half of a key that was opened."""
        self._preferences.keep_choice(_PUBLIC, public.raw.hex())

    def opened(self, passphrase: str) -> SigningKey:
        """The key, open; takes about a second. Raises ``UserError``."""
        from app.operations.exchange.keyring import open_key

        return open_key(self.file, passphrase)


def passphrase_faults(passphrase: str, again: str) -> dict[str, str]:
    """What is wrong with a new passphrase, by the field that it is typed in."""
    from app.exchange.packages.sealing import MIN_PASSPHRASE
    from app.ground.text import composed

    words = composed(passphrase).strip()
    if len(words) < MIN_PASSPHRASE:
        return {"passphrase": f"Mật khẩu cần ít nhất {MIN_PASSPHRASE} ký tự."}
    if len(set(words.casefold())) < 5:
        return {"passphrase": "Mật khẩu này dễ đoán: chỉ có vài ký tự lặp lại."}
    if words != composed(again).strip():
        return {"again": "Hai lần gõ chưa giống nhau. Gõ lại cả hai."}
    return {}


def strength_rule() -> str:
    """What a passphrase must be like, in a sentence."""
    from app.exchange.packages.sealing import MIN_PASSPHRASE

    return (
        f"Ít nhất {MIN_PASSPHRASE} ký tự; tốt nhất là bốn từ không liên quan nhau, "
        "dễ nhớ với Anh/Chị."
    )
