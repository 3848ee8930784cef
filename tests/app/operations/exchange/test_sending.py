"""What a package is called when only its folder was named."""

from __future__ import annotations

from pathlib import Path

from app.exchange.packages import Kind

from .houses import House, self_scores, small_leader, small_unit


def next_number(house: House) -> int:
    """The running number of a package is that of the act that sends it."""
    return house.desk.workspace.latest.id + 1


def test_a_file_says_in_plain_letters_what_it_is_of_whom_and_which_one(tmp_path: Path) -> None:
    leader = small_leader(tmp_path / "truong")
    unit = small_unit(leader, tmp_path / "don-vi", 1)
    unit.says(*self_scores("u1", "90"))
    wanted = f"tu-cham-diem-u1-so-{next_number(unit)}.bvg"
    assert unit.sends(Kind.SELF_SCORE).file.name == wanted
    wanted = f"ban-giao-nhiem-vu-truong-cum-khoi-so-{next_number(leader)}.bvg"
    assert leader.sends(Kind.HANDOVER).file.name == wanted
    for house in (leader, unit):
        house.desk.workspace.close(backup=False)
