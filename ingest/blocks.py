"""Headings and paragraphs on their way from a format to the one text of a document.

Every reader gives a list of blocks; `assemble` alone decides where each stands in the text, so
that sections and pages have the same offsets whatever the format.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.cleaning import clean
from ingest.documents import Page, Section
from ingest.sections import section_kind

PARAGRAPH_BREAK = "\n\n"


@dataclass(frozen=True)
class Block:
    """A heading or a paragraph.

    `continues` marks a paragraph that goes on where the block before it stopped, as over a page
    break. `page` counts from 1.
    """

    text: str
    is_heading: bool = False
    page: int | None = None
    continues: bool = False


@dataclass(frozen=True)
class Layout:
    """A document's text with the places of its sections and pages."""

    text: str
    sections: tuple[Section, ...]
    pages: tuple[Page, ...]


def assemble(blocks: Iterable[Block]) -> Layout:
    r"""Join blocks into one text; a heading opens a section that runs to the next heading.

    >>> layout = assemble([Block("Case", is_heading=True), Block("Fever rose.")])
    >>> layout.text
    'Case\n\nFever rose.'
    >>> layout.text[layout.sections[0].start : layout.sections[0].end]
    'Fever rose.'
    """
    text = ""
    heading = ""
    section_start = 0
    sections: list[Section] = []
    page_starts: dict[int, int] = {}
    for block, content in _with_content(blocks):
        separator = "" if not text else " " if block.continues else PARAGRAPH_BREAK
        start = len(text) + len(separator)
        if block.is_heading:
            _close(sections, text, heading, section_start)
            heading = " ".join(content.split())
        text += separator + content
        if block.is_heading:
            section_start = len(text)
        if block.page is not None:
            page_starts.setdefault(block.page, start)
    _close(sections, text, heading, section_start)
    return Layout(text, tuple(sections), _page_spans(page_starts, len(text)))


def _with_content(blocks: Iterable[Block]) -> list[tuple[Block, str]]:
    """Blocks and their cleaned text; a heading with nothing after it is the last paragraph."""
    cleaned = [(block, content) for block in blocks if (content := clean(block.text))]
    if cleaned and cleaned[-1][0].is_heading:
        block, content = cleaned[-1]
        cleaned[-1] = replace(block, is_heading=False), content
    return cleaned


def _close(sections: list[Section], text: str, heading: str, start: int) -> None:
    body = text[start:]
    if not body.strip():
        return
    start += len(body) - len(body.lstrip())
    sections.append(Section(heading, section_kind(heading), start, len(text)))


def _page_spans(starts: dict[int, int], length: int) -> tuple[Page, ...]:
    ordered = sorted(starts.items())
    ends = [*[start for _, start in ordered][1:], length]
    return tuple(
        Page(number, start, end) for (number, start), end in zip(ordered, ends, strict=False)
    )
