"""Findings: what is wrong with data, told as sentences with a place and a remedy.

A finding is a value. Readers and checks gather findings and go on; nobody raises on the
first. ``UserError`` carries gathered findings out of a command when it cannot go on.
Anything else that is raised is a bug.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error must be mended, a warning looked at."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or remark, in Vietnamese, addressed to the officer.

    ``code`` is stable and listed in ``catalogue``; ``place`` says where in the user's own
    words (file, row, criterion); ``remedy`` says what to do.
    """

    code: str
    severity: Severity
    place: str
    message: str
    remedy: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the finding must be mended."""
        return self.severity is Severity.ERROR


class Findings:
    """A gathering of findings in the order of their discovery, without repetition."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._items: dict[Finding, None] = dict.fromkeys(findings)

    def add(self, finding: Finding) -> None:
        """Keeps one finding."""
        self._items[finding] = None

    def error(self, code: str, place: str, message: str, remedy: str = "") -> None:
        """Keeps a fault that must be mended."""
        self.add(Finding(code, Severity.ERROR, place, message, remedy))

    def warning(self, code: str, place: str, message: str, remedy: str = "") -> None:
        """Keeps a remark that must be looked at."""
        self.add(Finding(code, Severity.WARNING, place, message, remedy))

    def note(self, code: str, place: str, message: str, remedy: str = "") -> None:
        """Keeps a remark for information."""
        self.add(Finding(code, Severity.NOTE, place, message, remedy))

    def extend(self, findings: Iterable[Finding]) -> None:
        """Keeps several findings."""
        if isinstance(findings, Findings):
            self._items.update(findings._items)  # quicker: no finding is hashed again
            return
        for finding in findings:
            self.add(finding)

    def set_apart(self) -> Callable[[], Findings | None]:
        """Gathers what is told from now on also for itself, what was told before included.

        The answer ends that and gives what was told, or ``None`` where it was nothing; all of it
        is kept here too. What begins inside ends inside.
        """
        before, self._items = self._items, {}

        def told() -> Findings | None:
            found, self._items = self._items, before
            if not found:
                return None
            before.update(found)
            apart = Findings()
            apart._items = found
            return apart

        return told

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._items)

    def __contains__(self, finding: object) -> bool:
        return finding in self._items

    def __len__(self) -> int:
        return len(self._items)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The faults that must be mended."""
        return tuple(f for f in self if f.is_error)

    def as_tuple(self) -> tuple[Finding, ...]:
        """All findings, frozen."""
        return tuple(self)


class UserError(Exception):
    """The user can mend this: the findings say what, where and how."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{f.place}: {f.message}" for f in self.findings))
