"""Laws of the engine, held against random packs and random facts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.snapshot import Snapshot
from app.domain.step import Step, StepRule
from app.ground.findings import UserError
from app.rules.document import LoadedPack, dump_pack, dump_tree, parse_tree, read_pack
from app.scoring.assess import assess
from app.scoring.assessment import Assessment
from tests.laws.worlds import DOSE, pack, seeds, world


def law(examples: int = 40) -> settings:
    """The dose of a law: a few seconds, the same examples each time on CI."""
    return settings(max_examples=examples * DOSE, suppress_health_check=[HealthCheck.too_slow])


def assessed(rules: LoadedPack, facts: Snapshot) -> Assessment | None:
    """The assessment, or ``None`` where the pack refuses one; any other error is a bug."""
    try:
        return assess(facts, rules)
    except UserError:
        return None


def steps(step: Step) -> Iterator[Step]:
    yield step
    for part in step.parts:
        yield from steps(part)


def all_steps(done: Assessment) -> Iterator[Step]:
    for result in done.units.values():
        card = result.card
        yield from steps(card.why)
        for score in (*card.criteria.values(), *card.sections.values()):
            yield from steps(score.why)
        for items in (card.bonus, card.deductions):
            yield from steps(items.why)
            for item in items.items.values():
                yield from steps(item.why)


@law()
@given(seeds)
def test_nothing_but_a_user_error_is_ever_raised(seed: int) -> None:
    done = assessed(*world(seed))
    if done is not None:
        for finding in done.findings:
            assert finding.place
            assert finding.message
            assert not finding.message.isascii()
        assert bool(done.why_provisional) is done.provisional


@law()
@given(seeds)
def test_a_sum_is_the_sum_of_its_parts_and_the_total_is_its_explanation(seed: int) -> None:
    done = assessed(*world(seed))
    if done is None:
        return
    for step in all_steps(done):
        if step.rule is StepRule.SUM:
            assert step.value == sum((p.value for p in step.parts), Fraction(0)), step.how
        if step.rule is StepRule.HIGHEST:
            assert step.value == max(p.value for p in step.parts)
    for result in done.units.values():
        card = result.card
        assert card.why.value == card.total
        assert card.bonus.why.value == card.bonus.exact
        assert card.deductions.why.value == card.deductions.exact
        for score in card.criteria.values():
            assert score.why.value == score.exact


@law()
@given(seeds)
def test_every_step_of_a_criterion_with_a_clause_cites_one(seed: int) -> None:
    done = assessed(*world(seed))
    if done is None:
        return
    cited = {r.code for r in done.pack.rules.criteria if r.clause}
    for result in done.units.values():
        for code, score in result.card.criteria.items():
            if code in cited:
                assert all(step.clause for step in steps(score.why)), code


@law()
@given(seeds, st.randoms(use_true_random=False))
def test_the_order_of_facts_changes_nothing(seed: int, luck: random.Random) -> None:
    rules, facts = world(seed)
    done = assessed(rules, facts)
    mixed = facts
    for name in ("clusters", "units", "entries", "own_criteria", "totals", "bonus", "deductions",
                 "standing", "conditions", "ballots", "decisions", "quotas"):  # fmt: skip
        rows = list(getattr(facts, name))
        luck.shuffle(rows)
        mixed = replace(mixed, **{name: tuple(rows)})
    again = assessed(rules, mixed)
    if done is None or again is None:
        assert done is again
        return
    assert replace(again, snapshot=facts) == done


@law(15)
@given(seeds)
def test_equal_input_gives_an_equal_result_and_a_pack_survives_its_own_text(seed: int) -> None:
    rules, facts = world(seed)
    done = assessed(rules, facts)
    again, findings = read_pack(parse_tree(dump_pack(rules.rules).encode(), "x"), "x")
    assert again is not None, list(findings)
    other = assessed(replace(rules, rules=again.rules), facts)
    if done is None or other is None:
        assert done is other
        return
    assert replace(other, pack=rules) == done


@law()
@given(seeds)
def test_load_of_dump_is_the_pack(seed: int) -> None:
    rules = pack(seed)
    loaded, findings = read_pack(parse_tree(dump_pack(rules.rules).encode(), "x"), "x")
    assert loaded is not None, list(findings)
    assert loaded.rules == rules.rules
    assert parse_tree(dump_tree(rules.tree).encode(), "x") == rules.tree


def _ranked_without_late_items(done: Assessment) -> bool:
    """Whether late bonus points may stand in a total that the ranking leaves aside."""
    scoring = done.pack.rules.scoring
    late = scoring.late_items if scoring is not None else ()
    return any(fact.item in late for fact in done.snapshot.bonus)


@law()
@given(seeds)
def test_ranks_agree_with_published_values(seed: int) -> None:
    done = assessed(*world(seed))
    if done is None or _ranked_without_late_items(done):
        return
    by_percent = done.pack.rules.scoring.rank_by == "percent"  # type: ignore[union-attr]
    for units in done.clusters.values():
        ranked = [u for u in units if done.units[u].rank is not None]
        ranks = [done.units[u].rank for u in ranked]
        assert ranks == sorted(ranks)  # type: ignore[type-var]
        for place, unit in enumerate(ranked, 1):
            result = done.units[unit]
            assert result.rank is not None
            group = {unit, *result.tied_with}
            assert {done.units[u].rank for u in group} == {result.rank}
            assert result.rank <= place < result.rank + len(group)
        for one, other in pairwise(ranked):
            first, second = done.units[one].card, done.units[other].card
            if by_percent and first.percent is not None and second.percent is not None:
                assert first.percent >= second.percent - 1
            elif not by_percent:
                assert first.total >= second.total


@law()
@given(seeds)
def test_caps_hold(seed: int) -> None:
    done = assessed(*world(seed))
    if done is None:
        return
    rules = done.pack.rules
    assert rules.scoring is not None
    rows = {r.code: r for r in rules.criteria}
    keep = rules.scoring.over_max == "keep"
    for result in done.units.values():
        card = result.card
        for code, score in card.criteria.items():
            assert score.exact >= 0
            assert keep or score.exact <= score.max, code
        for code, section in card.sections.items():
            if code in card.given_sections:
                continue
            cap = rows[code].cap if code in rows else None
            if cap is not None and not (rows[code].rescale or keep):
                assert section.exact <= cap
            if not keep:
                assert section.exact <= section.max or rules.scoring.round_at == "criterion"
        for items, cards in ((rules.bonus, card.bonus), (rules.deductions, card.deductions)):
            if items.max is not None:
                assert cards.exact <= items.max
            for item in items.items:
                if item.max is not None and item.id in cards.items:
                    assert cards.items[item.id].exact <= item.max
        low, high = rules.scoring.clamp.low, rules.scoring.clamp.high
        assert low is None or card.total_exact >= low
        assert high is None or card.total_exact <= high


@law()
@given(seeds)
def test_no_unit_has_more_than_it_can_reach(seed: int) -> None:
    done = assessed(*world(seed))
    if done is None:
        return
    scoring = done.pack.rules.scoring
    assert scoring is not None
    if scoring.over_max == "keep" or scoring.round_at != "total":
        return
    for result in done.units.values():
        card = result.card
        if card.given_total or card.given_sections:
            continue
        low = scoring.clamp.low
        most = card.own_max if low is None else max(card.own_max, Fraction(low))
        assert card.total_exact <= most


@law()
@given(seeds)
def test_the_eligible_are_counted_without_gaps(seed: int) -> None:
    done = assessed(*world(seed))
    if done is None:
        return
    for units in done.clusters.values():
        among = sorted(r for u in units if (r := done.units[u].rank_among_eligible) is not None)
        assert all(rank <= place for place, rank in enumerate(among, 1))
        assert not among or among[0] == 1
        for unit in units:
            result = done.units[unit]
            barred = any(e.kind == "barred" and not e.awards for e in result.eligibility)
            assert (result.rank_among_eligible is None) is (barred or result.rank is None)


@law()
@given(seeds)
def test_awards_go_to_the_eligible_and_never_beyond_their_places(seed: int) -> None:
    done = assessed(*world(seed))
    if done is None:
        return
    rules = done.pack.rules
    for award in rules.awards:
        lines = [x for x in done.awards if x.award == award.id]
        assert len({x.unit for x in lines}) == len(lines)
        proposed = {x.unit for x in lines if x.state == "proposed"}
        for unit in proposed:
            bars = [e for e in done.units[unit].eligibility if e.kind == "barred"]
            assert not [e for e in bars if not e.awards or award.id in e.awards]
        if award.beside == "no":
            for other in award.excludes:
                taken = {x.unit for x in done.awards if x.award == other and x.state == "proposed"}
                assert not taken & proposed
        if award.places.kind in ("ranks", "all") or award.chosen_by == "council":
            continue
        for used in (q for q in done.quotas if q.award == award.id):
            here = [x for x in lines if used.cluster in (None, x.cluster)]
            placed = [x for x in here if x.state in ("proposed", "held")]
            assert used.count is None or len(placed) <= used.count


@law()
@given(seeds)
def test_questions_have_ids_of_their_kind_and_a_tie_is_asked_or_settled(seed: int) -> None:
    done = assessed(*world(seed))
    if done is None:
        return
    ids = [question.id for question in done.open_questions]
    assert len(set(ids)) == len(ids)
    kinds = {question.id.partition(":")[0] for question in done.open_questions}
    assert kinds <= {"tie", "held", "open", "gap", "class_gap"}
    assert done.provisional or not ids
    for tie in done.ties:
        assert tie.id == f"tie:{tie.award}:{'+'.join(sorted(tie.units))}"
        assert (tie.resolved_by is None) is (tie.id in ids)
        assert tie.resolved_by is None or len(tie.winners) == tie.places
