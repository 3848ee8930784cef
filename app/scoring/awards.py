"""Places and proposals: the waterfall of awards, ties at the cut, held units, reserves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial

from app.domain.snapshot import Quota
from app.rules.awards import (
    Award,
    ConditionItem,
    FixedPlaces,
    PercentPlaces,
    QuotaPlaces,
    RankPlaces,
)
from app.scoring.assessment import (
    Assessment,
    AwardLine,
    AwardState,
    Eligibility,
    QuotaUsed,
)
from app.scoring.book import AwardBook, Pool, Refusal
from app.scoring.conditions import MET, condition_holds, judge_openly
from app.scoring.judgement import Facts
from app.scoring.ladder import Group, Order
from app.scoring.scene import Scene
from app.scoring.standings import Standing, ranking_groups
from app.scoring.walk import NO_LIMIT, Walk


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

    def run(self) -> AwardRun:
        """Works all awards, in the pack's order; the book holds what came of it."""
        for award in self.scene.rules.awards:
            if award.scope == "cluster":
                for cluster in self.orders:
                    self._award(award, cluster)
            else:
                self._award(award, None)
        return self

    def _award(self, award: Award, cluster: str | None) -> None:
        pool = self._pool(award, cluster)
        places = self._places(award, cluster, pool)
        if award.chosen_by == "council":
            self._council(award, cluster, pool, places)
            return
        if places is None and isinstance(award.places, QuotaPlaces):
            return
        first, last = 1, (NO_LIMIT if places is None else places)
        if isinstance(award.places, RankPlaces):
            first, last = self._rank_window(award.places, cluster)
        last -= sum(self.place_of(award, x.unit) == "left_empty" for x in pool.refused)
        Walk(self, award, cluster, pool, first, last).down()

    # --- candidates ---------------------------------------------------------------------

    def _pool(self, award: Award, cluster: str | None) -> Pool:
        groups = self._groups(award, cluster)
        ladder = Order("", [], ()) if cluster is None else self.orders[cluster]
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
            kept.extend(ladder.parts(left))
        for unit in self._apart(award, cluster):
            why = self._refusal(award, unit)
            if why is not None:
                refused.append(why)
        order = tuple(u for g in groups for step in ladder.steps(g) for u in step)
        return Pool(tuple(kept), tuple(refused), order, ladder)

    def _apart(self, award: Award, cluster: str | None) -> Sequence[str]:
        if award.among is not None:
            return ()
        clusters = [cluster] if cluster is not None else list(self.orders)
        return [u for c in clusters for u in self.orders[c].apart]

    def _groups(self, award: Award, cluster: str | None) -> list[Group]:
        if cluster is not None:
            groups = list(self.orders[cluster].groups)
        else:
            ranked = [u for o in self.orders.values() for g in o.groups for u in g]
            groups = ranking_groups(self.scene, [self.standings[u] for u in ranked])
        if award.among is not None:
            inside = self.book.with_state(award.among, "proposed")
            groups = [g for g in (tuple(u for u in g if u in inside) for g in groups) if g]
        return groups

    def _refusal(self, award: Award, unit: str) -> Refusal | None:
        """Why a unit is no candidate, or ``None``."""
        self.place_of(award, unit)
        standing = self.standings[unit]
        bar = standing.blocked("barred", award.id)
        if bar is not None:
            return Refusal(unit, "barred", f"Không xét: {bar.title}", bar.clause)
        held = standing.blocked("held", award.id)
        if held is not None and self.held_choice(award, unit) == "passed_on":
            why = f"Chưa xét: {held.title}; chỗ đã chuyển cho đơn vị kế tiếp"
            return Refusal(unit, "held_passed_on", why, held.clause)
        if self.meets(award, unit) is False:
            why = f"Không đạt điều kiện của {award.title}"
            return Refusal(unit, "requirement_unmet", why, award.clause)
        for condition in award.conditions:
            if self.condition(unit, condition) is False:
                item = self._item(condition)
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
            standing.cases,
            self.companions,
        )

    def meets(self, award: Award, unit: str) -> bool | None:
        """Whether a unit meets what the award requires; ``None`` where that is not known."""
        if award.requires is None:
            return True
        work = partial(self._meets, award, unit)
        return self.scene.recall(("meets", award.id, unit), self._grounds(unit), work)

    def _meets(self, award: Award, unit: str) -> bool | None:
        assert award.requires is not None
        truth = judge_openly(award.requires, self.facts(unit), award.title).truth
        if truth is None:
            for question, outcome in self.scene.decided(f"open:{award.id}", unit):
                if outcome in MET:
                    return MET[outcome]
                self.scene.does_not_fit(question, outcome, MET)
        return truth

    def condition(self, unit: str, condition: str) -> bool | None:
        """Whether a condition is met; ``None`` where nobody recorded it."""

        def work() -> bool | None:
            return condition_holds(condition, self.facts(unit)).truth

        return self.scene.recall(("condition", condition, unit), self._grounds(unit), work)

    def _grounds(self, unit: str) -> tuple[object, ...]:
        """What conditions look at, beside what no entry changes."""
        standing = self.standings[unit]
        rank = self.orders[standing.unit.cluster].ranks().get(unit)
        return (standing, rank, *(other.units.get(unit) for other in self.companions.values()))

    def unmet_conditions(self, unit: str) -> tuple[Eligibility, ...]:
        """The conditions of awards that the unit certainly does not meet."""
        work = partial(self._unmet_conditions, unit)
        return self.scene.recall(("unmet", unit), self._grounds(unit), work, steady=True)

    def _unmet_conditions(self, unit: str) -> tuple[Eligibility, ...]:
        wanted = dict.fromkeys(c for a in self.scene.rules.awards for c in a.conditions)
        found: list[Eligibility] = []
        for condition in wanted:
            if self.condition(unit, condition) is not False:
                continue
            item = self._item(condition)
            awards = tuple(a.id for a in self.scene.rules.awards if condition in a.conditions)
            title, clause = (item.title, item.clause) if item else (condition, None)
            grounds = "derived" if item is not None and item.when is not None else "recorded"
            found.append(Eligibility("condition_unmet", condition, title, clause, grounds, awards))
        return tuple(found)

    def _item(self, condition: str) -> ConditionItem | None:
        return next((c for c in self.scene.rules.conditions if c.id == condition), None)

    def held_choice(self, award: Award, unit: str) -> str | None:
        """``held`` or ``passed_on`` where it was decided or the pack says so."""
        question = f"held:{award.id}:{unit}"
        decided = self.scene.decision(question)
        if decided is not None and decided not in ("held", "passed_on"):
            self.scene.does_not_fit(question, decided, ("held", "passed_on"))
        elif decided is not None:
            return decided
        return {"hold": "held", "pass_on": "passed_on"}.get(award.held)

    def place_of(self, award: Award, unit: str) -> str | None:
        """What was decided on the place of a unit that withdrew or was barred after the conference.

        ``passed_on`` to the next one, or ``left_empty``; ``None`` where nothing was decided.
        """
        question = f"place:{award.id}:{unit}"
        decided = self.scene.decision(question)
        if decided is None or decided in ("passed_on", "left_empty"):
            return decided
        self.scene.does_not_fit(question, decided, ("passed_on", "left_empty"))
        return None

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
                return self._note(award, cluster, base, exact, _share(exact, rules), "pack")
        if quota is not None and quota.count is not None:
            return self._note(award, cluster, quota.base, None, quota.count, "facts")
        if quota is not None and quota.percent is not None:
            people = quota.base
            if people is None:
                people = self._base("participants", cluster, pool)
            exact = quota.percent * people / 100
            count = _share(exact, rules) if isinstance(rules, QuotaPlaces) else math.floor(exact)
            return self._note(award, cluster, people, exact, count, "facts")
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
            return self._note(award, cluster, base, exact, _share(exact, rules), "pack")
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

    def _rank_window(self, places: RankPlaces, cluster: str | None) -> tuple[int, int]:
        clusters = [cluster] if cluster is not None else list(self.orders)
        size = sum(len(self.scene.competitors(c)) for c in clusters)
        for row in places.by_size:
            if row.size.holds(Fraction(size)):
                return row.first, row.last
        return 1, 0

    # --- the council --------------------------------------------------------------------

    def _council(self, award: Award, cluster: str | None, pool: Pool, places: int | None) -> None:
        """Lists the candidates; only a recorded choice makes proposals.

        One choice is recorded for all clusters; each cluster looks at its own units in it.
        """
        question = f"choice:{award.id}"
        outcome = self.scene.decision(question)
        chosen = [u.strip() for u in (outcome or "").split("+") if u.strip()]
        if cluster is not None:
            known = self.standings
            chosen = [u for u in chosen if u not in known or known[u].unit.cluster == cluster]
        able = [unit for group in pool.groups for unit in group]
        too_many = places is not None and len(chosen) > places
        if outcome is not None and (too_many or not set(chosen) <= set(able)):
            self.scene.does_not_fit(question, outcome, able)
            chosen = []
        for unit in able:
            if unit in chosen:
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


def _share(exact: Fraction, rules: PercentPlaces | QuotaPlaces) -> int:
    """A percentage as a number of places: rounded, then at least and at most so many."""
    count = _whole(exact, rules.rounding)
    if rules.least is not None:
        count = max(count, rules.least)
    return count if rules.most is None else min(count, rules.most)


def _whole(exact: Fraction, rounding: str) -> int:
    match rounding:
        case "floor":
            return math.floor(exact)
        case "ceil":
            return math.ceil(exact)
    return math.floor(exact + Fraction(1, 2))
