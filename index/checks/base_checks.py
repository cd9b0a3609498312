"""Whether the base is as it was written, and covers the catalog's rows up to its last."""

import sqlite3
from collections.abc import Iterator

import numpy as np

from index.checks import UNUSABLE, OpenedIndex, Tally
from index.checks.opened_base import has_keyword_files
from index.encoders import Vectors
from index.engines import Batches, Rows
from index.engines.layered import LayeredEngine
from index.engines.recent import RecentVectors
from index.engines.tuning import exact_search, recall, sample_queries
from index.facet_columns import Column, Value
from index.facets import FACETS

RECALL_TOLERANCE = 0.02
"""Below the recall that was measured when the base was written; other vectors are drawn today."""
_AT_ONCE = 5_000


def check_base_files(opened: OpenedIndex, tally: Tally) -> None:
    """Every file of the base is there, and has the checksum of the manifest."""
    tally.checked = len(opened.manifest.base.files)
    for problem in opened.base.damaged.values():
        tally.wrong(problem)


def check_base(opened: OpenedIndex, tally: Tally) -> None:
    """The manifest names the files that a base needs, and they can be used."""
    tally.checked = len(opened.manifest.base.files) or 1
    for problem in opened.base.unusable:
        tally.wrong(problem)


def check_removed_rows(opened: OpenedIndex, tally: Tally) -> None:
    """The base's rows are the passages that are left of them and those noted as removed."""
    base, removed = opened.manifest.base, opened.removed_rows
    tally.checked = base.passages
    for row in np.intersect1d(removed, opened.rows).tolist():
        tally.wrong(f"{opened.name_of_row(row)} is noted as removed")
    for row in removed[(removed > base.last_row) | (removed < 1)].tolist():
        tally.wrong(f"row {row} is noted as removed and was never in the base")
    covered = len(opened.rows_in_base) + len(removed)
    if covered != base.passages:
        tally.wrong(f"the base has {base.passages:,} passages, the catalog knows of {covered:,}")
    (used,) = opened.connection.execute(
        "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'passages'"
    ).fetchone()
    if used < max(base.last_row, int(opened.rows.max(initial=0))):
        tally.wrong(f"row numbers up to {used} are noted as used, the base goes to {base.last_row}")


def check_facets(opened: OpenedIndex, tally: Tally) -> None:
    """What filters look at is what the documents state."""
    columns = opened.base.facets
    if columns is None:
        tally.notes.append(UNUSABLE)
        return
    if set(columns) != set(FACETS):
        tally.wrong(f"the file has the facets {', '.join(columns)}")
        return
    tally.checked = len(opened.rows_in_base)
    for row, *stated in _facets_of_documents(opened):
        for (name, column), value in zip(columns.items(), stated, strict=True):
            kept = _value(column, row)
            if kept != value:
                tally.wrong(f"{opened.name_of_row(row)}: its {name} is {value!r}, kept is {kept!r}")


def check_keyword_files(opened: OpenedIndex, tally: Tally) -> None:
    """Where the base has files for keywords, they hold all its passages and all their terms."""
    base = opened.manifest.base
    keywords = opened.base.keywords
    if keywords is None:
        tally.checked = 1
        in_files = has_keyword_files(base)
        tally.notes.append(UNUSABLE if in_files else "the catalog has them")
        return
    tally.checked = base.passages
    if keywords.totals.passages != base.passages:
        tally.wrong(
            f"{keywords.totals.passages:,} passages are in the files, not {base.passages:,}"
        )
    if len(opened.removed_rows):
        tally.notes.append("terms not counted, some rows have been removed since")
        return
    stated = term_count(opened.connection, f"row <= {base.last_row}")
    if keywords.totals.terms != stated:
        tally.wrong(f"{keywords.totals.terms:,} terms are in the files, the rows have {stated:,}")


def check_recall(opened: OpenedIndex, tally: Tally) -> None:
    """Approximate search finds of the truly nearest what it found when the base was written."""
    base, engine = opened.manifest.base, opened.base.engine
    if engine is None:
        tally.notes.append(UNUSABLE)
        return
    if engine.is_exact:
        tally.checked = 1
        tally.notes.append("nothing is missed by an exact engine")
        return
    batches = base_batches(opened)
    queries = sample_queries(len(opened.rows_in_base), batches)
    none = RecentVectors(np.empty(0, np.int64), np.empty((0, opened.manifest.dim), np.float16))
    layered = LayeredEngine(engine, none, opened.removed_rows, base.last_row)
    measured = recall(layered, exact_search(queries, batches))
    tally.looked_at(len(queries), len(opened.rows_in_base))
    tally.notes.append(f"recall@50 is {measured:.3f}, it was {base.recall:.3f}")
    if measured < base.recall - RECALL_TOLERANCE:
        tally.wrong(f"recall@50 is {measured:.3f}, the manifest says {base.recall:.3f}")


def term_count(connection: sqlite3.Connection, condition: str) -> int:
    """How many terms stand in the rows of `passage_terms` that a condition lets through."""
    parts = [
        f"length(coalesce({column}, '')) - length(replace(coalesce({column}, ''), ' ', '')) "
        f"+ (coalesce({column}, '') != '')"
        for column in ("title", "heading", "body")
    ]
    (count,) = connection.execute(
        f"SELECT coalesce(sum({' + '.join(parts)}), 0) FROM passage_terms WHERE {condition}"
    ).fetchone()
    return int(count)


def base_batches(opened: OpenedIndex) -> Batches:
    """Gives the catalog's vectors of the base's rows, in order, some thousand at a time."""

    def read() -> Iterator[tuple[Rows, Vectors]]:
        cursor = opened.connection.execute(
            "SELECT row, vector FROM passages JOIN vectors ON vectors.id = vector_id "
            "WHERE row <= ? AND length(vector) = ? ORDER BY row",
            (opened.last_row, 2 * opened.manifest.dim),
        )
        while part := cursor.fetchmany(_AT_ONCE):
            rows, blobs = zip(*part, strict=True)
            matrix = np.frombuffer(b"".join(blobs), np.float16).reshape(len(rows), -1)
            yield np.array(rows, np.int64), matrix.astype(np.float32)

    return read


def _facets_of_documents(opened: OpenedIndex) -> Iterator[tuple[int, ...]]:
    return opened.connection.execute(
        f"SELECT row, {', '.join(FACETS.values())} FROM passages JOIN documents USING (doc_id) "
        "WHERE row <= ? ORDER BY row",
        (opened.last_row,),
    )


def _value(column: Column, row: int) -> Value | None:
    code = int(column.codes[row]) if row < len(column.codes) else 0
    return column.values[code - 1] if code else None
