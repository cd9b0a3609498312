"""The sentence that answers, by hashed words: what counts is which one is chosen."""

from index.keywords import query_terms
from ingest.documents import Passage
from search.snippets import mark_sentences
from tests.conftest import HashingEncoder

TEXT = "1. Rest. The median nerve was swollen. Night pain had gone after one week."
PASSAGE = Passage("d", 0, "Findings", "other", None, None, 100, 100 + len(TEXT), TEXT)


def chosen(question: str) -> tuple[int, int, str]:
    encoder = HashingEncoder()
    vector = encoder.encode_queries([question])
    rarity = dict.fromkeys(query_terms(question), 1.0)
    [marked] = mark_sentences([PASSAGE], question, rarity, vector, encoder.encode_passages)
    return marked.snippet.start, marked.snippet.end, marked.snippet.text


def test_the_sentence_that_shares_words_is_marked() -> None:
    assert chosen("night pain")[2] == "Night pain had gone after one week."


def test_offsets_count_in_the_document() -> None:
    start, end, text = chosen("swollen nerve")
    assert TEXT[start - 100 : end - 100] == text == "The median nerve was swollen."


def test_a_fragment_is_never_marked_where_a_sentence_can_be() -> None:
    assert chosen("rest")[2] != "1. Rest."


def test_a_question_of_duration_prefers_a_sentence_that_tells_one() -> None:
    assert chosen("how long until better")[2] == "Night pain had gone after one week."


def test_far_hits_are_marked_by_words_alone() -> None:
    vector = HashingEncoder().encode_queries(["night pain"])
    [marked] = mark_sentences([PASSAGE], "night pain", {"night": 1, "pain": 1}, vector, None)
    assert marked.snippet.text == "Night pain had gone after one week."


def test_no_passages_have_no_sentences() -> None:
    encoder = HashingEncoder()
    vector = encoder.encode_queries(["x"])
    assert mark_sentences([], "x", {}, vector, encoder.encode_passages) == []
