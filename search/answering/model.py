"""The linear model: features times weights that depend on what is asked. Pure."""

import math
from collections.abc import Sequence
from functools import lru_cache
from operator import mul

from search.answering.features import FEATURES, Asked, rows_of
from search.answering.weights import ALWAYS, FORMS, KINDS, STRENGTH


def answer_scores(sentences: Sequence[str], section_kind: str, asked: Asked) -> list[float]:
    """The score of each sentence of one passage, higher is better; comparable for one question."""
    weights = weights_for(asked.kinds, asked.forms)
    return [sum(map(mul, weights, row)) for row in rows_of(sentences, section_kind, asked)]


@lru_cache(maxsize=64)
def weights_for(kinds: tuple[str, ...], forms: tuple[str, ...]) -> tuple[float, ...]:
    """A weight for each feature: what always holds, the mean of the kinds asked for, the form."""
    known = [KINDS[kind] for kind in kinds if kind in KINDS]
    tables = [(ALWAYS, 1.0), *((table, 1 / len(known)) for table in known)]
    tables += [(FORMS[form], 1.0) for form in forms]
    return tuple(
        sum(table.get(feature, 0.0) * part for table, part in tables) for feature in FEATURES
    )


def strength_of(score: float) -> float:
    """How likely a sentence of this score answers, from 0 to 1.

    >>> strength_of(-1000) < 0.001 < 0.999 < strength_of(1000)
    True
    """
    slope, middle = STRENGTH
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, slope * (score - middle)))))
