"""The building blocks of the JSON Schemas of facts and results.

The schemas are written by hand from these, because the readers are written by hand; tests hold
them against every shipped facts file and result. The schema of packs is generated from the
models of ``app.rules``.
"""

from __future__ import annotations

from typing import Any, Final

Schema = dict[str, Any]
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

TEXT: Final[Schema] = {"type": "string"}
FLAG: Final[Schema] = {"type": "boolean"}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
ID: Final[Schema] = {"type": "string", "pattern": r"^[^\s:@+/=]+$", "maxLength": 80}


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
