"""What a server proposes, on the scale that all stores have: `index.fusion`. Pure but for counts.

The server fuses by rank, which orders and says nothing of how well a passage fits. So each proposal
is scored anew: the cosine of its stored vector, and the share of what the words could score by
BM25, counted over the whole corpus. It differs from what a folder gives in two things: how often a
phrase stands in the corpus is known of the long forms that the corpus explains, and estimated of
others; and a passage is proposed for its words by the server's BM25, which knows no phrases and no
weights of columns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.fusion import fuse
from index.keyword_engines.queries import KeywordQuery
from index.keyword_engines.scoring import Columns, PassageScorer
from index.keyword_engines.shares import share_of
from index.stores import StoreQuery
from index.stores.cards import CardTerms
from index.stores.milvus.rows import FoundRow

SURELY_PROPOSED = 0.25
"""Of `k` proposals: where so few have a phrase, there are hardly more that were not proposed."""


def words_of(query: KeywordQuery) -> list[str]:
    """All terms that a server is asked for, each once; none where the question has none."""
    if not query.terms:
        return []
    return list(dict.fromkeys(term for phrase in query.phrases for term in phrase))


@dataclass(frozen=True)
class Counting:
    """How words count: `by_words` says whether the server proposed by words, too.

    With `one_field` a heading counts as much as the text: as tantivy has it, which serves all but
    small folders, and asks nothing else of the ordinary weight of titles.
    """

    by_words: bool
    one_field: bool

    def columns(self, terms: Columns) -> Columns:
        """A passage's terms as they are counted."""
        title, heading, body = terms
        return (title, "", f"{heading} {body}") if self.one_field else terms


def scored(
    found: Sequence[FoundRow], query: StoreQuery, terms: CardTerms, counting: Counting
) -> tuple[list[tuple[int, float]], dict[int, float]]:
    """At most `query.k` rows with their fused score, best first, and the cosines of all.

    As in a folder, what is not among the `query.k` best by its words counts nothing by them.
    """
    cosines = {one.row: float(one.vector @ query.vector[0]) for one in found}
    fused = fuse(cosines, _shares(found, query, terms, counting), query.dense_weight)
    return fused[: query.k], cosines


def _shares(
    found: Sequence[FoundRow], query: StoreQuery, terms: CardTerms, counting: Counting
) -> dict[int, float]:
    if not query.keywords.terms:
        return {}
    counts = terms.counts(words_of(query.keywords))
    # Among others, or among some documents only, those that have a phrase need not all be.
    among = found if counting.by_words and not query.documents.any_set else None
    having = {
        phrase: _having(phrase, counts, terms, among, query.k) for phrase in query.keywords.phrases
    }
    scorer = PassageScorer(query.keywords, having, terms.totals())
    scores = {one.row: scorer.score(counting.columns(one.terms)) for one in found}
    best = sorted(
        ((row, score) for row, score in scores.items() if score > 0),
        key=lambda item: (-item[1], item[0]),
    )
    return {row: share_of(score, query.most_by_words) for row, score in best[: query.k]}


def _having(
    phrase: tuple[str, ...],
    counts: Mapping[str, int],
    terms: CardTerms,
    proposals: Sequence[FoundRow] | None,
    k: int,
) -> int:
    """In how many passages of the corpus a phrase stands.

    Of one that nobody counted, as many as were proposed for their words, where these are few: who
    has all of its words is proposed before others. Else as many as its rarest term, never too few.
    """
    rarest = min(counts[term] for term in phrase)
    if len(phrase) == 1 or not rarest:
        return rarest
    counted = terms.phrase_count(phrase)
    if counted is not None or proposals is None:
        return rarest if counted is None else counted
    written = f" {' '.join(phrase)} "
    proposed = sum(any(written in f" {text} " for text in one.terms) for one in proposals)
    return min(rarest, max(proposed, 1)) if proposed <= SURELY_PROPOSED * k else rarest
