"""The frame of the papers that look back at scores: numbered parts under one letterhead."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.snapshot import Cluster
from app.reports.document import Appendix, Block, Document, Draft, Heading, Page
from app.reports.issuing import Issuing, cluster_name
from app.reports.ranking import ROMAN
from app.scoring.assessment import Assessment


def review_paper(
    issuing: Issuing,
    assessment: Assessment,
    cluster: Cluster,
    subject: str,
    parts: Sequence[tuple[str, Sequence[Block]]],
    *,
    draft: Draft | None,
    appendices: Sequence[Appendix] = (),
    page: Page = Page(),  # noqa: B008  (a frozen value)
) -> Document:
    """A report on one cluster; a part without content is left out, the others are numbered."""
    name = cluster_name(assessment, cluster)
    blocks: list[Block] = []
    filled = [(title, found) for title, found in parts if found]
    for number, (title, found) in zip(ROMAN, filled, strict=False):
        blocks += [Heading(f"{number}. {title}"), *found]
    return Document(
        title=f"{subject} - {name}",
        letterhead=issuing.letterhead(assessment, cluster),
        kind="BÁO CÁO",
        subject=(subject, name),
        blocks=tuple(blocks),
        closing=issuing.closing(assessment, cluster),
        draft=draft,
        appendices=tuple(appendices),
        page=page,
    )
