"""Groups of near-duplicates in the catalog, kept while documents come and go.

Two documents are neighbours if their signatures are similar and they share a band, in which they
stand at most `MAX_COMPARED` places apart by their numbers. A group is all that neighbours of
neighbours reach; its leader is the least of its doc_ids. This depends on the documents that are
there and on the order of their numbers, not on how they came: `group_added` and `group_removed`
leave what `group_afresh` finds. Numbers in another order give other groups only where more than
`MAX_COMPARED` documents share a band.

Each function runs inside the caller's transaction, over two tables:

    documents         number, doc_id, signature (NULL for a short text), leader (NULL for one alone)
    signature_bands   band, number: where documents that may be alike are looked up
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.near_duplicates import MAX_COMPARED, PERMUTATIONS, SIMILAR, Signature, bands

BANDS_SCHEMA = """
CREATE TABLE signature_bands (
    band INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (band, number)
) WITHOUT ROWID;
"""
AFRESH_SHARE = 0.1
"""Changes of a larger share of the documents take longer one by one than all documents at once."""
SHOWN_GROUPS, SHOWN_MEMBERS = 20, 10
"""Groups that a report lists, and sources of each of them."""
_KEPT_SIGNATURES = 1 << 14
"""Signatures kept while grouping, 8 MB: those of one band are read together, and soon again."""


@dataclass(frozen=True)
class NearDuplicates:
    """How many groups there are, and the sources of the first of them."""

    count: int
    first: tuple[tuple[str, ...], ...]


def is_faster_afresh(changed: int, documents: int) -> bool:
    """Whether so many changes to an index of so many documents are better grouped all at once."""
    return changed > AFRESH_SHARE * documents


def group_added(connection: sqlite3.Connection, numbers: Collection[int]) -> None:
    """Take documents that have been inserted into the groups of those that they are like."""
    added = sorted(numbers)
    if not _are_last(connection, added):  # in between they would part others in their bands
        group_afresh(connection)
        return
    members = _Members(connection)
    connection.executemany(
        "INSERT INTO signature_bands VALUES (?, ?)",
        sorted((band, number) for number in added for band in members.bands(number)),
    )
    for number in added:
        members.join({number, *members.neighbours(number)})


def group_removed(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Take documents, which are to be deleted next, out of their groups."""
    members = _Members(connection)
    for number in numbers:
        _remove(connection, members, number)


def group_afresh(connection: sqlite3.Connection) -> None:
    """Group all documents; memory grows with the documents that are like others, not with all."""
    connection.create_function("bands_of", 1, _bands_as_json, deterministic=True)
    connection.execute("DELETE FROM signature_bands")
    # Sorted by SQLite, which needs little memory for it: the table is then written front to back.
    connection.execute(
        "INSERT INTO signature_bands SELECT value, number FROM documents "
        "CROSS JOIN json_each(bands_of(signature)) WHERE signature IS NOT NULL ORDER BY 1, 2"
    )
    members = _Members(connection)
    found: dict[int, int] = {}
    for bucket in _shared_bands(connection):
        _join_bucket(members, found, bucket)
    parts: dict[int, set[int]] = {}
    for number in found:
        parts.setdefault(_root(found, number), set()).add(number)
    for (number,) in connection.execute(
        "SELECT number FROM documents WHERE leader IS NOT NULL"
    ).fetchall():
        if number not in found:
            members.lead({number})
    for part in parts.values():
        members.lead(part)


def near_duplicates(connection: sqlite3.Connection) -> NearDuplicates:
    """The first groups with a source of each document, and how many groups there are in all."""
    (count,) = connection.execute(
        "SELECT count(DISTINCT leader) FROM documents WHERE leader IS NOT NULL"
    ).fetchone()
    leaders = connection.execute(
        "SELECT DISTINCT leader FROM documents WHERE leader IS NOT NULL ORDER BY 1 LIMIT ?",
        (SHOWN_GROUPS,),
    ).fetchall()
    return NearDuplicates(count, tuple(_sources(connection, leader) for (leader,) in leaders))


def _sources(connection: sqlite3.Connection, leader: str) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT (SELECT min(path) FROM sources WHERE sources.doc_id = documents.doc_id), part "
        "FROM documents WHERE leader = ? ORDER BY 1, 2",
        (leader,),
    ).fetchall()
    named = [f"{source} ({part})" if part else source or "" for source, part in rows]
    more = len(named) - SHOWN_MEMBERS
    return tuple(named) if more <= 0 else (*named[:SHOWN_MEMBERS], f"{more} more")


class _Members:
    """Documents by number: their signatures, their neighbours, and the leaders of their groups."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.signature = lru_cache(maxsize=_KEPT_SIGNATURES)(self._signature)

    def _signature(self, number: int) -> Signature | None:
        row = self._connection.execute(
            "SELECT signature FROM documents WHERE number = ?", (number,)
        ).fetchone()
        return None if row is None or row[0] is None else np.frombuffer(row[0], np.uint32)

    def bands(self, number: int) -> list[int]:
        """The bands of a document; none of one too short to compare."""
        made = self.signature(number)
        return [] if made is None else bands(made[np.newaxis])[0].tolist()

    def similar(self, number: int, others: Iterable[int]) -> list[int]:
        """Those of other documents that are similar, whatever bands they share."""
        mine = self.signature(number)
        known = [(one, made) for one in others if (made := self.signature(one)) is not None]
        if mine is None or not known:
            return []
        shares = np.mean(np.stack([made for _, made in known]) == mine, axis=1)
        return [one for (one, _), share in zip(known, shares, strict=True) if share >= SIMILAR]

    def neighbours(self, number: int) -> list[int]:
        """The documents that one is grouped with directly."""
        near = {
            one for band in self.bands(number) for side in self.beside(band, number) for one in side
        }
        return self.similar(number, sorted(near))

    def beside(self, band: int, number: int) -> tuple[list[int], list[int]]:
        """The documents just before and just after one in a band, nearest first."""
        before = self._connection.execute(
            "SELECT number FROM signature_bands WHERE band = ? AND number < ? "
            "ORDER BY number DESC LIMIT ?",
            (band, number, MAX_COMPARED),
        ).fetchall()
        after = self._connection.execute(
            "SELECT number FROM signature_bands WHERE band = ? AND number > ? "
            "ORDER BY number LIMIT ?",
            (band, number, MAX_COMPARED),
        ).fetchall()
        return [one for (one,) in before], [one for (one,) in after]

    def join(self, numbers: Collection[int]) -> None:
        """Make one group of documents and of all that they are grouped with already."""
        if len(numbers) < 2:
            return
        rows = self._connection.execute(
            "SELECT number, doc_id, leader FROM documents "
            "WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(list(numbers)),),
        ).fetchall()
        first = min(leader or doc_id for _, doc_id, leader in rows)
        self._connection.executemany(
            "UPDATE documents SET leader = ? WHERE leader = ?",
            [(first, one) for one in {leader for *_, leader in rows} - {None, first}],
        )
        self._connection.executemany(
            "UPDATE documents SET leader = ? WHERE number = ?",
            [(first, number) for number, _, leader in rows if leader is None],
        )

    def lead(self, numbers: Collection[int]) -> None:
        """Give the documents of one whole group their leader, a document alone none."""
        rows = self._connection.execute(
            "SELECT number, doc_id, leader FROM documents "
            "WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(list(numbers)),),
        ).fetchall()
        first = min(doc_id for _, doc_id, _ in rows) if len(rows) > 1 else None
        self._connection.executemany(
            "UPDATE documents SET leader = ? WHERE number = ?",
            [(first, number) for number, _, leader in rows if leader != first],
        )


def _are_last(connection: sqlite3.Connection, added: list[int]) -> bool:
    """Whether sorted numbers are the greatest of all."""
    if not added:
        return True
    (count,) = connection.execute(
        "SELECT count(*) FROM documents WHERE number >= ?", (added[0],)
    ).fetchone()
    return bool(count == len(added))


def _remove(connection: sqlite3.Connection, members: _Members, number: int) -> None:
    own = members.bands(number)
    alike = members.neighbours(number)
    closer = {pair for band in own for pair in _moved_together(*members.beside(band, number))}
    connection.executemany(
        "DELETE FROM signature_bands WHERE band = ? AND number = ?",
        [(band, number) for band in own],
    )
    if alike:
        _leave_group(connection, members, number, alike)
    for one, other in sorted(closer):
        if members.similar(one, [other]):
            members.join({one, other})


def _moved_together(before: list[int], after: list[int]) -> Iterator[tuple[int, int]]:
    """The pairs in a band that are compared once a document between them goes."""
    for place, one in enumerate(before, 1):
        other = MAX_COMPARED + 1 - place
        if other <= len(after):
            yield one, after[other - 1]


def _leave_group(
    connection: sqlite3.Connection, members: _Members, number: int, alike: list[int]
) -> None:
    """Take a document without bands out of its group, and part what only it held together."""
    doc_id, leader = connection.execute(
        "SELECT doc_id, leader FROM documents WHERE number = ?", (number,)
    ).fetchone()
    connection.execute("UPDATE documents SET leader = NULL WHERE number = ?", (number,))
    parts = _parts(members, alike)
    for part in parts:
        members.lead(part)
    if parts:
        return
    rest = connection.execute(
        "SELECT number, doc_id FROM documents WHERE leader = ? ORDER BY doc_id LIMIT 2", (leader,)
    ).fetchall()
    if len(rest) == 1:
        members.lead({rest[0][0]})
    elif leader == doc_id:
        connection.execute("UPDATE documents SET leader = ? WHERE leader = ?", (rest[0][1], leader))


def _parts(members: _Members, alike: list[int]) -> list[set[int]]:
    """The groups that documents are in now; none as soon as it is seen that they still are one.

    Documents that are all like each other are found to be one at the first look.
    """
    wanted = set(alike)
    parts: list[set[int]] = []
    while wanted:
        first = min(wanted)
        reached = {first}
        to_see = [first]
        wanted.discard(first)
        while to_see and (wanted or parts):
            for one in members.neighbours(to_see.pop(0)):
                if one not in reached:
                    reached.add(one)
                    to_see.append(one)
            wanted -= reached
        parts.append(reached)
    return parts if len(parts) > 1 else []


def _bands_as_json(signature: bytes) -> str:
    values = np.frombuffer(signature, np.uint32).reshape(1, PERMUTATIONS)
    return json.dumps(bands(values)[0].tolist())


def _shared_bands(connection: sqlite3.Connection) -> Iterator[list[int]]:
    """The documents of each band that more than one has, in the order of their numbers."""
    for (band,) in connection.execute(
        "SELECT band FROM signature_bands GROUP BY band HAVING count(*) > 1"
    ):
        rows = connection.execute(
            "SELECT number FROM signature_bands WHERE band = ? ORDER BY number", (band,)
        )
        yield [number for (number,) in rows]


def _join_bucket(members: _Members, found: dict[int, int], bucket: list[int]) -> None:
    """Join the similar documents of a band, each with those just before it."""
    roots = [_root(found, number) for number in bucket]
    if len(set(roots)) == 1:
        return
    for place, number in enumerate(bucket):
        mine = _root(found, number)
        earlier = bucket[max(0, place - MAX_COMPARED) : place]
        other = [one for one in earlier if _root(found, one) != mine]
        for one in members.similar(number, other):
            first, second = sorted((_root(found, one), _root(found, number)))
            found[one] = found.get(one, first)
            found[number] = found.get(number, first)
            found[second] = found[first] = first


def _root(found: dict[int, int], number: int) -> int:
    """The number that stands for all that a document was joined with, itself if with none."""
    while (above := found.get(number, number)) != number:
        found[number] = number = found.get(above, above)
    return number
