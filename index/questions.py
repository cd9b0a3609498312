"""The vectors of the questions that an index is asked when it is built; made once for a model."""

import sqlite3
from collections.abc import Callable, Sequence

from index.encoders import Encoder, Vectors
from index.vector_store import question_vectors, store_question_vectors


def vectors_of_questions(
    connection: sqlite3.Connection,
    questions: Sequence[str],
    fingerprint: str,
    encoder: Callable[[], Encoder],
) -> dict[str, Vectors]:
    """The vector (dim,) of each question; the encoder is loaded only where one is missing."""
    found = question_vectors(connection, questions, fingerprint)
    missing = [question for question in dict.fromkeys(questions) if question not in found]
    if missing:
        vectors = encoder().encode_queries(missing)
        store_question_vectors(connection, missing, vectors, fingerprint)
        found |= question_vectors(connection, missing, fingerprint)
    return found
