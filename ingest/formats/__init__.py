"""The formats that can be read. Adding one is one file and one line in `READERS`."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from ingest.formats.reading import Content, Part, Reader, Reading, Splitter, TraitsReader
from ingest.traits import Traits

__all__ = [
    "READERS",
    "SPLITTERS",
    "SUFFIXES",
    "TRAITS",
    "Content",
    "Part",
    "Reader",
    "Reading",
    "Splitter",
    "reader",
    "splitter",
    "traits_reader",
]

READERS: dict[str, str] = {
    "pdf": "ingest.formats.pdf.reader:read_pdf",
    "html": "ingest.formats.html.reader:read_html",
    "jats": "ingest.formats.xml.jats:read_jats",
    "bmc": "ingest.formats.xml.bmc:read_bmc",
    "medline": "ingest.formats.xml.medline:read_medline",
    "docx": "ingest.formats.office.docx:read_docx",
    "rtf": "ingest.formats.office.rtf:read_rtf",
    "epub": "ingest.formats.office.epub:read_epub",
    "markdown": "ingest.formats.markdown:read_markdown",
    "text": "ingest.formats.text:read_text",
}
"""Format to its reader, named and not imported: each pulls in a library of its own."""

SPLITTERS: dict[str, str] = {
    "jats": "ingest.formats.xml.bundles:split_jats",
    "medline": "ingest.formats.xml.bundles:split_medline",
}
"""Formats that hold several documents, to what parts them; the parts' formats are in `READERS`."""

TRAITS: dict[str, str] = {"bmc": "ingest.formats.xml.traits:bmc_traits"}
"""Formats of one document a file whose traits are told before it is read; splitters tell theirs."""

SUFFIXES: dict[str, str] = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xml": "jats",
    ".nxml": "jats",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".dotm": "docx",
    ".rtf": "rtf",
    ".epub": "epub",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
}
"""What a file's name promises; what it holds decides (`ingest.formats.detection`)."""


def reader(format_name: str) -> Reader:
    """The reader of a format."""
    found: Reader = _named(READERS[format_name])
    return found


def splitter(format_name: str) -> Splitter | None:
    """What parts a file of a format into documents; None for a format of one document a file."""
    found: Splitter | None = _named(SPLITTERS[format_name]) if format_name in SPLITTERS else None
    return found


def traits_reader(format_name: str, raw: bytes) -> Callable[[], Traits | None]:
    """What tells the traits of a file of one document, None where it must be read for them."""
    if format_name not in TRAITS:
        return lambda: None
    read: TraitsReader = _named(TRAITS[format_name])
    return partial(read, raw)


def _named(place: str) -> Any:
    module, function = place.split(":")
    return getattr(import_module(module), function)
