"""Overlay packs: duties of process that combine with any points pack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.ground.findings import Findings
from app.rules.awards import BallotRule
from app.rules.base import PackModel
from app.rules.pack import RulePack

_LISTS = ("sources", "clauses", "scales", "standing", "conditions", "duties", "dossiers")


def with_overlays(main: RulePack, overlays: Sequence[RulePack], findings: Findings) -> RulePack:
    """``main`` with the cases, conditions, ballots, duties and dossiers of the overlays.

    A ballot rule of an overlay settles what the main rule for the same purpose leaves unsaid.
    An id that both use stays the main pack's; a finding says so.
    """
    merged = main
    for overlay in overlays:
        changes: dict[str, Any] = {}
        for name in _LISTS:
            changes[name] = _joined(name, merged, overlay, findings)
        changes["ballots"] = _ballots(merged.ballots, overlay.ballots)
        merged = merged.model_copy(update=changes)
    return merged


def _joined(
    name: str, main: RulePack, overlay: RulePack, findings: Findings
) -> tuple[PackModel, ...]:
    own = getattr(main, name)
    known = {item.id for item in own}
    added = []
    for item in getattr(overlay, name):
        if item.id in known:
            findings.warning(
                "overlay_id_taken",
                f"{overlay.id}, {name}, {item.id}",
                f"Mã “{item.id}” đã có trong gói “{main.id}”; mục kèm theo không được dùng.",
                "Đổi mã ở gói kèm theo.",
            )
        else:
            added.append(item)
    return (*own, *added)


def _ballots(main: Sequence[BallotRule], overlay: Sequence[BallotRule]) -> tuple[BallotRule, ...]:
    rules = list(main)
    for extra in overlay:
        place = next(
            (
                i
                for i, rule in enumerate(rules)
                if (rule.purpose, rule.award) == (extra.purpose, extra.award)
            ),
            None,
        )
        if place is None:
            rules.append(extra)
            continue
        said = rules[place].model_fields_set
        more = {n: getattr(extra, n) for n in extra.model_fields_set if n not in said}
        rules[place] = rules[place].model_copy(update=more)
    return tuple(rules)
