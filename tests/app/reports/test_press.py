"""reportlab is imported without what papers never ask for."""

from __future__ import annotations

import re
import subprocess
import sys

from reportlab.platypus import paragraph

from app.reports.press import PatternWhenUsed

ASKING = """
import re
import sys
theirs = re.compile
import app.reports.pdf
from reportlab.platypus import paragraph
assert re.compile is theirs
assert "PIL.Image" not in sys.modules
assert "_compiled" not in vars(paragraph.uri_pat)
assert paragraph.uri_pat.match("https://caobang.gov.vn/tin")
assert "_compiled" in vars(paragraph.uri_pat)
from reportlab.lib.utils import ImageReader
import PIL.Image
assert ImageReader(PIL.Image.new("L", (2, 3))).getSize() == (2, 3)
"""


def test_importing_the_drawing_of_papers_leaves_what_is_slow_for_its_first_use() -> None:
    done = subprocess.run([sys.executable, "-c", ASKING], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_a_pattern_compiled_when_used_answers_as_one_compiled_at_once() -> None:
    late, ready = PatternWhenUsed("[a-z]+|Đ", re.IGNORECASE), re.compile("[a-z]+|Đ", re.IGNORECASE)
    for text in ("Cao Bằng", "đ", "12", ""):
        assert late.findall(text) == ready.findall(text)
        assert late.split(text) == ready.split(text)
    assert late.pattern == ready.pattern
    assert late.flags == ready.flags


def test_reportlab_still_breaks_a_line_within_an_address() -> None:
    parts = paragraph.uri_pat.match("https://caobang.gov.vn/tin-tuc")
    assert parts is not None
    assert parts[1] == "https://"
