"""Citations, the validity of sources, and parameters that wait for a choice."""

from __future__ import annotations

from app.ground.findings import Findings
from app.rules.checks.context import PackUnderCheck
from app.rules.document import allowed_words


def citations(subject: PackUnderCheck, findings: Findings) -> None:
    """Every scored row, case, award and item cites a clause; a clause has a quote or a note."""
    rules = subject.rules
    lists = (
        ("criteria", [(r.code, r.clause) for r in subject.leaves()]),
        ("standing", [(s.id, s.clause) for s in rules.standing]),
        ("awards", [(a.id, a.clause) for a in rules.awards]),
        ("bonus.items", [(i.id, i.clause) for i in rules.bonus.items]),
        ("deductions.items", [(i.id, i.clause) for i in rules.deductions.items]),
        ("classes", [(c.id, c.clause) for c in rules.classes]),
    )
    for name, rows in lists:
        bare = [identifier for identifier, clause in rows if clause is None]
        if bare:
            findings.warning(
                "uncited",
                subject.place(name),
                f"Chưa dẫn điều khoản: {', '.join(bare[:8])}"
                + (f" và {len(bare) - 8} mục khác." if len(bare) > 8 else "."),
                "Thêm clause trỏ tới [[clauses]].",
            )
    for clause in rules.clauses:
        if clause.quote is None and not clause.note:
            findings.warning(
                "clause_without_words",
                subject.place(f"clauses {clause.id}"),
                "Điều khoản chưa có trích nguyên văn (quote) hoặc ghi chú (note).",
                "Chép một đoạn ngắn đúng từng chữ từ văn bản.",
            )


def validity(subject: PackUnderCheck, findings: Findings) -> None:
    """Sources that have expired, were replaced, or are no legal basis (A39)."""
    for source in subject.rules.sources:
        place = subject.place(f"sources {source.id}")
        name = f"{source.type} {source.number}".strip()
        expired = source.until is not None and (
            subject.as_of is None or source.until < subject.as_of
        )
        if expired and source.until is not None:
            after = f"; thay bằng {source.replaced_by}" if source.replaced_by else ""
            findings.warning(
                "source_expired",
                place,
                f"{name} hết hiệu lực từ sau ngày {source.until:%d/%m/%Y}{after}.",
                "Coi gói này là bản tham khảo lịch sử; điều chỉnh theo văn bản mới.",
            )
        elif source.replaced_by:
            findings.warning(
                "source_replaced",
                place,
                f"{name} đã được thay bằng {source.replaced_by}.",
                "Kiểm tra văn bản mới trước khi dùng.",
            )
        if source.kind == "lecture":
            findings.note(
                "source_is_lecture",
                place,
                f"{name} là tài liệu giảng dạy, không phải căn cứ pháp lý; không in làm căn cứ.",
            )


def open_parameters(subject: PackUnderCheck, findings: Findings) -> None:
    """Parameters that the text leaves open and nobody has chosen yet."""
    for chosen in subject.pack.chosen.values():
        if chosen.source == "open":
            findings.note(
                "parameter_open",
                subject.place(f"parameters {chosen.parameter.id}"),
                f"“{chosen.parameter.title}” chưa được chọn; gặp trường hợp này kết quả là tạm "
                "tính.",
                f"Chọn một trong: {allowed_words(chosen.parameter)}.",
            )
    if subject.rules.incomplete:
        findings.warning(
            "pack_incomplete",
            subject.place("incomplete"),
            f"Gói chưa đủ: {subject.rules.incomplete.rstrip('.')}. Mọi tổng điểm là tạm tính.",
            "Bổ sung phần còn thiếu theo văn bản của tỉnh hoặc của cụm, khối.",
        )
