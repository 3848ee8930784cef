"""The papers of the conferences: invitations, attendance, ballots, minutes, conclusions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.reports.papers import ballot_papers, conference_minutes, invitation_papers
from app.reports.papers.contents import Contents

CONTENTS: Final[Mapping[str, Contents]] = {
    **invitation_papers.CONTENTS,
    **ballot_papers.CONTENTS,
    **conference_minutes.CONTENTS,
}
