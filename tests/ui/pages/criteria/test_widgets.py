"""The widgets of a form give back exactly what they show."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.operations.loading import pack_tree, shipped_packs
from ui.pages.criteria.form_view import FormView
from ui.pages.criteria.method_form import FieldKind, filled, method_forms, method_of
from ui.pages.criteria.rows_editor import RowsEditor
from ui.theme.tokens import theme_of


def methods_with_rows() -> list[Any]:
    found = []
    for folder in shipped_packs():
        tree, _ = pack_tree(folder)
        for row in tree.get("criteria", []):
            method = row.get("method", {"kind": "direct"})
            fields = method_forms()[method["kind"]].fields
            if any(field.kind is FieldKind.ROWS for field in fields):
                found.append(pytest.param(method, id=f"{folder.name}-{row['code']}"))
    return found


@pytest.mark.parametrize("method", methods_with_rows())
def test_rows_come_back_as_they_were_shown(qtbot: QtBot, method: dict[str, Any]) -> None:
    form = method_forms()[method["kind"]]
    view = FormView(form, filled(method), {}, theme_of(dark=False), editable=True)
    qtbot.addWidget(view)
    told = []
    view.changed.connect(lambda: told.append(view.values))
    rows = next(e for e in view.editors.values() if isinstance(e, RowsEditor))
    rows.add.click()  # an empty row is a change that means nothing
    assert len(told) == 1
    assert method_of(method["kind"], told[0]) == (method, ())


def test_rows_are_moved_and_dropped(qtbot: QtBot) -> None:
    form = method_forms()["rank_table"]
    view = FormView(
        form, {"table": [{"": "10"}, {"": "8"}]}, {}, theme_of(dark=True), editable=True
    )
    qtbot.addWidget(view)
    rows = view.editors["table"]
    assert isinstance(rows, RowsEditor)
    rows.cells.setCurrentCell(1, 0)
    rows.up.click()
    assert view.values["table"] == [{"": "8"}, {"": "10"}]
    rows.drop.click()
    assert view.values["table"] == [{"": "10"}]


def test_what_means_nothing_is_hidden_until_it_does(qtbot: QtBot) -> None:
    form = method_forms()["versus_leader"]
    view = FormView(form, {}, {}, theme_of(dark=False), editable=True)
    qtbot.addWidget(view)
    view.show()
    assert not view.editors["low"].isVisible()
    view.editors["scale"].choose("from_worst")  # type: ignore[attr-defined]
    assert view.editors["low"].isVisible()


def test_a_table_that_is_locked_shows_its_rows_but_takes_nothing(qtbot: QtBot) -> None:
    form = method_forms()["checklist"]
    rows = [{"title": "A", "points": "1", "id": "a"}]
    view = FormView(form, {"parts": rows}, {}, theme_of(dark=False), editable=False)
    qtbot.addWidget(view)
    editor = view.editors["parts"]
    assert isinstance(editor, RowsEditor)
    assert not editor.add.isEnabled()
    assert editor.rows() == rows
