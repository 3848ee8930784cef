"""What the facts and the rules say to each other before anything is scored.

Nothing here changes a point; these are findings for the officer.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from app.domain.snapshot import EntryState, OwnCriterion, Unit
from app.rules.methods.base import show
from app.rules.pack import Criterion
from app.scoring.cards import CardWork
from app.scoring.cells import in_round
from app.scoring.frame import below, unit_frame
from app.scoring.scene import Scene


def notice_facts(scene: Scene) -> None:
    """Findings about clusters and registered criteria, in the order of the facts."""
    for name, check in enumerate(_FACT_NOTICES):
        scene.recall(("notice", name), (scene.entries.filled,), partial(check, scene))


def _unserved_blocks(scene: Scene) -> None:
    """A cluster of a kind that the text does not rule (A9)."""
    blocks = {b.id: b for b in scene.rules.blocks}
    for cluster in scene.snapshot.clusters:
        if not blocks or cluster.block is None:
            continue
        block = blocks.get(cluster.block)
        if block is None or not block.served:
            title = block.title if block is not None else cluster.block
            scene.findings.warning(
                "block_not_served",
                f"{cluster.name} ({cluster.id})",
                f"Quy định này không dành cho loại cụm, khối “{title}”.",
                "Dùng gói quy tắc của đúng phụ lục, hoặc ghi rõ việc vận dụng.",
            )


def _registered_criteria(scene: Scene) -> None:
    """The number and the sum of the criteria that each unit registered in a slot."""
    if scene.companion_id is not None:
        return
    slots = [row for row in scene.rules.criteria if row.slot is not None]
    if not slots:
        return
    for unit in scene.snapshot.units:
        table = {node.code for top in unit_frame(scene, unit) for node in top.rows}
        for row in slots:
            if row.code not in table:
                continue
            own = [
                o for o in scene.snapshot.own_criteria if o.unit == unit.id and o.slot == row.code
            ]
            _slot_of(scene, unit, row, own)


def _slot_of(scene: Scene, unit: Unit, row: Criterion, own: list[OwnCriterion]) -> None:
    assert row.slot is not None
    place = f"{unit.name} ({unit.id}), mục {row.code}"
    if not own:
        scene.findings.warning(
            "slot_empty",
            place,
            "Đơn vị chưa đăng ký tiêu chí nào vào mục này; tạm tính 0 điểm.",
            "Ghi các tiêu chí đơn vị đã đăng ký ([[own_criteria]]).",
        )
        return
    count = Fraction(len(own))
    agreed = row.slot.count
    allowed = row.slot.count_range
    if (agreed is not None and count != agreed) or (
        allowed is not None and not allowed.holds(count)
    ):
        words = str(agreed) if agreed is not None else allowed.words() if allowed else ""
        scene.findings.warning(
            "slot_count",
            place,
            f"Đơn vị đăng ký {show(count)} tiêu chí, thống nhất là {words}.",
            "Thống nhất lại số tiêu chí giữa các thành viên.",
        )
    if row.max is None:
        return
    total = sum((o.max for o in own), Fraction(0))
    mode = row.frame or scene.scoring.frame
    if total > row.max or (mode == "equal" and total != row.max):
        word = "vượt" if total > row.max else "chưa đủ"
        scene.findings.error(
            "slot_sum",
            place,
            f"Các tiêu chí đơn vị đăng ký cộng lại {show(total)} điểm, {word} "
            f"{show(Fraction(row.max))} điểm của mục.",
            "Phân bổ lại điểm tối đa của các tiêu chí đã đăng ký.",
        )


def _idle_entries(scene: Scene) -> None:
    """Entries in a round that does not score their criterion: kept and shown, never counted."""
    hands = {r.code: r.hand for r in scene.rules.criteria if r.hand is not None}
    idle: dict[tuple[str, str], int] = {}
    for (code, round_id), count in scene.entries.filled.items():
        rules = scene.rounds.get(round_id)
        if rules is None:
            continue
        named = [hand for prefix, hand in hands.items() if below(code, prefix)]
        if (named and rules.hand not in named) or not in_round(code, rules):
            idle[code, round_id] = count
    for (code, round_id), count in sorted(idle.items()):
        scene.findings.note(
            "round_does_not_score",
            f"tiêu chí {code}, vòng {scene.rounds[round_id].title}",
            f"Vòng này không chấm tiêu chí {code}; điểm của {count} đơn vị chỉ để đối chiếu.",
        )


_FACT_NOTICES: tuple[Callable[[Scene], None], ...] = (
    _unserved_blocks,
    _registered_criteria,
    _idle_entries,
)


def notice_card(scene: Scene, unit: Unit, work: CardWork) -> None:
    """Findings about cells: blank ones, missing evidence, nothing achieved of a plan."""
    scene.recall(("notice", unit.id), (work,), partial(_notice_card, scene, unit, work))


def _notice_card(scene: Scene, unit: Unit, work: CardWork) -> None:
    card, blank = work.card, work.blanks
    if blank:
        scene.findings.warning(
            "cells_blank",
            f"{unit.name} ({unit.id})",
            f"Còn {len(blank)} ô chưa chấm, tạm tính 0 điểm: {', '.join(blank)}.",
            "Chấm các ô này, hoặc ghi “không được giao”, “không thực hiện”.",
        )
    needing = [r.code for r in scene.rules.criteria if r.needs_evidence]
    for score in card.criteria.values():
        nothing = score.plan_percent is not None and not score.plan_percent
        if not needing and not nothing:
            continue
        needs = any(below(score.code, code) for code in needing)
        given = needs and any(r.evidence for r in score.rounds.values())
        if needs and score.state is EntryState.SCORED and not given:
            scene.findings.warning(
                "evidence_missing",
                f"{unit.name} ({unit.id}), tiêu chí {score.code}",
                f"Tiêu chí yêu cầu {scene.rules.vocabulary.evidence} nhưng chưa có.",
                "Dẫn số, ký hiệu, ngày và trích yếu của văn bản.",
            )
        if nothing and score.figures.get("actual") == 0:
            scene.findings.warning(
                "nothing_achieved",
                f"{unit.name} ({unit.id}), tiêu chí {score.code}",
                "Kết quả bằng 0 % kế hoạch. Đây là điểm 0 hay là “không thực hiện”?",
                "Nếu không thực hiện, ghi trạng thái not_done.",
            )
