"""The formats that can be read. Adding one is one file and one line in `READERS`."""

from collections.abc import Callable
from importlib import import_module

from ingest.formats.reading import Reader, Reading

__all__ = ["READERS", "SUFFIXES", "Reader", "Reading", "reader"]

READERS: dict[str, str] = {
    "pdf": "ingest.formats.pdf:read_pdf",
    "html": "ingest.formats.html:read_html",
    "jats": "ingest.formats.jats:read_jats",
    "bmc": "ingest.formats.bmc:read_bmc",
    "docx": "ingest.formats.docx:read_docx",
    "markdown": "ingest.formats.markdown:read_markdown",
    "text": "ingest.formats.text:read_text",
}
"""Format to its reader, named and not imported: each pulls in a library of its own."""

SUFFIXES: dict[str, str] = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xml": "jats",
    ".nxml": "jats",
    ".docx": "docx",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
}
"""What a file's name promises; what it holds decides (`ingest.formats.detection`)."""


def reader(format_name: str) -> Reader:
    """The reader of a format."""
    module, function = READERS[format_name].split(":")
    found: Callable[[bytes], Reading] = getattr(import_module(module), function)
    return found
