"""The JSON Schemas of facts and results, for editors and for outsiders who read or write them.

Written by hand from short building blocks, because the readers are written by hand; tests hold
both schemas against every shipped facts file and result. The schema of packs is generated from
the models of ``app.rules``. In TOML a date is a date of the language, in JSON a text.
"""

from __future__ import annotations

from typing import Any, Final

from app.exchange.facts import FACTS_SCHEMA
from app.exchange.result import RESULT_SCHEMA

Schema = dict[str, Any]
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

TEXT: Final[Schema] = {"type": "string"}
FLAG: Final[Schema] = {"type": "boolean"}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
ID: Final[Schema] = {"type": "string", "pattern": r"^[^\s:@+/=]+$", "maxLength": 80}
NUMBER: Final[Schema] = {
    "type": ["number", "string"],
    "description": "Số, hoặc văn bản như “12,5”; để trống là chưa có.",
}
WHOLE: Final[Schema] = {"type": ["integer", "string"], "minimum": 0}
DATE: Final[Schema] = {"type": "string", "description": "Ngày dạng 2022-12-31."}
FIGURES: Final[Schema] = {
    "type": "object",
    "additionalProperties": {"type": ["number", "string", "boolean"]},
    "description": "Số liệu theo cách chấm của tiêu chí: số, mức (chữ), có/không, ngày.",
}
VOTES: Final[Schema] = {"type": "object", "additionalProperties": WHOLE}

EXACT: Final[Schema] = {
    "type": "string",
    "pattern": r"^-?\d+(\.\d+|/\d+)?$",
    "description": "Số thập phân, hoặc p/q tối giản khi không viết hết được.",
}


def table(required: str, description: str = "", **properties: Schema) -> Schema:
    """An object with exactly these keys; ``required`` names those that must be there.

    A property called ``from_`` stands for the key ``from``, ``class_`` for ``class``.
    """
    schema: Schema = {
        "type": "object",
        "properties": {name.rstrip("_"): kind for name, kind in properties.items()},
        "additionalProperties": False,
    }
    if required:
        schema["required"] = required.split()
    if description:
        schema["description"] = description
    return schema


def record(description: str = "", **properties: Schema) -> Schema:
    """An object of the result, in which every key always stands."""
    names = " ".join(name.rstrip("_") for name in properties)
    return table(names, description, **properties)


def each(item: Schema, description: str = "") -> Schema:
    """A list."""
    schema: Schema = {"type": "array", "items": item}
    return schema | ({"description": description} if description else {})


def by_id(item: Schema, description: str = "") -> Schema:
    """An object whose keys are ids or codes."""
    schema: Schema = {"type": "object", "additionalProperties": item}
    return schema | ({"description": description} if description else {})


def one_of(*words: str) -> Schema:
    """One of a few words."""
    return {"type": "string", "enum": list(words)}


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def facts_schema() -> Schema:
    """The JSON Schema of ``bangvang-facts/1``."""
    body = table(
        "schema period clusters units",
        "Dữ kiện của một năm thi đua.",
        schema={"const": FACTS_SCHEMA},
        ranking_round=TEXT | {"description": "Vòng dùng để xếp hạng, thay cho lựa chọn của gói."},
        entries_file=TEXT | {"description": "Tên tệp bảng điểm nằm cạnh tệp này."},
        period=table("name from to", "Năm thi đua.", name=TEXT, from_=DATE, to=DATE),
        parameters=by_id(
            {"type": ["string", "number", "boolean"]}, "Lựa chọn cho điều mà quy định để ngỏ."
        ),
        quotas=each(
            table("award", award=TEXT, count=WHOLE, percent=NUMBER, base=WHOLE, cluster=TEXT),
            "Chỉ tiêu khen thưởng của năm: count, hoặc percent.",
        ),
        clusters=each(table("id", id=ID, name=TEXT, block=TEXT), "Cụm, khối thi đua."),
        units=each(
            table(
                "id",
                id=ID,
                name=TEXT,
                cluster=TEXT,
                roles=each(TEXT),
                joined=DATE,
                left=DATE,
                attributes=FIGURES,
            ),
            "Đơn vị.",
        ),
        own_criteria=each(
            table(
                "unit slot code title max method",
                unit=TEXT,
                slot=TEXT,
                code=ID,
                title=TEXT,
                max=NUMBER,
                method={"type": "object", "description": "Như method trong gói quy tắc."},
            ),
            "Tiêu chí do đơn vị tự đăng ký.",
        ),
        entries=each(_entry(), "Một ô: một đơn vị, một tiêu chí, một vòng chấm."),
        totals=each(
            table("unit round points", unit=TEXT, round=TEXT, points=NUMBER, section=TEXT),
            "Tổng điểm, nơi chỉ biết tổng.",
        ),
        bonus=each(_item(), "Căn cứ cộng điểm."),
        deductions=each(_item(), "Căn cứ trừ điểm."),
        standing=each(
            table("unit case", unit=TEXT, case=TEXT, reference=TEXT, since=DATE, until=DATE),
            "Trường hợp không xét, chưa xét …",
        ),
        conditions=each(
            table("unit condition met", unit=TEXT, condition=TEXT, met=FLAG, reference=TEXT),
            "Điều kiện kèm theo, đánh dấu đạt hay không.",
        ),
        ballots=each(_ballot(), "Kết quả kiểm phiếu."),
        decisions=each(
            table("question outcome", question=TEXT, outcome=NUMBER, by=TEXT, reference=TEXT),
            "Quyết định của cấp có thẩm quyền.",
        ),
    )
    return {"$schema": _DIALECT, "$id": FACTS_SCHEMA, "title": "Dữ kiện (facts)", **body}


def _entry() -> Schema:
    return table(
        "unit criterion",
        unit=TEXT,
        criterion=TEXT,
        round=TEXT,
        state={"enum": ["scored", "not_done", "not_assigned", "blank", ""]},
        figures=FIGURES,
        points=NUMBER,
        reason=TEXT,
        evidence=WHOLE,
        pack=TEXT,
    )


def _item() -> Schema:
    return table(
        "unit item",
        unit=TEXT,
        item=TEXT,
        count=WHOLE,
        points=NUMBER,
        figures=FIGURES,
        subject=TEXT,
        reason=TEXT,
    )


def _ballot() -> Schema:
    return table(
        "purpose votes",
        purpose=one_of("tie", "award", "leader", "deputy", "free"),
        award=TEXT,
        form=one_of("choose", "approve"),
        number=WHOLE,
        cluster=TEXT,
        members=WHOLE,
        present=WHOLE,
        issued=WHOLE,
        returned=WHOLE,
        valid=WHOLE,
        invalid=WHOLE,
        blank=WHOLE,
        written_returned=WHOLE,
        votes=VOTES,
        against=VOTES,
        written=VOTES,
        written_against=VOTES,
    )


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
        "$schema": _DIALECT,
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
