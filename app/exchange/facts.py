"""A facts file becomes a ``Snapshot``: everything of one period, checked against its packs.

``read_facts`` reads the whole tree before it answers, so that all faults are told at once. The
snapshot does not depend on the order in which a file lists things: units stand in the order of
their ids, entries in the order of units and codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from app.domain.snapshot import Period, Snapshot
from app.exchange.facts_entries import EntryReader, EntryScene
from app.exchange.facts_faults import Gathering, shown
from app.exchange.facts_known import Known, known_names
from app.exchange.facts_members import MemberReader
from app.exchange.facts_records import RecordReader
from app.exchange.facts_table import Table
from app.exchange.facts_text import Neighbour, Tree, is_bare_name
from app.ground.findings import Findings, UserError
from app.ground.text import composed, natural_key
from app.rules.document import LoadedPack

FACTS_SCHEMA: Final = "bangvang-facts/1"
FACTS_KEYS: Final = (
    "schema",
    "ranking_round",
    "entries_file",
    "period",
    "parameters",
    "quotas",
    "clusters",
    "units",
    "own_criteria",
    "entries",
    "totals",
    "bonus",
    "deductions",
    "standing",
    "conditions",
    "ballots",
    "decisions",
)


def chosen_parameters(tree: Tree) -> dict[str, object]:
    """The resolutions under ``[parameters]``, as the packs are read with them."""
    table = tree.get("parameters")
    if not isinstance(table, Mapping):
        return {}
    return {composed(str(key)): value for key, value in table.items()}


def read_facts(
    tree: Tree,
    name: str,
    main: LoadedPack,
    overlays: Sequence[LoadedPack] = (),
    companions: Sequence[LoadedPack] = (),
    neighbour: Neighbour | None = None,
) -> tuple[Snapshot | None, Findings]:
    """The snapshot that a facts tree describes for these packs, and all findings.

    ``name`` is how findings call the file; ``neighbour`` reads the ``entries_file`` beside it.
    The snapshot is ``None`` where there is an error.
    """
    reading = _Reading(tree, name, known_names(main, overlays, companions))
    snapshot = reading.snapshot(neighbour)
    findings = reading.gathering.closed(name)
    return (None if findings.errors else snapshot), findings


class _Reading:
    """The reading of one facts tree."""

    def __init__(self, tree: Tree, name: str, known: Known) -> None:
        self.tree = tree
        self.name = name
        self.known = known
        self.gathering = Gathering()
        self.top = Table(tree, name, self.gathering)
        self.members = MemberReader(tree, name, known, self.gathering)

    def snapshot(self, neighbour: Neighbour | None) -> Snapshot | None:
        """The snapshot, or ``None`` where not even the period can be read."""
        self.top.only(FACTS_KEYS)
        self._schema()
        period = self._period()
        ranking_round = self.top.known(
            "ranking_round",
            self.known.main.rounds,
            "facts_unknown_round",
            "vòng chấm",
            required=False,
        )
        parameters = self._parameters()
        members = self.members
        members.read_clusters()
        members.read_units()
        members.read_own_criteria()
        entries = self._entries(neighbour)
        records = RecordReader(
            self.tree, self.name, self.known, members.units, members.clusters, self.gathering
        )
        by_unit = {unit: place for place, unit in enumerate(members.units)}
        body = {
            "totals": records.totals(),
            "bonus": records.items("bonus"),
            "deductions": records.items("deductions"),
            "standing": records.standing(),
            "conditions": records.conditions(),
            "ballots": records.ballots(),
            "decisions": records.decisions(),
            "quotas": records.quotas(),
        }
        if period is None:
            return None
        return Snapshot(
            period=period,
            clusters=tuple(members.clusters.values()),
            units=tuple(members.units.values()),
            entries=entries.in_order(by_unit),
            own_criteria=tuple(
                members.own[key]
                for key in sorted(members.own, key=lambda k: (k[0], natural_key(k[1])))
            ),
            parameters=parameters,
            ranking_round=ranking_round,
            **body,  # type: ignore[arg-type]
        )

    def _schema(self) -> None:
        schema = self.tree.get("schema")
        if schema != FACTS_SCHEMA:
            found = f"đang ghi “{shown(schema)}”" if schema is not None else "chưa ghi"
            self.gathering.error(
                "facts_wrong_schema",
                f"{self.name}, schema",
                f"Khóa schema phải là “{FACTS_SCHEMA}”, {found}.",
                f'Ghi schema = "{FACTS_SCHEMA}" ở đầu tệp.',
            )

    def _period(self) -> Period | None:
        inner = self.top.table("period")
        place = f"{self.name}, period"
        if inner is None:
            if self.top.given("period") is None:
                self.gathering.error(
                    "facts_missing_key",
                    place,
                    "Thiếu bảng [period] (năm thi đua).",
                    "Thêm [period] với name, from và to.",
                )
            return None
        table = Table(inner, place, self.gathering)
        table.only(("name", "from", "to"))
        title = table.text("name", "tên năm thi đua", required=True)
        start, end = table.date("from", required=True), table.date("to", required=True)
        if title is None or start is None or end is None:
            return None
        if end < start:
            self.gathering.error(
                "facts_dates_reversed",
                table.at("to"),
                f"Ngày cuối {end:%d/%m/%Y} trước ngày đầu {start:%d/%m/%Y}.",
                "Kiểm tra lại hai ngày của năm thi đua.",
            )
        return Period(title, start, end)

    def _parameters(self) -> dict[str, Fraction | bool | str]:
        inner = self.top.table("parameters") or {}
        table = Table(inner, f"{self.name}, parameters", self.gathering)
        found: dict[str, Fraction | bool | str] = {}
        for key in inner:
            value = table.given(key)
            parameter = composed(key)
            if parameter not in self.known.parameters:
                table.unknown(
                    table.at(shown(key)),
                    key,
                    tuple(sorted(self.known.parameters)),
                    "facts_unknown_parameter",
                    "tham số",
                )
            elif isinstance(value, bool):
                found[parameter] = value
            elif isinstance(value, int | Decimal):
                number = table.number(key)
                if number is not None:
                    found[parameter] = number
            else:
                text = table.text(key, "giá trị đã chọn", required=True)
                if text is not None:
                    found[parameter] = text
        return {key: found[key] for key in sorted(found, key=natural_key)}

    def _entries(self, neighbour: Neighbour | None) -> EntryReader:
        members = self.members
        blocks = {
            unit.id: members.clusters[unit.cluster].block
            for unit in members.units.values()
            if unit.cluster in members.clusters
        }
        scene = EntryScene(self.known, members.units, blocks, members.own_known)
        reader = EntryReader(scene, self.gathering)
        reader.rows(self.tree, self.name)
        file = self.top.text("entries_file")
        if file is not None:
            self._entries_file(file, reader, neighbour)
        return reader

    def _entries_file(self, file: str, reader: EntryReader, neighbour: Neighbour | None) -> None:
        from app.exchange.facts_cells import figure_names, read_cells

        if neighbour is None or not is_bare_name(file):
            self.gathering.error(
                "entries_file_elsewhere",
                self.top.at("entries_file"),
                "Tệp số liệu phải nằm cùng thư mục với tệp dữ kiện nên chỉ được ghi tên tệp.",
                "Đặt tệp cạnh tệp dữ kiện và chỉ ghi tên, ví dụ scores.csv.",
            )
            return
        try:
            data = neighbour(file)
        except UserError as fault:
            self.gathering.keep_all(fault.findings)
            return
        tables = (self.known.main, *self.known.companions.values())
        names = figure_names(tables, [c.figures for c in self.members.own_known.values()])
        read_cells(data, file, names, reader, self.gathering)
