"""Which documents say nearly the same: versions of one text are grouped, never dropped.

A document's signature estimates the Jaccard similarity of word triples (MinHash: Broder 1997,
https://doi.org/10.1109/SEQUEN.1997.666900). Signatures are made once per document and stored;
grouping compares only documents that share a band of their signatures (locality-sensitive
hashing: Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from ingest.documents import Document
from ingest.passages import UNSEARCHED_KINDS
from ingest.sections import BACK_MATTER, KEYWORDS, SITE_TEXT

SIMILAR = 0.5
"""Estimated share of common word triples. The same article as PDF, HTML and XML had .76 to .98 in
15 of 16 articles; among 315 documents no two others were grouped."""
PERMUTATIONS = 128
"""Values in a signature: the estimate is off by .04 on average at the threshold."""
BAND = 4
"""Values in a band: two documents at the threshold share one of the 32 bands with p = .87, at
.6 with p = .99."""
MAX_COMPARED = 20
"""Documents of one band before it that each is compared with, and as many after it: a band that
thousands share is a phrase."""
MIN_TRIPLES = 20
"""Shorter texts share their few triples by chance."""

Signature = NDArray[np.uint32]

_HASH_BITS = 42
"""With the 5 bits of its place a band fits the six bytes that SQLite has for such a number; among a
million documents two bands are one by chance about once, and their signatures differ still."""
_MULTIPLIERS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64
)
"""Odd numbers without a pattern, one for each value of a band (multiply-shift: Dietzfelbinger,
https://arxiv.org/abs/1504.06804)."""

_WORD = re.compile(r"[^\W_]+")
_LEFT_OUT = UNSEARCHED_KINDS | {BACK_MATTER, KEYWORDS, SITE_TEXT}
_SEED = 20261122


def signature(document: Document) -> Signature | None:
    """The (128,) signature of a document's own text; None for one too short to compare."""
    from rensa import RMinHash

    triples = _triples(document)
    if len(triples) < MIN_TRIPLES:
        return None
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    minhash.update(list(triples))  # in any order: each value is a least one over all
    return np.array(minhash.digest(), dtype=np.uint32)


def similarity(first: Signature, second: Signature) -> float:
    """The estimated share of word triples that two documents have in common, from 0 to 1."""
    return float(np.mean(first == second))


def bands(signatures: Signature) -> NDArray[np.int64]:
    """The (n, 32) bands of (n, 128) signatures, as numbers below 2**47 that grow with the place.

    Documents that share a number are alike in a band.
    """
    values = signatures.reshape(len(signatures), -1, BAND).astype(np.uint64)
    hashes = (values * _MULTIPLIERS).sum(axis=2, dtype=np.uint64) >> np.uint64(64 - _HASH_BITS)
    places = np.arange(PERMUTATIONS // BAND, dtype=np.int64) << _HASH_BITS
    numbers: NDArray[np.int64] = hashes.astype(np.int64) | places
    return numbers


def groups(signatures: Mapping[str, Signature]) -> list[tuple[str, ...]]:
    """Groups of two and more documents, each like at least one other of its group; sorted."""
    leader = {doc_id: doc_id for doc_id in signatures}

    def find(doc_id: str) -> str:
        while leader[doc_id] != doc_id:
            leader[doc_id] = leader[leader[doc_id]]
            doc_id = leader[doc_id]
        return doc_id

    for one, other in _sharing_a_band(signatures):
        first, second = sorted((find(one), find(other)))
        if first != second and similarity(signatures[one], signatures[other]) >= SIMILAR:
            leader[second] = first
    members: dict[str, list[str]] = defaultdict(list)
    for doc_id in sorted(signatures):
        members[find(doc_id)].append(doc_id)
    return sorted(tuple(group) for group in members.values() if len(group) > 1)


def _triples(document: Document) -> set[str]:
    triples: set[str] = set()
    for section in document.sections:
        if section.kind not in _LEFT_OUT:
            words = _WORD.findall(document.text[section.start : section.end].lower())
            triples.update(map(" ".join, zip(words, words[1:], words[2:], strict=False)))
    return triples


def _sharing_a_band(signatures: Mapping[str, Signature]) -> Iterator[tuple[str, str]]:
    """Pairs of documents that can be alike: each with those just before it in a band."""
    for start in range(0, PERMUTATIONS, BAND):
        buckets: dict[bytes, list[str]] = defaultdict(list)
        for doc_id, values in signatures.items():
            buckets[values[start : start + BAND].tobytes()].append(doc_id)
        for bucket in buckets.values():
            for place, one in enumerate(bucket):
                for other in bucket[max(0, place - MAX_COMPARED) : place]:
                    yield other, one
