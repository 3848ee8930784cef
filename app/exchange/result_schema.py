"""The JSON Schema of results."""

from __future__ import annotations

from typing import Final

from app.exchange.result import RESULT_SCHEMA
from app.exchange.schemas import (
    COUNT,
    DIALECT,
    FLAG,
    TEXT,
    Schema,
    by_id,
    each,
    maybe,
    one_of,
    record,
    table,
)

EXACT: Final[Schema] = {
    "type": "string",
    "pattern": r"^-?\d+(\.\d+|/\d+)?$",
    "description": "Số thập phân, hoặc p/q tối giản khi không viết hết được.",
}
_STATE: Final = one_of("scored", "not_done", "not_assigned", "blank")
_FIGURES: Final = by_id({"type": ["string", "boolean"]})
_RULES: Final = (
    "sum",
    "given",
    "formula",
    "table",
    "cap",
    "round",
    "rescale",
    "highest",
    "not_counted",
)


def result_schema() -> Schema:
    """The JSON Schema of ``bangvang-result/1``; a refusal has only ``schema`` and ``findings``."""
    body = table(
        "schema findings",
        "Kết quả chấm điểm. Số viết thành văn bản; digest tính trên mọi khóa trừ các câu chữ.",
        schema={"const": RESULT_SCHEMA},
        status=one_of("final", "provisional"),
        why_provisional=each(TEXT),
        ranking_round=TEXT,
        scored_round=TEXT,
        period=record(name=TEXT, from_=TEXT, to=TEXT),
        packs=each(
            record(id=TEXT, version=TEXT, digest=TEXT, role=one_of("main", "overlay", "companion"))
        ),
        parameters=by_id(
            record(
                value={"type": ["string", "boolean", "null"]},
                source=one_of("pack", "facts"),
                clause=maybe(TEXT),
                title=TEXT,
                note=TEXT,
            )
        ),
        clusters=by_id(each(TEXT), "Đơn vị của mỗi cụm theo thứ tự xếp hạng."),
        units=by_id({"$ref": "#/$defs/unit"}),
        quotas=each(
            record(
                award=TEXT,
                cluster=maybe(TEXT),
                base=maybe(COUNT),
                exact=maybe(EXACT),
                count=maybe(COUNT),
                source=TEXT,
                clause=maybe(TEXT),
            )
        ),
        awards=each(
            record(
                award=TEXT,
                unit=TEXT,
                cluster=TEXT,
                state=one_of("proposed", "held", "tied", "reserve", "refused"),
                reason_code=TEXT,
                reason=TEXT,
                clause=maybe(TEXT),
            )
        ),
        ties=each(
            record(
                id=TEXT,
                units=each(TEXT),
                award=TEXT,
                cluster=maybe(TEXT),
                places=COUNT,
                resolved_by=maybe(one_of("ballot", "keys", "decision")),
                winner=maybe(TEXT),
                winners=each(TEXT),
                how=TEXT,
                clause=maybe(TEXT),
            )
        ),
        ballots=each(_counted_ballot()),
        open_questions=each(
            record(
                id=TEXT,
                parameter=TEXT,
                units=each(TEXT),
                what=TEXT,
                outcomes=each(record(choice=TEXT, effect=TEXT)),
            )
        ),
        companions=by_id(
            record(
                status=one_of("final", "provisional"),
                why_provisional=each(TEXT),
                ranking_round=TEXT,
                scored_round=TEXT,
                units=by_id({"$ref": "#/$defs/unit"}),
            )
        ),
        moves=each(_move()),
        findings=each(
            record(
                code=TEXT,
                severity=one_of("error", "warning", "note"),
                place=TEXT,
                message=TEXT,
                remedy=TEXT,
            )
        ),
        digest=TEXT,
    )
    definitions = {"unit": _unit(), "criterion": _criterion(), "step": _step()}
    return {
        "$schema": DIALECT,
        "$id": RESULT_SCHEMA,
        "title": "Kết quả (result)",
        **body,
        "$defs": definitions,
    }


def _move() -> Schema:
    value: Schema = {"type": ["string", "integer", "null"]}
    return table(
        "unit what criterion old new",
        unit=TEXT,
        what=one_of("points", "rank", "class", "award"),
        criterion=maybe(TEXT),
        old=value,
        new=value,
        pack=TEXT,
    )


def _counted_ballot() -> Schema:
    return record(
        purpose=one_of("tie", "award", "leader", "deputy", "free"),
        award=maybe(TEXT),
        number=COUNT,
        base=one_of("members", "present", "issued", "valid"),
        base_count=maybe(COUNT),
        needed=maybe(COUNT),
        quorum=maybe(record(base=COUNT, needed=COUNT, present=COUNT, met=FLAG)),
        votes=by_id(COUNT),
        outcome=one_of("elected", "passed", "failed", "tied", "void", "no_quorum"),
        elected=each(TEXT),
        why=TEXT,
        clause=maybe(TEXT),
    )


def _unit() -> Schema:
    return record(
        name=TEXT,
        cluster=TEXT,
        criteria=by_id({"$ref": "#/$defs/criterion"}),
        sections=by_id(record(exact=EXACT, points=EXACT, max=EXACT, how=TEXT)),
        bonus=_items_result(),
        deductions=_items_result(),
        total_exact=EXACT,
        total=EXACT,
        how=TEXT,
        own_max=EXACT,
        percent=maybe(EXACT),
        percent_exact=maybe(EXACT),
        class_=maybe(TEXT),
        class_reason=TEXT,
        rank=maybe(COUNT),
        rank_among_eligible=maybe(COUNT),
        rank_decided_by=maybe(TEXT),
        tied_with=each(TEXT),
        eligibility=each(
            record(
                kind=one_of(
                    "barred",
                    "held",
                    "ceiling",
                    "lowered",
                    "failed",
                    "unclassified",
                    "condition_unmet",
                ),
                case=TEXT,
                title=TEXT,
                clause=maybe(TEXT),
                derived_from=TEXT,
                awards=each(TEXT),
            )
        ),
    )


def _items_result() -> Schema:
    return record(
        items=by_id(record(exact=EXACT, points=EXACT, why={"$ref": "#/$defs/step"})),
        exact=EXACT,
        total=EXACT,
        how=TEXT,
    )


def _criterion() -> Schema:
    return record(
        state=_STATE,
        figures=_FIGURES,
        level=maybe(TEXT),
        exact=EXACT,
        points=EXACT,
        max=EXACT,
        assigned=FLAG,
        round=maybe(TEXT),
        why={"$ref": "#/$defs/step"},
        rounds=by_id(
            record(
                state=_STATE,
                figures=_FIGURES,
                computed=maybe(EXACT),
                claimed=maybe(EXACT),
                override=maybe(EXACT),
                reason=TEXT,
                points=maybe(EXACT),
                evidence=maybe(COUNT),
            )
        ),
    )


def _step() -> Schema:
    return record(
        "Một bước: với rule = sum các phần cộng lại bằng value.",
        value=EXACT,
        rule=one_of(*_RULES),
        how=TEXT,
        clause=maybe(TEXT),
        parts=each({"$ref": "#/$defs/step"}),
    )
