"""What a query is understood as, before anything is searched for."""

from dataclasses import dataclass

from index.encoders import Encoder, Vectors
from index.stores import Generation
from search.query_kinds import QueryKind, kind_of
from search.query_parts import one_vector, query_parts
from search.ranking import Ranking
from search.vocabulary import SPELLING, Expansion, expansions, spelled_out
from search.vocabulary.corpus import CorpusWords
from search.wanted_terms import WantedTerms, wanted_terms


@dataclass(frozen=True)
class UnderstoodQuery:
    """A query with all that both legs need: its (1, dim) vector and its terms."""

    kind: QueryKind
    expansions: tuple[Expansion, ...]
    vector: Vectors
    wanted: WantedTerms


def understand(
    text: str, ranking: Ranking, generation: Generation, encoder: Encoder
) -> UnderstoodQuery:
    """Read a query by the vocabulary of an index, and encode it."""
    keywords, passages = generation.keywords, generation.manifest.passages
    found: tuple[Expansion, ...] = ()
    if ranking.vocabulary:
        corpus = CorpusWords(generation.connection, keywords, passages, generation.openings)
        found = expansions(text, corpus)
    spelt = spelled_out(text, [one for one in found if one.reason == SPELLING])
    read = spelled_out(text, found)
    parts = query_parts(read, encoder) if ranking.parts else [read]
    return UnderstoodQuery(
        kind=kind_of(text),
        expansions=found,
        vector=one_vector(encoder.encode_queries(parts)),
        wanted=wanted_terms(keywords, spelt, found, passages),
    )
