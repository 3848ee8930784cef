"""What an officer prefers is kept, and damage to it stops nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.preferences import FILE, RECENT, Preferences
from ui.theme.tokens import Density


def test_what_is_chosen_is_there_the_next_time(tmp_path: Path) -> None:
    kept = Preferences(tmp_path)
    kept.dark, kept.zoom, kept.density, kept.sidebar_folded = True, 125, Density.ROOMY, True
    kept.keep_sizes("bảng", (700, 300))
    kept.keep_choice("chiều", "ngang")
    again = Preferences(tmp_path)
    assert (again.dark, again.zoom, again.density) == (True, 125, Density.ROOMY)
    assert again.sidebar_folded
    assert again.sizes("bảng") == (700, 300)
    assert again.choice("chiều", "dọc") == "ngang"


def test_the_newest_workspace_stands_first_and_only_so_many_are_kept(tmp_path: Path) -> None:
    kept = Preferences(tmp_path)
    for number in range(RECENT + 3):
        kept.opened(Path(f"/so/{number}"))
    kept.opened(Path("/so/5"))
    assert kept.recent[0] == Path("/so/5")
    assert len(kept.recent) == len(set(kept.recent)) == RECENT
    kept.forget(Path("/so/5"))
    assert Path("/so/5") not in kept.recent


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[1]", '{"zoom": 7, "density": "x", "recent": 3, "sizes": [], "dark": "yes"}', "\0"],
)
def test_a_damaged_file_is_an_empty_one(tmp_path: Path, damage: str) -> None:
    (tmp_path / FILE).write_text(damage, encoding="utf-8")
    kept = Preferences(tmp_path)
    assert (kept.dark, kept.zoom, kept.density, kept.recent) == (None, 100, Density.NORMAL, ())
    assert kept.sizes("x") == ()
    kept.zoom = 110
    assert Preferences(tmp_path).zoom == 110


def test_a_place_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("")
    kept = Preferences(tmp_path / "tep" / "thu-muc")
    kept.zoom = 125
    assert kept.zoom == 125
