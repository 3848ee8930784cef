"""The wizard "cụm mới từ khung điểm" as a plain state machine, without Qt.

Five steps; going back keeps what was typed; a step is left only when it has no fault, and it tells
all its faults at once. Nothing is written: ``founding`` is what the last step hands to the verb.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final, Literal

from app.domain.snapshot import Cluster, Unit
from app.domain.year import PeriodRecord
from app.ground.findings import UserError
from app.ground.numbers import NumberTextError, read_number
from app.operations.founding import Founding
from app.operations.workspace.years import year_record
from ui.flows.frames import Block, Frame, Question
from ui.flows.fresh_folder import FORBIDDEN, folder_name
from ui.flows.steps import Fault, Step
from ui.flows.unit_names import TypedUnit, read_units, repeated, short_ids, too_long

CLUSTER: Final = "k1"


class NewCluster:
    """What the officer has said so far."""

    def __init__(self, today: dt.date, parent: Path, officer: str = "") -> None:
        self.step = Step.FRAME
        self.frame: Frame | None = None
        self.block = ""
        self.cluster_name = ""
        self.units_text = ""
        self.leader: str | None = None
        self.deputy: str | None = None
        self.kind: Literal["calendar", "school"] = "calendar"
        self.first_year = today.year
        self.dates: tuple[dt.date, dt.date] | None = None
        self.unread: dict[str, Fault] = {}
        self._year_name = ""
        self._own_table: bool | None = None
        self._table_title = ""
        self.answers: dict[str, bool | str | Fraction] = {}
        self.typed_answers: dict[str, str] = {}
        self.officer = officer
        self.parent = parent
        self._folder_name = ""

    # ------------------------------------------------------------- steps

    def ahead(self) -> tuple[Fault, ...]:
        """One step on, unless the present one has faults; they are the answer."""
        faults = self.faults(self.step)
        if not faults and self.step < Step.PLACE:
            self.step = Step(self.step + 1)
        return faults

    def back(self) -> None:
        """One step back; what was typed stays."""
        if self.step > Step.FRAME:
            self.step = Step(self.step - 1)

    def to(self, wanted: Step) -> tuple[Fault, ...]:
        """To a step: back at once, forward over steps without faults."""
        while self.step < wanted:
            faults = self.ahead()
            if faults:
                return faults
        self.step = wanted
        return ()

    def faults(self, step: Step) -> tuple[Fault, ...]:
        """All that is missing or wrong in a step."""
        checks = {
            Step.FRAME: self._frame_faults,
            Step.UNITS: self._unit_faults,
            Step.YEAR: self._year_faults,
            Step.TABLE: self._table_faults,
            Step.PLACE: self._place_faults,
        }
        return tuple(checks[step]())

    @property
    def all_faults(self) -> tuple[Fault, ...]:
        """What is wrong anywhere; the last step waits for it."""
        return tuple(fault for step in Step for fault in self.faults(step))

    # ------------------------------------------------------------- frame and block

    def choose_frame(self, frame: Frame) -> None:
        """Takes a frame; block and answers that it does not know are dropped."""
        if self.frame is not None and frame.digest == self.frame.digest:
            return
        self.frame = frame
        if self.block not in {block.id for block in frame.blocks}:
            self.block = frame.blocks[0].id if len(frame.blocks) == 1 else ""
        known = {question.id: question for question in frame.questions}
        self.answers = {
            key: value
            for key, value in self.answers.items()
            if key in known and (known[key].range or value in dict(known[key].answers))
        }
        self.typed_answers = {k: v for k, v in self.typed_answers.items() if k in known}

    @property
    def chosen_block(self) -> Block | None:
        """The chosen kind of cluster."""
        blocks = self.frame.blocks if self.frame is not None else ()
        return next((block for block in blocks if block.id == self.block), None)

    def _frame_faults(self) -> Iterator[Fault]:
        if self.frame is None:
            yield Fault(
                "Khung điểm",
                "Chưa chọn khung điểm.",
                "Chọn một khung trong danh sách, hoặc lấy khung từ tệp.",
            )
        elif self.frame.blocks and self.chosen_block is None:
            yield Fault(
                "Loại cụm, khối",
                "Chưa chọn loại cụm, khối.",
                "Chọn loại đúng với cụm, khối của mình: mỗi loại có quy định riêng.",
            )

    # ------------------------------------------------------------- units

    @property
    def units(self) -> tuple[TypedUnit, ...]:
        """The units as typed; roles chosen by hand ("" is nobody) stand before pasted ones."""
        typed = read_units(self.units_text)
        names = {unit.name for unit in typed}
        by_hand = {"", *names}
        leader = self.leader if self.leader in by_hand else self._pasted(typed, "leader")
        deputy = self.deputy if self.deputy in by_hand else self._pasted(typed, "deputy")
        roles = {deputy: "deputy", leader: "leader"}
        return tuple(TypedUnit(unit.name, roles.get(unit.name, "")) for unit in typed)

    @staticmethod
    def _pasted(typed: Sequence[TypedUnit], role: str) -> str:
        return next((unit.name for unit in typed if unit.role == role), "")

    @property
    def unit_ids(self) -> tuple[str, ...]:
        """The short ids of the units, in their order."""
        return short_ids([unit.name for unit in self.units])

    def _unit_faults(self) -> Iterator[Fault]:
        word = self.frame.cluster if self.frame is not None else "cụm, khối"
        if not self.cluster_name.strip():
            yield Fault(
                "Tên cụm, khối",
                f"Chưa ghi tên {word}.",
                "Ghi tên như trong văn bản, ví dụ “Khối thi đua các cơ quan Nội chính”.",
            )
        units = self.units
        if len(units) < 2:
            yield Fault(
                "Các đơn vị",
                "Chưa có đơn vị nào." if not units else "Mới có một đơn vị.",
                "Ghi mỗi đơn vị một dòng, ít nhất hai đơn vị.",
            )
        for name in repeated(units):
            yield Fault(
                "Các đơn vị",
                f"“{name}” có hơn một lần trong danh sách.",
                "Xóa dòng thừa, hoặc ghi thêm để phân biệt hai đơn vị.",
            )
        for name in too_long(units):
            yield Fault(
                "Các đơn vị",
                f"Dòng “{name[:60]}…” dài quá một tên đơn vị.",
                "Kiểm tra lại: mỗi dòng chỉ ghi một tên.",
            )
        if self.leader and self.leader == self.deputy:
            yield Fault(
                "Vai trò",
                f"“{self.leader}” đang giữ cả hai vai trò.",
                "Chọn hai đơn vị khác nhau, hoặc để trống một vai trò.",
            )

    # ------------------------------------------------------------- year

    @property
    def year_id(self) -> str:
        """ "2026", or "2026-2027" for a school year."""
        first = self.first_year
        return f"{first}-{first + 1}" if self.kind == "school" else str(first)

    @property
    def year_name(self) -> str:
        """How the year is called; its id unless it was named."""
        return self._year_name or self.year_id

    @year_name.setter
    def year_name(self, name: str) -> None:
        self._year_name = "" if name.strip() == self.year_id else name.strip()

    def not_read(self, key: str, fault: Fault | None) -> None:
        """Notes what stands in a box of the year's step and is no year or day; or that it is."""
        self.unread.pop(key, None)
        if fault is not None:
            self.unread[key] = fault

    @property
    def usual_dates(self) -> tuple[dt.date, dt.date]:
        """First and last day by the calendar."""
        record = year_record(self.year_id, self.kind)
        return record.start, record.end

    @property
    def record(self) -> PeriodRecord:
        """The year as it will be kept; raises ``UserError``."""
        start, end = self.dates or self.usual_dates
        return year_record(self.year_id, self.kind, start, end, self.year_name)

    def _year_faults(self) -> Iterator[Fault]:
        if self.unread:
            yield from self.unread.values()
            return
        try:
            record = self.record
        except UserError as fault:
            for found in fault.findings:
                yield Fault(found.place, found.message, found.remedy)
            return
        if (record.end - record.start).days > 3 * 366:
            yield Fault(
                "Năm thi đua",
                f"Từ {record.start:%d/%m/%Y} đến {record.end:%d/%m/%Y} dài hơn ba năm.",
                "Kiểm tra lại ngày đầu và ngày cuối.",
            )

    # ------------------------------------------------------------- table

    @property
    def own_table(self) -> bool:
        """Whether the cluster drafts its own table; a ready example is rather taken as it is."""
        if self._own_table is None:
            return self.frame is None or not self.frame.example
        return self._own_table

    @own_table.setter
    def own_table(self, wanted: bool) -> None:
        self._own_table = wanted

    @property
    def table_title(self) -> str:
        """The title of the cluster's own table."""
        return self._table_title or self._usual_title

    @table_title.setter
    def table_title(self, title: str) -> None:
        self._table_title = "" if title.strip() == self._usual_title else title.strip()

    @property
    def _usual_title(self) -> str:
        return f"Bảng tiêu chí {self.cluster_name.strip()} năm {self.year_name}"

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the text leaves open, the unanswered first."""
        return self.frame.questions if self.frame is not None else ()

    def answer(self, question: str, value: bool | str | Fraction | None) -> None:
        """Answers a question, or leaves it to later."""
        if value is None:
            self.answers.pop(question, None)
        else:
            self.answers[question] = value

    @property
    def unanswered(self) -> int:
        """How many questions without a default are left for later."""
        return sum(q.open and self._value(q) is None for q in self.questions)

    def _value(self, question: Question) -> bool | str | Fraction | None:
        typed = self.typed_answers.get(question.id, "").strip()
        if question.range and typed:
            try:
                return Fraction(read_number(typed))
            except NumberTextError:
                return None
        return self.answers.get(question.id)

    def _table_faults(self) -> Iterator[Fault]:
        for question in self.questions:
            typed = self.typed_answers.get(question.id, "").strip()
            if question.range and typed and self._value(question) is None:
                yield Fault(
                    question.title,
                    f"“{typed}” không phải là một số.",
                    f"Ghi {question.range}, hoặc để trống.",
                )

    # ------------------------------------------------------------- place

    @property
    def folder_name(self) -> str:
        """The name of the new folder: cluster and year, unless another was typed."""
        return self._folder_name or self._usual_folder

    @folder_name.setter
    def folder_name(self, name: str) -> None:
        self._folder_name = "" if name.strip() == self._usual_folder else name.strip()

    @property
    def _usual_folder(self) -> str:
        return folder_name(f"{self.cluster_name} {self.year_name}")

    @property
    def folder(self) -> Path:
        """Where the workspace will lie."""
        return self.parent / self.folder_name

    def _place_faults(self) -> Iterator[Fault]:
        if not self.officer.strip():
            yield Fault(
                "Người giữ sổ",
                "Chưa ghi họ tên người giữ sổ.",
                "Ghi họ và tên; nhật ký ghi mọi việc theo tên này.",
            )
        name = self.folder_name
        if not name or FORBIDDEN.search(name) or name != name.rstrip(". "):
            yield Fault(
                "Tên thư mục",
                "Tên thư mục trống hoặc có dấu không dùng được.",
                'Đặt tên không có các dấu < > : " / \\ | ? * và không kết thúc bằng dấu chấm.',
            )
        elif not self.parent.is_dir():
            yield Fault(
                "Nơi lưu",
                f"Không có thư mục “{self.parent}”.",
                "Chọn một thư mục có trên máy hoặc thẻ nhớ.",
            )
        elif self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir())):
            yield Fault(
                "Tên thư mục",
                f"Ở đó đã có “{name}” và thư mục này không trống.",
                "Đặt tên khác, hoặc chọn nơi lưu khác.",
            )

    # ------------------------------------------------------------- the end

    def founding(self) -> Founding:
        """What is to be made; only asked for where there is no fault left."""
        assert self.frame is not None
        units = tuple(
            Unit(key, unit.name, CLUSTER, frozenset({unit.role} if unit.role else ()))
            for key, unit in zip(self.unit_ids, self.units, strict=True)
        )
        choices: dict[str, object] = {}
        for question in self.questions:
            value = self._value(question)
            if value is not None and value != question.default:
                choices[question.id] = value
        return Founding(
            folder=self.folder,
            officer=self.officer.strip(),
            year=self.record,
            cluster=Cluster(CLUSTER, self.cluster_name.strip(), self.block or None),
            units=units,
            frame=self.frame.path,
            own_table=self.own_table,
            table_title=self.table_title,
            choices=choices,
        )

    def summary(self) -> tuple[tuple[str, str], ...]:
        """What will be made, as it is read before the last button."""
        record = self.record
        units = self.units
        roles = {unit.role: unit.name for unit in units if unit.role}
        frame = self.frame
        block = self.chosen_block
        lines = [("Khung điểm", frame.title if frame else "")]
        if block is not None:
            lines.append(("Loại cụm, khối", block.title))
        lines.append(("Cụm, khối", self.cluster_name.strip()))
        lines.append(("Đơn vị", f"{len(units)} đơn vị: " + ", ".join(u.name for u in units)))
        if frame is not None and roles:
            words = {"leader": frame.leader, "deputy": frame.deputy}
            told = [f"{words[role]}: {roles[role]}" for role in words if role in roles]
            lines.append(("Vai trò", "; ".join(told)))
        days = f"{record.start:%d/%m/%Y} - {record.end:%d/%m/%Y}"
        lines.append(("Năm thi đua", f"{record.name} ({days})"))
        kind = "Bảng riêng, bản thảo từ khung" if self.own_table else "Dùng bảng có sẵn"
        later = f"; {self.unanswered} câu hỏi để trả lời sau" if self.unanswered else ""
        lines.append(("Bảng tiêu chí", f"{kind}{later}"))
        return tuple(lines)
