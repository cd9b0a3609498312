"""Plain text: header fields, headings that stand alone, labels such as "Discussion: …"."""

import re
from itertools import pairwise

from ingest.blocks import Block
from ingest.documents import Metadata
from ingest.formats.decoding import decode
from ingest.formats.reading import Reading
from ingest.header_fields import first_stated, take_header_fields
from ingest.identifiers import find_ama_citation, find_doi, find_pmid
from ingest.sections import OTHER, section_kind

MAX_HEADING_WORDS = 12
MAX_LABEL_WORDS = 4
WRAPPED_LINE = (60, 120)
"""A line of this many characters without an end of sentence was broken to fit a screen."""

_BULLET = re.compile(r"^\s*(?:[•*–-]|\d{1,2}[.)])\s")
_LABEL = re.compile(r"^([A-Z][\w /&,()-]{2,60}):\s+(?=\S)")
_RESIDUE = frozenset({"icon", "image", "img", "bg", "logo", "banner", "thumbnail"})
"""What stands for a picture in a page that was saved as text; alone on a line it says nothing."""
VERB = re.compile(r"\b(was|were|is|are|had|has|have|showed|did)\b")
"""With one of these, words before a colon are a sentence and no heading."""
_SENTENCE_END = tuple(".!?:;,")


def read_text(raw: bytes) -> Reading:
    """Read a plain text file."""
    text, warnings = decode(raw)
    lines = text.splitlines()
    stated, taken = take_header_fields(lines, at_least=2)
    blocks = [
        block for paragraph in _paragraphs(lines[taken:]) for block in _paragraph_blocks(paragraph)
    ]
    cited = find_ama_citation(text) or Metadata()
    found = Metadata(title=_title_heading(blocks), doi=find_doi(text), pmid=find_pmid(text))
    return Reading(first_stated(stated, cited, found), tuple(blocks), warnings)


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
        and not _BULLET.match(line)
        and "http" not in line
    )


def _paragraphs(lines: list[str]) -> list[list[str]]:
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(line.rstrip())
        elif paragraphs[-1]:
            paragraphs.append([])
    return [p for p in paragraphs if p and not (len(p) == 1 and p[0].strip() in _RESIDUE)]


def _unwrapped(lines: list[str]) -> list[str]:
    """Join the lines that were broken to fit a screen."""
    joined = [lines[0]]
    for before, line in pairwise(lines):
        shortest, longest = WRAPPED_LINE
        wrapped = shortest <= len(before) <= longest and not before.endswith((".", "!", "?", ":"))
        if not _BULLET.match(line) and (wrapped or line.lstrip()[0].islower()):
            joined[-1] += " " + line.strip()
        else:
            joined.append(line)
    return joined


def _paragraph_blocks(lines: list[str]) -> list[Block]:
    if len(lines) == 1 and looks_like_heading(lines[0].strip()):
        return [Block(lines[0], is_heading=True)]
    blocks = []
    for line in _unwrapped(lines):
        label, rest = split_label(line.strip())
        if label:
            blocks.append(Block(label, is_heading=True))
        blocks.append(Block(rest))
    return blocks


def _title_heading(blocks: list[Block]) -> str:
    """The first heading, if nothing but scraps stands before it and it names no section."""
    words_before = 0
    for block in blocks:
        if block.is_heading:
            is_title = words_before <= 2 and len(block.text.split()) >= 3
            return block.text.strip() if is_title else ""
        words_before += len(block.text.split())
    return ""
