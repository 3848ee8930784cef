"""Law: whatever a unit fills in, reading the form returns it."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.snapshot import Entry, EntryState, Figure
from app.exchange.forms import Citation, describe_form, read_form, write_form
from app.rules.methods import FigureKind
from tests.app.exchange.forms.conftest import ROSTER, pack_of
from tests.app.exchange.forms.filling import filled

PACK = pack_of()
FORM = describe_form(PACK, ROSTER, "tc", "self")
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))


def decimals(low: int, high: int) -> st.SearchStrategy[Fraction]:
    return st.integers(low * 100, high * 100).map(lambda n: Fraction(n, 100))


def figure(kind: FigureKind, levels: list[str]) -> st.SearchStrategy[Figure]:
    match kind:
        case FigureKind.COUNT:
            return st.integers(0, 10**6).map(Fraction)
        case FigureKind.NUMBER:
            return decimals(-(10**6), 10**9)
        case FigureKind.YES_NO:
            return st.booleans()
        case FigureKind.DATE:
            return DAYS
        case FigureKind.LEVEL:
            return st.sampled_from(levels)


@st.composite
def entries(draw: st.DrawFn) -> tuple[Entry, ...]:
    found = []
    for row in FORM.scored:
        state = draw(st.sampled_from(list(EntryState)))
        if state is EntryState.BLANK:
            continue
        entry = Entry("tc", row.code, "self", state)
        if state is EntryState.SCORED:
            figures = {f.name: draw(figure(f.kind, list(f.levels.values()))) for f in row.figures}
            points = None
            if row.is_direct:
                assert row.node.max is not None
                points = draw(decimals(0, int(row.node.max)))
            entry = replace(entry, figures=figures, points=points)
        found.append(entry)
    return tuple(found)


WORDS = st.lists(
    st.sampled_from(
        [
            "Báo cáo",
            "Kế hoạch",
            "12/QĐ-UBND",
            "trang 3",
            "Mục 2.1",
            "Sở Tài chính",
            "đợt 1",
            "(lần 2)",
        ]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
"""Real words: letters thrown together may look like text of an old font, which is asked about."""


@st.composite
def citations(draw: st.DrawFn) -> tuple[Citation, ...]:
    codes = [row.code for row in FORM.scored]
    found = draw(
        st.lists(
            st.builds(
                Citation, st.sampled_from(codes), WORDS, st.none() | DAYS, WORDS, WORDS, WORDS
            ),
            max_size=12,
        )
    )
    return tuple(sorted(found, key=lambda citation: codes.index(citation.criterion)))


@settings(max_examples=25)
@given(entries(), citations())
def test_what_is_filled_in_is_read(
    typed: tuple[Entry, ...], documents: tuple[Citation, ...]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tc.xlsx"
        path.write_bytes(write_form(PACK, ROSTER, "tc", "self"))
        reading, findings = read_form(filled(path, typed, documents), PACK, ROSTER)
    assert findings.errors == ()
    assert reading is not None
    assert tuple(replace(e, evidence=None) for e in reading.entries) == typed
    plain = [replace(citation, where="") for citation in reading.citations]
    assert sorted(plain, key=repr) == sorted(documents, key=repr)
    cited = {citation.criterion for citation in documents}
    for entry in reading.entries:
        assert (entry.evidence is not None) == (entry.criterion in cited)
