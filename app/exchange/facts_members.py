"""Clusters, units and the criteria that units registered for themselves."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.domain.snapshot import Cluster, Figure, OwnCriterion, Unit
from app.exchange.facts_faults import Gathering, number_error, shown
from app.exchange.facts_figures import FigureReader
from app.exchange.facts_known import Known, KnownCriterion, method_figures
from app.exchange.facts_table import Table, rows
from app.exchange.facts_values import text_fault
from app.ground.numbers import NumberTextError, checked_decimal
from app.ground.text import composed, natural_key
from app.rules.document import read_method


class MemberReader:
    """Reads who takes part; each list stands in the order of its ids."""

    def __init__(
        self, tree: Mapping[str, Any], name: str, known: Known, gathering: Gathering
    ) -> None:
        self.tree = tree
        self.name = name
        self.known = known
        self.gathering = gathering
        self.clusters: dict[str, Cluster] = {}
        self.units: dict[str, Unit] = {}
        self.own: dict[tuple[str, str], OwnCriterion] = {}
        self.own_known: dict[tuple[str, str], KnownCriterion] = {}

    def read_clusters(self) -> None:
        """Reads ``[[clusters]]``."""
        found: dict[str, Cluster] = {}
        for row in rows(self.tree, "clusters", self.name, self.gathering):
            row.only(("id", "name", "block"))
            cluster = row.identifier("id", "mã cụm, khối")
            title, block = row.text("name"), row.text("block")
            if cluster is None:
                continue
            if cluster in found:
                self._repeated_id(row, cluster)
            found[cluster] = Cluster(cluster, title or cluster, block)
        if not found:
            self._nothing("clusters", "cụm, khối nào")
        self.clusters = {key: found[key] for key in sorted(found, key=natural_key)}

    def read_units(self) -> None:
        """Reads ``[[units]]``; call after the clusters."""
        found: dict[str, Unit] = {}
        only = next(iter(self.clusters)) if len(self.clusters) == 1 else None
        reader = FigureReader(self.gathering, cells=False)
        for row in rows(self.tree, "units", self.name, self.gathering):
            row.only(("id", "name", "cluster", "roles", "joined", "left", "attributes"))
            unit = row.identifier("id", "mã đơn vị")
            title = row.text("name")
            cluster = row.known(
                "cluster",
                tuple(self.clusters),
                "facts_unknown_cluster",
                "cụm, khối",
                required=only is None,
            )
            joined, left = row.date("joined"), row.date("left")
            if joined is not None and left is not None and left < joined:
                self.gathering.error(
                    "facts_dates_reversed",
                    row.at("left"),
                    f"Ngày rời cụm {left:%d/%m/%Y} trước ngày vào cụm {joined:%d/%m/%Y}.",
                    "Kiểm tra lại hai ngày.",
                )
            roles = self._roles(row)
            attributes = self._attributes(row, reader)
            if unit is None:
                continue
            if unit in found:
                self._repeated_id(row, unit)
            home = cluster or only or ""
            found[unit] = Unit(unit, title or unit, home, roles, joined, left, attributes)
        if not found:
            self._nothing("units", "đơn vị nào")
        self.units = {key: found[key] for key in sorted(found, key=natural_key)}
        taken = {unit.cluster for unit in found.values()}
        for cluster in self.clusters:
            if found and cluster not in taken:
                self.gathering.warning(
                    "facts_empty_cluster",
                    f"{self.name}, clusters ({cluster})",
                    f"Cụm, khối {cluster} không có đơn vị nào.",
                    "Kiểm tra khóa cluster của các đơn vị, hoặc bỏ cụm này.",
                )

    def _roles(self, row: Table) -> frozenset[str]:
        roles = frozenset(row.texts("roles"))
        for role in sorted(roles - self.known.roles):
            self.gathering.warning(
                "facts_unknown_role",
                row.at("roles"),
                f"Không gói quy tắc nào dùng vai trò “{shown(role)}”.",
                self.gathering.guess(role, tuple(sorted(self.known.roles)), "role"),
            )
        return roles

    def _attributes(self, row: Table, reader: FigureReader) -> dict[str, Figure]:
        found: dict[str, Figure] = {}
        inner = row.table("attributes") or {}
        for key in sorted(inner):
            value = inner[key]
            place = f"{row.at('attributes')}.{shown(key)}"
            name = composed(key)
            known = self.known.attributes.get(name)
            read: Figure | None
            if value == "":
                continue
            if known is not None:
                read = reader.figure(value, known, lambda place=place: place)  # type: ignore[misc]
            else:
                self._unused_attribute(place, name)
                read = self._free_attribute(value, place, reader)
            if read is not None:
                found[name] = read
        return found

    def _unused_attribute(self, place: str, name: str) -> None:
        known = tuple(self.known.attributes)
        self.gathering.warning(
            "facts_unused_attribute",
            place,
            f"Không gói quy tắc nào dùng thuộc tính “{shown(name)}”.",
            self.gathering.guess(name, known, "attribute") if known else "",
        )

    def _free_attribute(self, value: object, place: str, reader: FigureReader) -> Figure | None:
        if isinstance(value, bool):
            return value
        if isinstance(value, str):
            fault = text_fault(value)
            if fault is not None:
                self.gathering.error("facts_bad_text", place, fault, "Gõ lại văn bản này.")
                return None
            return composed(value)
        return reader.number(value, lambda: place)

    def read_own_criteria(self) -> None:
        """Reads ``[[own_criteria]]``; call after the units."""
        slots = self.known.main.slots
        for row in rows(self.tree, "own_criteria", self.name, self.gathering):
            row.only(("unit", "slot", "code", "title", "max", "method"))
            unit = row.known("unit", tuple(self.units), "facts_unknown_unit", "đơn vị")
            slot = row.known(
                "slot", tuple(slots), "facts_unknown_slot", "chỗ đăng ký tiêu chí riêng"
            )
            code = row.identifier("code", "mã tiêu chí")
            title = row.text("title", "tên tiêu chí", required=True)
            top = row.number("max", required=True, negative=False)
            tree = row.table("method")
            if tree is None:
                if row.given("method") is None:
                    row.text("method", "cách chấm", required=True)
                continue
            if not self._sound_numbers(tree, row.at("method")):
                continue
            method, findings = read_method(tree, row.at("method"))
            self.gathering.keep_all(findings)
            if code is not None and slot is not None:
                self._check_own_code(row, code, slot)
            if unit is None or slot is None or code is None or title is None:
                continue
            if top is None or method is None:
                continue
            if (unit, code) in self.own:
                self._repeated_id(row, code)
            self.own[unit, code] = OwnCriterion(unit, slot, code, title, top, tree)
            self.own_known[unit, code] = KnownCriterion(code, title, method_figures(method))

    def _sound_numbers(self, node: object, place: str) -> bool:
        """Whether all numbers of a method are finite and of sane length; faults are told."""
        if isinstance(node, Mapping | list):
            inner = node.items() if isinstance(node, Mapping) else ((None, v) for v in node)
            sound = True
            for key, value in inner:
                where = place if key is None else f"{place}.{shown(key)}"
                sound = self._sound_numbers(value, where) and sound
            return sound
        if isinstance(node, int | Decimal) and not isinstance(node, bool):
            try:
                checked_decimal(node)
            except NumberTextError as fault:
                number_error(self.gathering, place, node, fault)
                return False
        return True

    def _check_own_code(self, row: Table, code: str, slot: str) -> None:
        main = self.known.main
        if code in main.criteria or code in main.groups or code in main.slots:
            self.gathering.error(
                "facts_own_code_taken",
                row.at("code"),
                f"Mã “{code}” đã có trong gói quy tắc.",
                f"Đặt mã khác bên trong {slot}, ví dụ {slot}.a.",
            )
        elif not code.startswith(slot + "."):
            self.gathering.error(
                "facts_own_code_outside",
                row.at("code"),
                f"Mã “{code}” không nằm trong chỗ đăng ký {slot}.",
                f"Đặt mã bắt đầu bằng “{slot}.”, ví dụ {slot}.a.",
            )

    def _repeated_id(self, row: Table, word: str) -> None:
        self.gathering.error(
            "facts_repeated_id",
            row.place,
            f"Mã “{shown(word)}” được dùng hai lần.",
            "Đặt cho mỗi dòng một mã riêng.",
        )

    def _nothing(self, key: str, what: str) -> None:
        if self.tree.get(key) in (None, []):
            self.gathering.error(
                "facts_missing_key",
                self.name,
                f"Tệp chưa khai {what}.",
                f"Thêm ít nhất một bảng [[{key}]].",
            )
