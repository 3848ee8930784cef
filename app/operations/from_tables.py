"""Packs and facts out of plain tables: the reading is ``app.exchange``'s, the files are here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.exchange.criteria_table import CriteriaTable, pack_tree, read_criteria_table
from app.exchange.pasted import read_pasted
from app.exchange.score_columns import parse_units
from app.exchange.score_table import entries_csv, facts_tree, read_score_table
from app.exchange.table_headings import parse_columns
from app.exchange.tables import Table, read_table, sheet_names
from app.ground.findings import Finding, Severity, UserError
from app.ground.text import folded
from app.operations.loading import PACK_FILE, load_pack
from app.rules.document import dump_tree

ENTRIES_FILE = "scores.csv"
FACTS_FILE = "facts.toml"

__all__ = [
    "FactsHead",
    "FromTable",
    "ReadTable",
    "TableSource",
    "criteria_of_file",
    "criteria_of_paste",
    "facts_from_table",
    "identifier",
    "pack_from_table",
    "sheet_names",
]


@dataclass(frozen=True, slots=True)
class TableSource:
    """Which table is read, and how its columns are called where they are not recognised."""

    file: Path
    sheet: str | None = None
    columns: str = ""
    convert_legacy: bool = False


@dataclass(frozen=True, slots=True)
class FactsHead:
    """What a table of scores does not say itself."""

    year: int
    cluster: str
    round: str | None = None
    units: str = ""


@dataclass(frozen=True, slots=True)
class FromTable:
    """The files that were written, how much they hold, and all findings."""

    written: tuple[Path, ...]
    rows: int
    units: int
    findings: tuple[Finding, ...]


def pack_from_table(
    source: TableSource, out: Path, title: str | None = None, *, overwrite: bool = False
) -> FromTable:
    """Writes a pack of directly scored criteria; ``out`` is a ``.toml`` file or a folder.

    Raises ``UserError`` where there is nothing to write or the file is there already.
    """
    file = out if out.suffix == ".toml" else out / PACK_FILE
    read = criteria_of_file(source)
    criteria = read.criteria
    name = out.stem if out.suffix == ".toml" else out.resolve().name
    tree = read.tree(identifier(name), title or criteria.heading or source.file.stem)
    _write(file, dump_tree(tree), overwrite)
    return FromTable((file,), len(criteria.criteria), 0, read.findings)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """The criteria of a table before anything is made of them, with what was remarked."""

    criteria: CriteriaTable
    findings: tuple[Finding, ...]

    def tree(self, pack_id: str, title: str) -> dict[str, Any]:
        """The tree of a pack of directly scored criteria."""
        return pack_tree(self.criteria, pack_id, title)


def criteria_of_file(source: TableSource) -> ReadTable:
    """The criteria of a table file; raises ``UserError`` where there are none."""
    table, told = read_table(source.file, sheet=source.sheet, convert_legacy=source.convert_legacy)
    return _read(table, told, source.columns)


def criteria_of_paste(
    html: str, text: str, *, columns: str = "", convert_legacy: bool = False
) -> ReadTable:
    """The criteria of a block copied from Word or Excel; raises ``UserError``."""
    table, told = read_pasted(html, text, convert_legacy=convert_legacy)
    return _read(table, told, columns)


def _read(table: Table, told: tuple[Finding, ...], columns: str) -> ReadTable:
    criteria, findings = read_criteria_table(table, parse_columns(columns))
    if not criteria.criteria:
        raise UserError((*told, *findings))
    return ReadTable(criteria, (*told, *findings))


def facts_from_table(
    source: TableSource, pack: Path, out: Path, head: FactsHead, *, overwrite: bool = False
) -> FromTable:
    """Writes a facts file with the table of entries beside it, for the criteria of a pack.

    ``out`` is a ``.toml`` file or a folder. Raises ``UserError``.
    """
    file = out if out.suffix == ".toml" else out / FACTS_FILE
    entries_file = file.with_name(ENTRIES_FILE if file.name == FACTS_FILE else f"{file.stem}.csv")
    rules = load_pack(pack).rules
    rounds = [r.id for r in rules.rounds]
    if head.round is not None and head.round not in rounds:
        raise UserError(
            [
                Finding(
                    "facts_unknown_round",
                    Severity.ERROR,
                    "--round",
                    f"Không có vòng chấm “{head.round[:80]}”.",
                    "Chọn một trong: " + ", ".join(rounds) + ".",
                )
            ]
        )
    table, told = read_table(source.file, sheet=source.sheet, convert_legacy=source.convert_legacy)
    scores, findings = read_score_table(
        table,
        rules.criteria,
        columns=parse_columns(source.columns),
        units=parse_units(head.units) if head.units else None,
        round_id=head.round or (rounds[0] if rounds else "self"),
    )
    tree = facts_tree(
        scores,
        period=str(head.year),
        start=dt.date(head.year, 1, 1),
        end=dt.date(head.year, 12, 31),
        cluster=head.cluster,
        entries_file=entries_file.name,
    )
    _write(file, dump_tree(tree), overwrite)
    _write(entries_file, entries_csv(scores), overwrite)
    written = (file, entries_file)
    return FromTable(written, len(scores.entries), len(scores.units), (*told, *findings))


def identifier(name: str) -> str:
    """An id of a pack out of a name."""
    bare = "".join(c if c.isascii() and c.isalnum() else "-" for c in folded(name))
    return bare.strip("-")[:80] or "goi-quy-tac"


def _write(path: Path, text: str, overwrite: bool) -> None:
    try:
        if not overwrite and path.exists() and path.stat().st_size:
            raise UserError(
                [
                    Finding(
                        "file_exists",
                        Severity.ERROR,
                        path.name,
                        "Tệp này đã có nội dung nên không bị ghi đè.",
                        "Chọn --out khác, hoặc thêm --overwrite để ghi đè.",
                    )
                ]
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as fault:
        raise UserError(
            [
                Finding(
                    "cannot_write",
                    Severity.ERROR,
                    path.name,
                    "Không ghi được tệp này.",
                    "Đóng tệp nếu đang mở, kiểm tra quyền ghi và chỗ trống, hoặc chọn --out khác.",
                )
            ]
        ) from fault
