"""The years that the document of a whole workspace tells of, before anything is verified."""

from __future__ import annotations

from typing import Any

import pytest

from app.exchange.packages import Kind
from app.operations.exchange.history import years_told
from app.operations.workspace.years import open_year, year_record

from .houses import House, small_leader

ROW = '{"id":"2026","name":"2026","start":"2026-01-01","state":"open"}'


@pytest.fixture
def leader(tmp_path_factory: pytest.TempPathFactory) -> House:
    return small_leader(tmp_path_factory.mktemp("truong") / "so")


def change(after: str | None, key: str = '["2026"]', table: str = "periods") -> dict[str, Any]:
    return {"tbl": table, "key": key, "before": None, "after": after}


def test_the_oldest_year_comes_first(leader: House) -> None:
    open_year(leader.desk.workspace, "Nguyễn Hoa", year_record("2025"))
    tree = leader.sends(Kind.HANDOVER).contents.documents["journal"]
    leader.desk.workspace.close(backup=False)
    assert years_told(tree) == (("2025", False), ("2026", False))


def test_the_last_word_about_a_year_holds() -> None:
    closed = ROW.replace("open", "closed")
    gone = change(None, '["2027"]')
    rows = [change(ROW), change(ROW.replace("2026", "2027"), '["2027"]'), gone, change(closed)]
    assert years_told({"changes": rows}) == (("2026", True),)
    assert years_told({"changes": [change(ROW, table="units")]}) == ()


@pytest.mark.parametrize(
    "tree",
    [
        {},
        {"changes": None},
        {"changes": [7]},
        {"changes": [{"tbl": "periods"}]},
        {"changes": [change("[")]},
        {"changes": [change("[]")]},
        {"changes": [change('{"state": "open"}')]},
    ],
)
def test_what_is_not_in_its_form_tells_nothing(tree: dict[str, Any]) -> None:
    assert years_told(tree) == ()
