"""Folders for new workspaces."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.flows.fresh_folder import folder_name, free_folder, place_in


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Cụm thi đua số 3  2026", "Cụm thi đua số 3 2026"),
        ("Khối A/B: các sở, ngành", "Khối A B các sở, ngành"),
        ("Khối “1”. ", "Khối “1”"),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_name_holds_only_what_every_system_takes(words: str, name: str) -> None:
    assert folder_name(words) == name


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    for name in ("Cụm 1", "Cụm 1 2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").touch()
    assert free_folder(tmp_path, "Cụm 1") == tmp_path / "Cụm 1 3"


def test_a_file_by_that_name_is_in_the_way_too(tmp_path: Path) -> None:
    (tmp_path / "Cụm 1").touch()
    assert free_folder(tmp_path, "Cụm 1") == tmp_path / "Cụm 1 2"


def test_a_whole_medium_gets_a_folder_even_where_it_is_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert place_in(tmp_path, "Cụm 1") == tmp_path
    monkeypatch.setattr("ui.flows.fresh_folder.os.path.ismount", lambda _place: True)
    assert place_in(tmp_path, "Cụm 1") == tmp_path / "Cụm 1"
