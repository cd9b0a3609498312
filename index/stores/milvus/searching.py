"""One search on a server: the legs that are asked for, and their fusion there."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from index.encoders import Vectors
from index.stores.milvus.connection import ASK_SECONDS, Connection
from index.stores.milvus.packing import Fields
from index.stores.milvus.requests import FRESHNESS
from index.stores.milvus.schema import DENSE, FOUND_FIELDS, WORDS

MOST_FOUND = 16_384
"""The most that a server gives for one query (its limit `topk`)."""
LEAST_LOOKED_AT = 512
"""Vectors that a search of the graph keeps in view (`ef`), if `k` is not more."""
RANK_CONSTANT = 60
"""Of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009), here to propose only."""

_Leg = tuple[str, Any, dict[str, Any]]
"""A field, what is looked for in it, and how."""


def search(
    connection: Connection,
    collection: str,
    vector: Vectors | None,
    words: Sequence[str],
    filter: str,
    k: int,
) -> list[Fields]:
    """The hits of a search, best first, as `MilvusServer.search` has it."""
    k = max(1, min(k, MOST_FOUND))
    legs = _legs(connection, vector, words, k)
    if not legs:
        return []
    with connection.asking("search"):
        ask = _alone if len(legs) == 1 else _together
        found = connection.when_loaded(
            collection, lambda: ask(connection, collection, legs, filter, k)
        )
        return list(found[0])


def _legs(
    connection: Connection, vector: Vectors | None, words: Sequence[str], k: int
) -> list[_Leg]:
    legs: list[_Leg] = []
    if vector is not None:
        dtype = np.float16 if connection.half_floats else np.float32
        how = {**DENSE, "params": {"ef": max(k, LEAST_LOOKED_AT)}}
        legs.append(("vector", vector.reshape(-1).astype(dtype), how))
    if words and connection.hybrid:
        legs.append(("sparse", " ".join(words), WORDS))
    return legs


def _alone(
    connection: Connection, collection: str, legs: Sequence[_Leg], filter: str, k: int
) -> Any:
    ((field, asked, how),) = legs
    return connection.client.search(
        collection,
        [asked],
        anns_field=field,
        search_params=how,
        filter=filter,
        limit=k,
        output_fields=list(FOUND_FIELDS),
        consistency_level=FRESHNESS[False],
        timeout=ASK_SECONDS,
    )


def _together(
    connection: Connection, collection: str, legs: Sequence[_Leg], filter: str, k: int
) -> Any:
    """The union of both legs: whoever scores it anew wants what either of them found."""
    from pymilvus import AnnSearchRequest, RRFRanker

    return connection.client.hybrid_search(
        collection,
        [AnnSearchRequest([asked], field, how, limit=k, expr=filter) for field, asked, how in legs],
        RRFRanker(RANK_CONSTANT),
        limit=min(2 * k, MOST_FOUND),
        output_fields=list(FOUND_FIELDS),
        consistency_level=FRESHNESS[False],
        timeout=ASK_SECONDS,
    )
