"""What every test may rely on: places of outside material, no network, and no quiet skips."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis.configuration import set_hypothesis_home_dir

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parent.parent

# A slow machine must not fail a law; on CI the same examples are drawn each time.
set_hypothesis_home_dir(ROOT / ".cache" / "hypothesis")
hypothesis.settings.register_profile("here", deadline=None, print_blob=True)
hypothesis.settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


# ------------------------------------------------------------------ places


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


def _outside(variable: str) -> Path:
    place = os.environ.get(variable, "")
    if not place or not Path(place).exists():
        pytest.skip(f"needs outside material: {variable} does not name an existing place")
    return Path(place)


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of source documents that the rule packs quote (`BANGVANG_SOURCES`)."""
    return _outside("BANGVANG_SOURCES")


@pytest.fixture(scope="session")
def real_table() -> Path:
    """A table of real self-scores, kept outside this repository (`BANGVANG_REAL_TABLE`)."""
    return _outside("BANGVANG_REAL_TABLE")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("needs_sources"):
        _outside("BANGVANG_SOURCES")


# ------------------------------------------------------------------ no network


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Generator[None]:
    """The program works without a network; a test that reaches for one fails."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test reached for the network: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", only_here)
        yield


# ------------------------------------------------------------------ order


def pytest_configure(config: pytest.Config) -> None:
    """Processors share the tests in small portions: the long ones do not all fall to the first."""
    if getattr(config.option, "maxschedchunk", 0) is None:  # nobody chose; without xdist, no option
        config.option.maxschedchunk = 100


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: begun last, they would leave the other processors idle."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


# ------------------------------------------------------------------ memory
# Modules and the tests themselves stay until the end: the collector need not look through them
# again each time, which it does after every window. And it must be at work: a test that turns it
# off for good lets its worker grow without bound.


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _collector_at_work() -> Generator[None]:
    yield
    assert gc.isenabled(), "the test left the collector turned off"


# ------------------------------------------------------------------ no quiet skips
# Where everything can be installed and the outside material is at hand, the set-up sets
# BANGVANG_NO_SKIP, and whatever would be skipped fails by its reason. Expected failures stay.


def _fail_if_skipped(report: Any) -> None:
    if (
        os.environ.get("BANGVANG_NO_SKIP", "") not in {"", "0"}
        and report.skipped
        and not hasattr(report, "wasxfail")
    ):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"BANGVANG_NO_SKIP is set, and this was skipped: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    report = yield
    _fail_if_skipped(report)
    return report
