"""Every kind of operation names the topics that it touches."""

from __future__ import annotations

import re
from pathlib import Path

from ui.topics import _TOPICS, ALL, Topic, topics_of


def test_every_kind_of_operation_names_known_topics_or_all(root: Path) -> None:
    """A verb with a new kind refreshes everything until it is named here."""
    kinds = {
        found
        for file in (root / "app" / "operations").rglob("*.py")
        for found in re.findall(r'\.act\(\s*"([a-z_]+\.[a-z_]+)"', file.read_text("utf-8"))
    }
    assert len(kinds) > 20
    named = {kind for kind in kinds if kind.partition(".")[0] in _TOPICS}
    for kind in kinds - named:
        assert topics_of(kind) == ALL - {Topic.RESULT}, kind
    words = "\n".join(f.read_text("utf-8") for f in (root / "app" / "operations").rglob("*.py"))
    for head in _TOPICS:
        assert f'"{head}.' in words, f"no verb is of the kind {head}"
