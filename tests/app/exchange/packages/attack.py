"""How an attack is tried: by its name, on bytes of its own, against the code that it must meet."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from app.exchange.packages import KeyStanding
from tests.app.exchange.packages import samples as s

Attack = tuple[str, Callable[[], bytes]]
"""The code of the finding that refuses it, and its bytes."""

SECONDS = 2 if os.environ.get("BANGVANG_BENCH") else 4
"""Of the processor; the slowest takes half a second, twice that beside other tests."""


def refused(attack: Attack) -> None:
    """Holds that the package is not taken for intact, quickly and in words."""
    code, build = attack
    data = build()
    assert data != s.good(), "the attack left the good package as it is"
    begun = time.process_time()
    status = s.read(data)
    assert time.process_time() - begun < SECONDS
    assert code in s.codes(status), status.problems
    assert (status.intact, status.admissible) == (False, False)
    assert (status.head, status.contents, status.digest) == (None, None, None)
    assert status.standing is KeyStanding.NONE
    assert status.words == f"{s.NAME}: gói không nguyên vẹn, không được nhận."
    for problem in status.problems:
        assert problem.is_error or problem.code == "package_unsigned"
        assert problem.place.startswith(s.NAME)
        assert problem.message.endswith(".")
        assert problem.remedy.endswith(".")
        assert problem.place.isprintable()
