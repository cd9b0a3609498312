"""A search of a damaged index serves the truth or refuses; it never shows anything else.

The truth is what the whole index answers. A damage that search cannot see in time (how often a
word stands in the corpus, say) may change an order, and never what is shown: then each passage is
still held against the documents.
"""

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from index.build import build_index
from index.catalog import catalog_path
from index.errors import CatalogError
from index.keyword_engines import KEYWORD_ENGINES, KeywordEngineSettings
from index.verification import Verification, verify
from search.hits import Hit
from search.queries import Filters, Query
from search.service import SearchService
from tests.conftest import CALF, hashing_choice, write_small_corpus
from tests.index_damages import A_ROW, DAMAGES, base, change, manifest
from tests.whole_index import make_index

Shown = tuple[tuple[str, str, str], ...]
"""The file, the title and the text of each passage."""
FLIPS = 40
QUESTIONS = (
    Query("tight calf of a runner"),
    Query("lipoma beside the median nerve"),
    Query("Which finding was seen in the knee on day 7?"),
    Query("fluid in the knee after a fall from a horse"),
    Query("extension of the fingers"),
    Query("was the PIN free?"),
    Query("what was injected?", filters=Filters(year_from=2020)),
)
UNSEEN = {
    "a word lost", "a word too many", "a word counted wrongly", "a word with another sound",
    "an abbreviation lost", "a group of one", "a leader that does not exist",
    "two vectors swapped under a right checksum", "a facet changed under a right checksum",
}  # fmt: skip
"""Damages that may change what is found, and that only `verify` can see."""


def answer(folder: Path, question: Query) -> Shown | None:
    """What a new reader is shown; None where it is refused with one clear line."""
    try:
        hits = SearchService.open(folder, lambda _: hashing_choice()).search(question).hits
    except CatalogError:
        return None
    return tuple((_file(hit), hit.title, hit.passage.text) for hit in hits)


def _file(hit: Hit) -> str:
    """The name of its file; a page of a web site shows its address, which ends like it."""
    name = hit.source.rpartition("/")[2]
    return name if name.endswith(".txt") else f"{name}.txt"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def truth(whole: Path) -> list[Shown | None]:
    return [answer(whole, question) for question in QUESTIONS]


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """A copy of the index that a test may damage."""
    return Path(shutil.copytree(whole, tmp_path / "index"))


def lies(folder: Path, truth: list[Shown | None]) -> list[str]:
    """The questions that are answered otherwise than by the whole index, and not refused."""
    asked = zip(QUESTIONS, truth, strict=True)
    return [q.text for q, right in asked if answer(folder, q) not in (right, None)]


def misquoted(folder: Path, documents: Path) -> list[str]:
    """Passages that are shown and do not stand in their files, word for word, or not so titled."""
    shown = {one for question in QUESTIONS for one in answer(folder, question) or ()}
    return [
        f"{name}: {title}: {text}"
        for name, title, text in sorted(shown)
        if not (path := documents / name).is_file()
        or " ".join(text.split()) not in (words := " ".join(path.read_text("utf-8").split()))
        or f"Title: {title} " not in words
    ]


def damaged_checks(found: Verification) -> list[str]:
    return [check.name for check, tally in found.findings if tally.damaged]


def test_the_whole_index_answers_every_question(truth: list[Shown | None]) -> None:
    assert all(truth)


@pytest.mark.parametrize("damage", sorted(DAMAGES.keys() - UNSEEN))
def test_the_truth_is_served_or_nothing(copy: Path, truth: list[Shown | None], damage: str) -> None:
    DAMAGES[damage][1](copy)
    assert lies(copy, truth) == []


@pytest.mark.parametrize("damage", sorted(UNSEEN))
def test_what_is_shown_is_what_stands_there(copy: Path, whole: Path, damage: str) -> None:
    DAMAGES[damage][1](copy)
    assert misquoted(copy, whole.parent / "documents") == []


@pytest.mark.parametrize("damage", ["the base lost", "text changed", "removed rows forgotten"])
def test_a_search_that_cannot_be_right_is_refused(copy: Path, damage: str) -> None:
    DAMAGES[damage][1](copy)
    assert [answer(copy, question) for question in QUESTIONS] == [None] * len(QUESTIONS)


def test_an_older_catalog_whose_base_is_gone_is_refused(copy: Path) -> None:
    shutil.copy(copy.parent / "index" / "catalog.sqlite", copy.parent / "older.sqlite")
    documents = write_small_corpus(copy.parent / "documents")
    for text in ("One more.", "And another."):
        (documents / "calf.txt").write_text(f"{CALF}\n{text}\n", "utf-8")
        build_index([documents], copy, hashing_choice())
    shutil.copy(copy.parent / "older.sqlite", catalog_path(copy))
    assert [answer(copy, question) for question in QUESTIONS] == [None] * len(QUESTIONS)
    assert "base files" in damaged_checks(verify(copy))


def test_without_its_log_a_catalog_is_the_generation_before(
    copy: Path, truth: list[Shown | None]
) -> None:
    """The log is lost before anything of it came into the catalog: as if it were not published."""
    reader = sqlite3.connect(catalog_path(copy), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM generations").fetchone()
    documents = write_small_corpus(copy.parent / "documents")
    build_index([documents], copy, hashing_choice())
    lost = Path(shutil.copytree(copy, copy.parent / "lost"))
    reader.close()
    for name in ("-wal", "-shm"):
        catalog_path(lost).with_name(f"catalog.sqlite{name}").unlink()
    assert lies(lost, truth) == []
    assert verify(lost).generation == verify(copy).generation - 1


@pytest.fixture
def large(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index whose keywords are in files of its base, as those of a large one are."""
    monkeypatch.setitem(KEYWORD_ENGINES, "fts5", KeywordEngineSettings(up_to=0, in_base=False))
    documents = write_small_corpus(copy.parent / "documents")
    build_index([documents], copy, hashing_choice())
    return copy


def test_a_large_index_is_whole(large: Path) -> None:
    assert manifest(large)["base"]["keyword_engine"] == "tantivy"
    assert damaged_checks(verify(large)) == []


def test_a_flipped_bit_in_any_keyword_file_is_named_and_refused(large: Path) -> None:
    for path in sorted((base(large) / "keywords").iterdir()):
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert damaged_checks(verify(large)) == ["base files"]
        assert answer(large, QUESTIONS[0]) is None
        path.write_bytes(whole)


def test_keyword_files_of_other_passages_are_named(large: Path) -> None:
    change(large, f"UPDATE passage_terms SET body = body || ' horse' WHERE row = {A_ROW}")
    assert {"keyword files", "keyword terms"} <= set(damaged_checks(verify(large)))


def test_flipped_bits_in_the_catalog_never_change_what_is_shown(copy: Path, whole: Path) -> None:
    raw, chance = catalog_path(copy).read_bytes(), random.Random(1)
    for _ in range(FLIPS):
        flipped = bytearray(raw)
        flipped[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        catalog_path(copy).write_bytes(flipped)
        assert misquoted(copy, whole.parent / "documents") == []
