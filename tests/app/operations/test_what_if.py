"""What-if: one changed value, and everything that moves with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.exchange.result import result_tree
from app.ground.findings import UserError
from app.operations.loading import Loaded, PackSet
from app.operations.moves import Move
from app.operations.scoring import Scored, score_loaded
from app.operations.standing_text import moves_lines
from tests import builders as b
from tests.journeys import world as w


def scored(*changes: str, facts: w.Tree | None = None) -> Scored:
    snapshot, findings = w.read(facts or w.facts())
    assert snapshot is not None, findings
    packs = PackSet(w.small_pack({"A10": "zero"}))
    return score_loaded(Loaded(packs, snapshot, findings), None, changes)


def moves(*changes: str, facts: w.Tree | None = None) -> set[tuple[object, ...]]:
    found = scored(*changes, facts=facts).moves
    assert found is not None
    return {(m.unit, m.what, m.criterion, m.old, m.new) for m in found}


def faults(*changes: str) -> list[tuple[str, str]]:
    with pytest.raises(UserError) as caught:
        scored(*changes)
    return [(f.code, f.remedy) for f in caught.value.findings]


def test_without_a_change_there_are_no_moves() -> None:
    assert scored().moves is None


def test_a_change_that_changes_nothing_moves_nobody() -> None:
    assert moves("u2/II.1/points=7,5") == set()
    assert "không" in next(iter(moves_lines(())))


def test_a_comparative_criterion_moves_the_other_units_too() -> None:
    found = moves("u3/II.2/value=99")
    assert ("u3", "points", "II.2", "6", "10") in found
    assert ("u1", "points", "II.2", "10", "8") in found
    assert ("u2", "points", "II.2", "8", "6") in found


def test_points_rank_class_and_award_are_told_old_and_new() -> None:
    found = moves("u1/I.1/actual=0", "u1/I.2/level=Yếu")
    assert ("u1", "points", "I.1", "30", "0") in found
    assert ("u1", "rank", None, 1, None) in found
    assert ("u1", "class", None, "tot", "dat") in found
    assert ("u1", "award", None, "co", None) in found
    assert ("u2", "award", None, "bk", "co") in found
    assert ("u3", "award", None, None, "bk") in found
    assert ("u2", "rank", None, 2, 1) in found


def test_the_result_is_that_of_the_changed_facts() -> None:
    facts = w.facts()
    for entry in facts["entries"]:
        if (entry["unit"], entry["criterion"]) == ("u2", "I.1"):
            entry["figures"]["actual"] = 50
    changed = result_tree(scored("u2/I.1/actual=50").assessment)
    assert changed == result_tree(scored(facts=facts).assessment)


def test_several_changes_are_made_together() -> None:
    found = moves("u2/II.3/due=01/03/2026", "u2/II.3/done=2026-03-11")
    assert ("u2", "points", "II.3", "9", "0") in found


def test_an_entry_that_is_not_there_is_added() -> None:
    facts = w.facts()
    facts["entries"] = [e for e in facts["entries"] if e["unit"] != "u1"]
    found = moves("u1/II.1/points=5", facts=facts)
    assert ("u1", "points", "II.1", "0", "5") in found


def test_the_round_is_the_one_whose_entry_counts() -> None:
    assert ("u3", "points", "II.1", "6.25", "9") in moves("u3/II.1/points=9")
    assert ("u2", "points", "II.1", "7.5", "9") in moves("u2/II.1/points=9")
    assert moves("u3/II.1@self/points=9") == set()
    assert ("u2", "points", "II.1", "7.5", "3") in moves("u2/II.1@department/points=3")


def test_a_state_may_be_changed_and_a_value_makes_it_scored_again() -> None:
    assert ("u2", "points", "II.1", "7.5", "0") in moves("u2/II.1/state=not_done")
    assert moves("u2/II.1/state=not_done", "u2/II.1/points=7,5") == set()
    changed = scored("u2/II.1/state=not_assigned").assessment
    assert changed.units["u2"].card.criteria["II.1"].state == "not_assigned"


def test_an_empty_value_takes_a_figure_away() -> None:
    changed = scored("u2/I.1/actual=").assessment
    assert changed.units["u2"].card.criteria["I.1"].state == "blank"
    assert scored("u2/II.1/points=").assessment.units["u2"].card.criteria["II.1"].state == "blank"


def test_a_criterion_that_a_unit_registered_may_be_changed() -> None:
    assert ("u1", "points", "III.a", "15", "20") in moves("u1/III.a/points=20")


def test_a_companion_moves_under_its_own_name() -> None:
    companion = b.pack(b.direct("X", 5), id="kem")
    facts = b.snapshot(b.units(2), b.entry("u1", "X", points=4, pack="kem"))
    main = b.pack(b.direct("1", 10))
    loaded = Loaded(PackSet(main, companions=(companion,)), facts, ())
    found = score_loaded(loaded, None, ["u1/X/points=2"]).moves
    assert found is not None
    assert Move("u1", "points", "X", "4", "2", "kem") in found
    assert found[0].as_tree()["pack"] == "kem"


@pytest.mark.parametrize(
    ("change", "code", "remedy"),
    [
        ("u1", "change_unreadable", "ĐƠN_VỊ/TIÊU_CHÍ"),
        ("u1/I.1=5", "change_unreadable", "ĐƠN_VỊ/TIÊU_CHÍ"),
        ("u1//plan=5", "change_unreadable", "ĐƠN_VỊ/TIÊU_CHÍ"),
        ("u9/I.1/plan=5", "facts_unknown_unit", "u1"),
        ("u1/I.9/plan=5", "facts_unknown_criterion", "Có phải “I."),
        ("u1/I.1@dept/plan=5", "facts_unknown_round", "self, department"),
        ("u1/I.1/paln=5", "facts_unknown_figure", "“plan”"),
        ("u1/I.1/plan=nhiều", "not_a_number", "12.5"),
        ("u1/I.1/plan=1.250", "ambiguous_number", "1250"),
        ("u1/I.2/level=Kém", "facts_unknown_level", "Khá"),
        ("u1/II.1/state=done", "facts_unknown_choice", "not_done"),
        ("u1/II.3/done=2026-02-30", "facts_not_a_date", "2022-12-31"),
    ],
)
def test_a_change_that_cannot_be_made_is_told(change: str, code: str, remedy: str) -> None:
    ((found, words),) = faults(change)
    assert found == code
    assert remedy in words


def test_all_faulty_changes_are_told_at_once() -> None:
    assert len(faults("u9/I.1/plan=5", "u1/I.1/paln=5", "x")) == 3


def test_moves_read_as_sentences() -> None:
    found = scored("u1/I.1/actual=0").moves
    assert found is not None
    lines = list(moves_lines(found))
    assert "  u1: điểm I.1 30 → 0" in lines
    assert any("hạng 1 → " in line for line in lines)


def test_the_sample_answers_what_if(root: Path) -> None:
    from app.operations.scoring import score

    packs = [root / "data/packs/cao-bang-2018-vi-du"]
    facts = root / "data/samples/cao-bang-2019/facts.toml"
    found = score(packs, facts, changes=["toa_an/I.2/score=10"]).moves
    assert found is not None
    assert {m.unit for m in found} > {"toa_an"}
