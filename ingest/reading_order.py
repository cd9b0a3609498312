"""How a file is to be read, as one small value that is handed to whatever process reads it.

ReadingOrder   what is wanted of it, and which of its documents are known already
Passed         documents that were gone by: left out by the selection, or known
"""

from dataclasses import dataclass

from ingest.documents import Document, SkippedFile
from ingest.selection import EVERYTHING, Selection


@dataclass(frozen=True)
class ReadingOrder:
    """What is wanted of one file.

    `known_parts` are names of parts ("PMID 123", "articles/a.nxml", "" for all of a file of one
    document) that somebody holds already and that are not read again. They were read in the
    bytes whose SHA-256 is `file_hash`, and do not count where the file has others by now.

    The first `done` parts were told of by a child that died on the next one, for which `broken`
    is the reason: that part is not tried again.
    """

    selection: Selection = EVERYTHING
    known_parts: frozenset[str] = frozenset()
    file_hash: str = ""
    done: int = 0
    broken: str = ""


READ_ALL = ReadingOrder()


@dataclass(frozen=True)
class Passed:
    """Documents of a file that were gone by since the last word of it; `unnamed` cannot be read.

    It is also a sign of life, with nothing but zeros: a child that streams over thousands is not
    lost. Only of a file that holds several documents it comes before the end.
    """

    source: str
    file_hash: str
    left_out: int = 0
    known: int = 0
    unnamed: int = 0

    @property
    def count(self) -> int:
        """How many they are."""
        return self.left_out + self.known + self.unnamed


Told = Document | SkippedFile | Passed
"""All that a reading process tells of a file."""
