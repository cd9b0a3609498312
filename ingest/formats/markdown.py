"""Markdown: front matter between "---" lines, then CommonMark with tables."""

import re

from lxml import html
from markdown_it import MarkdownIt

from ingest.documents import Metadata
from ingest.formats.decoding import decode
from ingest.formats.html_blocks import html_blocks
from ingest.formats.reading import Reading
from ingest.header_fields import first_stated, take_header_fields
from ingest.identifiers import find_doi, find_pmid

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)


def read_markdown(raw: bytes) -> Reading:
    """Read a Markdown file; HTML in it is taken as text, as its author would see it escaped."""
    text, warnings = decode(raw)
    text = text.replace("\r\n", "\n").lstrip("\n")
    front = _FRONT_MATTER.match(text)
    stated, _ = take_header_fields(front[1].splitlines() if front else [])
    body = text[front.end() :] if front else text
    rendered = MarkdownIt("commonmark", {"html": False}).enable("table").render(body)
    blocks = html_blocks(html.fromstring(f"<div>{rendered}</div>"))
    first_heading = next((b.text for b in blocks if b.is_heading), "")
    found = Metadata(title=first_heading, doi=find_doi(body), pmid=find_pmid(body))
    return Reading(first_stated(stated, found), tuple(blocks), warnings)
