"""Entries of a facts file: the rows ``[[entries]]`` and the table file beside them.

A province brings thousands of entries, so they are read by hand-written code and not by a
model; places are put into words only where there is a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from app.domain.snapshot import Entry, EntryState, Unit
from app.exchange.facts_faults import Gathering, shown
from app.exchange.facts_figures import FigureReader
from app.exchange.facts_known import Known, KnownCriterion, KnownTable
from app.exchange.facts_table import Table, row_place
from app.ground.text import natural_key

ENTRY_KEYS: Final = (
    "unit",
    "criterion",
    "round",
    "state",
    "figures",
    "points",
    "reason",
    "evidence",
    "pack",
)
_STATES: Final = {state.value: state for state in EntryState}
Place = Callable[[str], str]
"""Says where a key of the row at hand stands; the empty key is the row itself."""


@dataclass(frozen=True, slots=True)
class EntryScene:
    """What entries may name: units with the kinds of their clusters, and criteria."""

    known: Known
    units: Mapping[str, Unit]
    blocks: Mapping[str, str | None]
    own: Mapping[tuple[str, str], KnownCriterion]


class EntryReader:
    """Gathers the entries of one facts file and of the table beside it."""

    def __init__(self, scene: EntryScene, gathering: Gathering) -> None:
        self._scene = scene
        self._gathering = gathering
        self._plain = FigureReader(gathering, cells=False)
        self._cells = FigureReader(gathering, cells=True)
        self._entries: dict[tuple[str, str, str, str | None], Entry] = {}
        self._told: set[tuple[str, str]] = set()

    def rows(self, tree: Mapping[str, Any], name: str) -> None:
        """Reads ``[[entries]]``."""
        listed = tree.get("entries", [])
        if not isinstance(listed, list) or not all(isinstance(row, Mapping) for row in listed):
            Table(tree, name, self._gathering).wrong("entries", "một danh sách các bảng")
            return
        keys = set(ENTRY_KEYS)
        for number, row in enumerate(listed, 1):
            if self._gathering.overflowing:
                break
            place = partial(_row_key, name, number, row)
            if not row.keys() <= keys:
                Table(row, place(""), self._gathering).only(ENTRY_KEYS)
            figures = row.get("figures", {})
            if not isinstance(figures, Mapping):
                Table(row, place(""), self._gathering).wrong("figures", "một bảng { … }")
                continue
            self.entry(row, figures, place, self._plain)

    def cells(self, row: Mapping[str, str], figures: Mapping[str, str], place: Place) -> None:
        """Reads one row of a table file; empty cells are left out of ``row`` and ``figures``."""
        self.entry(row, figures, place, self._cells)

    def entry(
        self,
        row: Mapping[str, Any],
        raw_figures: Mapping[str, Any],
        place: Place,
        reader: FigureReader,
    ) -> None:
        """Reads one entry; where it has a fault, findings say so and it is left out."""
        pack = self._pack(row, place)
        if pack is _FAULTY:
            return
        table = self._scene.known.main if pack is None else self._scene.known.companions[pack]
        unit = self._unit(row, place)
        criterion = self._criterion(row, unit, pack, table, place)
        round_id = self._round(row, table, place)
        state = self._state(row, place)
        points = None
        if row.get("points", "") != "":
            points = reader.number(row["points"], partial(place, "points"))
        if criterion is None:
            return
        if not raw_figures.keys() <= criterion.figures.keys():
            self._unknown_figures(raw_figures, criterion, place)
        figures = reader.figures(raw_figures, criterion.figures, partial(_figure_place, place))
        reason = self._reason(row, place)
        evidence = self._evidence(row, place)
        if unit is None or round_id is None or state is None:
            return
        if state is EntryState.SCORED and points is None and not figures:
            state = EntryState.BLANK
        if points and state not in (EntryState.SCORED, EntryState.BLANK):
            self._contradiction(row, place)
        key = (criterion.code, round_id, unit, pack)
        if key in self._entries:
            self._gathering.error(
                "facts_repeated_entry",
                place(""),
                f"Đã có một dòng khác cho đơn vị {unit}, tiêu chí {criterion.code}, vòng "
                f"{round_id}.",
                "Giữ lại một dòng cho mỗi đơn vị, tiêu chí và vòng chấm.",
            )
        self._check_reach(unit, criterion, place)
        self._entries[key] = Entry(
            unit, criterion.code, round_id, state, figures, points, reason, evidence, pack
        )

    def in_order(self, units: Mapping[str, int]) -> tuple[Entry, ...]:
        """All entries, by unit, criterion and round, whatever the order of the files."""
        codes = {key[0] for key in self._entries}
        by_code = {code: place for place, code in enumerate(sorted(codes, key=natural_key))}
        return tuple(
            sorted(
                self._entries.values(),
                key=lambda e: (e.pack or "", units[e.unit], by_code[e.criterion], e.round),
            )
        )

    # ------------------------------------------------------------- one key each

    def _table(self, row: Mapping[str, Any], place: Place) -> Table:
        return _PlacedTable(row, place, self._gathering)

    def _pack(self, row: Mapping[str, Any], place: Place) -> str | None:
        pack = row.get("pack", "")
        if pack in ("", self._scene.known.main_id):
            return None
        if isinstance(pack, str) and pack in self._scene.known.companions:
            return pack
        self._table(row, place).known(
            "pack", tuple(self._scene.known.companions), "facts_unknown_pack", "gói chấm kèm theo"
        )
        return _FAULTY

    def _unit(self, row: Mapping[str, Any], place: Place) -> str | None:
        unit = row.get("unit")
        if isinstance(unit, str) and unit in self._scene.units:
            return unit
        return self._table(row, place).known(
            "unit", tuple(self._scene.units), "facts_unknown_unit", "đơn vị"
        )

    def _criterion(
        self,
        row: Mapping[str, Any],
        unit: str | None,
        pack: str | None,
        table: KnownTable,
        place: Place,
    ) -> KnownCriterion | None:
        code = row.get("criterion")
        found = self._find(code, unit, pack, table) if isinstance(code, str) else None
        if found is not None:
            return found
        text = self._table(row, place).text("criterion", "mã tiêu chí", required=True)
        if text is None:
            return None
        found = self._find(text, unit, pack, table)
        if found is None:
            self._unknown_criterion(text, unit, table, place)
        return found

    def _find(
        self, code: str, unit: str | None, pack: str | None, table: KnownTable
    ) -> KnownCriterion | None:
        known = table.criteria.get(code)
        if known is None and pack is None and unit is not None:
            known = self._scene.own.get((unit, code))
        return known

    def _unknown_criterion(
        self, code: str, unit: str | None, table: KnownTable, place: Place
    ) -> None:
        owners = sorted(u for u, c in self._scene.own if c == code)
        if unit is None and owners:
            return
        if code in table.slots:
            message = f"“{code}” là chỗ để đơn vị tự đăng ký tiêu chí, không chấm trực tiếp."
            remedy = "Khai tiêu chí riêng trong [[own_criteria]] rồi chấm theo mã của tiêu chí đó."
        elif code in table.groups:
            message = f"“{code}” là một nhóm tiêu chí, không chấm trực tiếp."
            remedy = f"Chấm từng tiêu chí bên trong {code}."
        elif owners:
            message = f"Tiêu chí “{code}” do đơn vị khác tự đăng ký ({', '.join(owners[:3])})."
            remedy = "Kiểm tra lại mã đơn vị hoặc mã tiêu chí."
        else:
            own = tuple(c for u, c in self._scene.own if u == unit)
            names = (*table.criteria, *own)
            kind = f"criterion {'+'.join(own)}"
            message = f"Không có tiêu chí “{shown(code)}”."
            remedy = self._gathering.guess(code, names, kind)
        self._gathering.error("facts_unknown_criterion", place("criterion"), message, remedy)

    def _round(self, row: Mapping[str, Any], table: KnownTable, place: Place) -> str | None:
        round_id = row.get("round", "")
        if isinstance(round_id, str) and round_id in table.rounds:
            return round_id
        if round_id == "" and len(table.rounds) == 1:
            return table.rounds[0]
        return self._table(row, place).known(
            "round", table.rounds, "facts_unknown_round", "vòng chấm"
        )

    def _state(self, row: Mapping[str, Any], place: Place) -> EntryState | None:
        word = row.get("state", "")
        if word == "":
            return EntryState.SCORED
        if isinstance(word, str) and word in _STATES:
            return _STATES[word]
        self._table(row, place).choice("state", tuple(_STATES))
        return None

    def _reason(self, row: Mapping[str, Any], place: Place) -> str:
        reason = row.get("reason", "")
        if reason == "":
            return ""
        return self._table(row, place).text("reason") or ""

    def _evidence(self, row: Mapping[str, Any], place: Place) -> int | None:
        if row.get("evidence", "") == "":
            return None
        return self._table(row, place).count("evidence")

    # ------------------------------------------------------------- the whole row

    def _unknown_figures(
        self, raw: Mapping[str, Any], criterion: KnownCriterion, place: Place
    ) -> None:
        for name in raw:
            if name in criterion.figures:
                continue
            known = tuple(criterion.figures)
            if known:
                remedy = self._gathering.guess(name, known, "figure " + " ".join(known))
                if remedy.startswith("Các giá trị"):
                    remedy = "Cách chấm này cần: " + ", ".join(known) + "."
            else:
                remedy = "Tiêu chí này chấm điểm trực tiếp: ghi điểm ở khóa points."
            self._gathering.error(
                "facts_unknown_figure",
                _figure_place(place, name),
                f"Tiêu chí {criterion.code} không dùng số liệu “{shown(name)}”.",
                remedy,
            )

    def _contradiction(self, row: Mapping[str, Any], place: Place) -> None:
        self._gathering.error(
            "facts_state_with_points",
            place("state"),
            f"Trạng thái là “{row.get('state')}” nhưng lại ghi {shown(row.get('points'))} điểm.",
            "Bỏ điểm, hoặc để trạng thái là scored.",
        )

    def _check_reach(self, unit: str, criterion: KnownCriterion, place: Place) -> None:
        """Warns where the criterion is not for this unit: another kind of cluster, or a role."""
        if not criterion.blocks and criterion.role is None:
            return
        member = self._scene.units[unit]
        block = self._scene.blocks.get(unit)
        if criterion.blocks and block not in criterion.blocks:
            why = f"chỉ dành cho loại {', '.join(criterion.blocks)}"
        elif criterion.role is not None and criterion.role not in member.roles:
            why = f"chỉ dành cho đơn vị có vai trò {criterion.role}"
        else:
            return
        if (unit, criterion.code) in self._told:
            return
        self._told.add((unit, criterion.code))
        self._gathering.warning(
            "facts_not_for_unit",
            place("criterion"),
            f"Tiêu chí {criterion.code} {why} nên dòng này không được tính cho {unit}.",
            "Kiểm tra loại của cụm (block), vai trò của đơn vị (roles), hoặc bỏ dòng này.",
        )


_FAULTY: Final = "\0"
"""Stands for a pack name that was reported."""


class _PlacedTable(Table):
    """A row whose keys know their places themselves."""

    __slots__ = ("_place_of",)

    def __init__(self, data: Mapping[str, Any], place: Place, gathering: Gathering) -> None:
        super().__init__(data, place(""), gathering)
        self._place_of = place

    def at(self, key: str) -> str:
        """The place of one key."""
        return self._place_of(key)


def _row_key(name: str, number: int, row: Mapping[str, Any], key: str) -> str:
    place = row_place(name, "entries", number, row)
    return f"{place}.{shown(key)}" if key else place


def _figure_place(place: Place, name: str) -> str:
    return place(f"figures.{name}")
