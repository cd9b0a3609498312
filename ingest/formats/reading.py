"""What every reader gives, whatever the format."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.blocks import Block
from ingest.documents import Metadata


@dataclass(frozen=True)
class PageFacts:
    """One page of a file, also one without text: its own name, and what read it."""

    number: int
    label: str = ""
    reader: str = ""
    recognised: bool = False


@dataclass(frozen=True)
class Reading:
    """The content of one document before it is laid out; `pages` where the format has them.

    `unfinished` says that another reading of the same bytes could give more (see `Document`).
    """

    metadata: Metadata
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()
    pages: tuple[PageFacts, ...] = ()
    unfinished: bool = False


Reader = Callable[[bytes], Reading]
"""Takes the bytes of one document; raises `UnreadableFileError` if they give none."""


@dataclass(frozen=True)
class Part:
    """One document of a file that holds several: its name there ("PMID 123") and its bytes."""

    name: str
    format: str
    raw: bytes


Splitter = Callable[[bytes], Iterator[Part]]
"""Takes the bytes of a file and gives its documents; those of one document give one part ""."""
