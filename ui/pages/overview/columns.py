"""The tables of the overview, column by column; without Qt."""

from __future__ import annotations

from functools import partial
from typing import Final

from app.ground.text import dictionary_key
from ui.models.columns import Column
from ui.pages.overview.facts import DeadlineRow, MatrixCell, MatrixRow, RankRow, View
from ui.theme.tokens import Tone


def _cell(row: MatrixRow, at: int) -> MatrixCell:
    return row.rounds[at] if at < len(row.rounds) else row.registered


def matrix_columns(view: View) -> tuple[Column[MatrixRow], ...]:
    """Unit, cluster where there are several, registration, then one column for each round."""
    name: Column[MatrixRow] = Column(
        "Đơn vị",
        lambda row: row.name,
        width=24,
        stretch=True,
        tip=lambda row: f"{row.name}, {row.note}" if row.note else row.name,
    )
    cluster: Column[MatrixRow] = Column("Cụm, khối", lambda row: row.cluster, width=16)
    registered: Column[MatrixRow] = Column(
        "Đăng ký",
        lambda row: row.registered.words,
        width=13,
        tone=lambda row: row.registered.tone,
        icon=lambda row: row.registered.icon,
        tip=lambda row: row.registered.tip,
        order=lambda row: row.registered.order,
        head_tip="Đăng ký thi đua và giao ước",
    )
    rounds = tuple(_round_column(at, head.short, head.title) for at, head in enumerate(view.heads))
    return (name, *((cluster,) if view.several_clusters else ()), registered, *rounds)


def _round_column(at: int, short: str, title: str) -> Column[MatrixRow]:
    def text(row: MatrixRow, at: int) -> str:
        return _cell(row, at).words

    def tone(row: MatrixRow, at: int) -> Tone | None:
        return _cell(row, at).tone

    def icon(row: MatrixRow, at: int) -> str | None:
        return _cell(row, at).icon

    def tip(row: MatrixRow, at: int) -> str:
        return _cell(row, at).tip

    def order(row: MatrixRow, at: int) -> tuple[int, object]:
        cell = _cell(row, at)
        return (cell.order, dictionary_key(cell.words))

    return Column(
        short,
        partial(text, at=at),
        width=22,
        tone=partial(tone, at=at),
        icon=partial(icon, at=at),
        tip=partial(tip, at=at),
        order=partial(order, at=at),
        head_tip=title,
    )


def ranking_columns(view: View) -> tuple[Column[RankRow], ...]:
    """Rank, unit, total; the cluster where there are several."""
    rank: Column[RankRow] = Column("Hạng", lambda row: row.rank, width=4, align="right", bold=True)
    cluster: Column[RankRow] = Column("Cụm, khối", lambda row: row.cluster, width=14, stretch=True)
    name: Column[RankRow] = Column(
        "Đơn vị",
        lambda row: f"{row.name} ({row.note})" if row.note else row.name,
        width=18,
        stretch=True,
        icon=lambda row: "info" if row.note else None,
    )
    total: Column[RankRow] = Column(
        "Tổng điểm", lambda row: row.total, width=8, align="right", bold=True
    )
    return (cluster, name, total) if view.several_clusters else (rank, name, total)


DEADLINE_COLUMNS: Final[tuple[Column[DeadlineRow], ...]] = (
    Column("Hạn", lambda row: f"{row.due:%d/%m/%Y}", width=10, order=lambda row: row.due),
    Column(
        "Việc",
        lambda row: f"{row.title} ({row.whose})" if row.whose else row.title,
        width=16,
        stretch=True,
    ),
    Column(
        "Còn lại",
        lambda row: row.left,
        width=20,
        tone=lambda row: row.tone,
        icon=lambda row: row.icon,
        order=lambda row: row.due,
    ),
)
