"""A cluster of eight units with a little of everything: ties, a ballot, a bar, N/A, thirds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from app.domain.snapshot import (
    Ballot,
    Cluster,
    Entry,
    EntryState,
    ItemFact,
    OwnCriterion,
    Period,
    Snapshot,
    StandingFact,
    Unit,
)
from app.rules.document import LoadedPack, parse_tree, read_pack
from app.scoring.assess import assess
from app.scoring.assessment import Assessment

NAMES = {
    "u1": "Sở Tư pháp",
    "u2": "Thanh tra tỉnh",
    "u3": "Công an tỉnh",
    "u4": "Tòa án nhân dân tỉnh",
    "u5": "Viện Kiểm sát nhân dân tỉnh",
    "u6": "Bộ Chỉ huy Quân sự tỉnh",
    "u7": "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
    "u8": "Cục Thi hành án dân sự tỉnh",
}
PLANS = {"u1": 3, "u2": 3, "u3": 7, "u4": 6, "u5": 11, "u6": 12, "u7": 9, "u8": 8}


def pack() -> LoadedPack:
    text = (Path(__file__).parent / "pack.toml").read_bytes()
    loaded, findings = read_pack(parse_tree(text, "pack.toml"), "pack.toml")
    assert loaded is not None, list(findings)
    return loaded


def _entries(unit: str, place: int) -> list[Entry]:
    whole = Fraction(PLANS[unit])
    entries = []
    for round_id in ("self", "cluster", "department"):
        late = round_id == "department"

        def entry(criterion: str, name: str = round_id, **rest: object) -> Entry:
            return Entry(unit, criterion, name, **rest)  # type: ignore[arg-type]

        if late and place % 2:
            continue
        own = {"plan": Fraction(100), "actual": Fraction(100 - place)}
        entries.append(entry("I.1.a", figures=own, evidence=2))
        entries.append(entry("I.1.b", figures={"level": "Tốt" if place < 5 else "Khá"}))
        budget = {"plan": whole, "actual": whole - 1 if place > 1 else whole + 1}
        entries.append(entry("I.2", figures=budget, reason="số quyết toán" if late else ""))
        entries.append(entry("I.3", figures={"value": Fraction(90 - place)}))
        tasks = {"done": Fraction(min(place, 3)), "assigned": Fraction(3)}
        entries.append(entry("I.4", figures={**tasks, "done": Fraction(3)} if place < 3 else tasks))
        claim = Fraction(59 - place) - (Fraction(1, 2) if round_id != "self" else 0)
        reason = "thiếu báo cáo sơ kết" if round_id == "cluster" else ""
        entries.append(entry("II.1", points=claim, reason=reason))
        if unit == "u5":
            entries.append(entry("II.2", state=EntryState.NOT_ASSIGNED))
        elif unit == "u7":
            entries.append(entry("II.2", state=EntryState.NOT_DONE))
        elif late and unit == "u6":
            override = {"points": Fraction(35), "reason": "công nhận điển hình cấp tỉnh"}
            entries.append(entry("II.2", figures={"level": "Khá"}, **override))
        else:
            entries.append(entry("II.2", figures={"level": "Tốt" if place < 4 else "Khá"}))
    return entries


def snapshot() -> Snapshot:
    units = tuple(
        Unit(key, name, "k1", frozenset({"leader"}) if key == "u1" else frozenset())
        for key, name in NAMES.items()
    )
    percent = {"kind": "proportional"}
    levels = {
        "kind": "levels",
        "levels": [{"name": "Tốt", "percent": 100}, {"name": "Khá", "percent": 70}],
    }
    own = tuple(
        item
        for unit in units
        for item in (
            OwnCriterion(
                unit.id,
                "I.1",
                "I.1.a",
                f"Chỉ tiêu chuyên môn chính của {unit.name}",
                Fraction(50),
                percent,
            ),
            OwnCriterion(
                unit.id, "I.1", "I.1.b", "Chất lượng công tác tham mưu", Fraction(40), levels
            ),
        )
    )
    entries = [e for place, unit in enumerate(units, start=1) for e in _entries(unit.id, place)]
    same = [replace(e, unit="u2") for e in entries if e.unit == "u1"]
    entries = [e for e in entries if e.unit != "u2"] + same
    return Snapshot(
        Period("2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        (Cluster("k1", "Khối thi đua các cơ quan Nội chính"),),
        units,
        tuple(entries),
        own,
        bonus=(
            ItemFact("u1", "a", 1, subject="sáng kiến số hóa hồ sơ"),
            ItemFact("u2", "a", 1, subject="sáng kiến tiếp công dân"),
            ItemFact("u6", "a", 3, reason="ba sáng kiến cấp tỉnh"),
        ),
        deductions=(ItemFact("u4", "cham", 2, reason="báo cáo quý II, quý III chậm"),),
        standing=(StandingFact("u8", "ky_luat", "Quyết định số 15/QĐ-UBND ngày 02/11/2026"),),
        ballots=(
            Ballot(
                "tie",
                "co",
                "choose",
                1,
                {"u1": 5, "u2": 3},
                members=8,
                present=8,
                issued=8,
                returned=8,
                valid=8,
                invalid=0,
                blank=0,
            ),
        ),
    )


def settled() -> Assessment:
    return assess(snapshot(), pack())


def unfinished() -> Assessment:
    """The same before the department has scored, and with cells left blank."""
    facts = snapshot()
    kept = tuple(
        e
        for e in facts.entries
        if e.round != "department" and (e.unit, e.criterion) != ("u3", "I.2")
    )
    return assess(replace(facts, entries=kept, ballots=()), pack())
