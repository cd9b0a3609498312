"""What every reader gives, whatever the format."""

from collections.abc import Callable
from dataclasses import dataclass

from ingest.blocks import Block
from ingest.documents import Metadata


@dataclass(frozen=True)
class Reading:
    """The content of one file before it is laid out as a document."""

    metadata: Metadata
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()


Reader = Callable[[bytes], Reading]
"""Takes the bytes of a file; raises `UnreadableFileError` if they give no document."""
