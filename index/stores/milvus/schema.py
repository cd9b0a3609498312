"""The collections of an index on a server: names, fields, and how each is searched.

    NAME             an alias: the collection of passages that is served
    NAME_a, NAME_b   passages, one row each (`index.stores.milvus.rows`)
    NAME_a_records, NAME_b_records   texts by key, in pieces
    NAME_manifest    what is in NAME_a and in NAME_b, one row each

Vectors are in a graph (HNSW): AUTOINDEX, which leaves the choice to whoever runs the server, takes
no word on how thoroughly to search, and found 8 of the nearest 10 (2.3.5, 10,000 clustered rows).
Numbers that are filtered by have no index:
a scan of 8 bytes a row is done before the vectors are. Shards and partitions are the server's own.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.keyword_engines.scoring import K1, B
from index.stores.milvus.connection import WRITE_SECONDS, Connection

if TYPE_CHECKING:
    from pymilvus import CollectionSchema
    from pymilvus.milvus_client.index import IndexParams

SCHEMA_VERSION = 1
"""Raised whenever these fields change: an older or newer program then refuses with a line."""
TEXT_BYTES = 65_535
"""The most that a VARCHAR holds."""
FACET_FIELDS = ("year", "age", "document_type", "language", "format", "section_kind", "sex")
FOUND_FIELDS = ("doc_id", "ordinal", "section", "kind", "terms", "vector")
"""What a search brings along, so that candidates are scored and placed without asking again."""
ROW_FIELDS = ("row", *FOUND_FIELDS, *FACET_FIELDS, "passage")
MANIFEST_FIELDS = ("row", "collection", "state", "schema_version", "dim", "manifest", "cards")
RECORD_FIELDS = ("row", "key", "number", "pieces", "whole", "text")
DENSE = {"metric_type": "COSINE"}
WORDS = {"metric_type": "BM25"}
GRAPH = {"M": 32, "efConstruction": 256}
"""Neighbours of a vector in the graph, 256 bytes a passage beside its 768, and how many are tried
for them: for 384 numbers twice what the library takes for a hundred."""
BLANK_FIELD = "blank"
"""A collection must have a vector; that of texts is never searched."""
BLANK_VECTOR = [1.0, 0.0]


@dataclass(frozen=True)
class Names:
    """What the collections of one index are called."""

    alias: str

    @property
    def physical(self) -> tuple[str, str]:
        """The two that take turns."""
        return f"{self.alias}_a", f"{self.alias}_b"

    @property
    def manifest(self) -> str:
        """Where stands what is in both."""
        return f"{self.alias}_manifest"

    @property
    def all(self) -> tuple[str, ...]:
        """Every collection, without the alias."""
        first, second = self.physical
        return first, second, records_of(first), records_of(second), self.manifest


def records_of(collection: str) -> str:
    """Where the texts of a collection of passages are."""
    return f"{collection}_records"


def create_passages(connection: Connection, collection: str, dim: int) -> None:
    """Make an empty collection of passages, indexed and loaded."""
    from pymilvus import DataType, Function, FunctionType

    client = connection.client
    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("row", DataType.INT64, is_primary=True)
    half = DataType.FLOAT16_VECTOR if connection.half_floats else DataType.FLOAT_VECTOR
    schema.add_field("vector", half, dim=dim)
    for field in ("ordinal", *FACET_FIELDS):
        schema.add_field(field, DataType.INT64)
    for field in ("doc_id", "section", "kind", "passage"):
        schema.add_field(field, DataType.VARCHAR, max_length=TEXT_BYTES)
    indexes = client.prepare_index_params()
    indexes.add_index("vector", index_type="HNSW", params=GRAPH, **DENSE)
    if connection.hybrid:
        # Our own terms stand between spaces; milvus-lite has nothing plainer than `standard`.
        tokenizer = "standard" if connection.is_lite else "whitespace"
        analyzed: dict[str, Any] = {
            "enable_analyzer": True,
            "analyzer_params": {"tokenizer": tokenizer},
        }
        schema.add_field("terms", DataType.VARCHAR, max_length=TEXT_BYTES, **analyzed)
        schema.add_field("sparse", DataType.SPARSE_FLOAT_VECTOR)
        schema.add_function(Function("bm25", FunctionType.BM25, ["terms"], ["sparse"]))
        weights = {"bm25_k1": K1, "bm25_b": B}
        indexes.add_index("sparse", index_type="SPARSE_INVERTED_INDEX", params=weights, **WORDS)
    else:
        schema.add_field("terms", DataType.VARCHAR, max_length=TEXT_BYTES)
    _create(connection, collection, schema, indexes)


def create_records(connection: Connection, collection: str) -> None:
    """Make an empty collection of texts in pieces."""
    _create_texts(connection, collection, RECORD_FIELDS, ("key", "text"))


def create_manifest(connection: Connection, collection: str) -> None:
    """Make an empty collection of what is in the others."""
    texts = ("collection", "state", "manifest", "cards")
    _create_texts(connection, collection, MANIFEST_FIELDS, texts)


def _create_texts(
    connection: Connection, collection: str, fields: tuple[str, ...], texts: tuple[str, ...]
) -> None:
    from pymilvus import DataType

    schema = connection.client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("row", DataType.INT64, is_primary=True)
    for field in fields[1:]:
        if field in texts:
            schema.add_field(field, DataType.VARCHAR, max_length=TEXT_BYTES)
        else:
            schema.add_field(field, DataType.INT64)
    schema.add_field(BLANK_FIELD, DataType.FLOAT_VECTOR, dim=len(BLANK_VECTOR))
    indexes = connection.client.prepare_index_params()
    indexes.add_index(BLANK_FIELD, index_type="FLAT", **DENSE)
    _create(connection, collection, schema, indexes)


def _create(
    connection: Connection, collection: str, schema: "CollectionSchema", indexes: "IndexParams"
) -> None:
    client = connection.client
    client.create_collection(
        collection, schema=schema, consistency_level="Strong", timeout=WRITE_SECONDS
    )
    # Of an empty collection the index is ready at once; to wait for it takes half a second.
    client.create_index(collection, indexes, timeout=WRITE_SECONDS, sync=False)
    client.load_collection(collection, timeout=WRITE_SECONDS)
