"""The province in rows: clusters, results, awards, who stands where, candidates for the flag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from app.ground.numbers import vietnamese
from app.reports.charts.from_assessment import has_points
from app.reports.figures import Figures
from ui.theme.tokens import Tone

if TYPE_CHECKING:
    from app.operations.province.view import ClusterLine, ProvinceView, Stage
    from app.scoring.province import ClusterResult, FlagCandidates, ProvinceLine

NONE: Final = "–"
_TONES: Final = {
    "not_sent": Tone.NEUTRAL,
    "late": Tone.ERROR,
    "sent": Tone.INFO,
    "appraised": Tone.ACCENT,
    "final": Tone.GOOD,
    "unreadable": Tone.ERROR,
}
_RESULTS: Final = ("for_appraisal", "final_result")
STATES: Final = {
    "proposed": "Đề nghị",
    "held": "Giữ suất",
    "tied": "Chờ phân định",
    "reserve": "Dự phòng",
    "refused": "Không đề nghị",
}
_STATE_TONES: Final = {"held": Tone.WAITING, "tied": Tone.WAITING}
_ROUNDED: Final = {
    "floor": "bỏ phần lẻ",
    "ceil": "làm tròn lên",
    "half_up": "làm tròn đến số gần nhất",
}


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """A cluster in the list; ``told`` are the sentences about it."""

    at: int
    cluster: str
    name: str
    units: int | None
    stage: str
    tone: Tone
    due: dt.date | None
    sent: dt.date | None
    result: str
    provisional: bool
    digest: str
    agreement: str
    differs: bool
    told: tuple[str, ...]
    there: bool


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A unit of the province with what it came to in its cluster."""

    at: int
    cluster: str
    cluster_name: str
    unit: str
    unit_name: str
    rank: int | None
    total: str
    points: Fraction
    class_title: str
    awards: str
    note: str
    tone: Tone | None


@dataclass(frozen=True, slots=True)
class AwardRow:
    """An award over all clusters."""

    award: str
    title: str
    places: str
    quota: int | None
    proposed: int
    held: int
    tied: int
    reserve: int
    over: int


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A unit at an award."""

    at: int
    cluster: str
    cluster_name: str
    unit: str
    unit_name: str
    rank: int | None
    award: str
    state: str
    tone: Tone | None
    reason: str


@dataclass(frozen=True, slots=True)
class FlagFacts:
    """The Government's flag: how many there may be and why, who may be chosen, who was."""

    words: str
    chosen: str
    too_many: bool
    base: int
    is_set: bool
    candidates: tuple[StandingRow, ...]


def state_sentence(view: ProvinceView) -> str:
    """How far the clusters have come, with numbers."""
    from app.operations.province.view import Stage

    missing = view.at(Stage.NOT_SENT, Stage.LATE)
    parts = [f"{len(view.lines) - len(missing)}/{len(view.lines)} cụm, khối đã gửi"]
    for words, stage in (
        ("trễ hạn", Stage.LATE),
        ("chưa gửi", Stage.NOT_SENT),
        ("không đọc được", Stage.UNREADABLE),
        ("đã thẩm định", Stage.APPRAISED),
        ("có kết quả cuối cùng", Stage.FINAL),
    ):
        count = len(view.at(stage))
        parts += [f"{count} {words}"] if count else []
    return f"Năm {view.year.name}: {'; '.join(parts)}."


# ---------------------------------------------------------------------- clusters


def cluster_rows(view: ProvinceView) -> tuple[ClusterRow, ...]:
    """The clusters in the order of the list."""
    return tuple(
        _cluster(view, line, at, there=view.readings[at].there)
        for at, line in enumerate(view.lines)
    )


def _cluster(view: ProvinceView, line: ClusterLine, at: int, *, there: bool) -> ClusterRow:
    has = bool(line.digest)
    agreement, differs = _agreement(view, line, at)
    return ClusterRow(
        at=at,
        cluster=line.cluster.id,
        name=line.cluster.name,
        units=line.units if has else None,
        stage=_stage(line),
        tone=_tone(line.stage, late=line.sent_late),
        due=line.due,
        sent=line.sent,
        result=("Tạm tính" if line.provisional else "Chính thức") if has else NONE,
        provisional=bool(line.provisional),
        digest=line.digest.removeprefix("sha256:")[:12] or NONE,
        agreement=agreement,
        differs=differs,
        told=tuple(_told(line)),
        there=there,
    )


def _stage(line: ClusterLine) -> str:
    from app.operations.province.view import STAGE_WORDS

    words = STAGE_WORDS[line.stage]
    return words[:1].upper() + words[1:] + (", trễ" if line.sent_late else "")


def _tone(stage: Stage, *, late: bool) -> Tone:
    return Tone.WAITING if late and stage.value == "sent" else _TONES[stage.value]


def _agreement(view: ProvinceView, line: ClusterLine, at: int) -> tuple[str, bool]:
    """Whether the present result is the one that stands on the last package."""
    came = [
        one
        for one in view.readings[at].packages
        if one.direction == "received" and one.kind in _RESULTS and one.assessment
    ]
    if not came or not line.digest:
        return NONE, False
    last = max(came, key=lambda one: one.operation)
    day = f"{dt.datetime.fromisoformat(last.made):%d/%m/%Y}"
    if last.assessment == line.digest:
        return f"Khớp ({day})", False
    return f"Khác ({day})", True


def _told(line: ClusterLine) -> Iterator[str]:
    for one in line.problems:
        yield f"{one.message} {one.remedy}".strip()
    if line.sent_late:
        yield "Cụm, khối gửi kết quả sau hạn."
    if line.read_only:
        yield "Sổ của cụm, khối đang ở nơi chỉ đọc được."
    if line.provisional:
        yield "Kết quả còn tạm tính:"
        yield from (f"• {reason}" for reason in line.provisional)


# ---------------------------------------------------------------------- results


def result_rows(view: ProvinceView, cluster: str = "") -> tuple[ResultRow, ...]:
    """The units cluster by cluster in the order of ranks, or those of one cluster."""
    rows: list[ResultRow] = []
    for result in view.province.clusters:
        key = result.key.partition("/")[0]
        if cluster not in ("", key):
            continue
        figures = Figures(result.assessment)
        rows += [_result(result, key, unit, figures, len(rows) + n)
                 for n, unit in enumerate(result.units)]  # fmt: skip
    return tuple(rows)


def _result(result: ClusterResult, cluster: str, unit: str, figures: Figures, at: int) -> ResultRow:
    one = result.result(unit)
    card = one.card
    lines = [line for line in result.lines if line.unit == unit]
    cases = [case for case in one.eligibility if case.kind in ("barred", "held")]
    notes = [f"{'Không xét' if c.kind == 'barred' else 'Chưa xét'}: {c.title}" for c in cases]
    notes += [f"{STATES[x.state]}: {x.title}" for x in lines if x.state in ("held", "tied")]
    notes += [f"Dự phòng: {x.title}" for x in lines if x.state == "reserve"]
    return ResultRow(
        at,
        cluster,
        result.name,
        unit,
        result.unit_name(unit),
        one.rank,
        figures.published(card.total) if has_points(card) else NONE,
        card.total,
        one.class_title or NONE,
        "; ".join(x.title for x in lines if x.state == "proposed") or NONE,
        "; ".join(notes),
        Tone.WAITING if cases or any(x.state in _STATE_TONES for x in lines) else None,
    )


def provisional_words(view: ProvinceView) -> str:
    """That points of clusters are not compared, and whose result is not final."""
    waiting = len(view.province.provisional())
    words = (
        "Mỗi cụm, khối chấm theo bảng của mình: hạng xếp trong từng cụm, khối; điểm của các cụm, "
        "khối khác nhau không so với nhau."
    )
    return f"{words} {waiting} cụm, khối còn tạm tính." if waiting else words


# ---------------------------------------------------------------------- awards


def award_rows(view: ProvinceView) -> tuple[AwardRow, ...]:
    """The awards in the order of the tables."""
    return tuple(
        AwardRow(
            one.award,
            one.title,
            NONE if one.places is None else str(one.places),
            one.quota,
            one.proposed,
            one.held,
            one.tied,
            one.reserve,
            one.over,
        )
        for one in view.awards
    )


def standing_rows(view: ProvinceView, award: str, state: str = "") -> tuple[StandingRow, ...]:
    """Who stands at an award, cluster by cluster, or those in one state."""
    found = [x for x in view.province.lines(award) if state in ("", x.state)]
    return tuple(_standing(line, at) for at, line in enumerate(found))


def _standing(line: ProvinceLine, at: int) -> StandingRow:
    return StandingRow(
        at,
        line.cluster.key.partition("/")[0],
        line.cluster.name,
        line.unit,
        line.unit_name,
        line.rank,
        line.award,
        STATES[line.state],
        _STATE_TONES.get(line.state),
        line.reason[:1].upper() + line.reason[1:],
    )


def flag_facts(view: ProvinceView) -> FlagFacts | None:
    """The Government's flag, or ``None`` where no table says how it is worked out."""
    flag = view.flag
    if flag is None:
        return None
    return FlagFacts(
        _share_words(view, flag),
        _chosen_words(flag),
        flag.too_many,
        flag.base,
        flag.rule.base is not None,
        tuple(_standing(line, at) for at, line in enumerate(flag.candidates)),
    )


def _share_words(view: ProvinceView, flag: FlagCandidates) -> str:
    titles = {award.id: award.title for award in view.province.awards()}
    among = titles.get(flag.rule.among, "hình thức này")
    counted = len(flag.candidates)
    base = (
        f"{counted} đơn vị được đề nghị {among}"
        if flag.rule.base is None
        else f"cơ số {flag.base} do Sở đặt ({counted} đơn vị được đề nghị {among})"
    )
    return (
        f"Tối đa {flag.places} cờ: {vietnamese(flag.rule.percent)}% của {base} là "
        f"{vietnamese(flag.exact)}, {_ROUNDED[flag.rule.rounding]}."
    )


def _chosen_words(flag: FlagCandidates) -> str:
    if not flag.chosen:
        return "Hội đồng chưa lựa chọn đơn vị nào."
    names = ", ".join(line.unit_name for line in flag.chosen)
    over = ", vượt số cờ tối đa" if flag.too_many else ""
    return f"Hội đồng đã lựa chọn {len(flag.chosen)} đơn vị{over}: {names}."
