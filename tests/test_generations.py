"""A page that stays open answers from the newest generation, as a first build would."""

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from index.build import build_index
from index.catalog import published
from index.engines import ENGINES
from index.errors import IndexDamagedError
from index.keyword_engines import KEYWORD_ENGINES
from index.options import BuildOptions
from index.stores.embedded_generation import EmbeddedGenerations
from search.queries import Filters
from search.service import SearchService
from tests.conftest import CALF, hashing_choice
from tests.index_contents import MERGED, UNMERGED, chosen, found, texts, update

BOTH = pytest.mark.parametrize("options", [MERGED, UNMERGED], ids=["merged", "unmerged"])
ELBOW = "Title: Weak fingers\nYear: 2019\nType: review\n\nThe radial tunnel was tender.\n"
QUESTIONS = ("tender radial tunnel", "stiff knee on day 7", "tight calf of a runner", "swollen")
FILTERS = (
    Filters(),
    Filters(year_from=2010),
    Filters(year_to=2009),
    Filters(document_types=("case report",)),
    Filters(year_from=2005, document_types=("review", "not stated")),
)


@pytest.fixture
def index(small_corpus: Path, tmp_path: Path) -> Path:
    """The small corpus, built once."""
    build_index([small_corpus], tmp_path / "index", hashing_choice())
    return tmp_path / "index"


@BOTH
def test_an_open_page_finds_what_came(
    small_corpus: Path, index: Path, options: BuildOptions
) -> None:
    service = SearchService.open(index, chosen(None))
    (small_corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    update(index, small_corpus, options=options)
    assert texts(service, "tender radial tunnel")[0] == "The radial tunnel was tender."
    assert (service.state().generation, service.state().documents) == (2, 4)


@BOTH
def test_an_open_page_finds_no_more_what_went(
    small_corpus: Path, index: Path, options: BuildOptions
) -> None:
    service = SearchService.open(index, chosen(None))
    (small_corpus / "calf.txt").unlink()
    update(index, small_corpus, options=options)
    assert not any("runner" in text for text in texts(service, "tight calf of a runner"))


@BOTH
def test_an_open_page_filters_by_what_is_stated_now(
    small_corpus: Path, index: Path, options: BuildOptions
) -> None:
    service = SearchService.open(index, chosen(None))
    (small_corpus / "calf.txt").write_text(CALF.replace("2021", "1999"), "utf-8")
    (small_corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    update(index, small_corpus, options=options)
    assert texts(service, "calf", Filters(year_from=2016)) == ["The radial tunnel was tender."]


def test_a_question_goes_on_while_its_base_is_removed(small_corpus: Path, index: Path) -> None:
    query = hashing_choice().load().encode_queries(["tight calf of a runner"])
    with EmbeddedGenerations(index).current() as generation:
        before = generation.engine.search(query, 9)
        for number in range(3):
            (small_corpus / "calf.txt").write_text(f"Title: Calf\n\n{number}.\n", "utf-8")
            update(index, small_corpus, options=MERGED)
        assert not (index / "base-1").exists()
        assert generation.engine.search(query, 9) == before
        assert len(generation.passages([row for row, _ in before])) == len(before)


def test_an_open_page_goes_on_after_three_more_bases(small_corpus: Path, index: Path) -> None:
    service = SearchService.open(index, chosen(None))
    for number in range(3):
        (small_corpus / "calf.txt").write_text(f"Title: Calf\n\nTight {number}.\n", "utf-8")
        update(index, small_corpus, options=MERGED)
    assert "Tight 2." in texts(service, "tight calf")


def test_the_base_of_another_generation_is_refused(small_corpus: Path, index: Path) -> None:
    (small_corpus / "calf.txt").unlink()
    update(index, small_corpus, options=MERGED)
    shutil.rmtree(index / "base-2")
    shutil.copytree(index / "base-1", index / "base-2")
    with pytest.raises(IndexDamagedError, match=r"base-2/.* is not as it was written"):
        SearchService.open(index, chosen(None))


@pytest.mark.parametrize("newer", [("elbow",), ("elbow", "knee")])
def test_an_index_that_was_made_anew_is_read_anew(
    small_corpus: Path, index: Path, newer: tuple[str, ...]
) -> None:
    elbow = small_corpus / "elbow.txt"
    elbow.write_text(ELBOW, "utf-8")
    update(index, small_corpus)
    generations, query = (
        EmbeddedGenerations(index),
        hashing_choice().load().encode_queries(["stiff hip"]),
    )
    with generations.current() as before:
        assert before.manifest.generation == 2
    shutil.rmtree(index)
    elbow.unlink()
    build_index([small_corpus], index, hashing_choice())  # with the very same base
    for name in newer:
        (small_corpus / f"{name}.txt").write_text(f"Title: Hip\n\nA stiff hip, {name}.\n", "utf-8")
        update(index, small_corpus)
    with generations.current() as kept, EmbeddedGenerations(index).current() as opened:
        assert kept.engine.search(query, 9) == opened.engine.search(query, 9)


def test_all_generations_of_an_index_have_its_identity_and_no_other_index_has(
    small_corpus: Path, index: Path, tmp_path: Path
) -> None:
    folders = [index, index, tmp_path / "other"]
    identities = []
    for folder in folders:
        build_index([small_corpus], folder, hashing_choice())
        with published(folder) as (_, manifest):
            identities.append(manifest.identity)
        (small_corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    assert identities[0] == identities[1] != identities[2]


def write_cases(folder: Path, numbers: range, year: int = 2000) -> None:
    kinds = ("case report", "review", "article")
    for number in numbers:
        (folder / f"case {number}.txt").write_text(
            f"Title: Knee {number}\nYear: {year + number}\nType: {kinds[number % 3]}\n\n"
            f"The knee was stiff on day {number}. Fluid was drained {number % 5} times.\n",
            "utf-8",
        )


def grow(folder: Path, documents: Path) -> None:
    """Build forty cases; add, change and remove some after that, with no new base."""
    write_cases(documents, range(40))
    build_index([documents], folder, hashing_choice())
    (documents / "elbow.txt").write_text(ELBOW, "utf-8")
    write_cases(documents, range(38, 44), year=1980)
    for number in random.Random(1).sample(range(38), 6):
        (documents / f"case {number}.txt").unlink()
    assert not update(folder, documents, options=UNMERGED).merged


@pytest.mark.parametrize("engines", ["exact fts5", "exact tantivy", "lists tantivy"])
def test_a_base_and_what_came_since_answer_as_a_first_build(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engines: str
) -> None:
    if "tantivy" in engines:
        monkeypatch.setitem(KEYWORD_ENGINES, "fts5", replace(KEYWORD_ENGINES["fts5"], up_to=9))
    if "lists" in engines:
        monkeypatch.setitem(ENGINES, "exact", replace(ENGINES["exact"], up_to=9))
    grow(tmp_path / "index", small_corpus)
    build_index([small_corpus], tmp_path / "fresh", hashing_choice())
    with published(tmp_path / "index") as (_, manifest):
        assert manifest.base.keyword_engine == engines.split()[1]
        assert (manifest.base.probes > 0) == ("lists" in engines)
    for question in QUESTIONS:
        for filters in FILTERS:
            expected = found(tmp_path / "fresh", question, filters)[:3]
            assert found(tmp_path / "index", question, filters)[:3] == expected
