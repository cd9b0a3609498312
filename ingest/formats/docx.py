"""Word files: mammoth turns styles into HTML; the file's own properties name the document."""

import io
import re
import zipfile
from contextlib import suppress
from typing import Any

import mammoth
from lxml import html

from ingest.documents import Metadata
from ingest.errors import UnreadableFileError
from ingest.formats.html_blocks import html_blocks
from ingest.formats.raised import write_raised_digits
from ingest.formats.reading import Reading
from ingest.formats.xml_tree import parse_xml
from ingest.header_fields import first_stated, take_header_fields
from ingest.identifiers import find_doi, find_pmid

MAX_UNPACKED_BYTES = 200_000_000
"""A Word file that unpacks to more is a bomb, or a book of pictures: 50 times any we have seen."""
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
_TOOL_TITLE = re.compile(r"^(microsoft word|document\d*|untitled|word document)\b", re.IGNORECASE)
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def read_docx(raw: bytes) -> Reading:
    """Read a Word file: paragraphs, lists, tables and text boxes; pictures are left out."""
    title = _core_title(_opened(raw))
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(raw), style_map=_STYLES, convert_image=mammoth.images.img_element(_no_image)
        )
        tree = html.fromstring(f"<div>{result.value}</div>")
        write_raised_digits(tree)
        blocks = html_blocks(tree)
    except UnreadableFileError:
        raise
    # mammoth documents no error of its own: a bad part can raise from zipfile, xml or itself.
    except Exception as error:
        raise UnreadableFileError(
            "a damaged Word file", "open it in Word, save it again as .docx"
        ) from error
    if blocks and blocks[0].is_heading:
        heading, rest = blocks[0], blocks[1:]
        title = heading.text
    else:
        heading, rest = None, blocks
    stated, taken = take_header_fields([block.text for block in rest], at_least=2)
    body = rest[taken:]
    text = "\n".join(block.text for block in body)
    found = Metadata(title=title, doi=find_doi(text), pmid=find_pmid(text))
    kept = [heading, *body] if heading else body
    return Reading(first_stated(stated, found), tuple(kept))


def _opened(raw: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableFileError(
            "a damaged Word file", "open it in Word, save it again as .docx"
        ) from error
    if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED_BYTES:
        raise UnreadableFileError(
            f"unpacks to more than {MAX_UNPACKED_BYTES // 10**6} MB",
            "remove its pictures, or split it",
        )
    return archive


def _core_title(archive: zipfile.ZipFile) -> str:
    """The title among the file's properties; "" where they are absent, or damaged in any way."""
    title = ""
    with suppress(Exception):
        core = parse_xml(archive.read("docProps/core.xml"))
        title = (core.findtext(f"{_DUBLIN_CORE}title") or "").strip()
    return "" if _TOOL_TITLE.match(title) else title


def _no_image(_image: Any) -> dict[str, str]:
    return {}
