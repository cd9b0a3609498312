"""Bytes to characters for formats that are text."""

import codecs

from ingest.errors import UnreadableFileError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """The text and warnings: UTF with or without a mark, else Windows-1252, said so."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(encoding), ()
            except UnicodeDecodeError as error:
                raise UnreadableFileError(
                    f"not valid {encoding} from byte {len(mark) + error.start}",
                    "save it again as UTF-8",
                ) from error
    if b"\0" in raw:
        raise UnreadableFileError("binary, not text", "convert it to PDF, HTML, DOCX or text")
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace"), (
            "not UTF-8; read as Windows-1252: look at its accented letters",
        )
