"""Papers out: the ranking, the explained score sheets, the facts of the year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.operations.workspace.handing_out import Paper, hand_out
from ui.runner import Progress, Runner
from ui.session import Session


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of paper that can be handed out."""

    paper: Paper
    title: str
    words: str


OFFERS = (
    Offer(
        Paper.RANKING_PDF,
        "Bảng xếp hạng (PDF)",
        "Bảng để in và trình ký: thứ hạng, tổng điểm, cách xử lý trường hợp bằng điểm.",
    ),
    Offer(
        Paper.RANKING_EXCEL,
        "Bảng xếp hạng (Excel)",
        "Cùng số liệu trên bảng tính, có điểm từng mục để đối chiếu.",
    ),
    Offer(
        Paper.SHEETS_PDF,
        "Phiếu diễn giải điểm của từng đơn vị (PDF)",
        "Mỗi đơn vị một phiếu, nêu cách tính từng tiêu chí kèm căn cứ.",
    ),
    Offer(
        Paper.FACTS,
        "Dữ kiện cả năm (.toml)",
        "Toàn bộ số liệu của năm trong một tệp, để chuyển sang máy khác hoặc lưu giữ.",
    ),
)


class HandingOut:
    """The part "Xuất kết quả"."""

    def __init__(self, session: Session, runner: Runner) -> None:
        self._session, self._runner = session, runner
        self.chosen: set[Paper] = {Paper.RANKING_PDF, Paper.RANKING_EXCEL}
        self.written: tuple[Path, tuple[Path, ...]] | None = None

    def choose(self, paper: Paper, wanted: bool) -> None:
        """Takes a paper in, or leaves it out."""
        self.chosen = self.chosen | {paper} if wanted else self.chosen - {paper}

    @property
    def refusal(self) -> str:
        """Why nothing can be handed out now; empty where something can."""
        session = self._session
        if session.packs is None:
            return "Năm này chưa có bảng tiêu chí dùng được nên chưa có kết quả."
        if not session.units:
            return "Năm này chưa có đơn vị nào nên chưa có kết quả."
        if session.result is None and session.result_refusal:
            return "Chưa tính được kết quả: " + session.result_refusal[0].message
        return ""

    @property
    def provisional(self) -> tuple[str, ...]:
        """Why the result is not final; empty where it is."""
        result = self._session.result
        if result is None or not result.assessment.provisional:
            return ()
        return result.assessment.why_provisional

    def sentence(self) -> str:
        """What would be handed out."""
        if self.refusal:
            return self.refusal
        if not self.chosen:
            return "Chưa chọn loại văn bản nào để xuất."
        if self.provisional:
            return "Kết quả còn tạm tính; văn bản xuất ra có ghi rõ điều đó."
        return "Kết quả đủ số liệu; chọn văn bản rồi chọn thư mục để ghi."

    def write(
        self,
        folder: Path,
        done: Callable[[], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        overwrite: bool = False,
    ) -> None:
        """Writes the chosen papers into a folder, off the window's thread."""
        seat, papers = self._session.desk, tuple(p for p in Paper if p in self.chosen)

        def work(progress: Progress) -> tuple[Path, ...]:
            def told(share: float, name: str) -> None:
                if share < 1:
                    progress.tell(share, f"Lập văn bản {name}".strip())
                else:
                    progress.settle("Ghi các tệp vào thư mục")

            return hand_out(seat, folder, papers, overwrite=overwrite, told=told)

        def finished(files: tuple[Path, ...]) -> None:
            self.written = (folder, files)
            done()

        self._runner.run("Xuất kết quả", work, finished, failed)

    @property
    def told(self) -> str:
        """What was written, in a sentence; empty before."""
        if self.written is None:
            return ""
        folder, files = self.written
        return f"Đã ghi {len(files)} tệp vào thư mục {folder.name or folder}."
