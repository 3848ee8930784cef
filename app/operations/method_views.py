"""The page of methods, with examples out of the shipped packs."""

from __future__ import annotations

from typing import Any

from app.ground.findings import UserError
from app.operations.loading import load_pack, shipped_packs
from app.operations.pack_views import plain_tree
from app.rules.methods_page import describe_all, methods_page
from app.rules.pack import RulePack


def methods_data() -> list[dict[str, Any]]:
    """Every method with its settings, figures, formula, edges and an example."""
    data: list[dict[str, Any]] = plain_tree(describe_all(_packs()))
    return data


def methods_text() -> str:
    """The whole page in Markdown."""
    return methods_page(_packs())


def _packs() -> list[RulePack]:
    """The shipped packs that can be read, teaching packs first: their examples are shortest."""
    packs: list[RulePack] = []
    for folder in sorted(shipped_packs(), key=lambda p: ("teaching" not in p.parts, p)):
        try:
            packs.append(load_pack(folder).rules)
        except UserError:
            continue
    return packs
