"""A file becomes a ``PackageStatus``: whatever the bytes are, it is told and not believed.

The order is that of trust: the zip, the manifests, the signature, and only then the contents.
Nothing is written anywhere; files for people and evidence stay where they lie until asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, BinaryIO, Final, Literal

from pydantic import Field, StrictInt, StrictStr, StringConstraints

from app.exchange.packages import paths
from app.exchange.packages.archive_form import STORED
from app.exchange.packages.archive_reader import ArchiveReader
from app.exchange.packages.bag import (
    BAGIT_TEXT,
    bag_info,
    manifest_text,
    read_manifest,
    read_signature,
    sha256_of,
)
from app.exchange.packages.blobs import Blob, Source, opened, unreadable
from app.exchange.packages.contents import (
    Contents,
    Shapes,
    checked,
    is_evidence_name,
)
from app.exchange.packages.derived import derived_files
from app.exchange.packages.faults import COPY_AGAIN, SEND_AGAIN, refusal, shown
from app.exchange.packages.fields import PackageModel, Rows, modelled
from app.exchange.packages.head import PACKAGE_SCHEMA, Head, head_tree
from app.exchange.packages.keys import (
    KeyStanding,
    KnownSender,
    PublicKey,
    key_standing,
)
from app.exchange.packages.limits import MAX_PACK_TEXTS_BYTES
from app.exchange.packages.pack_texts import pack_bytes, read_pack_text
from app.exchange.packages.payload import JsonReader, Tree, payload_bytes
from app.exchange.packages.status import PackageStatus, SignatureState
from app.exchange.packages.writer import package_digest
from app.ground.findings import Findings, UserError

_TAGS: Final = frozenset({*paths.TAGGED, paths.TAG_MANIFEST})


class EvidenceLine(PackageModel):
    """One file of evidence in ``evidence.json``."""

    sha256: Annotated[StrictStr, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    name: StrictStr
    bytes: StrictInt


class EvidenceIndex(PackageModel):
    """``evidence.json``."""

    schema_: Literal["bangvang-evidence/1"] = Field(alias="schema")
    files: Annotated[Rows[EvidenceLine], Field(min_length=1)]


def read_package(source: Source, name: str, known: Sequence[KnownSender] = ()) -> PackageStatus:
    """What a file is. ``name`` is how findings call it, ``known`` who is known by which key.

    Raises ``UserError`` only where the file cannot be read at all.
    """
    stream = opened(source, name)
    with stream:
        try:
            return _Reading(source, stream, name, known).status()
        except OSError as fault:
            raise unreadable(name) from fault


class _Reading:
    """The reading of one package."""

    def __init__(
        self, source: Source, stream: BinaryIO, name: str, known: Sequence[KnownSender]
    ) -> None:
        self._source = source
        self._stream = stream
        self._name = name
        self._known = known
        self._findings = Findings()
        self._json = JsonReader(name, self._findings)
        self._texts: dict[str, bytes] = {}
        self._digests: dict[str, str] = {}
        self._canonical: dict[str, bytes] = {}
        self._archive: ArchiveReader

    def status(self) -> PackageStatus:
        """The status; every fault ends up among its problems."""
        signature, key, digest = SignatureState.NONE, None, None
        contents: Contents | None = None
        try:
            self._unpack()
            self._check_tags()
            tag_manifest = self._texts[paths.TAG_MANIFEST]
            digest = package_digest(tag_manifest)
            signature, key = self._signature(tag_manifest)
            self._stop_at_errors()
            self._check_payload()
            contents = self._contents()
            self._stop_at_errors()
        except UserError as fault:
            self._findings.extend(fault.findings)
            contents = None
        if contents is None:
            return PackageStatus(
                self._name,
                intact=False,
                signature=signature,
                standing=KeyStanding.NONE,
                problems=self._findings.as_tuple(),
            )
        standing, sender = self._standing(contents.head.sender.name, key)
        return PackageStatus(
            self._name,
            intact=True,
            signature=signature,
            standing=standing,
            problems=self._findings.as_tuple(),
            digest=digest,
            key=key,
            sender=sender,
            head=contents.head,
            contents=contents,
        )

    def _stop_at_errors(self) -> None:
        if self._findings.errors:
            raise UserError(())

    def _error(self, code: str, path: str, message: str, remedy: str = SEND_AGAIN) -> None:
        place = f"{self._name}, {shown(path)}" if path else self._name
        self._findings.error(code, place, message, remedy)

    # ------------------------------------------------------------- bag

    def _unpack(self) -> None:
        self._archive = ArchiveReader(self._stream, self._name)
        for path, entry in self._archive.entries.items():
            if not (path in _TAGS or path == paths.SIGNATURE or paths.is_payload(path)):
                self._error("package_file_extra", path, "Trong gói có tệp không thuộc định dạng.")
                continue
            if entry.method != STORED:
                self._texts[path] = self._archive.text(path)
                self._digests[path] = sha256_of(self._texts[path])
        for path in sorted(_TAGS | {paths.HEAD}):
            if path not in self._texts:
                self._error("package_file_missing", path, "Trong gói thiếu tệp bắt buộc.")
        self._stop_at_errors()

    def _check_tags(self) -> None:
        tags = {path: self._digests[path] for path in paths.TAGGED}
        self._check_manifest(paths.TAG_MANIFEST, tags)
        if self._texts[paths.BAGIT] != BAGIT_TEXT:
            self._error("package_tag_form", paths.BAGIT, "Tệp mở đầu không đúng định dạng.")
        self._stop_at_errors()

    def _check_payload(self) -> None:
        """Files as they are come last: digesting them takes longest."""
        kept = [path for path, entry in self._archive.entries.items() if entry.method == STORED]
        self._digests |= {path: self._archive.sha256(path) for path in kept}
        payload = {p: d for p, d in self._digests.items() if p.startswith(paths.PAYLOAD)}
        self._check_manifest(paths.MANIFEST, payload)
        self._stop_at_errors()

    def _check_manifest(self, path: str, there: Mapping[str, str]) -> None:
        data = self._texts[path]
        lines = read_manifest(data)
        for repeated in lines.repeated:
            self._error("package_manifest_form", repeated, "Danh mục ghi tệp này nhiều lần.")
        for listed, digest in lines.digests.items():
            if listed not in there:
                self._error(
                    "package_file_missing",
                    listed,
                    "Danh mục ghi tệp này nhưng trong gói không có.",
                )
            elif digest != there[listed]:
                self._error(
                    "package_hash_differs",
                    listed,
                    "Nội dung tệp khác với danh mục của gói: tệp bị hỏng hoặc bị sửa.",
                    COPY_AGAIN,
                )
        for unlisted in there.keys() - lines.digests.keys():
            self._error("package_file_extra", unlisted, "Tệp này không có trong danh mục.")
        if not lines.sound or data != manifest_text(lines.digests):
            self._error("package_manifest_form", path, "Danh mục không ở đúng dạng quy định.")

    def _signature(self, tag_manifest: bytes) -> tuple[SignatureState, PublicKey | None]:
        data = self._texts.get(paths.SIGNATURE)
        if data is None:
            self._findings.warning(
                "package_unsigned",
                self._name,
                "Gói không có chữ ký số nên không biết chắc ai gửi.",
                "Đề nghị nơi gửi ký gói bằng khóa của đơn vị.",
            )
            return SignatureState.NONE, None
        signature = read_signature(data)
        if signature is None:
            self._error(
                "package_signature_form", paths.SIGNATURE, "Chữ ký số không đúng định dạng."
            )
            return SignatureState.BAD, None
        if not signature.key.verifies(signature.value, tag_manifest):
            self._error(
                "package_signature_bad",
                paths.SIGNATURE,
                "Chữ ký số không phải của nội dung này: gói đã bị sửa hoặc ghép lại.",
            )
            return SignatureState.BAD, None
        return SignatureState.GOOD, signature.key

    def _standing(
        self, sender: str, key: PublicKey | None
    ) -> tuple[KeyStanding, KnownSender | None]:
        if key is None:
            return KeyStanding.NONE, None
        standing, record = key_standing(self._known, sender, key)
        if standing is KeyStanding.UNKNOWN:
            self._findings.warning(
                "package_key_unknown",
                self._name,
                f"Chưa xác nhận khóa ký của {shown(sender)}.",
                f"Gọi điện cho {shown(sender)}, nghe đọc dấu khóa và so với: {key.fingerprint}.",
            )
        elif standing is KeyStanding.CHANGED:
            assert record is not None
            self._error(
                "package_key_changed",
                "",
                f"Gói ghi là của {shown(sender)} nhưng ký bằng khóa khác với khóa đã xác nhận"
                f" ({shown(record.name)}, ngày {record.confirmed_on:%d/%m/%Y}).",
                "Không nhận gói. Gọi điện trực tiếp cho nơi gửi để hỏi vì sao đổi khóa.",
            )
        return standing, record

    # ------------------------------------------------------------- contents

    def _contents(self) -> Contents:
        head = self._head()
        contents = Contents(
            head=head,
            facts=self._optional(paths.FACTS),
            result=self._optional(paths.RESULT),
            packs=self._packs(),
            figures=self._optional(paths.FIGURES),
            documents=self._documents(),
            files=self._files(),
            evidence=self._evidence(),
        )
        self._stop_at_errors()
        shapes = checked(contents, self._name, self._findings)
        self._stop_at_errors()
        self._check_rest(contents, shapes)
        return contents

    def _head(self) -> Head:
        tree = self._tree(paths.HEAD)
        schema = tree.get("schema")
        if schema != PACKAGE_SCHEMA:
            raise refusal(
                "package_other_format",
                self._name,
                f"Gói theo định dạng “{shown(schema)}”, chương trình này đọc “{PACKAGE_SCHEMA}”.",
                "Cập nhật chương trình rồi mở lại gói.",
            )
        head = modelled(Head, tree, f"{self._name}, package.json", self._findings)
        if head is None:
            raise UserError(())
        return head

    def _tree(self, path: str) -> Tree:
        tree = self._json.tree(self._texts[path], path)
        if tree is None:
            raise UserError(())
        self._canonical[path] = self._texts[path]
        return tree

    def _optional(self, path: str) -> Tree | None:
        return self._tree(path) if path in self._texts else None

    def _packs(self) -> tuple[Tree, ...]:
        found: list[Tree] = []
        whole = sum(len(t) for p, t in self._texts.items() if p.endswith(".toml"))
        if whole > MAX_PACK_TEXTS_BYTES:
            self._error("package_bomb", paths.PACKS, "Các bảng tiêu chí trong gói quá lớn.")
            return ()
        while (path := f"{paths.PACKS}{len(found) + 1}.json") in self._texts:
            self._tree(path)
            toml = path.removesuffix(".json") + ".toml"
            found.append(read_pack_text(self._texts.get(toml, b""), f"{self._name}, {toml}"))
        return tuple(found)

    def _documents(self) -> dict[str, Tree]:
        return {
            path.removeprefix(paths.DOCUMENTS).removesuffix(".json"): self._tree(path)
            for path in sorted(self._texts)
            if path.startswith(paths.DOCUMENTS)
        }

    def _blob(self, path: str, name: str) -> Blob:
        entry = self._archive.entries[path]
        return Blob(name, self._source, entry.offset, entry.size, self._digests[path])

    def _files(self) -> tuple[Blob, ...]:
        return tuple(
            self._blob(path, path.removeprefix(paths.FILES))
            for path in self._digests
            if path.startswith(paths.FILES)
        )

    def _evidence(self) -> tuple[Blob, ...]:
        kept = {path for path in self._digests if path.startswith(paths.EVIDENCE)}
        tree = self._optional(paths.EVIDENCE_INDEX)
        index = (
            None
            if tree is None
            else modelled(EvidenceIndex, tree, f"{self._name}, evidence.json", self._findings)
        )
        listed = () if index is None else index.files
        named = {paths.EVIDENCE + line.sha256 for line in listed}
        keys = [(line.sha256, line.name) for line in listed]
        sound = (
            named == kept
            and keys == sorted(set(keys))
            and all(is_evidence_name(line.name) for line in listed)
            and all(self._digests[path] == path.removeprefix(paths.EVIDENCE) for path in kept)
            and all(
                self._archive.entries[paths.EVIDENCE + line.sha256].size == line.bytes
                for line in listed
            )
        )
        if not sound:
            self._error(
                "package_evidence_differs",
                paths.EVIDENCE_INDEX,
                "Danh sách minh chứng không khớp với các tệp minh chứng trong gói.",
            )
            return ()
        return tuple(self._blob(paths.EVIDENCE + line.sha256, line.name) for line in listed)

    def _check_rest(self, contents: Contents, shapes: Shapes) -> None:
        """Holds every text that follows from others against what follows from them."""
        sizes = [
            self._archive.entries[path].size
            for path in self._digests
            if path.startswith(paths.PAYLOAD)
        ]
        if self._texts[paths.BAG_INFO] != bag_info(contents.head, sizes):
            self._error("package_tag_form", paths.BAG_INFO, "Tệp khác với nội dung của gói.")
        expected = {**self._canonical, **derived_files(shapes)}
        for number, pack in enumerate(contents.packs, 1):
            expected[f"{paths.PACKS}{number}.json"] = pack_bytes(pack)
            toml = f"{paths.PACKS}{number}.toml"
            expected[toml] = self._texts[toml]
        expected[paths.HEAD] = payload_bytes(head_tree(contents.head))
        for path in sorted(self._texts.keys() | expected.keys()):
            if not path.startswith(paths.PAYLOAD):
                continue
            if self._texts.get(path) != expected.get(path):
                self._error(
                    "package_derived_differs",
                    path,
                    "Tệp này khác với số liệu gốc trong gói: có thể đã bị sửa để cho xem số khác.",
                )
