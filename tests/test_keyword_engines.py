"""Every keyword engine gives what FTS5 gives over one table of all passages, or nearly."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from index.engines import Mask
from index.keyword_engines import (
    KEYWORD_ENGINES,
    KeywordEngine,
    keyword_engine_for,
    open_keywords,
)
from index.keyword_engines.fts5 import Fts5Keywords
from index.keyword_engines.layered import LayeredKeywords
from index.keyword_engines.queries import Alternative, DocumentFilter, KeywordQuery
from index.keyword_engines.scoring import PassageScorer, Totals
from index.keyword_engines.tantivy_engine import TantivyBase, write_keywords

SCHEMA = """
CREATE TABLE documents (doc_id TEXT UNIQUE, year INTEGER, document_type TEXT, language TEXT,
    format TEXT);
CREATE TABLE passages (row INTEGER PRIMARY KEY AUTOINCREMENT, doc_id TEXT NOT NULL, kind TEXT,
    age_years REAL, sex TEXT);
CREATE TABLE passage_terms (row INTEGER PRIMARY KEY, title TEXT, heading TEXT, body TEXT);
CREATE VIRTUAL TABLE keywords USING fts5 (title, heading, body, content='passage_terms',
    content_rowid='row', tokenize="ascii tokenchars '_'");
CREATE TABLE removed_rows (row INTEGER PRIMARY KEY);
"""
WORDS = [f"w{number}" for number in range(40)]


@dataclass(frozen=True)
class Text:
    """A passage of a document of its own."""

    body: str
    title: str = ""
    heading: str = ""
    year: int | None = None
    document_type: str = ""
    language: str = "en"
    format: str = "text"
    kind: str = "other"
    age: float | None = None
    sex: str = ""


def add(connection: sqlite3.Connection, text: Text) -> None:
    last = connection.execute("SELECT coalesce(max(row), 0) FROM passages").fetchone()[0]
    row, doc_id = last + 1, f"doc{last + 1}"
    facets = (doc_id, text.year, text.document_type, text.language, text.format)
    connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?)", facets)
    passage = (row, doc_id, text.kind, text.age, text.sex)
    connection.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", passage)
    columns = (row, text.title, text.heading, text.body)
    connection.execute("INSERT INTO passage_terms VALUES (?, ?, ?, ?)", columns)
    connection.execute(
        "INSERT INTO keywords (rowid, title, heading, body) VALUES (?, ?, ?, ?)", columns
    )


def remove_from_base(connection: sqlite3.Connection, row: int) -> None:
    connection.execute("DELETE FROM passages WHERE row = ?", (row,))
    connection.execute("DELETE FROM passage_terms WHERE row = ?", (row,))
    connection.execute("INSERT INTO removed_rows VALUES (?)", (row,))


def empty_catalog() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(SCHEMA)
    return connection


class Engines:
    """Makes an engine of a name over some passages; half of them are in its base, if it has one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.connections: list[sqlite3.Connection] = []

    def over(self, name: str, *texts: Text, in_base: int | None = None) -> KeywordEngine:
        connection = empty_catalog()
        self.connections.append(connection)
        stored = len(texts) // 2 if in_base is None else in_base
        for text in texts[:stored]:
            add(connection, text)
        base = self._base(connection) if KEYWORD_ENGINES[name].in_base else None
        for text in texts[stored:]:
            add(connection, text)
        return open_keywords(connection, base)

    def _base(self, connection: sqlite3.Connection) -> TantivyBase:
        folder = self._folder / f"keywords-{len(self.connections)}"
        write_keywords(connection, folder)
        connection.execute("INSERT INTO keywords (keywords) VALUES ('delete-all')")
        return TantivyBase.open(folder)


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[Engines]:
    made = Engines(tmp_path)
    yield made
    for connection in made.connections:
        connection.close()


def random_texts(count: int) -> list[Text]:
    """Texts of few words with a long tail, so that there are ties, repeats and rare words."""
    chance = random.Random(5)

    def some(most: int) -> str:
        length = chance.randint(0, most)
        return " ".join(WORDS[min(int(chance.expovariate(0.2)), 39)] for _ in range(length))

    return [
        Text(some(80), some(6), some(3), chance.choice([None, 1999, 2007, 2021]))
        for _ in range(count)
    ]


QUERIES = [
    KeywordQuery(("w3", "w11", "w25")),
    KeywordQuery(("w0", "w1", "nowhere")),
    KeywordQuery(("w20", "w30"), (Alternative(("w1", "w2"), ("w30",)),)),
    KeywordQuery(("w20",), (Alternative(("w7",), ("w20",)), Alternative(("w0", "w0"), ("w20",)))),
    KeywordQuery(("w9",), (Alternative(("w2",), ("w1", "w0")),)),
    KeywordQuery(("w4", "w31"), title_weight=0.0),
]

every_engine = pytest.mark.parametrize("name", KEYWORD_ENGINES)


every_filter = pytest.mark.parametrize(
    "documents", [DocumentFilter(), DocumentFilter(year_from=2007)]
)


@every_engine
@every_filter
@pytest.mark.parametrize("query", QUERIES)
def test_scores_are_nearly_those_of_one_table(
    engines: Engines, name: str, query: KeywordQuery, documents: DocumentFilter
) -> None:
    texts = [replace(text, heading="") for text in random_texts(300)]
    found = engines.over(name, *texts).search(query, 300, documents)
    wanted = engines.over("fts5", *texts).search(query, 300, documents)
    assert found == pytest.approx(wanted, rel=0.02)


@every_engine
@every_filter
@pytest.mark.parametrize("query", QUERIES)
def test_the_best_rows_are_found_first(
    engines: Engines, name: str, query: KeywordQuery, documents: DocumentFilter
) -> None:
    engine = engines.over(name, *random_texts(300))
    every = engine.search(query, 300, documents)
    assert list(engine.search(query, 40, documents).items()) == list(every.items())[:40]


def rows_of(connection: sqlite3.Connection, documents: DocumentFilter) -> Mask:
    """The mask of a filter, by SQL."""
    condition, values = documents.condition()
    query = f"SELECT row FROM passages JOIN documents USING (doc_id) WHERE {condition}"
    mask = np.zeros(1000, dtype=np.bool_)
    mask[[row for (row,) in connection.execute(query, values)]] = True
    return mask


@every_engine
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("year", [1999, 2007, 2021])
def test_it_makes_no_difference_whether_the_rows_of_a_filter_are_known(
    engines: Engines, name: str, query: KeywordQuery, year: int
) -> None:
    engine, documents = engines.over(name, *random_texts(300)), DocumentFilter(year_from=year)
    allowed = rows_of(engines.connections[-1], documents)[:301]
    known = engine.search(query, 40, documents, allowed)
    assert known == pytest.approx(engine.search(query, 40, documents), rel=1e-5)


@every_engine
def test_rows_are_found_behind_better_ones_that_a_filter_hides(engines: Engines, name: str) -> None:
    better, worse = Text("knee knee", year=1999), Text("knee pain", year=2020)
    engine = engines.over(name, *[better] * 200, *[worse] * 100, in_base=300)
    documents = DocumentFilter(year_from=2000)
    allowed = rows_of(engines.connections[-1], documents)[:301]
    assert list(engine.search(KeywordQuery(("knee",)), 3, documents, allowed)) == [201, 202, 203]


@every_engine
def test_a_mask_that_is_too_short_allows_no_row_beyond_it(engines: Engines, name: str) -> None:
    engine = engines.over(name, *[Text("knee", year=2020)] * 9, in_base=6)
    allowed = np.ones(3, dtype=np.bool_)
    found = engine.search(KeywordQuery(("knee",)), 2, DocumentFilter(year_from=2000), allowed)
    assert list(found) == [1, 2]


@every_engine
def test_a_word_in_a_heading_counts_less_or_as_much_as_in_the_text(
    engines: Engines, name: str
) -> None:
    texts = [Text("rash", heading="knee"), Text("knee", heading="rash"), *[Text("gout")] * 4]
    found = engines.over(name, *texts, in_base=6).search(KeywordQuery(("knee",)), 9)
    assert 0 < found[1] <= found[2]


@every_engine
def test_counts_are_of_passages_and_not_of_occurrences(engines: Engines, name: str) -> None:
    engine = engines.over(name, Text("pain pain"), Text("pain", title="knee"), Text("knee"))
    assert engine.counts(["pain", "knee", "gout"]) == {"pain": 2, "knee": 2, "gout": 0}


@every_engine
def test_equal_passages_are_in_order_of_row(engines: Engines, name: str) -> None:
    engine = engines.over(name, *[Text("knee pain")] * 4, Text("gout"))
    assert list(engine.search(KeywordQuery(("knee",)), 3)) == [1, 2, 3]


@every_engine
def test_a_query_without_terms_finds_nothing(engines: Engines, name: str) -> None:
    assert engines.over(name, Text("knee"), Text("pain")).search(KeywordQuery(()), 3) == {}


@every_engine
def test_a_title_of_no_weight_finds_nothing(engines: Engines, name: str) -> None:
    texts = [Text("rash", title="knee"), Text("knee"), Text("rash", title="knee"), Text("gout")]
    found = engines.over(name, *texts).search(KeywordQuery(("knee",), title_weight=0.0), 5)
    assert list(found) == [2]


@every_engine
@pytest.mark.parametrize(
    ("documents", "rows"),
    [
        (DocumentFilter(year_from=2000), {2, 4}),
        (DocumentFilter(year_to=1999), {1}),
        (DocumentFilter(document_types=("case series", "")), {1, 2, 3}),
        (DocumentFilter(languages=("de",)), {3, 4}),
        (DocumentFilter(year_from=2000, languages=("de",)), {4}),
        (DocumentFilter(year_from=2030), set()),
    ],
)
def test_a_filter_leaves_out_all_other_documents(
    engines: Engines, name: str, documents: DocumentFilter, rows: set[int]
) -> None:
    texts = [
        Text("knee", year=1999),
        Text("knee", year=2000, document_type="case series"),
        Text("knee", language="de"),
        Text("knee", year=2020, document_type="case report", language="de"),
    ]
    found = engines.over(name, *texts).search(KeywordQuery(("knee",)), 10, documents)
    assert set(found) == rows


@every_engine
@pytest.mark.parametrize(
    ("passages", "rows"),
    [
        (DocumentFilter(section_kinds=("table", "other")), {1, 2, 4}),
        (DocumentFilter(formats=("jats", "bmc")), {4}),
        (DocumentFilter(sexes=("",)), {1, 3}),
        (DocumentFilter(age_from=1), {2, 4}),
        (DocumentFilter(age_to=0), {3}),
        (DocumentFilter(age_from=41, age_to=50, sexes=("female",)), {4}),
    ],
)
def test_a_filter_leaves_out_all_other_passages(
    engines: Engines, name: str, passages: DocumentFilter, rows: set[int]
) -> None:
    texts = [
        Text("knee"),
        Text("knee", age=40.9, sex="female"),
        Text("knee", kind="timeline", age=0.75),
        Text("knee", kind="table", format="bmc", age=50.5, sex="female"),
    ]
    found = engines.over(name, *texts).search(KeywordQuery(("knee",)), 10, passages)
    assert set(found) == rows


@every_engine
def test_a_phrase_does_not_run_from_the_title_into_the_text(engines: Engines, name: str) -> None:
    query = KeywordQuery(("pin",), (Alternative(("tennis", "elbow"), ("pin",)),))
    texts = [Text("elbow", title="tennis"), Text("tennis elbow"), Text("pin"), Text("gout")]
    assert set(engines.over(name, *texts, in_base=3).search(query, 9)) == {2, 3}


def based(tmp_path: Path, *texts: Text) -> tuple[sqlite3.Connection, LayeredKeywords]:
    """A catalog whose passages are all in the base, and the engine over both."""
    connection = empty_catalog()
    for text in texts:
        add(connection, text)
    write_keywords(connection, tmp_path / "keywords")
    connection.execute("INSERT INTO keywords (keywords) VALUES ('delete-all')")
    return connection, LayeredKeywords(connection, TantivyBase.open(tmp_path / "keywords"))


def test_a_removed_passage_is_not_found_and_others_take_its_place(tmp_path: Path) -> None:
    connection, engine = based(tmp_path, *[Text("knee pain")] * 200, *[Text("knee gout")] * 9)
    for row in range(1, 200):
        remove_from_base(connection, row)
    found = engine.search(KeywordQuery(("knee", "pain")), 5)
    assert list(found) == [200, 201, 202, 203, 204]


def test_a_rare_term_of_removed_passages_alone_is_not_known(tmp_path: Path) -> None:
    connection, engine = based(tmp_path, Text("knee"), Text("gout"), Text("gout"))
    remove_from_base(connection, 2)
    assert engine.counts(["gout", "knee"]) == {"gout": 1, "knee": 1}


def test_what_came_since_the_base_counts_for_the_score_of_all(tmp_path: Path) -> None:
    connection, engine = based(tmp_path, Text("knee pain"), Text("gout"), Text("rash"))
    before = engine.search(KeywordQuery(("knee",)), 1)[1]
    add(connection, Text("knee knee"))
    again = LayeredKeywords(connection, TantivyBase.open(tmp_path / "keywords"))
    assert again.search(KeywordQuery(("knee",)), 2)[1] < before


def test_a_base_may_be_on_a_disk_that_nothing_can_be_written_to(tmp_path: Path) -> None:
    _, engine = based(tmp_path, Text("knee"), Text("gout"), Text("rash"))
    files = {path.name for path in (tmp_path / "keywords").iterdir()}
    assert engine.search(KeywordQuery(("knee",)), 1)
    assert {path.name for path in (tmp_path / "keywords").iterdir()} == files
    assert not any(name.startswith(".") for name in files)  # no locks of a writer


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_text("{")])
def test_a_folder_that_is_no_keyword_index_is_refused(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    based(tmp_path, Text("knee"))
    damage(tmp_path / "keywords" / "meta.json")
    with pytest.raises(ValueError, match="keywords holds no keyword index"):
        TantivyBase.open(tmp_path / "keywords")


def test_an_empty_corpus_has_nothing(engines: Engines) -> None:
    engine = engines.over("tantivy")
    assert engine.search(KeywordQuery(("knee",)), 5) == {}


def test_fts5_knows_how_many_terms_it_holds() -> None:
    connection = empty_catalog()
    for length in (1, 200, 20_000):
        add(connection, Text("knee " * length, title="gout"))
    assert Fts5Keywords(connection).totals() == Totals(passages=3, terms=20_204)


def test_a_phrase_is_counted_where_it_overlaps_itself() -> None:
    query = KeywordQuery((), (Alternative(("a", "b", "a"), ("x",)),))
    scorer = PassageScorer(query, {("a", "b", "a"): 1}, Totals(100, 500))
    once, twice = scorer.score(("", "", "a b a c d")), scorer.score(("", "", "a b a b a"))
    assert twice == pytest.approx(once * 2 * 2.2 / 3.2)


@pytest.mark.parametrize(("count", "name"), [(0, "fts5"), (2_000, "fts5"), (2_001, "tantivy")])
def test_the_engine_is_chosen_by_size(count: int, name: str) -> None:
    assert keyword_engine_for(count) == name
