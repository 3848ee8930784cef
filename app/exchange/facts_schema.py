"""The JSON Schema of facts. In TOML a date is a date of the language, in JSON a text."""

from __future__ import annotations

from typing import Final

from app.exchange.facts import FACTS_SCHEMA
from app.exchange.schemas import DIALECT, FLAG, ID, TEXT, Schema, by_id, each, one_of, table

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
    return {"$schema": DIALECT, "$id": FACTS_SCHEMA, "title": "Dữ kiện (facts)", **body}


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
        totals=by_id(
            NUMBER,
            "Tổng điểm của các đơn vị bằng nhau khi bỏ phiếu; điểm khác đi thì "
            "phiếu không còn giá trị.",
        ),
        places=WHOLE | {"description": "Số chỗ được chọn khi bỏ phiếu."},
    )
