"""Papers that leave the house: all of them or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.ground.findings import UserError
from app.operations.workspace.desk import Desk
from app.operations.workspace.handing_out import Paper, hand_out

from .conftest import codes


class StoppedError(Exception):
    """What the officer asked for."""


def test_all_papers_are_written_once(handed_in: Desk, tmp_path: Path) -> None:
    written = hand_out(handed_in, tmp_path / "ra", list(Paper))
    assert [file.name for file in written] == [
        "du-kien-2026.toml",
        "ket-qua.json",
        *(f"phieu-dien-giai-u{n}.pdf" for n in (1, 2, 3)),
        "xep-hang-k1.pdf",
        "xep-hang-k1.xlsx",
    ]
    assert all(file.stat().st_size > 100 for file in written)


def test_what_stands_in_the_way_is_told_and_nothing_is_written(
    handed_in: Desk, tmp_path: Path
) -> None:
    (tmp_path / "xep-hang-k1.pdf").write_bytes(b"cu")
    papers = [Paper.RANKING_PDF, Paper.FACTS]
    with pytest.raises(UserError) as fault:
        hand_out(handed_in, tmp_path, papers)
    assert codes(fault) == ["file_exists"]
    assert not (tmp_path / "du-kien-2026.toml").exists()
    hand_out(handed_in, tmp_path, papers, overwrite=True)
    assert (tmp_path / "xep-hang-k1.pdf").read_bytes().startswith(b"%PDF")


def test_stopped_half_way_leaves_nothing(handed_in: Desk, tmp_path: Path) -> None:
    def told(share: float, _name: str) -> None:
        if share > 0.5:
            raise StoppedError

    with pytest.raises(StoppedError):
        hand_out(handed_in, tmp_path / "ra", [Paper.RANKING_PDF, Paper.SHEETS_PDF], told=told)
    assert not (tmp_path / "ra").exists()


def test_a_folder_that_cannot_be_is_told(handed_in: Desk, tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("x", encoding="utf-8")
    with pytest.raises(UserError) as fault:
        hand_out(handed_in, tmp_path / "tep", [Paper.FACTS])
    assert codes(fault) == ["cannot_write"]
