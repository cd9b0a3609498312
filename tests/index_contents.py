"""What an index holds, without row numbers and generations: equal for equal documents."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from index.base import MergePolicy
from index.build import update_index
from index.catalog import open_for_reading
from index.encoders import EncoderChoice
from index.options import BuildOptions
from index.report import BuildReport
from index.rollback import roll_back
from search.queries import Filters, Query
from search.service import SearchService
from tests.conftest import HashingEncoder, hashing_choice

UNMERGED = BuildOptions(merging=MergePolicy(small=0))
"""No new base for the few rows of a test."""
MERGED = BuildOptions(merging=MergePolicy(small=0, least=0, share=0.0))
"""A new base for every row that changes."""
_CONTENTS = (
    "SELECT path, part, file_hash, doc_id FROM sources",
    "SELECT doc_id, leader, metadata, text FROM documents",
    'SELECT doc_id, ordinal, section, kind, start, "end", vector_hash, vector, title, heading, '
    "body FROM passages JOIN vectors ON vectors.id = vector_id JOIN passage_terms USING (row)",
    "SELECT word, documents FROM words",
    "SELECT doc_id, short, long FROM abbreviations",
    "SELECT doc_id, site, marked FROM site_paragraphs",
)


def contents(folder: Path) -> list[list[str]]:
    """All rows that documents give, table by table, in order."""
    with closing(open_for_reading(folder)) as connection:
        return [sorted(map(repr, connection.execute(query))) for query in _CONTENTS]


def base_names(folder: Path) -> list[str]:
    """The bases on disk, whole or not."""
    return sorted(path.name for path in folder.glob("base-*"))


def chosen(encoder: HashingEncoder | None) -> Callable[[str], EncoderChoice]:
    """Gives the hashing encoder for any model."""
    return lambda _model: hashing_choice(encoder)


def update(
    folder: Path,
    *paths: Path,
    encoder: HashingEncoder | None = None,
    options: BuildOptions = UNMERGED,
) -> BuildReport:
    """Update an index with the hashing encoder."""
    return update_index(paths, folder, chosen(encoder), options=options)


def take_back(
    folder: Path, encoder: HashingEncoder | None = None, options: BuildOptions = UNMERGED
) -> BuildReport:
    """Take the last publication back."""
    return roll_back(folder, chosen(encoder), options=options)


def found(folder: Path, question: str, filters: Filters | None = None) -> list[str]:
    """The texts of the hits, best first."""
    service = SearchService.open(folder, chosen(None))
    return texts(service, question, filters)


def texts(service: SearchService, question: str, filters: Filters | None = None) -> list[str]:
    """The texts of the hits of an open service, best first."""
    answer = service.search(Query(question, filters=filters or Filters()))
    return [hit.passage.text for hit in answer.hits]
