"""How near a corpus comes to questions that it cannot answer.

Cosines mean nothing by themselves: among 20 documents the best match of a question without an
answer lies lower than among 20,000, and each encoder has its own scale. So two kinds of questions
are asked of every index when it is built: everyday ones that are far from any clinic, and
shuffled ones, words drawn from all over this very corpus that mean nothing together. Search reads
a cosine by where it lies between the two.
"""

import random
import sqlite3
from collections.abc import Sequence

import numpy as np

from index.encoders import Encoder
from index.engines import VectorEngine
from index.keywords import STOP_WORDS
from index.manifest import Calibration

LEAST_SPAN = 0.1
"""Between the two kinds of questions: a handful of passages gives nearly equal cosines, and less
than this is chance."""
SHUFFLED_QUERIES = 60
_SHUFFLED_WORDS = (3, 9)
"""Words of a shuffled question, fewest and most: what people type."""
_SAMPLED_PASSAGES = 400
_SEED = 1

UNRELATED_QUERIES = (
    "how do I change the oil in a motorcycle",
    "best recipe for vegetable lasagne",
    "who won the football world cup in 1998",
    "population of Iceland",
    "how to write a for loop in JavaScript",
    "cheap flights from London to Tokyo",
    "what is the tallest building in the world",
    "rules of chess castling",
    "how do interest rates affect mortgages",
    "train tomatoes up a string in a greenhouse",
    "history of the Roman aqueducts",
    "how to tune a guitar by ear",
    "symphonies written by Mahler",
    "which planets have rings",
    "install a graphics driver on Linux",
    "how to remove red wine from a carpet",
    "tax return deadline for freelancers",
    "plot summary of a detective novel",
    "difference between an alligator and a crocodile",
    "how to fold a paper crane",
    "exchange rate euro to yen",
    "when was the printing press invented",
    "how to repair a bicycle chain",
    "what language is spoken in Brazil",
    "SQL query to join two tables",
    "paint for a wooden garden fence",
    "lyrics of a sea shanty",
    "how do solar panels make electricity",
    "dog breeds that do not bark",
    "wedding speech ideas for the best man",
    "how deep is the Mariana trench",
    "cast iron pan seasoning",
    "renew a passport online",
    "who painted the ceiling of the Sistine chapel",
    "kayaking routes on a quiet river",
    "how to negotiate a salary",
    "weather forecast for the weekend",
    "what is the offside rule",
    "git rebase or merge",
    "how to grow lavender from seed",
    "used car prices this year",
    "longest river in Africa",
)
"""Everyday questions far from any clinic, in the lengths and forms that people type."""


def calibrate(
    encoder: Encoder, engine: VectorEngine, connection: sqlite3.Connection
) -> Calibration:
    """Ask an engine both kinds of questions; gives the means of their best cosines."""
    unrelated = _mean_best(encoder, engine, UNRELATED_QUERIES)
    shuffled = _mean_best(encoder, engine, shuffled_queries(_sampled_texts(connection)))
    return Calibration(unrelated, max(shuffled, unrelated + LEAST_SPAN))


def shuffled_queries(texts: Sequence[str]) -> list[str]:
    """Questions of words that stand in one corpus and hardly together; the same ones each time."""
    chance = random.Random(_SEED)
    words = [
        [word for word in text.lower().split() if word.isalpha() and word not in STOP_WORDS]
        for text in texts
    ]
    full = [found for found in words if found]
    if not full:
        return []
    return [
        " ".join(
            chance.choice(chance.choice(full)) for _ in range(chance.randint(*_SHUFFLED_WORDS))
        )
        for _ in range(SHUFFLED_QUERIES)
    ]


def _mean_best(encoder: Encoder, engine: VectorEngine, queries: Sequence[str]) -> float:
    if not queries:
        return 0.0
    vectors = encoder.encode_queries(queries)
    found = [engine.search(vectors[i : i + 1], 1) for i in range(len(queries))]
    return float(np.mean([hits[0][1] for hits in found if hits] or [0.0]))


def _sampled_texts(connection: sqlite3.Connection) -> list[str]:
    """The texts of some passages from all over the corpus."""
    first, last = connection.execute("SELECT min(row), max(row) FROM passages").fetchone()
    if first is None:
        return []
    chance = random.Random(_SEED)
    texts = (
        connection.execute(
            'SELECT substr(text, start + 1, "end" - start) FROM passages '
            "JOIN documents USING (doc_id) WHERE row >= ? ORDER BY row LIMIT 1",
            (chance.randint(first, last),),
        ).fetchone()
        for _ in range(_SAMPLED_PASSAGES)
    )
    return [text for (text,) in texts]
