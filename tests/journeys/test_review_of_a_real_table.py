"""A real table of self-scores: how firm its ranking is, and what its criteria tell apart."""

from __future__ import annotations

import csv
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from app.ground.numbers import read_number
from app.operations.firmness import firmness_of, write_firmness
from app.operations.loading import Loaded, PackSet, load_pack
from app.reports import pdf, text
from app.reports.criteria_health import build_criteria_health
from app.scoring.assess import assess
from app.scoring.criteria_health import Sign, criteria_health
from tests import builders as b
from tests.journeys.real_table import write_real_table


@pytest.fixture(scope="module")
def real(real_table: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    pack, scores, units = write_real_table(real_table, tmp_path_factory.mktemp("bang"))
    entries = [
        b.entry(
            row["unit"], row["criterion"], row["round"], points=Fraction(read_number(row["points"]))
        )
        for row in csv.DictReader(scores.read_text("utf-8").splitlines())
    ]
    snapshot = b.snapshot([b.unit(unit) for unit in units], entries)
    return Loaded(PackSet(load_pack(pack)), snapshot, ())


def test_every_change_that_is_named_swaps_two_units(real: Loaded, tmp_path: Path) -> None:
    found = firmness_of(real)
    firms = found.rankings["k1"]
    assert len(firms) == len(real.snapshot.units) - 1
    for firm in firms:
        two, swap = firm.between, firm.swap
        assert swap is not None
        kept = [e for e in real.snapshot.entries if e.key != swap.entry.key]
        now = assess(replace(real.snapshot, entries=(*kept, swap.entry)), real.packs.main)
        assert b.ranks(now)[two.behind or ""] == b.ranks(now)[two.ahead or ""] - 1  # type: ignore[operator]
    assert len(write_firmness(found, tmp_path, ("pdf", "xlsx", "txt"))) == 3


def test_most_criteria_are_full_everywhere_and_the_shares_make_up_the_whole(real: Loaded) -> None:
    assessment = assess(real.snapshot, real.packs.main)
    health = criteria_health((assessment, ()), "k1")
    shares = sum((row.now.share or Fraction(0) for row in health.rows), Fraction(0))
    assert shares + sum(health.statistics.rests.values()) == 1
    assert len(health.with_sign(Sign.ALWAYS_FULL)) > len(health.rows) / 2
    document = build_criteria_health(health)
    assert "tiêu chí khác (xem phần gợi ý)" in text.render(document)
    assert pdf.render(document).startswith(b"%PDF")
