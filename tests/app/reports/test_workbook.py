"""The ranking as a workbook: its formulas, recalculated by LibreOffice, equal the engine."""

from __future__ import annotations

import datetime as dt
import io
import random
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.domain.snapshot import (
    Cluster,
    Entry,
    EntryState,
    GivenTotal,
    ItemFact,
    Period,
    Snapshot,
    StandingFact,
    Unit,
)
from app.ground.numbers import Rounding, round_to
from app.operations.scoring import score
from app.reports.workbook import RANKING, build_workbook
from app.reports.workbook_criteria import HEAD, NAME
from app.rules.document import read_pack
from app.scoring.assess import assess
from app.scoring.assessment import Assessment

CLUSTER = Cluster("k1", "Khối mẫu")
PERIOD = Period("2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def criterion(code: str, title: str, most: int | None = None, **rest: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"code": code, "title": title, **rest}
    if most is not None:
        row["max"] = most
    return row


def direct(code: str, most: int, **rest: Any) -> dict[str, Any]:
    return criterion(code, f"Tiêu chí {code}", most, method={"kind": "direct"}, **rest)


def pack_tree(**scoring: Any) -> dict[str, Any]:
    return {
        "schema": "bangvang-pack/1",
        "id": "mau",
        "version": "1.0.0",
        "title": "Mẫu",
        "rounds": [{"id": "cluster", "title": "Khối chấm", "hand": "leader"}],
        "scoring": {"ranking_round": "cluster", "frame": "at_most", **scoring},
        "criteria": [
            criterion("I", "Phần một", 100),
            direct("I.1", 40),
            criterion("I.2", "Nhóm hai", 60, cap=45),
            direct("I.2.1", 30),
            direct("I.2.2", 30, not_assigned="exclude"),
            criterion("II", "Phần hai", 60),
            criterion("II.1", "Chỉ tính mức cao nhất", 30, combine="highest"),
            direct("II.1.1", 20),
            direct("II.1.2", 30),
            direct("II.2", 30, not_assigned="rescale"),
            direct("III", 40, not_assigned="full"),
        ],
        "bonus": {
            "max": 8,
            "items": [
                {"id": "a", "title": "Sáng kiến", "max": 6, "worth": {"kind": "points"}},
                {"id": "b", "title": "Hội thi", "worth": {"kind": "points"}},
            ],
        },
        "deductions": {"items": [{"id": "c", "title": "Chậm", "worth": {"kind": "points"}}]},
        "standing": [{"id": "cam", "kind": "barred", "title": "Bị kỷ luật"}],
        "awards": [{"id": "co", "title": "Cờ", "places": {"kind": "fixed", "count": 1}}],
        "ties": {"chain": [{"step": "authority"}]},
    }


def cluster_of(scores: Mapping[str, Mapping[str, Fraction | EntryState]], **rest: Any) -> Snapshot:
    entries = [
        Entry(unit, code, "cluster", state=value)
        if isinstance(value, EntryState)
        else Entry(unit, code, "cluster", points=value)
        for unit, row in scores.items()
        for code, value in row.items()
    ]
    units = tuple(Unit(unit, f"Đơn vị {unit}", "k1") for unit in scores)
    return Snapshot(PERIOD, (CLUSTER,), units, tuple(entries), **rest)


def scored(snapshot: Snapshot, **scoring: Any) -> Assessment:
    loaded, findings = read_pack(pack_tree(**scoring), "mau")
    assert loaded is not None, list(findings)
    return assess(snapshot, loaded)


MAXIMA = {"I.1": 40, "I.2.1": 30, "I.2.2": 30, "II.1.1": 20, "II.1.2": 30, "II.2": 30, "III": 40}


def random_cluster(seed: int, units: int = 7) -> Snapshot:
    """Points with halves at the edge of rounding, thirds, zeros and all four states."""
    dice = random.Random(seed)

    def points(most: int) -> Fraction:
        kind = dice.randrange(4)
        if kind == 0:
            return Fraction(dice.randrange(most * 100), 100) + Fraction(5, 1000)
        if kind == 1:
            return min(Fraction(most), Fraction(dice.randrange(most * 3), 3))
        if kind == 2:
            return Fraction(dice.randrange(most * 1000), 1000)
        return Fraction(dice.randrange(most + 1))

    def value(code: str) -> Fraction | EntryState:
        if code in ("I.2.2", "II.2", "III") and dice.random() < 0.25:
            return EntryState.NOT_ASSIGNED
        if dice.random() < 0.06:
            return dice.choice((EntryState.NOT_DONE, EntryState.BLANK))
        return points(MAXIMA[code])

    names = [f"u{n}" for n in range(1, units + 1)]
    rows = {name: {code: value(code) for code in MAXIMA} for name in names}
    rows[names[1]] = dict(rows[names[0]])
    bonus = [
        ItemFact(n, dice.choice("ab"), points=points(9)) for n in names[2:] if dice.random() < 0.7
    ]
    minus = [ItemFact(n, "c", points=points(5)) for n in names[3:] if dice.random() < 0.5]
    return cluster_of(
        rows,
        bonus=tuple(bonus),
        deductions=tuple(minus),
        standing=(StandingFact(names[4], "cam", "QĐ 1"),),
    )


# ---------------------------------------------------------------------- recalculation
@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[Any]]:
    """The workbook after LibreOffice worked all formulas out anew."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice (soffice)")

    profile = f"-env:UserInstallation={tmp_path_factory.mktemp('profile').as_uri()}"

    def run(*files: bytes) -> list[Any]:
        folder = tmp_path_factory.mktemp("office")
        names = [folder / f"{number}.xlsx" for number in range(len(files))]
        for name, data in zip(names, files, strict=True):
            book = openpyxl.load_workbook(io.BytesIO(data))  # drops the values, keeps the formulas
            book.save(name)
        kind = ["--convert-to", "xlsx:Calc MS Excel 2007 XML"]
        subprocess.run(
            [office, profile, "--headless", *kind, "--outdir", folder / "out", *names],
            check=True,
            capture_output=True,
            timeout=180,
        )
        out = folder / "out"
        return [openpyxl.load_workbook(out / name.name, data_only=True) for name in names]

    return run


def compare(book: Any, assessment: Assessment) -> None:
    """Every section, total, percent and rank to the last printed digit."""
    scoring = assessment.pack.rules.scoring
    assert scoring is not None
    sheet = book[RANKING]
    heads = {cell.value: cell.column for cell in sheet[HEAD]}
    units = assessment.clusters["k1"]

    def number(row: int, head: str) -> Fraction:
        value = sheet.cell(row, heads[head]).value
        assert isinstance(value, int | float), (row, head, value)
        return round_to(Fraction(Decimal(repr(value))), 9, Rounding.HALF_UP)

    for row, unit in enumerate(units, start=HEAD + 1):
        result = assessment.units[unit]
        card = result.card
        assert sheet.cell(row, heads["Đơn vị"]).value == assessment.snapshot.unit(unit).name
        for head in ("I", "II"):
            assert number(row, head) == card.sections[head].points, (unit, head)
        assert number(row, "III") == card.criteria["III"].points, unit
        assert number(row, "Điểm thưởng") == card.bonus.total, unit
        assert number(row, "Điểm trừ") == -card.deductions.total, unit
        assert number(row, "Tổng điểm") == card.total, unit
        if scoring.rank_by == "percent":
            assert card.percent is not None
            percent = round_to(card.percent, scoring.digits, scoring.rounding)
            assert number(row, "Tỷ lệ (%)") == percent, unit
        rank = sheet.cell(row, heads["Hạng"]).value
        assert rank == (result.rank if result.rank is not None else "—"), unit
    criteria = book[NAME]
    places = {cell.value: cell.row for cell in criteria["B"] if cell.value}
    for column, unit in enumerate(units, start=5):
        for code, section in assessment.units[unit].card.sections.items():
            value = criteria.cell(places[code], column).value
            shown = (
                section.points
                if scoring.round_at == "section" and "." not in code
                else section.exact
            )
            assert abs(Fraction(Decimal(repr(value))) - shown) < Fraction(1, 10**9), (unit, code)


SETTINGS: list[dict[str, Any]] = [
    {},
    {"round_at": "section"},
    {"round_at": "criterion"},
    {"rank_by": "percent"},
    {"rounding": "half_even"},
    {"rounding": "down", "digits": 1},
    {"rounding": "up", "digits": 3},
    {"clamp": {"low": 60, "high": 120}, "barred": "ranked"},
]


Recalculated = Mapping[str, list[tuple[Any, Assessment]]]
"""Books after recalculation with their assessments, by what the case is called."""


def _at_once(
    recalculated: Callable[..., list[Any]], cases: Mapping[str, list[Assessment]]
) -> Recalculated:
    """All cases in one start of LibreOffice, for that is what takes long."""
    every = [assessment for assessments in cases.values() for assessment in assessments]
    books = iter(recalculated(*(build_workbook(a, CLUSTER) for a in every)))
    return {name: [(next(books), a) for a in found] for name, found in cases.items()}


@pytest.fixture(scope="module")
def of_settings(recalculated: Callable[..., list[Any]]) -> Recalculated:
    cases = {
        str(scoring): [scored(random_cluster(seed, units=9), **scoring) for seed in range(1, 4)]
        for scoring in SETTINGS
    }
    return _at_once(recalculated, cases)


@pytest.mark.parametrize("scoring", [str(scoring) for scoring in SETTINGS])
def test_a_recalculation_equals_the_engine_to_the_last_printed_digit(
    of_settings: Recalculated, scoring: str
) -> None:
    for book, assessment in of_settings[scoring]:
        compare(book, assessment)


PLACES = ("criterion", "section", "total")


@pytest.fixture(scope="module")
def of_places(recalculated: Callable[..., list[Any]]) -> Recalculated:
    return _at_once(recalculated, {place: _flat_and_sent(place) for place in PLACES})


def _flat_and_sent(place: str) -> list[Assessment]:
    """A flat table rescaled as a whole; totals that were sent, not worked out."""
    tree = pack_tree(round_at=place)
    tree["criteria"] = [direct(c, 10, not_assigned="rescale") for c in ("I", "II", "III")]
    flat, _ = read_pack(tree, "flat")
    assert flat is not None
    thirds = {"I": Fraction(10, 3), "II": Fraction(20, 3), "III": Fraction("5.005")}
    rows: dict[str, dict[str, Fraction | EntryState]] = {
        "u1": {**thirds, "III": EntryState.NOT_ASSIGNED},
        "u2": {**thirds},
        "u3": {**thirds, "I": EntryState.NOT_ASSIGNED},
    }
    snapshot = cluster_of(rows, bonus=(ItemFact("u1", "a", points=Fraction("1.005")),))
    assessment = assess(snapshot, flat)
    sent = replace(
        random_cluster(7),
        totals=(
            GivenTotal("u2", "cluster", Fraction("33.335"), "II"),
            GivenTotal("u3", "cluster", Fraction("99.995")),
        ),
    )
    return [assessment, scored(sent, round_at=place)]


@pytest.mark.parametrize("place", PLACES)
def test_a_flat_table_rescaled_as_a_whole_and_sent_totals_equal_the_engine(
    of_places: Recalculated, place: str
) -> None:
    for book, found in of_places[place]:
        sheet = book[RANKING]
        total = next(cell.column for cell in sheet[HEAD] if cell.value == "Tổng điểm")
        for row, unit in enumerate(found.clusters["k1"], start=HEAD + 1):
            shown = Fraction(Decimal(repr(sheet.cell(row, total).value)))
            assert round_to(shown, 9, Rounding.HALF_UP) == found.units[unit].card.total, unit


def test_a_half_at_the_edge_of_rounding_goes_up_as_in_the_engine(
    recalculated: Callable[..., list[Any]],
) -> None:
    """0.005 more than a hundredth, as no binary number can say it: 1,005 is printed 1,01."""
    edges = ("0.005", "1.005", "2.675", "10.015", "0.285", "1.115", "39.995", "4.35500", "8.525")
    rows = {
        f"u{n}": {**dict.fromkeys(MAXIMA, Fraction(0)), "I.1": Fraction(v)}
        for n, v in enumerate(edges)
    }
    assessment = scored(cluster_of(rows))
    totals = {u: r.card.total for u, r in assessment.units.items()}
    assert totals["u1"] == Fraction("1.01")
    (book,) = recalculated(build_workbook(assessment, CLUSTER))
    compare(book, assessment)


def test_a_changed_point_moves_sections_totals_and_ranks(
    recalculated: Callable[..., list[Any]],
) -> None:
    rows = {f"u{n}": dict.fromkeys(MAXIMA, Fraction(10 - n)) for n in range(4)}
    assessment = scored(cluster_of(rows))
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(assessment, CLUSTER)))
    place = next(cell.row for cell in book[NAME]["B"] if cell.value == "I.1")
    book[NAME].cell(place, 8).value = 40
    raised = io.BytesIO()
    book.save(raised)
    sheet = recalculated(raised.getvalue())[0][RANKING]
    names = [sheet.cell(row, 2).value for row in range(HEAD + 1, HEAD + 5)]
    ranks = [sheet.cell(row, 1).value for row in range(HEAD + 1, HEAD + 5)]
    assert dict(zip(names, ranks, strict=True)) == {
        "Đơn vị u0": 2,
        "Đơn vị u1": 3,
        "Đơn vị u2": 4,
        "Đơn vị u3": 1,
    }


def test_ballots_and_bars_are_honoured_by_the_rank_formula(
    recalculated: Callable[..., list[Any]], cluster: Any
) -> None:
    settled = cluster.settled()
    (book,) = recalculated(build_workbook(settled, settled.snapshot.clusters[0]))
    sheet = book[RANKING]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(HEAD + 1, HEAD + 8)]
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5, 6, 7, "—"]
    heads = [cell.value for cell in sheet[HEAD]]
    order, apart = heads.index("Thứ tự khi bằng điểm"), heads.index("Không xếp hạng")
    assert [row[order] for row in rows[:2]] == [1, 2]
    assert rows[-1][apart] == "Không xét"


def test_an_award_that_waits_for_a_conclusion_is_told_as_on_paper(root: Path) -> None:
    """Cao Bằng Phần III, mục II.4: a unit under inspection is held, neither given nor passed by."""
    facts = root / "data/samples/cao-bang-2019/facts.toml"
    sample = score([root / "data/packs/cao-bang-2018-vi-du"], facts, None).assessment
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(sample, sample.snapshot.clusters[0])))
    rows = [[cell.value for cell in row] for row in book[RANKING].iter_rows(HEAD, HEAD + 8)]
    unit, award = rows[0].index("Đơn vị"), rows[0].index("Khen thưởng")
    said = {row[unit]: row[award] for row in rows[1:]}
    praise = "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"
    assert said["Công an tỉnh"] == praise
    assert said["Cục Thi hành án dân sự tỉnh"] == f"{praise} (chờ kết luận)"
    assert not said["Thanh tra tỉnh"]


# ---------------------------------------------------------------------- the file itself
def test_the_same_assessment_gives_the_same_bytes_without_any_time_of_day() -> None:
    assessment = scored(random_cluster(3))
    data = build_workbook(assessment, CLUSTER)
    assert data == build_workbook(assessment, CLUSTER)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


def test_every_sum_total_and_rank_is_a_formula_with_its_value_beside_it() -> None:
    assessment = scored(random_cluster(5))
    data = build_workbook(assessment, CLUSTER)
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    count = 0
    for name in (RANKING, NAME):
        for row in formulas[name].iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    count += 1
                    assert values[name][cell.coordinate].value is not None, (name, cell.coordinate)
    ranking, groups, ends = 3 + 2 + 1 + 1, 4, 4
    assert count == 7 * (ranking + groups + ends)
    total = next(c.column for c in values[RANKING][HEAD] if c.value == "Tổng điểm")
    first = assessment.units[assessment.clusters["k1"][0]].card.total
    assert Fraction(str(values[RANKING].cell(HEAD + 1, total).value)) == first


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    snapshot = random_cluster(4)
    units = tuple(replace(u, name="=1+1\x07") if u.id == "u1" else u for u in snapshot.units)
    data = build_workbook(scored(replace(snapshot, units=units)), CLUSTER)
    names = [c for c in openpyxl.load_workbook(io.BytesIO(data))[RANKING]["B"] if c.value == "=1+1"]
    assert [cell.data_type for cell in names] == ["s"]


def test_the_sheets_print_lengthwise_as_wide_as_the_paper_with_their_heads_repeated() -> None:
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(scored(random_cluster(6)), CLUSTER)))
    for name in (RANKING, NAME):
        sheet = book[name]
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
        assert sheet.page_margins.left == pytest.approx(30 / 25.4)
    assert book[NAME].print_title_cols == "$A:$D"
