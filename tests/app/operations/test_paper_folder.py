"""Papers into a folder that holds some already."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.ground.findings import UserError
from app.operations.paper_folder import write_beside


def two_papers(folder: Path) -> tuple[Path, ...]:
    files = (folder / "a.pdf", folder / "b.xlsx")
    for file in files:
        file.write_text("mới", encoding="utf-8")
    return files


def test_a_file_that_is_there_stays_and_the_new_one_gets_a_number(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("cũ", encoding="utf-8")
    written = write_beside(two_papers, tmp_path)
    assert [file.name for file in written] == ["a (2).pdf", "b.xlsx"]
    assert (tmp_path / "a.pdf").read_text(encoding="utf-8") == "cũ"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a (2).pdf", "a.pdf", "b.xlsx"]


def test_nothing_appears_where_the_writing_fails(tmp_path: Path) -> None:
    def broken(folder: Path) -> tuple[Path, ...]:
        (folder / "a.pdf").write_text("nửa", encoding="utf-8")
        raise KeyError

    with pytest.raises(KeyError):
        write_beside(broken, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Không ghi được"):
        write_beside(two_papers, tmp_path / "khong-co")
