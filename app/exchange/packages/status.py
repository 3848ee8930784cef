"""What the reading of a package found: a frozen value that refuses by default."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.exchange.packages.contents import Contents
from app.exchange.packages.head import Head
from app.exchange.packages.keys import KeyStanding, KnownSender, PublicKey
from app.ground.findings import Finding, UserError


class SignatureState(StrEnum):
    """Whether a package bears a signature, and whether it is of this content."""

    NONE = "none"
    GOOD = "good"
    BAD = "bad"


_SIGNATURES = {
    SignatureState.NONE: "không có chữ ký số",
    SignatureState.BAD: "chữ ký số sai",
}
_STANDINGS = {
    KeyStanding.KNOWN: "do nơi gửi đã xác nhận ký",
    KeyStanding.UNKNOWN: "khóa ký chưa được xác nhận",
    KeyStanding.CHANGED: "KHÓA KÝ KHÁC với khóa đã xác nhận",
}


@dataclass(frozen=True)
class PackageStatus:
    """A package as it was found.

    ``intact`` says that every byte is in its form and nothing was changed since it was packed, and
    that a signature, where there is one, fits; only then are ``head`` and ``contents`` there.
    ``sender`` is the record of a known sender that the key agrees with or breaks. Whether a
    package is newer or older than what is at hand is decided against a workspace, not here.
    """

    name: str
    intact: bool
    signature: SignatureState
    standing: KeyStanding
    problems: tuple[Finding, ...]
    digest: str | None = None
    key: PublicKey | None = None
    sender: KnownSender | None = None
    head: Head | None = None
    contents: Contents | None = field(default=None, repr=False)

    @property
    def admissible(self) -> bool:
        """Whether it may be taken in: intact, and signed by a sender who is known by this key."""
        return (
            self.intact
            and self.signature is SignatureState.GOOD
            and self.standing is KeyStanding.KNOWN
        )

    @property
    def words(self) -> str:
        """The status in one Vietnamese sentence."""
        if not self.intact:
            return f"{self.name}: gói không nguyên vẹn, không được nhận."
        assert self.head is not None
        signed = _SIGNATURES.get(self.signature) or _STANDINGS[self.standing]
        return f"{self.head.title} của {self.head.sender.name}: gói nguyên vẹn, {signed}."

    def admitted(self) -> Contents:
        """The contents of an admissible package; raises ``UserError`` with the problems."""
        if not self.admissible or self.contents is None:
            raise UserError(self.problems)
        return self.contents
