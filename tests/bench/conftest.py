"""The workspaces of the window's tests, for its benches."""

from tests.ui.conftest import sample_workspace

__all__ = ["sample_workspace"]
