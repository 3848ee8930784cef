"""The papers of scoring: what units hand in, what they are asked, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.reports.papers import (
    agreement_papers,
    explanation_papers,
    ranking_papers,
    self_score_papers,
)
from app.reports.papers.contents import Contents

CONTENTS: Final[Mapping[str, Contents]] = {
    **self_score_papers.CONTENTS,
    **explanation_papers.CONTENTS,
    **agreement_papers.CONTENTS,
    **ranking_papers.CONTENTS,
}
