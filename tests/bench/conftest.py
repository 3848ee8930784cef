"""The workspaces of the window's tests, for its benches."""

from tests.ui.conftest import real_workspace

__all__ = ["real_workspace"]
