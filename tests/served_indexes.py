"""Documents ready for any store, and an index folder that a milvus-lite serves."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.cutting import cut
from index.keyword_engines.queries import ANY_DOCUMENT, DocumentFilter, KeywordQuery
from index.keyword_engines.shares import MOST_OF_A_TERM
from index.keywords import terms
from index.location import LiteAddress
from index.prepared import PreparedDocument
from index.stores import Candidate, EncodedDocument, Generation, StoreQuery
from index.stores.milvus.server import MilvusServer
from ingest.corpus import read_file
from ingest.documents import Document
from ingest.files import SourceFile
from tests.conftest import HashingEncoder

ELBOW = (
    "Title: Weak fingers\nYear: 2019\nType: review\n\nCase\n\n"
    "A woman of 34 years had a tender radial tunnel. Her fingers were weak.\n"
)


def lite_address(folder: Path) -> LiteAddress:
    """A file of milvus-lite in a folder."""
    return LiteAddress(folder / "server.db", "cases")


@contextmanager
def lite_server(folder: Path) -> Iterator[MilvusServer]:
    """A server in a folder."""
    with closing(MilvusServer.connect(lite_address(folder))) as server:
        yield server


def encoded(path: Path) -> EncodedDocument:
    """The document of a file, with passages and vectors of the hashing encoder."""
    encoder, document = HashingEncoder(), read_file(path)[0]
    assert isinstance(document, Document)
    passages = cut(document, encoder)
    vectors = encoder.encode_passages([one.encoded_text for one in passages])
    file = SourceFile(path, document.file_hash)
    return EncodedDocument(PreparedDocument(document, passages), vectors, (file,))


def asked(
    text: str, k: int = 20, documents: DocumentFilter = ANY_DOCUMENT, dense_weight: float = 0.5
) -> StoreQuery:
    """A question for a store; each of its terms counts as one."""
    words = tuple(dict.fromkeys(terms(text)))
    vector = HashingEncoder().encode_queries([text])
    most = MOST_OF_A_TERM * len(words)
    return StoreQuery(vector, KeywordQuery(words), most, dense_weight, k, documents)


def texts_of(generation: Generation, found: list[Candidate]) -> list[str]:
    """The passages of candidates, best first."""
    stored = generation.passages([one.row for one in found])
    return [stored[one.row].passage.text for one in found]
