"""Places and proposals: the waterfall of awards, ties at the cut, held units, reserves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from app.domain.snapshot import Quota
from app.rules.pack import Award, FixedPlaces, PercentPlaces, QuotaPlaces, RankPlaces
from app.scoring.assessment import (
    Assessment,
    AwardLine,
    AwardState,
    QuotaUsed,
)
from app.scoring.book import AwardBook, Group, Pool, Refusal
from app.scoring.conditions import Facts, judge
from app.scoring.scene import Scene
from app.scoring.standings import Order, Standing, rank_value
from app.scoring.walk import Walk


class AwardRun:
    """Works the awards of a pack from top to bottom, cluster by cluster."""

    def __init__(
        self,
        scene: Scene,
        standings: Mapping[str, Standing],
        orders: Mapping[str, Order],
        companions: Mapping[str, Assessment],
    ) -> None:
        self.scene = scene
        self.standings = standings
        self.orders = orders
        self.companions = companions
        self.book = AwardBook()

    def run(self) -> AwardBook:
        """All awards, in the pack's order."""
        for award in self.scene.rules.awards:
            if award.scope == "cluster":
                for cluster in self.orders:
                    self._award(award, cluster)
            else:
                self._award(award, None)
        return self.book

    def _award(self, award: Award, cluster: str | None) -> None:
        pool = self._pool(award, cluster)
        places = self._places(award, cluster, pool)
        if award.chosen_by == "council":
            self._council(award, pool, places)
            return
        first, last = 1, (math.inf if places is None else float(places))
        if isinstance(award.places, RankPlaces):
            first, last = self._rank_window(award.places, cluster)
        if places is None and isinstance(award.places, QuotaPlaces):
            return
        Walk(self, award, cluster, pool, first, last).down()

    # --- candidates ---------------------------------------------------------------------

    def _pool(self, award: Award, cluster: str | None) -> Pool:
        groups = self._groups(award, cluster)
        kept: list[Group] = []
        refused: list[Refusal] = []
        for group in groups:
            left = []
            for unit in group:
                why = self._refusal(award, unit)
                if why is None:
                    left.append(unit)
                else:
                    refused.append(why)
            if left:
                kept.append(tuple(left))
        for unit in self._apart(award, cluster):
            why = self._refusal(award, unit)
            if why is not None:
                refused.append(why)
        order = tuple(u for g in groups for u in g)
        return Pool(tuple(kept), tuple(refused), order)

    def _apart(self, award: Award, cluster: str | None) -> Sequence[str]:
        if award.among is not None:
            return ()
        clusters = [cluster] if cluster is not None else list(self.orders)
        return [u for c in clusters for u in self.orders[c].apart]

    def _groups(self, award: Award, cluster: str | None) -> list[Group]:
        if cluster is not None:
            groups = list(self.orders[cluster].groups)
        else:
            units = [u for o in self.orders.values() for g in o.groups for u in g]
            values = {u: rank_value(self.scene, self.standings[u].card) for u in units}
            by_value: dict[Fraction, list[str]] = {}
            for unit in sorted(units):
                by_value.setdefault(values[unit], []).append(unit)
            groups = [tuple(by_value[v]) for v in sorted(by_value, reverse=True)]
        if award.among is not None:
            inside = self.book.with_state(award.among, "proposed")
            groups = [g for g in (tuple(u for u in g if u in inside) for g in groups) if g]
        return groups

    def _refusal(self, award: Award, unit: str) -> Refusal | None:
        """Why a unit is no candidate, or ``None``."""
        standing = self.standings[unit]
        bar = standing.blocked("barred", award.id)
        if bar is not None:
            return Refusal(unit, "barred", f"Không xét: {bar.title}", bar.clause)
        held = standing.blocked("held", award.id)
        if held is not None and self.held_choice(award, unit) == "passed_on":
            why = f"Chưa xét: {held.title}; chỗ đã chuyển cho đơn vị kế tiếp"
            return Refusal(unit, "held_passed_on", why, held.clause)
        facts = self.facts(unit)
        if award.requires is not None and judge(award.requires, facts).truth is False:
            why = f"Không đạt điều kiện của {award.title}"
            return Refusal(unit, "requirement_unmet", why, award.clause)
        for condition in award.conditions:
            if self.condition(unit, condition) is False:
                item = next((c for c in self.scene.rules.conditions if c.id == condition), None)
                title = item.title if item else condition
                clause = item.clause if item else award.clause
                return Refusal(unit, "condition_unmet", f"Không đạt: {title}", clause)
        return None

    def facts(self, unit: str) -> Facts:
        """What conditions may look at for this unit."""
        standing = self.standings[unit]
        card = standing.card
        ranks = self.orders[standing.unit.cluster].ranks()
        return Facts(
            self.scene,
            standing.unit,
            card.criteria,
            card.sections,
            card,
            standing.class_id,
            ranks.get(unit),
            frozenset(e.case for e in standing.eligibility),
            self.companions,
        )

    def condition(self, unit: str, condition: str) -> bool | None:
        """Whether a condition was ticked as met; ``None`` where nobody recorded it."""
        for fact in self.scene.snapshot.conditions:
            if fact.unit == unit and fact.condition == condition:
                return fact.met
        decided = self.scene.decisions.get(f"open:{condition}:{unit}")
        if decided in ("met", "unmet"):
            return decided == "met"
        item = next((c for c in self.scene.rules.conditions if c.id == condition), None)
        if item is not None and item.when is not None:
            return judge(item.when, self.facts(unit)).truth
        return None

    def held_choice(self, award: Award, unit: str) -> str | None:
        """``held`` or ``passed_on`` where it was decided or the pack says so."""
        decided = self.scene.decisions.get(f"held:{award.id}:{unit}")
        if decided in ("held", "passed_on"):
            return decided
        return {"hold": "held", "pass_on": "passed_on"}.get(award.held)

    # --- places -------------------------------------------------------------------------

    def _places(self, award: Award, cluster: str | None, pool: Pool) -> int | None:
        """The number of places, recorded with its base; ``None``: no limit, or no quota."""
        quota = self._quota(award.id, cluster)
        rules = award.places
        match rules:
            case FixedPlaces(count=count) if quota is None:
                return self._note(award, cluster, None, None, count, "pack")
            case PercentPlaces() if quota is None or quota.count is None:
                base = self._class_base(rules.of_classes, cluster)
                if not rules.of_classes:
                    base = self._base(rules.of, cluster, pool)
                percent = Fraction(rules.percent)
                if quota is not None:
                    base = base if quota.base is None else quota.base
                    percent = percent if quota.percent is None else quota.percent
                exact = percent * base / 100
                count = _whole(exact, rules.rounding)
                return self._note(award, cluster, base, exact, count, "pack")
        if quota is not None and quota.count is not None:
            return self._note(award, cluster, quota.base, None, quota.count, "facts")
        if quota is not None and quota.percent is not None:
            people = quota.base
            if people is None:
                people = self._base("participants", cluster, pool)
            exact = quota.percent * people / 100
            rounding = rules.rounding if isinstance(rules, QuotaPlaces) else "floor"
            return self._note(award, cluster, people, exact, _whole(exact, rounding), "facts")
        if isinstance(rules, QuotaPlaces):
            return self._default_quota(award, rules, cluster, pool)
        return None

    def _default_quota(
        self, award: Award, rules: QuotaPlaces, cluster: str | None, pool: Pool
    ) -> int | None:
        if rules.default is not None:
            return self._note(award, cluster, None, None, rules.default, "pack")
        if rules.percent is not None:
            base = self._base("participants", cluster, pool)
            exact = Fraction(rules.percent) * base / 100
            return self._note(award, cluster, base, exact, _whole(exact, rules.rounding), "pack")
        place = f"{award.title}" + (f", {cluster}" if cluster else "")
        self.scene.findings.warning(
            "quota_missing",
            place,
            f"Chưa có chỉ tiêu phân bổ cho “{award.title}”; chưa đề nghị được.",
            "Thêm [[quotas]] theo hướng dẫn tổng kết của năm.",
        )
        self._note(award, cluster, None, None, None, "missing")
        return None

    def _quota(self, award: str, cluster: str | None) -> Quota | None:
        quotas = [q for q in self.scene.snapshot.quotas if q.award == award]
        exact = [q for q in quotas if q.cluster is not None and q.cluster == cluster]
        general = [q for q in quotas if q.cluster is None]
        return next(iter([*exact, *general]), None)

    def _base(self, of: str, cluster: str | None, pool: Pool) -> int:
        if of == "participants":
            clusters = [cluster] if cluster is not None else list(self.orders)
            return sum(len(self.scene.competitors(c)) for c in clusters)
        if of == "eligible":
            return sum(len(g) for g in pool.groups)
        lines = [x for x in self.book.lines if x.award == of and x.state == "proposed"]
        return len([x for x in lines if cluster is None or x.cluster == cluster])

    def _class_base(self, classes: Sequence[str], cluster: str | None) -> int:
        """How many units of the competition reached one of these classes."""
        return sum(
            1
            for standing in self.standings.values()
            if standing.class_id in classes
            and cluster in (None, standing.unit.cluster)
            and not self.scene.has_left(standing.unit)
        )

    def _note(
        self,
        award: Award,
        cluster: str | None,
        base: int | None,
        exact: Fraction | None,
        count: int | None,
        source: str,
    ) -> int | None:
        self.book.quotas.append(
            QuotaUsed(award.id, cluster, base, exact, count, source, award.clause)
        )
        return count

    def _rank_window(self, places: RankPlaces, cluster: str | None) -> tuple[int, float]:
        clusters = [cluster] if cluster is not None else list(self.orders)
        size = sum(len(self.scene.competitors(c)) for c in clusters)
        for row in places.by_size:
            if row.size.holds(Fraction(size)):
                return row.first, row.last
        return 1, 0

    # --- the council --------------------------------------------------------------------

    def _council(self, award: Award, pool: Pool, places: int | None) -> None:
        """Lists the candidates; only a recorded choice makes proposals."""
        question = f"choice:{award.id}"
        chosen = [u.strip() for u in self.scene.decisions.get(question, "").split("+") if u.strip()]
        for group in pool.groups:
            for unit in group:
                if unit in chosen and (places is None or chosen.index(unit) < places):
                    self.line(award, unit, "proposed", "council_chose", "Hội đồng lựa chọn")
                elif not chosen:
                    why = "Đủ điều kiện để Hội đồng lựa chọn"
                    self.line(award, unit, "reserve", "council_chooses", why)

    def line(
        self,
        award: Award,
        unit: str,
        state: AwardState,
        code: str,
        reason: str,
        clause: str | None = None,
    ) -> None:
        """Writes down one unit at one award."""
        self.book.lines.append(
            AwardLine(
                award.id,
                award.title,
                unit,
                self.standings[unit].unit.cluster,
                state,
                code,
                reason,
                clause or award.clause,
            )
        )


def _whole(exact: Fraction, rounding: str) -> int:
    match rounding:
        case "floor":
            return math.floor(exact)
        case "ceil":
            return math.ceil(exact)
    return math.floor(exact + Fraction(1, 2))
