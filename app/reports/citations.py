"""Clauses and sources as a paper cites them.

A source that is a lecture, an example or out of force is said to be so and is never printed
as a legal basis (căn cứ).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.ground.findings import Findings
from app.reports.document import official_date
from app.rules.document import LoadedPack
from app.rules.merge import with_overlays
from app.rules.pack import Source
from app.scoring.assessment import Assessment

MARK = "(*)"
LAWS: Final = ("Bộ luật", "Luật", "Pháp lệnh")
_HEIGHTS: Final = {
    kind: place for place, kind in enumerate((*LAWS, "Nghị quyết", "Nghị định", "Thông tư"))
}
"""The height of a kind of document; the others follow in the order of the pack."""
NO_BASIS = {
    "lecture": "tài liệu tập huấn, không phải căn cứ pháp lý",
    "example": "ví dụ minh họa, không phải căn cứ pháp lý",
}


class Citations:
    """The clauses and sources of an assessment's packs in words, as of the period's end.

    ``overlays`` are the packs that were laid over the main one.
    """

    def __init__(self, assessment: Assessment, overlays: Sequence[LoadedPack] = ()) -> None:
        main = assessment.pack.rules
        rules = with_overlays(main, [overlay.rules for overlay in overlays], Findings())
        self.day = assessment.snapshot.period.end
        self._clauses = {clause.id: clause for clause in rules.clauses}
        self._sources = {source.id: source for source in rules.sources}
        self._marked: set[str] = set()

    def short(self, clause_id: str | None) -> str:
        """ "Mục I.2, Đề án 1308/ĐA-UBND"; a source that is no basis carries the mark (*)."""
        clause = self._clauses.get(clause_id or "")
        if clause is None:
            return ""
        source = self._sources.get(clause.source)
        if source is None:
            return clause.place
        words = ", ".join((clause.place, " ".join(filter(None, (source.type, source.number)))))
        if not self._doubt(source):
            return words
        self._marked.add(source.id)
        return f"{words} {MARK}"

    def quote(self, clause_id: str | None) -> str:
        """The quoted words, or the note of a clause without a quote."""
        clause = self._clauses.get(clause_id or "")
        if clause is None:
            return ""
        return f"“{clause.quote}”" if clause.quote else clause.note

    def bases(self) -> tuple[str, ...]:
        """The sources in force that are a basis, in full, for the lines of the căn cứ.

        Laws stand first, then decrees and circulars, then what the province issued.
        """
        found = [source for source in self._sources.values() if not self._doubt(source)]
        ordered = sorted(found, key=lambda source: _HEIGHTS.get(source.type, len(_HEIGHTS)))
        return tuple("Căn cứ " + self.full(source) for source in ordered)

    def marked(self) -> tuple[str, ...]:
        """What the marks (*) that were set since the last asking stand for, a line each."""
        lines = tuple(
            f"{MARK} Không dùng làm căn cứ: {self.full(source)}; {self._doubt(source)}."
            for source in self._sources.values()
            if source.id in self._marked
        )
        self._marked.clear()
        return lines

    def full(self, source: Source) -> str:
        """Type, number, date, issuer and subject; a law without number and issuer."""
        words = [source.type]
        law = source.kind == "law" and source.type in LAWS
        if law:
            words = [f"{source.type} {source.subject}"]
        elif source.number:
            words.append(f"số {source.number}")
        if source.date is not None:
            words.append(official_date(source.date))
        elif source.date_words:
            words.append(source.date_words)
        if not law:
            words.append(f"của {source.issuer}")
            words.append(_about(source.subject))
        return " ".join(words)

    def _doubt(self, source: Source) -> str:
        if source.kind in NO_BASIS:
            return NO_BASIS[source.kind]
        if source.since is not None and source.since > self.day:
            return f"có hiệu lực từ {official_date(source.since)}"
        if source.until is not None and source.until < self.day:
            ended = f"hết hiệu lực sau {official_date(source.until)}"
            return ended + (f", thay bằng {source.replaced_by}" if source.replaced_by else "")
        return ""


def _about(subject: str) -> str:
    """The subject after the issuer, joined with "về" unless it brings its own verb."""
    lowered = subject[:1].lower() + subject[1:] if not subject[:2].isupper() else subject
    first = lowered.split(" ", 1)[0]
    return lowered if first in ("về", "quy", "hướng", "ban", "sửa") else f"về {lowered}"
