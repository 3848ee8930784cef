"""The whole of scoring in one pure function."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Literal

from app.domain.snapshot import Snapshot, Unit
from app.ground.findings import Findings, UserError
from app.rules.document import LoadedPack
from app.rules.merge import with_overlays
from app.scoring.assessment import (
    Assessment,
    BallotResult,
    Eligibility,
    OpenQuestion,
    PackUsed,
    ParameterUsed,
    QuestionOutcome,
    UnitCard,
    UnitResult,
)
from app.scoring.awards import AwardRun
from app.scoring.ballots import count_ballot, void
from app.scoring.book import AwardBook
from app.scoring.cards import CardWork, score_unit
from app.scoring.cells import OVER_MAX_REFUSED
from app.scoring.ladder import Order
from app.scoring.late import before_late_items, late_choice, late_question
from app.scoring.memory import Memory
from app.scoring.notices import notice_card, notice_facts
from app.scoring.order import in_fixed_order
from app.scoring.questions import merged_questions
from app.scoring.scene import Scene
from app.scoring.standings import Standing, order_cluster, stand
from app.scoring.ties import why_unused

_FEW = 5
"""So many units a sentence names; the rest is counted."""


def assess(
    snapshot: Snapshot,
    main: LoadedPack,
    overlays: Sequence[LoadedPack] = (),
    companions: Sequence[LoadedPack] = (),
    as_of: dt.date | None = None,
) -> Assessment:
    """Scores, ranks and proposes for one period; equal input gives an equal result.

    ``overlays`` add cases, conditions and ballots to ``main``; ``companions`` are scored on
    their own first. ``as_of`` (default: the period's end) is the day on which recorded cases
    must hold. Raises ``UserError`` where the pack refuses points above a maximum.
    """
    facts = in_fixed_order(snapshot)
    return assess_ordered(snapshot, facts, main, overlays, companions, as_of, None)


def assess_ordered(
    snapshot: Snapshot,
    facts: Snapshot,
    main: LoadedPack,
    overlays: Sequence[LoadedPack],
    companions: Sequence[LoadedPack],
    as_of: dt.date | None,
    memory: Memory | None,
) -> Assessment:
    """The same from ``facts``, which are those of ``snapshot`` in their fixed order.

    ``memory`` holds what was worked out from the same facts with other entries.
    """
    day = as_of or snapshot.period.end
    asked: set[str] = set()
    others: dict[str, Assessment] = {}
    for companion in companions:
        name = companion.rules.id
        with nullcontext() if memory is None else memory.apart(("companion", name)):
            other = _assess(facts, companion, (), day, name, {}, asked, memory)
        others[name] = replace(other, snapshot=snapshot)
    whole = _assess(facts, main, overlays, day, None, others, asked, memory)
    unused = Findings()
    for decision in facts.decisions:
        if decision.question not in asked:
            unused.warning(
                "decision_unused",
                decision.question,
                "Không có câu hỏi nào mang mã này nên quyết định không được dùng.",
                "Chép nguyên mã từ phần câu hỏi mở của kết quả.",
            )
    return replace(whole, snapshot=snapshot, findings=(*whole.findings, *unused))


def _assess(
    snapshot: Snapshot,
    main: LoadedPack,
    overlays: Sequence[LoadedPack],
    as_of: dt.date,
    companion_id: str | None,
    companions: Mapping[str, Assessment],
    asked: set[str],
    memory: Memory | None,
) -> Assessment:
    findings = Findings()
    rules = with_overlays(main.rules, [o.rules for o in overlays], findings)
    scene = Scene(snapshot, main, rules, as_of, companion_id, findings, asked, memory=memory)
    scene = replace(scene, frames=scene.recall("frames", (), dict))
    notice_facts(scene)
    works = {u.id: score_unit(scene, u) for u in snapshot.units}
    for unit in snapshot.units:
        notice_card(scene, unit, works[unit.id])
    if any(finding.code == OVER_MAX_REFUSED for finding in findings):
        raise UserError(findings)
    late = None
    ranked_works = works
    if companion_id is None:
        late = late_choice(scene)
        if late == "keep":
            ranked_works = before_late_items(scene, works)
    run = _propose(scene, ranked_works, companions)
    standings, orders, book = run.standings, run.orders, run.book
    questions = [q for w in works.values() for q in w.questions]
    questions += [q for s in standings.values() for q in s.questions]
    questions += book.questions
    if scene.ranking_is_open:
        questions.append(_which_round_ranks(scene))
    if late == "open":
        questions += _late(scene, works, companions, book, orders)
    ballots = _all_ballots(scene, run) if companion_id is None else ()
    _tell_errors_of(companions, findings)
    results = _results(scene, works, run)
    why = _why_provisional(scene, works, questions, companions)
    return Assessment(
        snapshot,
        main,
        scene.ranking_round,
        scene.scored_round,
        bool(why),
        why,
        _packs(main, overlays, companions, companion_id),
        _parameters([main, *overlays]),
        results,
        {c: (*(u for row in o.rows() for u in row), *o.apart) for c, o in orders.items()},
        tuple(book.quotas),
        tuple(book.lines),
        tuple(book.ties),
        ballots,
        merged_questions(questions),
        findings.as_tuple(),
        companions,
    )


def _propose(
    scene: Scene, works: Mapping[str, CardWork], companions: Mapping[str, Assessment]
) -> AwardRun:
    standings = {u.id: _stand(scene, u, works[u.id].card, companions) for u in scene.snapshot.units}
    clusters = {c.id for c in scene.snapshot.clusters} | {u.cluster for u in scene.snapshot.units}
    orders = {c: order_cluster(scene, c, standings) for c in sorted(clusters)}
    return AwardRun(scene, standings, orders, companions).run()


def _stand(
    scene: Scene, unit: Unit, card: UnitCard, companions: Mapping[str, Assessment]
) -> Standing:
    grounds = (card, *(other.units.get(unit.id) for other in companions.values()))
    work = partial(stand, scene, unit, card, companions)
    return scene.recall(("standing", unit.id), grounds, work, steady=True)


def _which_round_ranks(scene: Scene) -> OpenQuestion:
    question = scene.ranking_question
    outcomes = tuple(QuestionOutcome(r.id, r.title) for r in scene.rules.rounds)
    what = "Chưa chọn vòng chấm dùng để xếp hạng"
    return OpenQuestion(question, question.partition(":")[2], (), what, outcomes)


def _late(
    scene: Scene,
    works: Mapping[str, CardWork],
    companions: Mapping[str, Assessment],
    book: AwardBook,
    orders: Mapping[str, Order],
) -> list[OpenQuestion]:
    """The open question of late bonus or deductions, where they change ranks or awards (A41)."""
    quiet = replace(scene, findings=Findings())
    with scene.apart("late"):
        before = _propose(quiet, before_late_items(quiet, works), companions)
    same_ranks = all(before.orders[c].ranks() == o.ranks() for c, o in orders.items())
    proposed = [(x.award, x.unit, x.state) for x in book.lines]
    if same_ranks and proposed == [(x.award, x.unit, x.state) for x in before.book.lines]:
        return []
    return [late_question(scene, before.book, book)]


def _all_ballots(scene: Scene, run: AwardRun) -> tuple[BallotResult, ...]:
    """Every recorded ballot with its outcome; a tie ballot without its tie is void."""
    used = {id(ballot): result for ballot, result in run.book.ballots}
    results: list[BallotResult] = []
    for ballot in scene.snapshot.ballots:
        if id(ballot) in used:
            results.append(used[id(ballot)])
        elif ballot.purpose == "tie":
            why = why_unused(scene, ballot, run.book.ties, run.standings)
            results.append(void(scene, ballot, why).result)
        else:
            results.append(count_ballot(scene, ballot, ballot.places or 1).result)
    return tuple(results)


def _results(scene: Scene, works: Mapping[str, CardWork], run: AwardRun) -> dict[str, UnitResult]:
    results: dict[str, UnitResult] = {}
    ranks = {c: order.ranks() for c, order in run.orders.items()}
    among = {c: _ranks_among_eligible(order, run.standings) for c, order in run.orders.items()}
    for unit, standing in run.standings.items():
        order, cluster = run.orders[standing.unit.cluster], standing.unit.cluster
        row = next((row for row in order.rows() if unit in row), ())
        rank, eligible = ranks[cluster].get(unit), among[cluster].get(unit)
        tied = tuple(u for u in row if u != unit)
        decided = None if rank is None else order.decider(unit, tied)
        card, unmet = works[unit].card, run.unmet_conditions(unit)
        grounds = (card, standing, unmet, rank, eligible, decided, *tied)
        work = partial(_result, card, standing, unmet, rank, eligible, decided, tied)
        results[unit] = scene.recall(("result", unit), grounds, work, steady=True)
    return results


def _result(
    card: UnitCard,
    standing: Standing,
    unmet: tuple[Eligibility, ...],
    rank: int | None,
    eligible: int | None,
    decided: str | None,
    tied: tuple[str, ...],
) -> UnitResult:
    return UnitResult(
        card,
        standing.class_id,
        standing.class_title,
        standing.class_reason,
        rank,
        eligible,
        decided,
        tied,
        standing.eligibility + unmet,
    )


def _ranks_among_eligible(order: Order, standings: Mapping[str, Standing]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    position = 1
    for row in order.rows():
        inside = [u for u in row if standings[u].blocked("barred") is None]
        for unit in inside:
            ranks[unit] = position
        position += len(inside)
    return ranks


def _tell_errors_of(companions: Mapping[str, Assessment], findings: Findings) -> None:
    """The errors of companion packs stand among those of the whole."""
    for pack, companion in companions.items():
        for finding in companion.findings:
            if finding.is_error:
                findings.add(replace(finding, place=f"gói {pack}, {finding.place}"))


def _why_provisional(
    scene: Scene,
    works: Mapping[str, CardWork],
    questions: Sequence[OpenQuestion],
    companions: Mapping[str, Assessment],
) -> tuple[str, ...]:
    """Every reason why the result is not final, in words."""
    why: list[str] = []
    if scene.scored_round != scene.ranking_round:
        used = scene.rounds[scene.scored_round].title
        wanted = scene.rounds[scene.ranking_round].title
        why.append(f"chưa có kết quả vòng “{wanted}”; đang tính theo vòng “{used}”")
    blanks = {unit: len(work.blanks) for unit, work in works.items() if work.blanks}
    if blanks:
        shown = [f"{scene.units[unit].name} {count} ô" for unit, count in blanks.items()]
        more = f" và {len(shown) - _FEW} đơn vị nữa" if len(shown) > _FEW else ""
        listed = ", ".join(shown[:_FEW]) + more
        why.append(f"còn {sum(blanks.values())} ô chưa chấm ({listed})")
    if scene.rules.incomplete:
        why.append(f"gói quy tắc chưa đủ: {scene.rules.incomplete.rstrip('.')}")
    if questions:
        why.append(f"còn {len(questions)} câu hỏi mở hoặc trường hợp bằng nhau chưa giải quyết")
    unsure = [other.pack.rules.title for other in companions.values() if other.provisional]
    why += [f"gói kèm theo “{title}” còn tạm tính" for title in unsure]
    errors = scene.findings.errors
    if errors:
        why.append(f"còn {len(errors)} lỗi số liệu cần sửa")
    return tuple(why)


def _packs(
    main: LoadedPack,
    overlays: Sequence[LoadedPack],
    companions: Mapping[str, Assessment],
    companion_id: str | None,
) -> tuple[PackUsed, ...]:
    def used(pack: LoadedPack, role: Literal["main", "overlay", "companion"]) -> PackUsed:
        return PackUsed(pack.rules.id, pack.rules.version, pack.digest, role)

    return (
        used(main, "main" if companion_id is None else "companion"),
        *(used(o, "overlay") for o in overlays),
        *(used(c.pack, "companion") for c in companions.values()),
    )


def _parameters(packs: Sequence[LoadedPack]) -> dict[str, ParameterUsed]:
    parameters: dict[str, ParameterUsed] = {}
    for pack in packs:
        for key, chosen in pack.chosen.items():
            value = chosen.value
            shown = value if isinstance(value, bool | str) or value is None else Fraction(value)
            parameters[key] = ParameterUsed(
                key,
                chosen.parameter.title,
                shown,
                chosen.source,
                chosen.parameter.clause,
                chosen.parameter.note,
            )
    return parameters
