"""Cards tell a reader what the catalog would, without a text of a passage."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.build import build_index
from index.catalog import published
from index.facets import Between, OneOf
from index.file_hashes import file_sha256
from index.stores.cards import (
    FILES,
    Cards,
    CardTerms,
    join_pieces,
    pack,
    pieces,
    unpack,
    write_cards,
)
from index.stores.cards_cache import CardsCache
from index.stores.embedded_generation import EmbeddedGenerations
from search.vocabulary.corpus import CorpusWords
from tests.conftest import hashing_choice, write_small_corpus
from tests.index_contents import update

NERVES = (
    "Title: Nerves\nYear: 2020\n\nThe posterior interosseous nerve (PIN) was tender. "
    "The PIN was freed. A nerve is posterior at times.\n"
)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small corpus, a document without a title, and one with an abbreviation."""
    folder = write_small_corpus(tmp_path_factory.mktemp("cards") / "documents")
    (folder / "nerves.txt").write_text(NERVES, "utf-8")
    (folder / "untitled.txt").write_text("The plantar fascia tore at once.\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def index(documents: Path) -> Path:
    build_index([documents], documents.parent / "index", hashing_choice())
    return documents.parent / "index"


@pytest.fixture(scope="module")
def cards(index: Path) -> Cards:
    return written(index, index.parent / "cards")


@pytest.fixture
def tables(cards: Cards) -> Iterator[sqlite3.Connection]:
    with closing(cards.connect()) as connection:
        yield connection


def written(index: Path, folder: Path) -> Cards:
    folder.mkdir()
    with published(index) as (connection, manifest):
        write_cards(connection, folder)
        return Cards(folder, manifest.passages)


def test_no_text_of_a_document_with_a_title_is_in_the_cards(cards: Cards) -> None:
    held = b"".join((cards.folder / name).read_bytes() for name in FILES)
    assert b"Numb fingers at night" in held
    assert b"lipoma lay beside" not in held


def test_a_document_without_a_title_keeps_its_first_words(tables: sqlite3.Connection) -> None:
    texts = tables.execute("SELECT text FROM documents WHERE text != ''").fetchall()
    assert texts == [("The plantar fascia tore at once.",)]


def test_terms_are_as_common_as_the_keyword_engine_says(
    index: Path, tables: sqlite3.Connection
) -> None:
    asked = ["calf", "nerv", "the", "pin", "zyxomma"]
    with EmbeddedGenerations(index).current() as generation:
        assert CardTerms(tables).counts(asked) == generation.keywords.counts(asked)


def test_a_long_form_of_an_abbreviation_is_counted_as_a_phrase(tables: sqlite3.Connection) -> None:
    assert CardTerms(tables).phrase_count(("posterior", "inteross", "nerv")) == 1


def test_no_other_phrase_is_counted(tables: sqlite3.Connection) -> None:
    assert CardTerms(tables).phrase_count(("the", "median", "nerv")) is None


def test_totals_are_passages_and_their_terms(index: Path, tables: sqlite3.Connection) -> None:
    with published(index) as (connection, manifest):
        rows = connection.execute("SELECT title, heading, body FROM passage_terms").fetchall()
    totals = CardTerms(tables).totals()
    assert totals.passages == manifest.passages
    assert totals.terms == sum(len(" ".join(row).split()) for row in rows)


def test_each_document_has_its_passages(index: Path, tables: sqlite3.Connection) -> None:
    asked = "SELECT doc_id, ordinal FROM passages ORDER BY 1, 2"
    with published(index) as (connection, _):
        assert tables.execute(asked).fetchall() == connection.execute(asked).fetchall()


@pytest.mark.parametrize(
    "asked",
    [
        "SELECT document_type, count(*) FROM documents GROUP BY 1 ORDER BY 1",
        "SELECT min(year), max(year), count(language) FROM documents",
        "SELECT doc_id, leader, cases, warnings, metadata, format, page_count FROM documents",
        "SELECT * FROM sources ORDER BY path",
        "SELECT manifest FROM generations",
        "SELECT * FROM words ORDER BY word",
        "SELECT * FROM abbreviation_forms",
    ],
)
def test_the_tables_answer_as_the_catalog_does(
    index: Path, tables: sqlite3.Connection, asked: str
) -> None:
    with published(index) as (connection, _):
        assert tables.execute(asked).fetchall() == connection.execute(asked).fetchall() != []


def test_the_vocabulary_reads_abbreviations_from_cards(tables: sqlite3.Connection) -> None:
    words = CorpusWords(tables, CardTerms(tables), 7, lambda _ids, _most: [])
    (meaning,) = words.meanings("pin", "PIN")
    assert meaning.long == "posterior interosseous nerve"


def test_facets_let_the_same_number_of_passages_through(index: Path, cards: Cards) -> None:
    conditions = ({"year": Between(2016)}, {"format": OneOf(["text"])}, {"sex": OneOf(["male"])})
    with EmbeddedGenerations(index).current() as generation:
        for condition in conditions:
            ours, theirs = cards.facets.mask(condition), generation.facets.mask(condition)
            assert ours is not None
            assert theirs is not None
            assert np.count_nonzero(ours) == np.count_nonzero(theirs)


def test_facets_have_no_gap_where_passages_are_gone(small_corpus: Path, tmp_path: Path) -> None:
    build_index([small_corpus], tmp_path / "index", hashing_choice())
    (small_corpus / "calf.txt").unlink()
    update(tmp_path / "index", small_corpus)
    cards = written(tmp_path / "index", tmp_path / "cards")
    opens = cards.facets.layers[0]["opens"]
    assert len(opens.codes) == cards.passages
    assert np.all(opens.codes != 0)


def test_packed_cards_come_back_byte_for_byte(cards: Cards, tmp_path: Path) -> None:
    sha256 = pack(cards.folder, tmp_path / "zip")
    assert join_pieces(pieces(tmp_path / "zip"), tmp_path / "copy") == sha256
    (tmp_path / "unpacked").mkdir()
    unpack(tmp_path / "copy", tmp_path / "unpacked")
    for name in FILES:
        assert file_sha256(tmp_path / "unpacked" / name) == file_sha256(cards.folder / name)


def test_what_is_no_zip_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "zip").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(ValueError, match="no cards"):
        unpack(tmp_path / "zip", tmp_path)


class Packed:
    """Packed cards that count how often they are fetched."""

    def __init__(self, cards: Cards, path: Path) -> None:
        self.sha256 = pack(cards.folder, path)
        self.path, self.passages = path, cards.passages
        self.fetched = 0

    def fetch(self) -> Iterator[str]:
        self.fetched += 1
        return pieces(self.path)


@pytest.fixture
def packed(cards: Cards, tmp_path: Path) -> Packed:
    return Packed(cards, tmp_path / "zip")


def kept(cache: CardsCache, packed: Packed, identity: str = "one") -> Cards:
    return cache.cards(packed.sha256, identity, packed.passages, packed.fetch)


def test_cards_are_fetched_once_for_all_processes(packed: Packed, tmp_path: Path) -> None:
    for _ in range(2):
        cards = kept(CardsCache(tmp_path / "cache"), packed)
    assert packed.fetched == 1
    assert cards.folder == tmp_path / "cache" / packed.sha256


def damage(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


@pytest.mark.parametrize(
    "harm", [damage, Path.unlink, lambda path: path.write_bytes(b"")], ids=["bit", "gone", "empty"]
)
@pytest.mark.parametrize("name", [*FILES, "kept.json"])
def test_damaged_cards_are_fetched_again(
    packed: Packed, tmp_path: Path, name: str, harm: Callable[[Path], object]
) -> None:
    cards = kept(CardsCache(tmp_path / "cache"), packed)
    harm(cards.folder / name)
    again = kept(CardsCache(tmp_path / "cache"), packed)
    assert packed.fetched == 2
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [packed.sha256]
    assert again.facets.layers[0].keys() == again.facets.layers[1].keys()


def test_cards_of_another_hash_are_refused_and_not_kept(packed: Packed, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="other bytes"):
        CardsCache(tmp_path / "cache").cards("0" * 64, "one", 7, packed.fetch)
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.fixture
def generations(cards: Cards, tmp_path: Path) -> list[Packed]:
    """Cards of three generations, that differ by a number."""
    found = []
    copy = shutil.copytree(cards.folder, tmp_path / "copy")
    for number in range(3):
        with closing(sqlite3.connect(copy / FILES[0])) as connection:
            connection.execute(f"PRAGMA user_version = {number}")
        found.append(Packed(Cards(copy, cards.passages), tmp_path / f"zip{number}"))
    return found


def test_the_two_newest_of_an_index_are_kept(generations: list[Packed], tmp_path: Path) -> None:
    for one in generations:
        kept(CardsCache(tmp_path / "cache"), one)
    names = {path.name for path in (tmp_path / "cache").iterdir()}
    assert names == {one.sha256 for one in generations[1:]}


def test_cards_of_other_indexes_stay(generations: list[Packed], tmp_path: Path) -> None:
    for number, one in enumerate(generations):
        kept(CardsCache(tmp_path / "cache"), one, identity=str(number))
    assert len(list((tmp_path / "cache").iterdir())) == 3


def test_where_no_cache_can_be_written_cards_are_in_a_temporary_folder(
    packed: Packed, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    cache = CardsCache(tmp_path / "file" / "cache")
    folders = {kept(cache, packed).folder for _ in range(2)}
    assert packed.fetched == 1
    assert all(folder.is_dir() and tmp_path not in folder.parents for folder in folders)


def test_nobody_else_may_read_what_is_kept(packed: Packed, tmp_path: Path) -> None:
    cards = kept(CardsCache(tmp_path / "cache"), packed)
    assert cards.folder.parent.stat().st_mode & 0o077 == 0
