"""A small table in three rounds that uses every kind of row a workspace minds."""

from __future__ import annotations

from tests import builders as b

HANDS = (
    ("self", "Tự chấm", "unit"),
    ("cluster", "Cụm rà soát", "leader"),
    ("department", "Thẩm định", "department"),
)


def table_tree() -> b.Tree:
    """Direct points, figures, a gate beside direct points, a slot; sections of 60 and 40."""
    rounds = [
        {"id": name, "title": title, "hand": hand} | ({"stands_in": HANDS[at - 1][0]} if at else {})
        for at, (name, title, hand) in enumerate(HANDS)
    ]
    return b.pack_tree(
        b.criterion("I", 60),
        b.criterion("I.1", 40, {"kind": "proportional", "zero_base": "zero"}, needs_evidence=True),
        b.direct("I.2", 20),
        b.criterion("II", 40),
        b.direct("II.1", 10, gate={"figure": "signed", "title": "Đã ký giao ước"}),
        b.direct("II.2", 10),
        b.criterion("II.3", 20, slot={}),
        b.bonus_item("b", {"kind": "points", "range": {"ge": 0, "le": 5}}, max=5),
        b.deduction_item("tre", {"kind": "per_count", "points": 2}),
        b.standing_case("ky_luat", "barred"),
        b.condition_item("vuot"),
        b.parameter("digits", allowed=[0, 1, 2], default=2),
        b.award("co", b.fixed(1)),
        b.row("blocks", id="A", title="Huyện"),
        b.row("blocks", id="B", title="Sở"),
        b.row("duties", id="dang_ky", title="Đăng ký", who="unit", due=[{"month": 3, "day": 31}]),
        b.row(
            "duties",
            id="so_ket",
            title="Sơ kết",
            who="leader",
            strict=False,
            due=[
                {"month": 2, "day": 31, "year_offset": 1, "blocks": ["A"]},
                {"month": 7, "day": 31, "blocks": ["B"]},
            ],
        ),
        id="bang",
        rounds=rounds,
        scoring={
            "ranking_round": "department",
            "digits": {"parameter": "digits"},
            "total_max": 100,
        },
        ties={"chain": [{"step": "ballot"}]},
    )
