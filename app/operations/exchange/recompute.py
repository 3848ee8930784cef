"""Scoring the sender's figures again: the same result, or the first number that differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.exchange.result import Tree, result_tree, without_sentences
from app.ground.text import natural_key
from app.operations.loading import Loaded
from app.operations.scoring import score_loaded

_DEEP: Final = 12
_NUMBERS: Final = ("points", "exact", "max", "state")


@dataclass(frozen=True, slots=True)
class FirstDifference:
    """The first number on which both disagree, with how each came to it."""

    unit: str
    criterion: str
    what: str
    theirs: str
    ours: str
    their_reasons: tuple[str, ...]
    our_reasons: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The difference in one sentence."""
        return f"{self.what}: nơi gửi {self.theirs}, tính lại {self.ours}."


@dataclass(frozen=True, slots=True)
class Recompute:
    """Whether scoring again gives the sender's result.

    ``stated`` is the digest that the package bears, ``found`` the one that was reached here.
    """

    stated: str
    found: str
    first: FirstDifference | None = None

    @property
    def agrees(self) -> bool:
        """Whether both are the same."""
        return self.stated == self.found

    @property
    def sentence(self) -> str:
        """The outcome in one sentence."""
        if self.agrees:
            return f"Tính lại từ số liệu cho đúng kết quả của nơi gửi (mã {self.stated[7:19]})."
        first = "" if self.first is None else f" Chỗ khác đầu tiên: {self.first.sentence}"
        return "Tính lại không ra đúng kết quả của nơi gửi." + first


def recompute(stated: Mapping[str, Any], loaded: Loaded) -> Recompute:
    """Scores again and holds the result against the one that the package states."""
    found = result_tree(score_loaded(loaded).assessment)
    one, other = str(stated["digest"]), str(found["digest"])
    first = None if one == other else first_difference(stated, found)
    return Recompute(one, other, first)


def first_difference(theirs: Mapping[str, Any], ours: Tree) -> FirstDifference | None:
    """The first number that differs: criteria before sums, sums before ranks and awards."""
    units = sorted({*theirs.get("units", {}), *ours["units"]}, key=natural_key)
    for unit in units:
        one, other = theirs["units"].get(unit), ours["units"].get(unit)
        if one is None or other is None:
            name = (one or other)["name"]
            words = ("có", "không có") if other is None else ("không có", "có")
            return FirstDifference(unit, "", name, *words, (), ())
        found = _in_unit(unit, one, other)
        if found is not None:
            return found
    for path, one, other in _differing(_bare(theirs), _bare(ours), ()):
        return FirstDifference("", "", ", ".join(path), _said(one), _said(other), (), ())
    return None


def _in_unit(unit: str, one: Tree, other: Tree) -> FirstDifference | None:
    name = str(other["name"])
    cells, own = _table(one, "criteria"), _table(other, "criteria")
    for code in sorted({*cells, *own}, key=natural_key):
        mine, theirs = _table(own, code), _table(cells, code)
        for part in _NUMBERS:
            if mine.get(part) != theirs.get(part):
                return FirstDifference(
                    unit,
                    code,
                    f"{name}, tiêu chí {code}",
                    _said(theirs.get(part)),
                    _said(mine.get(part)),
                    tuple(_reasons(theirs.get("why"))),
                    tuple(_reasons(mine.get("why"))),
                )
    for group, words in (("bonus", "điểm thưởng"), ("deductions", "điểm trừ")):
        theirs, mine = _table(one, group), _table(other, group)
        if theirs.get("total") != mine.get("total"):
            return _sum(unit, f"{name}, {words}", theirs, mine, "total")
    for code in other["sections"]:
        theirs, mine = _table(_table(one, "sections"), code), other["sections"][code]
        if mine["exact"] != theirs.get("exact"):
            return _sum(unit, f"{name}, mục {code}", theirs, mine, "exact")
    for part, words in (("total", "tổng điểm"), ("rank", "thứ hạng"), ("class", "xếp loại")):
        if one.get(part) != other.get(part):
            return _sum(unit, f"{name}, {words}", one, other, part)
    return None


def _table(tree: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """A table of a result from elsewhere; empty where none is there."""
    found = tree.get(key)
    return found if isinstance(found, Mapping) else {}


def _sum(
    unit: str, what: str, theirs: Mapping[str, Any], ours: Mapping[str, Any], part: str
) -> FirstDifference:
    return FirstDifference(
        unit,
        "",
        what,
        _said(theirs.get(part)),
        _said(ours.get(part)),
        (str(theirs["how"]),) if theirs.get("how") else (),
        (str(ours["how"]),) if ours.get("how") else (),
    )


def _reasons(step: object, depth: int = 0) -> Iterator[str]:
    """The lines of a reasoning, parts below what they add up to."""
    if not isinstance(step, Mapping) or depth > _DEEP:
        return
    how = str(step.get("how", "")).strip()
    if how:
        yield "  " * depth + how
    parts = step.get("parts")
    for part in parts if isinstance(parts, list) else ():
        yield from _reasons(part, depth + 1)


def _bare(tree: Mapping[str, Any]) -> Tree:
    return without_sentences({k: v for k, v in tree.items() if k not in ("digest", "moves")})


def _differing(
    one: Any, other: Any, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in sorted({*one, *other}):
            yield from _differing(one.get(key), other.get(key), (*path, str(key)))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, pair in enumerate(zip(one, other, strict=True), 1):
            yield from _differing(*pair, (*path, str(place)))
    elif one != other:
        yield path, one, other


def _said(value: object) -> str:
    if value is None:
        return "không có"
    return str(value).replace(".", ",")[:120]
