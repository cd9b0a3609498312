"""Passages as a server takes and gives them: dicts of fields, and batches of these. Pure."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from index.encoders import Vectors
from index.keyword_engines.scoring import Columns
from index.stores.milvus.rows import FoundRow, PassageRow
from index.stores.milvus.schema import FACET_FIELDS

BATCH_BYTES = 8 << 20
"""Of one request that writes: an eighth of what a server takes (64 MB), and soon done again."""
_COLUMNS_APART = "\n"
"""Between the terms of title, heading and body; for the server's analyzer a space as any other."""

Fields = dict[str, Any]


def packed(row: PassageRow) -> Fields:
    """A row by the names of a server's fields."""
    return {
        **{field: getattr(row, field) for field in ("row", "ordinal", *FACET_FIELDS)},
        **{field: getattr(row, field) for field in ("doc_id", "section", "kind", "passage")},
        "terms": _COLUMNS_APART.join(row.terms),
        "vector": row.vector,
    }


def passage_row(found: Fields) -> PassageRow:
    """A row as a server gives it."""
    return PassageRow(
        doc_id=found["doc_id"],
        vector=_floats(found["vector"]),
        terms=_columns(found["terms"]),
        section=found["section"],
        kind=found["kind"],
        passage=found["passage"],
        **{field: int(found[field]) for field in ("row", "ordinal", *FACET_FIELDS)},
    )


def found_row(hit: Fields) -> FoundRow:
    """A hit of a search as a server gives it."""
    found = hit["entity"]
    return FoundRow(
        # Servers before 2.4 call every key "id".
        row=int(hit["row"] if "row" in hit else hit["id"]),
        score=float(hit["distance"]),
        doc_id=found["doc_id"],
        ordinal=int(found["ordinal"]),
        section=found["section"],
        kind=found["kind"],
        terms=_columns(found["terms"]),
        vector=_floats(found["vector"]),
    )


def batches_by_bytes(rows: Iterable[Fields], most: int = BATCH_BYTES) -> Iterator[list[Fields]]:
    """Rows in batches of at most `most` bytes, or of one row.

    Of several rows of one number in a batch the last one is there: a server keeps any of them.
    """
    batch: dict[int, Fields] = {}
    weight = 0
    for row in rows:
        of_row = sum(map(_bytes_of, row.values()))
        if batch and weight + of_row > most:
            yield list(batch.values())
            batch, weight = {}, 0
        batch[row["row"]] = row
        weight += of_row
    if batch:
        yield list(batch.values())


def _bytes_of(value: object) -> int:
    if isinstance(value, str):
        return len(value.encode())
    return int(value.nbytes) if isinstance(value, np.ndarray) else 8


def _columns(terms: str) -> Columns:
    title, heading, body = terms.split(_COLUMNS_APART)
    return title, heading, body


def _floats(vector: Any) -> Vectors:
    """A vector as a server gives it: floats, or the bytes of half floats, alone or in a list.

    >>> _floats(np.float16([0.5, -1]).tobytes()).tolist()
    [0.5, -1.0]
    """
    if isinstance(vector, list) and vector and isinstance(vector[0], bytes):
        vector = b"".join(vector)
    if isinstance(vector, bytes):
        return np.frombuffer(vector, np.float16).astype(np.float32)
    return np.asarray(vector, np.float32)
