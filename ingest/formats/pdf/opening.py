"""Opens a PDF with both libraries, either of which may refuse a file that the other one reads.

What one of them can open, it writes anew for the other: a damaged table of contents, bytes before
the header and the like are gone then.
"""

import io
import logging
from contextlib import suppress
from dataclasses import dataclass, field

import pypdf
import pypdfium2

from ingest.errors import UnreadableFileError
from ingest.formats.pdf.content import Content, page_content

# pypdf tells of every oddity in a file; what matters to a reader stands in the report.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_PASSWORD = "protected by a password", "save a copy without the password and add that"


@dataclass
class OpenPdf:
    """A file opened by both libraries, or by the one that can."""

    reader: pypdf.PdfReader
    document: pypdfium2.PdfDocument | None
    page_count: int
    seen: set[int] = field(default_factory=set)

    def content(self, number: int) -> Content:
        """What can be told of a page's content, counted from 1, before it is read."""
        try:
            return page_content(self.reader.pages[number - 1], self.seen)
        except Exception:  # what pypdf cannot look into is for PDFium and its process's limits
            return Content()

    @property
    def page_numbers(self) -> range:
        """From 1."""
        return range(1, self.page_count + 1)

    @property
    def both_agree(self) -> bool:
        """Whether page 3 is the same page for both: in damaged files they count other pages."""
        return self.document is None or len(self.reader.pages) == self.page_count

    def close(self) -> None:
        """Give back PDFium's memory."""
        if self.document is not None:
            self.document.close()


def open_pdf(raw: bytes) -> OpenPdf:
    """Open the bytes of a file; raises `UnreadableFileError`."""
    reader, failure = _pypdf(raw)
    document = _pdfium(raw)
    if reader is None and document is None:
        raise UnreadableFileError(*failure)
    if reader is None and document is not None:
        reader, failure = _pypdf(_saved(document))
    if reader is None:
        raise UnreadableFileError(*failure)
    if document is None:
        document = _pdfium(_rewritten(reader) or raw)
    count = len(reader.pages) if document is None else len(document)
    return OpenPdf(reader, document, count)


def _pypdf(raw: bytes) -> tuple[pypdf.PdfReader | None, tuple[str, str]]:
    """The file as pypdf opens it, or None and why it does not."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            return None, _PASSWORD
        len(reader.pages)
    # A damaged file can raise nearly anything inside a parser: KeyError, RecursionError, zlib …
    except Exception as error:
        if "decrypt" in str(error).lower() or "password" in str(error).lower():
            return None, _PASSWORD
        return None, ("damaged or cut short: its pages cannot be found", "get a fresh copy")
    return reader, ("", "")


def _pdfium(raw: bytes) -> pypdfium2.PdfDocument | None:
    try:
        document = pypdfium2.PdfDocument(raw)
        if len(document):
            return document
        document.close()
    except pypdfium2.PdfiumError:
        pass
    return None


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    target = io.BytesIO()
    with suppress(pypdfium2.PdfiumError):
        document.save(target)
    return target.getvalue()


def _rewritten(reader: pypdf.PdfReader) -> bytes:
    """The file as pypdf writes it; empty where it cannot."""
    target = io.BytesIO()
    with suppress(Exception):  # as above
        pypdf.PdfWriter(clone_from=reader).write(target)
        return target.getvalue()
    return b""
