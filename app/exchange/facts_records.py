"""The shorter lists of a facts file: totals, bonus, deductions, standing, ballots, decisions …"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import partial
from typing import Any, Final, Literal

from app.domain.snapshot import (
    Ballot,
    ConditionFact,
    Decision,
    GivenTotal,
    ItemFact,
    Quota,
    StandingFact,
)
from app.exchange.facts_faults import Gathering, shown
from app.exchange.facts_figures import FigureReader
from app.exchange.facts_known import Known, KnownFigure
from app.exchange.facts_table import Table, rows
from app.ground.numbers import plain

_PURPOSES: Final[tuple[Literal["tie", "award", "leader", "deputy", "free"], ...]] = (
    "tie",
    "award",
    "leader",
    "deputy",
    "free",
)
_FORMS: Final[tuple[Literal["choose", "approve"], ...]] = ("choose", "approve")
_BALLOT_COUNTS: Final = (
    "members",
    "present",
    "issued",
    "returned",
    "valid",
    "invalid",
    "blank",
    "written_returned",
)
_VOTES: Final = ("votes", "against", "written", "written_against")
_QUESTIONS: Final = ("tie", "held", "place", "open", "gap", "class_gap", "choice")


class RecordReader:
    """Reads the lists whose rows name units, clusters and things of the packs."""

    def __init__(
        self,
        tree: Mapping[str, Any],
        name: str,
        known: Known,
        units: Mapping[str, object],
        clusters: Mapping[str, object],
        gathering: Gathering,
    ) -> None:
        self._tree = tree
        self._name = name
        self._known = known
        self._units = tuple(units)
        self._clusters = tuple(clusters)
        self._gathering = gathering
        self._figures = FigureReader(gathering, cells=False)

    def _rows(self, key: str, keys: tuple[str, ...]) -> list[Table]:
        tables = list(rows(self._tree, key, self._name, self._gathering))
        for table in tables:
            table.only(keys)
        return tables

    def _unit(self, row: Table) -> str | None:
        return row.known("unit", self._units, "facts_unknown_unit", "đơn vị")

    def _cluster(self, row: Table) -> str | None:
        return row.known(
            "cluster", self._clusters, "facts_unknown_cluster", "cụm, khối", required=False
        )

    def _award(self, row: Table, *, required: bool) -> str | None:
        return row.known(
            "award",
            self._known.awards,
            "facts_unknown_award",
            "danh hiệu, hình thức khen thưởng",
            required=required,
        )

    def _repeated(self, row: Table) -> None:
        self._gathering.error(
            "facts_repeated_row",
            row.place,
            "Đã có một dòng khác nói về cùng việc này.",
            "Giữ lại một dòng.",
        )

    def totals(self) -> tuple[GivenTotal, ...]:
        """Totals that stand in where only totals are known."""
        found: dict[tuple[str, str, str | None], GivenTotal] = {}
        for row in self._rows("totals", ("unit", "round", "points", "section")):
            unit = self._unit(row)
            table = self._known.main
            round_id = row.known("round", table.rounds, "facts_unknown_round", "vòng chấm")
            groups = tuple(sorted(table.groups))
            section = row.known(
                "section", groups, "facts_unknown_section", "nhóm tiêu chí", required=False
            )
            points = row.number("points", required=True, negative=False)
            if unit is None or round_id is None or points is None:
                continue
            if (unit, round_id, section) in found:
                self._repeated(row)
            found[unit, round_id, section] = GivenTotal(unit, round_id, points, section)
        return tuple(found[key] for key in sorted(found, key=lambda k: (k[0], k[1], k[2] or "")))

    def items(self, which: str) -> tuple[ItemFact, ...]:
        """Grounds for bonus points, or for deductions."""
        known = self._known.bonus if which == "bonus" else self._known.deductions
        what = "nội dung điểm thưởng" if which == "bonus" else "nội dung điểm trừ"
        keys = ("unit", "item", "count", "points", "figures", "subject", "reason")
        found: list[ItemFact] = []
        for row in self._rows(which, keys):
            unit = self._unit(row)
            item = row.known("item", tuple(known), "facts_unknown_item", what)
            count = row.count("count")
            points = row.number("points", negative=False)
            subject, reason = row.text("subject") or "", row.text("reason") or ""
            raw = row.table("figures") or {}
            if unit is None or item is None:
                continue
            figures = self._item_figures(row, item, raw, known[item])
            count = 1 if count is None else count
            found.append(ItemFact(unit, item, count, points, figures, subject, reason))
        return tuple(sorted(found, key=_item_order))

    def _item_figures(
        self, row: Table, item: str, raw: Mapping[str, Any], known: Mapping[str, KnownFigure]
    ) -> Mapping[str, Any]:
        place = partial(_figure_at, row)
        for name in raw:
            if name not in known:
                self._gathering.error(
                    "facts_unknown_figure",
                    place(name),
                    f"Nội dung {item} không dùng số liệu “{shown(name)}”.",
                    self._gathering.guess(name, tuple(known), "figure " + " ".join(known))
                    if known
                    else "Bỏ số liệu này; nội dung này chỉ cần count hoặc points.",
                )
        return self._figures.figures(raw, known, place)

    def standing(self) -> tuple[StandingFact, ...]:
        """Recorded cases of "không xét", "chưa xét" and limits."""
        found: list[StandingFact] = []
        for row in self._rows("standing", ("unit", "case", "reference", "since", "until")):
            unit = self._unit(row)
            case = row.known("case", self._known.cases, "facts_unknown_case", "trường hợp")
            since, until = row.date("since"), row.date("until")
            reference = row.text("reference") or ""
            if since is not None and until is not None and until < since:
                self._gathering.error(
                    "facts_dates_reversed",
                    row.at("until"),
                    f"Ngày kết thúc {until:%d/%m/%Y} trước ngày bắt đầu {since:%d/%m/%Y}.",
                    "Kiểm tra lại hai ngày.",
                )
            if unit is not None and case is not None:
                fact = StandingFact(unit, case, reference, since, until)
                if fact in found:
                    self._repeated(row)
                found.append(fact)
        return tuple(sorted(found, key=lambda f: (f.unit, f.case, str(f.since), f.reference)))

    def conditions(self) -> tuple[ConditionFact, ...]:
        """Conditions beside the rank, ticked."""
        found: dict[tuple[str, str], ConditionFact] = {}
        for row in self._rows("conditions", ("unit", "condition", "met", "reference")):
            unit = self._unit(row)
            condition = row.known(
                "condition", self._known.conditions, "facts_unknown_condition", "điều kiện"
            )
            met = row.yes_no("met", required=True)
            reference = row.text("reference") or ""
            if unit is None or condition is None or met is None:
                continue
            if (unit, condition) in found:
                self._repeated(row)
            found[unit, condition] = ConditionFact(unit, condition, met, reference)
        return tuple(found[key] for key in sorted(found))

    def quotas(self) -> tuple[Quota, ...]:
        """The year's places of awards."""
        found: dict[tuple[str, str], Quota] = {}
        for row in self._rows("quotas", ("award", "count", "percent", "base", "cluster")):
            award = self._award(row, required=True)
            count, base = row.count("count"), row.count("base")
            percent = row.number("percent", negative=False)
            cluster = self._cluster(row)
            if (row.given("count") is None) == (row.given("percent") is None):
                self._gathering.error(
                    "facts_quota_unclear",
                    row.place,
                    "Chỉ tiêu cần đúng một trong hai khóa: count (số lượng) hoặc percent (tỷ lệ).",
                    "Ghi count = 2, hoặc percent = 10 kèm base nếu gói không suy ra được.",
                )
                continue
            if award is None:
                continue
            if (award, cluster or "") in found:
                self._repeated(row)
            found[award, cluster or ""] = Quota(award, count, percent, base, cluster)
        return tuple(found[key] for key in sorted(found))

    def ballots(self) -> tuple[Ballot, ...]:
        """The counted ballots."""
        found: list[Ballot] = []
        keys = (
            *("purpose", "award", "form", "number", "cluster", "totals", "places"),
            *_BALLOT_COUNTS,
            *_VOTES,
        )
        for row in self._rows("ballots", keys):
            purpose = row.choice("purpose", _PURPOSES)
            form = row.choice("form", _FORMS, default="choose")
            award = self._award(row, required=purpose in ("tie", "award"))
            number = row.count("number")
            counts = {key: row.count(key) for key in _BALLOT_COUNTS}
            cluster = self._cluster(row)
            votes = {key: self._votes(row, key, purpose) for key in _VOTES}
            if number == 0:
                row.wrong("number", "lần bỏ phiếu, từ 1 trở lên")
            places = row.count("places")
            if places == 0:
                row.wrong("places", "số chỗ được chọn, từ 1 trở lên")
            totals = self._totals(row, purpose)
            if row.given("votes") is None:
                row.text("votes", "số phiếu cho từng đơn vị", required=True)
            if purpose is not None and form is not None:
                found.append(
                    Ballot(
                        purpose=purpose,
                        award=award,
                        form=form,
                        number=1 if number is None else number,
                        votes=votes["votes"],
                        against=votes["against"],
                        written=votes["written"],
                        written_against=votes["written_against"],
                        members=counts["members"],
                        present=counts["present"],
                        issued=counts["issued"],
                        returned=counts["returned"],
                        valid=counts["valid"],
                        invalid=counts["invalid"],
                        blank=counts["blank"],
                        written_returned=counts["written_returned"],
                        cluster=cluster,
                        totals=totals,
                        places=places,
                    )
                )
        return tuple(sorted(found, key=_ballot_order))

    def _totals(self, row: Table, purpose: str | None) -> dict[str, Fraction]:
        """The points that tied when the ballot was opened; only a ballot on a tie has them."""
        totals = dict(row.numbers("totals"))
        self._units_only(row, "totals", totals)
        if totals and purpose not in (None, "tie"):
            row.wrong("totals", "để trống, vì chỉ phiếu bầu giữa các đơn vị bằng điểm mới có")
        return {name: totals[name] for name in sorted(totals)}

    def _units_only(self, row: Table, key: str, names: Iterable[str]) -> None:
        for name in names:
            if name not in self._units:
                place = f"{row.at(key)}.{shown(name)}"
                row.unknown(place, name, self._units, "facts_unknown_unit", "đơn vị")

    def _votes(self, row: Table, key: str, purpose: str | None) -> dict[str, int]:
        votes = dict(row.counts(key))
        if purpose != "free":
            self._units_only(row, key, votes)
        return {name: votes[name] for name in sorted(votes)}

    def decisions(self) -> tuple[Decision, ...]:
        """What an authority decided."""
        found: dict[str, Decision] = {}
        for row in self._rows("decisions", ("question", "outcome", "by", "reference")):
            question = row.text("question", "mã câu hỏi", required=True)
            if isinstance(row.given("outcome"), str | None):
                outcome = row.text("outcome", "quyết định", required=True)
            else:
                number = row.number("outcome")
                outcome = None if number is None else plain(number)
            by, reference = row.text("by") or "", row.text("reference") or ""
            if question is None or outcome is None:
                continue
            kind, *rest = question.split(":")
            if kind not in _QUESTIONS or not rest or not all(rest):
                self._gathering.error(
                    "facts_bad_question",
                    row.at("question"),
                    f"Mã câu hỏi “{shown(question)}” không đúng dạng.",
                    "Chép nguyên mã từ phần open_questions của kết quả, ví dụ "
                    "tie:DANH_HIỆU:u1+u2, held:DANH_HIỆU:u1 hoặc open:A10.",
                )
                continue
            if question in found:
                self._repeated(row)
            found[question] = Decision(question, outcome, by, reference)
        return tuple(found[key] for key in sorted(found))


def _figure_at(row: Table, name: str) -> str:
    return f"{row.place}.figures.{shown(name)}"


def _item_order(fact: ItemFact) -> tuple[Any, ...]:
    points = 0 if fact.points is None else fact.points
    figures = sorted((name, str(value)) for name, value in fact.figures.items())
    return (fact.unit, fact.item, fact.subject, fact.reason, fact.count, points, figures)


def _ballot_order(ballot: Ballot) -> tuple[Any, ...]:
    head = (ballot.purpose, ballot.award or "", ballot.cluster or "", ballot.number)
    return (*head, sorted(ballot.votes.items()))
