"""The JSON Schemas of what goes in and out."""

from __future__ import annotations

from typing import Any, Literal

from app.exchange.facts_schema import facts_schema
from app.exchange.result_schema import result_schema
from app.rules.pack import RulePack


def schema_of(what: str | Literal["facts", "result", "pack"]) -> dict[str, Any]:
    """The JSON Schema of facts, results or packs."""
    match what:
        case "facts":
            return facts_schema()
        case "result":
            return result_schema()
    return RulePack.model_json_schema(by_alias=True)
