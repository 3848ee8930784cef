"""What differs between two packs, in words: rows by code, items by id, settings by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from app.operations.pack_views import plain_tree
from app.rules.document import LoadedPack, Tree

_LISTS: Final = {
    "blocks": "Loại cụm, khối",
    "sources": "Văn bản nguồn",
    "clauses": "Điều khoản",
    "parameters": "Tham số",
    "rounds": "Vòng chấm",
    "criteria": "Tiêu chí",
    "bonus.items": "Nội dung điểm thưởng",
    "deductions.items": "Nội dung điểm trừ",
    "scales": "Thang mức",
    "standing": "Trường hợp",
    "conditions": "Điều kiện",
    "classes": "Mức xếp loại",
    "awards": "Hình thức khen thưởng",
    "ballots": "Quy định bỏ phiếu",
    "duties": "Việc trong năm",
    "dossiers": "Hồ sơ",
}
_TABLES: Final = {
    "": "Gói quy tắc",
    "vocabulary": "Từ dùng",
    "scoring": "Cách tính điểm",
    "bonus": "Điểm thưởng",
    "deductions": "Điểm trừ",
    "ties": "Khi bằng nhau",
}
_KEYS: Final = {
    "title": "tên",
    "max": "điểm tối đa",
    "cap": "trần",
    "clause": "điều khoản",
    "method": "cách chấm",
    "quote": "trích dẫn",
    "place": "chỗ dẫn",
    "default": "giá trị mặc định",
    "allowed": "các lựa chọn",
    "note": "ghi chú",
    "when": "điều kiện áp dụng",
    "requires": "yêu cầu",
    "places": "số chỗ",
    "points": "điểm",
    "percent": "phần trăm",
    "worth": "giá trị",
    "ranking_round": "vòng xếp hạng",
    "digits": "số chữ số thập phân",
    "rounding": "cách làm tròn",
    "round_at": "chỗ làm tròn",
    "over_max": "khi vượt điểm tối đa",
    "version": "bản",
    "total_max": "tổng khung điểm",
    "bands": "các khoảng",
    "levels": "các mức",
    "kind": "loại",
    "role": "vai trò",
    "hand": "người chấm",
    "items": "các nội dung",
    "until": "ngày hết hiệu lực",
    "least": "ít nhất",
    "most": "nhiều nhất",
    "gate": "điều kiện trước",
    "otherwise": "điểm khi không đạt điều kiện",
    "otherwise_percent": "phần trăm điểm tối đa khi không đạt điều kiện",
    "keeps": "phần trăm số điểm còn lại khi không đạt điều kiện",
    "already": "đã đạt từ trước",
    "pending": "cách tính số chưa có kết quả",
    "no_target": "phần trăm điểm tối đa khi không được giao chỉ tiêu",
    "no_target_scale": "cách so các đơn vị không được giao chỉ tiêu",
}
_NAMES: Final = ("code", "id", "purpose", "name", "step")


@dataclass(frozen=True, slots=True)
class PackChange:
    """One difference; ``old`` and ``new`` are values as text, empty where there was none."""

    kind: Literal["added", "removed", "changed", "moved"]
    place: str
    what: str
    old: str = ""
    new: str = ""

    def sentence(self) -> str:
        """The difference as a line."""
        match self.kind:
            case "added":
                return f"{self.place}: thêm mới. {self.new}".rstrip(". ") + "."
            case "removed":
                return f"{self.place}: đã bỏ. {self.old}".rstrip(". ") + "."
            case "moved":
                return f"{self.place}: thứ tự thay đổi."
        old, new = self.old or "không có", self.new or "không có"
        return f"{self.place}: {self.what} đổi từ {old} thành {new}."


def pack_changes(old: LoadedPack, new: LoadedPack) -> tuple[PackChange, ...]:
    """Every difference between two packs as they are written."""
    return tuple(_changes(plain_tree(old.tree), plain_tree(new.tree)))


def _changes(old: Tree, new: Tree) -> Iterator[PackChange]:
    for name, title in _TABLES.items():
        listed = {full.rpartition(".")[2] for full in _LISTS if full.rpartition(".")[0] == name}
        sub = {key for key in _TABLES if key} if not name else set()
        yield from _fields(_part(old, name), _part(new, name), title, listed | sub)
    for name, title in _LISTS.items():
        yield from _rows(_part(old, name), _part(new, name), title)


def _part(tree: Tree, name: str) -> Any:
    node: Any = tree
    for key in filter(None, name.split(".")):
        node = node.get(key, {}) if isinstance(node, Mapping) else {}
    return node


def _rows(old: Any, new: Any, title: str) -> Iterator[PackChange]:
    before, after = _by_name(old), _by_name(new)
    for name, row in before.items():
        place = f"{title} {name}"
        if name not in after:
            yield PackChange("removed", place, "", old=_label(row))
        else:
            yield from _fields(row, after[name], place, set())
    for name, row in after.items():
        if name not in before:
            yield PackChange("added", f"{title} {name}", "", new=_label(row))
    kept = [name for name in before if name in after]
    if kept != [name for name in after if name in before]:
        yield PackChange("moved", title, "")


def _by_name(rows: Any) -> dict[str, Any]:
    """The rows of a list by what names them; rows without a name by their place."""
    found: dict[str, Any] = {}
    for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
        named = [str(row[key]) for key in _NAMES if isinstance(row, Mapping) and key in row]
        name = named[0] if named else f"thứ {number}"
        found[name if name not in found else f"{name} ({number})"] = row
    return found


def _label(row: Any) -> str:
    if not isinstance(row, Mapping):
        return ""
    top = f" ({row['max']} điểm)" if "max" in row else ""
    return f"{row.get('title', '')}{top}".strip()


def _fields(old: Any, new: Any, place: str, leave_out: set[str]) -> Iterator[PackChange]:
    """The keys of one table that differ, nested tables named by their path."""
    before = old if isinstance(old, Mapping) else {}
    after = new if isinstance(new, Mapping) else {}
    for key in dict.fromkeys((*before, *after)):
        if key in leave_out or before.get(key) == after.get(key):
            continue
        yield from _values(before.get(key), after.get(key), place, _KEYS.get(key, key))


def _values(old: Any, new: Any, place: str, what: str) -> Iterator[PackChange]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            if old.get(key) != new.get(key):
                yield from _values(
                    old.get(key), new.get(key), place, f"{what}, {_KEYS.get(key, key)}"
                )
    elif _are_rows(old) and _are_rows(new):
        before, after = _by_name(old), _by_name(new)
        for name in dict.fromkeys((*before, *after)):
            if before.get(name) != after.get(name):
                inner = f"{what}, {name}"
                yield from _values(before.get(name), after.get(name), place, inner)
    else:
        yield PackChange("changed", place, what, _words(old), _words(new))


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _words(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Mapping():
            return "{ " + ", ".join(f"{k} = {_words(v)}" for k, v in value.items()) + " }"
        case list():
            return "[" + ", ".join(_words(item) for item in value) + "]"
    return f"“{value}”"
