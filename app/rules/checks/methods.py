"""Methods that contradict themselves or their criterion."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from app.ground.findings import Findings
from app.ground.numbers import vietnamese
from app.rules.base import is_open
from app.rules.checks.context import PackUnderCheck
from app.rules.items import Scored
from app.rules.methods.banded import Band, Bands
from app.rules.methods.clear import unclear
from app.rules.methods.single import Direct
from app.rules.pack import Criterion, Round

ZERO = Fraction(0)
_PERCENT_OF_WHOLE = "ratio_percent"


def choices(subject: PackUnderCheck, findings: Findings) -> None:
    """Each row is one thing: a group, a scored criterion or a slot; each level has one worth."""
    for row in subject.rules.criteria:
        place = subject.place(f"criteria {row.code}")
        has_rows = row.code in subject.children
        if has_rows and row.method is not None:
            findings.error(
                "group_with_method",
                place,
                f"Mục {row.code} vừa có tiêu chí con vừa có cách chấm.",
                "Bỏ cách chấm ở mục cha, hoặc chuyển các dòng con đi chỗ khác.",
            )
        if not has_rows and row.method is None and row.slot is None:
            add = findings.warning if subject.rules.incomplete else findings.error
            add(
                "criterion_without_method",
                place,
                f"Tiêu chí {row.code} chưa có cách chấm.",
                "Thêm method, ví dụ method = { kind = 'direct' }, hoặc slot nếu đơn vị tự đăng ký.",
            )
        for words, remedy in _unclear(row):
            findings.error("worth_unclear", place, words, remedy)
    for item in (*subject.rules.bonus.items, *subject.rules.deductions.items):
        if isinstance(item.worth, Scored):
            for words, remedy in unclear(item.worth.method):
                findings.error("worth_unclear", subject.place(f"mục {item.id}"), words, remedy)


def _unclear(row: Criterion) -> Iterator[tuple[str, str]]:
    """What is said twice, or not at all, about one worth; and what to do about it."""
    gate, already = row.gate, row.already
    if row.method is not None:
        yield from unclear(row.method)
    if gate is not None:
        if gate.figure is None and gate.when is None:
            yield (
                "Điều kiện trước (gate) chưa nói dựa vào đâu.",
                "Thêm figure (câu hỏi có, không) hoặc when (điều kiện).",
            )
        if (
            bool(gate.otherwise) + (gate.otherwise_percent is not None) + (gate.keeps is not None)
            > 1
        ):
            yield (
                "Không đạt điều kiện trước (gate) thì chỉ có một cách tính.",
                "Ghi một trong ba khóa otherwise, otherwise_percent, keeps.",
            )
    if already is not None and already.points is not None and already.percent is not None:
        yield "Đã đạt từ trước (already) chỉ có một giá trị.", "Ghi points hoặc percent."


def bands(subject: PackUnderCheck, findings: Findings) -> None:
    """Bands neither overlap nor leave a figure without an answer (A12)."""
    for row in subject.rules.criteria:
        if isinstance(row.method, Bands):
            _check_bands(subject, findings, row, row.method)


def _check_bands(
    subject: PackUnderCheck, findings: Findings, row: Criterion, method: Bands
) -> None:
    place = subject.place(f"criteria {row.code}")
    ordered = sorted(method.bands, key=lambda b: _low(b))
    for one, other in pairwise(ordered):
        high, low = one.high, other.low
        if (
            high is None
            or low is None
            or low[0] < high[0]
            or (low[0] == high[0] and low[1] and high[1])
        ):
            findings.error(
                "bands_overlap",
                place,
                f"Hai khoảng “{one.words()}” và “{other.words()}” chồng nhau.",
                "Sửa mép: dùng ge/le cho mép có lấy, gt/lt cho mép không lấy.",
            )
        elif (low[0] > high[0] or not (low[1] or high[1])) and method.outside.startswith("open"):
            _gap(findings, place, f"giữa “{one.words()}” và “{other.words()}”")
    if not method.outside.startswith("open") or not ordered:
        return
    first, last = ordered[0].low, ordered[-1].high
    if first is not None and (first[0] > 0 or (first[0] == 0 and not first[1])):
        _gap(findings, place, f"dưới {vietnamese(first[0])}")
    if last is not None and not (method.input == _PERCENT_OF_WHOLE and last[0] >= 100 and last[1]):
        _gap(findings, place, f"trên {vietnamese(last[0])}")


def _low(band: Band) -> tuple[Fraction, bool]:
    low = band.low
    return (Fraction(-(10**12)), False) if low is None else (low[0], not low[1])


def _gap(findings: Findings, place: str, where: str) -> None:
    findings.warning(
        "bands_gap",
        place,
        f"Không khoảng nào nhận số đo {where}; số đo như vậy sẽ thành câu hỏi mở.",
        "Thêm khoảng, hoặc đặt outside theo quy định.",
    )


def reach(subject: PackUnderCheck, findings: Findings) -> None:
    """A method gives neither more than the maximum nor always less."""
    bare = [r.code for r in subject.leaves() if r.method and subject.maximum(r) is None]
    if bare:
        findings.warning(
            "no_maximum",
            subject.place("criteria"),
            f"{len(bare)} tiêu chí chưa có điểm tối đa: {', '.join(bare)}.",
            "Phân bổ điểm cho từng tiêu chí trong phạm vi khung điểm.",
        )
    for row in subject.leaves():
        if row.method is None or row.max is None:
            continue
        top = Fraction(row.max)
        most = row.method.reach(top)
        beside = _beside(row, top)
        if beside > top:
            most = max(beside, most or ZERO)
        if most is None or most == top:
            continue
        words = f"Cách chấm của {row.code} cho nhiều nhất {vietnamese(most)} điểm, điểm tối đa là "
        words += f"{vietnamese(top)}."
        code = "method_above_max" if most > top else "method_below_max"
        add = findings.error if most > top else findings.warning
        add(code, subject.place(f"criteria {row.code}"), words, "Sửa điểm tối đa hoặc cách chấm.")


def _beside(row: Criterion, top: Fraction) -> Fraction:
    """The most that a precondition or what was reached before gives in place of the method."""
    closed = row.gate.closed(top) if row.gate is not None else ZERO
    if row.gate is not None and row.gate.keeps is not None:
        closed = top * Fraction(row.gate.keeps) / 100
    return max(closed, row.already.worth(top) if row.already is not None else ZERO)


def items(subject: PackUnderCheck, findings: Findings) -> None:
    """A bonus or deduction is worked out alone: no comparing method, and a known maximum."""
    rules = subject.rules
    for item in (*rules.bonus.items, *rules.deductions.items):
        if not isinstance(item.worth, Scored):
            continue
        method = item.worth.method
        what = ""
        if method.compares:
            what = "so sánh với đơn vị khác"
        elif isinstance(method, Direct):
            what = "chấm trực tiếp; dùng worth = { kind = 'points' }"
        elif item.max is None and method.natural_max() is None:
            what = "cần điểm tối đa; thêm max cho mục này"
        if what:
            findings.error(
                "item_method",
                subject.place(f"items {item.id}"),
                f"Cách chấm của “{item.title}” không dùng được ở đây: {what}.",
                "Đổi cách tính của mục này.",
            )


def scored_somewhere(subject: PackUnderCheck, findings: Findings) -> None:
    """Every criterion has a round in which it is scored."""
    rules = subject.rules
    if rules.kind == "points" and not rules.rounds:
        findings.error(
            "no_rounds",
            subject.place("rounds"),
            "Gói chưa có vòng chấm nào.",
            "Thêm [[rounds]], ví dụ self, cluster, department.",
        )
    if rules.kind == "points" and rules.scoring is None:
        findings.error(
            "no_scoring",
            subject.place("scoring"),
            "Gói chưa có bảng [scoring].",
            "Thêm [scoring] với ranking_round.",
        )
    for row in subject.leaves():
        able = [
            r.id
            for r in rules.rounds
            if (row.hand is None or r.hand == row.hand) and _scores(row.code, r)
        ]
        if rules.rounds and not able:
            findings.error(
                "never_scored",
                subject.place(f"criteria {row.code}"),
                f"Không vòng nào chấm tiêu chí {row.code}.",
                "Sửa hand của tiêu chí hoặc only của vòng chấm.",
            )
        elif able and row.hand is None and not set(able) & set(_ranking_rounds(subject)):
            findings.error(
                "not_in_ranking_round",
                subject.place(f"criteria {row.code}"),
                f"Vòng xếp hạng không chấm tiêu chí {row.code} và không vòng nào thay được.",
                "Thêm stands_in cho vòng xếp hạng, sửa only của vòng, hoặc ghi hand cho tiêu chí.",
            )


def _scores(code: str, round_: Round) -> bool:
    return not round_.only or any(code == c or code.startswith(c + ".") for c in round_.only)


def _ranking_rounds(subject: PackUnderCheck) -> list[str]:
    """The ranking round and those that stand in for it; all rounds while it is open."""
    rounds = {r.id: r for r in subject.rules.rounds}
    scoring = subject.rules.scoring
    if scoring is None or is_open(scoring.ranking_round):
        return list(rounds)
    found: list[str] = []
    current: str | None = scoring.ranking_round
    while current is not None and current in rounds and current not in found:
        found.append(current)
        current = rounds[current].stands_in
    return found
