"""The keyword files of a base, by tantivy, and the only file that imports it.

One document for each passage, with its terms in one field and what filters look at. tantivy's own
score is made that of FTS5 but for a hundredth: each phrase is given its rarity in the whole corpus,
and the length, which tantivy keeps in one byte, is put right. A heading counts as much as the text.
"""

import math
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import tantivy
from tantivy import FieldType, Occur, Query

from index.engines import Mask, is_allowed
from index.keyword_engines.queries import (
    ANY_DOCUMENT,
    Alternative,
    DocumentFilter,
    KeywordQuery,
)
from index.keyword_engines.scoring import Totals, length_part

WRITER_BYTES = 200_000_000
"""Memory of the writer; more makes fewer segments to merge and saves little time."""
_WRITER_THREADS = 1
"""So that the same passages give the same segments; the other core encodes."""
_NOT_OF_THE_INDEX = (".tantivy-meta.lock", ".tantivy-writer.lock", ".managed.json")
"""What a writer leaves behind and no reader needs."""
_PASSAGES = (
    "SELECT row, doc_id, CAST(age_years AS INTEGER), kind, sex, "
    "coalesce(title, ''), coalesce(heading, ''), coalesce(body, '') "
    "FROM passage_terms JOIN passages USING (row) ORDER BY row"
)
_FACETS = "SELECT year, document_type, language, format FROM documents WHERE doc_id = ?"
_NUMBERS = ("year", "age")
_TEXTS = ("document_type", "language", "format", "section_kind", "sex")
"""What a filter looks at, by the names of `DocumentFilter`."""
_WIDE, _BESIDE = 0.2, 1.25
"""From such a share of allowed rows on, the best rows are found without the filter, and so many
times as many as should be enough: with few allowed rows too many would be needed."""
_KEPT_COUNTS = 10_000
"""Phrases and lengths of which is remembered what was counted; a base never changes."""
_Clause = tuple[Occur, Query]


@dataclass(frozen=True)
class Among:
    """A filter: its conditions, and the rows that it allows where they are known."""

    documents: DocumentFilter = ANY_DOCUMENT
    allowed: Mask | None = None

    @cached_property
    def share(self) -> float:
        """The share of rows that are allowed; 0 where they are not known."""
        if self.allowed is None or not len(self.allowed):
            return 0.0
        return float(np.count_nonzero(self.allowed) / len(self.allowed))


ANYWHERE = Among()


@dataclass(frozen=True)
class FoundInBase:
    """Rows with their score, best first, and whether more have any of the words."""

    scores: dict[int, float]
    more: bool


def write_keywords(connection: sqlite3.Connection, folder: Path) -> None:
    """Write the keyword files of all passages into a new folder, durably.

    Passages are streamed; the writer's memory is `WRITER_BYTES` at most.
    """
    folder.mkdir()
    index = tantivy.Index(_schema(), str(folder))
    writer = index.writer(WRITER_BYTES, _WRITER_THREADS)
    for document in _documents(connection):
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    for name in _NOT_OF_THE_INDEX:
        (folder / name).unlink(missing_ok=True)
    mode = folder.stat().st_mode & 0o666
    for path in sorted(folder.iterdir()):
        path.chmod(mode)  # tantivy makes some of them for the owner alone
        _sync(path)
    _sync(folder)


class TantivyBase:
    """The keyword files of one base, memory-mapped. Read it from many threads."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        sums = self._searcher.aggregate(Query.all_query(), {"all": {"sum": {"field": "length"}}})
        self.totals = Totals(self._searcher.num_docs, int(sums["all"]["value"]))
        self._having_phrase = lru_cache(_KEPT_COUNTS)(self._count_phrase)
        self._by_length = lru_cache(_KEPT_COUNTS)(self._times_for)

    @classmethod
    def open(cls, folder: Path) -> "TantivyBase":
        """Open what `write_keywords` wrote; raises `ValueError` if it is not that.

        tantivy makes a lock file where it opens. So it is given links to the files: the base may
        be on a read-only disk, and stays as it was written. All files are mapped when this
        returns, and the links are gone.
        """
        names = [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
        # A lock file that tantivy makes while the links go is no reason to refuse the base.
        temporary = tempfile.TemporaryDirectory(prefix="casebook-", ignore_cleanup_errors=True)
        with _said_plainly(folder), temporary as links:
            for path in names:
                (Path(links) / path.name).symlink_to(path.resolve())
            index = tantivy.Index.open(links)
            index.config_reader("manual")
            return cls(index)

    def having(self, phrase: Sequence[str]) -> int:
        """In how many passages a phrase stands, those included that were removed since."""
        if len(phrase) == 1:
            return self._searcher.doc_freq("terms", phrase[0])
        return self._having_phrase(tuple(phrase))

    def rows_with(self, term: str, most: int) -> list[int]:
        """The rows that have a term, up to so many."""
        return list(self._scores(Query.const_score_query(self._term(term), 1.0), most))

    def search(
        self,
        query: KeywordQuery,
        rarities: Mapping[tuple[str, ...], float],
        k: int,
        among: Among = ANYWHERE,
    ) -> FoundInBase:
        """The `k` best rows, when each phrase is of such rarity."""
        asked = [
            (Occur.Should, self._weighed((term,), rarities))
            for term in query.terms
            if self._has((term,))
        ]
        instead = [
            (Occur.Should, self._weighed_instead(one, rarities))
            for one in query.alternatives
            if self._has(one.phrase)
        ]
        scores: dict[int, float] = {}
        more = False
        for wanted in _parts(asked, instead):
            found = self._best(wanted, k, among)
            more |= found.more
            scores |= found.scores
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return FoundInBase(dict(best[:k]), more)

    def _best(self, wanted: Query, k: int, among: Among) -> FoundInBase:
        """The `k` best rows of a query in the documents of a filter.

        A filter keeps tantivy from cutting the query short. So where much is allowed, the rows are
        found without it, and enough of them to have `k` left; if that is not so, with it.
        """
        share = among.share
        if among.allowed is not None and share >= _WIDE:
            depth = int(_BESIDE * k / share) + 1
            found = self._scores(wanted, depth)
            left = {row: s for row, s in found.items() if is_allowed(among.allowed, row)}
            if len(left) >= k or len(found) < depth:
                return FoundInBase(left, len(left) >= k)
        scores = self._scores(self._among(wanted, among.documents), k)
        return FoundInBase(scores, len(scores) == k)

    def _count_phrase(self, phrase: tuple[str, ...]) -> int:
        counted: int = self._searcher.search(self._phrase(phrase), 1).count  # type: ignore[attr-defined]
        return counted

    def _has(self, phrase: Sequence[str]) -> bool:
        """Whether the base has all words of a phrase."""
        return all(self._searcher.doc_freq("terms", term) for term in phrase)

    def _weighed(self, phrase: tuple[str, ...], rarities: Mapping[tuple[str, ...], float]) -> Query:
        """A phrase with its rarity in the whole corpus in place of the weight tantivy gives it."""
        own = sum(self._own_rarity(term) for term in phrase)
        return Query.boost_query(self._phrase(phrase), rarities[phrase] / own)

    def _weighed_instead(
        self, one: Alternative, rarities: Mapping[tuple[str, ...], float]
    ) -> Query:
        """An alternative, where the words that it stands for are not there themselves."""
        return Query.boolean_query(
            [
                (Occur.Must, self._weighed(one.phrase, rarities)),
                (Occur.MustNot, self._phrase(one.stands_for)),
            ]
        )

    def _own_rarity(self, term: str) -> float:
        """The weight that tantivy gives to a term."""
        having = self._searcher.doc_freq("terms", term)
        return math.log(1 + (self.totals.passages - having + 0.5) / (having + 0.5))

    def _term(self, term: str) -> Query:
        return Query.term_query(self._schema, "terms", term, "freq")

    def _phrase(self, phrase: Sequence[str]) -> Query:
        if len(phrase) == 1:
            return self._term(phrase[0])
        return Query.phrase_query(self._schema, "terms", list(phrase))

    def _among(self, wanted: Query, documents: DocumentFilter) -> Query:
        """A query in the documents of a filter; its scores stay."""
        conditions: list[Query] = []
        for field, low, high in documents.ranges:
            if low is not None or high is not None:
                conditions.append(
                    Query.range_query(
                        self._schema, field, FieldType.Integer, low, high, use_inverted_index=True
                    )
                )
        for field, values in documents.choices:
            if values:
                conditions.append(Query.term_set_query(self._schema, field, list(values)))
        if not conditions:
            return wanted
        silent = [(Occur.Must, Query.const_score_query(one, 0.0)) for one in conditions]
        return Query.boolean_query([*silent, (Occur.Must, wanted)])

    def _scores(self, query: Query, k: int) -> dict[int, float]:
        """The `k` best rows by tantivy's score, with what it is for their exact length."""
        hits = self._searcher.search(query, k, count=False).hits
        addresses = [address for _, address in hits]
        rows = self._searcher.fast_field_values("row", addresses)
        lengths = self._searcher.fast_field_values("length", addresses)
        return {
            int(row or 0): float(score) * self._by_length(int(length or 0))
            for row, length, (score, _) in zip(rows, lengths, hits, strict=True)
        }

    def _times_for(self, words: int) -> float:
        """By what a score is to be multiplied for the exact length of its passage."""
        mean = max(1, self.totals.terms) / max(1, self.totals.passages)
        fixed, kept = length_part(words / mean), length_part(_kept_length(words) / mean)
        return (1 + kept) / (1 + fixed)


def _kept_length(words: int) -> int:
    """The length of a field as tantivy keeps it: rounded down to four leading bits from 40 on.

    >>> [_kept_length(words) for words in (39, 41, 59, 103)]
    [39, 40, 56, 96]
    """
    over = max(0, words - 24)
    rounding = over.bit_length() - 4
    return words if rounding < 1 else (over >> rounding << rounding) + 24


def _parts(asked: list[_Clause], instead: list[_Clause]) -> Iterator[Query]:
    """Two queries whose best rows together are the best by all terms and alternatives.

    What has no alternative is found by its terms alone: such a union is cut short by tantivy
    (block-max WAND), no other is. What has one is found among the few that do, with the score of
    all; it comes last, as the terms alone may have found the same row.
    """
    if asked:
        yield Query.boolean_query(asked)
    if instead:
        yield Query.boolean_query([(Occur.Must, Query.boolean_query(instead)), *asked])


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", fast=True)
    builder.add_unsigned_field("length", fast=True)
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="position")
    for name in _NUMBERS:
        builder.add_integer_field(name, indexed=True)
    for name in _TEXTS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _documents(connection: sqlite3.Connection) -> Iterator[tantivy.Document]:
    last_id, facets = None, (None, None, None, None)
    for row, doc_id, age, kind, sex, *columns in connection.execute(_PASSAGES):
        if doc_id != last_id:  # once for each document: its facets may stand behind a long text
            last_id, facets = doc_id, connection.execute(_FACETS, (doc_id,)).fetchone()
        document = tantivy.Document()
        document.add_unsigned("row", row)
        document.add_unsigned("length", sum(len(text.split()) for text in columns))
        for text in filter(None, columns):
            document.add_text("terms", text)
        year, *texts = facets
        for name, number in zip(_NUMBERS, (year, age), strict=True):
            if number is not None:
                document.add_integer(name, number)
        for name, value in zip(_TEXTS, (*texts, kind, sex), strict=True):
            if value is not None:
                document.add_text(name, value)
        yield document


@contextmanager
def _said_plainly(folder: Path) -> Iterator[None]:
    """Damaged files make tantivy raise ValueError, or panic, which is no `Exception`."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise ValueError(f"{folder.name} holds no keyword index ({error})") from error
        raise


def _sync(path: Path) -> None:
    """Make a file or folder survive a power cut, where the system lets a folder be synced."""
    if path.is_dir() and os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
