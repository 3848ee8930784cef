"""The names in a certificate as people read them."""

from __future__ import annotations

from typing import Any, Final

_KEYS: Final = ("common_name", "organization_name", "organizational_unit_name")


def common_name(name: Any) -> str:
    """The name of a holder or issuer: its common name, else the name of its organisation."""
    held = name.native
    for key in _KEYS:
        value = held.get(key)
        words = ", ".join(value) if isinstance(value, list) else value
        if words:
            return " ".join(str(words).split())
    return " ".join(str(name.human_friendly).split())
