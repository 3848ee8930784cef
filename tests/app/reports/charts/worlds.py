"""Random descriptions: few and many units, long and odd names, zeros, blanks, negatives."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

from hypothesis import strategies as st

from app.reports.charts.description import (
    Bar,
    Chart,
    ComparisonChart,
    Gap,
    GapsChart,
    Numbers,
    Pair,
    Part,
    PartKind,
    SectionsChart,
    Side,
    YearLine,
    YearsChart,
    clean,
)
from app.reports.charts.spread import Share, SpreadChart

WORDS = (
    "Sở Tài chính",
    "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
    "Ủy ban nhân dân huyện Nguyên Bình",
    "Ban Quản lý các khu công nghiệp và khu kinh tế cửa khẩu tỉnh Cao Bằng mở rộng phía Bắc",
    "Trường" + "dàikhôngdấucách" * 6,
    'Sở "A" & <B>',
    unicodedata.normalize("NFD", "Sở Giáo dục và Đào tạo"),
    "ỴẪỖ",
    "A",
)
names = st.sampled_from(WORDS).map(clean)
titles = st.one_of(names, st.text("aăâ đêôơư ẤẶgỵ0", max_size=90).map(clean))
points = st.one_of(
    st.sampled_from([0, 1, 5, 100, 730, 1000, 12345]),
    st.fractions(-50, 1000, max_denominator=300),
).map(Fraction)
maybe = st.one_of(st.none(), points)
numbers = st.builds(Numbers, st.integers(0, 3))


@st.composite
def sections(draw: st.DrawFn) -> SectionsChart:
    count = draw(st.integers(0, 12))
    parts = [Part(draw(titles), draw(st.sampled_from(["I", "XII", "1", ""]))) for _ in range(count)]
    parts += [
        Part("Điểm thưởng", kind=PartKind.BONUS),
        Part("Điểm trừ", kind=PartKind.DEDUCTION),
    ][: draw(st.integers(0, 2))]
    bars = []
    for rank in range(1, draw(st.integers(0, 20)) + 1):
        values = []
        for part in parts:
            value = draw(maybe)
            turned = part.kind is PartKind.DEDUCTION and value is not None
            values.append(-abs(value) if turned else value)
        total = sum((v for v in values if v is not None), Fraction(0))
        bars.append(
            Bar(
                draw(names),
                draw(st.sampled_from([rank, None])),
                tuple(values),
                draw(st.sampled_from([total, total, None, total * 2, -total])),
                draw(st.sampled_from([0, 0, 3, 1200])),
                ("I", "II")[: draw(st.integers(0, 2))],
                draw(st.sampled_from(["", "Tổng 1200 ra ngoài thang điểm, tính 1000. " * 3])),
            )
        )
    return SectionsChart(
        draw(titles), "Cụm 1", tuple(parts), tuple(bars), draw(numbers), draw(st.booleans())
    )


@st.composite
def gaps(draw: st.DrawFn) -> GapsChart:
    rows = []
    for _ in range(draw(st.integers(0, 12))):
        own, final = draw(points), draw(points)
        rows.append(Gap(draw(titles), draw(st.sampled_from(["I.1.a", "12", ""])), own, final))
    return GapsChart(
        draw(titles),
        draw(names),
        draw(st.sampled_from(["Tự chấm", WORDS[3]])),
        draw(st.sampled_from(["Thẩm định", WORDS[3]])),
        tuple(rows),
        draw(st.integers(0, 3)),
        draw(st.integers(0, 3)),
        draw(st.integers(0, 3)),
        numbers=draw(numbers),
        provisional=draw(st.booleans()),
    )


@st.composite
def years(draw: st.DrawFn) -> YearsChart:
    lines = []
    for _ in range(draw(st.integers(0, 20))):
        kind = draw(st.sampled_from(["both", "both", "new", "left"]))
        lines.append(
            YearLine(
                draw(names),
                None if kind == "new" else draw(maybe),
                None if kind == "left" else draw(maybe),
                kind == "new",
                kind == "left",
            )
        )
    return YearsChart(
        draw(titles),
        draw(st.sampled_from(["năm 2025", "năm học 2024 - 2025 của toàn ngành giáo dục tỉnh"])),
        draw(st.sampled_from(["năm 2026", "năm học 2025 - 2026 của toàn ngành giáo dục tỉnh"])),
        tuple(lines),
        percent=draw(st.booleans()),
        numbers=draw(numbers),
        provisional=draw(st.booleans()),
    )


@st.composite
def comparisons(draw: st.DrawFn) -> ComparisonChart:
    pairs = [
        Pair(Part(draw(titles), draw(st.sampled_from(["I", ""]))), draw(maybe), draw(maybe))
        for _ in range(draw(st.integers(0, 12)))
    ]
    sides = [Side(draw(names), draw(maybe), draw(st.sampled_from([None, 1, 12]))) for _ in range(2)]
    return ComparisonChart(
        draw(titles), sides[0], sides[1], tuple(pairs), draw(numbers), draw(st.booleans())
    )


@st.composite
def spreads(draw: st.DrawFn) -> SpreadChart:
    shares = st.fractions(-1, 2, max_denominator=300)
    rows = [
        Share(draw(titles), draw(st.sampled_from(["II.3.a", "12", ""])), draw(shares))
        for _ in range(draw(st.integers(0, 14)))
    ]
    return SpreadChart(
        draw(titles),
        "Cụm 1",
        tuple(rows),
        draw(st.integers(0, 9)),
        draw(shares),
        draw(st.booleans()),
    )


charts: st.SearchStrategy[Chart] = st.one_of(sections(), gaps(), years(), comparisons(), spreads())
