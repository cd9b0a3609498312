"""Questions that watch over publishing: made once from the corpus, asked of every generation.

What they find is kept with the generation, so that the next one can be held against it before it
is seen: a build that went wrong, or was given the wrong folder, shows itself here. They are asked
of both legs, whose rankings are merged by reciprocal rank (Cormack, Clarke and Büttcher 2009,
https://doi.org/10.1145/1571941.1572114); expansions and sentences play no part.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.encoders import Vectors
from index.engines import VectorEngine
from index.keyword_engines import KeywordEngine
from index.keyword_engines.queries import KeywordQuery
from index.keywords import query_terms

PROBES = 50
COMPARED = 10
"""Hits of each question that are compared: what people look at."""
LOST_SHARE, LEAST_LOST = 0.2, 20
"""A publication that loses a greater share of all hits, and at least so many, is asked about."""
_DEPTH = 60
_CONSTANT = 60
"""Of reciprocal rank fusion, as in its paper."""
_MOST_WORDS = 24
_SHOWN = 5


@dataclass(frozen=True)
class ProbeReport:
    """How the hits of the probe questions moved since the generation before.

    Of all `questions` only those were `asked` whose hits can have been lost, where a change is
    small. `overlap` is the mean share of a question's hits that are the same, from 0 to 1; `lost`
    counts hits of before that are not among the first any more although what came new is left
    out, of `before` hits in all. `most_moved` are the questions that kept the fewest.
    """

    questions: int
    asked: int
    overlap: float
    lost: int
    before: int
    most_moved: tuple[str, ...]

    @property
    def loses_much(self) -> bool:
        """Whether a person should be asked."""
        return self.lost >= LEAST_LOST and self.lost > LOST_SHARE * self.before


@dataclass(frozen=True)
class Prober:
    """What probe questions are asked of: one state of an index."""

    connection: sqlite3.Connection
    engine: VectorEngine
    keywords: KeywordEngine

    def ask(self, question: str, vector: Vectors) -> list[str]:
        """The sources of the documents found, best first; at most `_DEPTH` passages a leg."""
        rows = [row for row, _ in self.engine.search(vector[None, :], _DEPTH)]
        by_words = self.keywords.search(KeywordQuery(tuple(query_terms(question))), _DEPTH)
        fused: dict[int, float] = {}
        for ranking in (rows, by_words):
            for rank, row in enumerate(ranking, 1):
                fused[row] = fused.get(row, 0.0) + 1 / (_CONSTANT + rank)
        best = sorted(fused, key=lambda row: (-fused[row], row))
        return list(dict.fromkeys(self._source(row) for row in best))

    def _source(self, row: int) -> str:
        """The file that a passage is from: the same when its document changes."""
        found = self.connection.execute(
            "SELECT path, part FROM sources WHERE doc_id = "
            "(SELECT doc_id FROM passages WHERE row = ?) ORDER BY 1, 2 LIMIT 1",
            (row,),
        ).fetchone()
        return source_name(*found) if found else ""


def source_name(path: str, part: str) -> str:
    """How a file, or a part of it, is named among hits."""
    return f"{path}|{part}"


def stored_probes(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The probe questions with the hits of the published generation."""
    rows = connection.execute("SELECT question, hits FROM probes ORDER BY rowid")
    return {question: json.loads(hits) for question, hits in rows}


def store_probes(connection: sqlite3.Connection, hits: Mapping[str, Sequence[str]]) -> None:
    """Keep what a generation's probes found; inside the transaction that publishes it."""
    connection.execute("DELETE FROM probes")
    connection.executemany(
        "INSERT INTO probes VALUES (?, ?)",
        ((question, json.dumps(found[:COMPARED])) for question, found in hits.items()),
    )


def note_unprobed(connection: sqlite3.Connection, added: Iterable[str]) -> None:
    """Remember sources that came with a change too small to ask all questions again."""
    connection.executemany(
        "INSERT OR IGNORE INTO unprobed_sources VALUES (?)", ((source,) for source in added)
    )


def take_unprobed(connection: sqlite3.Connection) -> set[str]:
    """The sources that came since all questions were asked, which they are now."""
    found = {source for (source,) in connection.execute("SELECT source FROM unprobed_sources")}
    connection.execute("DELETE FROM unprobed_sources")
    return found


def choose_questions(connection: sqlite3.Connection) -> list[str]:
    """Titles of documents, or first words of those without, from all over the corpus."""
    # Names of documents are hashes: in their order they come from anywhere.
    rows = connection.execute(
        "SELECT json_extract(metadata, '$.title'), substr(text, 1, 400) FROM documents "
        "ORDER BY doc_id LIMIT ?",
        (PROBES,),
    )
    questions = [
        " ".join((title or opening).split()[:_MOST_WORDS]) for title, opening in rows.fetchall()
    ]
    return list(dict.fromkeys(question for question in questions if query_terms(question)))


def renamed(
    connection: sqlite3.Connection, hits: Mapping[str, Sequence[str]], removed: Mapping[str, str]
) -> dict[str, list[str]]:
    """Hits of before as they are named now; `removed` are sources that went, with their documents.

    A document that is still there but was moved, or is now found in another of its files, is
    the same hit.
    """
    names: dict[str, str] = {}
    for hit in {hit for found in hits.values() for hit in found}:
        path, _, part = hit.rpartition("|")
        first = connection.execute(
            "SELECT path, part FROM sources WHERE doc_id = coalesce(?, "
            "(SELECT doc_id FROM sources WHERE path = ? AND part = ?)) ORDER BY 1, 2 LIMIT 1",
            (removed.get(hit), path, part),
        ).fetchone()
        if first is None:  # its file may have another document now
            first = connection.execute(
                "SELECT path, part FROM sources WHERE doc_id = "
                "(SELECT doc_id FROM sources WHERE path = ? AND part = ?) ORDER BY 1, 2 LIMIT 1",
                (path, part),
            ).fetchone()
        names[hit] = source_name(*first) if first else hit
    return {question: [names[hit] for hit in found] for question, found in hits.items()}


def compare(
    before: Mapping[str, Sequence[str]],
    now: Mapping[str, Sequence[str]],
    added: Collection[str],
    asked: int | None = None,
) -> ProbeReport:
    """Hold the hits of two generations against each other; `added` are sources that came new.

    `asked` says how many questions were asked again, None for all of them.

    >>> report = compare({"q": ["a", "b"]}, {"q": ["new", "a"]}, {"new"})
    >>> report.overlap, report.lost, report.before
    (0.5, 1, 2)
    """
    shares: dict[str, float] = {}
    lost = compared = 0
    for question in before.keys() & now.keys():
        first = before[question][:COMPARED]
        if not first:
            continue
        shares[question] = len(set(first) & set(now[question][:COMPARED])) / len(first)
        known = [source for source in now[question] if source not in added][:COMPARED]
        lost += len(set(first) - set(known))
        compared += len(first)
    moved = sorted((q for q in shares if shares[q] < 1), key=lambda q: (shares[q], q))
    return ProbeReport(
        questions=len(shares),
        asked=len(now) if asked is None else asked,
        overlap=round(sum(shares.values()) / len(shares), 4) if shares else 1.0,
        lost=lost,
        before=compared,
        most_moved=tuple(moved[:_SHOWN]),
    )
