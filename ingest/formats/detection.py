"""What a file holds, by its content first and its name second. Pure.

A format with a mark of its own is a line in `_MARKS`, `_IN_ARCHIVES` or `_ROOTS`.
"""

import re
import zipfile
from io import BytesIO

from ingest.errors import UnreadableFileError
from ingest.formats import SUFFIXES

HEAD_BYTES = 200_000
"""Pages carry XML in comments before their root (BMC's do); none that we know has more."""
_PDF_HEADER_WITHIN = 1024  # ISO 32000-1, implementation note 13: readers look this far
_MARKS: tuple[tuple[bytes, str], ...] = ((b"{\\rtf", "rtf"),)
"""First bytes to format."""
_SAVE_AS_DOCX = "open it in its program, save it as .docx or PDF"
_OLE = b"\xd0\xcf\x11\xe0"
_REFUSED: tuple[tuple[bytes, int, str, str], ...] = (
    (b"\xff\xd8\xff", 0, "a picture (JPEG), not a document", "add the text that it shows"),
    (b"\x89PNG", 0, "a picture (PNG), not a document", "add the text that it shows"),
    (b"GIF8", 0, "a picture (GIF), not a document", "add the text that it shows"),
    (b"II*\0", 0, "a picture (TIFF), not a document", "make a PDF of it and recognise its text"),
    (b"MM\0*", 0, "a picture (TIFF), not a document", "make a PDF of it and recognise its text"),
    (b"ustar", 257, "an archive, not a document", "unpack it and add its files"),
    (b"7z\xbc\xaf", 0, "an archive, not a document", "unpack it and add its files"),
    (b"Rar!", 0, "an archive, not a document", "unpack it and add its files"),
    (b"BZh", 0, "an archive, not a document", "unpack it and add its files"),
    (b"\xfd7zXZ", 0, "an archive, not a document", "unpack it and add its files"),
)
"""Bytes and where they stand in files that no reader takes, with reason and remedy."""
_IN_ARCHIVES: tuple[tuple[str, str], ...] = (
    ("word/document", "docx"),
    ("META-INF/container.xml", "epub"),
)
"""A name in a zip archive that tells the format."""
_REFUSED_ARCHIVES: tuple[tuple[str, str, str], ...] = (
    ("xl/workbook", "a spreadsheet, not a document", "save its text as .docx or CSV as .txt"),
    ("ppt/presentation", "a slide show, not a document", "save it as PDF"),
    ("content.xml", "an OpenDocument file, which is not read", _SAVE_AS_DOCX),
)
_ROOTS = {
    b"html": "html",
    b"article": "jats",
    b"sub-article": "jats",
    b"pmc-articleset": "jats",
    b"oai-pmh": "jats",
    b"art": "bmc",
    b"pubmedarticleset": "medline",
    b"pubmedbookarticleset": "medline",
    b"medlinecitationset": "medline",
    b"pubmedarticle": "medline",
    b"pubmedbookarticle": "medline",
    b"medlinecitation": "medline",
}
"""Root element, without case and prefix, to format."""
_INSIDE = ((b"article-meta", "jats"), (b"MedlineCitation", "medline"))
"""An element near the beginning of a set whose own name tells nothing."""
_ONE_ARTICLE = frozenset(["article", "sub-article", "response"])
"""Root elements of a file of one article; it may have sub-articles."""
_ROOT = re.compile(rb"<([A-Za-z][\w.-]*(?::[\w.-]+)?)[\s>/]")
_UNREAD = ((b"<!--", b"-->"), (b"<?", b"?>"))
"""Comments and processing instructions."""
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(\[.*?\])?\s*>", re.DOTALL)
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_SAVE_AS = "save it as PDF, HTML, DOCX, JATS XML, Markdown or text"


def detect_format(raw: bytes, suffix: str) -> str:
    """The name of the format; raises `UnreadableFileError` for what has no reader."""
    promised = SUFFIXES.get(suffix.lower())
    head = _as_ascii(raw[:4096]).lstrip(b"\xef\xbb\xbf \t\r\n")
    if not raw or raw.isspace():
        raise UnreadableFileError("empty", "remove it, or get a fresh copy")
    if not raw[:4096].strip(b"\0") and not raw.strip(b"\0"):
        raise UnreadableFileError("nothing but null bytes", "get a fresh copy")
    if b"%PDF-" in raw[:_PDF_HEADER_WITHIN]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _archive_format(raw)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if raw.startswith(_OLE):
        raise _ole_refusal(raw)
    for mark, at, reason, remedy in _REFUSED:
        if raw[at : at + len(mark)] == mark:
            raise UnreadableFileError(reason, remedy)
    if head.startswith(b"<") and promised not in ("markdown", "text"):
        return _markup_format(raw, promised)
    if promised == "pdf" and b"startxref" in raw[-2048:]:
        return "pdf"
    return _promised_format(promised, suffix)


def _promised_format(promised: str | None, suffix: str) -> str:
    """What the name says, where the content has no mark and needs none."""
    if promised is None:
        raise UnreadableFileError(f"a type that is not read ({suffix or 'no ending'})", _SAVE_AS)
    if promised in ("pdf", "docx", "jats", "epub", "rtf"):
        name = {"jats": "XML"}.get(promised, promised.upper())
        raise UnreadableFileError(f"named {suffix} but not a {name} file", "get a fresh copy")
    return promised


def _archive_format(raw: bytes) -> str:
    for name in _names_in(raw):
        for beginning, format_name in _IN_ARCHIVES:
            if name.startswith(beginning):
                return format_name
        for beginning, reason, remedy in _REFUSED_ARCHIVES:
            if name.startswith(beginning):
                raise UnreadableFileError(reason, remedy)
    raise UnreadableFileError("an archive, not a document", "unpack it and add its files")


def _ole_refusal(raw: bytes) -> UnreadableFileError:
    """Tell apart what Word before 2007 wrote and what a password protects ([MS-CFB])."""
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return UnreadableFileError(
            "protected by a password", "save a copy without the password and add that"
        )
    if "WordDocument".encode("utf-16-le") in raw:
        return UnreadableFileError("an old Word file (.doc)", "open it in Word, save it as .docx")
    return UnreadableFileError(
        "an old Office or protected file", "open it in its program, save it as .docx or PDF"
    )


def _names_in(raw: bytes) -> list[str]:
    """The names in a zip archive; of a damaged one those that stand in its bytes."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        known = [name for name, *_ in (*_IN_ARCHIVES, *_REFUSED_ARCHIVES)]
        return [name for name in known if name.encode() in raw]


def root_name(raw: bytes) -> str:
    """The name of an XML file's root element, without its prefix; "" where none is found."""
    root = _ROOT.search(_before_text(raw))
    return root[1].split(b":")[-1].decode() if root else ""


def is_one_article(raw: bytes) -> bool:
    """Whether a file's root element is an article."""
    return root_name(raw) in _ONE_ARTICLE


def is_set(head: bytes, format_name: str) -> bool:
    """Whether a file of a format that begins so holds documents that can be read one by one."""
    return format_name == "medline" or (format_name == "jats" and not is_one_article(head))


def _before_text(raw: bytes) -> bytes:
    """The beginning of a file without comments and DOCTYPE."""
    head = _as_ascii(raw[:HEAD_BYTES])
    for opening, closing in _UNREAD:
        head = _without(head, opening, closing)
    doctype = _DOCTYPE.match(head, max(head.find(b"<!DOCTYPE"), 0))
    return head[: doctype.start()] + head[doctype.end() :] if doctype else head


def _without(head: bytes, opening: bytes, closing: bytes) -> bytes:
    """What stands between the marks goes; one that does not end takes the rest with it."""
    parts = []
    start = head.find(opening)
    while start >= 0:
        parts.append(head[:start])
        _, _, head = head[start:].partition(closing)
        start = head.find(opening)
    return b"".join([*parts, head])


def _as_ascii(head: bytes) -> bytes:
    """The beginning of a file in an encoding in which tags are ASCII."""
    if not head.startswith(_UTF16):
        return head
    code = "utf-16-be" if head.startswith((b"\xfe\xff", b"\0<")) else "utf-16-le"
    return head.decode(code, "ignore").encode("utf-8", "ignore")


def _markup_format(raw: bytes, promised: str | None) -> str:
    name = root_name(raw).lower().encode()
    if name in _ROOTS:
        return _ROOTS[name]
    if promised == "html":
        return "html"
    head = _before_text(raw)
    for element, format_name in _INSIDE:
        if re.search(rb"<(?:\w+:)?" + element + rb"[\s>]", head):
            return format_name
    if not name:
        raise UnreadableFileError("damaged: markup without an element", "get a fresh copy")
    raise UnreadableFileError(
        f"XML of a kind that is not read (<{name.decode()}>)",
        "give JATS, BMC or PubMed XML, or the article as PDF",
    )
