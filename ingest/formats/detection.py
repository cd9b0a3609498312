"""What a file holds, by its content first and its name second. Pure."""

import re

from ingest.errors import UnreadableFileError
from ingest.formats import SUFFIXES

_PDF_HEADER_WITHIN = 1024  # ISO 32000-1, implementation note 13: readers look this far
_ROOT = re.compile(rb"<([A-Za-z][\w.-]*(?::[\w.-]+)?)[\s>/]")
_ROOTS = {
    b"html": "html",
    b"article": "jats",
    b"pmc-articleset": "jats",
    b"art": "bmc",
}
_SAVE_AS = "save it as PDF, HTML, DOCX, JATS XML, Markdown or text"


def detect_format(raw: bytes, suffix: str) -> str:
    """The name of the format; raises `UnreadableFileError` for what has no reader."""
    promised = SUFFIXES.get(suffix.lower())
    head = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not raw.strip():
        raise UnreadableFileError("empty", "remove it, or get a fresh copy")
    if not raw.strip(b"\0"):
        raise UnreadableFileError("nothing but null bytes", "get a fresh copy")
    if b"%PDF-" in raw[:_PDF_HEADER_WITHIN]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zip_format(raw)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFileError(
            "an old or protected Word file", "open it in Word, save it as .docx"
        )
    if head.startswith(b"<") and promised not in ("markdown", "text"):
        return _markup_format(raw, promised)
    if promised == "pdf" and b"startxref" in raw[-2048:]:
        return "pdf"
    if promised in ("pdf", "docx", "jats"):
        name = {"jats": "XML"}.get(promised, promised.upper())
        raise UnreadableFileError(f"named {suffix} but not a {name} file", "get a fresh copy")
    if promised is None:
        raise UnreadableFileError(f"a type that is not read ({suffix or 'no ending'})", _SAVE_AS)
    return promised


def _zip_format(raw: bytes) -> str:
    if b"word/document" in raw:
        return "docx"
    raise UnreadableFileError("an archive, not a document", "unpack it and add its files")


def _markup_format(raw: bytes, promised: str | None) -> str:
    # A page may carry XML in comments before its root (BMC's do).
    without_comments = re.sub(rb"<!--.*?-->", b"", raw[:200_000], flags=re.DOTALL)
    without_doctype = re.sub(
        rb"<!DOCTYPE[^>\[]*(\[.*?\])?\s*>", b"", without_comments, flags=re.DOTALL
    )
    root = _ROOT.search(without_doctype)
    name = root[1].lower().split(b":")[-1] if root else b""
    if name in _ROOTS:
        return _ROOTS[name]
    if promised == "html":
        return "html"
    raise UnreadableFileError(
        f"XML of a kind that is not read (<{name.decode()}>)", "give JATS or BMC full text XML"
    )
