"""How a build is to be done, beside what it is to hold."""

from dataclasses import dataclass, field

from index.base import MergePolicy
from index.publication import Agree
from index.readers import Reader, read_here
from ingest.selection import Selection


@dataclass(frozen=True)
class BuildOptions:
    """`only_if_missing` leaves an index that somebody else has published meanwhile as it is.

    With `afresh` nothing that is stored is believed but sound vectors: all documents are read
    again. With `rehearsed` everything is done but the last step: nothing is published. `agree` is
    asked before a publication that loses much of what was found; without it nobody is asked.
    `reader` reads the files, on this machine or on others. Without a `selection` a build keeps
    that of the index, as an update does always; a new index then holds everything.
    """

    only_if_missing: bool = False
    afresh: bool = False
    rehearsed: bool = False
    agree: Agree | None = None
    merging: MergePolicy = field(default_factory=MergePolicy)
    reader: Reader = read_here
    selection: Selection | None = None


DEFAULT_OPTIONS = BuildOptions()
