"""What a search can prove in passing, so that damage is refused and not shown.

A vector is named by the hash of the text that was encoded: title and heading, then the passage.
So each passage proves itself where it stands: text, title or heading that were changed in the
catalog by anything but a build no longer have the name that the vector has. In the same way a
document is named by the bytes of its file. And the rows of a generation add up to what its
manifest says.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence

from index.engines import ENGINES
from index.keyword_engines import KEYWORD_ENGINES
from index.manifest import Manifest
from index.prepared import vector_hash
from index.reading import StoredPassage
from ingest.corpus import doc_id_of
from ingest.passages import encoded_text


def count_problem(connection: sqlite3.Connection, manifest: Manifest) -> str:
    """What does not add up in a generation, "" for nothing.

    Some milliseconds for a million passages, so that it can be asked of each generation once:
    whole rows are not read, and rows up to the base's last are what is left of all.
    """
    base = manifest.base
    if base.vector_engine not in ENGINES or base.keyword_engine not in KEYWORD_ENGINES:
        return f"{base.folder} is of engines that this program has not"
    passages, recent, removed, wrong = connection.execute(
        "SELECT (SELECT count(*) FROM passages), (SELECT count(*) FROM passages WHERE row > ?1), "
        "(SELECT count(*) FROM removed_rows), (SELECT count(*) FROM removed_rows "
        "WHERE row NOT BETWEEN 1 AND ?1 OR EXISTS (SELECT 1 FROM passages "
        "WHERE passages.row = removed_rows.row))",
        (base.last_row,),
    ).fetchone()
    if passages != manifest.passages:
        return f"it has {passages:,} passages and not {manifest.passages:,}"
    if wrong or passages - recent + removed != base.passages:
        return f"its passages are not those of {base.folder}"
    in_files = KEYWORD_ENGINES[base.keyword_engine].in_base
    (listed,) = connection.execute("SELECT count(*) FROM keywords_docsize").fetchone()
    if listed != (recent if in_files else passages):
        return f"{listed:,} passages are found by their words"
    return ""


def is_encoded_as(name: str, title: str, heading: str, text: str) -> bool:
    """Whether a vector of this name was made of a passage's text.

    The encoder's tokens decide how much of title and heading was encoded; each way of cutting
    them is tried, so no encoder is needed.

    >>> name = vector_hash(encoded_text("Stiff shoulder Course", "It was stiff."))
    >>> is_encoded_as(name, "Stiff shoulder", "Course", "It was stiff.")
    True
    >>> is_encoded_as(name, "Stiff shoulder", "Course", "It was not stiff.")
    False
    """
    prefixes = _possible_prefixes(title, heading)
    return any(vector_hash(encoded_text(prefix, text)) == name for prefix in prefixes)


def passage_problem(connection: sqlite3.Connection, passages: Sequence[StoredPassage]) -> str:
    """What is wrong with passages that are to be shown, "" for nothing.

    Some microseconds a passage. Each must have the text that its vector was made of, and come
    from a file with the bytes of its document.
    """
    names = dict(
        connection.execute(
            "SELECT row, vector_hash FROM passages JOIN vectors ON vectors.id = vector_id "
            "WHERE row IN (SELECT value FROM json_each(?))",
            (json.dumps([stored.row for stored in passages]),),
        ).fetchall()
    )
    for stored in passages:
        passage, name = stored.passage, names.get(stored.row, "")
        if not is_encoded_as(name, stored.metadata.title, passage.section, passage.text):
            return f"passage {passage.passage_id} has another text than was encoded"
    for doc_id, path in {(one.passage.doc_id, one.source) for one in passages}:
        if not _is_source(connection, doc_id, path):
            return f"{path or 'no file'} is not the source of document {doc_id}"
    return ""


def _is_source(connection: sqlite3.Connection, doc_id: str, path: str) -> bool:
    """Whether a document was read from a file: a whole file has the bytes that it is named by.

    Looked up in the table's own key, and not in the index that gave the path.
    """
    sources = connection.execute(
        "SELECT part, file_hash FROM sources INDEXED BY sqlite_autoindex_sources_1 "
        "WHERE path = ? AND doc_id = ?",
        (path, doc_id),
    ).fetchall()
    return bool(sources) and all(part or doc_id_of(bytes_) == doc_id for part, bytes_ in sources)


def _possible_prefixes(title: str, heading: str) -> Iterator[str]:
    """Title and heading as `ingest.passages.encoding_prefix` may cut them, longest first."""
    words = f"{title}\n{heading}".split() if heading != title else title.split()
    while words:
        yield " ".join(words)
        words = words[: len(words) * 3 // 4]
    yield ""
