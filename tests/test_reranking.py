"""The first hits in a cross-encoder's order, which is worked out with transformers alone."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from index.cross_encoders import RerankerUnavailableError
from ingest.documents import Metadata, Passage
from search.hits import Hit, Snippet
from search.reranking import MOST_RERANKED, CrossEncoderReranker, rerank
from tests.tiny_models import save_cross_encoder, save_plain

QUERY = "knee pain after fall"
TEXTS = ["hip pain", "torn tendon of the knee", "fever rash", "swelling of the calf", "fall"]


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_cross_encoder(tmp_path_factory.mktemp("cross"))


def hits(texts: Sequence[str]) -> list[Hit]:
    """Hits with falling scores, the first .9."""
    return [
        Hit(
            rank=rank,
            score=1 - rank / 10,
            passage=Passage(f"d{rank}", 0, "", "", None, None, 0, len(text), text),
            title="a",
            metadata=Metadata(),
            source="",
            citation="",
            snippet=Snippet(0, len(text), text),
        )
        for rank, text in enumerate(texts, 1)
    ]


def by_hand(folder: Path, query: str, texts: Sequence[str]) -> list[float]:
    """The last layer's numbers, pair by pair, without sentence-transformers."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    with torch.no_grad():
        return [float(model(**tokenizer(query, t, return_tensors="pt")).logits) for t in texts]


class Fixed:
    """A reranker that gives each text the score that the test says, 0 for others."""

    name = "fixed"

    def __init__(self, **by_text: float) -> None:
        self.by_text = by_text
        self.read: list[str] = []

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        self.read.extend(passages)
        return [self.by_text.get(text.removeprefix("a. "), 0.0) for text in passages]


def test_scores_are_the_numbers_of_the_last_layer(cross_encoder: Path) -> None:
    scores = CrossEncoderReranker(str(cross_encoder)).scores(QUERY, TEXTS)
    assert scores == pytest.approx(by_hand(cross_encoder, QUERY, TEXTS), abs=1e-4)


def test_hits_come_in_the_order_of_the_model(cross_encoder: Path) -> None:
    wanted = by_hand(cross_encoder, QUERY, [f"a. {text}" for text in TEXTS])
    order = sorted(range(len(TEXTS)), key=lambda place: wanted[place], reverse=True)
    found = rerank(QUERY, hits(TEXTS), CrossEncoderReranker(str(cross_encoder)))
    assert order != sorted(order)
    assert [hit.passage.text for hit in found] == [TEXTS[place] for place in order]


def test_ranks_are_counted_anew_and_scores_stay_with_their_hits() -> None:
    found = rerank(QUERY, hits(["x", "y", "z"]), Fixed(z=2.0, x=1.0))
    assert [(h.passage.text, h.rank, h.score) for h in found] == [
        ("z", 1, 0.7), ("x", 2, 0.9), ("y", 3, 0.8),
    ]  # fmt: skip


def test_hits_that_are_liked_alike_keep_their_order() -> None:
    found = rerank(QUERY, hits(["x", "y", "z"]), Fixed(z=1.0))
    assert [hit.passage.text for hit in found] == ["z", "x", "y"]


def test_no_more_hits_are_read_than_may_be() -> None:
    reranker = Fixed()
    rerank(QUERY, hits([f"t{n}" for n in range(MOST_RERANKED + 5)]), reranker)
    assert len(reranker.read) == MOST_RERANKED


def test_hits_that_are_not_read_stay_where_they_are() -> None:
    texts = [f"t{n}" for n in range(MOST_RERANKED + 2)]
    found = rerank(QUERY, hits(texts), Fixed(**{texts[-1]: 9.0, texts[1]: 1.0}))
    assert [hit.passage.text for hit in found] == ["t1", "t0", *texts[2:]]


def test_nothing_found_is_nothing_to_rank(cross_encoder: Path) -> None:
    assert rerank(QUERY, [], CrossEncoderReranker(str(cross_encoder))) == ()


def test_a_pair_that_is_too_long_is_still_scored(cross_encoder: Path) -> None:
    assert len(CrossEncoderReranker(str(cross_encoder)).scores(QUERY, ["calf " * 500])) == 1


def test_an_encoder_is_no_reranker(tmp_path: Path) -> None:
    with pytest.raises(RerankerUnavailableError, match="it is no cross-encoder"):
        CrossEncoderReranker(str(save_plain(tmp_path)))


def test_a_classifier_of_three_kinds_is_no_reranker(tmp_path: Path) -> None:
    with pytest.raises(RerankerUnavailableError, match="gives a pair 3 scores"):
        CrossEncoderReranker(str(save_cross_encoder(tmp_path, labels=3)))


def test_pickled_weights_are_not_read(tmp_path: Path) -> None:
    folder = save_cross_encoder(tmp_path)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(RerankerUnavailableError, match="its weights are pickled"):
        CrossEncoderReranker(str(folder))


def test_a_reranker_that_is_not_here_is_not_fetched() -> None:
    with pytest.raises(RerankerUnavailableError, match="hf download"):
        CrossEncoderReranker("no-such/cross-encoder")
