"""Papers into a folder, signed papers beside the unsigned, and papers that came back; without Qt.

Nothing that lies in a folder is written over. A paper that cannot be written does not keep the
others from being written; what is wrong with it is told at the end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.ground.findings import Finding, UserError
from app.operations.paper_folder import write_beside
from app.operations.workspace.paper_desk import Form, one_paper, rendered, write_papers
from app.operations.workspace.paper_verdict import Standing, paper_verdict
from ui.pages.papers.facts import CheckFacts, Key
from ui.runner import Progress, Runner
from ui.session import Session
from ui.theme.tokens import Tone

if TYPE_CHECKING:
    from app.operations.paper_signing import SignedPaper
    from app.reports.papers.data import PaperData

FORM_WORDS: Final[tuple[tuple[Form, str, str], ...]] = (
    ("pdf", "PDF", "Để in, ký và gửi đi."),
    ("docx", "Word", "Để sửa câu chữ trước khi ký."),
    ("xlsx", "Excel", "Chỉ những văn bản có bảng."),
)
"""The forms that can be chosen, with what each is for."""
_FIRST: Final = "pdf"
CHOICE: Final = "papers.forms"
FOLDER: Final = "papers.folder"
"""Under which names the officer's choices are remembered."""
_TONES: Final = {
    Standing.PRESENT: Tone.GOOD,
    Standing.OLDER: Tone.WAITING,
    Standing.UNKNOWN_STATE: Tone.WAITING,
    Standing.OTHER_WORKSPACE: Tone.WAITING,
    Standing.NOT_MADE_NOW: Tone.WAITING,
    Standing.UNBOUND: Tone.NEUTRAL,
}
_SHOWN: Final = 2
_SIGNED: Final = "-da-ky"
_NOTHING: Final = "Không có tệp nào được ghi: văn bản không có bảng nên không có dạng Excel."
ALTERED: Final = "Văn bản không còn như khi chương trình lập nên không đối chiếu với sổ."
"""Said of a paper whose words were changed: what it says of its data is worth nothing."""


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, and what is wrong with papers that were not."""

    folder: Path
    files: tuple[Path, ...]
    findings: tuple[Finding, ...]

    @property
    def sentence(self) -> str:
        """What was done."""
        if not self.files:
            return _NOTHING if not self.findings else "Chưa ghi được tệp nào."
        listed = ", ".join(f"“{file.name}”" for file in self.files[:_SHOWN])
        more = len(self.files) - _SHOWN
        rest = f" và {more} tệp khác" if more > 0 else ""
        return f"Đã ghi {listed}{rest} vào thư mục “{self.folder.name}”."


@dataclass(frozen=True, slots=True)
class Signing:
    """What is signed with what: files, the passphrase, and the place where several are left."""

    pdf: Path
    pfx: Path
    passphrase: str
    field: str = ""
    image: Path | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """The signed file, in a sentence, and what must be looked at."""

    file: Path
    sentence: str
    findings: tuple[Finding, ...]


def chosen_forms(kept: str) -> tuple[Form, ...]:
    """The forms out of what is remembered; at least one."""
    wanted = kept.split()
    return tuple(form for form, _w, _h in FORM_WORDS if form in wanted) or (_FIRST,)


def write(
    runner: Runner,
    fresh: Callable[[], PaperData],
    keys: Sequence[Key],
    folder: Path,
    forms: Sequence[Form],
    done: Callable[[Written], None],
) -> None:
    """Makes papers and writes them into a folder, with progress and cancel."""

    def work(progress: Progress) -> Written:
        faults: list[Finding] = []
        progress.tell(None, "Đọc số liệu")
        data = fresh()

        def into(made: Path) -> tuple[Path, ...]:
            files: list[Path] = []
            for at, key in enumerate(keys):
                line = one_paper(data, *key)
                progress.tell(at / len(keys), line.name)
                try:
                    files += write_papers([line], made, forms)
                except UserError as fault:
                    faults.extend(fault.findings)
            progress.settle("Ghi vào thư mục")
            return tuple(files)

        files = write_beside(into, folder)
        return Written(folder, files, tuple(faults))

    runner.run("Ghi văn bản", work, done)


def write_pdf(data: PaperData, key: Key, folder: Path) -> Path:
    """One paper as a PDF in a folder, to be signed there."""
    line = one_paper(data, *key)
    pdf = rendered(line.made.document, "pdf") or b""
    return _put(f"{line.stem}.pdf", pdf, folder)


def _put(name: str, data: bytes, folder: Path) -> Path:
    def into(made: Path) -> tuple[Path, ...]:
        (made / name).write_bytes(data)
        return (made / name,)

    return write_beside(into, folder)[0]


# ------------------------------------------------------------------ signing
def places_left(
    runner: Runner, pdf: Path, done: Callable[[tuple[str, ...]], None],
    failed: Callable[[Exception], None],
) -> None:  # fmt: skip
    """The places of a PDF in which nobody has signed."""

    def work(_progress: Progress) -> tuple[str, ...]:
        from app.operations.paper_check import read_paper
        from app.operations.paper_signing import signing_places

        return signing_places(read_paper(pdf))

    runner.run("Đọc các chỗ ký", work, done, failed, quiet=True)


def sign(
    runner: Runner,
    wanted: Signing,
    done: Callable[[Signed], None],
    failed: Callable[[Exception], None],
    when: dt.datetime | None = None,
) -> None:
    """Signs a PDF; the signed file lies beside it."""
    moment = when or dt.datetime.now().astimezone()

    def work(progress: Progress) -> Signed:
        from app.operations.paper_check import read_paper
        from app.operations.paper_signing import sign_paper

        progress.settle(wanted.pdf.name)
        image = read_paper(wanted.image) if wanted.image is not None else None
        made = sign_paper(
            read_paper(wanted.pdf),
            read_paper(wanted.pfx),
            wanted.passphrase,
            wanted.field,
            when=moment,
            image=image,
        )
        stem = wanted.pdf.stem.removesuffix(_SIGNED)  # signed a second time, it keeps its name
        file = _put(f"{stem}{_SIGNED}.pdf", made.data, wanted.pdf.parent)
        return Signed(file, _signed_words(made, file), made.findings)

    runner.run("Ký số", work, done, failed)


def _signed_words(made: SignedPaper, file: Path) -> str:
    held = made.certificate
    return (
        f"Đã ký bằng chứng thư số của {held.holder}, do {held.issuer} cấp, có hiệu lực đến "
        f"{held.valid_until:%d/%m/%Y}. Tệp đã ký: “{file.name}”, nằm cạnh tệp chưa ký."
    )


# ------------------------------------------------------------------ what came back
def check(
    session: Session,
    runner: Runner,
    file: Path,
    done: Callable[[CheckFacts], None],
) -> None:
    """Reads a PDF that came back and holds it against the book."""
    desk = session.desk

    def work(progress: Progress) -> CheckFacts:
        from app.operations.paper_check import Words, check_paper, read_paper

        progress.tell(None, file.name)
        found = check_paper(read_paper(file))
        if found.words is Words.CHANGED:
            return CheckFacts(file.name, ALTERED, Tone.ERROR, found.lines(), found.findings)
        verdict = paper_verdict(desk, found)
        findings = (*found.findings, *verdict.findings)
        tone = _TONES[verdict.standing]
        if any(finding.is_error for finding in findings):
            tone = Tone.ERROR
        return CheckFacts(file.name, verdict.sentence, tone, found.lines(), findings)

    runner.run("Kiểm tra tệp PDF", work, done)
