"""Signing and checking need nothing that the built program leaves out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import runpy, sys
left_out = runpy.run_path(sys.argv[1])["LEFT_OUT_MODULES"]
for name in left_out:
    sys.modules[name] = None
from app.operations.paper_check import check_paper
from app.operations.paper_signing import sign_paper
from tests.app.exchange.pdf.certificates import CHAIR, PASSPHRASE, SIGNED, pfx_of
from app.reports.document import Closing, Document, Paragraph, Signature, plain_line
from app.reports import pdf
end = Closing((Signature(("CHỦ TỌA",), CHAIR, field="chu_toa"),))
words = (Paragraph(plain_line("Nội dung.")),)
MINUTES = Document("Biên bản", None, "BIÊN BẢN", (), words, end)
done = sign_paper(pdf.render(MINUTES), pfx_of(CHAIR), PASSPHRASE, "chu_toa", when=SIGNED)
assert check_paper(done.data).sound
"""


def test_a_paper_is_signed_and_checked_without_what_is_left_out(root: Path) -> None:
    contents = root / "packaging" / "contents.py"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, contents],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
