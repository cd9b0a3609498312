"""Cases like this one: other documents, one hit each, by what is stored."""

from pathlib import Path

import pytest

from index.build import build_index
from search.queries import ANY, Filters
from search.service import SearchService
from tests.conftest import HashingEncoder, hashing_choice

KNEE = "Title: {0}\n\nPatient\n\nA {1}-year-old woman had a swollen knee after a {2}. She limped.\n"
LONG = " ".join(f"On day {n} the knee was looked at and was as swollen as ever." for n in range(40))


@pytest.fixture
def folder(small_corpus: Path, tmp_path: Path) -> Path:
    for name, age, cause in (("Fall", 40, "fall"), ("Bite", 50, "bite"), ("Kick", 60, "kick")):
        (small_corpus / f"{name}.txt").write_text(KNEE.format(name, age, cause), "utf-8")
    for name in ("first", "second"):
        text = f"{KNEE.format('Stay', 70, 'race')}\n{LONG} {name}\n"
        (small_corpus / f"{name}.txt").write_text(text, "utf-8")
    build_index([small_corpus], tmp_path / "index", hashing_choice())
    return tmp_path / "index"


@pytest.fixture
def service(folder: Path) -> SearchService:
    return SearchService.open(folder, lambda _model: hashing_choice())


def passage_of(service: SearchService, title: str) -> str:
    with service._generations.current() as generation:
        (doc_id,) = generation.connection.execute(
            "SELECT doc_id FROM documents WHERE json_extract(metadata, '$.title') = ? ORDER BY 1",
            (title,),
        ).fetchone()
    return f"{doc_id}:0"


def similar_titles(service: SearchService, title: str, filters: Filters = ANY) -> list[str]:
    return [hit.title for hit in service.similar(passage_of(service, title), 9, filters)]


def test_the_likest_cases_come_first(service: SearchService) -> None:
    assert set(similar_titles(service, "Fall")[:3]) == {"Bite", "Kick", "Stay"}


def test_each_document_answers_once(service: SearchService) -> None:
    titles = similar_titles(service, "Fall")
    assert len(titles) == len(set(titles))


def test_a_near_duplicate_of_the_document_is_no_case_like_it(service: SearchService) -> None:
    assert "Stay" not in similar_titles(service, "Stay")


def test_filters_hold(service: SearchService) -> None:
    assert similar_titles(service, "Fall", Filters(age_from=60, age_to=60)) == ["Kick"]


def test_scores_are_probabilities_and_fall(service: SearchService) -> None:
    scores = [hit.score for hit in service.similar(passage_of(service, "Fall"))]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_ranks_count_from_one(service: SearchService) -> None:
    hits = service.similar(passage_of(service, "Fall"), k=2)
    assert [hit.rank for hit in hits] == [1, 2]


def test_no_model_is_needed(folder: Path) -> None:
    encoder = HashingEncoder()
    service = SearchService.open(folder, lambda _model: hashing_choice(encoder))
    service.similar(passage_of(service, "Fall"))
    assert service._encoder is None


@pytest.mark.parametrize("passage_id", ["", "nobody:0", "nobody:x", ":", "a:99999999999"])
def test_a_passage_that_is_not_there_has_none(service: SearchService, passage_id: str) -> None:
    assert service.similar(passage_id) == ()
