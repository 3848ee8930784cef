"""What the commands of a workspace have in common: the folder, the person, the year."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.speech import say, tell, usage_error
from app.cli.values import day

if TYPE_CHECKING:
    from app.operations.workspace.desk import Desk, Done
    from app.persistence.workspace import Workspace

FolderArgument = Annotated[str, typer.Argument(metavar="SỔ", help="Thư mục của sổ làm việc.")]
ByOption = Annotated[
    str,
    typer.Option("--by", metavar="HỌ_TÊN", help="Người làm; mặc định: người giữ sổ."),
]
YearOption = Annotated[
    str | None,
    typer.Option("--year", metavar="NĂM", help="Năm thi đua; mặc định: năm đang mở."),
]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="LÝ_DO", help="Lý do.")]
OnOption = Annotated[
    str | None, typer.Option("--on", metavar="NGÀY", help="Ngày; mặc định: hôm nay.")
]
ApplyOption = Annotated[
    bool,
    typer.Option("--apply", help="Ghi vào sổ; không có tùy chọn này thì chỉ nêu hệ quả."),
]
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Cho ghi đè tệp đã có.")]


@contextlib.contextmanager
def opened(folder: str) -> Iterator[Workspace]:
    """The workspace, checked and told about; closed with a backup at the end."""
    from app.operations.workspace_lifecycle import open_workspace

    with open_workspace(Path(folder)) as workspace:
        tell(workspace.notes)
        yield workspace


@contextlib.contextmanager
def seated(folder: str, by: str, year: str | None) -> Iterator[Desk]:
    """A desk in the workspace."""
    from app.operations.workspace.desk import sit_down

    with opened(folder) as workspace:
        yield sit_down(workspace, by, year)


@contextlib.contextmanager
def looking(folder: str, year: str | None) -> Iterator[Desk]:
    """A desk for somebody who only looks, so nobody has to be named."""
    from app.operations.workspace.desk import sit_down

    with opened(folder) as workspace:
        yield sit_down(workspace, "Người xem", year)


def on_day(text: str | None, option: str = "--on") -> dt.date:
    """The day that was typed; today where none was."""
    from app.operations.workspace.desk import today

    return day(text, option) or today()


def said(answer: Done) -> None:
    """Says what a verb did, and what was remarked."""
    say(answer.sentence)
    tell(answer.findings)


def typed_row(pairs: Sequence[str]) -> dict[str, Any]:
    """A row out of ``KEY=VALUE``; ``votes.a=5`` stands for a table. Raises ``UserError``."""
    row: dict[str, Any] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise usage_error(
                "usage_value",
                pair[:80],
                "Không hiểu được phần này.",
                "Viết dạng KHÓA=GIÁ_TRỊ, ví dụ unit=so_a points=4 votes.so_a=8.",
            )
        outer, dot, inner = key.strip().partition(".")
        held = {"true": True, "false": False}.get(value.strip(), value.strip())
        if dot:
            row.setdefault(outer, {})[inner] = held
        else:
            row[outer] = held
    return row


def file_rows(file: str | None, kind: str) -> list[dict[str, Any]]:
    """The rows of a list ``[[kind]]`` in a TOML or JSON file; none where no file is named."""
    if file is None:
        return []
    from app.exchange.facts_text import facts_tree, read_bytes

    path = Path(file)
    tree = facts_tree(read_bytes(path, path.name), path.name)
    found = tree.get(kind, [])
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
