"""Text that a page holds twice: for narrow and wide screens, in a figure and its pop-up. Pure."""

from collections.abc import Hashable, Sequence
from itertools import takewhile

from ingest.blocks import Block
from ingest.cleaning import words_in
from ingest.formats.html.extraction import normalised
from ingest.sections import SITE_TEXT

MIN_WORDS = 25
"""A paragraph of so many words is not written twice; a shorter one can be, in a series of cases."""
MIN_RUN_WORDS = 20
"""Neighbouring blocks that stand together a second time, with so many words, are a copy."""
MAX_RUN = 100
"""Blocks that are compared at a time; a longer copy goes in several runs."""
MAX_PLACES = 8
"""Earlier places that a run is compared with: a line that stands oftener is a label."""


def without_copies(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without those that repeat earlier ones, alone or in a run.

    What was marked as the site's goes where the article says it, wherever that stands.
    """
    own = [block for block in blocks if block.kind != SITE_TEXT]
    told = {normalised(block.text) for block in own}
    marked = [b for b in blocks if b.kind == SITE_TEXT and normalised(b.text) not in told]
    dropped = {*_copies(own), *_copies(marked)}
    return [block for block in blocks if id(block) not in dropped and _is_new(block, told)]


def _is_new(block: Block, told: set[str]) -> bool:
    return block.kind != SITE_TEXT or normalised(block.text) not in told


def _copies(blocks: Sequence[Block]) -> set[int]:
    """The ids of the blocks that are copies of earlier ones."""
    keys = [_key(block) for block in blocks]
    places: dict[Hashable, list[int]] = {}
    dropped: set[int] = set()
    at = 0
    while at < len(blocks):
        earlier = places.setdefault(keys[at], [])
        run = max((_run(keys, before, at) for before in earlier), default=0)
        if run and _is_copy(blocks[at : at + run]):
            dropped.update(id(block) for block in blocks[at : at + run])
            at += run
        else:
            if len(earlier) < MAX_PLACES and (not at or keys[at] != keys[at - 1]):
                earlier.append(at)
            at += 1
    return dropped


def _key(block: Block) -> Hashable:
    return block.is_heading, block.kind, block.label, normalised(block.text)


def _run(keys: Sequence[Hashable], before: int, at: int) -> int:
    """How many blocks from `at` are those from `before`, which end before `at`."""
    longest = min(len(keys) - at, at - before, MAX_RUN)
    same = (keys[before + length] == keys[at + length] for length in range(longest))
    return sum(1 for _ in takewhile(bool, same))


def _is_copy(run: Sequence[Block]) -> bool:
    words = sum(words_in(block.text) for block in run)
    if len(run) == 1:
        return words >= MIN_WORDS or bool(run[0].label)
    told = len({normalised(block.text) for block in run})  # one value in many rows is no copy
    return (words >= MIN_RUN_WORDS and told > 1) or all(block.label for block in run)
