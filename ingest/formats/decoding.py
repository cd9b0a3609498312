"""Bytes to characters for formats that are text, and what was odd about them."""

import codecs
import re

import charset_normalizer

from ingest.errors import UnreadableFileError

MAX_LOST = 0.1
"""Share of lost characters from which on words cannot be guessed: all quotes are 2 in a hundred."""
MAX_NULLS = 0.01
"""Share of null bytes from which on a file is binary, and not a text with some damage."""
MIXED_SHARE = 0.5
"""With at least this share of its other characters in UTF-8, a text is UTF-8 with foreign bytes."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODE_PAGES = {
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "cp850": "code page 850 (MS-DOS)",
    "cp1250": "Windows-1250",
}
"""What Latin letters were written in before UTF-8, the likeliest first."""
OTHER_SCRIPT = 0.3
"""With this share of bytes beyond ASCII the letters are not Latin, and the code page is guessed."""
_CLINICAL = frozenset("“”‘’–—…•°µ±²³½¼¾×÷≥≤®©™£€§·\u00a0")
_LETTERS = re.compile(r"[^\W\d_]+")
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_REPLACEMENT = "\ufffd"


def decode(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, and a warning for each thing that was guessed.

    Text is UTF with or without a mark; else the code page that makes the best words of it.
    Raises `UnreadableFileError` for what is no text.
    """
    text, warnings = _decoded(raw)
    lost = text.count(_REPLACEMENT)
    if lost > max(1, len(text) * MAX_LOST):
        raise UnreadableFileError(
            f"damaged: {lost} of its {len(text)} characters are lost", "get a fresh copy"
        )
    return text, (
        *warnings,
        *([f"{_counted(lost, 'character')} lost: look for “{_REPLACEMENT}”"] if lost else []),
    )


def _decoded(raw: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _marked(raw[len(mark) :], encoding)
    if b"\0" in raw:
        return _with_nulls(raw)
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _foreign(raw)


def _marked(raw: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return raw.decode(encoding), ()
    except UnicodeDecodeError:
        if encoding == "utf-8" and b"\0" not in raw:
            return _foreign(raw)
        return raw.decode(encoding, errors="replace"), (f"not wholly valid {encoding}",)


def _with_nulls(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """Text with null bytes: UTF-16 without its mark, or a few bytes of damage."""
    half = len(raw) // 2
    for encoding, at in (("utf-16-le", 1), ("utf-16-be", 0)):
        if raw[at::2].count(0) > half * 0.5 and raw[1 - at :: 2].count(0) < half * 0.1:
            text, warnings = _marked(raw, encoding)
            return text, (f"without a byte order mark; read as {encoding.upper()}", *warnings)
    nulls = raw.count(0)
    if nulls > len(raw) * MAX_NULLS:
        raise UnreadableFileError("binary, not text", "convert it to PDF, HTML, DOCX or text")
    text, warnings = _decoded(raw.replace(b"\0", b""))
    return text, (f"{_counted(nulls, 'null byte')} left out", *warnings)


def _foreign(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """Text that is not UTF-8, or not all of it."""
    in_utf8 = sum(len(match) for match in _UTF8.findall(raw))
    others = sum(1 for byte in raw if byte >= 0x80) - in_utf8
    if in_utf8 and in_utf8 >= MIXED_SHARE * (in_utf8 + others):
        mixed = raw.decode("utf-8", errors="mixed cp1252")
        return mixed, (f"{_counted(others, 'byte')} not UTF-8; read as Windows-1252: look at them",)
    if others > OTHER_SCRIPT * len(raw):
        return _guessed(raw)
    texts = {page: raw.decode(page, errors="replace") for page in _CODE_PAGES}
    best = max(texts, key=lambda page: _plausibility(texts[page]))
    return texts[best], (f"not UTF-8; read as {_CODE_PAGES[best]}: look at its accented letters",)


def _guessed(raw: bytes) -> tuple[str, tuple[str, ...]]:
    guess = charset_normalizer.from_bytes(raw).best()
    if guess is None:
        raise UnreadableFileError("not text in any known encoding", "save it again as UTF-8")
    return str(guess), (f"not UTF-8; probably {guess.encoding}: see whether it can be read",)


def _plausibility(text: str) -> int:
    """How many characters beyond ASCII stand as letters and signs do, less those that do not."""
    score = sum(1 for c in text if c in _CLINICAL)
    for word in _LETTERS.findall(text):
        if word.isascii():
            continue
        others = sum(1 for c in word if c > "\x7f")
        score += others if word.islower() or word.isupper() or word.istitle() else -2 * others
    odd = sum(1 for c in text if c > "\x7f" and not c.isalpha() and c not in _CLINICAL)
    return score - 2 * odd


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' if number > 1 else ''}"


def _foreign_bytes(error: UnicodeError) -> tuple[str, int]:
    """Decode what is no UTF-8 as Windows-1252, byte by byte."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    foreign = error.object[error.start : error.end]
    return foreign.decode("cp1252", errors="replace"), error.end


codecs.register_error("mixed cp1252", _foreign_bytes)
