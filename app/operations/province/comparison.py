"""Comparisons between the clusters in words: for analysis only, and every answer says so."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from app.ground.numbers import vietnamese
from app.operations.province.view import ProvinceView
from app.scoring.province_comparison import (
    ANALYSIS_ONLY,
    Comparison,
    Cut,
    SharedTable,
    Strictness,
    compare,
)

MOST: Final = 10


def province_comparison(view: ProvinceView) -> Comparison:
    """What the gathered clusters say beside each other, with what their units had to explain."""
    asked: dict[str, list[tuple[str, str]]] = {}
    for reading in view.readings:
        for result in reading.results():
            if reading.year is not None:
                asked[result.key] = [(x.unit, x.criterion) for x in reading.year.explanations]
    return compare(view.province, asked)


def comparison_lines(found: Comparison, most: int = MOST) -> Iterator[str]:
    """All of it in sentences; at most so many units and criteria of each list."""
    yield ANALYSIS_ONLY
    yield "Độ chặt khi chấm (bình quân, % điểm tối đa):"
    yield from (f"  {_strictness(one)}" for one in found.strictness)
    yield "Đơn vị tự chấm cao hơn kết quả:"
    units = [one for one in found.inflation if one.share > 0]
    for one in units[:most]:
        yield (
            f"  {one.cluster.unit_name(one.unit)} ({one.cluster.name}): cao hơn "
            f"{_percent(one.share)} ở {one.cells} tiêu chí có nơi khác chấm lại"
        )
    if not units:
        yield "  Không có."
    for table in found.tables:
        yield from _table(table, most)


def _strictness(one: Strictness) -> str:
    return (
        f"{one.cluster.name}: cụm, khối so với tự chấm {_cut(one.by_cluster)}; Sở so với cụm, "
        f"khối {_cut(one.by_department)}"
    )


def _cut(cut: Cut) -> str:
    if cut.mean is None:
        return "chưa chấm lại ô nào"
    way = "giảm" if cut.mean > 0 else "tăng" if cut.mean < 0 else "không đổi"
    amount = f" {_percent(abs(cut.mean))}" if cut.mean else ""
    return f"{way}{amount} ({cut.cells} ô chấm lại, {cut.lowered} giảm, {cut.raised} tăng)"


def _percent(share: Fraction) -> str:
    return f"{vietnamese(share * 100, 2)}%"


def _table(table: SharedTable, most: int) -> Iterator[str]:
    names = ", ".join(one.name for one in table.clusters)
    yield f"{table.title} ({len(table.clusters)} cụm, khối: {names}):"
    level = table.never_differ()
    listed = ", ".join(one.code for one in level) or "không có"
    yield f"  Tiêu chí mọi đơn vị như nhau: {listed}"
    disputed = table.most_disputed(most)
    yield "  Tiêu chí có nhiều ý kiến khác nhau nhất:" + ("" if disputed else " không có")
    for one in disputed:
        yield f"    {one.code}. {one.title}: {one.disputed}/{one.scored} đơn vị"
    inflated = sorted(
        (one for one in table.criteria if (one.inflation or 0) > 0),
        key=lambda one: -(one.inflation or Fraction(0)),
    )
    yield "  Tiêu chí tự chấm cao hơn kết quả nhiều nhất:" + ("" if inflated else " không có")
    for one in inflated[:most]:
        assert one.inflation is not None
        yield f"    {one.code}. {one.title}: {_percent(one.inflation)} ({one.compared} đơn vị)"
