"""The list of references, found also where no heading names it. Pure."""

import re
from collections.abc import Sequence

from ingest.blocks import Block
from ingest.sections import REFERENCES, section_kind

HEADING = "References"
MIN_ENTRIES = 5
"""Fewer numbered paragraphs with years are a list of something else."""
MIN_SHARE_WITH_YEAR = 0.8

_ENTRY = re.compile(r"[\[(]?(\d{1,3})[\]).]?\s+\D")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def with_references(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with a heading put over a list of references that has none of its own."""
    if any(block.is_heading and section_kind(block.text) == REFERENCES for block in blocks):
        return [*blocks]
    start = _list_start(blocks)
    if start is None:
        return [*blocks]
    heading = Block(HEADING, is_heading=True, page=blocks[start].page, level=1)
    return [*blocks[:start], heading, *blocks[start:]]


def _list_start(blocks: Sequence[Block]) -> int | None:
    """The last run of paragraphs numbered 1, 2, 3 … of which nearly all name a year."""
    found = None
    for start, block in enumerate(blocks):
        if _number(block) != 1:
            continue
        entries = _entries(blocks[start:])
        years = sum(bool(_YEAR.search(entry.text)) for entry in entries)
        if len(entries) >= MIN_ENTRIES and years >= MIN_SHARE_WITH_YEAR * len(entries):
            found = start
    return found


def _entries(blocks: Sequence[Block]) -> list[Block]:
    entries: list[Block] = []
    for block in blocks:
        if _number(block) == len(entries) + 1:
            entries.append(block)
        elif block.is_heading:
            break
    return entries


def _number(block: Block) -> int | None:
    match = None if block.is_heading or block.kind else _ENTRY.match(block.text)
    return int(match[1]) if match else None
