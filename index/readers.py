"""Where a build's files are read: in child processes of this machine, or elsewhere.

A reader may hand back documents that were cut and encoded where they were read, as a cluster does
(`index.cluster`). What it gives of one file comes together, file after file, in any order of files.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoders import Encoder
from index.prepared import PreparedPassage
from ingest.corpus import read_as_ordered
from ingest.documents import Document
from ingest.files import SourceFile
from ingest.reading_order import READ_ALL, ReadingOrder, Told


@dataclass(frozen=True, eq=False)
class ReadyDocument:
    """A document that came with its passages, and with those of their vectors that were missing.

    `vectors` are half floats (len(names), dim); row by row those of the texts with these names
    (`index.prepared.vector_hash`). `runtime` is what computed them.
    """

    document: Document
    passages: tuple[PreparedPassage, ...]
    names: tuple[str, ...]
    vectors: NDArray[np.float16]
    runtime: str


Read = Told | ReadyDocument
"""What a reader gives of a file."""


def read_all(_file: SourceFile) -> ReadingOrder:
    """The order of whoever wants all of every file."""
    return READ_ALL


@dataclass(frozen=True)
class ReadingTask:
    """What a build wants read: one file for each content, and what it needs to be made of it.

    `known_vectors` names the texts that need no vector. `beat` is called about once a second while
    files are read; what it raises ends the reading. `order_of` says how a file is to be read.
    """

    files: Sequence[SourceFile]
    encoder: Callable[[], Encoder]
    known_vectors: Callable[[], Iterable[str]]
    beat: Callable[[], None]
    order_of: Callable[[SourceFile], ReadingOrder] = read_all


Reader = Callable[[ReadingTask], Iterator[Read]]


def read_here(task: ReadingTask) -> Iterator[Read]:
    """Read files in child processes; nothing is cut or encoded yet."""
    file_of = {file.path: file for file in task.files}
    return read_as_ordered(list(file_of), lambda path: task.order_of(file_of[path]), task.beat)
