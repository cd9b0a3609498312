"""How much each leg counts for each kind of query. Pure."""

from search.query_kinds import QueryKind

DENSE_WEIGHTS: dict[QueryKind, float] = {"question": 0.4, "keywords": 0.3, "case": 0.15}
"""The cosine's part of the fused score (`index.fusion`) for each kind of query; the words have the
rest (evaluation/results/weights.md, docs/decisions/0011)."""
ONE_WEIGHT = DENSE_WEIGHTS["question"]
"""For every kind alike: what the weights by kind are compared with."""
