"""The first hits put in order once more by a model that reads question and passage together.

Off by default: such a model costs more than the whole search before it, and on case reports one
of good repute made a good ranking worse (R2MED, nDCG@10 from .314 to .256, bge-reranker-v2-m3). It
may only change the order. Its scores mean nothing from one question to the next, so that a hit
keeps its calibrated score; the scores of reranked hits therefore need not fall from hit to hit.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from search.hits import Hit

MOST_RERANKED = 20
"""Hits that are read. A cross-encoder of 6 layers and 384 columns took 1.5 seconds for twenty
passages of 220 tokens on two loaded cores (random weights): as long as a person waits gladly."""


class Reranker(Protocol):
    """Says how well passages answer a query, each by itself."""

    @property
    def name(self) -> str:
        """What `--reranker` was given to find it."""

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        """One score per passage, higher is better, of any size."""


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers, by its name on the hub or its folder.

    It is loaded at once; raises `index.cross_encoders.RerankerUnavailableError`. A query and a
    passage that are together longer than it reads are cut, the longer one first.
    """

    def __init__(self, model: str) -> None:
        from index.cross_encoders import load_cross_encoder

        self._name = model
        self._model = load_cross_encoder(model)

    @property
    def name(self) -> str:
        """What `--reranker` was given to find it."""
        return self._name

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        """One score per passage, higher is better, before any squashing."""
        return self._model.scores(query, passages)


def rerank(query: str, hits: Sequence[Hit], reranker: Reranker) -> tuple[Hit, ...]:
    """At most the first `MOST_RERANKED` hits in the reranker's order, the rest as they were.

    Ranks are counted anew and scores stay with their hits. Of hits that the reranker likes alike,
    the one that was first stays first. It reads what the encoder read: the title, then the text.
    """
    first, rest = hits[:MOST_RERANKED], hits[MOST_RERANKED:]
    scores = reranker.scores(query, [f"{hit.title}. {hit.passage.text}" for hit in first])
    order = sorted(range(len(first)), key=lambda place: -scores[place])
    ranked = [*(first[place] for place in order), *rest]
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(ranked, 1))
