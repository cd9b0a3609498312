"""The sentence that answers, by hashed words: what counts is which one is chosen."""

from ingest.documents import Passage
from search.snippets import snippets
from tests.conftest import HashingEncoder

TEXT = "1. Rest. The median nerve was swollen. Night pain had gone after a week."
PASSAGE = Passage("d", 0, "Findings", "other", None, None, 100, 100 + len(TEXT), TEXT)


def chosen(question: str, *words: str) -> tuple[int, int, str]:
    encoder = HashingEncoder()
    vector = encoder.encode_queries([question])
    rarity = dict.fromkeys(words, 1.0)
    [snippet] = snippets([PASSAGE], words, rarity, vector, encoder.encode_passages)
    return snippet.start, snippet.end, snippet.text


def test_the_sentence_that_shares_words_is_marked() -> None:
    assert chosen("night pain", "night", "pain")[2] == "Night pain had gone after a week."


def test_offsets_count_in_the_document() -> None:
    start, end, text = chosen("swollen nerve", "swollen", "nerve")
    assert TEXT[start - 100 : end - 100] == text == "The median nerve was swollen."


def test_a_fragment_is_never_marked_where_a_sentence_can_be() -> None:
    assert chosen("rest", "rest")[2] != "1. Rest."


def test_no_passages_have_no_snippets() -> None:
    encoder = HashingEncoder()
    assert snippets([], [], {}, encoder.encode_queries(["x"]), encoder.encode_passages) == []
