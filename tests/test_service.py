"""The one way in: a passage shown is the passage that matched, in its own words and place."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from index.build import build_index
from index.catalog import catalog_path, open_for_reading
from index.errors import (
    EncoderMismatchError,
    IndexDamagedError,
    IndexMissingError,
    NotAnIndexError,
)
from index.reading import stored_document
from search.errors import BrokenTextError, EmptyQueryError, FilterError, QueryTooLongError
from search.hits import Answer
from search.queries import Filters, Query
from search.service import SearchService
from tests.conftest import CALF, HashingEncoder, hashing_choice


@pytest.fixture
def folder(small_corpus: Path, tmp_path: Path) -> Path:
    build_index([small_corpus], tmp_path / "index", hashing_choice())
    return tmp_path / "index"


def open_service(folder: Path) -> SearchService:
    return SearchService.open(folder, lambda _model: hashing_choice())


def ask(folder: Path, question: str, filters: Filters | None = None) -> Answer:
    return open_service(folder).search(Query(question, filters=filters or Filters()))


def test_the_passage_that_has_the_words_is_first(folder: Path) -> None:
    assert ask(folder, "lipoma beside the median nerve").hits[0].title == "Numb fingers at night"


def test_ranks_count_from_one_and_scores_fall(folder: Path) -> None:
    hits = ask(folder, "fluid between soleus and gastrocnemius").hits
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_more_hits_begin_with_the_same_ones(corpus_service: SearchService) -> None:
    few = corpus_service.search(Query("pain after an injection", k=5)).hits
    many = corpus_service.search(Query("pain after an injection", k=40)).hits
    assert list(many[:5]) == list(few)
    assert [hit.score for hit in many] == sorted((hit.score for hit in many), reverse=True)


@pytest.mark.parametrize("text", ["C5-6", "AND", "drop table", "what was done for the knee?"])
def test_passages_asked_for_below_do_not_change_those_above(
    corpus_service: SearchService, text: str
) -> None:
    many = corpus_service.search(Query(text, k=40)).hits
    assert corpus_service.search(Query(text, k=10)).hits == many[:10]
    assert corpus_service.search(Query(text, k=25)).hits == many[:25]
    assert len({hit.passage.passage_id for hit in many}) == 40


def test_every_hit_stands_in_its_document_where_it_says(folder: Path) -> None:
    connection = open_for_reading(folder)
    for hit in ask(folder, "calf wrist shoulder").hits:
        text = stored_document(connection, hit.passage.doc_id).text
        assert text[hit.passage.start : hit.passage.end] == hit.passage.text
        assert text[hit.snippet.start : hit.snippet.end] == hit.snippet.text
    connection.close()


def test_the_snippet_is_the_sentence_with_the_words(folder: Path) -> None:
    hit = ask(folder, "how many weeks until he ran again").hits[0]
    assert hit.snippet.text == "He ran again after eight weeks."


def test_a_hit_says_what_its_document_states(folder: Path) -> None:
    hit = ask(folder, "tight calf in a runner").hits[0]
    assert (hit.metadata.year, hit.metadata.document_type) == (2021, "case report")


def test_an_answer_names_its_generation(folder: Path) -> None:
    index = ask(folder, "calf").index
    assert (index.generation, index.model, index.documents) == (1, "hashing", 3)


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (Filters(year_from=2020), {"Tight calf in a runner"}),
        (Filters(year_to=2020), {"Numb fingers at night"}),
        (Filters(document_types=("article",)), {"Numb fingers at night"}),
        (Filters(document_types=("not stated",)), {"Stiff shoulder"}),
        (Filters(2016, None, ("Case Report", "article")), {"Tight calf in a runner"}),
        (Filters(year_from=2030), set()),
    ],
)  # fmt: skip
def test_only_documents_that_pass_the_filters_answer(
    folder: Path, filters: Filters, titles: set[str]
) -> None:
    hits = ask(folder, "calf wrist shoulder nerve weeks", filters).hits
    assert {hit.title for hit in hits} == titles


def test_a_filter_that_leaves_nothing_is_not_answered(folder: Path) -> None:
    assert not ask(folder, "tight calf in a runner", Filters(year_from=2030)).answered


def test_a_running_service_answers_from_a_new_generation(folder: Path, small_corpus: Path) -> None:
    service = open_service(folder)
    (small_corpus / "calf.txt").write_text(CALF.replace("eight weeks", "nine weeks"), "utf-8")
    build_index([small_corpus], folder, hashing_choice())
    answer = service.search(Query("he ran again after how many weeks"))
    assert (answer.index.generation, answer.hits[0].snippet.text) == (
        2,
        "He ran again after nine weeks.",
    )


def test_context_gives_the_neighbours_in_reading_order(folder: Path) -> None:
    service = open_service(folder)
    first = service.search(Query("rest did not help the runner of 51 years")).hits[0].passage
    assert [p.section for p in service.context(first.passage_id)] == ["Patient", "Treatment"]


def test_context_of_a_passage_that_is_gone_is_empty(folder: Path) -> None:
    assert open_service(folder).context("nothing:0") == []


def test_the_filters_choices_are_the_types_in_the_index(folder: Path) -> None:
    assert sorted(open_service(folder).document_types()) == ["article", "case report", "not stated"]


@pytest.mark.parametrize("question", ["", "   ", "?!", "\n"])
def test_a_question_without_a_word_is_refused(question: str) -> None:
    with pytest.raises(EmptyQueryError):
        Query(question)


def test_a_book_is_not_a_question() -> None:
    with pytest.raises(QueryTooLongError, match="50,000 words"):
        Query("pain " * 50_000)


def test_a_text_without_spaces_can_be_too_long_as_well() -> None:
    with pytest.raises(QueryTooLongError, match="200,000 characters"):
        Query("膝" * 200_000)


def test_a_question_with_half_a_character_is_refused_in_one_line() -> None:
    with pytest.raises(BrokenTextError, match="broken character"):
        Query("knee \ud83d pain")


def test_a_question_in_letters_without_terms_is_not_answered(folder: Path) -> None:
    assert not ask(folder, "боль в икре").answered


def test_years_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(FilterError, match="no year lies from 2020 to 2010"):
        Filters(year_from=2020, year_to=2010)


def test_no_index_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="python -m index build --index"):
        SearchService.open(tmp_path / "none")


def test_a_folder_of_other_files_is_not_an_index(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("notes", "utf-8")
    with pytest.raises(NotAnIndexError):
        SearchService.open(tmp_path)


def test_a_catalog_that_is_no_database_is_not_an_index(tmp_path: Path) -> None:
    catalog_path(tmp_path).write_bytes(b"not a database, but long enough to look like one" * 10)
    with pytest.raises(NotAnIndexError):
        SearchService.open(tmp_path)


def test_a_missing_vector_file_is_refused(folder: Path) -> None:
    (folder / "base-1" / "vectors.faiss").unlink()
    with pytest.raises(IndexDamagedError, match=r"base-1/vectors\.faiss"):
        open_service(folder)


def test_vectors_of_another_generation_are_refused(folder: Path, small_corpus: Path) -> None:
    shutil.copy(folder / "base-1" / "vectors.faiss", small_corpus.parent / "old.faiss")
    (small_corpus / "wrist.txt").unlink()
    build_index([small_corpus], folder, hashing_choice())
    shutil.copy(small_corpus.parent / "old.faiss", folder / "base-2" / "vectors.faiss")
    with pytest.raises(IndexDamagedError, match="not as it was written"):
        open_service(folder)


def test_another_model_under_the_same_name_is_refused(folder: Path) -> None:
    other = HashingEncoder()
    other.fingerprint = "hashing-2"
    service = SearchService.open(folder, lambda _model: hashing_choice(other))
    with pytest.raises(EncoderMismatchError, match="Rebuild it: python -m index build"):
        service.search(Query("calf"))


@pytest.mark.parametrize("damage", ["DELETE FROM passages", "UPDATE documents SET metadata = '{}'"])
def test_lost_rows_are_refused_and_never_served(folder: Path, damage: str) -> None:
    connection = sqlite3.connect(catalog_path(folder))
    with connection:
        connection.execute(damage)
    connection.close()
    with pytest.raises(IndexDamagedError):
        ask(folder, "tight calf in a runner")


def test_a_manifest_that_cannot_be_read_is_damage(folder: Path) -> None:
    connection = sqlite3.connect(catalog_path(folder))
    with connection:
        connection.execute("UPDATE generations SET manifest = '{}'")
    connection.close()
    with pytest.raises(IndexDamagedError, match="manifest"):
        open_service(folder)


def test_a_catalog_that_a_killed_build_had_only_begun_is_no_index_yet(tmp_path: Path) -> None:
    sqlite3.connect(catalog_path(tmp_path)).close()
    catalog_path(tmp_path).touch()
    with pytest.raises(IndexMissingError):
        SearchService.open(tmp_path)
