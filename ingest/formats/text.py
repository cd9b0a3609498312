"""Plain text: header fields, headings that stand alone, labels such as "Discussion: …"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.blocks import Block
from ingest.bylines import byline
from ingest.captions import caption_label
from ingest.cleaning import clean, words_in
from ingest.documents import Metadata, first_stated, read_in
from ingest.doubts import text_doubts
from ingest.first_page import stated_on_first_page
from ingest.formats.decoding import decode
from ingest.formats.reading import Reading
from ingest.formats.text_lines import (
    BULLET,
    Shape,
    paragraphs,
    shape_of,
    table_rows,
    unbroken,
)
from ingest.header_fields import take_header_fields
from ingest.sections import CAPTION, OTHER, SITE_TEXT, TABLE, section_kind
from ingest.site_lines import is_site_heading, is_site_line, is_tool

MAX_HEADING_WORDS = 12
MAX_LABEL_WORDS = 4
MAX_SECTION_NAME_WORDS = 6
"""Words of a heading right above its text, which only its wording or its capitals tell."""
MIN_TEXT_WORDS = 8
"""Words of the line below such a heading."""
MIN_INNER_LABELS = 2
"""So many known labels in one paragraph are an abstract's parts; one alone may be a phrase."""
PROSE_WORDS = 25
"""A paragraph with so many words tells something, also below "Popular posts"."""

_LABEL = re.compile(r"^([A-Z][\w /&,()-]{2,60}):\s+(?=\S)")
# Inside a paragraph a label begins after a sentence, or is glued to the word before it.
_INNER_LABEL = re.compile(
    r"(?:(?<=[.!?)])\s+|(?<=[a-z.)])(?=[A-Z]))(?=[A-Z][A-Za-z /&-]{2,40}:\s+\S)"
)
_RESIDUE = frozenset({"icon", "image", "img", "bg", "logo", "banner", "thumbnail"})
"""What stands for a picture in a page that was saved as text; alone on a line it says nothing."""
VERB = re.compile(r"\b(was|were|is|are|had|has|have|showed|did)\b")
"""With one of these, words before a colon are a sentence and no heading."""
_SENTENCE_END = tuple(".!?:;,")
_NUMBERED = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[A-Z])")
_HASHES = re.compile(r"^(#{1,6})\s+(\S.*?)\s*#*$")
_UNDERLINE = re.compile(r"^\s*(?:={3,}|-{3,}|~{3,})\s*$")
_LABEL_LEVEL = 3


def read_text(raw: bytes) -> Reading:
    """Read a plain text file."""
    text, warnings = decode(raw)
    lines = text.splitlines()
    stated, taken = take_header_fields(lines, at_least=2)
    body = lines[taken:]
    blocks = list(_blocks(body))
    _mark_site_end(blocks)
    metadata = first_stated(stated, stated_on_first_page(blocks), _take_title(blocks))
    return Reading(metadata, tuple(blocks), (*warnings, *text_doubts(body)))


def split_label(line: str) -> tuple[str, str]:
    """A leading label that names a kind of section, and the rest; "" without one.

    >>> split_label("Case Description: A man fell."), split_label("Rest: ice and time.")
    (('Case Description', 'A man fell.'), ('', 'Rest: ice and time.'))
    """
    match = _LABEL.match(line)
    if match is None or len(match[1].split()) > MAX_LABEL_WORDS or VERB.search(match[1]):
        return "", line
    return (match[1], line[match.end() :]) if section_kind(match[1]) != OTHER else ("", line)


def looks_like_heading(line: str) -> bool:
    """Whether a line that stands alone can be a heading."""
    return (
        0 < len(line.split()) <= MAX_HEADING_WORDS
        and (line[0].isupper() or line[0].isdigit())
        and not line.endswith(_SENTENCE_END)
        and not BULLET.match(line)
        and "http" not in line
    )


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """All blocks of the text, underlined headings first taken out of the paragraphs."""
    shape = shape_of(lines)
    for paragraph in paragraphs(_with_hashes(lines)):
        telling = [line for line in paragraph if line.strip().lower() not in _RESIDUE]
        if telling:
            yield from _paragraph_blocks(telling, shape)


def _with_hashes(lines: Sequence[str]) -> list[str]:
    """The lines with each underlined one written as "# Heading", on a line of its own."""
    written: list[str] = []
    for line in lines:
        above = written[-1].strip() if written else ""
        if _UNDERLINE.match(line) and above and looks_like_heading(above):
            written[-1:] = ["", f"{'#' if '=' in line else '##'} {above}", ""]
        elif _HASHES.match(line):
            written += ["", line, ""]
        else:
            written.append(line)
    return written


def _paragraph_blocks(lines: list[str], shape: Shape) -> Iterator[Block]:
    hashes = _HASHES.match(lines[0])
    if hashes:
        yield Block(hashes[2], is_heading=True, level=len(hashes[1]))
        return
    if len(lines) == 1 and _is_heading(lines[0].strip()):
        yield _heading(lines[0].strip())
        return
    rows = table_rows(lines)
    if rows:
        yield from (Block(row) for row in rows)
        return
    while len(lines) > 1 and _is_section_name(lines[0].strip(), lines[1]):
        yield _heading(lines[0].strip())
        lines = lines[1:]
    for line in unbroken(lines, shape):
        yield from _line_blocks(line.strip())


def _line_blocks(line: str) -> Iterator[Block]:
    if is_tool(line) or is_site_line(line):
        yield Block(line, kind=SITE_TEXT)
        return
    caption = caption_label(line)
    if caption:
        yield Block(line, kind=TABLE if caption.startswith("Table") else CAPTION, label=caption)
        return
    for part in _split_inner_labels(line):
        label, rest = split_label(part)
        if label:
            yield Block(label, is_heading=True, level=_LABEL_LEVEL)
        yield Block(rest)


def _split_inner_labels(line: str) -> list[str]:
    """The parts of an abstract that was printed as one paragraph: "METHODS: … RESULTS: …"."""
    places = [match.end() for match in _INNER_LABEL.finditer(line)]
    starts = [0, *(place for place in places if split_label(line[place:])[0])]
    parts = [line[a:b].strip() for a, b in pairwise([*starts, len(line)])]
    labels = [label for part in parts if (label := split_label(part)[0])]
    is_abstract = len(labels) >= MIN_INNER_LABELS or any(map(str.isupper, labels))
    return parts if is_abstract else [line]


def _is_heading(line: str) -> bool:
    if is_tool(line) or is_site_line(line):
        return False
    if looks_like_heading(line) or is_site_heading(line):
        return not caption_label(line)
    numbered = _NUMBERED.match(line)
    name = line[numbered.end() :] if numbered else ""
    return looks_like_heading(name) and section_kind(name) != OTHER


def _is_section_name(line: str, below: str) -> bool:
    """Whether the first line of a paragraph is the heading of the rest."""
    if not looks_like_heading(line) or words_in(line) > MAX_SECTION_NAME_WORDS:
        return False
    is_name = section_kind(line) != OTHER or (line.isupper() and len(line) > MIN_TEXT_WORDS)
    return is_name and words_in(below) >= MIN_TEXT_WORDS and below.strip()[0].isupper()


def _heading(line: str) -> Block:
    numbered = _NUMBERED.match(line)
    level = numbered[1].count(".") + 1 if numbered else 1 if line.isupper() else 2
    return Block(line, is_heading=True, level=level)


def _mark_site_end(blocks: list[Block]) -> None:
    """Mark what a site puts below an article: names of other posts, under a heading of its own."""
    start = next(
        (i for i, b in enumerate(blocks) if b.is_heading and is_site_heading(b.text)), len(blocks)
    )
    below = blocks[start:]
    if not any(_is_prose(block.text) for block in below):
        blocks[start:] = [Block(block.text, kind=SITE_TEXT) for block in below]


def _is_prose(text: str) -> bool:
    return words_in(text) >= PROSE_WORDS or text.rstrip().endswith((".", "!", "?"))


def _take_title(blocks: list[Block]) -> Metadata:
    """Title and authors of the first heading, if nothing but scraps stands before it.

    A heading of one or two words names a section. No section stands under the title, so that
    none takes its kind from it.
    """
    place = next((i for i, block in enumerate(blocks) if block.is_heading), len(blocks))
    words_before = sum(words_in(block.text) for block in blocks[:place] if not block.kind)
    if place == len(blocks) or words_before > 2 or words_in(blocks[place].text) < 3:
        return Metadata()
    blocks[place] = replace(blocks[place], level=0)
    names = byline(clean(blocks[place + 1].text)) if place + 1 < len(blocks) else ()
    return first_stated(
        read_in("the first heading", Metadata(title=clean(blocks[place].text))),
        read_in("inferred from the line under the title", Metadata(authors=names)),
    )
