"""An empty facts file for a pack, with every needed figure named.

The file can be scored as it stands: what is left empty counts as not yet given, so the result
is provisional.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final, NoReturn

from app.exchange.facts import FACTS_SCHEMA
from app.exchange.facts_known import KnownFigure, known_criterion, method_figures
from app.ground.findings import Finding, Severity, UserError
from app.ground.numbers import plain
from app.rules.awards import QuotaPlaces
from app.rules.base import is_open
from app.rules.document import LoadedPack, allowed_words
from app.rules.items import Scored
from app.rules.methods import FigureKind
from app.rules.methods.single import Direct
from app.rules.pack import Criterion

MAX_UNITS: Final = 2000
_HINTS: Final = {
    FigureKind.NUMBER: "số",
    FigureKind.COUNT: "số nguyên",
    FigureKind.YES_NO: "true hoặc false",
    FigureKind.DATE: "ngày, ví dụ 2022-12-31",
}


def facts_template(pack: LoadedPack, units: int, block: str | None = None) -> str:
    """The TOML text of an empty facts file for so many units.

    ``block`` is the kind of cluster, by default the first that the pack serves. Raises
    ``UserError`` where there can be no such file.
    """
    if not 1 <= units <= MAX_UNITS:
        _refuse("--units", f"Số đơn vị phải từ 1 đến {MAX_UNITS}.", "Ghi --units 8.")
    if pack.rules.kind != "points":
        _refuse(
            pack.rules.id,
            "Gói này chỉ bổ sung quy trình nên không có tiêu chí để nhập.",
            "Dùng gói tính điểm của cụm, khối.",
        )
    served = [kind.id for kind in pack.rules.blocks if kind.served]
    if block is not None and block not in served:
        _refuse(
            "--block",
            f"Gói này không có loại cụm, khối “{block[:80]}”.",
            "Chọn một trong: " + ", ".join(served) + ".",
        )
    chosen = block or (served[0] if served else None)
    return "\n".join(_Template(pack, units, chosen).lines()) + "\n"


def _refuse(place: str, message: str, remedy: str) -> NoReturn:
    raise UserError([Finding("template_impossible", Severity.ERROR, place, message, remedy)])


class _Template:
    """Writes the file section by section."""

    def __init__(self, pack: LoadedPack, units: int, block: str | None) -> None:
        self.pack = pack
        self.rules = pack.rules
        self.block = block
        self.rows = [row for row in pack.rules.criteria if not row.blocks or block in row.blocks]
        self.units = [f"u{number}" for number in range(1, units + 1)]
        scoring = pack.rules.scoring
        rounds = [r.id for r in pack.rules.rounds]
        wanted = scoring.ranking_round if scoring is not None else ""
        self.round = rounds[0] if is_open(wanted) and rounds else wanted

    def lines(self) -> Iterator[str]:
        """The whole file."""
        rules = self.rules
        yield f"# Dữ kiện chấm điểm theo gói “{_line(rules.title)}” ({rules.id}, {rules.version})."
        yield "# Điền vào các dấu nháy trống; chỗ để trống là chưa có số liệu, không phải 0."
        yield f'schema = "{FACTS_SCHEMA}"'
        yield "# Vòng chấm: " + ", ".join(f"{r.id} ({_line(r.title)})" for r in rules.rounds)
        if self.round:
            yield f'# ranking_round = "{self.round}"'
        yield ""
        yield "[period]"
        yield 'name = "năm"'
        yield f"from = {dt.date(2026, 1, 1)}"
        yield f"to = {dt.date(2026, 12, 31)}"
        yield from self._parameters()
        yield from self._clusters()
        yield from self._quotas()
        yield from self._own_criteria()
        for unit in self.units:
            yield ""
            yield f"# ---------------------------------------------------------------- {unit}"
            for row in self.rows:
                if row.method is not None and row.role is None:
                    yield from self._entry(unit, row)
        yield from self._for_roles()
        yield from self._further()

    def _parameters(self) -> Iterator[str]:
        if not self.pack.chosen:
            return
        yield ""
        yield "[parameters]"
        for chosen in self.pack.chosen.values():
            parameter = chosen.parameter
            yield f"# {_line(parameter.title)}: {_line(allowed_words(parameter))}"
            yield f"# {_key(parameter.id)} = {_value(chosen.value)}"

    def _clusters(self) -> Iterator[str]:
        yield ""
        yield "[[clusters]]"
        yield 'id = "k1"'
        yield f"name = {_text(self.rules.vocabulary.cluster.capitalize() + ' 1')}"
        if self.block is not None:
            yield "# Loại: " + ", ".join(f"{b.id} ({_line(b.title)})" for b in self.rules.blocks)
            yield f"block = {_text(self.block)}"
        for number, unit in enumerate(self.units, 1):
            yield ""
            yield "[[units]]"
            yield f"id = {_text(unit)}"
            yield f"name = {_text(f'Đơn vị {number}')}"
            yield 'cluster = "k1"'
            if number == 1:
                yield 'roles = ["leader"]'
            if number == 2:
                yield 'roles = ["deputy"]'

    def _quotas(self) -> Iterator[str]:
        for award in self.rules.awards:
            if isinstance(award.places, QuotaPlaces):
                yield ""
                yield f"# Chỉ tiêu của năm: {_line(award.title)}"
                yield "# [[quotas]]"
                yield f"# award = {_text(award.id)}"
                yield "# count = 1"

    def _own_criteria(self) -> Iterator[str]:
        for row in self.rows:
            if row.slot is None:
                continue
            yield ""
            yield f"# {row.code} {_line(row.title)}: mỗi đơn vị tự đăng ký, ví dụ"
            for line in (
                "[[own_criteria]]",
                f"unit = {_text(self.units[0])}",
                f"slot = {_text(row.code)}",
                f"code = {_text(row.code + '.a')}",
                'title = "…"',
                f"max = {row.max if row.max is not None else 100}",
                'method = { kind = "proportional" }',
            ):
                yield f"# {line}"

    def _entry(self, unit: str, row: Criterion) -> Iterator[str]:
        top = "" if row.max is None else f" ({row.max} điểm)"
        yield ""
        yield f"# {row.code} {_line(row.title)}{top}"
        yield "[[entries]]"
        yield f"unit = {_text(unit)}"
        yield f"criterion = {_text(row.code)}"
        yield f"round = {_text(self._round_of(row))}"
        figures = known_criterion(row).figures
        for figure in figures.values():
            yield f"# {figure.name}: {_line(figure.title)} - {_hint(figure)}"
        if figures:
            inner = ", ".join(f'{_key(name)} = ""' for name in figures)
            yield f"figures = {{ {inner} }}"
        if isinstance(row.method, Direct):
            yield 'points = ""'

    def _round_of(self, row: Criterion) -> str:
        named = [r.id for r in self.rules.rounds if row.hand is not None and r.hand == row.hand]
        return named[-1] if named else self.round

    def _for_roles(self) -> Iterator[str]:
        first = {"leader": self.units[0], "deputy": self.units[1 % len(self.units)]}
        for row in self.rows:
            if row.method is not None and row.role in first:
                yield from self._entry(first[row.role], row)

    def _further(self) -> Iterator[str]:
        """Grounds for bonus, deductions, bars and conditions, as comments to be copied."""
        rules = self.rules
        for key, items in (("bonus", rules.bonus.items), ("deductions", rules.deductions.items)):
            for item in items:
                yield ""
                yield f"# {_line(item.title)}"
                yield f"# [[{key}]]"
                yield f"# unit = {_text(self.units[0])}"
                yield f"# item = {_text(item.id)}"
                yield "# count = 1"
                if isinstance(item.worth, Scored):
                    names = method_figures(item.worth.method)
                    inner = ", ".join(f'{_key(name)} = ""' for name in names)
                    yield f"# figures = {{ {inner} }}"
                elif item.worth.kind == "points":
                    yield '# points = ""'
        for case in rules.standing:
            if case.when is None:
                yield ""
                yield f"# {_line(case.title)}"
                yield "# [[standing]]"
                yield f"# unit = {_text(self.units[0])}"
                yield f"# case = {_text(case.id)}"
                yield '# reference = "số, ký hiệu, ngày của văn bản"'
        for condition in rules.conditions:
            if condition.when is None:
                yield ""
                yield f"# {_line(condition.title)}"
                yield "# [[conditions]]"
                yield f"# unit = {_text(self.units[0])}"
                yield f"# condition = {_text(condition.id)}"
                yield "# met = true"
                yield '# reference = ""'


def _hint(figure: KnownFigure) -> str:
    if figure.kind is FigureKind.LEVEL:
        return "một trong: " + ", ".join(_line(name) for name in figure.levels.values())
    return _HINTS[figure.kind]


def _value(value: object) -> str:
    """A chosen value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(Fraction(value))
    return _text("" if value is None else str(value))


def _text(text: str) -> str:
    """A TOML text; JSON's escapes are TOML's too."""
    return json.dumps(text, ensure_ascii=False)


def _key(name: str) -> str:
    bare = name.replace("_", "").replace("-", "")
    return name if bare.isascii() and bare.isalnum() else _text(name)


def _line(text: str) -> str:
    return " ".join(text.split())
