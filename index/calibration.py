"""How near a corpus comes to questions that it cannot answer.

Cosines mean nothing by themselves: among 20 documents the best match of a question without an
answer lies lower than among 20,000, and each encoder has its own scale. So everyday questions
that are far from any clinic are asked of every index when it is built; search reads a cosine by
how far it lies above what they reach.
"""

from collections.abc import Sequence

import numpy as np

from index.encoders import Vectors
from index.engines import VectorEngine
from index.manifest import Calibration

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


def calibrate(engine: VectorEngine, questions: Sequence[Vectors]) -> Calibration:
    """The mean of the best cosines that the vectors (dim,) of unrelated questions reach."""
    found = [engine.search(vector[None, :], 1) for vector in questions]
    return Calibration(float(np.mean([hits[0][1] for hits in found if hits] or [0.0])))
