"""What every reader gives, whatever the format."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.blocks import Block
from ingest.documents import Metadata
from ingest.traits import Traits


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
    """One document of a file, found and not read: its name there ("PMID 123"), "" where it is all.

    `write` makes its bytes, and `traits` tells what they state, None for a format that must be
    read for it; both hold until the next part is asked for. `doc_hash` is the SHA-256 that its
    doc_id is taken from, "" for that of its bytes.
    """

    name: str
    format: str
    write: Callable[[], bytes]
    traits: Callable[[], Traits | None] = lambda: None
    doc_hash: str = ""


Content = bytes | Iterator[bytes]
"""A file's bytes: all of them, or piece by piece where they are too many to be held."""
Splitter = Callable[[Content], Iterator[Part]]
"""Takes the bytes of a file and gives its documents; those of one document give one part ""."""
TraitsReader = Callable[[bytes], Traits | None]
"""Takes the bytes of one document; gives what it states, None where it cannot be told."""
