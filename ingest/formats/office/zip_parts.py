"""The parts of a document that is a zip archive, read one by one and within limits."""

import io
import zipfile
import zlib

from lxml import etree

from ingest.errors import UnreadableFileError
from ingest.formats.xml.tree import parse_xml

MAX_PART_BYTES = 60_000_000
"""A part of more XML is a bomb: the longest theses have 30 MB. Pictures are never unpacked."""
MAX_BYTES = 200_000_000
"""All parts that one document is read from; a book of a million words has 20 MB."""
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a way of compressing that is not known
    RuntimeError,  # a part that is encrypted
    OSError,
    ValueError,
    KeyError,
)


class ZipParts:
    """The parts of one file; `kind` is what a person calls it ("Word file")."""

    def __init__(self, raw: bytes, kind: str, remedy: str) -> None:
        self._kind = kind
        self._remedy = remedy
        self._unpacked = 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(raw))
        except _DAMAGED as error:
            raise self.damaged() from error
        self.names = frozenset(self._archive.namelist())

    def damaged(self, detail: str = "") -> UnreadableFileError:
        """The error that the file is damaged, with what was found."""
        found = f" ({detail})" if detail else ""
        return UnreadableFileError(f"a damaged {self._kind}{found}", self._remedy)

    def read(self, name: str) -> bytes:
        """The bytes of a part; raises `UnreadableFileError` where it is damaged or a bomb."""
        try:
            info = self._archive.getinfo(name)
            self._unpacked += info.file_size
            if info.file_size > MAX_PART_BYTES or self._unpacked > MAX_BYTES:
                limit = MAX_PART_BYTES if info.file_size > MAX_PART_BYTES else MAX_BYTES
                raise UnreadableFileError(
                    f"unpacks to more than {limit // 10**6} MB of text", "split it"
                )
            return self._archive.read(info)
        except _DAMAGED as error:
            raise self.damaged() from error

    def xml(self, name: str) -> etree._Element:
        """The root of a part in XML, names without namespaces."""
        raw = self.read(name)
        try:
            return parse_xml(raw)
        except UnreadableFileError as error:
            raise self.damaged(error.reason) from error

    def xml_or_none(self, name: str) -> etree._Element | None:
        """The root of a part that a document can do without; None where it is damaged too."""
        try:
            return self.xml(name) if name in self.names else None
        except UnreadableFileError:
            return None
