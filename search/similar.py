"""Cases like the one that a passage tells of: what comes nearest to it in other documents.

The passage is asked for as if it had been pasted: by its words and by the vector that is stored
for it, so that nothing is encoded and a score means what that of a pasted case means. Its own
document and the near-duplicates of that never answer, and each other document answers once.
"""

from index.stores import Generation
from search.candidates import RankedPassages, ranked_passages
from search.diversity import Kept
from search.hit_making import make_hits
from search.hits import Hit
from search.queries import MAX_HITS, Filters
from search.ranking import Ranking
from search.understanding import UnderstoodQuery
from search.wanted_terms import wanted_terms

SIMILAR_HITS = 5
"""Cases beside the one at hand: as many as are looked at between two patients."""
_RANKING = Ranking(vocabulary=False, parts=False, title_boost=False, sentences=False)
"""What a person wrote is spelt out and read in parts; a passage is the index's own words. The
passage that is most like the one at hand is shown, also where another answers a question better."""


def similar_hits(
    generation: Generation, passage_id: str, k: int, filters: Filters
) -> tuple[Hit, ...]:
    """At most `k` hits, best first; none for a passage that is not in the index."""
    row = generation.row_of(passage_id)
    if row is None:
        return ()
    stored = generation.passages([row])[row]
    text = stored.passage.text
    asked = UnderstoodQuery(
        kind="case",
        expansions=(),
        vector=generation.vector_of(row),
        wanted=wanted_terms(generation.keywords, text, (), generation.manifest.passages),
    )
    own = generation.group_rows(stored.leader or stored.passage.doc_id)
    depth = min(MAX_HITS, k + len(own))
    ranked = ranked_passages(generation, asked, filters, _RANKING, depth)
    others = RankedPassages(_best_of_each(ranked, set(own)), ranked.cosines, ranked.placements)
    return make_hits(generation, others, text, asked, _RANKING, k)


def _best_of_each(ranked: RankedPassages, own: set[int]) -> list[Kept]:
    """The best passage of each document, in order, but for the rows of the document at hand."""
    best: dict[str, Kept] = {}
    for one in ranked.kept:
        if one.row not in own:
            best.setdefault(ranked.placements[one.row].doc_id, one)
    return list(best.values())
