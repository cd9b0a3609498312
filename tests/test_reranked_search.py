"""A reranker in the search: order, scores, depth, and the way from the command line."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index.build import build_index
from query import main
from search.output import to_trec
from search.queries import Query
from search.service import SearchService
from tests.conftest import hashing_choice
from tests.tiny_models import save_cross_encoder


class LongestFirst:
    name = "longest first"

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        return [float(len(text)) for text in passages]


class LastFirst:
    name = "last first"

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        return [float(place) for place in range(len(passages))]


@pytest.fixture
def service(small_corpus: Path, tmp_path: Path) -> SearchService:
    build_index([small_corpus], tmp_path / "index", hashing_choice())
    return SearchService.open(tmp_path / "index", lambda _: hashing_choice())


def test_hits_come_in_the_rerankers_order_with_the_scores_they_had(service: SearchService) -> None:
    query = Query("fluid injected between soleus and gastrocnemius")
    plain = {h.passage.passage_id: h.score for h in service.search(query).hits}
    hits = service.search(query, reranker=LongestFirst()).hits
    lengths = [len(f"{hit.title}. {hit.passage.text}") for hit in hits]
    assert lengths == sorted(lengths, reverse=True)
    assert {h.passage.passage_id: h.score for h in hits} == plain


def test_a_hit_below_k_can_be_reranked_to_the_top(service: SearchService) -> None:
    text = "fluid injected between soleus and gastrocnemius"
    whole = service.search(Query(text), reranker=LongestFirst()).hits
    assert service.search(Query(text, 1), reranker=LongestFirst()).hits == whole[:1]


def test_an_answer_is_as_strong_as_the_hits_that_it_gives(corpus_service: SearchService) -> None:
    query = Query("How long did relief last after hydrodissection of the calf?", 1)
    assert corpus_service.search(query).strength == "strong"
    answer = corpus_service.search(query, reranker=LastFirst())
    assert (answer.hits[0].strength, answer.strength) == ("none", "none")


def test_a_trec_run_keeps_the_rerankers_order(service: SearchService) -> None:
    answer = service.search(
        Query("fluid injected between soleus and gastrocnemius"), reranker=LongestFirst()
    )
    scores = [float(line.split()[4]) for line in to_trec(answer).splitlines()]
    assert len(scores) > 1
    assert scores == sorted(set(scores), reverse=True)


def test_the_command_takes_a_cross_encoder_by_its_folder(
    corpus_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = save_cross_encoder(tmp_path)
    arguments = ["knee pain after a fall", "--index", str(corpus_index)]
    assert main([*arguments, "--reranker", str(folder)]) == 0
    reranked = capsys.readouterr().out
    assert main(arguments) == 0
    assert reranked != capsys.readouterr().out


def test_the_command_says_in_one_line_that_there_is_no_such_reranker(
    corpus_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["knee pain", "--index", str(corpus_index), "--reranker", "no/such-model"]
    assert main(arguments) == 1
    assert capsys.readouterr().err.startswith("query: the reranker 'no/such-model' cannot be used")
