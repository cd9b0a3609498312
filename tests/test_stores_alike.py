"""A folder and a server that serves it answer alike, as people see it.

Row numbers differ, and so does the order of passages whose scores are equal. Cosines differ by
nothing, as both keep the same half floats; the share of words by what `scoring` says.
"""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.build import build_index
from ingest.files import find_files
from search.hits import Answer
from search.queries import Query
from search.service import SearchService
from tests.conftest import hashing_choice, write_small_corpus
from tests.index_contents import chosen

pytest.importorskip("pymilvus")
pytest.importorskip("milvus_lite")

from index.stores.served import mirror
from tests.served_indexes import ELBOW, asked, lite_address, lite_server

QUESTIONS = ("tight calf of a runner", "median nerve", "tender radial tunnel", "saline", "swollen")


@pytest.fixture(scope="module")
def services(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[SearchService, SearchService]]:
    """The same documents in a folder and on a server; two of them say nearly the same."""
    folder = tmp_path_factory.mktemp("both")
    corpus = write_small_corpus(folder / "documents")
    long = " ".join(f"On day {day} the tendon of the hip was a little thicker." for day in range(9))
    for name in ("one", "two"):
        text = f"Title: Hip {name}\nYear: 2001\n\n{long} It was case {name}.\n"
        (corpus / f"{name}.txt").write_text(text, "utf-8")
    (corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    (corpus / "untitled.txt").write_text("The plantar fascia tore at once.\n", "utf-8")
    build_index(find_files([corpus])[0], folder / "index", hashing_choice())
    with lite_server(folder) as server:
        mirror(folder / "index", server)
        yield (
            SearchService.open(folder / "index", chosen(None)),
            SearchService.open(lite_address(folder), chosen(None)),
        )


def told(answer: Answer) -> list[tuple[object, ...]]:
    """What is told of the hits that are no ties, best first."""
    scores = Counter(hit.score for hit in answer.hits)
    return [
        (hit.score, hit.passage, hit.title, hit.snippet, hit.citation, hit.source, hit.patient)
        for hit in answer.hits
        if scores[hit.score] == 1
    ]


@pytest.mark.parametrize("question", [*QUESTIONS, "tendon of the hip", "plantar fascia"])
def test_a_service_answers_alike_from_both_stores(
    services: tuple[SearchService, SearchService], question: str
) -> None:
    embedded, served = (service.search(Query(question)) for service in services)
    assert (served.strength, served.expansions) == (embedded.strength, embedded.expansions)
    assert told(served) == told(embedded) != []


def test_near_duplicates_are_named_alike(services: tuple[SearchService, SearchService]) -> None:
    embedded, served = (service.search(Query("tendon of the hip")) for service in services)
    assert [twin.title for twin in served.hits[0].twins] != []
    assert served.hits[0].twins == embedded.hits[0].twins


@pytest.mark.parametrize("question", QUESTIONS)
def test_passages_score_alike_in_both_stores(
    services: tuple[SearchService, SearchService], question: str
) -> None:
    scores = []
    for service in services:
        with service._generations.current() as generation:
            hits = generation.search(asked(question))
            scores.append({one.place.key: (one.cosine, one.score) for one in hits})
    for key in scores[0].keys() & scores[1].keys():
        (cosine, score), (other_cosine, other_score) = scores[0][key], scores[1][key]
        assert other_cosine == pytest.approx(cosine, abs=0.001)
        assert other_score == pytest.approx(score, abs=0.01)
    assert scores[0].keys() == scores[1].keys()


def test_a_document_and_its_context_are_the_same_in_both(
    services: tuple[SearchService, SearchService],
) -> None:
    embedded, served = services
    hit = embedded.search(Query("tight calf of a runner")).hits[0].passage
    assert served.document(hit.doc_id) == embedded.document(hit.doc_id)
    assert served.context(hit.passage_id) == embedded.context(hit.passage_id) != []
    assert served.source_files(hit.doc_id) == embedded.source_files(hit.doc_id)


def test_similar_cases_and_counts_of_filters_are_the_same_in_both(
    services: tuple[SearchService, SearchService],
) -> None:
    embedded, served = services
    calf = embedded.search(Query("tight calf of a runner")).hits[0].passage.passage_id
    assert [one.passage for one in served.similar(calf, 2)] == [
        one.passage for one in embedded.similar(calf, 2)
    ]
    assert served.facet_counts() == embedded.facet_counts()
    assert served.document_types() == embedded.document_types()


def test_what_is_not_there_is_not_found_on_a_server(
    services: tuple[SearchService, SearchService],
) -> None:
    _, served = services
    assert served.document('" or row > 0') is None
    assert served.context("nothing:0") == []
    assert served.similar("nothing:1") == ()


def test_many_threads_may_ask_one_service(services: tuple[SearchService, SearchService]) -> None:
    queries = [Query(question) for question in QUESTIONS] * 4
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(services[1].search, queries))
    assert answers[: len(QUESTIONS)] * 4 == answers
