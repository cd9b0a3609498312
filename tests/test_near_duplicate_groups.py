"""Groups of near-duplicates stay what they are from scratch while documents come and go."""

import sqlite3
from itertools import combinations

import numpy as np
import pytest

from index.near_duplicate_groups import (
    BANDS_SCHEMA,
    SHOWN_GROUPS,
    SHOWN_MEMBERS,
    group_added,
    group_afresh,
    group_removed,
    is_faster_afresh,
    near_duplicates,
)
from index.near_duplicates import MAX_COMPARED, PERMUTATIONS, SIMILAR, Signature, bands, similarity

SCHEMA = f"""
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, doc_id TEXT NOT NULL UNIQUE, part TEXT NOT NULL,
    signature BLOB, leader TEXT
);
CREATE INDEX documents_by_leader ON documents (leader, doc_id) WHERE leader IS NOT NULL;
CREATE TABLE sources (path TEXT, doc_id TEXT);
{BANDS_SCHEMA}"""
BASE = np.arange(PERMUTATIONS, dtype=np.uint32)


@pytest.fixture
def catalog() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    return connection


def changed(base: Signature, first: int, last: int) -> Signature:
    """A signature with the values of some places made unlike all others."""
    made = base.copy()
    made[first:last] += np.uint32(1_000 * (first + 1))
    return made


def insert(catalog: sqlite3.Connection, **signatures: Signature) -> list[int]:
    numbers = []
    for doc_id, made in signatures.items():
        row = catalog.execute(
            "INSERT INTO documents (doc_id, part, signature) VALUES (?, '', ?)",
            (doc_id, made.tobytes()),
        )
        numbers.append(row.lastrowid or 0)
    return numbers


def add(catalog: sqlite3.Connection, **signatures: Signature) -> None:
    group_added(catalog, insert(catalog, **signatures))


def remove(catalog: sqlite3.Connection, *doc_ids: str) -> None:
    numbers = [
        catalog.execute("SELECT number FROM documents WHERE doc_id = ?", (one,)).fetchone()[0]
        for one in doc_ids
    ]
    group_removed(catalog, numbers)
    catalog.executemany("DELETE FROM documents WHERE number = ?", [(n,) for n in numbers])


def groups(catalog: sqlite3.Connection) -> dict[str, str]:
    """The documents of each group by its leader."""
    return dict(
        catalog.execute(
            "SELECT leader, group_concat(doc_id, ' ') FROM (SELECT leader, doc_id FROM documents "
            "WHERE leader IS NOT NULL ORDER BY doc_id) GROUP BY leader"
        ).fetchall()
    )


def defined(catalog: sqlite3.Connection) -> dict[str, str]:
    """What `groups` is by the definition: all pairs compared, nothing stored but signatures."""
    rows = catalog.execute("SELECT doc_id, signature FROM documents ORDER BY number").fetchall()
    made = {doc_id: np.frombuffer(blob, np.uint32) for doc_id, blob in rows}
    leader = {doc_id: doc_id for doc_id in made}
    buckets: dict[int, list[str]] = {}
    for doc_id, signature in made.items():
        for band in bands(signature[np.newaxis])[0]:
            buckets.setdefault(int(band), []).append(doc_id)
    for bucket in buckets.values():
        for (i, one), (j, other) in combinations(enumerate(bucket), 2):
            if j - i <= MAX_COMPARED and similarity(made[one], made[other]) >= SIMILAR:
                joined = {leader[one], leader[other]}
                leader = {d: min(joined) if of in joined else of for d, of in leader.items()}
    found: dict[str, list[str]] = {}
    for doc_id in sorted(made):
        found.setdefault(leader[doc_id], []).append(doc_id)
    return {group[0]: " ".join(group) for group in found.values() if len(group) > 1}


def random_signature(random: np.random.Generator) -> Signature:
    """One of a few texts, so changed that its versions are now similar, now not quite."""
    made = BASE + np.uint32(1_000_000 * random.integers(2))
    other = random.random(PERMUTATIONS) < random.choice([0.1, 0.25, 0.3, 0.4])
    made[other] += random.integers(1, 4, PERMUTATIONS, dtype=np.uint32)[other] * 5_000
    return np.asarray(made)


@pytest.mark.parametrize("seed", range(4))
def test_any_additions_and_removals_leave_the_groups_that_are_found_from_scratch(
    catalog: sqlite3.Connection, seed: int
) -> None:
    random = np.random.default_rng(seed)
    present: list[str] = []
    for step in range(100):
        if present and (random.random() < (0.25 if step < 60 else 0.8)):
            gone = present.pop(random.integers(len(present)))
            remove(catalog, gone)
        else:
            present.append(f"d{random.integers(10**6):06}x{step}")
            add(catalog, **{present[-1]: random_signature(random)})
        assert groups(catalog) == defined(catalog)


@pytest.mark.parametrize("seed", range(4))
def test_all_documents_at_once_are_grouped_by_the_definition(
    catalog: sqlite3.Connection, seed: int
) -> None:
    random = np.random.default_rng(seed)
    insert(catalog, **{f"d{place:02}": random_signature(random) for place in range(70)})
    group_afresh(catalog)
    assert groups(catalog) == defined(catalog) != {}


def test_grouping_afresh_mends_leaders_and_bands_that_are_wrong(
    catalog: sqlite3.Connection,
) -> None:
    add(catalog, a=BASE, b=BASE, c=BASE + np.uint32(500))
    catalog.execute("UPDATE documents SET leader = 'c'")
    catalog.execute("DELETE FROM signature_bands")
    group_afresh(catalog)
    assert groups(catalog) == {"a": "a b"}
    assert catalog.execute("SELECT count(*) FROM signature_bands").fetchone() == (96,)


def test_a_document_that_joins_two_groups_makes_them_one(catalog: sqlite3.Connection) -> None:
    left, right = changed(BASE, 0, 50), changed(BASE, 60, 110)
    add(catalog, b=left, c=left, x=right, y=right)
    assert groups(catalog) == {"b": "b c", "x": "x y"}
    add(catalog, a=BASE)
    assert groups(catalog) == {"a": "a b c x y"}


def test_without_what_held_it_together_a_group_is_two(catalog: sqlite3.Connection) -> None:
    left, right = changed(BASE, 0, 50), changed(BASE, 60, 110)
    add(catalog, a=BASE, b=left, c=left, x=right)
    remove(catalog, "a")
    assert groups(catalog) == {"b": "b c"}


def test_a_group_whose_leader_goes_has_another(catalog: sqlite3.Connection) -> None:
    add(catalog, a=BASE, b=BASE, c=BASE)
    remove(catalog, "a")
    assert groups(catalog) == {"b": "b c"}


def test_the_last_of_a_group_is_in_none(catalog: sqlite3.Connection) -> None:
    add(catalog, a=BASE, b=BASE)
    remove(catalog, "a")
    assert groups(catalog) == {}


def test_a_document_removed_leaves_no_band(catalog: sqlite3.Connection) -> None:
    add(catalog, a=BASE)
    remove(catalog, "a")
    assert catalog.execute("SELECT count(*) FROM signature_bands").fetchone() == (0,)


def apart_in_their_one_band(catalog: sqlite3.Connection, between: int) -> None:
    """Two similar documents, a and z, with others between them in the only band that they share."""
    last = BASE.copy()
    last[4::4] += np.uint32(500)
    unlike = np.concatenate([BASE[:4], BASE[4:] + np.uint32(900)])
    fillers = {
        f"f{n:02}": changed(unlike, 4, 128) + np.uint32(n) * (BASE > 3) for n in range(between)
    }
    insert(catalog, a=BASE, **fillers, z=last)
    group_afresh(catalog)


def test_documents_too_far_apart_in_a_band_are_not_compared(catalog: sqlite3.Connection) -> None:
    apart_in_their_one_band(catalog, MAX_COMPARED)
    assert "a" not in groups(catalog)


def test_documents_that_come_closer_in_a_band_are_compared(catalog: sqlite3.Connection) -> None:
    apart_in_their_one_band(catalog, MAX_COMPARED)
    remove(catalog, "f07")
    assert groups(catalog)["a"] == "a z"


def test_a_number_between_others_parts_them_in_their_band(catalog: sqlite3.Connection) -> None:
    apart_in_their_one_band(catalog, MAX_COMPARED - 1)
    assert groups(catalog)["a"] == "a z"
    catalog.execute("UPDATE documents SET number = 100 WHERE doc_id = 'z'")
    group_afresh(catalog)
    band = np.concatenate([BASE[:4], BASE[4:] + np.uint32(70_000)])
    catalog.execute("INSERT INTO documents VALUES (50, 'm', '', ?, NULL)", (band.tobytes(),))
    group_added(catalog, [50])
    assert "a" not in groups(catalog)


def test_a_text_too_short_to_compare_is_alone(catalog: sqlite3.Connection) -> None:
    add(catalog, a=BASE)
    catalog.execute("INSERT INTO documents (doc_id, part) VALUES ('b', '')")
    group_added(catalog, [2])
    remove(catalog, "b")
    assert groups(catalog) == {}


def test_of_many_groups_the_first_are_listed_and_all_are_counted(
    catalog: sqlite3.Connection,
) -> None:
    for place in range(SHOWN_GROUPS + 3):
        made = BASE + np.uint32(1_000 * place)
        add(catalog, **{f"{place:03}a": made, f"{place:03}b": made})
    catalog.execute("INSERT INTO sources SELECT doc_id || '.txt', doc_id FROM documents")
    found = near_duplicates(catalog)
    assert (found.count, len(found.first)) == (SHOWN_GROUPS + 3, SHOWN_GROUPS)
    assert found.first[0] == ("000a.txt", "000b.txt")


def test_of_a_large_group_the_first_are_named(catalog: sqlite3.Connection) -> None:
    add(catalog, **{f"d{place:02}": BASE for place in range(SHOWN_MEMBERS + 5)})
    assert near_duplicates(catalog).first[0][-1] == "5 more"


def test_a_few_changes_are_grouped_one_by_one() -> None:
    assert not is_faster_afresh(3, 1_000)
    assert is_faster_afresh(1_000, 1_000)
