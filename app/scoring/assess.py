"""The whole of scoring in one pure function."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from app.domain.snapshot import Snapshot
from app.ground.findings import Findings, UserError
from app.rules.document import LoadedPack
from app.rules.merge import with_overlays
from app.scoring.assessment import (
    Assessment,
    BallotResult,
    OpenQuestion,
    PackUsed,
    ParameterUsed,
    QuestionOutcome,
    UnitResult,
)
from app.scoring.awards import AwardRun
from app.scoring.ballots import count_ballot, void
from app.scoring.book import AwardBook
from app.scoring.cards import CardWork, score_unit
from app.scoring.cells import OVER_MAX_REFUSED
from app.scoring.late import before_late_items, late_choice, late_question
from app.scoring.notices import notice_card, notice_facts
from app.scoring.order import in_fixed_order
from app.scoring.questions import merged_questions
from app.scoring.scene import Scene
from app.scoring.standings import Order, Standing, order_cluster, stand


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
    day = as_of or snapshot.period.end
    facts = in_fixed_order(snapshot)
    asked: set[str] = set()
    others = {
        c.rules.id: replace(_assess(facts, c, (), day, c.rules.id, {}, asked), snapshot=snapshot)
        for c in companions
    }
    whole = _assess(facts, main, overlays, day, None, others, asked)
    findings = Findings(whole.findings)
    for decision in facts.decisions:
        if decision.question not in asked:
            findings.warning(
                "decision_unused",
                decision.question,
                "Không có câu hỏi nào mang mã này nên quyết định không được dùng.",
                "Chép nguyên mã từ phần câu hỏi mở của kết quả.",
            )
    return replace(whole, snapshot=snapshot, findings=findings.as_tuple())


def _assess(
    snapshot: Snapshot,
    main: LoadedPack,
    overlays: Sequence[LoadedPack],
    as_of: dt.date,
    companion_id: str | None,
    companions: Mapping[str, Assessment],
    asked: set[str],
) -> Assessment:
    findings = Findings()
    rules = with_overlays(main.rules, [o.rules for o in overlays], findings)
    scene = Scene(snapshot, main, rules, as_of, companion_id, findings, asked)
    notice_facts(scene)
    works = {u.id: score_unit(scene, u) for u in snapshot.units}
    for unit in snapshot.units:
        notice_card(scene, unit, works[unit.id].card)
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
    ballots = _all_ballots(scene, book) if companion_id is None else ()
    _tell_errors_of(companions, findings)
    results = _results(works, run)
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
        {c: (*(u for g in o.groups for u in g), *o.apart) for c, o in orders.items()},
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
    standings = {u.id: stand(scene, u, works[u.id].card, companions) for u in scene.snapshot.units}
    clusters = {c.id for c in scene.snapshot.clusters} | {u.cluster for u in scene.snapshot.units}
    orders = {c: order_cluster(scene, c, standings) for c in sorted(clusters)}
    return AwardRun(scene, standings, orders, companions).run()


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
    before = _propose(quiet, before_late_items(quiet, works), companions)
    same_ranks = all(before.orders[c].ranks() == o.ranks() for c, o in orders.items())
    proposed = [(x.award, x.unit, x.state) for x in book.lines]
    if same_ranks and proposed == [(x.award, x.unit, x.state) for x in before.book.lines]:
        return []
    return [late_question(scene, before.book, book)]


def _all_ballots(scene: Scene, book: AwardBook) -> tuple[BallotResult, ...]:
    """Every recorded ballot with its outcome; a tie ballot without its tie is void."""
    used = {id(ballot): result for ballot, result in book.ballots}
    results: list[BallotResult] = []
    for ballot in scene.snapshot.ballots:
        if id(ballot) in used:
            results.append(used[id(ballot)])
        elif ballot.purpose == "tie":
            why = "không có trường hợp bằng nhau nào đúng với các đơn vị được bầu"
            results.append(void(scene, ballot, why).result)
        else:
            results.append(count_ballot(scene, ballot).result)
    return tuple(results)


def _results(works: Mapping[str, CardWork], run: AwardRun) -> dict[str, UnitResult]:
    results: dict[str, UnitResult] = {}
    for unit, standing in run.standings.items():
        order = run.orders[standing.unit.cluster]
        group = next((g for g in order.groups if unit in g), ())
        rank = order.ranks().get(unit)
        tied = tuple(u for u in group if u != unit)
        decided = None if rank is None or tied else order.decided.get(unit, "total")
        results[unit] = UnitResult(
            works[unit].card,
            standing.class_id,
            standing.class_title,
            standing.class_reason,
            rank,
            _ranks_among_eligible(order, run.standings).get(unit),
            decided,
            tied,
            standing.eligibility + run.unmet_conditions(unit),
        )
    return results


def _ranks_among_eligible(order: Order, standings: Mapping[str, Standing]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    position = 1
    for group in order.groups:
        inside = [u for u in group if standings[u].blocked("barred") is None]
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
    blanks = [(work.card.unit, code) for work in works.values() for code in work.card.blanks]
    if blanks:
        shown = ", ".join(f"{unit}/{code}" for unit, code in blanks[:5])
        more = f" và {len(blanks) - 5} ô khác" if len(blanks) > 5 else ""
        why.append(f"còn {len(blanks)} ô chưa chấm: {shown}{more}")
    if scene.rules.incomplete:
        why.append(f"gói quy tắc chưa đủ: {scene.rules.incomplete.rstrip('.')}")
    if questions:
        why.append(f"còn {len(questions)} câu hỏi mở hoặc trường hợp bằng nhau chưa giải quyết")
    unsure = [pack for pack, companion in companions.items() if companion.provisional]
    why += [f"gói kèm theo “{pack}” còn tạm tính" for pack in unsure]
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
