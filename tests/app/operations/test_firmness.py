"""How firm a ranking is, worked by hand."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from app.domain.snapshot import Snapshot
from app.domain.year import Explanation
from app.ground.findings import UserError
from app.operations.firmness import firmness_of
from app.operations.loading import Loaded, PackSet
from app.rules.document import LoadedPack
from app.scoring.disputes import DisputeKind
from app.scoring.firmness import Firm, Firmness
from tests import builders as b

ROUNDS = [
    {"id": "self", "title": "Tự chấm"},
    {"id": "final", "title": "Thẩm định", "hand": "department", "stands_in": "self"},
]


def rules(*rows: b.Row, **scoring: Any) -> LoadedPack:
    return b.pack(
        b.criterion("I", 10),
        b.direct("I.1", 6),
        b.direct("I.2", 6),
        b.direct("II", 10),
        *rows,
        rounds=ROUNDS,
        scoring=scoring,
    )


def facts(points: Mapping[str, tuple[int | str, int | str, int | str]], *more: Any) -> Snapshot:
    entries = [
        b.entry(unit, code, points=value)
        for unit, row in points.items()
        for code, value in zip(("I.1", "I.2", "II"), row, strict=True)
    ]
    return b.snapshot([b.unit(unit) for unit in points], entries, *more)


def firm(snapshot: Snapshot, pack: LoadedPack | None = None, **more: Any) -> Firmness:
    return firmness_of(Loaded(PackSet(pack or rules()), snapshot, ()), **more)


def only(found: Firmness) -> Firm:
    (one,) = found.rankings["k1"]
    return one


def change(one: Firm) -> tuple[str, str, bool, Fraction]:
    assert one.swap is not None
    return one.swap.unit, one.swap.criterion, one.swap.up, one.swap.amount


def test_a_gap_is_closed_by_the_smallest_step_above_it() -> None:
    one = only(firm(facts({"u1": (4, 4, 6), "u2": (4, 4, "5.25")})))
    assert (one.between.gap, one.between.gap_exact) == (Fraction(3, 4), Fraction(3, 4))
    assert change(one) == ("u2", "I.1", True, b.q("0.76"))
    assert one.sentence == (
        "Hạng 1 và 2 (Đơn vị u1, Đơn vị u2) cách nhau 0,75 điểm; tăng 0,76 điểm ở tiêu chí I.1 "
        "“Tiêu chí I.1” của Đơn vị u2 là đổi chỗ."
    )


def test_a_section_at_its_cap_does_not_help_and_another_one_does() -> None:
    # u2 has 6 + 4 = 10 of 10 in section I; only II is left to it: 5 + 1.01 > 16 - 10
    one = only(firm(facts({"u1": (5, 5, 6), "u2": (6, 4, 5)})))
    assert change(one) == ("u2", "II", True, b.q("1.01"))


def test_points_above_a_cap_do_not_count_and_those_beside_it_do() -> None:
    # u1 has 6 + 6 = 12 in section I, which count as 10: to lose 0.51 there it has to lose 2.51;
    # u2 has 9.5 there and only 0.5 to gain, which makes them level
    one = only(firm(facts({"u1": (6, 6, 10), "u2": (4, "5.5", 10)})))
    assert change(one) == ("u1", "II", False, b.q("0.51"))


def test_where_no_single_criterion_is_enough_it_says_so() -> None:
    one = only(firm(facts({"u1": (6, 4, 10), "u2": (0, 0, 0)})))
    assert one.swap is None
    assert "không một tiêu chí nào thay đổi được thứ tự này" in one.sentence


def test_rounding_to_whole_points_asks_for_more_than_the_gap() -> None:
    # 14.4 is published as 14, 13.6 as 14: level; u2 needs 14.5, thus 0.9
    one = only(firm(facts({"u1": (4, 4, "6.4"), "u2": (4, 4, "5.6")}), rules(digits=0)))
    assert one.between.gap == 0
    assert one.between.gap_exact == b.q("0.8")
    assert change(one) == ("u2", "I.1", True, b.q("0.9"))
    assert "bằng điểm (chưa làm tròn: 0,8 điểm)" in one.sentence


def test_rounding_each_criterion_lets_half_a_point_count_whole() -> None:
    # 14 and 13; 0.5 at a criterion counts 1 and levels, 1.5 counts 2
    pack = rules(digits=0, round_at="criterion")
    one = only(firm(facts({"u1": (4, 4, 6), "u2": (4, 4, 5)}), pack))
    assert change(one) == ("u2", "I.1", True, b.q("1.5"))


def test_in_percent_the_gap_is_percent_and_the_change_is_points() -> None:
    # u1: 8 of 10 (II not assigned) = 80 %; u2: 15 of 20 = 75 %; 16.01 / 20 = 80.05 % > 80 %
    snapshot = b.snapshot(
        b.units(2),
        b.entry("u1", "I.1", points=4),
        b.entry("u1", "I.2", points=4),
        b.entry("u1", "II", state="not_assigned"),
        [b.entry("u2", code, points=5) for code in ("I.1", "I.2", "II")],
    )
    one = only(firm(snapshot, rules(rank_by="percent")))
    assert one.between.gap == 5
    assert change(one) == ("u1", "I.1", False, b.q("0.51"))  # 7.49 / 10 = 74.9 %
    assert "cách nhau 5%" in one.sentence
    assert "giảm 0,51 điểm" in one.sentence


def test_a_comparing_method_moves_by_an_override_and_not_by_its_figures() -> None:
    # 1 has 10 for the first, 8 for the second; the department may set 10 > 10 nowhere, so u1 loses
    table = {"kind": "rank_table", "table": [10, 8]}
    pack = b.pack(b.criterion("1", 10, table))
    snapshot = b.snapshot(b.units(2), b.entry("u1", "1", value=9), b.entry("u2", "1", value=5))
    one = only(firm(snapshot, pack))
    assert change(one) == ("u1", "1", False, b.q("2.01"))


def test_equal_points_with_nothing_at_stake_share_a_rank() -> None:
    one = only(firm(facts({"u1": (4, 4, 5), "u2": (4, 4, 5)})))
    assert (one.between.gap, one.between.decided_by) == (0, "shared")
    assert (
        "Hạng 1 (Đơn vị u1, Đơn vị u2) bằng điểm, cùng hạng, không phải phân định" in one.sentence
    )


CHAIN = {"chain": [{"step": "ballot"}]}


def test_a_tie_at_the_cut_is_open_until_a_ballot_decides_it() -> None:
    pack = b.pack(b.direct("1", 10), b.award("co", b.fixed(1)), ties=CHAIN)
    level = [b.entry(u, "1", points=5) for u in ("u1", "u2")]
    found = firm(b.snapshot(b.units(2), level), pack)
    (cut,) = found.awards
    assert (cut.between.decided_by, cut.between.tie) == ("open", ("u1", "u2"))
    assert only(found).between.decided_by == "open"
    assert change(cut)[3] == b.q("0.01")
    assert cut.sentence.startswith("Khen co: Đơn vị u1 và Đơn vị u2 bằng điểm, chưa phân định;")
    settled = firm(b.snapshot(b.units(2), level, b.ballot("tie", "co", u1=2, u2=5)), pack)
    (cut,) = settled.awards
    assert (cut.between.ahead, cut.between.behind) == ("u2", "u1")
    assert cut.between.decided_by == "ballot"
    assert only(settled).between.decided_by == "ballot"


def test_keys_and_decisions_are_named() -> None:
    keys = b.pack(
        b.direct("1", 10), b.direct("2", 10), scoring={"rank_keys": [{"by": "points", "of": "2"}]}
    )
    points = {("u1", "1"): 5, ("u1", "2"): 4, ("u2", "1"): 4, ("u2", "2"): 5}
    entries = [b.entry(*cell, points=value) for cell, value in points.items()]
    one = only(firm(b.snapshot(b.units(2), entries), keys))
    assert (one.between.ahead, one.between.decided_by) == ("u2", "keys")
    pack = b.pack(b.direct("1", 10), b.award("co", b.fixed(1)))
    level = [b.entry(u, "1", points=5) for u in ("u1", "u2")]
    facts_ = b.snapshot(b.units(2), level, b.decision("tie:co:u1+u2", "u2"))
    assert only(firm(facts_, pack)).between.decided_by == "decision"


def test_a_barred_unit_is_no_neighbour_at_an_award_and_stands_in_the_ranking_only_if_ranked() -> (
    None
):
    rows = (b.award("co", b.fixed(1)), b.standing_case("ky_luat", "barred"))
    points = {"u1": (6, 4, 9), "u2": (6, 4, 8), "u3": (6, 4, 7)}
    snapshot = facts(points, b.standing("u2", "ky_luat"))
    apart = firm(snapshot, rules(*rows))
    assert [(x.between.ahead, x.between.behind) for x in apart.rankings["k1"]] == [("u1", "u3")]
    ranked = firm(snapshot, rules(*rows, barred="ranked"))
    assert len(ranked.rankings["k1"]) == 2
    for found in (apart, ranked):
        (cut,) = found.awards
        assert (cut.between.ahead, cut.between.behind) == ("u1", "u3")
        assert change(cut) == ("u3", "II", True, b.q("2.01"))


def test_an_award_with_room_left_waits_for_its_threshold_and_not_for_a_neighbour() -> None:
    rows = (b.award("bk", {"kind": "all"}, requires={"total": {"ge": 15}}),)
    found = firm(facts({"u1": (6, 4, 8), "u2": (4, 4, 6)}), rules(*rows))
    (cut,) = found.awards
    assert (cut.between.gap, cut.between.ahead, cut.between.behind) == (4, "u1", "u2")
    assert change(cut) == ("u2", "I.1", True, Fraction(1))
    nobody = firm(facts({"u1": (4, 4, 6)}), rules(*rows))
    (cut,) = nobody.awards
    assert (cut.between.ahead, cut.between.behind) == (None, "u1")
    assert cut.sentence == (
        "Khen bk: chưa đơn vị nào có chỗ, gần nhất là Đơn vị u1; tăng 1 điểm ở tiêu chí I.1 "
        "“Tiêu chí I.1” của Đơn vị u1 là có chỗ."
    )
    alone = firm(facts({"u1": (4, 4, 8)}), rules(*rows))
    (cut,) = alone.awards
    assert (cut.between.ahead, cut.between.behind) == ("u1", None)
    assert change(cut) == ("u1", "I.1", False, b.q("1.01"))
    assert "không có đơn vị kế tiếp" in cut.sentence
    assert cut.sentence.endswith("là mất chỗ.")


def test_one_step_further_may_bar_a_unit_and_is_not_taken() -> None:
    # u2 can only draw level at 1; u1 falls behind at 0.01, and is out at 0
    pack = b.pack(
        b.direct("2", 1),
        b.standing_case("trang", "barred", when={"not": {"no_zero": {}}}),
    )
    entries = [b.entry("u1", "2", points=1), b.entry("u2", "2", points="0.02")]
    one = only(firm(b.snapshot(b.units(2), entries), pack))
    assert change(one) == ("u1", "2", False, b.q("0.99"))


def test_what_an_award_asks_of_a_criterion_may_be_nearer_than_the_next_unit() -> None:
    # u1 is 5 ahead, but is out of the award once it has less than half of criterion 2
    pack = b.pack(
        b.direct("1", 10),
        b.direct("2", 10),
        b.award("co", b.fixed(1), requires={"share": {"of": "2", "ge": 50}}),
    )
    points = {("u1", "1"): 10, ("u1", "2"): 6, ("u2", "1"): 5, ("u2", "2"): 6}
    entries = [b.entry(*cell, points=value) for cell, value in points.items()]
    (cut,) = firm(b.snapshot(b.units(2), entries), pack).awards
    assert change(cut) == ("u1", "2", False, b.q("1.01"))


def test_a_cluster_beside_others_is_tried_on_the_whole_province() -> None:
    pack = b.pack(
        b.direct("1", 10),
        b.award("co", b.fixed(1)),
        b.award("tinh", b.fixed(1), scope="province", excludes=["co"]),
    )
    units = [b.unit("u1"), b.unit("u2"), b.unit("v1", "k2"), b.unit("v2", "k2")]
    points = {"u1": 9, "u2": 7, "v1": 8, "v2": 6}
    entries = [b.entry(unit, "1", points=value) for unit, value in points.items()]
    found = firm(b.snapshot(units, entries), pack)
    told = {
        (x.between.award, x.between.cluster): (x.between.ahead, x.between.behind, change(x))
        for x in found.awards
    }
    assert told == {
        ("co", "k1"): ("u1", "u2", ("u2", "1", True, b.q("2.01"))),
        ("co", "k2"): ("v1", "v2", ("v2", "1", True, b.q("2.01"))),
        ("tinh", None): ("u2", "v2", ("v2", "1", True, b.q("1.01"))),
    }
    assert any("Cụm k2, Khen co" in line for line in found.lines())


# ------------------------------------------------------------------ points in dispute


def asked(unit: str, code: str, answer: str | None = None) -> Explanation:
    return Explanation(f"gt-{unit}-{code}", unit, code, "self", "Vì sao?", answer=answer)


def disputed() -> Snapshot:
    return b.snapshot(
        b.units(2),
        b.entry("u1", "I.1", "self", points=6),
        b.entry("u1", "I.1", points=4, reason="thiếu"),
        b.entry("u1", "I.2", points=4),
        b.entry("u1", "II", points=7),
        b.entry("u2", "I.1", "self", points=6),
        b.entry("u2", "I.1", points="4.5", reason="thiếu"),
        b.entry("u2", "I.2", points=4),
    )


def test_what_is_asked_blank_or_differing_is_at_stake() -> None:
    one = only(firm(disputed(), explanations=[asked("u1", "I.1"), asked("u1", "I.2")]))
    assert [(d.unit, d.criterion, d.kind, d.points) for d in one.disputes] == [
        ("u1", "I.1", DisputeKind.ASKED, 2),  # 6 and 4
        ("u1", "I.2", DisputeKind.ASKED, 4),  # all of it
        ("u2", "I.1", DisputeKind.DIFFERS, b.q("1.5")),
        ("u2", "II", DisputeKind.BLANK, 10),
    ]
    assert one.at_stake == b.q("17.5")
    assert (one.between.gap, one.may_turn) == (b.q("6.5"), True)
    assert "6 điểm còn đang giải trình; 10 điểm chưa chấm; 1,5 điểm ở các ô mà" in one.sentence


def test_what_is_at_stake_may_be_enough_for_a_threshold_though_not_for_the_gap() -> None:
    rows = (b.award("bk", {"kind": "all"}, requires={"total": {"ge": 15}}),)
    snapshot = facts({"u1": (6, 4, 10), "u2": (4, 4, 6)})
    self_ = b.entry("u2", "II", "self", points="7.5")
    snapshot = b.snapshot(snapshot.units, snapshot.entries, self_)
    found = firm(snapshot, rules(*rows))
    (cut,) = found.awards
    assert (cut.between.gap, cut.at_stake, change(cut)[3]) == (6, b.q("1.5"), 1)
    assert cut.may_turn
    assert not only(found).may_turn


def test_an_answer_or_a_seal_settles_what_differs() -> None:
    one = only(firm(disputed(), explanations=[asked("u1", "I.1", "Đã bổ sung.")]))
    assert [d.unit for d in one.disputes] == ["u2", "u2"]
    one = only(firm(disputed(), sealed={("u1", "final"), ("u2", "final")}))
    assert [d.kind for d in one.disputes] == [DisputeKind.BLANK]


def test_a_disputed_criterion_is_named_before_others_that_would_do_as_well() -> None:
    snapshot = facts({"u1": (4, 4, 6), "u2": (4, 4, 5)})
    assert change(only(firm(snapshot)))[1] == "I.1"
    assert change(only(firm(snapshot, explanations=[asked("u2", "I.2")])))[1] == "I.2"
    lowered = change(only(firm(snapshot, explanations=[asked("u1", "II")])))
    assert lowered == ("u1", "II", False, b.q("1.01"))


def test_a_blank_cell_that_is_filled_may_be_the_change() -> None:
    one = only(firm(disputed()))
    assert change(one) == ("u2", "II", True, b.q("6.51"))


# ------------------------------------------------------------------ odd clusters


def test_one_unit_alone_has_no_neighbours() -> None:
    found = firm(facts({"u1": (4, 4, 6)}))
    assert found.rankings == {"k1": ()}
    assert found.awards == ()


def test_all_blank_units_share_a_rank_and_any_point_parts_them() -> None:
    one = only(firm(b.snapshot(b.units(2))))
    assert (one.between.gap, one.between.decided_by) == (0, "shared")
    assert change(one) == ("u2", "I.1", True, b.q("0.01"))
    assert one.at_stake == 2 * 22


def test_totals_that_were_sent_have_no_criterion_to_change() -> None:
    snapshot = b.snapshot(b.units(2), b.given_total("u1", 15), b.given_total("u2", 12))
    one = only(firm(snapshot))
    assert one.swap is None
    assert one.disputes == ()


def test_nobody_eligible_leaves_no_award_to_look_at() -> None:
    rows = (b.award("co", b.fixed(1)), b.standing_case("ky_luat", "barred"))
    points = {"u1": (6, 4, 9), "u2": (6, 4, 8)}
    barred = [b.standing(unit, "ky_luat") for unit in points]
    found = firm(facts(points, barred), rules(*rows))
    assert found.awards == ()
    assert found.rankings == {"k1": ()}


def test_what_was_not_done_or_not_assigned_is_no_lever() -> None:
    snapshot = b.snapshot(
        b.units(2),
        b.entry("u1", "II", points=5),
        *(b.entry("u1", code, points=0) for code in ("I.1", "I.2")),
        b.entry("u2", "I.1", state="not_done"),
        b.entry("u2", "I.2", state="not_assigned"),
        b.entry("u2", "II", points=0),
    )
    one = only(firm(snapshot))
    assert change(one) == ("u2", "II", True, b.q("5.01"))


def test_a_pack_that_refuses_a_result_is_told() -> None:
    with pytest.raises(UserError):
        firm(facts({"u1": (6, 6, 6)}), rules(over_max="refuse"))


def test_progress_is_told_and_clusters_may_be_chosen() -> None:
    heard: list[float] = []
    snapshot = b.snapshot(
        [b.unit("u1"), b.unit("u2"), b.unit("v1", "k2"), b.unit("v2", "k2")],
        [b.entry(u, "II", points=n) for n, u in enumerate(("u1", "u2", "v1", "v2"))],
    )
    found = firm(snapshot, told=lambda share, _: heard.append(share))
    assert heard == sorted(heard)
    assert heard[-1] == 1
    assert list(found.rankings) == ["k1", "k2"]
    assert list(firm(snapshot, clusters=["k2"]).rankings) == ["k2"]


def test_the_order_in_which_units_are_written_changes_nothing() -> None:
    snapshot = facts({"u1": (4, 4, 6), "u2": (4, 4, 5), "u3": (6, 4, 1)})
    turned = b.snapshot(*reversed(snapshot.units), *reversed(snapshot.entries))
    found = [[x.sentence for x in firm(s).rankings["k1"]] for s in (snapshot, turned)]
    assert found[0] == found[1]
