"""A cluster's year as papers see it: the sample's result, and the records that a workspace keeps."""

from __future__ import annotations

import pytest

from app.reports.papers.data import PaperData
from tests.app.reports.papers.sample_year import sample_year


@pytest.fixture(scope="session")
def sample() -> PaperData:
    """The year 2019 of the sample cluster, with its meetings, ballots and proposals."""
    return sample_year()
