"""What a few lines would do instead: FAISS flat over float32, then one SQLite read of the texts."""

import sqlite3
from dataclasses import dataclass
from typing import Any

import numpy as np

from evaluation.speed.exact import JOINED
from index.encoders import Vectors

_ROWS = f'SELECT row, vector, substr(text, start + 1, "end" - start) {JOINED}'


@dataclass(frozen=True)
class PlainSearch:
    """A flat FAISS index, and a database in memory that holds the text of each passage."""

    index: Any
    texts: sqlite3.Connection

    def search(self, query: Vectors, k: int) -> list[str]:
        """The texts of the `k` passages nearest to a (1, dim) query, best first."""
        _, found = self.index.search(query, k)
        ids = found[0].tolist()
        marks = ",".join("?" * len(ids))
        rows = self.texts.execute(f"SELECT id, text FROM texts WHERE id IN ({marks})", ids)
        by_id = dict(rows.fetchall())
        return [by_id[one] for one in ids]


def plain_search(connection: sqlite3.Connection, fingerprint: str) -> PlainSearch:
    """The same passages and vectors as an index holds, searched plainly, with one thread."""
    import faiss

    faiss.omp_set_num_threads(1)
    rows = connection.execute(_ROWS, (fingerprint,)).fetchall()
    halves = np.frombuffer(b"".join(vector for _, vector, _ in rows), np.float16)
    vectors = halves.reshape(len(rows), -1).astype(np.float32)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    texts = sqlite3.connect(":memory:")
    texts.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    texts.executemany("INSERT INTO texts VALUES (?, ?)", enumerate(text for *_, text in rows))
    return PlainSearch(index, texts)
